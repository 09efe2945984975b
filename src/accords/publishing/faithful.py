"""The parsed files as they are published: nothing that differs from one reading to the next, nothing smoothed.

1. A blank node is named by its file and its rank in it; the parser's own names differ at each reading.
2. A file that has language tags with capital letters is read again with these marked (`tags`); what is written
   of its literals passes through `tags.unmarked`.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, RdfFormat, Triple, parse

from . import tags

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from accords.loading import Document, Knowledge


def knowledge(read: Knowledge) -> Knowledge:
    """Return a knowledge with its documents made faithful; most are what they were."""
    return replace(read, data=tuple(map(document, read.data)), ontology=tuple(map(document, read.ontology)))


def document(read: Document) -> Document:
    """Return a document with stable names of blank nodes and marked tags."""
    written = read.path.read_bytes()
    triples: Iterable[Triple] = read.triples
    if tags.has_capitals(written):
        triples = (quad.triple for quad in parse(tags.marked(written), format=RdfFormat.TURTLE))
    elif not any(_blank(triple) for triple in triples):
        return read
    return replace(read, triples=tuple(_named(triples, stem(read.name))))


def stem(name: str) -> str:
    """Return how the names of the blank nodes of a file begin; their rank follows."""
    return f"f{hashlib.sha256(name.encode()).hexdigest()[:8]}b"


def _blank(triple: Triple) -> bool:
    return isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode)


def _named(triples: Iterable[Triple], stem: str) -> Iterator[Triple]:
    """Yield triples with their blank nodes named by rank: subject before object, as they are met."""
    names: dict[BlankNode, BlankNode] = {}

    def name(node: BlankNode) -> BlankNode:
        return names.setdefault(node, BlankNode(f"{stem}{len(names)}"))

    for triple in triples:
        if not _blank(triple):
            yield triple
            continue
        subject = triple.subject
        value = triple.object
        yield Triple(
            name(subject) if isinstance(subject, BlankNode) else subject,
            triple.predicate,
            name(value) if isinstance(value, BlankNode) else value,
        )
