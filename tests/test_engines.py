"""Three engines, one answer: (focus, path, value, rule, severity) on every case and on the shipped graph.

pySHACL is the reference: it is given everything, SPARQL rules included, one focus node at a time. The
other two run SPARQL rules set at a time on the store. All cases stand in one graph over the world, since
the reference's time goes with the number of runs; each case's own findings must still be there.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

import pytest

from accords import loading, shacl
from accords import store as stores
from accords.project import Project
from accords.rulebook import code_of
from accords.shapes import Shapes
from calling import Caller, invented
from laying import PROJECT, ROOT, cases, laid_over, world

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Triple

    from accords.shacl import Engine
    from laying import Case

Key = tuple[str, str, str, str, str]
Keys = frozenset[Key]

REFERENCE = 1200  # seconds that the reference may take


@cache
def shapes() -> Shapes:
    documents, problems = loading.load_shapes(PROJECT)
    assert not problems
    return Shapes(
        tuple(t for document in documents if document.path.name != "ontology.ttl" for t in document.triples)
    )


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Triple, ...]]:
    """Return all cases in one graph, those that the others drowned there in a second one, and the data."""
    folder = tmp_path_factory.mktemp("cases")
    together = merged(cases(), folder)
    heard = {row[3] for row in keys(together, "fast")}
    drowned = {rule.rule for rule in shapes().sparql} - heard
    again = [case for case in cases() if case.faulty and any(code_of(rule) == case.code for rule in drowned)]
    return {"cases": together, "drowned": merged(again, folder), "shipped": shipped()}


def merged(some: list[Case], folder: Path) -> tuple[Triple, ...]:
    knowledge = world()
    for number, case in enumerate(some):
        knowledge = laid_over(knowledge, case, folder, mark=f"case-{number}-")
    return tuple(triple for document in knowledge.documents for triple in document.triples)


def shipped() -> tuple[Triple, ...]:
    knowledge = loading.load(Project(ROOT))
    return tuple(triple for document in knowledge.documents for triple in document.triples)


@pytest.fixture(scope="module")
def fast(graphs: dict[str, tuple[Triple, ...]]) -> dict[str, Keys]:
    return {name: keys(graph, "fast") for name, graph in graphs.items()}


def keys(graph: tuple[Triple, ...], engine: Engine) -> Keys:
    """Return what an engine finds; blank nodes have no name that two engines could share."""
    found = shacl.validate(graph, stores.build(graph), shapes(), engine=engine)
    return frozenset(cast("Key", tuple(map(nameless, result.key))) for result in found)


def nameless(part: str) -> str:
    return "[]" if part.startswith("_:") else part


def test_the_fast_engine_is_installed_here() -> None:
    assert shacl.fast_available()
    assert shacl.resolved("auto") == "fast"


@pytest.mark.parametrize("name", ["cases", "drowned", "shipped"])
def test_pyshacl_finds_what_the_fast_engine_finds(
    name: str, graphs: dict[str, tuple[Triple, ...]], fast: dict[str, Keys]
) -> None:
    assert keys(graphs[name], "pyshacl") ^ fast[name] == frozenset()


@pytest.mark.reference
@pytest.mark.timeout(REFERENCE)
@pytest.mark.parametrize("name", ["cases", "drowned", "shipped"])
def test_the_reference_finds_what_the_fast_engine_finds(
    name: str, graphs: dict[str, tuple[Triple, ...]], fast: dict[str, Keys]
) -> None:
    assert keys(graphs[name], "reference") ^ fast[name] == frozenset()


def test_these_graphs_show_every_sparql_rule_at_work(fast: dict[str, Keys]) -> None:
    rules = {rule.rule for rule in shapes().sparql}
    heard = {row[3] for name in ("cases", "drowned") for row in fast[name]}
    assert rules - heard == set()


def test_without_the_fast_engine_the_same_command_works_and_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(shacl, "fast_available", lambda: False)
    called = Caller(invented(tmp_path), capsys)("check", lang="en")
    assert called.code == 0
    assert "(engine: pyshacl)" in called.out
    assert "pyshacl-turbo" in called.err
