"""SHACL engines behind one interface: results as values, whoever computes them.

What SHACL Core can say goes to an engine: `pyshacl-turbo` (fast, optional) or pySHACL (the reference,
always there). SPARQL constraints run set at a time on the store (`constraints`).
`reference` leaves everything to pySHACL, SPARQL constraints included, one focus node at a time.

Both engines are given N-Triples bytes, never a store (stores rewrite strings and numbers), and rdflib is
told not to normalise literals. JavaScript is never on, imports are never followed.
"""

from __future__ import annotations

import functools
import importlib.util
import logging
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from pyoxigraph import BlankNode, NamedNode, Triple
from pyoxigraph import Literal as RdfLiteral

from . import store as stores
from .constraints import Result, as_written, check_syntax, reason_of, results
from .language import Words
from .rulebook import SEVERITIES
from .shapes import ShapesProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pyoxigraph import Store

    from .shapes import Shapes
    from .terms import Term

Engine = Literal["auto", "fast", "pyshacl", "reference"]
_NAME = NamedNode("urn:accords:name")  # what a blank node is called here, in what the fast engine is given
_REFUSALS = (ValueError, TypeError, KeyError, NotImplementedError)  # how engines refuse a shape
ENGINES: tuple[Engine, ...] = ("auto", "fast", "pyshacl", "reference")


def fast_available() -> bool:
    """Tell whether the fast engine is installed."""
    return all(importlib.util.find_spec(name) for name in ("pyshacl_turbo", "rdflib_turbo"))


def resolved(engine: Engine) -> Engine:
    """Return the engine that `auto` stands for on this machine, any other being itself."""
    if engine == "auto":
        return "fast" if fast_available() else "pyshacl"
    return engine


def warm(engine: Engine = "auto") -> None:
    """Import what the engine needs, for whoever has the time."""
    _rdflib()
    if resolved(engine) == "fast":
        import rdflib_turbo  # noqa: F401  # imported for what it costs
    else:
        import pyshacl  # noqa: F401  # imported for what it costs


def validate(
    graph: tuple[Triple, ...],
    store: Store,
    shapes: Shapes,
    *,
    engine: Engine = "auto",
    running: Callable[[str], None] = lambda _: None,
) -> tuple[Result, ...]:
    """Return the results of the shapes on the graph, sorted, each once.

    `store` holds the same triples as `graph`; `running` is told each rule before it runs. Raises ShapesProblem.
    """
    running("shapes")
    check_syntax(shapes)
    chosen = resolved(engine)
    if chosen == "reference":
        found = [*_reference(graph, shapes, running)]
    else:
        core = _fast if chosen == "fast" else _pyshacl
        found = [*as_written(results(store, shapes, running), graph), *core(graph, shapes, running)]
    return _each_once(found)


def validate_near(
    graph: tuple[Triple, ...],
    shapes: Shapes,
    focus: frozenset[Term],
    *,
    engine: Engine = "auto",
    running: Callable[[str], None] = lambda _: None,
) -> tuple[Result, ...]:
    """Return the results on some nodes, from a graph that has all that the shapes can see from them.

    What the graph shows of other nodes is not whole, so nothing is said of them. Raises ShapesProblem.
    """
    running("shapes")
    found = [*as_written(results(stores.build(graph), shapes, running), graph)]
    if shapes.targeted and resolved(engine) == "fast":
        found += _fast_near(graph, shapes, focus, running)
    elif shapes.targeted:
        found += _pyshacl(graph, shapes, running)
    return _each_once(result for result in found if result.focus in focus)


def _each_once(found: Iterable[Result]) -> tuple[Result, ...]:
    """Return the results sorted, each once."""
    first: dict[tuple[str, ...], Result] = {}
    for result in sorted(found, key=lambda result: (result.key, str(result.bound))):
        first.setdefault(result.key, result)  # of several ways to say one thing, always the same
    return tuple(first.values())


def _fast(triples: tuple[Triple, ...], shapes: Shapes, running: Callable[[str], None]) -> Iterator[Result]:
    rdflib = _rdflib()
    data, names = _dataset(triples)
    for shape in shapes.targeted:
        running(shape.value)
        try:
            _, report, _ = _compiled(shapes).validate(data, use_shapes=[rdflib.URIRef(shape.value)])
        except RuntimeError as stopped:
            _only_too_long(stopped)
            yield from _by_pyshacl(triples, [(shape.value, shapes.around(shape))], running)
        else:
            yield from _report(report, names)


