"""The page of the release: its version, its day, what changed; or, for an export, that it is not a release."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from accords.language import Words
from accords.vocab import BASE, OWL

from .page import Entry, Page, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .page import Site, View

PATH = "release.html"
_ONTOLOGY, _VERSION = NamedNode(BASE + "def"), NamedNode(OWL + "versionInfo")


def _pages(_site: Site) -> Iterator[Page]:
    yield Page(PATH, _TITLE, "release.html", _told, summary=_SUMMARY)


def _told(view: View) -> Mapping[str, Any]:
    from .markdown import as_html  # noqa: PLC0415  # only a release has notes

    notes = view.site.beside.notes
    return {
        "version": view.site.edition.version,
        "ontology": [text.text for text in view.site.facts.texts(_ONTOLOGY, _VERSION)],
        "notes": None if notes is None else as_html(notes.to(view.language)),
    }


_TITLE = Words("Version", "Release")
_SUMMARY = Words(
    "De quelle version et de quel jour sont ces pages, et ce qui a changé.",
    "Of which version and day these pages are, and what changed.",
)
SECTION = Section("release", _pages, (Entry(_TITLE, PATH, "foot"),))
