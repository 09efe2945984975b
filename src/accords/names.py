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
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from .loading import Knowledge
    from .terms import Prefixes, Term

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
class Index:
    """Terms by their names: what is known, what it is called, what has given way to another."""

    prefixes: Prefixes
    labels: Mapping[NamedNode, Sequence[str]]  # every known term, with the names that it has, if any
    deprecated: frozenset[Term] = frozenset()

    def meant(self, asked: str) -> list[NamedNode]:
        """Return the terms that what was typed may mean: one, several that share the name, or none."""
        for iri in self.iris(asked.strip()):
            term = _node(iri)
            if term is not None and term in self.labels:
                return [term]
        for index in (self._by_name, self._by_last_part):
            if found := self._live(index.get(folded(asked), ())):
                return found
        return []

    def close_to(self, asked: str) -> tuple[str, ...]:
        """Return the closest terms as « CURIE (name) »: names that hold the words, then look-alikes."""
        bare = asked.strip().removeprefix("<").removesuffix(">")
        wanted = folded(self.prefixes.shorten(bare))  # an IRI is compared as the CURIE it would be
        if not wanted:
            return ()
        holding = [name for name in self._by_name if f" {wanted} " in f" {name} "]
        holding.sort(key=lambda name: (not self._has_label(name), len(name), name))
        alike = get_close_matches(wanted, [*self._by_name, *self._by_last_part], n=CLOSE)
        terms = dict.fromkeys(self._labelled(bare))
        for name in [*holding, *alike]:
            for index in (self._by_name, self._by_last_part):
                terms |= dict.fromkeys(self._live(index.get(name, ())))
        return tuple(self._described(term) for term in list(terms)[:CLOSE])

    def _labelled(self, asked: str) -> list[NamedNode]:
        """Return the terms of a prefix whose names hold what was typed behind it, those that begin with it first.

        A name typed as a short name: theme:formation for the theme « formation professionnelle ».
        """
        prefix, _, typed = asked.partition(":")
        wanted = folded(typed)
        if prefix not in self.prefixes.table or not wanted:
            return []
        holding = [name for name in self._by_name if f" {wanted} " in f" {name} "]
        holding.sort(key=lambda name: (not name.startswith(wanted), len(name), name))
        found = [term for name in holding for term in self._live(self._by_name[name])]
        return [term for term in found if self.curie(term).startswith(f"{prefix}:")]

    def iris(self, asked: str) -> list[str]:
        """Return the IRIs that what was typed may be: itself, and the one of a CURIE."""
        bare = asked.removeprefix("<").removesuffix(">")
        expanded = self.prefixes.expand(asked)
        return [bare] if expanded is None else [bare, expanded]

    def curie(self, term: NamedNode) -> str:
        """Return the short name of a term."""
        return self.prefixes.show(term)

    @cached_property
    def _curies(self) -> tuple[tuple[str, NamedNode], ...]:
        return tuple(sorted((self.curie(term), term) for term in self.labels))

    @cached_property
    def _by_name(self) -> dict[str, frozenset[NamedNode]]:
        named = [(name, term) for term, names in self.labels.items() for name in names]
        return _index([*named, *self._curies])

    @cached_property
    def _by_last_part(self) -> dict[str, frozenset[NamedNode]]:
        return _index(
            (curie.partition(":")[2], term) for curie, term in self._curies if not curie.startswith("<")
        )

    def _has_label(self, name: str) -> bool:
        return any(self.labels[term] for term in self._by_name[name])

    def _live(self, terms: Iterable[NamedNode]) -> list[NamedNode]:
        found = sorted(terms, key=self.curie)
        return [term for term in found if term not in self.deprecated] or found

    def _described(self, term: NamedNode) -> str:
        labels = self.labels[term]
        return f"{self.curie(term)} ({printable(labels[0], _SHORT)})" if labels else self.curie(term)


@dataclass(frozen=True)
class Names:
    """The names of everything that the project describes, or of some of it."""

    knowledge: Knowledge
    among: frozenset[Term] | None = None

    def find(self, asked: str) -> NamedNode:
        """Return the term meant.

        Raises UnknownName or AmbiguousName.
        """
        found = self.index.meant(asked)
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousName(asked, tuple((self.index.curie(term), self._what(term)) for term in found))
        raise self.unknown(asked)

    def unknown(self, asked: str) -> UnknownName:
        """Return the refusal of a name that means nothing here."""
        cited = self._cited({node for iri in self.index.iris(asked.strip()) if (node := _node(iri))})
        return UnknownName(_TERM, asked, self.index.close_to(asked), cited=cited)

    @cached_property
    def index(self) -> Index:
        """Return the index of the names."""
        known = frozenset(
            term
            for term in self.knowledge.homes
            if isinstance(term, NamedNode) and (self.among is None or term in self.among)
        )
        labels: dict[NamedNode, list[str]] = {term: [] for term in sorted(known, key=str)}
        gone: set[Term] = set()
        for document in self.knowledge.documents:
            for triple in document.triples:
                term, said = triple.subject, triple.object
                if not isinstance(said, Literal):
                    continue
                if triple.predicate in _NAMING and isinstance(term, NamedNode) and term in known:
                    labels[term].append(said.value)
                elif triple.predicate == DEPRECATED and said.value in {"true", "1"}:
                    gone.add(term)
        return Index(self.knowledge.prefixes, labels, frozenset(gone))

    def _cited(self, terms: Collection[Term]) -> tuple[str, ...]:
        places = [
            document.locate(triple.subject, triple.predicate, triple.object)
            for document in (self.knowledge.documents if self.among is None else ())
            for triple in document.triples
            if triple.object in terms
        ]
        return tuple(f"{place.file}:{place.line}" for place in sorted(places)[:CITED])

    def _what(self, term: NamedNode) -> Words:
        """Return « name, kind », what tells two things of one name apart."""
        wording = Wording(self.knowledge)
        kinds = [
            triple.object
            for document in self.knowledge.homes[term]
            for triple in document.triples
            if triple.subject == term and triple.predicate == TYPE
        ]
        named = [wording.label(kind) for kind in kinds]
        said = [words for words in (wording.label(term), *named) if words is not None]
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
