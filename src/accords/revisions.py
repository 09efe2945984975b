"""What git keeps: which commit a revision names, and the files of a folder in it. Nothing is checked out.

Goes in: a folder inside a repository, and a revision as typed. Comes out: the full name of its commit, and the
bytes of its files under the folder, as they were committed. git is run without a shell, on commands that read
only, never fetching, each within a time limit; what a person typed is never taken for an option.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from .errors import AccordsError, LimitReached
from .language import Words, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

_MOST_NAMES = 1000
TIMEOUT = 60.0  # seconds for one command of git
_COMMIT = re.compile(rb"[0-9a-f]{40,64}")
_ROW = re.compile(
    rb"(?P<mode>\d{6}) (?P<kind>\w+) (?P<name>[0-9a-f]{40,64}) +(?P<size>\d+|-)\t(?P<path>.+)", re.DOTALL
)
_LINK = b"120000"
_OF_A_CALLER = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX")  # set by hooks


class GitFailed(AccordsError):
    """git is not there, or did not do what it was asked."""

    def __init__(self, reason: Words) -> None:
        """Say why."""
        super().__init__(Words(f"git : {reason.fr}", f"git: {reason.en}"))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Blob:
    """One file of a commit: its bytes, none when it is larger than the reader takes, and its size."""

    content: bytes
    size: int


def inside(folder: Path) -> bool:
    """Tell whether a folder is in the working tree of a repository.

    Raises GitFailed without git, and where git refuses to look because the folder is somebody else's.
    """
    done = _git(folder, "rev-parse", "--is-inside-work-tree")
    if b"dubious ownership" in done.stderr:
        raise _failed(done)
    return done.stdout.strip() == b"true"


def commit_of(folder: Path, asked: str) -> str | None:
    """Return the commit that a revision names, or None.

    Raises GitFailed, LimitReached.
    """
    if not asked or "\0" in asked:
        return None
    done = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{asked}^{{commit}}")
    name = done.stdout.strip()
    return name.decode() if done.returncode == 0 and _COMMIT.fullmatch(name) else None


def names(folder: Path) -> tuple[str, ...]:
    """Return the names of branches and tags, for who mistyped one."""
    done = _git(
        folder, "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes"
    )
    return tuple(done.stdout.decode(errors="replace").split()[:_MOST_NAMES])


def files(
    folder: Path, commit: str, under: Sequence[str], wanted: Callable[[PurePosixPath], bool], *, largest: int
) -> Mapping[str, Blob]:
    """Return the files of a commit below some folders of a folder, by name from that folder, in order.

    A link stands for the file that it leads to, when that is one of them. Raises GitFailed, LimitReached.
    """
    listed = _git(folder, "ls-tree", "-r", "-z", "-l", commit, "--", *under)
    if listed.returncode != 0:
        raise _failed(listed)
    rows = [row for row in _rows(listed.stdout) if wanted(row.path)]
    links = [row.name for row in rows if row.mode == _LINK]
    targets = _contents(folder, links)
    held = {row.path: row for row in rows if row.mode != _LINK}
    chosen: dict[str, _Row] = {}
    for row in rows:
        found = held.get(_target(row.path, targets[row.name])) if row.mode == _LINK else row
        if found is not None:
            chosen[row.path.as_posix()] = found
    contents = _contents(folder, [row.name for row in chosen.values() if row.size <= largest])
    return {path: Blob(contents.get(row.name, b""), row.size) for path, row in sorted(chosen.items())}


@dataclass(frozen=True, slots=True)
class _Row:
    mode: bytes
    name: str
    size: int
    path: PurePosixPath


def _rows(listing: bytes) -> Iterator[_Row]:
    for line in listing.split(b"\0"):
        row = _ROW.fullmatch(line)
        if row is not None and row["kind"] == b"blob":
            path = PurePosixPath(os.fsdecode(row["path"]))
            yield _Row(row["mode"], row["name"].decode(), int(row["size"]), path)


def _target(link: PurePosixPath, content: bytes) -> PurePosixPath:
    return PurePosixPath(os.path.normpath(link.parent / os.fsdecode(content)))


def _contents(folder: Path, blobs: Sequence[str]) -> dict[str, bytes]:
    """Return the bytes of blobs by their names."""
    if not blobs:
        return {}
    wanted = list(dict.fromkeys(blobs))
    done = _git(folder, "cat-file", "--batch", given="".join(f"{name}\n" for name in wanted).encode())
    if done.returncode != 0:
        raise _failed(done)
    found: dict[str, bytes] = {}
    written, at = done.stdout, 0
    for name in wanted:
        end = written.find(b"\n", at)
        head = written[at:end].split()
        if end < 0 or len(head) != 3 or head[1] != b"blob":  # noqa: PLR2004  # name, kind, size
            raise GitFailed(Words(f"l'objet {name} manque", f"object {name} is missing"))
        size = int(head[2])
        found[name] = written[end + 1 : end + 1 + size]
        at = end + 1 + size + 1
    return found


def _git(folder: Path, *words: str, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("git")
    if program is None:
        raise GitFailed(Words("il n'est pas installé", "it is not installed"))
    command = [
        program,
        "--no-pager",
        "--no-replace-objects",
        "-c",
        "protocol.allow=never",
        "-C",
        str(folder),
        *words,
    ]
    try:
        return subprocess.run(  # noqa: S603  # no shell; what a person typed stands behind --end-of-options
            command, input=given or b"", capture_output=True, check=False, timeout=TIMEOUT, env=_environment()
        )
    except subprocess.TimeoutExpired as late:
        spent = Words(f"{TIMEOUT:g} s", f"{TIMEOUT:g} s")
        hint = Words(
            "donner deux dossiers plutôt que des révisions", "give two folders rather than revisions"
        )
        raise LimitReached(spent, f"git {words[0]}", hint) from late
    except (OSError, ValueError) as problem:
        said = printable(str(problem), 200)
        raise GitFailed(Words(said, said)) from problem


def _environment() -> dict[str, str]:
    """Return our environment without the repository that a hook names, in one language, asking nothing."""
    kept = {name: value for name, value in os.environ.items() if name not in _OF_A_CALLER}
    return {
        **kept,
        "LC_ALL": "C",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
    }


def _failed(done: subprocess.CompletedProcess[bytes]) -> GitFailed:
    said = printable(
        done.stderr.decode(errors="replace").strip().partition("\n")[0].removeprefix("fatal: "), 200
    )
    return GitFailed(Words(said, said))
