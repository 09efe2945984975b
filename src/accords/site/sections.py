"""The kinds of pages that the site has, in the order of its navigation."""

from __future__ import annotations

from . import home, listing, records

SECTIONS = (home.SECTION, listing.SECTION, records.SECTION)
