"""Downloads: the files of the whole graph, the small ones beside pages, and how to load them.

The pages are made after the other files and tell of those that stand beside; a site that is exported alone says so.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from accords.language import LANGUAGES, Words
from accords.publishing.formats import FORMATS

from .attribution import path_of as path_of_licence
from .loading import SHEET, TOOLS, Recipe, recipes
from .page import Entry, Page, Section
from .questions import INDEX as QUESTIONS
from .questions import table_of
from .release import PATH as RELEASE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from accords.publishing.folders import Written

    from .page import Site, View

PATH = "downloads.html"
MOST = 150  # files of a folder on the page; all of them are in the manifest
_KILO = 1000


def _pages(_site: Site) -> Iterator[Page]:
    yield Page(PATH, _TITLE, "downloads.html", _told, summary=_SUMMARY)


def _told(view: View) -> Mapping[str, Any]:
    held = view.site.beside.files
    files = held or ()
    return {
        "alone": not files,
        "files": [one for one in files if "/" not in one.artefact.path],
        "folders": _folders(files),
        "manifest": None if held is None else view.site.beside.manifest,
        "root": view.site.beside.root,
        "forms": FORMATS,
        "size": lambda one: _size(one, view),
        "recipes": _recipes(view.site, files),
        "tools": TOOLS,
        "questions_path": QUESTIONS,
        "licence_path": path_of_licence(),
        "release_path": RELEASE,
    }


def _folders(files: Sequence[Written]) -> list[tuple[str, Sequence[Written], int]]:
    """Return the folders beside the pages: the first files of each, and how many it has."""
    found: dict[str, list[Written]] = defaultdict(list)
    for one in files:
        if "/" in one.artefact.path:
            found[one.artefact.path.partition("/")[0]].append(one)
    return [(name, held[:MOST], len(held)) for name, held in found.items()]


def _recipes(site: Site, files: Sequence[Written]) -> list[tuple[str, str, Recipe]]:
    """Return how to load a file of each form, with its name and where it is: the agreements where it is a table."""
    root = site.beside.root
    places = [root + one.artefact.path for one in files]
    places += [table_of(one, LANGUAGES[0]) for one in site.asked.catalogue.questions[:1]]
    shown: dict[str, PurePosixPath] = {}
    for place in map(PurePosixPath, places):
        if place.stem == SHEET or place.suffix not in {*shown, ".json"}:  # other JSON tells of tables
            shown[place.suffix] = place
    return [
        (shown[suffix].name, str(shown[suffix]), recipe)
        for suffix, recipe in recipes().items()
        if suffix in shown
    ]


def _size(one: Written, view: View) -> str:
    """Return a size as a reader writes it.

    A thousand bytes are one kB, as systems count them now.
    """
    if one.size < _KILO:
        return f"{one.size} {Words('o', 'B').to(view.language)}"
    value, unit = (one.size / _KILO, "k") if one.size < _KILO**2 else (one.size / _KILO**2, "M")
    shown = f"{value:.1f}" if value < 10 else f"{value:.0f}"  # noqa: PLR2004  # two figures
    return (
        f"{shown.replace('.', Words(',', '.').to(view.language))} {unit}{Words('o', 'B').to(view.language)}"
    )


_TITLE = Words("Téléchargements", "Downloads")
_SUMMARY = Words(
    "Le graphe entier et ses parties, sous les formes que chacun sait lire, et trois lignes pour les ouvrir.",
    "The whole graph and its parts, in forms that everyone can read, and three lines to open them.",
)
SECTION = Section("downloads", _pages, (Entry(Words("Données", "Data"), PATH),))
