"""What a page says of evidence: excerpts under numbers, with the links to their passages, and claims sorted out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from accords import citing
from accords.language import Words
from accords.things import Thing
from accords.vocab import CONCEPT, FOAF, ae

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from accords.inspection import Claim, Excerpt
    from accords.things import Facts, Text

_ADDRESSES = (NamedNode(FOAF + "page"), NamedNode(FOAF + "homepage"))
_PREFERRED = "claim-rank/preferred"
BASES = (  # the schemes that say what the words beside a claim mean
    (f"{CONCEPT}claim-basis", Words("les fondements", "the bases")),
    (f"{CONCEPT}claim-rank", Words("les rangs", "the ranks")),
)
Backing = dict[tuple[str, str], list["Claim"]]


@dataclass(frozen=True, slots=True)
class Reference:
    """An excerpt on a page: its number there, where it can be read, if anywhere, the language of its words."""

    number: int
    excerpt: Excerpt
    link: str
    tongue: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a page tells of the evidence of a record, or of a part of it."""

    references: tuple[Reference, ...]
    kept: tuple[Claim, ...]
    rival: tuple[Claim, ...]
    absent: tuple[Claim, ...]  # those that say why a value is not recorded

    def told(self) -> Mapping[str, Any]:
        """Return what the templates are told."""
        sources = groupby(self.references, key=lambda one: one.excerpt.source)
        return {
            "sources": [(source, list(held)) for source, held in sources],
            "references": {one.excerpt.thing.iri: one for one in self.references},
            "kept": self.kept,
            "rival": self.rival,
            "absent": self.absent,
            "bases": BASES,
        }

    def backing(self) -> Backing:
        """Return the claims that back each value of each property."""
        found: Backing = {}
        for claim in self.kept:
            for value in claim.values:
                if claim.property is not None and claim.property.iri:
                    found.setdefault((claim.property.iri, key_of(value)), []).append(claim)
        return found


def evidence(facts: Facts, excerpts: Iterable[Excerpt], claims: Sequence[Claim]) -> Evidence:
    """Return excerpts by source, numbered, and claims: kept, rival, or why a value is not recorded."""
    ordered = sorted(excerpts, key=lambda one: one.source.curie if one.source else "")
    told = [claim for claim in claims if not claim.absence]
    kept = [claim for claim in told if any((r.iri or "").endswith(_PREFERRED) for r in claim.rank)]
    return Evidence(
        tuple(_reference(facts, number, one) for number, one in enumerate(ordered, 1)),
        tuple(kept),
        tuple(claim for claim in told if claim not in kept),
        tuple(claim for claim in claims if claim.absence),
    )


def pages_of(facts: Facts, source: NamedNode) -> list[str]:
    """Return the web addresses that are recorded of a source, that of its text first."""
    return [
        address.value
        for link in _ADDRESSES
        for address in facts.values(source, link)
        if isinstance(address, NamedNode)
    ]


def _reference(facts: Facts, number: int, excerpt: Excerpt) -> Reference:
    source = excerpt.source.iri if excerpt.source else None
    pages = pages_of(facts, NamedNode(source)) if source else []
    address = citing.link(pages[0], excerpt.prefix, excerpt.quote, excerpt.end) if pages else ""
    quote = facts.texts(NamedNode(excerpt.thing.iri), ae("quote")) if excerpt.thing.iri else ()
    return Reference(number, excerpt, address, quote[0].language if quote else None)


def key_of(value: Thing | Text) -> str:
    """Return what tells a value from the others of a property."""
    return value.iri or "" if isinstance(value, Thing) else f"{value.text}@{value.language}^{value.datatype}"
