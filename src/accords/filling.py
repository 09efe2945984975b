"""What a person typed for a field of a form, as a term: a name, a code, a date, a number, a text.

Takes the slot and what was typed; gives the term, as the rules want it:

1. A field of concepts or of records takes a short name, an IRI, or a name in either language.
2. A field with datatypes takes what one of these can hold. Dates may be partial, and be typed as on French
   forms (12/05/2026); numbers may have a decimal comma.
3. A field of texts takes the text, in French unless another language is named.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from . import literals
from .errors import RequestError, UnknownName
from .language import LANGUAGES, Words, printable
from .names import Names
from .vocab import LANG_STRING, SKOS, STRING, SUBCLASS, TYPE, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .kinds import Kinds, Slot
    from .terms import Term
    from .things import Thing

FEW = 20  # choices that a refusal lists
_IN_SCHEME = NamedNode(SKOS + "inScheme")
_INTEGER = NamedNode(XSD + "integer")
_DATES = frozenset(NamedNode(XSD + name) for name in ("date", "gYearMonth", "gYear"))
_NUMBERS = frozenset(NamedNode(XSD + name) for name in ("integer", "decimal"))
_ADDRESS = re.compile(r"<?(?P<iri>https?://\S+?)>?")
_ON_A_FORM = re.compile(r"(?:(?P<day>\d{1,2})/)?(?P<month>\d{1,2})/(?P<year>\d{4})", re.ASCII)
_LISTED = re.compile(r".+ \((?P<curie>[a-z][\w-]*:[\w.-]+)\)", re.DOTALL)  # as choices are offered
_GROUPED = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?:\D|$))")
_DATE = Words(
    "une date, même partielle (2026-05-12, 2026-05 ou 2026)",
    "a date, perhaps partial (2026-05-12, 2026-05 or 2026)",
)
_LANGUAGE = Words("fr ou en", "fr or en")
_LINK = Words(
    "un nom court (act:etat), un nom connu ou une adresse https://…",
    "a short name (act:etat), a known name or an address https://…",
)


@dataclass(frozen=True, eq=False)
class Filling:
    """Reads what is typed for the fields of the records of a project."""

    kinds: Kinds

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
        if demand.scheme is not None or demand.classes:
            return self._named(slot, text)
        if demand.datatypes and LANG_STRING not in demand.datatypes:
            return _literal(slot, text)
        if demand.tagged:
            return _tagged(slot, text, language)
        if demand.linked:
            return self._linked(slot, text)
        return Literal(text) if demand.plain else self._anything(text, language)

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

    def _anything(self, text: str, language: str) -> Term:
        if address := _address(text):
            return address
        if language in LANGUAGES:
            return Literal(text, language=language)
        dated = _as_date(text)
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


def _literal(slot: Slot, text: str) -> Literal:
    datatypes = sorted(slot.demand.datatypes, key=lambda one: (one != _INTEGER, str(one)))
    if STRING in datatypes:
        return Literal(text)
    dated = not _DATES.isdisjoint(datatypes)
    plain = _as_date(text) if dated else text
    if not _NUMBERS.isdisjoint(datatypes):
        plain = _GROUPED.sub("", plain).replace(",", ".")
    for datatype in datatypes:
        if literals.well_typed(plain, datatype.value):
            return Literal(plain, datatype=datatype)
    raise unfit(slot, text, _DATE if dated else literals.expected(datatypes[0].value))


def _as_date(text: str) -> str:
    """Return a date of a French form as Turtle has it; another text as it is.

    >>> _as_date("12/5/2026"), _as_date("05/2026"), _as_date("2026")
    ('2026-05-12', '2026-05', '2026')
    """
    if found := _ON_A_FORM.fullmatch(text):
        parts = (found["year"], found["month"], found["day"])
        return "-".join(part.zfill(2) for part in parts if part)
    return text


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
