"""A record as small files beside its pages: Turtle, JSON-LD, CSV.

All three hold the same: the statements of the record, of the claims about it and of the excerpts that they
cite, language tags as they are written. Cells that a spreadsheet would take for formulas are neutralised.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, RdfFormat, parse, serialize

from accords.language import Words
from accords.publishing import tags
from accords.publishing.artefacts import Artefact
from accords.render import blocks
from accords.render.tables import inert
from accords.vocab import LANG_STRING, STRING

from .page import Alternate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from pyoxigraph import NamedNode

    from accords.terms import Term

    from .page import Site

_HEADS = ("subject", "property", "value", "language", "datatype", "label_fr", "label_en")
_FORMS = (
    ("ttl", "text/turtle", "Turtle"),
    ("jsonld", "application/ld+json", "JSON-LD"),
    ("csv", "text/csv", "CSV"),
)


def alternates(place: str, title: Words) -> tuple[Alternate, ...]:
    """Return the files beside a page."""
    return tuple(
        Alternate(f"{place}.{ending}", media, name, Words(f"{title.fr} ({name})", f"{title.en} ({name})"))
        for ending, media, name in _FORMS
    )


def of(site: Site, term: NamedNode) -> Iterator[Artefact]:
    """Yield the files of a record."""
    thing = site.facts.thing(term)
    title = thing.label or Words(thing.curie, thing.curie)
    made: dict[str, Callable[[Site, NamedNode], str]] = {"ttl": _turtle, "jsonld": _json_ld, "csv": _csv}
    for one in alternates(site.places[term.value], title):
        make = made[one.path.rpartition(".")[2]]

        def write(file: BinaryIO, make: Callable[[Site, NamedNode], str] = make) -> None:
            file.write(tags.unmarked(make(site, term).encode()))

        yield Artefact(one.path, one.media, one.title, write)


def _turtle(site: Site, term: NamedNode) -> str:
    made: str = site.remembered("turtle", term.value, lambda: blocks.as_turtle(site.edition.faithful, term))
    return made


def _json_ld(site: Site, term: NamedNode) -> str:
    text = _turtle(site, term)
    prefixes = dict(site.facts.knowledge.prefixes.table)
    used = {name: space for name, space in prefixes.items() if f"@prefix {name}: " in text}
    statements = parse(text, format=RdfFormat.TURTLE)
    written = serialize(statements, format=RdfFormat.JSON_LD, prefixes=used)
    return (written or b"").decode() + "\n"


def _csv(site: Site, term: NamedNode) -> str:
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(_HEADS)
    facts = site.edition.faithful
    for subject in blocks.subjects(facts, term):
        for predicate, values in facts.by_subject.get(subject, {}).items():
            for value in values:
                row = [_iri(subject), predicate.value, *_cells(site, value)]
                rows.writerow([inert(cell) for cell in row])
    return out.getvalue()


def _cells(site: Site, value: Term) -> list[str]:
    if isinstance(value, Literal):
        kind = "" if value.datatype in {STRING, LANG_STRING} else value.datatype.value
        return [value.value, value.language or "", kind, "", ""]
    label = site.facts.thing(value).label
    return [_iri(value), "", "", label.fr if label else "", label.en if label else ""]


def _iri(term: Term) -> str:
    return "[]" if isinstance(term, BlankNode) else str(getattr(term, "value", term))
