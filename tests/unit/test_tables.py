"""Records as tables: every row counted by another road, described so that other people's programs read them."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Store, parse

from accords.project import Project
from accords.publishing.edition import Edition
from accords.publishing.sheets import Sort
from accords.vocab import CONCEPT, RECORD
from calling import invented
from exporting import publish
from laying import PROJECT, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from accords.publishing.sheets import Sheet

DAY = date(2024, 2, 29)
PREFIXES = """
PREFIX ae: <https://w3id.org/accords-emploi/def#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""

AS_RDF = """
import csv, json, sys
from pathlib import Path
from csvw import CSVW
folder, said = Path(sys.argv[1]), []
for table in CSVW(str(folder / "csv-metadata.json")).tablegroup.tables:
    schema = table.tableSchema
    stated = [column for column in schema.columns if column.propertyUrl and not column.suppressOutput]
    with (folder / table.local_name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for column in stated if schema.aboutUrl else ():
                text = row[column.name]
                if not text:
                    continue
                about, path = schema.aboutUrl.expand(**row), column.propertyUrl.expand(**row)
                if column.valueUrl:
                    said.append([about, path, "iri", column.valueUrl.expand(**row), ""])
                elif column.inherit("lang") != "und":
                    said.append([about, path, "text", text, column.inherit("lang")])
                else:
                    said.append([about, path, "typed", text, column.datatype.base if column.datatype else "string"])
json.dump(said, sys.stdout)
"""
VALID_CSVW = """
import json, sys
from csvw import CSVW
read = CSVW(sys.argv[1], validate=True)
told = {"valid": read.is_valid, "warnings": [str(one.message) for one in read.warnings][:5]}
told["rows"] = {table.local_name: sum(1 for _ in table) for table in read.tablegroup.tables}
json.dump(told, sys.stdout)
"""
VALID_PACKAGE = """
import json, sys
from frictionless import Package
report = Package(sys.argv[1]).validate()
told = {"valid": report.valid, "errors": [str(row) for row in report.flatten(["name", "type", "message"])][:5]}
told["rows"] = {task.name: task.stats.get("rows", 0) for task in report.tasks}
json.dump(told, sys.stdout)
"""


def told_by(script: str, path: Path) -> Any:  # noqa: ANN401  # JSON
    """Return what a program of somebody else's library says of a file."""
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=False, timeout=240
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def edition() -> Edition:
    return Edition(PROJECT, DAY)


@pytest.fixture(scope="module")
def tables(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(tmp_path_factory.mktemp("csv") / "out", "csv", edition) / "tables"


@pytest.fixture(scope="module")
def store(edition: Edition) -> Store:
    """Return the published files in a store, by another road than the tables."""
    found = Store()
    for source in edition.files():
        found.bulk_load(path=source.path, format=RdfFormat.TURTLE, base_iri=source.path.as_uri())
    return found


@pytest.fixture(scope="module")
def ask(store: Store) -> Callable[[str], list[tuple[str, ...]]]:
    def asked(query: str) -> list[tuple[str, ...]]:
        found = store.query(PREFIXES + query)
        assert isinstance(found, QuerySolutions)
        return [tuple("" if cell is None else cell.value for cell in row) for row in found]

    return asked


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sheets(edition: Edition) -> dict[str, Sheet]:
    return {sheet.name: sheet for sheet in edition.tables.sheets}


def records(edition: Edition) -> set[tuple[str, str, NamedNode | Literal]]:
    """Return the statements of records and concepts, from the files: a store would write numbers otherwise."""
    said = set()
    for source in edition.files():
        for quad in parse(path=source.path, format=RdfFormat.TURTLE, base_iri=source.path.as_uri()):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                said.add((quad.subject.value, quad.predicate.value, quad.object))
    concepts = {
        subject for subject, path, _ in said if path == "http://www.w3.org/2004/02/skos/core#inScheme"
    }
    return {row for row in said if row[0].startswith(RECORD) or row[0] in concepts}


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        ("agreements", "?s a ae:Agreement"),
        ("actors", "?s a/rdfs:subClassOf* ae:Actor"),
        ("axes", "?s a ae:Axis"),
        ("commitments", "?s a ae:Commitment"),
        ("events", "?s a/rdfs:subClassOf* ae:AgreementEvent"),
        ("claims", "?s a ae:Claim"),
        ("excerpts", "?s a ae:Excerpt"),
        ("sources", "?s a ae:SourceDocument"),
        ("concepts_theme", "?s skos:inScheme <https://w3id.org/accords-emploi/concept/theme>"),
    ],
)
def test_each_record_has_its_row(
    tables: Path, ask: Callable[[str], list[tuple[str, ...]]], table: str, wanted: str
) -> None:
    found = ask(f"SELECT DISTINCT ?s WHERE {{ {wanted} }}")
    assert found
    assert sorted(row["iri"] for row in rows(tables / f"{table}.csv")) == sorted(row[0] for row in found)


