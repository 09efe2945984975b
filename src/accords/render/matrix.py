"""The coverage matrix for readers and programs: what is missing first, four states told apart.

Text, Markdown and the picture show one sign a state, so that none of them needs colour; CSV and JSON have
one row, one object a cell, not recorded ones included.
"""

from __future__ import annotations

import csv
import io
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accords.language import Words, printable
from accords.terms import words_of

from .answers import marked
from .charts import text_of, width_of
from .phrases import counted
from .tables import aligned, dumped, inert

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accords.language import Language
    from accords.matrix import Cell, Entry, Matrix

SIGNS = {"commitment": "●", "mention": "○", "stated-absent": "×", "not-recorded": "·"}
STATES = {
    "commitment": Words("engagement, axe ou comité", "commitment, axis or committee"),
    "mention": Words("simple mention", "mere mention"),
    "stated-absent": Words("absence déclarée", "stated absent"),
    "not-recorded": Words("non enregistré", "not recorded"),
}
_DISPUTED = Words("enregistré, et déclaré absent", "recorded, and stated absent")
_NAMES = {
    "territory": (Words("territoire", "territory"), Words("territoires", "territories")),
    "agreement": (Words("accord", "agreement"), Words("accords", "agreements")),
    "theme": (Words("thème", "theme"), Words("thèmes", "themes")),
    "barrier": (Words("frein", "barrier"), Words("freins", "barriers")),
    "committee-level": (
        Words("niveau de comité", "level of committee"),
        Words("niveaux de comité", "levels of committee"),
    ),
}
_NO_ROWS = {
    "territory": Words(
        "aucun territoire de ce niveau n'est décrit", "no territory of this level is described"
    ),
    "agreement": Words("aucun accord n'est enregistré", "no agreement is recorded"),
}
_LISTED = 12  # names listed in a line of what is missing
_LONGEST = 60  # characters of a label beside or above the signs
_OTHERS = Words("autre", "other"), Words("autres", "others")
_MISSING = Words("Rien d'enregistré (ce n'est pas « aucun »)", "Nothing recorded (which is not “none”)")
_MISSING_THERE = Words(  # --inherited and --inside count what larger and smaller territories have
    "Rien d'enregistré pour ces territoires mêmes (ce n'est pas « aucun » ; voir --inherited et --inside)",
    "Nothing recorded for these very territories (which is not “none”; see --inherited and --inside)",
)
_COLON = Words(" : ", ": ")
_SIDE, _ROW, _EDGE, _SLANT = 26, 22, 8, 0.72  # pixels of the picture; the sine of a slanted label
_LEGEND = 320  # pixels that the legend takes


def title(matrix: Matrix, language: Language) -> str:
    """Return what the matrix crosses."""
    row, column = (_NAMES.get(name, (Words(name, name),))[0].to(language) for name in matrix.by)
    said = f"{row} × {column}"
    return said[:1].upper() + said[1:]


def missing(matrix: Matrix, language: Language) -> list[str]:
    """Return what is missing, as lines: the rows, then the columns, of which nothing is recorded."""
    if not matrix.rows:
        return [_NO_ROWS[matrix.by[0]].to(language)]
    lines = []
    for name, found, of, level in (
        (matrix.by[0], matrix.empty_rows, matrix.rows, matrix.level),
        (matrix.by[1], matrix.empty_columns, matrix.columns, ""),
    ):
        if found:
            named = ", ".join(printable(entry.label) for entry in found[:_LISTED])
            more = len(found) - _LISTED
            others = (
                Words(" et ", " and ").to(language) + counted(more, *_OTHERS, language) if more > 0 else ""
            )
            share = _share(name, len(found), len(of), printable(level), language)
            lines.append(f"{share}{_COLON.to(language)}{named}{others}")
    return lines


