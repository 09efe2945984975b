"""What `accords show` promises, on a copy of the invented world."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse

from accords import loading
from accords.errors import UnknownName
from accords.names import find_term
from accords.project import Project
from calling import Caller, invented
from laying import ROOT

if TYPE_CHECKING:
    from pathlib import Path

BASE = "https://w3id.org/accords-emploi/"
GOLDEN = BASE + "id/agreement/wld-golden"
PREFIXES = f"""@prefix ae: <{BASE}def#> .
@prefix act: <{BASE}id/actor/> .
@prefix agr: <{BASE}id/agreement/> .
@prefix clm: <{BASE}id/claim/> .
@prefix exc: <{BASE}id/excerpt/> .
@prefix src: <{BASE}id/source/> .
@prefix claim-basis: <{BASE}concept/claim-basis/> .
@prefix claim-rank: <{BASE}concept/claim-rank/> .
@prefix absence-reason: <{BASE}concept/absence-reason/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Caller:
    return Caller(invented(tmp_path), capsys)


def line_of(root: Path, file: str, beginning: str) -> int:
    lines = (root / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith(beginning))


def section(text: str, title: str) -> str:
    """Return the block of an answer that opens with a title."""
    return next(block for block in text.split("\n\n") if block.startswith(title))


# --- which term is meant ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked",
    [
        GOLDEN,
        f"<{GOLDEN}>",
        "agr:wld-golden",
        "AGR:WLD-GOLDEN",
        "wld-golden",
        "Protocole de préfiguration de Hautebrume",
        "PROTOCOLE DE PREFIGURATION DE HAUTEBRUME",
        "Preparatory protocol of Hautebrume",
        "protocole du port",
        "  protocole  du  port ",
    ],
)
def test_an_iri_a_curie_a_label_in_either_language_or_another_name_lead_to_the_record(
    call: Caller, asked: str
) -> None:
    shown = call("show", asked)
    assert shown.code == 0
    assert shown.out.startswith("Protocole de préfiguration de Hautebrume\nagr:wld-golden, accord\n")


def test_the_words_of_a_name_need_no_quotation_marks(call: Caller) -> None:
    assert call("show", "protocole", "du", "port").out == call("show", "protocole du port").out


@pytest.mark.parametrize(
    ("asked", "curie"),
    [("accord", "ae:Agreement"), ("has party", "ae:hasParty"), ("themes", "c:theme")],
)
def test_classes_properties_and_schemes_have_names_too(call: Caller, asked: str, curie: str) -> None:
    assert call("show", asked).out.splitlines()[1].startswith(f"{curie}, ")


def test_persons_sources_and_codes_have_names_too(call: Caller) -> None:
    call.write(
        "data/more.ttl",
        PREFIXES
        + """act:wld-a <http://xmlns.com/foaf/0.1/name> "Ève Œillet" . act:wld-b skos:notation "Z-77" .
        src:wld-c dcterms:title "L’accord d'été"@fr .""",
    )
    assert "act:wld-a" in call("show", "eve oeillet").out
    assert "act:wld-b" in call("show", "z-77").out
    assert "src:wld-c" in call("show", "l'accord d'ete").out


def test_a_name_of_several_things_is_refused_with_the_short_name_and_the_kind_of_each(call: Caller) -> None:
    call.write(
        "data/namesake.ttl",
        PREFIXES + 'act:wld-port a ae:SupportBody ; skos:altLabel "Protocole du Port"@fr .',
    )
    shown = call("show", "protocole du port")
    assert (shown.code, shown.out) == (2, "")
    assert "act:wld-port, agr:wld-golden" in shown.err.splitlines()[0]
    assert "agr:wld-golden  Protocole de préfiguration de Hautebrume, accord" in shown.err
    assert "Preparatory protocol of Hautebrume, agreement" in call("show", "protocole du port", lang="en").err


