"""`accords ledger`: what is declared beside what is recorded, with the gap and the passage.

Counts are planted in a copy of the invented world. A row is read from the CSV form; one test says that the
other forms hold the same rows.
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
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from archives import declarations
from laying import ARCHIVE, ROOT

if TYPE_CHECKING:
    from accords.language import Language
    from archives import Archive
    from calling import Caller

FORMS = ("text", "csv", "json", "md")
COLUMNS = ["about", "kind", "declared", "recorded", "gap", "excerpt"]
KIND = "https://w3id.org/accords-emploi/concept/count-kind/"
NOTE = {"fr": "un seuil ne se compare pas", "en": "a threshold is not compared"}
COUNT = """
cnt:wld-lac a ae:DeclaredCount ; ae:countedIn {about} ; ae:countedKind count-kind:{kind} ;
  ae:declaredValue {value} ; ae:supportedBy exc:wld-golden-engagements .
"""
AGREEMENT = """
agr:wld-lac a ae:Agreement ; skos:prefLabel "Accord du lac"@fr , "Lake agreement"@en ;
  ae:agreementType agreement-type:cooperation-protocol ; ae:agreementStatus agreement-status:in-force .
axe:wld-lac a ae:Axis ; skos:prefLabel "Axe du lac"@fr ; ae:axisOf agr:wld-lac .
cmt:wld-lac-1 a ae:Commitment ; ae:underAxis axe:wld-lac .
cmt:wld-lac-2 a ae:Commitment ; ae:underAxis axe:wld-lac .
"""


@pytest.fixture(autouse=True)
def page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing bound the width of a text: some runners set COLUMNS."""
    monkeypatch.delenv("COLUMNS", raising=False)


def plant(call: Caller, turtle: str) -> None:
    """Write records, without prefixes, into a file of the project."""
    call.write("data/agreements/planted.ttl", declarations() + turtle + "\n")


def told(call: Caller, *words: str, lang: Language = "fr") -> str:
    """Return what a ledger that goes well prints."""
    called = call("ledger", *words, lang=lang)
    assert (called.code, called.err) == (0, "")
    return called.out


def rows(call: Caller, *words: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(told(call, "--format", "csv", *words), newline="")))


def last(iri: str) -> str:
    return iri.rpartition("/")[2]


def numbers(call: Caller, about: str = "wld-lac") -> list[tuple[str, str, str, str]]:
    """Return the kind, declared, recorded and gap of the rows about something."""
    return [
        (last(row["kind"]), row["declared"], row["recorded"], row["gap"])
        for row in rows(call)
        if last(row["about"]) == about
    ]


# --- Numbers


def test_each_declared_number_stands_beside_what_is_recorded(call: Caller) -> None:
    assert {(last(one["about"]), *list(one.values())[1:5]) for one in rows(call)} == {
        ("wld-golden", f"{KIND}axes", "2", "2", "0"),
        ("wld-golden", f"{KIND}commitments", "3", "3", "0"),
        ("wld-tripartite-2023", f"{KIND}axes", "2", "2", "0"),
        ("wld-pacte-2021", f"{KIND}commitments", "5", "2", "3"),
        ("wld-crefop", f"{KIND}colleges", "4", "4", "0"),
        ("wld-spre-grisemarche", f"{KIND}colleges", "3", "3", "0"),
        ("wld-hautebrume", f"{KIND}employment-basins", "2", "2", "0"),
        ("wld-referentiel", f"{KIND}minimum-axes", "2", "", ""),
    }


@pytest.mark.parametrize(
    ("about", "kind", "expected"),
    [
        ("agr:wld-lac", "commitments", (23, 2, 21)),
        ("agr:wld-lac", "axes", (1, 1, 0)),
        ("agr:wld-lac", "axes", (0, 1, -1)),
        ("agr:wld-chambre-2027", "commitments", (7, 0, 7)),
        ("ter:wld-valdorie", "employment-basins", (5, 2, 3)),  # through the region and the département
        ("ter:wld-sarcelle", "employment-basins", (5, 1, 4)),
        ("com:wld-comite-local", "colleges", (3, 0, 3)),
        ("com:wld-crefop", "colleges", (6, 4, 2)),
    ],
)
def test_the_gap_is_what_is_declared_less_the_records_of_that_kind(
    call: Caller, about: str, kind: str, expected: tuple[int, int, int]
) -> None:
    plant(call, AGREEMENT + COUNT.format(about=about, kind=kind, value=expected[0]))
    assert (kind, *map(str, expected)) in numbers(call, about.partition(":")[2])


