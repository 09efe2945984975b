"""Folders named where files may be: every .ttl below, in order, links out of the project not followed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from calling import Called, Caller

UNTIDY = '@prefix ae:   <https://w3id.org/accords-emploi/def#> .\n<urn:a>   ae:note "x"   .\n'
WRONG = "<urn:a> <urn:b> ! .\n"


def told(called: Called) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(called.out)["findings"]
    return found


def files(called: Called) -> set[str]:
    return {row["file"] for row in told(called)}


def test_a_folder_has_the_findings_of_the_whole_check_in_its_files(call: Caller) -> None:
    for name in ("data/actors/wld-b.ttl", "data/actors/deeper/wld-a.ttl", "data/agreements/wld-c.ttl"):
        (call.root / name).parent.mkdir(exist_ok=True)
        call.write(name, f'<urn:{Path(name).stem}> a <urn:unknown> ; <urn:p> "x\u200b" .\n')
    whole = told(call("check", "--no-cache", "--format", "json"))
    here = [row for row in whole if row["file"].startswith("data/actors/")]
    assert {row["file"] for row in here} == {"data/actors/wld-b.ttl", "data/actors/deeper/wld-a.ttl"}
    for options in ((), ("--no-cache",)):
        assert told(call("check", str(call.root / "data/actors"), "--format", "json", *options)) == here


@pytest.mark.parametrize("options", [(), ("--no-cache",)])
def test_a_link_out_of_the_project_is_told_and_not_followed(
    call: Caller, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, options: tuple[str, ...]
) -> None:
    del tmp_path
    outside = tmp_path_factory.mktemp("outside") / "secret.ttl"
    outside.write_text(WRONG, encoding="utf-8")
    (call.root / "data/actors/link.ttl").symlink_to(outside)
    (call.root / "data/actors/folder").symlink_to(outside.parent)
    checked = call("check", str(call.root / "data/actors"), "--format", "json", *options)
    assert checked.code == 0
    assert {(row["file"], row["code"]) for row in told(checked)} == {
        ("data/actors/link.ttl", "FI-05"),
        ("data/actors/folder", "FI-05"),
    }
    before = outside.read_bytes()
    formatted = call("fmt", str(call.root / "data/actors"))
    assert "data/actors/link.ttl" in formatted.err
    assert outside.read_bytes() == before


def test_a_folder_of_nothing_but_links_is_not_the_whole_project(
    call: Caller, tmp_path_factory: pytest.TempPathFactory
) -> None:
    alone = call.root / "data/alone"
    alone.mkdir()
    (alone / "link.ttl").symlink_to(tmp_path_factory.mktemp("outside") / "nothing.ttl")
    call.write("data/actors/wrong.ttl", '<urn:a> <urn:p> "x\u200b" .\n')
    assert files(call("check", str(alone), "--format", "json")) == {"data/alone/link.ttl"}


def test_a_folder_without_a_file_of_records_is_wrong_use(call: Caller) -> None:
    (call.root / "data/none").mkdir()
    for command in (("check",), ("fmt",), ("evidence", "check")):
        refused = call(*command, str(call.root / "data/none"), lang="en")
        assert refused.code == 2
        assert "no file of records (.ttl) in" in refused.err


def test_a_folder_is_formatted_in_order_each_file_once(call: Caller) -> None:
    for name in ("data/actors/b.ttl", "data/actors/deeper/a.ttl", "data/actors/.hidden.ttl"):
        (call.root / name).parent.mkdir(exist_ok=True)
        call.write(name, UNTIDY)
    folder = call.root / "data/actors"
    listed = call("fmt", "--check", str(folder), str(folder / "deeper"))
    assert (listed.code, listed.out) == (1, "data/actors/b.ttl\ndata/actors/deeper/a.ttl\n")
    assert call("fmt", str(folder)).code == 0
    assert (folder / ".hidden.ttl").read_text(encoding="utf-8") == UNTIDY
    assert call("fmt", "--check", str(folder)).code == 0


def test_the_folder_of_a_project_stands_for_its_content(
    call: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    (call.root / "tests").mkdir()
    call.write("tests/case.ttl", WRONG)
    (call.root / "ontology/alignments").mkdir(exist_ok=True)
    call.write("ontology/alignments/z.ttl", UNTIDY)
    monkeypatch.chdir(call.root)
    assert call("check", ".").code == 0
    assert call("fmt", "--check", ".").out == "ontology/alignments/z.ttl\n"


def test_the_excerpts_of_a_folder_are_looked_for(call: Caller) -> None:
    one = call("evidence", "check", str(call.root / "data/agreements"), "--format", "json")
    every = call(
        "evidence",
        "check",
        *map(str, sorted((call.root / "data/agreements").glob("*.ttl"))),
        "--format",
        "json",
    )
    assert one.out == every.out


@pytest.mark.parametrize("command", ["check", "fmt"])
def test_the_help_says_that_a_folder_may_be_named(call: Caller, command: str) -> None:
    assert "[FICHIER|DOSSIER]..." in call(command, "--help").out
    assert "A FOLDER stands for" in call("check", "--help", lang="en").out
    assert "of a FOLDER, all its .ttl files" in " ".join(call("fmt", "--help", lang="en").out.split())
