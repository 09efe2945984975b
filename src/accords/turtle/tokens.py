r"""Any text cut into the tokens of Turtle 1.1, nothing lost: `"".join` of them is the text.

Kinds: `bom`, `space`, `comment` (the trivia); `iri`, `name`, `blank`, `long`, `short`, `number`, `tag`, `word`,
`mark`; `gap` for what a template leaves to fill (`act:…`, `@…`); and `wrong` for what begins no token. An address or a string may still hold what is not allowed in it:
`reading` says so.

1. One regular expression takes the longest token (grammar of Turtle 1.1, section 6.5). Its repeats are
   possessive: a text of many megabytes costs no memory and no time but its length.
2. A quotation mark that nothing closes runs to the end of its line, less the punctuation that ends it, so
   that what follows is read; three of them run to the end of the text.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

TRIVIA = frozenset({"bom", "space", "comment"})  # the kinds that say nothing

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME = _BASE + "_0-9\u00b7\u0300-\u036f\u203f-\u2040-"
_PLX = r"%[0-9A-Fa-f]{2}|\\[-_~.!$&'()*+,;=/?#@%]"
_WORD = rf"[{_BASE}][{_NAME}]*+(?:\.++[{_NAME}]++)*+"
LOCAL = rf"(?:[{_BASE}_:0-9]|{_PLX})(?:[{_NAME}:]|{_PLX})*+(?:\.++(?:[{_NAME}:]|{_PLX})++)*+"
_LONG = (
    r"""\"\"\"(?:[^"\\]++|\\.|"{1,2}(?!"))*+\"\"\""""
    r"""|'{3}(?:[^'\\]++|\\.|'{1,2}(?!'))*+'{3}"""
)
_SHORT = r""""(?:[^"\\\r\n]++|\\[^\r\n])*+\"|'(?:[^'\\\r\n]++|\\[^\r\n])*+'"""
_NUMBER = (
    r"[+-]?+(?:"
    r"(?:[0-9]++\.?+[0-9]*+|\.[0-9]++)[eE][+-]?+[0-9]++"  # double
    r"|[0-9]*+\.[0-9]++(?![eE])"  # decimal
    r"|[0-9]++(?!\.?+[0-9]*+[eE]))"  # integer
)
_GAP = rf"(?:(?:{_WORD})?+:)?+…|@…"
_CURLED = r"«[^»\r\n]*+»|“[^”\r\n]*+”|„[^“”\r\n]*+[“”]"
_WRONG = rf"{_CURLED}|{_WORD}\.*+:|[+-]?+[0-9]*+\.?+[0-9]*+[eE][+-]?+|[+-]\.?+|<<\(?+|>>|\{{\||\|\}}|<[^\s<>\"';,]++|\?{LOCAL}|_:|."
_TOKENS = rf"""
    (?P<bom>\A\ufeff)
  | (?P<space>[ \t\r\n]++)
  | (?P<gap>{_GAP})
  | (?P<name>(?:{_WORD})?+:(?:{LOCAL})?+)
  | (?P<mark>[;,\[\]()]|\.(?![0-9])|\^\^)
  | (?P<iri><[^<>"\r\n]*+>)
  | (?P<long>{_LONG})
  | (?P<endless>\"\"\".*+|'''.*+)
  | (?P<short>{_SHORT})
  | (?P<open>["'][^\r\n]*+)
  | (?P<comment>\#[^\r\n]*+)
  | (?P<word>{_WORD}(?!\.*+:))
  | (?P<tag>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+)
  | (?P<blank>_:[{_BASE}_0-9][{_NAME}]*+(?:\.++[{_NAME}]++)*+)
  | (?P<number>{_NUMBER})
  | (?P<wrong>{_WRONG})
    """
_PIECE = re.compile(  # of any text, Turtle or not; never goes over the same characters twice
    rf"""[ \t\r\n]++|\#[^\r\n]*+|<(?:[^\x00-\x20<>"{{}}|^`\\]++|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*+>"""
    rf"""|{_LONG}|"(?:[^"\\\r\n]++|\\.)*+\"|'(?:[^'\\\r\n]++|\\.)*+'"""
    r"""|\^\^|[^\s<>"'\#\[\](){};,.^]++(?:\.++[^\s<>"'\#\[\](){};,.^]++)*+|.""",
    re.DOTALL,
)
_TAG = re.compile(r"(?:@[A-Za-z][A-Za-z0-9-]*+|\^\^[^\s\"'^]++)\Z")
_TRAILING = " \t;,.])"


class Token(NamedTuple):
    """A piece of a text: its kind, its text, its offset in characters."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Return the offset behind it."""
        return self.start + len(self.text)


def tokens(text: str) -> tuple[Token, ...]:
    r"""Return every token of a text, white space and comments included.

    >>> [token.kind for token in tokens("e:a a 'b' . # c\n")]
    ['name', 'space', 'word', 'space', 'short', 'space', 'mark', 'space', 'comment', 'space']
    >>> "".join(token.text for token in tokens("e:a a 'b .\n"))
    "e:a a 'b .\n"
    """
    found: list[Token] = []
    offset = 0
    while offset < len(text):
        offset = _run(text, offset, found)
    return tuple(found)


def _run(text: str, start: int, found: list[Token]) -> int:
    """Add the tokens from an offset to the first unclosed mark; return where to go on."""
    for match in _token().finditer(text, start):
        kind, offset = match.lastgroup or "", match.start()
        if kind == "open":
            written = _without_end(match.group())
            found.append(Token("wrong", written, offset))
            return offset + len(written)
        found.append(Token("wrong" if kind == "endless" else kind, match.group(), offset))
    return len(text)


@functools.cache  # when a text is first cut: it takes longer than most commands take to start
def _token() -> re.Pattern[str]:
    return re.compile(_TOKENS, re.VERBOSE | re.DOTALL)


def _without_end(line: str) -> str:
    """Return an unclosed string less what ends its line: language, datatype, punctuation.

    >>> _without_end('"une ville@fr ;')
    '"une ville'
    """
    kept = line[0] + line[1:].rstrip(_TRAILING)
    tag = _TAG.search(kept, 1)
    return kept if tag is None else kept[: tag.start()]


def pieces(text: str, start: int = 0) -> Iterator[tuple[int, str]]:
    """Yield each piece of a text with its offset, white space and comments left out.

    Pieces are what a reader sees as one word, whether Turtle has such a token or not.

    >>> [piece for _, piece in pieces('e:a "b c" "d')]
    ['e:a', '"b c"', '"', 'd']
    """
    for found in _PIECE.finditer(text, start):
        piece = found.group()
        if not piece.startswith((" ", "\t", "\r", "\n", "#")):
            yield found.start(), piece
