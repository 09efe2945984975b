"""Regular expressions that may never end: a repetition inside a repetition that can be cut in two ways.

Takes the text of a pattern; tells whether an engine that goes back and tries again (Python's, hence pySHACL's)
can need time that doubles with each letter.

1. Python's own parser gives the tree of the pattern; each letter or class of letters is a position.
2. For each repeated part that holds a repetition, every step from one position to a next one is listed:
   within the part, and from its end to its beginning.
3. Two steps from one position that take a same letter are two ways of reading the same text.

So `(a+)+` is caught, `[a-z]+(-[a-z]+)*` is not: what stands between its words is in none of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from re import _constants as sre  # type: ignore[attr-defined]  # the standard library has no public parser
from re import _parser as reader  # type: ignore[attr-defined]  # the same
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ALPHABET = frozenset(range(0x250)) | {0x2019, 0x4E00, 0x1F600}  # what classes are told apart by
_LONGEST = 2000  # characters of a pattern that are looked into: what is longer is doubtful by itself
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT)
_CATEGORIES = {
    name: frozenset(code for code in _ALPHABET if re.fullmatch(text, chr(code)))
    for name, text in (
        (sre.CATEGORY_DIGIT, r"\d"),
        (sre.CATEGORY_NOT_DIGIT, r"\D"),
        (sre.CATEGORY_SPACE, r"\s"),
        (sre.CATEGORY_NOT_SPACE, r"\S"),
        (sre.CATEGORY_WORD, r"\w"),
        (sre.CATEGORY_NOT_WORD, r"\W"),
    )
}

Letters = frozenset[int]


@dataclass(frozen=True, slots=True)
class Part:
    """What a part of a pattern can begin and end with; `optional` when it can be empty."""

    first: tuple[int, ...] = ()
    last: tuple[int, ...] = ()
    optional: bool = True
    repeats: bool = False  # something in it is repeated


@dataclass(slots=True)
class _Steps:
    """The positions of a pattern, the steps between them, and whether two of them are alike."""

    positions: list[Letters] = field(default_factory=list)
    steps: list[tuple[int, int]] = field(default_factory=list)
    doubtful: bool = False

    def sequence(self, items: Iterable[Any]) -> Part:
        whole = Part()
        for item in items:
            part = self.item(item)
            self.steps += [(end, begin) for end in whole.last for begin in part.first]
            whole = Part(
                whole.first + part.first if whole.optional else whole.first,
                part.last + whole.last if part.optional else part.last,
                whole.optional and part.optional,
                whole.repeats or part.repeats,
            )
        return whole

    def item(self, item: tuple[Any, Any]) -> Part:
        kind, content = item
        if kind in _REPEATS:
            return self.repeated(*content)
        if kind is sre.SUBPATTERN:
            return self.sequence(content[-1])
        if kind is sre.BRANCH:
            parts = [self.sequence(branch) for branch in content[1]]
            return Part(
                tuple(place for part in parts for place in part.first),
                tuple(place for part in parts for place in part.last),
                any(part.optional for part in parts),
                any(part.repeats for part in parts),
            )
        letters = _letters(kind, content)
        if letters is None:  # an anchor, a look-around, a possessive or atomic group: no way back into it
            return Part()
        self.positions.append(letters)
        place = (len(self.positions) - 1,)
        return Part(place, place, optional=False)

    def repeated(self, least: int, most: int, content: Iterable[Any]) -> Part:
        begun = len(self.steps)
        part = self.sequence(content)
        if most <= 1:
            return Part(part.first, part.last, part.optional or least == 0, part.repeats)
        self.steps += [(end, begin) for end in part.last for begin in part.first]
        if part.repeats and self.two_ways(self.steps[begun:]):
            self.doubtful = True
        return Part(part.first, part.last, part.optional or least == 0, repeats=True)

    def two_ways(self, steps: list[tuple[int, int]]) -> bool:
        taken: dict[int, Letters] = {}
        for begin, end in steps:
            letters = self.positions[end]
            if letters & taken.get(begin, frozenset()):
                return True
            taken[begin] = letters | taken.get(begin, frozenset())
        return False


def _letters(kind: object, content: Any) -> Letters | None:  # noqa: ANN401  # a node of Python's tree
    match kind:
        case sre.LITERAL:
            return frozenset({content})
        case sre.NOT_LITERAL:
            return _ALPHABET - {content}
        case sre.ANY:
            return _ALPHABET - {10}
        case sre.IN:
            found = frozenset(code for entry in content for code in _entry(*entry))
            return _ALPHABET - found if content[0][0] is sre.NEGATE else found
        case _:
            return None


def _entry(kind: object, content: Any) -> Iterator[int]:  # noqa: ANN401  # a node of Python's tree
    if kind is sre.LITERAL:
        yield content
    elif kind is sre.RANGE:
        low, high = content
        yield from (code for code in {low, high, *_ALPHABET} if low <= code <= high)
    elif kind is sre.CATEGORY:
        yield from _CATEGORIES[content]


def may_never_end(pattern: str) -> bool:
    """Tell whether a pattern holds a repetition inside a repetition that can be cut in two ways.

    Raises re.error for what is no pattern.

    >>> may_never_end("^(a+)+$"), may_never_end("^[a-z]+(-[a-z]+)*$")
    (True, False)
    """
    if len(pattern) > _LONGEST:
        return True
    steps = _Steps()
    steps.sequence(reader.parse(pattern))
    return steps.doubtful
