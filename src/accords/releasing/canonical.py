"""The name of a graph by what it says: SHA-256 of its canonical N-Quads (RDFC-1.0).

Two datasets have the same name when, and only when, they are isomorphic: order, prefixes and the names of blank
nodes do not count. The parser writes language tags in lower case before anything is compared.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import CanonicalizationAlgorithm, Dataset, DefaultGraph, NamedNode, Quad, RdfFormat, serialize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import Triple

    from accords.publishing.edition import Edition

ALGORITHM = "RDFC-1.0, SHA-256"


@dataclass(frozen=True, slots=True)
class Hashes:
    """The names of a dataset: whole, each of its graphs, and all its statements as one graph."""

    dataset: str
    merged: str
    graphs: Mapping[str, str]  # by IRI


def of_quads(quads: Iterable[Quad]) -> Hashes:
    """Return the names of a dataset of named graphs."""
    held = tuple(quads)
    graphs: dict[str, list[Triple]] = defaultdict(list)
    for quad in held:
        name = quad.graph_name
        graphs[name.value if isinstance(name, NamedNode) else ""].append(quad.triple)
    return Hashes(
        digest(held),
        of_triples(quad.triple for quad in held),
        {iri: of_triples(triples) for iri, triples in sorted(graphs.items())},
    )


def of_triples(triples: Iterable[Triple]) -> str:
    """Return the name of a graph, whatever it is called."""
    return digest(Quad(one.subject, one.predicate, one.object, DefaultGraph()) for one in triples)


def digest(quads: Iterable[Quad]) -> str:
    """Return the SHA-256 of a dataset in its canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(quads)).hexdigest()


def canonical(quads: Iterable[Quad]) -> bytes:
    """Return the canonical N-Quads of a dataset: one line a statement, sorted by their code points."""
    found = Dataset(quads)
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    written = serialize(found, format=RdfFormat.N_QUADS) or b""
    return b"".join(line + b"\n" for line in sorted(written.split(b"\n")) if line)


def quads(edition: Edition) -> Iterator[Quad]:
    """Yield the statements of an edition, each in the graph of its file."""
    for document in edition.knowledge.documents:
        graph = edition.source_file(document.path).graph
        for triple in document.triples:
            yield Quad(triple.subject, triple.predicate, triple.object, graph)
