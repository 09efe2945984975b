"""The evidence of each statement, counted again by queries that share nothing with the export."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, parse

from accords.project import Project
from accords.publishing import folders
from accords.publishing.edition import Edition
from accords.publishing.evidence import evidence, same_as
from accords.publishing.statements import iri
from accords.vocab import RECORD
from calling import Caller, invented
from laying import PROJECT
from reading_rdf import canonical

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2024, 2, 29)
AE = "https://w3id.org/accords-emploi/def#"
OA = "http://www.w3.org/ns/oa#"
CLAIMED = """
    PREFIX ae: <https://w3id.org/accords-emploi/def#>
    SELECT DISTINCT ?s ?p ?o ?x WHERE {
      ?c ae:claimAbout ?s ; ae:claimProperty ?p ; ae:claimValue ?o ; ae:supportedBy ?x . ?s ?p ?o . }
"""
PLAIN = """
    PREFIX ae: <https://w3id.org/accords-emploi/def#>
    SELECT DISTINCT ?s ?p ?o ?x WHERE {
      ?s ae:supportedBy ?x ; ?p ?o . FILTER(?p != ae:supportedBy)
      FILTER NOT EXISTS { ?s a ae:Claim }
      FILTER NOT EXISTS { ?c2 ae:claimAbout ?s ; ae:claimProperty ?p ; ae:claimValue ?o } }
