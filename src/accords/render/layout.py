"""Where the boxes of a picture go: close when linked, never one over another, the same at each run.

In: how many boxes, their sizes, the pairs that are linked. Out: the centre of each box, and the size of
the whole, from 0. No draw, no clock:

1. Each connected part is laid out alone: its boxes start on a circle, in the order of a walk through its
   links, then each moves where its distances to the others fit best the number of links between them
   (stress majorization: Gansner, Koren and North, 2004), until hardly any moves.
2. The part is stretched as its boxes are wide, and grown until few overlap. Boxes that do push
   each other apart, the way that they already are, for their size; those that still do go down.
3. Parts stand beside one another in rows, the largest first.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Point = tuple[float, float]

_SPAN = 95.0  # from a box to one that it is linked with, before boxes are pushed apart
_WIDEST = 2.0  # times wider than high: a part is stretched as its boxes are, up to that
_GROWTH = 1.15  # by which a part grows, step by step, until few boxes overlap
_STEPS = 10  # such steps, at most
_SWEEPS = 120  # of moves, at most
_STILL = 0.2  # a sweep in which no box moves further is the last
_PUSHES = 150  # rounds in which boxes push each other
_APART = 6.0  # room kept between boxes
_GAP = 30.0  # between parts
_SHAPE = 1.5  # width over height that the whole aims at


@dataclass(frozen=True, slots=True)
class Layout:
    """The centres of the boxes, in a frame that begins at 0."""

    centres: tuple[Point, ...]
    width: float
    height: float


def layout(boxes: Sequence[Point], pairs: Iterable[tuple[int, int]]) -> Layout:
    """Return where boxes of these widths and heights go."""
    near: list[list[int]] = [[] for _ in boxes]
    for one, other in pairs:
        near[one].append(other)
        near[other].append(one)
    parts = sorted(_parts(near), key=lambda part: (-len(part), part))
    return _in_rows([_placed(part, near, boxes) for part in parts], len(boxes))


def _placed(part: Sequence[int], near: Sequence[Sequence[int]], boxes: Sequence[Point]) -> _Part:
    sizes = [boxes[box] for box in part]
    return _framed(part, _apart(_grown(_spread(part, near), sizes), sizes), boxes)


def _parts(near: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the connected parts, each in the order of a walk."""
    seen = [False] * len(near)
    parts = []
    for start in range(len(near)):
        if not seen[start]:
            part, waiting = [], [start]
            while waiting:
                box = waiting.pop()
                if not seen[box]:
                    seen[box] = True
                    part.append(box)
                    waiting.extend(reversed(near[box]))
            parts.append(part)
    return parts


def _spread(part: Sequence[int], near: Sequence[Sequence[int]]) -> list[list[float]]:
    """Return places whose distances fit the numbers of links between the boxes of a part."""
    count = len(part)
    radius = _SPAN * max(1.0, count / 6)
    turns = [2 * math.pi * place / count for place in range(count)]
    places = [[radius * math.cos(turn), radius * math.sin(turn)] for turn in turns]
    distances = _distances(part, near)
    for _ in range(_SWEEPS if count > 1 else 0):
        if max(_move(box, places, distances[box]) for box in range(count)) < _STILL:
            break
    return places


def _grown(places: list[list[float]], sizes: Sequence[Point]) -> list[list[float]]:
    """Return the places stretched as the boxes are, and grown until no more than one in two overlaps another."""
    stretch = min(_WIDEST, max(1.0, sum(width for width, _ in sizes) / sum(height for _, height in sizes)))
    grown = [[stretch * x, y] for x, y in places]
    for _ in range(_STEPS):
        if 2 * _overlaps(grown, sizes) <= len(places):
            break
        grown = [[_GROWTH * x, _GROWTH * y] for x, y in grown]
    return grown


def _overlaps(places: list[list[float]], sizes: Sequence[Point]) -> int:
    """Return how many pairs of boxes overlap."""
    pairs = ((one, other) for one in range(len(places)) for other in range(one))
    return sum(min(_overlap(one, other, places, sizes)) > 0 for one, other in pairs)


