"""`accords coverage`: four states told apart, what rolls up and what does not, requirements judged, every form.

Records are planted in a copy of the invented world. A cell is read from the CSV form; one test says that the
other forms hold the same cells.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from archives import declarations
from laying import ROOT

if TYPE_CHECKING:
    from accords.language import Language
    from calling import Called, Caller

MATRICES = ("territory,theme", "agreement,theme", "territory,barrier", "territory,level")
FORMS = ("text", "csv", "json", "md", "svg")
ARROWS = {"↓": "inherited", "↑": "inside"}
SIGNS = {"●": "commitment", "○": "mention", "×": "stated-absent", "·": "not-recorded"}
SVG = "{http://www.w3.org/2000/svg}"

AGREEMENT = """
agr:wld-lac a ae:Agreement ; skos:prefLabel "Accord du lac"@fr , "Lake agreement"@en ;
  ae:agreementType agreement-type:cooperation-protocol ; ae:agreementStatus agreement-status:in-force ;
  ae:coversTerritory ter:wld-sarcelle .
axe:wld-lac a ae:Axis ; skos:prefLabel "Axe du lac"@fr ; ae:axisOf agr:wld-lac .
"""
COMMITMENT = 'cmt:wld-lac a ae:Commitment ; skos:prefLabel "Engagement du lac"@fr ; ae:underAxis axe:wld-lac ; ae:theme theme:{theme} .\n'
MENTION = 'men:wld-lac a ae:Mention ; skos:prefLabel "Mention du lac"@fr ; ae:mentionOf agr:wld-lac ; ae:theme theme:{theme} .\n'
ABSENCE = (
    "clm:wld-lac a ae:Claim ; ae:claimAbout agr:wld-lac ; ae:claimProperty ae:theme ; ae:claimValue theme:{theme} ;\n"
    "  ae:absenceReason absence-reason:stated-absent ; ae:claimBasis claim-basis:quoted ; ae:claimRank claim-rank:preferred .\n"
)
CMT = "https://w3id.org/accords-emploi/id/commitment/wld-lac"
FOUR = (
    AGREEMENT
    + COMMITMENT.format(theme="governance")
    + MENTION.format(theme="innovation")
    + ABSENCE.format(theme="training")
)
PREFIGURATION = """
agr:wld-lac a ae:Agreement ; skos:prefLabel "Accord du lac"@fr , "Lake agreement"@en ;
  ae:agreementType agreement-type:prefiguration-protocol ; ae:agreementStatus agreement-status:in-force ;
  ae:coversTerritory ter:wld-sarcelle .
axe:wld-lac a ae:Axis ; skos:prefLabel "Axe du lac"@fr ; ae:axisOf agr:wld-lac .
"""
DENIAL = (
    "clm:wld-lac a ae:Claim ; ae:claimAbout agr:wld-lac ; ae:claimProperty ae:fulfils ; ae:claimValue req:{requirement} ;\n"
    "  ae:absenceReason absence-reason:stated-absent ; ae:claimBasis claim-basis:quoted ; ae:claimRank claim-rank:preferred .\n"
)
HOSTILE = (
    "<script>alert(1)</script>",
    "</text><image href='http://example.org/x'/>",
    '" onload="x',
    "]]>&amp;&#x202e;",
    "\\u001b[31mrouge\\u0007\\u0000",
    "\\u202Eesrever\\u2066",
    "\\u009b2J",
    "=HYPERLINK(1)",
    "+1+1",
    "-2+3",
    "@x",
    "\\t=1",
    "deux\\nlignes\\r| et | des | barres",
    "[lien](javascript:x) `code` **gras** ~~non~~ # titre",
    "\\uFFFE",
    "é" * 5000,
)


@pytest.fixture(autouse=True)
def page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing bound the width of a text: some runners set COLUMNS."""
    monkeypatch.delenv("COLUMNS", raising=False)


def plant(call: Caller, turtle: str) -> None:
    """Write records, without prefixes, into a file of the project."""
    call.write("data/agreements/planted.ttl", declarations() + turtle + "\n")


def told(call: Caller, *words: str, lang: Language = "fr") -> str:
    """Return what a coverage that goes well prints."""
    called = call("coverage", *words, lang=lang)
    assert (called.code, called.err) == (0, "")
    return called.out


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def last(iri: str) -> str:
    return iri.rpartition("/")[2]


def cells(call: Caller, *words: str) -> dict[tuple[str, str], dict[str, str]]:
    """Return the cells by the last parts of the IRIs of their row and column."""
    rows = rows_of(told(call, *words, "--format", "csv"))
    row, _, _, column, *_ = rows[0]
    return {(last(one[row]), last(one[column])): one for one in rows}


def state(call: Caller, column: str, *words: str, row: str = "wld-lac") -> tuple[str, bool]:
    """Return the state of a cell, and whether it is disputed."""
    by = () if "--by" in words or row.startswith("ter:") else ("--by", "agreement,theme")
    found = cells(call, *by, *words)[row.removeprefix("ter:"), column]
    return found["state"], found["disputed"] == "true"


def items(call: Caller, row: str, column: str, *words: str) -> list[str]:
    """Return what is recorded in a cell, as kind and last part of the IRI."""
    return [last(one) for one in cells(call, *words)[row, column]["items"].split()]


def verdicts(call: Caller) -> dict[tuple[str, str], tuple[int, str, set[str]]]:
    """Return how many, the status and what was counted, by agreement and requirement."""
    return {
        (last(one["agreement"]), last(one["requirement"])): (
            int(one["recorded"]),
            one["status"],
            {last(item) for item in one["items"].split()},
        )
        for one in rows_of(told(call, "--requirements", "--format", "csv"))
    }


# --- Four states


def test_a_cell_is_in_one_of_four_states(call: Caller) -> None:
    plant(call, FOUR)
    found = cells(call, "--by", "agreement,theme")
    assert {column: cell["state"] for (row, column), cell in found.items() if row == "wld-lac"} == {
        "governance": "commitment",
        "innovation": "mention",
        "training": "stated-absent",
        "employer-services": "not-recorded",
        "economic-development": "not-recorded",
        "business-creation": "not-recorded",
        "integration": "not-recorded",
        "guidance": "not-recorded",
    }
    assert not [cell for cell in found.values() if cell["disputed"] == "true"]


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        (COMMITMENT + MENTION, ("commitment", False)),
        (COMMITMENT + ABSENCE, ("commitment", True)),
        (MENTION + ABSENCE, ("mention", True)),
        (COMMITMENT + MENTION + ABSENCE, ("commitment", True)),
        (ABSENCE, ("stated-absent", False)),
    ],
)
def test_the_first_state_that_holds_names_the_cell_and_an_absence_beside_it_is_told(
    call: Caller, there: str, expected: tuple[str, bool]
) -> None:
    plant(call, AGREEMENT + there.format(theme="governance"))
    assert state(call, "governance") == expected
    recorded = {"cmt": "commitment", "men": "mention", "clm": "claim"}
    kinds = {
        one["kind"]
        for cell in json.loads(told(call, "--by", "agreement,theme", "--format", "json"))["cells"]
        if cell["agreement"].endswith("wld-lac")
        for one in cell["items"]
    }
    assert kinds == {kind for prefix, kind in recorded.items() if f"{prefix}:wld-lac" in there}


