"""The ties between actors, asked of the graph: each kind of tie is a question of `queries/network/`.

A question there has the columns `source` and `target`; `tie`, the thing that ties them, and `excerpts` are
taken when they are there. So an analyst adds a kind of tie with a file, without Python. Units and successors
come from the project's own question about them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import catalogue, citing, querying
from .errors import SyntaxProblem, UnknownName
from .language import Words
from .table import text
from .terms import words_of
from .ties import Tie

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .catalogue import Catalogue, Question
    from .project import Project
    from .querying import Answer, Limits, Local, Remote
    from .table import Cell

FOLDER = "network"
HEIRS = "actors/institutions-and-heirs"  # the question about units and successors
_ENDS = ("source", "target")


@dataclass(frozen=True, slots=True)
class Weave:
    """The ties, what their ends are called, and the pairs along which ends may be merged."""

    ties: tuple[Tie, ...]
    labels: Mapping[str, Words]
    units: tuple[tuple[str, str], ...]
    successors: tuple[tuple[str, str], ...]
    kinds: Mapping[str, Words]  # what each kind of tie asked for is called


def kinds(known: Catalogue) -> tuple[str, ...]:
    """Return the kinds of tie that the project has a question for."""
    return tuple(question.short for question in known.questions if question.theme == FOLDER)


def weave(where: Local | Remote, project: Project, by: Sequence[str], limits: Limits | None = None) -> Weave:
    """Return the ties of the kinds asked for.

    Raises UnknownName for a kind that no question is about, SyntaxProblem for a question without `source`
    and `target`, and what `querying.ask` raises.
    """
    known = catalogue.load(project)
    return of_answers(known, by, querying.ask(where, project, asked(known, by), limits))


def asked(known: Catalogue, by: Sequence[str]) -> tuple[querying.Request, ...]:
    """Return what is asked of a graph: each kind of tie, units and successors, in both languages.

    Raises UnknownName, SyntaxProblem.
    """
    questions = (*_questions(known, by), known.find(HEIRS))
    return tuple(
        querying.Request(question, {}, language) for question in questions for language in ("fr", "en")
    )


def _questions(known: Catalogue, by: Sequence[str]) -> list[Question]:
    return [_question(known, kind) for kind in dict.fromkeys(by or ("",))]


def of_answers(known: Catalogue, by: Sequence[str], answers: Sequence[Answer]) -> Weave:
    """Return the ties that the answers to what is asked hold."""
    questions = _questions(known, by)
    french, english = answers[::2], answers[1::2]
    labels: dict[str, Words] = {}
    for one, other in zip(french, english, strict=True):
        labels |= _labels(one, other)
    pairs = [(text(row["relation"]), text(row["actor"]), text(row["other"])) for row in _rows(french[-1])]
    return Weave(
        tuple(
            tie
            for question, answer in zip(questions, french, strict=False)
            for tie in _ties(question, answer)
        ),
        labels,
        tuple((actor, other) for relation, actor, other in pairs if relation == "unit-of"),
        tuple((actor, other) for relation, actor, other in pairs if relation == "succeeded-by"),
        {question.short: _called(question) for question in questions},
    )


def _question(known: Catalogue, kind: str) -> Question:
    if kind not in kinds(known):
        if f"{FOLDER}/{kind}" in known.problems:
            raise known.problems[f"{FOLDER}/{kind}"]
        raise UnknownName(Words("sorte de lien", "kind of tie"), kind, kinds(known))
    question = known.find(f"{FOLDER}/{kind}")
    if not set(_ENDS) <= {column.name for column in question.columns}:
        said = Words(
            "une question sur des liens a les colonnes source et target",
            "a question about ties has the columns source and target",
        )
        raise SyntaxProblem(question.location, said)
    return question


def _called(question: Question) -> Words:
    """Return what a kind of tie is called: the thing that ties, else the title of the question."""
    tie = next((column for column in question.columns if column.name == "tie"), None)
    return question.title if tie is None else tie.heading


def _rows(answer: Answer) -> Iterator[dict[str, Cell]]:
    return (dict(zip(answer.table.names, row, strict=True)) for row in answer.table.rows)


def _ties(question: Question, answer: Answer) -> Iterator[Tie]:
    for row in _rows(answer):
        source, target = (text(row[end]) for end in _ENDS)
        excerpts = row.get(citing.EXCERPTS)
        if source and target:
            cited = tuple(words_of(term) for term in excerpts) if isinstance(excerpts, tuple) else ()
            yield Tie(source, target, question.short, text(row.get("tie")), cited)


def _labels(french: Answer, english: Answer) -> dict[str, Words]:
    """Return the label in both languages of whatever has a label column in either."""
    said, also = _named(french), _named(english)
    return {name: Words(said.get(name, ""), also.get(name, "")) for name in said | also}


def _named(answer: Answer) -> dict[str, str]:
    """Return the labels of an answer, by name; of several that one thing has, the smallest."""
    found: dict[str, str] = {}
    for row in _rows(answer):
        for name, cell in row.items():
            if f"{name}Label" in row and cell is not None:
                label = text(row[f"{name}Label"])
                found[text(cell)] = min(found.get(text(cell), label), label)
    return found
