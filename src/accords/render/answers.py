"""An answer for a reader: a table on the terminal, or Markdown, in the reader's language.

What only an IRI names is shown by its label; a column with a label column beside it is not shown twice.
Lists are shown by their labels, excerpts by their number unless their passages are asked for.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from accords.catalogue import LANG
from accords.language import Words, printable
from accords.querying import EXCERPTS
from accords.table import text

from .phrases import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from accords.catalogue import Column, Question
    from accords.language import Language
    from accords.querying import Answer
    from accords.table import Cell
    from accords.terms import Prefixes, Term

READABLE = 26  # characters of a column that wraps its cells
NARROWEST = 14  # characters of a column that wraps its heading
WIDEST = 400  # characters of a cell on the terminal
_EXCERPTS = Words("extraits", "excerpts")
_ROWS = Words("ligne", "row"), Words("lignes", "rows")
_NOTHING = Words(
    "Aucune ligne : rien d'enregistré ne répond. Non enregistré n'est pas « aucun ».",
    "No row: nothing recorded answers. Not recorded is not “none”.",
)
_TRUTH = {"true": Words("oui", "yes"), "false": Words("non", "no")}
_RULES = str.maketrans(dict.fromkeys("─━", ""))  # the line under the headings
_TOLD = re.compile(r"[|\\`*_<>\[\]#&~]")


@dataclass(frozen=True, slots=True)
class _Said:
    """How a reader is told things: labels, short names, the meaning of codes."""

    labels: Mapping[Term, str]
    prefixes: Prefixes
    codes: Mapping[str, Words]
    language: Language

    def named(self, term: Term) -> str:
        """Return the label of a term, else its short name."""
        label = self.labels.get(term)
        return printable(label or self.prefixes.show(term).strip("<>"), WIDEST)


@dataclass(frozen=True, slots=True)
class _Shown:
    """The columns that a reader sees, and the rows as text."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int]  # columns of numbers
    first: int  # the column that names a row
    evidence: tuple[tuple[str, ...], ...]  # the passages of each row, when asked for

    @property
    def widths(self) -> list[int]:
        """Return how wide each column must be to be read."""
        columns = zip(self.titles, zip(*self.rows, strict=True), strict=True)
        return [
            max(_longest(cells, "\n", READABLE), _longest((title,), None, READABLE))
            for title, cells in columns
        ]


def _longest(cells: Iterable[str], apart: str | None, most: int) -> int:
    return min(max((len(line) for cell in cells for line in cell.split(apart)), default=0), most)


def as_text(answer: Answer, question: Question, prefixes: Prefixes, language: Language, width: int) -> str:
    """Return the question, its answer as a table as wide as the terminal, and how to read it.

    A table too wide for the terminal is written one block a row.
    """
    shown = _shown(answer, question, prefixes, language)
    parts = [_heading(answer, question, language)]
    if not shown.rows:
        parts.append(printable((question.why_empty or _NOTHING).to(language), WIDEST) + "\n")
    else:
        table = (
            ""
            if any(shown.evidence) or sum(shown.widths) + 3 * len(shown.titles) > width
            else _table(shown, width)
        )
        parts.append(table if table and _whole(table, shown) else _blocks(shown, width))
    parts.append(_foot(answer, question, language))
    return "\n".join(part for part in parts if part)


