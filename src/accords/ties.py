"""From ties to links: units rolled up into institutions, successions followed, parallel ties made one.

In: ties between two actors, each with its kind, the IRI of what ties them (an agreement, a committee) and
excerpts; pairs (unit, institution) and pairs (predecessor, successor), as far as the asker wants them
followed. Out: a `Projection`, its actors and links in the order of IRIs.

1. Each end of a tie becomes its heir: its successor, else its institution, again and again. An actor with
   several of them stays what it is (`undecided`), since no one knows which took the tie. Where the pairs
   turn in circles, the smallest IRI of the circle stands for all.
2. A tie of an actor with itself is left out and counted; the actor stays.
3. The ties of two actors become one link, whose weight is the number of distinct things that tie them;
   ties that name no thing count as one for each kind.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Tie:
    """Two actors tied by one thing; which is named first says nothing."""

    source: str
    target: str
    kind: str  # the question that found it: agreements, committees
    thing: str = ""  # the IRI of the agreement or committee, where the question gives one
    excerpts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """All that ties two actors; `source` is the smaller IRI."""

    source: str
    target: str
    weight: int
    things: tuple[str, ...]
    kinds: tuple[str, ...]
    excerpts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Projection:
    """The actors and their links."""

    actors: tuple[str, ...]
    stands_for: Mapping[str, tuple[str, ...]]  # the ends of ties that each actor took in, itself among them
    links: tuple[Link, ...]
    loops: int  # ties left out, since one actor stands at both ends
    undecided: tuple[str, ...]  # actors with several institutions or successors


def projected(
    ties: Iterable[Tie],
    *,
    units: Iterable[tuple[str, str]] = (),
    successors: Iterable[tuple[str, str]] = (),
) -> Projection:
    """Return the links between the actors of the ties.

    >>> found = projected([Tie("b", "a", "k", "x"), Tie("a", "b", "k", "y"), Tie("a", "a", "k", "z")])
    >>> [(link.source, link.target, link.weight) for link in found.links], found.loops
    ([('a', 'b', 2)], 1)
    """
    given = tuple(ties)
    steps = (grouped(successors), grouped(units))
    ends = sorted({end for tie in given for end in (tie.source, tie.target)})
    heirs = {end: _heir(end, steps) for end in ends}
    taken: dict[str, list[str]] = {actor: [] for actor in sorted(set(heirs.values()))}
    for end in ends:
        taken[heirs[end]].append(end)
    bundles: dict[tuple[str, str], list[Tie]] = defaultdict(list)
    for tie in given:
        one, other = sorted((heirs[tie.source], heirs[tie.target]))
        bundles[one, other].append(tie)
    loops = sum(len(bundles.pop((actor, actor), ())) for actor in taken)
    return Projection(
        tuple(taken),
        {actor: tuple(members) for actor, members in taken.items()},
        tuple(_link(pair, bundles[pair]) for pair in sorted(bundles)),
        loops,
        tuple(actor for actor in taken if any(len(step.get(actor, ())) > 1 for step in steps)),
    )


def grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Return what each actor leads to, itself left out."""
    found: dict[str, set[str]] = defaultdict(set)
    for before, after in pairs:
        if before != after:
            found[before].add(after)
    return found


def _heir(actor: str, steps: Sequence[Mapping[str, set[str]]]) -> str:
    """Return where the steps lead, as long as each of them leads to one actor."""
    met = [actor]
    while True:
        after = next((step[met[-1]] for step in steps if len(step.get(met[-1], ())) == 1), None)
        if after is None:
            return met[-1]
        (heir,) = after
        if heir in met:
            return min(met[met.index(heir) :])
        met.append(heir)


def _link(pair: tuple[str, str], ties: Sequence[Tie]) -> Link:
    return Link(
        *pair,
        weight=len({("thing", tie.thing) if tie.thing else ("kind", tie.kind) for tie in ties}),
        things=tuple(sorted({tie.thing for tie in ties if tie.thing})),
        kinds=tuple(sorted({tie.kind for tie in ties})),
        excerpts=tuple(sorted({excerpt for tie in ties for excerpt in tie.excerpts})),
    )
