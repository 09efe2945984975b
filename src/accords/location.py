"""Where something is written: file, line, column."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file; lines and columns start at 1, columns count characters.

    >>> str(Location("data/a.ttl", 3, 7))
    'data/a.ttl:3:7'
    """

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        """Return the form that editors turn into a link."""
        return f"{self.file}:{self.line}:{self.column}"
