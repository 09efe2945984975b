"""The ledger: every number that a source declares, beside what is recorded.

Takes the answer of the project's own question about declared counts; gives `Entry`, widest gaps first. A
threshold is shown and not compared: its `recorded` and its `gap` are None, never 0.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from . import catalogue, citing, querying
from .querying import Request
from .table import text, whole_number
from .terms import words_of

if TYPE_CHECKING:
    from pathlib import Path

    from .catalogue import Catalogue
    from .language import Language
    from .project import Project
    from .querying import Limits, Local, Remote
    from .table import Cell, Table

QUESTION = "commitments/declared-recorded-gap"


@dataclass(frozen=True, slots=True)
class Entry:
    """One declared number."""

    about: str  # IRI of what is counted
    about_label: str
    kind: str  # IRI of the kind of items
    kind_label: str
    declared: int
    qualifier: str  # IRI of what softens the number; empty when none is recorded
    qualifier_label: str
    recorded: int | None
    gap: int | None
    excerpts: tuple[str, ...]
    passage: str  # the words that locate it, one excerpt a line
    place: str  # file and line in the archived text, when it is at hand


def entries(
    where: Local | Remote,
    project: Project,
    language: Language,
    *,
    archive: Path | None = None,
    limits: Limits | None = None,
) -> tuple[Entry, ...]:
    """Return the ledger, widest gaps first, thresholds last.

    Raises what `querying.ask` raises, ContentError for a declared number that is not one.
    """
    request = replace(asked(catalogue.load(project)), language=language, archive=archive)
    (answer,) = querying.ask(where, project, (request,), limits)
    return of_table(answer.table)


def asked(known: Catalogue) -> Request:
    """Return what is asked of a graph. Raises UnknownName in a project without the question."""
    return Request(known.find(QUESTION), {}, evidence=True)


def of_table(table: Table) -> tuple[Entry, ...]:
    """Return the ledger that an answer holds. Raises ContentError for a declared number that is not one."""
    found = [_entry(dict(zip(table.names, row, strict=True))) for row in table.rows]
    return tuple(sorted(found, key=lambda one: (one.gap is None, -(one.gap or 0), one.about, one.kind)))


def _entry(row: dict[str, Cell]) -> Entry:
    excerpts = row[citing.EXCERPTS]
    return Entry(
        text(row["about"]),
        text(row["aboutLabel"]),
        text(row["kind"]),
        text(row["kindLabel"]),
        whole_number(row["declared"]),
        text(row["qualifier"]),
        text(row["qualifierLabel"]),
        None if row["recorded"] is None else whole_number(row["recorded"]),
        None if row["gap"] is None else whole_number(row["gap"]),
        tuple(words_of(term) for term in excerpts) if isinstance(excerpts, tuple) else (),
        text(row["passage"]),
        text(row.get("place")),
    )
