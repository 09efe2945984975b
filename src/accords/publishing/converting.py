"""One file of RDF into another syntax: statement after statement, memory flat, lexical forms and labels kept.

1. The file is watched on its way to the parser (`intake`); nothing dangerous reaches it, nothing is fetched.
2. Statements in named graphs go to a syntax without graphs only when it is said which, or that all become one.
3. RDF/XML is written by our own writer, which refuses what XML cannot hold; the others by the serializer.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from accords.errors import RequestError, UnknownName
from accords.language import Words
from accords.location import Location

from . import syntaxes
from .intake import Intake
from .tags import Unmarking
from .xml import CLOSING, Element

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

    from .syntaxes import Syntax


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to become of a file."""

    given: Syntax
    wanted: Syntax
    base: str | None = None
    graph: NamedNode | None = None  # only the statements of this graph
    merge: bool = False  # the graphs become one


def convert(
    name: str, source: BinaryIO, target: BinaryIO, wanted: Wanted, context: Callable[[], bytes]
) -> None:
    """Write the statements of a file in another syntax; `context` gives the JSON-LD context of the project.

    Raises SyntaxProblem for what cannot be read or must not, RequestError for graphs that would be lost,
    UnknownName for a graph that is not there, FileRefused when the system refuses.
    """
    intake = Intake(source, name, wanted.given.kind, context)
    out = Unmarking(target, lambda: intake.tagged)
    flat = not wanted.wanted.datasets and wanted.graph is None and not wanted.merge
    try:
        read = syntaxes.quads(intake, wanted.given, base=wanted.base, only_triples=flat)
        _write(out, wanted, _chosen(read, wanted), name)
    except (SyntaxError, MemoryError) as wrong:
        raise _refusal(wrong, name) from wrong
    out.close()


def _chosen(read: Iterator[Quad], wanted: Wanted) -> Iterable[Quad | Triple]:
    """Return the statements wanted, as the syntax wanted takes them."""
    if wanted.graph is not None:
        return _of_graph(read, wanted.graph, triples=not wanted.wanted.datasets or wanted.merge)
    if wanted.merge:
        return (quad.triple for quad in read) if not wanted.wanted.datasets else _merged(read)
    return read


def _merged(read: Iterator[Quad]) -> Iterator[Quad]:
    for quad in read:
        yield Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())


def _of_graph(read: Iterator[Quad], graph: NamedNode, *, triples: bool) -> Iterator[Quad | Triple]:
    found = False
    for quad in read:
        if quad.graph_name == graph:
            found = True
            yield quad.triple if triples else quad
    if not found:
        raise UnknownName(Words("graphe", "graph"), graph.value, ())


def _write(out: Unmarking, wanted: Wanted, statements: Iterable[Quad | Triple], name: str) -> None:
    if wanted.wanted.name != "rdf":
        syntaxes.write(statements, out, wanted.wanted)
        return
    element = Element({}, lambda *_: Location(name))
    out.write(element.opening().encode())
    triples = (one.triple if isinstance(one, Quad) else one for one in statements)
    for subject, rows in groupby(triples, key=lambda triple: triple.subject):
        said = ((triple.predicate, triple.object) for triple in rows)
        out.write(element.of(subject, said).encode())
    out.write(CLOSING)


def _refusal(wrong: SyntaxError | MemoryError, name: str) -> Exception:
    found = syntaxes.told(wrong, name)
    if not isinstance(found, syntaxes.NamedGraphMet):
        return found
    return RequestError(
        Words(
            f"{name} nomme des graphes, que la forme voulue ne sait pas dire",
            f"{name} names graphs, which the form wanted cannot tell",
        ),
        hint=Words(
            "en prendre un : --graph IRI ; n'en faire qu'un : --merge ; les garder : --to nq ou trig",
            "take one: --graph IRI; make them one: --merge; keep them: --to nq or trig",
        ),
    )
