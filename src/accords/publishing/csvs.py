r"""The tables as CSV (RFC 4180), with two descriptions that programs read: CSV on the Web and Data Package.

The files are plain data that people open in spreadsheets too: a cell that one would take for a formula gets an
apostrophe, a character that is not seen is written \uXXXX. Both descriptions say so.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from accords.language import Words
from accords.render.tables import dumped, safe

from . import csvw, handbook, packages
from .artefacts import Artefact, content

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from .artefacts import Write
    from .edition import Edition
    from .sheets import Row, Sheet

FOLDER = "tables"
_CSVW = "http://www.w3.org/TR/tabular-metadata/"
_PACKAGE = "https://specs.frictionlessdata.io/data-package/"
_AT_ONCE = 2_000  # rows


def artefacts(edition: Edition) -> Iterator[Artefact]:
    """Yield a file a table, then their descriptions."""
    tables = edition.tables
    for sheet in tables.sheets:
        path = f"{FOLDER}/{file_of(sheet)}"
        yield Artefact(path, "text/csv", sheet.title, _writing(sheet, tables.rows[sheet.name]))
    said = Words(
        "Les tables et leurs colonnes, à lire d'abord", "The tables and their columns, to read first"
    )
    yield Artefact(f"{FOLDER}/README.md", "text/markdown", said, content(handbook.page(edition).encode()))
    said = Words("Description des tables (CSV on the Web)", "Description of the tables (CSV on the Web)")
    described = dumped(csvw.metadata(edition)).encode()
    yield Artefact(f"{FOLDER}/csv-metadata.json", "application/csvm+json", said, content(described), _CSVW)
    said = Words("Description des tables (Data Package)", "Description of the tables (Data Package)")
    described = dumped(packages.package(edition)).encode()
    yield Artefact(f"{FOLDER}/datapackage.json", "application/json", said, content(described), _PACKAGE)


def file_of(sheet: Sheet) -> str:
    """Return the name of the file of a table."""
    return f"{sheet.name}.csv"


def _writing(sheet: Sheet, rows: tuple[Row, ...]) -> Write:
    def write(file: BinaryIO) -> None:
        file.write(_lines((sheet.names,)))
        file.writelines(_lines(rows[start : start + _AT_ONCE]) for start in range(0, len(rows), _AT_ONCE))

    return write


def _lines(rows: Iterable[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([None if cell is None else safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode()
