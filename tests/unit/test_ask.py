"""`accords ask`: names into terms, limits, forms of the answer, refusals that tell what to type."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import polars as pl
import pytest
import rdflib
from pyoxigraph import QueryResultsFormat, parse_query_results

import accords
from accords import catalogue
from accords.errors import BadParameter, RequestError, UnknownName
from accords.project import Project
from laying import ARCHIVE

if TYPE_CHECKING:
    from pathlib import Path

    from calling import Caller

CHAIN = "declared-commitments"  # a question of the project with labels, numbers and excerpts
PICK = "axes-in-order"  # one with a parameter that is an agreement
DATED = "in-force-on-a-date"
GOLDEN = "agr:wld-golden"
OWN = """PREFIX ae: <https://w3id.org/accords-emploi/def#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?party ?n WHERE { ?a ae:hasParty ?party . OPTIONAL { ?a ae:ordinalInSeries ?n } } ORDER BY ?party ?n
"""


def test_without_a_name_the_catalogue_is_listed_by_theme(call: Caller) -> None:
    french, english = call("ask"), call("ask", lang="en")
    assert french.code == english.code == 0
    assert french.out.startswith("Territoires\n")
    assert english.out.startswith("Territories\n")
    assert f"CQ26  {CHAIN} " in french.out
    assert "accords ask NOM --about" in french.out
    listed = json.loads(call("ask", "--format", "json").out)
    assert {row["number"] for row in listed} >= {f"CQ{number:02}" for number in range(1, 69)}


def test_a_question_answers_to_its_name_its_path_and_its_number(call: Caller) -> None:
    answers = {
        call("ask", name, "--format", "csv").out for name in (CHAIN, f"commitments/{CHAIN}", "CQ26", "cq26")
    }
    assert len(answers) == 1
    assert next(iter(answers)).startswith("agreement,")


def test_a_question_is_read_again_when_its_text_has_changed_and_only_then(call: Caller) -> None:
    project = Project(call.root)
    first, second = (catalogue.load(project).questions for _ in range(2))
    assert len(first) > 80
    assert all(one is other for one, other in zip(first, second, strict=True))
    changed = next(one for one in first if one.short == CHAIN)
    path = call.root / "queries" / f"{changed.name}.rq"
    path.write_text(changed.text.replace("#+ title-en: ", "#+ title-en: Once more, ", 1), encoding="utf-8")
    again = {one.name: one for one in catalogue.load(project).questions}
    assert again[changed.name].title.en == f"Once more, {changed.title.en}"
    assert [one.name for one in first if again[one.name] is not one] == [changed.name]
    path.write_text(changed.text + "# SERVICE\nSERVICE <http://example.org/> {}", encoding="utf-8")
    assert [*catalogue.load(project).problems] == [changed.name]


def test_an_unknown_question_is_refused_with_those_close_to_it(call: Caller) -> None:
    told = call("ask", "declared-commitment")
    assert (told.code, told.out) == (2, "")
    assert "question introuvable : declared-commitment" in told.err
    assert CHAIN in told.err


@pytest.mark.parametrize(
    "typed",
    [
        GOLDEN,
        "Protocole de préfiguration de Hautebrume",
        "protocole de prefiguration de hautebrume",
        "Preparatory protocol of Hautebrume",
        "wld-golden",
        "https://w3id.org/accords-emploi/id/agreement/wld-golden",
    ],
)
def test_a_value_is_a_short_name_a_label_in_either_language_the_last_part_or_an_iri(
    call: Caller, typed: str
) -> None:
    if typed.startswith("Prep"):
        labels = call("ask", "choices", "-p", "kind=ae:Agreement", "--format", "csv").out
        typed = next(
            row[1]
            for row in csv.reader(io.StringIO(labels))
            if row[0].endswith("wld-golden") and " protocol " in row[1]
        )
    answer = call("ask", PICK, "-p", f"agreement={typed}", "--format", "csv")
    assert answer.code == 0, answer.err
    rows = list(csv.DictReader(io.StringIO(answer.out)))
    assert [row["position"] for row in rows] == ["1", "2"]
    assert {row["agreement"].rpartition("/")[2] for row in rows} == {"wld-golden"}


def test_a_code_that_two_levels_share_is_refused_with_both(call: Caller) -> None:
    told = call("ask", "agreements-inside-a-territory", "-p", "territory=53")
    assert told.code == 2
    assert "ter:wld-hautebrume" in told.err
    assert "ter:wld-sarcelle" in told.err


def test_cells_alike_are_one_value_in_memory(call: Caller) -> None:
    """A matrix of ten thousand records has the same few terms in tens of thousands of cells."""
    answer = accords.ask("territory-by-theme", root=call.root)
    cells = [cell for row in answer.rows for cell in row if cell is not None]
    assert len(set(cells)) < len(cells)
    assert len({id(cell) for cell in cells}) == len(set(cells))


def test_several_values_and_any_value(call: Caller) -> None:
    two = call(
        "ask", PICK, "-p", f"agreement={GOLDEN}", "-p", "agreement=agr:wld-chambre-2024", "--format", "csv"
    ).out
    every = call("ask", PICK, "-p", "agreement=*", "--format", "csv").out
    assert len(two.splitlines()) == 4
    assert len(every.splitlines()) > 4
    assert set(two.splitlines()) <= set(every.splitlines())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((PICK, "-p", "agrement=x"), "noms proches : agreement"),
        ((PICK, "-p", "agreement=Protocole de Hautebrume"), "agr:wld-golden"),
        ((PICK, "-p", "agreement"), "attendu : NOM=VALEUR"),
        ((DATED, "--as-of", "2024"), "2024-01-01 ou 2024-12-31"),
        ((DATED, "--as-of", "2024-02-30"), "un jour du calendrier"),
        ((DATED, "--as-of", "demain"), "un jour du calendrier"),
        ((DATED, "--as-of", "2024-02-03", "-p", "date=2024-02-03"), "pas les deux"),
        ((PICK, "--as-of", "2024-02-03"), DATED),
        ((PICK, "--file", "x.rq"), "pas les deux"),
        (("--file", "nulle-part.rq"), "il n'existe pas"),
        (("--format", "xlsx"), "table, json ou md"),
        (("choices", "--evidence"), "sans --evidence"),
        ((PICK, "--endpoint", "ftp://localhost/"), "http://"),
        ((PICK, "--endpoint", "http://moi:secret@localhost/"), "sans mot de passe"),
    ],
)
def test_wrong_use_gets_one_message_with_what_to_type_and_nothing_else(
    call: Caller, words: tuple[str, ...], said: str
) -> None:
    told = call("ask", *words)
    assert (told.code, told.out) == (2, "")
    assert said in told.err
    assert "Traceback" not in told.err
    assert "secret" not in told.err


def test_a_partial_answer_is_never_given(call: Caller) -> None:
    told = call("ask", CHAIN, "--rows", "2")
    assert (told.code, told.out) == (3, "")
    assert "limite atteinte (2 lignes)" in told.err
    call.write("data/agreements/broken.ttl", "agr:a a \n")
    told = call("ask", CHAIN)
    assert (told.code, told.out) == (3, "")
    assert "data/agreements/broken.ttl" in told.err
    assert "accords check" in told.err


def test_time_runs_out_with_its_message(call: Caller, tmp_path: Path) -> None:
    endless = tmp_path / "endless.rq"
    endless.write_text("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", encoding="utf-8")
    told = call("ask", "--file", str(endless), "--timeout", "1.5")
    assert (told.code, told.out) == (3, "")
    assert "limite atteinte (1.5 s)" in told.err
    assert "--timeout" in told.err


def test_a_query_of_ones_own_is_asked_as_it_stands(call: Caller, tmp_path: Path) -> None:
    own = tmp_path / "own.rq"
    own.write_text(OWN, encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(call("ask", "--file", str(own), "--format", "csv").out)))
    assert {row["n"] for row in rows} == {"", "1", "2", "3"}
    assert (
        "Agence valdorienne" in call("ask", "--file", str(own)).out
    )  # the table names what the rows point at


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT * WHERE { ?s ?p }", "own.rq:1:"),
        ("PREFIX a: <http://e/>\nSELECT ?x {\n  ?x b:c 1 }", "own.rq:3:"),
        ("INSERT DATA { <a:b> <a:c> 1 }", "SELECT, ASK, CONSTRUCT, DESCRIBE"),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE"),
        ("#+ number: CQ1\nSELECT * {}", "own.rq:1"),
        ("", "SELECT, ASK"),
        ("SELECT ?a { ?a ae:b ?c }", "own.rq:1:16: error: préfixe « ae: » non déclaré"),
        ("SELECT ?a { ?a ae:b ?c }", "ajouter : PREFIX ae: <https://w3id.org/accords-emploi/def#>"),
        ("SELECT ?a {\n ?a a ?c FILTR(?a) }", "own.rq:2:10: error: « FILTR » n'est pas un mot de SPARQL"),
        ("SELECT ?a {\n ?a a ?c FILTR(?a) }", "peut-être : FILTER"),
        ("SELECT ?a, ?b { ?a a ?b }", "own.rq:1:10: error: une virgule"),
        ("SELECT ?a { ?a a 'b }", "own.rq:1:18: error: guillemet"),
        ("SELECT ?a { ?a a ?b ", "own.rq:1:11: error: « { » sans « } »"),
        ("SELECT ?a { ?a a ?b } GROUP BY ?b", "GROUP BY"),
    ],
)
def test_a_query_with_a_mistake_is_told_with_its_place(
    call: Caller, tmp_path: Path, text: str, said: str
) -> None:
    own = tmp_path / "own.rq"
    own.write_text(text, encoding="utf-8")
    told = call("ask", "--file", str(own))
    assert told.code == 2
    assert told.out == ""
    assert said in told.err


def test_other_forms_of_query(call: Caller, tmp_path: Path) -> None:
    own = tmp_path / "own.rq"
    own.write_text(
        "PREFIX ae: <https://w3id.org/accords-emploi/def#> ASK { ?a a ae:Agreement }", encoding="utf-8"
    )
    assert json.loads(call("ask", "--file", str(own), "--format", "json").out) == {
        "head": {},
        "boolean": True,
    }
    own.write_text(
        OWN.replace("SELECT ?party ?n", "CONSTRUCT { ?a ae:hasParty ?party }").partition(" ORDER")[0],
        encoding="utf-8",
    )
    told = call("ask", "--file", str(own), "--format", "ttl")
    graph = rdflib.Graph().parse(data=told.out, format="turtle")
    assert len(graph) == sum(1 for _ in graph) > 10
    assert "agr:wld-golden ae:hasParty act:" in told.out


def test_every_form_holds_the_same_rows(call: Caller, tmp_path: Path) -> None:
    def told(form: str) -> str:
        return call("ask", CHAIN, "--format", form).out

    rows = list(csv.DictReader(io.StringIO(told("csv"))))
    assert list(csv.DictReader(io.StringIO(told("tsv")), delimiter="\t")) == rows
    for form, kind in (("json", QueryResultsFormat.JSON), ("xml", QueryResultsFormat.XML)):
        found = parse_query_results(told(form).encode(), format=kind)
        names = [variable.value for variable in found.variables]  # type: ignore[union-attr]  # what is asked for has it
        read = [{name: getattr(one[name], "value", "") or "" for name in names} for one in found]  # type: ignore[union-attr]  # what is asked for has it
        assert read == rows
    book, frame = tmp_path / "a.xlsx", tmp_path / "a.parquet"
    assert call("ask", CHAIN, "--format", "xlsx", "--output", str(book)).code == 0
    sheet, about = openpyxl.load_workbook(book).worksheets
    head, *lines = [
        [cell if cell is not None else "" for cell in line] for line in sheet.iter_rows(values_only=True)
    ]
    named = {line[0]: line[1] for line in about.iter_rows(values_only=True)}  # variables, then codes
    names = [named[title] for title in head]
    assert [
        dict(zip(names, (str(named.get(cell, cell)) for cell in line), strict=True)) for line in lines
    ] == rows
    assert call("ask", CHAIN, "--format", "parquet", "--output", str(frame)).code == 0
    table = pl.read_parquet(frame)
    assert table.columns == list(rows[0])
    assert list(table["agreement"]) == [row["agreement"] for row in rows]
    graph = rdflib.Graph().parse(data=told("ttl"), format="turtle")
    solutions = list(
        graph.objects(None, rdflib.URIRef("http://www.w3.org/2001/sw/DataAccess/tests/result-set#solution"))
    )
    assert len(solutions) == len(rows)
    assert told("md").count("\n| ") == len(rows) + 2
    assert f"{len(rows)} lignes" in told("table")


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "xml", "md", "ttl", "xlsx", "parquet"])
def test_two_runs_give_identical_bytes(call: Caller, tmp_path: Path, form: str) -> None:
    files = [tmp_path / "one", tmp_path / "two"]
    for file in files:
        assert call("ask", CHAIN, "--evidence", "--format", form, "--output", str(file)).code == 0
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_file_is_written_whole_or_not_at_all(call: Caller, tmp_path: Path) -> None:
    target = tmp_path / "out" / "answer.csv"
    told = call("ask", CHAIN, "--format", "csv", "--output", str(target))
    assert told.code == 2
    assert "answer.csv" in told.err
    target.parent.mkdir()
    target.write_text("before", encoding="utf-8")
    assert call("ask", CHAIN, "--rows", "1", "--format", "csv", "--output", str(target)).code == 3
    assert target.read_text(encoding="utf-8") == "before"
    assert [path.name for path in target.parent.iterdir()] == ["answer.csv"]


def test_a_dash_is_standard_output(call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert call("ask", CHAIN, "--format", "csv", "-o", "-").out == call("ask", CHAIN, "--format", "csv").out
    assert not (tmp_path / "-").exists()


@pytest.mark.parametrize("form", ["csv", "tsv", "xlsx"])
def test_a_spreadsheet_takes_no_cell_for_a_formula(call: Caller, tmp_path: Path, form: str) -> None:
    own = tmp_path / "own.rq"
    own.write_text('SELECT ?a ?b { VALUES (?a ?b) { ("=1+1" "@x"@fr) ("-5.5" "+\\tz") } }', encoding="utf-8")
    target = tmp_path / f"a.{form}"
    assert call("ask", "--file", str(own), "--format", form, "--output", str(target)).code == 0
    if form == "xlsx":
        cells = [
            cell for row in openpyxl.load_workbook(target).worksheets[0].iter_rows(min_row=2) for cell in row
        ]
        assert {cell.data_type for cell in cells} == {"s"}
        read = [str(cell.value) for cell in cells]
        assert b"<f>" not in zipfile.ZipFile(target).read("xl/worksheets/sheet1.xml")
    else:
        lines = target.read_text(encoding="utf-8").splitlines()[1:]
        read = [cell for row in csv.reader(lines, delimiter="," if form == "csv" else "\t") for cell in row]
    assert all(not cell.startswith(("=", "@", "+", "\t")) for cell in read)
    assert read[0] == "'=1+1"
    assert read[2] == "-5.5"


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "md"])
def test_nothing_unseen_gets_out(call: Caller, tmp_path: Path, form: str) -> None:
    own = tmp_path / "own.rq"
    own.write_text('SELECT ?a { VALUES ?a { "a\\u202Eb\\u0085c\\u001Bd" } }', encoding="utf-8")
    told = call("ask", "--file", str(own), "--format", form)
    assert told.code == 0
    assert all(line.isprintable() for line in told.out.replace("\t", " ").split("\n"))


def test_evidence_adds_the_source_the_words_and_the_line(call: Caller) -> None:
    told = call("ask", CHAIN, "--evidence", "--archive", str(ARCHIVE), "--format", "csv")
    rows = [row for row in csv.DictReader(io.StringIO(told.out)) if row["excerpts"]]
    assert rows
    for row in rows:
        assert row["source"]
        assert row["passage"].startswith("« ")
        assert ".txt:" in row["place"]
    assert "place" not in call("ask", CHAIN, "--evidence", "--format", "csv").out.splitlines()[0].split(",")


def test_evidence_keeps_apart_from_a_column_of_the_same_name(call: Caller) -> None:
    told = call("ask", "network/agreements", "--evidence", "--format", "csv")
    row = next(csv.DictReader(io.StringIO(told.out)))
    assert row["source"].startswith("https://")
    assert row["excerptSource"]
    assert "« " in call("ask", "network/agreements", "--evidence").out


def test_the_link_leads_to_the_passage_when_the_source_has_an_address(call: Caller) -> None:
    call.write(
        "data/sources/address.ttl",
        "@prefix src: <https://w3id.org/accords-emploi/id/source/> .\n@prefix foaf: <http://xmlns.com/foaf/0.1/> .\n"
        "src:wld-protocole foaf:page <https://valdorie.example/protocole> .\n",
    )
    told = call("ask", "parties-of-agreements", "--evidence", "--format", "csv")
    links = {link for row in csv.DictReader(io.StringIO(told.out)) for link in row["link"].split("\n")}
    assert any(
        link.startswith("https://valdorie.example/protocole#:~:text=L%27%C3%89tat%2C%20la%20r")
        for link in links
    )


def test_labels_are_completed_asked_language_french_english_untagged_short_name(call: Caller) -> None:
    call.write(
        "data/actors/nameless.ttl",
        "@prefix act: <https://w3id.org/accords-emploi/id/actor/> .\n@prefix agr: <https://w3id.org/accords-emploi/id/agreement/> .\n"
        "@prefix ae: <https://w3id.org/accords-emploi/def#> .\n@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "agr:wld-golden ae:hasParty act:wld-a , act:wld-b , act:wld-c , act:wld-d , act:wld-e .\n"
        'act:wld-a skos:prefLabel "Un"@fr , "One"@en . act:wld-b skos:prefLabel "Deux"@fr .\n'
        'act:wld-c skos:prefLabel "Drei"@de , "Three"@en . act:wld-d skos:prefLabel "Vier"@de , "Quatre" .\n',
    )
    own = call.root / "own.rq"
    own.write_text(
        "#+ title-fr: a\n#+ title-en: a\n#+ question-fr: a\n#+ question-en: a\n#+ for: a / a\n#+ keywords: a / a\n"
        '#+ parameter: lang (lang, "fr") = langue / language\n#+ column: party (iri) = a / a\n#+ column: partyLabel (label) = a / a\n'
        "PREFIX ae: <https://w3id.org/accords-emploi/def#>\nPREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
        'SELECT ?party ?partyLabel { VALUES ?lang { "fr" }\n ?a ae:hasParty ?party . FILTER(STRLEN(STR(?party)) < 51)\n'
        " OPTIONAL { ?party skos:prefLabel ?partyLabel . FILTER(LANG(?partyLabel) = ?lang) } } ORDER BY ?party",
        encoding="utf-8",
    )

    def labels(lang: str) -> list[str]:
        told = call("ask", "--file", str(own), "--format", "csv", lang="en" if lang == "en" else "fr")
        rows = list(csv.DictReader(io.StringIO(told.out)))
        return [
            row["partyLabel"] for row in rows if row["party"].endswith(tuple(f"wld-{x}" for x in "abcde"))
        ]

    assert labels("fr") == ["Un", "Deux", "Three", "Quatre", "act:wld-e"]
    assert labels("en") == ["One", "Deux", "Three", "Quatre", "act:wld-e"]


def test_the_query_is_printed_ready_to_paste(call: Caller) -> None:
    told = call("ask", PICK, "-p", f"agreement={GOLDEN}", "--sparql", lang="en")
    assert told.code == 0
    assert "VALUES ?agreement { <https://w3id.org/accords-emploi/id/agreement/wld-golden> }" in told.out
    assert 'VALUES ?lang { "en" }' in told.out


def test_about_says_what_a_question_takes_and_gives(call: Caller) -> None:
    told = call("ask", DATED, "--about")
    assert "Paramètres" in told.out
    assert "date" in told.out
    assert "xsd:date" in told.out
    assert call("ask", DATED, "--about", lang="en").out != told.out


def test_as_of_asks_the_same_as_the_parameter(call: Caller) -> None:
    one = call("ask", DATED, "--as-of", "2024-06-30", "--format", "csv").out
    assert one == call("ask", DATED, "-p", "date=2024-06-30", "--format", "csv").out
    assert one != call("ask", DATED, "--as-of", "2017-06-30", "--format", "csv").out


def test_from_python_the_answer_is_a_frozen_table(call: Caller) -> None:
    table = accords.ask(PICK, agreement="wld-golden", root=call.root)
    assert len(table) == 2
    assert [row["position"] for row in table] == [1, 2]
    assert table.column("agreementLabel") == ("Protocole de préfiguration de Hautebrume",) * 2
    with pytest.raises(AttributeError):
        table.rows = ()  # type: ignore[misc]  # it must refuse
    pandas, frame = table.to_pandas(), table.to_polars()
    assert list(pandas.columns) == frame.columns == list(table.names)
    assert pandas["position"].tolist() == frame["position"].to_list() == [1, 2]
    assert frame["excerpts"].to_list() == [list(cell) for cell in table.column("excerpts")]  # type: ignore[arg-type]  # what the test gives is of that kind, or wrong on purpose
    two = accords.ask(PICK, agreement=["wld-golden", "agr:wld-chambre-2024"], root=call.root, lang="en")
    assert len(two) == 3


def test_from_python_a_refusal_is_raised(call: Caller) -> None:
    with pytest.raises(UnknownName):
        accords.ask("nothing-of-the-kind", root=call.root)
    with pytest.raises(UnknownName):
        accords.ask(PICK, agreement="nobody", root=call.root)
    with pytest.raises(BadParameter):
        accords.ask(DATED, as_of="2024", root=call.root)
    with pytest.raises(RequestError):
        accords.ask(PICK, as_of="2024-01-01", root=call.root)
