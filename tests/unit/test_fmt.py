"""`accords fmt`: white space only, laid out once and for all, written whole or not at all."""

from __future__ import annotations

import os
import random
import re
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from pyoxigraph import RdfFormat, parse, serialize

from accords import formatting, turtle, writing
from accords.errors import AccordsError, RequestError
from laying import ROOT
from written import documents, installed

if TYPE_CHECKING:
    from calling import Caller

HEAD = "@prefix e: <http://e/> .\n\n"
SHIPPED = sorted(
    path
    for folder in ("data", "ontology", "shapes", "tests/world")
    for path in (ROOT / folder).rglob("*.ttl")
)
COMMAND = (str(Path(sys.executable).with_name("accords")), "--root", str(ROOT), "--lang", "fr", "fmt")
NAME = "e:" + "n" * 40
WORDS = '"' + "mot " * 30 + '"'

STYLES = {  # what is written, and how it is laid out; both behind HEAD
    "marks and spaces": ('e:a   a e:B;e:p"x"@fr,"y"^^e:t.', 'e:a a e:B ; e:p "x"@fr , "y"^^e:t .'),
    "many properties on a line get a line each": (
        "e:a a e:B ; e:p 1 ; e:q 2 .",
        "e:a a e:B ;\n  e:p 1 ;\n  e:q 2 .",
    ),
    "what the author put side by side stays": (
        "e:a a e:B ;\n      e:p 1 ; e:q 2 ;\n\te:r e:c .",
        "e:a a e:B ;\n  e:p 1 ; e:q 2 ;\n  e:r e:c .",
    ),
    "a property behind one of several lines begins a line": (
        "e:a e:p 1 ,\n 2 ; e:q 3 .",
        "e:a e:p 1 ,\n    2 ;\n  e:q 3 .",
    ),
    "the subject and its first property share a line": ("e:a\n    a e:B ;\n    e:p 1 .", "e:a a e:B ;\n  e:p 1 ."),
    "values on lines of their own": ('e:a e:p\n "x" ,\n "y" .', 'e:a e:p\n    "x" ,\n    "y" .'),
    "marks at the beginning of a line go to the end of one": (
        "e:a e:p 1\n  , 2\n  ; e:q 3\n  .",
        "e:a e:p 1 ,\n    2 ;\n  e:q 3 .",
    ),
    "long lists are broken": (
        f"e:a e:p {NAME} , {NAME} , {NAME} , {NAME} .",
        f"e:a e:p {NAME} , {NAME} ,\n    {NAME} , {NAME} .",
    ),
    "a long text stays behind its property": (f"e:a e:p {WORDS} , {WORDS} .", f"e:a e:p {WORDS} ,\n    {WORDS} ."),
    "brackets": (
        "e:a e:p [e:q [ ] ; e:r ( 1 2( ) ) ],[\ne:q 1;e:r 2;\ne:s 3\n] .",
        "e:a e:p [ e:q [] ; e:r ( 1 2 () ) ] , [\n    e:q 1 ; e:r 2 ;\n    e:s 3\n  ] .",
    ),
    "lists over lines": ("e:a e:p (\n[ e:q 1 ]\ne:b\n) .", "e:a e:p (\n    [ e:q 1 ]\n    e:b\n  ) ."),
    "subjects in brackets": ("[ ] a e:B .[a e:B].", "[] a e:B .\n[ a e:B ] ."),
    "records keep at most one blank line": ("e:a a e:B .\n\n\n\ne:b a e:B .\ne:c a e:B .", "e:a a e:B .\n\ne:b a e:B .\ne:c a e:B ."),
    "comments stay where they are": (
        "# one\ne:a a e:B ; # two\n  # three\n    # four\n  e:p 1 # five\n  . # six\n\n# seven",
        "# one\ne:a a e:B ; # two\n  # three\n    # four\n  e:p 1 # five\n  . # six\n\n# seven",
    ),
    "a comment keeps how far it stands from what follows": (
        "e:a a e:B ;\n#e:o 0 ;\n        # note\n        e:p 1 .",
        "e:a a e:B ;\n#e:o 0 ;\n  # note\n  e:p 1 .",
    ),
    "texts are left alone": (
        "e:a e:p  'it' , \"\"\"a  \n  ;  # no comment\n\"\"\" , 1.0E5 , +01 .",
        "e:a e:p 'it' , \"\"\"a  \n  ;  # no comment\n\"\"\" , 1.0E5 , +01 .",
    ),
}  # fmt: skip


