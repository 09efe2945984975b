"""The descriptions of a release, as files of `metadata/`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from accords.language import Words
from accords.publishing.artefacts import Artefact, content

from . import dcat, schema_org, void
from .describing import as_json, as_turtle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .described import Described

_DCAT = Words("Fiche de catalogue (DCAT-AP 3)", "Catalogue record (DCAT-AP 3)")
_VOID = Words("Figures du graphe (VoID)", "Figures of the graph (VoID)")
_SCHEMA = Words("Description pour les moteurs de recherche", "Description for search engines")
DCAT, VOID = "metadata/dcat.ttl", "metadata/void.ttl"


def descriptions(it: Described) -> Iterator[Artefact]:
    """Yield the record for portals, the figures, the description for search engines."""
    nodes = tuple(dcat.catalogue(it))
    turtle, void_ = as_turtle(nodes, "\n".join(_DCAT)), as_turtle(tuple(void.figures(it)), "\n".join(_VOID))
    schema = (json.dumps(schema_org.dataset(it), ensure_ascii=False, indent=1) + "\n").encode()
    linked = "application/ld+json"
    yield Artefact(DCAT, "text/turtle", _DCAT, content(turtle), dcat.PROFILE)
    yield Artefact("metadata/dcat.jsonld", linked, _DCAT, content(as_json(nodes)), dcat.PROFILE)
    yield Artefact(VOID, "text/turtle", _VOID, content(void_), "https://www.w3.org/TR/void/")
    yield Artefact("metadata/schema.jsonld", linked, _SCHEMA, content(schema), "https://schema.org/Dataset")
