"""Which version a release may bear: what changed since the one before decides.

Goes in: what changed (a `Diff`), what the side before said, the number asked for. Comes out: `Judgement`, or a
refusal that names each reason.

1. Major: an IRI that leaves for good, a rule or a question that goes, a term whose axioms lose something, a name that
   programs read and that breaks (`promises`). An IRI may only leave when the release before had it deprecated:
   without that tombstone it may not leave at all.
2. Minor: something new, deprecated, renamed with a tombstone, or in another file.
3. Patch: corrections: anything else.
4. A number is MAJOR.MINOR.PATCH, greater than the one before; 0 as major number gives no licence to break.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from accords.diff import IRIS
from accords.errors import BadParameter
from accords.language import Words
from accords.publishing.released import NUMBER, ONTOLOGY
from accords.vocab import BASE, DEPRECATED, OWL, RDF, RDFS

from . import promises
from .refusing import ReleaseRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from accords.diff import Change, Diff
    from accords.families import Kind
    from accords.shifts import Shift
    from accords.sides import Side
    from accords.things import Facts, Thing

_NUMBER = re.compile(r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})", re.ASCII)
_VERSION_IRI = NamedNode(OWL + "versionIRI")
_ASKED = frozenset({"rules", "questions"})
_AXIOMS = frozenset(
    {RDF + "type"}
    | {RDFS + name for name in ("subClassOf", "subPropertyOf", "domain", "range")}
    | {OWL + name for name in ("equivalentClass", "equivalentProperty", "inverseOf")}
)


class Level(IntEnum):
    """How much a version may change."""

    PATCH = 1
    MINOR = 2
    MAJOR = 3


_LEVELS = {
    Level.PATCH: Words("une version corrective", "a patch version"),
    Level.MINOR: Words("une version mineure", "a minor version"),
    Level.MAJOR: Words("une version majeure", "a major version"),
}


@dataclass(frozen=True, order=True, slots=True)
class Version:
    """A number of three parts."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    def above(self, before: Version) -> Level:
        """Return what this version may change of the one before, which is smaller."""
        if self.major != before.major:
            return Level.MAJOR
        return Level.MINOR if self.minor != before.minor else Level.PATCH

    def next(self, level: Level) -> Version:
        """Return the number that follows.

        >>> str(Version(1, 2, 3).next(Level.MINOR))
        '1.3.0'
        """
        match level:
            case Level.MAJOR:
                return Version(self.major + 1, 0, 0)
            case Level.MINOR:
                return Version(self.major, self.minor + 1, 0)
            case Level.PATCH:
                return Version(self.major, self.minor, self.patch + 1)


def version(written: str, name: str) -> Version:
    """Return the number that is written; `name` says where.

    Raises BadParameter.
    """
    found = _NUMBER.fullmatch(written)
    if found is None:
        raise BadParameter(name, written, Words("trois nombres, comme 1.2.0", "three numbers, such as 1.2.0"))
    return Version(*map(int, found.groups()))


def declared(facts: Facts) -> str | None:
    """Return the version that the ontology of a project declares."""
    said = facts.first(ONTOLOGY, NUMBER)
    return said.value if isinstance(said, Literal) else None


def named(facts: Facts) -> str | None:
    """Return the version that the IRI of the ontology's version names; None for another IRI, or none."""
    said = facts.first(ONTOLOGY, _VERSION_IRI)
    under = f"{BASE}def/"
    return (
        said.value.removeprefix(under)
        if isinstance(said, NamedNode) and said.value.startswith(under)
        else None
    )


@dataclass(frozen=True, slots=True)
class Reason:
    """A change, and what it asks of the version."""

    level: Level
    what: Words


@dataclass(frozen=True, slots=True)
class Judgement:
    """What changed, as far as the number is concerned."""

    wanted: Level
    reasons: tuple[Reason, ...]  # those of the wanted level
    forbidden: tuple[Words, ...]  # what no version allows


def judged(diff: Diff, before: Side, after: Side) -> Judgement:
    """Return what a change asks of the version."""
    left = tuple(_left(diff, after))
    forbidden = tuple(
        _named(one.thing)
        for one in left
        if one.kind.family in IRIS and not _was_deprecated(before, one.thing)
    )
    read = (
        Reason(Level.MAJOR if one.breaks else Level.MINOR, one.what)
        for one in promises.compared(before, after)
    )
    reasons = (*_reasons(diff, left), *read)
    wanted = max((reason.level for reason in reasons), default=Level.PATCH)
    return Judgement(wanted, tuple(one for one in reasons if one.level == wanted), forbidden)


