"""`accords convert`: any syntax into any other, as it is written; what is dangerous is refused, with its place."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Dataset, Quad, RdfFormat, parse

import hostile
from accords.errors import AccordsError
from accords.publishing import intake as intakes
from accords.publishing import tags
from accords.publishing.intake import Intake
from accords.publishing.syntaxes import SYNTAXES
from calling import Called, Caller
from laying import ROOT
from reading_rdf import by_oxigraph, by_rdflib, canonical

if TYPE_CHECKING:
    from pathlib import Path

NAMES = [syntax.name for syntax in SYNTAXES]
FACTS = (
    '<https://x.example/a> <https://x.example/p> "007"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
    '<https://x.example/a> <https://x.example/p> "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n'
    '<https://x.example/a> <https://x.example/q> "été"@fr-BE .\n'
    '<https://x.example/a> <https://x.example/q> "a\\nb\\rc \\"@FR\\""@zh-Hant-TW .\n'
    "<https://x.example/a> <https://x.example/r> _:kept .\n"
    "_:kept <https://x.example/r> <javascript:alert(1)> .\n"
)
GRAPHS = '<a:a> <a:b> "in one" <a:g> .\n<a:a> <a:b> "in another" <a:h> .\n<a:a> <a:b> "in none" .\n'
RDF_XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="https://x.example/">'


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Caller:
    return Caller(ROOT, capsys)


def piped(data: bytes, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command on its input."""
    command = [sys.executable, "-m", "accords", "convert", "-", "-", *words]
    return subprocess.run(command, input=data, capture_output=True, check=False, timeout=60)


def refused(call: Caller, path: Path, text: str | bytes, *words: str) -> Called:
    """Return what is said of a file that is refused, nothing being written."""
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    target = path.with_name("out.nq")
    target.write_bytes(b"before")
    done = call("convert", str(path), str(target), *words)
    assert done.code in {2, 3}, done
    assert "Traceback" not in done.err
    assert target.read_bytes() == b"before"
    assert not [one for one in path.parent.iterdir() if one.name.startswith(".")]
    return done


@pytest.mark.parametrize("given", NAMES)
@pytest.mark.parametrize("wanted", NAMES)
def test_each_syntax_becomes_each_other(call: Caller, tmp_path: Path, given: str, wanted: str) -> None:
    (tmp_path / "facts.nt").write_text(FACTS, encoding="utf-8")
    one, two = tmp_path / f"one.{given}", tmp_path / f"two.{wanted}"
    assert call("convert", str(tmp_path / "facts.nt"), str(one)) == Called(0, "", "")
    assert call("convert", str(one), str(two)) == Called(0, "", "")
    assert canonical(by_oxigraph(two)) == canonical(FACTS.encode())
    if wanted not in {"ttl", "trig"}:  # of the bare 007 that stands there, rdflib makes 7
        assert canonical(by_rdflib(two)) == canonical(FACTS.encode())
    text = two.read_text(encoding="utf-8")
    assert "kept" in text
    assert ("fr-BE" in text, "zh-Hant-TW" in text, "-x-" in text) == (True, True, False)
    assert "@FR" in text.replace("&quot;", '"')


@pytest.mark.parametrize("wanted", NAMES)
def test_hostile_facts_come_through_as_they_are(call: Caller, tmp_path: Path, wanted: str) -> None:
    (tmp_path / "facts.ttl").write_text(hostile.turtle(), encoding="utf-8", newline="")
    out = tmp_path / f"out.{wanted}"
    assert call("convert", str(tmp_path / "facts.ttl"), str(out)).code == 0
    assert canonical(by_oxigraph(out)) == canonical(by_oxigraph(tmp_path / "facts.ttl"))


def test_a_pipe_is_read_and_written() -> None:
    done = piped(FACTS.encode(), "--from", "nt", "--to", "nq")
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, FACTS, b"")


def test_nothing_comes_out_of_a_pipe_that_breaks_in_the_middle() -> None:
    done = piped(FACTS.encode() * 2000 + b"and then nonsense\n", "--from", "nt", "--to", "nq", "--lang", "en")
    assert (done.returncode, done.stdout) == (3, b"")
    assert b"-:12001:" in done.stderr


def test_graphs_are_lost_only_when_it_is_said(call: Caller, tmp_path: Path) -> None:
    source, out = tmp_path / "g.nq", tmp_path / "out.nt"
    source.write_text(GRAPHS, encoding="utf-8")
    done = call("convert", str(source), str(out))
    assert (done.code, "--graph" in done.err, "--merge" in done.err, out.exists()) == (2, True, True, False)
    assert call("convert", str(source), str(out), "--merge").code == 0
    assert out.read_text(encoding="utf-8").count("\n") == 3
    assert call("convert", str(source), str(out), "--graph", "a:h").code == 0
    assert out.read_text(encoding="utf-8") == '<a:a> <a:b> "in another" .\n'
    assert call("convert", str(source), str(out), "--graph", "a:none").code == 2
    assert out.read_text(encoding="utf-8") == '<a:a> <a:b> "in another" .\n'
    kept = tmp_path / "out.trig"
    assert call("convert", str(source), str(kept)).code == 0
    assert Dataset(parse(path=kept)) == Dataset(parse(GRAPHS.encode(), format=RdfFormat.N_QUADS))
    assert call("convert", str(source), str(kept), "--merge").code == 0
    assert {str(quad.graph_name) for quad in parse(path=kept)} == {"DEFAULT"}
    assert call("convert", str(out), str(kept), "--merge").code == 2


