"""The words of the ontology, its prefixes, its header, and the place that each term earns.

The hygiene queries have their own tests in `test_hygiene.py`, the logic in `test_logic.py`, the rules about
rules in `test_rules_about_rules.py`. The tests on the header are the FOOPS! measures that need no network;
what needs one (does an IRI resolve, is it listed) is neither tested nor claimed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode

from parts import (
    AE,
    BASE,
    DCTERMS,
    GRAPH,
    ONTOLOGY,
    OWL,
    PROPERTY_KINDS,
    RDFS,
    ROOT,
    SELECT,
    SH,
    SKOS,
    TYPE,
    VANN,
    all_terms,
    core,
    dataset,
    files,
    of,
    prefixes,
    rows,
    terms,
    text,
    triples,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

# --- words ------------------------------------------------------------------------------------------------------------

PROPER = {"State", "SIREN", "INSEE", "Insee", "État"}
AGAINST = {"fr": "Contre-exemple : ", "en": "Negative example: "}


def said(predicate: str) -> Iterator[tuple[str, Literal]]:
    """Yield our terms with what a property says of them."""
    for triple in core():
        if text(triple.predicate) == predicate and text(triple.subject).startswith(AE):
            assert isinstance(triple.object, Literal)
            yield text(triple.subject), triple.object


def test_there_are_39_classes_and_89_properties_of_our_own() -> None:
    assert len(terms()[OWL + "Class"]) == 39
    assert sum(len(terms()[kind]) for kind in PROPERTY_KINDS) == 89


def test_labels_are_lower_case() -> None:
    for _, label in said(RDFS + "label"):
        assert all(word.islower() or word in PROPER for word in re.findall(r"[\w-]+", label.value)), label


def test_a_definition_is_one_sentence() -> None:
    for _, definition in said(SKOS + "definition"):
        assert re.fullmatch(r"[A-ZÀÉÊ][^.!?]*\.", definition.value), definition


@pytest.mark.parametrize("name", ["definition", "scopeNote", "example"])
def test_texts_come_in_both_languages_in_equal_number(name: str) -> None:
    counts: dict[str, dict[str, int]] = defaultdict(lambda: {"fr": 0, "en": 0})
    for term, words in said(SKOS + name):
        counts[term][words.language or ""] += 1
        assert '"' not in words.value, words
        assert words.value == unicodedata.normalize("NFC", words.value), words
    assert all(count["fr"] == count["en"] for count in counts.values())


def test_a_counter_example_says_that_it_is_one_in_both_languages() -> None:
    counts: dict[str, dict[str, int]] = defaultdict(lambda: {"fr": 0, "en": 0})
    for term, example in said(SKOS + "example"):
        language = example.language or ""
        counts[term][language] += example.value.startswith(AGAINST[language])
    assert all(count["fr"] == count["en"] for count in counts.values())
    assert sum(count["fr"] for count in counts.values()) >= 25


def test_the_key_properties_are_those_that_call_for_a_claim_of_their_own() -> None:
    found = rows(dataset(), f"SELECT ?p {{ ?p <{AE}needsOwnClaim> true }}")
    assert {row["p"].removeprefix(AE) for row in found} == {
        *("hasParty", "startDate", "endDate", "eventDate", "deadline", "horizon", "renews"),
        *("declaredValue", "value", "coChairedBy", "responsibleActor", "inseeCode", "siren"),
    }


# --- prefixes and stubs -----------------------------------------------------------------------------------------------

OF_ONE_FILE = {"pfx"}  # the table of prefixes names its own declarations with it


def test_the_table_of_prefixes_agrees_with_the_prefixes_of_every_file() -> None:
    for folder in (ONTOLOGY, ROOT / "shapes", ROOT / "data"):
        for path in folder.rglob("*.ttl"):
            written = path.read_text(encoding="utf-8")
            bound = re.findall(r"^@prefix\s+([\w-]+):\s+<([^>]+)>", written, re.MULTILINE)
            wrong = {(name, space) for name, space in bound if prefixes().get(name) != space}
            assert {name for name, _ in wrong} <= OF_ONE_FILE, f"{path.relative_to(ROOT)}: {sorted(wrong)}"


def test_each_prefix_of_records_names_the_classes_of_what_is_minted_there() -> None:
    declared = {text(triple.subject) for triple in core()}
    asked = f"""SELECT ?p ?n ?c WHERE {{ GRAPH <{GRAPH}prefixes> {{
        ?d <{SH}prefix> ?p ; <{SH}namespace> ?n OPTIONAL {{ ?d <http://rdfs.org/ns/void#class> ?c }} }} }}"""
    for row in rows(dataset(), asked):
        assert ("c" in row) == row["n"].startswith((BASE + "id/", BASE + "concept/")), row
        assert row.get("c") is None or row["c"] in declared, row


def test_each_concept_scheme_has_its_prefix() -> None:
    schemes = {path.stem: f"{BASE}concept/{path.stem}/" for path in files()["concepts"]}
    assert schemes == {name: prefixes().get(name) for name in schemes}
    spaces = {
        name for name, space in prefixes().items() if space.startswith(BASE + "concept/") and name != "c"
    }
    assert set(schemes) == spaces


def test_each_stub_is_used_somewhere() -> None:
    idle = rows(
        dataset(),
        f"""SELECT ?term WHERE {{
        GRAPH <{GRAPH}stubs> {{ ?term a ?kind }}
        FILTER(!STRSTARTS(STR(?term), "{BASE}"))
        FILTER NOT EXISTS {{ GRAPH ?g {{ ?a ?b ?term }} }}
        FILTER NOT EXISTS {{ GRAPH ?g {{ ?a ?term ?b }} }}
    }} ORDER BY ?term""",
    )
    assert [row["term"] for row in idle] == []


def test_stubs_declare_and_do_not_describe() -> None:
    found = rows(dataset(), f"SELECT DISTINCT ?p {{ GRAPH <{GRAPH}stubs> {{ ?s ?p ?o }} }}")
    assert {row["p"] for row in found} <= {
        *(TYPE.value, RDFS + "isDefinedBy", RDFS + "subClassOf", OWL + "disjointWith"),
        *(DCTERMS + "title", DCTERMS + "hasPart"),  # of the list of what records may use
    }


def test_records_use_no_external_term_that_is_not_in_the_list_of_reused_ones() -> None:
    found = rows(
        dataset(),
        f"""SELECT DISTINCT ?term WHERE {{
        VALUES ?part {{ <{GRAPH}data> <{GRAPH}concepts> }}
        {{ GRAPH ?part {{ ?s ?term ?o }} }} UNION {{ GRAPH ?part {{ ?s a ?term }} }}
        FILTER(!STRSTARTS(STR(?term), "{AE}"))
        FILTER NOT EXISTS {{ GRAPH <{GRAPH}stubs> {{ <{BASE}def/reused> <{DCTERMS}hasPart> ?term }} }}
    }} ORDER BY ?term""",
    )
    assert [row["term"] for row in found] == []


# --- header -----------------------------------------------------------------------------------------------------------

HEADER = {
    "OM1": [
        DCTERMS + "title",
        DCTERMS + "description",
        DCTERMS + "license",
        OWL + "versionIRI",
        DCTERMS + "creator",
    ],
    "OM1, namespace": [VANN + "preferredNamespaceUri"],
    "OM2": [
        VANN + "preferredNamespacePrefix",
        OWL + "versionInfo",
        DCTERMS + "created",
        DCTERMS + "bibliographicCitation",
    ],
    "OM3": [
        DCTERMS + "publisher",
        "http://purl.org/ontology/bibo/status",
        DCTERMS + "source",
        DCTERMS + "issued",
    ],
    "OM4.1": [DCTERMS + "license"],
    "OM5.1": [DCTERMS + "creator", DCTERMS + "created", DCTERMS + "modified"],
}


def header(name: str) -> list[str]:
    """Return what the header says under a property."""
    here = NamedNode(BASE + "def")
    return [text(t.object) for t in of("ontology") if t.subject == here and text(t.predicate) == name]


@pytest.mark.parametrize("measure", HEADER)
def test_the_header_says_what_registries_look_for(measure: str) -> None:
    assert all(header(name) for name in HEADER[measure])


def test_the_ontology_and_its_version_have_iris_in_one_persistent_space() -> None:
    assert BASE.startswith("https://w3id.org/")  # PURL1
    assert header(OWL + "versionIRI") == [f"{BASE}def/{header(OWL + 'versionInfo')[0]}"]  # VER1
    assert header(VANN + "preferredNamespaceUri") == [AE]  # URI2
    assert prefixes()[header(VANN + "preferredNamespacePrefix")[0]] == AE


def test_the_version_is_that_of_the_project() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'\nversion = "{header(OWL + "versionInfo")[0]}"\n' in project


def test_one_ontology_is_declared_and_it_imports_nothing() -> None:
    ontology, imports = NamedNode(OWL + "Ontology"), NamedNode(OWL + "imports")
    assert [text(t.subject) for t in core() if t.predicate == TYPE and t.object == ontology] == [BASE + "def"]
    assert not [t for t in core() if t.predicate == imports]


def test_other_vocabularies_are_reused() -> None:  # VOC1, VOC2
    above = {
        text(t.object) for t in core() if text(t.predicate) in {RDFS + "subClassOf", RDFS + "subPropertyOf"}
    }
    for space in ("http://www.w3.org/ns/org#", "http://www.w3.org/ns/prov#", "http://data.europa.eu/m8g/"):
        assert any(term.startswith(space) for term in above), space
    assert header(DCTERMS + "title")
    assert list(said(SKOS + "definition"))


def test_alignments_speak_of_our_terms_and_claim_no_identity() -> None:
    for path in files()["alignments"]:
        for triple in triples(path):
            assert text(triple.subject).removeprefix(AE) in all_terms(), path.name
            assert text(triple.predicate) in {
                SKOS + n for n in ("closeMatch", "relatedMatch", "editorialNote")
            }


# --- each term earns its place ----------------------------------------------------------------------------------------

COMPUTED = {
    "CoverageResult",
    "assesses",
    "coverageStatus",
}  # never in the data (CV-01): the computation makes them


def above() -> dict[str, set[str]]:
    """Return the classes just above each class."""
    found: dict[str, set[str]] = defaultdict(set)
    for triple in core():
        if text(triple.predicate) == RDFS + "subClassOf":
            found[text(triple.subject)].add(text(triple.object))
    return found


def with_all_above(classes: set[str]) -> set[str]:
    """Return classes and every class above them."""
    reached, waiting, up = set(classes), list(classes), above()
    while waiting:
        new = up[waiting.pop()] - reached
        reached |= new
        waiting.extend(new)
    return reached


@cache
def in_rules() -> set[str]:
    """Return the terms that a shape targets or walks, or that its SPARQL text reads."""
    used = {
        text(term) for triple in of("shapes") for term in (triple.subject, triple.predicate, triple.object)
    }
    for triple in of("shapes"):
        if triple.predicate == SELECT:
            used |= {AE + name for name in re.findall(r"\bae:(\w+)", text(triple.object))}
    return used


@cache
def in_records() -> set[str]:
    """Return the terms that records use, with the classes above those they are of."""
    properties = {text(triple.predicate) for triple in of("data")}
    annotations = {
        text(triple.predicate) for triple in of("ontology")
    }  # ae:needsOwnClaim stands on properties
    classes = {text(triple.object) for triple in of("data") if triple.predicate == TYPE}
    return properties | annotations | with_all_above(classes)


@pytest.mark.parametrize("term", sorted(all_terms()))
def test_a_term_is_used_by_a_rule_and_by_a_record(term: str) -> None:
    assert with_all_above({AE + term}) & {AE + name for name in all_terms()} & in_rules(), "in no rule"
    assert term in COMPUTED or AE + term in in_records(), "in no record of the data or of the world"
