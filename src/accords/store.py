"""The embedded store: a graph in memory that answers SPARQL.

A store rewrites literals (007 becomes 7), so it is only ever asked, never exported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Quad, QuerySolutions, Store, Triple, serialize
from pyoxigraph import RdfFormat as Format

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .terms import Term

__all__ = ["Store", "build", "n_triples", "rewritten", "rows"]


def build(triples: Iterable[Triple]) -> Store:
    """Return a store that holds the triples in its default graph."""
    store = Store()
    store.bulk_extend(Quad(t.subject, t.predicate, t.object) for t in triples)
    return store


def rows(store: Store, query: str) -> Iterator[dict[str, Term]]:
    """Yield the bound variables of each solution of a SELECT query."""
    solutions = store.query(query)
    if not isinstance(solutions, QuerySolutions):
        message = "not a SELECT query"
        raise TypeError(message)
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield {name: value for name in names if (value := solution[name]) is not None}


def rewritten(triple: Triple) -> Term:
    """Return the object of a triple as a store gives it back."""
    stored: Quad = next(iter(build([triple])))
    return stored.object


def n_triples(triples: Iterable[Triple]) -> bytes:
    """Return the triples as N-Triples, lexical forms kept."""
    written = serialize(triples, format=Format.N_TRIPLES)
    return written or b""
