"""The hygiene queries of the ontology: each row is a fault, and each branch finds the fault it is for."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest
from pyoxigraph import NamedNode

from parts import (
    AE,
    BASE,
    DCTERMS,
    ONTOLOGY,
    OWL,
    RDFS,
    SKOS,
    VANN,
    dataset,
    of,
    planted,
    rows,
    taken,
    text,
    turtle,
)

CODES = [f"HYG-{number:02}" for number in range(1, 24)]


class Plant(NamedTuple):
    """A fault: the query that must find it, where it is planted, what, and the term at fault."""

    code: str
    part: str
    said: str
    term: str


NOTE = 'skos:changeNote "n"@en'
PLANTS = [
    Plant("HYG-01", "ontology", "ae:Bare a owl:Class .", "ae:Bare"),
    Plant("HYG-01", "ontology", 'ae:Half a owl:Class ; rdfs:label "a"@fr , "b"@en .', "ae:Half"),
    Plant("HYG-02", "ontology", 'ae:Actor rdfs:label "player"@en .', "ae:Actor"),
    Plant("HYG-02", "ontology", 'ae:Twin a owl:Class ; rdfs:label "acteur"@fr .', "ae:Twin"),
    Plant("HYG-03", "ontology", 'ae:Echo rdfs:label "echo"@en ; skos:definition "An echo."@en .', "ae:Echo"),
    Plant(
        "HYG-03", "ontology", 'ae:A skos:definition "Same."@en . ae:B skos:definition "Same."@en .', "ae:B"
    ),
    Plant("HYG-04", "ontology", "ae:A rdfs:subClassOf ae:B . ae:B rdfs:subClassOf ae:A .", "ae:A"),
    Plant("HYG-04", "ontology", "ae:a rdfs:subPropertyOf ae:a .", "ae:a"),
    Plant("HYG-05", "ontology", "ae:Lonely a owl:Class ; rdfs:subClassOf ae:Actor .", "ae:Lonely"),
    Plant("HYG-06", "ontology", "ae:hasParty rdfs:range ae:Actr .", "ae:Actr"),
    Plant("HYG-06", "data", "agr:x ae:hasPrty act:x .", "ae:hasPrty"),
    Plant("HYG-06", "data", "agr:x dcterms:tittle act:x .", "dcterms:tittle"),
    Plant("HYG-06", "data", "agr:x a foaf:Persn .", "foaf:Persn"),
    Plant("HYG-07", "ontology", "ae:loose a owl:ObjectProperty ; rdfs:domain ae:Actor .", "ae:loose"),
    Plant(
        "HYG-07", "ontology", "ae:loose a owl:DatatypeProperty ; schema:rangeIncludes xsd:date .", "ae:loose"
    ),
    Plant("HYG-08", "ontology", "ae:hasParty rdfs:domain ae:Actor .", "ae:hasParty"),
    Plant("HYG-08", "ontology", "ae:hasParty rdfs:range ae:Agreement .", "ae:hasParty"),
    Plant("HYG-09", "ontology", "ae:partyIn owl:inverseOf ae:hasParty .", "ae:partyIn"),
    Plant("HYG-09", "ontology", "ae:partyIn rdfs:domain ae:Actor ; rdfs:range ae:Agreement .", "ae:partyIn"),
    Plant("HYG-10", "ontology", "org:Post rdfs:subClassOf skos:Concept .", "org:Post"),
    Plant("HYG-10", "data", "<http://example.org/x> a org:Post .", "<http://example.org/x>"),
    Plant("HYG-11", "ontology", "ae:ActorOrCommittee a owl:Class .", "ae:ActorOrCommittee"),
    Plant("HYG-11", "ontology", "ae:OtherActor a owl:Class .", "ae:OtherActor"),
    Plant("HYG-12", "ontology", "ae:smallClass a owl:Class .", "ae:smallClass"),
    Plant("HYG-12", "ontology", "ae:with_line a owl:ObjectProperty .", "ae:with_line"),
    Plant("HYG-13", "ontology", "ae:Loose a owl:Class ; rdfs:subClassOf ae:EvidencedResource .", "ae:Loose"),
    Plant("HYG-14", "ontology", '<{base}def> owl:versionInfo "9.9.9" .', "<{base}def>"),
    Plant("HYG-14", "released", "<{base}def> owl:versionIRI <{base}def/0.0.1> .", "<{base}def>"),
    Plant("HYG-14", "released", "<{base}def> owl:versionIRI <{base}def/0.1.0> .", "<{base}def>"),
    Plant("HYG-15", "data", "<{base}id/agreement/x.ttl> a ae:Agreement .", "<{base}id/agreement/x.ttl>"),
    Plant("HYG-16", "ontology", f"ae:value owl:deprecated true ; {NOTE} .", "ae:value"),
    Plant("HYG-16", "ontology", "ae:value owl:deprecated true ; dcterms:isReplacedBy ae:unit .", "ae:value"),
    Plant(  # beside one that is in order
        "HYG-16",
        "ontology",
        f"ae:unit owl:deprecated true ; dcterms:isReplacedBy ae:value ; {NOTE} . ae:a owl:deprecated true .",
        "ae:a",
    ),
    Plant(
        "HYG-16",
        "ontology",
        f"ae:a owl:deprecated true ; dcterms:isReplacedBy ae:b ; {NOTE} . ae:b owl:deprecated true .",
        "ae:a",
    ),
    Plant(
        "HYG-16", "ontology", f"ae:a owl:deprecated true ; dcterms:isReplacedBy ae:gone ; {NOTE} .", "ae:a"
    ),
    Plant(
        "HYG-16",
        "ontology",
        f"ae:Old owl:deprecated true ; dcterms:isReplacedBy ae:Actor ; {NOTE} . ae:live rdfs:range ae:Old .",
        "ae:Old",
    ),
    Plant("HYG-17", "ontology", 'ae:Actor rdfs:comment "x"@en .', "ae:Actor"),
    Plant("HYG-17", "ontology", 'ae:Actor skos:scopeNote "See <b>this</b>."@en .', "ae:Actor"),
    Plant("HYG-17", "ontology", 'ae:Actor skos:scopeNote "Two  spaces."@en .', "ae:Actor"),
    Plant("HYG-17", "concepts", 'theme:training skos:scopeNote "Trailing. "@en .', "theme:training"),
    Plant("HYG-17", "shapes", 'aesh:x sh:message "E\\u0301tat."@fr .', "aesh:x"),
    Plant("HYG-18", "ontology", "ae:startDate rdfs:range xsd:date .", "ae:startDate"),
    Plant("HYG-18", "ontology", "ae:quote rdfs:range rdf:langString .", "ae:quote"),
    Plant("HYG-19", "ontology", "ae:hasParty a owl:DatatypeProperty .", "ae:hasParty"),
    Plant("HYG-19", "data", "ae:Actor a skos:Concept .", "ae:Actor"),
    Plant("HYG-20", "ontology", "ae:Formless a owl:Class .", "ae:Formless"),
    Plant("HYG-20", "ontology", "ae:unread a owl:ObjectProperty .", "ae:unread"),
    Plant("HYG-20", "shapes", "aesh:x sh:path ( ae:axisOf dcterms:isPartOff ) .", "dcterms:isPartOff"),
    Plant("HYG-21", "ontology", "ae:Actor rdfs:subClassOf foaf:Agent .", "foaf:Agent"),
    Plant("HYG-21", "alignments", "ae:Actor skos:nearMatch org:Organization .", "skos:nearMatch"),
    Plant("HYG-21", "shapes", "aesh:x sh:minCuont 1 .", "sh:minCuont"),
    Plant("HYG-22", "alignments", "ae:Actor owl:equivalentClass org:Organization .", "ae:Actor"),
]
REQUIRED = [  # what a term or the header cannot do without, and the query that misses it
    ("HYG-01", AE + "Actor", RDFS + "label"),
    ("HYG-01", AE + "hasParty", SKOS + "definition"),
    ("HYG-01", AE + "claimValue", RDFS + "isDefinedBy"),
    ("HYG-07", AE + "hasParty", RDFS + "domain"),
    ("HYG-07", AE + "startDate", "https://schema.org/rangeIncludes"),
    *(("HYG-14", BASE + "def", DCTERMS + name) for name in ("title", "license", "creator", "source")),
    *(("HYG-14", BASE + "def", OWL + name) for name in ("versionIRI", "versionInfo")),
    ("HYG-14", BASE + "def", VANN + "preferredNamespacePrefix"),
]


def faults(code: str) -> set[tuple[str, str, str]]:
    """Return what a hygiene query finds: term, problem, value."""
    query = (ONTOLOGY / "hygiene" / f"{code}.rq").read_text(encoding="utf-8")
    return {(row["term"], row["problem"], row.get("value", "")) for row in rows(dataset(), query)}


def at_fault(code: str) -> set[str]:
    """Return the terms that a hygiene query finds."""
    return {term for term, _, _ in faults(code)}


@pytest.mark.parametrize("code", CODES)
def test_a_hygiene_query_finds_nothing_wrong(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    if code == "HYG-23" and not (ONTOLOGY / "released.ttl").exists():
        with capsys.disabled():
            print(" no earlier release (ontology/released.ttl): nothing to compare with")  # noqa: T201  # it prints for whoever runs it
    found = sorted(faults(code))
    assert not found, "\n" + "\n".join(" · ".join(row) for row in found)


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: f"{plant.code} {plant.term}")
def test_a_hygiene_query_finds_a_planted_fault(plant: Plant) -> None:
    before = faults(plant.code)
    (named,) = (text(triple.object) for triple in turtle(f"<x:x> <x:x> {plant.term} ."))
    with planted(dataset(), plant.part, turtle(plant.said)):
        found = faults(plant.code) - before
    assert named in {term for term, _, _ in found}
    assert faults(plant.code) == before


@pytest.mark.parametrize(("code", "subject", "predicate"), REQUIRED)
def test_a_hygiene_query_misses_what_is_taken_away(code: str, subject: str, predicate: str) -> None:
    with taken(dataset(), subject, predicate):
        assert subject in at_fault(code)


@pytest.mark.parametrize(
    ("old", "problem"),
    [
        ("", "added"),
        ("ae:Vanished a owl:Class .", "removed without having been deprecated"),
        ('ae:Actor a owl:Class ; rdfs:label "agent"@fr .', "redefined"),
    ],
)
def test_what_changed_since_a_release_needs_a_change_note(old: str, problem: str) -> None:
    release = turtle("<{base}def> owl:versionIRI <{base}def/0.0.1> . " + old)
    with planted(dataset(), "released", release):
        assert problem in {said for _, said, _ in faults("HYG-23")}
        with planted(dataset(), "ontology", turtle('ae:Actor skos:changeNote "0.2.0: narrower."@en .')):
            assert AE + "Actor" not in at_fault("HYG-23")


def test_an_unchanged_release_needs_neither_note_nor_new_version() -> None:
    released = [triple for triple in of("ontology") if isinstance(triple.subject, NamedNode)]
    with planted(dataset(), "released", released):
        assert not faults("HYG-23")
        assert not faults("HYG-14")


def test_each_hygiene_query_opens_with_its_banner_and_has_a_planted_fault() -> None:
    queries = sorted((ONTOLOGY / "hygiene").iterdir())
    assert [path.name for path in queries] == [f"{code}.rq" for code in CODES]
    for path in queries:
        english, french = path.read_text(encoding="utf-8").splitlines()[:2]
        assert re.fullmatch(rf"# {path.stem} [A-Z].+ \((error|warn)\)", english)
        assert re.fullmatch(rf"# {path.stem} .+", french)
    assert {plant.code for plant in PLANTS} | {"HYG-23"} == set(CODES)  # HYG-23 has tests of its own


def test_the_tombstones_of_a_class_and_of_a_property_are_no_fault() -> None:
    """A name that was given up keeps the label and the definition that its successor has; no rule reads it."""
    said = """
    ae:Pact a owl:Class . ae:party a owl:ObjectProperty .
    ae:Pact dcterms:isReplacedBy ae:Agreement . ae:party dcterms:isReplacedBy ae:hasParty .
    """
    gone = {"Agreement": "Pact", "hasParty": "party"}
    kept = [
        triple_of(gone[name], str(triple.predicate), str(triple.object))
        for name in gone
        for triple in of("ontology")
        if triple.subject == NamedNode(AE + name)
        and triple.predicate.value in {RDFS + "label", RDFS + "isDefinedBy", SKOS + "definition"}
    ]
    notes = ' owl:deprecated true ; skos:changeNote "IRI changée."@fr , "IRI changed."@en . '
    tombs = said + "".join(kept) + "".join(f"ae:{name}{notes}" for name in gone.values())
    with planted(dataset(), "ontology", turtle(tombs)):
        for code in CODES:
            assert not faults(code), code


def triple_of(name: str, predicate: str, value: str) -> str:
    """Return a triple about a term of ours, in Turtle."""
    return f"ae:{name} {predicate} {value} .\n"
