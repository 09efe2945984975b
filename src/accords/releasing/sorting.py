"""Statements of several files as one file of Turtle, sorted: one block a subject, the prefixes that it uses in front."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
)

from accords.vocab import TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Triple

    from accords.terms import Prefixes, Term


def as_turtle(triples: Iterable[Triple], prefixes: Prefixes, comment: str = "") -> bytes:
    """Return statements as Turtle; blank nodes are named after their canonical form."""
    used: set[str] = set()

    def show(term: Term) -> str:
        if isinstance(term, BlankNode):
            return str(term)
        named = term.datatype if isinstance(term, Literal) else term
        if isinstance(named, NamedNode):
            used.add(prefixes.shorten(named.value).partition(":")[0])
        return prefixes.show(term)

    blocks = []
    for subject, held in _by_subject(triples).items():
        rows = (
            f"{'a' if predicate == TYPE else show(predicate)} {' , '.join(sorted(map(show, values)))}"
            for predicate, values in held.items()
        )
        blocks.append(f"{show(subject)} " + " ;\n  ".join(rows) + " .\n")
    return "\n".join([comment + prefixes.declarations(used), *blocks]).encode()


def _by_subject(triples: Iterable[Triple]) -> Mapping[Term, Mapping[NamedNode, list[Term]]]:
    """Return statements by subject and property, sorted, blank nodes last; the class comes first."""
    found = Dataset(Quad(one.subject, one.predicate, one.object, DefaultGraph()) for one in triples)
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    held: dict[Term, dict[NamedNode, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for quad in sorted(found, key=_place):
        held[quad.subject][quad.predicate].append(quad.object)
    return held


def _place(quad: Quad) -> tuple[bool, str, bool, str]:
    return isinstance(quad.subject, BlankNode), str(quad.subject), quad.predicate != TYPE, str(quad.predicate)
