"""Several files changed as one: all of them, or none, whatever happens in between.

1. One command at a time: the project's folder is locked (`flock`); a second one is refused.
2. Every file that was read must still be what it was.
3. Each new text is written beside its file (`.NAME.accords-draft`), on the disk for good. What fails or
   interrupts until here takes the drafts away and leaves everything as it was.
4. A journal in the project's folder (`.accords-journal.json`) names the files, what they held, what they will
   hold. From here on the change is decided.
5. The drafts take the places of the files, one rename each; the journal goes.

An end that nobody can catch (power, SIGKILL) before step 4 leaves drafts that nothing reads and that the next
command takes away. After it, `resume` finishes: what is done is seen by its digest, what is not yet done has its
draft; a file that is neither what it was nor what it will be has been edited since, and is left for a person.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from . import writing
from .errors import AccordsError, RequestError, system_words
from .language import Words, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

JOURNAL = ".accords-journal.json"
DRAFT = ".accords-draft"


class _Entry(NamedTuple):
    """One file of a change: its path from the root, digests of what it held and of what it will hold."""

    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Journal:
    root: Path
    title: str
    entries: Sequence[_Entry]


def commit(
    root: Path, title: str, contents: Mapping[Path, tuple[bytes, bytes]], read: Mapping[Path, bytes]
) -> None:
    """Change files from what they held to what they will hold: all or none.

    `title` is the command, for the one that may have to finish it; `read` all that the change rests on.
    Raises RequestError when another command is at work, a file has changed meanwhile or cannot be written.
    """
    with _locked(root):
        if (root / JOURNAL).exists():
            raise pending(root)
        _unchanged(root, read)
        journal = _Journal(root, title, [_entry(root, path, *both) for path, both in contents.items()])
        try:
            for entry, (_, after) in zip(journal.entries, contents.values(), strict=True):
                writing.beside(root / entry.path, _draft(root / entry.path), after)
            _flush({(root / entry.path).parent for entry in journal.entries})
            _write(journal)
            _finish(journal)
        except BaseException:
            if (root / JOURNAL).exists():  # decided: an interruption comes after the end
                _finish(journal)
            else:
                _take_away(
                    _draft(root / path) for path in (JOURNAL, *(entry.path for entry in journal.entries))
                )
            raise


def resume(root: Path, folders: Iterable[Path] = ()) -> str | None:
    """Finish what an interrupted command had decided, and return its title; None when there is nothing to do.

    Drafts below `folders` that no journal speaks of are taken away.
    Raises RequestError when a file has been edited since, or another command is at work.
    """
    if not (root / JOURNAL).exists() and not any(_drafts(root, folders)):
        return None
    with _locked(root):
        if not (root / JOURNAL).exists():
            _take_away(_drafts(root, folders))
            return None
        journal = _read(root)
        if edited := [entry for entry in journal.entries if _state(root, entry) == "edited"]:
            raise _edited_since(journal, edited)
        _finish(journal)
        return journal.title


def waiting(root: Path) -> bool:
    """Tell whether an interrupted command is to be finished."""
    return (root / JOURNAL).exists()


def pending(root: Path) -> RequestError:
    """Return the refusal of a command while another one is still to be finished."""
    title = printable(_read(root).title, 200)
    return RequestError(
        Words(
            f"une commande interrompue reste à finir : {title}",
            f"an interrupted command is unfinished: {title}",
        ),
        hint=Words("la relancer : elle ira au bout", "run it again: it will finish"),
    )


def _entry(root: Path, path: Path, before: bytes, after: bytes) -> _Entry:
    target = path.resolve()  # a link stays a link
    name = target.relative_to(root).as_posix() if target.is_relative_to(root) else str(target)
    return _Entry(name, _digest(before), _digest(after))


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _draft(target: Path) -> Path:
    return target.with_name(f".{target.name}{DRAFT}")


def _drafts(root: Path, folders: Iterable[Path]) -> Iterator[Path]:
    yield from root.glob(f".*{DRAFT}")
    for folder in folders:
        yield from folder.rglob(f".*{DRAFT}")


def _take_away(drafts: Iterable[Path]) -> None:
    for draft in list(drafts):
        with contextlib.suppress(OSError):  # where nothing can be written, there may be nothing to take away
            draft.unlink()


@contextlib.contextmanager
def _locked(root: Path) -> Iterator[None]:
    """Hold the lock of a project. Raises RequestError when another command holds it."""
    folder = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as problem:
        if problem.errno in {errno.EWOULDBLOCK, errno.EACCES}:
            os.close(folder)
            raise _busy() from problem  # elsewhere there are no locks: the digests still guard the files
    try:
        yield
    finally:
        os.close(folder)


def _busy() -> RequestError:
    return RequestError(
        Words("une autre commande modifie ce projet", "another command is changing this project"),
        hint=Words("relancer quand elle aura fini", "run again once it has finished"),
    )


def _unchanged(root: Path, read: Mapping[Path, bytes]) -> None:
    for path, content in read.items():
        try:
            same = path.read_bytes() == content
        except OSError:
            same = False
        if not same:
            shown = printable(str(path.relative_to(root) if path.is_relative_to(root) else path), 200)
            raise RequestError(
                Words(
                    f"{shown} : modifié entre-temps ; rien n'est écrit",
                    f"{shown}: changed meanwhile; nothing is written",
                ),
                hint=Words("relancer la commande", "run the command again"),
            )


def _write(journal: _Journal) -> None:
    held = {"title": journal.title, "files": [entry._asdict() for entry in journal.entries]}
    target = journal.root / JOURNAL
    writing.beside(target, _draft(target), json.dumps(held, ensure_ascii=False, indent=1).encode() + b"\n")
    _draft(target).replace(target)
    _flush({journal.root})


def _read(root: Path) -> _Journal:
    """Return the journal. Raises RequestError for one that says nothing: it was written whole, so by somebody."""
    try:
        held = json.loads((root / JOURNAL).read_bytes())
        entries = [_Entry(one["path"], one["before"], one["after"]) for one in held["files"]]
        if not all((root / entry.path).resolve().is_relative_to(root) for entry in entries):
            raise ValueError  # noqa: TRY301  # it names files of somebody else's
        return _Journal(root, str(held["title"]), entries)
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise RequestError(
            Words(f"{JOURNAL} : illisible", f"{JOURNAL}: unreadable"),
            hint=Words(
                "comparer les fichiers à leur dernière version gardée, puis le supprimer",
                "compare the files with their last version kept, then delete it",
            ),
        ) from problem


def _state(root: Path, entry: _Entry) -> str:
    """Tell whether a file is done, ready to be replaced, or edited by somebody since."""
    target = root / entry.path
    found = _digest_of(target)
    if found == entry.after:
        return "done"
    return "ready" if found == entry.before and _digest_of(_draft(target)) == entry.after else "edited"


def _digest_of(path: Path) -> str:
    try:
        return _digest(path.read_bytes())
    except OSError:
        return ""


def _finish(journal: _Journal) -> None:
    """Do what is not yet done. Raises RequestError for a file edited since, AccordsError when the disk refuses."""
    try:
        _replace(journal)
    except OSError as problem:
        said = system_words(problem)
        raise AccordsError(
            Words(f"arrêté en cours d'écriture ({said.fr})", f"stopped while writing ({said.en})"),
            hint=Words("relancer la commande : elle ira au bout", "run the command again: it will finish"),
        ) from problem


def _replace(journal: _Journal) -> None:
    for entry in journal.entries:
        target = journal.root / entry.path
        match _state(journal.root, entry):
            case "ready":
                _draft(target).replace(target)
            case "edited":
                raise _edited_since(journal, [entry])
            case _:
                _take_away([_draft(target)])
    _flush({(journal.root / entry.path).parent for entry in journal.entries})
    (journal.root / JOURNAL).unlink(missing_ok=True)
    _flush({journal.root})


def _edited_since(journal: _Journal, entries: Sequence[_Entry]) -> RequestError:
    names = printable(", ".join(entry.path for entry in entries), 400)
    title = printable(journal.title, 200)
    return RequestError(
        Words(
            f"« {title} » a été interrompu, puis ces fichiers modifiés : {names}",
            f"“{title}” was interrupted, then these files were edited: {names}",
        ),
        hint=Words(
            f"les remettre dans leur état d'avant et relancer, ou supprimer {JOURNAL} et corriger à la main",
            f"put them back as they were and run again, or delete {JOURNAL} and mend by hand",
        ),
    )


def _flush(folders: Iterable[Path]) -> None:
    """See to it that what folders hold survives a power cut, where the system can."""
    for folder in folders:
        with contextlib.suppress(OSError):
            number = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(number)
            finally:
                os.close(number)
