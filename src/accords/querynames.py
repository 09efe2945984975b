"""The names in the text of a query: in its code, and in the header lines that name a kind or a default.

`names` gives each with what it stands for; comments and strings hold none. In a header, the kind of a
parameter has the house prefixes, its default those of the query.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import turtle
from .sparql import IGNORED, is_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_KEYWORD = re.compile(r"\b(?P<word>PREFIX|BASE)\s*\Z", re.IGNORECASE)
_PARAMETER = re.compile(
    r"^#\+[ \t]*parameter[ \t]*:[ \t]*\w+ \((?P<kind>[\w:-]+), (?P<default>.+?)\) = ", re.MULTILINE
)


def names(query: str, house: Mapping[str, str]) -> Iterator[turtle.Name]:
    """Yield every name of a query, in the order of their places, headers first.

    >>> text = "PREFIX e: <http://e/> SELECT * { ?x e:p <http://e/q> } # e:r"
    >>> [(name.token.text, name.node.value) for name in names(text, {})]
    [('e:p', 'http://e/p'), ('<http://e/q>', 'http://e/q')]
    """
    prefixes = dict(_declared(query))
    for found in _PARAMETER.finditer(query):
        yield from _of_code(query[: found.end("kind")], found.start("kind"), house)
        yield from _of_code(query[: found.end("default")], found.start("default"), prefixes)
    yield from _of_code(query, 0, {})


def _declared(query: str) -> Iterator[tuple[str, str]]:
    """Yield the prefixes of a query."""
    waiting = ""
    for kind, text, _ in _words(query, 0):
        if kind == "prefix":
            waiting = text
        elif kind == "namespace":
            yield waiting, text[1:-1]


def _of_code(query: str, start: int, given: Mapping[str, str]) -> Iterator[turtle.Name]:
    prefixes, base, waiting = dict(given), "", ""
    for kind, text, place in _words(query, start):
        match kind:
            case "prefix":
                waiting = text
            case "namespace":
                prefixes = {**prefixes, waiting: text[1:-1]}
            case "base":
                base = text[1:-1]
            case "name":
                token = turtle.Token("iri" if text.startswith("<") else "name", text, place)
                if (node := turtle.meant(token, prefixes, base)) is not None:
                    yield turtle.Name(token, node, 0, prefixes, base)


def _words(query: str, start: int) -> Iterator[tuple[str, str, int]]:
    """Yield what declares a prefix or a base, and every name, with its place."""
    expected, behind = "", start
    for found in IGNORED.finditer(query, start):
        text = found.group()
        keyword = _KEYWORD.search(query, behind, found.start())
        behind = found.end()
        if text.startswith("<"):
            declares = expected or ("base" if keyword and keyword["word"].upper() == "BASE" else "")
            yield declares or "name", text, found.start()
            expected = ""
        elif is_name(text) and not text.startswith("_:"):
            if keyword and keyword["word"].upper() == "PREFIX" and text.endswith(":"):
                yield "prefix", text[:-1], found.start()
                expected = "namespace"
            else:
                yield "name", text, found.start()
