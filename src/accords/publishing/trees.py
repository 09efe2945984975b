"""The parts of records: axes in their agreement, commitments in their axis, signatures in their event.

A record refers to what it is part of; here its parts are found from it, level after level.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode

from accords.framing import framed
from accords.vocab import ORG, TYPE, ae

from .asking import SUPPORTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from accords.framing import Node
    from accords.kinds import Kinds
    from accords.terms import Term

    from .asking import Group

_ORG_MEMBER = NamedNode(ORG + "member")
PARTS = (  # the properties that lead from a part to its whole
    ae("axisOf"), ae("underAxis"), ae("concernsAgreement"), ae("partOfSignature"), ae("mentionOf"),
    ae("observedIndicator"), ae("partOfFramework"), ae("excerptOf"), _ORG_MEMBER,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """What a group of records is made of: a group of parts, and the property that leads from each to its whole."""

    group: Group
    path: NamedNode

    @property
    def key(self) -> str:
        """Return the key that holds the parts."""
        return self.group.name


def parts(planned: Sequence[Group]) -> Mapping[str, tuple[Part, ...]]:
    """Return the parts of the records of each group that has some, by the name of its table."""
    found: dict[str, list[Part]] = defaultdict(list)
    for group in planned:
        for asked in group.asked:
            if asked.path in PARTS and asked.table is not None:
                found[asked.table].append(Part(group, asked.path))
    return {name: tuple(held) for name, held in found.items()}


@dataclass(frozen=True)
class Trees:
    """Each record as one tree: its statements, its parts, the excerpts of all of them."""

    kinds: Kinds
    planned: Sequence[Group]

    @cached_property
    def parts(self) -> Mapping[str, tuple[Part, ...]]:
        """Return the parts of the records of each group."""
        return parts(self.planned)

    @cached_property
    def _of(self) -> Mapping[tuple[Term, NamedNode], tuple[NamedNode, ...]]:
        """Return what refers to each record by a property that leads to a whole."""
        found: dict[tuple[Term, NamedNode], list[NamedNode]] = defaultdict(list)
        for subject, held in self.kinds.facts.records():
            for path in PARTS:
                for whole in held.get(path, ()):
                    if isinstance(subject, NamedNode):
                        found[whole, path].append(subject)
        return {key: tuple(sorted(nodes, key=str)) for key, nodes in found.items()}

    def tree(self, node: NamedNode, group: Group) -> Node:
        """Return a record with its parts and its excerpts inside.

        Raises MissingLibrary.
        """
        inside = {one: None for member in self._within(node, group) for one in (member, *self._cited(member))}
        frame, reverse = self._frame(group)
        return framed([self._node(one) for one in inside], {"@id": node.value, **frame}, reverse)

    def _within(self, node: NamedNode, group: Group) -> Iterator[NamedNode]:
        yield node
        for part in self.parts.get(group.name, ()):
            for child in self._of.get((node, part.path), ()):
                yield from self._within(child, part.group)

    def _cited(self, node: NamedNode) -> Iterator[NamedNode]:
        for excerpt in self.kinds.facts.values(node, SUPPORTED):
            if isinstance(excerpt, NamedNode):
                yield excerpt

    def _frame(self, group: Group) -> tuple[dict[str, Any], dict[str, str]]:
        frame: dict[str, Any] = {}
        reverse: dict[str, str] = {}
        for part in self.parts.get(group.name, ()):
            inner, more = self._frame(part.group)
            frame[part.key] = inner
            reverse |= {part.key: part.path.value, **more}
        return frame, reverse

    def _node(self, node: NamedNode) -> Node:
        """Return the statements of a record as JSON-LD; its references stay references."""
        held = self.kinds.facts.by_subject.get(node, {})
        said = {path.value: [_value(one) for one in values] for path, values in held.items() if path != TYPE}
        types = [one.value for one in held.get(TYPE, ()) if isinstance(one, NamedNode)]
        return {"@id": node.value, "@type": types, **said}


def _value(term: Term) -> dict[str, str]:
    match term:
        case NamedNode():
            return {"@id": term.value}
        case Literal(language=str(tongue)):
            return {"@value": term.value, "@language": tongue}
        case Literal():
            return {"@value": term.value, "@type": term.datatype.value}
        case _:
            return {"@id": "_:" + term.value if isinstance(term, BlankNode) else str(term)}
