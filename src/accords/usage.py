"""How much a class, a property or a concept is used.

Takes the facts and a term; gives counts of records: those of a class and of its subclasses; those that have a
property, by class; those that name a concept or a narrower one, by property.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from .vocab import BROADER, OWL, RDF, RDFS, RECORD, SKOS, SUBCLASS, TYPE, ae

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .terms import Term
    from .things import Facts, Thing

_CLASSES = frozenset({NamedNode(OWL + "Class"), NamedNode(RDFS + "Class")})
_PROPERTIES = frozenset(
    {
        NamedNode(OWL + "ObjectProperty"),
        NamedNode(OWL + "DatatypeProperty"),
        NamedNode(OWL + "AnnotationProperty"),
        NamedNode(RDF + "Property"),
    }
)
_CONCEPT = NamedNode(SKOS + "Concept")
_CLAIMED = ae("claimValue")  # a claim speaks of a use, it is not one


@dataclass(frozen=True, slots=True)
class Usage:
    """The records that use a term.

    `by` counts them by class for a class or a property, by property for a concept; `under` counts the
    records that use the term or one below it (subclasses, narrower concepts), None for a property.
    """

    records: int
    under: int | None
    by: tuple[tuple[Thing, int], ...]


def measure(facts: Facts, term: NamedNode) -> Usage | None:
    """Return the usage of a class, a property or a concept; None for anything else."""
    kinds = set(facts.values(term, TYPE))
    if kinds & _CLASSES:
        return _of_class(facts, term)
    if kinds & _PROPERTIES:
        return _of_property(facts, term)
    return _of_concept(facts, term) if _CONCEPT in kinds else None


def _of_class(facts: Facts, term: NamedNode) -> Usage:
    counted = facts.below(term, SUBCLASS) | {term}
    users = {kind: _named(facts.subjects(kind, TYPE)) for kind in counted}
    counts = Counter({kind: len(found) for kind, found in users.items()})
    return Usage(counts[term], len(set().union(*users.values())), _rows(facts, counts))


def _named(subjects: Sequence[Term]) -> list[NamedNode]:
    return [subject for subject in subjects if isinstance(subject, NamedNode)]


def _of_property(facts: Facts, term: NamedNode) -> Usage:
    users = [held for _, held in facts.records() if term in held]
    return Usage(
        len(users), None, _rows(facts, Counter(kind for held in users for kind in held.get(TYPE, ())))
    )


def _of_concept(facts: Facts, term: NamedNode) -> Usage:
    counted = facts.below(term, BROADER) | {term}
    records: set[Term] = set()
    under: set[Term] = set()
    counts: Counter[Term] = Counter()
    for one in counted:
        for predicate, subjects in facts.by_value.get(one, {}).items():
            users = [s for s in _named(subjects) if s.value.startswith(RECORD) and predicate != _CLAIMED]
            under.update(users)
            if one == term:
                records.update(users)
                counts[predicate] = len(users)
    return Usage(len(records), len(under), _rows(facts, counts))


def _rows(facts: Facts, counts: Counter[Term]) -> tuple[tuple[Thing, int], ...]:
    rows = [(facts.thing(term), count) for term, count in counts.items() if count]
    return tuple(sorted(rows, key=lambda row: (-row[1], row[0].curie)))
