"""The analysts' notebook is true: its cells run from top to bottom, and show the outputs that it holds.

The cells run as plain Python in one namespace, in a folder of no project: no Jupyter, no socket. `pytest
tests/test_notebook.py --update-golden` writes the outputs again. An output is what a cell printed, then the
value of its last expression: as text and, for a picture, as SVG.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import re
import sys
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import polars as pl
import pytest

from laying import ROOT

if TYPE_CHECKING:
    from pathlib import Path

NOTEBOOK = ROOT / "queries" / "analyst.ipynb"
IMPORTABLE = {"accords", "polars", *sys.stdlib_module_names}  # what our extras bring
PICTURE = "image/svg+xml"

Cell = dict[str, Any]


def notebook() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    return found


def code_of(found: dict[str, Any]) -> list[Cell]:
    return [cell for cell in found["cells"] if cell["cell_type"] == "code"]


def source(cell: Cell) -> str:
    return "".join(cell["source"])


def run(cells: list[Cell]) -> list[list[Cell]]:
    """Run cells in order in one namespace, and return the outputs of each."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    with pl.Config():  # what the notebook sets for its tables ends with it
        return [outputs(cell, namespace) for cell in cells]


def outputs(cell: Cell, namespace: dict[str, Any]) -> list[Cell]:
    """Run one cell and return its outputs, as a notebook writes them."""
    body = ast.parse(source(cell), cell["id"]).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    printed = io.StringIO()
    value = None
    with contextlib.redirect_stdout(printed):
        exec(compile(ast.Module(body, []), cell["id"], "exec"), namespace)  # noqa: S102  # our own notebook
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), cell["id"], "eval"), namespace)  # noqa: S307  # the cells of our own notebook
    found: list[Cell] = []
    if printed.getvalue():
        found.append({"name": "stdout", "output_type": "stream", "text": lines(printed.getvalue())})
    if value is not None:
        data = {"text/plain": lines(repr(value))}
        if hasattr(value, "_repr_svg_"):
            data[PICTURE] = lines(value._repr_svg_())
        result = {"data": data, "execution_count": None, "metadata": {}, "output_type": "execute_result"}
        found.append(result)
    return found


def lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder that belongs to no project."""
    folder = tmp_path / "ailleurs"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.usefixtures("elsewhere")
def test_each_cell_shows_what_it_gives(update_golden: bool) -> None:  # a fixture
    found = notebook()
    cells = code_of(found)
    given = run(cells)
    if update_golden:
        for cell, shown in zip(cells, given, strict=True):
            cell["outputs"] = shown
        NOTEBOOK.write_text(
            json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
        )
    for cell, shown in zip(cells, given, strict=True):
        assert cell["outputs"] == shown, cell["id"]


def test_the_notebook_runs_in_english_too(elsewhere: Path) -> None:
    cells = code_of(notebook())
    assert 'LANG = "fr"' in source(cells[0])
    cells[0]["source"] = [source(cells[0]).replace('LANG = "fr"', 'LANG = "en"')]
    given = run(cells)
    pictures = [
        "".join(one["data"][PICTURE]) for shown in given for one in shown if PICTURE in one.get("data", {})
    ]
    assert len(pictures) == 3
    assert all('lang="en"' in picture for picture in pictures)
    assert {path.suffix for path in (elsewhere / "reponses").iterdir()} == {".csv", ".svg", ".xlsx"}


def test_the_notebook_has_ten_code_cells_each_introduced_in_both_languages() -> None:
    kinds = [cell["cell_type"] for cell in notebook()["cells"]]
    assert kinds == ["markdown", *["markdown", "code"] * 10]
    headings = [source(cell).partition("\n")[0] for cell in notebook()["cells"][1::2]]
    assert [heading.split(". ")[0] for heading in headings] == [f"## {number}" for number in range(1, 11)]
    assert all(" · " in heading for heading in headings)


def test_the_notebook_is_of_a_stable_form() -> None:
    found = notebook()
    assert (found["nbformat"], found["nbformat_minor"]) == (4, 5)
    names = [cell["id"] for cell in found["cells"]]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", name) for name in names)
    for cell in code_of(found):
        assert set(cell) == {"cell_type", "execution_count", "id", "metadata", "outputs", "source"}
        assert cell["execution_count"] is None
        assert all(shown.get("execution_count") is None for shown in cell["outputs"])
    written = NOTEBOOK.read_text(encoding="utf-8")
    assert written == json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def test_the_outputs_name_no_place_and_no_moment() -> None:
    shown = json.dumps([cell["outputs"] for cell in code_of(notebook())], ensure_ascii=False)
    assert str(ROOT) not in shown
    assert re.search(r"(?:^|[\s\"'(])/(?:home|tmp|work|usr|Users|root)\b", shown) is None
    assert re.search(r"0x[0-9a-f]{6}|\d\d:\d\d:\d\d", shown) is None


def test_every_cell_shows_something() -> None:
    assert [cell["id"] for cell in code_of(notebook()) if not cell["outputs"]] == []


def test_no_cell_imports_what_our_extras_do_not_bring() -> None:
    imported = set()
    for cell in code_of(notebook()):
        for node in ast.walk(ast.parse(source(cell))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add((node.module or "").partition(".")[0])
    assert {"accords", "polars"} <= imported <= IMPORTABLE


def test_the_pictures_of_the_notebook_are_whole_and_say_themselves() -> None:
    pictures = [
        "".join(shown["data"][PICTURE])
        for cell in code_of(notebook())
        for shown in cell["outputs"]
        if PICTURE in shown.get("data", {})
    ]
    assert len(pictures) == 3
    for picture in pictures:
        root = ET.fromstring(picture)  # noqa: S314  # our own
        title, said = (root.find(f"{{http://www.w3.org/2000/svg}}{name}") for name in ("title", "desc"))
        assert title is not None
        assert said is not None
        assert root.get("aria-labelledby") == f"{title.get('id')} {said.get('id')}"
