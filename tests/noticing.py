"""Which questions notice which triple: each triple of the invented world is removed in turn, on pyoxigraph.

A question is asked again only when its text could see the triple: it names the predicate, or has a variable
in the place of one. Taking a triple away from any other question cannot change its answer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad

import asked
from accords import graphs, loading, sparql
from accords import store as stores
from accords.vocab import TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Triple

    from accords.catalogue import Question
    from accords.terms import Term

_NAME = re.compile(r"(?<![\w?])([A-Za-z][\w-]*):([\w-]+)")
_ANY = re.compile(r"[?$]\w+\s+[?$]\w+\s+[?$\w<\"'(]|;\s*[?$]\w+\s+[?$\w<\"'(]")  # a variable for a predicate
_LISTS = re.compile(  # variables side by side that are no pattern
    r"SELECT\b.*?\bWHERE\b|(?:GROUP|ORDER)\s+BY\b[^{}]*|VALUES\s*\([^)]*\)", re.IGNORECASE | re.DOTALL
)
_A = re.compile(r"(?<![\w?:-])a(?=[\s/])")


@dataclass(frozen=True)
class Noticed:
    """One triple and the questions whose answer changes without it."""

    triple: Triple
    kinds: tuple[str, ...]  # the classes of its subject
    questions: frozenset[str]

    @property
    def predicate(self) -> str:
        return asked.prefixes().show(self.triple.predicate)


def named(text: str) -> frozenset[Term]:
    """Return the terms that a query names."""
    declared = sparql.prefixes(text)
    code = sparql.code(text)
    found = {
        NamedNode(declared[prefix] + local) for prefix, local in _NAME.findall(code) if prefix in declared
    }
    return frozenset({*found, *({TYPE} if _A.search(code) else ())})


def noticed() -> Iterator[Noticed]:
    """Yield every triple of the world's data with the questions that notice it."""
    store = graphs.store_of(asked.GRAPHS["world"])
    texts = {question: asked.query(question, "world") for question in asked.questions()}
    answers = {question: _answer(store, question, text) for question, text in texts.items()}
    seen_by: dict[Term, set[Question]] = defaultdict(set)
    everywhere: set[Question] = set()
    for question, text in texts.items():
        for term in named(text):
            seen_by[term].add(question)
        if _ANY.search(_LISTS.sub(" ", sparql.code(text))):
            everywhere.add(question)
    triples = [triple for document in loading.load(asked.GRAPHS["world"]).data for triple in document.triples]
    kinds: dict[Term, list[str]] = defaultdict(list)
    for triple in triples:
        if triple.predicate == TYPE:
            kinds[triple.subject].append(asked.prefixes().show(triple.object))
    for triple in triples:
        quad = Quad(triple.subject, triple.predicate, triple.object)
        store.remove(quad)
        changed = {
            question.name
            for question in seen_by[triple.predicate] | everywhere
            if _answer(store, question, texts[question]) != answers[question]
        }
        store.add(quad)
        yield Noticed(triple, tuple(sorted(kinds[triple.subject])), frozenset(changed))


def _answer(store: stores.Store, question: Question, text: str) -> asked.Rows:
    """Return an answer that can be compared: lists sorted, rows in order."""
    found = stores.answer(store, text, asked.MOST)
    return [asked.cells(question, found.names, row) for row in found.rows]
