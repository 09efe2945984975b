"""Tables as one workbook: a sheet a table under a frozen header with filters, after sheets that explain them.

Text is text, whatever it begins with; there is no formula, and a link only where it leads to a web address or to
another sheet. Two runs write the same bytes: the workbook bears the day that it is given.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from accords.errors import MissingLibrary, RequestError
from accords.language import Words

from .answer_data import LONGEST_CELL, timeless
from .tables import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

Value = str | int | float | bool | None

AUTHOR = "Accords emploi"
CUT = "[…]"  # what a cell ends with that was longer than a workbook holds
_MOST_ROWS = 1_048_575  # below the header
_LONGEST_NAME = 31  # characters of the name of a sheet
_LONGEST_ADDRESS = 2_000  # characters of a link
_MOST_LINKS = 60_000  # in a sheet
_LINE = 15  # points of a line
_WIDE = 1.15  # widths of a character of text, words that are not cut included


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet: its name, its header, its rows, and in which columns a cell is a link."""

    name: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[Value]]
    widths: tuple[int, ...]
    links: frozenset[int] = frozenset()  # places of columns that hold web addresses
    sheets: frozenset[int] = frozenset()  # places of columns that hold names of sheets
    filtered: bool = True


def workbook(pages: Sequence[Page], day: date) -> bytes:
    """Return a workbook of some pages.

    Raises MissingLibrary, RequestError for more rows than a sheet holds.
    """
    try:
        from openpyxl import Workbook  # noqa: PLC0415  # an extra
    except ImportError as missing:
        library = "openpyxl"
        raise MissingLibrary(library, "accords-emploi[sheets]") from missing
    book = Workbook(write_only=True)
    book.properties.creator = AUTHOR
    names = frozenset(page.name for page in pages)
    for page in pages:
        _write(book, page, names)
    written = io.BytesIO()
    book.save(written)
    return timeless(written.getvalue(), day)


def sheet_names(names: Iterable[str]) -> dict[str, str]:
    """Return a name that a sheet may have for each of some names, no two alike.

    >>> sheet_names(["a" * 40, "a" * 41])["a" * 41]
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaa~2'
    """
    found: dict[str, str] = {}
    for name in names:
        short, number = name[:_LONGEST_NAME], 1
        while short in found.values():
            number += 1
            ending = f"~{number}"
            short = name[: _LONGEST_NAME - len(ending)] + ending
        found[name] = short
    return found


def _write(book: Any, page: Page, names: frozenset[str]) -> None:  # noqa: ANN401  # a workbook of openpyxl
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415  # slow to import, only where it is used
    from openpyxl.utils import get_column_letter  # noqa: PLC0415  # the same

    if len(page.rows) > _MOST_ROWS:
        said = Words(
            f"{page.name} : trop de lignes pour un classeur", f"{page.name}: too many rows for a workbook"
        )
        raise RequestError(said, hint=Words("--format csv", "--format csv"))
    sheet = book.create_sheet(page.name)
    sheet.freeze_panes = "A2"
    _for_paper(sheet)
    last = get_column_letter(len(page.header))
    for place, width in enumerate(page.widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    if page.filtered:
        sheet.auto_filter.ref = f"A1:{last}{len(page.rows) + 1}"
    bold, wrapped = Font(bold=True), Alignment(vertical="top", wrap_text=True)
    header = [_cell(sheet, name) for name in page.header]
    for cell in header:
        cell.font, cell.alignment = bold, wrapped
    sheet.append(header)
    linked = 0
    for line, row in enumerate(page.rows, 2):
        cells = [_told(sheet, value) if page.filtered else _cell(sheet, value) for value in row]
        for place in page.links | page.sheets:
            target = _target(row[place], names if place in page.sheets else None)
            if target is not None and linked < _MOST_LINKS:
                linked += 1
                cells[place] = _cell(sheet, row[place])
                at = f"{get_column_letter(place + 1)}{line}"
                _link(cells[place], target, at, inside=place in page.sheets)
        if not page.filtered:
            sheet.row_dimensions[line].height = _LINE * _lines(row, page.widths)
            for cell in cells:
                cell.alignment = wrapped
        sheet.append(cells)


def _for_paper(sheet: Any) -> None:  # noqa: ANN401  # a sheet of openpyxl
    """Let a sheet be printed sideways, as wide as the paper, with its header on every page."""
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415  # slow to import, only where it is used

    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes
    sheet.print_title_rows = "1:1"


def _lines(row: Sequence[Value], widths: Sequence[int]) -> int:
    """Return how many lines a row of wrapped texts takes: not every program works it out by itself."""
    return max(
        ceil(len(str(value or " ")) * _WIDE / width) for value, width in zip(row, widths, strict=False)
    )


def _told(sheet: Any, value: Value) -> Any:  # noqa: ANN401  # a sheet of openpyxl, and a cell where it is needed
    """Return a value as it is written; in a cell of its own where openpyxl would take it for an error."""
    if not value:
        return None if isinstance(value, str) else value
    if not isinstance(value, str):
        return value
    return _cell(sheet, value) if value.startswith("#") else _short(safe(value))


def _cell(sheet: Any, value: Value) -> Any:  # noqa: ANN401  # a sheet and a cell of openpyxl
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415  # slow to import, only where it is used

    if not isinstance(value, str) or not value:
        return WriteOnlyCell(sheet, None if isinstance(value, str) else value)
    cell = WriteOnlyCell(sheet, _short(safe(value)))
    cell.data_type = "s"  # text, whatever it looks like
    return cell


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - len(CUT)] + CUT


def _target(value: Value, names: frozenset[str] | None) -> str | None:
    """Return where a cell leads, if it leads anywhere: to one of some sheets, else to a web address."""
    if not isinstance(value, str) or len(value) > _LONGEST_ADDRESS:
        return None
    if names is not None:
        return value if value in names else None
    try:
        fit = urlsplit(value).scheme in {"http", "https"} and safe(value) == value
    except ValueError:  # no address at all
        return None
    return value if fit else None


def _link(cell: Any, target: str, place: str, *, inside: bool) -> None:  # noqa: ANN401  # a cell of openpyxl
    from openpyxl.worksheet.hyperlink import Hyperlink  # noqa: PLC0415  # slow to import, only where it is used

    cell._hyperlink = (  # noqa: SLF001  # a cell that is only written takes no place of its own
        Hyperlink(ref=place, location=f"'{target}'!A1") if inside else Hyperlink(ref=place, target=target)
    )