def laid_out(text: str) -> str:
    reading = turtle.read(text)
    assert reading.problems == ()
    return turtle.laid_out(reading)


@pytest.mark.parametrize("name", STYLES)
def test_a_record_is_laid_out_like_those_of_the_house(name: str) -> None:
    written, expected = STYLES[name]
    assert laid_out(HEAD + written) == HEAD + expected + "\n"
    assert laid_out(HEAD + expected + "\n") == HEAD + expected + "\n"


def test_prefixes_stand_together_and_a_blank_line_stands_behind_them() -> None:
    text = "\n# Title\n\n@prefix  e:  <http://e/>.\n\n\nPREFIX f:<http://f/>\n@base <http://b/> . # base\ne:a a f:b.\n\n"
    assert laid_out(text) == (
        "# Title\n\n@prefix e: <http://e/> .\nPREFIX f: <http://f/>\n@base <http://b/> . # base\n\ne:a a f:b .\n"
    )


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_and_the_byte_order_mark_stay_what_they_are(end: str) -> None:
    text = f"\ufeff@prefix e: <http://e/> .{end}{end}e:a e:p '''x\n\ry''' ;{end}e:q 1 . # c{end}{end}{end}"
    assert (
        laid_out(text)
        == f"\ufeff@prefix e: <http://e/> .{end}{end}e:a e:p '''x\n\ry''' ;{end}  e:q 1 . # c{end}"
    )


@pytest.mark.parametrize(("written", "expected"), [("", ""), ("\n\n", ""), (" # c", " # c\n")])
def test_a_file_without_records_is_laid_out_too(written: str, expected: str) -> None:
    assert laid_out(written) == expected
    assert laid_out(expected) == expected


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_shipped_files_are_in_the_style_of_the_house(path: Path) -> None:
    made = formatting.of_file(path, path.name)
    assert (made.problems, made.changed) == ((), False)


@settings(deadline=None, max_examples=150)
@given(documents())
def test_laid_out_twice_is_laid_out_once_and_changes_nothing_but_white_space(words: tuple[str, ...]) -> None:
    text = "".join(words)
    once = laid_out(text)
    assert laid_out(once) == once
    assert formatting.same(text, once)
    assert said(text) == said(once)


def said(text: str) -> list[str]:
    return [token.text for token in turtle.tokens(text) if token.kind != "space"]


@settings(deadline=None, max_examples=100)
@given(documents(most=6))
def test_sorted_twice_is_sorted_once_with_the_same_graph_and_comments(words: tuple[str, ...]) -> None:
    text = laid_out("".join(words))
    once = turtle.ordered(text, turtle.read(text))
    assert formatting.same(text, once, sort=True)
    assert laid_out(once) == once
    assert turtle.ordered(once, turtle.read(once)) == once


def test_records_are_sorted_with_their_comments_between_the_headings() -> None:
    text = HEAD + (
        '# --- First ---\n\n# of c\ne:c a e:B . # behind c\n\n[] a e:B .\n\ne:a e:p """x\n# no comment\n""" .\n'
        "e:b a e:B .\n\n# --- Second ---\n\ne:f a e:B .\n\n# of d\ne:d a e:B .\n"
    )
    assert turtle.ordered(text, turtle.read(text)) == HEAD + (
        '# --- First ---\n\ne:a e:p """x\n# no comment\n""" .\n\ne:b a e:B .\n\n# of c\ne:c a e:B . # behind c\n'
        "[] a e:B .\n\n# --- Second ---\n\n# of d\ne:d a e:B .\n\ne:f a e:B .\n"
    )


