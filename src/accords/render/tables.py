"""Rows of text in columns, and cells and JSON that hold no formula and nothing unseen."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from accords.language import printable

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


def safe(cell: str) -> str:
    r"""Return a neutral cell with nothing unseen in it but the ends of its lines.

    >>> safe("=1+1"), safe("a\u202eb\nc")
    ("'=1+1", 'a\\u202eb\nc')
    """
    return "\n".join(printable(line, len(line)) for line in neutral(cell).split("\n"))


def inert(cell: str) -> str:
    r"""Return a neutral cell in which nothing is unseen: no control, no change of direction.

    >>> inert("=1+1"), inert("a\u202eb")
    ("'=1+1", 'a\\u202eb')
    """
    safe = neutral(cell)
    return printable(safe, len(safe))


def dumped(data: object) -> str:
    r"""Return data as JSON that reads back the same; what is not seen is escaped, accents stay.

    >>> dumped({"é": "\u202e"})
    '{\n "é": "\\u202e"\n}\n'
    """
    lines = json.dumps(data, ensure_ascii=False, indent=1).split("\n")
    return "".join(f"{line if line.isprintable() else _escaped(line)}\n" for line in lines)


def _escaped(line: str) -> str:
    return "".join(
        letter if letter == printable(letter) else json.dumps(letter).strip('"') for letter in line
    )
