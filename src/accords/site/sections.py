"""The kinds of pages that the site has, in the order of its navigation."""

from __future__ import annotations

from . import feeds, home, listing, records, search

SECTIONS = (home.SECTION, listing.SECTION, search.SECTION, records.SECTION, feeds.SECTION)
