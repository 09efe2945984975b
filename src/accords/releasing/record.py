"""What a release leaves word of, for the next one: `ontology/released.ttl`.

1. What it said of the ontology: the header and every statement about a term (HYG-14 and HYG-23 compare with them).
2. Every IRI that a release has carried, below the first release that did: none may ever mean anything else.

It is made from the files and from the record of the release before, so that making it again gives the same bytes.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from accords import formatting, loading
from accords.language import Words
from accords.publishing.artefacts import Artefact, content
from accords.publishing.edition import refusal
from accords.vocab import BASE, CONCEPT, DCTERMS, DEF, OWL, RECORD

from .sorting import as_turtle

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from accords.project import Project
    from accords.publishing.edition import Edition

PATH = f"ontology/{loading.RELEASED}"
DATASET = BASE + "dataset/"
_PART = NamedNode(DCTERMS + "hasPart")
_ONTOLOGY = NamedNode(BASE + "def")
_NUMBER = NamedNode(OWL + "versionInfo")
_OURS = (RECORD, CONCEPT, DEF)
_SAID = (
    "# What the last release said of the ontology, and every IRI that a release has carried, below the first that did.\n"
    "# Written by `accords release build`; not to be changed by hand.\n\n"
)


@dataclass(frozen=True)
class Past:
    """What the record of a project says: the last release, and the first that carried each IRI."""

    last: str | None
    firsts: Mapping[str, str]  # IRI of the release, by IRI

    @property
    def releases(self) -> frozenset[str]:
        """Return the versions of the releases that were the first to carry something."""
        return frozenset(iri.removeprefix(DATASET) for iri in self.firsts.values())


def past(project: Project) -> Past:
    """Return what the record of a project says; nothing before the first release.

    Raises ContentError when the record cannot be read.
    """
    path = project.ontology / loading.RELEASED
    if not path.is_file():
        return Past(None, {})
    document, _ = loading.read(path, PATH)
    if document is None:
        raise refusal(PATH)
    numbers = (
        one.object.value
        for one in document.triples
        if one.predicate == _NUMBER and one.subject == _ONTOLOGY and isinstance(one.object, Literal)
    )
    firsts = {
        one.object.value: one.subject.value
        for one in document.triples
        if one.predicate == _PART and isinstance(one.subject, NamedNode) and isinstance(one.object, NamedNode)
    }
    return Past(next(numbers, None), firsts)


def record(edition: Edition) -> Artefact:
    """Return the record that an edition leaves.

    Raises ContentError when the record before it cannot be read.
    """
    firsts = dict(past(edition.project).firsts)
    for iri in _iris(edition):
        firsts.setdefault(iri, f"{DATASET}{edition.version}")
    parts: dict[str, list[str]] = defaultdict(list)
    for iri, first in firsts.items():
        parts[first].append(iri)
    triples = {*_ontology(edition), *(_part(first, iri) for first, iris in parts.items() for iri in iris)}
    written = as_turtle(triples, edition.knowledge.prefixes, _SAID)
    text = formatting.of_bytes(written, PATH).after
    said = Words("Ce que cette version laisse à la suivante", "What this release leaves to the next")
    return Artefact(PATH, "text/turtle", said, content(text))


def _part(first: str, iri: str) -> Triple:
    return Triple(NamedNode(first), _PART, NamedNode(iri))


def _iris(edition: Edition) -> Iterator[str]:
    """Yield the IRIs of records, concepts and terms."""
    for subject in edition.facts.by_subject:
        if isinstance(subject, NamedNode) and subject.value.startswith(_OURS):
            yield subject.value


def _ontology(edition: Edition) -> Iterator[Triple]:
    """Yield what the ontology says of itself and of its terms, without what hangs on blank nodes."""
    for document in edition.knowledge.ontology:
        for triple in document.triples:
            subject = triple.subject
            if isinstance(subject, NamedNode) and (subject == _ONTOLOGY or subject.value.startswith(DEF)):
                yield triple