def as_markdown(answer: Answer, question: Question, prefixes: Prefixes, language: Language) -> str:
    """Return the same as a Markdown table (GitHub Flavored Markdown)."""
    shown = _shown(answer, question, prefixes, language)
    titles = list(shown.titles)
    rows = [list(row) for row in shown.rows]
    if any(shown.evidence):
        titles.append(Words("preuves", "evidence").to(language))
        rows = [[*row, "\n".join(lines)] for row, lines in zip(rows, shown.evidence, strict=True)]
    lines = [f"**{marked(question.question.to(language))}**\n"] if question.question.fr else []
    lines += [line + "\n" for line in [_chosen(answer, question, language)] if line]
    if rows:
        ruled = ["---:" if place in shown.right else "---" for place in range(len(titles))]
        table = [
            [marked(title) for title in titles],
            ruled,
            *([marked(cell) for cell in row] for row in rows),
        ]
        lines.append("".join(f"| {' | '.join(row)} |\n" for row in table))
    else:
        lines.append(marked((question.why_empty or _NOTHING).to(language)) + "\n")
    lines.append(marked(_foot(answer, question, language)))
    return "\n".join(lines)


def marked(words: str) -> str:
    """Return text that Markdown does not take for markup."""
    return _TOLD.sub(lambda found: f"\\{found.group()}", words).replace("\n", "<br>")


def _shown(answer: Answer, question: Question, prefixes: Prefixes, language: Language) -> _Shown:
    columns = answer.table.columns
    names = set(answer.table.names)
    said = _Said(answer.labels, prefixes, question.codes, language)
    proof = [place for place, column in enumerate(columns) if column.kind == "evidence"]
    kept = [
        place
        for place, column in enumerate(columns)
        if f"{column.name}Label" not in names
        and column.kind != "evidence"
        and not (column.name == EXCERPTS and proof)
    ]
    rows = tuple(
        tuple(
            _cell(row[place], columns[place], said) or _instead(row, place, columns, said) for place in kept
        )
        for row in answer.table.rows
    )
    evidence = tuple(
        _passages([text(row[place]).split("\n") for place in proof]) for row in answer.table.rows
    )
    titles = tuple(heading(columns[place], columns, language) for place in kept)
    right = frozenset(place for place, of in enumerate(kept) if columns[of].kind == "number")
    labels = [place for place, of in enumerate(kept) if columns[of].kind in {"label", "iri"}]
    return _Shown(titles, rows, right, _naming(labels, rows), evidence)


def _naming(labels: Sequence[int], rows: Sequence[Sequence[str]]) -> int:
    """Return the column that names a row: the first label, unless it is empty in some row."""
    whole = [place for place in labels if all(row[place] for row in rows)]
    if not whole or labels[0] in whole:
        return (*labels, 0)[0]
    return max(whole, key=lambda place: len({row[place] for row in rows}))


def _instead(row: tuple[Cell, ...], place: int, columns: Sequence[Column], said: _Said) -> str:
    """Return what stands beside an empty label: the value itself, which may be a text."""
    stem = columns[place].name.removesuffix("Label")
    beside = next((at for at, column in enumerate(columns) if column.name == stem), place)
    if columns[place].kind != "label" or beside == place:
        return ""
    return _cell(row[beside], replace(columns[beside], kind="text"), said)


def heading(column: Column, columns: Sequence[Column], language: Language) -> str:
    """Return the heading of a column: how its words begin, those of the IRI for a label."""
    if column.name == EXCERPTS:
        return _EXCERPTS.to(language)
    if column.kind == "label":
        stem = column.name.removesuffix("Label")
        column = next((one for one in columns if one.name == stem), column)
    return column.heading.to(language) or column.name


def _cell(cell: Cell, column: Column, said: _Said) -> str:
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        if column.name.casefold().endswith(EXCERPTS):
            return str(len(cell)) if cell else ""
        return "\n".join(said.named(term) for term in cell)
    if column.kind == "iri":
        return said.named(cell)
    words = text(cell)
    if words in said.codes and column.kind in {"text", "boolean"}:
        return said.codes[words].to(said.language)
    if column.kind == "boolean" and words in _TRUTH:
        return _TRUTH[words].to(said.language)
    return "\n".join(printable(line, WIDEST) for line in words.split("\n"))


