"""Evidence: is each excerpt in the text that it says it is taken from?

Takes the knowledge and the folder of archived texts (or none); gives one state an excerpt and notices
for what is wrong. A text that is not at hand is counted and named, never passed over: an excerpt is
`checked`, `failed`, or `unchecked` with its reason.

What a shape says too (an archive name with a folder in it, an excerpt without a quote) is noticed
under the shape's own name, so that the two are one finding.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from .archive import REASONS, Unchecked, read
from .findings import Notice
from .language import Words, printable
from .passages import Absent, Ambiguous, Outcome, Passage, Text, on_one_line
from .things import Facts
from .vocab import TYPE, ae

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from .loading import Knowledge
    from .terms import Term

CHECKS = frozenset(  # what is found by looking into the texts, and by no rule
    {
        "EV-05-not-found",
        "EV-05-digest",
        "EV-05-unreadable",
        "EV-06-ambiguous",
        "EV-06-prefix",
        "EV-08-archive",
    }
)
_DIGEST = re.compile(r"[0-9a-f]{64}")
_UNREADABLE = frozenset(
    {
        Unchecked.OTHER_KIND,
        Unchecked.NOT_A_FILE,
        Unchecked.TOO_LARGE,
        Unchecked.NOT_UTF_8,
        Unchecked.UNREADABLE,
    }
)
LISTED = 10  # lines that a message lists
BEFORE = 5  # words before a passage that a message repeats


@dataclass(frozen=True, slots=True)
class Source:
    """A source document and its text: the text when it was read, else the reason why not."""

    node: Term
    archive_name: str | None
    digest: str | None
    text: Text | None
    reason: Unchecked | None


@dataclass(frozen=True, slots=True)
class Excerpt:
    """An excerpt as recorded, with the words that locate it."""

    node: Term
    source: Term | None
    quote: str
    end: str = ""
    prefix: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """What became of one excerpt: what was found of it, or the reason for not looking."""

    excerpt: Excerpt
    outcome: Outcome | None = None
    reason: Unchecked | None = None

    @property
    def passage(self) -> Passage | None:
        """Return the passage, when it was found."""
        return self.outcome if isinstance(self.outcome, Passage) else None


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts of a check."""

    checked: int
    repeated: int
    failed: int
    unchecked: tuple[tuple[Unchecked, int], ...]
    at_hand: tuple[str, ...]  # CURIEs of the sources whose text was read
    missing: tuple[tuple[str, Unchecked], ...]

    @property
    def unchecked_total(self) -> int:
        """Return how many excerpts could not be checked."""
        return sum(count for _, count in self.unchecked)


@dataclass(frozen=True)
class Check:
    """The states of all excerpts, the sources they come from, and what is wrong with some."""

    states: tuple[State, ...]
    sources: tuple[Source, ...]
    notices: tuple[Notice, ...]
    summary: Summary

    @property
    def nodes(self) -> frozenset[Term]:
        """Return the excerpts and sources that were looked at."""
        return frozenset((*(one.excerpt.node for one in self.states), *(one.node for one in self.sources)))


