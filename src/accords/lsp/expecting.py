"""What the rules expect of a property: the classes and the concept scheme of its values, whether it is required.

Takes the statements of the rules; gives `Expected`. Read are the property shapes with a plain path: those of
a shape with a target class, and those that stand alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from accords.vocab import FIRST, REST, SKOS, sh

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from accords.terms import Term
    from accords.things import Facts

_IN_SCHEME = NamedNode(SKOS + "inScheme")


@dataclass(frozen=True, slots=True)
class Expected:
    """Classes and schemes by property; required properties by class."""

    classes: Mapping[NamedNode, frozenset[NamedNode]]
    schemes: Mapping[NamedNode, frozenset[NamedNode]]
    required: Mapping[Term, frozenset[NamedNode]]


def expected(rules: Facts) -> Expected:
    """Return what the rules expect."""
    classes: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    schemes: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    required: dict[Term, set[NamedNode]] = defaultdict(set)
    for shape in rules.by_subject:
        path = rules.first(shape, sh("path"))
        if isinstance(path, NamedNode):
            classes[path] |= set(_classes(rules, shape))
            schemes[path] |= set(_schemes(rules, shape))
        for kind in rules.values(shape, sh("targetClass")):
            required[kind] |= set(_required(rules, shape))
    frozen = (_frozen(classes), _frozen(schemes))
    return Expected(*frozen, {kind: frozenset(paths) for kind, paths in required.items()})


def _frozen(found: dict[NamedNode, set[NamedNode]]) -> dict[NamedNode, frozenset[NamedNode]]:
    return {path: frozenset(terms) for path, terms in found.items() if terms}


def _classes(rules: Facts, shape: Term) -> Iterator[NamedNode]:
    """Yield the classes that a shape asks for, those between which it leaves the choice included."""
    for node in (shape, *_listed(rules, rules.first(shape, sh("or")))):
        for kind in rules.values(node, sh("class")):
            if isinstance(kind, NamedNode):
                yield kind


def _listed(rules: Facts, node: Term | None) -> Iterator[Term]:
    seen = set()
    while node is not None and node not in seen:
        seen.add(node)
        yield from rules.values(node, FIRST)
        node = rules.first(node, REST)


def _schemes(rules: Facts, shape: Term) -> Iterator[NamedNode]:
    """Yield the schemes that a shape asks of its values by way of another one."""
    for node in rules.values(shape, sh("node")):
        for inner in rules.values(node, sh("property")):
            if rules.first(inner, sh("path")) == _IN_SCHEME:
                yield from (v for v in rules.values(inner, sh("hasValue")) if isinstance(v, NamedNode))


def _required(rules: Facts, shape: Term) -> Iterator[NamedNode]:
    for node in rules.values(shape, sh("property")):
        path = rules.first(node, sh("path"))
        least = (rules.first(node, sh(name)) for name in ("minCount", "qualifiedMinCount"))
        counted = any(isinstance(n, Literal) and n.value.isdecimal() and int(n.value) for n in least)
        if counted and isinstance(path, NamedNode):
            yield path
