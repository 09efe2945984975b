"""The kinds of pages that the site has, in the order of its navigation."""

from __future__ import annotations

from . import (
    about,
    attribution,
    coverage,
    downloads,
    feeds,
    home,
    listing,
    network,
    overviews,
    questions,
    records,
    reference,
    release,
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
    downloads.SECTION,
    search.SECTION,
    reference.SECTION,
    rules.SECTION,
    release.SECTION,
    attribution.SECTION,
    about.SECTION,
    records.SECTION,
    feeds.SECTION,
)
