"""By what the records of a list can be chosen: territory, theme, year.

Takes the facts and a record; gives the values of each facet, its own and those that follow from what it is part
of: a commitment is of the territories of its agreement, an agreement has the themes of its axes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from accords.language import Words
from accords.vocab import DATES, DCTERMS, ae

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accords.terms import Term
    from accords.things import Facts

_YEAR = 4  # digits
_DEEPEST = 6
_PART_OF = tuple(
    map(
        ae,
        ("underAxis", "axisOf", "concernsAgreement", "partOfSignature", "mentionOf", "countedIn"),
    )
)
_PARTS = (ae("axisOf"), ae("underAxis"))
_PLACES = tuple(map(ae, ("coversTerritory", "jurisdiction", "eventPlace")))
_DATED = (
    *map(ae, ("startDate", "eventDate")),
    *(NamedNode(DCTERMS + name) for name in ("issued", "created")),
)


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to choose records."""

    name: str  # in paths
    title: Words


TERRITORY = Facet("territory", Words("Territoire", "Territory"))
THEME = Facet("theme", Words("Thème", "Theme"))
YEAR = Facet("year", Words("Année", "Year"))  # in which it begins, happens or comes out
FACETS = (TERRITORY, THEME, YEAR)


def values(facts: Facts, term: Term) -> dict[Facet, tuple[str, ...]]:
    """Return the values of each facet of a record: IRIs of territories and themes, years."""
    return {
        TERRITORY: tuple(sorted(_territories(facts, term))),
        THEME: tuple(sorted(set(_themes(facts, term)))),
        YEAR: tuple(sorted(set(_years(facts, term)))),
    }


def _territories(facts: Facts, term: Term) -> set[str]:
    """Return its own territories, else those of what it is part of."""
    nearest = [term]
    for _ in range(_DEEPEST):
        own = {value.value for one in nearest for link in _PLACES for value in _nodes(facts, one, link)}
        own |= {value.value for value in _nodes(facts, term, ae("within"))}
        if own:
            return own
        nearest = [value for one in nearest for link in _PART_OF for value in _nodes(facts, one, link)]
    return set()


def _themes(facts: Facts, term: Term) -> Iterator[str]:
    """Yield its own themes and those of its parts: of an agreement, its axes and their commitments."""
    nearest: list[Term] = [term]
    for _ in range(_DEEPEST):
        yield from (value.value for one in nearest for value in _nodes(facts, one, ae("theme")))
        nearest = [part for one in nearest for link in _PARTS for part in facts.subjects(one, link)]


def _years(facts: Facts, term: Term) -> Iterator[str]:
    for one in (term, *facts.subjects(term, ae("concernsAgreement"))):
        for link in _DATED:
            for value in facts.values(one, link):
                if isinstance(value, Literal) and value.datatype in DATES and value.value[:_YEAR].isdigit():
                    yield value.value[:_YEAR]


def _nodes(facts: Facts, term: Term, link: NamedNode) -> list[NamedNode]:
    return [value for value in facts.values(term, link) if isinstance(value, NamedNode)]
