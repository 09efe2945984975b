"""The tables described as « CSV on the Web » wants it (W3C, Metadata Vocabulary for Tabular Data).

Columns have their titles in both languages, datatypes, keys, and the property that they state: a program that
makes RDF of the tables (« csv2rdf ») makes statements of the graph, none that the graph does not hold. What a
column cannot say truly of all its cells (dates of several datatypes, texts of any language) gives none. A
column that may be empty has no foreign key here: strict readers want a value for each. An IRI with letters beyond
ASCII, which rules forbid for records, is made a URI by the templates that readers expand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .about import LICENCE, NOTES, TITLE
from .sheets import Sort

if TYPE_CHECKING:
    from accords.language import Words

    from .edition import Edition
    from .sheets import Column, Sheet

DATE = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"  # a day, a month or a year
_DATATYPES: dict[Sort, Any] = {
    Sort.IRI: "anyURI",
    Sort.INTEGER: "integer",
    Sort.DECIMAL: "decimal",
    Sort.NUMBER: "decimal",
    Sort.BOOLEAN: "boolean",
    Sort.DURATION: "duration",
    Sort.DATE: {"base": "string", "format": DATE},
}


def metadata(edition: Edition) -> dict[str, Any]:
    """Return the description of the tables as JSON."""
    tables = edition.tables
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "fr"}],
        "@type": "TableGroup",
        "dc:title": _said(TITLE),
        "dc:issued": {"@value": edition.day.isoformat(), "@type": "xsd:date"},
        "dc:license": {"@id": LICENCE},
        "rdfs:comment": [said for note in NOTES for said in _said(note)],
        "dialect": {"delimiter": ",", "header": True, "encoding": "utf-8", "lineTerminators": ["\r\n", "\n"]},
        "tables": [_table(sheet, len(tables.rows[sheet.name])) for sheet in tables.sheets],
    }


def _table(sheet: Sheet, rows: int) -> dict[str, Any]:
    schema: dict[str, Any] = {"columns": [_column(column, sheet) for column in sheet.columns]}
    if sheet.key:
        schema["primaryKey"] = list(sheet.key)
    keys = [_foreign(column) for column in sheet.columns if column.table is not None and column.needed]
    if keys:
        schema["foreignKeys"] = keys
    if sheet.about is not None:
        schema["aboutUrl"] = f"{{+{sheet.about}}}"
    described = {"dc:description": _said(sheet.told)} if sheet.told.fr else {}
    return {
        "url": f"{sheet.name}.csv",
        "dc:title": _said(sheet.title),
        **described,
        "void:entities": rows,
        "tableSchema": schema,
    }


def _foreign(column: Column) -> dict[str, Any]:
    reference = {"resource": f"{column.table}.csv", "columnReference": "iri"}
    return {"columnReference": column.name, "reference": reference}


def _column(column: Column, sheet: Sheet) -> dict[str, Any]:
    about: dict[str, Any] = {
        "name": column.name,
        "titles": {"fr": column.title.fr, "en": column.title.en, "und": column.name},
    }
    if column.told.fr:
        about["dc:description"] = _said(column.told)
    if column.sort in _DATATYPES:
        about["datatype"] = _DATATYPES[column.sort]
    elif not column.language:
        about["datatype"] = "string"
    if column.language:
        about["lang"] = column.language
    if column.needed or column.name in sheet.key:
        about["required"] = True
    if column.path is not None:
        about["propertyUrl"] = column.path.value
    if column.sort is Sort.IRI and column.path is not None:
        about["valueUrl"] = f"{{+{column.name}}}"
    if not column.stated:
        about["suppressOutput"] = True
    return about


def _said(words: Words) -> list[dict[str, str]]:
    return [{"@value": text, "@language": tongue} for tongue, text in words._asdict().items()]
