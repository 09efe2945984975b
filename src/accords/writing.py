"""Files written whole or not at all: a reader never meets half a file, a failure leaves the old one."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from typing import TYPE_CHECKING

from .errors import FileRefused, RequestError
from .language import Words, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path
    from typing import BinaryIO

    Write = Callable[[BinaryIO], object]


def whole(path: Path, content: bytes) -> None:
    """Put content in a file: whole or not at all.

    Raises RequestError when the file cannot be written, FileRefused when it is the system that refuses.
    """
    streamed(path, _of(content))


def streamed(path: Path, write: Write) -> None:
    """Put what `write` writes in a file: whole or not at all, however long it is.

    Raises RequestError when the file cannot be written, FileRefused when it is the system that refuses; and
    what `write` raises, the file being as it was.
    """
    if not path.name:
        raise FileRefused(str(path), IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR)))
    try:
        special = path.exists() and not path.is_file() and not path.is_dir()
        target = path.resolve()  # a link stays a link
    except OSError as problem:
        raise FileRefused(str(path), problem) from problem
    if special:  # a device, a pipe: written to, never replaced
        _into(path, write)
        return
    if not target.parent.is_dir():
        raise _without_folder(path)
    draft = _draft(target)
    try:
        _put(draft, write, _rights(target))
        draft.replace(target)
    except BaseException as problem:
        _take_away([draft])
        if isinstance(problem, OSError):
            raise FileRefused(str(path), problem) from problem
        raise


def together(contents: Mapping[Path, bytes]) -> None:
    """Put content in several files: in all of them or in none.

    Every text is written beside its file first, and what a file held is kept beside it while the new texts take
    their places, one rename a file. What fails or interrupts that puts everything back. Only an end that nobody
    can catch (power, SIGKILL) between two renames leaves some files new and some old, each of them whole, and
    the old ones beside them under `.NAME.PID.before`.

    Raises RequestError when a file cannot be written, FileRefused when it is the system that refuses.
    """
    targets = {path: path.resolve() for path in contents}
    for path, target in targets.items():
        if target.exists() and not target.is_file():
            raise FileRefused(str(path), IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR)))
        if not target.parent.is_dir():
            raise _without_folder(path)
    current = next(iter(contents), None)
    kept: dict[Path, Path | None] = {}
    try:
        for current, content in contents.items():
            _put(_draft(targets[current]), _of(content), _rights(targets[current]))
        for current in contents:
            target = targets[current]
            kept[target] = _kept(target)
            _draft(target).replace(target)
    except BaseException as problem:
        _put_back(kept)
        if isinstance(problem, OSError) and current is not None:
            raise FileRefused(str(current), problem) from problem
        raise
    finally:
        _take_away(map(_draft, targets.values()))
    _take_away(old for old in kept.values() if old is not None)


def _draft(target: Path) -> Path:
    return target.with_name(f".{target.name}.{os.getpid()}")


def _rights(target: Path) -> int | None:
    """Return the rights of the file to replace, None for a new one.

    Raises PermissionError for a file that its owner keeps from being written.
    """
    if not target.exists():
        return None
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return stat.S_IMODE(target.stat().st_mode)


def _of(content: bytes) -> Write:
    return lambda file: file.write(content)


def _put(draft: Path, write: Write, rights: int | None) -> None:
    with draft.open("wb") as file:
        if rights is not None:
            os.fchmod(file.fileno(), rights)
        write(file)
        file.flush()
        os.fsync(file.fileno())


def _kept(target: Path) -> Path | None:
    """Return a second name of what a file holds; None for a file that is new."""
    if not target.exists():
        return None
    old = target.with_name(f".{target.name}.{os.getpid()}.before")
    old.unlink(missing_ok=True)
    try:
        old.hardlink_to(target)
    except OSError:  # a file system without such links
        _put(old, _of(target.read_bytes()), _rights(target))
    return old


def _put_back(kept: Mapping[Path, Path | None]) -> None:
    for target, old in kept.items():
        if old is None:
            target.unlink(missing_ok=True)
        else:
            old.replace(target)
            old.unlink(missing_ok=True)  # a rename between two names of one file does nothing


def _take_away(files: Iterable[Path]) -> None:
    for file in files:
        with contextlib.suppress(OSError):  # where nothing can be written, there may be nothing to take away
            file.unlink()


def _into(path: Path, write: Write) -> None:
    try:
        with path.open("wb") as file:
            write(file)
    except OSError as problem:
        raise FileRefused(str(path), problem) from problem


def _without_folder(path: Path) -> RequestError:
    name, folder = printable(str(path), 200), printable(str(path.parent), 200)
    return RequestError(
        Words(f"{name} : le dossier {folder} n'existe pas", f"{name}: there is no folder {folder}"),
        hint=Words(f"le créer : mkdir -p {folder}", f"make it: mkdir -p {folder}"),
    )


def beside(target: Path, draft: Path, content: bytes) -> None:
    """Write a draft of a file, on the disk for good, with the rights of the file that it will replace.

    Raises FileRefused when the system refuses; a draft begun may be left, and is the caller's to take away.
    """
    try:
        _put(draft, _of(content), _rights(target))
    except OSError as problem:
        raise FileRefused(str(target), problem) from problem
