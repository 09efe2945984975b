"""What is wrong with a query that does not parse, as its author can mend it.

The engine's own words (« expected OPTIONAL », some characters further on) help little, so the usual mistakes
are looked for first, in the text without its strings, comments and IRIs; the engine's place and reason are
what is left when none is found.

1. A quotation mark that is not closed.
2. A prefix that is not declared, with the line to add when the house table has it.
3. A word that is no keyword, with the keyword that it resembles.
4. A brace or a parenthesis without its other half.
5. A comma between the variables of a SELECT; what the engine says of variables.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from .language import Words, printable
from .location import Location
from .sparql import code, prefixes

if TYPE_CHECKING:
    from collections.abc import Mapping

KEYWORDS = frozenset(
    [
        "a",
        "abs",
        "add",
        "all",
        "as",
        "asc",
        "ask",
        "avg",
        "base",
        "bind",
        "bnode",
        "bound",
        "by",
        "ceil",
        "clear",
        "coalesce",
        "concat",
        "construct",
        "contains",
        "copy",
        "count",
        "create",
        "data",
        "datatype",
        "day",
        "default",
        "delete",
        "desc",
        "describe",
        "distinct",
        "drop",
        "encode_for_uri",
        "exists",
        "false",
        "filter",
        "floor",
        "from",
        "graph",
        "group",
        "group_concat",
        "having",
        "hours",
        "if",
        "in",
        "insert",
        "into",
        "iri",
        "isblank",
        "isiri",
        "isliteral",
        "isnumeric",
        "isuri",
        "lang",
        "langmatches",
        "lateral",
        "lcase",
        "limit",
        "load",
        "max",
        "md5",
        "min",
        "minus",
        "minutes",
        "month",
        "move",
        "named",
        "not",
        "now",
        "offset",
        "optional",
        "order",
        "prefix",
        "rand",
        "reduced",
        "regex",
        "replace",
        "round",
        "sameterm",
        "sample",
        "seconds",
        "select",
        "separator",
        "service",
        "sha1",
        "sha256",
        "sha384",
        "sha512",
        "silent",
        "str",
        "strafter",
        "strbefore",
        "strdt",
        "strends",
        "strlang",
        "strlen",
        "strstarts",
        "struuid",
        "substr",
        "sum",
        "tz",
        "to",
        "true",
        "ucase",
        "undef",
        "union",
        "uri",
        "using",
        "uuid",
        "values",
        "where",
        "with",
        "year",
        "timezone",
        "triple",
        "subject",
        "predicate",
        "object",
        "istriple",
    ]
)
_WORD = re.compile(r"(?<![\w?$:@.-])[A-Za-z_]\w*(?![\w:-])")
_NAME = re.compile(r"(?<![\w?$@])(?P<prefix>[A-Za-z][\w.-]*)?:(?=[\w%\\]|(?=[\s,;)}]))")
_QUOTE = re.compile(r"[\"']")
_COMMA = re.compile(r"\bSELECT\b(?:\s+(?:DISTINCT|REDUCED))?(?:\s*[?$]\w+)+\s*(?P<comma>,)", re.IGNORECASE)
_ENGINE = (
    (
        "SELECT contains a variable that is unbound",
        Words("une variable du SELECT n'est ni groupée ni calculée", "a variable of the SELECT is neither grouped nor computed"),
        Words("l'ajouter au GROUP BY, ou la calculer : (SAMPLE(?x) AS ?y)", "add it to GROUP BY, or compute it: (SAMPLE(?x) AS ?y)"),
    ),
    (
        "SELECT overrides an existing variable",
        Words("le AS d'un SELECT reprend une variable déjà employée", "the AS of a SELECT takes a variable already in use"),
        Words("lui donner un nom nouveau", "give it a new name"),
    ),
    (
        "IRI parsing failed",
        Words("une adresse mal formée", "a malformed address"),
        Words("une adresse entière entre < et >, sans espace", "a whole address between < and >, without a space"),
    ),
)  # fmt: skip
_AROUND = 20  # characters shown on each side of a place
_PAIRS = {")": "(", "}": "{", "]": "["}
_OTHER = {opening: closing for closing, opening in _PAIRS.items()}


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong, where, and what to type."""

    location: Location
    said: Words
    mend: Words | None = None


