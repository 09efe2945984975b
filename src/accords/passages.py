"""Finding a passage in a text by its own words.

A passage is pinned by its first words (`quote`), its last words where it is longer (`end`), and a few
words before it (`prefix`) where the first words stand in several places. The text and the words are
normalised alike before they are compared, and in nothing else: NFC, every run of white space (no-break
spaces and line ends included) is one space, every kind of apostrophe is ', every kind of quotation mark
is " (with the space that French typography puts inside « »). Case is kept; no match is ever fuzzy.

1. `Text` keeps, for each character of the normalised text, its offset in the text as archived.
2. `passages` lists the places of the first words, keeps those that the prefix precedes, and runs each
   to the nearest last words that follow.
3. `find` takes places at the same point of word-for-word the same paragraphs (lines of the archived
   text) for one passage printed twice: the first is taken, the others are counted as repeats. Anything
   else found twice is ambiguous. (Two places in one and the same paragraph are two passages: taking the
   first would be a guess.)
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property

_AFTER_SPACES = 0x3001  # the last white space of Unicode is the ideographic one, before this
_APOSTROPHES = "\u2019\u2018\u02bc\u00b4\u0060\u201b\u2032\uff07"
_QUOTES = "\u00ab\u00bb\u201c\u201d\u201e\u201f\u2033\uff02"
_SPACES = "".join(letter for letter in map(chr, range(_AFTER_SPACES)) if letter.isspace())
_SAME = (
    {ord(mark): "'" for mark in _APOSTROPHES}
    | {ord(mark): '"' for mark in _QUOTES}
    | {ord(mark): " " for mark in _SPACES}
)
_LINE = re.compile(r"\r\n|\n|\r")
_WORD = re.compile(r"\w")
_PIECE = re.compile(r" +|[^ ]+")
_WRITTEN = re.compile(r"\S+")
_APART = re.compile(r"\s+")
_NO_BREAK = frozenset({"\u00a0", "\u202f"})

ALIKE = 0.6  # how much of the words a passage must share to be offered in their place
SHORT = 5_000  # words of a text that is searched whole for what is nearest
SHORTLIST = 200  # runs of words of a longer text that are looked at closely


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
    return _normalise(words)[0].strip()


def on_one_line(archived: str) -> str:
    r"""Return archived words as they stand, but on one line and with single spaces; case and marks are kept.

    A no-break space between two words is a mark of the text and stays.

    >>> on_one_line("l\u2019emploi\r\n et  12\u00a0ateliers") == "l\u2019emploi et 12\u00a0ateliers"
    True
    """
    return _APART.sub(lambda found: found.group() if found.group() in _NO_BREAK else " ", archived).strip()


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

    def start_of(self, line: int) -> int:
        """Return the offset at which a line of the archived text begins."""
        return self._starts[line - 1]

    def lines(self, first: int, last: int) -> tuple[str, ...]:
        """Return these lines of the archived text, ends excluded."""
        stop = self._starts[last] if last < len(self._starts) else len(self.archived)
        found = _LINE.split(self.archived[self._starts[first - 1] : stop])
        return tuple(found[: last - first + 1])

    def words_of(self, passage: Passage) -> str:
        """Return the words of a passage as archived."""
        return self.archived[passage.start : passage.stop]

    def words_before(self, passage: Passage, count: int) -> str:
        """Return the last `count` words before a passage, as archived; fewer where the text begins."""
        stop = self._plain_at(passage.start)
        stop -= self.plain[stop - 1 : stop] == " "
        start = stop + 1
        for _ in range(count):
            start = self.plain.rfind(" ", 0, max(start - 1, 0)) + 1
        return self._archived(start, stop) if start < stop else ""

    def preceding(self, passage: Passage, words: str) -> str:
        """Return, as archived, the words that stand just before a passage; empty when others stand there."""
        before, place = normalised(words), self._plain_at(passage.start)
        if not before or not self._preceded(place, before):
            return ""
        stop = place - 1 if self.plain[place - 1] == " " else place
        return self._archived(stop - len(before), stop)

    def words_from(self, passage: Passage, count: int) -> str:
        """Return the first `count` words from the beginning of a passage on, as archived."""
        place = self._plain_at(passage.start)
        found = [
            span.span() for _, span in zip(range(count), _WRITTEN.finditer(self.plain, place), strict=False)
        ]
        return self._archived(found[0][0], found[-1][1]) if found else ""

    def find(self, quote: str, end: str = "", prefix: str = "") -> Outcome:
        """Return the one passage that begins with `quote` and runs to `end`."""
        found = self.passages(quote, end, prefix)
        if isinstance(found, Absent):
            return found
        different = self.apart(found)
        if len(different) > 1:
            return Ambiguous(tuple(passage.first_line for passage in found))
        return different[0]

    def passages(self, quote: str, end: str = "", prefix: str = "") -> tuple[Passage, ...] | Absent:
        """Return every place of a passage, in order; there is one at least, or it is absent."""
        words, last, before = (normalised(part) for part in (quote, end, prefix))
        places = self._places(words)
        if not places:
            return Absent("quote")
        if before:
            places = [place for place in places if self._preceded(place, before)]
            if not places:
                return Absent("prefix")
        ends = self._places(last)
        passages = [
            found for place in places if (found := self._passage(place, place + len(words), last, ends))
        ]
        return tuple(passages) or Absent("end")

    def apart(self, passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
        """Return the different passages among these places, each with the lines where it stands again."""
        lengths: dict[int, list[Passage]] = {}
        for passage in passages:
            length = self._plain_at(passage.stop) - self._plain_at(passage.start)
            lengths.setdefault(length, []).append(passage)
        different = [copies for alike in lengths.values() for copies in self._copies(alike)]
        return tuple(
            replace(first, repeats=tuple(passage.first_line for passage in others))
            for first, *others in sorted(different, key=lambda copies: copies[0].start)
        )

    def _copies(self, passages: list[Passage]) -> list[list[Passage]]:
        """Return passages of one length, copies together: the same paragraphs, the same point of them."""
        if len(passages) == 1:
            return [passages]
        paragraphs: dict[tuple[int, int], str] = {}
        found: dict[tuple[str, int], list[Passage]] = {}
        for passage in passages:
            lines = passage.first_line, passage.last_line
            if lines not in paragraphs:
                paragraphs[lines] = self._paragraphs(*lines)
            point = self._plain_at(passage.start) - self._begun(passage.first_line)
            found.setdefault((paragraphs[lines], point), []).append(passage)
        return list(found.values())

    def _paragraphs(self, first: int, last: int) -> str:
        """Return these lines, normalised."""
        stop = self._starts[last] if last < len(self._starts) else len(self.archived)
        return self.plain[self._begun(first) : self._plain_at(stop)].rstrip()

    def _begun(self, line: int) -> int:
        """Return where the words of a line begin in the normalised text."""
        begun = self._plain_at(self._starts[line - 1])
        return begun + (self.plain[begun : begun + 1] == " ")

    def nearest(self, words: str, after: int = 0) -> Passage | None:
        """Return the run of words that looks most like these, from an offset on; None when nothing does."""
        wanted = normalised(words).casefold()
        count = len(wanted.split())
        spans = [found.span() for found in _WRITTEN.finditer(self.plain, self._plain_at(after))]
        best: tuple[int, int] | None = None
        ratio = ALIKE
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(wanted)
        for place in self._likely(spans, wanted.split()):
            chosen = spans[place : place + count]
            start, stop = chosen[0][0], chosen[-1][1]
            matcher.set_seq1(self.plain[start:stop].casefold())
            if (
                matcher.real_quick_ratio() > ratio
                and matcher.quick_ratio() > ratio
                and matcher.ratio() > ratio
            ):
                best, ratio = (start, stop), matcher.ratio()
        return None if best is None else self._from(*best)

    def _likely(self, spans: list[tuple[int, int]], wanted: list[str]) -> list[int]:
        """Return the runs of words worth a close look: in a long text, those that share the most words."""
        windows = range(max(len(spans) - len(wanted) + 1, 1)) if spans and wanted else range(0)
        if len(windows) <= SHORT:
            return list(windows)
        known = set(wanted)
        shared = [self.plain[start:stop].casefold() in known for start, stop in spans]
        score, scores = sum(shared[: len(wanted)]), Counter[int]()
        for place in windows:
            if score:
                scores[place] = score
            following = place + len(wanted)
            score += (shared[following] if following < len(shared) else 0) - shared[place]
        return sorted(place for place, _ in scores.most_common(SHORTLIST))

    def _places(self, words: str) -> list[int]:
        """Return where whole words begin: « emploi » is not found inside « emplois »."""
        if not words:
            return []
        opening = r"(?<!\w)" if _WORD.match(words) else ""
        closing = r"(?!\w)" if _WORD.match(words[-1]) else ""
        return [found.start() for found in re.finditer(opening + re.escape(words) + closing, self.plain)]

    def _preceded(self, place: int, before: str) -> bool:
        stop = place - 1 if place and self.plain[place - 1] == " " else place
        start = stop - len(before)
        if not self.plain.endswith(before, 0, stop):
            return False
        return start == 0 or not (_WORD.match(before) and _WORD.match(self.plain[start - 1]))

    def _passage(self, place: int, stop: int, last: str, ends: list[int]) -> Passage | None:
        if last:
            following = bisect_left(ends, stop)
            if following == len(ends):
                return None
            stop = ends[following] + len(last)
        return self._from(place, stop)

    def _from(self, place: int, stop: int) -> Passage:
        """Return the passage between two offsets of the normalised text."""
        start, finish = self._offsets[place], self._after(stop - 1)
        return Passage(start, finish, self.line_at(start), self.line_at(finish - 1))

    def _archived(self, place: int, stop: int) -> str:
        return self.archived[self._offsets[place] : self._after(stop - 1)]

    def _after(self, place: int) -> int:
        """Return the offset behind a letter of the normalised text, its combining marks included."""
        offset = self._offsets[place] + 1
        while offset < len(self.archived) and unicodedata.combining(self.archived[offset]):
            offset += 1
        return offset

    def _plain_at(self, offset: int) -> int:
        return bisect_left(self._offsets, offset)


def _normalise(text: str) -> tuple[str, array[int]]:
    """Return the normalised text and, for each of its characters, an offset in the text."""
    composed, offsets = _composed(text)
    folded = composed.translate(_SAME)
    plain: list[str] = []
    kept = array("q")
    for found in _PIECE.finditer(folded):
        start, stop = found.span()
        if folded[start] != " ":
            plain.append(found.group())
            kept.extend(offsets[start:stop])
        elif not _inside_quotes(composed, start, stop):
            plain.append(" ")
            kept.append(offsets[start])
    return "".join(plain), kept


def _inside_quotes(text: str, start: int, stop: int) -> bool:
    """Tell whether a run of white space stands just inside « »."""
    return text[start - 1 : start] == "\u00ab" or text[stop : stop + 1] == "\u00bb"


def _composed(text: str) -> tuple[str, array[int] | range]:
    """Return the text in NFC and, for each of its characters, an offset in the text."""
    if unicodedata.is_normalized("NFC", text):
        return text, range(len(text))
    letters: list[str] = []
    offsets = array("q")
    for cluster, offset in _clusters(text):
        composed = unicodedata.normalize("NFC", cluster)
        letters.append(composed)
        offsets.extend([offset] * len(composed))
    return "".join(letters), offsets


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