def test_a_deprecated_record_gives_its_name_up_to_the_one_that_replaces_it(call: Caller) -> None:
    call.write(
        "data/old.ttl",
        PREFIXES + 'agr:wld-old skos:prefLabel "Protocole du port"@fr ; owl:deprecated true .',
    )
    assert "agr:wld-golden," in call("show", "protocole du port").out
    assert "agr:wld-old" in call("show", "agr:wld-old").out


@pytest.mark.parametrize(
    "asked", ["agr:wld-goldn", "Protocole de prefiguration de Hautebrum", "préfiguration"]
)
def test_an_unknown_name_is_refused_with_the_close_ones(call: Caller, asked: str) -> None:
    shown = call("show", asked)
    assert (shown.code, shown.out) == (2, "")
    assert "introuvable" in shown.err
    assert "noms proches : " in shown.err
    assert "agr:wld-golden (Protocole de préfiguration de Hautebrume)" in shown.err


def test_what_is_named_but_nowhere_described_is_refused_with_the_places_that_name_it(call: Caller) -> None:
    call.write(
        "data/lonely.ttl", PREFIXES + "agr:wld-lonely a ae:Agreement ;\n  ae:hasParty act:wld-nobody ."
    )
    shown = call("show", "act:wld-nobody")
    line = 2 + PREFIXES.count("\n")
    assert shown.code == 2
    assert f"cité dans data/lonely.ttl:{line}, mais décrit dans aucun fichier lisible" in shown.err


def test_control_characters_of_what_was_asked_come_back_escaped(call: Caller) -> None:
    assert "\\u202e" in call("show", "x\u202ey\x1b[31m").err
    assert "\x1b" not in call("show", "x\u202ey\x1b[31m").err


def test_the_code_of_a_rule_leads_to_the_command_that_explains_it(call: Caller) -> None:
    shown = call("show", "ag-05")
    assert shown.code == 2
    assert "accords explain AG-05" in shown.err


def test_a_search_can_be_kept_to_some_terms(call: Caller) -> None:
    knowledge = loading.load(Project(call.root))
    source = NamedNode(BASE + "id/source/wld-protocole")
    assert find_term(knowledge, "WLD-Protocole", among=[source]) == source
    with pytest.raises(UnknownName) as refused:
        find_term(knowledge, "agr:wld-golden", among=[source])
    assert all(close.startswith("src:") for close in refused.value.close)


# --- what it is, where it is written -----------------------------------------------------------------------


def test_a_record_opens_with_its_label_its_curie_its_class_and_its_place(call: Caller) -> None:
    file = "data/agreements/wld-golden.ttl"
    place = f"{file}:{line_of(call.root, file, 'agr:wld-golden a')}"
    french, english = call("show", "agr:wld-golden"), call("show", "agr:wld-golden", lang="en")
    assert french.out.splitlines()[:3] == [
        "Protocole de préfiguration de Hautebrume",
        "agr:wld-golden, accord",
        f"Écrit dans {place}",
    ]
    assert english.out.splitlines()[:3] == [
        "Preparatory protocol of Hautebrume",
        "agr:wld-golden, agreement",
        f"Written in {place}",
    ]


def test_a_record_spread_over_several_files_shows_each_of_them_and_all_that_they_say(call: Caller) -> None:
    call.write("data/more.ttl", PREFIXES + '\nagr:wld-golden skos:altLabel "pacte du phare"@fr .')
    shown = call("show", "agr:wld-golden").out
    assert "Écrit dans data/agreements/wld-golden.ttl:" in shown
    assert f"Écrit dans data/more.ttl:{PREFIXES.count(chr(10)) + 2}" in shown
    assert "pacte du phare" in section(shown, "Identification")
    assert "protocole du port" in section(shown, "Identification")


