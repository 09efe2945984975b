"""An answer as a value: columns that say what they are, rows of RDF terms, nothing that changes.

A cell is a term, a tuple of terms (columns of kind `iris`) or None (not bound: not recorded).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from .errors import ContentError
from .language import Words, printable
from .terms import Term, words_of
from .vocab import XSD

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas  # noqa: ICN001  # for types only, by its full name
    import polars  # noqa: ICN001  # for types only, by its full name

    from .catalogue import Column

Cell = Term | tuple[Term, ...] | None
Plain = str | int | float | bool | Decimal | tuple[str, ...] | None

BETWEEN = " | "  # between the texts of a cell of kind `texts`
_INTEGERS = frozenset(
    f"{XSD}{name}"
    for name in (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger",
        "negativeInteger", "nonPositiveInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of an answer under their columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def __repr__(self) -> str:
        """Return how many rows, and the names of the columns: the cells would fill the screen."""
        return f"Table({len(self)} × {', '.join(self.names)})"

    def _repr_html_(self) -> str:
        """Return the table for a notebook."""
        from .notebook import page  # noqa: PLC0415  # only where somebody looks

        return page(self)

    def __iter__(self) -> Iterator[dict[str, Plain]]:
        """Yield each row as plain Python values by column name."""
        names = self.names
        for row in self.rows:
            yield dict(zip(names, map(plain, row), strict=True))

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> tuple[Plain, ...]:
        """Return the plain values of one column, in the order of the rows.

        Raises KeyError for a name that no column has.
        """
        if name not in self.names:
            raise KeyError(name)
        place = self.names.index(name)
        return tuple(plain(row[place]) for row in self.rows)

    def to_pandas(self) -> pandas.DataFrame:
        """Return a pandas DataFrame: IRIs and dates as text, lists as lists, numbers as numbers.

        Raises MissingLibrary when pandas is not installed.
        """
        from .frames import pandas_frame  # noqa: PLC0415  # heavy, and not always there

        return pandas_frame(self)

    def to_polars(self) -> polars.DataFrame:
        """Return a polars DataFrame, one type a column.

        Raises MissingLibrary when polars is not installed (extra `frames`).
        """
        from .frames import polars_frame  # noqa: PLC0415  # heavy, and not always there

        return polars_frame(self)


def plain(cell: Cell) -> Plain:
    """Return a cell as a Python value: text of IRIs and dates, numbers, booleans; None when not bound.

    >>> plain(Literal("17", datatype=NamedNode(f"{XSD}integer")))
    17
    """
    if cell is None:
        return None
    if isinstance(cell, tuple):
        return tuple(words_of(term) for term in cell)
    if isinstance(cell, Literal):
        return _value(cell)
    return words_of(cell)


def _value(literal: Literal) -> Plain:
    kind, text = literal.datatype.value, literal.value
    try:
        if kind in _INTEGERS:
            return int(text)
        if kind == f"{XSD}decimal":
            return Decimal(text)
        if kind in {f"{XSD}double", f"{XSD}float"}:
            return float(text)
    except (ValueError, InvalidOperation):  # not written as its datatype wants: shown as it is
        return text
    if kind == f"{XSD}boolean" and text in {"true", "false", "1", "0"}:
        return text in {"true", "1"}
    return text


def text(cell: Cell, *, between: str = " ") -> str:
    """Return a cell as text: IRIs and literals as they are, lists with `between`, nothing for None."""
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return between.join(words_of(term) for term in cell)
    return words_of(cell)


def whole_number(cell: Cell) -> int:
    """Return the whole number of a cell.

    Raises ContentError for anything else.
    """
    number = plain(cell)
    if isinstance(number, int) and not isinstance(number, bool):
        return number
    shown = printable(text(cell))
    raise ContentError(
        Words(
            f"un nombre entier attendu, trouvé : « {shown} »", f"a whole number expected, found: “{shown}”"
        ),
        hint=Words("accords check dit où", "accords check says where"),
    )


def listed(cell: Term | None) -> tuple[Term, ...]:
    """Return the IRIs of a cell that lists them with spaces, sorted, each once."""
    if cell is None:
        return ()
    if isinstance(cell, NamedNode):
        return (cell,)
    return tuple(NamedNode(iri) for iri in sorted(set(words_of(cell).split())))


def sorted_texts(cell: Term | None) -> Literal | None:
    """Return a cell that lists texts with ` | `, sorted, each once."""
    if cell is None:
        return None
    return Literal(BETWEEN.join(sorted({one for one in words_of(cell).split(BETWEEN) if one})))
