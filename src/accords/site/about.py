"""What this is, what it holds and, as plainly, what it does not know."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from accords.language import Words
from accords.vocab import TYPE, ae

from . import coverage, listing
from .attribution import path_of as path_of_licence
from .overviews import LEDGER
from .page import Entry, Page, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyoxigraph import NamedNode

    from .page import Site, View

PATH = "about.html"
_EXCERPT, _CLAIM = ae("Excerpt"), ae("Claim")


def _pages(_site: Site) -> Iterator[Page]:
    yield Page(PATH, _TITLE, "about.html", _told, summary=_SUMMARY)


def _told(view: View) -> Mapping[str, Any]:
    site = view.site
    rows = listing.rows(site)
    verdicts = Counter(one.status for one in site.asked.verdicts[view.language])
    entries = site.asked.ledger[view.language]
    return {
        "kinds": [(kind.many, listing.path_of(kind), len(found)) for kind, found in rows.items() if found],
        "statements": sum(len(values) for held in site.facts.by_subject.values() for values in held.values()),
        "excerpts": _count(site, _EXCERPT),
        "claims": _count(site, _CLAIM),
        "absences": _absences(site),
        "unmet": (verdicts["not-recorded"], sum(verdicts.values())),
        "gaps": (sum(1 for one in entries if one.gap), len(entries)),
        "coverage_path": coverage.INDEX,
        "ledger_path": LEDGER,
        "licence_path": path_of_licence(),
    }


def _count(site: Site, kind: NamedNode) -> int:
    return len(site.facts.subjects(kind, TYPE))


def _absences(site: Site) -> list[tuple[Any, int]]:
    """Return the reasons why values are not recorded, with how many claims give each, the most frequent first."""
    counts = Counter(
        reason for _, held in site.facts.records() for reason in held.get(ae("absenceReason"), ())
    )
    found = [(site.facts.thing(reason), count) for reason, count in counts.items()]
    return sorted(found, key=lambda row: (-row[1], row[0].curie))


_TITLE = Words("À propos", "About")
_SUMMARY = Words(
    "Ce qu'est ce graphe, ce qu'il contient, et ce qu'on ne sait pas.",
    "What this graph is, what it holds, and what is not known.",
)
SECTION = Section("about", _pages, (Entry(_TITLE, PATH, "foot"),))
