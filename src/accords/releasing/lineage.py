"""The releases that a release tells of, compared: its record, its manifest, the feeds of its website.

Goes in: what the record says, and how the files are read. Come out: what was compared, and every difference.

1. The record bears the day of the manifest for the release itself.
2. Both feeds tell of each release whose day the record bears, and of that day, and of no other release.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from accords.language import LANGUAGES, Words, printable
from accords.publishing.released import DATASET, PATH, releases

from .described import SITE
from .holding import Compared, Difference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pyoxigraph import Quad

    from .listing import Manifest

FEEDS = tuple(f"{SITE}{language}/feed.xml" for language in LANGUAGES)
_ENTRY = re.compile(
    rf"<entry>\s*<id>{re.escape(DATASET)}([^<]*)</id>.*?<updated>([^<]*?)T00:00:00Z</updated>", re.DOTALL
)
_RELEASES = Words("versions que dit le fil", "releases that the feed tells of")
_OLD = Words("la trace de cette version ne dit aucun jour", "the record of this release tells no day")


def told(
    said: Manifest, record: Iterable[Quad], sound: frozenset[str], read: Callable[[str], bytes]
) -> Iterator[Compared | Difference]:
    """Yield what was compared, and what differs."""
    days = {
        one.version: one.day.isoformat()
        for one in releases(quad.triple for quad in record)
        if one.day is not None
    }
    if not days:
        yield Compared(_RELEASES, 0, _OLD)
        return
    if days.get(said.version) != said.day:
        yield _unlike(PATH, said.version, days.get(said.version), said.day)
    for path in sorted(sound.intersection(FEEDS)):
        found = dict(_ENTRY.findall(read(path).decode("utf-8", "replace")))
        yield from (_unlike(path, one, found.get(one), days.get(one)) for one in _apart(found, days))
    yield Compared(_RELEASES, len(days))


def _apart(found: Mapping[str, str], days: Mapping[str, str]) -> list[str]:
    return sorted(one for one in found.keys() | days.keys() if found.get(one) != days.get(one))


def _unlike(path: str, version: str, found: str | None, wanted: str | None) -> Difference:
    shown, expected = (printable(day or "–") for day in (found, wanted))
    name = printable(version)
    return Difference(
        path,
        Words(
            f"version {name} : {shown} au lieu de {expected}",
            f"release {name}: {shown} instead of {expected}",
        ),
    )
