"""New records: what was given for them, as a draft that can be written.

Takes the kind of the record and what a person gave, field by field; gives a `Draft`: its IRI, its values and
the records that go with it.

1. Each value is read for its field (`filling`). A claim's value is read for the field that it is about.
2. `source` stands for an excerpt still to be quoted: a draft of its own, which the record cites. `signature`,
   for an agreement, is the date of its signature event, a draft of its own too.
3. The IRI has the name asked for, when it is free. Else it is made of what does not change: the territory, the
   year and the type of an agreement; what the record belongs to, and the next number; its label. A record
   about which nothing is known yet is called A-NOMMER, which no rule lets pass.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from .errors import RequestError, UnknownName
from .filling import unfit
from .language import Words, printable
from .minting import Mint, slug, stem
from .names import folded
from .vocab import LABELS, RECORD, ae

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
_TERRITORY, _AGREEMENT_TYPE, _START = ae("coversTerritory"), ae("agreementType"), ae("startDate")
_CLAIM_VALUE, _CLAIM_PROPERTY, _ABOUT = ae("claimValue"), ae("claimProperty"), ae("claimAbout")
_ORGANISATIONS = frozenset({ae("Actor"), NamedNode("http://www.w3.org/ns/org#Organization")})  # not owners
_YEAR = 4  # digits


@dataclass(frozen=True, slots=True)
class Given:
    """What was given for one field: the field as it was named, the text, its language if said."""

    key: str
    text: str
    language: str = ""


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


def given(typed: str) -> Given:
    """Return what « field=value » or « field@en=value » gives.

    >>> given("titre@en=Local agreement")
    Given(key='titre', text='Local agreement', language='en')
    """
    key, equals, text = typed.partition("=")
    if not equals or not key.strip():
        shown = printable(typed)
        raise RequestError(
            Words(f"« {shown} » : il faut CHAMP=VALEUR", f"“{shown}”: FIELD=VALUE is needed"),
            hint=Words(
                "par exemple --set titre='Convention locale'", "for instance --set title='Local agreement'"
            ),
        )
    return keyed(key, text)


def keyed(key: str, text: str) -> Given:
    """Return what a value gives for a field that may be named with a language behind an @."""
    name, _, language = key.strip().partition("@")
    return Given(name.strip(), text, language.strip())


def slot_of(kind: Kind, kinds: Kinds, key: str) -> Slot:
    """Return the field meant by its name in either language, its property or its code.

    Raises UnknownName with the close ones.
    """
    wanted = folded(key)
    by_name: dict[str, Slot] = {}
    for slot in kind.slots:
        curie = kinds.knowledge.prefixes.show(slot.path)
        for name in (*slot.field.name, curie, slot.code, slot.path.value):
            by_name.setdefault(folded(name), slot)
    if wanted in by_name:
        return by_name[wanted]
    holding = {slot.code: slot for name, slot in by_name.items() if wanted and f" {wanted}" in f" {name}"}
    if len(holding) == 1:  # « type » for « type d'accord »
        return next(iter(holding.values()))
    close = [by_name[name] for name in get_close_matches(wanted, by_name, n=4)]
    raise _unknown_field(kind, key, [*holding.values(), *close])


def _once(extras: Iterable[tuple[str, Given]]) -> dict[str, Given]:
    """Return what was given for records of their own, each given once."""
    found: dict[str, Given] = {}
    for extra, row in extras:
        if extra in found:
            raise RequestError(
                Words(f"« {extra} » est donné deux fois", f"“{extra}” is given twice"),
                hint=Words(
                    "ajouter le second ensuite, dans le fichier", "add the second one later, in the file"
                ),
            )
        found[extra] = row
    return found


def _unknown_field(kind: Kind, key: str, close: Sequence[Slot]) -> UnknownName:
    offered = list(dict.fromkeys(close)) or list(kind.slots)
    refusal = UnknownName(
        Words(f"champ de « {kind.words.fr} »", f"field of “{kind.words.en}”"),
        key,
        tuple(s.code for s in close),
    )
    names = [slot.field.name for slot in offered]
    french, english = ", ".join(name.fr for name in names), ", ".join(name.en for name in names)
    refusal.hint = Words(
        f"champs proches : {french}" if close else f"les champs : {french}",
        f"close fields: {english}" if close else f"the fields: {english}",
    )
    return refusal


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

        Raises RequestError for a field or a value that will not do, a name that is taken or against the rules.
        """
        held = tuple(rows)
        extras = _once((extra, row) for row in held if (extra := self._extra(kind, row)))
        values = self._values(kind, [row for row in held if not self._extra(kind, row)])
        for path, terms in values.items():
            for term in terms:
                kind = self.kinds.refined(kind, path, term)  # a type of actor asks for its class
        excerpts: tuple[Draft, ...] = ()
        if SOURCE in extras:
            excerpts = (self._excerpt(extras[SOURCE]),)
            values[_SUPPORTED] = (*values.get(_SUPPORTED, ()), excerpts[0].node)
        signed = self._signed(extras[SIGNATURE]) if SIGNATURE in extras else None
        node = self._node(kind, values, signed, name, again=again)
        event = () if signed is None else (self._event(node, signed, values.get(_SUPPORTED, ())),)
        return Draft(kind, node, values, (*event, *excerpts))

    def check(self, kind: Kind, row: Given) -> None:
        """Read one value for its field.

        Raises RequestError when it will not do. The value of a claim is read with the whole record.
        """
        match self._extra(kind, row):
            case "source":
                self._excerpt(row)
            case "signature":
                self._signed(row)
            case _:
                slot = slot_of(kind, self.kinds, row.key)
                if slot.path != _CLAIM_VALUE:
                    self.filling.term(slot, row.text, row.language)

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

    def _values(self, kind: Kind, rows: Iterable[Given]) -> dict[NamedNode, tuple[Term, ...]]:
        found: dict[NamedNode, list[Term]] = defaultdict(list)
        slots = [(slot_of(kind, self.kinds, row.key), row) for row in rows]
        for slot, row in sorted(slots, key=lambda pair: pair[0].path == _CLAIM_VALUE):
            read = self._claimed(found) or slot if slot.path == _CLAIM_VALUE else slot
            term = self.filling.term(read, row.text, row.language)
            if term not in found[slot.path]:
                found[slot.path].append(term)
            if slot.most is not None and len(found[slot.path]) > slot.most:
                raise unfit(
                    slot, row.text, Words(f"{slot.most} valeur au plus", f"at most {slot.most} value")
                )
        return {path: tuple(terms) for path, terms in found.items()}

    def _claimed(self, found: Mapping[NamedNode, Sequence[Term]]) -> Slot | None:
        """Return the field that a claim is about."""
        for about in found.get(_ABOUT, ()):
            kind = self.kinds.of(about)
            for path in found.get(_CLAIM_PROPERTY, ()):
                if kind is not None and isinstance(path, NamedNode):
                    return kind.slot(path)
        return None

    def _excerpt(self, row: Given) -> Draft:
        kind = self._kind(_EXCERPT)
        slot = next(slot for slot in kind.slots if slot.path == _EXCERPT_OF)
        source = self.filling.term(slot, row.text)
        values: dict[NamedNode, tuple[Term, ...]] = {_EXCERPT_OF: (source,)}
        return Draft(kind, self._node(kind, values, None, ""), values)

    def _signed(self, row: Given) -> Term:
        slot = self._kind(_SIGNATURE_EVENT).slot(_EVENT_DATE)
        if slot is None:
            raise _unknown_field(self._kind(_SIGNATURE_EVENT), row.key, ())
        return self.filling.term(slot, row.text)

    def _event(self, agreement: NamedNode, signed: Term, excerpts: tuple[Term, ...]) -> Draft:
        kind = self._kind(_SIGNATURE_EVENT)
        mint = self._mint(kind)
        node = mint.node(mint.free(f"{_last(agreement)}-signature"))
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
        if owner := self._owner(kind, values):
            return mint.node(mint.following(self._stem(kind, owner)))
        said = self._agreement(values, signed) if kind.term == AGREEMENT else _labelled(values)
        return mint.node(mint.free(said) if said else UNNAMED.fr if self.language == "fr" else UNNAMED.en)

    def _owner(self, kind: Kind, values: Mapping[NamedNode, tuple[Term, ...]]) -> NamedNode | None:
        """Return the record that this one belongs to: what its first field for one record leads to."""
        for slot in kind.slots:
            if slot.demand.least == slot.most == 1 and _ORGANISATIONS.isdisjoint(slot.demand.classes):
                for term in values.get(slot.path, ()):
                    if isinstance(term, NamedNode) and term.value.startswith(RECORD):
                        return term
        return None

    def _stem(self, kind: Kind, owner: NamedNode) -> str:
        """Return what the names of the records of one kind that belong to the same one begin with."""
        namespace = self.kinds.knowledge.prefixes.table[kind.prefix]
        others = [
            node.value.removeprefix(namespace)
            for node, held in self.kinds.facts.by_subject.items()
            if isinstance(node, NamedNode)
            and node.value.startswith(namespace)
            and any(owner in values for values in held.values())
        ]
        return stem(others) or _last(owner)

    def _agreement(self, values: Mapping[NamedNode, tuple[Term, ...]], signed: Term | None) -> str:
        """Return the name of an agreement: territory, year, type, as far as they are known."""
        territories = [self.kinds.facts.thing(term).label for term in values.get(_TERRITORY, ())]
        place = slug(territories[0].fr) if territories and territories[0] else ""
        dates = [term for term in (signed, *values.get(_START, ())) if isinstance(term, Literal)]
        year = dates[0].value[:_YEAR] if dates else ""
        types = [_last(term) for term in values.get(_AGREEMENT_TYPE, ()) if isinstance(term, NamedNode)]
        return slug(" ".join([place, year, *types])) if place or year else ""


def _labelled(values: Mapping[NamedNode, tuple[Term, ...]]) -> str:
    """Return the label of a record as a name."""
    for path in LABELS:
        texts = [term for term in values.get(path, ()) if isinstance(term, Literal)]
        for text in sorted(texts, key=lambda text: text.language != "fr"):
            return slug(text.value)
    return ""


def _last(node: NamedNode) -> str:
    return node.value.rpartition("/")[2]
