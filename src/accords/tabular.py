"""Small files that people fill: fields and values in YAML or CSV, tables in CSV, as rows of text.

Every value stays the text that is written: YAML guesses nothing (`non`, 2023-06-01 and 012 are texts), and
neither does CSV. A CSV file may have semicolons, commas or tabs, a byte-order mark, and the encoding of Windows
(cp1252), which is told.
"""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .errors import ContentError, FileRefused, MissingLibrary, RequestError
from .language import Words, printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST = 20_000_000  # bytes of a file
_DELIMITERS = ";,\t"
YAML = (".yaml", ".yml")
CSV = (".csv", ".tsv", ".txt")
WORKBOOK = ".xlsx"
_SPREADSHEETS = (".ods", ".fods", ".xls", ".xlsm", ".xlsb", ".numbers", ".sxc")  # that are not read
_SAVED = Words(
    "dans le tableur, l'enregistrer en classeur Excel (.xlsx) ou en CSV UTF-8",
    "in the spreadsheet, save it as an Excel workbook (.xlsx) or as CSV UTF-8",
)
_START = 64  # bytes that tell an encoding


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row of a table, and the number of the line where it begins."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A field and one value of it, as a small file gives them."""

    key: str  # perhaps with a language behind an @
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell that cannot be read."""

    line: int
    column: str  # its letter
    said: Words


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a table, and what its reader should be told."""

    rows: tuple[Row, ...]
    notes: tuple[Words, ...] = ()
    wrong: tuple[Wrong, ...] = ()
    mark: str = ""  # what sets cells apart in the text; empty for a workbook


def fields(path: Path) -> tuple[tuple[Field, ...], tuple[Words, ...]]:
    """Return the fields of one record, and what its reader should be told.

    Raises RequestError for a file of another kind, ContentError for one that cannot be read so.
    """
    suffix = path.suffix.lower()
    if suffix in YAML:
        text, notes = _text(_bytes(path), path.name)
        return tuple(_of_yaml(text, path.name)), notes
    if suffix in CSV:
        sheet = table(path)
        return tuple(_of_rows(sheet, path.name)), sheet.notes
    shown = printable(path.name)
    raise RequestError(
        Words(f"{shown} : ni YAML ni CSV", f"{shown}: neither YAML nor CSV"),
        hint=Words("un fichier .yaml ou .csv", "a file .yaml or .csv"),
    )


def table(path: Path) -> Sheet:
    """Return the rows of a CSV file or of the first sheet of a workbook; empty ones are left out.

    Raises RequestError for a file of another kind, ContentError for one that is no such table, MissingLibrary.
    """
    suffix = path.suffix.lower()
    if suffix == WORKBOOK:
        return _of_workbook(path)
    if suffix not in CSV:
        shown = printable(path.name)
        other = suffix in _SPREADSHEETS
        raise RequestError(
            Words(
                f"{shown} : ce format de tableur n'est pas lu" if other else f"{shown} : ni CSV ni classeur",
                f"{shown}: this spreadsheet format is not read"
                if other
                else f"{shown}: neither CSV nor a workbook",
            ),
            hint=_SAVED if other else Words("un fichier .csv ou .xlsx", "a file .csv or .xlsx"),
        )
    return _of_csv(path)


def _of_workbook(path: Path) -> Sheet:
    try:
        from . import workbooks  # noqa: PLC0415  # an extra
    except ImportError as missing:
        library = "openpyxl"
        raise MissingLibrary(library, "accords-emploi[sheets]") from missing
    _bytes(path)  # whether it can be read, and its size
    try:
        return workbooks.sheet(path)
    except workbooks.Unreadable as problem:
        said = Words("ce n'est pas un classeur lisible", "it is no workbook that can be read")
        raise _wrong(path.name, 1, said, hint=_SAVED) from problem


def _of_csv(path: Path) -> Sheet:
    text, notes = _text(_bytes(path), path.name)
    mark = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    rows = []
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(Row(start, tuple(cell.strip() for cell in cells)))
            start = reader.line_num + 1
    except csv.Error as problem:
        raise _wrong(
            path.name, start, Words("guillemets mal fermés", "quotation marks badly closed")
        ) from problem
    return Sheet(tuple(rows), notes, mark=mark)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise ContentError(
                Words(f"{printable(path.name)} : trop grand", f"{printable(path.name)}: too large")
            )
        return path.read_bytes()
    except OSError as problem:
        raise FileRefused(str(path), problem) from problem


def _text(raw: bytes, name: str) -> tuple[str, tuple[Words, ...]]:
    """Return the text of a file in UTF-8, else in the encoding of Windows, which is told."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _doubled(raw):
        shown = printable(name)
        raise ContentError(Words(f"{shown} est en UTF-16", f"{shown} is in UTF-16"), hint=_SAVED)
    if b"\0" in raw:
        raise _wrong(name, 1, Words("ce n'est pas du texte", "it is not text"))
    try:
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        said = Words(
            f"{printable(name)} n'est pas en UTF-8 : lu comme Windows-1252, vérifier les accents",
            f"{printable(name)} is not UTF-8: read as Windows-1252, check the accents",
        )
    try:
        return raw.decode("cp1252"), (said,)
    except UnicodeDecodeError as problem:
        unknown = Words("ni UTF-8 ni Windows-1252", "neither UTF-8 nor Windows-1252")
        raise _wrong(name, 1, unknown) from problem


def _doubled(raw: bytes) -> bool:
    """Tell whether every second byte is null at the start, as in UTF-16 without a mark."""
    start = raw[:_START]
    return len(start) > 1 and any(set(start[at::2]) == {0} for at in (0, 1))


def _delimiter(text: str) -> str:
    """Return what sets the cells of the first line apart: what stands there most often, outside quotes."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(first.split('"')[::2])
    return max(_DELIMITERS, key=lambda mark: (bare.count(mark), -_DELIMITERS.index(mark)))


def _of_rows(sheet: Sheet, name: str) -> Iterator[Field]:
    """Yield the fields of a table of two columns, a field and a value."""
    for row in sheet.rows:
        key, *values = row.cells
        texts = [value for value in values if value]
        if not key or len(texts) > 1:
            raise _wrong(
                name,
                row.line,
                Words("il faut deux colonnes, champ et valeur", "two columns are needed, field and value"),
            )
        if texts and not (row is sheet.rows[0] and key.casefold() in {"champ", "field"}):
            yield Field(key, texts[0], row.line)


def _of_yaml(text: str, name: str) -> Iterator[Field]:
    try:
        from . import listing  # noqa: PLC0415  # its library is read for one option only
    except ImportError as missing:
        library = "PyYAML"
        raise MissingLibrary(library, "pyyaml") from missing
    try:
        for key, value, line in listing.rows(text):
            yield Field(key, value, line)
    except listing.Unreadable as problem:
        raise _wrong(name, problem.line, problem.reason) from problem


def _wrong(name: str, line: int, said: Words, *, hint: Words | None = None) -> ContentError:
    shown = printable(name)
    return ContentError(Words(f"{shown}:{line} : {said.fr}", f"{shown}:{line}: {said.en}"), hint=hint)