def found(query: str, file: str, known: Mapping[str, str], engine: Location, reason: str) -> Mistake:
    """Return the mistake of a query; `engine` and `reason` are what the engine says of it.

    >>> found("SELECT * { ?a ae:b 1 }", "q.rq", {"ae": "http://e/"}, Location("q.rq", 1, 19), "").mend.fr
    'ajouter : PREFIX ae: <http://e/>'
    """
    if (mistake := usual(query, file, known, engine, reason)) is not None:
        return mistake
    lines = query.splitlines()
    line = lines[engine.line - 1] if 0 < engine.line <= len(lines) else ""
    near = printable(line[max(engine.column - _AROUND, 0) : engine.column + _AROUND].strip())
    said = Words(
        f"la requête s'arrête d'être lisible près de « {near} »",
        f"the query stops being readable near “{near}”",
    )
    return Mistake(engine, said)


def usual(query: str, file: str, known: Mapping[str, str], engine: Location, reason: str) -> Mistake | None:
    """Return the mistake of a query when it is a usual one."""
    plain = code(query)
    for search in (_unquoted, _undeclared, _no_keyword, _unpaired, _comma):
        if (mistake := search(query, plain, file, known)) is not None:
            return mistake
    for says, said, mend in _ENGINE:
        if says in reason:
            return Mistake(engine, said, mend)
    return None


def at(query: str, offset: int, file: str) -> Location:
    """Return the line and the column of an offset in a query."""
    start = query.rfind("\n", 0, offset) + 1
    return Location(file, query.count("\n", 0, offset) + 1, offset - start + 1)


def _unquoted(query: str, plain: str, file: str, _known: Mapping[str, str]) -> Mistake | None:
    if (mark := _QUOTE.search(plain)) is None:
        return None
    said = Words(f"guillemet {mark[0]} qui n'est pas refermé", f"quotation mark {mark[0]} that is not closed")
    return Mistake(at(query, mark.start(), file), said)


def _undeclared(query: str, plain: str, file: str, known: Mapping[str, str]) -> Mistake | None:
    declared = prefixes(query)
    for name in _NAME.finditer(plain):
        prefix = name["prefix"] or ""
        before = plain[: name.start()].rstrip().rpartition("\n")[2]
        if prefix in declared or prefix == "_" or re.search(r"\bPREFIX\s*$", before, re.IGNORECASE):
            continue
        said = Words(f"préfixe « {prefix}: » non déclaré", f"prefix “{prefix}:” not declared")
        mend = None
        if prefix in known:
            line = f"PREFIX {prefix}: <{known[prefix]}>"
            mend = Words(f"ajouter : {line}", f"add: {line}")
        elif close := get_close_matches(prefix, [*declared, *known], n=3):
            offers = ", ".join(close)
            mend = Words(f"préfixes proches : {offers}", f"close prefixes: {offers}")
        return Mistake(at(query, name.start(), file), said, mend)
    return None


def _no_keyword(query: str, plain: str, file: str, _known: Mapping[str, str]) -> Mistake | None:
    for word in _WORD.finditer(plain):
        if word[0].casefold() not in KEYWORDS:
            close = [one.upper() for one in get_close_matches(word[0].casefold(), KEYWORDS, n=2)]
            shown = printable(word[0])
            said = Words(f"« {shown} » n'est pas un mot de SPARQL", f"“{shown}” is not a word of SPARQL")
            offers = ", ".join(close)
            mend = Words(f"peut-être : {offers}", f"perhaps: {offers}") if close else None
            return Mistake(at(query, word.start(), file), said, mend)
    return None


def _unpaired(query: str, plain: str, file: str, _known: Mapping[str, str]) -> Mistake | None:
    open_: list[int] = []
    for offset, letter in enumerate(plain):
        if letter in _OTHER:
            open_.append(offset)
        elif letter in _PAIRS:
            if not open_ or plain[open_[-1]] != _PAIRS[letter]:
                said = Words(
                    f"« {letter} » sans « {_PAIRS[letter]} » avant",
                    f"“{letter}” without “{_PAIRS[letter]}” before",
                )
                return Mistake(at(query, offset, file), said)
            open_.pop()
    if open_:
        letter = plain[open_[-1]]
        said = Words(
            f"« {letter} » sans « {_OTHER[letter]} » après", f"“{letter}” without “{_OTHER[letter]}” after"
        )
        return Mistake(at(query, open_[-1], file), said)
    return None


def _comma(query: str, plain: str, file: str, _known: Mapping[str, str]) -> Mistake | None:
    if (wrong := _COMMA.search(plain)) is None:
        return None
    said = Words("une virgule entre les variables du SELECT", "a comma between the variables of the SELECT")
    mend = Words("des espaces : SELECT ?a ?b", "spaces: SELECT ?a ?b")
    return Mistake(at(query, wrong.start("comma"), file), said, mend)
