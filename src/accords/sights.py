"""What each rule sees: whom it is about, and the paths along which it reads the graph.

Takes the shapes; gives `Sights`, values without any graph:

1. A shape's targets say whom it is about.
2. What SHACL Core reads follows from the shape: `sh:path`, nested shapes, `sh:class`, pairs of properties.
3. What a SPARQL rule reads is declared beside it (`aesh:reads`, a property path a string); a test compares
   the declaration with the text of the rule.

A shape of which this cannot be told is blind: whoever asks for the neighbourhood of a record must look at
the whole graph instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from . import paths
from .paths import Choice, Repeated, Step
from .vocab import FIRST, NIL, REST, SH, SHAPE, SUBCLASS, TYPE, sh

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .paths import State
    from .shapes import Shapes
    from .terms import Term

READS = NamedNode(SHAPE + "reads")
CHECKS = ("CM-07-fulfils",)  # checks made in Python that read further than the record
_INSTANCE = (Step("to", TYPE.value), Repeated((Step("to", SUBCLASS.value),)))
_NESTED = (sh("property"), sh("node"), sh("not"), sh("qualifiedValueShape"))
_LISTED = (sh("or"), sh("and"), sh("xone"))
_PAIRED = (sh("equals"), sh("disjoint"), sh("lessThan"), sh("lessThanOrEquals"))
_OF_THE_VALUE = frozenset(  # what asks nothing beyond the value itself, or says nothing about the data
    sh(name)
    for name in [
        "path",
        "targetClass",
        "targetSubjectsOf",
        "targetObjectsOf",
        "targetNode",
        "class",
        "datatype",
        "nodeKind",
        "minCount",
        "maxCount",
        "minLength",
        "maxLength",
        "minInclusive",
        "maxInclusive",
        "minExclusive",
        "maxExclusive",
        "pattern",
        "flags",
        "languageIn",
        "uniqueLang",
        "in",
        "hasValue",
        "closed",
        "ignoredProperties",
        "qualifiedMinCount",
        "qualifiedMaxCount",
        "sparql",
        "severity",
        "message",
        "name",
        "description",
        "order",
        "group",
        "defaultValue",
        "deactivated",
        "prefixes",
        "declare",
    ]
)
_KNOWN = _OF_THE_VALUE | frozenset((*_NESTED, *_LISTED, *_PAIRED))


@dataclass(frozen=True, slots=True)
class About:
    """Whom a shape is about: IRIs, by the kind of its targets; `anyone`, every record."""

    classes: tuple[str, ...] = ()
    subjects_of: tuple[str, ...] = ()
    objects_of: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()
    anyone: bool = False


@dataclass(frozen=True, slots=True)
class Sight:
    """Whom a shape is about, and the paths that it reads from there."""

    shape: str
    about: About
    reads: tuple[State, ...]


@dataclass(frozen=True, slots=True)
class Sights:
    """What the rules see; `blind` names the shapes of which it cannot be told."""

    sights: tuple[Sight, ...]
    blind: tuple[str, ...]


class _Untold(Exception):
    """A shape says something of which the reach is not known."""


def of_shapes(shapes: Shapes) -> Sights:
    """Return what each shape with targets of its own sees."""
    reader = _Reader(shapes)
    sights: list[Sight] = []
    blind: list[str] = []
    for shape in shapes.targeted:
        try:
            sights.append(reader.sight(shape))
        except (_Untold, ValueError):
            blind.append(shape.value)
    for name in CHECKS:
        check = NamedNode(SHAPE + name)
        try:
            sights.append(Sight(check.value, About(anyone=True), reader.declared(check)))
        except _Untold:  # rules of one's own, which do not say what the check reads
            blind.append(check.value)
    return Sights(tuple(sights), tuple(blind))


@dataclass(frozen=True)
class _Reader:
    shapes: Shapes

    def sight(self, shape: NamedNode) -> Sight:
        if self.shapes.objects(shape, sh("target")):
            raise _Untold
        reads = dict.fromkeys(self._core(shape, ()))
        for rule in self._rules.get(shape.value, ()):
            reads |= dict.fromkeys(self.declared(NamedNode(rule)))
        return Sight(shape.value, self._about(shape), tuple(path for path in reads if path))

    def _about(self, shape: NamedNode) -> About:
        def named(kind: str) -> tuple[str, ...]:
            return tuple(_iri(node) for node in self.shapes.objects(shape, sh(kind)))

        return About(
            named("targetClass"), named("targetSubjectsOf"), named("targetObjectsOf"), named("targetNode")
        )

    @cached_property
    def _rules(self) -> dict[str, list[str]]:
        held: dict[str, list[str]] = {}
        for rule in self.shapes.sparql:
            held.setdefault(rule.shape, []).append(rule.rule)
        return held

    def declared(self, rule: Term) -> tuple[State, ...]:
        """Return the paths that a rule declares. Raises _Untold for one that declares nothing."""
        table = self.shapes.declared(rule)
        texts = [text.value for text in self.shapes.objects(rule, READS) if isinstance(text, Literal)]
        if not texts:
            raise _Untold

        def expand(name: str) -> str | None:
            prefix, _, local = name.partition(":")
            return table[prefix] + local if prefix in table else None

        return tuple(paths.parsed(text, expand) for text in texts)

    def _core(self, shape: Term, within: tuple[Term, ...]) -> Iterator[State]:
        """Yield the paths that a shape reads from the node that it looks at."""
        if shape in within:
            return
        self._check_known(shape)
        at = tuple(part for path in self.shapes.objects(shape, sh("path")) for part in self._path(path))
        if at:
            yield at
        for other in (value for pair in _PAIRED for value in self.shapes.objects(shape, pair)):
            yield (Step("to", _iri(other)),)
        if self.shapes.objects(shape, sh("closed")):
            yield (paths.ANY,)
        if self.shapes.objects(shape, sh("class")):
            yield (*at, *_INSTANCE)
        for nested in self._nested(shape):
            for further in self._core(nested, (*within, shape)):
                yield (*at, *further)

    def _check_known(self, shape: Term) -> None:
        for predicate in self.shapes.predicates(shape):
            if predicate.value.startswith(SH) and predicate not in _KNOWN:
                raise _Untold

    def _nested(self, shape: Term) -> Iterator[Term]:
        for predicate in _NESTED:
            yield from self.shapes.objects(shape, predicate)
        for predicate in _LISTED:
            for listed in self.shapes.objects(shape, predicate):
                yield from self._items(listed)

    def _items(self, listed: Term) -> Iterator[Term]:
        seen: set[Term] = set()
        while listed != NIL and listed not in seen:
            seen.add(listed)
            yield from self.shapes.objects(listed, FIRST)
            listed = next(iter(self.shapes.objects(listed, REST)), NIL)

    def _path(self, node: Term) -> State:
        if isinstance(node, NamedNode):
            return (Step("to", node.value),)
        for inverted in self.shapes.objects(node, sh("inversePath")):
            return paths.backwards(self._path(inverted))
        for choices in self.shapes.objects(node, sh("alternativePath")):
            return (Choice(tuple(self._path(item) for item in self._items(choices))),)
        for repeated in self.shapes.objects(node, sh("zeroOrMorePath")):
            return (Repeated(self._path(repeated)),)
        for repeated in self.shapes.objects(node, sh("oneOrMorePath")):
            return paths.once_or_more(self._path(repeated))
        for optional in self.shapes.objects(node, sh("zeroOrOnePath")):
            return paths.perhaps(self._path(optional))
        steps = [self._path(item) for item in self._items(node)]
        if not steps:
            raise _Untold
        return tuple(part for step in steps for part in step)


def _iri(node: Term) -> str:
    if not isinstance(node, NamedNode):
        raise _Untold
    return node.value
