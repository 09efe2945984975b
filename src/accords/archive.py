"""Reading a text from the steward's archive, and saying why when it cannot be read.

Takes the folder (or none), the name and the digest that a source document records; gives the text, or
the reason for not having it. The name is one file name; a link is followed inside the archive only;
a pipe never blocks; a large file is not read.
"""

from __future__ import annotations

import hashlib
import os
import stat
from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING

from .language import Words
from .passages import Text

if TYPE_CHECKING:
    from pathlib import Path

READABLE = frozenset({".txt"})
LARGEST = 5_000_000  # bytes of an archived text: some 2,000 printed pages
_NOT_IN_A_NAME = frozenset("/\\\0")
_NEVER_BLOCKING = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW  # not even on a pipe that nobody writes to


class Unchecked(StrEnum):
    """Why an excerpt could not be checked."""

    NO_ARCHIVE = "no-archive"
    NOT_ARCHIVED = "not-archived"
    NOT_AT_HAND = "not-at-hand"
    OTHER_TEXT = "other-text"
    BAD_NAME = "bad-name"
    OTHER_KIND = "other-kind"
    NOT_A_FILE = "not-a-file"
    TOO_LARGE = "too-large"
    NOT_UTF_8 = "not-utf-8"
    UNREADABLE = "unreadable"
    NO_SOURCE = "no-source"
    NO_QUOTE = "no-quote"


REASONS = {
    Unchecked.NO_ARCHIVE: Words("aucune archive indiquée", "no archive given"),
    Unchecked.NOT_ARCHIVED: Words("texte sans fichier d'archive", "text without an archive file"),
    Unchecked.NOT_AT_HAND: Words("fichier absent de l'archive", "file missing from the archive"),
    Unchecked.OTHER_TEXT: Words("le fichier a une autre empreinte", "the file has another digest"),
    Unchecked.BAD_NAME: Words(
        "le nom d'archive n'est pas un nom de fichier", "the archive name is not a file name"
    ),
    Unchecked.OTHER_KIND: Words(
        f"seuls les fichiers {', '.join(sorted(READABLE))} se lisent",
        f"only {', '.join(sorted(READABLE))} files can be read",
    ),
    Unchecked.NOT_A_FILE: Words(
        "ce n'est pas un fichier ordinaire de l'archive", "not a regular file of the archive"
    ),
    Unchecked.TOO_LARGE: Words(
        f"fichier de plus de {LARGEST // 1_000_000} Mo", f"file of more than {LARGEST // 1_000_000} MB"
    ),
    Unchecked.NOT_UTF_8: Words("le fichier n'est pas en UTF-8", "the file is not in UTF-8"),
    Unchecked.UNREADABLE: Words("le système refuse la lecture", "the system refuses to read it"),
    Unchecked.NO_SOURCE: Words("extrait sans document source", "excerpt without a source document"),
    Unchecked.NO_QUOTE: Words("extrait sans citation", "excerpt without a quote"),
}


def digest(archive: Path, name: str) -> str | Unchecked:
    """Return the SHA-256 of the archived file of that name, in lower-case hexadecimal, or why there is none."""
    if refused := _refused(name):
        return refused
    raw = _bytes(archive, name)
    return raw if isinstance(raw, Unchecked) else hashlib.sha256(raw).hexdigest()


def read(archive: Path | None, name: str, digest: str) -> Text | Unchecked:
    """Return the archived text of that name, or why there is none; an empty digest is not compared."""
    if refused := _refused(name):
        return refused
    if archive is None:
        return Unchecked.NO_ARCHIVE
    raw = _bytes(archive, name)
    if isinstance(raw, Unchecked):
        return raw
    if digest and hashlib.sha256(raw).hexdigest() != digest:
        return Unchecked.OTHER_TEXT
    try:
        return Text(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return Unchecked.NOT_UTF_8


def _refused(name: str) -> Unchecked | None:
    if not name:
        return Unchecked.NOT_ARCHIVED
    if name.startswith(".") or _NOT_IN_A_NAME & set(name):
        return Unchecked.BAD_NAME
    return None if PurePath(name).suffix.lower() in READABLE else Unchecked.OTHER_KIND


def _bytes(archive: Path, name: str) -> bytes | Unchecked:
    try:
        folder = os.path.realpath(archive, strict=True)
        path = os.path.realpath(f"{folder}/{name}", strict=True)
        if os.path.commonpath((folder, path)) != folder:
            return Unchecked.NOT_A_FILE
        descriptor = os.open(path, _NEVER_BLOCKING)
    except FileNotFoundError:
        return Unchecked.NOT_AT_HAND
    except OSError:
        return Unchecked.UNREADABLE
    try:
        return _content(descriptor)
    except OSError:
        return Unchecked.UNREADABLE
    finally:
        os.close(descriptor)


def _content(descriptor: int) -> bytes | Unchecked:
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        return Unchecked.NOT_A_FILE
    with open(descriptor, "rb", closefd=False) as file:  # a descriptor, judged before it is read
        raw = file.read(LARGEST + 1)
    return raw if len(raw) <= LARGEST else Unchecked.TOO_LARGE