def test_what_is_deprecated_says_so_with_its_replacement_and_the_reason(call: Caller) -> None:
    call.write(
        "data/old.ttl",
        PREFIXES
        + """agr:wld-old a ae:Agreement ; skos:prefLabel "Vieux pacte"@fr ; owl:deprecated true ;
        dcterms:isReplacedBy agr:wld-golden ; skos:changeNote "Fiche en double."@fr , "A duplicate."@en .""",
    )
    assert (
        "À ne plus employer ; remplacé par : Protocole de préfiguration de Hautebrume (agr:wld-golden)\n"
        "  Fiche en double.\n"
    ) in call("show", "agr:wld-old").out
    english = call("show", "agr:wld-old", lang="en").out
    assert "Deprecated; replaced by: Preparatory protocol of Hautebrume (agr:wld-golden)" in english
    assert "A duplicate." in english
    assert "Fiche en double." not in english


def test_what_is_still_to_be_used_shows_its_change_note_among_its_properties(call: Caller) -> None:
    call.write("data/more.ttl", PREFIXES + 'agr:wld-golden skos:changeNote "Relu en mai."@fr .')
    shown = call("show", "agr:wld-golden").out
    assert "À ne plus employer" not in shown
    assert "Relu en mai." in section(shown, "Autres propriétés")


# --- its properties ---------------------------------------------------------------------------------------


def test_properties_stand_in_the_order_and_under_the_names_and_groups_of_the_form(call: Caller) -> None:
    shown = call("show", "agr:wld-golden").out
    wanted = [
        "\nIdentification\n",
        "  Titre ",
        "  Autres noms ",
        "  Type d'accord ",
        "  Statut de l'accord ",
        "\nParties et publics\n",
        "  Parties ",
        "\nCalendrier\n",
        "\nTerritoire\n",
        "\nExtraits cités\n",
    ]
    places = [shown.index(words) for words in wanted]
    assert places == sorted(places)


def test_the_form_of_an_upper_class_serves_its_subclasses(call: Caller) -> None:
    identification = section(call("show", "act:wld-agence").out, "Identification")
    assert "  Type d'acteur " in identification


def test_what_no_form_asks_for_comes_last_under_its_own_name(call: Caller) -> None:
    call.write("data/more.ttl", PREFIXES + "agr:wld-golden rdfs:seeAlso <http://example.org/page> .")
    shown = call("show", "agr:wld-golden").out
    assert section(shown, "Autres propriétés") == (
        "Autres propriétés\n  Voir aussi  <http://example.org/page>"
    )
    assert shown.index("Autres propriétés") > shown.index("Territoires couverts")


def test_a_value_has_its_label_and_its_curie_and_a_text_of_another_language_says_which(call: Caller) -> None:
    english = call("show", "agr:wld-golden", lang="en").out
    assert "Region of Hautebrume (act:wld-region-hautebrume)" in english
    assert "Protocole de préfiguration de Hautebrume (fr)" in english
    assert "Preparatory protocol of Hautebrume\n" in english
    assert "Preparatory protocol of Hautebrume (en)" not in english


def test_a_thing_without_a_label_is_shown_by_its_curie_and_the_name_of_its_class(call: Caller) -> None:
    call.write(
        "data/more.ttl",
        PREFIXES + "agr:wld-golden ae:hasParty act:wld-unnamed . act:wld-unnamed a ae:SupportBody .",
    )
    assert "act:wld-unnamed (organisme ressource)" in call("show", "agr:wld-golden").out


# --- its evidence -----------------------------------------------------------------------------------------


def test_each_excerpt_shows_its_words_under_its_source(call: Caller) -> None:
    cited = section(call("show", "agr:wld-golden").out, "Extraits cités")
    head, _, rest = cited.partition("    exc:wld-golden-periode  ")
    assert "(src:wld-protocole)" in head
    line = line_of(call.root, "data/agreements/wld-golden.ttl", "exc:wld-golden-periode")
    assert rest.startswith(f"data/agreements/wld-golden.ttl:{line}\n")
    assert "« Le protocole s'applique du 1er juillet 2022 »" in rest
    assert "« rapport de la mission de préfiguration »" in rest.replace("\n        ", " ")


