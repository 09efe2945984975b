"""What `accords explain` promises, on the real rules and cases."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING

import pytest

from accords import loading, rulebook
from accords.explanation import FAMILIES, Rules
from accords.findings import Severity
from accords.project import Project
from calling import Caller, invented
from laying import CASES, ROOT

if TYPE_CHECKING:
    from pathlib import Path

PREFIXES = """@prefix aesh: <https://w3id.org/accords-emploi/shape#> .
@prefix ae: <https://w3id.org/accords-emploi/def#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
ODD = """aesh:ZZ-01 a aesh:Rule ; rdfs:label "Règle d'essai"@fr , "Trial rule"@en ;
  rdfs:comment "Parce que."@fr , "Because."@en ; aesh:mend "Essayez encore."@fr , "Try again."@en .
aesh:ZZ-01-note-shape a sh:NodeShape ; sh:targetClass ae:Agreement ; sh:severity sh:Info ;
  sh:sparql aesh:ZZ-01-noted .
aesh:ZZ-01-noted a sh:SPARQLConstraint ; sh:message "ZZ-01 : {?value} est noté."@fr , "ZZ-01: {?value} is noted."@en .
aesh:ZZ-01-plain a sh:PropertyShape ; sh:path ae:theme ; sh:message "ZZ-01 : faute."@fr , "ZZ-01: fault."@en .
aesh:ZZ-01-warned a aesh:Check ; sh:severity sh:Warning ; sh:message "ZZ-01 : gare."@fr , "ZZ-01: beware."@en .
"""


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Caller:
    return Caller(ROOT, capsys)


