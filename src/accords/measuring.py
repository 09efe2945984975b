"""What a change does to coverage and to declared numbers: both sides measured by the same questions.

Goes in: a `Diff`, its two sides, the project whose questions measure. Comes out: the diff with the cells of the
matrix (territory × theme, the widest themes) and the declared numbers that changed; or with a note that says why
they were not measured.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from . import catalogue, ledger, matrix, querying
from .diff import CellChange, GapChange
from .errors import AccordsError
from .graphs import Held
from .language import Words
from .vocab import BROADER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .diff import Diff
    from .ledger import Entry
    from .project import Project
    from .querying import Limits
    from .sides import Side
    from .terms import Term
    from .things import Facts, Thing

_FAMILIES = frozenset({"records", "concepts"})  # what a measure can depend on
_PART = Words(
    "couverture et nombres déclarés : comparés d'un graphe entier à l'autre seulement",
    "coverage and declared numbers: compared between whole graphs only",
)


@dataclass(frozen=True)
class _Measured:
    """One side: its cells and its declared numbers."""

    facts: Facts
    cells: Mapping[tuple[Term, Term], str]
    numbers: Mapping[tuple[str, str, int], Entry]

    def renamed(self, names: Mapping[str, str]) -> _Measured:
        """Return the same with new names for old ones."""
        cells = {
            (_now(row, names), _now(column, names)): state for (row, column), state in self.cells.items()
        }
        numbers = {
            (names.get(a, a), names.get(k, k), place): one for (a, k, place), one in self.numbers.items()
        }
        return replace(self, cells=cells, numbers=numbers)

    def thing(self, iri: str) -> Thing:
        return self.facts.thing(NamedNode(iri))


def _now(term: Term, names: Mapping[str, str]) -> Term:
    return NamedNode(names[term.value]) if isinstance(term, NamedNode) and term.value in names else term


def measured(diff: Diff, before: Side, after: Side, project: Project, limits: Limits | None = None) -> Diff:
    """Return a diff with the cells and the declared numbers that changed."""
    if diff.empty or not _matters(diff):
        return diff
    if not (before.whole and after.whole):
        return replace(diff, notes=(*diff.notes, _PART))
    try:
        was, now = (_measure(side, project, limits) for side in (before, after))
    except AccordsError as refusal:  # what changed is known all the same
        said = Words(
            f"couverture et nombres déclarés non comparés ({refusal.message.fr})",
            f"coverage and declared numbers not compared ({refusal.message.en})",
        )
        return replace(diff, notes=(*diff.notes, said))
    was = was.renamed(
        {one.before.iri: one.after.iri for one in diff.renamings if one.before.iri and one.after.iri}
    )
    return replace(diff, cells=tuple(_cells(was, now)), gaps=tuple(_gaps(was, now)))


def _matters(diff: Diff) -> bool:
    kinds = [one.kind for one in diff.arrivals] + [one.kind for one in diff.departures]
    kinds += [one.kind for one in diff.renamings] + [one.kind for one in diff.changes]
    return any(kind.family in _FAMILIES for kind in kinds)


def _measure(side: Side, project: Project, limits: Limits | None) -> _Measured:
    triples = tuple(triple for document in side.measured for triple in document.triples)
    known = catalogue.load(project)
    asked = (matrix.own_cells(known), ledger.asked(known))
    cells, numbers = querying.ask(Held(project, triples), project, asked, limits)
    facts = side.facts
    row, column = matrix.BY.split(",")
    held = matrix.cells_of(cells.table, (row, column))
    widest = {place: cell.state for place, cell in held.items() if not facts.values(place[1], BROADER)}
    return _Measured(facts, widest, _numbered(ledger.of_table(numbers.table)))


def _numbered(entries: Iterable[Entry]) -> dict[tuple[str, str, int], Entry]:
    """Return the numbers by what they are about and their kind; a second one has the next place."""
    places: dict[tuple[str, str], int] = defaultdict(int)
    found = {}
    for one in sorted(entries, key=lambda one: (one.about, one.kind, one.declared, one.excerpts)):
        place = places[one.about, one.kind]
        places[one.about, one.kind] += 1
        found[one.about, one.kind, place] = one
    return found


def _cells(was: _Measured, now: _Measured) -> Iterator[CellChange]:
    for place in sorted({*was.cells, *now.cells}, key=str):
        before, after = (side.cells.get(place, matrix.STATES[-1]) for side in (was, now))
        if before != after:
            naming = now if place in now.cells else was
            row, column = (naming.facts.thing(term) for term in place)
            yield CellChange(row, column, before, after)


def _gaps(was: _Measured, now: _Measured) -> Iterator[GapChange]:
    for key in sorted({*was.numbers, *now.numbers}):
        before, after = was.numbers.get(key), now.numbers.get(key)
        declared = (None if before is None else before.declared, None if after is None else after.declared)
        recorded = (None if before is None else before.recorded, None if after is None else after.recorded)
        if declared[0] != declared[1] or recorded[0] != recorded[1]:
            naming = now if after is not None else was
            yield GapChange(naming.thing(key[0]), naming.thing(key[1]), declared, recorded)
