"""The real data: what a close reading of the five texts found, and what no file may hold.

`FACTS` was written from the texts, line by line, not from the data: (seed, line, subject, property, values).
Where the values are everything that may stand there, a further value is a fault too.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal

from accords import loading, validation
from accords.findings import Severity
from accords.project import Project
from laying import ROOT

if TYPE_CHECKING:
    from accords.loading import Knowledge
    from accords.validation import Report

ARCHIVE = ROOT.parent / "shared" / "seeds"
NEEDS_TEXTS = pytest.mark.skipif(
    not ARCHIVE.is_dir(),
    reason="REAL TEXTS NOT COMPARED: the archive is not beside the checkout (../shared/seeds)",
)

PDL, HDF = "agr:pdl-2023-prefiguration", "agr:hdf-2023-prefiguration"
CCI, TRI = "agr:cci-nantes-2024-cooperation", "agr:france-2024-tripartite"
FIRST, SECOND, THIRD = "agr:paca-2016-partnership", "agr:paca-2019-partnership", "agr:paca-2023-cooperation"
BRANCH, SUD = "act:pole-emploi-provence-alpes-cote-d-azur", "act:region-provence-alpes-cote-d-azur"

FACTS: tuple[tuple[str, int, str, str, set[str]], ...] = (
    ("000", 5, CCI, "ae:hasParty", {"act:france-travail", "act:cci-nantes-st-nazaire"}),
    ("000", 1, CCI, "ae:agreementType", {"agreement-type:cooperation-protocol"}),
    ("000", 4, "evt:cci-nantes-2024-signature", "ae:eventDate", {'"2024-01-22"^^xsd:date'}),
    ("000", 4, "evt:cci-nantes-2024-signature", "ae:venue", {'"École de design Nantes Atlantique"@fr'}),
    ("000", 4, "evt:cci-nantes-2024-signature", "ae:eventPlace", set()),
    ("000", 2, "cnt:cci-nantes-2024-axes", "ae:declaredValue", {'"5"^^xsd:integer'}),
    ("000", 3, "chg:pole-emploi-france-travail", "ae:eventDate", {'"2024-01-01"^^xsd:date'}),
    ("000", 3, "chg:pole-emploi-france-travail", "org:originalOrganization", {"act:pole-emploi"}),
    ("000", 3, "chg:pole-emploi-france-travail", "org:resultingOrganization", {"act:france-travail"}),
    ("000", 3, "chg:pole-emploi-france-travail", "ae:legalBasis", {"law:loi-plein-emploi"}),
    ("000", 4, "obs:departement-44-unemployment-rate", "ae:value", {'"5.6"^^xsd:decimal'}),
    ("000", 4, "obs:departement-44-unemployment-rate", "ae:valueQualifier", {"value-qualifier:exact"}),
    ("000", 4, "obs:departement-44-unemployment-rate", "ae:observationOf", {"ter:departement-44"}),
    ("001", 15, HDF, "ae:hasParty", {"act:etat", "act:region-hauts-de-france", "act:pole-emploi"}),
    ("001", 15, "evt:hdf-2023-signature", "ae:eventDate", {'"2023-06-08"^^xsd:date'}),
    ("001", 15, "evt:hdf-2023-signature", "ae:eventPlace", {"ter:commune-59350"}),
    ("001", 19, "cnt:hdf-2023-commitments", "ae:declaredValue", {'"23"^^xsd:integer'}),
    ("001", 19, "cnt:hdf-2023-axes", "ae:declaredValue", {'"4"^^xsd:integer'}),
    ("001", 7, "cnt:mission-2023-minimum-axes", "ae:declaredValue", {'"3"^^xsd:integer'}),
    ("001", 17, "com:spre-32", "ae:coChairedBy", {"post:president-region-32", "post:prefet-region-32", "post:recteur-region-32"}),
    ("001", 5, "src:hdf-2023-06", "dcterms:issued", {'"2023-06-09"^^xsd:date'}),
    ("002", 11, PDL, "ae:hasParty", {"act:etat", "act:region-pays-de-la-loire"}),
    ("002", 15, PDL, "ae:hasSupportingActor", {"act:pole-emploi"}),
    ("002", 12, "evt:pdl-2023-signature", "ae:eventDate", {'"2023-06-01"^^xsd:date'}),
    ("002", 12, "evt:pdl-2023-signature", "ae:eventPlace", {"ter:departement-53"}),
    ("002", 24, "evt:pdl-2023-approval", "ae:eventDate", {'"2023-07-07"^^xsd:date'}),
    ("002", 24, "evt:pdl-2023-approval", "ae:eventStatus", {"event-status:planned"}),
    ("002", 13, "cnt:pdl-2023-commitments", "ae:declaredValue", {'"17"^^xsd:integer'}),
    ("002", 13, "cnt:pdl-2023-axes", "ae:declaredValue", {'"3"^^xsd:integer'}),
    ("002", 21, "cnt:pdl-2023-employment-basins", "ae:declaredValue", {'"18"^^xsd:integer'}),
    ("002", 22, "cnt:cr-ft-52-colleges", "ae:declaredValue", {'"4"^^xsd:integer'}),
    ("002", 22, "com:cr-ft-52", "ae:hostedBy", {"com:crefop-52"}),
    ("002", 22, "com:cr-ft-52", "ae:bodyStatus", {"body-status:planned"}),
    ("002", 22, "com:cr-ft-52", "ae:coChairedBy", {"post:prefet-region-52", "post:president-region-52"}),
    ("002", 5, "src:pdl-2023-09", "dcterms:issued", {'"2023-09-07"^^xsd:date'}),
    ("002", 25, "src:pdl-2023-09", "dcterms:created", {'"2023-06-01"^^xsd:date'}),
    ("003", 8, TRI, "ae:hasParty", {"act:france-travail", "act:etat", "act:unedic"}),
    ("003", 8, TRI, "ae:endDate", set()),
    ("003", 8, TRI, "ae:coversTerritory", {"ter:france"}),
    ("003", 8, "evt:france-2024-tripartite-signature", "ae:eventDate", {'"2024-04-30"^^xsd:date'}),
    ("003", 8, "int:afref-2024-network", "ae:horizon", {'"2027"^^xsd:gYear'}),
    ("003", 3, "src:afref-2024-06", "dcterms:issued", {'"2024-06-26"^^xsd:date'}),
    ("004", 1, THIRD, "ae:hasParty", {BRANCH, SUD}),
    ("004", 2, SECOND, "ae:hasParty", {BRANCH, SUD}),
    ("004", 2, FIRST, "ae:hasParty", {BRANCH, SUD}),
    ("004", 4, THIRD, "ae:startDate", {'"2023"^^xsd:gYear'}),
    ("004", 4, THIRD, "ae:endDate", {'"2028"^^xsd:gYear'}),
    ("004", 4, THIRD, "ae:ordinalInSeries", {'"3"^^xsd:integer'}),
    ("004", 10, THIRD, "ae:agreementType", {"agreement-type:cooperation-agreement"}),
    ("004", 3, SECOND, "ae:agreementType", {"agreement-type:partnership-agreement"}),
    ("004", 3, SECOND, "ae:endDate", set()),
    ("004", 3, FIRST, "ae:declaredDuration", {'"P3Y"^^xsd:duration'}),
    ("004", 3, FIRST, "ae:endDate", set()),
    ("004", 3, "evt:paca-2019-signature", "ae:eventDate", {'"2019"^^xsd:gYear'}),
    ("004", 1, "evt:paca-2023-signature", "ae:eventDate", {'"2023-06-23"^^xsd:date'}),
    ("004", 7, "obs:detection-persons", "ae:value", {'"17000"^^xsd:decimal'}),
    ("004", 7, "obs:detection-persons", "ae:valueQualifier", {"value-qualifier:more-than"}),
    ("004", 7, "obs:detection-workshops", "ae:valueQualifier", {"value-qualifier:exact"}),
    ("004", 7, "obs:detection-interest", "ae:value", {'"80"^^xsd:decimal'}),
    ("004", 7, "obs:detection-pathway", "ae:value", {'"0.5"^^xsd:decimal'}),
    ("004", 7, "obs:detection-pathway", "ae:valueQualifier", {"value-qualifier:nearly"}),
    ("004", 8, "obs:paca-2019-trainees-rsa-share", "ae:value", {'"0.25"^^xsd:decimal'}),
)  # fmt: skip

COUNTED = {  # how many of each the five texts state, by agreement
    ("ae:axisOf", CCI): 5, ("ae:axisOf", HDF): 4, ("ae:axisOf", PDL): 3, ("ae:axisOf", TRI): 4, ("ae:axisOf", THIRD): 5,
    ("ae:axisOf", FIRST): 0, ("ae:axisOf", SECOND): 0,
}  # fmt: skip
SIGNERS = {  # 002, line 12: the only text that says who signs
    ("per:elisabeth-borne", "post:premier-ministre", "act:etat"),
    ("per:olivier-dussopt", "post:ministre-travail", "act:etat"),
    ("per:jean-basseres", "post:dg-pole-emploi", "act:pole-emploi"),
    ("per:christelle-morancais", "post:president-region-52", "act:region-pays-de-la-loire"),
}
PERSONS = {  # every person whom a text names in a public role
    "Thibault Guilluy", "Élisabeth Borne", "Olivier Dussopt", "Jean Bassères", "Christelle Morançais",
    "Elodie Salin", "Sofia Elomri", "Laurence Salter", "Philippe Tourneur", "Renaud Muselier", "Pascal Blain",
}  # fmt: skip
TRUE_SILENCES = {  # findings that say what the sources do not: none of them is an error
    "AC-06", "AC-07", "AG-06", "AG-13", "CM-03", "CO-07", "DC-03", "SG-02", "SG-04", "SG-06",
}  # fmt: skip
LONGEST_RUN = (
    16  # words in a row that our own wording may share with a text: the length of a cut title, and no more
)
LOCATING = {"ae:quote", "ae:quoteEnd", "ae:quotePrefix"}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return loading.load(Project(ROOT))


@pytest.fixture(scope="module")
def values(knowledge: Knowledge) -> dict[tuple[str, str], set[str]]:
    """Return the values of each (subject, property), as CURIEs and Turtle."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    show = knowledge.prefixes.show
    for document in knowledge.data:
        for triple in document.triples:
            found[show(triple.subject), show(triple.predicate)].add(show(triple.object))
    return found


