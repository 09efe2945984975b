"""Findings as an editor marks them: a range in the text, the gravity, what else the message names.

Takes the rows of a report and the text that they are about; gives `Mark`s.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accords import turtle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .positions import Range, Text

_NARROW, _WINDOW = 500, 20_000  # characters in which a token ends, else its first line is marked
_ELSEWHERE = re.compile(r"(?P<file>[^\s:«»“”(),;]+\.ttl):(?P<line>\d+)(?::(?P<column>\d+))?")


@dataclass(frozen=True, slots=True)
class Related:
    """A place that a message names: its file as printed, line and column from 1."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Mark:
    """One finding in its place."""

    range: Range
    severity: str
    code: str
    message: str
    related: tuple[Related, ...]


def marks(rows: Iterable[dict[str, Any]], text: Text) -> Iterator[Mark]:
    """Yield each finding with the range of the token at its place."""
    for row in rows:
        start = _offset(text, row["line"], row["column"])
        reach = text.range(start, _end(text.text, start))
        yield Mark(reach, row["severity"], row["code"], row["message"], tuple(_related(row)))


def _offset(text: Text, line: int, column: int) -> int:
    """Return the offset of a place; a byte order mark does not count as a character of the first line."""
    starts = text.lines.starts
    marked = line == 1 and text.text.startswith("\ufeff")
    return min(starts[min(line, len(starts)) - 1] + column - 1 + marked, len(text.text))


def _end(text: str, start: int) -> int:
    """Return where the token that begins at an offset ends."""
    for window in (_NARROW, _WINDOW):
        seen = text[start : start + window]
        token = next(iter(turtle.tokens(seen)), None)
        if token is None or token.kind == "space":
            return start
        if token.end < len(seen) or start + len(seen) == len(text):
            return start + token.end
    return start + len(seen.split("\n", 1)[0])


def _related(row: dict[str, Any]) -> Iterator[Related]:
    for found in _ELSEWHERE.finditer(row["message"]):
        yield Related(found["file"], int(found["line"]), int(found["column"] or 1))