def in_other_styles(raw: bytes) -> list[bytes]:
    """Return the same graph as another writer lays it out; a triple a line too, unless it is large."""
    triples = [quad.triple for quad in parse(raw, format=RdfFormat.TURTLE)]
    prefixes = {"s": "https://schema.org/", "sh": "http://www.w3.org/ns/shacl#"}
    short = serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes)
    lines = serialize(triples, format=RdfFormat.N_TRIPLES)
    assert isinstance(short, bytes)
    assert isinstance(lines, bytes)
    return [short, lines] if len(lines) < 500_000 else [short]


def test_three_megabytes_of_the_turtle_of_others_keep_their_meaning() -> None:
    total = 0
    for path in installed():
        ours = "_content" in path.parts
        raw = path.read_bytes()
        if formatting.of_bytes(
            raw, path.name
        ).problems:  # the examples of the rules have no prefixes of their own
            assert ours, path
            continue
        for one in [raw] if ours else [raw, *in_other_styles(raw)]:
            total += len(one)
            after = formatting.of_bytes(one, path.name).after
            assert b"".join(after.split()) == b"".join(one.split()), path  # white space only
            assert laid_out(after.decode()).encode() == after, path
    if total < 3_000_000:
        pytest.skip(f"only {total} bytes of Turtle are installed, 3,000,000 wanted")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("e:a e:p 1 .", "e:a e:p 2 ."),
        ("e:a e:p 1 .", "e:a e:p 01 ."),
        ("e:a e:p [] .", "e:a e:p e:b ."),
        ("e:a e:p [] , [] .", "e:a e:p _:x , _:x ."),
        ("e:a e:p 1 . # one", "e:a e:p 1 . # two"),
        ("e:a e:p 1 . # one", "e:a e:p 1 ."),
        ("# one\n# two\ne:a e:p 1 .", "# two\n# one\ne:a e:p 1 ."),
    ],
)
def test_another_graph_or_another_comment_is_not_the_same(before: str, after: str) -> None:
    assert formatting.same(HEAD + before, HEAD + before)
    assert not formatting.same(HEAD + before, HEAD + after)


def test_a_layout_that_changes_the_graph_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turtle, "laid_out", lambda _: HEAD + "e:a a e:c .\n")
    with pytest.raises(AccordsError, match="changerait le graphe"):
        formatting.of_bytes(f"{HEAD}e:a a  e:b .\n".encode(), "a.ttl")


UNTIDY = HEAD + "e:a a e:B;e:p 1;e:q 2.\n"
TIDY = HEAD + "e:a a e:B ;\n  e:p 1 ;\n  e:q 2 .\n"


@pytest.fixture
def untidy(tmp_path: Path) -> Path:
    """Return a file to format, out of any project."""
    path = tmp_path / "untidy.ttl"
    path.write_text(UNTIDY, encoding="utf-8")
    return path


def test_a_file_is_formatted_and_the_next_time_it_is_not(call: Caller, untidy: Path) -> None:
    untidy.chmod(0o640)
    done = call("fmt", str(untidy))
    assert (done.code, done.out, done.err) == (0, "", "Fichiers : 1 mis en forme, 0 inchangé\n")
    assert (untidy.read_text(encoding="utf-8"), untidy.stat().st_mode & 0o777) == (TIDY, 0o640)
    assert call("fmt", str(untidy), lang="en").err == "Files: 0 formatted, 1 unchanged\n"


def test_without_a_file_the_whole_project_is_formatted(call: Caller) -> None:
    for name in ("data/a.ttl", "ontology/alignments/b.ttl", "shapes/c.ttl"):
        (call.root / name).parent.mkdir(exist_ok=True)
        call.write(name, UNTIDY)
    told = call("fmt", "--check")
    assert (told.code, told.out) == (1, "data/a.ttl\nontology/alignments/b.ttl\nshapes/c.ttl\n")
    assert (call.root / "data/a.ttl").read_text(encoding="utf-8") == UNTIDY
    assert call("fmt").code == 0
    assert (call.root / "shapes/c.ttl").read_text(encoding="utf-8") == TIDY
    assert call("fmt", "--check").code == 0