@pytest.fixture
def odd(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Caller:
    """Return a caller on a project whose only rule is ZZ-01, with cases of its own."""
    invented(tmp_path)
    shutil.rmtree(tmp_path / "shapes")
    (tmp_path / "shapes").mkdir()
    (tmp_path / "tests/cases/ZZ-01").mkdir(parents=True)
    caller = Caller(tmp_path, capsys)
    caller.write("shapes/odd.ttl", PREFIXES + ODD)
    return caller


@cache
def rules() -> Rules:
    documents, _ = loading.load_shapes(Project(ROOT))
    return Rules(rulebook.of_documents(documents), documents, Project(ROOT))


def test_a_rule_is_told_in_the_readers_language_and_in_no_other(odd: Caller) -> None:
    french = """ZZ-01  Règle d'essai
erreur, avertissement, remarque

Ce qu'elle dit
  erreur : Faute.
  avertissement : Gare.
  remarque : … est noté.

Pourquoi
  Parce que.

Comment corriger
  Essayez encore.
"""
    english = """ZZ-01  Trial rule
error, warning, note

What it says
  error: Fault.
  warning: Beware.
  note: … is noted.

Why
  Because.

How to mend
  Try again.
"""
    shown = odd("explain", "ZZ-01")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out == f"{french}\nPas d'exemple.\n"
    assert odd("explain", "ZZ-01", lang="en").out == f"{english}\nNo example.\n"


def test_one_example_that_passes_and_one_at_fault_stand_as_written_the_smallest_of_each(odd: Caller) -> None:
    odd.write("tests/cases/ZZ-01/ok-a.ttl", "# fine, at some length\nagr:a a ae:Agreement .\n")
    odd.write("tests/cases/ZZ-01/ok-b.ttl", "# fine\nagr:b\n  a ae:Agreement .\n")
    odd.write("tests/cases/ZZ-01/ko-a.ttl", "# ZZ-01 error agr:a\nagr:c a ae:Agreement .\n")
    odd.write("tests/cases/ZZ-01/notes.md", "x")
    shown = odd("explain", "ZZ-01").out
    assert (
        "Exemple juste : tests/cases/ZZ-01/ok-b.ttl\n\n    # fine\n    agr:b\n      a ae:Agreement .\n"
        in shown
    )
    assert (
        "Exemple en défaut : tests/cases/ZZ-01/ko-a.ttl\n\n    # ZZ-01 error agr:a\n    agr:c a ae:Ag"
        in shown
    )
    assert "agr:a a ae:Agreement" not in shown
    assert "1 autre exemple dans tests/cases/ZZ-01/" in shown
    english = odd("explain", "ZZ-01", lang="en").out
    assert "An example that passes: tests/cases/ZZ-01/ok-b.ttl" in english
    assert "An example at fault: tests/cases/ZZ-01/ko-a.ttl" in english
    assert "1 other example in tests/cases/ZZ-01/" in english


def test_control_characters_of_an_example_and_of_a_message_are_escaped(odd: Caller) -> None:
    (odd.root / "tests/cases/ZZ-01/ko-odd.ttl").write_bytes("# a\u202eb\x1b[31m\x85".encode() + b"\xff\n")
    odd.write("shapes/odd.ttl", PREFIXES + ODD.replace("Parce que", "Parce\\u202E que"))
    for form in ("text", "json"):
        shown = odd("explain", "ZZ-01", "--format", form)
        assert shown.code == 0
        assert not set(shown.out) & {"\u202e", "\x1b", "\x85"}
        assert shown.out.count("\\u202e") >= 2


def test_a_long_example_is_cut_and_says_so(odd: Caller) -> None:
    odd.write("tests/cases/ZZ-01/ko-long.ttl", "\n".join(f"# line {n}" for n in range(500)))
    shown = odd("explain", "ZZ-01").out
    assert "# line 59\n    …" in shown
    assert "# line 60" not in shown


def test_without_cases_in_the_project_those_that_come_with_the_program_are_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = Caller(invented(tmp_path), capsys)("explain", "AG-03").out
    assert "Exemple juste : tests/cases/AG-03/ok-" in shown
    assert "Exemple en défaut : tests/cases/AG-03/ko-" in shown
    assert str(ROOT) not in shown


@pytest.mark.parametrize(
    "asked",
    ["AG-05", "ag-05", "AG-5", "ag5", "[AG-05]", "aesh:AG-05", "AG-05-end-before-start"],
)
def test_a_code_may_be_typed_in_any_case_and_as_it_is_met(call: Caller, asked: str) -> None:
    assert call("explain", asked).out == call("explain", "AG-05").out
    assert call("explain", asked).out.startswith("AG-05  ")


def test_the_iri_of_a_rule_names_it_too(call: Caller) -> None:
    iri = "https://w3id.org/accords-emploi/shape#AG-05-end-before-start"
    assert call("explain", iri).out.startswith("AG-05  ")
    assert call("explain", f"<{iri}>").out.startswith("AG-05  ")


def test_two_letters_list_the_codes_of_the_family_with_severity_and_name(odd: Caller) -> None:
    shown = odd("explain", "zz")
    assert shown.code == 0
    assert shown.out.startswith("ZZ\n  ZZ-01  erreur, avertissement, remarque  Règle d'essai\n")
    assert "  ZZ-01  error, warning, note  Trial rule\n" in odd("explain", "ZZ", lang="en").out


def test_without_a_code_every_rule_of_the_project_is_listed_once_under_its_family(call: Caller) -> None:
    shown = call("explain")
    listed = re.findall(r"^  ([A-Z]{2}-[0-9]{2})  ", shown.out, re.MULTILINE)
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "shapes").glob("*.ttl"))
    documented = re.findall(r"^aesh:([A-Z]{2}-[0-9]{2}) a aesh:Rule", text, re.MULTILINE)
    assert shown.code == 0
    assert sorted(listed) == sorted(documented)
    assert "AG  Accords\n  AG-01  erreur " in shown.out
    assert "AG  Agreements\n  AG-01  error " in call("explain", lang="en").out


def test_every_family_of_the_rules_has_a_name() -> None:
    assert {code[:2] for code in rules().codes()} == set(FAMILIES)


