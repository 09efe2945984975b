"""What findings say: close names, advice that fits the message, one cause said once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from laying import WORLD

if TYPE_CHECKING:
    from calling import Caller

PREFIXES = """@prefix ae: <https://w3id.org/accords-emploi/def#> .
@prefix act: <https://w3id.org/accords-emploi/id/actor/> .
@prefix agr: <https://w3id.org/accords-emploi/id/agreement/> .
@prefix axe: <https://w3id.org/accords-emploi/id/axis/> .
@prefix evt: <https://w3id.org/accords-emploi/id/event/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def lines(call: Caller, code: str, lang: str = "fr") -> list[str]:
    printed = call("check", lang="en" if lang == "en" else "fr").out
    return [line for line in printed.splitlines() if line.endswith(f"[{code}]")]


def test_a_name_described_nowhere_is_told_with_the_close_one(call: Caller) -> None:
    call.write("data/more.ttl", PREFIXES + "agr:wld-golden ae:hasSupportingActor act:wld-agense .")
    (french,) = lines(call, "WF-03")
    assert french.endswith(
        "n'est décrit nulle part. À faire : écrivez act:wld-agence, ou créez la fiche [WF-03]"
    )
    assert french.startswith("data/more.ttl:8:38: error: ")
    (english,) = lines(call, "WF-03", "en")
    assert english.endswith("To do: type act:wld-agence, or create the record [WF-03]")


def test_a_name_described_nowhere_is_one_finding_whatever_kind_of_thing_was_due(call: Caller) -> None:
    call.write("data/more.ttl", PREFIXES + "agr:wld-golden ae:hasParty act:wld-agense .")
    printed = call("check").out
    assert [line[-8:] for line in printed.splitlines() if "act:wld-agense" in line] == [" [WF-03]"]


def test_a_name_that_resembles_none_is_told_with_the_advice_of_the_rule(call: Caller) -> None:
    call.write("data/more.ttl", PREFIXES + "agr:wld-golden ae:hasSupportingActor act:zzz .")
    (said,) = lines(call, "WF-03")
    assert "À faire : Corrigez l'IRI, ou créez la fiche" in said


def test_a_place_of_a_template_that_parses_is_told_once_with_the_name_of_its_property(call: Caller) -> None:
    text = 'agr:wld-golden skos:prefLabel "…"@fr ; ae:endDate "…"^^xsd:date ; ae:agreementStatus "…" .'
    call.write("data/more.ttl", PREFIXES + text)
    printed = call("check").out
    assert [line[-8:] for line in printed.splitlines() if "« … »" in line and "more.ttl" in line] == [
        " [FI-15]"
    ] * 3
    first, *_ = lines(call, "FI-15")
    assert "ce champ n'est pas rempli : « … », pour skos:prefLabel (nom d'usage)." in first


def test_a_place_of_a_template_that_does_not_parse_names_its_property_too(call: Caller) -> None:
    call.write("data/more.ttl", PREFIXES + "agr:wld-golden ae:hasParty act:… .")
    (french,) = lines(call, "FI-15")
    assert "act:…, pour ae:hasParty (a pour partie). À faire : remplacez act:… par une valeur" in french
    (english,) = lines(call, "FI-15", "en")
    assert "act:…, for ae:hasParty (has party). To do: replace act:… by a value" in english


def test_a_record_described_twice_in_one_file_is_told_with_both_lines(call: Caller) -> None:
    twice = (
        "agr:wld-autre a ae:Agreement .\n\nagr:wld-autre a ae:Agreement ;\n  ae:hasParty act:wld-agence .\n"
    )
    call.write("data/more.ttl", PREFIXES + twice)
    (said,) = lines(call, "FI-14")
    line = PREFIXES.count("\n") + 1
    assert said.startswith(f"data/more.ttl:{line + 2}:1: error: ")
    assert f"plus haut dans ce fichier : agr:wld-autre, data/more.ttl:{line}:1." in said


def test_two_kinds_given_at_once_describe_a_record_once(call: Caller) -> None:
    text = "agr:wld-autre a ae:Agreement , ae:SocialAgreement ; a ae:Agreement .\nagr:wld-autre ae:hasParty act:wld-agence .\n"
    call.write("data/more.ttl", PREFIXES + text)
    assert lines(call, "FI-14") == []