def test_a_difference_is_shown_and_nothing_is_written(call: Caller, untidy: Path) -> None:
    told = call("fmt", "--diff", str(untidy))
    assert told.code == 1
    assert "-e:a a e:B;e:p 1;e:q 2.\n+e:a a e:B ;\n+  e:p 1 ;\n+  e:q 2 .\n" in told.out
    assert untidy.read_text(encoding="utf-8") == UNTIDY
    patched = subprocess.run(
        ["git", "apply", "-p1", "--directory", "", "-"],
        input=told.out,
        cwd="/",
        text=True,
        capture_output=True,
        check=False,
    )
    assert patched.returncode == 0, patched.stderr
    assert untidy.read_text(encoding="utf-8") == TIDY


def test_a_file_with_an_error_is_told_and_left_alone_and_the_others_are_done(
    call: Caller, untidy: Path
) -> None:
    wrong = untidy.with_name("wrong.ttl")
    wrong.write_text(HEAD + "e:a a e:B\n\ne:c a  x:d .\n", encoding="utf-8")
    before = wrong.read_bytes()
    told = call("fmt", str(wrong), str(untidy))
    assert told.code == 1
    assert [line.split(": ")[0] for line in told.err.splitlines()[:-1]] == [f"{wrong}:3:7", f"{wrong}:5:8"]
    assert f"{wrong}:3:7: error: " in told.err
    assert told.err.endswith("Fichiers : 1 mis en forme, 0 inchangé, 1 en défaut\n")
    assert (wrong.read_bytes(), untidy.read_text(encoding="utf-8")) == (before, TIDY)


