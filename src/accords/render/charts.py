"""Charts as pictures (SVG) that read without colour: what stands around every chart, and bars.

Goes in: words in the reader's language, numbers. Comes out: `Picture`, which a notebook shows. Each value is
printed beside its bar and said in the text alternative; series are told apart by their filling. No script,
font nor link; the same values give the same bytes.
"""

from __future__ import annotations

import functools
import hashlib
import math
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from accords.errors import RequestError
from accords.language import Words, printable
from accords.writing import whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from accords.language import Language

    Draw = Callable[[float, str], tuple[list[str], float]]  # top, mark of the patterns -> parts, bottom

Number = int | float | Decimal

MOST = 300  # rows of a chart: more would not be read
WIDTH = 780.0
MARGIN = 16.0
LINE = 15.0  # from one line of a label to the next
INK, SOFT, RULE, BAND = "#1a1a1a", "#555555", "#b0b0b0", "#f2f2f2"
_FILLS = ("#1f4e79", "stripes", "dots", "crosses")
_NARROW, _LABEL = 40.0, 270.0  # room for labels: at least, at most
_IMMENSE = 10**15
_LONGEST = 2_000_000  # characters of a text
_LABEL_LINES = 3
_BAR, _BETWEEN = 14.0, 4.0
_PATTERNS = (
    ("stripes", '<path d="M0 6L6 0M-1 1L1 -1M5 7L7 5" stroke="#1a1a1a" stroke-width="1.3"/>'),
    ("dots", '<circle cx="3" cy="3" r="1.2" fill="#1a1a1a"/>'),
    ("crosses", '<path d="M0 3H6M3 0V6" stroke="#1a1a1a" stroke-width="0.9"/>'),
)
_NONE = "—"
_NO_VALUE = Words("pas de valeur", "no value")
_NO_ROW = Words("Aucune ligne.", "No row.")
_BARS = Words("Diagramme en barres", "Bar chart")
_WIDTHS = {"ijlI.,:;'’|! ·\u00a0\u202f": 0.33, "ftr()-[]/": 0.42, "mwMW@%—…": 0.96}  # in sizes of the font


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its title: `.svg` is its text, a notebook shows it, `.save(path)` keeps it."""

    title: str
    svg: str = field(repr=False)

    def _repr_svg_(self) -> str:
        """Return what a notebook shows."""
        return self.svg

    def save(self, path: Path | str) -> None:
        """Write the picture to a file, whole or not at all.

        Raises RequestError when the file cannot be written.
        """
        whole(Path(path), self.svg.encode())


@dataclass(frozen=True, slots=True)
class Key:
    """One line of a legend: a sign drawn around a point, and what it means."""

    sign: Callable[[float, float, str], str]  # x, y, mark of the patterns
    words: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a bar chart: its label, and one value a series; None where there is none."""

    label: str
    values: tuple[Number | None, ...]


def bars(rows: Sequence[Bar], series: Sequence[str], *, title: str, language: Language) -> Picture:
    """Return horizontal bars, one group a row, in the order given.

    Raises RequestError for more rows or more series than a reader tells apart, or an infinite value.
    """
    _bounded(rows, series)
    keys = [Key(_swatch(place), name) for place, name in enumerate(series)]
    if any(value is None for row in rows for value in row.values):
        keys.append(Key(_dash, _NO_VALUE.to(language)))
    said = [f"{_BARS.to(language)}.", *(_told(row, series, language) for row in rows)]

    def draw(top: float, mark: str) -> tuple[list[str], float]:
        return _rows(rows, _Scale.of(rows, language), top, mark, language)

    return sheet(title, keys, said, draw, language) if rows else empty(title, language)


def _bounded(rows: Sequence[Bar], series: Sequence[str]) -> None:
    few_enough(len(rows))
    if not 1 <= len(series) <= len(_FILLS):
        most = len(_FILLS)
        raise RequestError(Words(f"de 1 à {most} valeurs par ligne", f"from 1 to {most} values a row"))
    if any(value is not None and not _finite(value) for row in rows for value in row.values):
        raise RequestError(Words("une valeur n'est pas un nombre fini", "a value is not a finite number"))


def few_enough(count: int) -> None:
    """Raise RequestError when a chart would have more rows than a reader reads."""
    if count > MOST:
        raise RequestError(
            Words(
                f"trop de lignes pour un graphique : {count} ({MOST} au plus)",
                f"too many rows for a chart: {count} ({MOST} at most)",
            ),
            hint=Words("grouper ou filtrer d'abord", "group or filter first"),
        )


def _finite(value: Number) -> bool:
    try:
        return math.isfinite(float(value))
    except OverflowError:
        return False


