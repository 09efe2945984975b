"""Workbook, Parquet, plain JSON and GraphML, read back with the libraries that their readers use."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import networkx as nx
import polars as pl
import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from accords import framing
from accords.publishing.book import COVER, MEANINGS, value
from accords.publishing.edition import Edition
from calling import invented
from exporting import publish
from laying import PROJECT, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from openpyxl import Workbook

    from accords.publishing.sheets import Row

DAY = date(2024, 2, 29)
MINE = ("csv", "xlsx", "parquet", "json", "graphml")
HOSTILE = (
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1+1)", "\t=1+1", "\r=1+1", "#N/A", "{=1}", "'=1", "_x000D_",
    "<script>alert(1)</script>&amp;]]>", "a\u202eb\u2066c\u200b", 'virgules, « ; » et "guillemets"', "deux\nlignes\r\nou trois",
    "nul \u0000 cloche \u0007 suppr \u007f", "lignes\u2028et\u2029paragraphes\ufeff", "é" * 40_000, "%s {x} \\u0041 {{y}}", " ",
)  # fmt: skip
RECORDS = "https://w3id.org/accords-emploi/id/"


@pytest.fixture(scope="module")
def edition() -> Edition:
    return Edition(PROJECT, DAY)


@pytest.fixture(scope="module")
def book(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return load_workbook(publish(tmp_path_factory.mktemp("xlsx") / "out", "xlsx", edition) / "accords.xlsx")


@pytest.fixture(scope="module")
def objects(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(tmp_path_factory.mktemp("json") / "out", "json", edition) / "json"


@pytest.fixture(scope="module")
def parquet(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(tmp_path_factory.mktemp("parquet") / "out", "parquet", edition) / "parquet"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Return an edition with labels that do harm where a writer is careless."""
    root = invented(tmp_path_factory.mktemp("hostile") / "project")
    labels = [
        f"agr:hostile-{place:02} a ae:Agreement ; skos:prefLabel {_turtle(text)}@fr ; ae:hasParty act:hostile ; "
        f"ae:startDate {_turtle(text)} ; ae:ordinalInSeries {_turtle(text)}^^xsd:integer ; ae:supportedBy exc:hostile ."
        for place, text in enumerate(HOSTILE)
    ]
    more = (
        "act:hostile a ae:PublicBody ; skos:altLabel 'autre'@fr-FR , 'Nom'@FR ; foaf:homepage <javascript:alert(1)> , <https://e.example/a%00%22onload=1> .\n"
        f"exc:hostile a ae:Excerpt ; ae:excerptOf src:hostile ; ae:quote {_turtle(HOSTILE[0])}@fr .\n"
        "src:hostile a ae:SourceDocument ; foaf:page <javascript:alert(2)> ; dcterms:title 'x'@fr .\n"
        "axe:hostile-a a ae:Axis ; ae:axisOf agr:hostile-00 ; ae:position 123456789012345678 ; skos:prefLabel 'a'@fr .\n"
        "axe:hostile-b a ae:Axis ; ae:axisOf agr:hostile-00 ; ae:position 1 ; skos:prefLabel 'b'@fr .\n"
        "<https://w3id.org/accords-emploi/id/agreement/a/b?c=d#é> a ae:Agreement ; ae:hasParty [ a ae:Actor ] .\n"
    )
    prefixes = Edition(PROJECT, DAY).knowledge.prefixes.declarations()
    text = prefixes + "\n".join(labels) + "\n" + more
    (root / "data" / "hostile.ttl").write_text(text, encoding="utf-8")
    return Edition(type(PROJECT).__bases__[0](root), DAY)


def _turtle(text: str) -> str:
    """Return a text in Turtle, what is not plain escaped."""
    shown = (
        letter
        if letter.isascii() and letter.isprintable() and letter not in '"\\'
        else f"\\u{ord(letter):04X}"
        for letter in text
    )
    return f'"{"".join(shown)}"'


def held(book: Workbook, name: str) -> list[tuple[Any, ...]]:
    return [tuple(cell.value for cell in row) for row in book[name].iter_rows(min_row=2)]


def test_a_sheet_holds_the_rows_of_its_table(book: Workbook, edition: Edition) -> None:
    for sheet in edition.tables.sheets:
        rows = edition.tables.rows[sheet.name]
        if rows:
            name = next(name for name in book.sheetnames if name == sheet.name[:31])
            wanted = [tuple(map(value, row, sheet.columns)) for row in rows]
            assert held(book, name) == wanted, sheet.name
            assert tuple(cell.value for cell in book[name][1]) == sheet.names


