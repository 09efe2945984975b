"""The coverage matrix as a picture (SVG) that reads without colour.

One shape a state, an arrow beside what comes from another territory, an exclamation mark where a source says
that what is recorded is absent. Goes in: a `Matrix`. Comes out: the text of the picture, all of it in words in its text alternative.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from accords.language import Words, printable

from .charts import text_of, width_of, wrapped
from .matrix import ARROWS, COLON, DISPUTED, LONGEST, REACHES, STATES, missing, title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from accords.language import Language
    from accords.matrix import Cell, Entry, Matrix

_SIDE, _ROW, _EDGE, _SLANT = 26, 22, 8, 0.72  # pixels of the picture; the sine of a slanted label
_BESIDE = 14  # pixels more a column, where arrows stand beside signs
_LARGER = 1.45  # the letters of the title, large and bold, beside the others
_LINES, _BETWEEN, _NARROWEST = (
    4,
    20,
    480,
)  # lines of the title, pixels from one to the next, and of the picture
_SEMICOLON = Words(" ; ", "; ")


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the signs of a picture begin, and how large it is."""

    left: float
    top: float
    width: int
    height: int
    side: int
    heads: tuple[str, ...]  # lines of the title

    def centre(self, line: int, place: int) -> tuple[float, float]:
        """Return where the sign of a cell has its middle."""
        return self.left + place * self.side + _SIDE / 2, self.top + (line + 0.5) * _ROW


@dataclass(frozen=True, slots=True)
class _Key:
    """One line of the legend: what draws its sign around a point, and what it means."""

    sign: Callable[[float, float], str]
    words: str


def as_svg(matrix: Matrix, language: Language) -> str:
    """Return the matrix as a picture: a sign a cell, its words in the text alternative."""
    keys = _keys(matrix, language)
    frame, mark = _frame(matrix, keys, language), "-".join(matrix.by)
    said = text_of(title(matrix, language))
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width} {frame.height}" '
            f'width="{frame.width}" height="{frame.height}" role="img" '
            f'aria-labelledby="{mark}-title {mark}-desc" lang="{language}" '
            'font-family="system-ui, sans-serif" font-size="12" fill="#1a1a1a">'
        ),
        f'<title id="{mark}-title">{said}</title>',
        f'<desc id="{mark}-desc">{text_of(_described(matrix, language))}</desc>',
        f'<rect width="{frame.width}" height="{frame.height}" fill="#fff"/>',
    ]
    for place, head in enumerate(frame.heads):
        y = _ROW + place * _BETWEEN
        parts.append(f'<text x="{_EDGE}" y="{y}" font-size="15" font-weight="600">{head}</text>')
    for place, column in enumerate(matrix.columns):
        x = frame.centre(0, place)[0]
        turned = f"translate({x:.1f} {frame.top - 8:.1f}) rotate(-45)"
        parts.append(f'<text transform="{turned}">{text_of(_short(column))}</text>')
    for line, row in enumerate(matrix.rows):
        parts += _line(matrix, frame, line, row)
    return "\n".join([*parts, *_foot(keys, frame, len(matrix.rows)), "</svg>"]) + "\n"


def _frame(matrix: Matrix, keys: list[_Key], language: Language) -> _Frame:
    side = _SIDE + (_BESIDE if matrix.choice.relations & ARROWS.keys() else 0)
    left = 2 * _EDGE + _longest(matrix.rows)
    slope = _longest(matrix.columns) * _SLANT + 2 * _EDGE  # what slanted labels take, up and aside
    width = max(
        left + len(matrix.columns) * side + slope,
        5 * _EDGE + max(width_of(key.words) for key in keys),
        _NARROWEST,
    )
    heads = wrapped(title(matrix, language), (width - 2 * _EDGE) / _LARGER, _LINES)
    top = _ROW + (len(heads) - 1) * _BETWEEN + slope
    lines = len(matrix.rows) + len(keys) + 1
    return _Frame(left, top, round(width), round(top + lines * _ROW), side, tuple(heads))


def _longest(entries: tuple[Entry, ...]) -> float:
    return max((width_of(_short(entry)) for entry in entries), default=0.0)


