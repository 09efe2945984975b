"""Where a term is described and named, and what a file or a project holds by name.

Takes a library and a term or what is typed; gives `Place`s: the file, and offsets in its text.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from accords import turtle
from accords.vocab import OWL, SKOS, TYPE

from .library import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accords.language import Language
    from accords.loading import Document
    from accords.turtle import Reading

    from .library import Library

MOST = 200  # things listed for what is typed
_KINDS = {NamedNode(OWL + "Class"): "class", NamedNode(SKOS + "Concept"): "concept"}
_KINDS |= {NamedNode(OWL + kind + "Property"): "property" for kind in ("Object", "Datatype", "Annotation")}


@dataclass(frozen=True, slots=True)
class Place:
    """A piece of a file."""

    document: Document
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Symbol:
    """A thing that a file describes: its name, its short name, where."""

    name: str
    curie: str
    kind: str  # « class », « property », « concept », « record »
    whole: Place
    named: Place


def definitions(library: Library, node: NamedNode) -> Iterator[Place]:
    """Yield where a term is described: the statements that begin with it, file by file."""
    for document in library.documents():
        if any(triple.subject == node for triple in document.triples):
            yield from (symbol for symbol in _subjects(document, node))


def _subjects(document: Document, node: NamedNode) -> Iterator[Place]:
    reading = reading_of(document)
    for statement in reading.statements:
        if statement.subject == node:
            token = _first(reading, statement)
            yield Place(document, token.start, token.end)


def _first(reading: Reading, statement: turtle.Statement) -> turtle.Token:
    return reading.tokens[statement.first]


def references(library: Library, node: NamedNode) -> Iterator[Place]:
    """Yield every place that names a term, in every file."""
    for document in library.documents():
        if any(node in {t.subject, t.predicate, t.object} for t in document.triples) or _typing(
            document, node
        ):
            for name in turtle.names(reading_of(document)):
                if name.node == node:
                    yield Place(document, name.token.start, name.token.end)


def _typing(document: Document, node: NamedNode) -> bool:
    """Tell whether a file names a term as a datatype."""
    return any(getattr(triple.object, "datatype", None) == node for triple in document.triples)


@lru_cache(maxsize=64)
def reading_of(document: Document) -> Reading:
    """Return what a file holds, with the places."""
    return turtle.read(document.text)


def symbols(library: Library, document: Document, language: Language) -> Iterator[Symbol]:
    """Yield the things that a file describes, in order."""
    reading = reading_of(document)
    for statement in reading.statements:
        if isinstance(statement.subject, NamedNode):
            token = _first(reading, statement)
            yield Symbol(
                *_called(library, statement.subject, language),
                Place(document, statement.start, statement.end),
                Place(document, token.start, token.end),
            )


def _called(library: Library, node: NamedNode, language: Language) -> tuple[str, str, str]:
    thing = library.facts.thing(node)
    label = thing.curie if thing.label is None else thing.label.to(language)
    kinds = (_KINDS.get(kind) for kind in library.facts.values(node, TYPE) if isinstance(kind, NamedNode))
    return label, thing.curie, next((kind for kind in kinds if kind), "record")


def named(library: Library, typed: str, language: Language) -> Iterator[Symbol]:
    """Yield the things of a project whose name or short name holds what is typed, the shortest names first."""
    wanted = folded(typed)
    found = []
    for node, names in library.names.items():
        curie = library.knowledge.prefixes.show(node)
        matching = [name for _, name in (*names, ("", folded(curie))) if wanted in name]
        if matching and node in library.knowledge.homes:
            found.append((min(len(name) for name in matching), curie, node))
    for _, _, node in sorted(found, key=lambda row: row[:2])[:MOST]:
        for document in library.knowledge.homes[node][:1]:
            place = document.locate(node)
            start = turtle.Lines(document.text).offset(place.line, place.column)
            whole = Place(document, start, start)
            yield Symbol(*_called(library, node, language), whole, whole)