def test_more_records_than_declared_is_a_negative_gap_and_stays_a_number(call: Caller) -> None:
    plant(call, AGREEMENT + COUNT.format(about="agr:wld-lac", kind="commitments", value=0))
    assert numbers(call) == [("commitments", "0", "2", "-2")]
    (row,) = (one for one in json.loads(told(call, "--format", "json")) if one["gap"] == -2)
    assert (row["declared"], row["recorded"]) == (0, 2)
    assert re.search(r"^    engagements +0 +2 +-2$", told(call), re.MULTILINE)


def test_a_threshold_is_shown_and_not_compared_and_never_a_zero(call: Caller) -> None:
    assert numbers(call, "wld-referentiel") == [("minimum-axes", "2", "", "")]
    row = json.loads(told(call, "--format", "json"))[-1]
    assert (last(row["about"]), row["recorded"], row["gap"]) == ("wld-referentiel", None, None)
    assert re.search(r"^    axes au minimum +≥ 2 +seuil$", told(call), re.MULTILINE)
    assert re.search(r"^    minimum axes +≥ 2 +threshold$", told(call, lang="en"), re.MULTILINE)
    assert "| ≥ 2 |  | seuil |" in told(call, "--format", "md")


def test_what_softens_a_number_stands_before_it(call: Caller) -> None:
    soft = COUNT.format(about="agr:wld-lac", kind="commitments", value="5")
    plant(
        call,
        AGREEMENT
        + soft.replace("; ae:supportedBy", "; ae:valueQualifier value-qualifier:less-than ; ae:supportedBy"),
    )
    assert re.search(r"^    commitments +< 5 +2 +3$", told(call, lang="en"), re.MULTILINE)
    assert re.search(r"^    engagements +< 5 +2 +3$", told(call, lang="fr"), re.MULTILINE)


def test_the_widest_gaps_come_first_and_thresholds_last(call: Caller) -> None:
    plant(
        call,
        AGREEMENT
        + COUNT.format(about="agr:wld-lac", kind="commitments", value=0)
        + COUNT.format(about="agr:wld-lac", kind="axes", value=41).replace("wld-lac a", "wld-lac-2 a")
        + COUNT.format(about="agr:wld-lac", kind="minimum-axes", value=99).replace(
            "wld-lac a", "wld-lac-3 a"
        ),
    )
    gaps = [row["gap"] for row in rows(call)]
    assert gaps == ["40", "3", *["0"] * (len(gaps) - 5), "-2", "", ""]


def test_two_sources_that_declare_different_numbers_have_a_row_each(call: Caller) -> None:
    plant(
        call,
        AGREEMENT
        + COUNT.format(about="agr:wld-lac", kind="axes", value=3)
        + COUNT.format(about="agr:wld-lac", kind="axes", value=4).replace("wld-lac a", "wld-lac-2 a"),
    )
    assert numbers(call) == [("axes", "4", "1", "3"), ("axes", "3", "1", "2")]


@pytest.mark.parametrize(
    ("gone", "expected"),
    [
        ("cnt:wld-lac", []),
        ("agr:wld-lac", []),
        ("cmt:wld-lac-1", [("commitments", "5", "1", "4")]),
        ("axe:wld-lac", [("commitments", "5", "2", "3")]),
    ],
)
def test_a_record_that_gave_way_is_not_counted(
    call: Caller, gone: str, expected: list[tuple[str, str, str, str]]
) -> None:
    counted = COUNT.format(about="agr:wld-lac", kind="commitments", value=5)
    plant(call, AGREEMENT + counted + f"{gone} owl:deprecated true .")
    assert numbers(call) == expected


@pytest.mark.parametrize("value", ['"beaucoup"', "2.5", '"17"', "true"])
def test_a_declared_value_that_is_no_whole_number_is_refused_with_where_to_look(
    call: Caller, value: str
) -> None:
    plant(call, AGREEMENT + COUNT.format(about="agr:wld-lac", kind="axes", value=value))
    refused = call("ledger")
    assert (refused.code, refused.out) == (3, "")
    shown = value.strip('"')
    assert f"un nombre entier attendu, trouvé : « {shown} »" in refused.err
    assert "accords check" in refused.err


# --- Passages


