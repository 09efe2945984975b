"""What a person typed for a field of a form, as a term: a name, a code, a date, a number, a text.

Takes the slot and what was typed; gives the term, as the rules want it:

1. A field of concepts or of records takes a short name, an IRI, or a name in either language.
2. A field with datatypes takes what one of these can hold. Dates may be partial, and be typed as people write
   them (`dates`); numbers may have a decimal comma.
3. A field of texts takes the text, in French unless another language is named. One that is a line takes no other.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from . import dates, durations, literals
from .errors import RequestError, UnknownName
from .language import LANGUAGES, Words, printable
from .names import Names
from .vocab import LANG_STRING, SKOS, STRING, SUBCLASS, TYPE, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .kinds import Kinds, Slot
    from .language import Language
    from .terms import Term
    from .things import Thing

FEW = 20  # choices that a refusal lists
_IN_SCHEME = NamedNode(SKOS + "inScheme")
_INTEGER = NamedNode(XSD + "integer")
_DATES = frozenset(NamedNode(XSD + name) for name in ("date", "gYearMonth", "gYear"))
_DURATION = NamedNode(XSD + "duration")
_NUMBERS = frozenset(NamedNode(XSD + name) for name in ("integer", "decimal"))
_ADDRESS = re.compile(r"<?(?P<iri>https?://\S+?)>?")
_LISTED = re.compile(r".+ \((?P<curie>[a-z][\w-]*:[\w.-]+)\)", re.DOTALL)  # as choices are offered
_GROUPED = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?:\D|$))")
_DATE = Words(
    "une date, même partielle (2026-05-12, 12 mai 2026, 2026-05 ou 2026)",
    "a date, perhaps partial (2026-05-12, 12 May 2026, 2026-05 or 2026)",
)
_LASTING = Words("une durée comme 3 ans, 18 mois ou P3Y", "a duration such as 3 years, 18 months or P3Y")
_YEAR = 4  # digits
_LINE = Words("un texte sur une seule ligne", "a text on one line")
_LANGUAGE = Words("fr ou en", "fr or en")
_LINK = Words(
    "un nom court (act:etat), un nom connu ou une adresse https://…",
    "a short name (act:etat), a known name or an address https://…",
)


@dataclass(frozen=True, eq=False)
class Filling:
    """Reads what is typed for the fields of the records of a project."""

    kinds: Kinds
    reader: Language = "fr"  # whose habits dates are read by

    def term(self, slot: Slot, typed: str, language: str = "") -> Term:
        """Return the term meant.

        Raises UnknownName with the close ones, AmbiguousName, RequestError for a value that will not do.
        """
        text = unicodedata.normalize("NFC", typed.strip())
        if (listed := _LISTED.fullmatch(text)) and slot.demand.linked:
            text = listed["curie"]
        demand = slot.demand
        if not text:
            raise unfit(slot, typed, Words("une valeur", "a value"))
        if demand.plain and ("\n" in text or "\r" in text):
            raise unfit(slot, typed, _LINE)
        if demand.scheme is not None or demand.classes:
            return self._named(slot, text)
        if demand.datatypes and LANG_STRING not in demand.datatypes:
            return _literal(slot, text, self.reader)
        if demand.tagged:
            return _tagged(slot, text, language)
        if demand.linked:
            return self._linked(slot, text)
        return Literal(text) if demand.plain else self._anything(slot, text, language)

    def choices(self, slot: Slot) -> tuple[Thing, ...]:
        """Return what a field of concepts or of records can be, the live ones, in the order of their files."""
        nodes = self._among(slot)
        gone = self._names(slot).index.deprecated
        return tuple(self.kinds.facts.thing(node) for node in nodes if node not in gone)

    def close(self, slot: Slot, typed: str) -> list[NamedNode]:
        """Return the records or concepts whose names come closest to what was typed."""
        index = self._names(slot).index
        by_curie = {index.curie(node): node for node in index.labels}
        found = (by_curie.get(said.partition(" (")[0]) for said in index.close_to(typed))
        return [node for node in found if node is not None]

    def _named(self, slot: Slot, text: str) -> NamedNode:
        try:
            return self._names(slot).find(text)
        except UnknownName as unknown:
            said = slot.field.name
            kind = Words(f"valeur de « {said.fr} »", f"value of “{said.en}”")
            refusal = UnknownName(kind, text, unknown.close)
            if not unknown.close:
                refusal.hint = self._all_of(slot)
            raise refusal from None

    def _all_of(self, slot: Slot) -> Words | None:
        choices = self.choices(slot)
        if not choices or len(choices) > FEW:
            scheme = slot.demand.scheme
            shown = "" if scheme is None else self.kinds.knowledge.prefixes.show(scheme)
            told = f"accords show {shown}"
            return Words(f"les voir : {told}", f"see them: {told}") if shown else None
        rows = [(one.curie, one.label or Words("", "")) for one in choices]
        return Words(
            "au choix : " + ", ".join(f"{curie} ({label.fr})" for curie, label in rows),
            "one of: " + ", ".join(f"{curie} ({label.en})" for curie, label in rows),
        )

    def _linked(self, slot: Slot, text: str) -> Term:
        if address := _address(text):
            return address
        try:
            return self._everything.find(text)
        except UnknownName as unknown:
            raise unfit(slot, text, _LINK, close=unknown.close) from None

    def _anything(self, slot: Slot, text: str, language: str) -> Term:
        if address := _address(text):
            return address
        if language in LANGUAGES:
            return Literal(text, language=language)
        dated = text if text.isdecimal() and len(text) != _YEAR else _dated(slot, text, self.reader)
        for datatype in sorted(_DATES, key=str):
            if literals.well_typed(dated, datatype.value):
                return Literal(dated, datatype=datatype)
        meant = self._everything.index.meant(text)
        return meant[0] if len(meant) == 1 else Literal(text)

    @cached_property
    def _everything(self) -> Names:
        return Names(self.kinds.knowledge)

    @cached_property
    def _held(self) -> dict[object, Names]:
        return {}

    def _names(self, slot: Slot) -> Names:
        key = (slot.demand.scheme, slot.demand.classes)
        if key not in self._held:
            self._held[key] = Names(self.kinds.knowledge, frozenset(self._among(slot)))
        return self._held[key]

    def _among(self, slot: Slot) -> list[Term]:
        """Return the concepts of the scheme, or the records of the classes, that a field takes."""
        demand = slot.demand
        wanted = {demand.scheme} if demand.scheme is not None else set(self._below(demand.classes))
        predicate = TYPE if demand.scheme is None else _IN_SCHEME
        return [
            node
            for node, held in self.kinds.facts.by_subject.items()
            if isinstance(node, NamedNode) and not wanted.isdisjoint(held.get(predicate, ()))
        ]

    def _below(self, classes: Iterable[NamedNode]) -> Iterator[Term]:
        for kind in classes:
            yield kind
            yield from self.kinds.facts.below(kind, SUBCLASS)


def unfit(slot: Slot, typed: str, expected: Words, *, close: tuple[str, ...] = ()) -> RequestError:
    """Return the refusal of a value that a field cannot take."""
    name, shown = slot.field.name, printable(typed)
    offers = ", ".join(close)
    return RequestError(
        Words(
            f"{name.fr} : « {shown} » ne convient pas ; attendu : {expected.fr}",
            f"{name.en}: “{shown}” will not do; expected: {expected.en}",
        ),
        hint=Words(f"noms proches : {offers}", f"close names: {offers}") if close else None,
    )


def _literal(slot: Slot, text: str, reader: Language) -> Literal:
    datatypes = sorted(slot.demand.datatypes, key=lambda one: (one != _INTEGER, str(one)))
    if STRING in datatypes:
        return Literal(text)
    is_dated = not _DATES.isdisjoint(datatypes)
    plain = _dated(slot, text, reader) if is_dated else text
    if not _NUMBERS.isdisjoint(datatypes):
        plain = _GROUPED.sub("", plain).replace(",", ".")
    if _DURATION in datatypes:
        plain = durations.lasting(plain)
    for datatype in datatypes:
        if literals.well_typed(plain, datatype.value):
            return Literal(plain, datatype=datatype)
    raise unfit(slot, text, _date_for(datatypes) if is_dated else _expected(datatypes[0]))


def _dated(slot: Slot, text: str, reader: Language) -> str:
    try:
        return dates.dated(text, reader)
    except dates.NoDate as problem:
        raise unfit(slot, text, problem.expected) from problem


def _date_for(datatypes: Sequence[NamedNode]) -> Words:
    """Return what a field of dates takes."""
    if set(datatypes) >= _DATES:
        return _DATE
    said = [literals.expected(one.value) for one in datatypes if one in _DATES]
    return Words(" ou ".join(one.fr for one in said), " or ".join(one.en for one in said))


def _expected(datatype: NamedNode) -> Words:
    return _LASTING if datatype == _DURATION else literals.expected(datatype.value)


def _tagged(slot: Slot, text: str, language: str) -> Literal:
    if language and language not in LANGUAGES:
        raise unfit(slot, f"@{language}", _LANGUAGE)
    return Literal(text, language=language or "fr")


def _address(text: str) -> NamedNode | None:
    found = _ADDRESS.fullmatch(text)
    try:
        return None if found is None else NamedNode(found["iri"])
    except ValueError:
        return None
