"""What an agreement comes to: who signed it, its axes with their commitments, the committees it provides for.

Takes the facts and a term; gives `Part`s, each a heading and a tree of things. Other records have none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from accords.language import Words
from accords.vocab import DEPRECATED, TYPE, ae

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from accords.terms import Term
    from accords.things import Facts, Text, Thing

_DAY = ae("eventDate")
MANY = 150  # things of one part that are shown below others; the page of each shows its own
_PARTS = (  # a heading, and the properties by which things hang on the agreement, then on one another
    (
        Words("Signature et autres événements", "Signature and other events"),
        ("concernsAgreement", "partOfSignature"),
    ),
    (Words("Axes et engagements", "Axes and commitments"), ("axisOf", "underAxis")),
    (Words("Comités prévus", "Committees provided for"), ("providedForBy",)),
)


@dataclass(frozen=True, slots=True)
class Part:
    """Things of an agreement, each with those that hang on it."""

    title: Words
    tree: Sequence[tuple[Thing, Any]]
    left: int  # things that are not shown
    dates: Mapping[str, Sequence[Text]]  # of those that have one, by their IRIs


def contents(facts: Facts, term: NamedNode) -> list[Part]:
    """Return what an agreement comes to, as far as it is recorded; withdrawn records are left out."""
    if ae("Agreement") not in facts.values(term, TYPE):
        return []
    found = ((title, _hanging(facts, term, links)) for title, links in _PARTS)
    return [_part(facts, title, tree) for title, tree in found if tree]


def _hanging(facts: Facts, term: Term, links: Sequence[str]) -> list[tuple[Thing, Any]]:
    if not links:
        return []
    first, *others = links
    held = [one for one in facts.subjects(term, ae(first)) if facts.first(one, DEPRECATED) is None]
    return [
        (facts.thing(one), _hanging(facts, one, others))
        for one in sorted(held, key=lambda one: _place(facts, one))
    ]


def _place(facts: Facts, term: Term) -> tuple[float, str, str]:
    """Return the sorting key of a thing: its position, its date, its IRI."""
    position, day = (facts.first(term, link) for link in (ae("position"), _DAY))
    number = position.value if isinstance(position, Literal) else ""
    return float(number) if number.isdecimal() else float("inf"), getattr(day, "value", ""), str(term)


def _part(facts: Facts, title: Words, tree: list[tuple[Thing, Any]]) -> Part:
    """Return a part, cut where it is long: what hangs on others first."""
    dates = {one.iri: facts.texts(NamedNode(one.iri), _DAY) for one, _ in tree if one.iri}
    below = sum(len(held) for _, held in tree)
    if len(tree) + below > MANY:
        return Part(title, [(one, []) for one, _ in tree[:MANY]], len(tree[MANY:]) + below, dates)
    return Part(title, tree, 0, dates)
