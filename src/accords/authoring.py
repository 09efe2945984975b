"""New records: what was given for them, as a draft that can be written.

Takes the kind of the record and what a person gave, field by field; gives a `Draft`: its IRI, its values and
the records that go with it.

1. Each value is read for its field (`filling`); all that will not do is told together. A claim's property is one
   of the fields of what it is about, and its value is read for that field.
2. `source` stands for an excerpt still to be quoted: a draft of its own, which the record cites. `signature`,
   for an agreement, is the date of its signature event, a draft of its own too.
3. The IRI has the name asked for, when it is free, else the one proposed (`naming`). A record about which nothing
   is known yet is called A-NOMMER, which no rule lets pass.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from . import naming
from .errors import Refusals, RequestError
from .fieldnames import property_of, slot_of, unknown_field
from .filling import unfit
from .language import Words
from .minting import Mint
from .names import folded
from .vocab import LANG_STRING, ae

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .fieldnames import Given
    from .filling import Filling
    from .kinds import Kind, Kinds, Slot
    from .loading import Knowledge
    from .terms import Term

UNNAMED = Words("A-NOMMER", "TO-BE-NAMED")  # capitals: the rule on names finds it
SOURCE, SIGNATURE = "source", "signature"
_SIGNATURES = ("signature", "date", "date de signature", "date of signature")
AGREEMENT, _SIGNATURE_EVENT = ae("Agreement"), ae("SignatureEvent")
_CONCERNS, _EVENT_DATE = ae("concernsAgreement"), ae("eventDate")
_EXCERPT, _EXCERPT_OF, _SUPPORTED = ae("Excerpt"), ae("excerptOf"), ae("supportedBy")
_CLAIM_VALUE, _CLAIM_PROPERTY, _ABOUT = ae("claimValue"), ae("claimProperty"), ae("claimAbout")
_OF_A_CLAIM = {_CLAIM_PROPERTY: 1, _CLAIM_VALUE: 2}  # in the order in which they are read


@dataclass(frozen=True, slots=True)
class Draft:
    """A record about to be written."""

    kind: Kind
    node: NamedNode
    values: Mapping[NamedNode, tuple[Term, ...]]
    companions: tuple[Draft, ...] = ()

    @property
    def missing(self) -> tuple[Slot, ...]:
        """Return the required fields that are still empty."""
        stood_in = {
            path for group in self.kind.alternatives if set(group) & set(self.values) for path in group
        }
        return tuple(
            slot
            for slot in self.kind.slots
            if self.kind.needed(slot) and slot.path not in self.values and slot.path not in stood_in
        )

    @property
    def named(self) -> bool:
        """Tell whether the record has a name for good."""
        return self.node.value.rpartition("/")[2] not in UNNAMED

    @property
    def all(self) -> tuple[Draft, ...]:
        """Return the record and those that go with it."""
        return (self, *self.companions)


@dataclass(frozen=True, eq=False)
class Author:
    """Makes drafts of records."""

    filling: Filling
    language: str = "fr"
    also: frozenset[NamedNode] = frozenset()  # IRIs that other drafts take
    minted: Knowledge | None = None  # where names are looked up, when it is not what values are read from
    mints: dict[str, Mint] = field(default_factory=dict)  # by prefix, once they have been asked

    @property
    def kinds(self) -> Kinds:
        """Return the kinds of records."""
        return self.filling.kinds

    def draft(self, kind: Kind, rows: Iterable[Given], name: str = "", *, again: bool = False) -> Draft:
        """Return the draft of a record; `again` lets it be one that the project describes already.

        Raises RequestError for a field or a value that will not do, a name that is taken or against the rules;
        Several for more than one.
        """
        refusals = Refusals()
        held = tuple(rows)
        extras = self._extras(kind, held, refusals)
        values = self._values(kind, [row for row in held if not self._extra(kind, row)], refusals)
        for path, term in [(path, term) for path, terms in values.items() for term in terms]:
            with refusals.gathered():
                kind = self.kinds.refined(kind, path, term)  # a type of actor asks for its class
        excerpts: tuple[Draft, ...] = ()
        signed: Term | None = None
        if SOURCE in extras:
            with _gathered(refusals, extras[SOURCE]):
                excerpts = (self._excerpt(extras[SOURCE]),)
                values[_SUPPORTED] = (*values.get(_SUPPORTED, ()), excerpts[0].node)
        if SIGNATURE in extras:
            with _gathered(refusals, extras[SIGNATURE]):
                signed = self._signed(extras[SIGNATURE])
        with refusals.gathered():
            node = self._node(kind, values, signed, name, again=again)
        refusals.tell()
        event = () if signed is None else (self._event(node, signed, values.get(_SUPPORTED, ())),)
        return Draft(kind, node, values, (*event, *excerpts))

    def check(self, kind: Kind, row: Given) -> None:
        """Read one value for its field.

        Raises RequestError when it will not do. The property and the value of a claim are read with the whole record.
        """
        match self._extra(kind, row):
            case "source":
                self._excerpt(row)
            case "signature":
                self._signed(row)
            case _:
                slot = slot_of(kind, self.kinds, row.key)
                if slot.path not in _OF_A_CLAIM:
                    self.filling.term(slot, row.text, row.language)

    def tagged(self, kind: Kind, row: Given) -> bool:
        """Tell whether a value is for a field of texts that have a language."""
        if self._extra(kind, row):
            return False
        demand = slot_of(kind, self.kinds, row.key).demand
        return demand.tagged or LANG_STRING in demand.datatypes

    def check_name(self, kind: Kind, name: str) -> None:
        """Judge a name, if there is one; a record that is described already may bear it.

        Raises RequestError.
        """
        if name:
            self._mint(kind).asked(name, cited=True, described=True)

    def _extra(self, kind: Kind, row: Given) -> str:
        """Return which record of its own a given value stands for; empty for a field of the form."""
        wanted = folded(row.key)
        if kind.term == AGREEMENT and wanted in _SIGNATURES:
            return SIGNATURE
        own = any(wanted in {folded(slot.code), *map(folded, slot.field.name)} for slot in kind.slots)
        return SOURCE if wanted == SOURCE and not own and kind.slot(_SUPPORTED) else ""

    def _extras(self, kind: Kind, rows: Iterable[Given], refusals: Refusals) -> dict[str, Given]:
        """Return what was given for records of their own, each once."""
        found: dict[str, Given] = {}
        for row in rows:
            if extra := self._extra(kind, row):
                with _gathered(refusals, row):
                    if extra in found:
                        raise _twice(extra)
                    found[extra] = row
        return found

    def _values(
        self, kind: Kind, rows: Iterable[Given], refusals: Refusals
    ) -> dict[NamedNode, tuple[Term, ...]]:
        found: dict[NamedNode, list[Term]] = defaultdict(list)
        slots: list[tuple[Slot, Given]] = []
        wrong: set[NamedNode] = set()  # fields of which a value will not do
        for row in rows:
            with _gathered(refusals, row):
                slots.append((slot_of(kind, self.kinds, row.key), row))
        for slot, row in sorted(slots, key=lambda pair: _OF_A_CLAIM.get(pair[0].path, 0)):
            if slot.path in _OF_A_CLAIM and wrong:
                continue  # it cannot be read before what it depends on
            before = len(refusals.found)
            with _gathered(refusals, row):
                self._add(found[slot.path], slot, self._term(slot, row, found), row)
            if len(refusals.found) > before and slot.path in {_ABOUT, _CLAIM_PROPERTY}:
                wrong.add(slot.path)
        return {path: tuple(terms) for path, terms in found.items() if terms}

    def _term(self, slot: Slot, row: Given, found: Mapping[NamedNode, Sequence[Term]]) -> Term:
        if slot.path == _CLAIM_PROPERTY and ":" not in row.text:
            about = self._about(found)
            return (
                property_of(row.text, self.kinds)
                if about is None
                else slot_of(about, self.kinds, row.text).path
            )
        read = self._claimed(found) if slot.path == _CLAIM_VALUE else None
        return self.filling.term(read or slot, row.text, row.language)

    @staticmethod
    def _add(terms: list[Term], slot: Slot, term: Term, row: Given) -> None:
        """Add a value to those of a field. Raises RequestError for one too many."""
        if term in terms:
            return
        if slot.most is not None and len(terms) >= slot.most:
            raise unfit(slot, row.text, Words(f"{slot.most} valeur au plus", f"at most {slot.most} value"))
        tongues = {one.language for one in terms if isinstance(one, Literal)}
        if slot.demand.unique and isinstance(term, Literal) and term.language in tongues:
            raise unfit(slot, row.text, Words("un seul texte par langue", "one text a language only"))
        terms.append(term)

    def _about(self, found: Mapping[NamedNode, Sequence[Term]]) -> Kind | None:
        """Return the kind of the record that a claim is about."""
        kinds = [self.kinds.of(about) for about in found.get(_ABOUT, ())]
        return next((kind for kind in kinds if kind is not None), None)

    def _claimed(self, found: Mapping[NamedNode, Sequence[Term]]) -> Slot | None:
        """Return the field that a claim is about."""
        kind = self._about(found)
        paths = [path for path in found.get(_CLAIM_PROPERTY, ()) if isinstance(path, NamedNode)]
        return kind.slot(paths[0]) if kind is not None and paths else None

    def slot_for(self, extra: str) -> Slot:
        """Return the field that a source or a signature is read for, in the record of its own that it stands for."""
        term, path = (_EXCERPT, _EXCERPT_OF) if extra == SOURCE else (_SIGNATURE_EVENT, _EVENT_DATE)
        slot = self._kind(term).slot(path)
        if slot is None:
            raise unknown_field(self._kind(term), extra, ())
        return slot

    def _excerpt(self, row: Given) -> Draft:
        kind = self._kind(_EXCERPT)
        source = self.filling.term(self.slot_for(SOURCE), row.text)
        values: dict[NamedNode, tuple[Term, ...]] = {_EXCERPT_OF: (source,)}
        return Draft(kind, self._node(kind, values, None, ""), values)

    def _signed(self, row: Given) -> Term:
        return self.filling.term(self.slot_for(SIGNATURE), row.text)

    def _event(self, agreement: NamedNode, signed: Term, excerpts: tuple[Term, ...]) -> Draft:
        kind = self._kind(_SIGNATURE_EVENT)
        mint = self._mint(kind)
        node = mint.node(mint.free(f"{naming.last(agreement)}-signature"))
        held = {_CONCERNS: (agreement,), _EVENT_DATE: (signed,), _SUPPORTED: excerpts}
        return Draft(kind, node, {path: terms for path, terms in held.items() if terms})

    def _kind(self, term: NamedNode) -> Kind:
        return next(kind for kind in self.kinds.all if kind.term == term)

    def _mint(self, kind: Kind) -> Mint:
        knowledge = self.minted or self.kinds.knowledge
        if kind.prefix not in self.mints:
            self.mints[kind.prefix] = Mint(knowledge, kind.prefix)
        mint = self.mints[kind.prefix]
        named = (node.value for node in self.also if node.value.startswith(mint.namespace))
        return mint.besides(frozenset(one.removeprefix(mint.namespace) for one in named))

    def _node(
        self,
        kind: Kind,
        values: Mapping[NamedNode, tuple[Term, ...]],
        signed: Term | None,
        name: str,
        *,
        again: bool = False,
    ) -> NamedNode:
        mint = self._mint(kind)
        if name:
            return mint.asked(name, cited=True, described=again)
        said = naming.proposed(kind, values, signed, self.kinds, mint)
        return mint.node(said or (UNNAMED.fr if self.language == "fr" else UNNAMED.en))


@contextmanager
def _gathered(refusals: Refusals, row: Given) -> Iterator[None]:
    with refusals.gathered(row.key, row.place):
        yield


def _twice(extra: str) -> RequestError:
    return RequestError(
        Words(f"« {extra} » est donné deux fois", f"“{extra}” is given twice"),
        hint=Words("ajouter le second ensuite, dans le fichier", "add the second one later, in the file"),
    )
