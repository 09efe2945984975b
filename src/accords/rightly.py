"""How Turtle writes a date, a number or a truth that somebody typed in another way.

Takes the text as it was typed and the datatypes that are due; gives the Turtle to type, or nothing where the text
can mean several things, or none. A date is read day first, as in French, unless it can only be month first.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from .literals import well_typed
from .vocab import DATES as _DATATYPES
from .vocab import XSD

if TYPE_CHECKING:
    from collections.abc import Collection

_MONTHS = {
    name: number
    for names in (
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), 1)
}
_MONTH = "|".join(_MONTHS)
_YEAR = r"(?P<year>[0-9]{4})"
_DATES = tuple(
    re.compile(form)
    for form in (
        rf"{_YEAR}[-/. ](?P<month>[0-9]{{1,2}})(?:[-/. ](?P<day>[0-9]{{1,2}}))?",
        rf"(?:(?P<day>[0-9]{{1,2}})[-/. ])?(?P<month>[0-9]{{1,2}})[-/. ]{_YEAR}",
        rf"(?:(?P<day>[0-9]{{1,2}})(?:er|st|nd|rd|th)? )?(?P<name>{_MONTH}) {_YEAR}",
        rf"(?P<name>{_MONTH}) (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,? {_YEAR}",
        _YEAR,
    )
)
_DAY, _MONTH_OF_YEAR, _OF_YEAR = (node.value for node in _DATATYPES)
DATES = frozenset(node.value for node in _DATATYPES)
_WHOLE = frozenset(XSD + name for name in ("integer", "positiveInteger", "nonNegativeInteger", "int", "long"))
_BROKEN = frozenset({XSD + "decimal"})
_TRUTHS = {"oui": "true", "vrai": "true", "yes": "true", "non": "false", "faux": "false", "no": "false"}
_BOOLEAN = XSD + "boolean"
_LAST_MONTH = 12


def written(text: str, datatypes: Collection[str]) -> str | None:
    """Return what a text means, as Turtle writes it with one of these datatypes.

    >>> written("12 mars 2024", DATES), written("3/2024", DATES), written("17 000", {XSD + "positiveInteger"})
    ('"2024-03-12"^^xsd:date', '"2024-03"^^xsd:gYearMonth', '17000')
    >>> written("2024-13-45", DATES), written("Oui", {XSD + "boolean"})
    (None, 'true')
    """
    plain = _plain(text)
    if DATES & set(datatypes) and (found := dated(plain)) is not None:
        return found
    digits = re.sub(r"(?<=[0-9])[ ](?=[0-9]{3}\b)", "", plain)
    if set(datatypes) & _WHOLE and any(well_typed(digits, one) for one in datatypes if one in _WHOLE):
        return digits
    point = digits.replace(",", ".")
    if set(datatypes) & _BROKEN and "." in point and well_typed(point, XSD + "decimal"):
        return point
    if _BOOLEAN in datatypes:
        return plain if plain in {"true", "false"} else _TRUTHS.get(plain)
    return None


def dated(text: str) -> str | None:
    """Return a day, a month or a year as Turtle writes it.

    >>> dated("1er août 2024"), dated("2024-13-05"), dated("2023-02-30"), dated("March 3, 2024")
    ('"2024-08-01"^^xsd:date', '"2024-05-13"^^xsd:date', None, '"2024-03-03"^^xsd:date')
    """
    year, month, day = _parts(text)
    for named in ((month, day), (day, month)):
        if (found := _spelt(year, *named)) is not None:
            return found
    return None


def certain(text: str) -> str | None:
    """Return the month or the year of a day that does not exist.

    >>> certain("2023-02-30"), certain("2024-13-45")
    ('"2023-02"^^xsd:gYearMonth', '"2024"^^xsd:gYear')
    """
    year, month, _ = _parts(text)
    return _spelt(year, month, 0) or _spelt(year, 0, 0)


def _parts(text: str) -> tuple[int, int, int]:
    """Return year, month and day, 0 for what is not told."""
    plain = _plain(text)
    for form in _DATES:
        if (found := form.fullmatch(plain)) is not None:
            parts = found.groupdict()
            month = _MONTHS.get(parts.get("name") or "") or int(parts.get("month") or 0)
            return int(parts["year"]), month, int(parts.get("day") or 0)
    return 0, 0, 0


def _spelt(year: int, month: int, day: int) -> str | None:
    if not year or (day and not month) or month > _LAST_MONTH:
        return None
    forms = (
        (f"{year}-{month:02}-{day:02}", _DAY),
        (f"{year}-{month:02}", _MONTH_OF_YEAR),
        (f"{year}", _OF_YEAR),
    )
    value, datatype = forms[0 if day else 1 if month else 2]
    return f'"{value}"^^xsd:{datatype.removeprefix(XSD)}' if well_typed(value, datatype) else None


def _plain(text: str) -> str:
    """Return a text in lower case without accents, its spaces single and plain."""
    decomposed = unicodedata.normalize("NFKD", " ".join(text.split())).casefold()
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
