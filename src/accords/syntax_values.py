"""What is wrong with a text, an address or a number in a line of Turtle, and how it is typed.

Takes a `Place`; gives an `Explained`, or None where the value there has no such mistake.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import rightly
from .language import SHOWN, Words, printable
from .syntax_sentences import Explained, say
from .vocab import XSD

if TYPE_CHECKING:
    from .syntax_places import Place

_QUOTES = frozenset("“”„‟«»‘’‚‛‹›")
_STRAIGHT = ('"', "'")
_WORD = re.compile(r"[^\W\d][\w-]*")
_NUMBER = re.compile(r"[+-]?[0-9][0-9.-]*|[+-]?[.][0-9]+")
_TYPED = re.compile(  # 2023-06-01, 12/03/2024, 17 000, 12 mars 2024
    r"[+-]?[0-9]+(?:[-/.,][0-9]+)*(?:er)?(?:(?: [0-9]{3})+(?![0-9])| [^\W\d_]{3,9} [0-9]{4}(?![0-9]))?"
)
_NUMBERS = frozenset(XSD + name for name in ("integer", "decimal"))


def cut(place: Place) -> Explained | None:
    """Tell that a text is cut in two by a mark like its own."""
    before = place.before
    if not (place.glued and before.startswith(_STRAIGHT) and before[-1:] == before[:1]):
        return None
    if not _WORD.match(place.found):
        return None
    if before[0] == "'":
        return say(
            f"texte entre apostrophes coupé par la sienne, avant « {place.shown} »",
            f"text between apostrophes cut by one of its own, before “{place.shown}”",
            'entourez le texte de guillemets droits : "l\'accord"@fr',
            'put straight quotation marks around the text: "the State\'s"@en',
        )
    return say(
        f"texte coupé par un guillemet droit avant « {place.shown} »",
        f"text cut by a straight quotation mark before “{place.shown}”",
        "à l'intérieur d'un texte, écrivez « » ou \\\" au lieu de \"",
        'inside a text, type « » or \\" instead of "',
    )


def broken(place: Place) -> Explained | None:
    """Tell how to write a date or a number that breaks off."""
    typed = _TYPED.match(place.rest)
    if typed is None or not _NUMBER.fullmatch(place.before) or len(typed[0]) <= len(place.before):
        return None
    shown = printable(typed[0])
    right = rightly.written(typed[0], rightly.DATES | _NUMBERS)
    said = Words(f"date ou nombre mal écrit : {shown}", f"ill-written date or number: {shown}")
    if right is not None:
        return Explained(said, Words(f"écrivez {right}", f"type {right}"))
    return Explained(
        said,
        Words(
            'une date s\'écrit "2023-06-01"^^xsd:date, un nombre sans espace : 17000',
            'a date is written "2023-06-01"^^xsd:date, a number without a space: 17000',
        ),
    )


def curled(place: Place) -> Explained | None:
    """Tell how a text between typographic marks is typed."""
    mark = place.found[:1]
    if mark not in _QUOTES:
        return None
    right = _straight(place.found)
    return say(
        f"guillemet typographique {mark} là où Turtle attend un guillemet droit",
        f"typographic quotation mark {mark} where Turtle expects a straight one",
        f"entourez le texte de guillemets droits : {right}",
        f"put straight quotation marks around the text: {right}",
    )


def _straight(found: str) -> str:
    """Return a text between typographic marks as it is to be typed, or the marks alone.

    >>> _straight("« un texte »"), _straight("“")
    ('"un texte"', '"…"')
    """
    text = found[1:-1].strip().replace('"', '\\"')
    return f'"{text}"' if text and found[-1] in _QUOTES and len(text) <= SHOWN else '"…"'


def end(known: re.Match[str], place: Place) -> Explained:
    """Tell what was open when the file, or the line, ended."""
    found = place.found
    if known.group().startswith("Line"):
        return say(
            "guillemet ouvert sur cette ligne et jamais refermé",
            "quotation mark opened on this line and never closed",
            'fermez le guillemet ; un texte sur plusieurs lignes se met entre """ et """',
            'close the quotation mark; a text of several lines stands between """ and """',
        )
    if found.startswith(('"""', "'''")):
        return say(
            "texte ouvert ici par trois guillemets et jamais refermé : rien de ce qui suit n'est lu",
            "text opened here with three quotation marks and never closed: nothing behind it is read",
            f"fermez le texte par {found[:3]}",
            f"close the text with {found[:3]}",
        )
    if found.startswith("'") and place.glued:
        return say(
            f"apostrophe dans un nom : {printable(place.before + found)}",
            f"apostrophe inside a name: {printable(place.before + found)}",
            "retirez l'apostrophe du nom",
            "remove the apostrophe from the name",
        )
    if found.startswith(('"', "'")) and found[-1] in _QUOTES:
        return say(
            f"guillemet droit ouvert et guillemet typographique fermé : {place.shown}",
            f"straight quotation mark opened and typographic one closed: {place.shown}",
            f"remplacez {found[-1]} par {found[0]} à la fin du texte",
            f"replace {found[-1]} by {found[0]} at the end of the text",
        )
    if found.startswith(('"', "'")):
        return say(
            f"guillemet ouvert ici et jamais refermé : {place.shown}",
            f"quotation mark opened here and never closed: {place.shown}",
            "fermez le guillemet à la fin du texte ; à l'intérieur, écrivez « » ou \\\"",
            'close the quotation mark at the end of the text; inside, type « » or \\"',
        )
    if found.startswith("<"):
        return unclosed_iri(place)
    shown = f" (« {place.shown} »)" if found.strip() else ""
    return say(
        f"le fichier s'arrête au milieu d'une fiche{shown}",
        f"the file ends in the middle of a record{shown.replace('« ', '“').replace(' »', '”')}",
        "complétez la dernière fiche et terminez-la par un point",
        "complete the last record and end it with a full stop",
    )


def unclosed_iri(place: Place) -> Explained:
    """Tell that an address is not closed."""
    return say(
        f"chevron < ouvert ici et jamais refermé : {place.shown}",
        f"bracket < opened here and never closed: {place.shown}",
        "fermez l'adresse par >",
        "close the address with >",
    )
