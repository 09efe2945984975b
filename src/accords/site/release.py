"""The page of the release: its version, its day, what changed; or, for an export, that it is not a release.

All releases that are known are listed, newest first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accords.language import Words
from accords.publishing.released import NUMBER, ONTOLOGY, Release

from .page import Entry, Page, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .page import Site, View

PATH = "release.html"


def releases(site: Site) -> tuple[Release, ...]:
    """Return the releases that are known, newest first: this edition, where it is one, and those before it."""
    edition = site.edition
    if edition.version is None:
        return edition.past.releases
    others = (one for one in edition.past.releases if one.version != edition.version)
    return (Release(edition.version, edition.day, site.beside.brought), *others)


def link(release: Release) -> str:
    """Return the way to a release on its page, from the folder of a language."""
    return f"{PATH}#version-{release.version}"


def _pages(_site: Site) -> Iterator[Page]:
    yield Page(PATH, _TITLE, "release.html", _told, summary=_SUMMARY)


def _told(view: View) -> Mapping[str, Any]:
    from .markdown import as_html  # noqa: PLC0415  # only a release has notes

    notes = view.site.beside.notes
    return {
        "version": view.site.edition.version,
        "ontology": [text.text for text in view.site.facts.texts(ONTOLOGY, NUMBER)],
        "releases": releases(view.site),
        "notes": None if notes is None else as_html(notes.to(view.language)),
    }


_TITLE = Words("Version", "Release")
_SUMMARY = Words(
    "De quelle version et de quel jour sont ces pages, et ce qui a changé.",
    "Of which version and day these pages are, and what changed.",
)
SECTION = Section("release", _pages, (Entry(_TITLE, PATH, "foot"),))
