"""Finding a passage in a text by its own words.

A passage is pinned by its first words (`quote`), its last words where it is longer (`end`), and a few
words before it (`prefix`) where the first words stand in several places. The text and the words are
normalised alike before they are compared, and in nothing else: NFC, every run of white space (no-break
spaces and line ends included) is one space, every kind of apostrophe is ', every kind of quotation mark
is " (with the space that French typography puts inside « »). Case is kept; no match is ever fuzzy.

1. `Text` keeps, for each character of the normalised text, its offset in the text as archived.
2. `find` lists the places of the first words, keeps those that the prefix precedes, and runs each to
   the nearest last words that follow.
3. Places at the same point of word-for-word the same paragraph (a line of the archived text) are one
   passage printed twice: the first is taken, the others are counted as repeats. Anything else found
   twice is ambiguous. (Two places in one and the same paragraph are two passages: taking the first
   would be a guess.)
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

_APOSTROPHES = "\u2019\u2018\u02bc\u00b4\u0060\u201b\u2032\uff07"
_QUOTES = "\u00ab\u00bb\u201c\u201d\u201e\u201f\u2033\uff02"
_SAME = {ord(mark): "'" for mark in _APOSTROPHES} | {ord(mark): '"' for mark in _QUOTES}
_LINE = re.compile(r"\r\n|\n|\r")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage found: its offsets in the archived text (end excluded), its lines, its repeats."""

    start: int
    stop: int
    first_line: int
    last_line: int
    repeats: tuple[int, ...] = ()  # the lines where it stands again


@dataclass(frozen=True, slots=True)
class Absent:
    """No such passage: the first words, the prefix before them, or the last words after them."""

    missing: str  # "quote", "prefix" or "end"


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several different passages begin with these words: the lines where they begin."""

    lines: tuple[int, ...]


Outcome = Passage | Absent | Ambiguous


def normalised(words: str) -> str:
    r"""Return words as they are compared.

    >>> normalised("«\u00a0l\u2019emploi\u00a0» ")
    '"l\'emploi"'
    """
    return Text(words).plain.strip()


class Text:
    """An archived text, ready to be searched."""

    def __init__(self, archived: str) -> None:
        """Normalise the text, keeping the way back to its offsets."""
        self.archived = archived
        self.plain, self._offsets = _normalise(archived)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in _LINE.finditer(self.archived))]

    def line_at(self, offset: int) -> int:
        """Return the line of an offset in the archived text, from 1."""
        return bisect_right(self._starts, offset)

    def lines(self, first: int, last: int) -> tuple[str, ...]:
        """Return these lines of the archived text, ends excluded."""
        return tuple(_LINE.split(self.archived)[first - 1 : last])

    def find(self, quote: str, end: str = "", prefix: str = "") -> Outcome:
        """Return the one passage that begins with `quote` and runs to `end`."""
        words, last, before = (normalised(part) for part in (quote, end, prefix))
        places = self._places(words)
        if not words or not places:
            return Absent("quote")
        if before:
            places = [place for place in places if self.plain[:place].rstrip().endswith(before)]
            if not places:
                return Absent("prefix")
        passages = [found for place in places if (found := self._passage(place, len(words), last))]
        if not passages:
            return Absent("end")
        if len({self._standing(passage) for passage in passages}) > 1:
            return Ambiguous(tuple(passage.first_line for passage in passages))
        first, *others = passages
        return Passage(
            first.start,
            first.stop,
            first.first_line,
            first.last_line,
            tuple(passage.first_line for passage in others),
        )

    def nearest(self, words: str) -> str:
        """Return the run of words of the text that looks most like these, as the text has it."""
        wanted = normalised(words)
        count = max(len(wanted.split()), 1)
        spans = [found.span() for found in re.finditer(r"\S+", self.plain)]
        best, ratio = "", 0.0
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(wanted.casefold())
        for place in range(max(len(spans) - count + 1, 1)):
            chosen = spans[place : place + count]
            if not chosen:
                break
            window = self.plain[chosen[0][0] : chosen[-1][1]]
            matcher.set_seq1(window.casefold())
            if (
                matcher.real_quick_ratio() > ratio
                and matcher.quick_ratio() > ratio
                and matcher.ratio() > ratio
            ):
                best, ratio = window, matcher.ratio()
        return best

    def _places(self, words: str) -> list[int]:
        """Return where whole words begin: « emploi » is not found inside « emplois »."""
        if not words:
            return []
        opening = r"(?<!\w)" if _WORD.match(words) else ""
        closing = r"(?!\w)" if _WORD.match(words[-1]) else ""
        return [found.start() for found in re.finditer(opening + re.escape(words) + closing, self.plain)]

    def _passage(self, place: int, length: int, last: str) -> Passage | None:
        stop = place + length
        if last:
            following = [end for end in self._places(last) if end >= stop]
            if not following:
                return None
            stop = following[0] + len(last)
        start, finish = self._offsets[place], self._offsets[stop - 1] + 1
        return Passage(start, finish, self.line_at(start), self.line_at(finish - 1))

    def _standing(self, passage: Passage) -> tuple[str, int]:
        """Return the paragraph of a passage and the point of it where the passage begins."""
        line = passage.first_line
        paragraph = normalised(self.lines(line, line)[0])
        return paragraph, passage.start - self._starts[line - 1]


def _normalise(text: str) -> tuple[str, list[int]]:
    plain: list[str] = []
    offsets: list[int] = []
    for cluster, offset in _clusters(text):
        for letter in unicodedata.normalize("NFC", cluster).translate(_SAME):
            mark = " " if letter.isspace() else letter
            if mark == " " and plain and plain[-1] == " ":
                continue
            plain.append(mark)
            offsets.append(offset)
    return _tight_quotes(plain, offsets, text)


def _clusters(text: str) -> list[tuple[str, int]]:
    """Return each letter with the combining marks that follow it, and its offset."""
    found: list[tuple[str, int]] = []
    for offset, letter in enumerate(text):
        if unicodedata.combining(letter) and found:
            cluster, start = found[-1]
            found[-1] = (cluster + letter, start)
        else:
            found.append((letter, offset))
    return found


def _tight_quotes(plain: list[str], offsets: list[int], text: str) -> tuple[str, list[int]]:
    """Drop the space inside « »."""
    kept = [
        place
        for place, letter in enumerate(plain)
        if letter != " "
        or not (
            (place > 0 and text[offsets[place - 1]] == "\u00ab")
            or (place + 1 < len(plain) and text[offsets[place + 1]] == "\u00bb")
        )
    ]
    return "".join(plain[place] for place in kept), [offsets[place] for place in kept]
