"""Slips of the hand of somebody who types Turtle: told on the line that is wrong, with what to type, once."""

from __future__ import annotations

import pytest

from accords import parsing, rightly
from accords.vocab import XSD

HEAD = """@prefix act: <http://e/act/> .
@prefix ae: <http://e/ae/> .
@prefix agr: <http://e/agr/> .
@prefix theme: <http://e/theme/> .
"""
RECORD = "agr:a a ae:Agreement ;\n  ae:theme theme:a {0}\n  ae:hasParty act:a , act:b {1}\n\nagr:b a ae:Agreement {2}\n"

# The three marks of RECORD as typed; then each finding: line and column, what is wrong, what to type.
MARKS = {
    (";", ";", "."): [("3:29", "« ; » à la fin d'une fiche", "écrivez « . » à sa place")],
    (";", ",", "."): [("3:29", "« , » à la fin d'une fiche", "écrivez « . » à sa place")],
    (";", "", "."): [("3:23", "il manque un point à la fin de la fiche, après act:b", "écrivez act:b .")],
    (".", ".", "."): [("2:20", "« . » au milieu d'une fiche", "écrivez « ; » à sa place")],
    (",", ".", "."): [("2:20", "« , » au milieu d'une fiche", "écrivez « ; » à sa place")],
    ("", ".", "."): [("2:12", "il manque un point-virgule après theme:a", "écrivez theme:a ;")],
    (";", ".", ";"): [("5:22", "« ; » à la fin d'une fiche", "écrivez « . » à sa place")],
    (";", ".", ""): [
        ("5:9", "il manque un point à la fin de la fiche, après ae:Agreement", "écrivez ae:Agreement .")
    ],
    ("", "", ""): [
        ("2:12", "il manque un point-virgule après theme:a", "écrivez theme:a ;"),
        ("3:23", "il manque un point à la fin de la fiche, après act:b", "écrivez act:b ."),
        ("5:9", "il manque un point à la fin de la fiche, après ae:Agreement", "écrivez ae:Agreement ."),
    ],
}
VALUES = {  # what stands behind a property, and what is told of it
    '"texte"fr': ('il manque @ devant la langue : "texte"fr', 'écrivez "texte"@fr'),
    "'texte'fr": ("il manque @ devant la langue : 'texte'fr", "écrivez 'texte'@fr"),
    '"texte" en': ('il manque @ devant la langue : "texte" en', 'écrivez "texte"@en'),
    "« un texte »@fr": ("guillemet typographique «", 'guillemets droits : "un texte"'),
    "“un texte”": ("guillemet typographique “", 'guillemets droits : "un texte"'),
    '“un "mot" dit”': ("guillemet typographique “", 'guillemets droits : "un \\"mot\\" dit"'),
    '"texte”@fr': ('guillemet typographique fermé : "texte”', 'remplacez ” par " à la fin'),
    '"texte@fr': ('guillemet ouvert ici et jamais refermé : "texte', "fermez le guillemet"),
    "'l'accord'@fr": ("texte entre apostrophes coupé par la sienne", '"l\'accord"@fr'),
    "theme:a theme:b": ("il manque une virgule après theme:a", "écrivez theme:a ,"),
    '"un"@fr "one"@en': ('il manque une virgule après "un"@fr', 'écrivez "un"@fr ,'),
    "theme:un…": ("nom inachevé : theme:un…", "écrivez le nom en entier"),
    "2024-03-12": ("date ou nombre mal écrit : 2024-03-12", 'écrivez "2024-03-12"^^xsd:date'),
    "12/03/2024": ("date ou nombre mal écrit : 12/03/2024", 'écrivez "2024-03-12"^^xsd:date'),
    "12 mars 2024": ("date ou nombre mal écrit : 12 mars 2024", 'écrivez "2024-03-12"^^xsd:date'),
    "2024-13-45": ("date ou nombre mal écrit : 2024-13-45", "une date s'écrit"),
    "17 000": ("date ou nombre mal écrit : 17 000", "écrivez 17000"),
}


