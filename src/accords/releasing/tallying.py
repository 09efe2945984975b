"""The rows of the tables of a release, counted again in each of their forms.

Goes in: what the files of a release hold. Come out: what was counted, what could not be, and every difference.

1. The description of the tables (CSV on the Web) says how many rows each CSV file has.
2. A table of links has a row for each statement that it is made of: of the things of its main table, by its property.
3. The workbook has a sheet for each table that has rows, with as many; the Parquet files have as many.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from accords import frames
from accords.errors import MissingLibrary
from accords.language import Words
from accords.publishing.book import COVER, MEANINGS
from accords.render.workbook import sheet_names

from .described import EXPORTS
from .holding import Compared, Difference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pyoxigraph import Quad

    Read = Callable[[str], bytes]

TABLES = f"{EXPORTS}tables/"
DESCRIPTION = f"{TABLES}csv-metadata.json"
_BOOK = f"{EXPORTS}accords.xlsx"
_PARQUET = f"{EXPORTS}parquet/"
_ABOUT = re.compile(r"\{\+([a-z_]+)\}")  # the column that names what a row is about
_NOT_READ = Words("ne se lit pas", "cannot be read")
_ROWS = Words("tableaux, lignes comptées", "tables, rows counted")
_LINKS = Words("tableaux de liens, une ligne par fait", "tables of links, a row a statement")
_SHEETS = Words("feuilles du classeur, lignes comptées", "sheets of the workbook, rows counted")
_FILES = Words("fichiers Parquet, lignes comptées", "Parquet files, rows counted")
_BUSY = Words("non lus : polars est déjà à l'œuvre ici", "not read: polars is at work here already")


@dataclass(frozen=True, slots=True)
class _Table:
    """A table as it is described: its name, how many rows it should have, and of which statements it is made."""

    name: str
    said: int
    links: tuple[str, str] | None  # the name of its main table, and a property

    @property
    def path(self) -> str:
        return f"{TABLES}{self.name}.csv"


@dataclass(frozen=True, slots=True)
class _Held:
    """The rows of a CSV file: how many, and the things of its column `iri`."""

    count: int
    things: tuple[str, ...]


def tallied(
    sound: frozenset[str], read: Read, quads: Iterable[Quad] | None
) -> Iterator[Compared | Difference]:
    """Yield what was counted among the sound files of a release, and what differs; `quads` are those of the graph."""
    if DESCRIPTION not in sound:
        yield Compared(_ROWS, 0, _absent(DESCRIPTION))
        return
    described = _described(read(DESCRIPTION))
    if described is None:
        yield Difference(DESCRIPTION, _NOT_READ)
        return
    tables = [one for one in described if one.path in sound]
    held = {one.name: found for one in tables if (found := _rows(read(one.path))) is not None}
    yield from (Difference(one.path, _NOT_READ) for one in tables if one.name not in held)
    tables = [one for one in tables if one.name in held]
    yield from _unlike((one.path, held[one.name].count, one.said) for one in tables)
    yield Compared(_ROWS, len(tables))
    if quads is not None:
        yield from _links(tables, held, quads)
    counts = {one.name: held[one.name].count for one in tables}
    yield from _sheets(counts, sound, read)
    yield from _files(counts, sound, read)


def _described(raw: bytes) -> tuple[_Table, ...] | None:
    """Return the tables of a description; None when it is not one."""
    try:
        return tuple(map(_table, json.loads(raw)["tables"]))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _table(one: Mapping[str, Any]) -> _Table:
    schema = one["tableSchema"]
    about = _ABOUT.fullmatch(schema.get("aboutUrl", ""))
    properties = [column["propertyUrl"] for column in schema["columns"] if "propertyUrl" in column]
    keys = {key["columnReference"]: key["reference"]["resource"] for key in schema.get("foreignKeys", ())}
    main = keys.get(about[1]) if about else None
    links = (main.removesuffix(".csv"), str(properties[0])) if main and len(properties) == 1 else None
    return _Table(one["url"].removesuffix(".csv"), int(one["void:entities"]), links)


def _rows(raw: bytes) -> _Held | None:
    """Return the rows of a CSV file; None for what is none."""
    text = raw.decode("utf-8-sig", "replace")
    csv.field_size_limit(max(len(text), 1))
    try:
        header, *rows = list(csv.reader(io.StringIO(text, newline=""))) or [[]]
    except csv.Error:
        return None
    place = header.index("iri") if "iri" in header else None
    things = [None if place is None or len(row) <= place else row[place] for row in rows]
    return _Held(len(things), tuple(one for one in things if one is not None))


def _unlike(counted: Iterable[tuple[str, int, int]]) -> Iterator[Difference]:
    """Yield a difference for each file whose rows are not as many as expected."""
    for path, count, expected in counted:
        if count != expected:
            said = Words(f"{count} lignes au lieu de {expected}", f"{count} rows instead of {expected}")
            yield Difference(path, said)


def _links(
    tables: Sequence[_Table], held: Mapping[str, _Held], quads: Iterable[Quad]
) -> Iterator[Compared | Difference]:
    """Yield the tables whose rows are not as many as the statements that they are made of."""
    facts = {(one.subject, one.predicate, one.object) for one in quads}
    counts = Counter((who.value, link.value) for who, link, _ in facts if isinstance(who, NamedNode))
    counted = [
        (
            one.path,
            held[one.name].count,
            sum(counts[thing, one.links[1]] for thing in held[one.links[0]].things),
        )
        for one in tables
        if one.links is not None and one.links[0] in held
    ]
    yield from _unlike(counted)
    yield Compared(_LINKS, len(counted))


def _sheets(counts: Mapping[str, int], sound: frozenset[str], read: Read) -> Iterator[Compared | Difference]:
    """Yield what the workbook has otherwise than the tables."""
    if _BOOK not in sound:
        yield Compared(_SHEETS, 0, _absent(_BOOK))
        return
    try:
        from accords import workbooks  # noqa: PLC0415  # an extra
    except ImportError:
        yield Compared(_SHEETS, 0, _needed(MissingLibrary("openpyxl", "accords-emploi[sheets]")))
        return
    try:
        found = workbooks.counts(io.BytesIO(read(_BOOK)))
    except workbooks.Unreadable:
        yield Difference(_BOOK, _NOT_READ)
        return
    names = sheet_names(name for name, count in counts.items() if count)
    expected = {name: counts[table] for table, name in names.items()}
    tables = {name: count for name, count in found.items() if name not in {COVER, MEANINGS}}
    yield from _unlike_sheets(tables, expected)
    yield Compared(_SHEETS, len(tables))


def _unlike_sheets(found: Mapping[str, int], expected: Mapping[str, int]) -> Iterator[Difference]:
    for name in sorted(found.keys() | expected.keys()):
        count, wanted = found.get(name, 0), expected.get(name, 0)
        if count != wanted:
            said = Words(
                f"feuille {name} : {count} lignes au lieu de {wanted}",
                f"sheet {name}: {count} rows instead of {wanted}",
            )
            yield Difference(_BOOK, said)


def _files(counts: Mapping[str, int], sound: frozenset[str], read: Read) -> Iterator[Compared | Difference]:
    """Yield the Parquet files whose rows are not as many as those of the table."""
    paths = {f"{_PARQUET}{name}.parquet": count for name, count in counts.items()}
    if not paths.keys() & sound:
        yield Compared(_FILES, 0, _absent(_PARQUET))
        return
    if frames.at_work():
        yield Compared(_FILES, 0, _BUSY)
        return
    counted = 0
    for path in sorted(paths.keys() & sound):
        try:
            rows = frames.rows_of(read(path))
        except MissingLibrary as missing:
            yield Compared(_FILES, 0, _needed(missing))
            return
        except ValueError:
            yield Difference(path, _NOT_READ)
            continue
        counted += 1
        yield from _unlike([(path, rows, paths[path])])
    yield Compared(_FILES, counted)


def _absent(path: str) -> Words:
    return Words(f"{path} manque ou a changé", f"{path} is missing or changed")


def _needed(missing: MissingLibrary) -> Words:
    hint = missing.hint or missing.message
    return Words(f"{missing.message.fr} : {hint.fr}", f"{missing.message.en}: {hint.en}")
