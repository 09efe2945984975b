"""What changed between two sides, in the words of the domain. Nothing is read or asked here.

Goes in: two `Side`s. Comes out: `Diff`, a frozen value, the same at each run.

1. The triples of both are compared as sets, blank nodes by what they say (`sameness`): what is written otherwise
   but says the same is no change. Only the things of the triples that differ are looked at.
2. A thing that nothing describes any more is gone, one newly marked as deprecated is retired: both are departures,
   with what replaces them. A new thing is an arrival. Things that only changed their name are paired (`renames`).
3. Of a thing on both sides, each property with other values is a shift (`shifts`): values that follow each other
   are a swap, the others have gone or come. A reference that follows a new name is no change.
4. A fact that left or was replaced while its evidence stayed is marked: `unbacked`. Its evidence is what the
   claims about this property cite, else what the record cites: the words, not the names of the excerpts.
5. Alignments with other vocabularies are compared between projects only.
6. A thing whose file no longer describes it, while another does, has moved.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from pyoxigraph import BlankNode, NamedNode, Triple

from . import forms as forming
from . import written
from .families import Kind, rank
from .renames import Pair, pairs
from .shifts import Shift, Shifting
from .snapshot import Snapshot, kind
from .terms import words_of
from .vocab import REPLACED_BY, ae

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .language import Words
    from .renames import Said
    from .sides import Side
    from .terms import Term
    from .things import Thing
    from .written import Written

IRIS = frozenset({"records", "concepts", "terms"})  # families whose IRIs others may have kept


@dataclass(frozen=True, slots=True)
class Arrival:
    """A thing that was not there."""

    thing: Thing
    kind: Kind
    file: str


@dataclass(frozen=True, slots=True)
class Departure:
    """A thing that is not there any more, or is marked as not to be used."""

    thing: Thing
    kind: Kind
    file: str
    deprecated: bool  # still described
    replaced_by: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Renaming:
    """A thing under another name; not declared: found by its content."""

    before: Thing
    after: Thing
    kind: Kind
    file: str
    declared: bool


@dataclass(frozen=True, slots=True)
class Move:
    """A thing in another file."""

    thing: Thing
    kind: Kind
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """A thing that says something else; a rule or a question tells no more than that."""

    thing: Thing
    kind: Kind
    file: str
    shifts: tuple[Shift, ...] = ()
    resting: tuple[Thing, ...] = ()  # of an excerpt: what rests on it and asserts what it did

    @property
    def reanchored(self) -> bool:
        """Tell whether the evidence changed while no fact did."""
        sorts = {shift.sort for shift in self.shifts}
        return "evidence" in sorts and not any(shift.factual for shift in self.shifts)

    @property
    def unbacked(self) -> bool:
        """Tell whether a fact changed on evidence that did not."""
        return any(shift.unbacked for shift in self.shifts)


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell of the coverage matrix in another state."""

    row: Thing
    column: Thing
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class GapChange:
    """A declared number, or what is recorded beside it, that changed; None where there is none."""

    about: Thing
    kind: Thing
    declared: tuple[int | None, int | None]
    recorded: tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Diff:
    """All that changed from one side to the other, in the reader's order."""

    before: Words
    after: Words
    arrivals: tuple[Arrival, ...]
    departures: tuple[Departure, ...]
    renamings: tuple[Renaming, ...]
    moves: tuple[Move, ...]
    changes: tuple[Change, ...]
    cells: tuple[CellChange, ...] = ()
    gaps: tuple[GapChange, ...] = ()
    notes: tuple[Words, ...] = ()  # what was not compared, and why

    @property
    def empty(self) -> bool:
        """Tell whether nothing changed."""
        return not (self.arrivals or self.departures or self.renamings or self.moves or self.changes)

    @property
    def unreplaced(self) -> tuple[Departure | Renaming, ...]:
        """Return the IRIs that are gone or retired, and that no declaration leads on from."""
        departed = (one for one in self.departures if one.kind.family in IRIS and not one.replaced_by)
        renamed = (one for one in self.renamings if one.kind.family in IRIS and not one.declared)
        return (*departed, *renamed)


Item = TypeVar("Item", Arrival, Departure, Renaming, Move, Change)


def compare(before: Side, after: Side) -> Diff:
    """Return what changed from one side to the other."""
    aside = frozenset[Triple]() if before.filed and after.filed else _alignments(before, after)
    return _Comparing(Snapshot(before, aside), Snapshot(after, aside)).diff()


def _alignments(*sides: Side) -> frozenset[Triple]:
    """Return the alignments of sides: a file of RDF has them among the rest, or has them not."""
    return frozenset(triple for side in sides for document in side.alignments for triple in document.triples)


