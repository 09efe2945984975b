"""Names of tables, columns and keys, made from the names of properties, so that they change with these only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_AS_IT_IS = ("by", "ed", "in", "of", "also", "under")  # what ends like this names no thing to count


def local(iri: str) -> str:
    """Return the last part of an IRI.

    >>> local("http://example.org/def#hasParty")
    'hasParty'
    """
    return re.split(r"[/#]", iri)[-1]


def snake(name: str) -> str:
    """Return a name in small letters, without the verb that says nothing.

    >>> snake("hasParty"), snake("agreement-type"), snake("ordinalInSeries")
    ('party', 'agreement_type', 'ordinal_in_series')
    """
    words = _WORD.sub("_", name).replace("-", "_").lower()
    return words.removeprefix("has_") or words


def plural(name: str) -> str:
    """Return the plural of a name that ends with a noun.

    >>> [plural(one) for one in ("party", "axis", "theme", "succeeds", "held_by")]
    ['parties', 'axes', 'themes', 'succeeds', 'held_by']
    """
    if name.endswith("is"):
        return name[:-2] + "es"
    if name.endswith(("s", *_AS_IT_IS)):
        return name
    return name[:-1] + "ies" if name.endswith("y") else name + "s"


def apart(name: str, taken: Iterable[str]) -> str:
    """Return a name that is not among those taken.

    >>> apart("type", {"type"})
    'other_type'
    """
    held = set(taken)
    while name in held:
        name = f"other_{name}"
    return name
