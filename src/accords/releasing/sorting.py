"""Statements of several files as one, sorted: Turtle with a block a subject and the prefixes used, JSON-LD."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Quad,
    RdfFormat,
    serialize,
)

from accords.render.blocks import Writer
from accords.vocab import TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import NamedNode, Triple

    from accords.terms import Prefixes, Term


def as_turtle(triples: Iterable[Triple], prefixes: Prefixes, comment: str = "") -> bytes:
    """Return statements as Turtle; blank nodes are named after their canonical form."""
    writer = Writer(prefixes, lambda node: node.value)
    blocks = [writer.block(subject, held) + "\n" for subject, held in _by_subject(triples).items()]
    return "\n".join([f"{comment}{writer.head()}\n", *blocks]).encode()


def as_json(triples: Iterable[Triple]) -> bytes:
    """Return statements as JSON-LD, expanded: nothing is fetched to read it."""
    ordered = (quad.triple for quad in sorted(_canonical(triples), key=_place))
    return (serialize(ordered, format=RdfFormat.JSON_LD) or b"") + b"\n"


def _canonical(triples: Iterable[Triple]) -> Dataset:
    found = Dataset(Quad(one.subject, one.predicate, one.object, DefaultGraph()) for one in triples)
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return found


def _by_subject(triples: Iterable[Triple]) -> Mapping[Term, Mapping[NamedNode, list[Term]]]:
    """Return statements by subject and property, sorted, blank nodes last; the class comes first."""
    held: dict[Term, dict[NamedNode, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for quad in sorted(_canonical(triples), key=_place):
        held[quad.subject][quad.predicate].append(quad.object)
    return held


def _place(quad: Quad) -> tuple[bool, str, bool, str, str]:
    first = quad.predicate != TYPE
    return (
        isinstance(quad.subject, BlankNode),
        str(quad.subject),
        first,
        str(quad.predicate),
        str(quad.object),
    )