def test_every_rule_has_a_name_a_reason_a_remedy_and_messages_in_both_languages() -> None:
    for code in rules().codes():
        told = rules().explain(code)
        assert all((*told.rule.name, *told.rule.why, *told.rule.mend)), code
        assert told.speaking, code
        assert all(message.strip() for spoken in told.speaking for message in spoken.message), code


def test_every_rule_that_has_cases_shows_one_that_passes_and_one_at_fault() -> None:
    for folder in sorted(CASES.iterdir()):
        told = rules().explain(folder.name)
        assert told.passing is not None, folder.name
        assert told.failing is not None, folder.name


def test_severities_are_those_of_the_shape_that_holds_a_constraint() -> None:
    assert rules().explain("AG-08").severities == (Severity.WARNING,)
    assert rules().explain("AG-12").severities == (Severity.NOTE,)
    assert rules().explain("AG-06").severities == (Severity.ERROR, Severity.WARNING)


@pytest.mark.parametrize(
    ("asked", "offered"),
    [("AG-55", "AG-05"), ("AC-0", "AC-01"), ("AGG-05", "AG-05"), ("tripartite", "AG-04")],
)
def test_an_unknown_code_is_refused_with_the_close_ones(call: Caller, asked: str, offered: str) -> None:
    shown = call("explain", asked)
    assert (shown.code, shown.out) == (2, "")
    assert f"règle introuvable : {asked}" in shown.err
    assert offered in shown.err.partition("noms proches : ")[2]
    assert f"unknown rule: {asked}" in call("explain", asked, lang="en").err


def test_a_code_close_to_none_leads_to_all_rules_and_to_the_command_for_terms(call: Caller) -> None:
    assert "accords explain ; une fiche ou un terme : accords show" in call("explain", "ae:theme").err
    assert "all rules: accords explain" in call("explain", "XX-99", lang="en").err


@pytest.mark.parametrize("asked", ["", "../AG-05", "AG-05/../AG-06", "\u202e", "-", "ag-05x"])
def test_nonsense_is_refused_without_a_crash(call: Caller, asked: str) -> None:
    shown = call("explain", "--", asked)
    assert (shown.code, shown.out) == (2, "")
    assert "\u202e" not in shown.err


def test_json_says_the_same_in_both_languages_whatever_the_readers(odd: Caller) -> None:
    odd.write("tests/cases/ZZ-01/ok-b.ttl", "# fine\n")
    french = odd("explain", "ZZ-01", "--format", "json").out
    assert french == odd("explain", "ZZ-01", "--format", "json", lang="en").out
    told = json.loads(french)
    assert told["code"] == "ZZ-01"
    assert told["severities"] == ["error", "warning", "note"]
    assert told["name"] == {"fr": "Règle d'essai", "en": "Trial rule"}
    assert told["mend"] == {"fr": "Essayez encore.", "en": "Try again."}
    assert told["nodes"][2]["message"] == {"fr": "{?value} est noté.", "en": "{?value} is noted."}
    assert told["nodes"][2]["rule"].endswith("shape#ZZ-01-noted")
    assert told["examples"] == {"ok": {"file": "tests/cases/ZZ-01/ok-b.ttl", "text": "# fine\n"}, "ko": None}
    listed = json.loads(odd("explain", "--format", "json").out)
    assert [rule["code"] for family in listed["families"] for rule in family["rules"]] == ["ZZ-01"]


def test_rules_that_do_not_parse_are_counted_on_stderr_and_the_others_explained(odd: Caller) -> None:
    odd.write("shapes/broken.ttl", "aesh:x a")
    shown = odd("explain", "ZZ-01")
    assert shown.code == 0
    assert shown.out.startswith("ZZ-01  Règle d'essai")
    assert "1 fichier n'a pas pu être lu" in shown.err


def test_nothing_heavy_is_imported() -> None:
    program = (
        "import sys\nfrom accords import cli\n"
        "try:\n    cli.run(['explain', 'AG-05'])\n"
        "except SystemExit as left:\n"
        "    print(left.code, sorted({'rdflib', 'pyshacl', 'networkx', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.splitlines()[-1] == "0 []"
