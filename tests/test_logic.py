"""What the ontology means: what follows from a statement, what does not, what cannot be.

owlrl computes the OWL 2 RL closure of the ontology and of all statements of a table at once, each about
things of its own. HermiT (OWL 2 DL, in Java) looks for contradictions and for classes without possible
instances; without Java its tests are skipped and say so.
"""

from __future__ import annotations

import io
import re
import shutil
from functools import cache
from typing import TYPE_CHECKING

import owlready2
import owlrl
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, RdfFormat, serialize

from parts import BASE, OWL, PROPERTY_KINDS, RDF, RDFS, TYPE, XSD, core, of, text, turtle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Triple

Closure = tuple[set[tuple[str, str, str]], list[str]]

ENTAILMENTS = [  # what is said, what follows
    ("x:operator a ae:PublicOperator .", "x:operator a org:FormalOrganization ."),
    ("x:operator2 a ae:PublicOperator .", "x:operator2 a ae:EvidencedResource , m8g:PublicOrganisation ."),
    ("x:service a ae:StateService .", "x:service a org:OrganizationalUnit ."),
    (
        "x:committee a ae:GovernanceCommittee .",
        "x:committee a org:OrganizationalCollaboration , org:Organization .",
    ),
    ("x:change a ae:OrganisationalChange .", "x:change a org:ChangeEvent ."),
    ("x:event a ae:ApprovalEvent .", "x:event a prov:Activity , ae:AgreementEvent , ae:EvidencedResource ."),
    (
        "x:third ae:renews x:second .",
        "x:third ae:succeeds x:second ; a ae:Agreement . x:second a ae:Agreement .",
    ),
    ("x:agreement ae:hasParty x:party .", "x:agreement a ae:Agreement . x:party a org:Organization ."),
    (
        "x:agreement2 ae:agreementStatus agreement-status:signed .",
        "x:agreement2 adms:status agreement-status:signed .",
    ),
    ("x:actor ae:actorType actor-type:state .", "x:actor org:classification actor-type:state ."),
    ('x:actor2 ae:siren "130005481" .', 'x:actor2 org:identifier "130005481" .'),
    (
        "x:hosted ae:hostedBy x:host .",
        "x:hosted org:subOrganizationOf x:host . x:host a ae:GovernanceCommittee .",
    ),
    (
        "x:excerpt ae:excerptOf x:source .",
        "x:excerpt prov:wasQuotedFrom x:source . x:source a foaf:Document .",
    ),
    ("x:requirement ae:requiredTheme theme:training .", "x:requirement a ae:Requirement , m8g:Requirement ."),
    ("x:claim ae:claimAbout x:thing .", "x:claim a ae:Claim , prov:Entity ."),
    ("x:chaired ae:coChairedBy x:post .", "x:post a org:Post ."),
]
NO_ENTAILMENTS = [  # what is said, what must not follow: sides of several classes are hints, steps are not leaps
    ("x:place ae:level level:regional .", "x:place a ae:GovernanceCommittee ."),
    ("x:place2 ae:level level:regional .", "x:place2 a ae:Territory ."),
    ("x:axis ae:theme theme:training .", "x:axis a ae:Commitment ."),
    ("x:dated ae:startDate '2023'^^xsd:gYear .", "x:dated a ae:Agreement ."),
    ("x:a ae:succeeds x:b . x:b ae:succeeds x:c .", "x:a ae:succeeds x:c ."),
    ("x:small ae:within x:middle . x:middle ae:within x:large .", "x:small ae:within x:large ."),
    ("x:commitment ae:underAxis x:one , x:two .", "x:one owl:sameAs x:two ."),
]
CLASHES = [  # what cannot be
    "y:1 a ae:Agreement , ae:PublicBody .",
    "y:2 a ae:SignatureEvent , ae:Agreement .",
    "y:3 a ae:SignatureEvent , ae:ApprovalEvent .",
    "y:4 ae:renews y:4 .",
    "y:5 ae:succeeds y:5b . y:5b ae:renews y:5 .",
    "y:6agreement ae:hasParty y:6 . y:6 a foaf:Person .",
    "y:7committee ae:coChairedBy y:7 . y:7 a foaf:Person .",
    "y:8agreement ae:hasParty y:8 . y:8 a ae:GovernanceCommittee .",
    "y:9 a ae:Territory , ae:TerritorialAuthority .",
    "y:10 a ae:Axis ; ae:underAxis y:10axis .",
    "y:11event ae:decidedBy y:11 . y:11 a ae:PublicBody .",
    "y:12 ae:within y:12 .",
    "y:13 a ae:SourceDocument , ae:Excerpt .",
    "y:14 a ae:Mention , ae:Intention .",
    "y:15 a skos:Concept , ae:Territory .",
    "y:16 ae:nestedUnder y:16b . y:16b ae:nestedUnder y:16 .",
    "y:17 a ae:Agreement , prov:Activity .",
    "y:18 a ae:ReferenceFramework , ae:Agreement .",
    "y:19 ae:hostedBy y:19 .",
    "y:20 ae:replacesCommittee y:20b . y:20b ae:replacesCommittee y:20 .",
]
A_PERSON_AS_A_PARTY = CLASHES[5]
CASES = {"x": "urn:x-case:", "y": "urn:y-case:"}


