"""The graph of one side as it is compared: its things, what each says, where each is described.

Goes in: a `Side`. Comes out: `Snapshot`, whose blank nodes are named after what they say, so that two snapshots
can be compared as sets of triples.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from .families import OTHERS, Kind, kind_of
from .sameness import by_content
from .things import Thing
from .vocab import DEPRECATED, FIRST, NIL, REST, TYPE, ae

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .renames import Said
    from .sides import Side
    from .terms import Term
    from .things import Facts, Value

_DEEPEST = 4  # blank nodes inside one another that are described
_PASSAGE = tuple(ae(name) for name in ("excerptOf", "quote", "quoteEnd", "quotePrefix"))


@dataclass(frozen=True)
class Snapshot:
    """What one side says; what is put aside, it does not."""

    side: Side
    aside: frozenset[Triple] = frozenset()

    @cached_property
    def triples(self) -> frozenset[Triple]:
        """Return the triples compared."""
        held = (*self.side.documents, *self.side.alignments)
        return by_content(triple for document in held for triple in document.triples) - self.aside

    @property
    def facts(self) -> Facts:
        """Return all that the side knows, for labels and evidence."""
        return self.side.facts

    @cached_property
    def subjects(self) -> frozenset[Term]:
        """Return the things that the documents speak of; of blank nodes, those that stand alone."""
        nested = {triple.object for triple in self.triples if isinstance(triple.object, BlankNode)}
        return frozenset({triple.subject for triple in self.triples} - nested)

    def describes(self, thing: Term) -> bool:
        """Tell whether a thing is described here, and not only aligned with others."""
        return isinstance(thing, BlankNode) or thing in self.homes

    def said(self, things: Iterable[Term]) -> Mapping[Term, Said]:
        """Return what is said of each of some things."""
        found: dict[Term, set[tuple[NamedNode, Term]]] = {thing: set() for thing in things}
        for triple in self.triples:
            if triple.subject in found:
                found[triple.subject].add((triple.predicate, triple.object))
        return {thing: frozenset(rows) for thing, rows in found.items()}

    @cached_property
    def homes(self) -> Mapping[Term, tuple[str, ...]]:
        """Return the files that describe each thing, the one that types it first."""
        typed: dict[Term, dict[str, None]] = defaultdict(dict)
        other: dict[Term, dict[str, None]] = defaultdict(dict)
        for document in self.side.documents:
            for triple in document.triples:
                (typed if triple.predicate == TYPE else other)[triple.subject][document.name] = None
        return {
            thing: tuple({**typed.get(thing, {}), **other.get(thing, {})}) for thing in {**typed, **other}
        }

    def file(self, thing: Term) -> str:
        """Return the file of a thing; nothing for a side that is not made of the files of a project."""
        if not self.side.filed:
            return ""
        return next(iter(self.homes.get(thing, ())), "") or self._aligned.get(thing, "")

    @cached_property
    def _aligned(self) -> Mapping[Term, str]:
        return {triple.subject: one.name for one in self.side.alignments for triple in one.triples}

    def deprecated(self, thing: Term) -> bool:
        """Tell whether a thing is marked as not to be used any more."""
        marks = self.facts.values(thing, DEPRECATED)
        return any(isinstance(mark, Literal) and mark.value in {"true", "1"} for mark in marks)

    @cached_property
    def _claims(self) -> Mapping[tuple[Term, Term], Sequence[Term]]:
        found: dict[tuple[Term, Term], list[Term]] = defaultdict(list)
        for claim, held in self.facts.by_subject.items():
            for about in held.get(ae("claimAbout"), ()):
                for predicate in held.get(ae("claimProperty"), ()):
                    found[about, predicate].append(claim)
        return found

    def evidence(self, thing: Term, predicate: Term) -> frozenset[object]:
        """Return the passages that back a property of a thing: what each says, not what it is called."""
        backing = self._claims.get((thing, predicate), (thing,))
        return frozenset(
            self._passage(one) for by in backing for one in self.facts.values(by, ae("supportedBy"))
        )

    def _passage(self, excerpt: Term) -> object:
        rows = [(name, value) for name in _PASSAGE for value in self.facts.values(excerpt, name)]
        return frozenset(rows) or excerpt

    @cached_property
    def resting(self) -> Mapping[Term, frozenset[Term]]:
        """Return, for each excerpt, what rests on it: records, and what the claims that cite it are about."""
        found: dict[Term, set[Term]] = defaultdict(set)
        for thing, held in self.facts.by_subject.items():
            for excerpt in held.get(ae("supportedBy"), ()):
                found[excerpt] |= {*held.get(ae("claimAbout"), ())} or {thing}
        return {excerpt: frozenset(things) for excerpt, things in found.items()}

    def thing(self, term: Term) -> Thing:
        """Return a thing as a person reads it."""
        return self._written(term) if isinstance(term, BlankNode) else self.facts.thing(term)

    def value(self, term: Term) -> Value:
        """Return a value as a person reads it."""
        return self._written(term) if isinstance(term, BlankNode) else self.facts.value(term)

    def _written(self, node: Term) -> Thing:
        return Thing(None, self._turtle(node, _DEEPEST), None, None)

    @cached_property
    def _blank(self) -> Mapping[Term, list[tuple[NamedNode, Term]]]:
        found: dict[Term, list[tuple[NamedNode, Term]]] = defaultdict(list)
        for triple in self.triples:
            if isinstance(triple.subject, BlankNode):
                found[triple.subject].append((triple.predicate, triple.object))
        return {node: sorted(rows, key=str) for node, rows in found.items()}

    def _turtle(self, term: Term, deep: int) -> str:
        """Return a blank node as Turtle writes it, in brackets or as a list."""
        if not isinstance(term, BlankNode):
            return self.side.knowledge.prefixes.show(term)
        if not deep:
            return "[…]"
        rows = self._blank.get(term, [])
        if {predicate for predicate, _ in rows} == {FIRST, REST}:
            return f"({' '.join(self._items(term, deep))})"
        said = (f"{self._turtle(predicate, 0)} {self._turtle(value, deep - 1)}" for predicate, value in rows)
        return f"[{' ; '.join(said)}]"

    def _items(self, node: Term, deep: int) -> list[str]:
        items: list[str] = []
        met: set[Term] = set()
        while node != NIL and node not in met:
            met.add(node)
            held = dict(self._blank.get(node, ()))
            items.append(self._turtle(held.get(FIRST, NIL), deep - 1))
            node = held.get(REST, NIL)
        return items


def kind(thing: Term) -> Kind:
    """Return the kind of a thing; a blank node that stands alone is one of the others."""
    return kind_of(thing.value) if isinstance(thing, NamedNode) else OTHERS
