"""Where the facts come from: each source document with its publisher and its rights, as a table and as pages.

A publisher that no source names is said to be not stated; rights that nobody stated are said to be unknown: the
licence of the release is that of the graph, never that of the texts it points to.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from accords.language import LANGUAGES, Words, printable
from accords.publishing.artefacts import Artefact, content
from accords.publishing.sourced import documents
from accords.render.answers import marked
from accords.render.tables import neutral
from accords.things import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accords.language import Language
    from accords.publishing.edition import Edition
    from accords.publishing.sourced import Source
    from accords.things import Thing, Value

_UNTITLED = Words("sans titre", "untitled")
_NOT_STATED = Words("non indiqué", "not stated")
_UNKNOWN = Words("inconnus", "unknown")
_TITLE = Words("Sources, éditeurs et droits", "Sources, publishers and rights")
COLUMNS = ("source", "iri", "title", "publisher", "issued", "page", "rights", "excerpts")


def attribution(edition: Edition) -> Iterator[Artefact]:
    """Yield the table of the sources, and its page in both languages."""
    found = documents(edition.facts)
    yield Artefact("metadata/sources.csv", "text/csv", _TITLE, content(_table(found).encode()))
    for language in LANGUAGES:
        page = _page(found, language).encode()
        yield Artefact(f"metadata/attribution.{language}.md", "text/markdown", _TITLE, content(page))


def _table(found: tuple[Source, ...]) -> str:
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for one in found:
        cells = (
            one.thing.curie,
            one.iri,
            one.title("fr") or "",
            " ; ".join(_named(who).fr for who in one.publishers),
            *(" ".join(map(_said, values)) for values in (one.issued, one.pages, one.rights)),
        )
        rows.writerow((*map(neutral, cells), one.excerpts))
    return written.getvalue()


def _page(found: tuple[Source, ...], language: Language) -> str:
    licence = Words(
        "Le graphe est publié sous Licence Ouverte 2.0 (`LICENSE-DATA`). À mentionner : « Accords emploi », la version "
        "et sa date. Les textes des sources appartiennent à leurs éditeurs : seuls quelques mots qui repèrent les passages sont repris.",
        "The graph is published under the Licence Ouverte 2.0 (`LICENSE-DATA`). To be named: “Accords emploi”, the "
        "version and its date. The texts of the sources belong to their publishers: only a few words that locate passages are taken up.",
    )
    head = Words("source|éditeur|parution|droits|extraits", "source|publisher|issued|rights|excerpts")
    lines = [
        f"# {_TITLE.to(language)}",
        "",
        licence.to(language),
        "",
        f"| {' | '.join(head.to(language).split('|'))} |",
    ]
    return "\n".join([*lines, "|---|---|---|---|---:|", *(_row(one, language) for one in found)]) + "\n"


def _row(one: Source, language: Language) -> str:
    publishers = ", ".join(_named(who).to(language) for who in one.publishers)
    cells = (
        f"{one.title(language) or _UNTITLED.to(language)} ({one.thing.curie})",
        publishers or _NOT_STATED.to(language),
        ", ".join(map(_said, one.issued)) or _NOT_STATED.to(language),
        ", ".join(map(_said, one.rights)) or _UNKNOWN.to(language),
        str(one.excerpts),
    )
    return f"| {' | '.join(marked(printable(cell, 300)) for cell in cells)} |"


def _named(one: Thing) -> Words:
    return one.label or Words(one.curie, one.curie)


def _said(value: Value) -> str:
    """Return a text as it is, and of a thing its IRI."""
    return value.text if isinstance(value, Text) else value.iri or value.curie