@pytest.fixture(scope="module")
def report(knowledge: Knowledge) -> Report:
    options = validation.Options(archive=ARCHIVE if ARCHIVE.is_dir() else None)
    return validation.validate(knowledge, loading.load_shapes(knowledge.project), options)


@pytest.mark.parametrize(
    ("subject", "path", "stated"),
    [fact[2:] for fact in FACTS],
    ids=[f"{f[0]}:{f[1]} {f[2]} {f[3]}" for f in FACTS],
)
def test_a_stated_fact_is_recorded_and_nothing_else_with_it(
    subject: str, path: str, stated: set[str], values: dict[tuple[str, str], set[str]]
) -> None:
    assert (subject, "rdf:type") in values
    assert values.get((subject, path), set()) == stated


@pytest.mark.parametrize("counted", COUNTED, ids=" ".join)
def test_as_many_are_recorded_as_the_text_states(
    counted: tuple[str, str], values: dict[tuple[str, str], set[str]]
) -> None:
    path, agreement = counted
    assert sum(path == p and agreement in objects for (_, p), objects in values.items()) == COUNTED[counted]


def test_the_chain_of_three_conventions_is_told_as_the_text_tells_it(
    values: dict[tuple[str, str], set[str]],
) -> None:
    assert values[THIRD, "ae:renews"] == {SECOND}
    assert values[SECOND, "ae:renews"] | values[SECOND, "ae:succeeds"] == {FIRST}


