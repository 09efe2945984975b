"""What an editor offers while a statement is typed.

Takes a library, a text, an offset; gives `Item`s, the likeliest first.

1. Where a property is expected: those of the form of the subject's class, the required ones that are still
   missing first, in the order of the form; then the other properties.
2. Where a value is expected: classes behind `a`, the concepts of the scheme or the records of the class that
   the property takes; when the rules name neither, or something else is typed, any term.
3. What is typed is compared with short names and with the names in both languages, case and accents apart.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from accords import turtle
from accords.vocab import DEF, OWL, RECORD, SKOS, SUBCLASS, TYPE

from .cursor import slot_at
from .library import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from accords.language import Language
    from accords.terms import Term
    from accords.turtle import Reading

    from .cursor import Slot
    from .library import Library
    from .positions import Text

MOST = 100  # items offered
_CLASS = NamedNode(OWL + "Class")
_PROPERTIES = tuple(NamedNode(OWL + kind + "Property") for kind in ("Object", "Datatype", "Annotation"))
_CONCEPT = NamedNode(SKOS + "Concept")
_IN_SCHEME = NamedNode(SKOS + "inScheme")


@dataclass(frozen=True, slots=True)
class Item:
    """Something offered: what it inserts between two offsets, and the declaration that it needs."""

    node: NamedNode
    insert: str
    start: int
    end: int
    typed: str
    label: str
    kind: str  # of the term: « property », « class », « concept », « record »
    required: bool = False
    declaration: tuple[int, str] | None = None  # where, and what


def complete(library: Library, text: Text, offset: int, language: Language) -> tuple[Item, ...]:
    """Return what may be written at an offset."""
    slot = slot_at(text.text, offset)
    if slot.expects == "nothing":
        return ()
    return tuple(itertools.islice(_Offers(library, text, offset, slot, language).items(), MOST))


@dataclass(frozen=True)
class _Offers:
    library: Library
    text: Text
    offset: int
    slot: Slot
    language: Language

    @cached_property
    def declared(self) -> Mapping[str, str]:
        """Return the prefixes in force at the place."""
        return self.text.reading.prefixes_at(self.offset)

    def items(self) -> Iterator[Item]:
        found: dict[NamedNode, None] = {}
        for node in filter(self._fits, self._likely()):
            if node not in found and not self.library.deprecated(node):
                found[node] = None
                yield self._item(node)

    def _likely(self) -> Iterator[NamedNode]:
        """Yield the terms that may stand there, the likeliest first."""
        match self.slot.expects:
            case "property":
                yield from self._properties()
            case "value":
                yield from self._values()
            case _ if self.slot.typed:
                yield from self._sorted(n for n in self.library.names if n.value.startswith(RECORD))

    def _properties(self) -> Iterator[NamedNode]:
        form = self.library.forms.of(self._kinds())
        said = {self._node(verb) for verb in self.slot.said}
        left = [path for path in form if path not in said]
        yield from (path for path in left if path in self._required)
        yield from (path for path in left if path not in self._required)
        if self.slot.typed or not form:
            yield from form
            kinds = self.library.by_class
            yield from self._sorted(node for kind in _PROPERTIES for node in kinds.get(kind, ()))

    @cached_property
    def _required(self) -> frozenset[NamedNode]:
        held = (self.library.expected.required.get(kind, frozenset()) for kind in self._kinds())
        return frozenset[NamedNode]().union(*held)

    def _kinds(self) -> list[Term]:
        """Return the classes of the subject, nearest first."""
        written = [node for name in self.slot.classes if (node := self._node(name)) is not None]
        subject = self._node(self.slot.subject)
        known: Sequence[Term] = () if subject is None else self.library.facts.values(subject, TYPE)
        return self.library.facts.above([*written, *known], SUBCLASS)

    def _values(self) -> Iterator[NamedNode]:
        verb = self._node(self.slot.verb)
        if verb is None:
            return
        kinds = self.library.by_class
        if verb == TYPE:
            classes = self._sorted(kinds.get(_CLASS, ()))
            yield from sorted(classes, key=lambda node: not node.value.startswith(DEF))
            return
        schemes = self.library.expected.schemes.get(verb, frozenset())
        yield from self._sorted(
            node
            for node in (kinds.get(_CONCEPT, ()) if schemes else ())
            if schemes & {*self.library.facts.values(node, _IN_SCHEME)}
        )
        for kind in sorted(self.library.expected.classes.get(verb, ()), key=str):
            yield from self._sorted(kinds.get(kind, ()))
        if self.slot.typed:
            yield from self._sorted(self.library.names)

    def _sorted(self, nodes: Iterable[NamedNode]) -> list[NamedNode]:
        """Return terms by label, those whose label holds what is typed first."""
        wanted = folded(self.slot.typed)
        rows = [(folded(self._label(node)), node) for node in nodes if self._fits(node)]
        rows.sort(
            key=lambda row: (
                not row[0].startswith(wanted),
                f" {wanted}" not in f" {row[0]}",
                row[0],
                row[1].value,
            )
        )
        return [node for _, node in rows]

    def _label(self, node: NamedNode) -> str:
        label = self.library.facts.thing(node).label
        return "" if label is None else label.to(self.language)

    def _fits(self, node: NamedNode) -> bool:
        typed = self.slot.typed
        curie = self.library.knowledge.prefixes.shorten(node.value)
        if not typed or curie.startswith(typed) or self._spelt(node, curie).startswith(typed):
            return True
        if ":" in typed:
            return False
        wanted = f" {folded(typed)}"
        names = [name for _, name in self.library.names.get(node, ())] or [folded(self._label(node))]
        return any(wanted in f" {name}" for name in (*names, folded(curie.partition(":")[2])))

    def _spelt(self, node: NamedNode, curie: str) -> str:
        """Return how a term is written there: its short name of the house, unless the file declares others."""
        prefix = curie.partition(":")[0]
        table = self.library.knowledge.prefixes.table
        if self.declared.get(prefix, table.get(prefix)) == table.get(prefix) and not curie.startswith("<"):
            return curie
        return turtle.spelt(node, self._prefixes)

    @cached_property
    def _prefixes(self) -> Mapping[str, str]:
        return {**self.library.knowledge.prefixes.table, **self.declared}

    def _node(self, written: str | None) -> NamedNode | None:
        """Return what a name in front of the place stands for."""
        if written == "a":
            return TYPE
        if written is None or (not written.startswith("<") and ":" not in written):
            return None
        prefix, _, local = written.partition(":")
        iri = written[1:-1] if written.startswith("<") else self._prefixes.get(prefix, f"{prefix}:") + local
        try:
            return NamedNode(iri)
        except ValueError:
            return None

    def _item(self, node: NamedNode) -> Item:
        insert = self._spelt(node, self.library.knowledge.prefixes.shorten(node.value))
        prefix = insert.partition(":")[0]
        table = self.library.knowledge.prefixes.table
        missing = not insert.startswith("<") and prefix not in self.declared
        return Item(
            node,
            insert,
            self.slot.start,
            self.offset,
            self.slot.typed,
            self._label(node),
            self._kind(node),
            required=self.slot.expects == "property" and node in self._required,
            declaration=declaration(self.text.reading, prefix, table[prefix]) if missing else None,
        )

    def _kind(self, node: NamedNode) -> str:
        kinds = self.library.facts.values(node, TYPE)
        if _CLASS in kinds:
            return "class"
        if self.slot.expects == "property":
            return "property"
        return "concept" if _CONCEPT in kinds else "record"


def declaration(reading: Reading, prefix: str, namespace: str) -> tuple[int, str]:
    """Return where a prefix is declared, in the order of their names, and the line to insert."""
    line = f"@prefix {prefix}: <{namespace}> .\n"
    declared = [one for one in reading.statements if one.kind == "prefix" and one.declares is not None]
    for one in declared:
        if one.declares is not None and one.declares[0] > prefix:
            return one.start, line
    if declared:
        return declared[-1].end, "\n" + line.rstrip("\n")
    first = next((one.start for one in reading.statements), 0)
    return first, f"{line}\n"
