"""The questions from Python beside `ask`: the catalogue, a query of one's own, files."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import openpyxl
import polars as pl
import pytest

import accords
from accords.errors import BadParameter, RequestError, SyntaxProblem, UnknownName
from accords.solutions import TooManyRows

if TYPE_CHECKING:
    from pathlib import Path

    from calling import Caller

PREFIX = "PREFIX ae: <https://w3id.org/accords-emploi/def#>\n"
OWN = (
    PREFIX
    + "SELECT ?party ?n { ?a ae:hasParty ?party . OPTIONAL { ?a ae:ordinalInSeries ?n } } ORDER BY ?party ?n"
)
HEADED = """#+ title-fr: a
#+ title-en: a
#+ question-fr: a
#+ question-en: a
#+ for: a / a
#+ keywords: a / a
#+ parameter: agreement (ae:Agreement, UNDEF) = l'accord / the agreement
#+ parameter: lang (lang, "fr") = langue / language
#+ column: agreement (iri) = accord / agreement
#+ column: agreementLabel (label) = libellé / label
PREFIX ae: <https://w3id.org/accords-emploi/def#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?agreement ?agreementLabel {
  VALUES ?agreement { UNDEF }
  VALUES ?lang { "fr" }
  ?agreement ae:hasParty ?party .
  OPTIONAL { ?agreement skos:prefLabel ?agreementLabel . FILTER(LANG(?agreementLabel) = ?lang) }
} ORDER BY ?agreement
"""


def test_what_python_offers_is_listed_and_sorted() -> None:
    assert list(accords.__all__) == sorted(accords.__all__)
    assert all(callable(getattr(accords, name)) for name in accords.__all__)


def test_the_catalogue_is_a_table_of_what_can_be_asked(call: Caller) -> None:
    french, english = (accords.questions(root=call.root, lang=lang) for lang in ("fr", "en"))
    assert french.names == ("number", "name", "title", "question", "parameters")
    assert {f"CQ{number:02}" for number in range(1, 69)} <= set(french.column("number"))
    assert french.column("name") == english.column("name")
    assert french.column("title") != english.column("title")
    row = next(row for row in french if row["name"] == "actors/parties-of-agreements")
    assert row["parameters"] == "agreement"


def test_a_query_of_ones_own_gives_what_the_command_gives(call: Caller, tmp_path: Path) -> None:
    own = tmp_path / "own.rq"
    own.write_text(OWN, encoding="utf-8")
    told = call("ask", "--file", str(own), "--format", "csv").out
    table = accords.query(OWN, root=call.root)
    accords.write(table, tmp_path / "own.csv")
    assert (tmp_path / "own.csv").read_text(encoding="utf-8") == told
    assert {row["n"] for row in table} == {None, 1, 2, 3}


def test_a_query_with_a_header_takes_values_and_has_labels(call: Caller) -> None:
    every = accords.query(HEADED, root=call.root)
    one = accords.query(HEADED, root=call.root, agreement="wld-golden", lang="en")
    assert len(every) > len(one) == 1
    assert all(every.column("agreementLabel"))
    assert one.column("agreementLabel") != every.column("agreementLabel")[:1]
    with pytest.raises(UnknownName):
        accords.query(HEADED, root=call.root, agreement="nobody")
    with pytest.raises(UnknownName):
        accords.query(OWN, root=call.root, agreement="wld-golden")


def test_other_forms_of_query_are_tables_too(call: Caller) -> None:
    assert accords.query(PREFIX + "ASK { ?a a ae:Agreement }", root=call.root).column("answer") == (True,)
    built = accords.query(PREFIX + "CONSTRUCT { ?a ae:hasParty ?p } { ?a ae:hasParty ?p }", root=call.root)
    assert built.names == ("subject", "predicate", "object")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("SELECT ?a {\n ?a a ?c FILTR(?a) }", "query:2:10: error: « FILTR » n'est pas un mot de SPARQL"),
        ("SELECT ?a { ?a ae:b ?c }", "query:1:16: error: préfixe « ae: » non déclaré"),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE"),
        ("INSERT DATA { <a:b> <a:c> 1 }", "SELECT, ASK, CONSTRUCT, DESCRIBE"),
        ("", "SELECT, ASK"),
        ("#+ number: CQ1\nSELECT * {}", "query:1"),
    ],
)
def test_a_query_that_cannot_be_asked_is_refused_with_its_place(call: Caller, text: str, told: str) -> None:
    with pytest.raises(SyntaxProblem) as refused:
        accords.query(text, root=call.root)
    assert told in refused.value.message.fr


def test_no_answer_is_cut(call: Caller) -> None:
    with pytest.raises(TooManyRows):
        accords.query(OWN, root=call.root, rows=2)


def test_a_file_holds_the_table_whatever_its_ending(call: Caller, tmp_path: Path) -> None:
    table = accords.ask("declared-commitments", root=call.root)
    for ending in ("csv", "tsv", "json", "xlsx", "parquet", "CSV"):
        accords.write(table, tmp_path / f"a.{ending}")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8"))))
    assert len(rows) == len(table)
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == call(
        "ask", "declared-commitments", "--format", "json"
    ).out
    assert pl.read_parquet(tmp_path / "a.parquet").columns == list(table.names)
    sheet, about = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets
    assert [cell.value for cell in sheet[1]] == [row[0].value for row in about.rows]
    assert [row[1].value for row in about.rows] == list(table.names)
    before = (tmp_path / "a.xlsx").read_bytes()
    accords.write(table, tmp_path / "a.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == before


def test_no_cell_of_a_file_becomes_a_formula(call: Caller, tmp_path: Path) -> None:
    table = accords.query('SELECT ?a { VALUES ?a { "=1+1" "@x" } }', root=call.root)
    accords.write(table, tmp_path / "a.csv")
    accords.write(table, tmp_path / "a.xlsx")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()[1:] == ["'=1+1", "'@x"]
    cells = [row[0] for row in openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0].iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}


def test_a_file_that_cannot_be_written_is_refused_and_leaves_nothing(call: Caller, tmp_path: Path) -> None:
    table = accords.ask("declared-commitments", root=call.root)
    with pytest.raises(BadParameter) as refused:
        accords.write(table, tmp_path / "a.docx")
    assert ".xlsx" in refused.value.message.fr
    (tmp_path / "file").write_text("before", encoding="utf-8")
    for nowhere in (tmp_path / "none" / "a.csv", tmp_path / "file" / "a.csv"):
        with pytest.raises(RequestError):
            accords.write(table, nowhere)
    assert not list(tmp_path.rglob("*.csv"))
    assert not list(tmp_path.rglob(".*"))


def test_a_table_is_told_in_one_line(call: Caller) -> None:
    table = accords.ask("parties-of-agreements", root=call.root)
    assert repr(table).startswith(f"Table({len(table)} × agreement, agreementLabel, ")
    assert "\n" not in repr(table)
