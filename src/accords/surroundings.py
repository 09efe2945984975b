"""What stands around some records: the small graph in which the rules find about them what they find in all.

A `View` is a project with some files in mind: the cache, the documents laid over it, the numbers of the
terms. Its statements are given by file, in the order in which they are written, as a `Knowledge`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from .loading import Document, Knowledge
from .merging import ADDED, Merged
from .vocab import NAME, PREF_LABEL, TYPE
from .walking import Walker
from .wellformed import label_keys

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .cache import Row
    from .standing import Standing
    from .terms import Term


@dataclass(frozen=True)
class View:
    """A project with some files in mind, by printed name: those asked for, and all that are read again."""

    standing: Standing
    asked: frozenset[str]
    touched: frozenset[str]

    @cached_property
    def graph(self) -> Merged:
        """Return the graph as it is now."""
        standing = self.standing
        return Merged(standing.cached, standing.hidden, [document for document, _ in standing.fresh])

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Return the files read again, those that parse."""
        return tuple(document for document, _ in self.standing.fresh if document.name in self.touched)

    @cached_property
    def focus(self) -> set[int]:
        """Return the subjects of the files asked for."""
        places = [
            place for place, (document, _) in enumerate(self.standing.fresh) if document.name in self.asked
        ]
        return {node for place in places for node in self.graph.subjects(place)}

    @cached_property
    def labels(self) -> frozenset[str]:
        """Return the keys of the labels in the files read again, as they are and as they were."""
        labels = set(self.graph.numbers(predicate.value for predicate in (PREF_LABEL, NAME)).values())
        before = [row for row in self._before if row[1] in labels]
        said = (*(document.triples for document in self.documents), self.graph.triples(before))
        return frozenset(key for triples in said for key, _ in label_keys(triples))

    @cached_property
    def described(self) -> set[int]:
        """Return the subjects of the files read again, as they are and as they were."""
        now = {
            node
            for place, (document, _) in enumerate(self.standing.fresh)
            if document.name in self.touched
            for node in self.graph.subjects(place)
        }
        return now | {row[0] for row in self._before}

    @cached_property
    def _before(self) -> list[Row]:
        """Return the statements that the cache has of the files read again."""
        files, cached = self.standing.files, self.standing.cached
        return [row for name in self.touched if name in files for row in cached.written(files[name])]

    @cached_property
    def _walker(self) -> Walker:
        return Walker(self.standing.rules.machine, self.graph)

    def affected(self) -> set[int] | None:
        """Return the nodes that see a statement of these files added or taken away; None for too many."""
        graph = Merged(self.standing.cached, (), self.graph.documents)  # what was, and what is
        changed: set[tuple[int, int, int]] = set()
        places = {document.name: place for place, (document, _) in enumerate(self.standing.fresh)}
        for name in self.touched:
            now = {row[:3] for row in graph.rows(places[name])} if name in places else set()
            held = self.standing.files.get(name)
            changed |= now ^ (
                set() if held is None else {row[:3] for row in self.standing.cached.written(held)}
            )
        if not changed:
            return set()
        found = Walker(self.standing.rules.machine, graph).seeing(changed)
        if found is None:
            return None
        texts = graph.texts(found)
        return set(
            self.graph.numbers_of(text for text in texts.values() if not text.startswith('"')).values()
        )

    def around(self, focus: set[int]) -> tuple[set[Row], frozenset[str]]:
        """Return the statements that the rules read from some nodes, and the shapes that are about them."""
        about = self._walker.about(focus)
        starts = {node: {start for t in targets for start in t.starts} for node, targets in about.items()}
        shapes = frozenset(target.shape for targets in about.values() for target in targets)
        return self._walker.seen(starts), shapes

    @property
    def before(self) -> View:
        """Return the same project with the files read again as the cache has them."""
        return replace(self, standing=self.standing.as_cached(self.touched))

    def beside(self, nodes: set[int], labels: frozenset[str]) -> set[Row]:
        """Return the labels that may be taken for some others, and who else types the nodes."""
        kept = set(self.graph.numbers(predicate.value for predicate in (PREF_LABEL, NAME)).values())
        types = set(self.graph.numbers([TYPE.value]).values())
        alike = {row for row in self.graph.alike(labels) if row[1] in kept}
        return alike | {
            row for rows in self.graph.outgoing(nodes).values() for row in rows if row[1] in types
        }

    def said_of(self, terms: Iterable[Term | None]) -> set[Row]:
        """Return all that is said of some terms."""
        texts = {str(term) for term in terms if term is not None and not isinstance(term, Literal)}
        rows = self.graph.outgoing(self.graph.numbers_of(texts).values())
        return {row for found in rows.values() for row in found}

    def terms(self, nodes: set[int]) -> frozenset[Term]:
        """Return the terms of nodes."""
        texts = self.graph.texts(nodes).values()
        return frozenset(node(text) for text in texts if text.startswith(("<", "_:")))

    def knowledge(self, rows: set[Row]) -> Knowledge:
        """Return the statements by file, with the documents that are laid over the cache."""
        standing = self.standing
        held: dict[int, list[Row]] = defaultdict(list)
        for row in sorted(rows, key=lambda row: row[3:]):
            if row[3] < ADDED:
                held[row[3]].append(row)
        names = {number: name for name, number in standing.files.items()}
        triples = iter(self.graph.triples([row for number in held for row in held[number]]))
        found = {document.name: document for document, _ in standing.fresh}
        for number, some in held.items():
            name = names[number]
            part = tuple(next(triples) for _ in some)
            found[name] = Document(standing.survey.files[name].path, name, part)
        folders: dict[str, list[Document]] = {"data": [], "ontology": [], "shapes": []}
        for name, listed in standing.survey.files.items():
            if name in found:
                folders[listed.folder].append(found[name])
        return Knowledge(
            standing.survey.project, tuple(folders["data"]), tuple(folders["ontology"]), (), standing.table
        )


def node(text: str) -> NamedNode | BlankNode:
    """Return an IRI or a blank node from its N-Triples.

    >>> node("<http://example.org/a>").value
    'http://example.org/a'
    """
    return NamedNode(text[1:-1]) if text.startswith("<") else BlankNode(text[2:])
