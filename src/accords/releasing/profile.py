"""The descriptions of a release, held against the rules of their profile and against the files.

The rules of DCAT-AP 3 that a release can break are written by us (`dcat-ap.ttl`, beside this module), after the
profile of SEMIC: what is mandatory, how often, of which kind.
"""

from __future__ import annotations

from collections import defaultdict
from importlib import resources
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from accords import rulebook, shacl
from accords import store as stores
from accords.language import Words, printable
from accords.shapes import Shapes
from accords.terms import words_of

from .describing import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import Quad

    from accords.terms import Term

    from .figures import Figures

_RULES = "dcat-ap.ttl"


def rules() -> bytes:
    """Return the rules, as Turtle."""
    return (resources.files("accords.releasing") / _RULES).read_bytes()


def broken(record: Iterable[Quad]) -> Iterator[Words]:
    """Yield what a catalogue record does not have as its profile wants it."""
    shapes = tuple(quad.triple for quad in parse(rules(), format=RdfFormat.TURTLE))
    spoken = rulebook.rulebook(shapes)
    triples = tuple(quad.triple for quad in record)
    for result in shacl.validate(triples, stores.build(triples), Shapes(shapes), engine="pyshacl"):
        said = spoken.message(result.rule, {})
        focus = printable(words_of(result.focus))
        yield Words(f"{said.fr} ({focus})", f"{said.en} ({focus})")


def distributions(record: Iterable[Quad], base: str) -> tuple[tuple[str, str, str], ...]:
    """Return the path, the size and the digest that a record tells of each file."""
    said = _said(record)
    url, size, sum_ = (_term(name) for name in ("dcat:downloadURL", "dcat:byteSize", "spdx:checksum"))
    value = _term("spdx:checksumValue")
    found = []
    for held in said.values():
        for address in held.get(url, ()):
            path = unquote(words_of(address).removeprefix(base))
            digest = next(
                (words_of(one) for node in held.get(sum_, ()) for one in said[node].get(value, ())), ""
            )
            found.append((path, next(map(words_of, held.get(size, ())), ""), digest))
    return tuple(sorted(found))


def values(quads: Iterable[Quad], subject: str, predicate: str) -> frozenset[str]:
    """Return the values of a property of something, as text."""
    return frozenset(
        words_of(quad.object)
        for quad in quads
        if isinstance(quad.subject, NamedNode)
        and quad.subject.value == subject
        and quad.predicate == _term(predicate)
    )


def count(description: Iterable[Quad]) -> int:
    """Return how many figures a description tells."""
    return sum(isinstance(quad.object, Literal) and quad.object.value.isdecimal() for quad in description)


def wrong_figures(description: Iterable[Quad], found: Figures) -> Iterator[str]:
    """Yield the figures of a VoID description that are not those of the graph."""
    said = _said(description)
    held = next((rows for rows in said.values() if _term("void:classPartition") in rows), {})
    told = {name: _figure(held, f"void:{name}") for name in _COUNTED}
    counted = (
        found.statements,
        found.records,
        found.subjects,
        found.objects,
        len(found.classes),
        len(found.properties),
    )
    for name, number in zip(_COUNTED, counted, strict=True):
        if told[name] != str(number):
            yield f"void:{name} {told[name]} ({number})"
    yield from _partition(said, held, ("void:classPartition", "void:class", "void:entities"), found.classes)
    yield from _partition(
        said, held, ("void:propertyPartition", "void:property", "void:triples"), found.properties
    )
    graphs = {
        words_of(graph): _figure(said.get(graph, {}), "void:triples")
        for graph in held.get(_term("void:subset"), ())
    }
    yield from _unlike(graphs, found.graphs)


_COUNTED = ("triples", "entities", "distinctSubjects", "distinctObjects", "classes", "properties")

_Said = dict["Term", dict[NamedNode, list["Term"]]]


def _partition(
    said: _Said, held: Mapping[NamedNode, list[Term]], names: tuple[str, str, str], found: Mapping[str, int]
) -> Iterator[str]:
    part, what, number = names
    nodes = (said.get(node, {}) for node in held.get(_term(part), ()))
    told = {_figure(node, what): _figure(node, number) for node in nodes}
    yield from _unlike(told, found)


def _unlike(told: Mapping[str, str], found: Mapping[str, int]) -> Iterator[str]:
    for iri in sorted(told.keys() | found.keys()):
        if told.get(iri) != str(found.get(iri, 0)):
            yield f"{printable(iri)} {told.get(iri, '–')} ({found.get(iri, 0)})"


def _figure(held: Mapping[NamedNode, list[Term]], name: str) -> str:
    return next(map(words_of, held.get(_term(name), ())), "–")


def _said(quads: Iterable[Quad]) -> _Said:
    said: _Said = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        said[quad.subject][quad.predicate].append(quad.object)
    return said


def _term(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)