"""


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("evidence") / "out"
    edition = Edition(PROJECT, DAY)
    folders.publish(target, edition, [*evidence(edition), *same_as(edition)])
    return target


@pytest.fixture(scope="module")
def found(exported: Path) -> Store:
    store = Store()
    store.load(path=exported / "evidence.ttl")
    return store


@pytest.fixture(scope="module")
def sources() -> Store:
    store = Store()
    for source in Edition(PROJECT, DAY).files():
        store.load(path=source.path)
    return store


def rows(store: Store, query: str) -> set[tuple[str, ...]]:
    """Return the rows of a query as text."""
    return {tuple(str(term) for term in row) for row in store.query(query)}  # type: ignore[union-attr]  # rows


def test_each_statement_has_the_excerpts_that_the_query_of_the_model_gives(
    found: Store, sources: Store
) -> None:
    told = rows(
        found,
        "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX ae: <https://w3id.org/accords-emploi/def#>"
        " SELECT ?s ?p ?o ?x WHERE { ?id a rdf:Statement ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ;"
        " ae:supportedBy ?x }",
    )
    claimed, plain = rows(sources, CLAIMED), rows(sources, PLAIN)
    assert len(claimed) > 5
    assert len(plain) > 100
    assert told == claimed | plain


def test_each_statement_is_named_once(found: Store) -> None:
    counted = rows(
        found,
        "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> SELECT ?id WHERE { ?id a rdf:Statement"
        " ; rdf:subject ?s, ?t . FILTER(?s != ?t) }",
    )
    assert counted == set()


def test_texts_that_differ_in_language_or_digits_are_two_statements() -> None:
    subject, verb = NamedNode("https://x.example/a"), NamedNode("https://x.example/b")
    integer = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    values = [
        Literal("x"),
        Literal("x", language="fr"),
        Literal("x", language="en"),
        Literal("7", datatype=integer),
        Literal("07", datatype=integer),
        Literal("7"),
    ]
    assert len({iri(Triple(subject, verb, value)).value for value in values}) == len(values)


def test_both_files_say_the_same(exported: Path) -> None:
    turtle = b"".join(
        f"{quad.triple} .\n".encode()
        for quad in parse(path=exported / "evidence.ttl", format=RdfFormat.TURTLE)
    )
    assert canonical(turtle) == canonical((exported / "evidence.nq").read_bytes())


def test_a_tag_with_capitals_is_told_as_it_was_written(tmp_path: Path) -> None:
    root = invented(tmp_path / "project")
    (root / "data" / "capitals.ttl").write_text(
        f"<{RECORD}axis/wld-capitals> <{AE}supportedBy> <{RECORD}excerpt/wld-x> ;\n"
        f'  <http://www.w3.org/2004/02/skos/core#prefLabel> "mot"@fr-FR .\n',
        encoding="utf-8",
    )
    target = tmp_path / "out"
    folders.publish(target, (edition := Edition(Project(root), DAY)), evidence(edition))
    for name in ("evidence.ttl", "evidence.nq"):
        text = (target / name).read_text(encoding="utf-8")
        assert '"mot"@fr-FR' in text, name
        assert text.count('"mot"') == text.count('"mot"@fr-FR '), name


def test_each_excerpt_is_an_annotation_with_its_words(found: Store, sources: Store) -> None:
    quoted = rows(
        sources,
        f"SELECT ?x ?source (STR(?q) AS ?first) (COALESCE(?e, '') AS ?last) (COALESCE(?b, '') AS ?before) WHERE {{"
        f" ?x a <{AE}Excerpt> ; <{AE}excerptOf> ?source ; <{AE}quote> ?q ."
        f" OPTIONAL {{ ?x <{AE}quoteEnd> ?e }} OPTIONAL {{ ?x <{AE}quotePrefix> ?b }} }}",
    )
    told = rows(
        found,
        f"SELECT ?x ?source ?first (COALESCE(?e, '') AS ?last) (COALESCE(?b, '') AS ?before) WHERE {{"
        f" ?x a <{OA}SpecificResource> ; <{OA}hasSource> ?source ; <{OA}hasSelector> ?s ."
        f" ?s <{OA}hasStartSelector>? ?f . ?f a <{OA}TextQuoteSelector> ; <{OA}exact> ?first ."
        f" OPTIONAL {{ ?f <{OA}prefix> ?b }} OPTIONAL {{ ?s <{OA}hasEndSelector>/<{OA}exact> ?e }} }}",
    )
    assert len(quoted) > 20
    assert any(row[3] != '""' for row in quoted)
    assert told == quoted


def test_where_the_source_has_an_address_a_link_leads_to_the_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = Caller(invented(tmp_path / "project"), capsys)
    head = (
        "@prefix ae: <https://w3id.org/accords-emploi/def#> .\n@prefix foaf: <http://xmlns.com/foaf/0.1/> .\n"
        "@prefix exc: <https://w3id.org/accords-emploi/id/excerpt/> .\n"
        "@prefix src: <https://w3id.org/accords-emploi/id/source/> .\n"
    )
    call.write(
        "data/sources/odd.ttl",
        head + "src:one foaf:page <https://x.example/page> .\nsrc:two foaf:page <javascript:alert(1)> .\n"
        'exc:one a ae:Excerpt ; ae:excerptOf src:one ; ae:quote "deux, à trois"@fr ; ae:quoteEnd "la fin" .\n'
        'exc:two a ae:Excerpt ; ae:excerptOf src:two ; ae:quote "deux, à trois"@fr .\n',
    )
    assert call("export", "--to", str(tmp_path / "out"), "--format", "evidence").code == 0
    pages = {
        quad.subject.value.rpartition("/")[2]: quad.object.value
        for quad in parse(path=tmp_path / "out" / "evidence.ttl")
        if quad.predicate.value.endswith("page")
    }
    assert pages["one"].startswith("https://x.example/page#:~:text=")
    assert unquote(pages["one"].partition("text=")[2]) == "deux, à trois,la fin"
    assert "two" not in pages


def test_a_retired_record_is_the_same_as_the_one_that_replaces_it(exported: Path) -> None:
    said = {
        (quad.subject.value.rpartition("/")[2], quad.object.value.rpartition("/")[2])
        for quad in parse(path=exported / "same-as.ttl")
        if quad.predicate.value == "http://www.w3.org/2002/07/owl#sameAs"
    }
    assert ("wld-vespree-2021", "wld-pacte-2021") in said
    assert len(said) == 4


def test_a_record_that_gave_way_to_two_is_neither(tmp_path: Path) -> None:
    root = invented(tmp_path / "project")
    shutil.rmtree(root / "data")
    (root / "data").mkdir()
    (root / "data" / "a.ttl").write_text(
        "@prefix act: <https://w3id.org/accords-emploi/id/actor/> .\n@prefix d: <http://purl.org/dc/terms/> .\n"
        "@prefix o: <http://www.w3.org/2002/07/owl#> .\n"
        "act:a o:deprecated true ; d:isReplacedBy act:b , act:c .\n"
        "act:d d:isReplacedBy act:b .\n"
        "act:e o:deprecated true ; d:isReplacedBy act:b .\n",
        encoding="utf-8",
    )
    edition = Edition(Project(root), DAY)
    folders.publish(tmp_path / "out", edition, same_as(edition))
    said = [quad.subject.value for quad in parse(path=tmp_path / "out" / "same-as.ttl")]
    assert said == ["https://w3id.org/accords-emploi/id/actor/e"]
