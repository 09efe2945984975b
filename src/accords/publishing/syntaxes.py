"""The syntaxes of RDF: their names, how their files are called, and the parser and serializer behind them.

The only module of conversion that knows pyoxigraph; in all others, a statement is a quad.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Protocol, cast

from pyoxigraph import Quad, RdfFormat, Triple, parse, serialize

from accords.errors import SyntaxProblem
from accords.language import Words, printable
from accords.location import Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SAYS = re.compile(r"^Parser error [^:]*: |(?: \(line \d+\))$")  # where the parser says to be
_NAMED = "Named graphs are not allowed"
_NO_BASE = "No scheme found in an absolute IRI"


class Readable(Protocol):
    """What a parser reads from."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes."""


class Writable(Protocol):
    """What a serializer writes to."""

    def write(self, data: bytes, /) -> int:
        """Write some bytes."""


ELSEWHERE = Words(
    "un contexte est ailleurs, et rien n'est cherché : ", "a context is elsewhere, and nothing is fetched: "
)


@dataclass(frozen=True, slots=True)
class Syntax:
    """A syntax: as it is typed, as its files end, and whether it can name graphs."""

    name: str
    suffixes: tuple[str, ...]
    engine: RdfFormat
    datasets: bool
    kind: str  # how its text is watched: turtle, xml or json


SYNTAXES = (
    Syntax("ttl", (".ttl", ".turtle"), RdfFormat.TURTLE, datasets=False, kind="turtle"),
    Syntax("nt", (".nt",), RdfFormat.N_TRIPLES, datasets=False, kind="turtle"),
    Syntax("nq", (".nq",), RdfFormat.N_QUADS, datasets=True, kind="turtle"),
    Syntax("trig", (".trig",), RdfFormat.TRIG, datasets=True, kind="turtle"),
    Syntax("rdf", (".rdf", ".owl", ".xml"), RdfFormat.RDF_XML, datasets=False, kind="xml"),
    Syntax("jsonld", (".jsonld", ".json"), RdfFormat.JSON_LD, datasets=True, kind="json"),
)


class NamedGraphMet(Exception):
    """A statement in a named graph, where only triples were expected."""


def quads(file: Readable, syntax: Syntax, *, base: str | None, only_triples: bool) -> Iterator[Quad]:
    """Return the statements of a text, one after the other, as its blank nodes are named.

    What comes back raises, as it is read, what `told` turns into our own errors.
    """
    return parse(
        cast("IO[bytes]", file), format=syntax.engine, base_iri=base, without_named_graphs=only_triples
    )


def write(statements: Iterable[Quad | Triple], file: Writable, syntax: Syntax) -> None:
    """Write statements as they come."""
    serialize(statements, output=cast("IO[bytes]", file), format=syntax.engine)  # type: ignore[arg-type]  # quads or triples


def told(wrong: SyntaxError | MemoryError, name: str) -> Exception:
    """Return what to raise for an error of the parser."""
    if isinstance(wrong, MemoryError):
        return SyntaxProblem(Location(name), Words("un texte n'en finit pas", "a text has no end"))
    reason = _SAYS.sub("", _SAYS.sub("", wrong.msg))
    if reason == _NAMED:
        return NamedGraphMet()
    place = Location(name, wrong.lineno, wrong.offset or 1) if wrong.lineno else Location(name)
    said = printable(reason, 200)
    if "LoadDocumentCallback" in reason or "remote context" in reason:
        return SyntaxProblem(place, Words(*(f"{told}{said}" for told in ELSEWHERE)))
    hint = None
    if _NO_BASE in reason:
        hint = Words("dire par rapport à quoi : --base IRI", "say relative to what: --base IRI")
    return SyntaxProblem(place, Words(f"illisible : {said}", f"unreadable: {said}"), hint=hint)
