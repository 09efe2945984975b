"""What the two engines of the network share: the network as numbers, and how counts of paths are scaled.

`Skeleton` has its nodes as 0 … size-1 in the order of IRIs, so that engines see nothing else; `Raw` is
what an engine finds. Betweenness is exact while nodes times links stay within a limit; beyond, shortest
paths are counted from a sample of nodes, drawn here, so that both engines count from the same ones.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

SEED = 1
EXACT = 10_000_000  # nodes times links up to which betweenness is exact: some seconds with networkx
FEWEST = 100  # nodes from which paths are counted, at least, beyond that
_DIGITS = 10  # significant ones that are kept: the last ones depend on the order in which paths are added


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A network without names: how many nodes, and links (smaller, larger, weight) in order."""

    size: int
    links: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Raw:
    """What an engine finds, node by node."""

    components: tuple[int, ...]  # nodes of one component share a number, any
    degrees: tuple[int, ...]
    weighted: tuple[int, ...]
    paths: tuple[float, ...]  # shortest paths through the node, each pair of ends once
    cuts: frozenset[int]  # articulation points
    bridges: frozenset[tuple[int, int]]


def sample(skeleton: Skeleton, exact: int, seed: int) -> tuple[int, ...] | None:
    """Return the nodes from which shortest paths are counted; None for all of them.

    >>> sample(Skeleton(3, ((0, 1, 1), (1, 2, 1))), exact=6, seed=1) is None
    True
    """
    size, links = skeleton.size, max(1, len(skeleton.links))
    wanted = max(FEWEST, exact // links)
    if size * links <= exact or wanted >= size:
        return None
    return tuple(sorted(Random(seed).sample(range(size), wanted)))  # noqa: S311  # a sample is no secret


def betweenness(raw: Raw, sources: Sequence[int] | None) -> tuple[float, ...]:
    """Return the share of the pairs of other nodes whose shortest paths go through each node.

    From a sample, the estimate is unbiased: a node of the sample is no end of a path through itself.
    """
    size = len(raw.paths)
    if size < 3:  # noqa: PLR2004  # nothing lies between two nodes
        return (0.0,) * size
    begun = [size - 1] * size if sources is None else [len(sources)] * size
    for node in sources or ():
        begun[node] -= 1
    return tuple(
        float(f"{2 * paths / (starts * (size - 2)):.{_DIGITS}g}")
        for paths, starts in zip(raw.paths, begun, strict=True)
    )


def ranked(labels: Sequence[Hashable]) -> tuple[int, ...]:
    """Return the groups numbered from 1: the largest first, then the one with the first node.

    >>> ranked("baab"), ranked("cab")
    ((1, 2, 2, 1), (1, 2, 3))
    """
    sizes = Counter(labels)
    first = {label: place for place, label in reversed(list(enumerate(labels)))}
    order = sorted(sizes, key=lambda label: (-sizes[label], first[label]))
    numbers = {label: number for number, label in enumerate(order, start=1)}
    return tuple(numbers[label] for label in labels)
