r"""White space of Turtle set right; every token and every comment stays, in its order.

1. One space between the words of a line and in front of `;`, `,` and `.`; none inside a literal.
2. A property begins a line, two spaces in; behind a semicolon it stays where its author put it beside another,
   as long as both fit; a record written on one line with three properties or more gets a line for each.
3. Further values stay on the line or on lines of their own, four spaces in, as their author put them; a line
   that grows too wide is broken in front of the value that does not fit.
4. A bracket adds two spaces. Comments keep their line, or the end of it, and how far they stand from what
   follows. At most one blank line, none between prefixes, one behind them.

Laid out twice is laid out once. Line ends and the byte order mark stay what they are.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .roles import roles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .reading import Reading
    from .tokens import Token

WIDTH = 140
_BREAK = re.compile(r"\r\n|\n|\r")
_STEP = 2
_MANY = 3  # properties of one line that are one too many


_OPENING = frozenset("[(")
_ENDING = frozenset(";.")
_HELD = frozenset({"suffix", "mark", "part"})  # on the line of what they follow, whatever its length


@dataclass(slots=True)
class _Piece:
    """A token, its role, and the white space that its author put in front of it."""

    token: Token
    role: str
    breaks: int  # line ends in front of it
    column: int  # how far it stands from the last of them
    spread: bool = False  # it begins a property that gets a line of its own

    @property
    def text(self) -> str:
        """Return its text; a string or a comment is never taken for a bracket."""
        return self.token.text

    @property
    def opens(self) -> bool:
        """Tell whether it is an opening bracket."""
        return self.token.kind == "mark" and self.token.text in _OPENING


def laid_out(reading: Reading) -> str:
    """Return the text of a reading that has no problem, its white space set right."""
    pieces = _pieces(reading.tokens)
    _spread(pieces)
    page = _Page(pieces, _line_end(reading.tokens))
    for at in range(len(pieces)):
        page.put(at)
    mark = "\ufeff" if reading.tokens and reading.tokens[0].kind == "bom" else ""
    return mark + "".join(page.out) + (page.end if pieces else "")


@dataclass(slots=True)
class _Page:
    """The text so far: the line and the column reached, and the indentation of each open bracket."""

    pieces: list[_Piece]
    end: str
    out: list[str] = field(default_factory=list)
    line: int = 0
    column: int = 0
    indent: int = 0  # of the line reached
    contents: list[int] = field(default_factory=lambda: [_STEP])
    begun: list[int] = field(default_factory=lambda: [0])  # the line on which the property of each began
    following: dict[int, int] = field(default_factory=dict)  # of a comment: what it stands in front of

    def put(self, at: int) -> None:
        """Write a piece behind the white space that it needs."""
        piece = self.pieces[at]
        if at and self._breaks(at):
            self._break(at)
        elif at:
            self._write(self._gap(at))
        elif piece.role == "comment":
            self._write(" " * self._indent(at))
        self._open_or_close(piece)
        self._write(piece.text)

    def _write(self, text: str) -> None:
        self.out.append(text)
        lines = _BREAK.split(text)
        self.line += len(lines) - 1
        self.column = len(lines[-1]) + (self.column if len(lines) == 1 else 0)

    def _break(self, at: int) -> None:
        indent = self._indent(at)
        self.out.append(self.end * (1 + self._blank(at)) + " " * indent)
        self.line += 1
        self.column = self.indent = indent

    def _open_or_close(self, piece: _Piece) -> None:
        """Keep the stacks of what is open."""
        if piece.role in {"first", "verb"}:
            self.begun[-1] = self.line
        if piece.opens:
            around = 0 if piece.role == "subject" else self.contents[-1]
            self.contents.append(max(around, self.indent) + _STEP)
            self.begun.append(self.line)
        elif piece.role == "close":
            self.contents.pop()
            self.begun.pop()

    def _breaks(self, at: int) -> bool:
        """Tell whether a piece begins a line."""
        piece, before = self.pieces[at], self.pieces[at - 1]
        if before.role == "comment" or piece.role in {"subject", "directive"}:
            return True
        if piece.role in _HELD:
            return False
        match piece.role:
            case "first" | "close":
                return (
                    piece.breaks > 0 and (piece.role == "close" or before.opens) and not _empty(before, piece)
                )
            case "verb":
                return piece.breaks > 0 or piece.spread or self.begun[-1] != self.line or not self._fits(at)
            case "value" | "item":
                return piece.breaks > 0 or not (before.opens or self._fits(at))
        return piece.breaks > 0  # a comment, or the value behind its property

    def _fits(self, at: int) -> bool:
        """Tell whether a property, or a value, has room on the line with the marks behind it."""
        whole = self.pieces[at].role == "verb"  # a property goes beside another on one line or not at all
        column, depth = self.column, 0
        for place in range(at, len(self.pieces)):
            piece = self.pieces[place]
            if place > at and self._ended(place, depth, whole=whole):
                return True
            if place > at and (piece.role == "comment" or (piece.breaks and piece.role not in _HELD)):
                return not whole or depth < 0
            depth += piece.opens - (piece.role == "close")
            lines = _BREAK.split(piece.text, maxsplit=1)
            column += len(self._gap(place)) + len(lines[0])
            if column > WIDTH or len(lines) > 1:
                return column <= WIDTH and not whole
        return True

    def _ended(self, place: int, depth: int, *, whole: bool) -> bool:
        """Tell whether a property or a value ends in front of a piece, the marks behind it included."""
        piece, before = self.pieces[place], self.pieces[place - 1]
        if depth > 0 or piece.role in _HELD or (piece.role == "close" and not piece.breaks):
            return False
        return depth < 0 or not whole or (before.role == "mark" and before.text in _ENDING)

    def _gap(self, at: int) -> str:
        """Return what stands between a piece and the one in front of it on its line."""
        piece, before = self.pieces[at], self.pieces[at - 1]
        return "" if piece.role == "suffix" or _empty(before, piece) else " "

    def _indent(self, at: int) -> int:
        """Return how far a piece that begins a line stands from the margin."""
        piece = self.pieces[at]
        match piece.role:
            case "comment":
                return self._of_comment(at)
            case "subject" | "directive":
                return 0
            case "only" | "value" | "suffix":
                return self.contents[-1] + _STEP
            case "close":
                return self.contents[-1] - _STEP
        return self.contents[-1]

    def _of_comment(self, at: int) -> int:
        """Return how far a comment stands from the margin: as far as before from what follows."""
        place = self.following.pop(at, at)
        while place < len(self.pieces) and self.pieces[place].role == "comment":
            place += 1
        self.following[at + 1] = place
        if place == len(self.pieces):
            return self.pieces[at].column
        return max(0, self._indent(place) + self.pieces[at].column - self.pieces[place].column)

    def _blank(self, at: int) -> bool:
        """Tell whether a blank line stands in front of a piece that begins a line."""
        piece, before = self.pieces[at], self.pieces[at - 1]
        trailing = before.role == "comment" and at > 1 and not before.breaks
        if (self.pieces[at - 2] if trailing else before).role == "part":
            if piece.role == "directive":
                return False
            if piece.role == "subject":
                return True
        return piece.breaks > 1 and piece.role in {"comment", "subject", "directive", "verb"}


def _empty(before: _Piece, piece: _Piece) -> bool:
    """Tell whether two pieces are a bracket with nothing in it."""
    return piece.role == "close" and before.opens


def _pieces(tokens: Sequence[Token]) -> list[_Piece]:
    """Return the pieces of a text; a line end in front of a mark counts for what the mark announces."""
    gaps = _gaps(tokens)
    pieces = [_Piece(token, role, *gaps[token.start]) for token, role in roles(tokens)]
    for before, mark, piece in zip(pieces, pieces[1:], pieces[2:], strict=False):
        if mark.role == "mark" and before.role != "comment" and piece.role in {"verb", "value"}:
            piece.breaks = max(piece.breaks, mark.breaks)
    return pieces


def _gaps(tokens: Sequence[Token]) -> dict[int, tuple[int, int]]:
    """Return, by offset, how many line ends stand in front of what is there, and its column behind them."""
    gaps = {0: (0, 0), 1: (0, 0)}  # behind a byte order mark
    for token in tokens:
        if token.kind == "space":
            lines = _BREAK.split(token.text)
            gaps[token.end] = len(lines) - 1, len(lines[-1])
        else:
            gaps.setdefault(token.start, (0, 0))
    return gaps


def _spread(pieces: list[_Piece]) -> None:
    """Mark the properties of each record that its author put on one line, if they are many."""
    depth = 0
    further: list[_Piece] = []
    for piece in pieces:
        depth += piece.opens - (piece.role == "close")
        if piece.role == "verb" and not depth:
            further.append(piece)
        elif piece.role == "mark" and not depth and piece.text == ".":
            alone = len(further) + 1 >= _MANY and not any(verb.breaks for verb in further)
            for verb in further:
                verb.spread = alone
            further = []


def _line_end(tokens: Sequence[Token]) -> str:
    """Return the line end that is used most between tokens."""
    counts = Counter(end for token in tokens if token.kind == "space" for end in _BREAK.findall(token.text))
    return max(counts, key=lambda end: (counts[end], end)) if counts else "\n"
