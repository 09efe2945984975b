"""The concept schemes keep the promises of the model.

In: the files `ontology/concepts/*.ttl`. Out: nothing, or the name of each concept at fault.

1. The contract: every scheme of the model is there with at least the slugs of its table.
2. The integrity of SKOS: labels, hierarchy, mappings, texts in both languages.
3. The few facts that rules and queries lean on: order of the levels, roles, printed descriptors.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

CONCEPTS = Path(__file__).resolve().parents[2] / "ontology" / "concepts"
BASE = "https://w3id.org/accords-emploi/concept/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
ORG_ROLE = "http://www.w3.org/ns/org#Role"
FOAF_FOCUS = "http://xmlns.com/foaf/0.1/focus"
IDS = "https://w3id.org/accords-emploi/id/"
LABELS = (f"{SKOS}prefLabel", f"{SKOS}altLabel", f"{SKOS}hiddenLabel")
TEXTS = (f"{SKOS}prefLabel", f"{SKOS}definition", f"{SKOS}scopeNote")

# The contract: scheme -> the slugs of the model's table. More may come; none of these may go.
CONTRACT = {
    "agreement-type": """prefiguration-protocol cooperation-protocol cooperation-agreement
        partnership-agreement tripartite-agreement framework-agreement amendment""",
    "actor-type": """state ministry prefecture rectorate employment-operator operator-branch region
        department municipal-block intermunicipality municipality consular-chamber joint-body
        social-partner support-body integration-actor""",
    "level": "national regional departmental local employment-basin intermunicipal municipal",
    "committee-type": "france-travail crefop clefop spre",
    "role": """prefet-de-region president-conseil-regional recteur premier-ministre ministre-travail
        directeur-general-operateur directeur-regional-operateur haut-commissaire""",
    "theme": """governance common-steering-tools data-sharing territorial-coordination
        training training-offer skills-diagnosis basic-skills pre-hiring-training work-study
        access-and-funding workplace-training training-purchase
        employer-services employer-prospecting recruitment labour-needs recruitment-events
        employer-brand
        integration barrier-removal user-pathways outreach potential-detection
        guidance job-attractiveness sector-approach
        business-creation innovation""",
    "barrier": "mobility health housing other",
    "target-group": """job-seekers long-term-job-seekers unregistered-job-seekers
        registered-job-seekers most-vulnerable-job-seekers furthest-from-employment rsa-recipients
        young-people business-creators employers small-medium-enterprises
        integration-professionals""",
    "axis-kind": "axe enjeu thematique objectif",
    "agreement-status": """announced signed-pending-approval signed in-force renewed expired
        terminated""",
    "commitment-status": "announced under-way achieved abandoned unknown",
    "event-status": "planned occurred cancelled",
    "body-status": "planned in-place abolished",
    "change-kind": "replacement renaming merger split absorption",
    "indicator-kind": "context output outcome profile",
    "value-qualifier": "exact more-than nearly approximately less-than at-least",
    "unit": "percent persons workshops ratio",
    "count-kind": "commitments axes employment-basins colleges minimum-axes",
    "centre-inffo": """81002 61040 21008 41025 14069 41072 26053 92024 pole-emploi 41087 63067
        33029""",
    "source-kind": "news-article document-notice press-release official-text report register",
    "claim-basis": "quoted inferred external-register editorial",
    "claim-rank": "preferred secondary discarded",
    "coverage-status": "covered not-recorded explicitly-not-met",
    "absence-reason": """not-stated not-consulted outside-register not-applicable
        stated-absent""",
}

# narrower -> broader, where the model says it
NARROWER = {
    "actor-type": {"intermunicipality": "municipal-block", "municipality": "municipal-block"},
    "level": dict.fromkeys(("employment-basin", "intermunicipal", "municipal"), "local"),
    "target-group": {
        **dict.fromkeys(
            (
                "long-term-job-seekers",
                "unregistered-job-seekers",
                "registered-job-seekers",
                "most-vulnerable-job-seekers",
                "furthest-from-employment",
            ),
            "job-seekers",
        ),
        "small-medium-enterprises": "employers",
    },
    "theme": {
        **dict.fromkeys(("common-steering-tools", "data-sharing", "territorial-coordination"), "governance"),
        **dict.fromkeys(
            (
                "training-offer",
                "skills-diagnosis",
                "basic-skills",
                "pre-hiring-training",
                "work-study",
                "access-and-funding",
                "workplace-training",
                "training-purchase",
            ),
            "training",
        ),
        **dict.fromkeys(
            (
                "employer-prospecting",
                "recruitment",
                "labour-needs",
                "recruitment-events",
                "employer-brand",
            ),
            "employer-services",
        ),
        **dict.fromkeys(
            ("barrier-removal", "user-pathways", "outreach", "potential-detection"), "integration"
        ),
        **dict.fromkeys(("job-attractiveness", "sector-approach"), "guidance"),
    },
}

# theme -> the descriptors that it is close to
CLOSE = {
    "governance": {"41087", "63067"},
    "training": {"14069"},
    "training-offer": {"26053"},
    "skills-diagnosis": {"21008"},
    "employer-services": {"61040"},
    "recruitment": {"33029"},
    "labour-needs": {"41025"},
    "integration": {"41072"},
}

# The descriptors as the notice prints them
PRINTED = {
    "ACCORD COOPERATION": "81002",
    "AIDE ENTREPRISE": "61040",
    "BESOIN FORMATION": "21008",
    "BESOIN MAIN-D'OEUVRE": "41025",
    "FORMATION PROFESSIONNELLE CONTINUE": "14069",
    "INSERTION PROFESSIONNELLE": "41072",
    "OFFRE FORMATION": "26053",
    "PAYS DE LA LOIRE": "92024",
    "POLE EMPLOI": None,
    "POLITIQUE EMPLOI": "41087",
    "POLITIQUE REGIONALE EMPLOI": "63067",
    "RECRUTEMENT": "33029",
}


class Value(NamedTuple):
    """An object as the tests read it: the text of an IRI or of a literal, and its language."""

    text: str
    language: str = ""
    literal: bool = False


class Statement(NamedTuple):
    """A triple as the tests read it."""

    subject: str
    predicate: str
    value: Value


Values = dict[str, dict[str, list[Value]]]  # subject -> predicate -> objects


def read(path: Path) -> tuple[Statement, ...]:
    """Give the statements of a file, which has no blank node."""
    statements = []
    for quad in parse(path.read_bytes(), format=RdfFormat.TURTLE):
        assert isinstance(quad.subject, NamedNode), f"{path.name}: {quad.subject}"
        if isinstance(quad.object, Literal):
            value = Value(quad.object.value, quad.object.language or "", literal=True)
        else:
            assert isinstance(quad.object, NamedNode), f"{path.name}: {quad.object}"
            value = Value(quad.object.value)
        statements.append(Statement(quad.subject.value, quad.predicate.value, value))
    return tuple(statements)


@cache
def by_file() -> dict[str, tuple[Statement, ...]]:
    """Give the statements of each file, by the scheme that its name promises."""
    return {path.stem: read(path) for path in sorted(CONCEPTS.glob("*.ttl"))}


@cache
def everything() -> Values:
    """Give the values of all files together."""
    values: Values = defaultdict(lambda: defaultdict(list))
    for statements in by_file().values():
        for statement in statements:
            values[statement.subject][statement.predicate].append(statement.value)
    return values


def concepts() -> Values:
    """Give the concepts, without the schemes."""
    return {
        iri: values for iri, values in everything().items() if Value(f"{SKOS}Concept") in values[RDF_TYPE]
    }


def links(iri: str, name: str) -> set[str]:
    """Give the IRIs that a concept reaches by one SKOS property."""
    return {value.text for value in everything()[iri][f"{SKOS}{name}"]}


def slugs(scheme: str) -> set[str]:
    """Give the slugs of a scheme's concepts."""
    prefix = f"{BASE}{scheme}/"
    return {iri.removeprefix(prefix) for iri in concepts() if iri.startswith(prefix)}


