"""The network of actors as a picture (SVG) that reads without colour and holds no script, font or link.

A shape and a filling tell the community; a second outline, an articulation point; a dashed line, a
bridge; the width of a line, its weight; the size of a shape, betweenness. Names stand in full in the
tooltips. Beyond `most` actors only the most linked are drawn, and the picture says so. The same network
gives the same bytes.
"""

from __future__ import annotations

import math
import textwrap
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from accords.language import LANGUAGES, Words

from .layout import layout
from .network import ACTORS, LINKS, decimal, heading, how_asked, how_measured
from .phrases import counted, number
from .prose import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from accords.language import Language
    from accords.network import Network, Node, View

    from .layout import Point

MOST = 60  # actors drawn, unless the asker wants more
_LINE = 15.0  # from one line of a label to the next
_FONT = 12.0
_LETTER = 0.62  # width of a letter, in sizes of the font: that of wide faces
_WIDE = frozenset("FW")  # letters that take twice the room
_COLUMNS = 24  # letters in a line of a label
_ROWS = 3  # lines in a label
_SMALLEST, _LARGEST = 7.0, 17.0  # radius of a shape
_MARGIN = 24.0
_KEY = 34.0  # room for a sign of the legend
_ROW = 22.0  # from one line of the legend to the next
_LISTED = 12  # communities in the legend
_THICKEST = 5.0  # line
_OUTLINE = 4.0  # between the two outlines of an articulation point
_SHAPES = ("circle", "square", "triangle", "diamond", "hexagon", "point-down")
_FILLINGS = ("white", "black", "url(#stripes)", "url(#dots)")
_CORNERS = {  # angles in degrees, from the right, clockwise
    "square": (45, 135, 225, 315),
    "triangle": (270, 30, 150),
    "diamond": (0, 90, 180, 270),
    "hexagon": (0, 60, 120, 180, 240, 300),
    "point-down": (90, 210, 330),
}
_CUT = Words(
    "double contour : point d'articulation ; sans cet acteur, d'autres ne seraient plus reliés",
    "double outline: articulation point; without this actor, others would no longer be linked",
)
_BRIDGE = Words(
    "tirets : pont ; sans ce lien, deux parties du réseau se sépareraient",
    "dashes: bridge; without this link, two parts of the network would come apart",
)
_WEIGHT = Words(
    "épaisseur du trait : poids du lien ; taille du signe : intermédiarité",
    "width of the line: weight of the link; size of the sign: betweenness",
)
_REPEATED = Words(
    "plus de communautés que de signes : un même signe en désigne plusieurs",
    "more communities than signs: one sign stands for several",
)
_DEFINITIONS = """\
<defs>
<pattern id="stripes" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
<rect width="4" height="4" fill="white"/><rect width="1.6" height="4" fill="black"/></pattern>
<pattern id="dots" width="4" height="4" patternUnits="userSpaceOnUse">\
<rect width="4" height="4" fill="white"/><circle cx="2" cy="2" r="1" fill="black"/></pattern>
</defs>
"""


def svg(network: Network, language: Language, *, view: View, most: int = MOST) -> str:
    """Return the picture; `most` 0 draws every actor."""
    drawn = _most_linked(network, most)
    boxes = [_box(node, language) for node in drawn.nodes]
    numbers = {node.iri: number for number, node in enumerate(drawn.nodes)}
    pairs = [(numbers[edge.source], numbers[edge.target]) for edge in drawn.edges]
    placed = layout([(box.width, box.height) for box in boxes], pairs)
    title, said = heading(network, language), _described(network, drawn, view, language)
    legend = _legend(drawn, network, language)
    top = _MARGIN + _LINE * (2 + 1.2 * len(said))
    bottom = top + placed.height + _MARGIN
    wide = max(placed.width, *map(_width, (title, *said)), *(_KEY + _width(row.text) for row in legend))
    size = (wide + 2 * _MARGIN, bottom + _MARGIN + _ROW * len(legend))
    centres = [
        (x + _MARGIN, y + top - box.height / 2 + box.radius + _OUTLINE)
        for (x, y), box in zip(placed.centres, boxes, strict=True)
    ]
    return "".join(
        [
            _opening(size, title, said, language),
            _DEFINITIONS,
            *_head(title, said),
            *_lines(drawn, pairs, centres, view, language),
            *_actors(drawn, boxes, centres, language),
            *_keys(legend, bottom),
            "</svg>\n",
        ]
    )


