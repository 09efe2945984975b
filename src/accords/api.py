"""The questions from Python: `accords.ask("agreements-inside-a-territory", territory="Mayenne")`.

Questions give a frozen `Table`, charts a `Picture`; what cannot be answered is raised as on the command line
(`accords.errors`). Nothing heavy is imported until a question is asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .catalogue import Column
    from .language import Language
    from .render.charting import Columns, Names
    from .render.charts import Picture
    from .table import Table

Value = str | int | date | None  # a name, a code, a short name, an IRI, a number, a day; None: any


def ask(  # noqa: PLR0913  # what a question can be asked with
    question: str,
    *,
    lang: Language = "fr",
    as_of: date | str | None = None,
    evidence: bool = False,
    archive: Path | str | None = None,
    root: Path | str | None = None,
    endpoint: str | None = None,
    timeout: float = 60.0,
    memory: int = 4096,
    rows: int = 100_000,
    **values: Value | Iterable[Value],
) -> Table:
    """Return the answer of a question of the catalogue.

    `question` is a name, its last part or its number (CQ03); `values` are its parameters, each one value or
    several. `as_of` answers as of a day. `evidence` adds source, passage and link; with `archive`, the folder
    of archived texts, also the line. `root` is the folder of a project, found from the working folder
    otherwise; `endpoint` asks a SPARQL endpoint instead. `timeout` is in seconds, `memory` in MiB.

    Raises RequestError (unknown question, parameter or value), ContentError (a file cannot be read),
    LimitReached and TooManyRows (never a cut answer), EndpointFailed.
    """
    from . import catalogue, choosing, project, querying  # noqa: PLC0415  # not before a question is asked
    from .catalogue import AS_OF  # noqa: PLC0415  # the same

    found = project.find(_path(root), Path.cwd())
    known = catalogue.load(found)
    asked = known.find(question)
    typed = {name: _typed(value) for name, value in values.items()}
    if as_of is not None:
        if asked.parameter(AS_OF) is None:
            raise choosing.not_as_of(asked, known)
        typed[AS_OF] = _typed(as_of)
    request = querying.Request(asked, typed, lang, evidence, _path(archive))
    where = querying.Local(found) if endpoint is None else querying.Remote(endpoint)
    (answer,) = querying.ask(where, found, (request,), querying.Limits(timeout, memory, rows))
    return answer.table


def query(  # noqa: PLR0913  # what a query can be asked with
    text: str,
    *,
    lang: Language = "fr",
    evidence: bool = False,
    archive: Path | str | None = None,
    root: Path | str | None = None,
    endpoint: str | None = None,
    timeout: float = 60.0,
    memory: int = 4096,
    rows: int = 100_000,
    **values: Value | Iterable[Value],
) -> Table:
    """Return the answer of a SPARQL query of one's own.

    A query that begins with a header like those of the catalogue takes `values` and completes its labels. An
    ASK gives one column, `answer`; a CONSTRUCT gives `subject`, `predicate`, `object`. The rest is as in `ask`.

    Raises SyntaxProblem, with the line and the column, for a query with a mistake or that would fetch
    something, and what `ask` raises.
    """
    from . import project, querying  # noqa: PLC0415  # not before a question is asked

    name = "query"
    found = project.find(_path(root), Path.cwd())
    own = querying.own(text, name, fetching=endpoint is not None)
    typed = {name: _typed(value) for name, value in values.items()}
    request = querying.Request(own, typed, lang, evidence, _path(archive))
    where = querying.Local(found) if endpoint is None else querying.Remote(endpoint)
    (answer,) = querying.ask(where, found, (request,), querying.Limits(timeout, memory, rows))
    return answer.table


def questions(*, lang: Language = "fr", root: Path | str | None = None) -> Table:
    """Return the catalogue: number, name, title, question and parameters of each question.

    Raises ProjectNotFound, ContentError.
    """
    from . import catalogue, project  # noqa: PLC0415  # not before it is asked for
    from .render.questions import as_table  # noqa: PLC0415  # the same

    return as_table(catalogue.load(project.find(_path(root), Path.cwd())), lang)


def bars(
    table: Table | Columns,
    *,
    label: Names,
    values: Names,
    title: str | None = None,
    lang: Language = "fr",
) -> Picture:
    """Return a bar chart of a table, a data frame or a dict of lists: one group a row, in their order.

    `label` names the columns of the labels, `values` those of the numbers, four at most. An empty cell has no
    bar and is not zero.

    Raises RequestError: an unknown column, a value that is not a number, too many rows.
    """
    from .render.charting import bar_chart  # noqa: PLC0415  # not before a chart is asked for

    return bar_chart(table, label=label, values=values, title=title, language=lang)


def timeline(  # noqa: PLR0913  # the columns that a timeline can use
    table: Table | Columns,
    *,
    label: Names,
    start: str | Column = "date",
    end: str | Column | None = None,
    ended: str | Column | None = None,
    basis: str | Column | None = None,
    status: str | Column | None = None,
    details: Names = (),
    title: str | None = None,
    lang: Language = "fr",
) -> Picture:
    """Return a timeline of a table, a data frame or a dict of lists: one line a row, in their order.

    `start` names the column of the dates, each a year, a month or a day; with `end`, the rows are intervals
    whose last date is included. An empty end was not set, unless the column `ended` says true or
    `date-unknown`. `basis` names the column that says what dates rest on, or whether they are inferred: those
    that are not quoted are marked. `status` names that of the states of events: planned and cancelled ones
    have marks of their own. `details` are columns of words told after the dates.

    Raises RequestError: an unknown column, a value that is not a date, an end before its start, too many rows.
    """
    from .render.charting import timeline_chart  # noqa: PLC0415  # not before a chart is asked for

    return timeline_chart(
        table,
        label=label,
        start=start,
        end=end,
        ended=ended,
        basis=basis,
        status=status,
        details=details,
        title=title,
        language=lang,
    )


def write(table: Table, path: Path | str, *, lang: Language = "fr") -> None:
    """Write a table to a file, whole or not at all: .csv, .tsv, .json, .xlsx or .parquet.

    No cell of a spreadsheet becomes a formula. `lang` is the language of what a workbook says of its columns.

    Raises BadParameter for another ending, MissingLibrary, RequestError when the file cannot be written.
    """
    from .render.answer_data import as_file  # noqa: PLC0415  # not before a file is asked for
    from .writing import whole  # noqa: PLC0415  # the same

    whole(Path(path), as_file(table, Path(path).suffix, lang))


def _path(path: Path | str | None) -> Path | None:
    return None if path is None else Path(path)


def _typed(value: Value | Iterable[Value]) -> list[str]:
    """Return values as they would be typed; none at all, or None, for any."""
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [one for each in value for one in _typed(each)]
    if value is None:
        return ["*"]
    return [value.isoformat() if isinstance(value, date) else str(value)]
