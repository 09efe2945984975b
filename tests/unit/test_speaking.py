"""What findings say: close names, advice that fits the message, one cause said once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from laying import WORLD

if TYPE_CHECKING:
    from calling import Caller

PREFIXES = """@prefix ae: <https://w3id.org/accords-emploi/def#> .
@prefix act: <https://w3id.org/accords-emploi/id/actor/> .
@prefix agr: <https://w3id.org/accords-emploi/id/agreement/> .
@prefix evt: <https://w3id.org/accords-emploi/id/event/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def lines(call: Caller, code: str, lang: str = "fr") -> list[str]:
    printed = call("check", lang="en" if lang == "en" else "fr").out
    return [line for line in printed.splitlines() if line.endswith(f"[{code}]")]


def test_a_name_described_nowhere_is_told_with_the_close_one(call: Caller) -> None:
    call.write("data/more.ttl", PREFIXES + "agr:wld-golden ae:hasSupportingActor act:wld-agense .")
    (french,) = lines(call, "WF-03")
    assert "(nom proche : act:wld-agence" in french
    assert french.startswith("data/more.ttl:6:38: error: ")
    (english,) = lines(call, "WF-03", "en")
    assert "(close name: act:wld-agence" in english


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
    assert "[FICHIER]" in call("check", "--help").out
    assert "[FILE]" in call("check", "--help", lang="en").out
    assert call("chek").err == "accords: commande introuvable : chek\n  → noms proches : check\n"