def _only_too_long(stopped: RuntimeError) -> None:
    """Raise what stopped the fast engine again, unless it gave up a pattern on a text of some 250,000 letters.

    The other engine has no such bound; the limit of time stands for both.
    """
    if "backtracking" not in str(stopped):
        raise stopped


def _fast_near(
    triples: tuple[Triple, ...],
    shapes: Shapes,
    focus: frozenset[Term],
    running: Callable[[str], None],
) -> Iterator[Result]:
    """Yield what the fast engine says of some nodes; blank nodes cannot be named to it."""
    rdflib = _rdflib()
    data, names = _dataset(triples)
    named = [rdflib.URIRef(node.value) for node in focus if isinstance(node, NamedNode)]
    only = named if len(named) == len(focus) else None
    try:
        _, report, _ = _compiled(shapes).validate(data, focus_nodes=only)
    except RuntimeError as stopped:
        _only_too_long(stopped)
        yield from _pyshacl(triples, shapes, running)
    else:
        yield from _report(report, names)


def _dataset(triples: tuple[Triple, ...]) -> tuple[Any, Mapping[str, str]]:
    """Return the triples as the fast engine holds them, and our names of the blank nodes that it renames.

    Each blank node is given its name as a value, which is asked back under the name that the engine gives.
    """
    import rdflib_turbo

    nodes = _blank_nodes(triples)
    marks = (Triple(node, _NAME, RdfLiteral(node.value)) for node in nodes)
    data = rdflib_turbo.Dataset()
    data.parse(data=stores.n_triples((*triples, *marks)), format="nt")
    asked = data.query(f"SELECT ?node ?name WHERE {{ ?node {_NAME} ?name }}") if nodes else ()
    return data, {str(node): str(name) for node, name in asked}


def _blank_nodes(triples: tuple[Triple, ...]) -> list[BlankNode]:
    """Return the blank nodes of a graph, sorted by name."""
    found = {
        term for triple in triples for term in (triple.subject, triple.object) if isinstance(term, BlankNode)
    }
    return sorted(found, key=lambda node: node.value)


@functools.lru_cache(maxsize=8)
def _compiled(shapes: Shapes) -> Any:
    """Return the Core part compiled for the fast engine; shapes are compared by identity."""
    import rdflib_turbo  # noqa: F401  # imported first, it lends its datasets to the compiled shapes

    try:
        return _compile(shapes.core)
    except _REFUSALS as wrong:
        for shape in shapes.targeted:  # one of them: which?
            try:
                _compile(shapes.around(shape))
            except _REFUSALS as reason:
                raise ShapesProblem(shape.value, reason_of(reason)) from reason
        everywhere = "shapes"
        raise ShapesProblem(everywhere, reason_of(wrong)) from wrong


def _compile(triples: tuple[Triple, ...]) -> Any:
    rdflib = _rdflib()
    import pyshacl_turbo

    graph = rdflib.Graph(bind_namespaces="none").parse(data=stores.n_triples(triples), format="nt")
    return pyshacl_turbo.compile_shapes(graph, advanced=True)


def _pyshacl(triples: tuple[Triple, ...], shapes: Shapes, running: Callable[[str], None]) -> Iterator[Result]:
    """Yield what pySHACL says of each shape, cut out: its own `use_shapes` drops named property shapes."""
    return _by_pyshacl(triples, ((shape.value, shapes.around(shape)) for shape in shapes.targeted), running)


def _reference(
    triples: tuple[Triple, ...], shapes: Shapes, running: Callable[[str], None]
) -> Iterator[Result]:
    return _by_pyshacl(
        triples, ((shape.value, shapes.around(shape, sparql=True)) for shape in shapes.targeted), running
    )