def test_a_count_without_an_excerpt_has_an_empty_cell_and_no_passage(call: Caller) -> None:
    bare = COUNT.format(about="agr:wld-lac", kind="axes", value=3)
    plant(call, AGREEMENT + bare.replace(" ; ae:supportedBy exc:wld-golden-engagements", ""))
    (row,) = (one for one in rows(call) if last(one["about"]) == "wld-lac")
    assert row["excerpt"] == ""
    lines = told(call).splitlines()
    place = lines.index("  Accord du lac")
    assert re.fullmatch(r"    axes +3 +1 +2", lines[place + 1])
    assert not lines[place + 2].lstrip().startswith(">")
    assert "| 3 | 1 | 2 |  |" in told(call, "--format", "md")


def test_several_excerpts_are_each_told_with_their_passage(call: Caller) -> None:
    plant(
        call,
        AGREEMENT
        + COUNT.format(about="agr:wld-lac", kind="axes", value=3)
        + "cnt:wld-lac ae:supportedBy exc:wld-golden-axe-1 , exc:wld-golden-axe-2 .",
    )
    (row,) = (one for one in rows(call) if last(one["about"]) == "wld-lac")
    assert [last(one) for one in row["excerpt"].split(" ")] == [
        "wld-golden-axe-1",
        "wld-golden-axe-2",
        "wld-golden-engagements",
    ]
    lines = told(call).splitlines()
    place = lines.index("  Accord du lac")
    assert lines[place + 2 : place + 4] == [
        "      > « 1. Former aux métiers du port »",
        "      > « 2. Piloter à plusieurs »",
    ]


@pytest.mark.parametrize("form", ["text", "md"])
def test_with_the_archive_each_passage_has_its_file_and_line(call: Caller, form: str) -> None:
    said = told(call, "--archive", str(ARCHIVE), "--format", form)
    passages = re.findall(r"«.*?»(?: — (\S+\.txt):(\d+))?", said, re.DOTALL)
    assert len(passages) == 8
    words = {
        "wld-protocole.txt": "engagements",
        "wld-debat.txt": "tripartite",
        "wld-pacte.txt": "moins de cinq",
        "wld-rapport.txt": "deux axes",
    }
    for name, line in passages:
        text = (ARCHIVE / name).read_text(encoding="utf-8").splitlines()[int(line) - 1]
        other = ("bassins", "quatre collèges", "instance tripartite")
        assert any(word in text for word in (words.get(name, ""), *other))
    assert ".txt" not in told(call, "--format", form)


def test_a_text_that_changed_since_it_was_read_gives_no_line(archive: Archive) -> None:
    spoilt = archive.folder / "wld-rapport.txt"
    spoilt.write_bytes(b"autre chose\n" + spoilt.read_bytes())
    said = archive("ledger").out
    assert "wld-protocole.txt:" in said
    assert "wld-rapport.txt" not in said
    assert "« Il porte sur deux axes au moins »" in said


def test_an_archive_that_is_not_there_is_wrong_use(call: Caller) -> None:
    refused = call("ledger", "--archive", str(call.root / "nowhere"))
    assert (refused.code, refused.out) == (2, "")
    assert "un dossier qui existe" in refused.err


# --- Forms


def test_the_columns_of_the_csv_are_exactly_these(call: Caller) -> None:
    written = told(call, "--format", "csv", "--archive", str(ARCHIVE))
    assert written.splitlines()[0] == ",".join(COLUMNS)
    assert {len(row) for row in csv.reader(io.StringIO(written))} == {len(COLUMNS)}
    assert written == told(call, "--format", "csv", lang="en")


