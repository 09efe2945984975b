"""What a record is made of: its parts and theirs, in the order of their positions.

Takes the facts and a term; gives its parts by kind: the axes of an agreement with their commitments, its events
with their signatures, the committees that it provides for.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from accords.families import kind_of, rank
from accords.vocab import ae

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from accords.families import Kind
    from accords.terms import Term
    from accords.things import Facts, Thing

PARTS = tuple(  # each leads from a part to the whole
    map(
        ae,
        ("axisOf", "underAxis", "concernsAgreement", "partOfSignature", "providedForBy", "partOfFramework"),
    )
)
_POSITION = ae("position")
_LAST = 10**6  # the position of what has none


@dataclass(frozen=True, slots=True)
class Part:
    """A part with its own parts."""

    thing: Thing
    kind: Kind
    parts: tuple[Part, ...]


def outline(facts: Facts, term: NamedNode, most: int) -> Sequence[tuple[Kind, Sequence[Part]]]:
    """Return the parts of a record by kind, where parts have parts; none where there are more than `most` in all.

    Parts that have none are among the things that refer to the record already.
    """
    parts = _parts(facts, term, {term})
    if not any(part.parts for part in parts) or sum(1 for _ in _all(parts)) > most:
        return ()
    return [(kind, list(held)) for kind, held in groupby(parts, key=lambda part: part.kind)]


def _parts(facts: Facts, whole: Term, seen: set[Term]) -> tuple[Part, ...]:
    """Return the parts of a whole; each is told once, and what is part of itself is no part."""
    found = {part for link in PARTS for part in facts.subjects(whole, link) if isinstance(part, NamedNode)}
    ordered = sorted(found - seen, key=lambda part: _place(facts, part))
    seen.update(ordered)
    return tuple(Part(facts.thing(part), kind_of(part.value), _parts(facts, part, seen)) for part in ordered)


def _place(facts: Facts, part: NamedNode) -> tuple[int, int, str]:
    position = facts.first(part, _POSITION)
    written = position.value if isinstance(position, Literal) else ""
    number = int(written) if written.isascii() and written.isdigit() else _LAST
    return rank(kind_of(part.value)), number, part.value


def _all(parts: Sequence[Part]) -> Iterator[Part]:
    for part in parts:
        yield part
        yield from _all(part.parts)