@pytest.mark.parametrize(
    "doctype", ["<!DOCTYPE x [<!ENTITY a 'b'>]>", "<!doctype rdf:RDF SYSTEM 'file:///etc/passwd'>"]
)
def test_a_document_type_is_refused_before_it_is_parsed(call: Caller, tmp_path: Path, doctype: str) -> None:
    text = f"<?xml version='1.0'?>\n<!-- <!DOCTYPE in a comment -->\n  {doctype}\n{RDF_XML}</rdf:RDF>"
    done = refused(call, tmp_path / "x.rdf", text)
    assert "x.rdf:3:3: error:" in done.err
    assert "DOCTYPE" in done.err


def test_a_document_type_in_a_comment_or_a_text_is_none(call: Caller, tmp_path: Path) -> None:
    text = f"<!-- <!DOCTYPE x> -->{RDF_XML}<rdf:Description rdf:about='a:a'><e:p><![CDATA[<!DOCTYPE x>]]></e:p></rdf:Description></rdf:RDF>"
    (tmp_path / "x.rdf").write_text(text, encoding="utf-8")
    assert call("convert", str(tmp_path / "x.rdf"), str(tmp_path / "out.nt")).code == 0
    assert "<!DOCTYPE x>" in (tmp_path / "out.nt").read_text(encoding="utf-8")


def test_tags_too_deep_or_too_long_are_refused(call: Caller, tmp_path: Path) -> None:
    deep = RDF_XML + "\n<e:a><e:b>" * 101
    assert "x.rdf:101:6" in refused(call, tmp_path / "x.rdf", deep).err
    wide = RDF_XML + "\n<e:a " + " ".join(f'e:a{number}="x"' for number in range(20_000)) + "/>"
    assert "x.rdf:2:1" in refused(call, tmp_path / "x.rdf", wide).err


@pytest.mark.parametrize(
    "context",
    [
        '"https://x.example/context"',
        '"context.jsonld"',
        '"file:///etc/passwd"',
        '["https://x.example/context", {"a": "a:a"}]',
        '{"@import": "https://x.example/context"}',
        '[{"b": "c:d"}, "https://x.example/context"]',
    ],
)
def test_a_context_that_would_be_fetched_is_refused(call: Caller, tmp_path: Path, context: str) -> None:
    done = refused(call, tmp_path / "x.jsonld", f'{{"a": 1,\n "@context": {context}}}')
    assert "un contexte est ailleurs" in done.err
    if not context.startswith("[{"):  # which the parser refuses, without its name
        assert any(name in done.err for name in ("x.example/context", ": context.jsonld", "/etc/passwd"))
    assert "x.jsonld:" in done.err


def test_the_context_of_the_project_is_known(call: Caller, tmp_path: Path) -> None:
    text = '{"@context": "https://w3id.org/accords-emploi/def/context.jsonld", "id": "a:a", "prefLabel": {"fr": "x"}}'
    (tmp_path / "x.jsonld").write_text(text, encoding="utf-8")
    assert call("convert", str(tmp_path / "x.jsonld"), str(tmp_path / "out.nt")).code == 0
    assert (tmp_path / "out.nt").read_text(encoding="utf-8") == (
        '<a:a> <http://www.w3.org/2004/02/skos/core#prefLabel> "x"@fr .\n'
    )


def test_what_has_no_end_is_refused(call: Caller, tmp_path: Path) -> None:
    assert "x.nt:2:" in refused(call, tmp_path / "x.nt", "# one\n" + "<a:a> <a:b> " * 1_000_000).err
    assert "x.ttl:1:" in refused(call, tmp_path / "x.ttl", "<a:a> <a:b> <<( " * 300).err
    assert "x.ttl" in refused(call, tmp_path / "x.ttl", '<a:a> <a:b> """' + "long\n" * 4_000_000).err


