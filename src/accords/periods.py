"""Partial dates as periods: a year, a month or a day, from its first day to the day after its last.

Goes in: the text of an xsd:gYear, xsd:gYearMonth or xsd:date. Comes out: `Period`. Years 0001 to 9999; a
time zone is read over: a day is the day where the text was written. Nothing asks what day it is today.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from .errors import BadParameter
from .language import Words

Precision = Literal["year", "month", "day"]
PRECISIONS: dict[Precision, Words] = {
    "year": Words("année", "year"),
    "month": Words("mois", "month"),
    "day": Words("jour", "day"),
}
_DECEMBER = 12
_ZONE = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_DATE = re.compile(rf"(?P<year>[0-9]{{4}})(?:-(?P<month>[0-9]{{2}})(?:-(?P<day>[0-9]{{2}}))?)?{_ZONE}")
_EXPECTED = Words(
    "une année, un mois ou un jour du calendrier : 2023, 2023-06, 2023-06-01",
    "a year, a month or a day of the calendar: 2023, 2023-06, 2023-06-01",
)


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a partial date stands for.

    >>> period("2024-02").last
    datetime.date(2024, 2, 29)
    """

    first: date
    last: date
    precision: Precision

    @property
    def after(self) -> date:
        """Return the day after the last. Raises OverflowError past the year 9999.

        >>> period("2023-12").after
        datetime.date(2024, 1, 1)
        """
        return self.last + timedelta(days=1)

    @property
    def days(self) -> range:
        """Return the days as ordinals, half-open, also at the end of the year 9999.

        >>> len(period("2024").days), len(period("2023").days), len(period("2023-06-01").days)
        (366, 365, 1)
        >>> period("9999").days.stop == date.max.toordinal() + 1
        True
        """
        return range(self.first.toordinal(), self.last.toordinal() + 1)

    @property
    def written(self) -> str:
        """Return the date as precise as it is, without a time zone.

        >>> period("0987-05+02:00").written
        '0987-05'
        """
        return self.first.isoformat()[: {"year": 4, "month": 7, "day": 10}[self.precision]]


def period(text: str) -> Period:
    """Return the period that a partial date stands for.

    >>> found = period("2023")
    >>> found.first, found.after, found.precision
    (datetime.date(2023, 1, 1), datetime.date(2024, 1, 1), 'year')
    >>> period("1900-02").last, period("2000-02").last
    (datetime.date(1900, 2, 28), datetime.date(2000, 2, 29))
    >>> period("2023-02-29")
    Traceback (most recent call last):
    accords.errors.BadParameter: date : « 2023-02-29 » ne convient pas ; attendu : une année, un mois ou un jour du calendrier : 2023, 2023-06, 2023-06-01

    Raises BadParameter for anything else, and for years out of 0001 to 9999.
    """
    found = _DATE.fullmatch(text)
    if found is None:
        raise _refused(text)
    year = int(found["year"])
    try:
        if found["day"]:
            day = date(year, int(found["month"]), int(found["day"]))
            return Period(day, day, "day")
        if found["month"]:
            month = int(found["month"])
            return Period(date(year, month, 1), date(year, month, _days(year, month)), "month")
        return Period(date(year, 1, 1), date(year, _DECEMBER, 31), "year")
    except ValueError as impossible:
        raise _refused(text) from impossible


def _days(year: int, month: int) -> int:
    """Return how many days a month has. Raises ValueError for a month that there is not."""
    if not 1 <= month <= _DECEMBER:
        raise ValueError(month)
    return monthrange(year, month)[1]


def _refused(text: str) -> BadParameter:
    name = "date"
    return BadParameter(name, text, _EXPECTED)
