"""The kinds of records that can be written: every class that the table of prefixes has a place for.

Takes the knowledge and the parsed rules; gives `Kinds`. A kind has a short code (`agreement`,
`signature-event`), a name in both languages, the prefix of its IRIs and the slots of its form.

1. A row of the table of prefixes under …/id/ names a class: a kind, and so is each class below it.
2. Its slots are the fields of its form in order, each with what the rules ask of it.
3. A class that the rules find too wide is no kind of its own: it names those of which one has to be taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from . import demands, forms, kindnames
from .errors import RequestError
from .language import Words
from .things import Facts
from .vocab import RECORD, SUBCLASS, TYPE, sh

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .demands import Demand, Demands
    from .forms import Field, Forms
    from .loading import Document, Knowledge
    from .terms import Term

_HOLDS = NamedNode("http://rdfs.org/ns/void#class")


@dataclass(frozen=True, slots=True)
class Slot:
    """One field of a form, with what the rules ask of it."""

    field: Field
    demand: Demand

    @property
    def path(self) -> NamedNode:
        """Return the property."""
        return self.field.path

    @property
    def code(self) -> str:
        """Return the property without its prefix, as it can be typed: agreementType."""
        return re.split(r"[/#]", self.path.value)[-1]

    @property
    def most(self) -> int | None:
        """Return how many values the field takes; None for any number."""
        return self.demand.most

    @property
    def several(self) -> bool:
        """Tell whether the field takes several values in one language."""
        text = self.demand.tagged and not self.demand.plain  # of several lines: nothing sets values apart
        return self.most is None and not self.demand.unique and not text


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of records."""

    term: NamedNode
    code: str
    words: Words
    prefix: str
    classes: tuple[NamedNode, ...]  # its own and those above, nearest first
    slots: tuple[Slot, ...]  # in the order of the form
    alternatives: tuple[tuple[NamedNode, ...], ...]  # groups of fields of which one is needed
    narrower: tuple[NamedNode, ...]  # of which one has to be taken in its place

    def slot(self, path: NamedNode) -> Slot | None:
        """Return the slot of a property, if the form has one."""
        return next((slot for slot in self.slots if slot.path == path), None)

    def needed(self, slot: Slot) -> bool:
        """Tell whether a record is incomplete without the slot, or without one that stands in for it."""
        return slot.demand.least > 0 or any(slot.path in group for group in self.alternatives)


@dataclass(frozen=True)
class Kinds:
    """Every kind of records of a project."""

    knowledge: Knowledge
    forms: Forms
    demands: Demands

    @cached_property
    def facts(self) -> Facts:
        """Return the statements of the knowledge."""
        return Facts(self.knowledge)

    @cached_property
    def all(self) -> tuple[Kind, ...]:
        """Return every kind, in the order of the table of prefixes, the wide ones included."""
        return tuple(self._all())

    def _all(self) -> Iterator[Kind]:
        for row, held in self.facts.by_subject.items():
            prefix, space = (self.facts.texts(row, sh(name)) for name in ("prefix", "namespace"))
            if prefix and space and space[0].text.startswith(RECORD):
                for top in held.get(_HOLDS, ()):
                    below = sorted(self.facts.below(top, SUBCLASS), key=str)
                    for term in (top, *below):
                        if isinstance(term, NamedNode):
                            segment = space[0].text.removeprefix(RECORD).strip("/")
                            code = segment if term == top else kindnames.kebab(term)
                            yield self._kind(term, code, prefix[0].text)

    def _kind(self, term: NamedNode, code: str, prefix: str) -> Kind:
        classes = tuple(one for one in self.facts.above([term], SUBCLASS) if isinstance(one, NamedNode))
        asked = self.demands.of(classes)
        fields = self.forms.of(classes)
        wished = {path for group in self.demands.wishes(classes) for path in group}
        slots = tuple(
            Slot(field, replace(asked[path], wished=asked[path].wished or path in wished))
            for path, field in fields.items()
            if asked[path].most != 0
        )
        label = self.facts.thing(term).label or Words(code, code)
        alternatives = self.demands.alternatives(classes)
        return Kind(term, code, label, prefix, classes, slots, alternatives, self.demands.narrower(term))

    def of(self, node: Term) -> Kind | None:
        """Return the kind of a record, by its class; None for what no kind describes."""
        types = self.facts.values(node, TYPE)
        return next((self._by_class[kind] for kind in types if kind in self._by_class), None)

    @cached_property
    def _by_class(self) -> dict[Term, Kind]:
        return {kind.term: kind for kind in self.all}

    def named(self, term: NamedNode) -> Kind | None:
        """Return the kind of a class, or of the first kind below it."""
        return next((kind for kind in self.all if term in kind.classes), None)

    def refined(self, kind: Kind, path: NamedNode, value: Term) -> Kind:
        """Return the kind that a value of a field asks for: the one given, or one below it.

        Raises RequestError for a value that goes with another kind.
        """
        wanted = self.demands.class_for(kind.classes, path, value)
        if wanted is None:
            return kind
        other = next((one for one in self.all if one.term == wanted), None)
        if other is not None and kind.term in other.classes:
            return other
        shown = self.facts.thing(value)
        label = shown.label or Words(shown.curie, shown.curie)
        code, name = ("?", kind.words) if other is None else (other.code, other.words)
        raise RequestError(
            Words(
                f"« {label.fr} » ne va pas avec « {kind.words.fr} », mais avec « {name.fr} »",
                f"“{label.en}” does not go with “{kind.words.en}” but with “{name.en}”",
            ),
            hint=Words(f"accords new {code}", f"accords new {code}"),
        )

    def suits(self, kind: Kind, path: NamedNode, value: Term) -> bool:
        """Tell whether a value of a field goes with a kind as it is."""
        return self.demands.class_for(kind.classes, path, value) is None

    def find(self, asked: str) -> Kind:
        """Return the kind meant by its code, its class or its name in either language.

        Raises UnknownName with the close ones, RequestError for a class that is too wide.
        """
        return kindnames.find(asked, self)


def of(knowledge: Knowledge, documents: Iterable[Document]) -> Kinds:
    """Return the kinds of records of a project; `documents` are the files of the rules."""
    held: Sequence[Document] = tuple(documents)
    return Kinds(knowledge, forms.of_documents(held), demands.of_documents(held))
