"""Answers as people read them: what was chosen, numbers, evidence, workbooks, what a query of one's own names."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import openpyxl
import pytest

import accords
from accords import headers
from accords.errors import BadParameter, FileRefused, RequestError, SyntaxProblem
from accords.render.phrases import figure

if TYPE_CHECKING:
    from pathlib import Path

    from accords.language import Language
    from calling import Caller

AE = "PREFIX ae: <https://w3id.org/accords-emploi/def#>\n"
PROTOCOL = "Protocole de préfiguration de Hautebrume"
INSIDE = ("ask", "agreements-inside-a-territory", "-p", "territory=ter:wld-hautebrume")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "own.rq"


# Numbers


def test_a_table_for_people_writes_numbers_as_they_do_and_data_as_data_do(call: Caller, own: Path) -> None:
    own.write_text("SELECT ?n { VALUES ?n { 0.5 12345 -17000.25 2024 } }", encoding="utf-8")
    asked = ("ask", "--file", str(own))
    french, english = (call(*asked, lang=lang).out.split("\n") for lang in ("fr", "en"))
    assert [line.strip() for line in french[2:6]] == ["0,5", "12\u202f345", "-17\u202f000,25", "2024"]
    assert [line.strip() for line in english[2:6]] == ["0.5", "12,345", "-17,000.25", "2024"]
    assert "| 12\u202f345 |" in call(*asked, "--format", "md").out
    for form in ("csv", "tsv", "json"):
        told = call(*asked, "--format", form).out
        assert "0.5" in told
        assert "12345" in told
        assert "\u202f" not in told


@pytest.mark.parametrize("written", ["P1Y", "2024-01-01", "", "NaN", "1 2", "12,5", "INF"])
def test_what_is_no_number_stays_as_it_is(written: str) -> None:
    assert figure(written, "fr") == figure(written, "en") == written


def test_the_figures_of_a_question_are_in_the_form_of_the_language(call: Caller) -> None:
    assert re.search(r"nombre +6,4\n", call("ask", "reported-results").out)
    assert re.search(r"number +6\.4\n", call("ask", "reported-results", lang="en").out)


# What was chosen


@pytest.mark.parametrize(
    ("lang", "shown"),
    [
        ("fr", "territory = Hautebrume (53)"),
        ("en", "territory = Hautebrume (53)"),
    ],
)
def test_a_chosen_thing_is_told_by_its_label_and_its_code(call: Caller, lang: Language, shown: str) -> None:
    for form in ("table", "md"):
        told = call(*INSIDE, "--format", form, lang=lang).out
        assert shown.replace("(53)", r"(53)") in told
        assert "ter:wld-hautebrume" not in told


def test_a_chosen_day_and_a_default_are_told_without_their_types(call: Caller) -> None:
    told = call("ask", "co-chairs", "-p", "territory=*").out
    assert "territory = tous  level = régional (par défaut)" in told
    told = call("ask", "in-force-on-a-date", "--as-of", "2024-06-30").out
    assert "date = 2024-06-30\n" in told
    assert "date = 2026-11-22 (default)" in call("ask", "age-of-evidence", lang="en").out


def test_the_about_page_says_any_and_shows_defaults_as_they_are_typed(call: Caller) -> None:
    french, english = (call("ask", "co-chairs", "--about", lang=lang).out for lang in ("fr", "en"))
    assert re.search(r"territory +ae:Territory +tous ", french)
    assert re.search(r"territory +ae:Territory +any ", english)
    dated = call("ask", "changes-between-two-dates", "--about").out
    assert re.search(r"to +xsd:date +2026-11-22 .*; pas avant from\n", dated)
    assert "UNDEF" not in french + english + dated
    assert '"' not in dated


def test_the_about_page_is_also_data(call: Caller) -> None:
    told = json.loads(call("ask", "CQ66", "--about", "--format", "json").out)
    assert told["name"] == "time/changes-between-two-dates"
    assert {one["name"]: one.get("notBefore") for one in told["parameters"]} == {
        "from": None,
        "to": "from",
        "lang": None,
    }
    assert told["codes"]["added"] == {"fr": "ajouté", "en": "added"}
    refused = call("ask", "CQ66", "--about", "--format", "csv")
    assert (refused.code, refused.out) == (2, "")
    assert "table ou json" in refused.err


# What cannot be


@pytest.mark.parametrize(
    ("words", "french", "english"),
    [
        (
            ("CQ66", "-p", "from=2024-02-01", "-p", "to=2024-01-31"),
            "le 2024-02-01 (from) ou plus tard",
            "or later",
        ),
        (
            ("CQ66", "-p", "from=2030-01-01"),
            "le 2030-01-01 (from) ou plus tard",
            "2030-01-01 (from) or later",
        ),
        (("CQ63", "-p", "months=-3"), "un nombre entier, 1 ou plus", "a whole number, 1 or more"),
        (("CQ11", "-p", "lacking=-1"), "un nombre entier, 0 ou plus", "a whole number, 0 or more"),
        (
            ("CQ18", "-p", "territory=*", "-p", "territory=ter:wld-hautebrume"),
            "* (toutes les valeurs) et « ter:wld-hautebrume » se contredisent",
            "* (any value) and “ter:wld-hautebrume” contradict each other",
        ),
        (
            ("CQ18", "--archive", "."),
            "--archive ne fait rien sans --evidence",
            "--archive does nothing without",
        ),
        (("--archive", "."), "--archive ne fait rien sur la liste", "--archive does nothing to the list"),
        (("--rows", "5"), "--rows ne fait rien sur la liste", "--rows does nothing to the list"),
        (("CQ18", "--about", "-p", "level=*"), "--parameter ne fait rien avec --about", "with --about"),
        (("CQ18", "--about", "--sparql"), "--sparql ne fait rien avec --about", "with --about"),
        (("CQ18", "--about", "--timeout", "3"), "--timeout ne fait rien avec --about", "with --about"),
        (("CQ18", "--sparql", "--evidence"), "--evidence ne fait rien avec --sparql", "with --sparql"),
        (("CQ18", "--sparql", "--format", "csv"), "--format ne fait rien avec --sparql", "with --sparql"),
        (("CQ18", "-o", ""), "le nom du fichier est vide", "the name of the file is empty"),
    ],
)
def test_what_cannot_be_or_would_do_nothing_is_refused_in_one_sentence(
    call: Caller, words: tuple[str, ...], french: str, english: str
) -> None:
    for lang, said in (("fr", french), ("en", english)):
        told = call("ask", *words, lang=lang)  # type: ignore[arg-type]  # both languages
        assert (told.code, told.out) == (2, "")
        assert said in told.err


def test_an_archive_that_the_environment_names_is_no_mistake(
    call: Caller, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ACCORDS_ARCHIVE", str(tmp_path))
    assert call("ask", "CQ18").code == call("ask", "CQ18", "--about").code == call("ask").code == 0


def test_the_two_days_of_a_period_may_be_the_same(call: Caller) -> None:
    assert call("ask", "CQ66", "-p", "from=2024-01-31", "-p", "to=2024-01-31").code == 0


def test_from_python_too_what_cannot_be_is_refused(call: Caller) -> None:
    with pytest.raises(BadParameter):
        accords.ask("CQ63", months=0, root=call.root)
    with pytest.raises(RequestError, match="se contredisent"):
        accords.ask("CQ18", territory=[None, "ter:wld-hautebrume"], root=call.root)


def test_evidence_is_not_younger_than_the_day_from_which_its_age_is_counted(call: Caller) -> None:
    def ages(day: str) -> dict[str, int | None]:
        table = accords.ask("CQ58", as_of=day, root=call.root)
        return dict(zip(table.column("agreement"), table.column("years"), strict=True))  # type: ignore[arg-type]  # what the test gives is of that kind, or wrong on purpose

    now, before = ages("2030-06-30"), ages("1990-01-01")
    assert any(age is not None and age > 0 for age in now.values())
    assert now.keys() == before.keys()
    assert set(before.values()) == {None}


# Headers


HEADER = "".join(f"#+ {one}: a\n" for one in ("title-fr", "title-en", "question-fr", "question-en")) + (
    "#+ for: a / a\n#+ keywords: a / a\n"
)


def read(*parameters: str) -> headers.Question:
    lines = [f"#+ parameter: {one} = a / a\n" for one in parameters]
    slots = 'VALUES ?n { 1 } VALUES ?a { "2024-01-01"^^xsd:date } VALUES ?b { "2024-01-02"^^xsd:date }'
    return headers.of_text("own", "own.rq", HEADER + "".join(lines) + f"SELECT * {{ {slots} }}")


DAY_A, DAY_B = '"2024-01-01"^^xsd:date', '"2024-01-02"^^xsd:date'


def test_a_header_says_what_a_parameter_cannot_be() -> None:
    question = read(
        "n (xsd:integer, 1, min -2)", f"a (xsd:date, {DAY_A})", f"b (xsd:date, {DAY_B}, not before ?a)"
    )
    assert [(one.least, one.first) for one in question.parameters] == [(-2, None), (None, None), (None, "a")]
    assert [one.defaults for one in question.parameters] == [("1",), ("2024-01-01",), ("2024-01-02",)]


@pytest.mark.parametrize(
    ("parameters", "line", "said"),
    [
        (("n (xsd:integer, 1, at least 2)",), 7, "borne « at least 2 » ; attendu : min N"),
        (("n (xsd:integer, 1, not before ?a)",), 7, "attendu : min N pour un nombre entier"),
        ((f"a (xsd:date, {DAY_A}, min 3)",), 7, "not before ?NOM pour un jour"),
        (
            (f"a (xsd:date, {DAY_A})", f"b (xsd:date, {DAY_B}, not before ?c)"),
            8,
            "?c n'est pas un autre jour",
        ),
        ((f"b (xsd:date, {DAY_B}, not before ?b)",), 7, "?b n'est pas un autre jour"),
        (("n (xsd:integer, 1)", f"b (xsd:date, {DAY_B}, not before ?n)"), 8, "?n n'est pas un autre jour"),
    ],
)
def test_a_bound_that_means_nothing_is_told_at_its_line(
    parameters: tuple[str, ...], line: int, said: str
) -> None:
    with pytest.raises(SyntaxProblem) as refused:
        read(*parameters)
    assert refused.value.location.line == line
    assert said in refused.value.message.fr


# A query of one's own


def test_a_term_of_ours_that_does_not_exist_is_told_with_close_names_and_the_answer_comes(
    call: Caller, own: Path
) -> None:
    own.write_text(
        AE
        + "PREFIX theme: <https://w3id.org/accords-emploi/concept/theme/>\n"
        + "# ae:NotACommentedOne\nSELECT ?a { ?a a ae:Agrement ; ae:theme theme:traning ; ae:hasParty ?p }",
        encoding="utf-8",
    )
    told = call("ask", "--file", str(own), "--format", "csv", lang="en")
    assert (told.code, told.out) == (0, "a\n")
    warned = told.err.splitlines()
    assert warned[0].endswith("own.rq:4:18: warning: “ae:Agrement” does not exist in the model")
    assert warned[1].startswith("  → close names: ae:Agreement")
    assert "“theme:traning”" in warned[2]
    assert "theme:training" in warned[3]
    assert len(warned) == 4
    assert "« ae:Agrement » n'existe pas dans le modèle" in call("ask", "--file", str(own)).err


def test_a_query_that_names_what_exists_and_records_that_do_not_is_not_warned_of(
    call: Caller, own: Path
) -> None:
    own.write_text(
        AE + "SELECT ?a { ?a a <https://w3id.org/accords-emploi/def#Agreement> ; ae:hasParty ?p .\n"
        "FILTER(?a != <https://w3id.org/accords-emploi/id/agreement/none>) }",
        encoding="utf-8",
    )
    assert call("ask", "--file", str(own)).err == ""


def test_triples_have_headings_and_labels_for_people(call: Caller, own: Path) -> None:
    own.write_text(
        AE + "CONSTRUCT { ?a ae:hasParty ?p ; ae:ordinalInSeries ?n } "
        "{ ?a ae:hasParty ?p OPTIONAL { ?a ae:ordinalInSeries ?n } }",
        encoding="utf-8",
    )
    french = call("ask", "--file", str(own), "--format", "md").out
    assert "| sujet | propriété | objet |" in french
    assert f"| {PROTOCOL} | a pour partie | Agence valdorienne" in french
    english = call("ask", "--file", str(own), "--format", "md", lang="en").out
    assert "| subject | property | object |" in english
    assert "| has party |" in english
    assert call("ask", "--file", str(own), "--format", "csv").out.startswith("subject,predicate,object\n")


def test_a_yes_is_told_in_the_language_of_the_reader(call: Caller, own: Path) -> None:
    own.write_text("ASK { ?a ?b ?c }", encoding="utf-8")
    assert call("ask", "--file", str(own)).out.split()[:3:2] == ["réponse", "oui"]
    assert call("ask", "--file", str(own), lang="en").out.split()[:3:2] == ["answer", "yes"]


# Evidence


def test_every_column_of_excerpts_leads_to_its_passages(call: Caller) -> None:
    rows = list(csv.DictReader(io.StringIO(call("ask", "co-chairs", "--evidence", "--format", "csv").out)))
    held = [row for row in rows if row["holderExcerpts"]]
    assert held
    assert all(row["holderPassage"] and row["holderSource"] for row in held)
    assert all(row["holderPassage"] != row["passage"] for row in held)
    assert all(not row["holderPassage"] for row in rows if not row["holderExcerpts"])
    told = call("ask", "co-chairs", "--evidence").out
    assert "> extraits sur le titulaire :\n" in told
    for passage in held[0]["holderPassage"].split("\n"):
        assert " ".join(passage.split()) in " ".join(re.sub(r"\n +", " ", told).split())


# How it is laid out


@pytest.mark.parametrize("columns", ["60", "80"])
def test_no_line_is_wider_than_the_terminal(
    call: Caller, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    for question in ("parties-of-agreements", "ending-soon-or-without-end", "statement-evidence"):
        told = call("ask", question)
        assert max(map(len, told.out.splitlines())) <= int(columns), question
        about = call("ask", question, "--about").out.splitlines()
        assert max(map(len, about[1:])) <= 80, question  # the names of kinds take their place


def test_the_fields_of_all_records_begin_at_one_column(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    told = call("ask", "parties-of-agreements").out
    assert "\n10. " in told
    first = {len(found[0]) for found in re.finditer(r"^(?:\d+\. +)(?=\S)", told, re.MULTILINE)}
    fields = {len(found[1]) for found in re.finditer(r"^( +)partie ", told, re.MULTILINE)}
    assert first == fields == {4}


# Workbooks


@pytest.mark.parametrize(
    ("lang", "heading", "yes"), [("fr", "accord", "en vigueur"), ("en", "agreement", "in force")]
)
def test_a_workbook_speaks_the_language_of_the_reader_and_says_where_the_variables_are(
    call: Caller, tmp_path: Path, lang: Language, heading: str, yes: str
) -> None:
    book = tmp_path / "a.xlsx"
    asked = ("ask", "CQ59", "--as-of", "2024-01-15", "-p", "territory=ter:wld-sarcelle")
    assert call(*asked, "--output", str(book), lang=lang).code == 0
    answer, about = openpyxl.load_workbook(book).worksheets
    titles = [cell.value for cell in answer[1]]
    assert len(set(titles)) == len(titles)
    assert heading in titles
    assert f"{heading} (IRI)" in titles
    cells = {cell.value for row in answer.iter_rows(min_row=2) for cell in row}
    assert yes in cells
    assert "in-force" not in cells
    names = call(*asked, "--format", "csv").out.partition("\n")[0].split(",")
    told = {row[0]: row[1] for row in about.iter_rows(values_only=True)}
    assert [told[title] for title in titles] == names
    assert (yes, "in-force", None) in about.iter_rows(values_only=True)


# Python


def test_a_chart_takes_the_columns_of_a_table_and_refuses_their_cells(call: Caller) -> None:
    table = accords.ask("declared-recorded-gap", root=call.root)
    columns = {column.name: column for column in table.columns}
    named = accords.bars(table, label="aboutLabel", values=["declared", "recorded"])
    given = accords.bars(
        table, label=columns["aboutLabel"], values=[columns["declared"], columns["recorded"]]
    )
    assert given.svg == named.svg
    for wrong in (table.column("declared"), 3, None):
        with pytest.raises(BadParameter, match="le nom d'une colonne"):
            accords.bars(table, label="aboutLabel", values=wrong)  # type: ignore[arg-type]  # what the test gives is of that kind, or wrong on purpose


def test_a_notebook_shows_a_table_in_which_nothing_is_markup(call: Caller) -> None:
    text = 'SELECT ?a { VALUES ?a { "<script>x()</script>" "a\\"b & c\\u202E" } }'
    page = accords.query(text, root=call.root)._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;x()&lt;/script&gt;" in page
    assert "a&quot;b &amp; c\\u202e" in page
    assert "<caption>2 lignes · 2 rows</caption>" in page
    many = accords.query(f"SELECT ?n {{ VALUES ?n {{ {' '.join(map(str, range(60)))} }} }}", root=call.root)
    page = many._repr_html_()
    assert page.count("<tr>") == 51
    assert "les 50 premières lignes sur 60 · the first 50 rows of 60" in page


# Files that the system refuses


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (PermissionError(13, "x"), 3),
        (OSError(28, "x"), 3),
        (FileNotFoundError(2, "x"), 2),
        (IsADirectoryError(21, "x"), 2),
    ],
)
def test_a_wrong_name_is_wrong_use_and_a_closed_door_is_not(problem: OSError, code: int) -> None:
    assert FileRefused("a", problem).exit_code == code


def test_a_query_that_the_system_does_not_read_is_not_wrong_use(call: Caller) -> None:
    told = call("ask", "--file", "/proc/self/mem")
    assert (told.code, told.out) == (3, "")
    assert told.err.startswith("accords: /proc/self/mem : ")
    assert call("ask", "--file", "nowhere.rq").code == 2


def test_a_mistake_in_the_options_names_the_help_of_the_command(call: Caller) -> None:
    assert "accords ask --help" in call("ask", "--nothing").err