@pytest.mark.parametrize(
    ("change", "to"),
    [
        ("stated-absent", "not-stated"),
        ("claim-rank:preferred", "claim-rank:secondary"),
        ("claim-rank:preferred", "claim-rank:discarded"),
        ("ae:claimBasis", "owl:deprecated true ; ae:claimBasis"),
    ],
)
def test_only_a_preferred_claim_that_a_source_states_the_absence_makes_it_stated(
    call: Caller, change: str, to: str
) -> None:
    plant(call, AGREEMENT + ABSENCE.format(theme="governance").replace(change, to))
    assert state(call, "governance") == ("not-recorded", False)


def test_an_axis_counts_as_a_commitment_and_the_theme_of_a_whole_agreement_as_a_mention(call: Caller) -> None:
    plant(call, AGREEMENT + "axe:wld-lac ae:theme theme:governance . agr:wld-lac ae:theme theme:guidance .")
    assert state(call, "governance") == ("commitment", False)
    assert state(call, "guidance") == ("mention", False)


def test_the_theme_of_an_axis_holds_for_the_commitments_under_it(call: Caller) -> None:
    plant(call, AGREEMENT + COMMITMENT.format(theme="guidance") + "axe:wld-lac ae:theme theme:governance .")
    for cell in json.loads(told(call, "--by", "agreement,theme", "--format", "json"))["cells"]:
        if cell["agreement"].endswith("wld-lac") and cell["theme"].endswith("governance"):
            assert [(one["kind"], last(one["id"])) for one in cell["items"]] == [
                ("axis", "wld-lac"),
                ("commitment", "wld-lac"),
            ]


def test_a_requirement_said_not_to_be_met_is_an_absence_of_its_theme(call: Caller) -> None:
    plant(call, PREFIGURATION + DENIAL.format(requirement="wld-employeurs"))
    assert state(call, "employer-services") == ("stated-absent", False)


def test_a_cell_cites_the_excerpts_of_what_is_recorded_there(call: Caller) -> None:
    found = cells(call, "--by", "agreement,theme")["wld-golden", "governance"]
    assert {last(one) for one in found["excerpts"].split()} == {
        "wld-golden-axe-2",
        "wld-protocole-tableau",
    }


# --- Themes


def test_what_is_recorded_under_a_narrower_theme_climbs_to_the_wider_one(call: Caller) -> None:
    plant(call, AGREEMENT + COMMITMENT.format(theme="training-offer"))
    assert state(call, "training") == ("commitment", False)
    by = ("--by", "agreement,theme", "--all-themes")
    assert state(call, "training", *by) == ("commitment", False)
    assert state(call, "training-offer", *by) == ("commitment", False)
    assert state(call, "training-purchase", *by) == ("not-recorded", False)


def test_an_item_with_two_themes_under_one_is_in_its_cell_once(call: Caller) -> None:
    plant(call, AGREEMENT + COMMITMENT.format(theme="training-offer , theme:training-purchase"))
    assert items(call, "wld-lac", "training", "--by", "agreement,theme") == ["wld-lac"]


def test_an_absence_does_not_climb_to_the_wider_theme(call: Caller) -> None:
    plant(call, AGREEMENT + ABSENCE.format(theme="training-offer"))
    by = ("--by", "agreement,theme", "--all-themes")
    assert state(call, "training-offer", *by) == ("stated-absent", False)
    assert state(call, "training", *by) == ("not-recorded", False)


def test_columns_are_the_top_themes_and_with_all_themes_the_tree_each_after_the_one_above_it(
    call: Caller,
) -> None:
    top = json.loads(told(call, "--format", "json"))["columns"]
    every = json.loads(told(call, "--all-themes", "--format", "json"))["columns"]
    assert [one for one in every if one["broader"] is None] == top
    above = {one["id"]: one["broader"] for one in every}
    assert len(above) == len(every) > len(top)
    for before, one in pairwise(every):
        path = [before["id"]]
        while above[path[-1]] is not None:
            path.append(above[path[-1]])
        assert one["broader"] in {None, *path}
    shown = told(call, "--all-themes").splitlines()
    assert any(re.fullmatch(r" +\d+    offre de formation", line) for line in shown)
    assert any(re.fullmatch(r" +\d+  formation professionnelle", line) for line in shown)


def test_a_circle_of_themes_loses_no_column(call: Caller) -> None:
    plant(
        call,
        'theme:wld-a a skos:Concept ; skos:prefLabel "A"@fr ; skos:inScheme c:theme ; skos:broader theme:wld-b .\n'
        'theme:wld-b a skos:Concept ; skos:prefLabel "B"@fr ; skos:inScheme c:theme ; skos:broader theme:wld-a .\n',
    )
    columns = {column for _, column in cells(call, "--all-themes")}
    assert {"wld-a", "wld-b", "training-offer"} <= columns


# --- Territories


def test_a_territory_shows_its_own_agreements_and_the_larger_or_smaller_ones_when_asked_for(
    call: Caller,
) -> None:
    plant(call, AGREEMENT + COMMITMENT.format(theme="innovation"))
    department, region = ("--level", "departmental"), ("--level", "regional")
    assert state(call, "innovation", *department, row="ter:wld-sarcelle") == ("commitment", False)
    assert state(call, "governance", *department, row="ter:wld-sarcelle") == ("not-recorded", False)
    assert items(call, "wld-sarcelle", "governance", *department, "--inherited") == [
        "wld-golden-2",
        "wld-golden-3",
        "wld-convention-2023-crefop",
    ]
    assert "wld-tripartite-2023-1" in items(
        call, "wld-sarcelle", "integration", *department, "--inherited"
    )  # from the country, two steps up
    assert state(call, "innovation", *region, row="ter:wld-hautebrume") == ("not-recorded", False)
    assert items(call, "wld-hautebrume", "innovation", *region, "--inside") == ["wld-lac"]
    assert state(call, "innovation", *region, "--inherited", row="ter:wld-hautebrume")[0] == ("not-recorded")
    assert items(call, "wld-valdorie", "innovation", "--level", "national", "--inside") == ["wld-lac"]
    both = items(call, "wld-sarcelle", "employer-services", *department, "--inherited", "--inside")
    assert {"wld-chambre-2024-1", "wld-convention-2023-1", "wld-tripartite-2023-2"} <= set(both)


def test_a_commitment_with_a_territory_of_its_own_holds_there_and_not_in_that_of_its_agreement(
    call: Caller,
) -> None:
    plant(
        call,
        AGREEMENT
        + COMMITMENT.format(theme="innovation")
        + "cmt:wld-lac ae:coversTerritory ter:wld-brumeval .",
    )
    assert state(call, "innovation", "--level", "departmental", row="ter:wld-sarcelle")[0] == ("not-recorded")
    assert state(call, "innovation", "--level", "municipal", row="ter:wld-brumeval")[0] == "commitment"
    assert items(call, "wld-sarcelle", "innovation", "--level", "departmental", "--inside") == ["wld-lac"]


