"""The text of SPARQL queries: what fetches something, where parameters stand, how terms take their place.

Nothing here parses or runs a query. `code` blanks what is not code (comments, strings, IRIs), character
for character, so that an offset in one is an offset in the other.

A parameter of a question is a line `VALUES ?name { … }`; `bound` replaces what stands between the braces
by terms, never by text (SPARQL 1.1 Query, 10.2).
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .terms import Term

UNDEF = "UNDEF"  # any value
IGNORED = re.compile(  # what a keyword cannot stand in: IRIs, strings, comments, variables, names, languages
    r"""<[^\x00-\x20<>"{}|^`\\]*>|\"\"\"(?:[^"\\]|\\.|"{1,2}(?!"))*\"\"\"|\'{3}(?:[^'\\]|\\.|'{1,2}(?!'))*\'{3}"""
    r"""|"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*'|\#[^\r\n]*|[?$]\w+|@[A-Za-z][\w-]*"""
    r"""|(?:\w(?:[\w.-]*[\w-])?)?:(?:[\w:%-]|\\.|\.(?=[\w:%\\-]))*""",
    re.DOTALL,
)
_FETCHING = re.compile(r"(SERVICE|FROM|LOAD|USING)", re.IGNORECASE)
_GLUED = re.compile(  # Oxigraph needs no space: SERVICEe:x { … }, SELECT * FROMe:x WHERE { … }
    r"(SERVICE|FROM|LOAD|USING)[\w.-]*:(?:[\w:%.-]|\\.)*\s*(?=\{|WHERE|FROM)", re.IGNORECASE
)
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_QUOTED = ("<", '"', "'", "#")
_SLOT = re.compile(r"\bVALUES\s+[?$](?P<name>\w+)\s*\{(?P<inside>[^{}]*)\}", re.IGNORECASE)
_FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE|INSERT|DELETE|LOAD|CLEAR|DROP|CREATE)\b", re.IGNORECASE)
_PREFIX = re.compile(r"\bPREFIX\s+(?P<prefix>[\w.-]*):\s*<(?P<namespace>[^<>\s]*)>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Slot:
    """Where the values of a parameter stand in a query, and its line."""

    name: str
    start: int
    end: int
    line: int
    inside: str  # as written, spaces at the ends dropped


def slots(query: str) -> tuple[Slot, ...]:
    """Return the `VALUES ?name { … }` of a query, in order.

    >>> slots('SELECT * { VALUES ?day { "2024-01-01" } # VALUES ?x { 1 }')[0].inside
    '"2024-01-01"'
    """
    return tuple(
        Slot(
            found["name"],
            found.start("inside"),
            found.end("inside"),
            query.count("\n", 0, found.start()) + 1,
            query[found.start("inside") : found.end("inside")].strip(),
        )
        for found in _SLOT.finditer(code(query))
    )


def bound(query: str, values: Mapping[str, Sequence[Term]]) -> str:
    """Return the query with the terms of each parameter in place of what its braces hold.

    No term means any: `UNDEF`. Raises KeyError for a parameter that the query has no line for.

    >>> from pyoxigraph import Literal
    >>> bound("SELECT * { VALUES ?n { 1 2 } }", {"n": [Literal("a } b")]})
    'SELECT * { VALUES ?n { "a } b" } }'
    """
    places = {slot.name: slot for slot in slots(query)}
    text = query
    for name in sorted(values, key=lambda name: -places[name].start):
        place = places[name]
        terms = " ".join(str(term) for term in values[name]) or UNDEF
        text = f"{text[: place.start]} {terms} {text[place.end :]}"
    return text


def code(query: str) -> str:
    """Return the query with comments, strings and IRIs blanked, each character in its place."""
    return IGNORED.sub(_blanked, query)


def _blanked(found: re.Match[str]) -> str:
    text = found.group()
    return re.sub(r"[^\r\n]", " ", text) if text.startswith(_QUOTED) else text


def form(query: str) -> str | None:
    """Return the first word that says what a query does (SELECT, ASK, INSERT …), in capitals.

    >>> form("PREFIX select: <http://e/> ask { ?select ?b ?c }")
    'ASK'
    """
    found = _FORM.search(IGNORED.sub(" ", query))
    return found[1].upper() if found else None


def prefixes(query: str) -> dict[str, str]:
    """Return the prefixes that a query declares.

    >>> prefixes("PREFIX ex: <http://example.org/> ASK {}")
    {'ex': 'http://example.org/'}
    """
    return {found["prefix"]: found["namespace"] for found in _PREFIX.finditer(query)}


def fetches(query: str) -> str | None:
    r"""Return the keyword by which a query would fetch something, or None.

    Words in IRIs, strings, comments and names pass. Escapes (`\u0053ERVICE`) are undone by some engines
    before they read and by others inside strings only, so both readings are looked at.

    >>> fetches("SELECT ?x WHERE { service<http://x/> { ?x ?y ?z } }")
    'SERVICE'
    >>> fetches("SELECT ?service WHERE { ?service <http://x/from> 'LOAD' } # SERVICE")
    """
    for text in dict.fromkeys((query, _ESCAPED.sub(_unescaped, query))):
        if not _FETCHING.search(text):
            continue
        named = IGNORED.sub(lambda found: found.group() if is_name(found.group()) else " ", text)
        if found := _FETCHING.search(IGNORED.sub(" ", text)) or _GLUED.search(named):
            return found[1].upper()
    return None


def is_name(text: str) -> bool:
    """Tell whether what `IGNORED` found is a prefixed name."""
    return not text.startswith((*_QUOTED, "?", "$", "@"))


def _unescaped(found: re.Match[str]) -> str:
    code_point = int(found[1] or found[2], 16)
    return chr(code_point) if code_point <= sys.maxunicode else " "
