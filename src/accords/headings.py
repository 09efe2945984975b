"""The headings of a filled table: what kind of records it holds, and which field each column is.

The first row names the fields, in either language. A second row of codes, as templates have it, counts more; its
first cell says the kind. A heading that names no field is a mistake, told at its cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .errors import RequestError
from .fieldnames import keyed, slot_of
from .language import Words, printable
from .names import folded
from .templates import ID, Column, columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .kinds import Kind, Kinds
    from .tabular import Row, Sheet

_TONGUE = re.compile(r"(?P<name>.+) (?P<tongue>fr|francais|french|en|anglais|english)")


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong with a cell, or with a row."""

    line: int
    column: str  # its letter; empty for a whole row
    heading: Words
    value: str
    message: Words
    hint: Words | None = None


@dataclass(frozen=True, slots=True)
class Headed:
    """A table whose headings have been read."""

    kind: Kind
    width: int  # headings
    columns: Mapping[int, Column]  # by place
    rows: Sequence[Row]
    mistakes: tuple[Mistake, ...]

    def within(self, row: Row) -> Iterator[tuple[int, Column]]:
        """Yield the columns that a row reaches, each with its place."""
        for at, column in self.columns.items():
            if at < len(row.cells):
                yield at, column

    def name(self, row: Row) -> str:
        """Return the short name that a row gives; empty for none."""
        return next((row.cells[at] for at, column in self.within(row) if is_name(column)), "")

    def place(self, wanted: Sequence[Column]) -> int:
        """Return the place of the first of some columns, else that of the short name, else the first."""
        places = [at for at, column in self.columns.items() if column in wanted]
        names = [at for at, column in self.columns.items() if is_name(column)]
        return next(iter([*places, *names]), 0)

    def heading(self, place: int) -> Words:
        """Return how a column is called."""
        return self.columns[place].heading if place in self.columns else Words("", "")


def headed(sheet: Sheet, asked: str, kinds: Kinds) -> Headed:
    """Return the kind of the records of a table, its columns and its rows.

    Raises RequestError for a table whose kind is not known or that has no rows.
    """
    kind, head, rows = _kind_and_rows(sheet, asked, kinds)
    known = columns(kind)
    found: dict[int, Column] = {}
    mistakes: list[Mistake] = []
    for place, cell in enumerate(head.cells):
        if not cell:
            continue
        try:
            column = _column(kind, known, cell, kinds)
        except RequestError as refusal:
            mistakes.append(mistake(head.line, place, Words(cell, cell), cell, refusal))
            continue
        if column in found.values():
            twice = RequestError(Words("cette colonne est là deux fois", "this column is there twice"))
            mistakes.append(mistake(head.line, place, column.heading, cell, twice))
        else:
            found[place] = column
    faults = [Mistake(one.line, one.column, _called(found, one.column), "", one.said) for one in sheet.wrong]
    return Headed(kind, len(head.cells), found, rows, (*mistakes, *faults))


def is_name(column: Column) -> bool:
    """Tell whether a column holds the short names."""
    return column.code.endswith(f"/{ID}")


def mistake(line: int, place: int, heading: Words, value: str, refusal: RequestError) -> Mistake:
    """Return a refusal as the mistake of a cell."""
    return Mistake(line, letter(place), heading, printable(value), refusal.message, refusal.hint)


def letter(place: int) -> str:
    """Return the letter of a column, as spreadsheets name it.

    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _kind_and_rows(sheet: Sheet, asked: str, kinds: Kinds) -> tuple[Kind, Row, Sequence[Row]]:
    """Return the kind, the row that names the columns, and the rows of records."""
    if not sheet.rows:
        raise RequestError(Words("le tableau est vide", "the table is empty"))
    head, *rest = sheet.rows
    coded = next((row for row in sheet.rows[:2] if row.cells and row.cells[0].endswith(f"/{ID}")), None)
    if coded is not None:
        head, rest = coded, [row for row in sheet.rows if row.line > coded.line]
        kind = kinds.find(asked or coded.cells[0].rpartition("/")[0])
    elif asked:
        kind = kinds.find(asked)
    else:
        raise RequestError(
            Words("la sorte de fiche n'est pas dite", "the kind of record is not said"),
            hint=Words(
                "donner --kind SORTE (les voir : accords new)", "give --kind KIND (see them: accords new)"
            ),
        )
    if not rest:
        raise RequestError(Words("le tableau n'a aucune fiche", "the table has no record"))
    return kind, head, rest


def _column(kind: Kind, known: Sequence[Column], cell: str, kinds: Kinds) -> Column:
    wanted = folded(cell)
    for column in known:
        if cell == column.code or wanted in {folded(one) for one in column.heading}:
            return column
    if wanted == ID:
        return known[0]
    named = keyed(cell, "")
    tongue = _TONGUE.fullmatch(wanted)
    try:
        slot, language = slot_of(kind, kinds, named.key), named.language or "fr"
    except RequestError:
        if tongue is None:
            raise
        slot, language = (
            slot_of(kind, kinds, tongue["name"]),
            "fr" if tongue["tongue"].startswith("fr") else "en",
        )
    return next(c for c in known if c.slot is slot and c.language in {"", language})


def _called(found: Mapping[int, Column], column: str) -> Words:
    return next((one.heading for at, one in found.items() if letter(at) == column), Words("", ""))
