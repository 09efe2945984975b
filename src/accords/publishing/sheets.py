"""Tables as values: sheets with columns that say what their cells are, and rows of text.

A cell is the text of a value as it is written in the graph, or None where nothing is recorded. `Column.path`
is the property that a cell states of the record of its row; a column without one only helps to read.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import NamedNode

    from accords.language import Words

Row = tuple[str | None, ...]


class Sort(StrEnum):
    """What the cells of a column are."""

    IRI = "iri"
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    NUMBER = "number"  # whole or decimal, as written
    BOOLEAN = "boolean"
    DATE = "date"  # a day, a month or a year, as written
    DURATION = "duration"
    ANY = "any"  # whatever a statement may have as its value
    IDS = "ids"  # short names, set apart by spaces


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str  # never changes
    title: Words
    told: Words  # more of it; empty where the title says all
    sort: Sort
    path: NamedNode | None = None
    language: str = ""  # of its texts
    table: str | None = None  # whose rows its IRIs name
    needed: bool = False
    loose: bool = False  # its values are texts of any language

    @property
    def stated(self) -> bool:
        """Tell whether each cell is a statement that the column describes fully: property, type, language."""
        open_ = self.loose or self.sort in {Sort.DATE, Sort.NUMBER, Sort.ANY, Sort.IDS}
        return self.path is not None and not open_


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its columns, those that tell its rows apart, and the one that names what a row is about."""

    name: str
    title: Words
    told: Words
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    about: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True, slots=True)
class Tables:
    """The sheets of an edition, in order, and the rows of each."""

    sheets: tuple[Sheet, ...]
    rows: Mapping[str, tuple[Row, ...]]
