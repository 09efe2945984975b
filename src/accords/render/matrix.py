"""The coverage matrix for readers and programs: what is missing first, four states told apart.

Text and Markdown show one sign a state, with an arrow where it comes from another territory, so that neither
needs colour; CSV and JSON have one row, one object a cell, not recorded ones included. The picture is
`matrix_picture`.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from accords.language import Words, printable
from accords.matrix import RELATIONS
from accords.terms import words_of

from .answers import marked
from .phrases import counted
from .prose import packed, wrapped
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
ARROWS = {"inherited": "↓", "inside": "↑"}  # beside the sign of a cell
REACHES = {
    "inherited": Words("venu d'un territoire plus large", "from a larger territory"),
    "inside": Words("venu d'un territoire plus petit", "from a smaller territory"),
}
DISPUTED = Words("enregistré, et déclaré absent", "recorded, and stated absent")
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
LONGEST = 60  # characters of a label beside or above the signs
_OTHERS = Words("autre", "other"), Words("autres", "others")
_MISSING = Words("Rien d'enregistré (ce n'est pas « aucun »)", "Nothing recorded (which is not “none”)")
_MISSING_THERE = {  # by what else is counted; --inherited and --inside count larger and smaller territories
    frozenset(): Words(
        "Rien d'enregistré pour ces territoires mêmes (ce n'est pas « aucun » ; voir accords coverage --inherited --inside)",
        "Nothing recorded for these very territories (which is not “none”; see accords coverage --inherited --inside)",
    ),
    frozenset({"inherited"}): Words(
        "Rien d'enregistré ni là ni dans un territoire plus large (ce n'est pas « aucun » ; voir accords coverage --inside)",
        "Nothing recorded there or in a larger territory (which is not “none”; see accords coverage --inside)",
    ),
    frozenset({"inside"}): Words(
        "Rien d'enregistré ni là ni dans un territoire plus petit (ce n'est pas « aucun » ; voir accords coverage --inherited)",
        "Nothing recorded there or in a smaller territory (which is not “none”; see accords coverage --inherited)",
    ),
    frozenset({"inherited", "inside"}): Words(
        "Rien d'enregistré ni là, ni plus largement, ni plus finement (ce n'est pas « aucun »)",
        "Nothing recorded there or in a larger or smaller territory (which is not “none”)",
    ),
}
_COUNTED_TOO = {  # what the title says of the cells
    frozenset({"inherited"}): Words(
        "avec ce qui vient d'un territoire plus large", "with what comes from a larger territory"
    ),
    frozenset({"inside"}): Words(
        "avec ce qui vient d'un territoire plus petit", "with what comes from a smaller territory"
    ),
    frozenset({"inherited", "inside"}): Words(
        "avec ce qui vient d'un territoire plus large ou plus petit",
        "with what comes from a larger or smaller territory",
    ),
}
_EVERY = Words("concepts plus étroits compris", "narrower concepts included")
_SEVERAL_LEVELS = Words("plusieurs niveaux", "several levels")
COLON = Words(" : ", ": ")


def title(matrix: Matrix, language: Language) -> str:
    """Return what the matrix crosses, and what it was asked for."""
    asked = f" ({', '.join(options)})" if (options := _asked(matrix, language)) else ""
    return crossed(matrix, language) + asked


def crossed(matrix: Matrix, language: Language) -> str:
    """Return the rows and the columns of a matrix: « Territoire × thème »."""
    row, column = (_NAMES.get(name, (Words(name, name),))[0].to(language) for name in matrix.by)
    return f"{row[:1].upper()}{row[1:]} × {column}"


def _asked(matrix: Matrix, language: Language) -> list[str]:
    """Return what was asked for: the level of the rows, how deep the columns go, how far cells reach."""
    options = []
    if matrix.by[0] == "territory" and matrix.rows:
        level = printable(matrix.level)
        named = Words(f"niveau {level}", f"{level} level") if level else _SEVERAL_LEVELS
        options.append(named.to(language))
    if matrix.choice.every:
        options.append(_EVERY.to(language))
    if reaches := _reaches(matrix):
        options.append(_COUNTED_TOO[reaches].to(language))
    return options


def _reaches(matrix: Matrix) -> frozenset[str]:
    """Return from where else than their own territory cells were asked for."""
    return frozenset(matrix.choice.relations & ARROWS.keys())


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
            lines.append(f"{share}{COLON.to(language)}{named}{others}")
    return lines


def _share(name: str, number: int, of: int, level: str, language: Language) -> str:
    """Return how many of what: « 15 territoires de niveau régional sur 18 »."""
    nouns = _NAMES.get(name, (Words(name, name), Words(name, name)))
    if language == "en":
        return f"{number} of {counted(of, *nouns, language)}" + (f" at {level} level" if level else "")
    return counted(number, *nouns, language) + (f" de niveau {level}" if level else "") + f" sur {of}"


def unrecorded(matrix: Matrix) -> Words:
    """Return what the list of empty rows and columns says."""
    return _MISSING_THERE[_reaches(matrix)] if matrix.by[0] == "territory" else _MISSING


def as_text(matrix: Matrix, language: Language, width: int) -> str:
    """Return what is missing, then the rows where something is recorded, one sign a cell."""
    lines = [*wrapped(title(matrix, language), hanging=2, width=width), ""]
    if gaps := missing(matrix, language):
        lines += wrapped(unrecorded(matrix).to(language), width=width)
        for gap in gaps:
            lines += wrapped(gap, indent=2, hanging=2, width=width)
        lines.append("")
    if matrix.filled_rows:
        for grid in _grids(matrix, width):
            lines += [*grid, ""]
        lines += [*_named(matrix, width), ""]
    lines += packed(legend_of(matrix, language), width)
    for told in disputes(matrix, language):
        lines += wrapped(told, hanging=2, width=width)
    return "\n".join(lines) + "\n"


def _named(matrix: Matrix, width: int) -> Iterator[str]:
    """Yield what the number of each column stands for, further in where it is narrower."""
    digits = len(str(len(matrix.columns)))
    for place, column in enumerate(matrix.columns, 1):
        head = f"  {place:>{digits}}  " + "  " * column.depth
        first, *others = wrapped(printable(column.label), indent=len(head), width=width)
        yield from (head + first.lstrip(), *others)


def _grids(matrix: Matrix, width: int) -> Iterator[list[str]]:
    """Yield the rows under as many columns as the width takes, then under the next ones."""
    labels = [printable(row.label, min(LONGEST, width // 2)) for row in matrix.filled_rows]
    signs = [[sign_of(matrix.cell(row, one)) for one in matrix.columns] for row in matrix.filled_rows]
    widest = max(len(str(len(matrix.columns))), *(len(sign) for line in signs for sign in line))
    room = max((width - 2 - max(map(len, labels))) // (2 + widest), 1)
    for start in range(0, len(matrix.columns), room):
        columns = range(start, min(start + room, len(matrix.columns)))
        head = ("", *(str(place + 1) for place in columns))
        rows = (
            (label, *(line[place] for place in columns)) for label, line in zip(labels, signs, strict=True)
        )
        yield aligned([head, *rows])


def legend_of(matrix: Matrix, language: Language) -> list[str]:
    """Return each sign with its words and how many there are; an arrow where it was asked for."""
    signs = [(SIGNS[state], words, state) for state, words in STATES.items()]
    signs += [(ARROWS[reach], REACHES[reach], reach) for reach in ARROWS if reach in _reaches(matrix)]
    return [f"{sign} {words.to(language)} ({matrix.count(name)})" for sign, words, name in signs]


def disputes(matrix: Matrix, language: Language) -> list[str]:
    """Return the line that names what is recorded and stated absent, when something is."""
    named = [f"{printable(row.label)} / {printable(column.label)}" for row, column in matrix.disputed]
    return [f"! {DISPUTED.to(language)}{COLON.to(language)}{', '.join(named)}"] if named else []


def sign_of(cell: Cell) -> str:
    """Return the sign of a cell, with its arrow where it comes from elsewhere."""
    return SIGNS[cell.state] + ARROWS.get(cell.relation, "") + ("!" if cell.disputed else "")


def as_csv(matrix: Matrix) -> str:
    """Return one line a cell: row, column, state, its reach, what is recorded there, its excerpts."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    names = [matrix.by[0], f"{matrix.by[0]}Label", "code", matrix.by[1], f"{matrix.by[1]}Label"]
    writer.writerow([*names, "state", "relation", "disputed", "items", "excerpts"])
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
                cell.relation,
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
            "relation": cell.relation or None,
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
        "level": matrix.level or None,
        "narrower": matrix.choice.every,
        "relations": [one for one in RELATIONS if one in matrix.choice.relations],
        "missing": {
            "rows": [words_of(row.term) for row in matrix.empty_rows],
            "columns": [words_of(column.term) for column in matrix.empty_columns],
        },
        "counts": {state: matrix.count(state) for state in SIGNS},
        "reach": {relation: matrix.count(relation) for relation in RELATIONS},
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
            f"**{marked(unrecorded(matrix).to(language))}**",
            "",
            *(f"- {marked(gap)}" for gap in gaps),
            "",
        ]
    head = ["", *(marked(printable(column.label)) for column in matrix.columns)]
    lines += [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for row in matrix.rows:
        signs = [sign_of(matrix.cell(row, column)) for column in matrix.columns]
        lines.append(f"| {' | '.join([marked(printable(row.label)), *signs])} |")
    lines += ["", *(f"- {one}" for one in legend_of(matrix, language))]
    lines += [f"- {marked(told)}" for told in disputes(matrix, language)]
    return "\n".join(lines) + "\n"