def _distances(part: Sequence[int], near: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the number of links between each two boxes of a part."""
    numbers = {box: number for number, box in enumerate(part)}
    rows = []
    for start in part:
        found, waiting = {start: 0}, deque([start])
        while waiting:
            box = waiting.popleft()
            for other in near[box]:
                if other not in found:
                    found[other] = found[box] + 1
                    waiting.append(other)
        row = [0] * len(part)
        for box, distance in found.items():
            row[numbers[box]] = distance
        rows.append(row)
    return rows


def _move(box: int, places: list[list[float]], distances: Sequence[int]) -> float:
    """Move a box where it fits the others best, and return how far it went."""
    x, y = places[box]
    wanted_x = wanted_y = total = 0.0
    for (other_x, other_y), distance in zip(places, distances, strict=True):
        if distance:
            weight = 1 / (distance * distance)
            across, down = x - other_x, y - other_y
            length = math.sqrt(across * across + down * down) or 1.0
            pull = distance * _SPAN / length
            wanted_x += weight * (other_x + across * pull)
            wanted_y += weight * (other_y + down * pull)
            total += weight
    places[box] = [wanted_x / total, wanted_y / total]
    return math.hypot(places[box][0] - x, places[box][1] - y)


def _apart(places: list[list[float]], sizes: Sequence[Point]) -> list[list[float]]:
    """Return the places once no two boxes overlap."""
    pairs = [(one, other) for one in range(len(places)) for other in range(one)]
    for _ in range(_PUSHES):
        pushed = [_pushed(one, other, places, sizes) for one, other in pairs]
        if not any(pushed):
            return places
    return _lowered(places, sizes)


def _overlap(one: int, other: int, places: list[list[float]], sizes: Sequence[Point]) -> Point:
    """Return by how much two boxes overlap across and down; negative when they are apart."""
    across = (sizes[one][0] + sizes[other][0]) / 2 + _APART - abs(places[one][0] - places[other][0])
    down = (sizes[one][1] + sizes[other][1]) / 2 + _APART - abs(places[one][1] - places[other][1])
    return across, down


def _pushed(one: int, other: int, places: list[list[float]], sizes: Sequence[Point]) -> bool:
    """Push two boxes apart if they overlap, the way they are more apart already, and tell whether they did."""
    across, down = _overlap(one, other, places, sizes)
    if across <= 0 or down <= 0:
        return False
    width, height = (sizes[one][side] + sizes[other][side] for side in (0, 1))
    axis = 0 if across * height < down * width else 1
    step = (across, down)[axis] / 2 + 0.01
    sign = 1 if places[one][axis] >= places[other][axis] else -1
    places[one][axis] += sign * step
    places[other][axis] -= sign * step
    return True


def _lowered(places: list[list[float]], sizes: Sequence[Point]) -> list[list[float]]:
    """Return the places, from top to bottom, each box lowered until it is free."""
    done: list[int] = []
    for box in sorted(range(len(places)), key=lambda box: (places[box][1], places[box][0], box)):
        while hit := [other for other in done if min(_overlap(box, other, places, sizes)) > 0]:
            lowest = max(places[other][1] + sizes[other][1] / 2 for other in hit)
            places[box][1] = lowest + sizes[box][1] / 2 + _APART + 0.01
        done.append(box)
    return places


@dataclass(frozen=True, slots=True)
class _Part:
    """A part in its own frame."""

    boxes: tuple[int, ...]
    centres: tuple[Point, ...]
    width: float
    height: float


def _framed(part: Sequence[int], places: Sequence[Sequence[float]], boxes: Sequence[Point]) -> _Part:
    left = min(x - boxes[box][0] / 2 for box, (x, _) in zip(part, places, strict=True))
    right = max(x + boxes[box][0] / 2 for box, (x, _) in zip(part, places, strict=True))
    top = min(y - boxes[box][1] / 2 for box, (_, y) in zip(part, places, strict=True))
    bottom = max(y + boxes[box][1] / 2 for box, (_, y) in zip(part, places, strict=True))
    return _Part(tuple(part), tuple((x - left, y - top) for x, y in places), right - left, bottom - top)


def _in_rows(parts: Sequence[_Part], count: int) -> Layout:
    """Return the parts side by side, in rows as wide as makes a page."""
    surface = sum((part.width + _GAP) * (part.height + _GAP) for part in parts)
    widest = max([math.sqrt(surface * _SHAPE), *(part.width for part in parts)], default=0.0)
    centres: list[Point] = [(0.0, 0.0)] * count
    x = y = tallest = reached = 0.0
    for part in parts:
        if x and x + part.width > widest:
            x, y, tallest = 0.0, y + tallest + _GAP, 0.0
        for box, (across, down) in zip(part.boxes, part.centres, strict=True):
            centres[box] = (x + across, y + down)
        reached = max(reached, x + part.width)
        x, tallest = x + part.width + _GAP, max(tallest, part.height)
    return Layout(tuple(centres), reached, y + tallest)