def test_the_words_before_a_passage_are_shown_where_the_excerpt_has_them(call: Caller) -> None:
    call.write(
        "data/more.ttl",
        PREFIXES
        + """exc:wld-more a ae:Excerpt ; ae:excerptOf src:wld-debat ; ae:quote "les mêmes mots"@fr ;
        ae:quotePrefix "juste avant" . agr:wld-golden ae:supportedBy exc:wld-more .""",
    )
    assert "« les mêmes mots », après « juste avant »" in call("show", "agr:wld-golden").out
    assert "“les mêmes mots”, after “juste avant”" in call("show", "agr:wld-golden", lang="en").out


def test_a_claim_shows_its_property_value_basis_rank_excerpt_note_and_place(call: Caller) -> None:
    claims = section(call("show", "agr:wld-golden").out, "Assertions")
    file = "data/agreements/wld-golden.ttl"
    line = line_of(call.root, file, "clm:wld-golden-party-rectorat")
    shown = " ".join(claims.partition("act:wld-rectorat-hautebrume")[2].split()).partition(" Parties :")[0]
    assert shown.startswith(
        f") déduite, secondaire ; exc:wld-protocole-rectorat ; clm:wld-golden-party-rectorat {file}:{line} "
        "Le rectorat apporte son concours"
    )


def test_the_claims_of_a_property_stand_together_the_preferred_ones_before_their_rivals(
    call: Caller,
) -> None:
    claims = section(call("show", "agr:wld-golden").out, "Assertions")
    names = ("party-agence", "party-etat", "party-region", "party-rectorat", "start", "end")
    places = [claims.index(f"clm:wld-golden-{name}") for name in names]
    assert places == sorted(places)


def test_a_note_comes_in_the_readers_language_and_in_the_other_when_there_is_none(call: Caller) -> None:
    call.write(
        "data/more.ttl",
        PREFIXES
        + """clm:wld-one a ae:Claim ; ae:claimAbout agr:wld-golden ; ae:claimProperty ae:theme ;
        ae:claimBasis claim-basis:editorial ; ae:claimRank claim-rank:preferred ;
        skos:editorialNote "Mot français."@fr , "English word."@en .
        clm:wld-two a ae:Claim ; ae:claimAbout agr:wld-golden ; ae:claimProperty ae:theme ;
        ae:claimBasis claim-basis:editorial ; ae:claimRank claim-rank:preferred ;
        skos:editorialNote "Français seulement."@fr .""",
    )
    english = call("show", "agr:wld-golden", lang="en").out
    assert "English word." in english
    assert "Mot français." not in english
    assert "Français seulement. (fr)" in english
    assert "editorial, preferred" in english


def test_what_the_sources_do_not_say_stands_apart_with_the_reason(call: Caller) -> None:
    call.write(
        "data/more.ttl",
        PREFIXES
        + """clm:wld-none a ae:Claim ; ae:claimAbout agr:wld-golden ; ae:claimProperty ae:declaredDuration ;
        ae:absenceReason absence-reason:not-stated ; ae:claimBasis claim-basis:editorial ;
        ae:claimRank claim-rank:preferred ; skos:editorialNote "Aucune durée dans le texte."@fr .""",
    )
    shown = call("show", "agr:wld-golden").out
    absent = section(shown, "Non enregistré, et pourquoi")
    assert "Durée déclarée : non dit par la source" in absent
    assert "Aucune durée dans le texte." in absent
    assert "Durée déclarée" not in section(shown, "Assertions")


def test_an_excerpt_says_how_to_read_the_whole_passage(call: Caller) -> None:
    assert "accords evidence show exc:wld-golden-periode" in call("show", "exc:wld-golden-periode").out
    assert "accords evidence show" not in call("show", "agr:wld-golden").out


# --- what refers to it -------------------------------------------------------------------------------------


def crowd(call: Caller, count: int) -> None:
    """Add agreements that have the agency as a party."""
    blocks = [f"agr:wld-crowd-{n:02} a ae:Agreement ; ae:hasParty act:wld-agence ." for n in range(count)]
    call.write("data/crowd.ttl", PREFIXES + "\n".join(blocks))


