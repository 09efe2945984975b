"""The tables as one workbook, for spreadsheets: what is what first, in both languages, then a sheet a table."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from accords.language import Words
from accords.render.workbook import Page, Value, sheet_names, workbook

from .about import NOTES, TITLE
from .artefacts import Artefact
from .sheets import Sort

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from .edition import Edition
    from .sheets import Column, Row, Sheet, Tables

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COVER, MEANINGS = "lisez-moi - read me", "colonnes - columns"
_WIDE, _NARROW = 44, 16
_CUT = Words(
    "Une case de plus de 32 767 caractères est coupée et finit par […] ; une table sans ligne n'a pas de feuille.",
    "A cell of more than 32,767 characters is cut and ends with […]; a table without a row has no sheet.",
)
_EXACT = 15  # figures that a spreadsheet keeps


def artefacts(edition: Edition) -> Iterator[Artefact]:
    """Yield the workbook."""

    def write(file: BinaryIO) -> None:
        file.write(workbook(pages(edition), edition.day))

    said = Words("Les tables, en un classeur", "The tables, as one workbook")
    yield Artefact("accords.xlsx", MEDIA, said, write)


def pages(edition: Edition) -> list[Page]:
    """Return the sheets of the workbook."""
    tables = edition.tables
    filled = [sheet for sheet in tables.sheets if tables.rows[sheet.name]]
    names = sheet_names(sheet.name for sheet in filled)
    return [
        _cover(edition, names),
        _meanings(tables),
        *(_page(sheet, tables.rows[sheet.name], names[sheet.name]) for sheet in filled),
    ]


def value(cell: str | None, column: Column) -> Value:
    """Return a cell as a spreadsheet keeps it: numbers that it keeps whole as numbers, all else as text."""
    if cell is None or column.sort not in {Sort.INTEGER, Sort.DECIMAL, Sort.NUMBER, Sort.BOOLEAN}:
        return cell
    if column.sort is Sort.BOOLEAN:
        return cell in {"true", "1"}
    number = Decimal(cell)
    if len(number.as_tuple().digits) > _EXACT:
        return cell
    return int(number) if number == number.to_integral_value() else float(number)


def _page(sheet: Sheet, rows: tuple[Row, ...], name: str) -> Page:
    return Page(
        name,
        sheet.names,
        [tuple(value(cell, column) for cell, column in zip(row, sheet.columns, strict=True)) for row in rows],
        tuple(_WIDE if _wide(column) else _NARROW for column in sheet.columns),
        links=frozenset(
            place for place, column in enumerate(sheet.columns) if column.name in {"link", "page"}
        ),
    )


def _wide(column: Column) -> bool:
    return column.sort is Sort.TEXT and column.name.endswith(("_fr", "_en", "text", "quote", "words", "name"))


def _cover(edition: Edition, names: dict[str, str]) -> Page:
    said: list[tuple[Value, ...]] = [(None, *note, None) for note in (*NOTES, _CUT)]
    tables = edition.tables
    listed: list[tuple[Value, ...]] = [
        (
            names.get(sheet.name, sheet.name),
            _told(sheet).fr,
            _told(sheet).en,
            len(tables.rows[sheet.name]),
        )
        for sheet in tables.sheets
    ]
    head: list[tuple[Value, ...]] = [
        (None, *TITLE, None),
        (None, edition.version or "", edition.day.isoformat(), None),
    ]
    rows = [
        *head,
        *said,
        (MEANINGS, "Ce que veut dire chaque colonne", "What each column means", None),
        *listed,
    ]
    header = ("feuille · sheet", "français", "English", "lignes · rows")
    return Page(COVER, header, rows, (32, 70, 70, 12), sheets=frozenset({0}), filtered=False)


def _told(sheet: Sheet) -> Words:
    told = sheet.told
    if not told.fr:
        return sheet.title
    return Words(f"{sheet.title.fr} : {told.fr}", f"{sheet.title.en}: {told.en}")


def _meanings(tables: Tables) -> Page:
    rows = [
        (
            sheet.name,
            column.name,
            *column.title,
            *column.told,
            None if column.path is None else column.path.value,
        )
        for sheet in tables.sheets
        for column in sheet.columns
    ]
    header = ("table", "colonne · column", "titre", "title", "aide", "help", "propriété · property")
    return Page(MEANINGS, header, rows, (30, 26, 34, 34, 60, 60, 44))
