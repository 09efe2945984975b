"""Terms of ours that a query names and nothing describes: a query with such a term answers, and finds nothing.

Takes the text of a query and the terms of the ontology; gives a `Mistake` for each class, property, concept
or scheme in our namespaces that none of them is, at its place, with the close names. What a query says of
records is left alone: not to be described is what some queries look for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from . import loading, sparql
from .language import Words, printable
from .mistakes import Mistake, at
from .names import Index
from .terms import words_of
from .vocab import ALT_LABEL, CONCEPT, DEF, LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .location import Location
    from .project import Project
    from .terms import Prefixes

_OURS = (DEF, CONCEPT)
_NAMING = frozenset({*LABELS, ALT_LABEL})
_OFFERED = 3  # close names of one term


def described(project: Project) -> Mapping[NamedNode, Sequence[str]]:
    """Return the terms of the ontology and of the concept schemes, each with its names."""
    names: dict[NamedNode, list[str]] = {}
    for document in loading.load_ontology(project):
        for triple in document.triples:
            if isinstance(triple.subject, NamedNode) and triple.subject.value.startswith(_OURS):
                held = names.setdefault(triple.subject, [])
                if triple.predicate in _NAMING:
                    held.append(words_of(triple.object))
    return names


def doubts(
    query: str, file: str, prefixes: Prefixes, terms: Mapping[NamedNode, Sequence[str]]
) -> tuple[Mistake, ...]:
    """Return the terms of ours that a query names and that do not exist, each once, where it stands first."""
    index = Index(prefixes, terms)
    known = {term.value for term in terms}
    first: dict[str, int] = {}
    for iri, offset in _named(query):
        if iri.startswith(_OURS) and iri not in known and not iri.endswith(("/", "#")):
            first.setdefault(iri, offset)
    return tuple(_doubt(iri, at(query, offset, file), index) for iri, offset in first.items())


def _doubt(iri: str, place: Location, index: Index) -> Mistake:
    shown = printable(index.prefixes.shorten(iri))
    close = ", ".join(told.partition(" ")[0] for told in index.close_to(iri)[:_OFFERED])  # short names alone
    return Mistake(
        place,
        Words(f"« {shown} » n'existe pas dans le modèle", f"“{shown}” does not exist in the model"),
        Words(f"noms proches : {close}", f"close names: {close}") if close else None,
    )


def _named(query: str) -> Iterator[tuple[str, int]]:
    """Yield each IRI that a query names, whole or short, with where it stands."""
    declared = sparql.prefixes(query)
    for found in sparql.IGNORED.finditer(query):
        name = found.group()
        if name.startswith("<"):
            yield name[1:-1], found.start()
        elif sparql.is_name(name):
            prefix, _, local = name.partition(":")
            if prefix in declared:
                yield declared[prefix] + local.replace("\\", ""), found.start()