def test_what_holds_for_a_territory_and_for_a_smaller_one_is_its_own(call: Caller) -> None:
    plant(
        call,
        AGREEMENT
        + COMMITMENT.format(theme="innovation")
        + "agr:wld-lac ae:coversTerritory ter:wld-hautebrume .",
    )
    made = json.loads(told(call, "--inside", "--inherited", "--format", "json"))["cells"]
    (cell,) = (
        one
        for one in made
        if one["theme"].endswith("innovation") and one["territory"].endswith("wld-hautebrume")
    )
    assert [(last(one["id"]), one["relation"]) for one in cell["items"]] == [("wld-lac", "own")]


def test_an_agreement_without_a_territory_is_in_no_row(call: Caller) -> None:
    plant(
        call,
        (AGREEMENT + COMMITMENT.format(theme="innovation")).replace(
            "ae:coversTerritory ter:wld-sarcelle", "ae:ordinalInSeries 1"
        ),
    )
    every = cells(call, "--level", "*", "--inherited", "--inside")
    assert not [one for (_, column), one in every.items() if column == "innovation" and one["items"]]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("regional", {"wld-hautebrume", "wld-grisemarche"}),
        ("Régional", {"wld-hautebrume", "wld-grisemarche"}),
        ("level:departmental", {"wld-sarcelle", "wld-vespree"}),
        ("DEPARTEMENTAL", {"wld-sarcelle", "wld-vespree"}),
        ("https://w3id.org/accords-emploi/concept/level/national", {"wld-valdorie"}),
        ("communal", {"wld-brumeval", "wld-port-sarcelle"}),
        ("municipal", {"wld-brumeval", "wld-port-sarcelle"}),
        ("bassin d'emploi", {"wld-bassin-port-sarcelle", "wld-bassin-haut-plateau"}),
        ("employment basin", {"wld-bassin-port-sarcelle", "wld-bassin-haut-plateau"}),
        ("intermunicipal", {"wld-les-brumes"}),
        (
            "local",  # and the narrower levels
            {
                "wld-brumeval",
                "wld-port-sarcelle",
                "wld-bassin-port-sarcelle",
                "wld-bassin-haut-plateau",
                "wld-les-brumes",
            },
        ),
    ],
)
def test_rows_are_the_territories_of_a_level_named_as_people_name_it(
    call: Caller, typed: str, expected: set[str]
) -> None:
    assert {row for row, _ in cells(call, "--level", typed)} == expected


def test_rows_tell_their_code_and_the_territory_that_holds_them(call: Caller) -> None:
    rows = json.loads(told(call, "--level", "departmental", "--format", "json"))["rows"]
    assert {row["code"]: last(row["broader"]) for row in rows} == {
        "53": "wld-hautebrume",
        "54": "wld-grisemarche",
    }


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fr", "1 territoire de niveau intercommunal sur 1 : Les Brumes"),
        ("en", "1 of 1 territory at inter-municipal level: Les Brumes"),
    ],
)
def test_what_is_missing_is_said_first_with_the_level_of_the_rows(
    call: Caller, lang: Language, said: str
) -> None:
    lines = told(call, "--level", "intermunicipal", lang=lang).splitlines()
    assert lines[3] == f"  {said}"


def test_beyond_twelve_names_the_others_are_counted(call: Caller) -> None:
    for number, rest in ((13, "et 1 autre"), (14, "et 2 autres")):
        plant(
            call,
            "\n".join(
                f'ter:wld-x{one:02} a ae:Territory ; skos:prefLabel "X{one:02}"@fr ; ae:level level:regional .'
                for one in range(number)
            ),
        )
        assert f"{number} territoires de niveau régional sur {number + 2} : X00, X01, " in told(call)
        assert f"X11 {rest}" in " ".join(told(call).split())


@pytest.mark.parametrize("form", FORMS)
def test_a_level_without_a_territory_is_said_and_every_form_stands(call: Caller, form: str) -> None:
    plant(call, "ter:wld-valdorie owl:deprecated true .")
    written = told(call, "--level", "national", "--format", form)
    if form in {"text", "md", "svg"}:
        assert "aucun territoire de ce niveau n'est décrit" in written
    if form == "csv":
        assert len(written.splitlines()) == 1
    if form == "json":
        assert json.loads(written)["rows"] == json.loads(written)["cells"] == []


# --- What comes from elsewhere


def reach(call: Caller, column: str, *words: str) -> tuple[str, str]:
    """Return the state of a cell of the lake's department, and how far what gives it reaches."""
    cell = cells(call, "--level", "departmental", *words)["wld-sarcelle", column]
    return cell["state"], cell["relation"]


def test_a_cell_tells_how_far_what_gives_its_state_reaches(call: Caller) -> None:
    plant(call, FOUR)
    both = ("--inherited", "--inside")
    assert reach(call, "innovation", *both) == ("mention", "own")
    assert reach(call, "training") == ("stated-absent", "own")
    assert reach(call, "training", *both) == ("commitment", "inherited")  # the department's own is an absence
    assert reach(call, "integration") == ("not-recorded", "")
    assert reach(call, "integration", *both) == ("commitment", "inherited")
    region = cells(call, "--inside")["wld-hautebrume", "innovation"]
    assert (region["state"], region["relation"]) == ("mention", "inside")


@pytest.mark.parametrize("form", ["text", "md", "svg"])
def test_what_comes_from_elsewhere_is_in_the_legend_when_asked_for(call: Caller, form: str) -> None:
    plant(call, FOUR)
    words = ("--level", "departmental", "--format", form)
    larger, smaller = "venu d'un territoire plus large (", "venu d'un territoire plus petit ("
    for options, there in (
        ((), (False, False)),
        (("--inherited",), (True, False)),
        (("--inside",), (False, True)),
        (("--inherited", "--inside"), (True, True)),
    ):
        said = told(call, *words, *options)
        assert (larger in said, smaller in said) == there
    found = list(cells(call, "--level", "departmental", "--inherited").values())
    number = sum(one["relation"] == "inherited" for one in found)
    assert number > 1
    assert f"{larger}{number})" in told(call, *words, "--inherited")


def test_the_picture_says_in_words_what_comes_from_elsewhere(call: Caller) -> None:
    plant(call, FOUR)
    picture = ET.fromstring(told(call, "--level", "departmental", "--inherited", "--format", "svg"))  # noqa: S314  # ours
    described = picture.findtext(f"{SVG}desc") or ""
    assert (
        "insertion professionnelle (engagement, axe ou comité ; venu d'un territoire plus large)" in described
    )
    assert "expérimentation (simple mention)" in described


