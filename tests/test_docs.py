"""The guides are true: the outputs they show are what the commands print, every command is documented.

An output block is a line `<!-- output: COMMAND -->` followed by a fenced block; `pytest tests/test_docs.py
--update-golden` writes them again. The outputs were made with the archive of source texts at hand.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from accords.cli.main import COMMANDS
from laying import ROOT

GUIDES = sorted(
    path
    for path in (
        *ROOT.glob("*.md"),
        *(ROOT / folder / "README.md" for folder in ("data", "ontology", "queries", "shapes", "tests")),
    )
    if path.is_file()
)
ARCHIVE = ROOT.parent / "shared" / "seeds"
BLOCK = re.compile(r"(<!-- output: (?P<command>[^>]+) -->\n```text\n)(?P<text>.*?)(```)", re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:|#)([^)#]+)")


def shown() -> list[tuple[Path, str]]:
    return [
        (path, match["command"])
        for path in GUIDES
        for match in BLOCK.finditer(path.read_text(encoding="utf-8"))
    ]


def output(command: str) -> str:
    """Return what a command prints, to a French reader with the archive at hand."""
    program, *arguments = command.split()
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "ACCORDS_ARCHIVE": str(ARCHIVE)}
    environment.pop("COLUMNS", None)  # of the terminal of whoever runs the tests
    done = subprocess.run(
        [str(Path(sys.executable).with_name(program)), *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.stderr == ""
    return done.stdout


@pytest.mark.skipif(
    not ARCHIVE.is_dir(),
    reason="OUTPUTS NOT COMPARED: the archive of source texts is not beside the checkout",
)
@pytest.mark.parametrize(("path", "command"), shown(), ids=str)
def test_a_guide_shows_what_the_command_prints(
    path: Path, command: str, update_golden: bool
) -> None:  # a fixture
    text = path.read_text(encoding="utf-8")
    printed = output(command)
    (block,) = (match for match in BLOCK.finditer(text) if match["command"] == command)
    if update_golden:
        path.write_text(text[: block.start("text")] + printed + text[block.end("text") :], encoding="utf-8")
    else:
        assert block["text"] == printed


def test_the_readme_shows_the_main_job() -> None:
    assert {command for path, command in shown() if path.name == "README.md"} >= {"accords check"}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_named_in_a_guide_and_has_help_in_both_languages(command: str) -> None:
    guides = "\n".join(path.read_text(encoding="utf-8") for path in GUIDES)
    assert f"accords {command}" in guides
    helps = {
        language: subprocess.run(
            [str(Path(sys.executable).with_name("accords")), command, "--lang", language, "--help"],
            capture_output=True, text=True, check=True, timeout=60,
        ).stdout
        for language in ("fr", "en")
    }  # fmt: skip
    assert helps["fr"] != helps["en"]
    assert "Usage : " in helps["fr"]


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_of_a_guide_leads_to_a_file(path: Path) -> None:
    links = LINK.findall(path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_nothing_claims_that_the_addresses_resolve() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "n'est pas encore enregistrée" in readme
    assert "not registered yet" in readme
