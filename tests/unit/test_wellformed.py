"""Literals, IRIs, prefixes and labels: what is wrong with them, and what only looks wrong."""

from __future__ import annotations

import sys
import unicodedata
from typing import TYPE_CHECKING

import pytest

from accords import loading, wellformed
from accords.findings import Severity
from accords.language import printable
from small import Small, small, told

if TYPE_CHECKING:
    from pathlib import Path

    from accords.loading import FileProblem

HEAD = """@prefix act: <https://w3id.org/accords-emploi/id/actor/> .
@prefix ae: <https://w3id.org/accords-emploi/def#> .
@prefix agr: <https://w3id.org/accords-emploi/id/agreement/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
LINE = HEAD.count("\n") + 1


@pytest.fixture
def project(tmp_path: Path) -> Small:
    return small(tmp_path / "project")


def problems(project: Small, text: str) -> list[FileProblem]:
    project.write("data/f.ttl", HEAD + text)
    knowledge = loading.load(project.project)
    assert not knowledge.problems, [problem.detail for problem in knowledge.problems]
    return list(wellformed.problems(knowledge))


ILL_TYPED = [
    ("2023-02-30", "date"), ("2023-2-3", "date"), ("0000-01-01x", "date"), ("2023", "date"), ("", "date"),
    ("2023-02-29", "date"), ("1900-02-29", "date"), ("2023-13", "gYearMonth"), ("23", "gYear"), ("02023", "gYear"),
    ("abc", "integer"), ("1.0", "integer"), ("", "integer"), ("١٢", "integer"), ("1 000", "integer"),
    ("0", "positiveInteger"), ("-1", "nonNegativeInteger"), ("128", "byte"), ("2147483648", "int"),
    ("yes", "boolean"), ("TRUE", "boolean"), ("5,6", "decimal"), ("1e3", "decimal"), ("inf", "double"),
    ("24:00:01", "time"), ("10:00", "time"), ("2023-01-01T10:00:00+15:00", "dateTime"), ("P", "duration"),
    ("P1YT", "duration"), ("P1D", "yearMonthDuration"), ("zz", "hexBinary"), ("fr_FR", "language"),
]  # fmt: skip
LAWFUL = [
    ("-0044-03-15", "date"), ("12023-01-01", "date"), ("2024-02-29", "date"), ("2000-02-29", "date"),
    ("2023-01-01+14:00", "date"), ("2023-01-01Z", "date"), ("2023-01-01T24:00:00", "dateTime"),
    ("10:00:00.5-13:59", "time"), ("--02-29", "gMonthDay"), ("---31", "gDay"), ("--12", "gMonth"),
    ("P3Y", "duration"), ("-P1Y2M3DT4H5M6.7S", "duration"), ("P100000000000000000D", "dayTimeDuration"),
    ("9" * 5000, "integer"), ("-" + "9" * 5000, "decimal"), ("+007", "integer"), ("1", "boolean"),
    (".5", "decimal"), ("5.", "decimal"), ("-INF", "double"), ("NaN", "float"), ("1e999999", "double"),
    ("anything", "anyURI"), ("", "string"), ("", "hexBinary"), ("18446744073709551615", "unsignedLong"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "datatype"), ILL_TYPED)
def test_an_ill_typed_literal_is_told_once_at_its_place_with_the_value(
    text: str, datatype: str, project: Small
) -> None:
    (problem,) = problems(project, f'agr:a ae:value 1 ;\n  ae:position "{text}"^^xsd:{datatype} .')
    assert told([problem]) == [(f"data/f.ttl:{LINE + 1}:15", "FI-03-ill-typed")]
    assert problem.detail is not None
    assert f"« {text} » ; attendu : " in problem.detail.fr
    assert f"“{text}”; expected: " in problem.detail.en


@pytest.mark.parametrize(("text", "datatype"), LAWFUL, ids=lambda text: text[:30])
def test_a_lawful_rarity_passes(text: str, datatype: str, project: Small) -> None:
    assert problems(project, f'agr:a ae:value "{text}"^^xsd:{datatype} .') == []


def test_an_ill_typed_literal_is_told_wherever_it_stands(project: Small) -> None:
    text = 'agr:a ae:value [ ae:value "x"^^xsd:integer ] , ( "2023-02-30"^^xsd:date ) .'
    assert told(problems(project, text)) == [
        (f"data/f.ttl:{LINE}:27", "FI-03-ill-typed"),
        (f"data/f.ttl:{LINE}:50", "FI-03-ill-typed"),
    ]


def test_a_house_prefix_bound_to_something_else_is_told_at_its_last_declaration(project: Small) -> None:
    text = "\u2028 # a line separator ends no line\nPREFIX act: <http://other/\u202e>\nact:a ae:value 1 ."
    found = [p for p in problems(project, text.removeprefix("\u2028")) if p.code == "FI-04"]
    assert told(found) == [(f"data/f.ttl:{LINE + 1}:1", "FI-04-other-namespace")]
    assert found[0].detail is not None
    assert "attendu : <https://w3id.org/accords-emploi/id/actor/>" in found[0].detail.fr
    assert "\u202e" not in found[0].detail.fr


def test_a_line_separator_of_unicode_does_not_move_the_lines(project: Small) -> None:
    text = "agr:a ae:value '\u2028\u0085\u000b' .\nPREFIX act: <http://other/>\n"
    found = [p for p in problems(project, text) if p.code == "FI-04"]
    assert told(found) == [(f"data/f.ttl:{LINE + 1}:1", "FI-04-other-namespace")]


def test_a_prefix_of_the_file_s_own_passes(project: Small) -> None:
    assert problems(project, "@prefix mine: <http://mine/> . mine:a mine:b mine:c .") == []


@pytest.mark.parametrize("letter", ["\u202e", "\u200b", "\u200d", "\u2066", "\ufeff", "\u00ad"])
def test_a_character_that_is_not_seen_in_an_iri_is_an_error(letter: str, project: Small) -> None:
    found = problems(project, f"<https://example.org/a{letter}b> ae:value 1 .")
    assert told(found) == [(f"data/f.ttl:{LINE}:1", "FI-07-iri")]
    assert found[0].severity is Severity.ERROR
    assert found[0].detail is not None
    assert letter not in found[0].detail.fr
    assert printable(letter) in found[0].detail.fr


@pytest.mark.parametrize(
    ("text", "column"), [("agr:a ae:value agr:x\u200b .", 16), ("agr:a ae:x\u200b 1 , 2 .", 7)]
)
def test_an_iri_with_an_unseen_character_is_told_where_it_stands(
    text: str, column: int, project: Small
) -> None:
    text = text.replace("agr:x\u200b", "<http://e/x\u200b>").replace("ae:x\u200b", "<http://e/p\u200b>")
    assert set(told(problems(project, text))) == {(f"data/f.ttl:{LINE}:{column}", "FI-07-iri")}


def test_an_escape_does_not_hide_a_character_from_the_eye(project: Small) -> None:
    (found,) = problems(project, r'agr:a skos:prefLabel "Nan\u202Etes"@fr .')
    assert (found.what, found.severity) == ("FI-07-label", Severity.WARNING)
    assert found.detail is not None
    assert found.detail.fr == "« Nan\\u202etes »"


def test_joiners_of_other_scripts_pass_in_a_label_and_soft_hyphens_in_a_quotation(project: Small) -> None:
    text = 'agr:a skos:prefLabel "می\u200cخواهم"@fa ; ae:quote "coopé\u00adration"@fr .'
    assert problems(project, text) == []
    assert told(problems(project, 'agr:a skos:prefLabel "coopé\u00adration"@fr .')) == [
        (f"data/f.ttl:{LINE}:22", "FI-07-label")
    ]


def test_every_control_and_direction_of_unicode_counts_as_unseen() -> None:
    letters = (chr(code) for code in range(sys.maxunicode + 1))
    unseen = {letter for letter in letters if unicodedata.category(letter) in {"Cc", "Cf"}}
    lawful = set("\t\n\r\u200c\u200d")
    assert {letter for letter in unseen if not wellformed.invisible(letter)} == lawful & unseen
    assert not any(wellformed.invisible(letter) for letter in "aé ’«»…\u00a0\u202f𝒳")
    assert not any(printable(letter) == letter for letter in unseen - {"\t"})


def test_a_label_that_is_not_composed_is_told_with_both_forms(project: Small) -> None:
    (found,) = problems(project, 'agr:a skos:prefLabel "Re\u0301gion"@fr .')
    assert (found.what, found.severity) == ("WF-06-nfc", Severity.WARNING)
    assert found.detail is not None
    assert found.detail.fr == "Re\\u0301gion ; attendu : Région"
    assert problems(project, 'agr:a skos:prefLabel "Région"@fr ; ae:quote "Re\u0301gion"@fr .') == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Région Sud", "RÉGION SUD"),
        ("Région Sud", "Région\u00a0 Sud"),
        ("Pôle emploi", "Po\u0302le emploi"),
        ("Accord 2", "Accord ２"),
        ("Straße", "STRASSE"),
        ("Région", "Ré\u00adgion"),
    ],
)
def test_two_things_whose_names_only_look_different_are_told(one: str, other: str, project: Small) -> None:
    text = f'act:a skos:prefLabel "{one}"@fr .\nact:b skos:prefLabel "{other}"@fr .'
    found = [problem for problem in problems(project, text) if problem.code == "FI-08"]
    assert told(found) == [(f"data/f.ttl:{LINE + 1}:22", "FI-08-confusable")]
    assert found[0].severity is Severity.WARNING
    assert found[0].detail is not None
    assert "act:a" in found[0].detail.fr


@pytest.mark.parametrize(
    "text",
    [
        'act:a skos:prefLabel "Sud"@fr , "SUD"@en .',  # one thing
        'act:a skos:prefLabel "Sud"@fr . agr:b skos:prefLabel "SUD"@fr .',  # things of two kinds
        'act:a skos:prefLabel "Sud"@fr . act:b skos:prefLabel "SUD"@en .',  # two languages
        'act:a skos:prefLabel "Sud"@fr . act:b skos:prefLabel "Nord"@fr .',
    ],
)
def test_names_that_may_be_alike_pass(text: str, project: Small) -> None:
    assert [problem for problem in problems(project, text) if problem.code == "FI-08"] == []


@pytest.mark.parametrize(
    ("link", "what"),
    [("owl:imports", "FI-11-imports"), ("sh:shapesGraph", "FI-11-shapes-graph")],
)
def test_a_link_that_nobody_follows_is_a_warning(link: str, what: str, project: Small) -> None:
    (found,) = problems(project, f"agr:a {link} <http://192.0.2.1/x> .")
    assert (told([found]), found.severity) == (
        [(f"data/f.ttl:{LINE}:{8 + len(link)}", what)],
        Severity.WARNING,
    )
    assert found.detail is not None
    assert "http://192.0.2.1/x" in found.detail.fr


def test_the_files_of_the_rules_are_looked_at_in_the_same_way(project: Small) -> None:
    project.write(
        "shapes/f.ttl",
        'PREFIX act: <http://other/>\n<http://e/a\u200b> <http://e/p> "x"^^<http://www.w3.org/2001/XMLSchema#int> .',
    )
    prefixes = loading.load(project.project).prefixes
    found = wellformed.of_documents(loading.load_shapes(project.project)[0], prefixes)
    assert [problem.what for problem in found] == ["FI-04-other-namespace", "FI-03-ill-typed", "FI-07-iri"]


def test_a_value_of_five_thousand_digits_is_told_without_being_counted(project: Small) -> None:
    (found,) = problems(project, f'agr:a ae:value "{"9" * 5000}"^^xsd:byte .')
    assert found.detail is not None
    assert len(found.detail.fr) < 200
