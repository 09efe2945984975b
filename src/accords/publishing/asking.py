"""What the forms ask of the records of each group: the plan of tables and of JSON.

In: the kinds of records with their forms. Out: `Group`, one a row of the table of prefixes and one a concept
scheme: its name, its classes, and an `Asked` for each property, in the order of the forms.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from accords.language import Words
from accords.vocab import (
    BROADER,
    CONCEPT,
    DATES,
    DEPRECATED,
    IN_SCHEME,
    LABELS,
    LANG_STRING,
    NOTATION,
    OWL,
    PREF_LABEL,
    RECORD,
    REPLACED_BY,
    SKOS,
    TYPE,
    XSD,
    ae,
)

from .naming import apart, local, plural, snake
from .sheets import Sort

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from accords.kinds import Kind, Kinds, Slot
    from accords.terms import Term
    from accords.things import Facts

SUPPORTED = ae("supportedBy")
RESERVED = ("id", "iri", "type", "label", "excerpts", "evidence", "link", "deprecated", "replaced_by")
RECORDS = "records"  # the table of every record and concept
_OBJECT, _DATATYPE = NamedNode(OWL + "ObjectProperty"), NamedNode(OWL + "DatatypeProperty")
_SCHEME, _CONCEPT = NamedNode(SKOS + "ConceptScheme"), NamedNode(SKOS + "Concept")
_SORTS = {
    frozenset({"integer"}): Sort.INTEGER,
    frozenset({"decimal"}): Sort.DECIMAL,
    frozenset({"decimal", "integer"}): Sort.NUMBER,
    frozenset({"boolean"}): Sort.BOOLEAN,
    frozenset({"duration"}): Sort.DURATION,
    frozenset({"string"}): Sort.TEXT,
}


class Shape(StrEnum):
    """How many values a property may have."""

    ONE = "one"
    PAIR = "pair"  # a text in each language
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the forms of a group ask of one property."""

    path: NamedNode
    name: str  # of its column
    title: Words
    told: Words
    sort: Sort
    shape: Shape
    tagged: bool = False  # texts with their language
    table: str | None = None  # whose rows it leads to
    needed: bool = False

    @property
    def several(self) -> str:
        """Return the name of a list of its values."""
        return plural(self.name)


@dataclass(frozen=True, slots=True)
class Group:
    """The records of a row of the table of prefixes, or the concepts of a scheme."""

    name: str  # of its table
    one: str  # of one of its records
    title: Words
    asked: tuple[Asked, ...]
    kinds: tuple[Kind, ...] = ()
    scheme: NamedNode | None = None

    @property
    def classes(self) -> frozenset[NamedNode]:
        """Return the classes of its records."""
        return frozenset(kind.term for kind in self.kinds) or frozenset({_CONCEPT})

    @property
    def label(self) -> Asked | None:
        """Return the property that names its records, in each language."""
        return next((one for one in self.asked if one.shape is Shape.PAIR and one.name == "label"), None)


RETIRED = (  # what any record may say of itself
    Asked(
        DEPRECATED,
        "deprecated",
        Words("Retirée", "Retired"),
        Words("Ne plus employer cette fiche.", "No longer use this record."),
        Sort.BOOLEAN,
        Shape.ONE,
    ),
    Asked(
        REPLACED_BY,
        "replaced_by",
        Words("Remplacée par", "Replaced by"),
        Words("La fiche à employer à sa place.", "The record to use in its place."),
        Sort.IRI,
        Shape.ONE,
    ),
)


def groups(kinds: Kinds) -> tuple[Group, ...]:
    """Return the groups of records in the order of the table of prefixes, then the schemes by name."""
    return (*_Plan(kinds).records(), *schemes(kinds.facts))


