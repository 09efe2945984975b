"""The first coverage summary: records by kind, declared beside recorded, requirements judged.

Takes the store of the merged graph; runs the project's own queries (`queries/inventory`,
`queries/coverage`), so that an analyst who runs them gets the same figures. A requirement is
`covered`, `not-recorded` or `explicitly-not-met`: not recorded is never none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from . import store as stores
from .errors import ContentError
from .findings import Notice
from .language import Words
from .vocab import RECORD, TYPE, ae

if TYPE_CHECKING:
    from pathlib import Path

    from .loading import Knowledge
    from .store import Store
    from .terms import Term


@dataclass(frozen=True, slots=True)
class Declared:
    """A number that a source announces, beside what is recorded."""

    about: Term
    kind: Term
    declared: int
    recorded: int
    count: Term  # the record of the declared number

    @property
    def gap(self) -> int:
        """Return how many items are not recorded."""
        return self.declared - self.recorded


@dataclass(frozen=True, slots=True)
class Judged:
    """A requirement against an agreement: covered, not-recorded or explicitly-not-met."""

    agreement: Term
    requirement: Term
    minimum: int
    recorded: int
    status: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What the graph holds, and how it compares with what is declared and required."""

    kinds: tuple[tuple[Term, int], ...]
    declared: tuple[Declared, ...]
    judged: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """The summary, and what is wrong with assertions about coverage."""

    summary: Summary
    notices: tuple[Notice, ...]


def summarise(knowledge: Knowledge, store: Store) -> Measure:
    """Return the coverage summary of a graph.

    Raises ContentError when one of the project's own queries is missing or does not parse.
    """
    queries = knowledge.project.queries
    kinds = tuple(
        (row["kind"], _number(row["records"]))
        for row in _ask(store, queries / "inventory/records-by-kind.rq")
    )
    declared = tuple(
        Declared(row["about"], row["kind"], _number(row["declared"]), _number(row["recorded"]), row["count"])
        for row in _ask(store, queries / "coverage/declared-and-recorded.rq")
    )
    judged = tuple(
        Judged(
            row["agreement"],
            row["requirement"],
            _number(row["min"]),
            _number(row["recorded"]),
            _text(row["status"]),
        )
        for row in _ask(store, queries / "coverage/requirements.rq")
    )
    return Measure(Summary(kinds, declared, judged), _disagreements(knowledge, judged))


def count_records(knowledge: Knowledge) -> int:
    """Return the number of records: subjects under …/id/ that have a type."""
    return len(
        {
            triple.subject
            for document in knowledge.data
            for triple in document.triples
            if triple.predicate == TYPE
            and isinstance(triple.subject, NamedNode)
            and triple.subject.value.startswith(RECORD)
        }
    )


def _disagreements(knowledge: Knowledge, judged: tuple[Judged, ...]) -> tuple[Notice, ...]:
    """Return the asserted `fulfils` that coverage does not confirm for the agreement concerned (CM-07)."""
    covered = {(row.agreement, row.requirement) for row in judged if row.status == "covered"}
    parents: dict[tuple[Term, NamedNode], list[Term]] = {}
    asserted: list[tuple[Term, Term]] = []
    for document in knowledge.data:
        for triple in document.triples:
            if triple.predicate == ae("fulfils"):
                asserted.append((triple.subject, triple.object))
            elif triple.predicate in {ae("underAxis"), ae("axisOf"), ae("providedForBy")}:
                parents.setdefault((triple.subject, triple.predicate), []).append(triple.object)

    def agreements(item: Term) -> set[Term]:
        axes = parents.get((item, ae("underAxis")), [])
        through = {agreement for axis in axes for agreement in parents.get((axis, ae("axisOf")), [])}
        return through | set(parents.get((item, ae("providedForBy")), []))

    return tuple(
        Notice("CM-07-fulfils", item, ae("fulfils"), requirement, (("requirement", requirement),))
        for item, requirement in sorted(asserted, key=str)
        if not any((agreement, requirement) in covered for agreement in agreements(item))
    )


def _ask(store: Store, path: Path) -> list[dict[str, Term]]:
    try:
        return list(stores.rows(store, path.read_text(encoding="utf-8")))
    except (OSError, SyntaxError) as problem:
        raise ContentError(
            Words(
                f"question illisible : {path.name} ({problem})",
                f"unreadable question: {path.name} ({problem})",
            )
        ) from problem


def _number(term: Term) -> int:
    return int(term.value) if isinstance(term, Literal) else 0


def _text(term: Term) -> str:
    return term.value if isinstance(term, Literal) else str(term)
