"""A file to publish, as a value: where it stands, what it is, and what writes its bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from accords.language import Words

    from .edition import Edition
    from .folders import Written

Write = Callable[[BinaryIO], None]


@dataclass(frozen=True, slots=True)
class Artefact:
    """One file of an edition; `write` streams its bytes, the same at each call."""

    path: str  # inside the folder, with slashes
    media: str  # its media type
    title: Words
    write: Write
    conforms: str | None = None  # the IRI of the specification that it follows


@dataclass(frozen=True, slots=True)
class Format:
    """A form in which an edition can be had."""

    name: str  # as it is typed
    title: Words
    make: Callable[[Edition], Iterable[Artefact]]
    last: Callable[[Edition, tuple[Written, ...]], Iterable[Artefact]] | None = (
        None  # where it tells of the others
    )


def content(held: bytes) -> Write:
    """Return what writes bytes at hand."""

    def write(file: BinaryIO) -> None:
        file.write(held)

    return write