def test_what_refers_to_it_is_counted_by_property_and_cut_with_the_number_left_out(call: Caller) -> None:
    crowd(call, 30)
    whole = call("show", "act:wld-agence", "--most", "0").out
    total = whole.partition("Accords dont l'acteur est partie (ae:hasParty) : ")[2].partition("\n")[0]
    assert int(total) >= 31
    assert whole.count("agr:wld-crowd-") == 30
    cut = call("show", "act:wld-agence", "--most", "4").out
    assert f"Accords dont l'acteur est partie (ae:hasParty) : {total}\n" in cut
    listed = cut.partition("(ae:hasParty) : ")[2].partition("    … et ")[0]
    assert len(listed.splitlines()) == 5  # the number, then four things
    assert f"… et {int(total) - 4} de plus (tout lister : --most 0)" in cut
    english = call("show", "act:wld-agence", "--most", "4", lang="en").out
    assert f"… and {int(total) - 4} more (list all: --most 0)" in english


def test_claims_about_a_record_are_not_listed_a_second_time_among_what_refers_to_it(call: Caller) -> None:
    shown = call("show", "agr:wld-golden").out
    assert shown.count("clm:wld-golden-start") == 1
    assert "ae:claimAbout" not in shown


def test_a_record_that_nothing_refers_to_says_so(call: Caller) -> None:
    assert "Rien n'y renvoie" in call("show", "clm:wld-golden-start").out
    assert "Nothing refers to it" in call("show", "clm:wld-golden-start", lang="en").out


# --- terms of the ontology and concepts ---------------------------------------------------------------------


def test_a_class_shows_definition_notes_superclasses_and_how_many_records_it_has(call: Caller) -> None:
    shown = call("show", "ae:PublicBody").out
    assert shown.startswith("organisme public\nae:PublicBody, classe\nÉcrit dans ontology/actors.ttl:")
    assert "Acteur relevant du secteur public" in shown
    assert "Actor that belongs" not in shown
    above = section(shown, "Sous-classe de, du plus proche au plus large").splitlines()[1:]
    assert above.index("  acteur (ae:Actor)") < above.index("  ressource étayée (ae:EvidencedResource)")
    files = "".join(path.read_text(encoding="utf-8") for path in (call.root / "data").rglob("*.ttl"))
    operators = files.count(" a ae:PublicOperator ")
    assert operators > 1
    assert f"  {operators}  opérateur public (ae:PublicOperator)" in section(shown, "Emploi : ")
    assert "Used by: " in call("show", "ae:PublicBody", lang="en").out


def test_a_property_shows_where_it_goes_from_and_to_and_which_classes_use_it(call: Caller) -> None:
    crowd(call, 3)
    shown = call("show", "ae:hasParty").out
    assert "Relie un accord à un acteur" in shown
    assert "accord (ae:Agreement)" in shown
    used = section(shown, "Emploi : ")
    files = "".join(path.read_text(encoding="utf-8") for path in (call.root / "data").rglob("*.ttl"))
    count = files.count("ae:hasParty act:")
    assert used == f"Emploi : {count} fiches\n  {count}  accord (ae:Agreement)"


def test_a_concept_shows_what_is_above_and_below_it_and_how_many_records_use_it(call: Caller) -> None:
    blocks = [f"agr:wld-new-{n} a ae:Agreement ; ae:theme <{BASE}concept/theme/{slug}> ." for n, slug in
              enumerate(("zinc", "zinc", "brass"))]  # fmt: skip
    call.write(
        "data/more.ttl",
        PREFIXES
        + f"""<{BASE}concept/theme/metal> a skos:Concept ; skos:prefLabel "métal"@fr ;
        skos:definition "Ce qui sonne."@fr ; skos:scopeNote "À prendre rarement."@fr .
        <{BASE}concept/theme/zinc> a skos:Concept ; skos:prefLabel "zinc"@fr ;
        skos:broader <{BASE}concept/theme/metal> .
        <{BASE}concept/theme/brass> a skos:Concept ; skos:broader <{BASE}concept/theme/zinc> .
        clm:wld-said a ae:Claim ; ae:claimAbout agr:wld-new-0 ; ae:claimValue <{BASE}concept/theme/zinc> .
        """
        + "\n".join(blocks),
    )
    metal = call("show", "métal").out
    assert "Ce qui sonne." in metal
    assert "À prendre rarement." in metal
    assert "Concepts plus précis : 1\n    zinc (theme:zinc)" in metal
    assert "Emploi : 0 fiche ; 3 avec ce qui est plus précis" in metal
    zinc = call("show", "zinc").out
    assert "métal (theme:metal)" in section(zinc, "Contenu")
    assert "Emploi : 2 fiches ; 3 avec ce qui est plus précis" in zinc