def _short(entry: Entry) -> str:
    return printable(entry.label, LONGEST)


def _line(matrix: Matrix, frame: _Frame, line: int, row: Entry) -> Iterator[str]:
    """Yield one row: its ground, its label, its signs."""
    y = frame.top + line * _ROW
    if line % 2 == 0:
        yield f'<rect y="{y:.1f}" width="{frame.width}" height="{_ROW}" fill="#f2f2f2"/>'
    yield f'<text x="{_EDGE}" y="{y + 15:.1f}">{text_of(_short(row))}</text>'
    for place, column in enumerate(matrix.columns):
        cell = matrix.cell(row, column)
        x, middle = frame.centre(line, place)
        yield _glyph(cell.state, x, middle)
        if cell.relation in ARROWS:
            yield _arrow(cell.relation, x + 12, middle)
        if cell.disputed:
            yield _exclamation(x + (17 if cell.relation in ARROWS else 7), middle)


def _keys(matrix: Matrix, language: Language) -> list[_Key]:
    """Return what each sign means, and how many there are; an arrow where it was asked for."""
    keys = [
        _Key(partial(_glyph, state), f"{words.to(language)} ({matrix.count(state)})")
        for state, words in STATES.items()
    ]
    keys += [
        _Key(partial(_arrow, reach), f"{REACHES[reach].to(language)} ({matrix.count(reach)})")
        for reach in ARROWS
        if reach in matrix.choice.relations
    ]
    if matrix.disputed:
        said = f"{DISPUTED.to(language)} ({len(matrix.disputed)})"
        keys.append(_Key(lambda x, y: _exclamation(x - 2, y), said))
    return keys


def _foot(keys: list[_Key], frame: _Frame, rows: int) -> Iterator[str]:
    """Yield the legend, below the rows."""
    x = 2 * _EDGE
    for line, key in enumerate(keys, rows):
        y = frame.centre(line, 0)[1] + _ROW / 2
        yield key.sign(x, y)
        yield f'<text x="{2 * x}" y="{y + 4:.1f}">{text_of(key.words)}</text>'


def _glyph(state: str, x: float, y: float) -> str:
    match state:
        case "commitment":
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" fill="#1f4e79"/>'
        case "mention":
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="#fff" stroke="#1f4e79" stroke-width="2"/>'
        case "stated-absent":
            return f'<path d="M{x - 5:.1f} {y - 5:.1f}l10 10m0 -10l-10 10" stroke="#8a1c1c" stroke-width="2.5" fill="none"/>'
        case _:
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="1.5" fill="#767676"/>'


def _arrow(relation: str, x: float, y: float) -> str:
    """Return an arrow down from a larger territory, or up from a smaller one."""
    turn = 1 if relation == "inherited" else -1
    shaft = f"M{x:.1f} {y - 5 * turn:.1f}v{10 * turn}m-3 {-3 * turn}l3 {3 * turn}l3 {-3 * turn}"
    return f'<path d="{shaft}" stroke="#1a1a1a" stroke-width="1.5" fill="none"/>'


def _exclamation(x: float, y: float) -> str:
    return f'<text x="{x:.1f}" y="{y + 4:.1f}" font-weight="700" fill="#8a1c1c">!</text>'


def _described(matrix: Matrix, language: Language) -> str:
    """Return the picture in words: what is missing, then row by row what is recorded."""
    said = [f"{line}." for line in missing(matrix, language)]
    for row in matrix.filled_rows:
        filled = [
            f"{column.label} ({worded(cell, language)})"
            for column in matrix.columns
            if (cell := matrix.cell(row, column)).items
        ]
        said.append(f"{row.label}{COLON.to(language)}{', '.join(filled)}.")
    return " ".join(said)


def worded(cell: Cell, language: Language) -> str:
    """Return what a cell says, in words."""
    said = [STATES[cell.state], *(REACHES[one] for one in ARROWS if one == cell.relation)]
    said += [DISPUTED] if cell.disputed else []
    return _SEMICOLON.to(language).join(words.to(language) for words in said)
