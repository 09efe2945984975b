"""From a record to the words that it rests on, and from an excerpt to what rests on it.

Takes the library (the graph and the texts at hand) and a term; gives a trace, a frozen value.

1. An excerpt: its whole passage, and the records and claims that cite it.
2. A source document: its excerpts, in the order of the text.
3. Any other record: the passages of its excerpts and of the claims about it, each with what it backs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from .evidence import what_stands_there
from .passages import Absent, Ambiguous
from .vocab import DCTERMS, TYPE, ae

if TYPE_CHECKING:
    from .archive import Unchecked
    from .evidence import Excerpt, Library, State
    from .language import Words
    from .location import Location
    from .passages import Passage, Text
    from .terms import Term
    from .things import Facts, Thing, Value

_WORD = re.compile(r"\w")
_SOURCE = NamedNode(DCTERMS + "source")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a passage: its number and its words, and whether the paragraph begins before or goes on."""

    number: int
    words: str
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True, slots=True)
class Cited:
    """An excerpt with its passage, or the reason why its passage is not here."""

    thing: Thing
    written: Location
    source: Thing | None
    archive_name: str | None
    quote: str
    end: str
    prefix: str
    lines: tuple[Line, ...]  # empty when the passage was not found, or not looked for
    passage: Passage | None
    reason: Unchecked | None
    fault: Absent | Ambiguous | None
    instead: Words | None  # what the text has instead of the words


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim: what it says of which thing, and how sure it is."""

    thing: Thing
    about: Thing | None
    property: Thing | None
    values: tuple[Value, ...]
    judged: tuple[Thing, ...]  # reason for absence, basis, rank


@dataclass(frozen=True, slots=True)
class OfExcerpt:
    """An excerpt, and what rests on it."""

    cited: Cited
    records: tuple[Thing, ...]
    claims: tuple[Claimed, ...]


@dataclass(frozen=True, slots=True)
class OfSource:
    """A source document and its excerpts."""

    thing: Thing
    written: Location
    archive_name: str | None
    reason: Unchecked | None
    excerpts: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Backing:
    """A passage, and what it backs of a record: the record itself, or single values."""

    cited: Cited
    direct: bool
    claims: tuple[Claimed, ...]


@dataclass(frozen=True, slots=True)
class OfRecord:
    """A record and the passages that it rests on."""

    thing: Thing
    written: Location
    backings: tuple[Backing, ...]
    unbacked: tuple[Claimed, ...]  # claims about it that cite no excerpt
    registers: tuple[Thing, ...]  # source documents that back the whole record


Trace = OfExcerpt | OfSource | OfRecord


def trace(library: Library, term: NamedNode) -> Trace:
    """Return the trace of a term."""
    excerpts = {excerpt.node: excerpt for excerpt in library.excerpts}
    if term in excerpts:
        return _of_excerpt(library, excerpts[term])
    if term in library.sources:
        return _of_source(library, term)
    return _of_record(library, term, excerpts)


def _of_excerpt(library: Library, excerpt: Excerpt) -> OfExcerpt:
    citing = _pointing(library.facts, ae("supportedBy"), excerpt.node)
    claims = [node for node in citing if _is_claim(library.facts, node)]
    return OfExcerpt(
        _cited(library, excerpt),
        tuple(library.facts.thing(node) for node in citing if node not in claims),
        tuple(_claimed(library.facts, node) for node in claims),
    )


def _of_source(library: Library, term: NamedNode) -> OfSource:
    source = library.sources[term]
    states = [library.state_of(excerpt) for excerpt in library.excerpts if excerpt.source == term]
    states.sort(key=_in_the_text)
    return OfSource(
        library.facts.thing(term),
        library.knowledge.locate(term),
        source.archive_name,
        source.reason,
        tuple(_stated(library, state) for state in states),
    )


def _in_the_text(state: State) -> tuple[bool, int, str]:
    """Return the sorting key of excerpts: in the order of the text, those not found last."""
    return state.passage is None, state.passage.start if state.passage else 0, str(state.excerpt.node)


def _of_record(library: Library, term: NamedNode, excerpts: dict[Term, Excerpt]) -> OfRecord:
    facts = library.facts
    direct = facts.values(term, ae("supportedBy"))
    claims = _pointing(facts, ae("claimAbout"), term)
    cited = dict.fromkeys(direct)
    for claim in claims:
        cited |= dict.fromkeys(facts.values(claim, ae("supportedBy")))
    backings = tuple(
        Backing(
            _cited(library, excerpts[node]),
            node in direct,
            tuple(
                _claimed(facts, claim) for claim in claims if node in facts.values(claim, ae("supportedBy"))
            ),
        )
        for node in cited
        if node in excerpts
    )
    unbacked = [claim for claim in claims if not facts.values(claim, ae("supportedBy"))]
    return OfRecord(
        facts.thing(term),
        library.knowledge.locate(term),
        backings,
        tuple(_claimed(facts, claim) for claim in unbacked),
        facts.things(term, _SOURCE),
    )


def _pointing(facts: Facts, predicate: NamedNode, term: Term) -> list[Term]:
    """Return the subjects that point at a term by a property, sorted."""
    found = (subject for subject, held in facts.by_subject.items() if term in held.get(predicate, ()))
    return sorted(found, key=str)


def _is_claim(facts: Facts, node: Term) -> bool:
    return ae("Claim") in facts.values(node, TYPE)


def _claimed(facts: Facts, claim: Term) -> Claimed:
    about, target = facts.first(claim, ae("claimAbout")), facts.first(claim, ae("claimProperty"))
    judged = (facts.things(claim, ae(name)) for name in ("absenceReason", "claimBasis", "claimRank"))
    return Claimed(
        facts.thing(claim),
        None if about is None else facts.thing(about),
        None if target is None else facts.thing(target),
        tuple(facts.value(value) for value in facts.values(claim, ae("claimValue"))),
        tuple(thing for things in judged for thing in things),
    )


def _cited(library: Library, excerpt: Excerpt) -> Cited:
    return _stated(library, library.state_of(excerpt))


def _stated(library: Library, state: State) -> Cited:
    excerpt, source = state.excerpt, library.source_of(state.excerpt)
    text = None if source is None else source.text
    passage = state.passage
    fault = state.outcome if isinstance(state.outcome, Absent | Ambiguous) else None
    return Cited(
        library.facts.thing(excerpt.node),
        library.knowledge.locate(excerpt.node),
        None if excerpt.source is None else library.facts.thing(excerpt.source),
        None if source is None else source.archive_name,
        excerpt.quote,
        excerpt.end,
        excerpt.prefix,
        () if passage is None or text is None else _lines(passage, text),
        passage,
        state.reason,
        fault,
        None if fault is None or text is None else what_stands_there(state, text),
    )


def _lines(passage: Passage, text: Text) -> tuple[Line, ...]:
    """Return the passage line by line, as archived; lines without a word are left out."""
    lines: list[Line] = []
    for number, whole in enumerate(text.lines(passage.first_line, passage.last_line), passage.first_line):
        start = passage.start - text.start_of(number) if number == passage.first_line else 0
        stop = passage.stop - text.start_of(number) if number == passage.last_line else len(whole)
        if whole[start:stop].strip():
            before, after = _WORD.search(whole[:start]), _WORD.search(whole[stop:])
            lines.append(Line(number, whole[start:stop], before is not None, after is not None))
    return tuple(lines)
