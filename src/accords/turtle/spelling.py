"""From the spelling of a term to the term, prefixes and base in force.

pyoxigraph judges each address, name and language; what it refuses comes back as a `Problem` whose reason is
its own. Strings and numbers keep their value as it reads them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from accords.vocab import LANG_STRING, RDF, XSD

if TYPE_CHECKING:
    from .tokens import Token

HALF = "Half of a character is not a valid unicode character"
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED_IN_NAME = re.compile(r"\\(.)", re.DOTALL)
_CONTROL = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_REASON = re.compile(r"^Parser error [^:]*: ")  # what the parser says in front of a reason: line and columns
_LAST_CODE, _HALVES = 0x10FFFF, range(0xD800, 0xE000)
_OTHER_STRINGS = {LANG_STRING: "language tag", NamedNode(RDF + "dirLangString"): "base direction"}


class Problem(NamedTuple):
    """An error of a text: offsets of what is at fault, and the reason in the words of pyoxigraph."""

    start: int
    end: int
    reason: str


class Refused(Exception):
    """A spelling that is no term."""

    def __init__(self, start: int, end: int, reason: str) -> None:
        """Keep the problem."""
        super().__init__(reason)
        self.problem = Problem(start, end, reason)


@dataclass(slots=True)
class Speller:
    """Turns tokens into nodes; remembers prefixes, base, and the names already met."""

    base: str
    prefixes: dict[str, str] = field(default_factory=dict)
    known: dict[str, NamedNode] = field(default_factory=dict)

    def declare(self, prefix: str, namespace: NamedNode) -> None:
        """Bind a prefix from here on."""
        self.prefixes[prefix] = namespace.value
        self.known = {}

    def rebase(self, base: NamedNode) -> None:
        """Set the base from here on."""
        self.base = base.value
        self.known = {}

    def node(self, token: Token) -> NamedNode:
        """Return the node of an address or of a name with a prefix. Raises Refused."""
        if (node := self.known.get(token.text)) is None:
            node = self._iri(token) if token.kind == "iri" else self._name(token)
            self.known[token.text] = node
        return node

    def _iri(self, token: Token) -> NamedNode:
        if "\\" in token.text or self.base:
            return _asked(token, token.text, self.base)
        try:
            return NamedNode(token.text[1:-1])
        except ValueError as problem:
            raise Refused(token.start, token.end, _said(problem)) from None

    def _name(self, token: Token) -> NamedNode:
        prefix, _, local = token.text.partition(":")
        if prefix not in self.prefixes:
            raise Refused(token.start, token.end, f"The prefix {prefix}: has not been declared")
        namespace = self.prefixes[prefix]
        try:
            return NamedNode(namespace + (_ESCAPED_IN_NAME.sub(r"\1", local) if "\\" in local else local))
        except ValueError:  # the parser lets some names pass that make no valid address
            return _asked(token, f"@prefix {prefix}: <{namespace}> . {token.text}", "")


def _asked(token: Token, written: str, base: str) -> NamedNode:
    """Return the node that pyoxigraph reads where a statement begins like this. Raises Refused."""
    try:
        rows = parse(f"{written} <a:a> <a:a> .", format=RdfFormat.TURTLE, base_iri=base or None)
        node: NamedNode = next(rows).subject
    except (SyntaxError, ValueError) as problem:
        raise Refused(token.start, token.end, _said(problem)) from None
    return node


def _said(problem: Exception) -> str:
    if isinstance(problem, UnicodeEncodeError):
        return HALF
    return _REASON.sub("", problem.msg if isinstance(problem, SyntaxError) else str(problem))


def quoted(token: Token) -> str:
    """Return the value of a string. Raises Refused at the first escape that is none."""
    marks = 3 if token.kind == "long" else 1
    text = token.text[marks:-marks]
    if "\\" not in text:
        return text
    for escape in _ESCAPE.finditer(text):
        if (reason := _fault(escape)) is not None:
            start = token.start + marks + escape.start()
            raise Refused(start, start + len(escape.group()), reason)
    return _ESCAPE.sub(lambda found: _CONTROL[found[3]] if found[3] else chr(_code(found)), text)


def _code(escape: re.Match[str]) -> int:
    return int(escape[1] or escape[2], 16)


def _fault(escape: re.Match[str]) -> str | None:
    shown = escape.group()
    if escape[3]:
        return None if escape[3] in _CONTROL else f"Unexpected escape character '{shown}'"
    code = _code(escape)
    if code > _LAST_CODE or code in _HALVES:
        return f"The escape sequence '{shown}' is encoding {code:X} that is not a valid unicode character"
    return None


def tagged(text: str, tag: Token) -> Literal:
    """Return a text in a language. Raises Refused."""
    try:
        return Literal(text, language=tag.text[1:].lower())
    except ValueError as problem:
        raise Refused(tag.start + 1, tag.end, _said(problem)) from None


def typed(text: str, datatype: NamedNode, token: Token) -> Literal:
    """Return a text with the datatype that a token writes. Raises Refused."""
    if (without := _OTHER_STRINGS.get(datatype)) is not None:
        name = datatype.value.removeprefix(RDF)
        reason = f"The datatype of a literal without a {without} must not be rdf:{name}"
        raise Refused(token.start, token.end, reason)
    return Literal(text, datatype=datatype)


_DOUBLE, _DECIMAL, _INTEGER = (NamedNode(XSD + name) for name in ("double", "decimal", "integer"))
TRUTHS = {word: Literal(word, datatype=NamedNode(XSD + "boolean")) for word in ("true", "false")}


def number(digits: str) -> Literal:
    """Return a number as it is written.

    >>> number("1.e5").datatype.value.rpartition("#")[2], number("007").value
    ('double', '007')
    """
    if "e" in digits or "E" in digits:
        return Literal(digits, datatype=_DOUBLE)
    return Literal(digits, datatype=_DECIMAL if "." in digits else _INTEGER)