def _share(name: str, number: int, of: int, level: str, language: Language) -> str:
    """Return how many of what: « 15 territoires de niveau régional sur 18 »."""
    nouns = _NAMES.get(name, (Words(name, name), Words(name, name)))
    if language == "en":
        return f"{number} of {counted(of, *nouns, language)}" + (f" at {level} level" if level else "")
    return counted(number, *nouns, language) + (f" de niveau {level}" if level else "") + f" sur {of}"


def _unrecorded(matrix: Matrix) -> Words:
    """Return what the list of empty rows and columns says."""
    return _MISSING_THERE if matrix.by[0] == "territory" else _MISSING


def as_text(matrix: Matrix, language: Language, width: int) -> str:
    """Return what is missing, then the rows where something is recorded, one sign a cell."""
    lines = [title(matrix, language), ""]
    if gaps := missing(matrix, language):
        lines.append(_unrecorded(matrix).to(language))
        for gap in gaps:
            lines += _wrapped(gap, width, "  ", "    ")
        lines.append("")
    if matrix.filled_rows:
        for grid in _grids(matrix, width):
            lines += [*grid, ""]
        named = [
            (str(place), "  " * column.depth + printable(column.label))
            for place, column in enumerate(matrix.columns, 1)
        ]
        lines += [*aligned(named, right=(0,)), ""]
    lines.append("  ".join(_legend(matrix, language)))
    for told in _disputes(matrix, language):
        lines += _wrapped(told, width, "", "  ")
    return "\n".join(lines) + "\n"


def _wrapped(words: str, width: int, first: str, others: str) -> list[str]:
    return textwrap.wrap(words, width, initial_indent=first, subsequent_indent=others, break_on_hyphens=False)


