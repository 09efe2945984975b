"""Requirements judged: each agreement against each requirement of its framework.

Takes the answer of `queries/coverage/requirements.rq`; gives `Verdict`: covered, not-recorded or
explicitly-not-met, with what was counted. A requirement counts commitments and committees, never axes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import catalogue, querying
from .table import text, whole_number
from .terms import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .language import Language
    from .project import Project
    from .querying import Limits, Local, Remote
    from .table import Cell

QUESTION = "coverage/requirements"
STATUSES = ("explicitly-not-met", "not-recorded", "covered")  # what is missing first


@dataclass(frozen=True, slots=True)
class Verdict:
    """One requirement against one agreement."""

    agreement: str  # IRI
    agreement_label: str
    requirement: str
    requirement_label: str
    minimum: int
    recorded: int
    status: str
    items: tuple[tuple[str, str], ...]  # what was counted: IRI, label


def verdicts(
    where: Local | Remote, project: Project, language: Language, limits: Limits | None = None
) -> tuple[Verdict, ...]:
    """Return every verdict, those not met first.

    Raises what `querying.ask` raises, ContentError for a minimum that is not a number.
    """
    question = catalogue.load(project).find(QUESTION)
    request = querying.Request(question, {}, language, named=True)
    (answer,) = querying.ask(where, project, (request,), limits)
    return of_answer(answer)


def of_answer(answer: querying.Answer) -> tuple[Verdict, ...]:
    """Return the verdicts that an answer to the question holds, with its labels.

    Raises ContentError for a minimum that is not a number.
    """
    labels = {words_of(term): label for term, label in answer.labels.items()}
    found = [_verdict(dict(zip(answer.table.names, row, strict=True)), labels) for row in answer.table.rows]
    return tuple(sorted(found, key=lambda one: (STATUSES.index(one.status), one.agreement, one.requirement)))


def _verdict(row: Mapping[str, Cell], labels: Mapping[str, str]) -> Verdict:
    agreement, requirement = text(row["agreement"]), text(row["requirement"])
    items = row["items"] if isinstance(row["items"], tuple) else ()
    named = [(words_of(item), labels.get(words_of(item), words_of(item))) for item in items]
    return Verdict(
        agreement,
        labels.get(agreement, agreement),
        requirement,
        labels.get(requirement, requirement),
        whole_number(row["min"]),
        whole_number(row["recorded"]),
        text(row["status"]),
        tuple(named),
    )
