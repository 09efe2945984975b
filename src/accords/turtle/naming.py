"""Where a text writes each name, and how another name would be written in its place.

`names` gives every address of the statements, prefixed or not, by its value; declarations are left out.
`spelt` writes an address as a text would there: with a prefix that is in force, else between angle brackets.
"""

from __future__ import annotations

import contextlib
import functools
import re
from typing import TYPE_CHECKING, NamedTuple

from .spelling import Refused, Speller
from .tokens import LOCAL, Token

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyoxigraph import NamedNode

    from .reading import Reading

_NODES = frozenset({"iri", "name"})
_ESCAPABLE = frozenset("~!$&'()*+,;=/?#@")
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")


class Name(NamedTuple):
    """A name as it is written: its token, what it stands for, the number of its statement."""

    token: Token
    node: NamedNode
    statement: int
    prefixes: Mapping[str, str]  # in force there
    base: str

    def respelt(self, node: NamedNode) -> str:
        """Return how another address is written in its place, in the manner of this one."""
        written = self.token.text
        if self.token.kind == "name":
            prefix = written.partition(":")[0]
            return spelt(node, self.prefixes, first=prefix)
        relative = written[1:-1]
        stem = self.node.value.removesuffix(relative)
        if relative and stem != self.node.value and stem and node.value.startswith(stem):
            begun = f"<{node.value[len(stem) :]}>"
            if meant(Token("iri", begun, 0), {}, self.base) == node:
                return begun
        return f"<{node.value}>"


def names(reading: Reading, base: str = "") -> Iterator[Name]:
    """Yield every name of the statements, in order; `a` is none, nor is what stands for nothing."""
    speller = Speller(base)
    prefixes: dict[str, str] = {}
    for number, statement in enumerate(reading.statements):
        if statement.kind != "triples":
            prefix, space = statement.declares or ("", "")
            prefixes = {**prefixes, prefix: space} if statement.kind == "prefix" else prefixes
            speller = Speller(space if statement.kind == "base" else speller.base, {**prefixes})
            continue
        for token in reading.tokens[statement.first : statement.last]:
            if token.kind in _NODES:
                with contextlib.suppress(Refused):
                    yield Name(token, speller.node(token), number, prefixes, speller.base)


def meant(token: Token, prefixes: Mapping[str, str], base: str = "") -> NamedNode | None:
    """Return what an address or a name with a prefix stands for; None for one that stands for nothing."""
    try:
        return Speller(base, dict(prefixes)).node(token)
    except Refused:
        return None


def spelt(node: NamedNode, prefixes: Mapping[str, str], *, first: str | None = None) -> str:
    r"""Return an address with a prefix, that of the longest namespace unless `first` does, else in brackets.

    >>> from pyoxigraph import NamedNode
    >>> spelt(NamedNode("http://e/a/b"), {"e": "http://e/"}), spelt(NamedNode("urn:a"), {"e": "http://e/"})
    ('e:a\\/b', '<urn:a>')
    """
    longest = sorted(prefixes, key=lambda prefix: (-len(prefixes[prefix]), prefix))
    for prefix in longest if first is None else [first, *longest]:
        if prefix in prefixes and node.value.startswith(prefixes[prefix]):
            local = _escaped(node.value[len(prefixes[prefix]) :])
            if _writable().fullmatch(local):
                return f"{prefix}:{local}"
    return f"<{node.value}>"


@functools.cache  # put together when it is first needed: it takes its time
def _writable() -> re.Pattern[str]:
    return re.compile(rf"(?:{LOCAL})?")


def _escaped(local: str) -> str:
    """Return what stands behind a prefix, escaped where Turtle asks for it."""
    last = len(local) - 1
    return "".join(
        f"\\{letter}"
        if letter in _ESCAPABLE
        or (letter == "%" and not _PERCENT.match(local, at))
        or (letter == "." and at in {0, last})
        or (letter == "-" and not at)
        else letter
        for at, letter in enumerate(local)
    )
