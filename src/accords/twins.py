"""Records that are perhaps there already: what a draft would say a second time.

Takes the kinds of records, hence the knowledge, and a draft; gives the `Twin`, the record that is perhaps the same,
with what differs, or None.

1. Two records of a kind are perhaps the same when a name of one (label or other name; accents, capitals and
   punctuation do not count) is a name of the other, or when they bear the same code (SIREN, INSEE, archive).
2. They are not when they belong to different records (an axis to its agreement), when what they have to name
   of other records has nothing in common, or when they are of two levels. Actors go by their names alone.
3. A kind that needs no label (a signature, a claim, a count…) is compared by what it must fill, numbers apart; one
   that differs in a date or in a field for one value is another.
4. A record that was retired is nobody's twin.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from .names import folded
from .vocab import ALT_LABEL, DEPRECATED, LABELS, REPLACED_BY, XSD, ae

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from .authoring import Draft
    from .kinds import Kind, Kinds, Slot
    from .location import Location
    from .terms import Term

    Said = Mapping[NamedNode, Sequence[Term]]

_ACTOR, _LEVEL, _SUPPORTED, _CONCERNS = (
    ae(name) for name in ("Actor", "level", "supportedBy", "concernsAgreement")
)
_NAMES = (*LABELS, ALT_LABEL)
_CODES = tuple(ae(name) for name in ("siren", "inseeCode", "archiveName", "textDigest"))
_NUMBERS = frozenset(NamedNode(XSD + name) for name in ("integer", "decimal"))
_ENOUGH = 2  # fields by which a record without a name is known


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of which a record and a draft say different things."""

    slot: Slot
    held: tuple[Term, ...]
    given: tuple[Term, ...]
    written: Location | None


@dataclass(frozen=True, slots=True)
class Twin:
    """A record that is perhaps the one of a draft; `written` is None for a draft of the same call."""

    node: NamedNode
    name: str  # what both are called; empty for records known by what they fill
    written: Location | None
    differences: tuple[Difference, ...]


