"""The project as an editor has it in hand: what its files say, the open ones as they are being written.

`load` reads a project; `Library.with_drafts` puts texts in the place of files, broken ones included: what can
be read of them counts. From a `Library`, the facts, the forms, what each property takes, who writes which name.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, Triple

from accords import forms, loading
from accords.names import folded as folded_anew
from accords.things import Facts
from accords.vocab import ALT_LABEL, DEPRECATED, LABELS, NOTATION, SUBCLASS, TYPE

from .expecting import Expected, expected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from accords.forms import Forms
    from accords.loading import Document, Knowledge
    from accords.project import Project
    from accords.terms import Term
    from accords.turtle import Reading

folded = lru_cache(maxsize=100_000)(folded_anew)  # the same names after every letter
_NAMING = frozenset({*LABELS, ALT_LABEL, NOTATION})


@dataclass(frozen=True, eq=False)
class Library:
    """What the files of a project say, and the rules as forms."""

    knowledge: Knowledge
    shapes: tuple[Document, ...]

    @cached_property
    def facts(self) -> Facts:
        """Return the statements by subject."""
        return Facts(self.knowledge)

    @cached_property
    def forms(self) -> Forms:
        """Return the form of each class."""
        return _forms(self.shapes)

    @cached_property
    def expected(self) -> Expected:
        """Return what each property takes."""
        return _expected(self.knowledge.project, self.shapes)

    @cached_property
    def names(self) -> Mapping[NamedNode, tuple[tuple[str, str], ...]]:
        """Return the names of every thing described, each with the form in which names are compared."""
        found: dict[NamedNode, dict[str, None]] = {}
        for subject, held in self.facts.by_subject.items():
            if isinstance(subject, NamedNode):
                texts = (value for path in _NAMING & held.keys() for value in held[path])
                found[subject] = dict.fromkeys(getattr(text, "value", "") for text in texts)
        return {subject: tuple((name, folded(name)) for name in held) for subject, held in found.items()}

    @cached_property
    def by_class(self) -> Mapping[Term, Sequence[NamedNode]]:
        """Return the instances of each class, those of its subclasses included."""
        found: dict[Term, list[NamedNode]] = defaultdict(list)
        for subject, held in self.facts.by_subject.items():
            if isinstance(subject, NamedNode):
                for kind in self._above(tuple(held.get(TYPE, ()))):
                    found[kind].append(subject)
        return found

    @cached_property
    def _above(self) -> Callable[[tuple[Term, ...]], list[Term]]:
        """Return a function that gives some classes with their superclasses."""
        return cache(lambda kinds: self.facts.above(kinds, SUBCLASS))

    def deprecated(self, node: Term) -> bool:
        """Tell whether a term is not to be used any more."""
        return any(text.text in {"true", "1"} for text in self.facts.texts(node, DEPRECATED))

    def documents(self) -> Iterator[Document]:
        """Yield every file, the rules included."""
        yield from self.knowledge.documents
        yield from self.shapes

    def with_drafts(self, drafts: Sequence[Document]) -> Library:
        """Return the same with some files as they are being written."""
        project = self.knowledge.project
        waiting = {document.name: document for document in drafts}
        data, ontology, shapes = (
            tuple(waiting.pop(document.name, document) for document in held)
            for held in (self.knowledge.data, self.knowledge.ontology, self.shapes)
        )
        new: dict[str, list[Document]] = {"data": [], "ontology": [], "shapes": []}
        for document in waiting.values():
            new[_folder(project, document)].append(document)
        knowledge = replace(
            self.knowledge, data=(*data, *new["data"]), ontology=(*ontology, *new["ontology"])
        )
        return Library(knowledge, (*shapes, *new["shapes"]))


@lru_cache(maxsize=2)
def _forms(shapes: tuple[Document, ...]) -> Forms:
    return forms.of_documents(shapes)


@lru_cache(maxsize=2)
def _expected(project: Project, shapes: tuple[Document, ...]) -> Expected:
    return expected(Facts(loading.Knowledge(project, shapes, (), ())))


def _folder(project: Project, document: Document) -> str:
    for name, folder in (("ontology", project.ontology), ("shapes", project.shapes)):
        if document.path.is_relative_to(folder):
            return name
    return "data"


def load(project: Project) -> Library:
    """Return what the files of a project say; those that do not parse are left out."""
    return Library(loading.load(project), loading.load_shapes(project)[0])


def draft(document: Document, text: str, reading: Reading) -> Document:
    """Return a file as it is being written: what can be read of it."""
    mark = f"draft-{abs(hash(document.name))}-"

    def own(node: Term) -> Term:
        return BlankNode(mark + node.value) if isinstance(node, BlankNode) else node

    triples = tuple(
        Triple(own(row.subject), row.predicate, own(row.object))  # type: ignore[arg-type]  # a node stays one
        for row in reading.triples
    )
    return replace(document, triples=tuple(dict.fromkeys(triples)), draft=text)
