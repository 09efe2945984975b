"""A record that gave way to another is in no answer, what replaces it is, and a narrower level counts as the wider one.

Each agreement, each record of what agreements hold, each post, law, instrument, indicator and framework is marked
deprecated in turn in the graph of the invented world; the questions that show it are asked again.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad

import asked
from accords import graphs
from accords import store as stores
from accords.vocab import OWL, REPLACED_BY, TYPE, XSD, ae

if TYPE_CHECKING:
    from accords.catalogue import Question

DEPRECATED = NamedNode(OWL + "deprecated")
HEIR = "men:wld-heir"  # a name that is in no answer
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
    "org:Post",
    "org:Membership",
    "eli:LegalResource",
    "Indicator",
    "Instrument",
    "Observation",
    "ReferenceFramework",
    "CommitteeRequirement",
    "CommitmentRequirement",
    "OrganisationalChange",
]
TOLD = {  # what they are asked for: what was withdrawn, the names of whatever is given
    "time/changes-between-two-dates",
    "evidence/labels",
    "evidence/successors",
}
LED_TO = {  # a record in use leads to it: the rule WF-05 tells its steward
    ("commitments/deadlines-and-numbers", "axis"),
    ("commitments/agreement-of-results", "object"),
    ("commitments/reported-results", "object"),
    ("commitments/agreement-of-results", "indicator"),
    ("commitments/reported-results", "indicator"),
    ("provenance/statement-evidence", "value"),
    ("provenance/missing-fields", "value"),
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
    for record in list(
        store.quads_for_pattern(None, TYPE, _node(kind if ":" in kind else f"ae:{kind}"), None)
    ):
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


@pytest.mark.parametrize(
    ("question", "column", "old"),
    [
        ("actors/signatures", "capacity", "post:wld-dg-agence"),
        ("commitments/monitoring-fields", "mobilises", "ins:wld-boussole"),
        ("commitments/monitoring-fields", "indicators", "ind:wld-ateliers"),
        ("commitments/monitoring-fields", "fulfils", "req:wld-formation"),
        ("governance/bodies", "laws", "law:wld-loi-travail"),
        ("time/operator-on-a-date", "laws", "law:wld-loi-travail"),
        ("governance/minimum-committees", "inside", "req:wld-comite-departemental"),
        ("inventory/requirements-of-frameworks", "under", "req:wld-comite-departemental"),
        ("inventory/instruments-and-indicators", "indicators", "ind:wld-ateliers"),
    ],
)
def test_what_a_record_in_use_leads_to_is_shown_as_what_replaces_it(
    store: stores.Store, question: str, column: str, old: str
) -> None:
    kind = next(store.quads_for_pattern(_node(old), TYPE, None, None)).object
    added = [
        Quad(_node(old), DEPRECATED, TRUE),
        Quad(_node(old), REPLACED_BY, _node(HEIR)),
        Quad(_node(HEIR), TYPE, kind),
    ]
    for quad in added:
        store.add(quad)
    found = _columns(store, asked.question_of(question))
    for quad in added:
        store.remove(quad)
    assert (question, column) in found[HEIR]
    assert (question, column) not in found[old]


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