@dataclass(frozen=True, eq=False)
class Twins:
    """Finds twins among the records of a project and the drafts that were added."""

    kinds: Kinds

    def of(self, draft: Draft) -> Twin | None:
        """Return the record that is perhaps the one of a draft, the one that differs least."""
        found = {}
        for name, key in self._keys(draft.kind, draft.values):
            for node in self._by_key.get(key, ()):
                if node != draft.node and node not in found and self._alike(draft, node):
                    found[node] = self.beside(node, draft, name)
        return min(found.values(), key=lambda twin: (len(twin.differences), twin.node.value), default=None)

    def beside(self, node: NamedNode, draft: Draft, name: str = "") -> Twin:
        """Return a record as the twin of a draft, with what differs."""
        knowledge = self.kinds.knowledge
        written = knowledge.locate(node) if node in knowledge.homes else None
        return Twin(node, name, written, tuple(self._differences(node, draft)))

    def saying(self, draft: Draft) -> NamedNode | None:
        """Return a record of the project of the same class that says all that a draft says."""
        held = self._by_class.get(draft.kind.term, ()) if draft.values else ()
        return next((node for node in held if self._says(node, draft)), None)

    def add(self, draft: Draft) -> None:
        """Let a draft be the twin of another."""
        self._added[draft.node] = draft
        for _, key in self._keys(draft.kind, draft.values):
            self._by_key.setdefault(key, []).append(draft.node)

    @cached_property
    def _added(self) -> dict[NamedNode, Draft]:
        return {}

    @cached_property
    def _by_key(self) -> dict[Hashable, list[NamedNode]]:
        """Return the records of the project by what they may be known by."""
        found: dict[Hashable, list[NamedNode]] = defaultdict(list)
        for node, said in self.kinds.facts.records():
            kind = self.kinds.of(node)
            retired = DEPRECATED in said or REPLACED_BY in said
            if kind is not None and isinstance(node, NamedNode) and not retired:
                for _, key in self._keys(kind, said):
                    found[key].append(node)
        return dict(found)

    @cached_property
    def _by_class(self) -> dict[NamedNode, list[NamedNode]]:
        found: dict[NamedNode, list[NamedNode]] = defaultdict(list)
        for node, _ in self.kinds.facts.records():
            kind = self.kinds.of(node)
            if kind is not None and isinstance(node, NamedNode):
                found[kind.term].append(node)
        return found

    def _says(self, node: NamedNode, draft: Draft) -> bool:
        said, own = self._said(node), {companion.node for companion in draft.companions}
        return all(
            set(terms) - own <= set(said.get(path, ())) for path, terms in draft.values.items()
        ) and all(self._has(node, draft, companion) for companion in draft.companions)

    def _keys(self, kind: Kind, said: Said) -> Iterator[tuple[str, Hashable]]:
        """Yield what a record may be known by, each with the name it stands for."""
        sort = "actor" if _ACTOR in kind.classes else kind.term.value
        for path in _NAMES:
            for value in said.get(path, ()):
                if isinstance(value, Literal) and folded(value.value):
                    yield value.value, (sort, folded(value.value))
        for path in _CODES:
            for value in said.get(path, ()):
                if isinstance(value, Literal):
                    yield value.value, (sort, path, value.value)
        if slots := _telling(kind):
            filled = tuple(frozenset(said.get(slot.path, ())) for slot in slots)
            if all(filled):
                yield "", (sort, filled)

    def _alike(self, draft: Draft, node: NamedNode) -> bool:
        """Tell whether nothing keeps a record and a draft of the same name apart."""
        said = self._said(node)
        if _ACTOR in draft.kind.classes:
            return True
        named = any(path in draft.values for path in LABELS)
        return not any(self._apart(slot, draft, said, named=named) for slot in draft.kind.slots)

    @staticmethod
    def _apart(slot: Slot, draft: Draft, said: Said, *, named: bool) -> bool:
        given, held = set(draft.values.get(slot.path, ())), set(said.get(slot.path, ()))
        belongs = _links(slot) and slot.demand.least > 0
        if belongs and slot.most == 1 and not (given and held):
            return True  # what it belongs to is not known
        tells = belongs or slot.path == _LEVEL or (not named and slot.most == 1 and not _counts(slot))
        return tells and bool(given) and bool(held) and given.isdisjoint(held)

    def _said(self, node: NamedNode) -> Said:
        return self._added[node].values if node in self._added else self.kinds.facts.by_subject.get(node, {})

    def _differences(self, node: NamedNode, draft: Draft) -> Iterator[Difference]:
        said = self._said(node)
        own = {companion.node for companion in draft.companions}
        for slot in draft.kind.slots:
            given = tuple(term for term in draft.values.get(slot.path, ()) if term not in own)
            held = _beside(slot, given, said.get(slot.path, ()))
            if not {bare(term) for term in given} <= {bare(term) for term in held}:
                written = self.kinds.knowledge.locate(node, slot.path) if node not in self._added else None
                yield Difference(slot, held, given, written)
        for companion in draft.companions:
            if not self._has(node, draft, companion):
                for slot, terms in _of_companion(draft, companion):
                    yield Difference(slot, (), terms, None)

    def _has(self, node: NamedNode, draft: Draft, companion: Draft) -> bool:
        """Tell whether a record has what goes with a draft: an excerpt of its source, its signature."""
        facts = self.kinds.facts
        wanted = dict(_of_companion(draft, companion))
        own = any(draft.node in terms for terms in companion.values.values())
        others = self._events.get(node, ()) if own else self._said(node).get(_SUPPORTED, ())
        return any(
            all(set(terms) <= set(facts.values(other, slot.path)) for slot, terms in wanted.items())
            for other in others
        )

    @cached_property
    def _events(self) -> dict[Term, list[Term]]:
        """Return the events of each agreement."""
        found: dict[Term, list[Term]] = defaultdict(list)
        for node, said in self.kinds.facts.records():
            for agreement in said.get(_CONCERNS, ()):
                found[agreement].append(node)
        return found


def _beside(slot: Slot, given: Sequence[Term], held: Sequence[Term]) -> tuple[Term, ...]:
    """Return what a record says where a draft says something: of texts that have one each, the same languages."""
    tongues = {term.language for term in given if isinstance(term, Literal)}
    texts = slot.demand.unique
    return tuple(
        term for term in held if not (texts and isinstance(term, Literal) and term.language not in tongues)
    )


def bare(term: Term) -> Hashable:
    """Return a value as values are compared: the label of a record whatever its capitals."""
    return (folded(term.value), term.language) if isinstance(term, Literal) and term.language else term


def _of_companion(draft: Draft, companion: Draft) -> Iterator[tuple[Slot, tuple[Term, ...]]]:
    """Yield what was given for a record that goes with a draft."""
    for slot in companion.kind.slots:
        given = companion.values.get(slot.path, ())
        if given and draft.node not in given and slot.path != _SUPPORTED:
            yield slot, tuple(given)


def _links(slot: Slot) -> bool:
    return bool(slot.demand.classes) and slot.path != _SUPPORTED


def _counts(slot: Slot) -> bool:
    return not _NUMBERS.isdisjoint(slot.demand.datatypes)


def _telling(kind: Kind) -> list[Slot]:
    """Return the fields by which a record of a kind that needs no label is known; none for another kind."""
    if any(slot.path in LABELS and slot.demand.least for slot in kind.slots):
        return []
    needed = [slot for slot in kind.slots if slot.demand.least and slot.path != _SUPPORTED]
    telling = [slot for slot in needed if not _counts(slot)]
    return telling if len(telling) >= _ENOUGH else []
