"""From the excerpts that a row names to what a reader can follow: source, passage, place, link.

Takes the rows of the project's own question about passages, and the archive when there is one; gives
`Citation`, one an excerpt, and adds them to a table: columns for each column that names excerpts. The link is the web address of the source with a text fragment (W3C community
draft « URL Fragment Text Directives ») that leads to the passage; a source without an address has none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from pyoxigraph import Literal, NamedNode

from . import archive as archives
from .catalogue import Column
from .language import Words
from .passages import Passage, Text
from .table import Table
from .terms import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from .language import Language
    from .table import Cell
    from .terms import Term

_BROKEN = re.compile(r"\s*[\r\n]\s*")  # a quote may run over the end of a line
QUESTION = "evidence/passages"  # the question that gives the passages of excerpts
BETWEEN = " – "  # between what a column of evidence tells and the excerpts that it tells it of
EXCERPTS = "excerpts"  # the column that names the excerpts of a row
EVIDENCE = (
    Column(
        "source",
        "evidence",
        Words("source : texte d'où vient l'extrait", "source: text that the excerpt comes from"),
    ),
    Column("passage", "evidence", Words("passage : mots qui le repèrent", "passage: words that locate it")),
    Column(
        "place",
        "evidence",
        Words("lieu : fichier et ligne du texte archivé", "place: file and line of the archived text"),
    ),
    Column(
        "link",
        "evidence",
        Words("lien : adresse du passage, s'il en a une", "link: address of the passage, if it has one"),
    ),
)


@dataclass(frozen=True, slots=True)
class Citation:
    """One excerpt as a reader meets it."""

    source: str  # the title of the source, else its short name
    passage: str  # first words, … last words
    link: str = ""
    place: str = ""  # file and line in the archived text, where it stands again


def citations(
    rows: Iterable[Mapping[str, Term | None]], archive: Path | None, language: Language
) -> dict[Term, Citation]:
    """Return the citation of each excerpt, by its IRI."""
    texts: dict[tuple[str, str], Text | archives.Unchecked] = {}
    found: dict[Term, Citation] = {}
    for row in rows:
        excerpt = row["excerpt"]
        if excerpt is None or excerpt in found:
            continue
        said = {name: words_of(term) if term is not None else "" for name, term in row.items()}
        key = said["archiveName"], said["textDigest"]
        if archive is not None and key[0] and key not in texts:
            texts[key] = archives.read(archive, *key)
        found[excerpt] = Citation(
            said["sourceLabel"] or said["source"],
            _passage(said["quote"], said["quoteEnd"], language),
            link(said["page"], said["quotePrefix"], said["quote"], said["quoteEnd"]),
            _place(texts.get(key), said, language),
        )
    return found


def _passage(first: str, last: str, language: Language) -> str:
    words = _BROKEN.sub(" ", f"{first} … {last}" if last else first)
    return f"“{words}”" if language == "en" else f"« {words} »"


def link(page: str, prefix: str, first: str, last: str) -> str:
    """Return the address of a passage; nothing when its source has none on the web.

    >>> link("https://e.example/a", "", "les deux, ensemble", "à la fin")
    'https://e.example/a#:~:text=les%20deux%2C%20ensemble,%C3%A0%20la%20fin'
    """
    if urlsplit(page).scheme not in {"http", "https"}:
        return ""
    parts = [f"{_fragment(prefix)}-,"] if prefix else [""]
    parts.append(_fragment(first) + (f",{_fragment(last)}" if last else ""))
    separator = ":~:text=" if "#" in page else "#:~:text="
    return f"{page}{separator}{''.join(parts)}"


def _fragment(words: str) -> str:
    return quote(words, safe="").replace("-", "%2D")


def _place(text: Text | archives.Unchecked | None, said: Mapping[str, str], language: Language) -> str:
    if not isinstance(text, Text):
        return ""
    outcome = text.find(said["quote"], said["quoteEnd"], said["quotePrefix"])
    if not isinstance(outcome, Passage):
        return ""
    again = ", ".join(map(str, outcome.repeats))
    also = f" (also {again})" if language == "en" else f" (aussi {again})"
    return f"{said['archiveName']}:{outcome.first_line}" + (also if again else "")


def cites(column: Column) -> bool:
    """Tell whether the cells of a column are excerpts."""
    return column.kind == "iris" and column.name.casefold().endswith(EXCERPTS)


def cited(table: Table) -> set[NamedNode] | None:
    """Return every excerpt that a table names; None when no column names excerpts."""
    places = [place for place, column in enumerate(table.columns) if cites(column)]
    return {term for row in table.rows for place in places for term in _cited(row[place])} if places else None


def evidenced(table: Table, found: Mapping[Term, Citation], *, placed: bool) -> Table:
    """Return the table with the citations of the excerpts of each row, column by column that names some.

    `placed` adds where the passages stand in the archived texts.
    """
    places = [place for place, column in enumerate(table.columns) if cites(column)]
    parts = [column for column in EVIDENCE if placed or column.name != "place"]
    added = [_added(part, table.columns[place], set(table.names)) for place in places for part in parts]
    rows = tuple(
        (
            *row,
            *(
                _joined([found[term] for term in _cited(row[place]) if term in found], part.name)
                for place in places
                for part in parts
            ),
        )
        for row in table.rows
    )
    return Table((*table.columns, *added), rows)


def _cited(cell: Cell) -> list[NamedNode]:
    return [term for term in cell if isinstance(term, NamedNode)] if isinstance(cell, tuple) else []


def _added(part: Column, of: Column, taken: set[str]) -> Column:
    """Return the column of one part of the citations of another column: `source`, `holderSource`."""
    stem = of.name.removesuffix("Excerpts") if of.name != EXCERPTS else ""
    name = f"{stem}{part.name.capitalize()}" if stem else part.name
    if name in taken:
        name = f"{stem}Excerpt{part.name.capitalize()}" if stem else f"excerpt{part.name.capitalize()}"
    return replace(part, name=name, words=_of(part.words, of.heading) if stem else part.words)


def _of(part: Words, heading: Words) -> Words:
    """Return the words of a part, its heading told apart by that of the column of the excerpts."""
    split = (one.partition(before) for one, before in zip(part, (" : ", ": "), strict=True))
    told = [f"{head}{BETWEEN}{of}{mark}{rest}" for (head, mark, rest), of in zip(split, heading, strict=True)]
    return Words(*told)


def _joined(citations: Sequence[Citation], part: str) -> Literal | None:
    """Return one part of several citations, each on its own line."""
    parts = [getattr(citation, part) for citation in citations]
    if part in {"source", "link"}:
        parts = list(dict.fromkeys(filter(None, parts)))
    return Literal("\n".join(parts)) if any(parts) else None
