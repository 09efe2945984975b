"""Where a name that has gone still stands in words: comments, texts, guides. Nothing there is ever edited.

Takes the files as they will be; gives each line of a comment or of a text that names what has gone, by its
short name or its address, and which of them are queries inside rules.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from . import turtle
from .sparql import IGNORED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from pyoxigraph import NamedNode

    from .project import Project
    from .terms import Prefixes

_GUIDES = frozenset({".md", ".py", ".csv", ".txt"})
_LARGEST = 5_000_000  # bytes of a guide that is looked at
_QUERY = re.compile(r"\b(?:SELECT|ASK|CONSTRUCT)\b.*\bWHERE\b|\bASK\b\s*\{", re.DOTALL)


class Mention(NamedTuple):
    """A line that still names something that has gone; in a rule, it is a query that no longer finds it."""

    file: str
    line: int
    rule: bool = False


def mentions(
    texts: Mapping[str, str], names: Collection[NamedNode], prefixes: Prefixes
) -> tuple[Mention, ...]:
    """Return where words name something; `texts` holds each file by its printed name."""
    if not names:
        return ()
    wanted = _wanted(names, prefixes)
    found = {
        mention for file, text in texts.items() if wanted.search(text) for mention in _in(file, text, wanted)
    }
    return tuple(sorted(found))


def guides(project: Project) -> dict[str, str]:
    """Return the texts beside the content: guides, scripts, tables."""
    found: dict[str, str] = {}
    for folder in (project.data, project.ontology, project.shapes, project.queries):
        for path in sorted(folder.rglob("*")):
            if path.suffix in _GUIDES and not path.name.startswith("."):
                found[project.name_of(path)] = _text(path)
    return found


def _text(path: Path) -> str:
    try:
        small = path.is_file() and path.stat().st_size <= _LARGEST
        return path.read_text(encoding="utf-8", errors="replace") if small else ""
    except OSError:
        return ""


def _wanted(names: Collection[NamedNode], prefixes: Prefixes) -> re.Pattern[str]:
    """Return what finds the names, and none that goes on from them."""
    addresses = "|".join(re.escape(iri) for iri in sorted({name.value for name in names}))
    short = "|".join(re.escape(prefixes.shorten(name.value)) for name in sorted(names, key=str))
    return re.compile(rf"(?:{addresses})(?![\w/-]|\.\w)|(?<![\w:.-])(?:{short})(?![\w-]|[.:]\w)")


def _in(file: str, text: str, wanted: re.Pattern[str]) -> Iterator[Mention]:
    lines = turtle.Lines(text)
    for start, words, rule in _words(file, text):
        for found in wanted.finditer(words):
            yield Mention(file, lines.at(start + found.start())[0], rule)


def _words(file: str, text: str) -> Iterator[tuple[int, str, bool]]:
    """Yield what is said and not meant as a name, with its place; the third tells a query inside a rule."""
    if file.endswith(".ttl"):
        for token in turtle.tokens(text):
            if token.kind in {"comment", "short", "long"}:
                yield token.start, token.text, token.kind != "comment" and bool(_QUERY.search(token.text))
    elif file.endswith(".rq"):
        for found in IGNORED.finditer(text):
            if found.group().startswith(("#", '"', "'")):
                yield found.start(), found.group(), False
    else:
        yield 0, text, False