@pytest.mark.parametrize(
    ("words", "french", "english"),
    [
        ((), "Territoire × thème (niveau régional)", "Territory × theme (regional level)"),
        (("--by", "agreement,theme"), "Accord × thème", "Agreement × theme"),
        (
            ("--level", "departmental", "--all-themes", "--inherited"),
            "Territoire × thème (niveau départemental, concepts plus étroits compris, avec ce qui vient d'un territoire plus large)",
            "Territory × theme (departmental level, narrower concepts included, with what comes from a larger territory)",
        ),
        (
            ("--level", "*", "--inside"),
            "Territoire × thème (plusieurs niveaux, avec ce qui vient d'un territoire plus petit)",
            "Territory × theme (several levels, with what comes from a smaller territory)",
        ),
        (
            ("--by", "territory,barrier", "--inside", "--inherited"),
            "Territoire × frein (niveau régional, avec ce qui vient d'un territoire plus large ou plus petit)",
            "Territory × barrier (regional level, with what comes from a larger or smaller territory)",
        ),
    ],
)
def test_the_heading_says_what_was_asked_for(
    call: Caller, words: tuple[str, ...], french: str, english: str
) -> None:
    assert told(call, *words).splitlines()[0] == french
    assert told(call, *words, lang="en").splitlines()[0] == english
    assert f"## {english}" in told(call, *words, "--format", "md", lang="en").replace("\\", "")
    picture = ET.fromstring(told(call, *words, "--format", "svg"))  # noqa: S314  # ours
    assert picture.findtext(f"{SVG}title") == french
    heads = [mark.text or "" for mark in picture.findall(f"{SVG}text") if "font-weight" in mark.attrib]
    assert " ".join(heads) == french


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            (),
            "pour ces territoires mêmes (ce n'est pas « aucun » ; voir accords coverage --inherited --inside)",
        ),
        (
            ("--inherited",),
            "ni là ni dans un territoire plus large (ce n'est pas « aucun » ; voir accords coverage --inside)",
        ),
        (
            ("--inside",),
            "ni là ni dans un territoire plus petit (ce n'est pas « aucun » ; voir accords coverage --inherited)",
        ),
        (("--inside", "--inherited"), "ni là, ni plus largement, ni plus finement (ce n'est pas « aucun »)"),
    ],
)
def test_what_is_missing_says_where_it_was_looked_for(
    call: Caller, words: tuple[str, ...], said: str
) -> None:
    for form in ("text", "md"):
        written = re.sub(r"\\(.)", r"\1", told(call, "--level", "*", *words, "--format", form))
        assert f"Rien d'enregistré {said}" in written


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize(
    "words", [(), ("--inherited", "--inside", "--level", "*"), ("--by", "agreement,theme")]
)
def test_no_line_is_wider_than_the_terminal(
    call: Caller, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], width: int, lang: Language
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    plant(call, FOUR + "axe:wld-lac ae:theme theme:training .")
    assert max(map(len, told(call, *words, lang=lang).splitlines())) <= width


# --- Records that gave way


@pytest.mark.parametrize("gone", ["agr:wld-lac", "axe:wld-lac", "cmt:wld-lac", "men:wld-lac", "clm:wld-lac"])
def test_a_record_that_gave_way_is_left_out(call: Caller, gone: str) -> None:
    there = {
        "axe": ("guidance", "commitment"),
        "cmt": ("governance", "commitment"),
        "men": ("innovation", "mention"),
        "clm": ("training", "stated-absent"),
    }
    plant(call, FOUR + f"axe:wld-lac ae:theme theme:guidance . {gone} owl:deprecated true .")
    found = cells(call, "--level", "departmental")
    for prefix, (column, before) in there.items():
        left_out = gone.startswith(("agr:", f"{prefix}:"))
        if (prefix, gone) == ("axe", "axe:wld-lac"):  # its commitment stays, and with it the theme
            assert found["wld-sarcelle", column]["items"].split() == [CMT]
            continue
        assert found["wld-sarcelle", column]["state"] == ("not-recorded" if left_out else before), column
    agreements = {row for row, _ in cells(call, "--by", "agreement,theme")}
    assert ("wld-lac" in agreements) == (gone != "agr:wld-lac")


def test_territories_concepts_and_committees_that_gave_way_are_left_out(call: Caller) -> None:
    plant(
        call,
        "ter:wld-brumeval owl:deprecated true . theme:training owl:deprecated true . "
        "com:wld-comite-regional owl:deprecated true . com:wld-crefop owl:deprecated true .",
    )
    assert {row for row, _ in cells(call, "--level", "municipal")} == {"wld-port-sarcelle"}
    assert "training" not in {column for _, column in cells(call)}
    assert state(call, "regional", "--by", "territory,level", row="ter:wld-hautebrume")[0] == "not-recorded"


# --- What is crossed


@pytest.mark.parametrize(
    ("by", "row", "column", "expected"),
    [
        ("territory,theme", "wld-hautebrume", "governance", "commitment"),
        ("agreement,theme", "wld-tripartite-2023", "integration", "commitment"),
        ("territory,barrier", "wld-hautebrume", "mobility", "commitment"),
        ("territory,level", "wld-hautebrume", "regional", "commitment"),
        ("territory,level", "wld-hautebrume", "local", "stated-absent"),
    ],
)
def test_there_are_four_matrices(call: Caller, by: str, row: str, column: str, expected: str) -> None:
    found = cells(call, "--by", by)
    assert found[row, column]["state"] == expected
    assert len(found) == len({one for one, _ in found}) * len({one for _, one in found})


def test_a_barrier_is_a_mention_where_it_is_only_named(call: Caller) -> None:
    national = ("--by", "territory,barrier", "--level", "national")
    assert state(call, "health", *national, row="ter:wld-valdorie") == ("mention", False)


def test_committees_are_counted_where_they_sit_and_inside_when_asked_for(call: Caller) -> None:
    by = ("--by", "territory,level")
    assert state(call, "departmental", *by, row="ter:wld-hautebrume") == ("not-recorded", False)
    assert items(call, "wld-hautebrume", "departmental", *by, "--inside") == ["wld-comite-departemental"]
    assert state(call, "local", *by, "--inside", row="ter:wld-hautebrume") == ("commitment", True)
    assert items(call, "wld-sarcelle", "regional", *by, "--level", "departmental", "--inherited") == [
        "wld-comite-regional",
        "wld-crefop",
    ]


def test_a_committee_that_two_agreements_provide_for_tells_both(call: Caller) -> None:
    plant(call, AGREEMENT + "com:wld-comite-regional ae:providedForBy agr:wld-lac .")
    made = json.loads(told(call, "--by", "territory,level", "--format", "json"))["cells"]
    (cell,) = (
        one
        for one in made
        if one["committee-level"].endswith("/regional") and one["territory"].endswith("/wld-hautebrume")
    )
    pairs = {(last(one["id"]), last(one["agreement"] or "")) for one in cell["items"]}
    assert {("wld-comite-regional", "wld-lac"), ("wld-comite-regional", "wld-golden")} <= pairs
    assert items(call, "wld-hautebrume", "regional", "--by", "territory,level") == [
        "wld-comite-regional",
        "wld-crefop",
    ]


