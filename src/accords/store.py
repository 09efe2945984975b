"""The embedded store: a graph in memory that answers SPARQL.

A store rewrites literals (007 becomes 7), so it is only ever asked, never exported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Quad, QueryBoolean, QuerySolutions, Store, Triple, parse, serialize
from pyoxigraph import RdfFormat as Format

from .solutions import BOOLEAN_COLUMN, TRIPLE_COLUMNS, Solutions, TooManyRows, truth

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from .terms import Term

__all__ = ["Store", "answer", "build", "load", "n_triples", "rewritten", "rows", "triples"]


def build(triples: Iterable[Triple]) -> Store:
    """Return a store that holds the triples in its default graph."""
    store = Store()
    store.bulk_extend(Quad(t.subject, t.predicate, t.object) for t in triples)
    return store


def load(paths: Iterable[Path]) -> Store:
    """Return a store filled from Turtle files, each parsed straight into it.

    Raises SyntaxError for a file that does not parse, its path in a note.
    """
    store = Store()
    for path in paths:
        try:
            store.bulk_load(path=path, format=Format.TURTLE, base_iri=path.absolute().as_uri())
        except SyntaxError as wrong:
            wrong.add_note(str(path))
            raise
    return store


def answer(store: Store, query: str, most: int) -> Solutions:
    """Return what a query of any form finds: rows, one truth, or triples.

    Raises SyntaxError for a query that does not parse, TooManyRows when it finds more than `most`.
    """
    found = store.query(query)
    if isinstance(found, QueryBoolean):
        return Solutions((BOOLEAN_COLUMN,), ((truth(bool(found)),),))
    gathered: list[tuple[Term | None, ...]] = []
    if isinstance(found, QuerySolutions):
        names = tuple(variable.value for variable in found.variables)
        for solution in found:
            gathered.append(tuple(solution))
            if len(gathered) > most:
                raise TooManyRows(most)
        return Solutions(names, tuple(gathered))
    for triple in found:
        gathered.append((triple.subject, triple.predicate, triple.object))
        if len(gathered) > most:
            raise TooManyRows(most)
    return Solutions(TRIPLE_COLUMNS, tuple(gathered), triples=True)


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


def triples(written: bytes) -> tuple[Triple, ...]:
    """Return the triples of N-Triples, lexical forms and names of blank nodes kept."""
    return tuple(quad.triple for quad in parse(written, format=Format.N_TRIPLES))


def n_triples(triples: Iterable[Triple]) -> bytes:
    """Return the triples as N-Triples, lexical forms kept."""
    written = serialize(triples, format=Format.N_TRIPLES)
    return written or b""
