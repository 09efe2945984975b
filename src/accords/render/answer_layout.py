"""The rows of an answer laid out for a reader: a table as wide as the terminal, or one block a row."""

from __future__ import annotations

import io
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from .prose import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

READABLE = 26  # characters of a column that wraps its cells
NARROWEST = 14  # characters of a column that wraps its heading
_RULES = str.maketrans(dict.fromkeys("─━", ""))  # the line under the headings


@dataclass(frozen=True, slots=True)
class Shown:
    """The columns that a reader sees, and the rows as text."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int]  # columns of numbers
    first: int  # the column that names a row
    evidence: tuple[tuple[str, ...], ...]  # the passages of each row, when asked for

    @property
    def widths(self) -> list[int]:
        """Return how wide each column must be to be read."""
        columns = zip(self.titles, zip(*self.rows, strict=True), strict=True)
        return [
            max(_longest(cells, "\n", READABLE), _longest((title,), None, READABLE))
            for title, cells in columns
        ]


def _longest(cells: Iterable[str], apart: str | None, most: int) -> int:
    return min(max((len(line) for cell in cells for line in cell.split(apart)), default=0), most)


def laid_out(shown: Shown, width: int) -> str:
    """Return the rows as a table where it fits the width and nothing in it is cut, else as blocks."""
    if any(shown.evidence) or sum(shown.widths) + 3 * len(shown.titles) > width:
        return _blocks(shown, width)
    table = _table(shown, width)
    return table if _is_whole(table, shown) else _blocks(shown, width)


def folded(words: str, width: int) -> str:
    """Return lines no wider than the terminal, empty ones in their places."""
    return "\n".join(line for part in words.split("\n") for line in wrapped(part, width=width) or [""])


def _is_whole(table: str, shown: Shown) -> bool:
    """Tell whether a table as laid out holds every letter of its cells: a column too narrow would lose some."""
    wanted = sum(len("".join(cell.split())) for row in (shown.titles, *shown.rows) for cell in row)
    return len("".join(table.translate(_RULES).split())) == wanted


def _table(shown: Shown, width: int) -> str:
    from rich import box  # noqa: PLC0415  # 0.09 s, and only for a table on the terminal
    from rich.console import Console  # noqa: PLC0415  # slow to import, only where it is used
    from rich.table import Table  # noqa: PLC0415  # slow to import, only where it is used
    from rich.text import Text  # noqa: PLC0415  # slow to import, only where it is used

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, expand=False)
    for place, (title, least) in enumerate(zip(shown.titles, shown.widths, strict=True)):
        side: Literal["right", "left"] = "right" if place in shown.right else "left"
        table.add_column(Text(title), justify=side, overflow="fold", min_width=least)
    for row in shown.rows:
        table.add_row(*(Text(cell) for cell in row))
    written = io.StringIO()
    Console(file=written, width=width, color_system=None, force_terminal=False, emoji=False).print(table)
    return "".join(f"{line.rstrip()}\n" for line in written.getvalue().splitlines())


def _blocks(shown: Shown, width: int) -> str:
    """Return one block a row: its first cell, then each other cell under its title."""
    others = [place for place in range(len(shown.titles)) if place != shown.first]
    longest = min(max((len(shown.titles[place]) for place in others), default=0), READABLE)
    hang = len(str(len(shown.rows))) + 2  # as far as the longest « 10. » reaches
    blank = " " * hang
    lines: list[str] = []
    for number, (row, proof) in enumerate(zip(shown.rows, shown.evidence, strict=True), 1):
        named = f"{number}. {' ' * (hang - len(str(number)) - 2)}"
        lines += textwrap.wrap(
            row[shown.first].replace("\n", " · ") or "—", width, initial_indent=named, subsequent_indent=blank
        )
        for place in others:
            if row[place]:
                lines += _hanging(f"{blank}{shown.titles[place]:<{longest}}  ", row[place], width)
        for line in proof:
            lines += textwrap.wrap(line, width, initial_indent=f"{blank}> ", subsequent_indent=f"{blank}  ")
        lines.append("")
    return "\n".join(lines[:-1]) + "\n"


def _hanging(begin: str, cell: str, width: int) -> Sequence[str]:
    blank = " " * len(begin)
    lines: list[str] = []
    for at, part in enumerate(cell.split("\n")):
        lines += textwrap.wrap(
            part,
            max(width, len(begin) + NARROWEST),
            initial_indent=blank if at else begin,
            subsequent_indent=blank,
        )
    return lines
