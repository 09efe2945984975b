"""Which things have only changed their name: the same content under another IRI.

Goes in: the descriptions of what is gone and of what is new, by IRI, and the replacements that are declared.
Comes out: pairs. A thing is matched with a thing of its kind, and only once:

1. By declaration: `dcterms:isReplacedBy` leads to something new.
2. By description: the same properties and values, at least two beside the class.
3. By likeness: at least four fifths of the properties and values of both are the same (Dice: twice what they
   share, over what they have together), two beside the class; the closest pair first, then by IRI.

Names change together: once a pair is found, what refers to the old name is read with the new one, and the search
goes on until it finds no more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .families import kind_of
from .vocab import TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pyoxigraph import NamedNode

    from .terms import Term

Said = frozenset[tuple["NamedNode", "Term"]]  # the properties and values of a thing

ALIKE = 0.8
_LEAST = 2  # properties beside the class
_COMMON = 50  # holders from which a property and value tell nothing apart


@dataclass(frozen=True, slots=True)
class Pair:
    """A thing and the name that it has now."""

    before: NamedNode
    after: NamedNode
    declared: bool


def pairs(
    gone: Mapping[NamedNode, Said],
    new: Mapping[NamedNode, Said],
    declared: Mapping[NamedNode, Sequence[Term]],
) -> tuple[Pair, ...]:
    """Return what has another name now, in the order of the old names."""
    found: dict[Term, NamedNode] = {}  # a new name by the old one
    for old in sorted(gone, key=str):
        for replacement in sorted(declared.get(old, ()), key=str):
            if replacement in new and replacement not in found.values() and _same_kind(old, replacement):
                found[old] = replacement  # type: ignore[assignment]  # a key of `new`
                break
    told = set(found)
    taken = set(found.values())
    while True:
        left = {old: _reread(old, said, found) for old, said in gone.items() if old not in found}
        free = {name: _reread(name, said, {}) for name, said in new.items() if name not in taken}
        step: dict[Term, NamedNode] = dict(_matched(left, free))
        if not step:
            break
        found |= step
        taken |= set(step.values())
    return tuple(Pair(old, found[old], old in told) for old in sorted(gone, key=str) if old in found)


def _same_kind(one: NamedNode, other: Term) -> bool:
    return kind_of(one.value) == kind_of(str(other).strip("<>"))


def _reread(name: Term, said: Said, found: Mapping[Term, NamedNode]) -> Said:
    """Return a description with new names for old ones, without what it says of itself by name."""
    return frozenset((predicate, found.get(value, value)) for predicate, value in said if value != name)


def _matched(
    left: Mapping[NamedNode, Said], free: Mapping[NamedNode, Said]
) -> Iterator[tuple[NamedNode, NamedNode]]:
    taken: set[NamedNode] = set()
    for _, old, new in sorted(_candidates(left, free), key=_closest_first):
        if old not in taken and new not in taken:
            taken |= {old, new}
            yield old, new


def _closest_first(row: tuple[float, NamedNode, NamedNode]) -> tuple[float, list[str]]:
    """Return the sorting key of a pair: the same from both sides, so that comparing backwards finds it too."""
    return -row[0], sorted((str(row[1]), str(row[2])))


def _candidates(
    left: Mapping[NamedNode, Said], free: Mapping[NamedNode, Said]
) -> Iterator[tuple[float, NamedNode, NamedNode]]:
    """Yield the pairs that are alike enough, with how much."""
    same: dict[Said, list[NamedNode]] = defaultdict(list)
    holders: dict[tuple[NamedNode, Term], list[NamedNode]] = defaultdict(list)
    for new in sorted(free, key=str):
        same[free[new]].append(new)
        for row in free[new]:
            holders[row].append(new)
    many = Counter(row for said in left.values() for row in said)
    for old, said in sorted(left.items(), key=lambda row: str(row[0])):
        rare = (row for row in said if len(holders.get(row, ())) <= _COMMON and many[row] <= _COMMON)
        close = {new for row in rare for new in holders.get(row, ())}
        for new in {*close, *same.get(said, ())[:_COMMON]}:
            shared = said & free[new]
            score = 2 * len(shared) / (len(said) + len(free[new]))
            if score >= ALIKE and _beside_class(shared) >= _LEAST and _same_kind(old, new):
                yield score, old, new


def _beside_class(said: Iterable[tuple[NamedNode, Term]]) -> int:
    return sum(predicate != TYPE for predicate, _ in said)
