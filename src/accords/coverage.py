"""The first coverage summary: records by kind, declared beside recorded, requirements judged.

Takes the store of the merged graph; runs the project's own queries (`queries/inventory`,
`queries/coverage`), so that an analyst who runs them gets the same figures. A requirement is
`covered`, `not-recorded` or `explicitly-not-met`: not recorded is never none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from . import store as stores
from .errors import SyntaxProblem, system_words
from .findings import Notice
from .language import Words, printable
from .location import Location
from .sparql import fetches
from .vocab import RECORD, TYPE, ae

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .loading import Document, Knowledge
    from .project import Project
    from .store import Store
    from .terms import Term


_COUNT = re.compile(r"[+-]?[0-9]{1,18}", re.ASCII)
_PLACE = re.compile(r"error at (\d+):(\d+)")


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
    items: frozenset[str]  # the IRIs of what was counted


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

    Raises SyntaxProblem when one of the project's own queries is missing or does not parse.
    """
    project = knowledge.project
    kinds = tuple(
        (row["kind"], _number(row["records"])) for row in _ask(store, project, "inventory/records-by-kind.rq")
    )
    declared = tuple(
        Declared(row["about"], row["kind"], _number(row["declared"]), _number(row["recorded"]), row["count"])
        for row in _ask(store, project, "coverage/declared-and-recorded.rq")
        if _countable(row["declared"])
    )
    judged = _judged(project, store)
    return Measure(Summary(kinds, declared, judged), _disagreements(knowledge, judged))


def disagreements(knowledge: Knowledge, store: Store) -> tuple[Notice, ...]:
    """Return what is wrong with assertions about coverage, nothing else being summed up.

    Raises SyntaxProblem as `summarise` does.
    """
    return _disagreements(knowledge, _judged(knowledge.project, store))


def _judged(project: Project, store: Store) -> tuple[Judged, ...]:
    return tuple(
        Judged(
            row["agreement"],
            row["requirement"],
            _number(row["min"]),
            _number(row["recorded"]),
            _text(row["status"]),
            frozenset(_text(row["items"]).split()),
        )
        for row in _ask(store, project, "coverage/requirements.rq")
    )


def count_records(data: Iterable[Document]) -> int:
    """Return the number of records: subjects under …/id/ that have a type."""
    return len(
        {
            triple.subject
            for document in data
            for triple in document.triples
            if triple.predicate == TYPE
            and isinstance(triple.subject, NamedNode)
            and triple.subject.value.startswith(RECORD)
        }
    )


def _disagreements(knowledge: Knowledge, judged: tuple[Judged, ...]) -> tuple[Notice, ...]:
    """Return the asserted `fulfils` of items that coverage does not count for the requirement (CM-07)."""
    counted = {(item, str(row.requirement)) for row in judged for item in row.items}
    asserted = sorted(
        {
            (triple.subject, triple.object)
            for document in knowledge.data
            for triple in document.triples
            if triple.predicate == ae("fulfils")
        },
        key=str,
    )
    return tuple(
        Notice("CM-07-fulfils", item, ae("fulfils"), requirement, (("requirement", requirement),))
        for item, requirement in asserted
        if (_text(item), str(requirement)) not in counted
    )


def _ask(store: Store, project: Project, query: str) -> list[dict[str, Term]]:
    path = project.queries / query
    name = project.name_of(path)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        said = system_words(problem) if isinstance(problem, OSError) else Words("pas en UTF-8", "not UTF-8")
        raise SyntaxProblem(Location(name), said) from problem
    if word := fetches(text):
        raise SyntaxProblem(
            Location(name), Words(f"{word} irait chercher ailleurs", f"{word} would fetch something")
        )
    try:
        return list(stores.rows(store, text))
    except SyntaxError as wrong:
        found = _PLACE.match(str(wrong))
        where = Location(name, int(found[1]), int(found[2])) if found else Location(name)
        reason = printable(str(wrong).partition("\n")[0], 200)
        raise SyntaxProblem(
            where, Words(f"question illisible ({reason})", f"unreadable query ({reason})")
        ) from wrong


def _countable(term: Term) -> bool:
    """Tell whether a term is a number that anything here could count."""
    return isinstance(term, Literal) and _COUNT.fullmatch(term.value) is not None


def _number(term: Term) -> int:
    return int(term.value) if isinstance(term, Literal) and _countable(term) else 0


def _text(term: Term) -> str:
    return term.value if isinstance(term, Literal | NamedNode) else str(term)
