"""Lexical forms of the XSD datatypes: which literals are ill-typed.

Parsers and stores let "2023-02-30"^^xsd:date pass or rewrite it, so this is our own check, made on the
parsed text before anything else. Source of the forms: W3C XML Schema Definition Language 1.1, part 2.
Legal rarities pass: the year -0044 or 12023, the zone +14:00, the time 24:00:00.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from .language import Words
from .vocab import XSD

if TYPE_CHECKING:
    from collections.abc import Callable

_ZONE = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_YEAR = r"(?P<year>-?(?:[1-9][0-9]{3,}|0[0-9]{3}))"
_MONTH = r"(?P<month>0[1-9]|1[0-2])"
_DAY = r"(?P<day>0[1-9]|[12][0-9]|3[01])"
_TIME = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_DAYS = r"(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?"
_TIMES = r"(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?)?"

_INTEGER = r"[+-]?[0-9]+"
_FORMS = {
    "boolean": r"true|false|1|0",
    "integer": _INTEGER,
    "long": _INTEGER,
    "int": _INTEGER,
    "short": _INTEGER,
    "byte": _INTEGER,
    "nonNegativeInteger": r"\+?[0-9]+|-0+",
    "positiveInteger": r"\+?0*[1-9][0-9]*",
    "nonPositiveInteger": r"-[0-9]+|\+?0+",
    "negativeInteger": r"-0*[1-9][0-9]*",
    "unsignedLong": r"\+?[0-9]+|-0+",
    "unsignedInt": r"\+?[0-9]+|-0+",
    "unsignedShort": r"\+?[0-9]+|-0+",
    "unsignedByte": r"\+?[0-9]+|-0+",
    "decimal": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)",
    "double": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN",
    "float": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN",
    "date": f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}",
    "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}",
    "dateTimeStamp": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}(?!$){_ZONE}",
    "time": f"{_TIME}{_ZONE}",
    "gYear": f"{_YEAR}{_ZONE}",
    "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}",
    "gMonthDay": f"--{_MONTH}-{_DAY}{_ZONE}",
    "gMonth": f"--{_MONTH}{_ZONE}",
    "gDay": f"---{_DAY}{_ZONE}",
    "duration": f"-?P(?=.){_DAYS}{_TIMES}",
    "yearMonthDuration": r"-?P(?=.)(?:[0-9]+Y)?(?:[0-9]+M)?",
    "dayTimeDuration": f"-?P(?=.)(?:[0-9]+D)?{_TIMES}",
    "hexBinary": r"(?:[0-9a-fA-F]{2})*",
    "base64Binary": r"(?:[A-Za-z0-9+/ ]|=)*",
    "language": r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
}
_PARTS = re.compile(
    r"-?P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>[\d.]+)S)?)?",
    re.ASCII,
)
_PATTERNS = {XSD + name: re.compile(f"(?:{form})", re.ASCII) for name, form in _FORMS.items()}
_RANGES = {
    XSD + "long": (-(2**63), 2**63 - 1),
    XSD + "int": (-(2**31), 2**31 - 1),
    XSD + "short": (-(2**15), 2**15 - 1),
    XSD + "byte": (-128, 127),
    XSD + "unsignedLong": (0, 2**64 - 1),
    XSD + "unsignedInt": (0, 2**32 - 1),
    XSD + "unsignedShort": (0, 2**16 - 1),
    XSD + "unsignedByte": (0, 255),
}
_FEBRUARY = 2
_DAYS_OF_MONTH = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LONGEST_BOUNDED = 21  # digits and sign of the largest bounded integer: longer ones are out of range, unread

_EXAMPLES = {
    "date": Words("une date comme 2023-06-01", "a date such as 2023-06-01"),
    "gYearMonth": Words("un mois comme 2023-06", "a month such as 2023-06"),
    "gYear": Words("une année comme 2023", "a year such as 2023"),
    "dateTime": Words("un instant comme 2023-06-01T10:00:00", "an instant such as 2023-06-01T10:00:00"),
    "boolean": Words("true ou false", "true or false"),
    "integer": Words("un nombre entier comme 17", "a whole number such as 17"),
    "nonNegativeInteger": Words("un nombre entier comme 17", "a whole number such as 17"),
    "positiveInteger": Words("un nombre entier d'au moins 1", "a whole number of at least 1"),
    "decimal": Words("un nombre comme 5.6, avec un point", "a number such as 5.6, with a point"),
    "duration": Words("une durée comme P3Y", "a duration such as P3Y"),
}


def well_typed(text: str, datatype: str) -> bool:
    """Tell whether a text is in the lexical space of a datatype; unknown datatypes take anything.

    >>> well_typed("2024-02-29", XSD + "date"), well_typed("2023-02-30", XSD + "date")
    (True, False)
    """
    pattern = _PATTERNS.get(datatype)
    if pattern is None:
        return True
    found = pattern.fullmatch(text)
    if found is None:
        return False
    return all(test(found, datatype) for test in _FURTHER)


def expected(datatype: str) -> Words:
    """Return what to type instead, for a message."""
    name = datatype.removeprefix(XSD)
    return _EXAMPLES.get(name, Words(f"une valeur de type xsd:{name}", f"a value of type xsd:{name}"))


def months_and_seconds(text: str) -> tuple[int, Decimal]:
    """Return the value of a well-formed duration: months, and seconds.

    >>> months_and_seconds("P3Y") == months_and_seconds("P36M"), months_and_seconds("-PT1M30.5S")
    (True, (0, Decimal('-90.5')))
    """
    found = _PARTS.match(text)
    parts = {name: Decimal(value) for name, value in (found.groupdict("0") if found else {}).items()}
    sign = -1 if text.startswith("-") else 1
    months = int(parts["years"] * 12 + parts["months"])
    hours = parts["days"] * 24 + parts["hours"]
    return sign * months, sign * ((hours * 60 + parts["minutes"]) * 60 + parts["seconds"])


def _day_exists(found: re.Match[str], _datatype: str) -> bool:
    parts = found.groupdict()
    if not (parts.get("day") and parts.get("month")):
        return True
    month, day = int(parts["month"]), int(parts["day"])
    leap = _leap(parts["year"]) if parts.get("year") else True
    longest = 29 if month == _FEBRUARY and leap else _DAYS_OF_MONTH[month - 1]
    return day <= longest


def _leap(year: str) -> bool:
    last = int(year[-4:])  # a year's last four digits decide: 400 divides 10,000
    return last % 4 == 0 and (last % 100 != 0 or last % 400 == 0)


def _in_range(found: re.Match[str], datatype: str) -> bool:
    bounds = _RANGES.get(datatype)
    if bounds is None:
        return True
    digits = found.group().lstrip("+-").lstrip("0")
    return len(digits) < _LONGEST_BOUNDED and bounds[0] <= int(found.group()) <= bounds[1]


_FURTHER: tuple[Callable[[re.Match[str], str], bool], ...] = (_day_exists, _in_range)
