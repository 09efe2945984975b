"""What agreements there are: series of one to three, each renewing the one before.

Each series is drawn from a generator of its own, seeded by its number. Its parties stay, but for the
operator, which is that of the day of signature.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from .country import CHANGED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .country import Actor, Country, Place, Region

_TYPES = ("cooperation-protocol", "cooperation-agreement", "partnership-agreement", "partnership-agreement")
_LENGTHS = (1, 1, 1, 2, 2, 3)
_STATUSES = (  # of the last of a series
    *["announced", "signed-pending-approval", "terminated"],
    *["expired"] * 2,
    *["signed"] * 5,
    *["in-force"] * 9,
)
_MONTHS = (1, 1, 4, 7, 9)  # in which agreements start
_SIGNED_AHEAD = 40  # days at most between a signature and its effect
_BESIDE = (0, 1, 1, 2, 3)  # local bodies in a regional agreement
_CROWD = (2, 3, 4, 6, 10, 15)  # local bodies in a local one


@dataclass(frozen=True, slots=True)
class Pact:
    """What the agreements of a series have in common."""

    type: str
    place: Place
    region: Region | None
    bound: tuple[Actor, ...]  # beside the operator
    operators: tuple[Actor, Actor]  # before and after the operator was replaced
    supports: tuple[Actor, ...] = ()

    def parties(self, signed: date) -> tuple[Actor, ...]:
        """Return the parties of an agreement signed that day."""
        return (*self.bound, self.operators[signed.isoformat() >= CHANGED])


@dataclass(frozen=True, slots=True)
class Plan:
    """One agreement before it is written."""

    slug: str
    pact: Pact
    signed: date
    start: date
    years: int
    status: str
    ordinal: int = 0
    renews: str = ""

    @property
    def name(self) -> str:
        """Return the CURIE of the agreement."""
        return f"agr:{self.slug}"

    @property
    def end(self) -> date:
        """Return its last day."""
        return self.start.replace(year=self.start.year + self.years) - timedelta(days=1)

    @property
    def occurred(self) -> bool:
        """Tell whether it has been signed."""
        return self.status != "announced"

    @property
    def parties(self) -> tuple[Actor, ...]:
        """Return those whom it binds."""
        return self.pact.parties(self.signed)


def series(country: Country, seed: int) -> Iterator[tuple[Plan, ...]]:
    """Yield the series without end: first a prefiguration protocol for each region, then all others."""
    for region in country.regions:
        yield (_prefiguration(country, region, seed),)
    number = 0
    while True:
        number += 1
        yield _renewed(country, number, Random(f"{seed}/series/{number}"))


def _prefiguration(country: Country, region: Region, seed: int) -> Plan:
    rng = Random(f"{seed}/prefiguration/{region.place.code}")
    pact = Pact(
        "prefiguration-protocol",
        region.place,
        region,
        (country.state, region.council),
        country.operators,
        (region.rectorate,),
    )
    signed = date(2023, 5, 2) + timedelta(days=rng.randrange(60))
    status = rng.choice(("signed-pending-approval", "signed", "signed"))
    slug = f"gen-prefiguration-{region.place.code}"
    return Plan(slug, pact, signed, signed + timedelta(days=30), 2, status)


def _renewed(country: Country, number: int, rng: Random) -> tuple[Plan, ...]:
    pact, length, years = _pact(country, number, rng), rng.choice(_LENGTHS), rng.randint(2, 4)
    start = date(rng.randint(2013, 2022), rng.choice(_MONTHS), 1)
    plans: list[Plan] = []
    for turn in range(1, length + 1):
        plans.append(
            Plan(
                f"gen-{number:05}-{turn}",
                pact,
                start - timedelta(days=rng.randrange(1, _SIGNED_AHEAD)),
                start,
                years,
                "renewed" if turn < length else rng.choice(_STATUSES),
                turn if length > 1 else 0,
                plans[-1].name if plans else "",
            )
        )
        start = plans[-1].end + timedelta(days=1)
    return tuple(plans)


def _pact(country: Country, number: int, rng: Random) -> Pact:
    """Return who agrees on what: a few for the nation, a third local with many parties, the others regional."""
    kind = rng.choice(_TYPES)
    if number % 29 == 0:
        bound = (country.state, country.national[1])
        return Pact(
            "tripartite-agreement", country.place, None, bound, country.operators, country.national[3:5]
        )
    if number % 3 == 0:
        town = rng.choice(country.towns)
        crowd = _some(town.region.local(), rng.choice(_CROWD), rng)
        return Pact(kind, town.place, town.region, (town.actor, *crowd), town.region.branches)
    region = rng.choice(country.regions)
    state = (country.state,) if rng.random() < 0.5 else ()
    beside = _some(region.local(), rng.choice(_BESIDE), rng)
    return Pact(
        kind, region.place, region, (*state, region.council, *beside), region.branches, (region.rectorate,)
    )


def _some(actors: tuple[Actor, ...], many: int, rng: Random) -> list[Actor]:
    return rng.sample(actors, min(many, len(actors)))