# --- hostile text, broken files, formats -----------------------------------------------------------------------

HOSTILE = "a\u202eb\u0085c\u200bd\x1b[31m"


def hostile(call: Caller) -> None:
    escaped = HOSTILE.replace("\x1b", "\\u001B")
    call.write(
        "data/hostile.ttl",
        PREFIXES
        + f"""agr:wld-hostile a ae:Agreement ; skos:prefLabel "{escaped}"@fr ; ae:supportedBy exc:wld-hostile ;
        rdfs:seeAlso <http://example.org/\u202e> . agr:wld-golden ae:succeeds agr:wld-hostile .
        exc:wld-hostile a ae:Excerpt ; ae:quote "{escaped}"@fr ; ae:excerptOf <http://example.org/\u202e> .""",
    )


@pytest.mark.parametrize("form", ["text", "json", "ttl"])
@pytest.mark.parametrize("asked", ["agr:wld-hostile", "agr:wld-golden", "exc:wld-hostile"])
def test_control_and_bidirectional_characters_are_escaped_in_every_format(
    call: Caller, asked: str, form: str
) -> None:
    hostile(call)
    shown = call("show", asked, "--format", form)
    assert shown.code == 0
    assert not set(shown.out) & {"\u202e", "\u0085", "\u200b", "\x1b"}
    if form != "ttl" or asked != "agr:wld-golden":
        assert "\\u202e" in shown.out.replace("\\U0000202E", "\\u202e")


def test_json_and_turtle_read_back_as_the_very_text_that_was_escaped(call: Caller) -> None:
    hostile(call)
    told = json.loads(call("show", "agr:wld-hostile", "--format", "json").out)
    assert told["label"]["fr"] == HOSTILE
    assert triples_of(call, "agr:wld-hostile") == triples_in(
        call, {"agreement/wld-hostile", "excerpt/wld-hostile"}
    )


def test_files_that_do_not_parse_are_counted_on_stderr_and_the_rest_is_shown(call: Caller) -> None:
    call.write("data/broken.ttl", "agr:x a")
    shown = call("show", "agr:wld-golden")
    assert shown.code == 0
    assert shown.out.startswith("Protocole de préfiguration de Hautebrume\n")
    assert "1 fichier n'a pas pu être lu : " in shown.err
    call.write("data/worse.ttl", "}{")
    assert "2 files could not be read" in call("show", "agr:wld-golden", lang="en").err
    assert call("show", "agr:wld-golden").err.count("\n") == 1


def test_a_name_not_found_while_files_are_unreadable_says_both(call: Caller) -> None:
    call.write("data/broken.ttl", "agr:x a")
    shown = call("show", "agr:x")
    assert shown.code == 2
    assert "1 fichier n'a pas pu être lu" in shown.err
    assert "introuvable" in shown.err


def triples_of(call: Caller, asked: str) -> set[Triple]:
    """Return what the Turtle of an answer says."""
    written = call("show", asked, "--format", "ttl").out
    return {Triple(q.subject, q.predicate, q.object) for q in parse(written, format=RdfFormat.TURTLE)}


def triples_in(call: Caller, slugs: set[str]) -> set[Triple]:
    """Return what the project says of some records."""
    subjects = {NamedNode(f"{BASE}id/{slug}") for slug in slugs}
    knowledge = loading.load(Project(call.root))
    return {t for document in knowledge.documents for t in document.triples if t.subject in subjects}


