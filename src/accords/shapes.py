"""The shapes as engines need them: the Core part, and the SPARQL rules as queries over all focus nodes.

Takes the triples of the shapes; gives what SHACL Core can say (for an engine) and the SPARQL constraints,
which run set at a time on the store:

1. `$this` and `?this` are the same variable in SPARQL, so the text of the rule stays as it is.
2. The shape's targets become `{ SELECT DISTINCT ?this WHERE { … } }`, put first in the outermost group.
3. The prefixes of `sh:prefixes` are declared in front.
4. Where asking for each focus node in turn would compare every pair, the rule has a second text for all of
   them (`aesh:atOnce`), which may group in a sub-SELECT; it is the one that runs.

A rule that this cannot take (MINUS, VALUES, a sub-SELECT, no `$this`) is a ShapesProblem. A text that
would fetch something (SERVICE, FROM, LOAD, JavaScript) is found by `fetching` before any engine sees it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode
from pyoxigraph import Literal as RdfLiteral

from .errors import ContentError
from .findings import Severity
from .language import Words
from .rulebook import SEVERITIES
from .sparql import IGNORED, fetches, is_name
from .vocab import COMMENT, LABEL, SH, SHAPE, SUBCLASS, TYPE, sh

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Triple

    from .terms import Term

_TO_PEOPLE = (
    frozenset(  # engines read it and do nothing with it: the words of a finding come from the rulebook
        {
            *map(sh, ("message", "name", "description", "order", "group")),
            LABEL,
            COMMENT,
            NamedNode(SHAPE + "mend"),
        }
    )
)
AT_ONCE = NamedNode(SHAPE + "atOnce")
_SPARQL_TEXTS = (sh("select"), sh("ask"), sh("construct"), sh("update"), AT_ONCE)
_IN_NAMESPACE = re.compile(r"""[^\x00-\x20<>"{}|^`\\]*""")
_IN_PREFIX = re.compile(r"(?:\w(?:[\w.-]*[\w-])?)?")
_WHERE = re.compile(r"\bWHERE\s*\{", re.IGNORECASE)
_THIS = re.compile(r"[?$]this\b")
_REFUSED = re.compile(r"\b(MINUS|VALUES)\b", re.IGNORECASE)
_SELECT = re.compile(r"\bSELECT\b", re.IGNORECASE)


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
        self.further: tuple[ShapesProblem, ...] = ()  # the same trouble with other rules


