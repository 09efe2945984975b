"""The rules read as forms: in which order, under which names, a class of records shows its properties.

Takes the parsed files of the rules; gives, for each class that a shape targets, its fields: property, name,
help, group, order. A field is a property shape with a plain path and a name (`sh:name`, `sh:group`, `sh:order`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from .language import Words
from .vocab import LABEL, sh

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    help: Words | None = None

    def helped(self, other: Field) -> Field:
        """Return the field with what another shape of the same property tells in addition."""
        if self.help is None or other.help is None or other.help.fr in self.help.fr:
            return self if other.help is None or self.help is not None else replace(self, help=other.help)
        both = Words(f"{self.help.fr} {other.help.fr}", f"{self.help.en} {other.help.en}")
        return replace(self, help=both)


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
                    before = chosen.get(field.path)
                    chosen[field.path] = field if before is None else before.helped(field)
        return dict(sorted(chosen.items(), key=lambda row: row[1].order))


def of_documents(documents: Iterable[Document]) -> Forms:
    """Return the forms that the files of the rules hold."""
    facts = statements(documents)
    fields: dict[Term, list[Field]] = defaultdict(list)
    for shape in list(facts):
        for kind in facts[shape].get(sh("targetClass"), ()):
            held = (_field(facts, node) for node in facts[shape].get(sh("property"), ()))
            fields[kind] += [field for field in held if field is not None]
    return Forms({kind: tuple(sorted(held, key=lambda field: field.order)) for kind, held in fields.items()})


Statements = Mapping["Term", Mapping["Term", Sequence["Term"]]]


def statements(documents: Iterable[Document]) -> Statements:
    """Return what files say: the values of each property of each subject, in the order of the text."""
    said: dict[Term, dict[Term, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for document in documents:
        for triple in document.triples:
            said[triple.subject][triple.predicate].append(triple.object)
    return {subject: dict(held) for subject, held in said.items()}


def _field(facts: Statements, node: Term) -> Field | None:
    about = facts.get(node, {})
    path, name = next(iter(about.get(sh("path"), ())), None), _words(about.get(sh("name"), ()))
    if not isinstance(path, NamedNode) or name is None:
        return None
    group = facts.get(next(iter(about.get(sh("group"), ())), sh("PropertyGroup")), {})
    order = (_order(group), _order(about), str(node))
    return Field(path, name, _words(group.get(LABEL, ())), order, _words(about.get(sh("description"), ())))


def _words(literals: Iterable[Term]) -> Words | None:
    said = {text.language or "": text.value for text in literals if isinstance(text, Literal)}
    if not said:
        return None
    french = said.get("fr") or said.get("") or said.get("en") or next(iter(said.values()))
    return Words(french, said.get("en") or said.get("") or french)


def _order(about: Mapping[Term, Sequence[Term]]) -> float:
    written = next(iter(about.get(sh("order"), ())), None)
    try:
        return float(written.value) if isinstance(written, Literal) else _LAST
    except ValueError:
        return _LAST
