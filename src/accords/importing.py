"""A filled table read back: the records that it holds, as additions to the files where they belong.

Takes the rows of a table, the kind of records if said, and the knowledge; gives a `Plan`: what would be written,
or everything that is wrong, cell by cell. Nothing is written here.

1. The headings say which field each column is (`headings`).
2. Every cell of every row is read for its field (`filling`); a row may refer to another of the same table.
3. Each row becomes a draft. A record that the project describes already is left alone when it says all that the
   row says, and refused when it does not: a table never changes a record. So is a row without a short name that
   is perhaps the record of another name (`twins`).
4. The drafts of a file are added to it together (`adding`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from . import adding, placing, twins, twinwords
from .authoring import Author, Draft
from .errors import RequestError, Several
from .fieldnames import Given
from .filling import Filling, unfit
from .headings import Headed, Mistake, headed, is_name, letter, mistake
from .kinds import Kinds
from .language import Words
from .loading import Document
from .minting import Mint
from .vocab import LABELS, TYPE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from .adding import Addition
    from .kinds import Kind
    from .language import Language
    from .tabular import Row, Sheet
    from .templates import Column
    from .twins import Twin

_APART = re.compile(r"\s*(?:\||\n|\r)+\s*")
_ONE = Words(
    "un seul texte : « | » et le retour à la ligne n'y séparent rien",
    "one text only: “|” and line breaks set nothing apart there",
)


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
    language: Language = "fr"
    target: Path | None = None
    homonym: bool = False  # records of the same name are others
    mistakes: list[Mistake] = field(default_factory=list)

    def plan(self, sheet: Sheet, asked: str = "") -> Plan:
        """Return what a table would do, or all that is wrong with it.

        Raises RequestError for a table whose kind is not known or that has no rows.
        """
        table = headed(sheet, asked, self.kinds)
        self.mistakes.extend(table.mistakes)
        author = self._author(table)
        known = twins.Twins(self.kinds)
        drafts: dict[NamedNode, tuple[Draft, Row]] = {}
        same: list[NamedNode] = []
        for row in table.rows:
            taken = frozenset(one.node for draft, _ in drafts.values() for one in draft.all)
            draft = self._draft(replace(author, also=taken), table, row, sheet.mark)
            if draft is None:
                continue
            there = self._there(known, draft, named=bool(table.name(row)))
            if there is None:
                drafts[draft.node] = draft, row
                known.add(draft)
            elif there.written is not None and not there.differences:
                same.append(there.node)
            else:
                self._refuse(there, table, row, drafts)
        fresh = tuple(draft for draft, _ in drafts.values())
        additions = () if self.mistakes else tuple(self._additions(fresh))
        found = tuple(sorted(self.mistakes, key=lambda one: (one.line, len(one.column), one.column)))
        return Plan(table.kind, len(table.rows), fresh, tuple(same), additions, found)

    def _there(self, known: twins.Twins, draft: Draft, *, named: bool) -> Twin | None:
        """Return the record of a draft that is there already, or is perhaps the same."""
        if self._described(draft.node):
            return known.beside(draft.node, draft)
        if not named and (node := known.saying(draft)) is not None:
            return known.beside(node, draft)
        return None if self.homonym else known.of(draft)

    def _author(self, table: Headed) -> Author:
        """Return an author who knows the records of the table by their names and labels as well."""
        knowledge = self.kinds.knowledge
        stub = Document(Path("table"), "table", tuple(self._announced(table)))
        wider = Kinds(replace(knowledge, data=(*knowledge.data, stub)), self.kinds.forms, self.kinds.demands)
        return Author(Filling(wider, self.language), self.language, minted=knowledge)

    def _announced(self, table: Headed) -> Iterator[Triple]:
        mint = Mint(self.kinds.knowledge, table.kind.prefix)
        for row in table.rows:
            name = table.name(row)
            if not name or not re.fullmatch(r"(?:\w+:)?[a-z0-9-]+", name):
                continue
            node = mint.node(name.removeprefix(f"{table.kind.prefix}:"))
            if self._described(node):
                continue
            yield Triple(node, TYPE, table.kind.term)
            for at, column in table.within(row):
                if column.slot is not None and column.slot.path in LABELS and row.cells[at]:
                    yield Triple(node, column.slot.path, Literal(row.cells[at]))

    def _draft(self, author: Author, table: Headed, row: Row, mark: str) -> Draft | None:
        """Return the draft of a row, or None when something in it is wrong."""
        before = len(self.mistakes)
        if mark and len(row.cells) > table.width:
            self.mistakes.append(_too_long(table, row, mark))
            return None
        for at, cell in enumerate(row.cells):
            if (
                cell
                and at not in table.columns
                and not any(one.column == letter(at) for one in self.mistakes)
            ):
                nameless = RequestError(Words("cette colonne n'a pas de titre", "this column has no heading"))
                self._note(table, row, at, cell, nameless)
        given: list[Given] = []
        for at, column in table.within(row):
            if is_name(column):
                self._check_name(author, table, row, at)
            else:
                given += self._values(author, table, column, row, at)
        if len(self.mistakes) > before or any(one.line == row.line for one in self.mistakes):
            return None
        try:
            return author.draft(table.kind, given, table.name(row), again=True)
        except RequestError as refusal:
            for one in refusal.refusals if isinstance(refusal, Several) else [refusal]:
                at = table.place([column for column in table.columns.values() if column.key == one.about])
                self._note(table, row, at, row.cells[at], one)
            return None

    def _check_name(self, author: Author, table: Headed, row: Row, at: int) -> None:
        try:
            author.check_name(table.kind, row.cells[at])
        except RequestError as refusal:
            self._note(table, row, at, row.cells[at], refusal)

    def _values(self, author: Author, table: Headed, column: Column, row: Row, at: int) -> Iterator[Given]:
        """Yield the values of a cell, each read for its field; one that will not do is a mistake."""
        cell = row.cells[at]
        if column.slot is not None and column.slot.demand.unique and _APART.search(cell):
            self._note(table, row, at, cell, unfit(column.slot, cell, _ONE))
            return
        for text in _APART.split(cell) if column.several else [cell]:
            if not text:
                continue
            one = Given(column.key, text, column.language)
            try:
                author.check(table.kind, one)
            except RequestError as refusal:
                self._note(table, row, at, text, refusal)
            else:
                yield one

    def _described(self, node: NamedNode) -> bool:
        return node in self.kinds.knowledge.homes

    def _refuse(
        self, there: Twin, table: Headed, row: Row, drafts: Mapping[NamedNode, tuple[Draft, Row]]
    ) -> None:
        """Note a record that is there already and says something else, or that is perhaps the same."""
        labels = [c for c in table.columns.values() if c.slot is not None and c.slot.path in LABELS]
        at = table.place(labels if there.name else [])
        if there.node in drafts:
            said = twinwords.refusal(there, self.kinds, drafts[there.node][1].line)
        elif there.name or not table.name(row):
            said = twinwords.refusal(there, self.kinds)
        else:
            said = twinwords.unchanged(there, self.kinds)
        self._note(table, row, at, row.cells[at], said)

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

    def _note(self, table: Headed, row: Row, place: int, value: str, refusal: RequestError) -> None:
        self.mistakes.append(mistake(row.line, place, table.heading(place), value, refusal))


def _too_long(table: Headed, row: Row, mark: str) -> Mistake:
    """Return the mistake of a row of CSV with more cells than headings: its values are out of place."""
    cells, heads = len(row.cells), table.width
    shown = {"\t": Words("une tabulation", "a tab")}.get(mark, Words(f"« {mark} »", f"“{mark}”"))
    return Mistake(
        row.line,
        "",
        Words("", ""),
        "",
        Words(f"{cells} cellules pour {heads} titres", f"{cells} cells for {heads} headings"),
        Words(
            f"mettre entre guillemets une valeur qui contient {shown.fr}, ou retirer {shown.fr} en trop",
            f"put a value that holds {shown.en} in quotation marks, or take out {shown.en} too many",
        ),
    )
