"""Durations as people type them, as Turtle has them: « 3 ans », « 18 mois », « two years and six months ».

Takes the text; gives the duration as it is written (P3Y, P18M, P2Y6M), or the text as it is when it looks like none.
A unit never becomes another, weeks excepted, which Turtle does not have: they become days.
"""

from __future__ import annotations

import re

from .names import folded

_COUNTED = (
    "un deux trois quatre cinq six sept huit neuf dix onze douze",
    "one two three four five six seven eight nine ten eleven twelve",
)
_COUNTS = {word: number for words in _COUNTED for number, word in enumerate(words.split(), 1)} | {"une": 1}
_UNITS = {"Y": "ans?|annees?|years?", "M": "mois|months?", "W": "semaines?|weeks?", "D": "jours?|days?"}
_ONE = r"(?:(?P<{unit}>[0-9]{{1,4}}|{words}) (?:{names}))"
_PARTS = re.compile(
    r"(?: (?:et |and )?)?".join(
        _ONE.format(unit=unit, words="|".join(_COUNTS), names=names) + "?" for unit, names in _UNITS.items()
    )
)
_PLAIN = re.compile(r"[\w\s,]+")  # a sign, a point or a range is left to the reader of Turtle
_WEEK = 7  # days


def lasting(text: str) -> str:
    """Return a duration as Turtle has it; a text that looks like none as it is.

    >>> lasting("3 ans"), lasting("18 mois"), lasting("deux ans et six mois"), lasting("2 weeks"), lasting("P3Y")
    ('P3Y', 'P18M', 'P2Y6M', 'P14D', 'P3Y')
    """
    found = _PARTS.fullmatch(folded(text)) if _PLAIN.fullmatch(text) else None
    if found is None or not any(found.groups()):
        return text
    counts = {unit: _count(said) for unit, said in found.groupdict().items() if said}
    days = counts.pop("W", 0) * _WEEK + counts.pop("D", 0)
    parts = [f"{count}{unit}" for unit, count in counts.items()] + [f"{days}D"] * bool(days)
    return "P" + "".join(parts) if parts else text


def _count(said: str) -> int:
    return int(said) if said.isdecimal() else _COUNTS[said]
