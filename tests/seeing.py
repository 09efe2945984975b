"""Which triples of a graph the answer of a query can depend on.

A query reads a graph by its basic patterns only: while these have the same solutions, so has the query. And a
solution of one counts only where it agrees with what stands beside it. So, for each basic pattern of the
algebra (rdflib's; what it is read with answers nothing):

1. Beside it stand the patterns that any solution must have as well (`_always`): those joined to it, those that
   an OPTIONAL, a MINUS or an EXISTS stands after. Nothing passes into a subquery, which sees no other variable.
2. The triples of the solutions of all these together are those it sees: one CONSTRUCT finds them.
3. Of a path that repeats or chooses, every triple of its predicates.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, Quad, QueryTriples
from rdflib import URIRef
from rdflib.paths import InvPath, MulPath, Path, SequencePath
from rdflib.plugins.sparql.algebra import translateGroupGraphPattern, translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import BNode, Variable

from accords import store as stores

if TYPE_CHECKING:
    from collections.abc import Iterator

_FRESH = itertools.count()


@dataclass(frozen=True)
class Step:
    """One pattern of a query: its text, and the predicates of its path when it is one that repeats or chooses."""

    text: str
    along: frozenset[URIRef] = frozenset()


@dataclass(frozen=True)
class Basic:
    """A basic pattern, and the text of what must hold beside it."""

    steps: tuple[Step, ...]
    beside: tuple[str, ...]


def seen(store: stores.Store, query: str) -> stores.Store:
    """Return the triples of a store that the answer of a query can depend on."""
    found = stores.Store()
    for basic in _basics(translateQuery(parseQuery(query)).algebra, ()):
        shown = " ".join(step.text for step in basic.steps if not step.along)
        asked = " ".join([*(step.text for step in basic.steps), *basic.beside])
        triples = store.query(f"CONSTRUCT {{ {shown} }} WHERE {{ {asked} }}")
        assert isinstance(triples, QueryTriples)
        found.extend(Quad(*triple) for triple in triples)
        for predicate in frozenset().union(*(step.along for step in basic.steps)):
            found.extend(store.quads_for_pattern(None, NamedNode(predicate), None))
    return found


def _basics(node: object, beside: tuple[str, ...]) -> Iterator[Basic]:
    """Yield the basic patterns of an algebra."""
    if isinstance(node, list | tuple):
        for part in node:
            yield from _basics(part, beside)
    if not isinstance(node, CompValue):
        return
    match node.name:
        case "BGP":
            yield Basic(tuple(_steps(node)), beside)
        case "Join":
            yield from _basics(node.p1, (*beside, *_always(node.p2)))
            yield from _basics(node.p2, (*beside, *_always(node.p1)))
        case "LeftJoin" | "Minus":
            yield from _basics(node.p1, beside)
            yield from _basics(node.p2, (*beside, *_always(node.p1)))
            yield from _basics(node.get("expr"), (*beside, *_always(node.p1), *_always(node.p2)))
        case "Filter" | "Extend":
            yield from _basics(node.p, beside)
            yield from _basics(node.expr, (*beside, *_always(node.p)))
        case "Builtin_EXISTS" | "Builtin_NOTEXISTS":
            yield from _basics(translateGroupGraphPattern(node.graph), beside)
        case "ToMultiSet":
            yield from _basics(node.p, ())
        case _:
            yield from _basics([*node.values()], beside)


def _always(node: CompValue) -> tuple[str, ...]:
    """Return the text of the patterns that every solution of a part meets."""
    match node.name:
        case "BGP":
            return tuple(step.text for step in _steps(node))
        case "Join":
            return (*_always(node.p1), *_always(node.p2))
        case "LeftJoin" | "Minus":
            return _always(node.p1)
        case "Filter" | "Extend":
            return _always(node.p)
        case "Union":
            return (" UNION ".join(f"{{ {' '.join(_always(side))} }}" for side in (node.p1, node.p2)),)
        case "ToMultiSet" if node.p.name == "values":
            return (_values(node.p.res),)
        case _:
            return ()


def _values(rows: list[dict[Variable, Any]]) -> str:
    names = sorted({name for row in rows for name in row})
    lines = (f"({' '.join(_term(row[name]) for name in names)})" for row in rows)
    return f"VALUES ({' '.join(map(_term, names))}) {{ {' '.join(lines)} }}"


def _steps(basic: CompValue) -> Iterator[Step]:
    for subject, predicate, thing in basic.triples:
        yield from _step(subject, predicate, thing)


def _step(subject: Any, predicate: Any, thing: Any) -> Iterator[Step]:  # noqa: ANN401  # any node of rdflib
    """Yield what a pattern says, a path followed step by step."""
    match predicate:
        case InvPath():
            yield from _step(thing, predicate.arg, subject)
        case SequencePath():
            between = [Variable(f"step_{next(_FRESH)}") for _ in predicate.args[1:]]
            nodes = [subject, *between, thing]
            for place, part in enumerate(predicate.args):
                yield from _step(nodes[place], part, nodes[place + 1])
        case Path():
            text = f"{_term(subject)} {predicate.n3()} {_term(thing)} ."
            yield Step(text, frozenset(_along(predicate)))
        case _:
            yield Step(f"{_term(subject)} {_term(predicate)} {_term(thing)} .")


def _along(path: Any) -> Iterator[URIRef]:  # noqa: ANN401  # any path of rdflib
    """Yield the predicates of a path; one that says what it does not follow has no `args` of ours."""
    match path:
        case URIRef():
            yield path
        case MulPath():
            yield from _along(path.path)
        case InvPath():
            yield from _along(path.arg)
        case _:
            for part in path.args:
                yield from _along(part)


def _term(term: Any) -> str:  # noqa: ANN401  # any node of rdflib
    match term:
        case BNode():
            return f"?node_{term}"
        case "UNDEF":
            return "UNDEF"
        case _:
            return str(term.n3())
