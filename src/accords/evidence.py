"""Evidence: is each excerpt in the text that it says it is taken from?

Takes the knowledge and the folder of archived texts (or none); gives one state an excerpt and notices
for what is wrong. A text that is not at hand is counted and named, never passed over: an excerpt is
`checked`, `failed`, or `unchecked` with its reason.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from .findings import Notice
from .language import Words
from .passages import Absent, Ambiguous, Passage, Text
from .vocab import TYPE, ae

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import NamedNode

    from .loading import Knowledge
    from .terms import Term

READABLE = frozenset({".txt"})
LARGEST = 20_000_000  # bytes of an archived text


class Unchecked(StrEnum):
    """Why an excerpt could not be checked."""

    NO_ARCHIVE = "no-archive"
    NOT_ARCHIVED = "not-archived"
    NOT_AT_HAND = "not-at-hand"
    OTHER_TEXT = "other-text"
    UNREADABLE = "unreadable"


REASONS = {
    Unchecked.NO_ARCHIVE: Words("aucune archive indiquée", "no archive given"),
    Unchecked.NOT_ARCHIVED: Words("texte sans fichier d'archive", "text without an archive file"),
    Unchecked.NOT_AT_HAND: Words("fichier absent de l'archive", "file missing from the archive"),
    Unchecked.OTHER_TEXT: Words("le fichier a une autre empreinte", "the file has another digest"),
    Unchecked.UNREADABLE: Words("fichier illisible", "unreadable file"),
}


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


@dataclass(frozen=True, slots=True)
class State:
    """What became of one excerpt: a passage, a failure, or the reason for not checking."""

    excerpt: Excerpt
    passage: Passage | None = None
    reason: Unchecked | None = None


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
    """The states of all excerpts and what is wrong with some."""

    states: tuple[State, ...]
    notices: tuple[Notice, ...]
    summary: Summary


@dataclass(frozen=True)
class Library:
    """The sources and excerpts of a graph, with the texts of an archive."""

    knowledge: Knowledge
    archive: Path | None

    @cached_property
    def _facts(self) -> dict[Term, dict[NamedNode, list[Term]]]:
        facts: dict[Term, dict[NamedNode, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for document in self.knowledge.data:
            for triple in document.triples:
                facts[triple.subject][triple.predicate].append(triple.object)
        return facts

    def values(self, node: Term, predicate: NamedNode) -> list[Term]:
        """Return the values of a property of a node, as written."""
        return self._facts[node].get(predicate, [])

    def _one(self, node: Term, name: str) -> str:
        values = self._facts[node].get(ae(name), [])
        return values[0].value if values and isinstance(values[0], Literal) else ""

    def _typed(self, name: str) -> list[Term]:
        return sorted((n for n, f in self._facts.items() if ae(name) in f.get(TYPE, [])), key=str)

    @cached_property
    def sources(self) -> dict[Term, Source]:
        """Return each source document with its text, or the reason for its absence."""
        return {node: self._source(node) for node in self._typed("SourceDocument")}

    @cached_property
    def excerpts(self) -> tuple[Excerpt, ...]:
        """Return every excerpt, in order of its IRI."""
        return tuple(
            Excerpt(
                node,
                next(iter(self._facts[node].get(ae("excerptOf"), [])), None),
                self._one(node, "quote"),
                self._one(node, "quoteEnd"),
                self._one(node, "quotePrefix"),
            )
            for node in self._typed("Excerpt")
        )

    def _source(self, node: Term) -> Source:
        name, digest = self._one(node, "archiveName"), self._one(node, "textDigest")
        text, reason = self._text(name, digest)
        return Source(node, name or None, digest or None, text, reason)

    def _text(self, name: str, digest: str) -> tuple[Text | None, Unchecked | None]:
        if not name:
            return None, Unchecked.NOT_ARCHIVED
        if self.archive is None:
            return None, Unchecked.NO_ARCHIVE
        path = self.archive / name
        if path.name != name or path.suffix not in READABLE:
            return None, Unchecked.UNREADABLE
        try:
            if not path.is_file():
                return None, Unchecked.NOT_AT_HAND
            if path.stat().st_size > LARGEST:
                return None, Unchecked.UNREADABLE
            raw = path.read_bytes()
        except OSError:
            return None, Unchecked.UNREADABLE
        if digest and hashlib.sha256(raw).hexdigest() != digest:
            return None, Unchecked.OTHER_TEXT
        try:
            return Text(raw.decode("utf-8")), None
        except UnicodeDecodeError:
            return None, Unchecked.UNREADABLE


def check(knowledge: Knowledge, archive: Path | None) -> Check:
    """Return the state of every excerpt, and what is wrong."""
    library = Library(knowledge, archive)
    states: list[State] = []
    notices: list[Notice] = [notice for source in library.sources.values() for notice in _of_source(source)]
    for excerpt in library.excerpts:
        state, wrong = _of_excerpt(excerpt, library)
        states.append(state)
        notices.extend(wrong)
    return Check(tuple(states), tuple(notices), _summary(states, library))


def _of_source(source: Source) -> list[Notice]:
    notices: list[Notice] = []
    name = Literal(source.archive_name or "")
    values = (("source", source.node), ("archive", name))
    if source.archive_name and not source.digest:
        notices.append(Notice("EV-08-archive", source.node, ae("archiveName"), name, values))
    if source.reason is Unchecked.OTHER_TEXT:
        digest = Literal(source.digest or "")
        notices.append(Notice("EV-05-digest", source.node, ae("textDigest"), digest, values))
    if source.reason is Unchecked.UNREADABLE:
        notices.append(Notice("EV-05-unreadable", source.node, ae("archiveName"), name, values))
    return notices


def _of_excerpt(excerpt: Excerpt, library: Library) -> tuple[State, tuple[Notice, ...]]:
    source = None if excerpt.source is None else library.sources.get(excerpt.source)
    if source is None or source.text is None:
        reason = Unchecked.NOT_ARCHIVED if source is None else source.reason
        return State(excerpt, reason=reason), ()
    outcome = source.text.find(excerpt.quote, excerpt.end, excerpt.prefix)
    values: tuple[tuple[str, Term], ...] = (
        ("quote", Literal(excerpt.quote)),
        ("quoteEnd", Literal(excerpt.end)),
        ("quotePrefix", Literal(excerpt.prefix)),
        ("source", source.node),
    )
    match outcome:
        case Passage():
            return State(excerpt, passage=outcome), ()
        case Absent("prefix"):
            named, at = "EV-06-prefix", ae("quotePrefix")
        case Absent():
            named, at = "EV-05-not-found", ae("quoteEnd" if outcome.missing == "end" else "quote")
        case Ambiguous():
            named, at = "EV-06-ambiguous", ae("quote")
            lines = ", ".join(str(line) for line in outcome.lines)
            values = (*values, ("lines", Literal(lines)))
    written = next(iter(library.values(excerpt.node, at)), None)
    return State(excerpt), (Notice(named, excerpt.node, at, written, values),)


def _summary(states: list[State], library: Library) -> Summary:
    unchecked = {reason: sum(state.reason is reason for state in states) for reason in Unchecked}
    named = [(library.knowledge.prefixes.show(node), source) for node, source in library.sources.items()]
    return Summary(
        checked=sum(state.passage is not None for state in states),
        repeated=sum(state.passage is not None and bool(state.passage.repeats) for state in states),
        failed=sum(state.passage is None and state.reason is None for state in states),
        unchecked=tuple((reason, count) for reason, count in unchecked.items() if count),
        at_hand=tuple(sorted(name for name, source in named if source.text is not None)),
        missing=tuple(sorted((name, source.reason) for name, source in named if source.reason is not None)),
    )