def _passages(parts: list[list[str]]) -> tuple[str, ...]:
    """Return one line a passage: the words, then where they stand."""
    if not parts or not any(any(part) for part in parts):
        return ()
    source, passages, *places = parts
    lines = [
        f"{passage} — {printable(places[0][at], WIDEST)}"
        if len(places) > 1 and at < len(places[0]) and places[0][at]
        else passage
        for at, passage in enumerate(passages)
    ]
    said = [printable(line, WIDEST) for line in (*lines, *source, *places[-1]) if line]
    return tuple(said)


def _heading(answer: Answer, question: Question, language: Language) -> str:
    asked = printable(question.question.to(language), WIDEST)
    return "\n".join(line for line in (asked, _chosen(answer, question, language)) if line) + (
        "\n" if asked else ""
    )


def _chosen(answer: Answer, question: Question, language: Language) -> str:
    """Return what was asked for, parameter by parameter, defaults included."""
    chosen = dict(answer.chosen)
    said = [
        f"{name} = {', '.join(values) or Words('tous', 'any').to(language)}"
        for name, values in chosen.items()
    ]
    said += [
        f"{one.name} = {one.default} ({Words('par défaut', 'default').to(language)})"
        for one in question.parameters
        if one.name not in chosen and one.kind != LANG and not one.any_by_default
    ]
    return "  ".join(said)


def _foot(answer: Answer, question: Question, language: Language) -> str:
    lines = [counted(len(answer.table), *_ROWS, language)] if len(answer.table) else []
    lines += [
        printable(said.to(language), WIDEST * 2) for said in (question.note, question.completed) if said
    ]
    return "\n".join(lines) + "\n" if lines else ""


def _whole(table: str, shown: _Shown) -> bool:
    """Tell whether a table as laid out holds every letter of its cells: a column too narrow would lose some."""
    wanted = sum(len("".join(cell.split())) for row in (shown.titles, *shown.rows) for cell in row)
    return len("".join(table.translate(_RULES).split())) == wanted


def _table(shown: _Shown, width: int) -> str:
    from rich import box  # noqa: PLC0415  # 0.09 s, and only for a table on the terminal
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, expand=False)
    for place, (title, least) in enumerate(zip(shown.titles, shown.widths, strict=True)):
        side: Literal["right", "left"] = "right" if place in shown.right else "left"
        table.add_column(Text(title), justify=side, overflow="fold", min_width=least)
    for row in shown.rows:
        table.add_row(*(Text(cell) for cell in row))
    written = io.StringIO()
    Console(file=written, width=width, color_system=None, force_terminal=False, emoji=False).print(table)
    return "".join(f"{line.rstrip()}\n" for line in written.getvalue().splitlines())


def _blocks(shown: _Shown, width: int) -> str:
    """Return one block a row: its first cell, then each other cell under its title."""
    import textwrap  # noqa: PLC0415  # only here

    others = [place for place in range(len(shown.titles)) if place != shown.first]
    longest = min(max((len(shown.titles[place]) for place in others), default=0), READABLE)
    lines: list[str] = []
    for number, (row, proof) in enumerate(zip(shown.rows, shown.evidence, strict=True), 1):
        lines += textwrap.wrap(f"{number}. {row[shown.first].replace(chr(10), ' · ')}", width)
        for place in others:
            if row[place]:
                lines += _hanging(f"   {shown.titles[place]:<{longest}}  ", row[place], width)
        for line in proof:
            lines += textwrap.wrap(line, width, initial_indent="   > ", subsequent_indent="     ")
        lines.append("")
    return "\n".join(lines[:-1]) + "\n"


def _hanging(begin: str, cell: str, width: int) -> Sequence[str]:
    import textwrap  # noqa: PLC0415

    blank = " " * len(begin)
    lines: list[str] = []
    for at, part in enumerate(cell.split("\n")):
        lines += textwrap.wrap(
            part,
            max(width, len(begin) + NARROWEST),
            initial_indent=blank if at else begin,
            subsequent_indent=blank,
        )
    return lines
