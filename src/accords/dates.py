"""Dates as people type them, as Turtle has them: a day, a month or a year, never more than was typed.

Takes the text and the reader's language; gives the date as it is written (2024-03-12, 2024-03, 2024), or the text as
it is when it looks like no date. Raises NoDate for what looks like one and is none, or may be two.

1. 2024-03-12, 2024-03 and 2024 are dates already.
2. « 12 mars 2024 », « 1er juin 2023 », « March 12, 2024 », « juin 2023 »: months by their names, in either language.
   « mardi 12 mars 2024 », « le 12 mars 2024 »: the day of the week is compared with the date, then left out.
3. 12/03/2024 (or with points or hyphens) and 03/2024: the day first, as on French forms. To a reader of English
   12/03/2024 may be two days; it is refused with both, unless one number is above 12.
4. 45627 alone is no year but the number that a spreadsheet gives to a day: refused with that day.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from . import literals
from .language import Words, printable
from .names import folded
from .vocab import XSD

if TYPE_CHECKING:
    from .language import Language

_FRENCH = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_ENGLISH = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_SHORT = (
    "janv",
    "fevr",
    "fev",
    "avr",
    "juill",
    "sept",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_MONTHS = {folded(name): number for names in (_FRENCH, _ENGLISH) for number, name in enumerate(names, 1)}
_MONTHS |= {short: next(n for name, n in _MONTHS.items() if name.startswith(short)) for short in _SHORT}
_NAMED = re.compile(r"(?:(?P<day>\d{1,2})(?:er|st|nd|rd|th)? )?(?P<month>[a-z]+) (?P<year>\d+)")
_ENGLISH_NAMED = re.compile(r"(?P<month>[a-z]+) (?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<year>\d+)")
_ON_A_FORM = re.compile(
    r"(?:(?P<day>\d{1,2})(?P<mark>[/.-]))?(?P<month>\d{1,2})(?(mark)(?P=mark)|/)(?P<year>\d{2,4})", re.ASCII
)
_WEEKDAYS = {folded(name): number for names in _DAYS.values() for number, name in enumerate(names)}
_OF_THE_WEEK = re.compile(rf"(?:le )?(?:(?P<name>{'|'.join(_WEEKDAYS)}) )?(?:le |the )?")
_ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?", re.ASCII)
_DIGITS = re.compile(r"\d{5,}", re.ASCII)
_DATATYPES = ("date", "gYearMonth", "gYear")
_EPOCH = dt.date(1899, 12, 30)  # day 0 of spreadsheets
_SERIALS = range(20_000, 80_000)  # days from 1954 to 2119
_LAST_MONTH, _YEAR = 12, 4  # digits of a year
_FULL_YEAR = Words("une année à quatre chiffres", "a year of four digits")


def in_words(written: str, language: Language) -> str:
    """Return a date as people write it, as precise as it is; what is no date stays as it is.

    >>> in_words("2023-06-01", "fr"), in_words("2023-06-01", "en"), in_words("2023-06", "fr"), in_words("2023", "en")
    ('1er juin 2023', '1 June 2023', 'juin 2023', '2023')
    """
    year, month, day = (*written.split("-"), "", "")[:3]
    if not month or not _ISO.fullmatch(written) or not 0 < int(month) <= _LAST_MONTH:
        return written
    name = Words(_FRENCH[int(month) - 1], _ENGLISH[int(month) - 1]).to(language)
    first = "1er" if language == "fr" and day == "01" else day.lstrip("0")
    return f"{first} {name} {year}".strip()


class NoDate(ValueError):
    """What looks like a date and is none, or may be two; `expected` says what will do."""

    def __init__(self, text: str, expected: Words) -> None:
        """Keep what was typed and what will do."""
        super().__init__(f"{text}: {expected.fr}")
        self.expected = expected


def dated(text: str, reader: Language = "fr") -> str:
    """Return a date as Turtle has it; a text that looks like no date as it is.

    Raises NoDate.

    >>> dated("12/5/2026"), dated("1er juin 2023"), dated("March 2024"), dated("2026")
    ('2026-05-12', '2023-06-01', '2024-03', '2026')
    """
    if found := _ON_A_FORM.fullmatch(text):
        return _of_a_form(text, found, reader)
    if (of_names := _by_names(text)) is not None:
        return of_names
    if _DIGITS.fullmatch(text):
        raise NoDate(text, _of_a_spreadsheet(text))
    if _ISO.fullmatch(text):
        return _joined(text, text[:_YEAR], int(text[5:7] or 0), text[8:])
    return text


def _by_names(text: str) -> str | None:
    """Return a date whose month is a name, or None. Raises NoDate, also for a day of the week that is not its own."""
    plain = folded(text)
    ahead = _OF_THE_WEEK.match(plain)
    weekday, start = (ahead["name"], ahead.end()) if ahead else (None, 0)
    for form in (_NAMED, _ENGLISH_NAMED):
        found = form.fullmatch(plain, start)
        if found is None or found["month"] not in _MONTHS or (start and found["day"] is None):
            continue
        joined = _joined(text, found["year"], _MONTHS[found["month"]], found["day"])
        if weekday is not None:
            _same_day(text, joined, _WEEKDAYS[weekday])
        return joined
    return None


def _same_day(text: str, joined: str, typed: int) -> None:
    """Compare a day of the week with the date it stands before, year 0 aside. Raises NoDate."""
    if joined.startswith("0000"):
        return
    real = dt.date.fromisoformat(joined).weekday()
    if real != typed:
        french, english = _DAYS["fr"][real], _DAYS["en"][real]
        said = Words(
            f"un jour qui existe ({joined} est un {french})", f"a day that exists ({joined} is a {english})"
        )
        raise NoDate(text, said)


def _of_a_form(text: str, found: re.Match[str], reader: Language) -> str:
    day, month = found["day"], int(found["month"])
    if day is not None and int(day) <= _LAST_MONTH < month and reader == "fr":
        other = f"{found['month']}/{day}/{found['year']}"
        raise NoDate(text, Words(f"le jour d'abord ({other})", f"the day first ({other})"))
    if day is None or reader == "fr" or found["mark"] == ".":
        return _joined(text, found["year"], month, day)
    first = int(day)
    if month > _LAST_MONTH:  # the month was first
        return _joined(text, found["year"], first, found["month"])
    if first <= _LAST_MONTH and first != month and len(found["year"]) == _YEAR:
        raise NoDate(text, _either(found["year"], first, month))
    return _joined(text, found["year"], month, day)


def _either(year: str, first: int, second: int) -> Words:
    """Return the two days that a date of two small numbers may be."""
    days = [(f"{year}-{month:02}-{day:02}", day, month) for day, month in ((first, second), (second, first))]
    return Words(
        " ou ".join(f"{iso} ({day} {_FRENCH[month - 1]})" for iso, day, month in days),
        " or ".join(f"{iso} ({day} {_ENGLISH[month - 1]})" for iso, day, month in days),
    )


def _joined(text: str, year: str, month: int, day: str | None) -> str:
    """Return a date of its parts, month 0 for a year alone. Raises NoDate for one that does not exist."""
    if len(year) != _YEAR:
        raise NoDate(text, _FULL_YEAR)
    if not month and not day:
        return year
    if not 1 <= month <= _LAST_MONTH:
        raise NoDate(text, Words("un mois de 1 à 12", "a month from 1 to 12"))
    joined = f"{year}-{month:02}" + (f"-{int(day):02}" if day else "")
    if not any(literals.well_typed(joined, XSD + name) for name in _DATATYPES):
        raise NoDate(text, _length(year, month))
    return joined


def _length(year: str, month: int) -> Words:
    last = next(
        day for day in (31, 30, 29, 28) if literals.well_typed(f"{year}-{month:02}-{day}", f"{XSD}date")
    )
    return Words(
        f"un jour qui existe ({_FRENCH[month - 1]} {year} a {last} jours)",
        f"a day that exists ({_ENGLISH[month - 1]} {year} has {last} days)",
    )


def _of_a_spreadsheet(text: str) -> Words:
    number = printable(text)
    if int(text[:9]) not in _SERIALS or len(text) > len(str(_SERIALS.stop)):
        return _FULL_YEAR
    day = _EPOCH + dt.timedelta(days=int(text))
    return Words(
        f"une date ; {number} est le numéro qu'un tableur donne au {day.isoformat()} : écrire {day.isoformat()}",
        f"a date; {number} is the number that a spreadsheet gives to {day.isoformat()}: write {day.isoformat()}",
    )
