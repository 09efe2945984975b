"""The network of actors: a page for all that ties them, and one for each kind of tie.

The table is the text of the picture: beyond ROWS actors or links, all of them are in the files beside.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from accords import network as measuring
from accords.language import LANGUAGES, Words
from accords.publishing.artefacts import Artefact, content
from accords.render import network as render
from accords.render import network_data, picture
from accords.render.prose import opened

from .asked import JOINED
from .page import Alternate, Entry, Page, Section, Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from accords.language import Language
    from accords.network import Edge, Network, Node

    from .page import Site, View

INDEX = "network.html"
ROWS = 50  # actors and links on the page
THINGS = 6  # that tie two actors, beside their link
DRAWN = 40  # actors in the picture
TABLE, GRAPH, PICTURE = "text/csv", "application/graphml+xml", "image/svg+xml"
Kinds = tuple[str, ...]


def _whole(site: Site) -> Kinds:
    """Return the kinds of tie of the page that leads to the others: all of them."""
    return max((one for one in site.asked.networks if JOINED not in one), key=len, default=())


def page_of(site: Site, kinds: Kinds) -> str:
    """Return the path of the page of a network."""
    return INDEX if kinds == _whole(site) else f"network/{'-'.join(kinds)}.html"


def _pages(site: Site) -> Iterator[Page]:
    whole = _whole(site)
    yield Page(
        INDEX,
        _TITLE,
        "network.html",
        partial(_told, whole),
        summary=_SUMMARY,
        alternates=_files_of(site, whole),
    )
    for kinds in site.asked.networks:
        if kinds != whole:
            named = _named(site, kinds)
            yield Page(
                page_of(site, kinds),
                Words(f"{_TITLE.fr} – {named.fr}", f"{_TITLE.en} – {named.en}"),
                "network.html",
                partial(_told, kinds),
                summary=_SUMMARY,
                alternates=_files_of(site, kinds),
                trail=(Step(_TITLE, INDEX),),
            )


def _stem(kinds: Kinds) -> str:
    return f"network/{'-'.join(kinds)}"


def _files_of(site: Site, kinds: Kinds) -> tuple[Alternate, ...]:
    if kinds not in site.asked.networks:
        return ()
    stem, name = _stem(kinds), _named(site, kinds)
    return (
        _alternate(
            f"{stem}.nodes.fr.csv", TABLE, "CSV", Words("acteurs, en français", "actors, in French"), name
        ),
        _alternate(
            f"{stem}.nodes.en.csv", TABLE, "CSV", Words("acteurs, en anglais", "actors, in English"), name
        ),
        _alternate(f"{stem}.edges.csv", TABLE, "CSV", Words("liens", "links"), name),
        _alternate(f"{stem}.graphml", GRAPH, "GraphML", Words("réseau", "network"), name),
    )


def _alternate(path: str, media: str, form: str, what: Words, network: Words) -> Alternate:
    """Return a file of a network under a title that tells it from those of the other networks."""
    french, english = (f"{opened(one)} ({form}) – {of}" for one, of in zip(what, network, strict=True))
    return Alternate(path, media, form, Words(french, english))


def _named(site: Site, kinds: Kinds) -> Words:
    """Return the kinds of tie of a network as readers know them."""
    _, view = site.asked.networks[kinds]
    named = Words(*(view.named(view.kinds, language) for language in LANGUAGES))
    return Words(f"{named.fr}, {_JOINED.fr}", f"{named.en}, {_JOINED.en}") if JOINED in kinds else named


def _told(kinds: Kinds, view: View) -> Mapping[str, Any]:
    held = view.site.asked.networks
    others = [
        (_named(view.site, which), page_of(view.site, which), which == kinds)
        for which in sorted(held, key=lambda which: (JOINED in which, -len(which)))
    ]
    if kinds not in held:
        return {"network": None, "others": ()}
    network, asked = held[kinds]
    named = {node.iri: node for node in network.nodes}
    facts = view.site.facts
    short = view.site.edition.knowledge.prefixes.shorten
    return {
        "network": network,
        "others": others if len(others) > 1 else (),
        "joined": next((page_of(view.site, one) for one in held if JOINED in one and one != kinds), None),
        "heading": render.heading(network, view.language),
        "asked": render.how_asked(asked),
        "notes": render.notes(network, short),
        "nodes": sorted(network.nodes, key=_first_node)[:ROWS],
        "edges": [
            (one, named[one.source], named[one.target])
            for one in sorted(network.edges, key=_first_edge)[:ROWS]
        ],
        "of_kinds": lambda one: asked.named(one.kinds, view.language),
        "decimal": lambda value: render.decimal(value, view.language),
        "drawn": picture.svg(network, view.language, view=asked, most=DRAWN),
        "things": lambda one: [facts.thing(NamedNode(iri)) for iri in one.things[:THINGS]],
        "most": THINGS,
    }


def _first_node(node: Node) -> tuple[int, int, str]:
    return -node.degree, -node.weighted, node.iri


def _first_edge(edge: Edge) -> tuple[int, str, str]:
    return -edge.weight, edge.source, edge.target


def _files(site: Site) -> Iterator[Artefact]:
    for kinds, (network, _) in site.asked.networks.items():
        for one, written in zip(_files_of(site, kinds), _written(network), strict=True):
            yield Artefact(
                one.path, one.media, one.title, content(written.encode("utf-8", "backslashreplace"))
            )
        for language in LANGUAGES:
            yield _picture(site, kinds, language)


def _written(network: Network) -> Iterator[str]:
    for language in LANGUAGES:
        yield network_data.nodes_csv(network, language)
    yield network_data.edges_csv(network)
    yield measuring.graphml(network, "fr")


def _picture(site: Site, kinds: Kinds, language: Language) -> Artefact:
    network, view = site.asked.networks[kinds]
    named = _named(site, kinds)
    title = Words(f"Le réseau en image – {named.fr}", f"The network as a picture – {named.en}")
    drawn = picture.svg(network, language, view=view)
    return Artefact(f"{_stem(kinds)}.{language}.svg", PICTURE, title, content(drawn.encode()))


_JOINED = Words("acteurs réunis", "actors joined")
_TITLE = Words("Réseau des acteurs", "Network of actors")
_SUMMARY = Words(
    "Qui est lié à qui par un accord ou un comité enregistré. Deux acteurs sans lien ici peuvent en avoir un "
    "que rien n'enregistre.",
    "Who is tied to whom by a recorded agreement or committee. Two actors without a link here may have one that "
    "nothing records.",
)
SECTION = Section("network", _pages, (Entry(Words("Réseau", "Network"), INDEX),), files=_files)
