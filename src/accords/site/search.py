"""Search: one page, the words of every record as a script, and what builds the index of them in the browser.

A page opened from a disk may load a script, but not fetch a file: the records stand in `site/records.js`. The
index is built when the search page opens: it would weigh several times what it is made of.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from accords.families import KINDS, kind_of
from accords.language import Words
from accords.publishing.artefacts import Artefact, content
from accords.vocab import ALT_LABEL, CONCEPT, DEF, NOTATION, RECORD

from .page import Entry, Page, Section

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from accords.things import Facts

    from .page import Site

PATH = "search.html"
TITLE = Words("Rechercher", "Search")
_LEFT_OUT = frozenset({"claim"})  # found by the record that they are about
_WEIGHTS = {
    "agreement": 4,
    "actor": 3,
    "committee": 3,
    "territory": 3,
    "source": 2,
    "excerpt": 0.5,
}  # in the order found
_SCRIPT = "text/javascript; charset=utf-8"
_VENDORED = files(__package__) / "vendored"
_LIBRARY = (
    ("minisearch.js", _SCRIPT, Words("La recherche (MiniSearch)", "The search (MiniSearch)")),
    (
        "minisearch.LICENSE",
        "text/plain; charset=utf-8",
        Words("La licence de MiniSearch", "The licence of MiniSearch"),
    ),
)


def _pages(_site: Site) -> Iterator[Page]:
    yield Page(PATH, TITLE, "search.html", summary=_SUMMARY)


def _files(site: Site) -> Iterator[Artefact]:
    def write(file: BinaryIO) -> None:
        file.write(f"window.accordsRecords = {records(site)};\n".encode())

    yield Artefact("site/records.js", _SCRIPT, Words("Les mots à rechercher", "The words to search"), write)
    for name, media, title in _LIBRARY:
        yield Artefact(f"site/{name}", media, title, content((_VENDORED / name).read_bytes()))


def records(site: Site) -> str:
    """Return what is searched: the kinds, and for each record its path, names and kind."""
    names = [kind.name for kind in KINDS]
    rows = []
    for iri, place in sorted(site.places.items()):
        kind = kind_of(iri)
        if kind.name not in _LEFT_OUT and iri.startswith((RECORD, CONCEPT, DEF)):
            rows.append([place, *_named(site.facts, NamedNode(iri)), names.index(kind.name)])
    kinds = [[*kind.many, _WEIGHTS.get(kind.name, 1)] for kind in KINDS]
    return json.dumps({"kinds": kinds, "rows": rows}, ensure_ascii=True, separators=(",", ":"))


def _named(facts: Facts, term: NamedNode) -> tuple[str, str, str]:
    """Return its French name, its English name where it is another, and its other names and codes."""
    thing = facts.thing(term)
    french, english = thing.label or (thing.curie, thing.curie)
    others = [
        value.value
        for link in (ALT_LABEL, NOTATION, *_CODES)
        for value in facts.values(term, link)
        if isinstance(value, Literal)
    ]
    local = thing.curie if not term.value.startswith((CONCEPT, DEF)) else thing.curie.partition(":")[2]
    return french, english if english != french else "", " ".join(dict.fromkeys([*others, local]))


_CODES: tuple[Any, ...] = tuple(NamedNode(DEF + name) for name in ("inseeCode", "siren"))
_SUMMARY = Words(
    "Rechercher une fiche par un mot de son nom, en français ou en anglais.",
    "Search for a record by a word of its name, in French or in English.",
)
SECTION = Section("search", _pages, entries=(Entry(TITLE, PATH),), files=_files)
