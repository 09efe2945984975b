"""The map: agreements by région and by département, one square each, with the same in a table.

A territory has its own agreements, those of the territory around it (which apply there too) and those of places
inside it; what covers the whole country is told once beside. Where nothing is recorded, nothing is written:
it is not zero.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from accords.language import Words
from accords.vocab import CONCEPT, DEPRECATED, TYPE, ae

from .page import Entry, Page, Section
from .tiles import TILES, Tile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from accords.terms import Term
    from accords.things import Facts, Thing

    from .page import Site, View

PATH = "map.html"
SIDE = 46  # pixels of a square, with the space beside it
MOST = 6  # agreements named in a cell
_LEVEL = CONCEPT + "level/"
_COVERS, _WITHIN = ae("coversTerritory"), ae("within")


@dataclass(frozen=True, slots=True)
class Covered:
    """A territory and the agreements that are recorded there, each once, in the nearest of the three."""

    territory: Thing
    code: str
    own: tuple[Thing, ...]  # about the territory itself
    around: tuple[Thing, ...]  # about a territory that contains it, the country apart
    inside: tuple[Thing, ...]  # about a place inside it
    tile: Tile | None

    @property
    def state(self) -> str:
        """Return which of the three the square is painted by, `none` where nothing is recorded."""
        found = {"own": self.own, "around": self.around, "inside": self.inside}
        return next((name for name, agreements in found.items() if agreements), "none")

    @property
    def count(self) -> int:
        """Return how many agreements are recorded there in any way."""
        return len(self.own) + len(self.around) + len(self.inside)


@dataclass(frozen=True, slots=True)
class Map:
    """The territories of one level, sorted by code."""

    level: str
    territories: tuple[Covered, ...]

    @property
    def drawn(self) -> tuple[Covered, ...]:
        """Return the territories that have a square; none unless every square has its territory.

        The codes of another country may be alike: its territories are not ours.
        """
        found = tuple(one for one in self.territories if one.tile is not None)
        return found if {one.tile for one in found} == set(TILES[self.level].values()) else ()

    @property
    def width(self) -> int:
        """Return how wide the picture is, in pixels."""
        return SIDE * (1 + max((one.tile.column for one in self.territories if one.tile), default=0))

    @property
    def height(self) -> int:
        """Return how high the picture is, in pixels."""
        return SIDE * (1 + max((one.tile.row for one in self.territories if one.tile), default=0))


def maps(facts: Facts) -> tuple[Map, ...]:
    """Return the map of each level that has squares, the widest territories first."""
    covering = _covering(facts)
    below: dict[Term, list[Term]] = defaultdict(list)
    for territory in covering:
        for upper in facts.above([territory], _WITHIN)[1:]:
            below[upper].append(territory)
    return tuple(Map(level, tuple(_territories(facts, level, covering, below))) for level in TILES)


def national(facts: Facts) -> tuple[Thing, ...]:
    """Return the agreements that cover a territory which nothing contains: the whole country."""
    found = (
        agreement
        for territory, agreements in _covering(facts).items()
        if _national(facts, territory)
        for agreement in agreements
    )
    return tuple(map(facts.thing, dict.fromkeys(found)))


def _national(facts: Facts, territory: Term) -> bool:
    return NamedNode(_LEVEL + "national") in facts.values(territory, ae("level"))


def _covering(facts: Facts) -> Mapping[Term, list[Term]]:
    """Return the agreements in use by the territories that they are about."""
    found: dict[Term, list[Term]] = defaultdict(list)
    for subject, held in facts.records():
        if ae("Agreement") in held.get(TYPE, ()) and not _retired(facts, subject):
            for territory in held.get(_COVERS, ()):
                found[territory].append(subject)
    return found


def _retired(facts: Facts, subject: Term) -> bool:
    said = facts.first(subject, DEPRECATED)
    return isinstance(said, Literal) and said.value in {"true", "1"}


def _territories(
    facts: Facts, level: str, covering: Mapping[Term, list[Term]], below: Mapping[Term, list[Term]]
) -> Iterator[Covered]:
    tiles, wanted = TILES[level], NamedNode(_LEVEL + level)
    at_level = [
        (said.value, subject)
        for subject, held in facts.records()
        if wanted in held.get(ae("level"), ())
        and ae("Territory") in held.get(TYPE, ())
        and not _retired(facts, subject)
        and isinstance(said := facts.first(subject, ae("inseeCode")), Literal)
    ]
    for code, subject in sorted(at_level, key=lambda row: (row[0], str(row[1]))):
        uppers = [one for one in facts.above([subject], _WITHIN)[1:] if not _national(facts, one)]
        told: dict[Term, None] = {}
        parts = [_new(told, covering, places) for places in ([subject], uppers, below.get(subject, ()))]
        own, around, inside = (tuple(map(facts.thing, part)) for part in parts)
        yield Covered(facts.thing(subject), code, own, around, inside, tiles.get(code))


def _new(told: dict[Term, None], covering: Mapping[Term, list[Term]], places: Iterable[Term]) -> list[Term]:
    """Return the agreements of places that were not told yet, and remember them."""
    found = dict.fromkeys(one for place in places for one in covering.get(place, ()))
    fresh = [one for one in found if one not in told]
    told |= found
    return fresh


def _pages(site: Site) -> Iterator[Page]:
    drawn = tuple(one for one in maps(site.facts) if one.drawn)
    yield Page(PATH, _TITLE, "map.html", told=partial(_told, drawn), summary=_SUMMARY)


def _told(drawn: tuple[Map, ...], view: View) -> Mapping[str, Any]:
    return {
        "maps": [(one, _LEVELS[one.level].to(view.language)) for one in drawn],
        "side": SIDE,
        "most": MOST,
        "national": national(view.site.facts),
    }


_LEVELS = {
    "regional": Words("Régions", "Régions"),
    "departmental": Words("Départements", "Départements"),
}
_TITLE = Words("Carte des accords", "Map of the agreements")
_SUMMARY = Words(
    "Les accords enregistrés par région et par département, outre-mer compris.",
    "The agreements recorded by région and by département, overseas included.",
)
SECTION = Section("map", _pages, (Entry(Words("Carte", "Map"), PATH),))
