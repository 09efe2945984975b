"""A filled table read back: the records that it holds, as additions to the files where they belong.

Takes the rows of a table, the kind of records if said, and the knowledge; gives a `Plan`: what would be written,
or everything that is wrong, cell by cell. Nothing is written here.

1. The first row names the fields, in either language. A second row of codes, as templates have it, counts more;
   its first cell says the kind.
2. Every cell of every row is read for its field (`filling`); a row may refer to another of the same table.
3. Each row becomes a draft. A record that the project describes already is left alone when it says all that the
   row says, and refused when it does not: a table never changes a record.
4. The drafts of a file are added to it together (`adding`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from . import adding, placing
from .authoring import Author, Draft
from .errors import AccordsError, RequestError
from .fieldnames import Given, keyed, slot_of
from .filling import Filling
from .kinds import Kinds
from .language import Words, printable
from .loading import Document
from .minting import Mint
from .names import folded
from .templates import ID, Column, columns
from .vocab import LABELS, TYPE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from .adding import Addition
    from .kinds import Kind
    from .tabular import Row, Sheet

_APART = re.compile(r"\s*(?:\||\n|\r)+\s*")


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong with a cell, or with a row."""

    line: int
    column: str  # its letter; empty for a whole row
    heading: Words
    value: str
    message: Words
    hint: Words | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a table would do."""

    kind: Kind
    rows: int
    fresh: tuple[Draft, ...]
    same: tuple[NamedNode, ...]  # records that are there already and say all of it
    additions: tuple[Addition, ...]
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True)
class Importer:
    """Plans the import of a table; `block` gives a draft as Turtle and the prefixes that it uses."""

    kinds: Kinds
    block: Callable[[Draft], tuple[str, set[str]]]
    language: str = "fr"
    target: Path | None = None
    mistakes: list[Mistake] = field(default_factory=list)

    def plan(self, sheet: Sheet, asked: str = "") -> Plan:
        """Return what a table would do, or all that is wrong with it.

        Raises RequestError for a table whose kind is not known or that has no rows.
        """
        kind, heads, rows = self._headed(sheet, asked)
        columns_of = self._columns(kind, heads)
        self.mistakes.extend(
            Mistake(one.line, one.column, self._heading(columns_of, one.column), "", one.said)
            for one in sheet.wrong
        )
        author = self._author(kind, columns_of, rows)
        drafts: list[Draft] = []
        same: list[NamedNode] = []
        for row in rows:
            author = replace(author, also=frozenset(one.node for draft in drafts for one in draft.all))
            if draft := self._draft(author, kind, columns_of, row):
                if twin := self._twin(draft, named=_named(columns_of, row)):
                    same.append(twin)
                elif self._described(draft.node):
                    self._refuse(draft, row)
                else:
                    drafts.append(draft)
        fresh = tuple(drafts)
        additions = () if self.mistakes else tuple(self._additions(fresh))
        found = tuple(sorted(self.mistakes, key=lambda one: (one.line, len(one.column), one.column)))
        return Plan(kind, len(rows), fresh, tuple(same), additions, found)

    def _headed(self, sheet: Sheet, asked: str) -> tuple[Kind, Row, Sequence[Row]]:
        """Return the kind, the row that names the columns, and the rows of records."""
        if not sheet.rows:
            raise RequestError(Words("le tableau est vide", "the table is empty"))
        head, *rest = sheet.rows
        coded = next((row for row in sheet.rows[:2] if row.cells and row.cells[0].endswith(f"/{ID}")), None)
        if coded is not None:
            head, rest = coded, [row for row in sheet.rows if row.line > coded.line]
            kind = self.kinds.find(asked or coded.cells[0].rpartition("/")[0])
        elif asked:
            kind = self.kinds.find(asked)
        else:
            raise RequestError(
                Words("la sorte de fiche n'est pas dite", "the kind of record is not said"),
                hint=Words(
                    "donner --kind SORTE (les voir : accords new)", "give --kind KIND (see them: accords new)"
                ),
            )
        if not rest:
            raise RequestError(Words("le tableau n'a aucune fiche", "the table has no record"))
        return kind, head, rest

    def _columns(self, kind: Kind, head: Row) -> dict[int, Column]:
        """Return the columns by place; a heading that names no field is a mistake."""
        known = columns(kind)
        found: dict[int, Column] = {}
        for place, cell in enumerate(head.cells):
            if not cell:
                continue
            try:
                column = self._column(kind, known, cell)
            except AccordsError as refusal:
                self._note(head.line, place, Words(cell, cell), cell, refusal)
                continue
            if column.code in {one.code for one in found.values()}:
                twice = RequestError(Words("cette colonne est là deux fois", "this column is there twice"))
                self._note(head.line, place, column.heading, cell, twice)
            else:
                found[place] = column
        return found

    def _column(self, kind: Kind, known: Sequence[Column], cell: str) -> Column:
        wanted = folded(cell)
        for column in known:
            if cell == column.code or wanted in {folded(one) for one in column.heading}:
                return column
        if wanted == ID:
            return known[0]
        given = keyed(cell, "")
        slot = slot_of(kind, self.kinds, given.key)
        language = given.language or "fr"
        return next(c for c in known if c.slot is slot and c.language in {"", language})

    def _author(self, kind: Kind, found: dict[int, Column], rows: Sequence[Row]) -> Author:
        """Return an author who knows the records of the table by their names and labels as well."""
        knowledge = self.kinds.knowledge
        triples = tuple(self._announced(kind, found, rows))
        stub = Document(Path("table"), "table", triples)
        wider = Kinds(replace(knowledge, data=(*knowledge.data, stub)), self.kinds.forms, self.kinds.demands)
        return Author(Filling(wider), self.language, minted=knowledge)

    def _announced(self, kind: Kind, found: dict[int, Column], rows: Iterable[Row]) -> Iterator[Triple]:
        mint = Mint(self.kinds.knowledge, kind.prefix)
        for row in rows:
            name = next((row.cells[at] for at, column in _within(found, row) if column.slot is None), "")
            if not name or not re.fullmatch(r"(?:\w+:)?[a-z0-9-]+", name):
                continue
            node = mint.node(name.removeprefix(f"{kind.prefix}:"))
            if self._described(node):
                continue
            yield Triple(node, TYPE, kind.term)
            for at, column in _within(found, row):
                if column.slot is not None and column.slot.path in LABELS and row.cells[at]:
                    yield Triple(node, column.slot.path, Literal(row.cells[at]))

    def _draft(self, author: Author, kind: Kind, found: dict[int, Column], row: Row) -> Draft | None:
        """Return the draft of a row, or None when something in it is wrong."""
        before = len(self.mistakes)
        given: list[Given] = []
        name = ""
        for at, cell in enumerate(row.cells):
            if cell and at not in found and not any(one.column == letter(at) for one in self.mistakes):
                nameless = RequestError(Words("cette colonne n'a pas de titre", "this column has no heading"))
                self._note(row.line, at, Words("", ""), cell, nameless)
        for at, column in _within(found, row):
            if column.code.endswith(f"/{ID}"):
                name = row.cells[at]
                self._check_name(author, kind, row, at, column)
            else:
                given += self._values(author, kind, column, row, at)
        if len(self.mistakes) > before or any(one.line == row.line for one in self.mistakes):
            return None
        try:
            return author.draft(kind, given, name, again=True)
        except AccordsError as refusal:
            at = next((at for at, column in found.items() if column.code.endswith(f"/{ID}")), 0)
            heading = found[at].heading if at in found else Words("", "")
            self._note(row.line, at, heading, name, refusal)
            return None

    def _check_name(self, author: Author, kind: Kind, row: Row, at: int, column: Column) -> None:
        try:
            author.check_name(kind, row.cells[at])
        except AccordsError as refusal:
            self._note(row.line, at, column.heading, row.cells[at], refusal)

    def _values(self, author: Author, kind: Kind, column: Column, row: Row, at: int) -> Iterator[Given]:
        """Yield the values of a cell, each read for its field; one that will not do is a mistake."""
        texts = _APART.split(row.cells[at]) if column.several else [row.cells[at]]
        for text in texts:
            if not text:
                continue
            one = Given(column.key, text, column.language)
            try:
                author.check(kind, one)
            except AccordsError as refusal:
                self._note(row.line, at, column.heading, text, refusal)
            else:
                yield one

    def _described(self, node: NamedNode) -> bool:
        return node in self.kinds.knowledge.homes

    def _twin(self, draft: Draft, *, named: bool) -> NamedNode | None:
        """Return the record that says already all that a draft says: of the same name, or any for one without."""
        nodes = [draft.node] if named else [node for node, _ in self.kinds.facts.records()]
        for node in nodes:
            if isinstance(node, NamedNode) and not draft.companions and self._says(node, draft):
                return node
        return None

    def _says(self, node: NamedNode, draft: Draft) -> bool:
        held = self.kinds.facts.by_subject.get(node, {})
        if draft.kind.term not in held.get(TYPE, ()) or not draft.values:
            return False
        return all(set(values) <= set(held.get(path, ())) for path, values in draft.values.items())

    def _refuse(self, draft: Draft, row: Row) -> None:
        """Note a record that is there already and says something else."""
        where = self.kinds.knowledge.locate(draft.node)
        show = self.kinds.knowledge.prefixes.show
        said = RequestError(
            Words(f"{show(draft.node)} existe déjà", f"{show(draft.node)} exists already"),
            hint=Words(
                f"un tableau n'ajoute que des fiches neuves ; modifier celle-ci dans {where}",
                f"a table adds new records only; change this one in {where}",
            ),
        )
        self._note(row.line, 0, Words("Nom court", "Short name"), show(draft.node), said)

    def _additions(self, drafts: Iterable[Draft]) -> Iterator[Addition]:
        blocks: dict[Path, list[str]] = {}
        prefixes: dict[Path, set[str]] = {}
        for draft in drafts:
            path = self.target or placing.place_of(draft, self.kinds)
            text, used = self.block(draft)
            blocks.setdefault(path, []).append(text)
            prefixes.setdefault(path, set()).update(used)
        for path in sorted(blocks):
            yield adding.added(self.kinds.knowledge, path, "\n".join(blocks[path]), prefixes[path])

    def _note(self, line: int, place: int, heading: Words, value: str, refusal: AccordsError) -> None:
        self.mistakes.append(
            Mistake(line, letter(place), heading, printable(value), refusal.message, refusal.hint)
        )

    def _heading(self, found: dict[int, Column], column: str) -> Words:
        return next((one.heading for at, one in found.items() if letter(at) == column), Words("", ""))


def letter(place: int) -> str:
    """Return the letter of a column, as spreadsheets name it.

    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _named(found: dict[int, Column], row: Row) -> bool:
    return any(column.code.endswith(f"/{ID}") and row.cells[at] for at, column in _within(found, row))


def _within(found: dict[int, Column], row: Row) -> Iterator[tuple[int, Column]]:
    for at, column in found.items():
        if at < len(row.cells):
            yield at, column
