"""Charts of tables: which columns are labels, values and dates.

Goes in: a `Table`, or anything that gives its columns by name (a polars or pandas data frame, a dict of
lists). Comes out: `Picture`. An empty cell stays empty: it is neither zero nor « none ».
"""

from __future__ import annotations

import datetime as dt
import numbers
from collections.abc import Iterable
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Protocol

from accords.catalogue import Column
from accords.errors import BadParameter, UnknownName
from accords.language import Words
from accords.periods import period
from accords.table import Table

from . import charts, timeline
from .answers import heading

if TYPE_CHECKING:
    from accords.language import Language
    from accords.periods import Period

    from .charts import Number, Picture

Names = str | Column | Iterable[str | Column]  # one column or several

_BETWEEN = " – "  # the columns of one label
_EMPTY = "—"
_COLUMN = Words("colonne", "column")
_TIMELINE = Words("Chronologie", "Timeline")
_OVER = frozenset({"date-unknown", "true"})  # how an answer says that the end came on a day not known


class Columns(Protocol):
    """What gives its columns by name."""

    def __getitem__(self, name: str, /) -> Any:  # noqa: ANN401  # frames, dicts: each its own kind of column
        """Return the values of a column."""


def bar_chart(
    table: Table | Columns, *, label: Names, values: Names, title: str | None, language: Language
) -> Picture:
    """Return a bar chart: a group a row, a bar for each column of `values`.

    Raises UnknownName, BadParameter for what is not a number, RequestError.
    """
    names = _names(values)
    labels = _labels(table, label)
    columns = [[_number(name, cell) for cell in _column(table, name)] for name in names]
    rows = [charts.Bar(words, tuple(cells)) for words, *cells in zip(labels, *columns, strict=True)]
    series = [_heading(table, name, language) for name in names]
    return charts.bars(rows, series, title=title or " / ".join(series), language=language)


def timeline_chart(  # noqa: PLR0913  # the columns that a timeline can use
    table: Table | Columns,
    *,
    label: Names,
    start: str | Column,
    end: str | Column | None,
    ended: str | Column | None,
    basis: str | Column | None,
    status: str | Column | None,
    details: Names,
    title: str | None,
    language: Language,
) -> Picture:
    """Return a timeline: an event a row or, with a column `end`, an interval.

    Raises UnknownName, BadParameter for what is not a date, RequestError.
    """
    labels = _labels(table, label)
    dates = [_column(table, start)] + [
        [None] * len(labels) if name is None else _column(table, name) for name in (end, ended, basis, status)
    ]
    others = [_column(table, name) for name in _names(details)]
    marks = [
        timeline.Mark(
            words,
            _period(_name(start), first),
            _period(_name(end or start), last),
            interval=end is not None,
            ended=_text(over).lower() in _OVER,
            basis=_basis(ground),
            status=_last(_text(state)),
            details=tuple(filter(None, map(_text, told))),
        )
        for words, first, last, over, ground, state, *told in zip(labels, *dates, *others, strict=True)
    ]
    return timeline.timeline(marks, title=title or _TIMELINE.to(language), language=language)


def _names(names: Names) -> tuple[str, ...]:
    several = names if isinstance(names, Iterable) and not isinstance(names, str) else (names,)
    return tuple(map(_name, several))


def _name(column: object) -> str:
    """Return the name of a column, from the name or from the column that a table has.

    Raises BadParameter for anything else, the cells of a column for instance.
    """
    if isinstance(column, str | Column):
        return column if isinstance(column, str) else column.name
    name = "column"
    raise BadParameter(name, str(column), Words("le nom d'une colonne", "the name of a column"))


def _column(table: Table | Columns, named: str | Column) -> list[object]:
    """Return the cells of a column; None for each way of having no value.

    Raises UnknownName with the close ones, BadParameter for what is not a name.
    """
    name = _name(named)
    known = table.names if isinstance(table, Table) else tuple(getattr(table, "columns", table))  # type: ignore[arg-type]  # a frame has columns, a dict is one
    if name not in known:
        raise UnknownName(_COLUMN, name, tuple(get_close_matches(name, known, n=3)) or known)
    cells = table.column(name) if isinstance(table, Table) else table[name]
    return [None if _missing(cell) else cell for cell in cells]


def _missing(cell: object) -> bool:
    """Tell whether a cell has no value: None, NaN, and those of pandas, which equal nothing."""
    return type(cell).__name__ in {"NoneType", "NAType", "NaTType"} or (
        isinstance(cell, float | Decimal) and cell != cell  # noqa: PLR0124  # NaN differs from itself
    )


def _labels(table: Table | Columns, names: Names) -> list[str]:
    columns = [_column(table, name) for name in _names(names)]
    return [_BETWEEN.join(filter(None, map(_text, cells))) or _EMPTY for cells in zip(*columns, strict=True)]


def _text(cell: object) -> str:
    if isinstance(cell, list | tuple):
        return ", ".join(map(_text, cell))
    return "" if cell is None else str(cell)


def _number(name: str, cell: object) -> Number | None:
    if cell is None or isinstance(cell, Decimal):
        return cell
    if isinstance(cell, bool) or not isinstance(cell, numbers.Real):
        raise BadParameter(name, _text(cell), Words("un nombre", "a number"))
    return int(cell) if isinstance(cell, numbers.Integral) else float(cell)


def _period(name: str, cell: object) -> Period | None:
    if cell is None or cell == "":
        return None
    if isinstance(cell, dt.datetime):
        cell = cell.date()
    text = cell.isoformat() if isinstance(cell, dt.date) else _text(cell)
    try:
        return period(text)
    except BadParameter as refused:
        raise BadParameter(name, text, refused.expected) from refused


def _basis(ground: object) -> str:
    """Return what a date rests on, from its basis or from whether it is inferred."""
    if isinstance(ground, str) and ground not in {"", "true", "false"}:
        return _last(ground)
    return "inferred" if ground in {True, "true"} else "quoted"


def _last(iri: str) -> str:
    """Return the last part of an IRI or of a short name."""
    return iri.replace("#", "/").replace(":", "/").rpartition("/")[2]


def _heading(table: Table | Columns, name: str, language: Language) -> str:
    """Return how a reader calls a column: by its words where it has some."""
    if not isinstance(table, Table):
        return name
    return heading(table.columns[table.names.index(name)], table.columns, language)
