"""The tables described as a « Data Package » (Frictionless Data, version 1): types, constraints, keys, licence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .about import LICENCE, LICENCE_TITLE, NOTES, TITLE
from .csvw import DATE
from .sheets import Sort

if TYPE_CHECKING:
    from accords.language import Words

    from .edition import Edition
    from .sheets import Column, Sheet, Tables

_TYPES = {
    Sort.INTEGER: "integer",
    Sort.DECIMAL: "number",
    Sort.NUMBER: "number",
    Sort.BOOLEAN: "boolean",
}


def package(edition: Edition) -> dict[str, Any]:
    """Return the description of the tables as JSON."""
    tables = edition.tables
    version = {} if edition.version is None else {"version": edition.version}
    return {
        "profile": "tabular-data-package",
        "name": "accords-emploi",
        "title": _both(TITLE),
        "description": "\n\n".join(_both(note) for note in NOTES),
        **version,
        "created": f"{edition.day.isoformat()}T00:00:00Z",
        "licenses": [{"name": "etalab-2.0", "title": _both(LICENCE_TITLE), "path": LICENCE}],
        "sources": _sources(tables),
        "resources": [_resource(sheet) for sheet in tables.sheets],
    }


def _sources(tables: Tables) -> list[dict[str, str]]:
    """Return the documents that the records rest on, by title, with their address where they have one."""
    names = next((sheet.names for sheet in tables.sheets if sheet.name == "sources"), ())
    pages = {row[0]: row[3] for row in tables.rows.get("source_pages", ())}
    found = []
    for row in tables.rows.get("sources", ()):
        cells = dict(zip(names, row, strict=True))
        title = cells.get("label_fr") or cells.get("label_en") or cells["id"]
        page = pages.get(cells["iri"]) or ""
        link = {"path": page} if page.startswith(("http://", "https://")) else {}
        found.append({"title": str(title), **link})
    return found


def _resource(sheet: Sheet) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column, sheet) for column in sheet.columns]}
    if sheet.key:
        schema["primaryKey"] = list(sheet.key)
    keys = [
        {"fields": column.name, "reference": {"resource": column.table, "fields": "iri"}}
        for column in sheet.columns
        if column.table is not None
    ]
    if keys:
        schema["foreignKeys"] = keys
    described = {"description": _both(sheet.told)} if sheet.told.fr else {}
    return {
        "profile": "tabular-data-resource",
        "name": sheet.name,
        "path": f"{sheet.name}.csv",
        "title": _both(sheet.title),
        **described,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
        "schema": schema,
    }


def _field(column: Column, sheet: Sheet) -> dict[str, Any]:
    limits: dict[str, Any] = {}
    if column.needed or column.name in sheet.key:
        limits["required"] = True
    if sheet.key == (column.name,) or column.name == "id":
        limits["unique"] = True
    if column.sort is Sort.DATE:
        limits["pattern"] = DATE
    about = {
        "name": column.name,
        "type": _TYPES.get(column.sort, "string"),
        "title": _both(column.title),
    }
    if column.told.fr:
        about["description"] = _both(column.told)
    if column.path is not None:
        about["property"] = column.path.value  # the IRI of what the column states
    return {**about, "constraints": limits} if limits else about


def _both(words: Words) -> str:
    return words.fr if words.fr == words.en else f"{words.fr} · {words.en}"
