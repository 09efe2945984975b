"""The figures of a graph, as VoID has them: counted over its statements, each counted once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from accords.vocab import RECORD, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Quad


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted of a dataset of named graphs, its statements taken as one graph."""

    statements: int
    subjects: int
    objects: int
    records: int  # subjects minted as records
    classes: Mapping[str, int]  # instances, by class
    properties: Mapping[str, int]  # statements, by property
    graphs: Mapping[str, int]  # statements, by graph


def of_quads(quads: Iterable[Quad]) -> Figures:
    """Return the figures of a dataset."""
    held = frozenset(quads)
    triples = {quad.triple for quad in held}
    subjects = {triple.subject for triple in triples}
    kinds = (triple.object for triple in triples if triple.predicate == TYPE)
    return Figures(
        len(triples),
        len(subjects),
        len({triple.object for triple in triples}),
        sum(isinstance(one, NamedNode) and one.value.startswith(RECORD) for one in subjects),
        _sorted(Counter(kind.value for kind in kinds if isinstance(kind, NamedNode))),
        _sorted(Counter(triple.predicate.value for triple in triples)),
        _sorted(Counter(quad.graph_name.value for quad in held if isinstance(quad.graph_name, NamedNode))),
    )


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items()))
