"""The vocabulary in one file a part: what its addresses are to lead to (`…/def`, `…/shape`).

Each is what several files of the project say together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from accords.language import Words
from accords.publishing.artefacts import Artefact, content

from .described import SITE
from .sorting import as_json, as_turtle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from accords.loading import Document
    from accords.publishing.edition import Edition

_CONCEPTS = "ontology/concepts/"
_TITLES = {
    "def": Words("L'ontologie en un fichier", "The ontology in one file"),
    "concept": Words("Les schémas de concepts en un fichier", "The concept schemes in one file"),
    "shape": Words("Les règles en un fichier", "The rules in one file"),
}


def vocabulary(edition: Edition) -> Iterator[Artefact]:
    """Yield the ontology, the concepts and the rules, each as one file."""
    ontology = edition.knowledge.ontology
    parts: dict[str, Iterable[Document]] = {
        "def": [one for one in ontology if not one.name.startswith(_CONCEPTS)],
        "concept": [one for one in ontology if one.name.startswith(_CONCEPTS)],
        "shape": edition.rules,
    }
    for name, documents in parts.items():
        triples = [triple for document in documents for triple in document.triples]
        turtle, linked = as_turtle(triples, edition.knowledge.prefixes), as_json(triples)
        yield Artefact(f"{SITE}{name}.ttl", "text/turtle", _TITLES[name], content(turtle))
        yield Artefact(f"{SITE}{name}.jsonld", "application/ld+json", _TITLES[name], content(linked))
