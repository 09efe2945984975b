"""Which questions notice which triple: each triple of the invented world is removed in turn, on pyoxigraph.

A question is asked again only when its answer can depend on the triple (`seeing`). Taking a triple away from
any other question cannot change its answer.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Quad

import asked
from accords import graphs, loading
from accords import store as stores
from accords.vocab import TYPE
from seeing import seen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Triple

    from accords.catalogue import Question
    from accords.solutions import Solutions
    from accords.terms import Term


@dataclass(frozen=True)
class Noticed:
    """One triple and the questions whose answer changes without it."""

    triple: Triple
    kinds: tuple[str, ...]  # the classes of its subject
    questions: frozenset[str]

    @property
    def predicate(self) -> str:
        return asked.prefixes().show(self.triple.predicate)


class Asked:
    """A question, what it answers on the whole graph, and the triples that this can depend on."""

    def __init__(self, store: stores.Store, question: Question) -> None:
        self.question = question
        self.text = asked.query(question, "world")
        self.seen = seen(store, self.text)
        self.found = stores.answer(store, self.text, asked.MOST)
        self.rows = self._rows(self.found)

    def changed(self, store: stores.Store) -> bool:
        """Tell whether the answer is another one; lists are compared sorted, rows in order."""
        found = stores.answer(store, self.text, asked.MOST)
        return found != self.found and self._rows(found) != self.rows

    def _rows(self, found: Solutions) -> asked.Rows:
        return [asked.cells(self.question, found.names, row) for row in found.rows]


def noticed() -> Iterator[Noticed]:
    """Yield every triple of the world's data with the questions that notice it."""
    store = graphs.store_of(asked.GRAPHS["world"])
    questions = [Asked(store, question) for question in asked.questions()]
    triples = [triple for document in loading.load(asked.GRAPHS["world"]).data for triple in document.triples]
    kinds: dict[Term, list[str]] = defaultdict(list)
    for triple in triples:
        if triple.predicate == TYPE:
            kinds[triple.subject].append(asked.prefixes().show(triple.object))
    for triple in triples:
        quad = Quad(*triple)
        store.remove(quad)
        changed = {one.question.name for one in questions if quad in one.seen and one.changed(store)}
        store.add(quad)
        yield Noticed(triple, tuple(sorted(kinds[triple.subject])), frozenset(changed))