def test_only_those_sign_of_whom_a_text_says_so(values: dict[tuple[str, str], set[str]]) -> None:
    acts = [
        subject
        for (subject, path), kinds in values.items()
        if path == "rdf:type" and "ae:SignatureAct" in kinds
    ]
    assert {
        (*values[act, "ae:signedBy"], *values[act, "ae:signedInCapacity"], *values[act, "ae:onBehalfOf"])
        for act in acts
    } == SIGNERS


def test_the_persons_are_those_of_the_texts_and_nothing_more_is_said_of_them(knowledge: Knowledge) -> None:
    named = {}
    for document in knowledge.data:
        for triple in document.triples:
            if knowledge.prefixes.show(triple.predicate) == "foaf:name" and isinstance(
                triple.object, Literal
            ):
                named[knowledge.prefixes.show(triple.subject)] = triple.object.value
    assert set(named.values()) == PERSONS


def test_no_commitment_is_recorded_where_a_text_lists_none(values: dict[tuple[str, str], set[str]]) -> None:
    axes = {subject for (subject, path), objects in values.items() if path == "ae:axisOf" and PDL in objects}
    assert {
        axis for (_, path), objects in values.items() if path == "ae:underAxis" for axis in objects
    } <= axes


def test_the_shipped_graph_has_no_error_and_only_true_silences(report: Report) -> None:
    assert report.whole
    assert [finding for finding in report.findings if finding.severity is Severity.ERROR] == []
    assert {finding.code for finding in report.findings} <= TRUE_SILENCES


