"""What the rules ask, for their pages and for those of the terms: every node that speaks, and what it is about.

Takes the parsed files of the rules. A node judges the classes that it or the shape that holds it targets; it
reads the terms that its description names, those of its query included.
"""

from __future__ import annotations

import textwrap
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode

from accords import demands, forms, querynames, rulebook
from accords.explanation import Rules
from accords.loading import Knowledge
from accords.shapes import Shapes
from accords.things import Facts
from accords.vocab import SHAPE, TYPE, ae, sh

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from accords.demands import Demands
    from accords.explanation import Explanation, Family, Speaking
    from accords.forms import Statements
    from accords.publishing.edition import Edition
    from accords.terms import Term

V = TypeVar("V")
_HELD = (sh("property"), sh("sparql"))
_PARTS = (*_HELD, sh("select"))
_NODE = sh("NodeShape")


@dataclass(frozen=True, slots=True)
class Constraint:
    """A node that speaks: the code of its rule, what it says, what it judges and reads."""

    code: str
    spoken: Speaking
    path: NamedNode | None  # the property that it is about, where it is about one
    classes: tuple[NamedNode, ...]  # whose records it judges
    named: frozenset[NamedNode]  # the terms that it names

    @property
    def name(self) -> str:
        """Return its name, by which pages have its place: AG-05-start."""
        return self.spoken.node.removeprefix(SHAPE)


@dataclass(frozen=True, eq=False)
class Rulings:
    """The rules of an edition."""

    edition: Edition

    @cached_property
    def said(self) -> Statements:
        """Return what the files of the rules say, by subject."""
        return forms.statements(self.edition.rules)

    @cached_property
    def demands(self) -> Demands:
        """Return what the rules ask of each field."""
        return demands.Demands(self.said)

    @cached_property
    def families(self) -> tuple[Family, ...]:
        """Return the rules by family."""
        return self._rules.families()

    def explain(self, code: str) -> Explanation:
        """Return a rule with its examples."""
        return self._rules.explain(code)

    @cached_property
    def constraints(self) -> tuple[Constraint, ...]:
        """Return every node that speaks, rule by rule."""
        told = [one for family in self.families for one in family.rules]
        return tuple(self._constraint(one.rule.code, spoken) for one in told for spoken in one.speaking)

    @cached_property
    def by_class(self) -> Mapping[Term, Sequence[Constraint]]:
        """Return what judges the records of each class, superclasses apart."""
        return _gathered((kind, one) for one in self.constraints for kind in one.classes)

    @cached_property
    def by_term(self) -> Mapping[Term, Sequence[Constraint]]:
        """Return what reads each term."""
        return _gathered((term, one) for one in self.constraints for term in sorted(one.named, key=str))

    @cached_property
    def shapes(self) -> tuple[NamedNode, ...]:
        """Return the node shapes that have a name, in order."""
        found = (node for node, held in self.said.items() if _NODE in held.get(TYPE, ()))
        return tuple(sorted((one for one in found if isinstance(one, NamedNode)), key=str))

    @cached_property
    def facts(self) -> Facts:
        """Return the rules by subject, with the house prefixes."""
        table = self.edition.knowledge.prefixes.table
        return Facts(Knowledge(self.edition.project, tuple(self.edition.rules), (), (), table))

    def query(self, node: Term) -> str:
        """Return the query of a node, nothing for one without."""
        found = self.said.get(node, {}).get(sh("select"), ())
        return next((textwrap.dedent(one.value).strip("\n") for one in found if isinstance(one, Literal)), "")

    def held_by(self, shape: Term) -> tuple[Term, ...]:
        """Return a shape and the nodes that it holds."""
        about = self.said.get(shape, {})
        return (shape, *(node for link in _HELD for node in about.get(link, ())))

    def classes_of(self, shape: Term) -> tuple[NamedNode, ...]:
        """Return the classes that a shape targets."""
        found = self.said.get(shape, {}).get(sh("targetClass"), ())
        return tuple(one for one in found if isinstance(one, NamedNode))

    @cached_property
    def _rules(self) -> Rules:
        return Rules(
            rulebook.of_documents(self.edition.rules), tuple(self.edition.rules), self.edition.project
        )

    @cached_property
    def _shapes(self) -> Shapes:
        return Shapes(tuple(triple for document in self.edition.rules for triple in document.triples))

    @cached_property
    def _holders(self) -> Mapping[Term, Sequence[Term]]:
        return _gathered(
            (node, shape)
            for shape, held in self.said.items()
            for link in _HELD
            for node in held.get(link, ())
        )

    def _constraint(self, code: str, spoken: Speaking) -> Constraint:
        node = NamedNode(spoken.node)
        holders = [node, *self._holders.get(node, ())]
        classes = dict.fromkeys(kind for one in holders for kind in self.classes_of(one))
        path = next(iter(self.said.get(node, {}).get(sh("path"), ())), None)
        named = {name for one in holders[1:] for name in self._aims(one)} | set(self._named(node))
        return Constraint(
            code,
            spoken,
            path if isinstance(path, NamedNode) else None,
            tuple(sorted(classes, key=str)),
            frozenset(one for one in named if one.value.startswith(ae("").value)),
        )

    def _aims(self, shape: Term) -> Iterator[NamedNode]:
        for link in ("targetSubjectsOf", "targetObjectsOf"):
            found = self.said.get(shape, {}).get(sh(link), ())
            yield from (one for one in found if isinstance(one, NamedNode))

    def _named(self, node: Term) -> Iterator[NamedNode]:
        """Yield the names in the description of a node, down to what has a name of its own."""
        for link, values in self.said.get(node, {}).items():
            for value in values:
                if isinstance(value, BlankNode):
                    yield from self._named(value)
                elif isinstance(value, NamedNode) and link not in _PARTS:
                    yield value
                elif isinstance(value, Literal) and link == sh("select"):
                    house = self._shapes.declared(node)
                    text = "".join(f"PREFIX {name}: <{space}>\n" for name, space in house.items())
                    yield from (one.node for one in querynames.names(text + value.value, house))


def _gathered(pairs: Iterator[tuple[Term, V]]) -> dict[Term, tuple[V, ...]]:
    found: dict[Term, dict[V, None]] = defaultdict(dict)
    for key, value in pairs:
        found[key][value] = None
    return {key: tuple(values) for key, values in found.items()}