def _most_linked(network: Network, most: int) -> Network:
    """Return the network cut to its most linked actors."""
    if not most or len(network.nodes) <= most:
        return network
    ordered = sorted(network.nodes, key=lambda node: (-node.degree, -node.weighted, node.iri))[:most]
    kept = {node.iri for node in ordered}
    return replace(
        network,
        nodes=tuple(node for node in network.nodes if node.iri in kept),
        edges=tuple(edge for edge in network.edges if {edge.source, edge.target} <= kept),
    )


def _described(network: Network, drawn: Network, view: View, language: Language) -> list[str]:
    """Return what the picture shows, in sentences."""
    said = [how_asked(view).to(language), how_measured(network).to(language)]
    if len(drawn.nodes) < len(network.nodes):
        shown, links = (
            counted(len(drawn.nodes), *ACTORS, language),
            counted(len(drawn.edges), *LINKS, language),
        )
        whole = number(len(network.nodes), language)
        said.append(
            Words(
                f"Dessinés : les {shown} les plus reliés sur {whole}, et {links} entre eux.",
                f"Drawn: the {shown} most linked of {whole}, and {links} between them.",
            ).to(language)
        )
    return said


@dataclass(frozen=True, slots=True)
class _Box:
    """The room of an actor: its shape above its label."""

    radius: float
    lines: tuple[str, ...]
    width: float
    height: float


def _box(node: Node, language: Language) -> _Box:
    radius = _SMALLEST + (_LARGEST - _SMALLEST) * math.sqrt(node.betweenness)
    lines = _label(node.label.to(language))
    around = 2 * (radius + _OUTLINE)
    return _Box(radius, lines, max(around, *map(_width, lines)), around + _LINE * len(lines))


def _label(text: str) -> tuple[str, ...]:
    """Return a label on a few lines, cut if it is longer.

    >>> _label("Direction régionale de l'office de l'emploi")
    ('Direction régionale de', "l'office de l'emploi")
    """
    lines = textwrap.wrap(safe(text), _COLUMNS, break_on_hyphens=False) or ["–"]
    if len(lines) > _ROWS:
        lines = [*lines[: _ROWS - 1], lines[_ROWS - 1][: _COLUMNS - 1].rstrip() + "…"]
    return tuple(lines)


def _width(text: str) -> float:
    letters = sum(
        0 if unicodedata.combining(letter) else 1.8 if unicodedata.east_asian_width(letter) in _WIDE else 1
        for letter in text
    )
    return letters * _LETTER * _FONT


def _opening(size: Point, title: str, said: Sequence[str], language: Language) -> str:
    width, height = (f"{side:.0f}" for side in size)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'role="img" aria-labelledby="title desc" xml:lang="{language}" lang="{language}" '
        f'font-family="sans-serif" font-size="{_FONT:g}">\n'
        f'<title id="title">{escape(title)}</title>\n<desc id="desc">{escape(" ".join(said))}</desc>\n'
        f'<rect width="{width}" height="{height}" fill="white"/>\n'
    )


def _head(title: str, said: Sequence[str]) -> Iterator[str]:
    yield f'<text x="{_MARGIN:g}" y="{_MARGIN + 4:g}" font-size="15" font-weight="bold">{escape(title)}</text>\n'
    for place, line in enumerate(said, start=1):
        yield f'<text x="{_MARGIN:g}" y="{_MARGIN + 4 + _LINE * 1.2 * place:.1f}">{escape(line)}</text>\n'


def _lines(
    drawn: Network,
    pairs: Sequence[tuple[int, int]],
    centres: Sequence[Point],
    view: View,
    language: Language,
) -> Iterator[str]:
    colon = Words(" : ", ": ").to(language)
    names = {node.iri: node.label.to(language) for node in drawn.nodes}
    heaviest = max((edge.weight for edge in drawn.edges), default=1)
    for edge, (one, other) in zip(drawn.edges, pairs, strict=True):
        kinds = view.named(edge.kinds, language)
        said = f"{names[edge.source]} – {names[edge.target]}{colon}{edge.weight} ({kinds})"
        width = 1 + (_THICKEST - 1) * (edge.weight - 1) / max(1, heaviest - 1)
        yield _line(centres[one], centres[other], width, said, dashed=edge.is_bridge)


def _line(start: Point, end: Point, width: float, said: str = "", *, dashed: bool = False) -> str:
    dashes = ' stroke-dasharray="7 4"' if dashed else ""
    inside = f"<title>{escape(safe(said))}</title>" if said else ""
    return (
        f'<line x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}" '
        f'stroke="#888888" stroke-width="{width:.1f}"{dashes}>{inside}</line>\n'
    )


