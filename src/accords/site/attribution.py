"""Licence and attribution: under what the data is, and every source document with its publisher and its rights.

A publisher that no source names is said to be not stated, rights that nobody stated unknown: the licence is that of
the graph, never that of the texts it points to.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from accords.language import Words
from accords.publishing.sourced import documents

from .addresses import PAGE
from .page import Entry, Page, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from accords.publishing.sourced import Source

    from .page import Site, View

STEM = "licence"
LONGEST = 150  # sources of a page


def path_of(number: int = 1) -> str:
    """Return the path of the page, or of one of its further pages."""
    return f"{STEM}{PAGE}" if number == 1 else f"{STEM}~{number}{PAGE}"


def sources(site: Site) -> tuple[Source, ...]:
    """Return the source documents."""
    return site.kept("sources", lambda: documents(site.facts))


def _pages(site: Site) -> Iterator[Page]:
    found = sources(site)
    count = max(-(-len(found) // LONGEST), 1)
    for number in range(1, count + 1):
        part = found[(number - 1) * LONGEST : number * LONGEST]
        yield Page(
            path_of(number),
            _TITLE,
            "licence.html",
            partial(_told, part=part, number=number, count=count),
            summary=_SUMMARY,
            listed=number == 1,
        )


def _told(view: View, part: Sequence[Source], number: int, count: int) -> Mapping[str, Any]:
    return {
        "sources": part,
        "total": len(sources(view.site)),
        "steps": [(one, path_of(one), one == number) for one in range(1, count + 1)],
    }


_TITLE = Words("Licence et sources", "Licence and sources")
_SUMMARY = Words(
    "Sous quelle licence sont ces données, comment les citer, et de quels documents elles viennent.",
    "Under which licence these data are, how to cite them, and from which documents they come.",
)
SECTION = Section("licence", _pages, (Entry(_TITLE, path_of(), "foot"),))
