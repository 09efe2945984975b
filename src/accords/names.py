"""Which term a person means by an IRI, a CURIE or a name.

Takes the knowledge and what was typed; gives the one term meant.

1. An IRI (with or without angle brackets) or a CURIE of the house table.
2. A name in either language: preferred and alternative labels, names, titles, notations. Case, accents
   and punctuation do not count, nor do they in a CURIE. A deprecated term gives way to a live one.
3. The last part of a CURIE: `pdl-2023-prefiguration`.

Several terms for one name: a refusal that lists them. None: a refusal with the close ones or, for a term
that is named but nowhere described, with the places that name it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from .errors import AmbiguousName, UnknownName
from .language import Words, printable
from .vocab import ALT_LABEL, DEPRECATED, LABELS, NOTATION, TYPE
from .wording import Wording

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from .loading import Knowledge
    from .terms import Term

CLOSE = 6  # close matches offered
CITED = 5  # places offered
_SHORT = 50  # characters of a name beside a CURIE
_NAMING = frozenset({*LABELS, ALT_LABEL, NOTATION})
_LETTERS = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})
_APART = re.compile(r"[\W_]+")
_TERM = Words("terme", "term")


def find_term(knowledge: Knowledge, asked: str, *, among: Collection[Term] | None = None) -> NamedNode:
    """Return the term meant; `among` keeps the search to some terms, the sources for instance.

    Raises UnknownName with the close matches, AmbiguousName with the terms that share the name.
    """
    return Names(knowledge, None if among is None else frozenset(among)).find(asked)


def folded(text: str) -> str:
    """Return a name as names are compared.

    >>> folded("Préfet de l’Œuvre"), folded("PAYS-DE-LA-LOIRE")
    ('prefet de l oeuvre', 'pays de la loire')
    """
    apart = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _APART.sub(" ", plain.casefold()).strip()


@dataclass(frozen=True)
class Names:
    """The names of everything that the project describes, or of some of it."""

    knowledge: Knowledge
    among: frozenset[Term] | None = None

    def find(self, asked: str) -> NamedNode:
        """Return the term meant.

        Raises UnknownName or AmbiguousName.
        """
        meant = [_node(iri) for iri in self._iris(asked.strip())]
        for term in meant:
            if term is not None and term in self._known:
                return term
        for index in (self._by_name, self._by_last_part):
            found = self._live(index.get(folded(asked), ()))
            if len(found) == 1:
                return found[0]
            if found:
                raise AmbiguousName(asked, tuple((self._curie(term), self._what(term)) for term in found))
        cited = self._cited({term for term in meant if term is not None})
        raise UnknownName(_TERM, asked, self.close_to(asked), cited=cited)

    def close_to(self, asked: str) -> tuple[str, ...]:
        """Return the closest terms as « CURIE (name) »: names that hold the words, then look-alikes."""
        bare = asked.strip().removeprefix("<").removesuffix(">")
        wanted = folded(self.knowledge.prefixes.shorten(bare))  # an IRI is compared as the CURIE it would be
        if not wanted:
            return ()
        holding = [name for name in self._by_name if f" {wanted} " in f" {name} "]
        holding.sort(key=lambda name: (not self._has_label(name), len(name), name))
        alike = get_close_matches(wanted, [*self._by_name, *self._by_last_part], n=CLOSE)
        terms: dict[NamedNode, None] = {}
        for name in [*holding, *alike]:
            for index in (self._by_name, self._by_last_part):
                terms |= dict.fromkeys(self._live(index.get(name, ())))
        return tuple(self._described(term) for term in list(terms)[:CLOSE])

    def _iris(self, asked: str) -> list[str]:
        bare = asked.removeprefix("<").removesuffix(">")
        expanded = self.knowledge.prefixes.expand(asked)
        return [bare] if expanded is None else [bare, expanded]

    def _cited(self, terms: Collection[Term]) -> tuple[str, ...]:
        places = [
            document.locate(triple.subject, triple.predicate, triple.object)
            for document in (self.knowledge.documents if self.among is None else ())
            for triple in document.triples
            if triple.object in terms
        ]
        return tuple(f"{place.file}:{place.line}" for place in sorted(places)[:CITED])

    @cached_property
    def _known(self) -> frozenset[NamedNode]:
        return frozenset(
            term
            for term in self.knowledge.homes
            if isinstance(term, NamedNode) and (self.among is None or term in self.among)
        )

    @cached_property
    def _terms(self) -> tuple[tuple[str, NamedNode], ...]:
        return tuple(sorted((self._curie(term), term) for term in self._known))

    @cached_property
    def _labels(self) -> dict[NamedNode, list[str]]:
        labels: dict[NamedNode, list[str]] = defaultdict(list)
        for document in self.knowledge.documents:
            for triple in document.triples:
                term, name = triple.subject, triple.object
                if triple.predicate not in _NAMING or not isinstance(term, NamedNode):
                    continue
                if isinstance(name, Literal) and term in self._known:
                    labels[term].append(name.value)
        return labels

    @cached_property
    def _by_name(self) -> dict[str, frozenset[NamedNode]]:
        named = [(name, term) for term, names in self._labels.items() for name in names]
        return _index([*named, *self._terms])

    @cached_property
    def _by_last_part(self) -> dict[str, frozenset[NamedNode]]:
        return _index(
            (curie.partition(":")[2], term) for curie, term in self._terms if not curie.startswith("<")
        )

    @cached_property
    def _deprecated(self) -> frozenset[Term]:
        return frozenset(
            triple.subject
            for document in self.knowledge.documents
            for triple in document.triples
            if triple.predicate == DEPRECATED
            and isinstance(triple.object, Literal)
            and triple.object.value in {"true", "1"}
        )

    @cached_property
    def _wording(self) -> Wording:
        return Wording(self.knowledge)

    def _curie(self, term: NamedNode) -> str:
        return self.knowledge.prefixes.show(term)

    def _has_label(self, name: str) -> bool:
        return any(term in self._labels for term in self._by_name[name])

    def _live(self, terms: Iterable[NamedNode]) -> list[NamedNode]:
        found = sorted(terms, key=self._curie)
        return [term for term in found if term not in self._deprecated] or found

    def _described(self, term: NamedNode) -> str:
        labels = self._labels.get(term)
        return f"{self._curie(term)} ({printable(labels[0], _SHORT)})" if labels else self._curie(term)

    def _what(self, term: NamedNode) -> Words:
        """Return « name, kind », what tells two things of one name apart."""
        label = self._wording.label(term)
        kinds = [
            triple.object
            for document in self.knowledge.homes[term]
            for triple in document.triples
            if triple.subject == term and triple.predicate == TYPE
        ]
        named = [self._wording.label(kind) for kind in kinds]
        said = [words for words in (label, *named) if words is not None]
        return Words(", ".join(words.fr for words in said), ", ".join(words.en for words in said))


def _node(iri: str) -> NamedNode | None:
    try:
        return NamedNode(iri)
    except ValueError:
        return None


def _index(pairs: Iterable[tuple[str, NamedNode]]) -> dict[str, frozenset[NamedNode]]:
    found: dict[str, set[NamedNode]] = defaultdict(set)
    for name, term in pairs:
        if key := folded(name):
            found[key].add(term)
    return {name: frozenset(terms) for name, terms in found.items()}
