"""Rows of text in columns, and cells that a spreadsheet cannot take for formulas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?", re.ASCII)


def aligned(rows: Iterable[Sequence[str]], *, right: Sequence[int] = (), indent: int = 2) -> list[str]:
    """Return rows as lines with aligned columns; `right` names the columns set to the right.

    >>> aligned([("1", "a"), ("10", "b")], right=(0,))
    ['   1  a', '  10  b']
    """
    table = [tuple(row) for row in rows]
    if not table:
        return []
    widths = [max(len(cell) for cell in column) for column in zip(*table, strict=True)]
    return [
        (
            " " * indent
            + "  ".join(
                cell.rjust(width) if place in right else cell.ljust(width)
                for place, (cell, width) in enumerate(zip(row, widths, strict=True))
            )
        ).rstrip()
        for row in table
    ]


def neutral(cell: str) -> str:
    """Return a cell that a spreadsheet takes for text, or for the number that it is.

    >>> neutral("=1+1"), neutral("-5.6")
    ("'=1+1", '-5.6')
    """
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell
