"""Every RDF form says what the sources say: read back by other tools, graph for graph, literal for literal."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, RdfFormat, parse

import hostile
from accords.project import Project
from accords.publishing import formats, streams, tags
from accords.publishing.edition import Edition
from calling import Caller, invented
from reading_rdf import by_oxigraph, by_pyld, by_rdflib, canonical

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILES = ("accords.ttl", "accords.trig", "accords.nt", "accords.nq", "accords.rdf", "accords.jsonld")
NAMES = [name.partition(".")[2] for name in FILES]
READERS = [by_oxigraph, by_rdflib]


def of_the_files(root: Path) -> list[str]:
    """Return the published graph read file by file, by another road, in canonical form."""
    project = Project(root)
    lines = []
    for number, source in enumerate(Edition(project, date(2024, 2, 29)).files()):
        for quad in parse(path=source.path, format=RdfFormat.TURTLE):
            line = f"{quad.triple} .\n"
            lines.append(line if "_:" not in line else _apart(line, number))
    return canonical("".join(dict.fromkeys(lines)).encode())


def _apart(line: str, number: int) -> str:
    """Return a line whose blank nodes are those of one file."""
    subject, verb, rest = line.split(" ", 2)
    marked = subject.replace("_:", f"_:n{number}-")
    return " ".join((marked, verb, rest.replace("_:", f"_:n{number}-", 1) if rest.startswith("_:") else rest))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = invented(tmp_path_factory.mktemp("rdf") / "project")
    hostile.lay(root)
    return root


@pytest.fixture(scope="module")
def exported(project: Path) -> Path:
    """Return the folder of a whole export of the invented world and of a hostile file."""
    target = project.parent / "out"
    names = [word for name in (*NAMES, "evidence", "same-as") for word in ("--format", name)]
    command = [sys.executable, "-m", "accords", "--root", str(project), "export", "--to", str(target)]
    subprocess.run([*command, *names, "--date", "2024-02-29"], check=True, capture_output=True, timeout=120)
    return target


@pytest.fixture(scope="module")
def sources(project: Path) -> list[str]:
    return of_the_files(project)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
@pytest.mark.parametrize("name", FILES)
def test_each_form_read_back_by_another_tool_is_the_graph_of_the_sources(
    exported: Path, sources: list[str], name: str, reader: Callable[[Path], bytes]
) -> None:
    assert canonical(reader(exported / name)) == sources


def test_json_ld_read_by_a_third_tool_is_the_graph_of_the_sources(exported: Path, sources: list[str]) -> None:
    assert canonical(by_pyld(exported / "accords.jsonld")) == sources


def test_json_ld_says_the_same_with_its_context_beside_it(
    exported: Path, sources: list[str], tmp_path: Path
) -> None:
    whole = json.loads((exported / "accords.jsonld").read_text(encoding="utf-8"))
    beside = json.loads((exported / "context.jsonld").read_text(encoding="utf-8"))
    assert whole["@context"] == beside["@context"]
    (tmp_path / "context.jsonld").write_text(json.dumps(beside), encoding="utf-8")
    linked = {"@context": "context.jsonld", "@graph": whole["@graph"]}
    (tmp_path / "linked.jsonld").write_text(json.dumps(linked), encoding="utf-8")
    assert canonical(by_rdflib(tmp_path / "linked.jsonld")) == sources


def test_a_text_without_end_keeps_nobody_waiting_beside_a_tag_with_capitals() -> None:
    """What looks at each letter again and again does not come to an end here."""
    text = b'"x"@fr-FR , "' + b"a" * 10_000_000 + b'"'
    assert tags.unmarked(tags.marked(text)) == text


@pytest.mark.parametrize("name", FILES)
def test_language_tags_keep_their_capitals(exported: Path, name: str) -> None:
    text = (exported / name).read_text(encoding="utf-8")
    for tag in ("fr-FR", "zh-Hant-TW", "zh-hant-tw"):
        assert any(sign + tag in text for sign in ("@", 'xml:lang="', '"@language": "', '{"', '", "'))
    assert "-x-" not in text  # what marks them on their way
    assert "@fr-FR and" in text.replace("&quot;", '"').replace('\\"', '"')  # in a quotation, it is no tag


@pytest.mark.parametrize("name", FILES)
def test_what_is_not_seen_is_written_out(exported: Path, name: str) -> None:
    text = (exported / name).read_text(encoding="utf-8")
    lines = name in {"accords.nt", "accords.nq"}  # canonical N-Triples: letters stand for themselves
    assert lines or not set("\u202e\u200b\u2028\u0085\r\x01") & set(text)


def test_lexical_forms_are_kept(exported: Path) -> None:
    found = {
        quad.object.value
        for quad in parse(path=exported / "accords.ttl", format=RdfFormat.TURTLE)
        if quad.subject.value.startswith(hostile.BASE) and isinstance(quad.object, Literal)
    }
    assert {"007", "1.50", "P1Y13M", "1.0E3", "2023-06-01T00:00:00.000+01:00"} <= found


def test_each_graph_of_the_trig_file_holds_its_file(exported: Path) -> None:
    quads, named = (
        {(str(q.triple), str(q.graph_name)) for q in parse(path=exported / name)}
        for name in ("accords.nq", "accords.trig")
    )
    assert {row for row in quads if "@zh" not in row[0]} == {row for row in named if "@zh" not in row[0]}


def test_the_turtle_file_has_one_block_a_record_labels_first_then_as_in_the_form(exported: Path) -> None:
    text = (exported / "accords.ttl").read_text(encoding="utf-8")
    blocks = [block for block in text.split("\n\n") if block.startswith("agr:")]
    assert len(blocks) == len({block.split()[0] for block in blocks}) > 3
    assert blocks == sorted(blocks, key=lambda block: block.split()[0])
    for block in blocks:
        verbs = [line.split()[0] for line in block.split(" ;\n")]
        assert verbs[1] == "skos:prefLabel"
        labels = re.findall(r'"@(fr|en)', block.split(" ;\n")[1])
        assert labels[:2] == ["fr", "en"]
        parties, evidence = verbs.index("ae:hasParty"), verbs.index("ae:supportedBy")
        assert verbs.index("ae:agreementType") < parties < evidence


def test_kinds_are_headings_met_once_and_records_follow_by_name_whatever_their_files(exported: Path) -> None:
    text = (exported / "accords.ttl").read_text(encoding="utf-8")
    headings = re.findall(r"^# (\S+)$", text, re.MULTILINE)
    assert len(headings) > 20
    assert headings == sorted(set(headings))
    for part in re.split(r"^# \S+$", text, flags=re.MULTILINE)[1:]:
        names = re.findall(r"^(act|evt|com):(\S+)", part, re.MULTILINE)
        assert names == sorted(names)


def test_the_same_bytes_come_in_another_folder_zone_and_language(
    exported: Path, project: Path, tmp_path: Path
) -> None:
    root = tmp_path / "other name"
    project.rename(root)
    try:
        names = [word for name in (*NAMES, "evidence", "same-as") for word in ("--format", name)]
        command = [sys.executable, "-m", "accords", "--root", str(root), "--lang", "en", "export", *names]
        environment = os.environ | {
            "PYTHONHASHSEED": "7",
            "TZ": "Pacific/Kiritimati",
            "LC_ALL": "tr_TR.UTF-8",
            "SOURCE_DATE_EPOCH": "1709164800",
        }
        target = tmp_path / "out"
        subprocess.run(
            [*command, "--to", str(target)], env=environment, check=True, capture_output=True, timeout=120
        )
    finally:
        root.rename(project)
    assert {path.name for path in target.iterdir()} == {path.name for path in exported.iterdir()}
    for path in target.iterdir():
        assert path.read_bytes() == (exported / path.name).read_bytes(), path.name


def test_xml_refuses_what_it_cannot_hold_and_says_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = Caller(invented(tmp_path / "project"), capsys)
    call.write("data/odd.ttl", f"<https://x.example/a>\n  <https://x.example/b> {hostile.XML_CONTROL} .\n")
    done = call("export", "--to", str(tmp_path / "out"), "--format", "rdf")
    assert done.code == 3
    assert "data/odd.ttl:2:" in done.err
    assert "\\u0001" in done.err
    assert not (tmp_path / "out").exists()
    for verb in ("https://x.example/9", "http://www.w3.org/1999/02/22-rdf-syntax-ns#li"):
        call.write("data/odd.ttl", f"<https://x.example/a> <{verb}> 1 .\n")
        done = call("export", "--to", str(tmp_path / "out"), "--format", "rdf")
        assert (done.code, verb in done.err) == (3, True)
    assert call("export", "--to", str(tmp_path / "out"), "--format", "jsonld").code == 0


@pytest.mark.parametrize("form", ["nt", "nq", "ttl"])
def test_what_the_project_does_not_read_is_not_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    call = Caller(invented(tmp_path / "project"), capsys)
    for wrong in (
        "<a:a> <a:b> << <a:a> <a:b> 1 >> .",  # RDF 1.2
        '<a:a> <a:b> "x"@fr--ltr .',
        "<a:a> <a:b> " + "<<( <a:a> <a:b> " * 100_000,
        "<a:a> <a:b> 1 } <a:g> { <a:a> <a:b> 2 .",  # TriG that a frame would close
        "<a:a> <a:b> <relative> .",
    ):
        call.write("data/odd.ttl", wrong)
        done = call("export", "--to", str(tmp_path / "out"), "--format", form)
        assert (done.code, "data/odd.ttl" in done.err) == (3, True), wrong[:40]


@pytest.mark.parametrize(
    "late",
    [
        "PREFIX y: <https://x.example/y#>",
        "<a:a> <a:b> 1 .prefix y:<https://x.example/y#>",
        "@prefix y: <https://x.example/y#> .",
        "@prefix y: # a comment, and a } in it\n <https://x.example/y#> .",
        "BASE <https://x.example/y>\n@prefix y: <#> .",
    ],
)
def test_a_prefix_may_be_declared_anywhere(tmp_path: Path, late: str) -> None:
    root = invented(tmp_path / "project")
    text = f"<https://x.example/a> <https://x.example/b> 1 .\n{late}\ny:c y:basement y:prefixed .\n"
    (root / "data" / "late.ttl").write_text(text, encoding="utf-8")
    source = next(one for one in Edition(Project(root), date(2024, 2, 29)).files() if "late" in one.name)
    held = io.BytesIO()
    streams.into(held, source, source.graph)
    assert f"<https://x.example/y#prefixed> {source.graph} .\n" in held.getvalue().decode()
    assert canonical(held.getvalue()) == canonical(by_oxigraph(source.path))


def test_every_form_of_rdf_is_tested() -> None:
    known = {form.name for form in formats.FORMATS}
    assert {*NAMES, "evidence", "same-as"} <= known
