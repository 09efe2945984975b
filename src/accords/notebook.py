"""A table as a notebook shows it: HTML in which every cell is text, whatever it holds."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from .language import printable
from .table import text

if TYPE_CHECKING:
    from .catalogue import Column
    from .table import Cell, Table

MOST = 50  # rows shown; the caption says how many there are
WIDEST = 400  # characters of a cell


def page(table: Table) -> str:
    """Return the first rows under the names of the columns, with a caption in both languages."""
    head = "".join(map(_named, table.columns))
    body = "".join(
        f"<tr>{''.join(f'<td>{_told(cell)}</td>' for cell in row)}</tr>\n" for row in table.rows[:MOST]
    )
    return (
        f"<table>\n<caption>{_caption(len(table))}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n"
    )


def _named(column: Column) -> str:
    """Return the heading of a column: its name, as Python knows it; what it means, to be pointed at."""
    said = escape(printable(" / ".join(dict.fromkeys(column.words)), 2 * WIDEST), quote=True)
    return f'<th scope="col" title="{said}">{escape(printable(column.name))}</th>'


def _told(cell: Cell) -> str:
    return "<br>".join(escape(printable(line, WIDEST)) for line in text(cell, between="\n").split("\n"))


def _caption(rows: int) -> str:
    if rows > MOST:
        return f"les {MOST} premières lignes sur {rows} · the first {MOST} rows of {rows}"
    return f"{rows} {'lignes' if rows > 1 else 'ligne'} · {rows} {'row' if rows == 1 else 'rows'}"
