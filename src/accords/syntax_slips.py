"""Slips of the fingers in Turtle, each with what was meant.

Takes a `Place`; gives an `Explained`, or None where nothing there looks like such a slip.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .language import Words, printable
from .syntax_sentences import Explained, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from .syntax_places import Place

_CLASS = re.compile(r"[a-z][\w-]*:[A-Z]\w*")
_ENDS = frozenset(";.")
_DATATYPE = re.compile(r"[\w:-]*")
_TAG_INSIDE = re.compile(r"\"(?P<text>[^\"]*?)@(?P<tag>fr|en)\s*[,;.]?\s*\"")


def no_mark(place: Place) -> Explained | None:
    """Return what was meant where a mark seems to be missing, when the slip is one of these.

    >>> from .syntax_places import Place
    >>> no_mark(Place("wld-office", "act:")).mend.fr
    'écrivez act:wld-office'
    """
    return next((told for look in _SLIPS if (told := look(place)) is not None), None)


def _one_caret(place: Place) -> Explained | None:
    if place.found != "^" or not place.glued:
        return None
    datatype = _DATATYPE.match(place.rest, len(place.before) + 1)
    right = printable(f"{place.before}^^{datatype[0] if datatype else ''}")
    return say(
        "un seul ^ devant le type d'une valeur",
        "a single ^ before the datatype of a value",
        f"écrivez {right}",
        f"type {right}",
    )


def _apart(place: Place) -> Explained | None:
    """Tell that a name is written away from its prefix."""
    if place.glued or not place.before.endswith(":") or not re.match(r"\w", place.found):
        return None
    prefix, right = printable(place.before), printable(place.before + place.found)
    return say(
        f"espace entre le préfixe {prefix} et le nom",
        f"space between the prefix {prefix} and the name",
        f"écrivez {right}",
        f"type {right}",
    )


def _not_closed(place: Place) -> Explained | None:
    """Tell that a text swallowed its language tag: the mark before the tag is missing."""
    inside = _TAG_INSIDE.fullmatch(place.before)
    if not place.glued or inside is None:
        return None
    right = printable(f'"{inside["text"]}"@{inside["tag"]}')
    return Explained(
        Words(
            f"guillemet fermant oublié avant @{inside['tag']}",
            f"closing quotation mark left out before @{inside['tag']}",
        ),
        Words(f"écrivez {right}", f"type {right}"),
    )


def _no_full_stop(place: Place) -> Explained | None:
    if place.found.lower() not in {"@prefix", "prefix", "@base", "base"} or place.before in {"", "."}:
        return None
    before = printable(place.before)
    return say(
        f"il manque un point avant « {place.shown} »",
        f"a full stop is missing before “{place.shown}”",
        f"ajoutez un point après « {before} », ligne {place.line_before}",
        f"add a full stop after “{before}”, line {place.line_before}",
    )


def no_type(place: Place) -> Explained | None:
    """Tell that a class stands where a property is expected: the « a » is missing."""
    if place.found not in _ENDS or not _CLASS.fullmatch(place.before):
        return None
    name = printable(place.before)
    return say(
        f"{name} est une classe, là où une propriété est attendue",
        f"{name} is a class, where a property is expected",
        f"pour le type de la fiche, écrivez a {name}",
        f"for the type of the record, type a {name}",
    )


_SLIPS: tuple[Callable[[Place], Explained | None], ...] = (_one_caret, _apart, _not_closed, _no_full_stop)
