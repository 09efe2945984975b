"""One graph made of the cache and of documents that replace some of its files, its terms as numbers.

Takes an open cache, the files of it that do not count, and parsed documents; answers like the cache does.
Nothing is written: the numbers of terms that the cache does not hold are negative and last as long as this.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import Triple

    from .cache import Cached, Row
    from .loading import Document

ADDED = 1_000_000_000  # where the numbers of the documents begin, behind those of any cached file


class Merged:
    """A cache without some of its files, and documents instead."""

    def __init__(self, cached: Cached, hidden: Iterable[int], documents: Sequence[Document]) -> None:
        """Take the cache, the numbers of its files that are left out, and the documents laid over it."""
        self.cached, self.hidden, self.documents = cached, frozenset(hidden), tuple(documents)
        self._new: dict[str, int] = {}
        self._out: dict[int, list[Row]] = defaultdict(list)
        self._in: dict[tuple[int, int], list[Row]] = defaultdict(list)
        self._into: dict[int, list[Row]] = defaultdict(list)
        self._kept: dict[int, list[Row]] = {}
        self._lay()

    def _lay(self) -> None:
        said = {
            str(term)
            for document in self.documents
            for triple in document.triples
            for term in (triple.subject, triple.predicate, triple.object)
        }
        known = self._numbered(said)
        for place, document in enumerate(self.documents):
            for order, triple in enumerate(document.triples):
                s, p, o = (known[str(t)] for t in (triple.subject, triple.predicate, triple.object))
                row = (s, p, o, ADDED + place, order)
                self._out[s].append(row)
                self._in[o, p].append(row)
                self._into[o].append(row)

    def _numbered(self, texts: Iterable[str]) -> dict[str, int]:
        texts = set(texts)
        known = self.cached.numbers(texts)
        for text in sorted(texts - set(known)):
            known[text] = self._new.setdefault(text, -1 - len(self._new))
        return known

    def numbers(self, iris: Iterable[str]) -> dict[str, int]:
        """Return the numbers of IRIs, those that are in the graph."""
        return {text[1:-1]: number for text, number in self.numbers_of(f"<{iri}>" for iri in iris).items()}

    def numbers_of(self, texts: Iterable[str]) -> dict[str, int]:
        """Return the numbers of terms by their N-Triples, those that are in the graph."""
        texts = set(texts)
        known = self.cached.numbers(texts)
        return known | {text: self._new[text] for text in texts if text in self._new and text not in known}

    def texts(self, numbers: Iterable[int]) -> dict[int, str]:
        """Return the N-Triples of terms."""
        numbers = set(numbers)
        new = {number: text for text, number in self._new.items() if number in numbers}
        return new | self.cached.texts(numbers - set(new))

    def outgoing(self, subjects: Iterable[int]) -> dict[int, list[Row]]:
        """Return the statements about each subject."""
        subjects = set(subjects)
        for node, rows in self.cached.outgoing(subjects - set(self._kept)).items():
            self._kept[node] = [row for row in rows if row[3] not in self.hidden]
        for node in subjects:
            self._kept.setdefault(node, [])
        return {node: [*self._kept[node], *self._out.get(node, ())] for node in subjects}

    def incoming(self, ends: Iterable[tuple[int, int]]) -> dict[tuple[int, int], list[Row]]:
        """Return the statements with each object and property."""
        ends = set(ends)
        found = self.cached.incoming(ends)
        return {
            end: [*(row for row in found.get(end, ()) if row[3] not in self.hidden), *self._in.get(end, ())]
            for end in ends
        }

    def referring(self, objects: Iterable[int]) -> dict[int, list[Row]]:
        """Return the statements with each object, whatever the property."""
        objects = set(objects)
        found = self.cached.referring(objects)
        return {
            node: [
                *(row for row in found.get(node, ()) if row[3] not in self.hidden),
                *self._into.get(node, ()),
            ]
            for node in objects
        }

    @cached_property
    def properties(self) -> frozenset[int]:
        """Return the terms that some statement uses as its property."""
        used = {row[1] for rows in self._out.values() for row in rows}
        return frozenset({*self.cached.properties(), *used})

    def subjects(self, document: int) -> set[int]:
        """Return the subjects of one of the documents, by its place among them."""
        return {s for s, rows in self._out.items() if any(row[3] == ADDED + document for row in rows)}

    def rows(self, document: int) -> set[Row]:
        """Return the statements of one of the documents."""
        return {row for rows in self._out.values() for row in rows if row[3] == ADDED + document}

    def described(self, opening: str) -> set[str]:
        """Return the IRIs that begin so and that some statement is about."""
        held = {text[1:-1] for text in self.cached.subjects(f"<{opening}", self.hidden)}
        texts = self.texts(self._out)
        return held | {text[1:-1] for text in texts.values() if text.startswith(f"<{opening}")}

    def alike(self, keys: Iterable[str]) -> set[Row]:
        """Return the statements about the cached things that have a label of one of the keys."""
        things = {row[1] for row in self.cached.alike(keys) if row[4] not in self.hidden}
        return {row for rows in self.outgoing(things).values() for row in rows}

    def triples(self, rows: Sequence[Row]) -> list[Triple]:
        """Return the statements themselves, in the order given."""
        texts = self.texts({number for row in rows for number in row[:3]})
        lines = "".join(f"{texts[s]} {texts[p]} {texts[o]} .\n" for s, p, o, _, _ in rows)
        return [quad.triple for quad in parse(lines, format=RdfFormat.N_TRIPLES)]
