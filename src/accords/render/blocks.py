"""A record as Turtle, ready to be read again: its block, the claims about it, the excerpts that they cite.

The house style: one subject a block, `a` first, `;` between properties, an empty line between blocks, the
prefixes that are used in front. Control and bidirectional characters are written as escapes, which reads back
as the same text; blank nodes are numbered in the order in which they are met.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from accords.vocab import LANG_STRING, STRING, TYPE, XSD, ae

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accords.terms import Prefixes, Term
    from accords.things import Facts

WIDTH = 120
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_BARE = {  # literals that Turtle writes without quotation marks
    XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD + "boolean": re.compile(r"true|false"),
}


def as_turtle(facts: Facts, term: NamedNode) -> str:
    """Return the record of a term and its evidence."""
    described = subjects(facts, term)
    writer = _Writer(facts, facts.knowledge.prefixes)
    blocks = [writer.block(subject) for subject in described]
    blocks += writer.blanks()
    return "\n\n".join([writer.head(), *(block for block in blocks if block)]) + "\n"


def alone(facts: Facts, term: NamedNode) -> str:
    """Return the statements of a record itself, without prefixes: a piece to look at."""
    writer = _Writer(facts, facts.knowledge.prefixes)
    return "\n\n".join([writer.block(term), *writer.blanks()]) + "\n"


def subjects(facts: Facts, term: NamedNode) -> tuple[Term, ...]:
    """Return what a record is told by: itself, the claims about it, the excerpts that they cite."""
    claims = sorted(facts.subjects(term, ae("claimAbout")), key=str)
    cited = dict.fromkeys(facts.values(term, ae("supportedBy")))
    for claim in claims:
        cited |= dict.fromkeys(facts.values(claim, ae("supportedBy")))
    return tuple(dict.fromkeys([term, *claims, *cited]))


@dataclass
class _Writer:
    facts: Facts
    prefixes: Prefixes
    used: set[str] = field(default_factory=set)
    numbers: dict[BlankNode, int] = field(default_factory=dict)
    written: int = 0  # blank nodes that have their block

    def head(self) -> str:
        return self.prefixes.declarations(self.used).rstrip("\n")

    def block(self, subject: Term) -> str:
        held = self.facts.by_subject.get(subject)
        if not held:
            return ""
        order = sorted(held, key=lambda predicate: predicate != TYPE)  # the rest stays as written
        rows = [self._row(predicate, held[predicate]) for predicate in order]
        return f"{self.show(subject)} " + " ;\n  ".join(rows) + " ."

    def blanks(self) -> list[str]:
        """Return the blocks of the blank nodes met, and of those that they lead to."""
        blocks: list[str] = []
        while self.written < len(self.numbers):
            node = list(self.numbers)[self.written]
            self.written += 1
            blocks.append(self.block(node))
        return blocks

    def _row(self, predicate: NamedNode, values: Sequence[Term]) -> str:
        verb = "a" if predicate == TYPE else self.show(predicate)
        shown = [self.show(value) for value in values]
        line = f"{verb} {' , '.join(shown)}"
        return line if len(line) <= WIDTH else f"{verb}\n    " + " ,\n    ".join(shown)

    def show(self, term: Term) -> str:
        match term:
            case BlankNode():
                return f"_:b{self.numbers.setdefault(term, len(self.numbers)) + 1}"
            case Literal() if (bare := _BARE.get(term.datatype.value)) and bare.fullmatch(term.value):
                return term.value
            case _:
                shown = self.prefixes.show(term)
        self._note(term)
        return "".join(_escaped(letter) for letter in shown)

    def _note(self, term: Term) -> None:
        named = term.datatype if isinstance(term, Literal) else term
        if isinstance(named, NamedNode) and named not in {STRING, LANG_STRING}:
            short = self.prefixes.shorten(named.value)
            if not short.startswith("<"):
                self.used.add(short.partition(":")[0])


def _escaped(letter: str) -> str:
    if unicodedata.category(letter) not in _UNSAFE:
        return letter
    return f"\\U{ord(letter):08X}"
