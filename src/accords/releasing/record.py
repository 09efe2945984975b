"""What a release leaves word of, for the next one: `ontology/released.ttl`.

1. What it said of the ontology: the header and every statement about a term (HYG-14 and HYG-23 compare with them).
2. Every IRI that a release has carried, below the first release that did: none may ever mean anything else.
3. Every release, with its day and a sentence on what it brought.

It is made from the files and from the record of the release before, so that making it again gives the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from accords import formatting
from accords.language import Words
from accords.publishing.artefacts import Artefact, content
from accords.publishing.released import DATASET, ISSUED, ONTOLOGY, PART, PATH, TOLD, Release
from accords.vocab import CONCEPT, DEF, RECORD, XSD

from .sorting import as_turtle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accords.publishing.edition import Edition

_OURS = (RECORD, CONCEPT, DEF)
_HEAD = (
    "# What the last release said of the ontology, every release, and every IRI that one has carried, below the first\n"
    "# that did.\n"
    "# Written by `accords release build`; not to be changed by hand.\n\n"
)


def record(edition: Edition, told: Words) -> Artefact:
    """Return the record that an edition leaves; `told` is the sentence on what it brings.

    Raises ContentError when the record before it cannot be read.
    """
    own = Release(edition.version or "", edition.day, told)
    firsts = dict(edition.past.firsts)
    for iri in _iris(edition):
        firsts.setdefault(iri, f"{DATASET}{own.version}")
    others = (one for one in edition.past.releases if one.version != own.version)
    triples = {
        *_ontology(edition),
        *(_said(first, PART, NamedNode(iri)) for iri, first in firsts.items()),
        *(triple for one in (own, *others) for triple in _release(one)),
    }
    written = as_turtle(triples, edition.knowledge.prefixes, _HEAD)
    text = formatting.of_bytes(written, PATH).after
    said = Words("Ce que cette version laisse à la suivante", "What this release leaves to the next")
    return Artefact(PATH, "text/turtle", said, content(text))


def _release(one: Release) -> Iterator[Triple]:
    """Yield what the record says of a release."""
    name = DATASET + one.version
    if one.day is not None:
        yield _said(name, ISSUED, Literal(one.day.isoformat(), datatype=NamedNode(XSD + "date")))
    if one.told is not None:
        for language, text in one.told._asdict().items():
            yield _said(name, TOLD, Literal(text, language=language))


def _said(name: str, predicate: NamedNode, value: NamedNode | Literal) -> Triple:
    return Triple(NamedNode(name), predicate, value)


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
            if isinstance(subject, NamedNode) and (subject == ONTOLOGY or subject.value.startswith(DEF)):
                yield triple