def test_brackets_within_brackets_do_not_end_the_process(tmp_path: Path) -> None:
    text = b"<a:a> <a:b> " + b"[ <a:b> " * 100_000 + b"1" + b" ]" * 100_000 + b" ."
    done = piped(text, "--from", "ttl", "--to", "nt")
    assert (done.returncode, done.stdout.count(b"\n")) == (0, 100_001)
    done = piped(b'{"@id":' * 70_000, "--from", "jsonld", "--to", "nt")
    assert (done.returncode, done.stdout) == (3, b"")
    assert b"Traceback" not in done.stderr
    del tmp_path


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.ttl", gzip.compress(b"<a:a> <a:b> 1 .", mtime=0)),
        ("x.ttl", "<a:a> <a:b> <relative> ."),
        ("x.ttl", "<a:a> <a:b> 1 .\n<a:a> <a:b c> 2 ."),
        ("x.ttl", '<a:a> <a:b> "é" .'.encode("latin-1")),
        ("x.ttl", '<a:a> <a:b> "é" .'.encode("utf-16")),
        ("x.nt", '<a:a> <a:b> "nul \0 within" .\n'),
        ("x.rdf", RDF_XML + "<e:a>"),
        ("x.jsonld", '{"@id": '),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(
    call: Caller, tmp_path: Path, name: str, text: str | bytes
) -> None:
    assert f"{name}:" in refused(call, tmp_path / name, text).err


def test_relative_iris_need_a_base(call: Caller, tmp_path: Path) -> None:
    assert "--base" in refused(call, tmp_path / "x.ttl", "<a> <b> <c> .").err
    assert call("convert", str(tmp_path / "x.ttl"), str(tmp_path / "y.nt"), "--base", "a:b/").code == 0
    assert call("convert", str(tmp_path / "x.ttl"), str(tmp_path / "y.nt"), "--base", "not one").code == 2


def test_wrong_use_is_told(call: Caller, tmp_path: Path) -> None:
    (tmp_path / "x.nt").write_text(FACTS, encoding="utf-8")
    for words, said in (
        ((str(tmp_path / "x.nt"), str(tmp_path / "y.foo")), "--to"),
        ((str(tmp_path / "x.foo"), str(tmp_path / "y.nt")), "--from"),
        ((str(tmp_path / "none.nt"), str(tmp_path / "y.nt")), "none.nt"),
        ((str(tmp_path), str(tmp_path / "y.nt"), "--from", "nt"), tmp_path.name),
        ((str(tmp_path / "x.nt"), str(tmp_path / "no" / "y.nt")), "mkdir"),
    ):
        for lang in ("fr", "en"):
            done = call("convert", *words, lang=lang)
            assert (done.code, said in done.err) == (2, True), done
    assert [path.name for path in tmp_path.iterdir()] == ["x.nt"]


def test_a_file_becomes_another_syntax_in_its_own_place(call: Caller, tmp_path: Path) -> None:
    (tmp_path / "x").write_text(FACTS, encoding="utf-8")
    assert call("convert", str(tmp_path / "x"), str(tmp_path / "x"), "--from", "nt", "--to", "ttl").code == 0
    assert canonical(_as_quads(tmp_path / "x")) == canonical(FACTS.encode())


def _as_quads(path: Path) -> bytes:
    read = parse(path=path, format=RdfFormat.TURTLE)
    return b"".join(f"{Quad(q.subject, q.predicate, q.object)} .\n".encode() for q in read)


@pytest.mark.parametrize("kind", ["turtle", "xml", "json"])
@pytest.mark.parametrize("block", [1, 2, 3, 7, 64])
def test_blocks_may_be_cut_anywhere(monkeypatch: pytest.MonkeyPatch, kind: str, block: int) -> None:
    monkeypatch.setattr(intakes, "_BLOCK", block)
    monkeypatch.setattr(intakes, "_TAIL", 200)
    text = {
        "turtle": '<a:a> <a:b> "x"@fr-FR , "@en-GB" .\n# << >>\n',
        "xml": f"<!-- <x> -->\n{RDF_XML}<e:a xml:lang='fr-FR'>é</e:a><e:b c='>'/></rdf:RDF>\n",
        "json": '{"@language": "fr-FR", "@context": {"a": "b"}, "c": "@context"}\n',
    }[kind].encode()
    read = Intake(io.BytesIO(b"\xef\xbb\xbf" + text), "x", kind, lambda: b"{}")
    held = b"".join(iter(lambda: read.read(5), b""))
    assert read.tagged
    assert tags.unmarked(held) == text
    out = io.BytesIO()
    unmarking = tags.Unmarking(out, lambda: True)
    for at in range(0, len(held), block):
        unmarking.write(held[at : at + block])
    unmarking.close()
    assert out.getvalue() == text


@pytest.mark.parametrize("block", [1, 5, 9, 64])
def test_a_document_type_is_seen_wherever_blocks_end(monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    monkeypatch.setattr(intakes, "_BLOCK", block)
    read = Intake(io.BytesIO(b"<?xml version='1.0'?>\n <!DOCTYPE a>\n<a/>"), "x", "xml", lambda: b"{}")
    held: list[bytes] = []
    with pytest.raises(AccordsError, match="x:2:2"):
        held.extend(iter(lambda: read.read(10), b""))
    assert b"DOCTYPE" not in b"".join(held)
