"""Where the facts come from: each source document with its publisher and its rights, as a table and as pages.

A publisher that no source names is said to be not stated; rights that nobody stated are said to be unknown: the
licence of the release is that of the graph, never that of the texts it points to.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from accords.language import LANGUAGES, Words, printable
from accords.publishing.artefacts import Artefact, content
from accords.render.answers import marked
from accords.render.tables import neutral
from accords.vocab import DCTERMS, FOAF, TITLE, TYPE, ae

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accords.language import Language
    from accords.publishing.edition import Edition
    from accords.terms import Term
    from accords.things import Facts

_PUBLISHER = NamedNode(DCTERMS + "publisher")
_ISSUED = NamedNode(DCTERMS + "issued")
_RIGHTS = tuple(NamedNode(DCTERMS + name) for name in ("license", "rights"))
_PAGE = NamedNode(FOAF + "page")
_UNTITLED = Words("sans titre", "untitled")
_NOT_STATED = Words("non indiqué", "not stated")
_UNKNOWN = Words("inconnus", "unknown")
_TITLE = Words("Sources, éditeurs et droits", "Sources, publishers and rights")
COLUMNS = ("source", "iri", "title", "publisher", "issued", "page", "rights", "excerpts")


@dataclass(frozen=True, slots=True)
class Source:
    """A source document as the attribution names it."""

    curie: str
    iri: str
    title: str | None
    publishers: tuple[Words, ...]
    issued: str | None
    page: str | None
    rights: tuple[str, ...]
    excerpts: int


def documents(edition: Edition) -> tuple[Source, ...]:
    """Return the source documents, by IRI."""
    facts = edition.facts
    counts = Counter(source for held in facts.by_subject.values() for source in held.get(ae("excerptOf"), ()))
    found = [
        _source(facts, subject, counts[subject])
        for subject, held in facts.by_subject.items()
        if isinstance(subject, NamedNode) and ae("SourceDocument") in held.get(TYPE, ())
    ]
    return tuple(sorted(found, key=lambda one: one.iri))


def _source(facts: Facts, node: NamedNode, excerpts: int) -> Source:
    titles = facts.texts(node, TITLE)
    publishers = (facts.thing(term) for term in facts.values(node, _PUBLISHER))
    return Source(
        facts.thing(node).curie,
        node.value,
        titles[0].text if titles else None,
        tuple(one.label or Words(one.curie, one.curie) for one in publishers),
        _said(facts.first(node, _ISSUED)),
        _said(facts.first(node, _PAGE)),
        tuple(
            shown for predicate in _RIGHTS for term in facts.values(node, predicate) if (shown := _said(term))
        ),
        excerpts,
    )


def _said(term: Term | None) -> str | None:
    return getattr(term, "value", None)


def attribution(edition: Edition) -> Iterator[Artefact]:
    """Yield the table of the sources, and its page in both languages."""
    found = documents(edition)
    yield Artefact("metadata/sources.csv", "text/csv", _TITLE, content(_table(found).encode()))
    for language in LANGUAGES:
        page = _page(found, language).encode()
        yield Artefact(f"metadata/attribution.{language}.md", "text/markdown", _TITLE, content(page))


def _table(found: tuple[Source, ...]) -> str:
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for one in found:
        publishers = " ; ".join(said.fr for said in one.publishers)
        cells = (one.curie, one.iri, one.title, publishers, one.issued, one.page, " ".join(one.rights))
        rows.writerow((*(neutral(cell or "") for cell in cells), one.excerpts))
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
    publishers = ", ".join(said.to(language) for said in one.publishers)
    cells = (
        f"{one.title or _UNTITLED.to(language)} ({one.curie})",
        publishers or _NOT_STATED.to(language),
        one.issued or _NOT_STATED.to(language),
        ", ".join(one.rights) or _UNKNOWN.to(language),
        str(one.excerpts),
    )
    return f"| {' | '.join(marked(printable(cell, 300)) for cell in cells)} |"
