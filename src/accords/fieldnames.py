"""Which field of a form a person means, and what they gave for it.

A field goes by its name in either language, its property (a CURIE or an IRI), or its code. Where a form has no field
of that name, « titre », « libellé », « nom » and the like mean the label of the record. The property that a claim is
about goes by the same names.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from .errors import AmbiguousName, RequestError, UnknownName
from .language import Words, printable
from .names import folded
from .vocab import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyoxigraph import NamedNode

    from .kinds import Kind, Kinds, Slot

_LABELS = frozenset({"titre", "intitule", "libelle", "nom", "title", "label", "name"})
_FIELD = Words("champ", "field")


@dataclass(frozen=True, slots=True)
class Given:
    """What was given for one field: the field as it was named, the text, its language if said, the place if any."""

    key: str
    text: str
    language: str = ""
    place: str = ""  # file and line


def given(typed: str) -> Given:
    """Return what « field=value » or « field@en=value » gives.

    Raises RequestError.

    >>> given("titre@en=Local agreement")
    Given(key='titre', text='Local agreement', language='en', place='')
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


def keyed(key: str, text: str, place: str = "") -> Given:
    """Return what a value gives for a field that may be named with a language behind an @."""
    name, _, language = key.strip().partition("@")
    return Given(name.strip(), text, language.strip(), place)


def slot_of(kind: Kind, kinds: Kinds, key: str) -> Slot:
    """Return the field meant.

    Raises UnknownName with the close ones.
    """
    wanted = folded(key)
    by_name: dict[str, Slot] = {}
    for slot in kind.slots:
        for name in _names(slot, kinds):
            by_name.setdefault(name, slot)
    if wanted in by_name:
        return by_name[wanted]
    if wanted in _LABELS and (label := _label(kind)) is not None:
        return label
    holding = {slot.code: slot for name, slot in by_name.items() if wanted and f" {wanted}" in f" {name}"}
    if len(holding) == 1:  # « type » for « type d'accord »
        return next(iter(holding.values()))
    close = [by_name[name] for name in get_close_matches(wanted, by_name, n=4)]
    raise unknown_field(kind, key, [*holding.values(), *close])


def property_of(key: str, kinds: Kinds) -> NamedNode:
    """Return the property that the forms show under a name, whatever the kind of record.

    Raises UnknownName, AmbiguousName with the properties that share the name.
    """
    wanted = folded(key)
    found = {
        slot.path: slot.field.name
        for kind in kinds.all
        for slot in kind.slots
        if wanted in _names(slot, kinds)
    }
    if len(found) == 1:
        return next(iter(found))
    if found:
        show = kinds.knowledge.prefixes.show
        raise AmbiguousName(key, tuple((show(path), name) for path, name in found.items()))
    known = {name for kind in kinds.all for slot in kind.slots for name in map(folded, slot.field.name)}
    raise UnknownName(_FIELD, key, tuple(get_close_matches(wanted, sorted(known), n=4)))


def unknown_field(kind: Kind, key: str, close: Sequence[Slot]) -> UnknownName:
    """Return the refusal of a name that no field of a form has."""
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


def _names(slot: Slot, kinds: Kinds) -> Iterator[str]:
    curie = kinds.knowledge.prefixes.show(slot.path)
    yield from map(folded, (*slot.field.name, curie, slot.code, slot.path.value))


def _label(kind: Kind) -> Slot | None:
    return next((slot for path in LABELS for slot in kind.slots if slot.path == path), None)
