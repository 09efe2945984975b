r"""From the text of a file to its statements, its triples with their places, and all its errors.

1. `tokens` cuts the text; what is not trivia goes through a machine with a stack of open brackets, so that
   no depth of nesting is too deep. Each open bracket knows what it expects next.
2. A triple is noted with what wrote its three terms; a bracket's end is known when it closes.
3. A mistake that leaves the rest clear (an undeclared prefix, a missing value, a missing semicolon) is noted
   and reading goes on. After any other, it goes on behind the full stop that ends the statement, or at the
   line that begins another at its first column.

What is read is Turtle 1.1 as pyoxigraph reads it: of RDF 1.2, nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from typing import Literal as Choice

from pyoxigraph import BlankNode, NamedNode

from . import faults, slips
from .machine import Machine, Row, Stopped, is_directive, is_mark
from .spelling import HALF, Problem, Refused, Speller
from .tokens import TRIVIA, Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from accords.terms import Term

_HALVES = re.compile("[\ud800-\udfff]+")
_NO_CHARACTER = "\ufdd0"  # stands for half a one: allowed in no name, yet fit for a parser
_BREAK = re.compile(r"[\r\n]")


class Span(NamedTuple):
    """Where a piece of a text begins, and where what follows it begins."""

    start: int
    end: int


class Triple(NamedTuple):
    """A triple, with the places of its subject, predicate and object.

    A term in brackets goes from the opening to the closing one. What a list writes without words (its cells,
    rdf:first, rdf:rest) stands in front of the item, with no length.
    """

    subject: NamedNode | BlankNode
    predicate: NamedNode
    object: Term
    at: tuple[Span, Span, Span]


@dataclass(frozen=True, slots=True)
class Statement:
    """A directive or a record, up to its full stop; what was given up after an error included."""

    kind: Choice["prefix", "base", "triples"]
    start: int
    end: int
    first: int  # of the tokens of the reading, its own: tokens[first:last]
    last: int
    triples: tuple[Triple, ...] = ()
    subject: Term | None = None
    declares: tuple[str, str] | None = None  # of a prefix or a base: the prefix or nothing, and the IRI
    sound: bool = True


@dataclass(frozen=True, eq=False)
class Reading:
    """What a text holds: joined, the tokens are the text; problems in the order in which they stand."""

    tokens: tuple[Token, ...]
    statements: tuple[Statement, ...]
    problems: tuple[Problem, ...]

    @cached_property
    def triples(self) -> tuple[Triple, ...]:
        """Return the triples of every statement, those in front of an error included."""
        return tuple(triple for statement in self.statements for triple in statement.triples)

    def prefixes_at(self, offset: int) -> Mapping[str, str]:
        """Return the prefixes in force at an offset."""
        return {
            statement.declares[0]: statement.declares[1]
            for statement in self.statements
            if statement.kind == "prefix" and statement.declares is not None and statement.end <= offset
        }


def read(text: str, base: str = "") -> Reading:
    r"""Return what a text holds, whatever it is.

    Blank nodes keep their labels; those without one are numbered.

    >>> found = read("@prefix e: <http://e/> .\ne:a e:b e:c , x:d .")
    >>> [(str(row.object), row.at[2]) for row in found.triples]
    [('<http://e/c>', Span(start=33, end=36))]
    >>> [(problem.start, problem.reason) for problem in found.problems]
    [(39, 'The prefix x: has not been declared')]
    """
    whole = _HALVES.sub(lambda found: _NO_CHARACTER * len(found.group()), text)
    everything = tokens(whole)
    places = [place for place, token in enumerate(everything) if token.kind not in TRIVIA]
    queue = [*(everything[place] for place in places), Token("end", "", len(text))]
    stem = "turtle-"
    while f"_:{stem}" in text:
        stem = f"{stem}-"
    machine = Machine(text, queue, Speller(base), stem, [*_halves(text)], [], [])
    statements = tuple(_statements(machine, places))
    return Reading(everything if whole == text else tokens(text), statements, tuple(sorted(machine.problems)))


def _halves(text: str) -> Iterator[Problem]:
    for found in _HALVES.finditer(text):
        yield Problem(found.start(), found.end(), HALF)


def _statements(machine: Machine, places: list[int]) -> Iterator[Statement]:
    while machine.queue[machine.at].kind != "end":
        begun, known = machine.at, len(machine.problems)
        kind, subject, declares = _one(machine)
        start, end = machine.queue[begun].start, machine.queue[machine.at - 1].end
        span = (start, end, places[begun], places[machine.at - 1] + 1)
        sound = len(machine.problems) == known
        yield Statement(kind, *span, _triples(machine.rows), subject, declares, sound)


def _one(
    machine: Machine,
) -> tuple[Choice["prefix", "base", "triples"], Term | None, tuple[str, str] | None]:
    """Read one statement, or what there is of it."""
    machine.rows = []
    begun, token = machine.at, machine.queue[machine.at]
    try:
        if is_directive(token):
            machine.ended = False
            return _directive(machine)
        begun_already = machine.ended and slips.goes_on(machine, begun)
        if begun_already:
            machine.note(faults.instead(machine.queue[begun - 1], ";"))
        subject = machine.triples(begun=begun_already)
        machine.ended = is_mark(machine.queue[machine.at - 1], ".")
    except Stopped:
        machine.at = _resumed(machine, begun)
        machine.ended = False
        subject = machine.stack[0].subject if machine.stack else None
    return "triples", None if subject is None else subject.term, None


def _directive(
    machine: Machine,
) -> tuple[Choice["prefix", "base"], None, tuple[str, str] | None]:
    """Read the declaration of a prefix or a base. Raises Stopped."""
    token = machine.next()
    kind: Choice["prefix", "base"] = "base" if token.text.lower().endswith("base") else "prefix"
    name = ""
    if kind == "prefix":
        written = machine.next()
        name = written.text[:-1]
        if written.kind != "name" or written.text.find(":") != len(name):
            raise machine.stop(faults.at(written, faults.NO_PREFIX))
    node = _declared(machine, kind)
    if node is not None:
        machine.speller.rebase(node) if kind == "base" else machine.speller.declare(name, node)
    if token.kind == "tag":
        _dot(machine)
    return kind, None, None if node is None else (name, node.value)


def _declared(machine: Machine, kind: str) -> NamedNode | None:
    iri = machine.next()
    if iri.kind != "iri":
        raise machine.stop(faults.at(iri, faults.NO_BASE if kind == "base" else faults.NO_NAMESPACE))
    try:
        return machine.speller.node(iri)
    except Refused as refused:
        machine.note(refused.problem)
        return None


def _dot(machine: Machine) -> None:
    """Pass the full stop of a directive; where it is missing, the next statement begins."""
    if not is_mark(machine.next(), "."):
        machine.at -= 1
        machine.note(faults.at(machine.queue[machine.at], faults.NO_DOT))


def _resumed(machine: Machine, begun: int) -> int:
    """Return where to go on after an error."""
    queue, at = machine.queue, machine.at
    while queue[at].kind != "end":
        if is_mark(queue[at], ".") and _ends(machine, at):
            return at + 1
        if at > begun and machine.begins(queue[at]) and not is_mark(queue[at - 1], ",", ";"):
            return at
        at += 1
    return at


def _ends(machine: Machine, at: int) -> bool:
    """Tell whether a full stop ends a statement: a text that is cut in two has full stops of its own."""
    dot, following = machine.queue[at], machine.queue[at + 1]
    if following.kind in {"end", "iri", "name", "blank"} or is_directive(following):
        return True
    return _BREAK.search(machine.text, dot.end, following.start) is not None or is_mark(following, "[", "(")


def _triples(rows: list[Row]) -> tuple[Triple, ...]:
    """Return the triples whose three terms are sound."""
    return tuple(
        Triple(
            subject.term,
            verb.term,
            value.term,
            (Span(subject.start, subject.end), Span(verb.start, verb.end), Span(value.start, value.end)),
        )
        for subject, verb, value in rows
        if subject is not None and isinstance(subject.term, (NamedNode, BlankNode))
        if verb is not None and isinstance(verb.term, NamedNode)
        if value.term is not None
    )
