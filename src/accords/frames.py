"""Tables as data frames and Parquet: pandas and polars, when they are installed.

Text for IRIs, dates and labels, 64-bit integers for whole numbers, booleans, lists of text for lists of
IRIs. A column whose numbers are not all whole is of 64-bit floats. What is not bound is null.
"""

from __future__ import annotations

import io
import sys
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Any

from .errors import MissingLibrary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd
    import polars as pl

    from .table import Plain, Table

_LONGEST = 2**63
_POLARS = "accords-emploi[frames]"


def pandas_frame(table: Table) -> pd.DataFrame:
    """Return a pandas DataFrame. Raises MissingLibrary."""
    pandas = _library("pandas", "pandas")
    kinds = {
        "text": "object",
        "list": "object",
        "boolean": "boolean",
        "integer": "Int64",
        "number": "Float64",
    }
    columns = {
        name: pandas.Series(values, dtype=kinds[kind], name=name) for name, kind, values in _columns(table)
    }
    return pandas.DataFrame(columns, columns=list(table.names))  # type: ignore[no-any-return]  # imported by name


def polars_frame(table: Table) -> pl.DataFrame:
    """Return a polars DataFrame. Raises MissingLibrary."""
    return _frame(_columns(table))


def parquet(table: Table) -> bytes:
    """Return a table as a Parquet file. Raises MissingLibrary."""
    return parquet_of(_columns(table))


def parquet_of(columns: Iterable[tuple[str, str, Sequence[Any]]]) -> bytes:
    """Return columns (name; text, list, boolean, integer or number; values) as a Parquet file.

    Raises MissingLibrary.
    """
    written = io.BytesIO()
    _frame(columns).write_parquet(written)
    return written.getvalue()


def rows_of(parquet: bytes) -> int:
    """Return how many rows a Parquet file holds.

    Raises MissingLibrary, ValueError for what is no Parquet file.
    """
    polars = _library("polars", _POLARS)
    try:
        return int(polars.scan_parquet(io.BytesIO(parquet)).select(polars.len()).collect().item())
    except polars.exceptions.PolarsError as problem:
        raise ValueError(str(problem)) from problem


def at_work() -> bool:
    """Tell whether polars is at work in this process: a child forked from now on would wait for its threads for ever."""
    return "polars" in sys.modules


def _frame(columns: Iterable[tuple[str, str, Sequence[Any]]]) -> pl.DataFrame:
    polars = _library("polars", _POLARS)
    kinds = {
        "text": polars.String,
        "list": polars.List(polars.String),
        "boolean": polars.Boolean,
        "integer": polars.Int64,
        "number": polars.Float64,
    }
    series = [polars.Series(name, values, dtype=kinds[kind]) for name, kind, values in columns]
    return polars.DataFrame(series)  # type: ignore[no-any-return]  # imported by name


def _library(name: str, package: str) -> Any:  # noqa: ANN401  # a module that may not be there
    try:
        return import_module(name)
    except ImportError as missing:
        raise MissingLibrary(name, package) from missing


def _columns(table: Table) -> list[tuple[str, str, list[Any]]]:
    """Return each column with one kind for all its values: text, list, boolean, integer or number."""
    found = []
    for column in table.columns:
        values = table.column(column.name)
        kind = _kind(column.kind, values)
        found.append((column.name, kind, [_as(kind, value) for value in values]))
    return found


def _kind(declared: str, values: tuple[Plain, ...]) -> str:
    if declared == "iris":
        return "list"
    kinds = {type(value) for value in values if value is not None}
    if kinds == {bool}:
        return "boolean"
    if kinds == {int} and all(abs(value) < _LONGEST for value in values if isinstance(value, int)):
        return "integer"
    if kinds and kinds <= {int, float, Decimal}:
        return "number"
    return "boolean" if declared == "boolean" and not kinds else "text"


def _as(kind: str, value: Plain) -> object:
    if value is None:
        return None
    match kind:
        case "list":
            return list(value) if isinstance(value, tuple) else [str(value)]
        case "number":
            return float(value)  # type: ignore[arg-type]  # numbers only, see `_kind`
        case "text":
            return value if isinstance(value, str) else str(value)
        case _:
            return value