@dataclass(frozen=True)
class Library:
    """The sources and excerpts of a graph, with the texts of an archive."""

    knowledge: Knowledge
    archive: Path | None

    @cached_property
    def facts(self) -> Facts:
        """Return the graph by subject."""
        return Facts(self.knowledge)

    def typed(self, name: str) -> list[Term]:
        """Return the things of a class of ours, in order of their IRI."""
        kind = ae(name)
        return sorted((n for n, held in self.facts.by_subject.items() if kind in held.get(TYPE, ())), key=str)

    def _literal(self, node: Term, name: str) -> Literal | None:
        values = self.facts.values(node, ae(name))
        return values[0] if values and isinstance(values[0], Literal) else None

    def _one(self, node: Term, name: str) -> str:
        found = self._literal(node, name)
        return "" if found is None else found.value

    @cached_property
    def sources(self) -> dict[Term, Source]:
        """Return each source document with its text, or the reason for its absence."""
        return {node: self._source(node) for node in self.typed("SourceDocument")}

    @cached_property
    def excerpts(self) -> tuple[Excerpt, ...]:
        """Return every excerpt, in order of its IRI."""
        return tuple(self._excerpt(node) for node in self.typed("Excerpt"))

    def _excerpt(self, node: Term) -> Excerpt:
        quote = self._literal(node, "quote")
        return Excerpt(
            node,
            self.facts.first(node, ae("excerptOf")),
            "" if quote is None else quote.value,
            self._one(node, "quoteEnd"),
            self._one(node, "quotePrefix"),
            "" if quote is None else quote.language or "",
        )

    def _source(self, node: Term) -> Source:
        name, digest = self._one(node, "archiveName"), self._one(node, "textDigest")
        found = read(self.archive, name, digest)
        text, reason = (found, None) if isinstance(found, Text) else (None, found)
        return Source(node, name or None, digest or None, text, reason)

    def source_of(self, excerpt: Excerpt) -> Source | None:
        """Return the source document of an excerpt, if it has one."""
        return None if excerpt.source is None else self.sources.get(excerpt.source)

    def state_of(self, excerpt: Excerpt) -> State:
        """Return what becomes of an excerpt when it is looked for in its text."""
        source = self.source_of(excerpt)
        if source is None:
            return State(excerpt, reason=Unchecked.NO_SOURCE)
        if not excerpt.quote:
            return State(excerpt, reason=Unchecked.NO_QUOTE)
        if source.text is None:
            return State(excerpt, reason=source.reason)
        return State(excerpt, source.text.find(excerpt.quote, excerpt.end, excerpt.prefix))


def check(knowledge: Knowledge, archive: Path | None, *, within: frozenset[str] = frozenset()) -> Check:
    """Return the state of every excerpt, and what is wrong; `within` keeps to files, by printed name.

    An excerpt or a source is within a file when the file describes it; the source of such an excerpt
    is looked at too.
    """
    library = Library(knowledge, archive)
    states = tuple(
        library.state_of(excerpt) for excerpt in library.excerpts if _within(knowledge, excerpt.node, within)
    )
    needed = {state.excerpt.source for state in states}
    sources = tuple(
        source
        for node, source in library.sources.items()
        if node in needed or _within(knowledge, node, within)
    )
    notices = [notice for source in sources for notice in _of_source(source)]
    notices += [notice for state in states if (notice := _of_state(state, library)) is not None]
    return Check(states, sources, tuple(notices), _summary(states, sources, knowledge))


def _within(knowledge: Knowledge, node: Term, files: frozenset[str]) -> bool:
    return not files or any(document.name in files for document in knowledge.homes.get(node, ()))


def _of_source(source: Source) -> list[Notice]:
    notices: list[Notice] = []
    name, digest = Literal(source.archive_name or ""), Literal(source.digest or "")
    values = (("source", source.node), ("archive", name))
    if source.reason is Unchecked.BAD_NAME:
        notices.append(Notice("EV-08-name", source.node, ae("archiveName"), name))
    if source.archive_name and not source.digest:
        notices.append(Notice("EV-08-archive", source.node, ae("archiveName"), name, values))
    if source.digest and not _DIGEST.fullmatch(source.digest):
        notices.append(Notice("EV-08-digest", source.node, ae("textDigest"), digest))
    elif source.reason is Unchecked.OTHER_TEXT:
        notices.append(Notice("EV-05-digest", source.node, ae("textDigest"), digest, values))
    if source.reason in _UNREADABLE:
        why = REASONS[source.reason]
        notices.append(Notice("EV-05-unreadable", source.node, ae("archiveName"), name, values, why))
    return notices