@dataclass(frozen=True, eq=False)
class Shapes:
    """The shapes, ready for any engine."""

    triples: tuple[Triple, ...]
    rules: tuple[SparqlRule, ...] | None = None  # the SPARQL rules, where they are known already

    @cached_property
    def _by_subject(self) -> dict[Term, list[Triple]]:
        index: dict[Term, list[Triple]] = defaultdict(list)
        for triple in self.triples:
            index[triple.subject].append(triple)
        return index

    def objects(self, subject: Term, predicate: NamedNode) -> list[Term]:
        """Return the values of a property in the shapes, in the order in which they are written."""
        return [t.object for t in self._by_subject.get(subject, ()) if t.predicate == predicate]

    def predicates(self, subject: Term) -> set[NamedNode]:
        """Return the properties that the shapes give to a subject."""
        return {triple.predicate for triple in self._by_subject.get(subject, ())}

    @cached_property
    def core(self) -> tuple[Triple, ...]:
        """Return the shapes without their SPARQL constraints, and without what is only said to people."""
        constraints = {t.object for t in self.triples if t.predicate == sh("sparql")}
        return tuple(
            t
            for t in self.triples
            if t.predicate != sh("sparql") and t.predicate not in _TO_PEOPLE and t.subject not in constraints
        )

    @cached_property
    def targeted(self) -> tuple[NamedNode, ...]:
        """Return the shapes that have targets of their own, in order."""
        kinds = {
            sh(k) for k in ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode", "target")
        }
        found = {t.subject for t in self.triples if t.predicate in kinds}
        return tuple(sorted((s for s in found if isinstance(s, NamedNode)), key=lambda s: s.value))

    def around(self, shape: Term, *, sparql: bool = False) -> tuple[Triple, ...]:
        """Return the part of the shapes that one shape needs: all that its description reaches."""
        constraints = {t.object for t in self.triples if t.predicate == sh("sparql")}
        part: list[Triple] = []
        waiting, seen = [shape], {shape}
        while waiting:
            for triple in self._by_subject.get(waiting.pop(), ()):
                if triple.predicate in _TO_PEOPLE:
                    continue
                if not sparql and (triple.predicate == sh("sparql") or triple.object in constraints):
                    continue
                part.append(triple)
                if triple.object not in seen:
                    seen.add(triple.object)
                    waiting.append(triple.object)
        return tuple(part)

    @cached_property
    def sparql(self) -> tuple[SparqlRule, ...]:
        """Return the SPARQL rules, in order. Raises ShapesProblem for one that cannot run set at a time."""
        if self.rules is not None:
            return self.rules
        if self.faults:
            raise self.faults[0]
        return tuple(rule for rule in self._read if isinstance(rule, SparqlRule))

    @cached_property
    def faults(self) -> tuple[ShapesProblem, ...]:
        """Return what keeps SPARQL rules from running set at a time, every rule looked at."""
        return tuple(problem for problem in self._read if isinstance(problem, ShapesProblem))

    @cached_property
    def _read(self) -> tuple[SparqlRule | ShapesProblem, ...]:
        """Return each SPARQL constraint in use as a rule, or what keeps it from being one."""
        found: list[SparqlRule | ShapesProblem] = []
        for shape, constraint in self._held:
            try:
                found.append(self._sparql_rule(shape, constraint))
            except ShapesProblem as problem:
                found.append(problem)
        return tuple(found)

    @cached_property
    def _held(self) -> tuple[tuple[Term, Term], ...]:
        """Return each SPARQL constraint in use with the shape that holds it."""
        off = {t.subject for t in self.triples if t.predicate == sh("deactivated") and _truth(t.object)}
        held = [
            (t.subject, t.object)
            for t in self.triples
            if t.predicate == sh("sparql") and t.subject not in off and t.object not in off
        ]
        return tuple(sorted(held, key=lambda pair: str(pair[1])))

    def _sparql_rule(self, shape: Term, constraint: Term) -> SparqlRule:
        name = constraint.value if isinstance(constraint, NamedNode | BlankNode) else str(constraint)
        selects = self.objects(constraint, sh("select"))
        targets = tuple(self._targets(shape))
        if not isinstance(constraint, NamedNode):
            raise ShapesProblem(name, Words("la règle n'a pas d'IRI", "the rule has no IRI"))
        if len(selects) != 1 or not isinstance(selects[0], RdfLiteral):
            raise ShapesProblem(name, Words("il faut un sh:select, et un seul", "needs one sh:select"))
        if not targets:
            raise ShapesProblem(name, Words("la forme n'a pas de cible", "its shape has no target"))
        severity = self.objects(shape, sh("severity"))
        rule = SparqlRule(
            name,
            shape.value if isinstance(shape, NamedNode | BlankNode) else str(shape),
            SEVERITIES.get(severity[0], Severity.ERROR) if severity else Severity.ERROR,
            targets,
            selects[0].value,
            self._prefixes(constraint),
        )
        _check_rewritable(rule)
        together = [text.value for text in self.objects(constraint, AT_ONCE) if isinstance(text, RdfLiteral)]
        return replace(rule, select=together[0]) if together else rule

    def _targets(self, shape: Term) -> Iterator[str]:
        for node in self.objects(shape, sh("targetClass")):
            yield f"?this {TYPE}/{SUBCLASS}* {node}"
        for node in self.objects(shape, sh("targetSubjectsOf")):
            yield f"?this {node} ?targetObject"
        for node in self.objects(shape, sh("targetObjectsOf")):
            yield f"?targetSubject {node} ?this"
        for node in self.objects(shape, sh("targetNode")):
            yield f"VALUES ?this {{ {node} }}"
        for node in self.objects(shape, sh("target")):
            for text in self.objects(node, sh("select")):
                if isinstance(text, RdfLiteral):
                    yield f"{{ {_named_in_full(text.value, self.declared(node))} }}"

    def declared(self, node: Term) -> dict[str, str]:
        """Return the prefixes that a rule may use."""
        table: dict[str, str] = {}
        for ontology in self.objects(node, sh("prefixes")):
            table |= self._tables.get(ontology, {})
        return table

    @cached_property
    def _tables(self) -> dict[Term, dict[str, str]]:
        """Return the prefixes that each ontology declares: many rules name the same."""
        declare = sh("declare")
        declaring = {triple.subject for triple in self.triples if triple.predicate == declare}
        return {ontology: dict(self._declarations(ontology)) for ontology in declaring}

    def _declarations(self, ontology: Term) -> Iterator[tuple[str, str]]:
        for declaration in self.objects(ontology, sh("declare")):
            names = self.objects(declaration, sh("prefix"))
            spaces = self.objects(declaration, sh("namespace"))
            if names and spaces and isinstance(names[0], RdfLiteral) and isinstance(spaces[0], RdfLiteral):
                yield names[0].value, spaces[0].value

    def _prefixes(self, node: Term) -> str:
        return "".join(f"PREFIX {p}: <{n}>\n" for p, n in sorted(self.declared(node).items()))


def _named_in_full(text: str, table: dict[str, str]) -> str:
    """Return a query with its prefixed names written as IRIs: a sub-select cannot declare prefixes."""

    def full(found: re.Match[str]) -> str:
        if not is_name(found.group()):
            return found.group()
        prefix, _, local = found.group().partition(":")
        return f"<{table[prefix]}{local}>" if prefix in table else found.group()

    return IGNORED.sub(full, text)


def _check_rewritable(rule: SparqlRule) -> None:
    plain = IGNORED.sub(lambda m: m.group() if m.group()[0] in "?$" else " ", rule.select)
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


def fetching(triples: Iterable[Triple]) -> Iterator[tuple[Triple, str]]:
    r"""Yield each triple of the shapes by which something would be fetched or run, with the word that does it.

    SPARQL texts, the prefixes put in front of them, JavaScript.
    """
    for triple in triples:
        predicate, value = triple.predicate, triple.object
        if predicate in _SPARQL_TEXTS and isinstance(value, RdfLiteral):
            if word := fetches(value.value):
                yield triple, word
        elif predicate.value.startswith(sh("js").value):
            yield triple, f"sh:{predicate.value.removeprefix(SH)}"
        elif predicate == TYPE and isinstance(value, NamedNode) and value.value.startswith(sh("JS").value):
            yield triple, f"sh:{value.value.removeprefix(SH)}"
        elif isinstance(value, RdfLiteral) and (
            (predicate == sh("namespace") and not _IN_NAMESPACE.fullmatch(value.value))
            or (predicate == sh("prefix") and not _IN_PREFIX.fullmatch(value.value))
        ):  # text that would end the PREFIX line and go on as a query
            yield triple, f"sh:{predicate.value.removeprefix(SH)}"