@dataclass(frozen=True)
class _Plan:
    kinds: Kinds

    def records(self) -> Iterator[Group]:
        rows: dict[str, list[Kind]] = defaultdict(list)
        for kind in self.kinds.all:
            rows[kind.prefix].append(kind)
        for held in rows.values():
            one = snake(self._segment(held[0]))
            yield Group(plural(one), one, held[0].words, tuple(self._asked(held)), tuple(held))

    def _segment(self, kind: Kind) -> str:
        space = self.kinds.knowledge.prefixes.table[kind.prefix]
        return space.removeprefix(RECORD).strip("/")

    def _asked(self, kinds: Sequence[Kind]) -> Iterator[Asked]:
        slots: dict[NamedNode, list[Slot]] = defaultdict(list)
        for kind in kinds:
            for slot in kind.slots:
                slots[slot.path].append(slot)
        naming = next((path for path in LABELS if path in slots and _tagged(slots[path])), None)
        taken = [f"{name}{ending}" for name in RESERVED for ending in ("", "_fr", "_en")]
        for path, held in sorted(slots.items(), key=lambda row: min(slot.field.order for slot in row[1])):
            name = "label" if path == naming else apart(snake(local(path.value)), taken)
            taken.append(name)
            everywhere = len(held) == len(kinds)
            yield self._one(name, held, naming=path == naming, everywhere=everywhere)
        yield from (one for one in RETIRED if one.path not in slots)

    def _one(self, name: str, held: Sequence[Slot], *, naming: bool, everywhere: bool) -> Asked:
        field, sort = held[0].field, self._sort(held)
        single = all(slot.most == 1 for slot in held)
        needed = everywhere and not naming and single and all(slot.demand.least > 0 for slot in held)
        shape = Shape.PAIR if naming else Shape.ONE if single else Shape.SEVERAL
        told, tagged = field.help or Words("", ""), sort is Sort.TEXT and _tagged(held)
        table = self._table(held) if sort is Sort.IRI else None
        return Asked(field.path, name, field.name, told, sort, shape, tagged, table, needed)

    def _sort(self, held: Sequence[Slot]) -> Sort:
        demands = [slot.demand for slot in held]
        declared = self.kinds.facts.values(held[0].path, TYPE)
        if any(one.linked or one.classes or one.scheme for one in demands) or _OBJECT in declared:
            return Sort.IRI
        datatypes = {kind for one in demands for kind in one.datatypes}
        if datatypes and datatypes <= set(DATES):
            return Sort.DATE
        if _tagged(held):
            return Sort.TEXT
        if datatypes:
            return _SORTS.get(frozenset(kind.value.removeprefix(XSD) for kind in datatypes), Sort.ANY)
        return Sort.TEXT if all(one.plain for one in demands) or _DATATYPE in declared else Sort.ANY

    def _table(self, held: Sequence[Slot]) -> str | None:
        """Return the table that the values belong to; that of all records for several, None for anything."""
        found: set[str | None] = set()
        for demand in (slot.demand for slot in held):
            if demand.scheme is not None:
                found.add(scheme_table(demand.scheme))
            found |= {table for term in demand.classes for table in self._tables(term)}
            if demand.scheme is None and not demand.classes:
                return None
        return found.pop() if len(found) == 1 else RECORDS

    def _tables(self, term: NamedNode) -> set[str | None]:
        return {plural(snake(self._segment(kind))) for kind in self.kinds.all if term in kind.classes} or {
            None
        }


def _tagged(held: Iterable[Slot]) -> bool:
    return any(slot.demand.tagged or LANG_STRING in slot.demand.datatypes for slot in held)


def scheme_table(scheme: Term) -> str:
    """Return the name of the table of a concept scheme."""
    return "concepts_" + snake(local(scheme.value if isinstance(scheme, NamedNode) else str(scheme)))


def schemes(facts: Facts) -> Iterator[Group]:
    """Yield the concept schemes, by IRI."""
    found = (node for node, held in facts.by_subject.items() if _SCHEME in held.get(TYPE, ()))
    ours = (node for node in found if isinstance(node, NamedNode) and node.value.startswith(CONCEPT))
    for node in sorted(ours, key=lambda one: one.value):
        label = facts.thing(node).label or Words(node.value, node.value)
        table = scheme_table(node)
        yield Group(table, "concept", label, tuple(_of_concepts(table)), (), node)


def _of_concepts(table: str) -> Iterator[Asked]:
    nothing, scheme = Words("", ""), Words("Schéma", "Scheme")
    yield Asked(PREF_LABEL, "label", Words("Libellé", "Label"), nothing, Sort.TEXT, Shape.PAIR, tagged=True)
    yield Asked(NOTATION, "notation", Words("Notation", "Notation"), nothing, Sort.TEXT, Shape.ONE)
    yield Asked(BROADER, "broader", Words("Au-dessus", "Broader"), nothing, Sort.IRI, Shape.ONE, table=table)
    for name, title in (
        ("definition", Words("Définition", "Definition")),
        ("scopeNote", Words("Note d'application", "Scope note")),
    ):
        node = NamedNode(SKOS + name)
        yield Asked(node, snake(name), title, nothing, Sort.TEXT, Shape.PAIR, tagged=True)
    yield Asked(IN_SCHEME, "scheme", scheme, nothing, Sort.IRI, Shape.ONE)
    yield from RETIRED
