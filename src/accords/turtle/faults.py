"""Why a token is not what is expected at its place: in the words of pyoxigraph's reasons, and in ours.

Ours tell a slip of the hand: the mark that is missing behind a value, or wanted in the place of another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .spelling import Problem

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from .tokens import Token

_EXPECTED = {
    "subject": "is not a valid subject or graph name",
    "verb": "is not a valid predicate",
    "more": "is not a valid predicate",
    "loose": "is not a valid predicate",
    "first": "is not a valid predicate",
}
NO_DOT = "A dot is expected at the end of statements"
NO_BRACKET = "blank node property lists should end with a ']'"
NO_DATATYPE = "Expecting a datatype IRI after ^^, found TOKEN"
NO_PREFIX = "The PREFIX keyword should be followed by a prefix like 'ex:'"
NO_NAMESPACE = "The PREFIX declaration should be followed by a prefix and its value as an IRI"
NO_BASE = "The BASE keyword should be followed by an IRI"
END = "Unexpected end"
_PUNCTUATION = frozenset("{}|~!=>^?")  # of other languages
_END_OF_LINE = "Unexpected end of file"


TO_FILL = "A field is left to fill in"
_MISSING_AT = "'@' is missing in front of a language"


def lacking(start: int, end: int, mark: str) -> Problem:
    """Return the problem of a value behind which a mark is missing."""
    return Problem(start, end, f"'{mark}' is missing behind")


def instead(token: Token, mark: str) -> Problem:
    """Return the problem of a mark in whose place another is meant."""
    return Problem(token.start, token.end, f"'{mark}' is wanted in the place of '{token.text}'")


def without_at(text: Token, language: Token) -> Problem:
    """Return the problem of a string with a language behind it, the @ forgotten."""
    right = f"{text.text}@{language.text}"
    return Problem(text.start, language.end, f"{_MISSING_AT}: {right}")


def to_fill(start: int, end: int, verb: NamedNode | None) -> Problem:
    """Return the problem of a place of a template that nobody has filled."""
    return Problem(start, end, TO_FILL if verb is None else f"{TO_FILL}: {verb.value}")


def misplaced(token: Token, expected: str) -> Problem:
    """Return the problem of a token where something else is expected."""
    return at(token, f"{token.text} {_EXPECTED.get(expected, 'is not a valid RDF object')}")


def at(token: Token, reason: str) -> Problem:
    """Return the problem of a token that should not follow what stands in front of it."""
    if token.kind == "wrong" and token.text[0] not in _PUNCTUATION and token.text[:2] != "<<":
        return Problem(token.start, token.end, _of_wrong(token.text))
    return Problem(token.start, token.end, END if token.kind == "end" else reason)


def _of_wrong(text: str) -> str:
    """Return the reason of a token that is none."""
    match text[0]:
        case '"' | "'":
            return _END_OF_LINE
        case "<" if len(text) > 1:
            return _END_OF_LINE
        case "@":
            return "A language code should always start with a letter"
        case "_" if text == "_:":
            return "A blank node ID cannot be empty"
        case "%":
            return "escapes in IRIs should be % followed by two hexadecimal characters"
        case "\\":
            return "The character that are allowed to be escaped in IRIs are _~.-!$&'()*+,;=/?#@%"
        case "." | "+" | "-" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9":
            return "A double exponent cannot be empty" if len(text) > 1 else "An integer should not be empty"
    if text.endswith(":"):
        return f"'{text[:-1]}' is not a valid prefix: prefixes are not allowed to end with '.'"
    return f"'{text[0]}' is not allowed at the beginning of a prefix name"