@NEEDS_TEXTS
def test_every_excerpt_of_the_five_texts_is_found_in_them(report: Report) -> None:
    assert len(report.evidence.at_hand) == 5
    assert report.evidence.failed == 0
    assert report.evidence.unchecked_total == 0
    assert report.evidence.checked > 150


@NEEDS_TEXTS
def test_our_wording_does_not_repeat_the_texts(knowledge: Knowledge) -> None:
    runs: set[tuple[str, ...]] = set()
    for path in sorted(ARCHIVE.glob("*.txt")):
        runs |= run_of(path.read_text(encoding="utf-8"))
    repeated = [
        (document.name, knowledge.prefixes.show(triple.predicate), triple.object.value)
        for document in knowledge.documents
        for triple in document.triples
        if isinstance(triple.object, Literal)
        and knowledge.prefixes.show(triple.predicate) not in LOCATING
        and runs & run_of(triple.object.value)
    ]
    assert repeated == []


def run_of(text: str) -> set[tuple[str, ...]]:
    folded = unicodedata.normalize("NFC", text).replace("\u2019", "'").replace("\u00a0", " ").casefold()
    words = re.findall(r"[\w']+", folded)
    return {tuple(words[place : place + LONGEST_RUN]) for place in range(len(words) - LONGEST_RUN + 1)}


def test_a_printed_title_is_cut_at_fifteen_words(values: dict[tuple[str, str], set[str]]) -> None:
    titles = {
        title for (subject, path), found in values.items() if path == "dcterms:title" for title in found
    }
    assert [title for title in titles if len(title.rpartition('"')[0].replace(" :", "").split()) > 15] == []


def test_one_agreement_a_file_named_after_it(knowledge: Knowledge) -> None:
    for document in knowledge.data:
        show = knowledge.prefixes.show
        agreements = {
            show(t.subject)
            for t in document.triples
            if show(t.predicate) == "rdf:type" and show(t.object) == "ae:Agreement"
        }
        expected = {f"agr:{document.path.stem}"} if document.path.parent.name == "agreements" else set()
        assert agreements == expected, document.name


def test_every_content_file_ends_with_a_line_end_and_has_no_tab_and_no_trailing_space() -> None:
    for folder in ("ontology", "shapes", "data", "queries", "tests/cases", "tests/world/data"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".ttl", ".rq", ".md"}:
                text = path.read_text(encoding="utf-8")
                assert text.endswith("\n"), path
                assert "\t" not in text, path
                assert "\r" not in text, path
                assert not re.search(r"[ ]+$", text, re.MULTILINE), path
