"""A folder that came from anywhere, looked at without trusting it: nothing is written, no link is followed.

Goes in: a folder. Comes out: `Held`, its regular files by path, and what is no file of a release: links, pipes, devices.
A file is read as far as its announced size, never blocking.
"""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from accords.errors import FileRefused, system_words
from accords.language import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_OPENING = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC
_CHUNK = 1 << 20
MOST_FILES = 2_000_000
LARGEST = 20_000_000_000  # bytes of a file
_LINK = Words("un lien : il pourrait mener hors du dossier", "a link: it might lead out of the folder")
_SPECIAL = Words("ce n'est pas un fichier ordinaire", "not a regular file")
_CLOSED = Words("le dossier ne s'ouvre pas", "the folder cannot be opened")
_TOO_MANY = Words(
    f"plus de {MOST_FILES} fichiers : le reste n'est pas regardé",
    f"more than {MOST_FILES} files: the rest is not looked at",
)


@dataclass(frozen=True, order=True, slots=True)
class Difference:
    """What is not as the release says, in one file."""

    path: str
    what: Words


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing that was compared, and how often; or why it was not."""

    what: Words
    count: int
    skipped: Words | None = None


@dataclass(frozen=True)
class Held:
    """What a folder holds."""

    folder: Path
    sizes: Mapping[str, int]  # of its regular files
    differences: tuple[Difference, ...] = field(default=())

    def read(self, path: str, most: int) -> bytes:
        """Return the bytes of a file, as far as `most`.

        Raises FileRefused.
        """
        return b"".join(self._chunks(path, most))

    def digest(self, path: str) -> str:
        """Return the SHA-256 of a file, as far as the size it was seen with.

        Raises FileRefused.
        """
        found = hashlib.sha256()
        for chunk in self._chunks(path, self.sizes[path]):
            found.update(chunk)
        return found.hexdigest()

    def _chunks(self, path: str, most: int) -> Iterator[bytes]:
        try:
            with open(self.folder / path, "rb", buffering=0, opener=_opened) as file:  # no link is followed
                left = most
                while left > 0 and (chunk := file.read(min(left, _CHUNK))):
                    left -= len(chunk)
                    yield chunk
        except OSError as problem:
            raise FileRefused(path, problem) from problem


def held(folder: Path) -> Held:
    """Return what a folder holds.

    Raises FileRefused when it cannot be listed.
    """
    sizes: dict[str, int] = {}
    differences: list[Difference] = []
    waiting = [""]
    while waiting:
        below = waiting.pop()
        try:
            with os.scandir(folder / below) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as problem:
            if not below:
                raise FileRefused(str(folder), problem) from problem
            said = system_words(problem)
            differences.append(
                Difference(below, Words(f"{_CLOSED.fr} : {said.fr}", f"{_CLOSED.en}: {said.en}"))
            )
            continue
        for entry in found:
            path = f"{below}/{entry.name}" if below else entry.name
            status = entry.stat(follow_symlinks=False)
            if entry.is_symlink():
                differences.append(Difference(path, _LINK))
            elif stat.S_ISDIR(status.st_mode):
                waiting.append(path)
            elif stat.S_ISREG(status.st_mode):
                sizes[path] = status.st_size
            else:
                differences.append(Difference(path, _SPECIAL))
        if len(sizes) + len(differences) > MOST_FILES:
            differences.append(Difference(below, _TOO_MANY))
            break
    return Held(folder, sizes, tuple(differences))


def _opened(path: str, _flags: int) -> int:
    return os.open(path, _OPENING)
