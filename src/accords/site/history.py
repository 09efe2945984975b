"""What happened to a record: what came before and after it, and its dates with those of what concerns it.

Takes the facts and a term; gives `History`.

1. Before and after: agreements that renew or follow, committees that replace, actors that change, terms that
   give way, from one to the next as far as they go.
2. Dates: its own, and those of the events, mandates, changes and terms that name it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from accords.dates import in_words
from accords.errors import BadParameter
from accords.language import Words
from accords.periods import period
from accords.render.timeline import Mark
from accords.vocab import DATES, DCTERMS, ORG, REPLACED_BY, ae

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from accords.language import Language
    from accords.periods import Period
    from accords.terms import Term
    from accords.things import Facts, Thing

    Step = Callable[[Facts, NamedNode], Iterable[NamedNode]]

_BACK = (ae("renews"), ae("succeeds"), ae("replacesCommittee"))  # from the later to the earlier
_ORIGINAL, _RESULTING = (NamedNode(f"{ORG}{name}Organization") for name in ("original", "resulting"))
_START, _END = ae("startDate"), ae("endDate")
_POINTS = tuple(
    [*map(ae, ("eventDate", "deadline", "horizon", "referencePeriod"))]
    + [NamedNode(DCTERMS + name) for name in ("issued", "created")]
)
_PLAIN = frozenset(one.value for one in (_START, _END, ae("eventDate")))  # dates that need no name
_CONCERNING = (  # what bears dates and names the record
    *map(ae, ("concernsAgreement", "hasParty", "coversTerritory", "providedForBy", "observationOf")),
    *(NamedNode(ORG + name) for name in ("member", "organization", "originalOrganization")),
    NamedNode(ORG + "resultingOrganization"),
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A thing with one date of its own, or two: what it is, which date it is, and what it rests on."""

    thing: Thing
    what: tuple[Thing, ...]  # the properties that give the dates
    start: Period | None
    end: Period | None
    interval: bool
    basis: str
    status: str

    @property
    def key(self) -> tuple[str, str]:
        """Return the sorting key: by the first day, then by name."""
        first = self.start or self.end
        return (first.first.isoformat() if first else "9"), self.thing.curie

    @property
    def written(self) -> Words:
        """Return the dates as people write them, as precise as they are."""
        first, last = (_in_words(one) for one in (self.start, self.end))
        if not self.interval:
            return first
        if not last.fr:
            the = "le " if first.fr[0].isdigit() and " " in first.fr else ""
            return Words(f"dès {the}{first.fr}", f"from {first.en}")
        between = " – " if first.fr else "→ "
        return Words(f"{first.fr}{between}{last.fr}", f"{first.en}{between}{last.en}")

    def mark(self, name: str, language: Language) -> Mark:
        """Return the line of a timeline."""
        return Mark(
            name,
            self.start,
            self.end,
            interval=self.interval,
            basis=self.basis,
            status=self.status,
            details=tuple(_label(one).to(language) for one in self.what if one.iri not in _PLAIN),
        )


def _in_words(period: Period | None) -> Words:
    """Return a date as people write it, nothing for none."""
    written = period.written if period else ""
    return Words(in_words(written, "fr"), in_words(written, "en"))


@dataclass(frozen=True, slots=True)
class History:
    """What came before a record and after it, nearest first, and its dates in order."""

    before: tuple[Thing, ...]
    after: tuple[Thing, ...]
    dated: tuple[Dated, ...]


def history(facts: Facts, term: NamedNode) -> History:
    """Return what happened to a record."""
    before, after = _chain(facts, term, _earlier), _chain(facts, term, _later)
    chain = [term, *before, *after]
    concerned = [one for link in chain for one in _about(facts, link)]
    found = [one for about in dict.fromkeys([*chain, *concerned]) for one in _dated(facts, about)]
    return History(
        tuple(map(facts.thing, before)),
        tuple(map(facts.thing, after)),
        tuple(sorted(found, key=lambda one: one.key)),
    )


def _chain(facts: Facts, term: NamedNode, step: Step) -> list[NamedNode]:
    found: dict[NamedNode, None] = {}
    nearest = [term]
    while nearest:
        reached = dict.fromkeys(other for one in nearest for other in step(facts, one))
        nearest = [one for one in reached if one not in found and one != term]
        found |= dict.fromkeys(nearest)
    return list(found)


def _earlier(facts: Facts, term: NamedNode) -> Iterator[NamedNode]:
    yield from _nodes(value for link in _BACK for value in facts.values(term, link))
    for change in facts.subjects(term, _RESULTING):
        yield from _nodes(facts.values(change, _ORIGINAL))
    yield from _nodes(facts.subjects(term, REPLACED_BY))


def _later(facts: Facts, term: NamedNode) -> Iterator[NamedNode]:
    yield from _nodes(subject for link in _BACK for subject in facts.subjects(term, link))
    for change in facts.subjects(term, _ORIGINAL):
        yield from _nodes(facts.values(change, _RESULTING))
    yield from _nodes(facts.values(term, REPLACED_BY))


def _nodes(terms: Iterable[Term]) -> list[NamedNode]:
    return sorted({term for term in terms if isinstance(term, NamedNode)}, key=str)


def _about(facts: Facts, term: NamedNode) -> list[NamedNode]:
    """Return what names a thing and bears a date."""
    return _nodes(subject for link in _CONCERNING for subject in facts.subjects(term, link))


def _dated(facts: Facts, term: NamedNode) -> Iterator[Dated]:
    start, end = _period(facts, term, _START), _period(facts, term, _END)
    if start or end:
        yield _of(facts, term, [(_START, start), (_END, end)], interval=True)
    for point in _POINTS:
        if (at := _period(facts, term, point)) is not None:
            yield _of(facts, term, [(point, at)], interval=False)


def _of(
    facts: Facts, term: NamedNode, dates: list[tuple[NamedNode, Period | None]], *, interval: bool
) -> Dated:
    what = tuple(facts.thing(link) for link, at in dates if at is not None)
    periods = [at for _, at in dates]
    start, end = periods[0], periods[1] if interval else None
    if start and end and end.last < start.first:  # told wrong: shown as a start alone, the page has both
        end = None
    bases = [_basis(facts, term, link) for link, at in dates if at is not None]
    basis = next((one for one in bases if one != "quoted"), "quoted")
    status = _last(facts.first(term, ae("eventStatus")))
    return Dated(facts.thing(term), what, start, end, interval, basis, status)


def _period(facts: Facts, term: NamedNode, link: NamedNode) -> Period | None:
    for value in facts.values(term, link):
        if isinstance(value, Literal) and value.datatype in DATES:
            try:
                return period(value.value)
            except BadParameter:
                continue
    return None


def _basis(facts: Facts, term: NamedNode, link: NamedNode) -> str:
    """Return what the date rests on, after the claim about it that is kept."""
    for claim in facts.subjects(term, ae("claimAbout")):
        about = link in facts.values(claim, ae("claimProperty"))
        if about and _last(facts.first(claim, ae("claimRank"))) == "preferred":
            return _last(facts.first(claim, ae("claimBasis"))) or "quoted"
    return "quoted"


def _last(term: Term | None) -> str:
    return term.value.rpartition("/")[2] if isinstance(term, NamedNode) else ""


def _label(thing: Thing) -> Words:
    return thing.label or Words(thing.curie, thing.curie)
