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
    from collections.abc import Callable, Mapping, Sequence

    from accords.terms import Prefixes, Term
    from accords.things import Facts

WIDTH = 120
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_BARE = {  # literals written without quotation marks: those that every reader gives back digit for digit
    XSD + "integer": re.compile(r"0|-?[1-9][0-9]{0,17}"),
    XSD + "decimal": re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,6}"),
    XSD + "boolean": re.compile(r"true|false"),
}


def as_turtle(facts: Facts, term: NamedNode) -> str:
    """Return the record of a term and its evidence."""
    writer, blocks = _written(facts, subjects(facts, term))
    return "\n\n".join([writer.head(), *blocks]) + "\n"


def alone(facts: Facts, term: NamedNode) -> str:
    """Return the statements of a record itself, without prefixes: a piece to look at."""
    return "\n\n".join(_written(facts, (term,))[1]) + "\n"


def _written(facts: Facts, wanted: Sequence[Term]) -> tuple[Writer, list[str]]:
    """Return the blocks of subjects and of the blank nodes that they lead to, and what wrote them."""
    numbers: dict[BlankNode, int] = {}
    writer = Writer(facts.knowledge.prefixes, lambda node: f"b{numbers.setdefault(node, len(numbers)) + 1}")
    blocks = [_block(writer, facts, subject) for subject in wanted]
    written = 0
    while written < len(numbers):  # a blank node may lead to another
        blocks.append(_block(writer, facts, list(numbers)[written]))
        written += 1
    return writer, [block for block in blocks if block]


def subjects(facts: Facts, term: NamedNode) -> tuple[Term, ...]:
    """Return what a record is told by: itself, the claims about it, the excerpts that they cite."""
    claims = sorted(facts.subjects(term, ae("claimAbout")), key=str)
    cited = dict.fromkeys(facts.values(term, ae("supportedBy")))
    for claim in claims:
        cited |= dict.fromkeys(facts.values(claim, ae("supportedBy")))
    return tuple(dict.fromkeys([term, *claims, *cited]))


def _block(writer: Writer, facts: Facts, subject: Term) -> str:
    held = facts.by_subject.get(subject, {})
    order = sorted(held, key=lambda predicate: predicate != TYPE)  # the rest stays as written
    return writer.block(subject, {predicate: held[predicate] for predicate in order})


@dataclass
class Writer:
    """Writes statements in blocks; remembers the prefixes that it used, and how it wrote each name."""

    prefixes: Prefixes
    label: Callable[[BlankNode], str]  # gives the name of a blank node
    used: set[str] = field(default_factory=set)
    known: dict[NamedNode, str] = field(default_factory=dict)

    def head(self) -> str:
        """Return the declarations of the prefixes used."""
        return self.prefixes.declarations(self.used).rstrip("\n")

    def block(self, subject: Term, held: Mapping[NamedNode, Sequence[Term]], indent: str = "") -> str:
        """Return the statements of a subject, in the order given; nothing for none."""
        if not held:
            return ""
        rows = [self._row(predicate, values, indent) for predicate, values in held.items()]
        return f"{indent}{self.show(subject)} " + f" ;\n{indent}  ".join(rows) + " ."

    def _row(self, predicate: NamedNode, values: Sequence[Term], indent: str) -> str:
        verb = "a" if predicate == TYPE else self.show(predicate)
        shown = [self.show(value) for value in values]
        line = f"{verb} {' , '.join(shown)}"
        return line if len(line) <= WIDTH else f"{verb}\n{indent}    " + f" ,\n{indent}    ".join(shown)

    def show(self, term: Term) -> str:
        """Return a term as it is written here."""
        match term:
            case NamedNode():
                return self.known.get(term) or self._name(term)
            case BlankNode():
                return f"_:{self.label(term)}"
            case Literal() if (bare := _BARE.get(term.datatype.value)) and bare.fullmatch(term.value):
                return term.value
            case Literal() if term.datatype not in {STRING, LANG_STRING}:
                return f"{_safe(str(Literal(term.value)))}^^{self.show(term.datatype)}"
            case _:
                return _safe(self.prefixes.show(term))

    def _name(self, node: NamedNode) -> str:
        short = self.prefixes.shorten(node.value)
        if not short.startswith("<"):
            self.used.add(short.partition(":")[0])
        self.known[node] = written = _safe(short)
        return written


def _safe(written: str) -> str:
    """Return a term with what is not seen, or turns the reading direction, as escapes."""
    if written.isprintable():
        return written
    return "".join(_escaped(letter) for letter in written)


def _escaped(letter: str) -> str:
    if unicodedata.category(letter) not in _UNSAFE:
        return letter
    return f"\\U{ord(letter):08X}"