@pytest.mark.parametrize(
    ("typed", "mend"),
    [
        ('ae:eventDate "2024-03-12"', 'écrivez "2024-03-12"^^xsd:date'),
        ('ae:eventDate "12 mars 2024"', 'écrivez "2024-03-12"^^xsd:date'),
        ('ae:eventDate "12 mars 2024"^^xsd:date', 'écrivez "2024-03-12"^^xsd:date'),
        ('ae:eventDate "2024-03"^^xsd:date', 'écrivez "2024-03"^^xsd:gYearMonth'),
        ('ae:eventDate "2024-13-45"^^xsd:date', 'écrivez "2024"^^xsd:gYear si le reste'),
        ('ae:position "1"', "écrivez 1, sans guillemets"),
        ('ae:position "premier"', "À faire : Donnez"),
        ("ae:position 0", "À faire : Donnez"),
    ],
)
def test_an_ill_written_value_is_told_with_its_own_right_spelling(
    call: Caller, typed: str, mend: str
) -> None:
    record = "evt:wld-chambre-2024-signature" if "Date" in typed else "axe:wld-chambre-2024-1"
    call.write("data/more.ttl", PREFIXES + f"{record} {typed} .")
    about = [line for line in call("check").out.splitlines() if line.startswith("data/more.ttl:")]
    assert any(mend in line for line in about), about


def test_a_property_that_does_not_exist_is_told_with_the_close_one(call: Caller) -> None:
    call.write("data/more.ttl", PREFIXES + "agr:wld-golden ae:hasSupportingActors act:wld-agence .")
    (said,) = lines(call, "WF-04")
    assert "(nom proche : ae:hasSupportingActor" in said


def test_a_file_copied_whole_is_one_finding_that_names_the_other_file(call: Caller) -> None:
    text = (WORLD / "data/agreements/wld-golden.ttl").read_text(encoding="utf-8")
    call.write("data/agreements/zz-copy.ttl", text)
    (said,) = lines(call, "FI-14")
    assert said.startswith("data/agreements/zz-copy.ttl:")
    assert "data/agreements/wld-golden.ttl:" in said
    assert call("check").code == 1


def test_a_record_enriched_from_another_file_is_no_copy(call: Caller) -> None:
    call.write("data/more.ttl", PREFIXES + "agr:wld-golden ae:hasSupportingActor act:wld-agence .")
    assert lines(call, "FI-14") == []


def test_an_empty_file_is_told_with_advice_of_its_own(call: Caller) -> None:
    call.write("data/agreements/empty.ttl", "")
    (said,) = lines(call, "FI-14")
    assert said.startswith("data/agreements/empty.ttl:1:1: warning: ")
    assert "git restore" in said


def test_an_ill_typed_date_is_told_once_and_sets_nothing_else_off(call: Caller) -> None:
    call.write(
        "data/more.ttl",
        PREFIXES + 'agr:wld-chambre-2027 ae:endDate "30/06/2020"^^xsd:date .',
    )
    printed = call("check").out
    about = [line for line in printed.splitlines() if "30/06/2020" in line]
    assert len(about) == 1
    assert about[0].endswith("[FI-03]")


def test_a_document_saved_as_turtle_is_told_how_to_save_it(call: Caller) -> None:
    (call.root / "data/letter.ttl").write_bytes(b"PK\x03\x04" + b"\x00" * 40)
    (said,) = lines(call, "FI-10")
    assert "<<<<<<<" not in said
    assert "texte brut" in said


def test_a_file_that_is_not_meant_to_hold_records_is_wrong_use(call: Caller) -> None:
    (call.root / "notes.md").write_text("# Notes", encoding="utf-8")
    for command in (("check",), ("evidence", "check")):
        called = call(*command, str(call.root / "notes.md"))
        assert (called.code, called.out) == (2, "")
        assert "notes.md" in called.err


def test_the_help_speaks_the_language_of_the_reader_throughout(call: Caller) -> None:
    assert "[FICHIER|DOSSIER]" in call("check", "--help").out
    assert "[FILE|FOLDER]" in call("check", "--help", lang="en").out
    assert call("chek").err == "accords: commande introuvable : chek\n  → noms proches : check\n"