@pytest.mark.parametrize(
    ("table", "wanted", "names"),
    [
        ("agreement_parties", "?s a ae:Agreement ; ae:hasParty ?o", ("agreement", "party")),
        ("agreement_themes", "?s a ae:Agreement ; ae:theme ?o", ("agreement", "theme")),
        ("committee_co_chaired_by", "?s ae:coChairedBy ?o", ("committee", "co_chaired_by")),
        ("evidence", "?s ae:supportedBy ?o", ("record", "excerpt")),
    ],
)
def test_each_link_has_its_row(
    tables: Path,
    ask: Callable[[str], list[tuple[str, ...]]],
    table: str,
    wanted: str,
    names: tuple[str, str],
) -> None:
    found = ask(f"SELECT DISTINCT ?s ?o WHERE {{ {wanted} }}")
    assert found
    held = [tuple(row[name] for name in names) for row in rows(tables / f"{table}.csv")]
    assert sorted(held) == sorted(found)


def test_what_a_program_makes_of_the_tables_is_in_the_graph(tables: Path, edition: Edition) -> None:
    graph = records(edition)
    made = {
        (about, path, _term(kind, text, more)) for about, path, kind, text, more in told_by(AS_RDF, tables)
    }
    assert made <= graph
    assert len(made) > len(graph) / 2


