"""The page that people read first in the folder of tables: every table and every column, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accords.language import printable
from accords.render.answers import marked

from .about import LICENCE, LICENCE_TITLE, NOTES, TITLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accords.language import Words

    from .edition import Edition
    from .sheets import Column, Sheet


def page(edition: Edition) -> str:
    """Return the page as Markdown."""
    return "\n".join(_lines(edition)) + "\n"


def _lines(edition: Edition) -> Iterator[str]:
    tables = edition.tables
    yield f"# {_both(TITLE)}"
    for note in NOTES:
        yield f"\n{marked(note.fr)}\n\n{marked(note.en)}"
    yield f"\n{_both(LICENCE_TITLE)} : <{LICENCE}>"
    yield "\n| Table | Contenu · Content | Lignes · Rows |\n|---|---|---|"
    for sheet in tables.sheets:
        yield f"| [{sheet.name}.csv]({sheet.name}.csv) | {_both(sheet.title)} | {len(tables.rows[sheet.name])} |"
    for sheet in tables.sheets:
        yield from _of_sheet(sheet)


def _of_sheet(sheet: Sheet) -> Iterator[str]:
    yield f"\n## {sheet.name}.csv\n\n{_both(sheet.title)}"
    if sheet.told.fr:
        yield f"\n{_both(sheet.told)}"
    yield "\n| Colonne · Column | Titre · Title | Aide · Help | Table |\n|---|---|---|---|"
    yield from (_of_column(column) for column in sheet.columns)


def _of_column(column: Column) -> str:
    told = _both(column.told) if column.told.fr else ""
    table = f"[{column.table}](#{column.table}csv)" if column.table is not None else ""
    return f"| `{column.name}` | {_both(column.title)} | {told} | {table} |"


def _both(words: Words) -> str:
    french, english = (marked(printable(text, len(text))) for text in words)
    return french if french == english else f"{french} · {english}"
