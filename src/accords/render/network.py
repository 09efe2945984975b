"""The network of actors as text: its tables are `network_data`, its picture `picture`.

On a narrow terminal, each actor and each link has its name on one line and its numbers below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accords.language import LANGUAGES, Words

from .phrases import counted, number
from .prose import packed, safe, wrapped
from .tables import aligned

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from accords.language import Language
    from accords.network import Network, Node, View

MARK = "*"
ACTORS = Words("acteur", "actor"), Words("acteurs", "actors")
LINKS = Words("lien", "link"), Words("liens", "links")
_COMPONENTS = Words("composante", "component"), Words("composantes", "components")
_COMMUNITIES = Words("communauté", "community"), Words("communautés", "communities")
_HEADS = (
    Words("liens", "links"),
    Words("poids", "weight"),
    Words("intermédiarité", "betweenness"),
    Words("composante", "component"),
    Words("communauté", "community"),
    Words("", ""),
    Words("acteur", "actor"),
)
_LINK_HEADS = (Words("poids", "weight"), Words("nature", "kind"), Words("", ""), Words("entre", "between"))
_LEAST = 36  # letters of a name beside its numbers
_UNITS = (
    Words("acteur est un service d'un autre", "actor is a unit of another"),
    Words("acteurs sont des services d'autres", "actors are units of others"),
)
_REPLACED = (
    Words("acteur a été remplacé par un autre", "actor was replaced by another"),
    Words("acteurs ont été remplacés par d'autres", "actors were replaced by others"),
)
_CUT = Words(
    f"{MARK} point d'articulation : sans cet acteur, d'autres ne seraient plus reliés",
    f"{MARK} articulation point: without this actor, others would no longer be linked",
)
_BRIDGE = Words(
    f"{MARK} pont : sans ce lien, deux parties du réseau se sépareraient",
    f"{MARK} bridge: without this link, two parts of the network would come apart",
)


def text(  # noqa: PLR0913  # the network, and how it is read
    network: Network, language: Language, *, view: View, most: int, short: Callable[[str], str], width: int
) -> str:
    """Return the counts, the actors and the links, the most linked first, and how they were measured.

    At most `most` actors and links are listed (0: all), and what is left out is said; `short` gives the
    short name of an IRI. Lines are at most `width` wide.
    """
    said = [heading(network, language), how_asked(view).to(language)]
    lines = [line for sentence in said for line in wrapped(sentence, hanging=2, width=width)]
    lines += _actors(network, language, most, short, width)
    lines += _links(network, view, language, most, short, width)
    lines.append("")
    for note in (*notes(network, short), *_hints(view)):
        lines += wrapped(note.to(language), hanging=2, width=width)
    return "\n".join(lines) + "\n"


def heading(network: Network, language: Language) -> str:
    """Return the counts in one sentence."""
    parts = (
        counted(len(network.nodes), *ACTORS, language),
        counted(len(network.edges), *LINKS, language),
        counted(network.components, *_COMPONENTS, language),
        counted(network.communities, *_COMMUNITIES, language),
    )
    return Words("Réseau des acteurs : ", "Network of actors: ").to(language) + ", ".join(parts)


def decimal(value: float, language: Language) -> str:
    """Return a number with three decimals.

    >>> decimal(0.5, "fr")
    '0,500'
    """
    shown = f"{value:.3f}"
    return shown if language == "en" else shown.replace(".", ",")


def how_asked(view: View) -> Words:
    """Return what ties the actors, and what was merged, in one sentence."""
    french, english = (
        ", ".join(safe(words.to(language)) for words in view.kinds.values()) for language in LANGUAGES
    )
    if view.roll_up:
        french += " ; services ramenés à leur institution"
        english += "; units rolled up to their institution"
    if view.succession:
        french += " ; acteurs remplacés ramenés à leur successeur"
        english += "; replaced actors merged into their successor"
    return Words(f"Ce qui lie les acteurs : {french}.", f"What ties actors: {english}.")


def _actors(
    network: Network, language: Language, most: int, short: Callable[[str], str], width: int
) -> list[str]:
    ordered = sorted(network.nodes, key=lambda node: (-node.degree, -node.weighted, node.iri))
    heads = tuple(head.to(language) for head in _HEADS)
    rows = [
        (
            number(node.degree, language),
            number(node.weighted, language),
            decimal(node.betweenness, language),
            str(node.component),
            str(node.community),
            MARK if node.is_cut else "",
            _named(node, language, short),
        )
        for node in _first(ordered, most)
    ]
    key = _CUT if any(node.is_cut for node in network.nodes) else None
    return _listed(heads, rows, range(5), _left(len(ordered), most), key, language, width) if rows else []


def _links(  # noqa: PLR0913, PLR0917  # the network, and how it is read
    network: Network, view: View, language: Language, most: int, short: Callable[[str], str], width: int
) -> list[str]:
    ordered = sorted(network.edges, key=lambda edge: (-edge.weight, edge.source, edge.target))
    names = {node.iri: _named(node, language, short) for node in network.nodes}
    heads = tuple(head.to(language) for head in _LINK_HEADS)
    rows = [
        (
            number(edge.weight, language),
            safe(view.named(edge.kinds, language)),
            MARK if edge.is_bridge else "",
            f"{names[edge.source]} – {names[edge.target]}",
        )
        for edge in _first(ordered, most)
    ]
    key = _BRIDGE if any(edge.is_bridge for edge in network.edges) else None
    return _listed(heads, rows, (0,), _left(len(ordered), most), key, language, width) if rows else []


def _listed(  # noqa: PLR0913, PLR0917  # a list, and how it is read
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: Sequence[int],
    left: Words | None,
    key: Words | None,
    language: Language,
    width: int,
) -> list[str]:
    """Return rows whose last cells are a mark and a name: as a table, or each name above its numbers."""
    before = aligned([cells[:-1] for cells in (heads, *rows)], right=right)
    room = max(map(len, before)) + 2
    lines = [""]
    if width - room >= _LEAST:
        for numbers, cells in zip(before, (heads, *rows), strict=True):
            first, *others = wrapped(cells[-1], indent=room, width=width)
            lines += [numbers.ljust(room) + first.lstrip(), *others]
    else:
        for *told, mark, name in rows:
            first, *others = wrapped(name, indent=2, width=width)
            lines += [f"{mark:2}{first.lstrip()}", *others]
            below = (f"{head} {cell}" for head, cell in zip(heads, told, strict=False))
            lines += [f"    {line}" for line in packed(below, width - 4)]
    for said in filter(None, (left, key)):
        lines += wrapped(said.to(language), hanging=2, width=width)
    return lines


def _named(node: Node, language: Language, short: Callable[[str], str]) -> str:
    return f"{safe(node.label.to(language))} ({safe(short(node.iri))})"


def _first(rows: Sequence[Any], most: int) -> Sequence[Any]:
    return rows[:most] if most else rows


def _left(total: int, most: int) -> Words | None:
    left = total - most if most else 0
    return (
        Words(
            f"… et {number(left, 'fr')} de plus (tout lister : --most 0)",
            f"… and {number(left, 'en')} more (list all: --most 0)",
        )
        if left > 0
        else None
    )


def notes(network: Network, short: Callable[[str], str]) -> list[Words]:
    """Return how a network was measured, and what it leaves out, in sentences."""
    said = [how_measured(network), _grouped(network)]
    if network.loops:
        said.append(
            Words(
                f"Laissés de côté : {counted(network.loops, *LINKS, 'fr')} d'un acteur avec lui-même.",
                f"Left out: {counted(network.loops, *LINKS, 'en')} of an actor with itself.",
            )
        )
    if network.undecided:
        names = ", ".join(safe(short(iri)) for iri in network.undecided)
        said.append(
            Words(
                f"Plusieurs institutions ou successeurs, donc laissés tels quels : {names}.",
                f"Several institutions or successors, hence left as they are: {names}.",
            )
        )
    return said


def _hints(view: View) -> list[Words]:
    """Return the options that would merge actors, when some would be."""
    hints = []
    if view.units:
        french, english = (counted(view.units, *_UNITS, language) for language in LANGUAGES)
        hints.append(Words(f"{french} : voir --roll-up.", f"{english}: see --roll-up."))
    if view.replaced:
        french, english = (counted(view.replaced, *_REPLACED, language) for language in LANGUAGES)
        hints.append(Words(f"{french} : voir --succession.", f"{english}: see --succession."))
    return hints


def how_measured(network: Network) -> Words:
    """Return whether betweenness is exact, in one sentence."""
    if network.sources is None:
        return Words(
            "Intermédiarité exacte : part des paires d'acteurs dont les plus courts chemins passent par celui-ci.",
            "Betweenness is exact: share of the pairs of actors whose shortest paths go through this one.",
        )
    drawn, seed = network.sources, network.seed
    return Words(
        f"Intermédiarité estimée : chemins comptés depuis {number(drawn, 'fr')} acteurs tirés au sort (graine {seed}).",
        f"Betweenness is estimated: paths counted from {number(drawn, 'en')} actors drawn at random (seed {seed}).",
    )


def _grouped(network: Network) -> Words:
    seed = network.seed
    return Words(
        f"Communautés : méthode de Louvain, graine {seed} ; modularité {decimal(network.modularity, 'fr')}.",
        f"Communities: Louvain method, seed {seed}; modularity {decimal(network.modularity, 'en')}.",
    )
