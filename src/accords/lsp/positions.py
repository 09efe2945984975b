r"""A text whose places are counted as the editor counts them: lines from 0, code units of its encoding.

Takes a text and an encoding; gives offsets in characters for positions and back, and the text after an edit.
Lines end as the protocol says, at \n, \r\n or \r and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from accords.turtle import Lines, Reading, read

Encoding = Literal["utf-8", "utf-16", "utf-32"]
ENCODINGS: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")
_BEYOND = 0xFFFF  # the last character that one unit of UTF-16 holds


class Position(NamedTuple):
    """A line and a place in it, both from 0."""

    line: int
    character: int


class Range(NamedTuple):
    """Two positions; the second is behind the last character."""

    start: Position
    end: Position


@dataclass(frozen=True, eq=False)
class Text:
    """A text, and how its places are counted."""

    text: str
    encoding: Encoding = "utf-16"

    @cached_property
    def lines(self) -> Lines:
        """Return where its lines begin."""
        return Lines(self.text)

    @cached_property
    def reading(self) -> Reading:
        """Return what it holds, with the places."""
        return read(self.text)

    def offset(self, line: int, character: int) -> int:
        r"""Return the offset of a position; one behind the end of a line or of the text is that end.

        >>> Text("a\n\U0001f600b").offset(1, 2), Text("a\nb").offset(0, 9), Text("a").offset(7, 0)
        (3, 1, 1)
        """
        starts = self.lines.starts
        if line >= len(starts):
            return len(self.text)
        start = starts[line]
        end = starts[line + 1] if line + 1 < len(starts) else len(self.text)
        written = self.text[start:end].rstrip("\r\n")
        if self.encoding == "utf-32" or written.isascii():
            return start + min(max(character, 0), len(written))
        return start + self._characters(written, character)

    def _characters(self, written: str, units: int) -> int:
        """Return how many characters the first units of a line are."""
        for place, letter in enumerate(written):
            units -= self._units(letter)
            if units < 0:
                return place
        return len(written)

    def _units(self, letter: str) -> int:
        if self.encoding == "utf-8":
            return len(letter.encode("utf-8", "surrogatepass"))
        return 2 if self.encoding == "utf-16" and ord(letter) > _BEYOND else 1

    def position(self, offset: int) -> Position:
        r"""Return the position of an offset.

        >>> Text("a\n\U0001f600b").position(3)
        Position(line=1, character=2)
        """
        line, column = self.lines.at(min(offset, len(self.text)))
        start = self.lines.starts[line - 1]
        before = self.text[start : start + column - 1]
        if self.encoding == "utf-32" or before.isascii():
            return Position(line - 1, column - 1)
        return Position(line - 1, sum(map(self._units, before)))

    def range(self, start: int, end: int) -> Range:
        """Return the range between two offsets."""
        return Range(self.position(start), self.position(end))

    def edited(self, start: Position, end: Position, new: str) -> Text:
        r"""Return the text with another one between two positions.

        >>> Text("ab\ncd").edited(Position(0, 1), Position(1, 1), "-").text
        'a-d'
        """
        first, last = self.offset(*start), self.offset(*end)
        return Text(self.text[:first] + new + self.text[max(first, last) :], self.encoding)
