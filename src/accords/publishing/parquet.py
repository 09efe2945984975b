"""The tables as Parquet, a file a table: typed columns, texts as they are, short names as lists."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from accords import frames

from .artefacts import Artefact
from .sheets import Sort

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from .artefacts import Write
    from .edition import Edition
    from .sheets import Row, Sheet

_KINDS = {
    Sort.INTEGER: "integer",
    Sort.DECIMAL: "number",
    Sort.NUMBER: "number",
    Sort.BOOLEAN: "boolean",
    Sort.IDS: "list",
}


def artefacts(edition: Edition) -> Iterator[Artefact]:
    """Yield a file a table, those without a row included: their columns have their types."""
    for sheet in edition.tables.sheets:
        path = f"parquet/{sheet.name}.parquet"
        written = _writing(sheet, edition.tables.rows[sheet.name])
        yield Artefact(path, "application/vnd.apache.parquet", sheet.title, written)


def _writing(sheet: Sheet, rows: tuple[Row, ...]) -> Write:
    def write(file: BinaryIO) -> None:
        kinds = [_KINDS.get(column.sort, "text") for column in sheet.columns]
        columns = (
            (column.name, kind, [_value(row[place], kind) for row in rows])
            for place, (column, kind) in enumerate(zip(sheet.columns, kinds, strict=True))
        )
        file.write(frames.parquet_of(columns))

    return write


def _value(cell: str | None, kind: str) -> object:
    match kind:
        case "list":
            return [] if cell is None else cell.split(" ")
        case _ if cell is None:
            return None
        case "integer":
            return int(cell)
        case "number":
            return float(Decimal(cell))
        case "boolean":
            return cell in {"true", "1"}
        case _:
            return cell
