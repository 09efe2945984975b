"""What a steward types for a new record: kinds and fields by any of their names, all mistakes at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from accords import kinds, loading
from accords.errors import RequestError
from accords.names import folded
from laying import PROJECT, world

if TYPE_CHECKING:
    from accords.kinds import Kind
    from calling import Caller

KNOWN = kinds.of(world(), loading.load_shapes(PROJECT)[0])
ALL = [kind for kind in KNOWN.all if not kind.narrower]
GOLDEN = ("claimAbout=agr:wld-golden", "--bare")


# --- kinds -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.code)
def test_a_kind_goes_by_its_name_in_either_language_with_or_without_accents(kind: Kind) -> None:
    for name in (*kind.words, kind.code):
        for typed in (name, name.upper(), folded(name)):
            assert KNOWN.find(typed) == kind


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("comité", "committee"),
        ("comites", "committee"),
        ("Comités de gouvernance", "committee"),
        ("accords", "agreement"),
        ("axes", "axis"),
        ("engagements", "commitment"),
        ("partenaires sociaux", "social-partner"),
        ("territoires", "territory"),
        ("territories", "territory"),
        ("social partners", "social-partner"),
        ("actes de signature", "signature"),
        ("chambre", "consular-chamber"),
        ("référentiels", "framework"),
        ("service", "state-service"),
    ],
)
def test_a_kind_goes_by_its_plural_and_by_the_word_that_it_alone_begins_with(typed: str, code: str) -> None:
    assert KNOWN.find(typed).code == code


@pytest.mark.parametrize("typed", ["événement", "Évènements", "evenement", "event", "events"])
def test_a_word_that_is_too_wide_names_the_kinds_that_will_do(typed: str) -> None:
    with pytest.raises(RequestError, match="n'est pas assez précis") as refused:
        KNOWN.find(typed)
    assert refused.value.hint is not None
    assert "signature-event (cérémonie de signature)" in refused.value.hint.fr


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("organisme", "joint-body (organisme paritaire), public-body (organisme public)"),
        ("acord", "agreement (accord)"),
        ("engagemnt", "commitment (engagement)"),
        ("région", "c'est une valeur de « Type d'acteur » : accords new actor actorType=\"région\""),
        ("convention tripartite", "« Type d'accord » : accords new agreement"),
    ],
)
def test_a_word_that_is_no_kind_brings_what_was_perhaps_meant(call: Caller, typed: str, said: str) -> None:
    refused = call("new", typed)
    assert refused.code == 2
    assert said in refused.err


def test_what_is_advised_for_a_type_works(call: Caller) -> None:
    assert "ae:actorType actor-type:region" in call("new", "actor", "actorType=région", "--bare").out


# --- fields ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["titre", "Intitulé", "libellé", "libelle", "nom", "title", "label", "name"])
@pytest.mark.parametrize("kind", ["axis", "actor", "agreement", "person", "source", "framework", "territory"])
def test_any_word_for_a_label_means_the_label_of_the_kind(call: Caller, kind: str, word: str) -> None:
    made = call("new", kind, f"{word}=Essai du port", "--bare", "--id", "wld-essai")
    label = {"person": "foaf:name", "source": "dcterms:title"}.get(kind, "skos:prefLabel")
    assert f'  {label} "Essai du port"' in made.out


def test_a_field_that_bears_such_a_name_keeps_it() -> None:
    names = {tuple(slot.field.name) for kind in ALL for slot in kind.slots if slot.code == "prefLabel"}
    assert ("Titre", "Title") in names
    assert ("Nom", "Name") in names


def test_fields_may_follow_the_kind_without_an_option(call: Caller) -> None:
    bare = call("new", "axe", "accord=agr:wld-golden", "position=7", "--bare").out
    assert bare == call("new", "axe", "--set", "accord=agr:wld-golden", "--set", "position=7", "--bare").out
    assert "ae:position 7" in bare


def test_a_text_without_a_language_is_french_and_a_reader_of_english_is_told(call: Caller) -> None:
    told = call("new", "axis", "title=Harbour", "position=7", "--bare", lang="en")
    assert 'skos:prefLabel "Harbour"@fr' in told.out
    assert told.err == "accords: written as French: title (in English: title@en=…)\n"
    assert call("new", "axis", "title@en=Harbour", "--bare", lang="en").err == ""
    assert call("new", "axis", "titre=Port", "--bare").err == ""


def test_a_label_takes_one_text_a_language_and_another_name_several(call: Caller) -> None:
    refused = call("new", "accord", "titre=Un", "titre=Deux")
    assert refused.code == 2
    assert "Titre : « Deux » ne convient pas ; attendu : un seul texte par langue" in refused.err
    made = call("new", "accord", "titre=Un", "titre@en=One", "autres noms=A", "autres noms=B", "--bare").out
    assert 'skos:prefLabel "Un"@fr , "One"@en' in made
    assert 'skos:altLabel "A"@fr , "B"@fr' in made


def test_a_label_stays_on_one_line(call: Caller) -> None:
    refused = call("new", "accord", "titre=Un\nDeux")
    assert refused.code == 2
    assert "un texte sur une seule ligne" in refused.err


def test_a_label_typed_as_a_short_name_brings_the_right_one(call: Caller) -> None:
    refused = call("new", "axe", "thème=theme:formation")
    assert re.search(r"noms proches : theme:training \(formation professionnelle\)", refused.err)
    refused = call("new", "accord", "type=agreement-type:cadre")
    assert "noms proches : agreement-type:framework-agreement (accord-cadre)" in refused.err


# --- claims ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["parties", "Parties", "ae:hasParty", "hasParty"])
def test_the_property_of_a_claim_goes_by_the_names_of_the_form(call: Caller, typed: str) -> None:
    made = call("new", "claim", f"claimProperty={typed}", "claimValue=État de Valdorie", *GOLDEN).out
    assert "ae:claimProperty ae:hasParty" in made
    assert "ae:claimValue act:wld-etat" in made


@pytest.mark.parametrize(
    ("about", "typed", "written"),
    [
        ("src:wld-rapport", "éditeur", "dcterms:publisher"),
        ("src:wld-rapport", "publisher", "dcterms:publisher"),
        ("src:wld-rapport", "titre", "dcterms:title"),
        ("agr:wld-golden", "titre", "skos:prefLabel"),
        ("agr:wld-golden", "start date", "ae:startDate"),
        ("agr:wld-golden", "début", "ae:startDate"),
    ],
)
def test_the_form_is_that_of_what_the_claim_is_about(
    call: Caller, about: str, typed: str, written: str
) -> None:
    made = call("new", "claim", f"claimAbout={about}", f"propriété={typed}", "--bare")
    assert f"ae:claimProperty {written}" in made.out


def test_a_property_that_the_form_does_not_have_brings_those_that_it_has(call: Caller) -> None:
    refused = call("new", "claim", "propriété=couleur", *GOLDEN)
    assert refused.code == 2
    assert "champ de « accord » introuvable : couleur" in refused.err
    assert "Parties" in refused.err


def test_without_a_record_a_name_of_two_properties_is_refused_with_both(call: Caller) -> None:
    refused = call("new", "claim", "propriété=nom", "--bare")
    assert refused.code == 2
    assert "skos:prefLabel, foaf:name" in refused.err
    assert "dcterms:publisher" in call("new", "claim", "propriété=éditeur", "--bare").out


# --- mistakes ----------------------------------------------------------------------------------------------

WRONG = ("couleur=bleu", "position=deux", "thème=theme:formation", "sans valeur", "--id", "Été")


def test_all_mistakes_of_a_call_are_told_together(call: Caller) -> None:
    refused = call("new", "axe", "accord=agr:wld-golden", *WRONG)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith("accords: 5 erreurs\n  1. ")
    for said in ("« sans valeur »", "couleur", "« deux »", "theme:formation", "« Été »"):
        assert refused.err.count(said) >= 1, said
    assert "accords: 5 mistakes\n" in call("new", "axis", *WRONG, lang="en").err


def test_one_mistake_is_told_as_it_is(call: Caller) -> None:
    refused = call("new", "axe", "position=deux")
    assert refused.err.startswith("accords: Position : « deux » ne convient pas")


def test_mistakes_of_a_small_file_are_told_with_their_lines(call: Caller) -> None:
    path = call.root / "a.yaml"
    path.write_text("titre: A\ncouleur: bleu\ndébut: 2026-02-30\nparties: [x, y]\n", encoding="utf-8")
    refused = call("new", "accord", "--from", str(path), "rang=deux")
    assert "accords: 5 erreurs" in refused.err
    for place in ("a.yaml:2 : champ", "a.yaml:3 : Date de début", "a.yaml:4 : valeur de « Parties »"):
        assert place in refused.err
    assert refused.err.count("au choix : act:") == 1  # the same advice once


def test_what_depends_on_a_mistake_is_no_mistake_of_its_own(call: Caller) -> None:
    refused = call("new", "claim", "claimAbout=agr:wld-nulle-part", "propriété=parties", "valeur=x")
    assert refused.err.startswith("accords: Porte sur : « agr:wld-nulle-part » ne convient pas")


# --- places ------------------------------------------------------------------------------------------------


def test_a_territory_goes_among_those_of_its_level(call: Caller) -> None:
    made = call("new", "territoire", "nom=Belle-Rade", "niveau=communal", "--bare", "--write")
    assert "data/territories/places.ttl" in made.out
    made = call("new", "territoire", "nom=Rade", "niveau=départemental", "--bare", "--write")
    assert "data/territories/departements.ttl" in made.out


def test_a_file_that_a_program_writes_is_no_place(call: Caller) -> None:
    for name in ("departements", "regions", "france"):
        path = call.root / f"data/territories/{name}.ttl"
        first = "# The register. Written by data/territories/generate.py: change the script, not this file.\n"
        path.write_text(first + path.read_text(encoding="utf-8"), encoding="utf-8")
    refused = call("new", "territoire", "nom=Rade", "niveau=départemental", "--write")
    assert refused.code == 2
    assert "data/territories/departements.ttl est écrit par data/territories/generate.py" in refused.err
    made = call("new", "territoire", "nom=Rade", "--bare", "--write")
    assert "ter:rade dans data/territories/places.ttl" in made.out


def test_a_place_is_named_by_its_code_as_those_of_its_level(call: Caller) -> None:
    call.write(
        "data/territories/autres.ttl",
        "@prefix ae: <https://w3id.org/accords-emploi/def#> .\n"
        "@prefix level: <https://w3id.org/accords-emploi/concept/level/> .\n"
        "@prefix ter: <https://w3id.org/accords-emploi/id/territory/> .\n"
        'ter:commune-99901 a ae:Territory ; ae:level level:municipal ; ae:inseeCode "99901" .\n',
    )
    typed = ("new", "territoire", "nom=Belle-Rade", "code Insee=99902", "--bare")
    assert "ter:commune-99902 a" in call(*typed, "niveau=communal").out
    assert "ter:belle-rade a" in call(*typed, "niveau=régional").out
