"""The kinds of pages that the site has, in the order of its navigation."""

from __future__ import annotations

from . import (
    coverage,
    feeds,
    home,
    listing,
    network,
    overviews,
    questions,
    records,
    reference,
    rules,
    search,
    tilemap,
)

SECTIONS = (
    home.SECTION,
    listing.SECTION,
    tilemap.SECTION,
    coverage.SECTION,
    overviews.SECTION,
    network.SECTION,
    questions.SECTION,
    reference.SECTION,
    rules.SECTION,
    search.SECTION,
    records.SECTION,
    feeds.SECTION,
)
