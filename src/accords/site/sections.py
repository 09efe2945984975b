"""The kinds of pages that the site has, in the order of its navigation."""

from __future__ import annotations

from . import coverage, home, overviews, questions, tilemap

SECTIONS = (home.SECTION, tilemap.SECTION, coverage.SECTION, overviews.SECTION, questions.SECTION)
