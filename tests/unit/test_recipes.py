"""The lines by which the downloads page opens each form, typed as they stand on files of the invented world.

What is not on a machine (R and its packages, jq) is skipped, which the summary tells.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from accords.publishing.edition import Edition
from accords.site.loading import SHEET, recipes
from exporting import publish
from laying import PROJECT

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMS = ("csv", "json", "parquet", "xlsx", "ttl", "rdf", "nt", "nq", "trig", "graphml")
SEEN = re.compile(
    r"agr:wld-|Chambre de Port-Sarcelle|^[1-9][0-9]*$", re.MULTILINE
)  # an agreement, or how many
PATH = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
TOOLS = {".csv": "csvlook", ".xlsx": "xlsx2csv", ".parquet": "duckdb", ".json": "jq"}  # others are everywhere


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hold one file of each form, as somebody saved them."""
    edition = Edition(PROJECT, date(2024, 2, 29))
    made, saved = tmp_path_factory.mktemp("made"), tmp_path_factory.mktemp("saved")
    for name in FORMS:
        publish(made / name, name, edition)
    for suffix in recipes():
        found = sorted(made.rglob(f"*{suffix}"), key=lambda path: (path.stem != SHEET, path))
        shutil.copy(found[0], saved)
    return saved


@pytest.fixture(scope="module")
def typed(folder: Path) -> Mapping[str, Mapping[str, str]]:
    """Give what is typed for each form, by tool."""
    files = {path.suffix: path.name for path in folder.iterdir()}
    return {suffix: dict(recipe.lines(files[suffix])) for suffix, recipe in recipes().items()}


def said(command: list[str], folder: Path) -> str:
    """Return what a command says; it must fare well and complain of nothing."""
    done = subprocess.run(
        command, cwd=folder, env=os.environ | {"PATH": PATH, "PYTHONUTF8": "1"},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Warning" not in done.stderr
    return done.stdout


@pytest.mark.parametrize("suffix", recipes())
def test_what_is_typed_in_python_shows_an_agreement(
    suffix: str, folder: Path, typed: Mapping[str, Mapping[str, str]]
) -> None:
    assert SEEN.search(said([sys.executable, "-c", typed[suffix]["Python"]], folder))


@pytest.mark.parametrize("suffix", recipes())
def test_what_is_typed_in_a_shell_shows_an_agreement(
    suffix: str, folder: Path, typed: Mapping[str, Mapping[str, str]]
) -> None:
    tool = TOOLS.get(suffix, "sh")
    if shutil.which(tool, path=PATH) is None:
        pytest.skip(f"what is typed in a shell for {suffix} is not tried without {tool}")
    assert SEEN.search(said(["sh", "-ec", typed[suffix]["shell"]], folder))


@pytest.mark.parametrize("suffix", [suffix for suffix, recipe in recipes().items() if recipe.r])
def test_what_is_typed_in_r_shows_an_agreement(
    suffix: str, folder: Path, typed: Mapping[str, Mapping[str, str]]
) -> None:
    text = typed[suffix]["R"]
    package = re.findall(r"library\((\w+)\)", text)[0]
    asked = ["Rscript", "-e", f'quit(status = !requireNamespace("{package}", quietly = TRUE))']
    if shutil.which("Rscript") is None or subprocess.run(asked, check=False, timeout=60).returncode:
        pytest.skip(f"what is typed in R for {suffix} is not tried without R and its package {package}")
    assert SEEN.search(said(["Rscript", "-e", text], folder))


def test_codes_keep_their_zeros_when_a_table_is_opened_as_the_page_says(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,insee_code,siren\nter:a,01,\nter:b,02,005420120\n", encoding="utf-8")
    text = recipes()[".csv"].python.replace("{file}", "t.csv")
    shown = said([sys.executable, "-c", text], tmp_path)
    assert " 01 " in shown
    assert "005420120" in shown


def test_two_graphs_opened_in_one_folder_are_not_mixed(
    folder: Path, typed: Mapping[str, Mapping[str, str]]
) -> None:
    answers = [said(["sh", "-ec", typed[suffix]["shell"]], folder) for suffix in (".ttl", ".nt", ".ttl")]
    assert len(set(answers)) == 1
    assert len(answers[0].splitlines()) == len(set(answers[0].splitlines()))
