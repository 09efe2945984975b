"""One term and all that is known of it: what `accords show` prints.

Takes the facts, the forms and a term; gives a `Record`, a frozen value.

1. What it is: label, classes, where each of its files writes it, whether it is still to be used.
2. Its properties in the order of the form of its class; those without a form come last.
3. Its evidence: the excerpts that it and the claims about it cite, and these claims.
4. What refers to it, by property, and for a term of the ontology or a concept, how much it is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from . import borrowed, usage
from .fields import Fields
from .language import Words
from .vocab import CHANGE_NOTE, DEF, DEPRECATED, FIRST, LABELS, REPLACED_BY, REST, SKOS, SUBCLASS, TYPE, ae

if TYPE_CHECKING:
    from .forms import Forms
    from .location import Location
    from .terms import Term
    from .things import Facts, Text, Thing, Value
    from .usage import Usage

_NOTE = NamedNode(SKOS + "editorialNote")
_ELSEWHERE = frozenset({TYPE, DEPRECATED, ae("supportedBy")})  # shown in places of their own
_LATE = frozenset({ae("claimValue"), ae("claimProperty"), ae("claimAbout")})  # links that say the least
_RANKS = ("preferred", "secondary", "discarded")


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a record under the name that its form gives it."""

    thing: Thing
    name: Words
    group: Words | None  # None without a form
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage cited, by the words that locate it."""

    thing: Thing
    quote: str
    end: str
    prefix: str
    source: Thing | None
    speakers: tuple[Thing, ...]
    written: Location


@dataclass(frozen=True, slots=True)
class Claim:
    """An assertion about the record; one with `absence` says why a value is not recorded."""

    thing: Thing
    about: Words  # the property, under the name that the record's form gives it
    property: Thing | None
    values: tuple[Value, ...]
    basis: tuple[Thing, ...]
    rank: tuple[Thing, ...]
    absence: tuple[Thing, ...]
    notes: tuple[Text, ...]
    excerpts: tuple[Thing, ...]
    written: Location


@dataclass(frozen=True, slots=True)
class Links:
    """The things that point at the record by one property, sorted."""

    property: Thing
    name: Words | None  # what they are to the record, where the house has a word for it
    things: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Deprecation:
    """A term not to be used any more: what replaces it, and why."""

    replaced_by: tuple[Thing, ...]
    notes: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """All that is known of a term."""

    thing: Thing
    title: Words | None  # the label, uncut
    kinds: tuple[Thing, ...]
    written: tuple[Location, ...]  # one place a file
    deprecated: Deprecation | None
    superclasses: tuple[Thing, ...]  # nearest first
    properties: tuple[Property, ...]
    excerpts: tuple[Excerpt, ...]
    claims: tuple[Claim, ...]
    links: tuple[Links, ...]
    usage: Usage | None


def inspect(facts: Facts, forms: Forms, term: NamedNode) -> Record:
    """Return what is known of a term; the same facts serve for many, each in a time that is its own."""
    seen = _Inspector(facts, forms, term)
    return Record(
        facts.thing(term),
        seen.title(),
        facts.things(term, TYPE),
        tuple(document.locate(term) for document in facts.knowledge.homes.get(term, ())),
        seen.deprecation(),
        tuple(facts.thing(kind) for kind in facts.above([term], SUBCLASS)[1:]),
        seen.properties(),
        seen.excerpts(),
        tuple(seen.claim(claim) for claim in seen.claims),
        seen.links(),
        usage.measure(facts, term),
    )


def excerpt(facts: Facts, term: Term) -> Excerpt:
    """Return an excerpt: the words that locate its passage, where, said by whom."""
    quote, end, prefix = (
        next((text.text for text in facts.texts(term, ae(name))), "")
        for name in ("quote", "quoteEnd", "quotePrefix")
    )
    return Excerpt(
        facts.thing(term),
        quote,
        end,
        prefix,
        next(iter(facts.things(term, ae("excerptOf"))), None),
        facts.things(term, ae("speaker")),
        facts.knowledge.locate(term),
    )


@dataclass(frozen=True)
class _Inspector:
    facts: Facts
    forms: Forms
    term: NamedNode

    def title(self) -> Words | None:
        for predicate in LABELS:
            said = {t.language or "": t.text for t in reversed(self.facts.texts(self.term, predicate))}
            if said:
                french = said.get("fr") or said.get("") or said.get("en") or next(iter(said.values()))
                return Words(french, said.get("en") or said.get("") or french)
        return self.facts.thing(self.term).label

    def deprecation(self) -> Deprecation | None:
        if not any(text.text in {"true", "1"} for text in self.facts.texts(self.term, DEPRECATED)):
            return None
        return Deprecation(
            self.facts.things(self.term, REPLACED_BY), self.facts.texts(self.term, CHANGE_NOTE)
        )

    @cached_property
    def _fields(self) -> Fields:
        return Fields(self.facts, self.forms, self.term)

    def properties(self) -> tuple[Property, ...]:
        told = {REPLACED_BY, CHANGE_NOTE} if self.deprecation() else set()
        held = self.facts.by_subject.get(self.term, {})
        shown = [predicate for predicate in held if predicate not in _ELSEWHERE | told]
        return tuple(self._property(predicate) for predicate in sorted(shown, key=self._fields.place))

    def _property(self, predicate: NamedNode) -> Property:
        return Property(
            self.facts.thing(predicate),
            self._fields.name(predicate),
            self._fields.group(predicate),
            tuple(self.facts.value(value) for value in self.facts.values(self.term, predicate)),
        )

    @cached_property
    def claims(self) -> list[Term]:
        """Return the claims about the term, by property as in the form, then by rank."""
        return sorted(self.facts.subjects(self.term, ae("claimAbout")), key=self._claim_order)

    def _claim_order(self, claim: Term) -> tuple[tuple[int, int, str], int, str]:
        rank = str(self.facts.first(claim, ae("claimRank"))).strip("<>").rpartition("/")[2]
        return (
            self._fields.place(self.facts.first(claim, ae("claimProperty"))),
            _RANKS.index(rank) if rank in _RANKS else len(_RANKS),
            str(claim),
        )

    def claim(self, claim: Term) -> Claim:
        target = self.facts.first(claim, ae("claimProperty"))
        return Claim(
            self.facts.thing(claim),
            Words("?", "?") if target is None else self._spoken(target),
            None if target is None else self.facts.thing(target),
            tuple(self.facts.value(value) for value in self.facts.values(claim, ae("claimValue"))),
            self.facts.things(claim, ae("claimBasis")),
            self.facts.things(claim, ae("claimRank")),
            self.facts.things(claim, ae("absenceReason")),
            self.facts.texts(claim, _NOTE),
            self.facts.things(claim, ae("supportedBy")),
            self.facts.knowledge.locate(claim),
        )

    def _spoken(self, target: Term) -> Words:
        """Return what a claim is about: a property of the record, or what others would be to it."""
        backwards = self._fields.backwards(target) if isinstance(target, NamedNode) else None
        return backwards or self._fields.name(target)

    def excerpts(self) -> tuple[Excerpt, ...]:
        cited = dict.fromkeys(self.facts.values(self.term, ae("supportedBy")))
        for claim in self.claims:
            cited |= dict.fromkeys(self.facts.values(claim, ae("supportedBy")))
        return tuple(excerpt(self.facts, one) for one in cited)

    def links(self) -> tuple[Links, ...]:
        """Return what points at the term; the claims about it are shown with its evidence."""
        incoming = self.facts.by_value.get(self.term, {})
        order = sorted(set(incoming) - {FIRST, REST, ae("claimAbout")}, key=_link_order)
        return tuple(
            Links(
                self.facts.thing(predicate),
                borrowed.called_backwards(predicate),
                tuple(sorted(map(self.facts.thing, incoming[predicate]), key=lambda thing: thing.curie)),
            )
            for predicate in order
        )


def _link_order(predicate: NamedNode) -> tuple[bool, int, bool, str]:
    """Return the sorting key of links: those with a name of their own, ours, others, those of claims."""
    foreign = not predicate.value.startswith(DEF)
    return predicate in _LATE, borrowed.rank_backwards(predicate), foreign, predicate.value
