"""Facts as a file would write them: names with its prefixes, values in short, records in blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from . import turtle
from .vocab import LANG_STRING, STRING, TYPE, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .terms import Term

Fact = tuple[NamedNode, "Term"]
_PLAIN = {  # what is written without quotation marks, by datatype
    NamedNode(XSD + "integer"): re.compile(r"[+-]?[0-9]+"),
    NamedNode(XSD + "decimal"): re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    NamedNode(XSD + "boolean"): re.compile(r"true|false"),
}


@dataclass(frozen=True)
class Spelling:
    """How names are written at one place of a file; `wanted` gathers the house prefixes still to declare."""

    prefixes: Mapping[str, str]  # in force there
    house: Mapping[str, str]
    declared: frozenset[str]  # anywhere in the file
    wanted: set[str] = field(default_factory=set)

    def name(self, node: NamedNode) -> str:
        """Return a name, with a prefix where the file or the house has one."""
        written = turtle.spelt(node, self.prefixes)
        if written.startswith("<") and self.declared:
            free = {prefix: space for prefix, space in self.house.items() if prefix not in self.declared}
            written = turtle.spelt(node, free)
            if not written.startswith("<"):
                self.wanted.add(written.partition(":")[0])
        return written

    def value(self, term: Term) -> str:
        """Return a name or a text."""
        if isinstance(term, NamedNode):
            return self.name(term)
        if not isinstance(term, Literal) or term.datatype in {STRING, LANG_STRING}:
            return str(term)
        if (plain := _PLAIN.get(term.datatype)) and plain.fullmatch(term.value):
            return term.value
        return f"{Literal(term.value)}^^{self.name(term.datatype)}"

    def properties(self, facts: Iterable[Fact]) -> list[str]:
        """Return each property with its values, in the order in which they come."""
        held: dict[NamedNode, list[str]] = {}
        for predicate, value in facts:
            held.setdefault(predicate, []).append(self.value(value))
        return [
            f"{'a' if predicate == TYPE else self.name(predicate)} {' , '.join(values)}"
            for predicate, values in held.items()
        ]

    def record(self, subject: NamedNode, facts: Iterable[Fact], line_end: str) -> str:
        """Return a record in a block of its own."""
        return f"{self.name(subject)} " + f" ;{line_end}  ".join(self.properties(facts)) + " ."
