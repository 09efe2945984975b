"""The home page: what the graph is about, how much it holds, where to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accords.families import KINDS, kind_of
from accords.language import LANGUAGES, Words

from . import listing
from .describing import LICENCE, SCHEMA
from .page import Page, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .page import Site, View

PATH = "index.html"
_FIRST = ("agreement", "actor", "committee", "commitment", "territory", "source")
_KINDS = tuple(kind for kind in KINDS if kind.name in _FIRST)


def _pages(_site: Site) -> Iterator[Page]:
    title = Words("Accords emploi", "Accords emploi")
    yield Page(
        PATH, title, "home.html", _told, summary=_SUMMARY, tongues=Words("fr", "fr"), embedded=_dataset
    )


def _told(view: View) -> Mapping[str, Any]:
    rows = listing.rows(view.site)
    agreements = rows[kind_of(listing.AGREEMENTS)]
    return {
        "counts": [
            (kind.many, listing.path_of(kind) if rows[kind] else None, len(rows[kind])) for kind in _KINDS
        ],
        "ways": _WAYS,
        "agreements": sorted(agreements, key=listing.latest, reverse=True)[:_LATEST],
    }


def _dataset(view: View) -> dict[str, Any]:
    """Return what machines are told of the graph as a whole."""
    edition = view.site.edition
    said: dict[str, Any] = {
        "@context": {"@vocab": SCHEMA},
        "@type": "Dataset",
        "name": "Accords emploi",
        "description": view.say(_SUMMARY),
        "url": view.whole(PATH, view.language),
        "inLanguage": list(LANGUAGES),
        "license": LICENCE,
        "dateModified": edition.day.isoformat(),
    }
    return said | ({"version": edition.version} if edition.version else {})


_LATEST = 8
_WAYS = (
    ("map.html", Words("Où un accord est enregistré : la carte", "Where an agreement is recorded: the map")),
    (
        "coverage/index.html",
        Words(
            "Ce qui est couvert, et ce qui ne l'est pas : la couverture",
            "What is covered, and what is not: coverage",
        ),
    ),
    (
        "ledger.html",
        Words(
            "Ce que les textes annoncent, face à ce qui est enregistré",
            "What texts declare, beside what is recorded",
        ),
    ),
    (
        "questions/index.html",
        Words(
            "Les questions que l'on pose au graphe, et leurs réponses",
            "The questions asked of the graph, and their answers",
        ),
    ),
    ("downloads.html", Words("Toutes les données, à télécharger", "All the data, to download")),
)
_SUMMARY = Words(
    "Un graphe de connaissances des accords pour l'emploi en France : qui a signé quoi, avec qui, où, "
    "pour quels engagements, et sur quels mots chaque fait repose.",
    "A knowledge graph of employment agreements in France: who signed what, with whom, where, "
    "for which commitments, and on which words each fact rests.",
)
SECTION = Section("home", _pages)
