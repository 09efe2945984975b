"""Pinning a passage: the few words that an excerpt may hold, and that lead back to it alone.

Takes a text, a passage of it and the words that a person gave for it; gives the quote, the end and the
prefix to write, as archived.

1. A quote is 3 to 15 words and at most 120 characters, an end at most 60 characters, neither a whole
   sentence. Words that are longer are cut: a quote to its first words, an end to its last, and a
   passage that is too long for a quote gets an end. What is cut still runs over the same passage.
2. Words that also stand elsewhere get a prefix of 1 to 5 words: the one given, else the shortest that
   leaves one place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .passages import Absent, Passage, on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .passages import Text

FEWEST, MOST = 3, 15  # words of a quote
LONGEST_QUOTE, LONGEST_END = 120, 60  # characters
LONGEST_PREFIX = 5  # words
_TAILS = (4, 5, 6, 7, 8, 3, 2, 1)  # words of an end, in the order in which they are tried
_WORD = re.compile(r"\S+")
_SENTENCE = re.compile(r"[«\"“\s]*[A-ZÀ-ÖØ-ÞŒ].*[.!?][»\"”\s]*", re.DOTALL)  # as rule EV-04 has it
_CLOSING = '.!?»"” \u00a0\u202f'


@dataclass(frozen=True, slots=True)
class Pinned:
    """The words of an excerpt, and the passage that they lead to."""

    quote: str
    end: str
    prefix: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class Given:
    """The words that a person gave: the first, perhaps the last, perhaps some before."""

    first: str
    last: str = ""
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Unpinned:
    """Words that cannot be cut to an excerpt (`length`), or that no prefix tells apart (`places`)."""

    reason: str


def pin(text: Text, given: Given, passage: Passage) -> Pinned | Unpinned:
    """Return the words that lead to a passage found by the words given."""
    before = on_one_line(text.preceding(passage, given.prefix))
    if len(before.split()) > LONGEST_PREFIX:
        before = ""
    reason = "length"
    for quote, end in _cut(text, given, passage):
        if not _leads(text, quote, end, passage):
            continue
        prefix = before if _alone(text, quote, end, before, passage) else _prefix(text, quote, end, passage)
        outcome = text.find(quote, end, prefix or "")
        if prefix is not None and isinstance(outcome, Passage):
            return Pinned(quote, end, prefix, outcome)
        reason = "places"
    return Unpinned(reason)


def prefix_of(text: Text, pinned: Pinned, passage: Passage) -> str:
    """Return the prefix that leads the same words to another passage; empty when none does."""
    return _prefix(text, pinned.quote, pinned.end, passage) or ""


def _cut(text: Text, given: Given, passage: Passage) -> Iterator[tuple[str, str]]:
    """Yield quotes and ends within the limits, those nearest to the words given first."""
    words = _spans(text, passage.start, passage.stop)
    first = _spans(text, passage.start, _stop_of(text, given.first, passage))
    if not given.last and _leading(text, first) == len(first) and (quote := _quote(text, first)):
        yield quote, ""
    for start in _ends(text, given, passage, words):
        end = on_one_line(text.archived[start : passage.stop])
        end = end.rstrip(_CLOSING) if not given.last else end
        quote = _quote(text, [word for word in first if word[1] <= start])
        if quote and 0 < len(end) <= LONGEST_END:
            yield quote, end


def _ends(text: Text, given: Given, passage: Passage, words: list[tuple[int, int]]) -> Iterator[int]:
    """Yield where the last words of a passage may begin: as given, then shorter."""
    earliest = passage.start
    if given.last:
        earliest = _start_of(text, given.last, passage)
        yield earliest
    for count in _TAILS:
        if count <= len(words) and words[-count][0] >= earliest:
            yield words[-count][0]


def _quote(text: Text, words: list[tuple[int, int]]) -> str:
    """Return as many of these words as a quote may hold; empty when they are too few."""
    count = _leading(text, words)
    if count < FEWEST:
        return ""
    quote = _opening(text, words[:count])
    if _SENTENCE.fullmatch(quote):
        quote = quote.rstrip(_CLOSING)
    return quote if len(quote.split()) >= FEWEST else ""


def _leading(text: Text, words: list[tuple[int, int]]) -> int:
    count = min(len(words), MOST)
    while count and len(_opening(text, words[:count])) > LONGEST_QUOTE:
        count -= 1
    return count


def _opening(text: Text, words: list[tuple[int, int]]) -> str:
    return on_one_line(text.archived[words[0][0] : words[-1][1]])


def _spans(text: Text, start: int, stop: int) -> list[tuple[int, int]]:
    return [found.span() for found in _WORD.finditer(text.archived, start, stop)]


def _stop_of(text: Text, first: str, passage: Passage) -> int:
    """Return where the first words of a passage end."""
    places = text.passages(first)
    stops = [] if isinstance(places, Absent) else [p.stop for p in places if p.start == passage.start]
    return stops[0] if stops else passage.stop


def _start_of(text: Text, last: str, passage: Passage) -> int:
    """Return where the last words of a passage begin."""
    places = text.passages(last)
    starts = [] if isinstance(places, Absent) else [p.start for p in places if p.stop == passage.stop]
    return starts[0] if starts else passage.start


def _leads(text: Text, quote: str, end: str, passage: Passage) -> bool:
    """Tell whether words run over a passage, alone or not; a quote may stop before its closing marks."""
    found = text.passages(quote, end)
    if isinstance(found, Absent):
        return False
    return any(
        place.start == passage.start and not text.archived[place.stop : passage.stop].strip(_CLOSING)
        for place in found
    )


def _prefix(text: Text, quote: str, end: str, passage: Passage) -> str | None:
    for count in range(1, LONGEST_PREFIX + 1):
        prefix = on_one_line(text.words_before(passage, count))
        if prefix and _alone(text, quote, end, prefix, passage):
            return prefix
    return None


def _alone(text: Text, quote: str, end: str, prefix: str, passage: Passage) -> bool:
    found = text.find(quote, end, prefix)
    return isinstance(found, Passage) and found.start == passage.start
