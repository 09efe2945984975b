"""Two records of one thing made one: what the second says joins the first, which takes its references.

Takes a workplace and two things, the one that stays first; gives a plan.

1. The facts of the second go to the record of the first, each once. Its record stays as it is, deprecated in
   favour of the first; claims and excerpts stay, and what is claimed of the second is claimed of the first.
2. A property of which the rules allow one value (`sh:maxCount 1`; one a language for labels) may hold two now: a
   conflict, refused unless it is said which to keep. A claim that preferred the value that is not kept becomes
   a secondary reading.
3. Two things that a record links to each other are two things, and are not merged.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Literal as Choice

from pyoxigraph import Literal, NamedNode

from . import loading
from .editing import Change
from .errors import RequestError
from .language import Words, printable
from .names import folded
from .retiring import RETIRING, must_be_alike, must_be_ours, must_be_unlinked, must_live, retired
from .vocab import CONCEPT, LABELS, SUBCLASS, TYPE, ae, sh

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .editing import Row
    from .retiring import Plan, Reason, Workplace
    from .spellings import Fact
    from .terms import Term

Side = Choice["A", "B"]
_RANK, _PREFERRED = ae("claimRank"), NamedNode(CONCEPT + "claim-rank/preferred")
_SECONDARY = NamedNode(CONCEPT + "claim-rank/secondary")
_ABOUT, _PROPERTY, _VALUE = ae("claimAbout"), ae("claimProperty"), ae("claimValue")


@dataclass(frozen=True, slots=True)
class Conflict:
    """A property that takes one value, and the two that it would have."""

    path: NamedNode
    kept: Term  # of the first
    other: Term  # of the second


def joined(  # noqa: PLR0913  # what the command line can ask for
    place: Workplace,
    one: NamedNode,
    other: NamedNode,
    reason: Reason,
    keep: Mapping[str, Side],
    *,
    title: str,
) -> Plan:
    """Return the plan by which the second of two records gives way to the first.

    `keep` says of a property, by its short name, its name or its label, whose value stays; the empty name speaks
    for all. Raises RequestError for what cannot be merged, or for conflicts that nobody has settled.
    """
    for node in (one, other):
        must_be_ours(place, node)
        must_live(place, node)
    must_be_alike(place, one, other)
    must_be_unlinked(place, one, other)
    conflicts = _conflicts(place, one, other)
    sides = _settled(place, conflicts, keep)
    dropped = {(c.path, c.other) for c in conflicts if sides[c.path] == "A"}
    values: dict[Row, Term] = {(one, c.path, c.kept): c.other for c in conflicts if sides[c.path] == "B"}
    facts = [
        fact
        for fact in _further(place, one, other)
        if fact not in dropped and fact not in {(p, v) for (_, p, _), v in values.items()}
    ]
    losers = dropped | {(path, value) for _, path, value in values}
    demoted = _demoted(place, one, other, losers)
    change = Change(
        names={other: one},
        keeping=frozenset({other}),
        said={one: facts, other: retired(reason, one)},
        values=values | demoted,
    )
    return place.plan(title, change, [other], _told(place, demoted))


def _further(place: Workplace, one: NamedNode, other: NamedNode) -> list[Fact]:
    """Return the facts of the second that the first does not have."""
    held = place.facts.by_subject.get(one, {})
    return [
        (predicate, value)
        for predicate, values in place.facts.by_subject.get(other, {}).items()
        for value in values
        if predicate not in RETIRING and isinstance(value, (NamedNode, Literal))
        if value not in held.get(predicate, ()) and value != other
    ]


def _conflicts(place: Workplace, one: NamedNode, other: NamedNode) -> list[Conflict]:
    """Return the properties that would have a value too many."""
    single = _single(place, one)
    held = place.facts.by_subject.get(one, {})
    found = []
    for predicate, value in _further(place, one, other):
        rivals = [kept for kept in held.get(predicate, ()) if _rival(predicate, kept, value, single)]
        if rivals:
            found.append(Conflict(predicate, rivals[0], value))
    return found


def _rival(predicate: NamedNode, kept: Term, value: Term, single: frozenset[Term]) -> bool:
    """Tell whether two values of a property exclude each other."""
    tongues = [one.language for one in (kept, value) if isinstance(one, Literal)]
    if predicate in LABELS and len(tongues) == 2:  # noqa: PLR2004  # both are texts
        return tongues[0] == tongues[1]
    return predicate in single or predicate == TYPE


def _single(place: Workplace, node: NamedNode) -> frozenset[Term]:
    """Return the properties of which the rules allow one value to what a thing is."""
    documents, _ = loading.load_shapes(place.knowledge.project)
    about: dict[Term, dict[Term, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for document in documents:
        for triple in document.triples:
            about[triple.subject][triple.predicate].append(triple.object)
    classes = place.facts.above(place.facts.values(node, TYPE), SUBCLASS)
    held: set[Term] = set()
    for shape in [
        shape for shape, said in about.items() if set(said.get(sh("targetClass"), ())) & set(classes)
    ]:
        for part in (shape, *about[shape].get(sh("property"), ())):
            if any(
                isinstance(most, Literal) and most.value == "1"
                for most in about[part].get(sh("maxCount"), ())
            ):
                held |= set(about[part].get(sh("path"), ()))
    return frozenset(held)


def _settled(
    place: Workplace, conflicts: Sequence[Conflict], keep: Mapping[str, Side]
) -> dict[NamedNode, Side]:
    """Return whose value stays, for each property in conflict. Raises RequestError for those left open."""
    asked = {folded(name): side for name, side in keep.items()}
    sides: dict[NamedNode, Side] = {}
    for path in dict.fromkeys(conflict.path for conflict in conflicts):
        names = [*_called(place, path), ""]
        for name in names:
            if name in asked:
                sides.setdefault(path, asked[name])
    known = {name for conflict in conflicts for name in _called(place, conflict.path)} | {""}
    if strange := [name for name in keep if folded(name) not in known]:
        raise _no_conflict(strange[0])
    if left := [conflict for conflict in conflicts if conflict.path not in sides]:
        raise _open(place, left)
    return sides


def _called(place: Workplace, path: NamedNode) -> list[str]:
    """Return the names by which a property can be meant."""
    thing = place.facts.thing(path)
    labels = () if thing.label is None else thing.label
    return [folded(name) for name in (thing.curie, thing.curie.partition(":")[2], *labels)]


def _no_conflict(name: str) -> RequestError:
    shown = printable(name)
    return RequestError(
        Words(f"--keep : pas de conflit sur « {shown} »", f"--keep: no conflict about “{shown}”"),
        hint=Words("relancer sans --keep les liste", "running without --keep lists them"),
    )


def _open(place: Workplace, left: Sequence[Conflict]) -> RequestError:
    rows = [
        f"\n      {place.curie(c.path)}  A : {place.curie(c.kept)}  B : {place.curie(c.other)}" for c in left
    ]
    example = place.curie(left[0].path)
    return RequestError(
        Words(
            "les deux fiches disent autre chose là où une seule valeur est permise :" + "".join(rows),
            "the two records differ where one value only is allowed:" + "".join(rows),
        ),
        hint=Words(
            f"dire laquelle garder : --keep {example}=A, ou --keep A pour toutes",
            f"say which to keep: --keep {example}=A, or --keep A for all",
        ),
    )


def _demoted(
    place: Workplace, one: NamedNode, other: NamedNode, losers: set[tuple[NamedNode, Term]]
) -> dict[Row, Term]:
    """Return the ranks that fall: of the claims that preferred a value that is not kept."""
    found: dict[Row, Term] = {}
    for claim, said in place.facts.records():
        about, value = said.get(_ABOUT, ()), said.get(_VALUE, ())
        claimed = {(path, one_value) for path in said.get(_PROPERTY, ()) for one_value in value}
        if {one, other} & set(about) and claimed & losers and _PREFERRED in said.get(_RANK, ()):
            found[claim, _RANK, _PREFERRED] = _SECONDARY
    return found


def _told(place: Workplace, demoted: Mapping[Row, Term]) -> list[Words]:
    if not demoted:
        return []
    listed = ", ".join(place.curie(claim) for claim, _, _ in demoted)
    return [
        Words(
            f"lectures désormais secondaires, leur valeur n'étant pas gardée : {listed}",
            f"now secondary readings, their value not being kept: {listed}",
        )
    ]