@pytest.mark.parametrize(
    "typed", ["territory,level", "territory,committee-level", "Territory × Level", " territory , LEVEL "]
)
def test_a_matrix_answers_to_its_name_however_it_is_spelled(call: Caller, typed: str) -> None:
    assert told(call, "--by", typed) == told(call, "--by", "territory,level")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("--by", "territory,them"),
            "matrice introuvable : territory,them\n  → noms proches : territory,theme",
        ),
        (("--by", "territoire,thème"), "noms proches :"),
        (
            ("--by", "cabbage"),
            "noms proches : agreement,theme ; territory,barrier ; territory,level ; territory,theme",
        ),
        (("--by", ""), "agreement,theme ; territory,barrier"),
        (("--by", "theme,territory"), "agreement,theme ; territory,barrier"),
        (("--level", "regionnal"), "noms proches : level:regional"),
        (("--level", "Hautebrume"), "introuvable : Hautebrume"),
        (("--level", ""), "niveau"),
        (("--by", "agreement,theme", "--level", "regional"), "--level, --inherited et --inside"),
        (("--by", "agreement,theme", "--inside"), "--by territory,…"),
        (("--by", "agreement,theme", "--inherited"), "--by territory,…"),
        (("--requirements", "--level", "regional"), "ni --by, ni --level"),
        (("--requirements", "--by", "agreement,theme"), "ni --by"),
        (("--requirements", "--all-themes"), "--all-themes"),
        (("--requirements", "--inside"), "--inside"),
        (("--requirements", "--format", "svg"), "text, csv, json ou md avec --requirements"),
        (("--format", "ttl"), "--format"),
    ],
)
def test_wrong_use_is_refused_with_what_to_type(call: Caller, words: tuple[str, ...], said: str) -> None:
    refused = call("coverage", *words)
    assert (refused.code, refused.out) == (2, "")
    assert said in refused.err
    assert "Traceback" not in refused.err


def test_an_unknown_name_is_refused_in_english_too(call: Caller) -> None:
    refused = call("coverage", "--by", "territory,them", lang="en")
    assert refused.err == "accords: unknown matrix: territory,them\n  → close names: territory,theme\n"
    assert "close names: level:regional" in call("coverage", "--level", "regionnal", lang="en").err


# --- Requirements


def test_a_requirement_is_covered_not_recorded_or_explicitly_not_met_with_what_was_counted(
    call: Caller,
) -> None:
    assert verdicts(call) == {
        ("wld-golden", "wld-comite-regional"): (1, "covered", {"wld-comite-regional"}),
        ("wld-golden", "wld-comite-departemental"): (1, "covered", {"wld-comite-departemental"}),
        ("wld-golden", "wld-formation"): (2, "covered", {"wld-golden-1", "wld-golden-2"}),
        ("wld-golden", "wld-employeurs"): (0, "not-recorded", set()),
        ("wld-golden", "wld-comite-local"): (0, "explicitly-not-met", set()),
    }


def test_axes_mentions_and_items_that_gave_way_never_meet_a_requirement(call: Caller) -> None:
    plant(
        call,
        PREFIGURATION
        + "axe:wld-lac ae:theme theme:employer-services .\n"
        + MENTION.format(theme="employer-services")
        + COMMITMENT.format(theme="employer-services")
        + "cmt:wld-lac owl:deprecated true .",
    )
    assert verdicts(call)["wld-lac", "wld-employeurs"] == (0, "not-recorded", set())


def test_a_commitment_counts_by_a_narrower_theme_or_by_that_of_its_axis(call: Caller) -> None:
    plant(
        call,
        PREFIGURATION + "axe:wld-lac ae:theme theme:training .\n" + COMMITMENT.format(theme="recruitment"),
    )
    found = verdicts(call)
    assert found["wld-lac", "wld-employeurs"] == (1, "covered", {"wld-lac"})
    assert found["wld-lac", "wld-formation"] == (1, "covered", {"wld-lac"})


def test_too_few_are_not_enough_and_what_there_is_is_told(call: Caller) -> None:
    world = call.root / "data/frameworks/wld-referentiel.ttl"
    raised = world.read_text(encoding="utf-8").replace("ae:minimumCount 1", "ae:minimumCount 3")
    world.write_text(raised, encoding="utf-8")
    assert verdicts(call)["wld-golden", "wld-formation"] == (
        2,
        "not-recorded",
        {"wld-golden-1", "wld-golden-2"},
    )
    assert "Une mesure de formation, en Valdorie : 2 sur 3" in told(call, "--requirements")
    assert "A training measure, in Valdorie: 2 of 3" in told(call, "--requirements", lang="en")


def test_a_source_that_denies_what_is_recorded_does_not_undo_it(call: Caller) -> None:
    plant(
        call, PREFIGURATION + COMMITMENT.format(theme="training") + DENIAL.format(requirement="wld-formation")
    )
    assert verdicts(call)["wld-lac", "wld-formation"] == (1, "covered", {"wld-lac"})


@pytest.mark.parametrize(
    ("change", "to"),
    [
        ("stated-absent", "not-stated"),
        ("claim-rank:preferred", "claim-rank:secondary"),
        ("claim-rank:preferred", "claim-rank:discarded"),
        ("ae:claimBasis", "owl:deprecated true ; ae:claimBasis"),
        ("ae:claimAbout agr:wld-lac", "ae:claimAbout agr:wld-chambre-2024"),
    ],
)
def test_only_a_preferred_claim_about_this_agreement_makes_a_requirement_explicitly_not_met(
    call: Caller, change: str, to: str
) -> None:
    denial = DENIAL.format(requirement="wld-formation")
    plant(call, PREFIGURATION + denial)
    assert verdicts(call)["wld-lac", "wld-formation"][1] == "explicitly-not-met"
    plant(call, PREFIGURATION + denial.replace(change, to))
    assert verdicts(call)["wld-lac", "wld-formation"][1] == "not-recorded"


def test_agreements_and_requirements_that_gave_way_are_not_judged(call: Caller) -> None:
    plant(call, PREFIGURATION + "agr:wld-lac owl:deprecated true . req:wld-formation owl:deprecated true .")
    found = verdicts(call)
    assert {agreement for agreement, _ in found} == {"wld-golden"}
    assert len(found) == 4


def test_a_committee_nested_under_one_that_gave_way_does_not_count(call: Caller) -> None:
    plant(call, "com:wld-comite-local ae:providedForBy agr:wld-golden .")
    assert verdicts(call)["wld-golden", "wld-comite-local"] == (1, "covered", {"wld-comite-local"})
    plant(
        call,
        "com:wld-comite-local ae:providedForBy agr:wld-golden . com:wld-comite-departemental owl:deprecated true .",
    )
    assert verdicts(call)["wld-golden", "wld-comite-local"] == (0, "explicitly-not-met", set())


def test_verdicts_agree_with_the_triples_that_the_question_of_results_gives(call: Caller) -> None:
    plant(
        call,
        PREFIGURATION + COMMITMENT.format(theme="training") + DENIAL.format(requirement="wld-employeurs"),
    )
    asked = call("ask", "coverage/results", "--format", "csv")
    by_result: dict[str, dict[str, set[str]]] = {}
    for row in rows_of(asked.out):
        told_of = by_result.setdefault(row["subject"], {})
        told_of.setdefault(re.split("[/#]", row["predicate"])[-1], set()).add(row["object"])
    found = set()
    for result in by_result.values():
        (status,) = result["coverageStatus"]
        (agreement,) = (one for one in result["assesses"] if "/agreement/" in one)
        (requirement,) = (one for one in result["assesses"] if "/requirement/" in one)
        found.add((last(agreement), last(requirement), last(status)))
    assert found == {(*pair, status) for pair, (_, status, _) in verdicts(call).items()}
    assert len(found) == 10


