"""The home page: what the graph is about, how much it holds, where to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accords.language import Words

from .page import Page, Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .page import Site

PATH = "index.html"


def _pages(_site: Site) -> Iterator[Page]:
    yield Page(PATH, Words("Accords emploi", "Accords emploi"), "home.html", summary=_SUMMARY)


_SUMMARY = Words(
    "Un graphe de connaissances des accords pour l'emploi en France : qui a signé quoi, avec qui, où, "
    "pour quels engagements, et sur quels mots chaque fait repose.",
    "A knowledge graph of employment agreements in France: who signed what, with whom, where, "
    "for which commitments, and on which words each fact rests.",
)
SECTION = Section("home", _pages)