def _told(row: Bar, series: Sequence[str], language: Language) -> str:
    """Return a row in words."""
    colon = Words(" : ", ": ").to(language)
    semicolon = Words(" ; ", "; ").to(language)
    values = semicolon.join(
        f"{name} {_NO_VALUE.to(language) if value is None else shown(value, language)}"
        for name, value in zip(series, row.values, strict=True)
    )
    return f"{row.label}{colon}{values}."


def shown(value: Number, language: Language) -> str:
    """Return a number as a reader writes it: two decimals at most, more below 1, powers of ten when immense.

    >>> shown(1234.5, "en"), shown(Decimal("0.0625"), "fr"), shown(-17, "fr"), shown(2.0, "en")
    ('1,234.5', '0,0625', '-17', '2')
    >>> shown(12 * 10**20, "fr")
    '1,2e+21'
    """
    if not -_IMMENSE < value < _IMMENSE:
        text = f"{float(value):.4g}"
    elif isinstance(value, int):
        text = f"{value:,}"
    else:
        text = f"{value:,.{4 if -1 < value < 1 else 2}f}".rstrip("0").rstrip(".")
    text = "0" if text == "-0" else text
    return text if language == "en" else text.translate({ord(","): "\u202f", ord("."): ","})


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where a value stands: labels to the left, room for the numbers on both sides of the bars."""

    labels: float  # room that labels take
    start: float
    room: float
    lowest: float
    highest: float

    @classmethod
    def of(cls, rows: Sequence[Bar], language: Language) -> _Scale:
        values = [value for row in rows for value in row.values if value is not None]
        numbers = [float(value) for value in values]
        printed = max((width_of(shown(value, language)) for value in values), default=0.0) + 12
        labels = label_room([row.label for row in rows])
        start = MARGIN + labels + 10 + (printed if min(numbers, default=0) < 0 else 0)
        return cls(
            labels,
            start,
            WIDTH - MARGIN - printed - start,
            min(0.0, *numbers) if numbers else 0.0,
            max(0.0, *numbers) if numbers else 0.0,
        )

    def x(self, value: float) -> float:
        """Return where a value stands, from the left; halves keep the largest numbers in range."""
        span = self.highest / 2 - self.lowest / 2
        return self.start + (self.room * ((value / 2 - self.lowest / 2) / span) if span else 0.0)


def _rows(
    rows: Sequence[Bar], scale: _Scale, top: float, mark: str, language: Language
) -> tuple[list[str], float]:
    parts: list[str] = []
    y = top
    for number, row in enumerate(rows):
        lines = wrapped(row.label, scale.labels, _LABEL_LINES)
        inside = max(len(lines) * LINE, len(row.values) * (_BAR + _BETWEEN) - _BETWEEN)
        height = inside + 12
        parts += [f"<g><title>{text_of(row.label)}</title>", band(number, y, height)]
        parts += label(lines, y + (height - len(lines) * LINE) / 2)
        first = y + (height - len(row.values) * (_BAR + _BETWEEN) + _BETWEEN) / 2
        for place, value in enumerate(row.values):
            parts += _bar(value, place, first + place * (_BAR + _BETWEEN), scale, mark, language)
        parts.append("</g>")
        y += height
    if rows:
        x = scale.x(0)
        parts.append(
            f'<line x1="{x:.1f}" y1="{top:.1f}" x2="{x:.1f}" y2="{y:.1f}" stroke="{INK}" stroke-width="1"/>'
        )
    return parts, y


def _bar(  # noqa: PLR0913, PLR0917  # one value, and where it goes
    value: Number | None, place: int, y: float, scale: _Scale, mark: str, language: Language
) -> Iterator[str]:
    """Yield a bar and its number, at the far end from zero."""
    zero = scale.x(0)
    end = zero if value is None else scale.x(float(value))
    if end != zero:
        yield box(min(zero, end), y, abs(end - zero), fill(place, mark))
    words = _NONE if value is None else shown(value, language)
    away, anchor = (-6, "end") if end < zero else (6, "start")
    yield f'<text x="{end + away:.1f}" y="{y + _BAR - 3:.1f}" text-anchor="{anchor}">{text_of(words)}</text>'


def box(x: float, y: float, width: float, filling: str, *, height: float = _BAR) -> str:
    """Return an outlined box, white under its pattern, so that a band does not show through."""
    place = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    under = f'<rect {place} fill="#fff"/>' if filling.startswith("url") else ""
    return f'{under}<rect {place} fill="{filling}" stroke="{INK}"/>'


def fill(place: int, mark: str) -> str:
    """Return the filling of a series: one colour, then patterns."""
    name = _FILLS[place]
    return name if name.startswith("#") else f"url(#{mark}-{name})"


def _swatch(place: int) -> Callable[[float, float, str], str]:
    return lambda x, y, mark: box(x, y - 6, 24, fill(place, mark), height=12)


def _dash(x: float, y: float, _mark: str) -> str:
    return f'<text x="{x + 12:.1f}" y="{y + 4:.1f}" text-anchor="middle">{_NONE}</text>'


def sheet(title: str, keys: Sequence[Key], said: Sequence[str], draw: Draw, language: Language) -> Picture:
    """Return a picture: title, legend, what `draw` draws below, and all of it in words."""
    described = " ".join(said)
    mark = "c" + hashlib.sha256(f"{title}\n{described}".encode("utf-8", "replace")).hexdigest()[:10]
    heads = wrapped(title, (WIDTH - 2 * MARGIN) * 12 / 16, 4)
    y = MARGIN + 12.0
    parts = []
    for line in heads:
        parts.append(f'<text x="{MARGIN:.0f}" y="{y:.1f}" font-size="15" font-weight="600">{line}</text>')
        y += 20
    for key in keys:
        lines = wrapped(key.words, WIDTH - 2 * MARGIN - 36, 3)
        parts.append(key.sign(MARGIN, y, mark))
        for line in lines:
            parts.append(f'<text x="{MARGIN + 36:.0f}" y="{y + 4:.1f}">{line}</text>')
            y += 19
    body, bottom = draw(y + 6, mark)
    drawn = "\n".join([*parts, *filter(None, body)])
    patterns = "".join(_pattern(mark, *pattern) for pattern in _PATTERNS if f"#{mark}-{pattern[0]})" in drawn)
    height = bottom + MARGIN
    size = f'width="{WIDTH:.0f}" height="{height:.0f}"'
    svg = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {WIDTH:.0f} {height:.0f}" role="img" '
            f'aria-labelledby="{mark}-title {mark}-desc" lang="{language}" xml:lang="{language}" '
            f'font-family="system-ui, sans-serif" font-size="12" fill="{INK}">'
        ),
        f'<title id="{mark}-title">{text_of(title)}</title>',
        f'<desc id="{mark}-desc">{text_of(described)}</desc>',
        f"<defs>{patterns}</defs>" if patterns else "",
        f'<rect {size} fill="#fff"/>',
        drawn,
        "</svg>",
    ]
    return Picture(title, "\n".join(filter(None, svg)) + "\n")


def empty(title: str, language: Language) -> Picture:
    """Return a picture that says that there is nothing to draw."""
    said = _NO_ROW.to(language)
    return sheet(title, (), [said], lambda top, _: (label([said], top), top + LINE), language)


def _pattern(mark: str, name: str, inside: str) -> str:
    return (
        f'<pattern id="{mark}-{name}" width="6" height="6" patternUnits="userSpaceOnUse">{inside}</pattern>'
    )


def band(number: int, y: float, height: float) -> str:
    """Return the ground of every other row."""
    if number % 2:
        return ""
    return f'<rect y="{y:.1f}" width="{WIDTH:.0f}" height="{height:.1f}" fill="{BAND}"/>'


def label(lines: Sequence[str], y: float, *, ink: str = INK) -> list[str]:
    """Return the lines of a label, from a top."""
    return [
        f'<text x="{MARGIN:.0f}" y="{y + LINE * (place + 0.8):.1f}" fill="{ink}">{line}</text>'
        for place, line in enumerate(lines)
    ]


def label_room(labels: Sequence[str]) -> float:
    """Return the room that labels take, wrapped when they are long."""
    widest = max((width_of(printable(words, _LONGEST)) for words in labels), default=0.0)
    return max(_NARROW, min(_LABEL, widest + 2))


def text_of(words: str) -> str:
    r"""Return words as the text of a picture: on one line, nothing unseen, escaped.

    >>> text_of("a<b\n")
    'a&lt;b\\u000a'
    """
    return escape(printable(words, _LONGEST))


def width_of(words: str) -> float:
    """Return about how wide words are in the font of charts, by the widest of the common faces."""
    return 12.2 * sum(map(_letter, words))


@functools.cache
def _letter(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in {"F", "W"}:
        return 1.1
    known = next((width for letters, width in _WIDTHS.items() if letter in letters), None)
    return known or (0.72 if letter.isupper() else 0.635)


def wrapped(words: str, width: float, most: int) -> list[str]:
    """Return words on lines, escaped; cut with « … » after as many as may be.

    >>> wrapped("Comité régional France Travail", 110, 2)
    ['Comité régional', 'France Travail']
    >>> wrapped("Comité régional France Travail", 110, 1)
    ['Comité régiona…']
    """
    lines = [""]
    for word in printable(words, _LONGEST).split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if width_of(joined) <= width:
            lines[-1] = joined
        else:
            lines += _broken(word, width)
    lines = [line for line in lines if line]
    if len(lines) > most:
        last = f"{lines[most - 1]} {lines[most]}"
        while width_of(last + "…") > width:
            last = last[:-1]
        lines = [*lines[: most - 1], last.rstrip() + "…"]
    return [escape(line) for line in lines] or [""]


def _broken(word: str, width: float) -> list[str]:
    """Return a word in pieces that fit."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces
