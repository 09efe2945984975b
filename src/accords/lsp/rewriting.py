"""What changes between two texts, as few pieces as an editor needs to keep its pointer where it is."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_MANY = 4000  # lines; of more, one piece is replaced


class Change(NamedTuple):
    """A piece of the text before, and what comes in its place."""

    start: int
    end: int
    new: str


def changes(before: str, after: str) -> Iterator[Change]:
    r"""Yield what changes, line by line, in order.

    >>> list(changes("a\nb\nc\n", "a\n b\nc\n"))
    [Change(start=2, end=4, new=' b\n')]
    """
    one, other = _lines(before), _lines(after)
    first = 0
    while first < min(len(one), len(other)) and one[first] == other[first]:
        first += 1
    last = 0
    while last < min(len(one), len(other)) - first and one[-1 - last] == other[-1 - last]:
        last += 1
    mine, theirs = one[first : len(one) - last], other[first : len(other) - last]
    starts = [len("".join(one[:first]))]
    for line in mine:
        starts.append(starts[-1] + len(line))
    for start, end, low, high in _pieces(mine, theirs):
        yield Change(starts[start], starts[end], "".join(theirs[low:high]))


def _lines(text: str) -> list[str]:
    return [f"{line}\n" for line in text.split("\n")[:-1]] + [text.rpartition("\n")[2]]


def _pieces(mine: list[str], theirs: list[str]) -> Iterator[tuple[int, int, int, int]]:
    if max(len(mine), len(theirs)) > _MANY:
        yield 0, len(mine), 0, len(theirs)
        return
    matcher = difflib.SequenceMatcher(None, mine, theirs, autojunk=False)
    for kind, *piece in matcher.get_opcodes():
        if kind != "equal":
            start, end, low, high = piece
            yield start, end, low, high
