"""Exports: made from the parsed files, written all or none, the same bytes each time."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from datetime import date
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from accords import loading
from accords.errors import ContentError, FileRefused, RequestError
from accords.language import Words
from accords.project import Project
from accords.publishing import folders
from accords.publishing.artefacts import Artefact, content
from accords.publishing.edition import GRAPH, Edition
from accords.publishing.formats import FORMATS
from calling import Caller, invented
from laying import PROJECT, ROOT

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from accords.publishing.artefacts import Format


DAY = date(2024, 2, 29)


def artefact(path: str, held: bytes = b"content\n") -> Artefact:
    return Artefact(path, "text/plain", Words("un fichier", "a file"), content(held))


def graph(held: bytes, syntax: RdfFormat) -> str:
    """Return a graph in its canonical form, names of graphs left out."""
    found = Dataset(parse(held, format=syntax, without_named_graphs=syntax is not RdfFormat.N_QUADS))
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return "\n".join(sorted(str(quad.triple) for quad in found))


def of_the_files(edition: Edition) -> list[str]:
    """Return the statements of the published files, read one by one by another road."""
    said: list[str] = []
    for source in edition.files():
        read = parse(path=source.path, format=RdfFormat.TURTLE, base_iri=source.path.as_uri())
        said += [str(quad.triple) for quad in read if "_:" not in str(quad.triple)]
    return said


@pytest.fixture
def accords(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Caller:
    return Caller(invented(tmp_path / "project"), capsys)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_the_same_input_gives_the_same_bytes(tmp_path: Path, form: object) -> None:
    assert form in FORMATS
    held = []
    for name in ("one", "two"):
        made = next(one for one in FORMATS if one is form).make(Edition(PROJECT, DAY))
        written = folders.publish(tmp_path / name, Edition(PROJECT, DAY), made)
        held.append({file.artefact.path: file.digest for file in written})
    assert held[0] == held[1]
    assert held[0]


def test_n_quads_hold_the_statements_of_each_file_in_its_graph(accords: Caller, tmp_path: Path) -> None:
    assert accords("export", "--to", str(tmp_path / "out"), "--format", "nq").code == 0
    quads = list(parse(path=tmp_path / "out" / "accords.nq"))
    edition = Edition(Project(accords.root), DAY)
    graphs = {quad.graph_name for quad in quads}
    assert graphs <= {source.graph for source in edition.files()}
    assert all(graph.value.startswith(GRAPH) for graph in graphs if hasattr(graph, "value"))
    named = sorted(str(quad.triple) for quad in quads if "_:" not in str(quad.triple))
    assert named == sorted(of_the_files(edition))


def test_an_end_of_line_inside_a_text_is_no_end_of_line(accords: Caller, tmp_path: Path) -> None:
    said = 'a .\n<b> <c> "d" .\n'
    (accords.root / "data" / "more.ttl").write_text(
        f'<https://x.example/a> <https://x.example/b> """{said}""" .', encoding="utf-8"
    )
    assert accords("export", "--to", str(tmp_path / "out"), "--format", "nq").code == 0
    found = [quad for quad in parse(path=tmp_path / "out" / "accords.nq") if "x.example" in str(quad.subject)]
    assert [(quad.object.value, quad.graph_name.value) for quad in found] == [(said, GRAPH + "data/more")]


def test_the_manifest_lists_each_file_with_its_size_and_digest(accords: Caller, tmp_path: Path) -> None:
    done = accords("export", "--to", str(tmp_path / "out"), "--date", "2024-02-29")
    held = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    found = {p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*") if p.is_file()}
    assert (done.code, held["date"]) == (0, "2024-02-29")
    assert {file["path"] for file in held["files"]} | {"manifest.json"} == found
    for file in held["files"]:
        content = (tmp_path / "out" / file["path"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())


def test_a_part_of_a_graph_is_never_published(accords: Caller, tmp_path: Path) -> None:
    (accords.root / "data" / "agreements" / "broken.ttl").write_text("ae:Agreement a", encoding="utf-8")
    done = accords("export", "--to", str(tmp_path / "out"))
    assert done.code == 3
    assert "data/agreements/broken.ttl" in done.err
    assert not (tmp_path / "out").exists()
    assert not list(tmp_path.glob(".out*"))


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
@pytest.mark.parametrize("size", [14, loading.LARGEST + 1], ids=["broken", "too-large"])
def test_no_form_is_made_of_a_part_of_a_graph(tmp_path: Path, form: Format, size: int) -> None:
    root = invented(tmp_path / "project")
    path = root / "data" / "agreements" / "broken.ttl"
    path.write_text("ae:Agreement a" if size < loading.LARGEST else "\n" * size, encoding="utf-8")
    edition = Edition(Project(root), DAY)
    with pytest.raises(ContentError, match="broken"):
        folders.publish(tmp_path / "out", edition, form.make(edition))
    assert not (tmp_path / "out").exists()


def test_a_folder_of_something_else_is_left_alone(accords: Caller, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    done = accords("export", "--to", str(tmp_path), "--replace")
    assert done.code == 2
    assert "autre chose" in done.err
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_an_earlier_export_is_replaced_on_request_only(accords: Caller, tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    assert accords("export", "--to", out, "--format", "nt", "--format", "nq").code == 0
    assert "--replace" in accords("export", "--to", out, "--format", "nt").err
    assert accords("export", "--to", out, "--format", "nt", "--replace").code == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["accords.nt", "manifest.json"]


def test_a_failure_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    def fails() -> object:
        yield artefact("one.txt")
        raise ContentError(Words("raté", "failed"))

    edition = Edition(PROJECT, DAY)
    folders.publish(tmp_path / "out", edition, [artefact("one.txt", b"before")])
    with pytest.raises(ContentError):
        folders.publish(tmp_path / "out", edition, fails(), replace=True)  # type: ignore[arg-type]  # fails on purpose
    assert (tmp_path / "out" / "one.txt").read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_that_cannot_take_its_name_leaves_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition, target = Edition(PROJECT, DAY), tmp_path / "out"
    folders.publish(target, edition, [artefact("one.txt", b"before")])
    rename = type(target).rename

    def refused(path: Path, new: Path) -> Path:
        if new == target and not path.name.endswith(".before"):
            raise OSError(28, "No space left on device", str(path))
        return rename(path, new)

    monkeypatch.setattr(type(target), "rename", refused)
    with pytest.raises(FileRefused):
        folders.publish(target, edition, [artefact("one.txt", b"after")], replace=True)
    assert (target / "one.txt").read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestError):
        folders.publish(tmp_path / "out", Edition(PROJECT, DAY), [artefact("a"), artefact("a")])
    assert not (tmp_path / "out").exists()


def test_a_long_file_is_written_and_hashed_as_a_short_one(tmp_path: Path) -> None:
    pieces = [bytes([number % 251]) * (number * 3701 % 90_000) for number in range(120)]

    def write(file: BinaryIO) -> None:
        for piece in pieces:
            assert file.write(piece) == len(piece)

    long = Artefact("long.bin", "application/octet-stream", Words("long", "long"), write)
    (one,) = folders.publish(tmp_path / "out", Edition(PROJECT, DAY), [long])[:1]
    held = (tmp_path / "out" / "long.bin").read_bytes()
    assert held == b"".join(pieces)
    assert (one.size, one.digest) == (len(held), hashlib.sha256(held).hexdigest())
    assert one.size > 4_000_000
    assert threading.active_count() == 1


def test_a_long_file_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    limit = (
        "import resource, sys\n"
        "from accords.cli import run\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1_200_000, 1_200_000))\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "run(sys.argv[1:])\n"
    )
    words = [
        "--lang",
        "fr",
        "--root",
        str(ROOT),
        "export",
        "--to",
        str(tmp_path / "out"),
        "--format",
        "evidence",
    ]
    done = subprocess.run(
        [sys.executable, "-c", limit, *words], capture_output=True, text=True, check=False, timeout=120
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert "trop grand" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_day_that_is_none_and_an_option_that_is_missing_are_told_in_the_language_of_the_reader(
    accords: Caller,
) -> None:
    wrong = accords("export", "--to", "out", "--date", "hier")
    assert (wrong.code, wrong.out) == (2, "")
    assert "--date : « hier » ne convient pas ; attendu : un jour du calendrier, AAAA-MM-JJ" in wrong.err
    missing = accords("export")
    assert (missing.code, missing.out) == (2, "")
    assert "il manque : --to DOSSIER" in missing.err


def test_a_folder_of_many_files_is_one_line_of_what_was_written(accords: Caller, tmp_path: Path) -> None:
    done = accords("export", "--to", str(tmp_path / "out"), "--date", "2024-02-29")
    lines = done.out.splitlines()
    assert len(lines) < 35
    for folder in ("tables", "coverage", "network", "site"):
        assert [line for line in lines if f"out/{folder}/" in line.replace("\\", "/")] == [
            line for line in lines if line.startswith(f"{tmp_path / 'out' / folder}{os.sep}  ")
        ]