def _term(kind: str, text: str, more: str) -> NamedNode | Literal:
    if kind == "iri":
        return NamedNode(text)
    if kind == "text":
        return Literal(text, language=more)
    return Literal(text, datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{more}"))


def test_no_statement_of_a_record_is_lost(edition: Edition) -> None:
    found: set[tuple[str, str, str]] = set()
    for sheet in edition.tables.sheets:
        for row in edition.tables.rows[sheet.name]:
            cells = dict(zip(sheet.names, row, strict=True))
            if sheet.name in {"texts", "other_statements"}:
                value = cells.get("text", cells.get("value"))
                found.add((str(cells["record"]), str(cells["property"]), str(value)))
            elif sheet.about is not None:
                for column in sheet.columns:
                    if column.path is not None and (cell := cells[column.name]) is not None:
                        found.add((str(cells[sheet.about]), column.path.value, cell))
    assert found == {(subject, path, value.value) for subject, path, value in records(edition)}


def test_a_link_names_the_excerpts_of_its_own_claim(tables: Path, ask: Callable[[str], Any]) -> None:
    query = """SELECT ?s ?o ?e WHERE { ?c ae:claimAbout ?s ; ae:claimProperty ae:hasParty ; ae:claimValue ?o ;
      ae:supportedBy ?e . ?s ae:hasParty ?o }"""
    claimed: dict[tuple[str, str], set[str]] = {}
    for subject, value, excerpt in ask(query):
        claimed.setdefault((subject, value), set()).add(excerpt.rsplit("/", 1)[1])
    assert claimed
    for row in rows(tables / "agreement_parties.csv"):
        if (row["agreement"], row["party"]) in claimed:
            told = {one.partition(":")[2] for one in row["excerpts"].split()}
            assert told == claimed[row["agreement"], row["party"]]


def test_programs_find_both_descriptions_valid(tables: Path, edition: Edition) -> None:
    counts = {name: len(held) for name, held in edition.tables.rows.items()}
    read = told_by(VALID_CSVW, tables / "csv-metadata.json")
    assert (read["valid"], read["warnings"]) == (True, [])
    assert read["rows"] == {f"{name}.csv": count for name, count in counts.items()}
    read = told_by(VALID_PACKAGE, tables / "datapackage.json")
    assert (read["valid"], read["errors"]) == (True, [])
    assert read["rows"] == counts


def test_each_key_holds_and_each_reference_leads_to_a_row(tables: Path, edition: Edition) -> None:
    held = {name: {row["iri"] for row in rows(tables / f"{name}.csv")} for name in _referred(edition)}
    for sheet in edition.tables.sheets:
        found = rows(tables / f"{sheet.name}.csv")
        keys = [tuple(row[name] for name in sheet.key) for row in found]
        assert not sheet.key or len(keys) == len(set(keys)), sheet.name
        for column in sheet.columns:
            if column.table is not None:
                assert {row[column.name] for row in found} - {""} <= held[column.table], (
                    sheet.name,
                    column.name,
                )


def _referred(edition: Edition) -> set[str]:
    return {column.table for sheet in edition.tables.sheets for column in sheet.columns if column.table}


def test_each_column_says_what_it_is_in_both_languages(tables: Path) -> None:
    described = json.loads((tables / "csv-metadata.json").read_text(encoding="utf-8"))
    for table in described["tables"]:
        header = (tables / table["url"]).read_text(encoding="utf-8").splitlines()[0].split(",")
        assert [column["name"] for column in table["tableSchema"]["columns"]] == header
        for column in table["tableSchema"]["columns"]:
            assert column["titles"]["fr"]
            assert column["titles"]["en"]


def test_a_page_names_each_table_and_each_column(tables: Path, edition: Edition) -> None:
    page = (tables / "README.md").read_text(encoding="utf-8")
    for sheet in edition.tables.sheets:
        told = page.partition(f"\n## {sheet.name}.csv\n")[2].partition("\n## ")[0]
        assert [line.split("`")[1] for line in told.splitlines() if line.startswith("| `")] == list(
            sheet.names
        )


def test_the_shipped_records_have_their_rows() -> None:
    shipped = Edition(type(PROJECT).__bases__[0](ROOT), DAY)
    tables = shipped.tables
    subjects = {
        subject.value
        for document in shipped.knowledge.documents
        for quad in parse(path=document.path, format=RdfFormat.TURTLE, base_iri=document.path.as_uri())
        if isinstance(subject := quad.subject, NamedNode)
        and subject.value.startswith((RECORD, CONCEPT))
        and subject.value.count("/") > CONCEPT.count("/")
    }
    assert {row[1] for row in tables.rows["records"]} == subjects
    assert len(tables.rows["records"]) == len(subjects)


def test_a_date_is_as_written_and_a_number_typed(edition: Edition) -> None:
    sorts = {column.name: column.sort for column in sheets(edition)["agreements"].columns}
    assert sorts["start_date"] is Sort.DATE
    assert sorts["ordinal_in_series"] is Sort.INTEGER
    assert sorts["label_fr"] is Sort.TEXT


def test_a_workbook_prints_as_wide_as_the_paper_and_its_long_texts_have_room(
    edition: Edition, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(publish(tmp_path / "out", "xlsx", edition) / "accords.xlsx")
    for sheet in book:
        paper = sheet.sheet_properties.pageSetUpPr
        assert paper is not None
        assert paper.fitToPage
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        assert sheet.print_title_rows == "$1:$1"
    told = book.worksheets[0]
    long = [
        line
        for line, row in enumerate(told.iter_rows(values_only=True), 1)
        if any(len(str(cell or "")) > 140 for cell in row)
    ]
    assert long
    for line in long:
        assert told.row_dimensions[line].height >= 3 * 15


FORMULAS = ("=1+1", "+1+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", "=\u202e1")


def test_no_cell_is_a_formula_and_json_has_each_text_as_it_is(tmp_path: Path) -> None:
    """Of the files that people open in a spreadsheet, none holds what one would run; the others change no letter."""
    root = invented(tmp_path / "project")
    named = " , ".join(f"{json.dumps(said)}@fr" for said in FORMULAS)
    (root / "data" / "formulas.ttl").write_text(
        f"<{RECORD}actor/wld-formulas> a <https://w3id.org/accords-emploi/def#PublicBody> ;\n"
        f'  <http://www.w3.org/2004/02/skos/core#prefLabel> "=1+1"@fr ;\n'
        f"  <http://www.w3.org/2004/02/skos/core#altLabel> {named} .\n",
        encoding="utf-8",
    )
    edition = Edition(Project(root), DAY)
    made = publish(tmp_path / "csv", "csv", edition) / "tables"
    written = (io.StringIO(path.read_bytes().decode(), newline="") for path in made.glob("*.csv"))
    cells = {cell for text in written for row in csv.reader(text) for cell in row}
    assert {"'=1+1", "'+1+1", "'-2+3", "'@SUM(1)", "'=\\u202e1"} <= cells
    begun = {cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))}
    assert all(re.fullmatch(r"[+-]?[0-9.]+", cell) for cell in begun), begun
    book = openpyxl.load_workbook(publish(tmp_path / "xlsx", "xlsx", edition) / "accords.xlsx")
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    held = publish(tmp_path / "json", "json", edition) / "json" / "actors.json"
    records = json.loads(held.read_text(encoding="utf-8"))["records"]
    told = next(one for one in records if one["id"] == "act:wld-formulas")
    assert (told["label"], sorted(told["alt_labels"]["fr"])) == ({"fr": "=1+1"}, sorted(FORMULAS))
