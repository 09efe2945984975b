"""Tables to fill: the columns of a kind of records, as its form has them.

A column has a heading in the reader's language and a code that never changes. The first column holds the short
name of each record, and its code names the kind (`agreement/id`), so that a filled table says what it is about.
Texts have a column a language; what stands for a record of its own (a source, a signature) comes last.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .authoring import AGREEMENT, SIGNATURE, SOURCE
from .language import LANGUAGES, Words
from .vocab import LANG_STRING, ae

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .kinds import Kind, Slot

ID = "id"
_SUPPORTED = ae("supportedBy")
_TONGUES = {"fr": Words("français", "French"), "en": Words("anglais", "English")}
_NAME = Words("Nom court", "Short name")
_NAME_HELP = Words(
    "Minuscules, chiffres et traits d'union, pour toujours ; vide : proposé.",
    "Lower-case letters, digits and hyphens, for good; empty: proposed.",
)
_SOURCE = Words("Source", "Source")
_SOURCE_HELP = Words(
    "Document source ; un extrait est préparé, où il restera à citer les mots.",
    "Source document; an excerpt is prepared, in which the words are still to be quoted.",
)
_SIGNATURE = Words("Date de signature", "Date of signature")
_SIGNATURE_HELP = Words("Date, même partielle, de la cérémonie.", "Date, perhaps partial, of the event.")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    code: str
    heading: Words
    help: Words
    slot: Slot | None = None
    language: str = ""
    needed: bool = False

    @property
    def several(self) -> bool:
        """Tell whether a cell may hold several values."""
        return self.slot is not None and self.slot.several

    @property
    def key(self) -> str:
        """Return the field as a value is given for it."""
        return self.code.partition("@")[0]


def columns(kind: Kind) -> tuple[Column, ...]:
    """Return the columns of the table of a kind of records, the short name first."""
    return (Column(f"{kind.code}/{ID}", _NAME, _NAME_HELP), *_fields(kind), *_besides(kind))


def _fields(kind: Kind) -> Iterator[Column]:
    for slot in kind.slots:
        name, told, needed = slot.field.name, slot.field.help or Words("", ""), kind.needed(slot)
        if slot.demand.tagged or LANG_STRING in slot.demand.datatypes:
            for tongue in LANGUAGES:
                said = _TONGUES[tongue]
                heading = Words(f"{name.fr} ({said.fr})", f"{name.en} ({said.en})")
                yield Column(
                    f"{slot.code}@{tongue}", heading, told, slot, tongue, needed=needed and tongue == "fr"
                )
        else:
            yield Column(slot.code, name, told, slot, needed=needed)


def _besides(kind: Kind) -> Iterator[Column]:
    if kind.term == AGREEMENT:
        yield Column(SIGNATURE, _SIGNATURE, _SIGNATURE_HELP)
    taken = {slot.code for slot in kind.slots}
    if kind.slot(_SUPPORTED) is not None and SOURCE not in taken:
        yield Column(SOURCE, _SOURCE, _SOURCE_HELP)
