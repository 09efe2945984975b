"""What the shapes themselves must hold (`shapes/ontology.ttl`): a code, words in two languages, documentation."""

from __future__ import annotations

import re

import pytest
from pyoxigraph import NamedNode, Triple

from accords import shacl
from accords.shapes import AT_ONCE, Shapes
from parts import ROOT, SELECT, SH, all_terms, of, store_of, text, triples, turtle

FAULTY = [  # shapes that are not as they must be, and the rules that say so
    (
        "aesh:AG-98-x a sh:PropertyShape ; sh:path ae:theme .",
        {
            *("Field-name", "Field-description", "Field-group", "Field-order"),
            *("Speaker-message", "Speaker-documented"),
        },
    ),
    ("[] a sh:PropertyShape ; sh:path ae:theme .", {"FieldShape"}),
    ("aesh:Agreement-x a sh:PropertyShape ; sh:minCount 1 .", {"Field-without-code"}),
    ("aesh:AG-01-x a sh:SPARQLConstraint .", {"Speaker-message"}),
    (
        'aesh:AG-01-x a aesh:Check ; sh:message "AG-01 : a."@fr , "AG-01 : b."@fr , "AG-01: c."@en .',
        {"Speaker-message"},
    ),
    (
        'aesh:AG-01-x a sh:NodeShape ; sh:message "AG-02 : faux."@fr , "AG-01: right."@en .',
        {"Speaker-opening"},
    ),
    (
        'aesh:AG-01-x a sh:NodeShape ; sh:message "AG-01 : sans point"@fr , "AG-01: dot."@en .',
        {"Speaker-opening"},
    ),
    ("aesh:something a sh:SPARQLConstraint .", {"ConstraintShape"}),
    (
        "aesh:AG-98 a aesh:Rule .",
        {
            *("Documentation-label", "Documentation-comment", "Documentation-mend", "Documentation-group"),
            *("Documentation-order", "Documentation-without-rule"),
        },
    ),
    ("aesh:someRule a aesh:Rule .", {"DocumentationShape"}),
]
ABOUT = ROOT / "shapes" / "ontology.ttl"


def judged(shapes: tuple[Triple, ...]) -> set[tuple[str, str]]:
    """Return the rule and the thing at fault of each result."""
    about = Shapes((*triples(ABOUT.with_name("groups.ttl")), *triples(ABOUT)))
    results = shacl.validate(shapes, store_of(shapes), about)
    return {(result.rule.rpartition("#")[2], str(result.focus)) for result in results}


def test_the_shapes_meet_the_rules_about_shapes() -> None:
    assert sorted(judged(of("shapes"))) == []


@pytest.mark.parametrize(("shape", "rules"), FAULTY)
def test_a_rule_about_shapes_finds_a_planted_fault(shape: str, rules: set[str]) -> None:
    before = judged(of("shapes"))
    assert {rule for rule, _ in judged((*of("shapes"), *turtle(shape))) - before} >= rules


def test_each_rule_about_shapes_has_a_planted_fault() -> None:
    message = NamedNode(SH + "message")
    speaking = {text(t.subject).rpartition("#")[2] for t in triples(ABOUT) if t.predicate == message}
    assert set().union(*(rules for _, rules in FAULTY)) == speaking


def test_each_name_of_ours_in_the_text_of_a_rule_is_a_declared_term() -> None:
    texts = [text(triple.object) for triple in of("shapes") if triple.predicate in {SELECT, AT_ONCE}]
    assert {name for said in texts for name in re.findall(r"\bae:(\w+)", said)} <= all_terms()