def test_what_is_missing_comes_first_and_what_was_counted_one_a_line_by_label(call: Caller) -> None:
    plant(
        call,
        PREFIGURATION
        + "axe:wld-lac ae:theme theme:training .\n"
        + "".join(
            f'cmt:wld-lac-{number} a ae:Commitment ; ae:underAxis axe:wld-lac ; skos:prefLabel "{label}"@fr .\n'
            for number, label in enumerate(("Zones, rives et ports", "école de l'eau", "Abri, aussi"))
        ),
    )
    lines = told(call, "--requirements").splitlines()
    heads = [line for line in lines if line and not line.startswith(" ")]
    assert heads == [
        "1 exigence expressément non satisfaite",
        "5 exigences non enregistrées",
        "4 exigences couvertes",
        "Non enregistré n'est pas « non satisfait ».",
    ]
    place = lines.index("    Une mesure de formation, en Valdorie : 3 sur 1")
    assert lines[place + 1 : place + 4] == [
        "      - Abri, aussi",
        "      - école de l'eau",
        "      - Zones, rives et ports",
    ]
    statuses = [one["status"] for one in rows_of(told(call, "--requirements", "--format", "csv"))]
    assert statuses == sorted(statuses, key=["explicitly-not-met", "not-recorded", "covered"].index)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("width", [40, 80])
def test_verdicts_keep_to_the_terminal_and_lose_no_letter(
    call: Caller, monkeypatch: pytest.MonkeyPatch, width: int, lang: Language
) -> None:
    long = "Engagement sur la très longue liste des métiers de toutes les rives, ports et îles du lac de Sarcelle"
    plant(call, PREFIGURATION + COMMITMENT.format(theme="training").replace("Engagement du lac", long))
    monkeypatch.setenv("COLUMNS", str(width))
    said = told(call, "--requirements", lang=lang)
    assert max(map(len, said.splitlines())) <= width
    assert long in " ".join(said.split())
    assert re.search(r"^\d exigence" if lang == "fr" else r"^\d requirement", said, re.MULTILINE)


def test_two_agreements_of_one_name_are_kept_apart(call: Caller) -> None:
    plant(call, PREFIGURATION.replace("Accord du lac", "Protocole de préfiguration de Hautebrume"))
    lines = told(call, "--requirements").splitlines()
    place = lines.index("6 exigences non enregistrées")
    assert lines[place + 1 : place + 9].count("  Protocole de préfiguration de Hautebrume") == 2


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_form_holds_the_same_verdicts(call: Caller, lang: Language) -> None:
    plant(call, PREFIGURATION + COMMITMENT.format(theme="training"))
    rows = rows_of(told(call, "--requirements", "--format", "csv", lang=lang))
    made = json.loads(told(call, "--requirements", "--format", "json", lang=lang))
    assert [
        (one["agreement"], one["requirement"], str(one["minimum"]), str(one["recorded"]), one["status"])
        for one in made
    ] == [
        (one["agreement"], one["requirement"], one["minimum"], one["recorded"], one["status"]) for one in rows
    ]
    assert [" ".join(item["id"] for item in one["items"]) for one in made] == [one["items"] for one in rows]
    table = markdown(told(call, "--requirements", "--format", "md", lang=lang))[1:]
    assert [row[:2] for row in table] == [[one["agreementLabel"], one["requirementLabel"]] for one in rows]
    tallies = [row[3].split("<br>") for row in table]
    assert [tally[0] for tally in tallies] == [f"{one['recorded']}/{one['minimum']}" for one in made]
    assert [sorted(tally[1:]) for tally in tallies] == [
        sorted(item["label"] for item in one["items"]) for one in made
    ]
    text = told(call, "--requirements", lang=lang)
    of = "of" if lang == "en" else "sur"
    for one in rows:
        assert re.search(
            rf"^    {re.escape(one['requirementLabel'])} ?: {one['recorded']} {of} {one['minimum']}$",
            text,
            re.MULTILINE,
        )


@pytest.mark.parametrize("form", ["text", "md"])
def test_that_no_requirement_applies_is_said(call: Caller, form: str) -> None:
    (call.root / "data/frameworks/wld-referentiel.ttl").unlink()
    assert "Aucune exigence ne s'applique" in told(call, "--requirements", "--format", form)
    assert "No requirement applies" in told(call, "--requirements", "--format", form, lang="en")


def test_a_minimum_that_is_no_number_is_refused_with_where_to_look(call: Caller) -> None:
    plant(call, PREFIGURATION)
    world = call.root / "data/frameworks/wld-referentiel.ttl"
    spoilt = world.read_text(encoding="utf-8").replace("ae:minimumCount 1", 'ae:minimumCount "un"', 1)
    world.write_text(spoilt, encoding="utf-8")
    refused = call("coverage", "--requirements")
    assert (refused.code, refused.out) == (3, "")
    assert "un nombre entier attendu, trouvé : « un »" in refused.err
    assert "accords check" in refused.err


# --- Forms


def markdown(text: str) -> list[list[str]]:
    """Return the rows of the table of a Markdown text, without its rule, unescaped."""
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    split = [re.split(r"(?<!\\)\|", row)[1:-1] for row in rows]
    return [[re.sub(r"\\(.)", r"\1", cell.strip()) for cell in row] for row in split]


Sign = tuple[str, str, bool]  # state, reach (own where nothing says another), disputed


def signed(sign: str) -> Sign:
    return SIGNS[sign[0]], ARROWS.get(sign[1:2], "own"), sign.endswith("!")


