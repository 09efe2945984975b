"""When two things written apart are the same: blank nodes by what they hold, literals by their value.

Goes in: triples, or two literals. Comes out: triples that can be compared as a set, or how two literals agree.

A blank node has no name that lasts, so it is named after what it says: the digest of its properties and
values, those of the blank nodes that it leads to included. Two that say the same are one.

1. Nodes that lead to no unnamed blank node are named, again and again: lists and trees from their leaves.
2. What is left turns in circles: it is named by what can be seen in a fixed number of steps, which tells apart
   all but contrived cases.
"""

from __future__ import annotations

import hashlib
import math
import unicodedata
from collections import defaultdict
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING
from typing import Literal as OneOf

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from .literals import months_and_seconds, well_typed
from .vocab import LANG_STRING, STRING, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .terms import Term

Likeness = OneOf["", "letters", "value"]

_STEPS = 16  # seen from a blank node that turns in circles
_LONGEST = 1000  # characters of a number whose value is worked out
_DECIMALS = frozenset(
    XSD + name
    for name in (
        "decimal", "integer", "long", "int", "short", "byte", "nonNegativeInteger", "positiveInteger",
        "nonPositiveInteger", "negativeInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
    )
)  # fmt: skip
_FLOATS = frozenset({XSD + "double", XSD + "float"})
_DURATIONS = frozenset({XSD + "duration", XSD + "yearMonthDuration", XSD + "dayTimeDuration"})
_MARKS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})

_Held = dict["Term", list[tuple[NamedNode, "Term"]]]


def by_content(triples: Iterable[Triple]) -> frozenset[Triple]:
    """Return triples as a set in which each blank node is named after what it says."""
    kept = frozenset(triples)
    held: _Held = defaultdict(list)
    for triple in kept:
        if isinstance(triple.subject, BlankNode):
            held[triple.subject].append((triple.predicate, triple.object))
        if isinstance(triple.object, BlankNode):
            held.setdefault(triple.object, [])
    if not held:
        return kept
    names = _named(held)
    blank = {triple for triple in kept if triple.subject in names or triple.object in names}
    return (kept - blank) | {
        Triple(
            names.get(triple.subject, triple.subject),  # type: ignore[arg-type]  # a name is a node too
            triple.predicate,
            names.get(triple.object, triple.object),
        )
        for triple in blank
    }


def _named(held: _Held) -> dict[Term, Term]:
    names: dict[Term, Term] = {}
    waiting = {node: {value for _, value in rows if value in held} for node, rows in held.items()}
    leading: dict[Term, list[Term]] = defaultdict(list)
    for node, awaited in waiting.items():
        for value in awaited:
            leading[value].append(node)
    ready = [node for node, awaited in waiting.items() if not awaited]
    while ready:
        node = ready.pop()
        names[node] = _name(held[node], names)
        for other in leading[node]:
            waiting[other].discard(node)
            if not waiting[other]:
                ready.append(other)
    circling = [node for node in held if node not in names]
    seen: dict[Term, Term] = dict.fromkeys(circling, BlankNode("seen"))
    for _ in range(_STEPS if circling else 0):
        seen = {node: _name(held[node], {**names, **seen}) for node in circling}
    return {**names, **seen}


def _name(rows: Iterable[tuple[NamedNode, Term]], names: Mapping[Term, Term]) -> BlankNode:
    said = sorted({f"{predicate} {names.get(value, value)}" for predicate, value in rows})
    return BlankNode("h" + hashlib.sha256("\n".join(said).encode()).hexdigest()[:32])


def likeness(one: Term, other: Term) -> Likeness:
    """Return how two different literals agree: the same value, the same letters but for spaces and marks, or not.

    >>> likeness(Literal("017", datatype=NamedNode(XSD + "integer")), Literal(17))
    'value'
    >>> likeness(Literal("l’accord", language="fr"), Literal("l'accord ", language="fr"))
    'letters'
    >>> likeness(Literal("2023", datatype=NamedNode(XSD + "gYear")), Literal("2024"))
    ''
    """
    if not isinstance(one, Literal) or not isinstance(other, Literal):
        return ""
    value = _value(one)
    if value is not None and value == _value(other):
        return "value"
    return "letters" if _letters(one) is not None and _letters(one) == _letters(other) else ""


def _value(literal: Literal) -> tuple[str, object] | None:
    """Return the value of a literal with its value space; None for text and for what is ill-typed."""
    kind, text = literal.datatype.value, literal.value
    if len(text) > _LONGEST or not well_typed(text, kind):
        return None
    if kind in _DECIMALS:
        return _decimal(text)
    if kind in _FLOATS:
        number = float(text.replace("INF", "inf"))
        return None if math.isnan(number) else (kind, number)
    if kind == XSD + "boolean":
        return kind, text in {"true", "1"}
    return (XSD + "duration", months_and_seconds(text)) if kind in _DURATIONS else None


def _decimal(text: str) -> tuple[str, object] | None:
    try:
        return XSD + "decimal", Decimal(text)
    except InvalidOperation:
        return None


def _letters(literal: Literal) -> tuple[str, str] | None:
    if literal.datatype not in {STRING, LANG_STRING}:
        return None
    text = unicodedata.normalize("NFKC", literal.value).translate(_MARKS)
    return (literal.language or "").casefold(), " ".join(text.split())
