"""From the excerpts that a row names to what a reader can follow: source, passage, place, link.

Takes the rows of the project's own question about passages, and the archive when there is one; gives
`Citation`, one an excerpt. The link is the web address of the source with a text fragment (W3C community
draft « URL Fragment Text Directives ») that leads to the passage; a source without an address has none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from . import archive as archives
from .passages import Passage, Text
from .terms import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from .language import Language
    from .terms import Term

_BROKEN = re.compile(r"\s*[\r\n]\s*")  # a quote may run over the end of a line
QUESTION = "evidence/passages"  # the question that gives the passages of excerpts


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
            _link(said["page"], said["quotePrefix"], said["quote"], said["quoteEnd"]),
            _place(texts.get(key), said, language),
        )
    return found


def _passage(first: str, last: str, language: Language) -> str:
    words = _BROKEN.sub(" ", f"{first} … {last}" if last else first)
    return f"“{words}”" if language == "en" else f"« {words} »"


def _link(page: str, prefix: str, first: str, last: str) -> str:
    """Return the address of a passage.

    >>> _link("https://e.example/a", "", "les deux, ensemble", "à la fin")
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