def test_turtle_holds_the_record_with_its_claims_and_excerpts_and_nothing_else(call: Caller) -> None:
    said = triples_of(call, "act:wld-agence")
    subjects = {triple.subject for triple in said}
    assert said == triples_in(
        call,
        {
            "actor/wld-agence",
            "claim/wld-siren-agence",
            "excerpt/wld-protocole-parties",
            "excerpt/wld-repertoire-agence",
        },
    )
    assert len(subjects) == 4


def test_turtle_is_written_in_the_house_style_with_only_the_prefixes_it_uses(call: Caller) -> None:
    written = call("show", "agr:wld-golden", "--format", "ttl").out
    head, *blocks = written.rstrip("\n").split("\n\n")
    prefixes = [line.split()[1] for line in head.splitlines()]
    assert prefixes == sorted(prefixes)
    body = "\n".join(blocks)
    assert all(f" {prefix}" in body or f"^^{prefix}" in body or body.startswith(prefix)
               or f"\n{prefix}" in body for prefix in prefixes)  # fmt: skip
    assert blocks[0].startswith("agr:wld-golden a ae:Agreement ;\n  skos:prefLabel ")
    assert all(block.endswith(" .") for block in blocks)


def test_turtle_keeps_blank_nodes_together(call: Caller) -> None:
    call.write(
        "data/more.ttl",
        PREFIXES
        + 'act:wld-odd a ae:Actor ; rdfs:seeAlso [ rdfs:label "un" ; rdfs:seeAlso [ rdfs:label 7 ] ] .',
    )
    said = triples_of(call, "act:wld-odd")
    assert len(said) == 5
    assert sum(isinstance(triple.subject, BlankNode) for triple in said) == 3
    assert call("show", "act:wld-odd", "--format", "ttl") == call("show", "act:wld-odd", "--format", "ttl")


def test_json_is_the_same_in_both_languages_and_never_cut(call: Caller) -> None:
    crowd(call, 30)
    french = call("show", "act:wld-agence", "--format", "json", "--most", "2")
    assert french.out == call("show", "act:wld-agence", "--format", "json", lang="en").out
    told = json.loads(french.out)
    links = next(link for link in told["links"] if link["property"]["curie"] == "ae:hasParty")
    assert len(links["things"]) == links["count"] > 30
    assert told["iri"] == BASE + "id/actor/wld-agence"
    assert told["label"] == {"fr": "Agence valdorienne de placement", "en": "Valdorian placement agency"}
    assert told["written"][0]["file"] == "data/actors/operators.ttl"
    claim = next(c for c in told["claims"] if c["curie"] == "clm:wld-siren-agence")
    assert claim["property"]["curie"] == "ae:siren"
    assert claim["values"][0]["text"] == "999000102"
    assert [basis["curie"] for basis in claim["basis"]] == ["claim-basis:external-register"]
    assert [excerpt["curie"] for excerpt in claim["excerpts"]] == ["exc:wld-repertoire-agence"]


def test_nothing_heavy_is_imported() -> None:
    program = (
        "import sys\nfrom accords import cli\n"
        "try:\n    cli.run(['show', 'ae:Agreement'])\n"
        "except SystemExit as left:\n"
        "    print(left.code, sorted({'rdflib', 'pyshacl', 'networkx', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.splitlines()[-1] == "0 []"


def test_every_record_of_the_shipped_data_can_be_shown(capsys: pytest.CaptureFixture[str]) -> None:
    knowledge = loading.load(Project(ROOT))
    terms = [t for t in knowledge.homes if isinstance(t, NamedNode) and t.value.startswith(BASE)]
    chosen = terms[:: max(len(terms) // 12, 1)]
    for term in chosen:
        for lang in ("fr", "en"):
            shown = Caller(ROOT, capsys)("show", term.value, lang=lang)
            assert shown.code == 0
            assert knowledge.prefixes.show(term) in shown.out
