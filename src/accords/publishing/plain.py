"""Trees as plain objects: readable keys in the order of the forms, a thing as its short name, IRI and label.

A key is the name of the column of the same property in the tables; where there may be several values, its plural
and a list. What is not recorded has no key.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode

from accords.language import LANGUAGES

from . import tags
from .asking import SUPPORTED, Shape
from .columns import EXCERPTS
from .fitting import fits
from .sheets import Sort

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from accords.framing import Node
    from accords.terms import Term

    from .asking import Asked, Group
    from .reading import Reading
    from .trees import Part

Plain = dict[str, Any]
EVIDENCE = "evidence"
_EXACT = 15  # figures that every reader of JSON keeps


@dataclass(frozen=True)
class Plainly:
    """What makes plain objects of trees."""

    reading: Reading
    planned: Sequence[Group]
    parts: Mapping[str, tuple[Part, ...]]

    @cached_property
    def _excerpts(self) -> Group:
        return next(group for group in self.planned if group.name == EXCERPTS)

    def record(self, tree: Node, group: Group, inside: NamedNode | None = None) -> Plain:
        """Return a record as a plain object; `inside` is the property that leads to the one around it."""
        node = NamedNode(tree["@id"])
        terms = (NamedNode(one) for one in _listed(tree.get("@type", ())))
        types = [self._thing(one) for one in terms if one in group.classes]
        made: Plain = {"id": self.reading.curie(node), "iri": node.value}
        if types:
            made["type"] = types[0]
        for asked in group.asked:
            if asked.path not in {SUPPORTED, inside}:
                made |= self._said(tree, asked)
        if group.name == EXCERPTS and (link := self.reading.link(node)):
            made["link"] = link
        for part in self.parts.get(group.name, ()):
            if part.key in tree:
                made[part.key] = self._parts(tree[part.key], part)
        if group.name != EXCERPTS and (cited := tree.get(SUPPORTED.value)):
            made[EVIDENCE] = [self.record(one, self._excerpts) for one in cited]
        return made

    def _parts(self, trees: Sequence[Node], part: Part) -> list[Plain]:
        made = [self.record(tree, part.group, part.path) for tree in trees]
        return sorted(made, key=lambda one: (int(one.get("position", 0)), one["iri"]))

    def _said(self, tree: Node, asked: Asked) -> Plain:
        """Return the key and the value of a property, if it has one."""
        values = [_term(one) for one in tree.get(asked.path.value, ())]
        if asked.shape is Shape.PAIR or (asked.tagged and asked.shape is Shape.SEVERAL):
            return self._texts(values, asked)
        told = [self._value(value, asked) for value in values if fits(value, asked)]
        if not told:
            return {}
        return {asked.name: told[0]} if asked.shape is Shape.ONE else {asked.several: told}

    def _texts(self, values: Sequence[Term], asked: Asked) -> Plain:
        by_language: dict[str, list[str]] = {}
        for value in values:
            if isinstance(value, Literal) and value.language is not None:
                by_language.setdefault(tags.tag(value.language), []).append(value.value)
        tongues = sorted(by_language, key=lambda one: (one not in LANGUAGES, one != "fr", one))
        if asked.shape is Shape.SEVERAL:
            return {asked.several: {one: by_language[one] for one in tongues}} if tongues else {}
        return {asked.name: {one: by_language[one][0] for one in tongues}} if tongues else {}

    def _value(self, value: Term, asked: Asked) -> object:
        match value:
            case NamedNode():
                return self._thing(value)
            case Literal(language=str(tongue)):
                return (
                    {tags.tag(tongue): value.value} if asked.tagged or asked.sort is Sort.ANY else value.value
                )
            case Literal():
                return _native(value.value, asked.sort)
            case _:
                return None

    def _thing(self, node: NamedNode) -> Plain:
        label = self.reading.name(node)
        named = {} if label is None else {"label": label._asdict()}
        return {"id": self.reading.curie(node), "iri": node.value, **named}


def _listed(held: str | Sequence[str]) -> Sequence[str]:
    return (held,) if isinstance(held, str) else held


def _native(text: str, sort: Sort) -> object:
    """Return a number or a truth as JSON has them, where every reader keeps it; else its text."""
    if sort is Sort.BOOLEAN:
        return text in {"true", "1"}
    if sort not in {Sort.INTEGER, Sort.DECIMAL, Sort.NUMBER}:
        return text
    number = Decimal(text)
    if len(number.as_tuple().digits) > _EXACT:
        return text
    return int(number) if number == number.to_integral_value() else float(number)


def _term(value: Mapping[str, Any]) -> Term:
    """Return the term of a value of JSON-LD."""
    name = value.get("@id", "_:" if "@value" not in value else None)  # a node without a name loses even that
    if name is not None:
        return BlankNode() if name.startswith("_:") else NamedNode(name)
    text = tags.tag(value["@value"])  # what looks like a tag inside a text is marked too
    if "@language" in value:
        return Literal(text, language=value["@language"])
    kind = value.get("@type")
    return Literal(text) if kind is None else Literal(text, datatype=NamedNode(kind))