def _grids(matrix: Matrix, width: int) -> Iterator[list[str]]:
    """Yield the rows under as many columns as the width takes, then under the next ones."""
    labels = [printable(row.label, min(_LONGEST, width // 2)) for row in matrix.filled_rows]
    widest = max(len(str(len(matrix.columns))), 2 if matrix.disputed else 1)
    room = max((width - 2 - max(map(len, labels))) // (2 + widest), 1)
    for start in range(0, len(matrix.columns), room):
        columns = matrix.columns[start : start + room]
        head = ("", *(str(start + place) for place in range(1, len(columns) + 1)))
        rows = (
            (label, *(_sign(matrix.cell(row, one)) for one in columns))
            for label, row in zip(labels, matrix.filled_rows, strict=True)
        )
        yield aligned([head, *rows], right=range(1, len(columns) + 1))


def _legend(matrix: Matrix, language: Language) -> list[str]:
    return [f"{SIGNS[state]} {words.to(language)} ({matrix.count(state)})" for state, words in STATES.items()]


def _disputes(matrix: Matrix, language: Language) -> list[str]:
    """Return the line that names what is recorded and stated absent, when something is."""
    named = [f"{printable(row.label)} / {printable(column.label)}" for row, column in matrix.disputed]
    return [f"! {_DISPUTED.to(language)}{_COLON.to(language)}{', '.join(named)}"] if named else []


def _sign(cell: Cell) -> str:
    return SIGNS[cell.state] + ("!" if cell.disputed else "")


def as_csv(matrix: Matrix) -> str:
    """Return one line a cell: row, column, state, what is recorded there, its excerpts."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    names = [matrix.by[0], f"{matrix.by[0]}Label", "code", matrix.by[1], f"{matrix.by[1]}Label"]
    writer.writerow([*names, "state", "disputed", "items", "excerpts"])
    for row in matrix.rows:
        for column in matrix.columns:
            cell = matrix.cell(row, column)
            cells = [
                words_of(row.term),
                row.label,
                row.code,
                words_of(column.term),
                column.label,
                cell.state,
                "true" if cell.disputed else "false",
                " ".join(dict.fromkeys(words_of(item.term) for item in cell.items)),
                " ".join(_excerpts(cell)),
            ]
            writer.writerow(map(inert, cells))
    return written.getvalue()


def as_json(matrix: Matrix) -> str:
    """Return the same as JSON: rows, columns, what is missing, and every cell."""

    def entry(one: Entry) -> dict[str, object]:
        broader = words_of(one.broader) if one.broader is not None else None
        return {"id": words_of(one.term), "label": one.label, "code": one.code or None, "broader": broader}

    cells = [
        {
            matrix.by[0]: words_of(row.term),
            matrix.by[1]: words_of(column.term),
            "state": cell.state,
            "disputed": cell.disputed,
            "items": [
                {
                    "id": words_of(item.term),
                    "label": item.label,
                    "kind": item.kind,
                    "state": item.state,
                    "relation": item.relation,
                    "agreement": words_of(item.agreement) if item.agreement is not None else None,
                    "excerpts": [words_of(term) for term in item.excerpts],
                }
                for item in cell.items
            ],
        }
        for row in matrix.rows
        for column in matrix.columns
        for cell in (matrix.cell(row, column),)
    ]
    data = {
        "by": list(matrix.by),
        "missing": {
            "rows": [words_of(row.term) for row in matrix.empty_rows],
            "columns": [words_of(column.term) for column in matrix.empty_columns],
        },
        "counts": {state: matrix.count(state) for state in SIGNS},
        "rows": [entry(row) for row in matrix.rows],
        "columns": [entry(column) for column in matrix.columns],
        "cells": cells,
    }
    return dumped(data)


def _excerpts(cell: Cell) -> list[str]:
    return sorted({words_of(term) for item in cell.items for term in item.excerpts})


def as_markdown(matrix: Matrix, language: Language) -> str:
    """Return what is missing, then the whole matrix as a table of signs and words."""
    lines = [f"## {marked(title(matrix, language))}", ""]
    if gaps := missing(matrix, language):
        lines += [
            f"**{marked(_unrecorded(matrix).to(language))}**",
            "",
            *(f"- {marked(gap)}" for gap in gaps),
            "",
        ]
    head = ["", *(marked(printable(column.label)) for column in matrix.columns)]
    lines += [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for row in matrix.rows:
        signs = [_sign(matrix.cell(row, column)) for column in matrix.columns]
        lines.append(f"| {' | '.join([marked(printable(row.label)), *signs])} |")
    lines += ["", *(f"- {one}" for one in _legend(matrix, language))]
    lines += [f"- {marked(told)}" for told in _disputes(matrix, language)]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the signs of a picture begin, and how large it is."""

    left: float
    top: float
    width: int
    height: int

    def centre(self, line: int, place: int) -> tuple[float, float]:
        """Return the middle of a cell."""
        return self.left + (place + 0.5) * _SIDE, self.top + (line + 0.5) * _ROW


def as_svg(matrix: Matrix, language: Language) -> str:
    """Return the matrix as a picture: a sign a cell, its words in the text alternative."""
    frame, mark = _frame(matrix), "-".join(matrix.by)
    said = text_of(title(matrix, language))
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width} {frame.height}" '
            f'width="{frame.width}" height="{frame.height}" role="img" '
            f'aria-labelledby="{mark}-title {mark}-desc" lang="{language}" '
            'font-family="system-ui, sans-serif" font-size="12" fill="#1a1a1a">'
        ),
        f'<title id="{mark}-title">{said}</title>',
        f'<desc id="{mark}-desc">{text_of(_described(matrix, language))}</desc>',
        f'<rect width="{frame.width}" height="{frame.height}" fill="#fff"/>',
        f'<text x="{_EDGE}" y="{_ROW}" font-size="15" font-weight="600">{said}</text>',
    ]
    for place, column in enumerate(matrix.columns):
        x = frame.centre(0, place)[0]
        turned = f"translate({x:.1f} {frame.top - 8:.1f}) rotate(-45)"
        parts.append(f'<text transform="{turned}">{text_of(_short(column))}</text>')
    for line, row in enumerate(matrix.rows):
        parts += _line(matrix, frame, line, row)
    return "\n".join([*parts, *_foot(matrix, frame, language), "</svg>"]) + "\n"


def _frame(matrix: Matrix) -> _Frame:
    left = 2 * _EDGE + _longest(matrix.rows)
    slope = _longest(matrix.columns) * _SLANT + 2 * _EDGE  # what slanted labels take, up and aside
    width = max(left + len(matrix.columns) * _SIDE + slope, _LEGEND)
    lines = len(matrix.rows) + len(STATES) + bool(matrix.disputed) + 1
    return _Frame(left, _ROW + slope, round(width), round(_ROW + slope + lines * _ROW))


def _longest(entries: tuple[Entry, ...]) -> float:
    return max((width_of(_short(entry)) for entry in entries), default=0.0)


def _short(entry: Entry) -> str:
    return printable(entry.label, _LONGEST)


def _line(matrix: Matrix, frame: _Frame, line: int, row: Entry) -> Iterator[str]:
    """Yield one row: its ground, its label, its signs."""
    y = frame.top + line * _ROW
    if line % 2 == 0:
        yield f'<rect y="{y:.1f}" width="{frame.width}" height="{_ROW}" fill="#f2f2f2"/>'
    yield f'<text x="{_EDGE}" y="{y + 15:.1f}">{text_of(_short(row))}</text>'
    for place, column in enumerate(matrix.columns):
        cell = matrix.cell(row, column)
        x, middle = frame.centre(line, place)
        yield _glyph(cell.state, x, middle)
        if cell.disputed:
            yield _exclamation(x + 7, middle)


def _foot(matrix: Matrix, frame: _Frame, language: Language) -> Iterator[str]:
    """Yield what each sign means, and how many there are."""
    x = 2 * _EDGE
    for line, (state, words) in enumerate(STATES.items(), len(matrix.rows)):
        y = frame.centre(line, 0)[1] + _ROW / 2
        said = f"{words.to(language)} ({matrix.count(state)})"
        yield _glyph(state, x, y)
        yield f'<text x="{2 * x}" y="{y + 4:.1f}">{text_of(said)}</text>'
    if matrix.disputed:
        y = frame.centre(len(matrix.rows) + len(STATES), 0)[1] + _ROW / 2
        said = f"{_DISPUTED.to(language)} ({len(matrix.disputed)})"
        yield _exclamation(x - 2, y)
        yield f'<text x="{2 * x}" y="{y + 4:.1f}">{text_of(said)}</text>'


def _glyph(state: str, x: float, y: float) -> str:
    match state:
        case "commitment":
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" fill="#1f4e79"/>'
        case "mention":
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="#fff" stroke="#1f4e79" stroke-width="2"/>'
        case "stated-absent":
            return f'<path d="M{x - 5:.1f} {y - 5:.1f}l10 10m0 -10l-10 10" stroke="#8a1c1c" stroke-width="2.5" fill="none"/>'
        case _:
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="1.5" fill="#767676"/>'


def _exclamation(x: float, y: float) -> str:
    return f'<text x="{x:.1f}" y="{y + 4:.1f}" font-weight="700" fill="#8a1c1c">!</text>'


def _described(matrix: Matrix, language: Language) -> str:
    """Return the picture in words: what is missing, then row by row what is recorded."""
    said = [f"{line}." for line in missing(matrix, language)]
    for row in matrix.filled_rows:
        filled = [
            f"{column.label} ({_worded(cell, language)})"
            for column in matrix.columns
            if (cell := matrix.cell(row, column)).items
        ]
        said.append(f"{row.label}{_COLON.to(language)}{', '.join(filled)}.")
    return " ".join(said)


def _worded(cell: Cell, language: Language) -> str:
    state = STATES[cell.state].to(language)
    return f"{state} ; {_DISPUTED.to(language)}" if cell.disputed else state
