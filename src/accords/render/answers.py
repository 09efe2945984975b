"""An answer for a reader: a table on the terminal, or Markdown, in the reader's language.

What only an IRI names is shown by its label; a column with a label column beside it is not shown twice.
Lists are shown by their labels, excerpts by their number unless their passages are asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from accords.citing import BETWEEN, EXCERPTS, cites
from accords.language import Words, printable
from accords.table import text

from .answer_layout import Shown, folded, laid_out
from .phrases import counted, figure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from accords.catalogue import Column, Question
    from accords.language import Language
    from accords.querying import Answer
    from accords.table import Cell
    from accords.terms import Prefixes, Term

WIDEST = 400  # characters of a cell on the terminal
_EXCERPTS = Words("extraits", "excerpts")
_EXCERPT = Words("extrait", "excerpt")
_ROWS = Words("ligne", "row"), Words("lignes", "rows")
_NOTHING = Words(
    "Aucune ligne : rien d'enregistré ne répond. Non enregistré n'est pas « aucun ».",
    "No row: nothing recorded answers. Not recorded is not “none”.",
)
_TRUTH = {"true": Words("oui", "yes"), "false": Words("non", "no")}
_TOLD = re.compile(r"[|\\`*_<>\[\]#&~]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a cell: its words, and the IRI of what they name, if anything."""

    words: str
    iri: str | None


@dataclass(frozen=True, slots=True)
class Linked:
    """The columns that a reader sees, and the rows as what a page can link to."""

    titles: tuple[str, ...]
    rows: tuple[tuple[tuple[Piece, ...], ...], ...]
    right: frozenset[int]  # columns of numbers


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

    def labelled(self, cell: Cell) -> bool:
        """Tell whether a thing has a label, and not its short name for want of one."""
        return isinstance(cell, NamedNode) and self.labels.get(cell, "") not in {"", self.prefixes.show(cell)}


def as_text(answer: Answer, question: Question, prefixes: Prefixes, language: Language, width: int) -> str:
    """Return the question, its answer as a table as wide as the terminal, and how to read it.

    A table too wide for the terminal is written one block a row.
    """
    shown = _shown(answer, question, prefixes, language)
    parts = [folded(_heading(answer, question, language), width)]
    if not shown.rows:
        nothing = printable((question.why_empty or _NOTHING).to(language), WIDEST)
        parts.append(folded(nothing, width) + "\n")
    else:
        parts.append(laid_out(shown, width))
    parts.append(folded(_foot(answer, question, language), width))
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
    lines += [marked(line) + "\n" for line in [chosen(answer, language)] if line]
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


def linked(answer: Answer, question: Question, prefixes: Prefixes, language: Language) -> Linked:
    """Return the same columns and rows as things that a page can link to, each excerpt by its rank."""
    columns = answer.table.columns
    said = _Said(answer.labels, prefixes, question.codes, language)
    kept = _kept(columns)
    rows = tuple(tuple(_pieces(row, place, columns, said) for place in kept) for row in answer.table.rows)
    titles = tuple(heading(columns[place], columns, language) for place in kept)
    right = frozenset(place for place, of in enumerate(kept) if columns[of].kind == "number")
    return Linked(titles, rows, right)


def _pieces(row: tuple[Cell, ...], place: int, columns: Sequence[Column], said: _Said) -> tuple[Piece, ...]:
    cell, column = row[place], columns[place]
    if isinstance(cell, tuple):
        excerpt = _EXCERPT.to(said.language) if cites(column) else ""
        named = (f"{excerpt} {rank}" if excerpt else said.named(term) for rank, term in enumerate(cell, 1))
        return tuple(Piece(one, _address(term)) for one, term in zip(named, cell, strict=True))
    words = _cell(cell, column, said) or _instead(row, place, columns, said)
    stem = column.name.removesuffix("Label")
    beside = next((at for at, one in enumerate(columns) if one.name == stem), place)
    return (Piece(words, _address(row[beside])),) if words else ()


def _address(cell: Cell) -> str | None:
    return cell.value if isinstance(cell, NamedNode) else None


def marked(words: str) -> str:
    """Return text that Markdown does not take for markup."""
    return _TOLD.sub(lambda found: f"\\{found.group()}", words).replace("\n", "<br>")


def _shown(answer: Answer, question: Question, prefixes: Prefixes, language: Language) -> Shown:
    columns = answer.table.columns
    said = _Said(answer.labels, prefixes, question.codes, language)
    proof = _proof(columns)
    kept = _kept(columns)
    rows = tuple(
        tuple(
            _cell(row[place], columns[place], said) or _instead(row, place, columns, said) for place in kept
        )
        for row in answer.table.rows
    )
    evidence = tuple(_told(row, columns, proof, language) for row in answer.table.rows)
    titles = tuple(heading(columns[place], columns, language) for place in kept)
    right = frozenset(place for place, of in enumerate(kept) if columns[of].kind == "number")
    labels = [
        place
        for place, of in enumerate(kept)
        if columns[of].kind == "label"
        or (columns[of].kind == "iri" and any(said.labelled(row[of]) for row in answer.table.rows))
    ]
    return Shown(titles, rows, right, _naming(labels, rows), evidence)


def _kept(columns: Sequence[Column]) -> list[int]:
    """Return the columns that a reader sees: no IRI beside its label, no excerpts beside their passages."""
    names, proof = {column.name for column in columns}, _proof(columns)
    return [
        place
        for place, column in enumerate(columns)
        if f"{column.name}Label" not in names and column.kind != "evidence" and not (cites(column) and proof)
    ]


def _proof(columns: Sequence[Column]) -> list[list[int]]:
    """Return the columns of evidence, those of one column of excerpts together."""
    groups: dict[str, list[int]] = {}
    for place, column in enumerate(columns):
        if column.kind == "evidence":
            groups.setdefault(column.words.fr.partition(" : ")[0].partition(BETWEEN)[2], []).append(place)
    return list(groups.values())


def _told(
    row: Sequence[Cell], columns: Sequence[Column], proof: Sequence[Sequence[int]], language: Language
) -> tuple[str, ...]:
    """Return the passages of a row, those beside its own excerpts under the name of what they are about."""
    lines: list[str] = []
    for group in proof:
        told = _passages([text(row[place]).split("\n") for place in group])
        about = columns[group[0]].heading.to(language).partition(BETWEEN)[2]
        mark = Words(" :", ":").to(language)
        lines += [about + mark, *told] if about and told else told
    return tuple(lines)


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
        if cites(column):
            return str(len(cell)) if cell else ""
        return "\n".join(said.named(term) for term in cell)
    if isinstance(cell, NamedNode) and column.kind in {"iri", "text"}:
        return said.named(cell)
    words = text(cell)
    if column.kind == "number":
        return printable(figure(words, said.language), WIDEST)
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
    return "\n".join(line for line in (asked, chosen(answer, language)) if line) + ("\n" if asked else "")


def chosen(answer: Answer, language: Language) -> str:
    """Return what was asked for, parameter by parameter, defaults included."""
    any_, default = Words("tous", "any").to(language), Words(" (par défaut)", " (default)").to(language)
    return "  ".join(
        f"{one.name} = {printable(', '.join(one.said), WIDEST) or any_}{default if one.default else ''}"
        for one in answer.chosen
    )


def _foot(answer: Answer, question: Question, language: Language) -> str:
    lines = [counted(len(answer.table), *_ROWS, language)] if len(answer.table) else []
    lines += [
        printable(said.to(language), WIDEST * 2) for said in (question.note, question.completed) if said
    ]
    return "\n".join(lines) + "\n" if lines else ""
