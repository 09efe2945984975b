"""A record that gave way to another is in no answer, and a narrower level counts as the wider one.

Each agreement, and each record of what agreements hold, is marked deprecated in turn in the graph of the
invented world; the questions that show it are asked again.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad

import asked
from accords import graphs
from accords import store as stores
from accords.vocab import OWL, TYPE, XSD, ae

if TYPE_CHECKING:
    from accords.catalogue import Question

DEPRECATED = NamedNode(OWL + "deprecated")
TRUE = Literal("true", datatype=NamedNode(XSD + "boolean"))
KINDS = [
    "Agreement",
    "Axis",
    "Commitment",
    "Intention",
    "Mention",
    "DeclaredCount",
    "GovernanceCommittee",
    "SignatureAct",
    "SignatureEvent",
    "ApprovalEvent",
    "AmendmentEvent",
    "TerminationEvent",
]
TOLD = {  # what they are asked for: what was withdrawn, the names of whatever is given
    "time/changes-between-two-dates",
    "evidence/labels",
}
LED_TO = {  # a record in use leads to it: the rule WF-05 tells its steward
    ("commitments/deadlines-and-numbers", "axis"),
    ("commitments/agreement-of-results", "object"),
    ("commitments/reported-results", "object"),
}
Shown = set[tuple[str, str]]  # questions and columns


@pytest.fixture(scope="module")
def store() -> stores.Store:
    return graphs.store_of(asked.GRAPHS["world"])


@pytest.fixture(scope="module")
def showing(store: stores.Store) -> dict[str, set[Question]]:
    """Return, by record, the questions whose answer shows it."""
    found: dict[str, set[Question]] = defaultdict(set)
    for question in asked.questions():
        for name in _columns(store, question):
            found[name].add(question)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_no_answer_shows_a_record_that_gave_way_to_another(
    store: stores.Store, showing: dict[str, set[Question]], kind: str
) -> None:
    found: dict[str, Shown] = {}
    for record in list(store.quads_for_pattern(None, TYPE, ae(kind), None)):
        name = asked.prefixes().show(record.subject)
        mark = Quad(record.subject, DEPRECATED, TRUE)
        if name not in showing or mark in store:
            continue
        store.add(mark)
        shown = {one for question in showing[name] for one in _columns(store, question)[name]}
        store.remove(mark)
        if left := {one for one in shown if one[0] not in TOLD} - LED_TO:
            found[name] = left
    assert found == {}


def test_a_committee_of_a_basin_answers_the_requirement_of_a_local_one(store: stores.Store) -> None:
    added = Quad(_node("com:wld-comite-bassin"), ae("providedForBy"), _node("agr:wld-golden"))
    row = ("agr:wld-golden", "req:wld-comite-local", "1", "1", "covered", "com:wld-comite-bassin")
    question = asked.question_of("coverage/requirements")
    store.add(added)
    rows = _rows(store, question)
    store.remove(added)
    assert row in rows
    assert row not in _rows(store, question)


def _columns(store: stores.Store, question: Question) -> dict[str, Shown]:
    """Return, by record, the columns of an answer in which it stands."""
    found: dict[str, Shown] = defaultdict(set)
    names = [column.name for column in question.columns]
    for row in _rows(store, question):
        for column, cell in zip(names, row, strict=True):
            for name in cell.split():
                found[name].add((question.name, column))
    return found


def _rows(store: stores.Store, question: Question) -> asked.Rows:
    answer = stores.answer(store, asked.query(question, "world"), asked.MOST)
    return [asked.cells(question, answer.names, row) for row in answer.rows]


def _node(name: str) -> NamedNode:
    return NamedNode(asked.prefixes().expand(name) or "")