def run(*words: str, given: bytes = b"", limit: int | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run the command, its files bounded to so many bytes."""
    bound = None if limit is None else lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    return subprocess.run(
        [*COMMAND, *words],
        input=given, capture_output=True, check=False, timeout=120, preexec_fn=bound,
    )  # fmt: skip


@pytest.mark.parametrize("option", [(), ("--check",), ("--diff",)])
def test_a_byte_order_mark_is_kept_and_warned_of(call: Caller, untidy: Path, option: tuple[str, ...]) -> None:
    untidy.write_text("\ufeff" + TIDY, encoding="utf-8")
    told = call("fmt", *option, str(untidy))
    assert (told.code, untidy.read_text(encoding="utf-8")) == (0, "\ufeff" + TIDY)
    assert f"{untidy}:1:1: warning: ce fichier commence par une marque d'ordre des octets." in told.err


def test_a_file_in_utf_16_is_told_as_such_and_left_alone(call: Caller, untidy: Path) -> None:
    before = TIDY.encode("utf-16")
    untidy.write_bytes(before)
    told = call("fmt", "--check", str(untidy), lang="en")
    assert (told.code, untidy.read_bytes()) == (1, before)
    assert f"{untidy}:1:1: error: this file is in UTF-16. To do: Save the file as UTF-8" in told.err


def test_a_refused_argument_is_named_in_the_readers_language() -> None:
    assert (
        run("nowhere.ttl")
        .stderr.decode()
        .startswith("accords: valeur refusée pour FICHIER ou DOSSIER : Chemin 'nowhere.ttl' ")
    )
    done = subprocess.run(
        [COMMAND[0], "fmt", "nowhere.ttl", "--lang", "en"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stderr.startswith(
        "accords: value refused for FILE or FOLDER: Path 'nowhere.ttl' does not exist."
    )


def test_a_closed_standard_input_is_told_in_one_sentence() -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", '"$@" <&-', "sh", *COMMAND, "-"], capture_output=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == "accords: rien à lire : l'entrée standard est fermée\n"


def test_standard_input_goes_to_standard_output() -> None:
    marked = b"\xef\xbb\xbf" + UNTIDY.replace("\n", "\r\n").encode()
    assert run("-", given=marked).stdout == b"\xef\xbb\xbf" + TIDY.replace("\n", "\r\n").encode()
    checked = run("--check", "-", given=UNTIDY.encode())
    assert (checked.returncode, checked.stdout) == (1, b"")
    wrong = run("-", given=b"e:a")
    assert (wrong.returncode, wrong.stdout) == (1, b"")
    assert b"-:1:" in wrong.stderr


def test_standard_input_goes_with_no_file_and_a_file_of_another_kind_is_wrong_use(
    call: Caller, untidy: Path
) -> None:
    assert call("fmt", "-", str(untidy)).code == 2
    other = untidy.rename(untidy.with_suffix(".txt"))
    told = call("fmt", str(other), lang="en")
    assert (told.code, "is not a file of records" in told.err) == (2, True)


def test_where_there_is_no_room_the_file_stays_and_the_others_are_done(untidy: Path) -> None:
    large = untidy.with_name("large.ttl")
    large.write_text(UNTIDY * 100, encoding="utf-8")
    before = large.read_bytes()
    done = run(str(large), str(untidy), limit=1000)
    assert (done.returncode, large.read_bytes()) == (3, before)
    assert b"large.ttl" in done.stderr
    assert b"Traceback" not in done.stderr
    assert untidy.read_text(encoding="utf-8") == TIDY
    assert sorted(path.name for path in untidy.parent.glob("*.ttl*")) == ["large.ttl", "untidy.ttl"]
    assert not [*untidy.parent.glob(".large*")]


def test_a_file_that_its_owner_protects_is_not_replaced(
    untidy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    untidy.chmod(0o444)
    monkeypatch.setattr(os, "access", lambda *_: False)  # who runs the tests may have every right
    with pytest.raises(RequestError, match="accès refusé"):
        writing.whole(untidy, b"x")
    assert untidy.read_text(encoding="utf-8") == UNTIDY


def test_a_file_that_has_changed_meanwhile_is_left_alone(untidy: Path) -> None:
    made = formatting.of_file(untidy, untidy.name)
    untidy.write_text("# mine\n", encoding="utf-8")
    with pytest.raises(RequestError, match="modifié entre-temps"):
        formatting.write(untidy, made)
    assert untidy.read_text(encoding="utf-8") == "# mine\n"


def test_a_link_stays_a_link(call: Caller, untidy: Path) -> None:
    link = untidy.with_name("link.ttl")
    link.symlink_to(untidy)
    assert call("fmt", str(link)).code == 0
    assert (link.is_symlink(), untidy.read_text(encoding="utf-8")) == (True, TIDY)


def test_killed_at_any_moment_it_leaves_the_file_before_or_the_file_after(untidy: Path) -> None:
    before = (UNTIDY * 300).encode()
    after = formatting.of_bytes(before, "a.ttl").after
    moments = random.Random(20231121)  # noqa: S311  # moments, no secret
    seen = set()
    for _ in range(6):
        untidy.write_bytes(before)
        with subprocess.Popen(
            [*COMMAND, str(untidy)],
            stderr=subprocess.DEVNULL,
        ) as child:
            time.sleep(moments.uniform(0.05, 2.5))
            child.kill()
        seen.add(untidy.read_bytes())
    assert seen <= {before, after}


def test_two_at_once_leave_one_whole_file(untidy: Path) -> None:
    before = (UNTIDY * 100).encode()
    untidy.write_bytes(before)
    words = [*COMMAND, str(untidy)]
    children = [subprocess.Popen(words, stderr=subprocess.PIPE) for _ in range(2)]
    said = [child.communicate(timeout=120)[1] for child in children]
    assert [child.returncode for child in children] == [0, 0], said
    assert untidy.read_bytes() == formatting.of_bytes(before, "a.ttl").after


def test_the_help_speaks_both_languages(call: Caller) -> None:
    assert "Mettre en forme les fichiers Turtle." in call("fmt", "--help").out
    assert re.search(r"Only white space\s+changes", call("fmt", "--help", lang="en").out)
