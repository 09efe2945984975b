"""A timeline as a picture that reads without colour: events and intervals, each date as precise as it is.

Goes in: `Mark`, whose dates are periods (`accords.periods`). Comes out: `Picture`. Days are counted
half-open, from a first day to the day after the last:

1. An event on a day is a dot; in a month or a year, a hatched box over all of it.
2. An interval is a plain box, hatched where its first or last day is one of a month or of a year.
3. An end that nobody set runs on as an arrow; one that came on a day not known, and a start that is not
   known, are dashes with a question mark.
4. A date that is not quoted has a hollow diamond.
5. An event that is only planned has an outline of its own: a ring, or dashes; one that was cancelled, a cross.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from accords.errors import RequestError
from accords.language import Words, printable
from accords.periods import PRECISIONS

from .charts import (
    LINE,
    MARGIN,
    RULE,
    SOFT,
    WIDTH,
    Key,
    band,
    empty,
    few_enough,
    fill,
    label,
    label_room,
    sheet,
    text_of,
    width_of,
    wrapped,
)
from .timeline_signs import chevron, cross, dashes, diamond, dot, outline, query, span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from accords.language import Language
    from accords.periods import Period

    from .charts import Picture

_PLAIN, _HATCHED = 0, 1  # fillings
_ARROW = 22.0  # room right of the last date, for what goes on
_STEPS = (1, 3, 6, *(12 * years for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)))  # months
_YEAR, _LAST_YEAR = 12, 9999
_UNDATED = Words("date non enregistrée", "date not recorded")
_NOT_QUOTED = {  # by the basis of the date
    "inferred": Words("date déduite", "date inferred"),
    "external-register": Words("date d'un registre externe", "date from an external register"),
    "editorial": Words("date fixée par le gestionnaire", "date set by the steward"),
}
_NOT_QUOTED_OTHERWISE = Words("date non citée", "date not quoted")
_STATUSES = {"planned": Words("prévu", "planned"), "cancelled": Words("annulé", "cancelled")}
_OPEN = Words("sans fin enregistrée", "no end recorded")
_UNKNOWN_END = Words("fini à une date inconnue", "ended on an unknown date")
_UNKNOWN_START = Words("début inconnu", "unknown start")
_TIMELINE = Words("Chronologie", "Timeline")


@dataclass(frozen=True, slots=True)
class Mark:
    """One line of a timeline: an event, or an interval whose last date is included."""

    label: str
    start: Period | None = None  # of an event, its date; None: not known
    end: Period | None = None
    interval: bool = False
    ended: bool = False  # an interval without an end: it ended on a day not known
    basis: str = "quoted"  # what the date rests on: quoted, inferred, external-register, editorial
    status: str = ""  # of an event: planned, occurred, cancelled; nothing where it has none
    details: tuple[str, ...] = ()

    @property
    def quoted(self) -> bool:
        """Tell whether the date is quoted."""
        return self.basis == "quoted"

    @property
    def planned(self) -> bool:
        """Tell whether it is an event that is only planned."""
        return self.status == "planned" and not self.interval

    @property
    def cancelled(self) -> bool:
        """Tell whether it is an event that was cancelled."""
        return self.status == "cancelled" and not self.interval

    @property
    def periods(self) -> tuple[Period, ...]:
        """Return the dates that are known."""
        return tuple(period for period in (self.start, self.end) if period is not None)


def timeline(marks: Sequence[Mark], *, title: str, language: Language) -> Picture:
    """Return a timeline, one line a mark, in the order given.

    Raises RequestError for more lines than a reader reads, or an interval that ends before it begins.
    """
    few_enough(len(marks))
    for mark in marks:
        _ordered(mark)
    said = [f"{_TIMELINE.to(language)}.", *(f"{_told(mark, language)}." for mark in marks)]

    def draw(top: float, patterns: str) -> tuple[list[str], float]:
        return _lines(marks, top, patterns, language)

    keys = [Key(sign, words.to(language)) for sign, words, holds in _KEYS if any(map(holds, marks))]
    return sheet(title, keys, said, draw, language) if marks else empty(title, language)


def _ordered(mark: Mark) -> None:
    if mark.start is not None and mark.end is not None and mark.end.last < mark.start.first:
        name = printable(mark.label)
        raise RequestError(
            Words(
                f"« {name} » finit ({mark.end.written}) avant de commencer ({mark.start.written})",
                f"“{name}” ends ({mark.end.written}) before it begins ({mark.start.written})",
            )
        )


def _told(mark: Mark, language: Language) -> str:
    colon = Words(" : ", ": ").to(language)
    return f"{mark.label}{colon}{_when(mark, language)}"


def _when(mark: Mark, language: Language) -> str:
    """Return the dates in words, with their precision, and what else is told of them."""
    start = None if mark.start is None else _written(mark.start, language)
    end = None if mark.end is None else _written(mark.end, language)
    if not mark.interval:
        said = [start or _UNDATED.to(language)]
    elif end is not None:
        to = Words("jusqu'à", "to").to(language)
        said = [f"{start} – {end}" if start else f"{_UNKNOWN_START.to(language)}, {to} {end}"]
    else:
        since = (
            _UNKNOWN_START.to(language) if start is None else f"{Words('dès', 'from').to(language)} {start}"
        )
        said = [since, (_UNKNOWN_END if mark.ended else _OPEN).to(language)]
    if not mark.quoted and mark.periods:
        said.append(_NOT_QUOTED.get(mark.basis, _NOT_QUOTED_OTHERWISE).to(language))
    if mark.status in _STATUSES and (status := _STATUSES[mark.status].to(language)) not in mark.details:
        said.append(status)
    return ", ".join([*said, *mark.details])


def _written(period: Period, language: Language) -> str:
    if period.precision == "day":
        return period.written
    return f"{period.written} ({PRECISIONS[period.precision].to(language)})"


@dataclass(frozen=True, slots=True)
class _Axis:
    """Where a day stands, and which months are marked."""

    start: float  # pixels
    end: float
    days: range
    ticks: tuple[int, ...]  # months since the year 0

    @classmethod
    def of(cls, marks: Sequence[Mark], start: float) -> _Axis | None:
        """Return the axis on which all dates stand; None when there is none."""
        dated = [period for mark in marks for period in mark.periods]
        if not dated:
            return None
        end = WIDTH - MARGIN - _ARROW
        first = min(period.first for period in dated)
        last = max(period.last for period in dated)
        lowest, highest = _month(first), _month(last) + 1
        for step in _STEPS:
            ticks = range(lowest // step * step, -(-highest // step) * step + 1, step)
            written = max(width_of(_tick(month)) for month in (ticks[0], ticks[-1]))
            if len(ticks) * (written + 10) <= end - start:
                break
        days = range(_first_day(ticks[0]), _first_day(ticks[-1]))
        return cls(start, end, days, tuple(ticks))

    def x(self, day: int) -> float:
        """Return where the beginning of a day stands."""
        return self.start + (self.end - self.start) * (day - self.days.start) / len(self.days)

    def middle(self, days: range) -> float:
        """Return where the middle of some days stands."""
        return (self.x(days.start) + self.x(days.stop)) / 2


def _month(day: date) -> int:
    return day.year * _YEAR + day.month - 1


def _first_day(month: int) -> int:
    """Return the ordinal of the first day of a month, within the calendar."""
    year, place = divmod(month, _YEAR)
    if year > _LAST_YEAR:
        return date.max.toordinal() + 1
    return date(year, place + 1, 1).toordinal() if year else 1


def _tick(month: int) -> str:
    year, place = divmod(month, _YEAR)
    return f"{year:04}-{place + 1:02}" if place else f"{max(year, 1):04}"  # the calendar has no year 0


@dataclass(frozen=True, slots=True)
class _Row:
    """A mark, the lines of its label, and the room that it takes."""

    mark: Mark
    names: list[str]
    dates: list[str]
    top: float
    height: float


def _lines(marks: Sequence[Mark], top: float, patterns: str, language: Language) -> tuple[list[str], float]:
    told = [_when(mark, language) for mark in marks]
    room = label_room([*(mark.label for mark in marks), *told])
    axis = _Axis.of(marks, MARGIN + room + 24)
    y = top + (18 if axis else 0)
    rows = []
    for mark, words in zip(marks, told, strict=True):
        names, dates = wrapped(mark.label, room, 3), wrapped(words, room, 3)
        rows.append(_Row(mark, names, dates, y, (len(names) + len(dates)) * LINE + 10))
        y += rows[-1].height
    parts = [band(number, row.top, row.height) for number, row in enumerate(rows)]
    if axis:
        parts += _grid(axis, top + 12, y)
    for row in rows:
        parts += [f"<g><title>{text_of(_told(row.mark, language))}</title>", *_labels(row)]
        if axis:
            parts += _drawn(row.mark, axis, row.top + row.height / 2, patterns)
        parts.append("</g>")
    return parts, y


def _labels(row: _Row) -> list[str]:
    dates = label(row.dates, row.top + 4 + len(row.names) * LINE, ink=SOFT)
    return [*label(row.names, row.top + 4), *dates]


def _grid(axis: _Axis, top: float, bottom: float) -> Iterator[str]:
    for month in axis.ticks:
        x = axis.x(_first_day(month))
        yield f'<text x="{x:.1f}" y="{top:.1f}" text-anchor="middle" fill="{SOFT}">{_tick(month)}</text>'
        yield (
            f'<line x1="{x:.1f}" y1="{top + 4:.1f}" x2="{x:.1f}" y2="{bottom:.1f}" stroke="{RULE}" '
            'stroke-width="0.7"/>'
        )


def _drawn(mark: Mark, axis: _Axis, y: float, patterns: str) -> Iterator[str]:
    """Yield the sign of a mark: an event, or an interval and what its ends are."""
    if not mark.interval:
        yield from _event(mark, axis, y, patterns)
    elif mark.start is None:
        yield from _from_unknown(mark, axis, y, patterns)
    elif mark.end is None and mark.ended:
        yield dashes(axis.x(mark.start.days.stop), axis.end, y) + query(axis.end + 5, y)
        yield _period(mark.start, axis, y, patterns)
    else:
        for first, after, filling in _pieces(mark.start, mark.end, axis):
            open_ = mark.end is None and after == axis.days.stop
            yield span(axis.x(first), axis.x(after), y, fill(filling, patterns), open_=open_)
        if mark.end is None:
            yield chevron(axis.end + 5, y)
    if mark.periods and not mark.quoted:
        days = mark.periods[0].days
        yield diamond(axis.x(days.start) if mark.interval else axis.middle(days), y, planned=mark.planned)
    if mark.periods and mark.cancelled:
        yield cross(axis.middle(mark.periods[0].days), y)


def _event(mark: Mark, axis: _Axis, y: float, patterns: str) -> Iterator[str]:
    """Yield the date of an event, as wide as it is precise; the diamond of one that is not quoted comes after."""
    for period in mark.periods:
        if period.precision != "day":
            yield _period(period, axis, y, patterns)
            if mark.planned:
                yield outline(axis.x(period.days.start), axis.x(period.days.stop), y)
        elif mark.quoted:
            yield dot(axis.middle(period.days), y, planned=mark.planned)


def _from_unknown(mark: Mark, axis: _Axis, y: float, patterns: str) -> Iterator[str]:
    """Yield an interval whose start is not known."""
    yield query(axis.start - 8, y)
    if mark.end is not None:
        yield dashes(axis.start, axis.x(mark.end.days.start), y)
        yield _period(mark.end, axis, y, patterns)
    else:
        yield dashes(axis.start, axis.end, y)
        yield query(axis.end + 5, y) if mark.ended else chevron(axis.end + 5, y)


def _pieces(start: Period, end: Period | None, axis: _Axis) -> list[tuple[int, int, int]]:
    """Return the pieces of an interval: first day, day after the last, filling."""
    stop = axis.days.stop if end is None else end.days.stop
    sure = start.days.start if start.precision == "day" else min(start.days.stop, stop)
    until = stop if end is None or end.precision == "day" else max(end.days.start, sure)
    pieces = [(start.days.start, sure, _HATCHED), (sure, until, _PLAIN), (until, stop, _HATCHED)]
    return [piece for piece in pieces if piece[0] < piece[1]]


def _period(period: Period, axis: _Axis, y: float, patterns: str) -> str:
    """Return a date by itself: a dot on a day, a hatched box over a month or a year."""
    if period.precision == "day":
        return dot(axis.middle(period.days), y)
    left, right = axis.x(period.days.start), axis.x(period.days.stop)
    return span(left, right, y, fill(_HATCHED, patterns))


def _partial(mark: Mark) -> bool:
    return any(period.precision != "day" for period in mark.periods)


def _on_a_day(mark: Mark) -> bool:
    return not mark.interval and bool(mark.periods) and not _partial(mark)


_KEYS: tuple[tuple[Callable[[float, float, str], str], Words, Callable[[Mark], bool]], ...] = (
    (
        lambda x, y, _: dot(x + 12, y),
        Words("à ce jour", "on this day"),
        lambda mark: _on_a_day(mark) and mark.quoted and not mark.planned,
    ),
    (
        lambda x, y, _: dot(x + 12, y, planned=True),
        Words("prévu à ce jour", "planned on this day"),
        lambda mark: _on_a_day(mark) and mark.quoted and mark.planned,
    ),
    (
        lambda x, y, patterns: span(x, x + 24, y, fill(_HATCHED, patterns)),
        Words("un jour inconnu de ce mois ou de cette année", "on an unknown day of this month or year"),
        _partial,
    ),
    (
        lambda x, y, _: outline(x + 3, x + 21, y),
        Words("prévu, ce mois ou cette année", "planned, in this month or year"),
        lambda mark: mark.planned and _partial(mark),
    ),
    (
        lambda x, y, patterns: span(x, x + 24, y, fill(_PLAIN, patterns)),
        Words("du premier au dernier jour, compris", "from the first to the last day, included"),
        lambda mark: mark.interval and mark.start is not None and not (mark.end is None and mark.ended),
    ),
    (
        lambda x, y, patterns: span(x, x + 16, y, fill(_PLAIN, patterns), open_=True) + chevron(x + 20, y),
        _OPEN,
        lambda mark: mark.interval and mark.end is None and not mark.ended,
    ),
    (
        lambda x, y, _: dashes(x, x + 16, y) + query(x + 21, y),
        Words("début ou fin à une date inconnue", "start or end on an unknown date"),
        lambda mark: mark.interval and (mark.start is None or (mark.end is None and mark.ended)),
    ),
    (
        lambda x, y, _: diamond(x + 12, y),
        Words(
            "date déduite, ou prise ailleurs : aucun passage ne dit en toutes lettres l'événement à cette date",
            "date inferred, or taken elsewhere: no passage tells in so many words of the event on this date",
        ),
        lambda mark: not mark.quoted and bool(mark.periods) and not mark.planned,
    ),
    (
        lambda x, y, _: diamond(x + 12, y, planned=True),
        Words(
            "date déduite, ou prise ailleurs, d'un événement prévu",
            "date inferred, or taken elsewhere, of a planned event",
        ),
        lambda mark: not mark.quoted and bool(mark.periods) and mark.planned,
    ),
    (
        lambda x, y, _: cross(x + 12, y),
        Words("annulé", "cancelled"),
        lambda mark: mark.cancelled and bool(mark.periods),
    ),
)
