"""The parts of the content as one dataset, for the tests about the ontology.

In: the Turtle files of `ontology/`, `shapes/`, `data/` and of the invented world, and the questions. Out: their triples, or a
store in which each part is a named graph `urn:x-accords:graph/…` (ontology, concepts, alignments, stubs,
prefixes, shapes, data, queries, and released once there is a release) and the default graph holds the ontology with
its concepts. Parsed once for all tests; whoever plants something in the store takes it out again.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions, RdfFormat, Store, Triple, parse
from pyoxigraph import Literal as RdfLiteral

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import BlankNode, Literal

    Term = NamedNode | BlankNode | Literal | Triple

ROOT = Path(__file__).resolve().parent.parent
ONTOLOGY = ROOT / "ontology"
BASE = "https://w3id.org/accords-emploi/"
AE = BASE + "def#"
GRAPH = "urn:x-accords:graph/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SH = "http://www.w3.org/ns/shacl#"
DCTERMS = "http://purl.org/dc/terms/"
VANN = "http://purl.org/vocab/vann/"
TYPE = NamedNode(RDF + "type")
SELECT = NamedNode(SH + "select")
PROPERTY_KINDS = frozenset(
    OWL + kind for kind in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
)

_APART = {"stubs", "prefixes", "released"}  # files of the ontology that are a part by themselves


@cache
def files() -> dict[str, list[Path]]:
    """Return the files of each part."""
    found: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(ONTOLOGY.glob("*.ttl")):
        found[path.stem if path.stem in _APART else "ontology"].append(path)
    found["concepts"] = sorted((ONTOLOGY / "concepts").glob("*.ttl"))
    found["alignments"] = sorted((ONTOLOGY / "alignments").glob("*.ttl"))
    found["shapes"] = sorted((ROOT / "shapes").glob("*.ttl"))
    world = ROOT / "tests" / "world" / "data"
    found["data"] = sorted((ROOT / "data").rglob("*.ttl")) + sorted(world.rglob("*.ttl"))
    found["queries"] = sorted((ROOT / "queries").rglob("*.rq"))
    return found


@cache
def of(*names: str) -> tuple[Triple, ...]:
    """Return the triples of one or several parts."""
    return tuple(triple for name in names for path in files()[name] for triple in triples(path))


def core() -> tuple[Triple, ...]:
    """Return the ontology and its stubs: what reasoners are given."""
    return of("ontology", "stubs")


def triples(path: Path) -> Iterator[Triple]:
    """Yield the triples of a file; a question is one, with its text as sh:select."""
    if path.suffix == ".rq":
        yield Triple(
            NamedNode(f"urn:x-accords:question/{path.stem}"),
            SELECT,
            RdfLiteral(path.read_text(encoding="utf-8")),
        )
        return
    for quad in parse(path.read_bytes(), format=RdfFormat.TURTLE):
        yield quad.triple


@cache
def dataset() -> Store:
    """Return every part in its graph."""
    store = Store()
    for name in files():
        store.extend(quad for triple in of(name) for quad in _placed(name, triple))
    return store


def store_of(what: Iterable[Triple]) -> Store:
    """Return a store that holds triples in its default graph."""
    store = Store()
    store.extend(quad(triple) for triple in what)
    return store


def quad(triple: Triple, graph: NamedNode | DefaultGraph | None = None) -> Quad:
    """Return a triple as a quad of a graph."""
    return Quad(triple.subject, triple.predicate, triple.object, graph or DefaultGraph())


def _placed(name: str, triple: Triple) -> Iterator[Quad]:
    yield quad(triple, NamedNode(GRAPH + name))
    if name in {"ontology", "concepts"}:
        yield quad(triple)


@contextmanager
def planted(store: Store, name: str, what: Iterable[Triple]) -> Iterator[None]:
    """Add triples to a part for a while."""
    quads = [quad for triple in what for quad in _placed(name, triple) if quad not in store]
    store.extend(quads)
    try:
        yield
    finally:
        for quad in quads:
            store.remove(quad)


@contextmanager
def taken(store: Store, subject: str, predicate: str) -> Iterator[None]:
    """Take the values of a property away for a while."""
    quads = list(store.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None))
    for quad in quads:
        store.remove(quad)
    try:
        yield
    finally:
        store.extend(quads)


@cache
def prefixes() -> dict[str, str]:
    """Return the house table of prefixes."""
    asked = f"SELECT ?prefix ?space {{ ?d <{SH}prefix> ?prefix ; <{SH}namespace> ?space }}"
    return {row["prefix"]: row["space"] for row in rows(store_of(of("prefixes")), asked)}


def turtle(text: str, more: dict[str, str] | None = None) -> list[Triple]:
    """Return the triples of a piece of Turtle written with the house prefixes; `{base}` is our base IRI."""
    table = prefixes() | (more or {})
    head = "".join(f"@prefix {name}: <{space}> .\n" for name, space in table.items())
    written = head + text.replace("{base}", BASE)
    return [quad.triple for quad in parse(written.encode(), format=RdfFormat.TURTLE)]


def rows(store: Store, query: str) -> list[dict[str, str]]:
    """Return the rows of a SELECT, each bound variable as text."""
    answer = store.query(query)
    assert isinstance(answer, QuerySolutions)
    names = [variable.value for variable in answer.variables]
    return [
        {name: text(cell) for name, cell in zip(names, row, strict=True) if cell is not None}
        for row in answer
    ]


def text(term: Term) -> str:
    """Return an IRI, a label of a blank node or the text of a literal."""
    return str(term) if isinstance(term, Triple) else term.value


def terms() -> dict[str, set[str]]:
    """Return our terms by kind: local names."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for triple in core():
        if triple.predicate == TYPE and text(triple.subject).startswith(AE):
            kinds[text(triple.object)].add(text(triple.subject).removeprefix(AE))
    return kinds


def all_terms() -> set[str]:
    """Return every term of ours."""
    return set().union(*terms().values())
