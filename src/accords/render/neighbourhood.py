"""What a record is linked to, as a picture that reads without colour.

Goes in: the name of the record, what leads to it and what it leads to, each with the name of the link. Comes
out: `Picture`. What leads to the record stands left of it, what it leads to on the right; an arrow says which
way a link goes, and the name of the link stands above the name of the thing. All of it is said in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accords.language import Words

from .charts import INK, LINE, MARGIN, SOFT, WIDTH, sheet, wrapped
from .phrases import number
from .prose import bound

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from accords.language import Language

    from .charts import Picture

MOST = 7  # things on a side
_SIDE = 225.0  # width of a box at a side
_MIDDLE = 190.0
_GAP = (WIDTH - _MIDDLE) / 2 - MARGIN - _SIDE  # between the columns
_PAD = 8.0
_BETWEEN = 10.0
_THIN = 0.9  # letters that are not bold take so much of the room
_LINES = 3  # of a name
_TITLE = Words("Voisinage", "Neighbourhood")
_TO, _FROM = Words("vers", "to"), Words("de", "from")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A thing beside the record, and what the link between them is called."""

    link: str
    name: str


@dataclass(frozen=True, slots=True)
class _Box:
    """A neighbour with its lines, and where it stands."""

    link: list[str]
    name: list[str]
    top: float

    @property
    def height(self) -> float:
        return (len(self.link) + len(self.name)) * LINE + 2 * _PAD

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


def neighbourhood(
    name: str, before: Sequence[Neighbour], after: Sequence[Neighbour], language: Language
) -> Picture:
    """Return a record between what leads to it and what it leads to; beyond MOST a side says how many more."""
    sides = _shown(before, language), _shown(after, language)
    colon = Words(" : ", ": ").to(language)
    said = [f"{name}."]
    for way, things in zip((_FROM, _TO), sides, strict=True):
        said += [f"{way.to(language)} {one.name}{colon}{one.link}." for one in things if one.link]

    def draw(top: float, _mark: str) -> tuple[list[str], float]:
        return _drawn(name, sides, top)

    return sheet(f"{_TITLE.to(language)}{colon}{name}", (), said, draw, language)


def _shown(things: Sequence[Neighbour], language: Language) -> list[Neighbour]:
    if len(things) <= MOST:
        return list(things)
    left = len(things) - MOST + 1
    more = Words(f"… et {number(left, 'fr')} de plus", f"… and {number(left, 'en')} more")
    return [*things[: MOST - 1], Neighbour("", more.to(language))]


def _drawn(name: str, sides: tuple[list[Neighbour], list[Neighbour]], top: float) -> tuple[list[str], float]:
    columns = [_column(side, top) for side in sides]
    lines = wrapped(bound(name), (_MIDDLE - 2 * _PAD) * _THIN, 5)
    own = len(lines) * LINE + 2 * _PAD
    height = max(own, *(_height(column) for column in columns))
    middle = top + height / 2
    left = MARGIN + _SIDE + _GAP if columns[0] else MARGIN  # no room is left for what there is not
    right = left + _MIDDLE
    parts: list[str] = []
    for column, x, way in zip(columns, (MARGIN, right + _GAP), (1, -1), strict=True):
        shift = (height - _height(column)) / 2
        for box in column:
            moved = _Box(box.link, box.name, box.top + shift)
            parts += _boxed(moved, x)
            outer = x + _SIDE if way > 0 else x
            parts += _arrow(outer, moved.middle, left if way > 0 else right, middle, inwards=way > 0)
    parts.append(_rect(left, middle - own / 2, _MIDDLE, own, bold=True))
    parts += _lines(lines, left + _PAD, middle - own / 2 + _PAD, INK, bold=True)
    return parts, top + height


def _column(things: Sequence[Neighbour], top: float) -> list[_Box]:
    boxes: list[_Box] = []
    room = _SIDE - 2 * _PAD
    for one in things:
        link = wrapped(one.link, room, 1) if one.link else []
        box = _Box(link, wrapped(bound(one.name), room, _LINES), top)
        boxes.append(box)
        top += box.height + _BETWEEN
    return boxes


def _height(column: list[_Box]) -> float:
    return sum(box.height for box in column) + _BETWEEN * max(len(column) - 1, 0)


def _boxed(box: _Box, x: float) -> Iterator[str]:
    yield _rect(x, box.top, _SIDE, box.height)
    yield from _lines(box.link, x + _PAD, box.top + _PAD, SOFT)
    yield from _lines(box.name, x + _PAD, box.top + _PAD + len(box.link) * LINE, INK)


def _rect(x: float, y: float, width: float, height: float, *, bold: bool = False) -> str:
    stroke = 2 if bold else 1
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="4" fill="#fff" '
        f'stroke="{INK if bold else SOFT}" stroke-width="{stroke}"/>'
    )


def _lines(lines: Sequence[str], x: float, top: float, ink: str, *, bold: bool = False) -> Iterator[str]:
    weight = ' font-weight="600"' if bold else ""
    for place, line in enumerate(lines):
        yield f'<text x="{x:.1f}" y="{top + LINE * (place + 0.8):.1f}" fill="{ink}"{weight}>{line}</text>'


def _arrow(outer: float, y: float, inner: float, middle: float, *, inwards: bool) -> Iterator[str]:
    """Yield a line between a box at a side and the one in the middle, with its head where it leads."""
    head = 7.0 if inwards else -7.0
    end = inner - 8 if inwards else inner + 8
    turn = (outer + inner) / 2
    yield (
        f'<path d="M{outer:.1f} {y:.1f}C{turn:.1f} {y:.1f} {turn:.1f} {middle:.1f} {end if inwards else inner:.1f} '
        f'{middle:.1f}" fill="none" stroke="{SOFT}"/>'
    )
    tip, at = (inner, middle) if inwards else (outer, y)
    back = tip - abs(head)
    yield f'<path d="M{tip:.1f} {at:.1f}L{back:.1f} {at - 4:.1f}V{at + 4:.1f}Z" fill="{SOFT}"/>'
