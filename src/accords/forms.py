"""The rules read as forms: in which order, under which names, a class of records shows its properties.

Takes the parsed files of the rules; gives, for each class that a shape targets, its fields: property, name,
group, order. A field is a property shape with a plain path and a name (`sh:name`, `sh:group`, `sh:order`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from .language import Words
from .vocab import LABEL, sh

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .loading import Document
    from .terms import Term

_LAST = 1_000_000.0  # the order of what has none


@dataclass(frozen=True, slots=True)
class Field:
    """One property in the form of a class."""

    path: NamedNode
    name: Words
    group: Words | None
    order: tuple[float, float, str]  # of the group, in the group, and the shape's IRI


@dataclass(frozen=True, slots=True)
class Forms:
    """The fields of every class that has a form."""

    fields: Mapping[Term, tuple[Field, ...]]

    def of(self, classes: Sequence[Term]) -> dict[NamedNode, Field]:
        """Return the fields of a record by property, in order.

        `classes` are those of the record and their superclasses, nearest first: the nearest class names a field.
        """
        chosen: dict[NamedNode, Field] = {}
        for kind in classes:
            nearer = set(chosen)
            for field in self.fields.get(kind, ()):
                if field.path not in nearer:
                    chosen.setdefault(field.path, field)
        return dict(sorted(chosen.items(), key=lambda row: row[1].order))


def of_documents(documents: Iterable[Document]) -> Forms:
    """Return the forms that the files of the rules hold."""
    facts: dict[Term, dict[Term, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for document in documents:
        for triple in document.triples:
            facts[triple.subject][triple.predicate].append(triple.object)
    fields: dict[Term, list[Field]] = defaultdict(list)
    for shape in list(facts):
        for kind in facts[shape].get(sh("targetClass"), ()):
            held = (_field(facts, node) for node in facts[shape].get(sh("property"), ()))
            fields[kind] += [field for field in held if field is not None]
    return Forms({kind: tuple(sorted(held, key=lambda field: field.order)) for kind, held in fields.items()})


_Facts = dict["Term", dict["Term", list["Term"]]]


def _field(facts: _Facts, node: Term) -> Field | None:
    about = facts.get(node, {})
    path, name = next(iter(about.get(sh("path"), ())), None), _words(about.get(sh("name"), ()))
    if not isinstance(path, NamedNode) or name is None:
        return None
    group = facts.get(next(iter(about.get(sh("group"), ())), sh("PropertyGroup")), {})
    order = (_order(group), _order(about), str(node))
    return Field(path, name, _words(group.get(LABEL, ())), order)


def _words(literals: Iterable[Term]) -> Words | None:
    said = {text.language or "": text.value for text in literals if isinstance(text, Literal)}
    if not said:
        return None
    french = said.get("fr") or said.get("") or said.get("en") or next(iter(said.values()))
    return Words(french, said.get("en") or said.get("") or french)


def _order(about: Mapping[Term, list[Term]]) -> float:
    written = next(iter(about.get(sh("order"), ())), None)
    try:
        return float(written.value) if isinstance(written, Literal) else _LAST
    except ValueError:
        return _LAST
