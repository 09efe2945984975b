"""Coverage: records by kind, declared beside recorded, requirements judged; by the project's own queries."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from accords import coverage
from accords import store as stores
from accords.errors import ContentError
from accords.vocab import OWL, TYPE, XSD, ae
from laying import PROJECT, world

if TYPE_CHECKING:
    from pathlib import Path

    from accords.coverage import Summary
    from accords.loading import Knowledge

TRUE = Literal("true", datatype=NamedNode(XSD + "boolean"))


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return world()


def summary(knowledge: Knowledge, *more: Triple) -> Summary:
    triples = [triple for document in knowledge.documents for triple in document.triples]
    return coverage.summarise(knowledge, stores.build([*triples, *more])).summary


def test_a_requirement_is_covered_not_recorded_or_explicitly_not_met(knowledge: Knowledge) -> None:
    show = knowledge.prefixes.show
    judged = [row for row in summary(knowledge).judged if show(row.agreement) == "agr:wld-golden"]
    assert Counter(row.status for row in judged) == {"covered": 3, "explicitly-not-met": 1, "not-recorded": 1}
    assert all((row.recorded >= row.minimum) == (row.status == "covered") for row in judged)
    assert all(len(row.items) == row.recorded for row in judged)


def test_what_the_world_declares_is_recorded_but_for_the_pact_of_fewer_than_five(
    knowledge: Knowledge,
) -> None:
    gaps = {knowledge.prefixes.show(row.about): row.gap for row in summary(knowledge).declared}
    assert len(gaps) > 1
    assert {about: gap for about, gap in gaps.items() if gap} == {"agr:wld-pacte-2021": 3}


def test_a_threshold_is_not_compared(knowledge: Knowledge) -> None:
    kinds = {knowledge.prefixes.show(row.kind) for row in summary(knowledge).declared}
    assert "count-kind:minimum-axes" not in kinds
    assert {
        "count-kind:axes",
        "count-kind:commitments",
        "count-kind:employment-basins",
        "count-kind:colleges",
    } <= kinds


def test_a_record_that_gave_way_is_counted_nowhere(knowledge: Knowledge) -> None:
    before = summary(knowledge)
    commitments = [
        triple.subject
        for document in knowledge.data
        for triple in document.triples
        if triple.predicate == TYPE and triple.object == ae("Commitment")
    ]
    gone = [
        Triple(node, NamedNode(OWL + "deprecated"), TRUE)
        for node in commitments
        if isinstance(node, NamedNode)
    ]
    after = summary(knowledge, *gone)
    kind = "count-kind:commitments"
    assert sum(row.recorded for row in before.declared if knowledge.prefixes.show(row.kind) == kind) > 0
    assert sum(row.recorded for row in after.declared if knowledge.prefixes.show(row.kind) == kind) == 0
    lost = {str(node) for node in commitments}
    assert not any(f"<{item}>" in lost for row in after.judged for item in row.items)


def test_records_are_counted_by_their_class(knowledge: Knowledge) -> None:
    kinds = {knowledge.prefixes.show(kind): count for kind, count in summary(knowledge).kinds}
    assert kinds["ae:Agreement"] == 10  # with the one that gave way to another
    assert sum(kinds.values()) >= coverage.count_records(knowledge.data)


def test_a_question_that_is_missing_is_told_by_name(knowledge: Knowledge, tmp_path: Path) -> None:
    lost = replace(knowledge, project=replace(PROJECT, root=tmp_path))
    with pytest.raises(ContentError) as refused:
        coverage.summarise(lost, stores.build([]))
    assert "records-by-kind.rq" in refused.value.message.en
