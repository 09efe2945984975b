"""The files that an editor has open, and the library with them laid over it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from accords.loading import Document

from . import library as libraries

if TYPE_CHECKING:
    from pathlib import Path

    from accords.project import Project

    from .library import Library
    from .positions import Text

LARGE = 1_000_000  # characters; a larger file is checked and formatted, but not read at every keystroke


@dataclass(frozen=True, eq=False)
class Open:
    """A file as an editor has it; of a query, only the text counts."""

    uri: str
    path: Path
    name: str  # as printed
    version: int
    text: Text

    @property
    def large(self) -> bool:
        """Tell whether it is too large to be read at every keystroke."""
        return len(self.text.text) > LARGE

    @cached_property
    def document(self) -> Document:
        """Return what can be read of it."""
        return libraries.draft(Document(self.path, self.name, ()), self.text.text, self.text.reading)


class Shelf:
    """The library of a project, read when it is first asked for and when files have changed on disk.

    Used by one thread; `forget` may come from another.
    """

    def __init__(self, project: Project) -> None:
        """Read nothing yet."""
        self.project = project
        self._read: Library | None = None
        self._laid: tuple[tuple[Open, ...], Library] | None = None

    def forget(self) -> None:
        """Read the files again when they are next asked for."""
        self._read = None

    def library(self, opened: tuple[Open, ...]) -> Library:
        """Return the library with the open files as they are."""
        if self._read is None:
            self._read, self._laid = libraries.load(self.project), None
        if self._laid is None or self._laid[0] != opened:
            drafts = [one.document for one in opened if not one.large]
            self._laid = opened, self._read.with_drafts(drafts)
        return self._laid[1]
