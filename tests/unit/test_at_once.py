"""A rule asked of all its focus nodes at once: what it says of each in turn, and no pair compared."""

from __future__ import annotations

import random
from functools import cache
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from accords import constraints, loading, runnable, shacl
from accords import store as stores
from accords.shapes import AT_ONCE, Shapes
from accords.validation import rules_of
from accords.vocab import PREF_LABEL, RECORD, TYPE, ae, sh
from laying import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

MANY = 20_000  # records of one label: 400 million pairs
DEPRECATED = NamedNode("http://www.w3.org/2002/07/owl#deprecated")
TRUE = Literal("true", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#boolean"))


@cache
def shapes() -> Shapes:
    return rules_of(loading.load_shapes(PROJECT)[0])


def only(rule: NamedNode, *, at_once: bool = True) -> Shapes:
    """Return the shapes with one SPARQL rule, with or without its second text."""
    kept = (t for t in shapes().triples if t.predicate != sh("sparql") or t.object == rule)
    return Shapes(tuple(t for t in kept if at_once or t.predicate != AT_ONCE))


def results(triples: list[Triple], rules: Shapes) -> set[tuple[tuple[str, ...], str]]:
    """Return what the SPARQL rules say, each finding once, with what fills its message."""
    found = constraints.results(stores.build(triples), rules, lambda _: None)
    return {(one.key, str(one.bound)) for one in shacl._each_once(found)}  # as both ways to validate do


def twice_written() -> list[NamedNode]:
    found = {t.subject for t in shapes().triples if t.predicate == AT_ONCE}
    return [node for node in found if isinstance(node, NamedNode)]


def named(number: int, label: str, kind: str = "actor") -> list[Triple]:
    node = NamedNode(f"{RECORD}{kind}/{number:05}")
    return [
        Triple(node, TYPE, ae("Actor")),
        Triple(node, PREF_LABEL, Literal(label, language="fr")),
    ]


@pytest.mark.parametrize("seed", range(40))
def test_the_text_for_all_says_what_the_text_for_each_says_word_for_word(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311  # nothing secret
    graph: list[Triple] = []
    for number in range(rng.randrange(2, 30)):
        graph += named(number, rng.choice("abcde"), rng.choice(["actor", "actor", "committee"]))
        if rng.random() < 0.2:
            graph.append(Triple(graph[-1].subject, DEPRECATED, TRUE))
        if rng.random() < 0.2:
            graph.append(Triple(graph[-1].subject, PREF_LABEL, Literal(rng.choice("abcde"), language="fr")))
    for rule in twice_written():
        assert results(graph, only(rule)) == results(graph, only(rule, at_once=False))


def test_twenty_thousand_records_of_one_label_are_told_apart_without_comparing_pairs() -> None:
    graph = [triple for number in range(MANY) for triple in named(number, "one name")]
    (rule,) = [rule for rule in twice_written() if rule.value.endswith("WF-08-same-label")]
    first, second = (NamedNode(f"{RECORD}actor/{number:05}") for number in (0, 1))
    store = stores.build(graph)
    found = list(constraints.results(store, only(rule), lambda _: None))
    assert len(found) == MANY
    assert {one.focus for one in found} == {triple.subject for triple in graph}
    assert {dict(one.bound)["other"] for one in found if one.focus != first} == {first}
    assert {dict(one.bound)["other"] for one in found if one.focus == first} == {second}


def test_a_text_for_all_that_would_fetch_is_refused(tmp_path: Path) -> None:
    rules = tmp_path / "rules.ttl"
    rules.write_text(
        '<urn:rule> <https://w3id.org/accords-emploi/shape#atOnce> "SELECT $this WHERE '
        '{ SERVICE <http://example.org/> { $this ?p ?o } }" .\n',
        encoding="utf-8",
    )
    document, wrong = loading.read(rules, "rules.ttl")
    assert document is not None
    assert wrong == ()
    assert [one.what for one in runnable.problems((document,), Shapes(document.triples))] == ["FI-13-fetches"]