def _of_state(state: State, library: Library) -> Notice | None:
    excerpt = state.excerpt
    if state.reason is Unchecked.NO_SOURCE:
        return Notice("EV-03-source", excerpt.node, ae("excerptOf"), excerpt.source)
    if state.reason is Unchecked.NO_QUOTE:
        return Notice("EV-03-quote", excerpt.node, ae("quote"))
    source = library.source_of(excerpt)
    if source is None or source.text is None:
        return None
    values: tuple[tuple[str, Term], ...] = (
        ("quote", Literal(excerpt.quote)),
        ("quoteEnd", Literal(excerpt.end)),
        ("quotePrefix", Literal(excerpt.prefix)),
        ("source", source.node),
    )
    match state.outcome:
        case Ambiguous(lines):
            named, at = "EV-06-ambiguous", ae("quote")
            numbers = on_lines(lines).fr.partition(" ")[2]
            values = (*values, ("lines", Literal(numbers)))
        case Absent("prefix"):
            named, at = "EV-06-prefix", ae("quotePrefix")
        case Absent(missing):
            named, at = "EV-05-not-found", ae("quoteEnd" if missing == "end" else "quote")
        case _:
            return None
    detail = what_stands_there(state, source.text)
    return Notice(named, excerpt.node, at, library.facts.first(excerpt.node, at), values, detail)


def on_lines(lines: Iterable[int]) -> Words:
    """Return line numbers for a message: each once, the first ten.

    >>> on_lines([3, 3, 4]).en, on_lines([5]).fr
    ('lines 3, 4', 'ligne 5')
    """
    different = sorted(set(lines))
    numbers = ", ".join([*map(str, different[:LISTED]), *(["…"] if len(different) > LISTED else [])])
    return (
        Words(f"lignes {numbers}", f"lines {numbers}")
        if len(different) > 1
        else Words(f"ligne {numbers}", f"line {numbers}")
    )


def words_before(text: Text, places: Sequence[Passage]) -> Words:
    """Return the words that stand before each of some places, for a message."""
    rows = [
        (place.first_line, printable(on_one_line(text.words_before(place, BEFORE))))
        for place in places[:LISTED]
    ]
    french = [f"ligne {line}, après « {before} »" for line, before in rows]
    english = [f"line {line}, after “{before}”" for line, before in rows]
    more = ["…"] if len(places) > LISTED else []
    return Words(" ; ".join([*french, *more]), "; ".join([*english, *more]))


def what_stands_there(state: State, text: Text) -> Words | None:
    """Return what the text has where an excerpt fails to lead to one passage; None when nothing is near."""
    excerpt, outcome = state.excerpt, state.outcome
    if outcome == Absent("quote"):
        return _nearest(excerpt.quote, text)
    if outcome == Absent("end"):
        return _without_its_end(excerpt, text)
    found = text.passages(excerpt.quote, excerpt.end, "" if outcome == Absent("prefix") else excerpt.prefix)
    return None if isinstance(found, Absent) else words_before(text, text.apart(found))


def _without_its_end(excerpt: Excerpt, text: Text) -> Words | None:
    begun = text.passages(excerpt.quote, prefix=excerpt.prefix)
    if isinstance(begun, Absent):
        return None
    lines, shown = on_lines(place.first_line for place in begun), printable(excerpt.end)
    return Words(
        f"les premiers mots sont là ({lines.fr}), les derniers, « {shown} », ne les suivent pas",
        f"the first words are there ({lines.en}), the last, “{shown}”, do not follow them",
    )


def _nearest(words: str, text: Text) -> Words | None:
    near = text.nearest(words)
    if near is None:
        return None
    shown = printable(on_one_line(text.words_of(near)), len(words) + 40)
    return Words(
        f"au plus près, ligne {near.first_line}, « {shown} »",
        f"the nearest, line {near.first_line}, is “{shown}”",
    )


def _summary(states: Iterable[State], sources: Iterable[Source], knowledge: Knowledge) -> Summary:
    states = tuple(states)
    unchecked = {reason: sum(state.reason is reason for state in states) for reason in Unchecked}
    named = [(knowledge.prefixes.show(source.node), source) for source in sources]
    return Summary(
        checked=sum(state.passage is not None for state in states),
        repeated=sum(state.passage is not None and bool(state.passage.repeats) for state in states),
        failed=sum(state.passage is None and state.reason is None for state in states),
        unchecked=tuple((reason, count) for reason, count in unchecked.items() if count),
        at_hand=tuple(sorted(name for name, source in named if source.text is not None)),
        missing=tuple(sorted((name, source.reason) for name, source in named if source.reason is not None)),
    )
