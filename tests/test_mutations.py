"""No mandatory triple of the golden example can go unnoticed.

Each triple of `tests/world/data/agreements/wld-golden.ttl` is removed in turn; the fast engine must then
find something. What may be removed in silence is listed here with its reason, and nothing else is.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from accords import loading, shacl
from accords import store as stores
from accords.shapes import Shapes
from accords.vocab import TYPE
from laying import PROJECT, world

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from accords.loading import Document, Knowledge

OPTIONAL = "a source may not say it, and silence is not a fault"
SEVERAL = "one of several: the others remain, and one is enough"
EXEMPT = {
    ("ae:Agreement", "ae:beneficiaryGroup"): OPTIONAL,
    ("ae:Agreement", "ae:coversTerritory"): OPTIONAL,
    ("ae:Agreement", "ae:hasSupportingActor"): OPTIONAL,
    ("ae:Agreement", "ae:supportedBy"): SEVERAL,
    ("ae:Agreement", "skos:altLabel"): OPTIONAL,
    ("ae:ApprovalEvent", "ae:eventDate"): "a planned approval may have no date yet",
    ("ae:Axis", "ae:position"): "a source may list axes without an order",
    ("ae:Axis", "ae:theme"): "its commitments have themes of their own; CM-02 asks for one on either",
    ("ae:Commitment", "ae:addressesBarrier"): OPTIONAL,
    ("ae:Commitment", "ae:commitmentStatus"): "absent means announced, what is known from a signing article",
    ("ae:Commitment", "ae:contributingActor"): OPTIONAL,
    ("ae:Commitment", "ae:coversTerritory"): OPTIONAL,
    ("ae:Commitment", "ae:deadline"): OPTIONAL,
    ("ae:Commitment", "ae:fulfils"): "an assertion that coverage computes by itself",
    ("ae:Commitment", "ae:mobilises"): OPTIONAL,
    ("ae:Commitment", "ae:position"): "a source may list commitments without an order",
    ("ae:Commitment", "ae:responsibleActor"): SEVERAL,
    ("ae:Commitment", "ae:targetGroup"): OPTIONAL,
    ("ae:Commitment", "ae:theme"): "its axis has a theme; CM-02 asks for one on either",
    ("ae:Excerpt", "ae:quoteEnd"): "a passage may be no longer than its first words",
    ("ae:Instrument", "ae:targetGroup"): OPTIONAL,
}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return world()


@pytest.fixture(scope="module")
def golden(knowledge: Knowledge) -> Document:
    (found,) = (document for document in knowledge.data if document.path.name == "wld-golden.ttl")
    return found


def unnoticed(knowledge: Knowledge, golden: Document) -> Counter[tuple[str, str]]:
    """Return how often a (class, property) was removed without a finding."""
    documents, _ = loading.load_shapes(PROJECT)
    shapes = Shapes(tuple(t for d in documents if d.path.name != "ontology.ttl" for t in d.triples))
    rest = [t for document in knowledge.documents if document is not golden for t in document.triples]
    kinds = {t.subject: t.object for t in golden.triples if t.predicate == TYPE}
    silent: Counter[tuple[str, str]] = Counter()
    for removed in golden.triples:
        graph: tuple[Triple, ...] = (*rest, *(t for t in golden.triples if t is not removed))
        if not shacl.validate(graph, stores.build(graph), shapes, engine="fast"):
            kind = knowledge.prefixes.show(kinds[removed.subject])
            silent[kind, knowledge.prefixes.show(removed.predicate)] += 1
    return silent


@pytest.mark.timeout(600)
def test_no_mandatory_triple_of_the_golden_example_can_be_removed_unnoticed(
    knowledge: Knowledge, golden: Document
) -> None:
    silent = unnoticed(knowledge, golden)
    assert set(silent) - set(EXEMPT) == set(), "removed without any finding"
    assert set(EXEMPT) - set(silent) == set(), "no longer needs an exemption"