def ancestors(iri: str) -> set[str]:
    """Give all that is broader than a concept, itself included if it stands on a cycle."""
    found: set[str] = set()
    waiting = links(iri, "broader")
    while waiting:
        step = waiting.pop()
        if step not in found:
            found.add(step)
            waiting |= links(step, "broader")
    return found


def test_there_is_one_file_for_each_scheme_of_the_model_and_no_other() -> None:
    assert set(by_file()) == set(CONTRACT)


@pytest.mark.parametrize("scheme", CONTRACT)
def test_a_scheme_holds_at_least_the_slugs_of_its_table(scheme: str) -> None:
    assert set(CONTRACT[scheme].split()) <= slugs(scheme)


@pytest.mark.parametrize("scheme", NARROWER)
def test_the_narrower_concepts_of_the_model_stand_under_their_broader_one(scheme: str) -> None:
    expected = {slug: {f"{BASE}{scheme}/{up}"} for slug, up in NARROWER[scheme].items()}
    assert {slug: links(f"{BASE}{scheme}/{slug}", "broader") for slug in expected} == expected


@pytest.mark.parametrize("scheme", CONTRACT)
def test_a_file_speaks_of_its_own_scheme_only(scheme: str) -> None:
    subjects = {statement.subject for statement in by_file()[scheme]}
    strangers = {iri for iri in subjects if not f"{iri}/".startswith(f"{BASE}{scheme}/")}
    assert not strangers


@pytest.mark.parametrize("scheme", CONTRACT)
def test_a_scheme_has_a_label_and_a_definition_in_both_languages(scheme: str) -> None:
    values = everything()[f"{BASE}{scheme}"]
    assert values[RDF_TYPE] == [Value(f"{SKOS}ConceptScheme")]
    for name in (f"{SKOS}prefLabel", f"{SKOS}definition"):
        assert sorted(value.language for value in values[name]) == ["en", "fr"]


