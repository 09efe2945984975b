"""RDF terms as people read and type them: CURIEs, short Turtle, labels."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from .vocab import LANG_STRING, STRING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Term = NamedNode | BlankNode | Literal | Triple

_LOCAL = re.compile(r"[\w](?:[\w.-]*[\w-])?", re.UNICODE)
_CURIE = re.compile(r"(?P<prefix>[A-Za-z][\w-]*)?:(?P<local>.*)", re.DOTALL)


@dataclass(frozen=True)
class Prefixes:
    """The house table of prefixes, read from `ontology/prefixes.ttl`."""

    table: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _longest_first(self) -> tuple[tuple[str, str], ...]:
        return tuple(sorted(self.table.items(), key=lambda row: (-len(row[1]), row[0])))

    def shorten(self, iri: str) -> str:
        """Return the CURIE of an IRI, or the IRI in angle brackets when no prefix fits.

        >>> Prefixes({"ex": "http://example.org/"}).shorten("http://example.org/a-1")
        'ex:a-1'
        """
        for prefix, namespace in self._longest_first:
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri[len(namespace) :]):
                return f"{prefix}:{iri[len(namespace) :]}"
        return f"<{iri}>"

    def expand(self, curie: str) -> str | None:
        """Return the IRI of a CURIE, or None when its prefix is not in the table.

        >>> Prefixes({"ex": "http://example.org/"}).expand("ex:a-1")
        'http://example.org/a-1'
        """
        if (found := _CURIE.fullmatch(curie)) and (found["prefix"] or "") in self.table:
            return self.table[found["prefix"] or ""] + found["local"]
        return None

    def show(self, term: Term) -> str:
        """Return a term in Turtle, with CURIEs where the table has a prefix."""
        match term:
            case NamedNode():
                return self.shorten(term.value)
            case Literal():
                return self._literal(term)
            case BlankNode():
                return "[]"  # its label is the parser's, and changes at each reading
            case _:
                return str(term)

    def _literal(self, literal: Literal) -> str:
        text = str(Literal(literal.value))
        if literal.language:
            return f"{text}@{literal.language}"
        if literal.datatype in {STRING, LANG_STRING}:
            return text
        return f"{text}^^{self.shorten(literal.datatype.value)}"

    def declarations(self, only: Iterable[str] | None = None) -> str:
        """Return the table as `@prefix` lines of Turtle, sorted."""
        wanted = set(self.table if only is None else only)
        return "".join(
            f"@prefix {prefix}: <{namespace}> .\n"
            for prefix, namespace in sorted(self.table.items())
            if prefix in wanted
        )


def words_of(term: Term) -> str:
    """Return what a person reads in a term: the text of a literal, else the IRI or the node."""
    return term.value if isinstance(term, Literal | NamedNode) else str(term)
