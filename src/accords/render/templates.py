"""A table to fill, as CSV or as a workbook with pick lists, help on each heading and a page that explains.

The workbook has three sheets: the table, what each column is, and the choices that the pick lists offer. Every
cell is text, so that the program in which it is filled changes nothing: 01 stays 01, 2026-05 stays a month.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from accords.errors import MissingLibrary
from accords.language import Words
from accords.templates import columns

from .answer_data import timeless

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accords.filling import Filling
    from accords.kinds import Kind
    from accords.language import Language
    from accords.templates import Column

ROWS = 2000  # rows with pick lists
_HEAD = 2  # rows of headings and codes
_WIDEST, _NARROWEST = 48, 14
_ABOUT, _CHOICES = Words("lisez-moi", "read me"), Words("choix", "choices")
_REQUIRED, _FREE = Words("obligatoire", "required"), Words("facultatif", "optional")
_HOW = (
    Words(
        "Une fiche par ligne, à partir de la troisième. Ne pas toucher à la deuxième ligne. Une fiche qu'une autre "
        "ligne cite a besoin d'un nom court.",
        "One record a row, from the third on. Leave the second row as it is. A record that another row names needs "
        "a short name.",
    ),
    Words(
        "Plusieurs valeurs dans une cellule : séparées par « | » ou par un retour à la ligne. Un titre n'en a qu'une.",
        "Several values in a cell: separated by “|” or by a line break. A title has one only.",
    ),
    Words(
        "Dates : 2026-05-12 (ou 12/05/2026, 12 mai 2026), 2026-05 ou 2026. Puis : accords import FICHIER",
        "Dates: 2026-05-12 (or 12 May 2026), 2026-05 or 2026. Then: accords import FILE",
    ),
)


def as_csv(kind: Kind, language: Language) -> bytes:
    """Return the headings and codes as CSV for the spreadsheets of the reader's country."""
    written = io.StringIO(newline="")
    rows = csv.writer(written, delimiter=";" if language == "fr" else ",")
    found = columns(kind)
    rows.writerow([column.heading.to(language) for column in found])
    rows.writerow([column.code for column in found])
    return written.getvalue().encode("utf-8-sig")


def as_workbook(kind: Kind, filling: Filling, language: Language) -> bytes:
    """Return the table as a workbook.

    Raises MissingLibrary where openpyxl is not installed.
    """
    try:
        from openpyxl import Workbook  # noqa: PLC0415  # an extra
    except ImportError as missing:
        library = "openpyxl"
        raise MissingLibrary(library, "accords-emploi[sheets]") from missing
    book = Workbook()
    del book[book.sheetnames[0]]
    found = columns(kind)
    table = book.create_sheet(kind.code[:31])
    _fill_about(book.create_sheet(_ABOUT.to(language)), kind, found, language)
    _fill_table(table, found, language)
    _offer(table, book.create_sheet(_CHOICES.to(language)), found, filling, language)
    written = io.BytesIO()
    book.save(written)
    return timeless(written.getvalue())


def _fill_table(table: Any, found: Sequence[Column], language: Language) -> None:  # noqa: ANN401  # openpyxl's sheet
    from openpyxl.comments import Comment  # noqa: PLC0415  # slow to import, only where it is used
    from openpyxl.styles import Font  # noqa: PLC0415  # slow to import, only where it is used
    from openpyxl.utils import get_column_letter  # noqa: PLC0415  # slow to import, only where it is used

    for place, column in enumerate(found, 1):
        heading = table.cell(1, place, column.heading.to(language))
        heading.font = Font(bold=True, underline="single" if column.needed else None)
        if said := _told(column, language):
            heading.comment = Comment(said, "accords", height=120, width=320)
        table.cell(_HEAD, place, column.code).font = Font(italic=True, color="808080")
        letter = get_column_letter(place)
        width = max(len(column.heading.to(language)) + 4, _NARROWEST)
        table.column_dimensions[letter].width = min(width, _WIDEST)
        for row in range(_HEAD + 1, _HEAD + 201):
            table.cell(row, place).number_format = "@"
    table.freeze_panes = "B3"


def _told(column: Column, language: Language) -> str:
    status = (_REQUIRED if column.needed else _FREE).to(language)
    return f"{status}. {column.help.to(language)}".strip()


def _fill_about(about: Any, kind: Kind, found: Sequence[Column], language: Language) -> None:  # noqa: ANN401  # openpyxl has no types
    about.append([kind.words.to(language)])
    for said in _HOW:
        about.append([said.to(language)])
    about.append([])
    for column in found:
        status = (_REQUIRED if column.needed else _FREE).to(language)
        about.append([column.heading.to(language), column.code, status, column.help.to(language)])
    for letter, width in (("A", 36), ("B", 26), ("C", 14), ("D", 90)):
        about.column_dimensions[letter].width = width


def _offer(table: Any, sheet: Any, found: Sequence[Column], filling: Filling, language: Language) -> None:  # noqa: ANN401  # openpyxl has no types
    """Put the choices of each column on a sheet of their own, and a pick list on its cells."""
    from openpyxl.utils import get_column_letter, quote_sheetname  # noqa: PLC0415  # slow to import, only where it is used
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415  # slow to import, only where it is used

    place = 0
    for at, column in enumerate(found, 1):
        offered = _choices(column, filling, language)
        if not offered:
            continue
        place += 1
        for row, said in enumerate([column.heading.to(language), *offered], 1):
            cell = sheet.cell(row, place, said)
            cell.data_type = "s"
        here, there = get_column_letter(place), get_column_letter(at)
        last = len(offered) + 1
        rule = DataValidation(
            type="list",
            formula1=f"{quote_sheetname(sheet.title)}!${here}$2:${here}${last}",
            allow_blank=True,
            showErrorMessage=not column.several
            and column.slot is not None
            and column.slot.demand.scheme is not None,
            errorStyle="stop",
        )
        rule.add(f"{there}{_HEAD + 1}:{there}{_HEAD + ROWS}")
        table.add_data_validation(rule)


def _choices(column: Column, filling: Filling, language: Language) -> list[str]:
    slot = column.slot
    if slot is None or not (slot.demand.scheme is not None or slot.demand.classes):
        return []
    things = filling.choices(slot)
    return [f"{one.label.to(language)} ({one.curie})" if one.label else one.curie for one in things]
