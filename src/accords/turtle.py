r"""Positions in Turtle 1.1: where each triple of a file is written.

Takes the text of a file that parses; gives the line and column of each subject, predicate and
object. pyoxigraph decides what is valid and what the terms are; this module only says where.

1. One regular expression cuts the text into tokens (grammar of Turtle 1.1, section 6.5).
2. A recursive descent over the tokens follows the grammar's statements, with prefixes and base.
3. Each triple met is noted with the offsets of its three tokens; offsets become lines and columns
   at the end, whatever the line ends (LF, CRLF or CR).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from pyoxigraph import BlankNode, Literal, NamedNode

from .vocab import FIRST, NIL, REST, TYPE, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .terms import Term

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME = _BASE + "_0-9\u00b7\u0300-\u036f\u203f-\u2040-"
_PLX = r"%[0-9A-Fa-f]{2}|\\[-_~.!$&'()*+,;=/?#@%]"
# Possessive repeats (++, *+) keep nothing to come back to: a text of many megabytes costs no memory.
_IRI = r"""<(?:[^\x00-\x20<>"{}|^`\\]++|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>"""
_LONG = (
    r"""\"\"\"(?:[^"\\]++|\\.|"{1,2}(?!"))*+\"\"\""""
    r"""|'{3}(?:[^'\\]++|\\.|'{1,2}(?!'))*+'{3}"""
)
_SHORT = r""""(?:[^"\\\r\n]++|\\.)*+\"|'(?:[^'\\\r\n]++|\\.)*+'"""
_TOKEN = re.compile(
    rf"""
    (?P<space>[ \t\r\n]+|\#[^\r\n]*)
  | (?P<iri>{_IRI})
  | (?P<long>{_LONG})
  | (?P<short>{_SHORT})
  | (?P<blank>_:[{_BASE}_0-9](?:[{_NAME}.]*[{_NAME}])?)
  | (?P<name>(?:[{_BASE}](?:[{_NAME}.]*[{_NAME}])?)?:
      (?:(?:[{_BASE}_:0-9]|{_PLX})(?:(?:[{_NAME}.:]|{_PLX})*(?:[{_NAME}:]|{_PLX}))?)?)
  | (?P<number>[+-]?(?:[0-9]+\.[0-9]*[eE][+-]?[0-9]+|\.?[0-9]+[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+))
  | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<word>[A-Za-z]+)
  | (?P<mark>\^\^|[.;,\[\]()])
    """,
    re.VERBOSE | re.DOTALL,
)
_PIECE = re.compile(  # of any text, Turtle or not; never goes over the same characters twice
    rf"""[ \t\r\n]++|\#[^\r\n]*+|{_IRI}|{_LONG}|{_SHORT}|\^\^|[^\s<>"'\#\[\](){{}};,.^]++"""
    r"""(?:\.++[^\s<>"'\#\[\](){};,.^]++)*+|.""",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_CONTROL = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_LINE_END = re.compile(r"\r\n|\n|\r")


class Token(NamedTuple):
    """A piece of Turtle: its kind, its text, its offset in characters."""

    kind: str
    text: str
    start: int


class Triple(NamedTuple):
    """A triple, with the offsets of its subject, predicate and object."""

    subject: Term
    predicate: Term
    object: Term
    at: tuple[int, int, int]


class Unreadable(ValueError):
    """The text is not the Turtle that this module can follow; the offset says where it stopped."""

    def __init__(self, offset: int) -> None:
        """Keep the offset."""
        super().__init__(f"offset {offset}")
        self.offset = offset


def tokens(text: str) -> Iterator[Token]:
    """Yield every token but white space and comments.

    Raises Unreadable where no token begins.
    """
    offset = 0
    while offset < len(text):
        found = _TOKEN.match(text, offset)
        if found is None:
            raise Unreadable(offset)
        if found.lastgroup != "space":
            yield Token(found.lastgroup or "", found.group(), offset)
        offset = found.end()


def pieces(text: str, start: int = 0) -> Iterator[tuple[int, str]]:
    """Yield each piece of a text with its offset, white space and comments left out.

    Unlike `tokens` this goes on whatever it meets: a quotation mark that nothing closes is a piece.

    >>> [piece for _, piece in pieces('e:a "b c" "d')]
    ['e:a', '"b c"', '"', 'd']
    """
    for found in _PIECE.finditer(text, start):
        piece = found.group()
        if not piece.startswith((" ", "\t", "\r", "\n", "#")):
            yield found.start(), piece


def triples(text: str, base: str = "") -> list[Triple]:
    """Return the triples of a text in the order in which they are written.

    Blank nodes keep their labels; those without one are numbered. Raises Unreadable.
    """
    reader = _Reader([*tokens(text.removeprefix("\ufeff")), Token("end", "", len(text))], base)
    shift = len(text) - len(text.removeprefix("\ufeff"))
    found = reader.document()
    if shift:
        return [row._replace(at=(row.at[0] + 1, row.at[1] + 1, row.at[2] + 1)) for row in found]
    return found


@dataclass(slots=True)
class _Reader:
    """The recursive descent; one method for each rule of the grammar that makes triples."""

    queue: list[Token]
    base: str
    at: int = 0
    blanks: int = 0
    prefixes: dict[str, str] = field(default_factory=dict)
    found: list[Triple] = field(default_factory=list)

    def document(self) -> list[Triple]:
        while self.queue[self.at].kind != "end":
            self.statement()
        return self.found

    def next(self) -> Token:
        token = self.queue[self.at]
        self.at += 1
        return token

    def peek(self, mark: str) -> bool:
        token = self.queue[self.at]
        return token.kind == "mark" and token.text == mark

    def expect(self, mark: str) -> Token:
        token = self.next()
        if token.kind != "mark" or token.text != mark:
            raise Unreadable(token.start)
        return token

    def statement(self) -> None:
        token = self.queue[self.at]
        directive = token.text.lower().removeprefix("@")
        if token.kind in {"tag", "word"} and directive in {"prefix", "base"}:
            self.next()
            self.directive(directive)
            if token.kind == "tag":
                self.expect(".")
            return
        bracketed = self.peek("[")
        subject, start = self.node()
        if not (bracketed and self.peek(".")):
            self.properties(subject, start)
        self.expect(".")

    def directive(self, kind: str) -> None:
        if kind == "prefix":
            name = self.next()
            if name.kind != "name" or not name.text.endswith(":"):
                raise Unreadable(name.start)
            self.prefixes[name.text[:-1]] = self.iri(self.next())
        else:
            self.base = self.iri(self.next())

    def properties(self, subject: Term, start: int) -> None:
        while True:
            verb = self.next()
            predicate = TYPE if verb.kind == "word" and verb.text == "a" else NamedNode(self.iri(verb))
            listed = True
            while listed:
                value, end = self.node()
                self.found.append(Triple(subject, predicate, value, (start, verb.start, end)))
                if listed := self.peek(","):
                    self.next()
            while self.peek(";"):
                self.next()
            if self.peek(".") or self.peek("]"):
                return

    def node(self) -> tuple[Term, int]:
        token = self.next()
        match token.kind, token.text:
            case (("iri" | "name"), _):
                return NamedNode(self.iri(token)), token.start
            case "blank", label:
                return BlankNode(label[2:]), token.start
            case "mark", "[":
                return self.bracketed(token), token.start
            case "mark", "(":
                return self.collection(token), token.start
            case (("long" | "short"), _):
                return self.literal(token), token.start
            case "number", digits:
                return Literal(digits, datatype=NamedNode(XSD + _number(digits))), token.start
            case "word", ("true" | "false") as truth:
                return Literal(truth, datatype=NamedNode(XSD + "boolean")), token.start
            case _:
                raise Unreadable(token.start)

    def fresh(self) -> BlankNode:
        self.blanks += 1
        return BlankNode(f"turtle-{self.blanks}")

    def bracketed(self, token: Token) -> Term:
        node = self.fresh()
        if not self.peek("]"):
            self.properties(node, token.start)
        self.expect("]")
        return node

    def collection(self, token: Token) -> Term:
        head: Term = NIL
        last: Term | None = None
        while not self.peek(")"):
            cell, start = self.fresh(), self.queue[self.at].start
            value, _ = self.node()
            if last is None:
                head = cell
            else:
                self.found.append(Triple(last, REST, cell, (start, start, start)))
            self.found.append(Triple(cell, FIRST, value, (start, start, start)))
            last = cell
        self.expect(")")
        if last is not None:
            self.found.append(Triple(last, REST, NIL, (token.start, token.start, token.start)))
        return head

    def literal(self, token: Token) -> Literal:
        quotes = 3 if token.kind == "long" else 1
        text = _plain(token.text[quotes:-quotes])
        following = self.queue[self.at]
        if following.kind == "tag":
            self.next()
            return Literal(text, language=following.text[1:].lower())
        if self.peek("^^"):
            self.next()
            return Literal(text, datatype=NamedNode(self.iri(self.next())))
        return Literal(text)

    def iri(self, token: Token) -> str:
        if token.kind == "iri":
            written = _plain(token.text[1:-1])
            return urljoin(self.base, written) if self.base else written
        if token.kind == "name":
            prefix, _, local = token.text.partition(":")
            if prefix in self.prefixes:
                return self.prefixes[prefix] + re.sub(r"\\(.)", r"\1", local)
        raise Unreadable(token.start)


def _number(digits: str) -> str:
    if "e" in digits or "E" in digits:
        return "double"
    return "decimal" if "." in digits else "integer"


def _plain(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(
        lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else _CONTROL.get(m[3], m[3]), text
    )


class Lines:
    """Offsets to lines and columns of one text, both counted from 1."""

    def __init__(self, text: str) -> None:
        """Note where each line begins."""
        self.starts = [0, *(found.end() for found in _LINE_END.finditer(text))]

    def at(self, offset: int) -> tuple[int, int]:
        r"""Return the line and the column of an offset.

        >>> Lines("ab\r\ncd").at(5)
        (2, 2)
        """
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        r"""Return the offset of a line and a column.

        >>> Lines("ab\r\ncd").offset(2, 2)
        5
        """
        return self.starts[min(line, len(self.starts)) - 1] + column - 1
