"""SHACL engines behind one interface: results as values, whoever computes them.

The shapes are cut in two. What SHACL Core can say goes to an engine: `pyshacl-turbo` (fast, optional)
or pySHACL (the reference, always there). SPARQL constraints run here, set at a time on the store:

1. `$this` and `?this` are the same variable in SPARQL, so the text of the rule stays as it is.
2. The shape's targets become `{ SELECT DISTINCT ?this WHERE { … } }`, put first in the outermost group.
3. The prefixes of `sh:prefixes` are declared in front.
4. Each solution is one result: `?this` the focus, `?path` the path, `?value` the value; the other
   variables fill the message.

`reference` leaves everything to pySHACL, SPARQL constraints included, one focus node at a time.

Both engines are given N-Triples bytes, never a store (stores rewrite strings and numbers), and rdflib is
told not to normalise literals. Nothing is fetched: the shapes are scanned for SERVICE, FROM and LOAD
before an engine sees them, and JavaScript is never on.
"""

from __future__ import annotations

import importlib.util
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from pyoxigraph import BlankNode, NamedNode
from pyoxigraph import Literal as RdfLiteral

from . import store as stores
from .errors import ContentError
from .findings import Severity
from .language import Words
from .rulebook import SEVERITIES
from .vocab import SUBCLASS, TYPE, sh

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pyoxigraph import Store, Triple

    from .terms import Term

Engine = Literal["auto", "fast", "pyshacl", "reference"]
ENGINES: tuple[Engine, ...] = ("auto", "fast", "pyshacl", "reference")