def test_each_concept_has_its_texts_once_in_each_language() -> None:
    wrong = {
        (iri, name)
        for iri, values in concepts().items()
        for name in TEXTS
        if sorted(value.language for value in values[name]) != ["en", "fr"]
    }
    assert not wrong


def test_texts_are_clean() -> None:
    texts = {
        statement.value.text
        for statements in by_file().values()
        for statement in statements
        if statement.value.literal
    }
    wrong = {
        text
        for text in texts
        if text != unicodedata.normalize("NFC", text).strip()
        or "  " in text
        or any(sign in text for sign in '"\n\t<>\u2019')
    }
    assert not wrong


def test_each_concept_is_in_exactly_one_scheme_that_of_its_name() -> None:
    wrong = {iri for iri in concepts() if links(iri, "inScheme") != {iri.rpartition("/")[0]}}
    assert not wrong


def test_a_concept_is_at_the_top_or_has_exactly_one_broader_concept_of_its_scheme() -> None:
    wrong = set()
    for iri in concepts():
        top, up = links(iri, "topConceptOf"), links(iri, "broader")
        at_top = top == links(iri, "inScheme") and not up
        below = len(up) == 1 and not top and up <= set(concepts())
        same = all(links(parent, "inScheme") == links(iri, "inScheme") for parent in up)
        if not (at_top or below) or not same:
            wrong.add(iri)
    assert not wrong


def test_no_concept_is_broader_than_itself() -> None:
    assert not {iri for iri in concepts() if iri in ancestors(iri)}


def test_no_concept_is_both_related_and_broader() -> None:
    assert not {
        iri
        for iri in concepts()
        for other in links(iri, "related")
        if other in ancestors(iri) or iri in ancestors(other) or other == iri
    }


def test_exact_and_broad_matches_are_apart() -> None:
    wrong = {
        iri
        for iri in concepts()
        if links(iri, "exactMatch")
        & (links(iri, "broadMatch") | links(iri, "narrowMatch") | links(iri, "relatedMatch"))
    }
    assert not wrong


def test_mappings_lead_to_concepts_of_another_scheme() -> None:
    wrong = {
        (iri, other)
        for iri in concepts()
        for name in ("closeMatch", "exactMatch", "broadMatch", "narrowMatch", "relatedMatch")
        for other in links(iri, name)
        if other not in concepts() or links(other, "inScheme") == links(iri, "inScheme")
    }
    assert not wrong


@pytest.mark.parametrize("scheme", CONTRACT)
def test_a_label_is_borne_once_in_a_scheme_and_language(scheme: str) -> None:
    """Preferred, alternative and hidden labels together: that keeps the three apart as well."""
    borne = Counter(
        (statement.value.text.casefold(), statement.value.language)
        for statement in by_file()[scheme]
        if statement.predicate in LABELS and statement.subject != f"{BASE}{scheme}"
    )
    assert not {label for label, times in borne.items() if times > 1}


def test_the_four_levels_are_ordered_by_their_notation() -> None:
    order = {
        iri.rpartition("/")[2]: value.text
        for iri, values in concepts().items()
        if iri.startswith(f"{BASE}level/")
        for value in values[f"{SKOS}notation"]
    }
    assert order == {"national": "1", "regional": "2", "departmental": "3", "local": "4"}


def test_every_role_is_a_role_of_the_organisation_ontology_too() -> None:
    for slug in slugs("role"):
        types = {value.text for value in everything()[f"{BASE}role/{slug}"][RDF_TYPE]}
        assert types == {ORG_ROLE, f"{SKOS}Concept"}, slug


def test_themes_are_close_to_the_descriptors_of_the_model() -> None:
    prefix = f"{BASE}centre-inffo/"
    found = {
        slug: {other.removeprefix(prefix) for other in close}
        for slug in slugs("theme")
        if (close := links(f"{BASE}theme/{slug}", "closeMatch"))
    }
    assert found == CLOSE


def test_the_descriptors_are_the_twelve_printed_ones_with_their_codes() -> None:
    found: dict[str, str | None] = {}
    for slug in slugs("centre-inffo"):
        values = everything()[f"{BASE}centre-inffo/{slug}"]
        (label,) = (v.text for v in values[f"{SKOS}prefLabel"] if v.language == "fr")
        codes = [value.text for value in values[f"{SKOS}notation"]]
        assert codes == ([] if slug == "pole-emploi" else [slug])
        found[label] = codes[0] if codes else None
    assert found == PRINTED


def test_no_concept_points_at_a_record() -> None:
    """The ontology stands without the data: descriptors are tied to records in `data/sources/`."""
    assert {iri for iri, values in concepts().items() if values[FOAF_FOCUS]} == set()
