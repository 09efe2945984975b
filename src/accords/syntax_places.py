"""What stands at a mistake in a text of Turtle and in front of it: what the sentences about it speak of.

Takes the tokens of the text and a problem of `turtle.read`; gives a `Place`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from . import turtle
from .language import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_LONGEST = 200  # characters looked at
_BREAK = re.compile(r"[\r\n]")
_WHOLE = re.compile(r"[^\s;,\])]*")
_REST = re.compile(r"[^\r\n]*")


@dataclass(frozen=True, slots=True)
class Place:
    """What stands where reading stumbled."""

    found: str  # the text at fault
    before: str = ""  # what stands in front of it, nothing at the start of a file
    glued: bool = False  # nothing stands between the two
    whole: str = ""  # what stands in front of it, with what is glued to it
    line_before: int = 1
    rest: str = ""  # the line, from what stands in front of it
    house: Mapping[str, str] = field(default_factory=dict)  # the house table of prefixes

    @property
    def shown(self) -> str:
        """Return the text at fault as a message repeats it."""
        return printable(self.found)


def around(
    text: str,
    tokens: Sequence[turtle.Token],
    problem: turtle.Problem,
    line: int,
    house: Callable[[], Mapping[str, str]] = dict,
) -> Place:
    """Return what stands at a problem, which is on this line, and in front of it.

    >>> text = "e:a e:b 2023-06 ."
    >>> found = turtle.read(text)
    >>> place = around(text, found.tokens, found.problems[-1], 1)
    >>> place.found, place.before, place.glued, place.whole
    ('-06', '2023', True, '2023-06')
    """
    start, before = _before(tokens, problem.start)
    before = before[: problem.start - start]  # of a token that is cut by the problem, what is sound
    ended = start + len(before)
    found = text[problem.start : min(problem.end, problem.start + _LONGEST)]
    if not problem.reason.startswith("Invalid IRI code point"):
        found = _BREAK.split(found)[0]
    between = len(turtle.Lines(text[ended : problem.start]).starts) - 1 if before else 0
    return Place(
        found,
        before,
        bool(before) and ended == problem.start,
        _matched(_WHOLE, text, start),
        line - between,
        _matched(_REST, text, start),
        house(),
    )


def _before(tokens: Sequence[turtle.Token], offset: int) -> tuple[int, str]:
    """Return where the token that stands in front of an offset, or around it, begins, and its text."""
    at = bisect_right(tokens, offset - 1, key=lambda token: token.start) - 1
    while at >= 0 and tokens[at].kind in turtle.TRIVIA:
        at -= 1
    return (tokens[at].start, tokens[at].text) if at >= 0 else (offset, "")


def _matched(pattern: re.Pattern[str], text: str, start: int) -> str:
    found = pattern.match(text, start, start + _LONGEST)
    return found.group() if found else ""
