"""What `accords new` writes passes the check once its required fields are filled, whatever the kind of record."""

from __future__ import annotations

import functools
import itertools
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from accords import kinds, loading
from accords.authoring import Author, Draft
from accords.fieldnames import Given
from accords.filling import Filling
from accords.render.skeleton import Skeletons
from laying import PROJECT, report_on, world

if TYPE_CHECKING:
    from accords.kinds import Kind, Slot
    from accords.loading import Document


@functools.cache
def known() -> kinds.Kinds:
    return kinds.of(world(), shapes()[0])


@functools.cache
def shapes() -> tuple[tuple[Document, ...], tuple[loading.FileProblem, ...]]:
    return loading.load_shapes(PROJECT)


KINDS = [kind for kind in known().all if not kind.narrower]
# Values that must go with one another: the rest is the first that the form offers.
CHOSEN: dict[str, dict[str, list[str]]] = {
    "actor": {"actorType": ["employment-field-actor"]},
    "authority-grouping": {"actorType": ["actor-type:intermunicipality"]},
    "consular-chamber": {"actorType": ["actor-type:consular-chamber"], "jurisdiction": ["Sarcelle"]},
    "joint-body": {"actorType": ["actor-type:joint-body"]},
    "operator-branch": {"actorType": ["actor-type:operator-branch"], "jurisdiction": ["Hautebrume"]},
    "public-body": {"actorType": ["actor-type:state-mission"]},
    "public-operator": {"actorType": ["actor-type:employment-operator"]},
    "social-partner": {"actorType": ["actor-type:social-partner"]},
    "state-service": {"actorType": ["actor-type:ministry"]},
    "support-body": {"actorType": ["actor-type:support-body"]},
    "territorial-authority": {"actorType": ["region"], "jurisdiction": ["Hautebrume"]},
    "committee": {"level": ["level:departmental"], "jurisdiction": ["Sarcelle"], "committeeType": ["crefop"]},
    "post": {"role": ["role:ministre-travail"], "supportedBy": ["exc:wld-protocole-signature"]},
    "agreement": {"agreementType": ["accord-cadre"], "agreementStatus": ["annoncé"]},
    "commitment": {
        "underAxis": ["axe:wld-golden-1"],
        "prefLabel": ["Essayer une fiche neuve", "Try a new record"],
        "responsibleActor": ["act:wld-etat"],
    },
    "change": {"originalOrganization": ["act:wld-agence"], "resultingOrganization": ["act:wld-office"]},
    "count": {"countedIn": ["agr:wld-golden"], "countedKind": ["count-kind:axes"], "declaredValue": ["2"]},
    "signature-event": {"concernsAgreement": ["agr:wld-chambre-2027"], "eventPlace": ["Sarcelle"]},
    "signature": {
        "partOfSignature": ["evt:wld-golden-signature"],
        "signedInCapacity": ["post:wld-premier-ministre"],
        "onBehalfOf": ["act:wld-etat"],
    },
    "source": {"publisher": ["act:wld-etat"], "issued": ["12/05/2026"]},
    "excerpt": {"excerptOf": ["src:wld-rapport"], "quote": ["Il porte sur deux axes au moins"]},
    "claim": {
        "claimAbout": ["agr:wld-golden"],
        "claimProperty": ["ae:hasParty"],
        "claimValue": ["act:wld-etat"],
    },
}
# What is said of a record that stands alone, nothing being wrong with it.
UNUSED = {kind.code: {("AC-07", "note")} for kind in KINDS if kind.prefix == "act"}
ACCEPTED: dict[str, set[tuple[str, str]]] = {
    **UNUSED,
    "agreement": {("AG-13", "note")},
    "framework": {("RF-01", "note")},
    "excerpt": {("EV-07", "note")},
}


def typed(kind: Kind, slot: Slot) -> list[Given]:
    """Return fitting values of a slot, as a person would type them."""
    chosen = CHOSEN.get(kind.code, {}).get(slot.code)
    if chosen is not None:
        languages = ("fr", "en") if slot.demand.tagged else ("",)
        return [
            Given(slot.code, one, language)
            for one, language in zip(chosen, itertools.cycle(languages), strict=False)
        ]
    demand = slot.demand
    if demand.scheme is not None or demand.classes:
        offered = Filling(known()).choices(slot)
        return [Given(slot.code, one.curie) for one in itertools.islice(offered, max(demand.least, 1))]
    if demand.tagged:
        return [
            Given(slot.code, f"Essai : {kind.words.fr}", "fr"),
            Given(slot.code, f"Trial: {kind.words.en}", "en"),
        ][: slot.most]
    if demand.datatypes:
        return [Given(slot.code, "2026" if "date" in slot.code.lower() else "3")]
    return [Given(slot.code, "Essai du test")]


def filled(kind: Kind) -> Draft:
    """Return a record of which the required fields are filled, and nothing else."""
    rows = [
        row
        for slot in kind.slots
        if slot.demand.least
        or any(slot.path == group[0] for group in kind.alternatives)
        or slot.code in CHOSEN.get(kind.code, {})
        for row in typed(kind, slot)
    ]
    return Author(Filling(known())).draft(kind, rows, f"wld-essai-{kind.code}")


@functools.cache
def findings() -> dict[str, set[tuple[str, str]]]:
    """Return what the check says of a filled record of each kind, all laid over the world."""
    knowledge = world()
    blocks = [Skeletons(Filling(known()), "fr").blocks(filled(kind)) for kind in KINDS]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "new.ttl"
        path.write_text(knowledge.prefixes.declarations() + "".join(blocks), encoding="utf-8")
        document, problems = loading.read(path, "new.ttl")
        assert problems == ()
        assert document is not None
        report = report_on(replace(knowledge, data=(*knowledge.data, document)), shapes())
    found: dict[str, set[tuple[str, str]]] = {}
    for one in report.findings:
        found.setdefault(one.focus or "", set()).add((one.code, one.severity.value))
    return found


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_record_with_its_required_fields_passes(kind: Kind) -> None:
    said = findings().get(f"{kind.prefix}:wld-essai-{kind.code}", set())
    assert said == ACCEPTED.get(kind.code, set())