def drawn(picture: ET.Element, columns: int) -> list[list[Sign]]:
    """Return what the shapes of a picture stand for, row by row, the four states of the legend as the last row."""
    shapes: dict[float, dict[float, str]] = {}
    arrows: dict[tuple[float, float], str] = {}
    for mark in picture:
        name = mark.tag.removeprefix(SVG)
        if name == "circle":
            kinds = {"7": "commitment", "6": "mention", "1.5": "not-recorded"}
            x, y, kind = float(mark.attrib["cx"]), float(mark.attrib["cy"]), kinds[mark.attrib["r"]]
        elif name == "path" and "v" in mark.attrib["d"]:
            start, _, shaft = mark.attrib["d"][1:].partition("v")
            down = not shaft.startswith("-")
            x, y = map(float, start.split())
            arrows[x, y + (5 if down else -5)] = "inherited" if down else "inside"
            continue
        elif name == "path":
            x, y = (float(one) + 5 for one in mark.attrib["d"][1:].partition("l")[0].split())
            kind = "stated-absent"
        else:
            continue
        shapes.setdefault(y, {})[x] = kind
    doubts = {
        (float(mark.attrib["x"]), float(mark.attrib["y"]) - 4)
        for mark in picture.findall(f"{SVG}text")
        if mark.text == "!"
    }
    lines = [
        [
            (
                line[x],
                next((kind for (u, v), kind in arrows.items() if abs(y - v) < 1 and 0 < u - x < 13), "own"),
                any(abs(y - v) < 1 and 0 < u - x < 20 for u, v in doubts),
            )
            for x in sorted(line)
        ]
        for y, line in sorted(shapes.items())
    ]
    assert {len(line) for line in lines[:-4]} <= {columns}
    return [*lines[:-4], [line[0] for line in lines[-4:]]]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    "words",
    [
        ("--by", "agreement,theme"),
        ("--by", "territory,level", "--level", "*", "--inside"),
        ("--level", "*", "--all-themes", "--inherited"),
        ("--by", "territory,level", "--level", "*", "--inside", "--inherited"),
    ],
)
def test_every_form_holds_the_same_cells(call: Caller, words: tuple[str, ...], lang: Language) -> None:
    plant(call, FOUR + "axe:wld-lac ae:theme theme:training .")
    rows = rows_of(told(call, *words, "--format", "csv", lang=lang))
    row_label, column_label = (name for name in rows[0] if name.endswith("Label"))
    columns = list(dict.fromkeys(one[column_label] for one in rows))
    expected: list[tuple[str, list[Sign]]] = [
        (
            rows[start][row_label],
            [
                (one["state"], one["relation"] or "own", one["disputed"] == "true")
                for one in rows[start : start + len(columns)]
            ],
        )
        for start in range(0, len(rows), len(columns))
    ]
    states = [line for _, line in expected]

    made = json.loads(told(call, *words, "--format", "json", lang=lang))
    flat = [(one["state"], one["relation"] or "own", one["disputed"]) for one in made["cells"]]
    assert flat == [cell for line in states for cell in line]
    assert made["counts"] == {one: [cell for cell, *_ in flat].count(one) for one in SIGNS.values()}
    reaches = [one["relation"] for one in made["cells"]]
    assert made["reach"] == {one: reaches.count(one) for one in ("own", "inherited", "inside")}

    head, *table = markdown(told(call, *words, "--format", "md", lang=lang))
    assert head[1:] == columns
    assert [(row[0], [signed(sign) for sign in row[1:]]) for row in table] == expected

    picture = ET.fromstring(told(call, *words, "--format", "svg", lang=lang))  # noqa: S314  # ours
    assert drawn(picture, len(columns))[:-1] == states
    words_drawn = [mark.text or "" for mark in picture.findall(f"{SVG}text")]
    for label in (*columns, *(row for row, _ in expected)):
        assert label in words_drawn or f"{label[:59]}…" in words_drawn

    lines = told(call, *words, lang=lang).splitlines()
    for row, line in expected:
        shown = [
            signs[1]
            for one in lines
            if (signs := re.fullmatch(rf"  {re.escape(row[:59])}\S* +((?:[●○×·][↓↑]?!? *)+)", one))
        ]
        filled = any(cell != "not-recorded" for cell, *_ in line)
        assert [signed(sign) for part in shown for sign in part.split()] == (line if filled else [])


def test_a_picture_is_well_formed_and_says_in_words_what_it_shows(call: Caller) -> None:
    plant(call, FOUR + "axe:wld-lac ae:theme theme:training .")
    picture = ET.fromstring(told(call, "--by", "agreement,theme", "--format", "svg"))  # noqa: S314  # ours
    title, described = picture.find(f"{SVG}title"), picture.find(f"{SVG}desc")
    assert title is not None
    assert described is not None
    assert title.text == "Accord × thème"
    assert picture.attrib["role"] == "img"
    assert picture.attrib["aria-labelledby"] == f"{title.attrib['id']} {described.attrib['id']}"
    assert "1 thème sur 8 : développement économique." in (described.text or "")
    assert (
        "Accord du lac : gouvernance et pilotage (engagement, axe ou comité), expérimentation (simple mention), "
        "formation professionnelle (engagement, axe ou comité ; enregistré, et déclaré absent)."
    ) in (described.text or "")
    legend = [mark.text for mark in picture.findall(f"{SVG}text")][-6:]
    assert legend[-1] == "enregistré, et déclaré absent (1)"


def test_shapes_differ_without_colour(call: Caller) -> None:
    plant(call, FOUR)
    picture = ET.fromstring(told(call, "--by", "agreement,theme", "--format", "svg"))  # noqa: S314  # ours
    marks = [mark for mark in picture if mark.tag in {f"{SVG}circle", f"{SVG}path"}][-4:]
    shapes = {
        (
            mark.tag,
            mark.attrib.get("r"),
            "hollow" if mark.attrib.get("fill") in {"#fff", "none"} else "full",
            "stroke" in mark.attrib,
        )
        for mark in marks
    }
    assert len(shapes) == 4
    assert [state for state, *_ in drawn(picture, 8)[-1]] == list(SIGNS.values())


def test_nothing_of_a_picture_lies_outside_it(call: Caller) -> None:
    plant(call, FOUR + "axe:wld-lac ae:theme theme:training .")
    picture = ET.fromstring(told(call, "--level", "*", "--all-themes", "--format", "svg"))  # noqa: S314  # ours
    width, height = float(picture.attrib["width"]), float(picture.attrib["height"])
    for mark in picture.iter():
        for name, most in (("x", width), ("cx", width), ("y", height), ("cy", height)):
            assert 0 <= float(mark.attrib.get(name, 0)) < most