def _actors(
    drawn: Network, boxes: Sequence[_Box], centres: Sequence[Point], language: Language
) -> Iterator[str]:
    for node, box, centre in zip(drawn.nodes, boxes, centres, strict=True):
        yield from _actor(node, box, centre, language)


def _actor(node: Node, box: _Box, centre: Point, language: Language) -> Iterator[str]:
    x, y = centre
    name = safe(node.label.to(language))
    said = Words(
        f"{name} ; communauté {node.community} ; {counted(node.degree, *LINKS, 'fr')}, poids {node.weighted} ; "
        f"intermédiarité {decimal(node.betweenness, 'fr')}",
        f"{name}; community {node.community}; {counted(node.degree, *LINKS, 'en')}, weight {node.weighted}; "
        f"betweenness {decimal(node.betweenness, 'en')}",
    )
    yield f"<g><title>{escape(said.to(language))}</title>\n"
    yield from _symbol(node.community, centre, box.radius, cut=node.is_cut)
    for place, line in enumerate(box.lines):
        below = y + box.radius + _OUTLINE + _LINE * (place + 0.8)
        yield (
            f'<text x="{x:.1f}" y="{below:.1f}" text-anchor="middle" stroke="white" stroke-width="3" '
            f'stroke-linejoin="round" paint-order="stroke">{escape(line)}</text>\n'
        )
    yield "</g>\n"


def _symbol(community: int, centre: Point, radius: float, *, cut: bool) -> Iterator[str]:
    """Yield the shape of a community, with a second outline for an articulation point."""
    filling, shape = divmod(community - 1, len(_SHAPES))
    if cut:
        yield _shape(_SHAPES[shape], centre, radius + _OUTLINE, "white")
    yield _shape(_SHAPES[shape], centre, radius, _FILLINGS[filling % len(_FILLINGS)])


def _shape(shape: str, centre: Point, radius: float, filling: str) -> str:
    x, y = centre
    style = f'fill="{filling}" stroke="black" stroke-width="1.4"'
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {style}/>\n'
    corners = " ".join(
        f"{x + radius * math.cos(math.radians(angle)):.1f},{y + radius * math.sin(math.radians(angle)):.1f}"
        for angle in _CORNERS[shape]
    )
    return f'<polygon points="{corners}" {style}/>\n'


@dataclass(frozen=True, slots=True)
class _Key:
    """One line of the legend."""

    sign: str  # community, cut, bridge, weight, or nothing
    community: int
    text: str


def _legend(drawn: Network, network: Network, language: Language) -> list[_Key]:
    """Return what the signs mean: those that the picture holds."""
    sizes = Counter(node.community for node in drawn.nodes)
    whole = Counter(node.community for node in network.nodes)
    listed = [group for group in sorted(sizes) if sizes[group] > 1][:_LISTED]
    keys = [
        _Key("community", group, _group(group, sizes[group], whole[group]).to(language)) for group in listed
    ]
    if len(sizes) > len(_SHAPES) * len(_FILLINGS):
        keys.append(_Key("", 0, _REPEATED.to(language)))
    if any(node.is_cut for node in drawn.nodes):
        keys.append(_Key("cut", 1, _CUT.to(language)))
    if any(edge.is_bridge for edge in drawn.edges):
        keys.append(_Key("bridge", 0, _BRIDGE.to(language)))
    if any(edge.weight > 1 for edge in drawn.edges):
        keys.append(_Key("weight", 0, _WEIGHT.to(language)))
    return keys


def _group(group: int, shown: int, members: int) -> Words:
    """Return how many of a community are drawn."""
    french, english = (counted(shown, *ACTORS, language) for language in LANGUAGES)
    if shown < members:
        french, english = f"{french} sur {number(members, 'fr')}", f"{english} of {number(members, 'en')}"
    return Words(f"communauté {group} : {french}", f"community {group}: {english}")


def _keys(legend: Sequence[_Key], top: float) -> Iterator[str]:
    middle = _MARGIN + _KEY / 2 - 6
    for place, key in enumerate(legend):
        y = top + _ROW * (place + 0.5)
        match key.sign:
            case "community" | "cut":
                yield from _symbol(key.community, (middle, y), _SMALLEST - 1, cut=key.sign == "cut")
            case "bridge" | "weight":
                thick = 1.0 if key.sign == "bridge" else 4.0
                yield _line((middle - 12, y), (middle + 12, y), thick, dashed=key.sign == "bridge")
        yield f'<text x="{_MARGIN + _KEY:g}" y="{y + 4:.1f}">{escape(key.text)}</text>\n'
