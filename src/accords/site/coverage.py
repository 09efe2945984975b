"""What is covered and what is missing: a page a matrix, and the requirements with their verdicts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from accords.language import LANGUAGES, Words
from accords.publishing.artefacts import Artefact, content
from accords.render import matrix as render
from accords.render import matrix_picture
from accords.render.phrases import STATUSES

from .page import Alternate, Entry, Page, Section, Step
from .questions import page_of as page_of_question

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from accords.language import Language
    from accords.matrix import Entry as Row
    from accords.matrix import Item, Matrix

    from .page import Site, View

INDEX = "coverage/index.html"
ROWS = 60  # rows of a matrix on its page; all of them are in the table beside
VERDICTS = 100  # on the page; all of them are the answer of a question
ITEMS = 200  # things told below a matrix
_JUDGED = "coverage/requirements"  # the question
TABLE, PICTURE = "text/csv", "image/svg+xml"


def _name(by: str) -> str:
    return by.replace(",", "-by-")


def page_of(by: str) -> str:
    """Return the path of the page of a matrix."""
    return f"coverage/{_name(by)}.html"


def file_of(by: str, language: Language, suffix: str) -> str:
    """Return the path of a matrix as a table or as a picture."""
    return f"coverage/{_name(by)}.{language}.{suffix}"


def _kinds(site: Site) -> list[str]:
    """Return the matrices that could be made in both languages and have rows."""
    held = site.asked.matrices
    names = dict.fromkeys(by for by, _ in held)
    return [by for by in names if all((by, one) in held and held[by, one].rows for one in LANGUAGES)]


def _titles(site: Site, by: str) -> Words:
    return Words(*(render.crossed(site.asked.matrices[by, one], one) for one in LANGUAGES))


def _pages(site: Site) -> Iterator[Page]:
    kinds = _kinds(site)
    yield Page(INDEX, _TITLE, "coverage.html", told=partial(_judged, kinds), summary=_SUMMARY)
    for by in kinds:
        yield Page(
            page_of(by),
            _titles(site, by),
            "matrix.html",
            told=partial(_told, by),
            summary=_MATRIX,
            alternates=tuple(_alternates(by)),
            trail=(Step(_TITLE, INDEX),),
        )


def _alternates(by: str) -> Iterator[Alternate]:
    for language, said in zip(LANGUAGES, _TABLES, strict=True):
        yield Alternate(file_of(by, language, "csv"), TABLE, "CSV", said)


def _judged(kinds: list[str], view: View) -> Mapping[str, Any]:
    verdicts = view.site.asked.verdicts[view.language]
    asked = [one for one in view.site.asked.catalogue.questions if one.name == _JUDGED]
    return {
        "matrices": [(_titles(view.site, by), page_of(by)) for by in kinds],
        "verdicts": verdicts[:VERDICTS],
        "total": len(verdicts),
        "question": page_of_question(asked[0]) if asked else None,
        "statuses": {status: words.to(view.language) for status, words in STATUSES.items()},
    }


def _told(by: str, view: View) -> Mapping[str, Any]:
    held = view.site.asked.matrices[by, view.language]
    return {
        "matrix": held,
        "rows": held.filled_rows[:ROWS],
        "hidden": max(len(held.filled_rows) - ROWS, 0),
        "cell": partial(_cell, held, view),
        "unrecorded": render.unrecorded(held).to(view.language),
        "missing": render.missing(held, view.language),
        "legend": render.legend_of(held, view.language),
        "items": _items(held),
        "most": ITEMS,
        "csv": file_of(by, view.language, "csv"),
        "picture": file_of(by, view.language, "svg"),
        "address": _address,
    }


def _cell(held: Matrix, view: View, row: Row, column: Row) -> tuple[str, str]:
    """Return the sign of a cell and what it says in words."""
    cell = held.cell(row, column)
    return render.sign_of(cell), matrix_picture.worded(cell, view.language)


def _items(held: Matrix) -> list[tuple[Row, list[tuple[Row, list[Item]]]]]:
    """Return, for each row, its columns where something of its own is recorded, with the things recorded."""
    found = [
        (row, [(column, _own(held, row, column)) for column in held.columns]) for row in held.filled_rows
    ]
    told = [(row, [(column, items) for column, items in columns if items]) for row, columns in found]
    return [(row, columns) for row, columns in told if columns]


def _own(held: Matrix, row: Row, column: Row) -> list[Item]:
    return [item for item in held.cell(row, column).items if item.relation == "own"]


def _address(term: object) -> str | None:
    return term.value if isinstance(term, NamedNode) else None


def _files(site: Site) -> Iterator[Artefact]:
    for by in _kinds(site):
        crossed = _titles(site, by)
        for language, table, picture in zip(LANGUAGES, _TABLES, _PICTURES, strict=True):
            held = site.asked.matrices[by, language]
            for suffix, media, title, written in (
                ("csv", TABLE, table, render.as_csv(held)),
                ("svg", PICTURE, picture, matrix_picture.as_svg(held, language)),
            ):
                said = Words(f"{crossed.fr} – {title.fr}", f"{crossed.en} – {title.en}")
                yield Artefact(file_of(by, language, suffix), media, said, content(written.encode()))


_TITLE = Words("Couverture", "Coverage")
_SUMMARY = Words(
    "Ce qui est enregistré, ce qui manque, et ce que les cadres exigent. Non enregistré n'est jamais zéro.",
    "What is recorded, what is missing, and what the frameworks require. Not recorded is never zero.",
)
_MATRIX = Words(
    "Ce qui est enregistré de chaque colonne dans chaque ligne ; non enregistré n'est pas « aucun ».",
    "What is recorded of each column in each row; not recorded is not “none”.",
)
_TABLES = (
    Words("La matrice en français (CSV)", "The matrix in French (CSV)"),
    Words("La matrice en anglais (CSV)", "The matrix in English (CSV)"),
)
_PICTURES = (
    Words("La matrice en français (SVG)", "The matrix in French (SVG)"),
    Words("La matrice en anglais (SVG)", "The matrix in English (SVG)"),
)
SECTION = Section("coverage", _pages, (Entry(_TITLE, INDEX),), files=_files)