@pytest.mark.parametrize("form", FORMS)
def test_hostile_labels_stay_inert(call: Caller, form: str) -> None:
    quoted = [label.replace('"', '\\"').replace("\\u0000", "") for label in HOSTILE]
    plant(
        call,
        "".join(
            AGREEMENT.replace("wld-lac", f"wld-h{number:02}")
            .replace("Accord du lac", label)
            .replace("Lake agreement", label)
            + COMMITMENT.format(theme=f"wld-h{number:02}").replace("wld-lac", f"wld-h{number:02}")
            + f'theme:wld-h{number:02} a skos:Concept ; skos:prefLabel "{label}"@fr , "{label}"@en ; skos:inScheme c:theme .\n'
            for number, label in enumerate(quoted)
        ),
    )
    written = told(call, "--by", "agreement,theme", "--format", form)
    unseen = {
        letter
        for letter in written
        if unicodedata.category(letter) in {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
    }
    assert unseen == {"\n"}
    if form == "csv":
        found = {(last(row["agreement"]), last(row["theme"])): row["state"] for row in rows_of(written)}
        for number in range(len(HOSTILE)):
            assert found[f"wld-h{number:02}", f"wld-h{number:02}"] == "commitment"
        for row in csv.reader(io.StringIO(written)):
            assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    if form == "json":
        labels = {one["label"] for one in json.loads(written)["rows"]}
        assert {"\x1b[31mrouge\x07", "\u202eesrever\u2066", "\x9b2J", "=HYPERLINK(1)"} <= labels
    if form == "svg":
        picture = ET.fromstring(written)  # noqa: S314  # ours
        assert {mark.tag.removeprefix(SVG) for mark in picture.iter()} <= {
            "svg", "title", "desc", "rect", "text", "circle", "path",
        }  # fmt: skip
        assert not [name for mark in picture.iter() for name in mark.attrib if name.startswith("on")]
        assert float(picture.attrib["width"]) < 2000
    if form == "md":
        assert {len(row) for row in markdown(written)} == {len(markdown(written)[0])}
        assert not re.search(r"(?<!\\)[<>`*_\[\]~&]", written.replace("**", "", 2))
    if form == "text":
        assert max(map(len, written.splitlines())) <= 120


@pytest.mark.parametrize("form", ["text", "csv", "json", "md"])
def test_hostile_labels_stay_inert_in_verdicts(call: Caller, form: str) -> None:
    quoted = [label.replace('"', '\\"').replace("\\u0000", "") for label in HOSTILE]
    plant(
        call,
        PREFIGURATION
        + "axe:wld-lac ae:theme theme:training .\n"
        + "".join(
            f'cmt:wld-h{number:02} a ae:Commitment ; ae:underAxis axe:wld-lac ; skos:prefLabel "{label}"@fr .\n'
            + PREFIGURATION.replace("wld-lac", f"wld-h{number:02}").replace("Accord du lac", label)
            for number, label in enumerate(quoted)
        ),
    )
    written = told(call, "--requirements", "--format", form)
    unseen = {
        letter
        for letter in written
        if unicodedata.category(letter) in {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
    }
    assert unseen == {"\n"}
    if form == "csv":
        cells_of = [cell for row in csv.reader(io.StringIO(written)) for cell in row]
        assert not [cell for cell in cells_of if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    if form == "md":
        assert {len(row) for row in markdown(written)} == {4}
        assert not re.search(r"(?<!\\)[`*_\[\]~&]|(?<!\\)<(?!br>)", written)


def test_a_table_wider_than_the_terminal_is_cut_into_bands_that_hold_every_column(
    call: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    plant(call, FOUR)
    written = told(call, "--all-themes", "--level", "*").splitlines()
    grid = [line for line in written if re.fullmatch(r"  \S.*?  +[●○×·].*", line)]
    assert max(map(len, grid)) <= 50
    signs = "".join(line for line in grid if line.startswith("  Sarcelle"))
    assert len(re.findall("[●○×·]", signs)) == len({column for _, column in cells(call, "--all-themes")})
    heads = [number for line in written if re.fullmatch(r" +\d+(  +\d+)+", line) for number in line.split()]
    assert heads == [str(number) for number in range(1, len(heads) + 1)]


def test_french_and_english_say_the_same_of_the_same_cells(call: Caller) -> None:
    plant(call, FOUR + "axe:wld-lac ae:theme theme:training .")
    by = ("--by", "agreement,theme")
    french, english = told(call, *by), told(call, *by, lang="en")
    assert french.startswith(
        "Accord × thème\n\nRien d'enregistré (ce n'est pas « aucun »)\n  1 thème sur 8 : "
    )
    assert english.startswith(
        "Agreement × theme\n\nNothing recorded (which is not “none”)\n  1 of 8 themes: "
    )
    assert "! enregistré, et déclaré absent : Accord du lac / formation professionnelle" in french
    assert "! recorded, and stated absent: Lake agreement / vocational training" in english
    one, other = (
        [
            {name: cell for name, cell in row.items() if not name.endswith("Label")}
            for row in rows_of(told(call, *by, "--format", "csv", lang=lang))
        ]
        for lang in ("fr", "en")
    )
    assert one == other


def test_a_label_missing_in_one_language_is_told_in_the_other_and_none_at_all_by_the_short_name(
    call: Caller,
) -> None:
    plant(call, AGREEMENT.replace(', "Lake agreement"@en', "") + AGREEMENT.replace("lac", "mer").replace('"Accord du mer"@fr , "Lake agreement"@en', '"Meer"@de').replace('skos:prefLabel "Meer"@de ;', ""))  # fmt: skip
    labels = {
        last(one["agreement"]): one["agreementLabel"]
        for one in rows_of(told(call, "--by", "agreement,theme", "--format", "csv", lang="en"))
    }
    assert (labels["wld-lac"], labels["wld-mer"]) == ("Accord du lac", "agr:wld-mer")


# --- Files and limits


def test_a_table_is_written_beside_a_picture(call: Caller, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    silent = call("coverage", "--format", "svg", "--output", str(folder / "matrix.svg"))
    assert (silent.code, silent.out, silent.err) == (0, "", "")
    assert sorted(path.name for path in folder.iterdir()) == ["matrix.csv", "matrix.svg"]
    assert (folder / "matrix.csv").read_text(encoding="utf-8") == told(call, "--format", "csv")
    assert (folder / "matrix.svg").read_text(encoding="utf-8") == told(call, "--format", "svg")


@pytest.mark.parametrize("name", ["matrix.csv", "MATRIX.CSV"])
def test_a_picture_that_its_table_would_replace_is_refused(call: Caller, tmp_path: Path, name: str) -> None:
    refused = call("coverage", "--format", "svg", "--output", str(tmp_path / name))
    assert refused.code == 2
    assert "l'image et sa table auraient le même nom" in refused.err
    assert not (tmp_path / name).exists()


def test_nothing_is_half_written(call: Caller, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    (folder / "matrix.csv").mkdir(parents=True)
    picture = str(folder / "matrix.svg")
    assert call("coverage", "--format", "svg", "--output", picture).code == 2  # its table has no place
    assert [path.name for path in folder.iterdir()] == ["matrix.csv"]
    assert call("coverage", "--output", str(folder / "none" / "m.txt")).code == 2
    kept = folder / "kept.json"
    kept.write_text("before", encoding="utf-8")
    assert call("coverage", "--format", "json", "--output", str(kept), "--rows", "2").code == 3
    assert kept.read_text(encoding="utf-8") == "before"
    assert sorted(path.name for path in folder.iterdir()) == ["kept.json", "matrix.csv"]


@pytest.mark.parametrize("words", [(), ("--requirements",), ("--by", "agreement,theme")])
def test_a_limit_that_is_reached_is_a_refusal_and_never_part_of_an_answer(
    call: Caller, words: tuple[str, ...]
) -> None:
    few = call("coverage", *words, "--rows", "2")
    assert (few.code, few.out) == (3, "")
    assert "limite atteinte (2 lignes)" in few.err
    assert "--rows" in few.err
    short = call("coverage", *words, "--timeout", "0.01", lang="en")
    assert (short.code, short.out) == (3, "")
    assert "limit reached (0.01 s)" in short.err
    assert "--timeout" in short.err


def test_a_file_that_cannot_be_read_stops_the_answer(call: Caller) -> None:
    call.write("data/agreements/broken.ttl", "agr:a a \n")
    for words in ((), ("--requirements",)):
        refused: Called = call("coverage", *words)
        assert (refused.code, refused.out) == (3, "")
        assert "data/agreements/broken.ttl" in refused.err


@pytest.mark.parametrize("words", [*(("--format", form, "--all-themes", "--inside") for form in FORMS), ("--requirements",)])  # fmt: skip
def test_two_runs_give_identical_bytes(call: Caller, words: tuple[str, ...]) -> None:
    plant(call, FOUR)
    written = []
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "COLUMNS": "100"}
        ran = subprocess.run(
            [str(Path(sys.executable).with_name("accords")), "--root", str(call.root), "coverage", *words],
            cwd=ROOT, env=environment, capture_output=True, check=True, timeout=120,
        )  # fmt: skip
        written.append(ran.stdout)
    assert written[0] == written[1] != b""