def allow(asked: Version, before: Version, found: Judgement) -> None:
    """Raise ReleaseRefused when a version may not be what is asked."""
    if asked <= before:
        raise ReleaseRefused(
            Words(
                f"{asked} ne vient pas après {before}, la version précédente",
                f"{asked} does not come after {before}, the previous release",
            ),
            (),
            hint=_number_for(found.wanted, before),
        )
    if found.forbidden:
        raise ReleaseRefused(
            Words(
                "des IRI disparaissent sans stèle (owl:deprecated dans la version précédente)",
                "IRIs leave without a tombstone (owl:deprecated in the previous release)",
            ),
            found.forbidden,
            hint=Words(
                "les garder, dépréciées : accords deprecate, accords rename",
                "keep them, deprecated: accords deprecate, accords rename",
            ),
        )
    if asked.above(before) < found.wanted:
        wanted = _LEVELS[found.wanted]
        raise ReleaseRefused(
            Words(
                f"ces changements demandent {wanted.fr} (après {before} : {before.next(found.wanted)})",
                f"these changes ask for {wanted.en} (after {before}: {before.next(found.wanted)})",
            ),
            [reason.what for reason in found.reasons],
            hint=_number_for(found.wanted, before),
        )


def _number_for(level: Level, before: Version) -> Words:
    number = before.next(level)
    return Words(f"--version {number}", f"--version {number}")


@dataclass(frozen=True, slots=True)
class _Left:
    """What is not described any more under its name."""

    thing: Thing
    kind: Kind


def _left(diff: Diff, after: Side) -> Iterator[_Left]:
    yield from (_Left(one.thing, one.kind) for one in diff.departures if not one.deprecated)
    for one in diff.renamings:
        if not _described(after, one.before):
            yield _Left(one.before, one.kind)


def _described(side: Side, thing: Thing) -> bool:
    return thing.iri is not None and NamedNode(thing.iri) in side.facts.by_subject


def _was_deprecated(side: Side, thing: Thing) -> bool:
    if thing.iri is None:
        return True
    marks = side.facts.values(NamedNode(thing.iri), DEPRECATED)
    return any(isinstance(mark, Literal) and mark.value in {"true", "1"} for mark in marks)


def _reasons(diff: Diff, left: tuple[_Left, ...]) -> Iterator[Reason]:
    for one in left:
        level = Level.MAJOR if one.kind.family in IRIS | _ASKED else Level.MINOR
        yield Reason(level, _told(one.thing, one.kind, "disparaît", "leaves"))
    gone = {one.thing for one in left}
    minor = (
        *((one.thing, one.kind, "est nouveau", "is new") for one in diff.arrivals),
        *(
            (one.thing, one.kind, "est déprécié", "is deprecated")
            for one in diff.departures
            if one.deprecated
        ),
        *(
            (one.before, one.kind, "change de nom", "changes its name")
            for one in diff.renamings
            if one.before not in gone
        ),
        *((one.thing, one.kind, "change de fichier", "is in another file") for one in diff.moves),
    )
    for row in minor:
        yield Reason(Level.MINOR, _told(*row))
    for change in diff.changes:
        yield from _of_change(change)


def _of_change(change: Change) -> Iterator[Reason]:
    """Yield what a change asks: terms that mean less than before break what rests on them."""
    shifts = [shift for shift in change.shifts if shift.predicate.iri in _AXIOMS]
    lost = [shift for shift in shifts if shift.gone or shift.swaps]
    if change.kind.family != "terms" or not shifts:
        return
    named = _listed(lost or shifts)
    if lost:
        yield Reason(
            Level.MAJOR,
            _told(change.thing, change.kind, f"perd un axiome ({named.fr})", f"loses an axiom ({named.en})"),
        )
    else:
        yield Reason(
            Level.MINOR,
            _told(
                change.thing, change.kind, f"a un axiome de plus ({named.fr})", f"gains an axiom ({named.en})"
            ),
        )


def _listed(shifts: Iterable[Shift]) -> Words:
    names = ", ".join(shift.predicate.curie for shift in shifts)
    return Words(names, names)


def _told(thing: Thing, kind: Kind, french: str, english: str) -> Words:
    named = _named(thing)
    family = kind.many
    return Words(f"{family.fr} : {named.fr} {french}", f"{family.en}: {named.en} {english}")


def _named(thing: Thing) -> Words:
    if thing.label is None:
        return Words(thing.curie, thing.curie)
    return Words(f"{thing.curie} ({thing.label.fr})", f"{thing.curie} ({thing.label.en})")