@dataclass(frozen=True)
class _Comparing:
    before: Snapshot
    after: Snapshot

    def diff(self) -> Diff:
        texts = written.compare(self.before.side, self.after.side)
        return Diff(
            self.before.side.name,
            self.after.side.name,
            _ordered([*self._arrivals(), *(Arrival(one.thing, one.kind, one.file) for one in texts.added)]),
            _ordered([*self._departures(), *(_departure(one) for one in texts.removed)]),
            _ordered([*self._renamings(), *(_renaming(*pair) for pair in texts.renamed)]),
            _ordered(self._moves()),
            _ordered([*self._changes(), *(Change(one.thing, one.kind, one.file) for one in texts.changed)]),
        )

    @cached_property
    def _touched(self) -> frozenset[Term]:
        """Return the things of the triples that differ, of the families that both sides can tell of."""
        families = self.before.side.families & self.after.side.families
        things = {triple.subject for triple in self.before.triples ^ self.after.triples}
        things &= self.before.subjects | self.after.subjects
        return frozenset(thing for thing in things if kind(thing).family in families)

    @cached_property
    def _was(self) -> Mapping[Term, Said]:
        return self.before.said(self._touched)

    @cached_property
    def _is(self) -> Mapping[Term, Said]:
        return self.after.said(self._touched)

    @cached_property
    def _new(self) -> frozenset[Term]:
        return frozenset(thing for thing in self._touched if self._described(thing) == (False, True))

    @cached_property
    def _gone(self) -> frozenset[Term]:
        return frozenset(thing for thing in self._touched if self._described(thing) == (True, False))

    def _described(self, thing: Term) -> tuple[bool, bool]:
        before, after = bool(self._was[thing]), bool(self._is[thing])
        return before and self.before.describes(thing), after and self.after.describes(thing)

    @cached_property
    def _retired(self) -> frozenset[Term]:
        both = self._touched - self._new - self._gone
        return frozenset(
            thing for thing in both if self.after.deprecated(thing) and not self.before.deprecated(thing)
        )

    def _replacing(self, thing: Term) -> Sequence[Term]:
        """Return what is declared to replace a thing that departed."""
        side = self.after if thing in self._retired else self.before
        return side.facts.values(thing, REPLACED_BY)

    @cached_property
    def _pairs(self) -> tuple[Pair, ...]:
        named = [thing for thing in self._gone | self._retired if isinstance(thing, NamedNode)]
        return pairs(
            {thing: self._was[thing] for thing in named},
            {thing: self._is[thing] for thing in self._new if isinstance(thing, NamedNode)},
            {thing: self._replacing(thing) for thing in named},
        )

    @cached_property
    def _renamed(self) -> Mapping[Term, Term]:
        return {pair.before: pair.after for pair in self._pairs}

    def _arrivals(self) -> Iterable[Arrival]:
        for thing in self._new - set(self._renamed.values()):
            yield Arrival(self.after.thing(thing), kind(thing), self.after.file(thing))

    def _departures(self) -> Iterable[Departure]:
        for thing in (self._gone | self._retired) - set(self._renamed):
            replacing = tuple(self.after.thing(term) for term in sorted(self._replacing(thing), key=str))
            deprecated = thing in self._retired
            yield Departure(
                self.before.thing(thing), kind(thing), self.before.file(thing), deprecated, replacing
            )

    def _renamings(self) -> Iterable[Renaming]:
        for pair in self._pairs:
            before, after = self.before.thing(pair.before), self.after.thing(pair.after)
            yield Renaming(before, after, kind(pair.after), self.after.file(pair.after), pair.declared)

    def _moves(self) -> Iterable[Move]:
        if not (self.before.side.filed and self.after.side.filed):
            return
        for thing, homes in self.after.homes.items():
            files = self.before.homes.get(thing, homes)
            if files[0] not in homes and not isinstance(thing, BlankNode):
                yield Move(self.after.thing(thing), kind(thing), files[0], homes[0])

    def _changes(self) -> Iterable[Change]:
        both = self._touched - self._new - self._gone - self._retired
        names = [*((thing, thing) for thing in both), *self._renamed.items()]
        shifting = Shifting(self.before, self.after, self._forms, self._renamed)
        found = {new: shifting.of(old, new, self._was[old], self._is[new]) for old, new in names}
        asserting = {thing for thing, shifts in found.items() if any(shift.factual for shift in shifts)}
        asserting |= self._new  # these did not rest on anything before
        for thing, shifts in found.items():
            if shifts:
                told = self._unrepeated(thing, shifts, found)
                yield Change(
                    self.after.thing(thing),
                    kind(thing),
                    self.after.file(thing),
                    told,
                    self._resting(thing, told, asserting),
                )

    @cached_property
    def _forms(self) -> forming.Forms:
        return forming.of_documents(self.after.side.forms or self.before.side.forms)

    def _unrepeated(
        self, thing: Term, shifts: tuple[Shift, ...], found: Mapping[Term, tuple[Shift, ...]]
    ) -> tuple[Shift, ...]:
        """Return shifts without the marks that the record of a claim has already."""
        about = self.after.facts.values(thing, ae("claimAbout"))
        marked = {shift.predicate.iri for one in about for shift in found.get(one, ()) if shift.unbacked}
        targets = {words_of(term) for term in self.after.facts.values(thing, ae("claimProperty"))}
        return tuple(replace(shift, unbacked=shift.unbacked and not marked & targets) for shift in shifts)

    def _resting(self, thing: Term, shifts: tuple[Shift, ...], asserting: set[Term]) -> tuple[Thing, ...]:
        """Return what rests on an excerpt whose words changed, and asserts what it did."""
        if all(shift.sort != "evidence" for shift in shifts):
            return ()
        kept = self.after.resting.get(thing, frozenset()) - asserting - {thing}
        return tuple(sorted(map(self.after.thing, kept), key=lambda one: one.curie))


def _departure(one: Written) -> Departure:
    return Departure(one.thing, one.kind, one.file, deprecated=False, replaced_by=())


def _renaming(old: Written, new: Written) -> Renaming:
    return Renaming(old.thing, new.thing, new.kind, new.file, declared=True)


def _ordered(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return things in the reader's order."""
    return tuple(sorted(items, key=lambda one: (rank(one.kind), _name(one))))


def _name(one: Arrival | Departure | Renaming | Move | Change) -> str:
    return one.before.curie if isinstance(one, Renaming) else one.thing.curie
