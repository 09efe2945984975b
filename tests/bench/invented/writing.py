"""Turtle in the shape of the shipped data, one small file at a time.

A `Sheet` is given records (subject, class, pairs) as CURIEs and literals already in Turtle; it counts
their triples, and is written with the prefixes that it uses. Nothing of a sheet is kept once it is
written, so that memory does not grow with the graph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Pair = tuple[str, str | Sequence[str]]
_DATATYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}  # by the length of a date


@dataclass(slots=True)
class Folder:
    """The folder of the data under way: what its files may use, how much was written."""

    path: Path
    prefixes: Mapping[str, str]
    triples: int = 0
    files: int = 0

    def write(self, name: str, sheet: Sheet) -> None:
        """Write a sheet; one without records leaves no file."""
        if not sheet.triples:
            return
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        declared = "".join(f"@prefix {used}: <{self.prefixes[used]}> .\n" for used in sorted(sheet.used))
        whole = "\n".join([f"# {sheet.comment}\n", declared, *sheet.blocks])
        path.write_text(whole, encoding="utf-8", newline="\n")
        self.triples += sheet.triples
        self.files += 1


@dataclass(slots=True)
class Sheet:
    """One file under way: its records as text, and the prefixes that they use."""

    comment: str
    blocks: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    triples: int = 0

    def record(self, subject: str, kind: str, *pairs: Pair) -> None:
        """Add a record; a value may be several, and a pair without values is left out."""
        lines = [f"{self._seen(subject)} a {self._seen(kind)}"]
        self.triples += 1
        for predicate, value in pairs:
            values = [value] if isinstance(value, str) else value
            if values:
                lines.append(f"  {self._seen(predicate)} " + " , ".join(map(self._seen, values)))
                self.triples += len(values)
        self.blocks.append(" ;\n".join(lines) + " .\n")

    def _seen(self, term: str) -> str:
        if term[0] == '"':
            if "^^xsd:" in term:
                self.used.add("xsd")
        elif term[0].isalpha():
            self.used.add(term.partition(":")[0])
        return term


def text(words: str, language: str = "") -> str:
    """Return a text as a literal; ours hold neither quotation marks nor backslashes."""
    return f'"{words}"@{language}' if language else f'"{words}"'


def both(french: str, english: str) -> tuple[str, str]:
    """Return a text in both languages."""
    return text(french, "fr"), text(english, "en")


def dated(iso: str) -> str:
    """Return a day, a month or a year as a literal, by its length.

    >>> dated("2023"), dated("2023-06")
    ('"2023"^^xsd:gYear', '"2023-06"^^xsd:gYearMonth')
    """
    return f'"{iso}"^^xsd:{_DATATYPES[len(iso)]}'