def _by_pyshacl(
    triples: tuple[Triple, ...],
    parts: Iterable[tuple[str, tuple[Triple, ...]]],
    running: Callable[[str], None],
) -> Iterator[Result]:
    rdflib = _rdflib()
    import pyshacl

    same = {node.value: rdflib.BNode(node.value) for node in _blank_nodes(triples)}
    data = _remembering_graph().parse(data=stores.n_triples(triples), format="nt", bnode_context=same)
    for shape, part in parts:
        running(shape)
        graph = rdflib.Graph(bind_namespaces="none").parse(data=stores.n_triples(part), format="nt")
        try:
            _, report, text = pyshacl.validate(
                data,
                shacl_graph=graph,
                advanced=True,
                inference="none",
                inplace=True,
                js=False,
                do_owl_imports=False,
            )
        except (*_REFUSALS, RuntimeError, re.error) as wrong:  # pySHACL's own errors are RuntimeErrors
            raise ShapesProblem(shape, reason_of(wrong)) from wrong
        if not isinstance(report, rdflib.Graph):
            raise ShapesProblem(shape, Words(str(text), str(text)))
        yield from _report(report)


def _remembering_graph() -> Any:
    """Return an empty rdflib graph that parses each query text once.

    pySHACL hands the same text over again for each focus node, and parsing it is most of its run time.
    """
    rdflib = _rdflib()
    from rdflib.plugins import sparql

    sparql.SPARQL_LOAD_GRAPHS = False  # a FROM would be fetched
    prepared = functools.cache(sparql.prepareQuery)

    def query(graph: Any, asked: Any, *arguments: Any, **keywords: Any) -> Any:
        known = prepared(asked) if isinstance(asked, str) else asked
        return rdflib.Graph.query(graph, known, *arguments, **keywords)

    return type("Remembering", (rdflib.Graph,), {"query": query})(bind_namespaces="none")


def _rdflib() -> Any:
    import rdflib

    rdflib.NORMALIZE_LITERALS = False
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)  # what it says of literals, FI-03 has said
    return rdflib


def _report(report: Any, names: Mapping[str, str] = MappingProxyType({})) -> Iterator[Result]:
    """Yield the results of a report; nested details are not results of their own.

    `names` are those of blank nodes, by what the engine calls them; what is said of these names is no result.
    """
    rdflib = _rdflib()
    shacl = rdflib.SH
    for container in report.subjects(rdflib.RDF.type, shacl.ValidationReport):
        for result in report.objects(container, shacl.result):
            constraint = report.value(result, shacl.sourceConstraint)
            source = constraint or report.value(result, shacl.sourceShape)
            path = report.value(result, shacl.resultPath)
            if path == rdflib.URIRef(_NAME.value):
                continue
            focus = _term(report.value(result, shacl.focusNode), names)
            value = _term(report.value(result, shacl.value), names)
            yield Result(
                focus,
                None if path is None else _path(report, path),
                None if value == focus and (constraint or path is None) else value,  # a stand-in for no value
                str(source),
                SEVERITIES[_term(report.value(result, shacl.resultSeverity), names)],
            )


def _term(node: Any, names: Mapping[str, str]) -> Any:
    rdflib = _rdflib()
    match node:
        case None:
            return None
        case rdflib.URIRef():
            return NamedNode(str(node))
        case rdflib.BNode():
            return BlankNode(names.get(str(node), str(node)))
        case _:
            if node.language:
                return RdfLiteral(str(node), language=node.language)
            if node.datatype:
                return RdfLiteral(str(node), datatype=NamedNode(str(node.datatype)))
            return RdfLiteral(str(node))


def _path(report: Any, node: Any) -> str:
    """Return a property path as SPARQL writes it."""
    rdflib = _rdflib()
    shacl = rdflib.SH
    if isinstance(node, rdflib.URIRef):
        return f"<{node}>"
    for mark, form in (
        (shacl.inversePath, "^{}"),
        (shacl.zeroOrMorePath, "({})*"),
        (shacl.oneOrMorePath, "({})+"),
        (shacl.zeroOrOnePath, "({})?"),
    ):
        if (inner := report.value(node, mark)) is not None:
            return form.format(_path(report, inner))
    if (choices := report.value(node, shacl.alternativePath)) is not None:
        return "(" + "|".join(_path(report, step) for step in report.items(choices)) + ")"
    return "/".join(_path(report, step) for step in report.items(node))