def told(text: str) -> list[tuple[str, str, str]]:
    """Return the place of each finding behind the prefixes, what is wrong, what to type."""
    found = []
    for problem in parsing.parsed(HEAD + text, "f.ttl", dict).problems:
        assert problem.detail is not None
        assert problem.mend is not None
        assert problem.detail.en
        line = problem.location.line - HEAD.count("\n")
        found.append((f"{line}:{problem.location.column}", problem.detail.fr, problem.mend.fr))
    return found


@pytest.mark.parametrize("marks", MARKS, ids=" ".join)
def test_a_wrong_or_missing_mark_is_told_on_its_line_and_nothing_else(marks: tuple[str, str, str]) -> None:
    found = told(RECORD.format(*marks))
    assert [place for place, _, _ in found] == [place for place, _, _ in MARKS[marks]]
    for (_, said, mend), (_, expected, advice) in zip(found, MARKS[marks], strict=True):
        assert said.startswith(expected)
        assert mend == advice


def test_the_same_record_with_the_right_marks_is_read() -> None:
    assert told(RECORD.format(";", ".", ".")) == []


def test_a_semicolon_in_front_of_a_further_value_is_told_as_a_comma_that_is_wanted() -> None:
    text = 'agr:a ae:title "un"@fr ;\n  "one"@en ;\n  ae:hasParty act:a ;\n  act:b ;\n  ae:theme theme:a .\n'
    assert [(place, mend) for place, _, mend in told(text)] == [
        ("1:24", "écrivez « , » à sa place"),
        ("3:21", "écrivez « , » à sa place"),
    ]


@pytest.mark.parametrize("value", VALUES)
def test_an_ill_written_value_is_told_with_the_right_spelling_of_that_very_value(value: str) -> None:
    found = told(
        f"agr:a a ae:Agreement ;\n  ae:it {value} ;\n  ae:theme theme:a .\nagr:b ae:theme theme:b .\n"
    )
    ((place, said, mend),) = found
    expected, advice = VALUES[value]
    assert place.startswith("2:")
    assert expected in said
    assert advice in mend


def test_a_space_in_front_of_a_language_is_no_mistake() -> None:
    assert told('agr:a ae:title "texte" @fr .') == []


def test_a_place_of_a_template_is_one_finding_about_its_property() -> None:
    text = 'agr:a ae:law act:… ;\n  ae:title "…"@… ;\n  ae:theme <…> , … ;\n  ae:date "…"^^ae:date .\nagr:b ae:theme theme:a .\n'
    found = parsing.parsed(HEAD + text, "f.ttl", dict).problems
    assert [(one.what, one.location.line - 4) for one in found] == [
        ("FI-15-to-fill", line) for line in (1, 2, 3)
    ]
    assert [one.about and one.about.value.rpartition("/")[2] for one in found] == ["law", "title", "theme"]
    assert [mend for _, _, mend in told(text)] == [
        "remplacez act:… par une valeur, ou effacez la ligne",
        'remplacez "…"@… par une valeur, ou effacez la ligne',
        "remplacez <…> par une valeur, ou effacez la ligne",
    ]


@pytest.mark.parametrize(
    ("typed", "datatype", "right"),
    [
        ("12 mars 2024", "date", '"2024-03-12"^^xsd:date'),
        ("1er  août 2024", "date", '"2024-08-01"^^xsd:date'),
        ("March 3, 2024", "date", '"2024-03-03"^^xsd:date'),
        ("03/04/2024", "date", '"2024-04-03"^^xsd:date'),
        ("04/13/2024", "date", '"2024-04-13"^^xsd:date'),
        ("février 2024", "date", '"2024-02"^^xsd:gYearMonth'),
        ("2024", "date", '"2024"^^xsd:gYear'),
        ("2024-02-30", "date", None),
        ("bientôt", "date", None),
        ("17 000", "positiveInteger", "17000"),
        ("0", "positiveInteger", None),
        ("5,6", "decimal", "5.6"),
        ("Oui", "boolean", "true"),
        ("1", "string", None),
    ],
)
def test_what_somebody_typed_is_spelt_as_turtle_has_it(typed: str, datatype: str, right: str | None) -> None:
    due = rightly.DATES if datatype == "date" else {XSD + datatype}
    assert rightly.written(typed, due) == right
