"""Communities of a network: Louvain's method in whole numbers, the same answer everywhere.

The method is that of networkx and igraph (Blondel and others, 2008), but theirs give different partitions
of one network, and another one for another version; here gains are compared exactly, ties of gains go to
the smaller number, and the order of visits comes from a seed. In: nodes as numbers, weighted links. Out:
one label a node.

1. Each node is alone. In the order of visits, each node moves to the neighbouring community that gains
   most modularity, if any; its neighbours are visited again, until no one moves.
2. Communities become nodes, and 1 is done again on them, until no community moves.
3. From what was found, nodes move one by one again (1), then their communities (2); a community in
   several pieces becomes several. All of 3 is repeated until nothing changes.

Each move raises modularity, hence it ends, and each community hangs together.
"""

from __future__ import annotations

from collections import defaultdict, deque
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def communities(size: int, links: Iterable[tuple[int, int, int]], *, seed: int) -> list[int]:
    """Return the label of the community of each node.

    >>> communities(5, [(0, 1, 1), (1, 2, 1), (0, 2, 1), (3, 4, 1), (2, 3, 1)], seed=1)
    [0, 0, 0, 1, 1]
    """
    neighbours: list[list[tuple[int, int]]] = [[] for _ in range(size)]
    for one, other, weight in links:
        neighbours[one].append((other, weight))
        neighbours[other].append((one, weight))
    strengths = [sum(weight for _, weight in row) for row in neighbours]
    rng = Random(seed)  # noqa: S311  # an order of visits is no secret
    labels, before = list(range(size)), None
    while labels != before:
        before = list(labels)
        _settle(neighbours, strengths, labels, rng)
        labels = _merged(neighbours, strengths, _compact(labels), rng)
        labels = _pieces(neighbours, labels)
    return labels


def modularity(links: Sequence[tuple[int, int, int]], labels: Sequence[int]) -> float:
    """Return how much more weight stays inside communities than chance would leave there; 0 without links."""
    inside = 0
    total: dict[int, int] = defaultdict(int)
    for one, other, weight in links:
        inside += 2 * weight * (labels[one] == labels[other])
        total[labels[one]] += weight
        total[labels[other]] += weight
    whole = sum(total.values())
    return (inside * whole - sum(part * part for part in total.values())) / (whole * whole) if whole else 0.0


def _settle(
    neighbours: Sequence[Sequence[tuple[int, int]]], strengths: Sequence[int], labels: list[int], rng: Random
) -> None:
    """Move nodes between communities, in place, until none gains by moving."""
    totals: dict[int, int] = defaultdict(int)
    for label, strength in zip(labels, strengths, strict=True):
        totals[label] += strength
    whole = sum(strengths)
    order = list(range(len(labels)))
    rng.shuffle(order)
    waiting, queued = deque(order), [True] * len(order)
    while waiting:
        node = waiting.popleft()
        queued[node] = False
        home = labels[node]
        best = _best(neighbours[node], strengths[node], home, labels, totals, whole)
        if best == home:
            continue
        totals[home] -= strengths[node]
        totals[best] += strengths[node]
        labels[node] = best
        for other, _ in neighbours[node]:
            if not queued[other] and labels[other] != best:
                queued[other] = True
                waiting.append(other)


def _best(  # noqa: PLR0913, PLR0917  # one move, asked for very often
    near: Sequence[tuple[int, int]],
    strength: int,
    home: int,
    labels: Sequence[int],
    totals: dict[int, int],
    whole: int,
) -> int:
    """Return the community where a node adds most to modularity: its own where none is better."""
    weights: dict[int, int] = {home: 0}
    for other, weight in near:
        label = labels[other]
        weights[label] = weights.get(label, 0) + weight
    best, most = home, weights.pop(home) * whole - (totals[home] - strength) * strength
    for label, weight in weights.items():
        gain = weight * whole - totals[label] * strength
        if gain > most or (gain == most and best != home and label < best):
            best, most = label, gain
    return best


def _merged(
    neighbours: Sequence[Sequence[tuple[int, int]]], strengths: Sequence[int], labels: list[int], rng: Random
) -> list[int]:
    """Return the labels once communities have moved as wholes, level after level."""
    while True:
        count = max(labels, default=-1) + 1
        weights: list[dict[int, int]] = [defaultdict(int) for _ in range(count)]
        merged = [0] * count
        for node, near in enumerate(neighbours):
            merged[labels[node]] += strengths[node]
            for other, weight in near:
                if labels[other] != labels[node]:
                    weights[labels[node]][labels[other]] += weight
        moved = list(range(count))
        _settle([list(row.items()) for row in weights], merged, moved, rng)
        moved = _compact(moved)
        labels = [moved[label] for label in labels]
        if len(set(moved)) == count:
            return labels


def _compact(labels: Sequence[int]) -> list[int]:
    """Return labels numbered in the order in which they first come."""
    numbers: dict[int, int] = {}
    return [numbers.setdefault(label, len(numbers)) for label in labels]


def _pieces(neighbours: Sequence[Sequence[tuple[int, int]]], labels: Sequence[int]) -> list[int]:
    """Return labels that differ wherever a community does not hang together."""
    found = [-1] * len(labels)
    for start in range(len(labels)):
        if found[start] >= 0:
            continue
        found[start], waiting = start, [start]
        while waiting:
            for other, _ in neighbours[waiting.pop()]:
                if found[other] < 0 and labels[other] == labels[start]:
                    found[other] = start
                    waiting.append(other)
    return _compact(found)