def closure(triples: Iterable[Triple]) -> Closure:
    """Return the OWL 2 RL closure, as text, and the contradictions that it found."""
    graph = rdflib.Graph()
    graph.parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    errors = [str(said) for _, predicate, said in graph if str(predicate).endswith("#error")]
    return {(str(s), str(p), str(o)) for s, p, o in graph}, errors


@cache
def meaning() -> Closure:
    """Return the closure of the ontology with all that the first two tables say."""
    said = " ".join(said for said, _ in ENTAILMENTS + NO_ENTAILMENTS)
    return closure([*core(), *turtle(said, CASES)])


@cache
def contradictions() -> list[str]:
    """Return the contradictions in the ontology with all that the third table says."""
    return closure([*core(), *turtle(" ".join(CLASHES), CASES)])[1]


def plain(statements: str) -> set[tuple[str, str, str]]:
    """Return statements in the form that a closure has."""
    return {
        (text(triple.subject), text(triple.predicate), text(triple.object))
        for triple in turtle(statements, CASES)
    }


def test_the_ontology_has_no_contradiction_under_owl_2_rl() -> None:
    assert meaning()[1] == []


@pytest.mark.parametrize(("said", "follows"), ENTAILMENTS)
def test_what_is_said_entails_what_is_meant(said: str, follows: str) -> None:
    assert plain(follows) <= meaning()[0], said


@pytest.mark.parametrize(("said", "never"), NO_ENTAILMENTS)
def test_what_is_said_entails_nothing_more(said: str, never: str) -> None:
    assert not plain(never) & meaning()[0], said


@pytest.mark.parametrize("said", CLASHES)
def test_what_cannot_be_is_a_contradiction(said: str) -> None:
    number = said.removeprefix("y:").split(" ", 1)[0]
    thing = re.compile(rf"urn:y-case:{re.match('[0-9]+', number).group()}(?![0-9])")  # type: ignore[union-attr]  # what is asked for has it
    assert any(thing.search(found) for found in contradictions())


# Axioms that OWL 2 DL and OWL 2 RL both take as they stand: no class expression, no chain, nothing transitive, so that
# every property is simple and may be irreflexive or asymmetric
AXIOMS = {
    *(RDFS + name for name in ("subClassOf", "subPropertyOf", "domain", "range", "label", "isDefinedBy")),
    *(
        OWL + name
        for name in ("members", "disjointWith", "versionIRI", "versionInfo", "priorVersion", "deprecated")
    ),
    *(RDF + name for name in ("type", "first", "rest")),
}
TYPES = {
    *(OWL + name for name in ("Ontology", "Class", "AllDisjointClasses", "NamedIndividual")),
    *(OWL + name for name in ("IrreflexiveProperty", "AsymmetricProperty")),
    *PROPERTY_KINDS,
}
LANGUAGES = (OWL, RDF, RDFS)


def test_the_ontology_keeps_to_axioms_of_owl_2_dl_and_rl() -> None:
    annotation = NamedNode(OWL + "AnnotationProperty")
    annotations = {text(t.subject) for t in core() if t.predicate == TYPE and t.object == annotation}
    for triple in core():
        predicate, value = text(triple.predicate), text(triple.object)
        if triple.predicate == TYPE and value.startswith(LANGUAGES):
            assert value in TYPES, triple
        elif predicate.startswith(LANGUAGES):
            assert predicate in AXIOMS, triple
        else:  # an annotation, or the name of the header's publisher
            assert predicate in annotations | {"http://xmlns.com/foaf/0.1/name"}, triple


needs_java = pytest.mark.skipif(
    shutil.which("java") is None, reason="NO JAVA HERE: HermiT did not check the logic of the ontology"
)
HERMIT_READS = {
    XSD + kind
    for kind in ("string", "decimal", "integer", "positiveInteger", "nonNegativeInteger", "boolean")
}


def hermit(triples: Iterable[Triple]) -> list[str] | None:
    """Return the classes that cannot have an instance, or None when all of it is a contradiction."""
    world = owlready2.World()
    written = serialize(triples, format=RdfFormat.N_TRIPLES)
    world.get_ontology(BASE + "def").load(fileobj=io.BytesIO(written or b""), format="ntriples")
    try:
        owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return None
    return sorted(str(thing) for thing in world.inconsistent_classes())


def readable(triple: Triple) -> bool:
    """Tell whether HermiT takes a triple of the data: it knows no dates, and texts say nothing to it."""
    value = triple.object
    return not isinstance(value, Literal) or (not value.language and value.datatype.value in HERMIT_READS)


@needs_java
def test_hermit_finds_the_ontology_consistent_and_each_class_possible() -> None:
    assert hermit(core()) == []


@needs_java
@pytest.mark.parametrize("said", [A_PERSON_AS_A_PARTY, CLASHES[0], CLASHES[4]])
def test_hermit_refuses_what_cannot_be(said: str) -> None:
    assert hermit([*core(), *turtle(said, CASES)]) is None


@needs_java
def test_hermit_finds_the_records_consistent_with_the_ontology() -> None:
    records = [triple for triple in of("concepts", "data") if readable(triple)]
    assert hermit([*core(), *records]) == [], closure([*core(), *records])[
        1
    ]  # owlrl, slower, says what is wrong