def markdown(text: str) -> list[list[str]]:
    """Return the rows of the table of a Markdown text, unescaped."""
    found = [line for line in text.splitlines() if line.startswith("| ")]
    split = [re.split(r"(?<!\\)\|", row)[1:-1] for row in found]
    return [[re.sub(r"\\(.)", r"\1", cell.strip()) for cell in row] for row in split]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_form_holds_the_same_rows(call: Caller, lang: Language) -> None:
    plant(call, AGREEMENT + COUNT.format(about="agr:wld-lac", kind="commitments", value=23))
    written = rows(call)
    made = json.loads(told(call, "--format", "json", lang=lang))

    def shown(number: int | None) -> str:
        return "" if number is None else str(number)

    assert sorted(
        (one["about"], one["kind"], *(shown(one[name]) for name in ("declared", "recorded", "gap")), " ".join(one["excerpts"]))
        for one in made
    ) == sorted(tuple(one.values()) for one in written)  # fmt: skip
    table = markdown(told(call, "--format", "md", lang=lang))[1:]
    threshold = "threshold" if lang == "en" else "seuil"
    signs = {"at-least": "≥ ", "less-than": "< "}
    declared = [f"{signs.get(last(one['qualifier']), '')}{one['declared']}" for one in made]
    gaps = [threshold if one["gap"] is None else str(one["gap"]) for one in made]
    assert table == [
        [
            one["about_label"],
            one["kind_label"],
            number,
            shown(one["recorded"]),
            gap,
            one["passage"],
        ]
        for one, number, gap in zip(made, declared, gaps, strict=True)
    ]
    text = told(call, lang=lang)
    lines = [line.split() for line in text.splitlines() if re.match(r"    \S.*\d", line)]
    assert [line[-3:] if line[-1] != threshold else line[-2:] for line in lines] == [
        [cell for cell in (str(one["declared"]), shown(one["recorded"]), gap) if cell]
        for one, gap in zip(made, gaps, strict=True)
    ]
    for one in made:
        assert f"\n  {one['about_label']}\n" in text


@pytest.mark.parametrize("form", ["text", "md"])
def test_french_and_english_are_each_whole(call: Caller, form: str) -> None:
    french, english = told(call, "--format", form), told(call, "--format", form, lang="en")
    assert NOTE["fr"] in " ".join(french.split())
    assert NOTE["en"] in " ".join(english.split())
    for one, other in (("déclaré", "declared"), ("écart", "gap"), ("bassins d'emploi", "employment basins")):
        assert one in french.lower()
        assert other in english.lower()
        assert one not in re.sub("«.*?»|“.*?”", "", english.lower())


@pytest.mark.parametrize("form", FORMS)
def test_a_ledger_with_no_number_is_said(call: Caller, form: str) -> None:
    for path in (call.root / "data").rglob("*.ttl"):
        path.write_text(
            path.read_text(encoding="utf-8").replace("ae:DeclaredCount", "ae:Indicator"), encoding="utf-8"
        )
    written = told(call, "--format", form)
    if form in {"text", "md"}:
        assert written == "Aucun nombre déclaré n'est enregistré.\n"
        assert told(call, "--format", form, lang="en") == "No declared number is recorded.\n"
    else:
        assert written == (",".join(COLUMNS) if form == "csv" else "[]") + "\n"


