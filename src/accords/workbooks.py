"""The rows of a workbook as rows of text: what a spreadsheet made of a value becomes the value again.

A date cell is a day, a whole number has no decimal part, a formula stands for the value that the spreadsheet
computed last. A formula without one and a cell with an error are told, with their places.
"""

from __future__ import annotations

import datetime as dt
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, BinaryIO

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from .language import Words
from .tabular import Row, Sheet, Wrong

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_ROWS, MOST_COLUMNS = 100_000, 500
LARGEST_UNPACKED = 300_000_000  # bytes
_FAULTS = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    IndexError,
    SyntaxError,
)


class Unreadable(ValueError):
    """The file is no workbook that can be read."""


def sheet(path: Path) -> Sheet:
    """Return the rows of the first sheet of a workbook; empty ones are left out.

    Raises Unreadable.
    """
    try:
        _measure(path)
        computed = load_workbook(path, read_only=True, data_only=True)
        typed = load_workbook(path, read_only=True)
        pairs = zip(
            computed.worksheets[0].iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS),
            typed.worksheets[0].iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS),
            strict=False,
        )
        rows, wrong = _read(pairs)
    except _FAULTS as problem:
        raise Unreadable(str(problem)) from problem
    return Sheet(tuple(rows), (), tuple(wrong))


def counts(book: BinaryIO) -> dict[str, int]:
    """Return how many rows each sheet of a workbook has below its header, as they stand: nothing that it says of itself.

    Raises Unreadable. A workbook may unpack to more than there is room for: for a child that can be killed.
    """
    try:
        held = load_workbook(book, read_only=True)
        return {one.title: max(sum(1 for _ in one.iter_rows()) - 1, 0) for one in held.worksheets}
    except _FAULTS as problem:
        raise Unreadable(str(problem)) from problem


def _measure(path: Path) -> None:
    """Raise Unreadable for a workbook that would unpack to more than anybody fills."""
    with zipfile.ZipFile(path) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > LARGEST_UNPACKED:
            raise Unreadable(path.name)


def _read(pairs: Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]) -> tuple[list[Row], list[Wrong]]:
    rows: list[Row] = []
    wrong: list[Wrong] = []
    for line, (values, written) in enumerate(pairs, 1):
        cells = []
        for place, (cell, source) in enumerate(zip(values, written, strict=False), 1):
            said = _fault(cell, source)
            if said is not None:
                wrong.append(Wrong(line, get_column_letter(place), said))
            cells.append("" if said is not None else _text(cell.value))
        if any(cells):
            rows.append(Row(line, tuple(cells)))
    return rows, wrong


def _fault(cell: Any, source: Any) -> Words | None:  # noqa: ANN401  # openpyxl's cells
    if source.data_type == "f" and cell.value is None:
        return Words(
            "formule dont la valeur n'est pas enregistrée : coller la valeur",
            "formula whose value is not saved: paste the value",
        )
    if cell.data_type == "e":
        return Words(f"erreur du tableur : {cell.value}", f"error of the spreadsheet: {cell.value}")
    if isinstance(cell.value, dt.datetime) and cell.value.time() != dt.time():
        return Words(
            "une date avec une heure : ne garder que le jour", "a date with a time: keep the day only"
        )
    if isinstance(cell.value, (dt.time, dt.timedelta)):
        return Words("une heure n'est pas une date", "a time is not a date")
    return None


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case dt.datetime():
            return value.date().isoformat()
        case dt.date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value).replace("_x000D_", "").strip()
