"""An answer for programs: CSV, TSV, the W3C's JSON and XML results, Turtle, XLSX.

CSV and TSV hold plain values under the names of the columns (RFC 4180; tabs); a cell that a spreadsheet
would take for a formula is neutralised. JSON and XML are the W3C's « SPARQL 1.1 Query Results » formats,
lists of IRIs as one literal with spaces. Turtle is the W3C's result set vocabulary or, for CONSTRUCT and
DESCRIBE, the triples themselves. Two runs write identical bytes.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    RdfFormat,
    Triple,
    parse_query_results,
)
from pyoxigraph import serialize as serialise

from accords import frames
from accords.answering import Answer
from accords.errors import BadParameter, MissingLibrary, RequestError
from accords.language import Words
from accords.solutions import BOOLEAN_COLUMN
from accords.table import plain, text
from accords.vocab import LANG_STRING, STRING, TYPE

from .answers import heading
from .tables import dumped, safe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from accords.catalogue import Column, Question
    from accords.language import Language
    from accords.table import Cell, Table
    from accords.terms import Prefixes, Term

_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
LONGEST_CELL = 32_767  # characters that a cell of XLSX holds
_FIRST = date(1980, 1, 1)  # the first day that a zip file knows
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def as_csv(answer: Answer) -> str:
    """Return the rows as CSV."""
    return _separated(answer.table, csv.excel)


def as_tsv(answer: Answer) -> str:
    """Return the rows with tabs between cells; a tab or a line end in a cell is a space."""
    return _separated(answer.table, csv.excel_tab)


def _separated(table: Table, dialect: type[csv.Dialect]) -> str:
    written = io.StringIO()
    writer = csv.writer(written, dialect, lineterminator="\n")
    writer.writerow(table.names)
    for row in table.rows:
        cells = (safe(text(cell)) for cell in row)
        writer.writerow(
            [re.sub(r"[\t\r\n]+", " ", cell) for cell in cells] if dialect is csv.excel_tab else list(cells)
        )
    return written.getvalue()


def as_json(answer: Answer) -> str:
    """Return the answer as SPARQL 1.1 Query Results JSON."""
    return dumped(_results(answer.table))


def as_xml(answer: Answer) -> str:
    """Return the answer as SPARQL Query Results XML."""
    found = parse_query_results(json.dumps(_results(answer.table)).encode(), format=QueryResultsFormat.JSON)
    return (found.serialize(format=QueryResultsFormat.XML) or b"").decode() + "\n"


def _results(table: Table) -> dict[str, object]:
    if table.names == (BOOLEAN_COLUMN,) and len(table) == 1:
        return {"head": {}, "boolean": plain(table.rows[0][0]) is True}
    bindings = [
        {
            name: _binding(cell)
            for name, cell in zip(table.names, row, strict=True)
            if cell is not None and cell != ()
        }
        for row in table.rows
    ]
    return {"head": {"vars": list(table.names)}, "results": {"bindings": bindings}}


def _binding(cell: Cell) -> dict[str, str]:
    match cell:
        case NamedNode():
            return {"type": "uri", "value": cell.value}
        case BlankNode():
            return {"type": "bnode", "value": cell.value}
        case Literal(language=str(tongue)):
            return {"type": "literal", "value": cell.value, "xml:lang": tongue}
        case Literal() if cell.datatype not in {STRING, LANG_STRING}:
            return {"type": "literal", "value": cell.value, "datatype": cell.datatype.value}
        case _:
            return {"type": "literal", "value": text(cell)}


def as_turtle(answer: Answer, prefixes: Prefixes) -> str:
    """Return the triples of a CONSTRUCT, or the rows in the result set vocabulary."""
    triples = _graph(answer.table) if answer.triples else _result_set(answer.table)
    names = dict(prefixes.table) | ({} if answer.triples else {"rs": _RS})
    used = {name: space for name, space in names.items() if any(_uses(triple, space) for triple in triples)}
    written = serialise(triples, format=RdfFormat.TURTLE, prefixes=used) or b""
    return written.decode()


def _uses(triple: Triple, namespace: str) -> bool:
    terms = (triple.subject, triple.predicate, triple.object)
    kinds = (term.datatype for term in terms if isinstance(term, Literal))
    return any(isinstance(term, NamedNode) and term.value.startswith(namespace) for term in (*terms, *kinds))


def _graph(table: Table) -> list[Triple]:
    rows = {tuple(map(str, row)): row for row in table.rows}
    return [Triple(*rows[key]) for key in sorted(rows)]  # type: ignore[arg-type]  # from CONSTRUCT


def _result_set(table: Table) -> list[Triple]:
    def rs(name: str) -> NamedNode:
        return NamedNode(_RS + name)

    top = BlankNode("results")
    triples = [Triple(top, TYPE, rs("ResultSet"))]
    triples += [Triple(top, rs("resultVariable"), Literal(name)) for name in table.names]
    for number, row in enumerate(table.rows, 1):
        solution = BlankNode(f"row{number}")
        triples += [
            Triple(top, rs("solution"), solution),
            Triple(solution, rs("index"), Literal(number)),
        ]
        for place, (name, cell) in enumerate(zip(table.names, row, strict=True)):
            if cell is None or cell == ():
                continue
            binding = BlankNode(f"row{number}cell{place}")
            term: Term = Literal(text(cell)) if isinstance(cell, tuple) else cell
            triples += [
                Triple(solution, rs("binding"), binding),
                Triple(binding, rs("variable"), Literal(name)),
                Triple(binding, rs("value"), term),
            ]
    return triples


def as_xlsx(answer: Answer, question: Question, language: Language) -> bytes:
    """Return a workbook: the rows, and a sheet that says what was asked and what the columns mean.

    Raises MissingLibrary, RequestError for a cell longer than a workbook holds.
    """
    return _workbook(answer.table, _about(answer, question, language), language, question.codes)


def as_file(table: Table, ending: str, language: Language) -> bytes:
    """Return a table as the bytes of a file: .csv, .tsv, .json, .xlsx or .parquet.

    Raises BadParameter for another ending, MissingLibrary, RequestError.
    """
    answer = Answer(table, "")
    match ending.lower():
        case ".csv":
            return as_csv(answer).encode()
        case ".tsv":
            return as_tsv(answer).encode()
        case ".json":
            return as_json(answer).encode()
        case ".xlsx":
            return _workbook(table, _meanings(table, language), language)
        case ".parquet":
            return frames.parquet(table)
        case _:
            endings = ".csv, .tsv, .json, .xlsx, .parquet"
            name = "path"
            raise BadParameter(name, ending, Words(endings, endings))


def _workbook(
    table: Table, said: Sequence[Sequence[str]], language: Language, codes: Mapping[str, Words] | None = None
) -> bytes:
    try:
        from openpyxl import Workbook  # noqa: PLC0415  # an extra
        from openpyxl.styles import Font  # noqa: PLC0415  # slow to import, only where it is used
        from openpyxl.utils import get_column_letter  # noqa: PLC0415  # slow to import, only where it is used
    except ImportError as missing:
        library = "openpyxl"
        raise MissingLibrary(library, "accords-emploi[sheets]") from missing
    book = Workbook()
    del book[book.sheetnames[0]]
    rows = book.create_sheet(Words("réponse", "answer").to(language))
    about = book.create_sheet(Words("lisez-moi", "read me").to(language))
    for line, row in enumerate((_titles(table, language), *table.rows), 1):
        for place, (cell, column) in enumerate(zip(row, table.columns, strict=True), 1):
            _fill(rows.cell(line, place), _decoded(cell, column, codes or {}, language))
    for place, column in enumerate(table.columns, 1):
        rows.cell(1, place).font = Font(bold=True)
        wide = column.kind in {"label", "text"}
        rows.column_dimensions[get_column_letter(place)].width = 48 if wide else 22
    rows.freeze_panes = "A2"
    for line, told in enumerate(said, 1):
        for place, words in enumerate(told, 1):
            _fill(about.cell(line, place), words)
    for letter, width in zip("ABC", (34, 22, 90), strict=True):
        about.column_dimensions[letter].width = width
    written = io.BytesIO()
    book.save(written)
    return timeless(written.getvalue())


def _about(answer: Answer, question: Question, language: Language) -> list[tuple[str, ...]]:
    any_ = Words("tous", "any").to(language)
    rows: list[tuple[str, ...]] = [
        (Words("question", "question").to(language), "", question.question.to(language)),
        *(
            (one.heading.to(language), one.name, ", ".join(chosen.said) or any_)
            for chosen in answer.chosen
            for one in question.parameters
            if one.name == chosen.name
        ),
        *_meanings(answer.table, language),
    ]
    rows += [(said.to(language), code) for code, said in question.codes.items()]
    notes = (question.note, question.completed)
    rows += [("", "", said.to(language)) for said in notes if said is not None]
    return [*rows, ("SPARQL", "", answer.query)]


def _meanings(table: Table, language: Language) -> list[tuple[str, ...]]:
    """Return the columns of a table: heading, variable of the query, meaning."""
    rows = zip(_titles(table, language), table.columns, strict=True)
    return [(title, column.name, column.words.to(language)) for title, column in rows]


def _titles(table: Table, language: Language) -> tuple[str, ...]:
    """Return the headings of a workbook, each once: a column of IRIs says that it is one."""
    titles = []
    for column in table.columns:
        title = heading(column, table.columns, language)
        titles.append(f"{title} (IRI)" if column.kind in {"iri", "iris"} else title)
    often = Counter(titles)
    return tuple(
        f"{title} ({name})" if often[title] > 1 else title
        for title, name in zip(titles, table.names, strict=True)
    )


def _decoded(cell: Cell | str, column: Column, codes: Mapping[str, Words], language: Language) -> Cell | str:
    """Return a cell, a code as a reader says it."""
    if isinstance(cell, str) or column.kind != "text":
        return cell
    said = codes.get(text(cell))
    return cell if said is None else said.to(language)


def _fill(target: object, cell: Cell | str) -> None:
    """Put a value in a cell of a workbook; text is text, whatever it begins with."""
    value = plain(cell) if not isinstance(cell, str) else cell
    if isinstance(value, tuple):
        value = " ".join(value)
    if isinstance(value, str):
        if len(value) > LONGEST_CELL:
            raise RequestError(
                Words("une cellule est trop longue pour un classeur", "a cell is too long for a workbook"),
                hint=Words("--format csv", "--format csv"),
            )
        value = safe(value)
    target.value = value  # type: ignore[attr-defined]  # a cell of openpyxl, which has no types
    if isinstance(value, str):
        target.data_type = "s"  # type: ignore[attr-defined]  # the same


def timeless(book: bytes, day: date = _FIRST) -> bytes:
    """Return a workbook without the time at which it was written; `day` stands in its place."""
    stamp = max(day, _FIRST)
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>%sT00:00:00Z" % stamp.isoformat().encode(), content)
            entry = zipfile.ZipInfo(name, (stamp.year, stamp.month, stamp.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return written.getvalue()