def test_the_first_sheets_say_what_is_what_in_both_languages(book: Workbook, edition: Edition) -> None:
    assert book.sheetnames[:2] == [COVER, MEANINGS]
    told = {row[0]: row[1:] for row in held(book, COVER)}
    for sheet in edition.tables.sheets:
        french, english, rows = told[sheet.name[:31]]
        assert french.startswith(sheet.title.fr)
        assert english.startswith(sheet.title.en)
        assert rows == len(edition.tables.rows[sheet.name])
    meant = {(row[0], row[1]) for row in held(book, MEANINGS)}
    assert meant == {(sheet.name, name) for sheet in edition.tables.sheets for name in sheet.names}


def test_a_sheet_has_its_header_in_sight_and_filters(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2"
    assert book["agreements"].auto_filter.ref == f"A1:{book['agreements'].dimensions.split(':')[1]}"


def test_a_workbook_bears_the_day_of_the_edition(book: Workbook) -> None:
    assert book.properties.created.date() == book.properties.modified.date() == DAY


def test_parquet_holds_the_cells_as_they_are(parquet: Path, edition: Edition) -> None:
    for sheet in edition.tables.sheets:
        frame = pl.read_parquet(parquet / f"{sheet.name}.parquet")
        assert tuple(frame.columns) == sheet.names
        assert frame.height == len(edition.tables.rows[sheet.name])
    axes = pl.read_parquet(parquet / "axes.parquet")
    names = {sheet.name: sheet.names for sheet in edition.tables.sheets}["axes"]
    texts = [name for name in names if name not in {"position", "deprecated", "excerpts"}]
    rows = [dict(zip(names, row, strict=True)) for row in edition.tables.rows["axes"]]
    assert axes.select(texts).rows() == [tuple(row[name] for name in texts) for row in rows]
    assert axes["position"].to_list() == [row["position"] and int(row["position"]) for row in rows]
    assert [" ".join(cell) or None for cell in axes["excerpts"].to_list()] == [
        row["excerpts"] for row in rows
    ]


def read(path: Path) -> Any:  # noqa: ANN401  # JSON
    return json.loads(path.read_text(encoding="utf-8"))


def test_each_file_of_json_is_what_its_schema_says(objects: Path) -> None:
    schemas = sorted(objects.glob("*.schema.json"))
    assert schemas
    for path in schemas:
        schema = read(path)
        Draft202012Validator.check_schema(schema)
        Draft202012Validator(schema).validate(read(path.with_name(path.name.replace(".schema", ""))))
    assert len(list(objects.iterdir())) == 2 * len(schemas)


def test_a_schema_refuses_what_is_no_record(objects: Path) -> None:
    schema, told = read(objects / "agreements.schema.json"), read(objects / "agreements.json")
    for key, wrong in (
        ("parties", "France Travail"),
        ("start_date", "juin 2023"),
        ("unknown", 1),
        ("axes", [{}]),
    ):
        bad = {**told, "records": [{**told["records"][0], key: wrong}]}
        assert not Draft202012Validator(schema).is_valid(bad), key
    assert Draft202012Validator(schema).is_valid(told)


def test_json_has_each_record_once(objects: Path, edition: Edition) -> None:
    for sheet in edition.tables.sheets:
        if (path := objects / f"{sheet.name}.json").exists():
            wanted = [row[1] for row in edition.tables.rows[sheet.name]]
            assert [record["iri"] for record in read(path)["records"]] == wanted


def test_axes_and_commitments_stand_in_their_agreement(objects: Path, edition: Edition) -> None:
    rows = edition.tables.rows
    agreements = read(objects / "agreements.json")["records"]
    axes = {(axis["iri"], one["iri"]) for one in agreements for axis in one.get("axes", ())}
    place = {
        sheet.name: sheet.names.index("axis_of") for sheet in edition.tables.sheets if sheet.name == "axes"
    }
    assert axes == {(row[1], row[place["axes"]]) for row in rows["axes"]}
    inside = {
        (commitment["iri"], axis["iri"])
        for one in agreements
        for axis in one.get("axes", ())
        for commitment in axis.get("commitments", ())
    }
    names = next(sheet.names for sheet in edition.tables.sheets if sheet.name == "commitments")
    assert inside == {(row[1], row[names.index("under_axis")]) for row in rows["commitments"]}


def test_a_party_has_its_name_and_evidence_its_words(objects: Path, edition: Edition) -> None:
    agreements = read(objects / "agreements.json")["records"]
    told = {
        (one["iri"], party["iri"], party["label"]["fr"]) for one in agreements for party in one["parties"]
    }
    assert told == {(row[0], row[3], row[4]) for row in edition.tables.rows["agreement_parties"]}
    assert all(
        excerpt["quote"] and excerpt["excerpt_of"]["label"]
        for one in agreements
        for excerpt in one["evidence"]
    )


def test_the_network_has_the_parties_of_each_agreement(edition: Edition, tmp_path: Path) -> None:
    path = publish(tmp_path / "out", "graphml", edition) / "accords.graphml"
    graph = nx.read_graphml(path, force_multigraph=True)
    nodes = {row[1] for name in ("actors", "agreements", "committees") for row in edition.tables.rows[name]}
    assert set(graph.nodes) == nodes
    parties = {
        (one, other, said["excerpts"])
        for one, other, said in graph.edges(data=True)
        if said["property"] == "party"
    }
    assert parties == {(row[0], row[3], row[6]) for row in edition.tables.rows["agreement_parties"]}
    assert all(said["label_fr"] and said["label_en"] for _, said in graph.nodes(data=True))
    assert any("start_date" in said for _, _, said in graph.edges(data=True))


def texts(rows: tuple[Row, ...]) -> Iterator[str]:
    for row in rows:
        yield from (cell for cell in row if cell is not None)


def test_hostile_labels_are_inert_in_csv(hostile: Edition, tmp_path: Path) -> None:
    folder = publish(tmp_path / "out", "csv", hostile) / "tables"
    import csv  # noqa: PLC0415  # read here only

    held = 0
    for path in sorted(folder.glob("*.csv")):
        text = path.read_bytes().decode()
        assert not set(text) & set("\u202e\u2066\u200b\u2028\u2029\ufeff\x00\x07\x7f\t")
        for row in csv.reader(text.splitlines(keepends=True), strict=True):
            assert not any(cell[:1] in {"=", "@", "\t", "\r"} or cell[:2] in {"+1", "-2"} for cell in row)
            held += 1
    assert held > len(HOSTILE)
    for path in folder.glob("*.json"):
        assert path.read_text(encoding="utf-8").replace("\n", "").isprintable()


def test_hostile_labels_are_inert_in_a_workbook(hostile: Edition, tmp_path: Path) -> None:
    book = load_workbook(publish(tmp_path / "out", "xlsx", hostile) / "accords.xlsx")
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b"}
    assert "#N/A" in {cell.value for cell in cells}
    shown = next(str(cell.value) for cell in cells if str(cell.value).startswith("é" * 100))
    assert (len(shown), shown[-3:]) == (32_767, "[…]")
    links = [cell.hyperlink for cell in cells if cell.hyperlink]
    assert all(link.target.startswith(("http://", "https://")) for link in links if link.target)
    inside = {f"'{name}'!A1" for name in book.sheetnames}
    assert {link.location for link in links if not link.target} <= inside


def test_hostile_labels_stay_what_they_are_in_json_and_parquet(hostile: Edition, tmp_path: Path) -> None:
    folder = publish(tmp_path / "json", "json", hostile) / "json"
    path = folder / "agreements.json"
    assert path.read_text(encoding="utf-8").replace("\n", "").isprintable()
    Draft202012Validator(read(folder / "agreements.schema.json")).validate(read(path))
    records = {one["id"]: one for one in read(path)["records"]}
    labels = [records[f"agr:hostile-{place:02}"]["label"]["fr"] for place in range(len(HOSTILE))]
    assert labels == list(HOSTILE)
    axes = [(axis["id"], axis["position"]) for axis in records["agr:hostile-00"]["axes"]]
    assert axes == [("axe:hostile-b", 1), ("axe:hostile-a", "123456789012345678")]
    assert all(
        "link" not in one
        for record in records.values()
        for one in record.get("evidence", ())
        if "hostile" in one["id"]
    )
    frame = pl.read_parquet(
        publish(tmp_path / "parquet", "parquet", hostile) / "parquet" / "agreements.parquet"
    )
    assert set(HOSTILE) <= set(frame["label_fr"].to_list())
    assert frame["ordinal_in_series"].dtype == pl.Int64


def test_hostile_labels_are_inert_in_graphml(hostile: Edition, tmp_path: Path) -> None:
    path = publish(tmp_path / "out", "graphml", hostile) / "accords.graphml"
    graph = nx.read_graphml(path)
    said = graph.nodes[f"{RECORDS}agreement/hostile-10"]
    assert said["label_fr"] == HOSTILE[10]
    assert "<script" not in path.read_text(encoding="utf-8")
    assert (
        graph.nodes[f"{RECORDS}agreement/hostile-14"]["label_fr"]
        == "nul \\u0000 cloche \\u0007 suppr \\u007f"
    )


def test_a_value_that_its_column_cannot_hold_is_not_lost(hostile: Edition) -> None:
    other = {
        (row[0], row[1].rsplit("#")[-1], row[4]) for row in hostile.tables.rows["other_statements"] if row[1]
    }
    for place, text in enumerate(HOSTILE):
        node = f"{RECORDS}agreement/hostile-{place:02}"
        assert (node, "startDate", text) in other
        assert (node, "ordinalInSeries", text) in other


def test_a_language_keeps_its_capitals(hostile: Edition, tmp_path: Path) -> None:
    told = {(row[4], row[5]) for row in hostile.tables.rows["texts"] if row[0] == f"{RECORDS}actor/hostile"}
    assert told == {("fr-FR", "autre"), ("FR", "Nom")}
    records = read(publish(tmp_path / "out", "json", hostile) / "json" / "actors.json")["records"]
    names = next(one["alt_labels"] for one in records if one["id"] == "act:hostile")
    assert names == {"FR": ["Nom"], "fr-FR": ["autre"]}


@pytest.mark.parametrize(("name", "library"), [("xlsx", "openpyxl"), ("json", "pyld"), ("parquet", "polars")])
def test_a_library_that_is_missing_is_named(tmp_path: Path, name: str, library: str) -> None:
    script = f"import sys; sys.modules[{library!r}] = None\nfrom accords.cli import run\nrun(sys.argv[1:])"
    words = ["--root", str(ROOT), "export", "--to", str(tmp_path / "out"), "--format", name]
    done = subprocess.run(
        [sys.executable, "-c", script, *words], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 3, done.stderr
    assert "accords-emploi[" in done.stderr
    assert library in done.stderr.lower()
    assert not (tmp_path / "out").exists()


def test_no_context_is_ever_fetched() -> None:
    with pytest.raises(Exception, match="context") as refused:
        framing.framed([{"@id": "https://e.example/a"}], {"@context": "https://e.example/c"}, {})
    problem: BaseException = refused.value
    while problem.__context__ is not None:
        problem = problem.__context__
    assert isinstance(problem, AssertionError)
    assert str(problem) == "https://e.example/c"


def test_two_machines_write_the_same_bytes(tmp_path: Path) -> None:
    manifests = []
    for name, more in (
        ("one", {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C", "POLARS_MAX_THREADS": "1"}),
        (
            "another",
            {"PYTHONHASHSEED": "77", "TZ": "America/Lima", "LC_ALL": "C.UTF-8", "LANG": "fr_FR.UTF-8"},
        ),
    ):
        root = invented(tmp_path / name / "a project")
        if name == "another":
            _made_in_another_order(root / "data")
        words = [
            "--root",
            str(root),
            "export",
            "--to",
            str(tmp_path / name / "out"),
            "--date",
            DAY.isoformat(),
        ]
        asked = [word for form in MINE for word in ("--format", form)]
        done = subprocess.run(
            [sys.executable, "-m", "accords", *words, *asked],
            env={**os.environ, **more},
            cwd=tmp_path / name,
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
        assert done.returncode == 0, done.stderr
        manifests.append((tmp_path / name / "out" / "manifest.json").read_bytes())
    assert manifests[0] == manifests[1]


def _made_in_another_order(folder: Path) -> None:
    """Write the files of a folder again, the last first."""
    for path in sorted(folder.rglob("*.ttl"), reverse=True):
        text = path.read_bytes()
        path.unlink()
        path.write_bytes(text)
        os.utime(path, (0, 0))
