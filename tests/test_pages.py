"""The pages as a browser and the standard have them: accessible, valid, silent, narrow enough, whole on paper.

Needs Chromium, Node.js and `npm ci` in `tests/pages`; skipped where one is missing, which the summary tells.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date
from typing import TYPE_CHECKING

import pytest

from accords.publishing import folders
from accords.publishing.edition import Edition
from accords.site.frame import pages
from laying import PROJECT, ROOT

if TYPE_CHECKING:
    from pathlib import Path

HERE = ROOT / "tests" / "pages"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUERIES = ("fr/search.html?q=formation", "en/search.html?q=nothing+of+the+kind")


def browser() -> str:
    """Return the browser that is here; skip the test without it, or without what drives it."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    missing = [
        name
        for name, there in (
            ("Chromium", found),
            ("Node.js", shutil.which("node")),
            ("npm ci in tests/pages", (HERE / "node_modules" / ".package-lock.json").is_file()),
        )
        if not there
    ]
    if missing or found is None:
        pytest.skip(f"the pages are not opened in a browser without {', '.join(missing)}")
    return found


def sample(site: Path) -> list[str]:
    """Return pages of every kind, in either language in turn: the heaviest of each folder."""
    chosen: dict[str, None] = {}
    folders_of = sorted({path.parent for path in (site / "fr").rglob("*.html")})
    for number, folder in enumerate(folders_of):
        held = sorted(folder.glob("*.html"), key=lambda path: (path.stat().st_size, path.name))
        language = ("fr", "en")[number % 2]
        for path in held if folder == site / "fr" else held[-1:]:
            chosen[f"{language}/{path.relative_to(site / 'fr').as_posix()}"] = None
    return ["index.html", "404.html", *chosen, *QUERIES]


def told(name: str, given: object) -> dict[str, object]:
    """Return what a script of `tests/pages` tells."""
    done = subprocess.run(
        ["node", str(HERE / name)],
        input=json.dumps(given), capture_output=True, text=True, check=False, timeout=280,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    said = json.loads(done.stdout)
    assert isinstance(said, dict)
    return said


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the site of the invented world, once there is something to open it."""
    browser()
    edition = Edition(PROJECT, date(2024, 2, 29))
    target = tmp_path_factory.mktemp("site") / "site"
    folders.publish(target, edition, pages(edition))
    return target


def test_pages_of_every_kind_are_accessible_valid_and_ask_for_nothing(site: Path) -> None:
    chosen = sample(site)
    assert len(chosen) > 40
    said = told("inspect.mjs", {"browser": browser(), "pages": [str(site / name) for name in chosen]})
    assert said["found"] == []
    assert said["pages"] == len(chosen)


def test_a_page_that_is_wrong_is_found(site: Path) -> None:
    wrong = site / "wrong.html"
    wrong.write_text(
        '<!DOCTYPE html><html><head><title>t</title></head><body><img src="https://elsewhere.example/x.png">'
        '<p style="color:#eee;width:900px">pale</p></body></html>',
        encoding="utf-8",
    )
    said = told("inspect.mjs", {"browser": browser(), "pages": [str(wrong)]})
    found = "\n".join(map(str, said["found"]))  # type: ignore[call-overload]  # a list
    for fault in (
        "image-alt",
        "color-contrast",
        "html-has-lang",
        "asks for https://elsewhere",
        "narrow",
        "cut on paper",
    ):
        assert fault in found


@pytest.mark.parametrize(("asked", "found"), [("Valdorie", True), ("vâldorië", True), ("zzzzzz", False)])
def test_the_search_finds_names_whatever_their_accents(site: Path, asked: str, *, found: bool) -> None:
    given = {"browser": browser(), "page": str(site / "fr/search.html"), "asked": asked}
    said = told("search.mjs", given)
    assert bool(said["links"]) is found
    assert said["state"]


def test_a_list_is_filtered_by_what_is_typed(site: Path) -> None:
    given = {"browser": browser(), "page": str(site / "fr/list/actor/index.html"), "filter": "Valdor"}
    said = told("search.mjs", given)
    assert isinstance(said["links"], list)
    assert 0 < len(said["links"]) < 18  # between two numbers
    assert all("valdor" in str(one).casefold() for one in said["links"])


@pytest.mark.parametrize("clipboard", [True, False])
def test_a_query_is_copied_by_a_key(site: Path, *, clipboard: bool) -> None:
    name = "questions/commitments/declared-commitments"
    page = str(site / "en" / f"{name}.html")
    found = told("copy.mjs", {"browser": browser(), "page": page, "clipboard": clipboard})
    query = (site / f"{name}.rq").read_text(encoding="utf-8")
    assert (found["words"], found["state"]) == ("Copy the query", " copied")
    assert str(found["copied"]).strip() == str(found["text"]).strip() == query.strip()