_SPARQL_TEXTS = (sh("select"), sh("ask"), sh("construct"), sh("update"))
_FETCHING = re.compile(r"\b(SERVICE|FROM|LOAD|USING)\b", re.IGNORECASE)
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_IGNORED = re.compile(  # what a keyword cannot stand in: IRIs, strings, comments, variables, prefixed names
    r"""<[^<>\s]*>|\"\"\".*?\"\"\"|'''.*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\#[^\n]*|[?$]\w+|[\w.-]*:[\w.-]*""",
    re.DOTALL,
)
_WHERE = re.compile(r"\bWHERE\s*\{", re.IGNORECASE)
_THIS = re.compile(r"[?$]this\b")
_REFUSED = re.compile(r"\b(MINUS|VALUES)\b", re.IGNORECASE)
_SELECT = re.compile(r"\bSELECT\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Result:
    """One result of a validation: what, where in it, against which rule."""

    focus: Term
    path: str | None  # SPARQL text of a property path; an IRI in angle brackets when it is one
    value: Term | None
    rule: str  # the IRI of the shape or of the SPARQL constraint
    severity: Severity
    bound: tuple[tuple[str, Term], ...] = ()  # other variables, for the message

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """Return what two engines must agree on."""
        return (
            str(self.focus),
            self.path or "",
            "" if self.value is None else str(self.value),
            self.rule,
            self.severity.value,
        )


@dataclass(frozen=True, slots=True)
class SparqlRule:
    """A SPARQL constraint with the targets of the shape that holds it."""

    rule: str
    shape: str
    severity: Severity
    targets: tuple[str, ...]  # group graph patterns that bind ?this
    select: str
    prefixes: str

    @property
    def query(self) -> str:
        """Return the rule as one query over all its focus nodes."""
        found = _WHERE.search(self.select)
        if found is None:
            raise ShapesProblem(self.rule, Words("pas de WHERE { … }", "no WHERE { … }"))
        union = " UNION ".join(f"{{ {target} }}" for target in self.targets)
        joined = f"{{ SELECT DISTINCT ?this WHERE {{ {union} }} }}"
        return f"{self.prefixes}{self.select[: found.end()]} {joined} {self.select[found.end() :]}"


class ShapesProblem(ContentError):
    """A rule that cannot be run as it is written."""

    def __init__(self, rule: str, reason: Words) -> None:
        """Name the rule and the reason."""
        super().__init__(Words(f"règle {rule} : {reason.fr}", f"rule {rule}: {reason.en}"))
        self.rule, self.reason = rule, reason


@dataclass(frozen=True)
class Shapes:
    """The shapes, ready for any engine."""

    triples: tuple[Triple, ...]

    @cached_property
    def _by_subject(self) -> dict[Term, list[Triple]]:
        index: dict[Term, list[Triple]] = defaultdict(list)
        for triple in self.triples:
            index[triple.subject].append(triple)
        return index

    def _objects(self, subject: Term, predicate: NamedNode) -> list[Term]:
        return [t.object for t in self._by_subject.get(subject, ()) if t.predicate == predicate]

    @cached_property
    def core(self) -> tuple[Triple, ...]:
        """Return the shapes without their SPARQL constraints."""
        constraints = {t.object for t in self.triples if t.predicate == sh("sparql")}
        return tuple(t for t in self.triples if t.predicate != sh("sparql") and t.subject not in constraints)

    @cached_property
    def targeted(self) -> tuple[NamedNode, ...]:
        """Return the shapes that have targets of their own, in order."""
        kinds = {
            sh(k) for k in ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode", "target")
        }
        found = {t.subject for t in self.triples if t.predicate in kinds}
        return tuple(sorted((s for s in found if isinstance(s, NamedNode)), key=lambda s: s.value))

    @cached_property
    def sparql(self) -> tuple[SparqlRule, ...]:
        """Return the SPARQL rules, in order. Raises ShapesProblem for one that cannot run set at a time."""
        off = {t.subject for t in self.triples if t.predicate == sh("deactivated") and _truth(t.object)}
        held = [
            (t.subject, t.object)
            for t in self.triples
            if t.predicate == sh("sparql") and t.subject not in off and t.object not in off
        ]
        return tuple(
            self._sparql_rule(shape, constraint)
            for shape, constraint in sorted(held, key=lambda pair: str(pair[1]))
        )

    def _sparql_rule(self, shape: Term, constraint: Term) -> SparqlRule:
        name = constraint.value if isinstance(constraint, NamedNode | BlankNode) else str(constraint)
        selects = self._objects(constraint, sh("select"))
        targets = tuple(self._targets(shape))
        if len(selects) != 1 or not isinstance(selects[0], RdfLiteral):
            raise ShapesProblem(name, Words("il faut un sh:select, et un seul", "needs one sh:select"))
        if not targets:
            raise ShapesProblem(name, Words("la forme n'a pas de cible", "its shape has no target"))
        severity = self._objects(shape, sh("severity"))
        rule = SparqlRule(
            name,
            shape.value if isinstance(shape, NamedNode | BlankNode) else str(shape),
            SEVERITIES[severity[0]] if severity else Severity.ERROR,
            targets,
            selects[0].value,
            self._prefixes(constraint),
        )
        _check_rewritable(rule)
        return rule

    def _targets(self, shape: Term) -> Iterator[str]:
        for node in self._objects(shape, sh("targetClass")):
            yield f"?this {TYPE}/{SUBCLASS}* {node}"
        for node in self._objects(shape, sh("targetSubjectsOf")):
            yield f"?this {node} ?targetObject"
        for node in self._objects(shape, sh("targetObjectsOf")):
            yield f"?targetSubject {node} ?this"
        for node in self._objects(shape, sh("targetNode")):
            yield f"VALUES ?this {{ {node} }}"
        for node in self._objects(shape, sh("target")):
            for text in self._objects(node, sh("select")):
                if isinstance(text, RdfLiteral):
                    yield f"{{ {_named_in_full(text.value, self._declared(node))} }}"

    def _declared(self, node: Term) -> dict[str, str]:
        table: dict[str, str] = {}
        for ontology in self._objects(node, sh("prefixes")):
            for declaration in self._objects(ontology, sh("declare")):
                names = self._objects(declaration, sh("prefix"))
                spaces = self._objects(declaration, sh("namespace"))
                if (
                    names
                    and spaces
                    and isinstance(names[0], RdfLiteral)
                    and isinstance(spaces[0], RdfLiteral)
                ):
                    table[names[0].value] = spaces[0].value
        return table

    def _prefixes(self, node: Term) -> str:
        return "".join(f"PREFIX {p}: <{n}>\n" for p, n in sorted(self._declared(node).items()))


def _named_in_full(text: str, table: dict[str, str]) -> str:
    """Return a query with its prefixed names written as IRIs: a sub-select cannot declare prefixes."""

    def full(found: re.Match[str]) -> str:
        if found.group().startswith(("<", '"', "'", "#", "?", "$")):
            return found.group()
        prefix, _, local = found.group().partition(":")
        return f"<{table[prefix]}{local}>" if prefix in table else found.group()

    return _IGNORED.sub(full, text)


def _check_rewritable(rule: SparqlRule) -> None:
    plain = _IGNORED.sub(lambda m: m.group() if m.group()[0] in "?$" else " ", rule.select)
    if _REFUSED.search(plain):
        raise ShapesProblem(
            rule.rule, Words("MINUS et VALUES sont interdits", "MINUS and VALUES are not allowed")
        )
    if len(_SELECT.findall(plain)) != 1:
        raise ShapesProblem(rule.rule, Words("un sous-SELECT est interdit", "no sub-SELECT is allowed"))
    head = plain[: found.start()] if (found := _WHERE.search(plain)) else ""
    if not _THIS.search(head):
        raise ShapesProblem(rule.rule, Words("$this manque dans le SELECT", "$this is not selected"))


def _truth(term: Term) -> bool:
    return isinstance(term, RdfLiteral) and term.value in {"true", "1"}


def fetching(triples: Iterable[Triple]) -> Iterator[tuple[Term, str]]:
    r"""Yield each SPARQL text of the shapes that would fetch something, with the keyword.

    Escapes (`\u0053ERVICE`) are undone first; words in IRIs, strings and comments pass.
    """
    for triple in triples:
        if triple.predicate in _SPARQL_TEXTS and isinstance(triple.object, RdfLiteral):
            if word := fetches(triple.object.value):
                yield triple.subject, word
        elif triple.predicate in {sh("js"), sh("jsLibrary"), sh("jsFunctionName")}:
            yield triple.subject, "sh:js"


def fetches(query: str) -> str | None:
    """Return the keyword by which a query would fetch something, or None.

    >>> fetches("SELECT ?x WHERE { service<http://x/> { ?x ?y ?z } }")
    'SERVICE'
    >>> fetches("SELECT ?service WHERE { ?service <http://x/from> 'LOAD' } # SERVICE")
    """
    plain = _ESCAPED.sub(lambda m: chr(int(m[1] or m[2], 16)), query)
    found = _FETCHING.search(_IGNORED.sub(" ", plain))
    return found[1].upper() if found else None


def fast_available() -> bool:
    """Tell whether the fast engine is installed."""
    return all(importlib.util.find_spec(name) for name in ("pyshacl_turbo", "rdflib_turbo"))


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
    chosen = ("fast" if fast_available() else "pyshacl") if engine == "auto" else engine
    if chosen == "reference":
        found = _pyshacl(graph, shapes.triples, running)
    else:
        core = _fast if chosen == "fast" else _pyshacl
        found = [*sparql_results(store, shapes, running), *core(graph, shapes.core, running)]
    return tuple(sorted({result.key: result for result in found}.values(), key=lambda result: result.key))


def sparql_results(store: Store, shapes: Shapes, running: Callable[[str], None]) -> Iterator[Result]:
    """Yield the results of the SPARQL rules, each run once over all its focus nodes."""
    for rule in shapes.sparql:
        running(rule.rule)
        try:
            for row in stores.rows(store, rule.query):
                yield _from_row(rule, row)
        except SyntaxError as wrong:
            raise ShapesProblem(rule.rule, Words(str(wrong), str(wrong))) from wrong


def _from_row(rule: SparqlRule, row: dict[str, Term]) -> Result:
    focus = row["this"]
    path, value = row.get("path"), row.get("value")
    return Result(
        focus,
        str(path) if isinstance(path, NamedNode) else None,
        None if value == focus else value,
        rule.rule,
        rule.severity,
        tuple(sorted((name, term) for name, term in row.items() if name not in {"this", "path"})),
    )


def _fast(
    triples: tuple[Triple, ...], shapes: tuple[Triple, ...], running: Callable[[str], None]
) -> list[Result]:
    rdflib = _rdflib()
    import pyshacl_turbo
    import rdflib_turbo

    data = rdflib_turbo.Dataset()
    data.parse(data=stores.n_triples(triples), format="nt")
    found: list[Result] = []
    for names, part in _parts(shapes):
        running(names)
        graph = rdflib.Graph().parse(data=stores.n_triples(part), format="nt")
        program = pyshacl_turbo.compile_shapes(graph, advanced=True)
        _, report, _ = program.validate(data)
        found.extend(_report(report))
    return found


def _pyshacl(
    triples: tuple[Triple, ...], shapes: tuple[Triple, ...], running: Callable[[str], None]
) -> list[Result]:
    rdflib = _rdflib()
    import pyshacl

    data = rdflib.Graph().parse(data=stores.n_triples(triples), format="nt")
    found: list[Result] = []
    for names, part in _parts(shapes):
        running(names)
        graph = rdflib.Graph().parse(data=stores.n_triples(part), format="nt")
        _, report, text = pyshacl.validate(
            data,
            shacl_graph=graph,
            advanced=True,
            inference="none",
            inplace=True,
            js=False,
            do_owl_imports=False,
        )
        if not isinstance(report, rdflib.Graph):
            raise ShapesProblem(names, Words(str(text), str(text)))
        found.extend(_report(report))
    return found


def _parts(shapes: tuple[Triple, ...]) -> Iterator[tuple[str, tuple[Triple, ...]]]:
    yield "shapes", shapes


def _rdflib() -> Any:
    import rdflib
    import rdflib.plugins.sparql

    rdflib.NORMALIZE_LITERALS = False
    rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False
    return rdflib


def _report(report: Any) -> Iterator[Result]:
    """Yield the results of a report; nested details are not results of their own."""
    rdflib = _rdflib()
    shacl = rdflib.SH
    for container in report.subjects(rdflib.RDF.type, shacl.ValidationReport):
        for result in report.objects(container, shacl.result):
            source = report.value(result, shacl.sourceConstraint) or report.value(result, shacl.sourceShape)
            focus = _term(report.value(result, shacl.focusNode))
            value = _term(report.value(result, shacl.value))
            path = report.value(result, shacl.resultPath)
            yield Result(
                focus,
                None if path is None else _path(report, path),
                None if value == focus and path is None else value,
                str(source),
                SEVERITIES[_term(report.value(result, shacl.resultSeverity))],
            )


def _term(node: Any) -> Any:
    rdflib = _rdflib()
    match node:
        case None:
            return None
        case rdflib.URIRef():
            return NamedNode(str(node))
        case rdflib.BNode():
            return BlankNode(str(node))
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
