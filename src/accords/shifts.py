"""How one thing changed: property by property, what its values were and are, and whether its evidence followed.

Goes in: what two snapshots say of the thing. Comes out: `Shift`s, in the order of its form.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING
from typing import Literal as OneOf

from pyoxigraph import Literal, NamedNode

from .fields import Fields
from .language import Words
from .sameness import Likeness, likeness
from .vocab import ALT_LABEL, DATES, LABELS, NOTES, TYPE, ae

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .forms import Forms
    from .renames import Said
    from .snapshot import Snapshot
    from .terms import Term
    from .things import Thing, Value

Sort = OneOf["parties", "date", "territory", "status", "order", "label", "note", "evidence", "fact"]

_SORTS: Mapping[Sort, frozenset[NamedNode]] = {
    "parties": frozenset({ae("hasParty"), ae("hasSupportingActor")}),
    "territory": frozenset({ae("coversTerritory"), ae("jurisdiction"), ae("within")}),
    "status": frozenset(ae(f"{name}Status") for name in ("agreement", "commitment", "event", "body")),
    "order": frozenset({ae("position"), ae("ordinalInSeries")}),
    "label": frozenset({*LABELS, ALT_LABEL}),
    "note": frozenset(NOTES),
    "evidence": frozenset(
        ae(name) for name in ("supportedBy", "excerptOf", "quote", "quoteEnd", "quotePrefix")
    ),
}
_CLASS = Words("classe", "class")
_MOST = 10_000  # pairs of values that are looked at one by one
_TOLD = frozenset({"label", "note", "evidence"})  # sorts of shifts that change no fact


@dataclass(frozen=True, slots=True)
class Swap:
    """A value in the place of another; `likeness` tells whether only the writing differs."""

    before: Value
    after: Value
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Shift:
    """One property whose values changed."""

    predicate: Thing
    name: Words
    sort: Sort
    swaps: tuple[Swap, ...]
    gone: tuple[Value, ...]
    come: tuple[Value, ...]
    unbacked: bool = False  # a fact left or was replaced, its evidence stayed

    @property
    def factual(self) -> bool:
        """Tell whether what is asserted changed, and not only its words, its evidence or the way it is written."""
        said = self.gone or self.come or any(not swap.likeness for swap in self.swaps)
        return bool(said) and self.sort not in _TOLD


@dataclass(frozen=True)
class Shifting:
    """Two snapshots, the forms that name properties, and the names that changed between the two."""

    before: Snapshot
    after: Snapshot
    forms: Forms
    renamed: Mapping[Term, Term]

    def of(self, old: Term, new: Term, was: Said, now: Said) -> tuple[Shift, ...]:
        """Return the shifts of a thing, `old` in one snapshot and `new` in the other."""
        held, holds = _by_property(was), _by_property(now)
        fields = Fields(self.after.facts, self.forms, new)
        shifts = (
            self._shift((old, new), predicate, held[predicate], holds[predicate], fields)
            for predicate in sorted({*held, *holds}, key=fields.place)
            if held[predicate] != holds[predicate]
        )
        return tuple(shift for shift in shifts if shift is not None)

    def _shift(
        self, names: tuple[Term, Term], predicate: NamedNode, was: set[Term], now: set[Term], fields: Fields
    ) -> Shift | None:
        gone, come, single = was - now, now - was, len(was) == len(now) == 1
        self._follow(gone, come, names)
        if not gone and not come:
            return None
        sort = _sort(predicate, gone | come)
        swaps = tuple(
            Swap(self.before.value(one), self.after.value(other), likeness(one, other))
            for one, other in _swaps(gone, come, single=single)
        )
        left = tuple(self.before.value(term) for term in sorted(gone, key=str))
        told = tuple(self.after.value(term) for term in sorted(come, key=str))
        name = _CLASS if predicate == TYPE else fields.name(predicate)
        shift = Shift(self.after.thing(predicate), name, sort, swaps, left, told)
        replaced = bool(left) or any(not swap.likeness for swap in swaps)
        unbacked = replaced and shift.factual and self._stayed(names, predicate)
        return replace(shift, unbacked=unbacked)

    def _follow(self, gone: set[Term], come: set[Term], own: tuple[Term, Term]) -> None:
        """Take away the references that only follow a new name."""
        for old, new in ((term, self.renamed.get(term)) for term in tuple(gone)):
            if new is not None and new in come:
                gone.discard(old)
                come.discard(new)
        if own[0] != own[1] and own[0] in gone and own[1] in come:
            gone.discard(own[0])
            come.discard(own[1])

    def _stayed(self, names: tuple[Term, Term], predicate: NamedNode) -> bool:
        """Tell whether a property rests on the same words as before, and on some."""
        was = self.before.evidence(names[0], predicate)
        return bool(was) and was == self.after.evidence(names[1], predicate)


def _by_property(rows: Iterable[tuple[NamedNode, Term]]) -> dict[NamedNode, set[Term]]:
    found: dict[NamedNode, set[Term]] = defaultdict(set)
    for predicate, value in rows:
        found[predicate].add(value)
    return found


def _sort(predicate: NamedNode, values: Iterable[Term]) -> Sort:
    for sort, predicates in _SORTS.items():
        if predicate in predicates:
            return sort
    dated = any(isinstance(value, Literal) and value.datatype in DATES for value in values)
    return "date" if dated else "fact"


def _swaps(gone: set[Term], come: set[Term], *, single: bool) -> Iterator[tuple[Term, Term]]:
    """Yield the values that follow each other, taken away from both sets.

    First those that only the writing tells apart, then the only texts of a language; `single` values, always.
    """
    crossed = product(sorted(gone, key=str), sorted(come, key=str)) if len(gone) * len(come) <= _MOST else ()
    for old, new in [(old, new) for old, new in crossed if likeness(old, new)]:
        if old in gone and new in come:
            yield _taken(old, new, gone, come)
    for language in sorted({_language(term) for term in gone} & {_language(term) for term in come} - {""}):
        olds = [term for term in gone if _language(term) == language]
        news = [term for term in come if _language(term) == language]
        if len(olds) == len(news) == 1:
            yield _taken(olds[0], news[0], gone, come)
    if single and gone and come:
        yield _taken(next(iter(gone)), next(iter(come)), gone, come)


def _taken(old: Term, new: Term, gone: set[Term], come: set[Term]) -> tuple[Term, Term]:
    gone.discard(old)
    come.discard(new)
    return old, new


def _language(term: Term) -> str:
    return (term.language or "") if isinstance(term, Literal) else ""
