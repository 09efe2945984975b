"""The documents that the facts come from, each with what attributes it: publisher, day, page, rights, excerpts.

What no source names stays empty: whoever shows it says that a publisher is not stated, that rights are unknown.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from accords.vocab import DCTERMS, FOAF, TITLE, TYPE, ae

if TYPE_CHECKING:
    from accords.language import Language
    from accords.things import Facts, Text, Thing, Value

_PUBLISHER, _ISSUED = NamedNode(DCTERMS + "publisher"), NamedNode(DCTERMS + "issued")
_RIGHTS = tuple(NamedNode(DCTERMS + name) for name in ("license", "rights"))
_PAGE = NamedNode(FOAF + "page")
_SOURCE, _EXCERPT_OF = ae("SourceDocument"), ae("excerptOf")


@dataclass(frozen=True, slots=True)
class Source:
    """A source document as an attribution names it."""

    iri: str
    thing: Thing
    titles: tuple[Text, ...]  # whole
    publishers: tuple[Thing, ...]
    issued: tuple[Text, ...]
    pages: tuple[Value, ...]
    rights: tuple[Value, ...]
    excerpts: int

    def title(self, language: Language) -> str | None:
        """Return the title in a language, else in the one that it has."""
        ours = [one.text for one in self.titles if one.language == language]
        return next(iter([*ours, *(one.text for one in self.titles)]), None)


def documents(facts: Facts) -> tuple[Source, ...]:
    """Return the source documents, by IRI."""
    counts = Counter(source for held in facts.by_subject.values() for source in held.get(_EXCERPT_OF, ()))
    found = (
        _source(facts, subject, counts[subject])
        for subject, held in facts.by_subject.items()
        if isinstance(subject, NamedNode) and _SOURCE in held.get(TYPE, ())
    )
    return tuple(sorted(found, key=lambda one: one.iri))


def _source(facts: Facts, node: NamedNode, excerpts: int) -> Source:
    return Source(
        node.value,
        facts.thing(node),
        facts.texts(node, TITLE),
        facts.things(node, _PUBLISHER),
        facts.texts(node, _ISSUED),
        tuple(map(facts.value, facts.values(node, _PAGE))),
        tuple(facts.value(term) for link in _RIGHTS for term in facts.values(node, link)),
        excerpts,
    )
