"""The signs of a timeline: each is the text of a few shapes around a point, told apart without colour."""

from __future__ import annotations

from .charts import INK, box

_HIGH = 12.0  # of a box
_NARROWEST = 5.0  # of a box, however short the days that it stands for
_DASHED = ' stroke-dasharray="3 2"'


def span(left: float, right: float, y: float, filling: str, *, open_: bool = False) -> str:
    """Return a box, without its right side when it goes on."""
    width = max(right - left, _NARROWEST)
    if not open_:
        return box(left, y - _HIGH / 2, width, filling, height=_HIGH)
    return (
        f'<rect x="{left:.1f}" y="{y - _HIGH / 2:.1f}" width="{width:.1f}" height="{_HIGH}" fill="{filling}"/>'
        f'<path d="M{left + width:.1f} {y - _HIGH / 2:.1f}H{left:.1f}v{_HIGH}H{left + width:.1f}" fill="none" '
        f'stroke="{INK}"/>'
    )


def dot(x: float, y: float, *, planned: bool = False) -> str:
    """Return a dot; a ring for what is only planned."""
    style = f'fill="#fff" stroke="{INK}" stroke-width="2"' if planned else f'fill="{INK}"'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" {style}/>'


def diamond(x: float, y: float, *, planned: bool = False) -> str:
    """Return a hollow diamond; a dashed one for what is only planned."""
    dashes = _DASHED if planned else ""
    return (
        f'<path d="M{x - 7:.1f} {y:.1f}l7 -7l7 7l-7 7z" fill="#fff" stroke="{INK}" stroke-width="2"{dashes}/>'
    )


def outline(left: float, right: float, y: float) -> str:
    """Return dashes around the box of a month or a year."""
    width = max(right - left, _NARROWEST) + 6
    return (
        f'<rect x="{left - 3:.1f}" y="{y - _HIGH / 2 - 3:.1f}" width="{width:.1f}" height="{_HIGH + 6}" '
        f'fill="none" stroke="{INK}"{_DASHED}/>'
    )


def cross(x: float, y: float) -> str:
    """Return a cross over a sign."""
    return (
        f'<path d="M{x - 9:.1f} {y - 9:.1f}l18 18m0 -18l-18 18" stroke="{INK}" stroke-width="2" fill="none"/>'
    )


def dashes(left: float, right: float, y: float) -> str:
    """Return a dashed line."""
    return (
        f'<line x1="{left:.1f}" y1="{y:.1f}" x2="{right:.1f}" y2="{y:.1f}" stroke="{INK}" stroke-width="2" '
        'stroke-dasharray="5 4"/>'
    )


def query(x: float, y: float) -> str:
    """Return a question mark."""
    return f'<text x="{x:.1f}" y="{y + 5:.1f}" text-anchor="middle" font-size="14" font-weight="600">?</text>'


def chevron(x: float, y: float) -> str:
    """Return the end of an arrow."""
    return f'<path d="M{x:.1f} {y - 6:.1f}l6 6l-6 6" fill="none" stroke="{INK}" stroke-width="2"/>'
