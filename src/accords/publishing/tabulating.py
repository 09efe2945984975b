"""An edition as tables: every statement of every record and concept stands in one of them.

1. A value goes to the column of its property, if the column has room and the value is what the column says
   of all its values (a date, a whole number, an IRI, a French text).
2. Else to the table of the links of its property; texts with a language to the table of texts.
3. Else to the table of other statements: nothing is lost, and no column lies about its cells.

Rows are in the order of IRIs, the values of a property in the order in which they are written.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from accords.language import LANGUAGES
from accords.terms import words_of
from accords.vocab import CONCEPT, IN_SCHEME, STRING, TYPE

from . import tags
from .asking import RECORDS, SUPPORTED, Shape, groups, scheme_table
from .columns import EVIDENCE, EXCERPTS, OTHER, TEXTS, has_links, link_sheet, sheets
from .fitting import fits
from .sheets import Row, Sort, Tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from accords.kinds import Kinds
    from accords.terms import Term

    from .asking import Asked, Group
    from .reading import Reading


def tables(kinds: Kinds, reading: Reading) -> Tables:
    """Return the tables of all records and concepts; `reading` names things."""
    planned = groups(kinds)
    filled = _Filling(kinds, reading, planned)
    filled.fill()
    made = sheets(planned)
    return Tables(made, {sheet.name: tuple(filled.rows[sheet.name]) for sheet in made})


def subjects(kinds: Kinds, planned: Sequence[Group]) -> Iterator[tuple[NamedNode, Group | None]]:
    """Yield the records, then the concepts, in the order of their IRIs, each with its group."""
    facts = kinds.facts
    by_class: dict[Term, Group] = {kind.term: group for group in planned for kind in group.kinds}
    by_table = {group.name: group for group in planned}
    for node in sorted((node for node, _ in facts.records()), key=str):
        if isinstance(node, NamedNode):
            yield node, next((by_class[one] for one in facts.values(node, TYPE) if one in by_class), None)
    for node in sorted(facts.by_subject, key=str):
        schemes = facts.values(node, IN_SCHEME)
        if isinstance(node, NamedNode) and node.value.startswith(CONCEPT) and schemes:
            yield node, by_table.get(scheme_table(schemes[0]))


@dataclass(frozen=True)
class _Filling:
    """The rows of all tables, as they are found."""

    kinds: Kinds
    reading: Reading
    planned: Sequence[Group]
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def fill(self) -> None:
        """Find the rows of every table."""
        for node, group in subjects(self.kinds, self.planned):
            table = None if group is None else group.name
            self.rows[RECORDS].append(
                (self.reading.curie(node), node.value, table, *self.reading.named(node))
            )
            self._record(node, group)

    def _record(self, node: NamedNode, group: Group | None) -> None:
        held = {path: list(values) for path, values in self.kinds.facts.by_subject[node].items()}
        if group is not None:
            row: list[str | None] = [self.reading.curie(node), node.value]
            row += self._linked(_taken(held.get(TYPE, []), lambda one: one in group.classes))
            for asked in group.asked:
                row += self._cells(node, group, asked, held.get(asked.path, []))
            if group.name == EXCERPTS:
                row.append(self.reading.link(node))
            if any(asked.path == SUPPORTED for asked in group.asked):
                row.append(self.reading.ids(self.kinds.facts.values(node, SUPPORTED)))
            self.rows[group.name].append(tuple(row))
        self._rest(node, held)

    def _cells(self, node: NamedNode, group: Group, asked: Asked, values: list[Term]) -> list[str | None]:
        """Return the cells of a property in the row of its record; values that find their place are taken."""
        match asked.shape:
            case Shape.PAIR:
                found = (_taken(values, _in(tongue)) for tongue in LANGUAGES)
                return [None if one is None else _text(one) for one in found]
            case Shape.ONE:
                return self._single(asked, _taken(values, lambda one: fits(one, asked)))
            case _ if asked.path == SUPPORTED:
                self._evidence(node, asked, values)
            case _ if has_links(asked):
                self._links(node, group, asked, values)
        return []

    def _links(self, node: NamedNode, group: Group, asked: Asked, values: list[Term]) -> None:
        rows = self.rows[link_sheet(group, asked)]
        while (value := _taken(values, lambda one: fits(one, asked))) is not None:
            cited = self.reading.ids(self.reading.backing(node, asked.path, value))
            rows.append((*self._linked(node), *self._single(asked, value), cited))

    def _evidence(self, node: NamedNode, asked: Asked, values: list[Term]) -> None:
        while (value := _taken(values, lambda one: fits(one, asked))) is not None:
            said = self.reading.words(value), self.reading.link(value)
            self.rows[EVIDENCE].append((*self._linked(node), _text(value), *said))

    def _single(self, asked: Asked, value: Term | None) -> list[str | None]:
        text = None if value is None else _text(value)
        if asked.tagged:
            return [text, _tongue(value) if isinstance(value, Literal) else None]
        if asked.sort is Sort.ANY:
            return [*self._linked(value), None if value is None else self._kind(value)]
        return self._linked(value) if asked.sort is Sort.IRI else [text]

    def _linked(self, value: Term | None) -> list[str | None]:
        return [None, None, None] if value is None else [_text(value), *self.reading.named(value)]

    def _rest(self, node: NamedNode, held: Mapping[NamedNode, Sequence[Term]]) -> None:
        for path, values in held.items():
            for value in values:
                before = (node.value, *self._linked(path))
                if isinstance(value, Literal) and value.language is not None:
                    self.rows[TEXTS].append((*before, _tongue(value), _text(value)))
                else:
                    text = None if isinstance(value, BlankNode) else _text(value)
                    self.rows[OTHER].append((*before, text, self._kind(value)))

    def _kind(self, value: Term) -> str:
        match value:
            case NamedNode():
                return "iri"
            case Literal(language=str(tongue)):
                return f"text@{tags.tag(tongue)}"
            case Literal():
                return "text" if value.datatype == STRING else self.reading.curie(value.datatype)
            case _:
                return "blank"


def _taken(values: list[Term], wanted: Callable[[Term], bool]) -> Term | None:
    """Take the first value that is wanted out of a list."""
    for place, value in enumerate(values):
        if wanted(value):
            return values.pop(place)
    return None


def _text(value: Term) -> str:
    return tags.tag(words_of(value))  # what looks like a tag inside a text is marked too


def _tongue(text: Literal) -> str | None:
    return None if text.language is None else tags.tag(text.language)


def _in(tongue: str) -> Callable[[Term], bool]:
    return lambda value: isinstance(value, Literal) and value.language == tongue