@pytest.mark.parametrize("form", FORMS)
def test_hostile_words_stay_inert(archive: Archive, form: str) -> None:
    hostile = (
        "<script>alert(1)</script> | `code` **gras** [lien](javascript:x) ~~non~~ &#x202e;",
        "\\u001b[31mrouge\\u0007 \\u202Eesrever\\u2066 \\u009b2J",
        "=HYPERLINK(1)",
        "deux\\nlignes\\r\\tici",
    )
    archive.record(
        "".join(
            (AGREEMENT + COUNT.format(about="agr:wld-lac", kind="axes", value=3))
            .replace("wld-lac", f"wld-h{number}")
            .replace("Accord du lac", label)
            .replace("exc:wld-golden-engagements", f"exc:wld-h{number}")
            + f'exc:wld-h{number} a ae:Excerpt ; ae:excerptOf src:wld-protocole ; ae:quote "{label}"@fr .\n'
            for number, label in enumerate(hostile)
        )
    )
    written = archive("ledger", "--format", form).out
    unseen = {
        letter
        for letter in written
        if unicodedata.category(letter) in {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
    }
    assert unseen == {"\n"}
    if form == "csv":
        found = list(csv.reader(io.StringIO(written)))
        assert len(found) == 1 + 8 + len(hostile)
        assert not [cell for row in found for cell in row if cell.startswith(("=", "+", "@", "\t", "\r"))]
    if form == "json":
        labels = {one["about_label"] for one in json.loads(written)}
        assert {"\x1b[31mrouge\x07 \u202eesrever\u2066 \x9b2J", "=HYPERLINK(1)"} <= labels
    if form == "md":
        assert {len(row) for row in markdown(written)} == {6}
        assert not re.search(r"(?<!\\)[`*_\[\]~&]|(?<!\\)<(?!br>)", written)
    if form == "text":
        assert "\\u001b[31mrouge" in written


def test_a_passage_on_two_lines_keeps_each_place_with_its_passage(archive: Archive) -> None:
    archive.record(
        AGREEMENT
        + COUNT.format(about="agr:wld-lac", kind="axes", value=3)
        + "cnt:wld-lac ae:supportedBy exc:wld-a .\n"
        + 'exc:wld-a a ae:Excerpt ; ae:excerptOf src:wld-protocole ; ae:quote "1. Former\\naux métiers du port"@fr .\n'
    )
    said = re.sub(r"\s+", " ", archive("ledger").out)
    assert "« 1. Former aux métiers du port » — wld-protocole.txt:" in said
    assert said.count("« 1. Former") == 1


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("width", [40, 60, 80])
def test_no_line_is_wider_than_the_terminal_and_nothing_is_cut_without_a_sign(
    call: Caller, monkeypatch: pytest.MonkeyPatch, width: int, lang: Language
) -> None:
    long = "Accord sur la très longue liste des métiers de toutes les rives, ports et îles du lac de Sarcelle"
    kind = "nombre de postes ouverts par le port de Sarcelle, rive après rive"
    plant(
        call,
        AGREEMENT.replace("Accord du lac", long).replace("Lake agreement", long)
        + COUNT.format(about="agr:wld-lac", kind="wld-postes", value=12345)
        + f'count-kind:wld-postes a skos:Concept ; skos:prefLabel "{kind}"@fr , "{kind}"@en .',
    )
    monkeypatch.setenv("COLUMNS", str(width))
    lines = told(call, "--archive", str(ARCHIVE), lang=lang).splitlines()
    assert max(map(len, lines)) <= width
    assert long in " ".join(" ".join(lines).split())
    (numbers,) = (line for line in lines if "12345" in line)
    shown = numbers.split("12345")[0].strip()
    assert shown == kind or (shown.endswith("…") and kind.startswith(shown[:-1]))
    gap = lines[0].rindex("gap" if lang == "en" else "écart") + (3 if lang == "en" else 5)
    assert [line for line in lines if line.startswith("    axes ") and len(line) == gap]


# --- Files and limits


def test_nothing_is_half_written(call: Caller, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    target = folder / "ledger.csv"
    assert call("ledger", "--format", "csv", "--output", str(target)).code == 2
    folder.mkdir()
    assert call("ledger", "--format", "csv", "--output", str(target)).out == ""
    assert target.read_text(encoding="utf-8") == told(call, "--format", "csv")
    assert call("ledger", "--output", str(target), "--rows", "2").code == 3
    assert target.read_text(encoding="utf-8") == told(call, "--format", "csv")
    assert [path.name for path in folder.iterdir()] == ["ledger.csv"]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_limit_that_is_reached_is_a_refusal_and_never_part_of_an_answer(
    call: Caller, lang: Language
) -> None:
    few, short = call("ledger", "--rows", "2", lang=lang), call("ledger", "--timeout", "0.01", lang=lang)
    assert (few.code, few.out, short.code, short.out) == (3, "", 3, "")
    assert ("limite atteinte (2 lignes)" if lang == "fr" else "limit reached (2 rows)") in few.err
    assert "(0.01 s)" in short.err
    assert "--rows" in few.err
    assert "--timeout" in short.err


def test_a_file_that_cannot_be_read_stops_the_answer(call: Caller) -> None:
    call.write("data/agreements/broken.ttl", "agr:a a \n")
    refused = call("ledger")
    assert (refused.code, refused.out) == (3, "")
    assert "data/agreements/broken.ttl" in refused.err


@pytest.mark.parametrize("form", FORMS)
def test_two_runs_give_identical_bytes(call: Caller, form: str) -> None:
    plant(
        call,
        AGREEMENT
        + COUNT.format(about="agr:wld-lac", kind="axes", value=3)
        + COUNT.format(about="agr:wld-lac", kind="axes", value=3).replace("wld-lac a", "wld-lac-2 a")
        + "cnt:wld-lac ae:supportedBy exc:wld-golden-axe-1 , exc:wld-golden-axe-2 .",
    )
    written = []
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        program = str(Path(sys.executable).with_name("accords"))
        ran = subprocess.run(
            [program, "--root", str(call.root), "ledger", "--format", form, "--archive", str(ARCHIVE)],
            cwd=ROOT, env=environment, capture_output=True, check=True, timeout=120,
        )  # fmt: skip
        written.append(ran.stdout)
    assert written[0] == written[1] != b""
