"""Records in the order of their names, each with the comments that touch it.

Takes a text already laid out. A record moves with the comments right above it and the one behind it; what stands
alone (a directive, a comment with a blank line below) stays, and no record goes past it. Records without a name
stay behind the others, in their order. Blank lines stay where they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

if TYPE_CHECKING:
    from .reading import Reading, Statement

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)")


@dataclass(slots=True)
class _Run:
    """Records that nothing keeps apart: the white space in front of each, its text, what it is sorted by."""

    gaps: list[str] = field(default_factory=list)
    records: list[tuple[tuple[bool, str], str]] = field(default_factory=list)

    def text(self) -> str:
        """Return the records in order."""
        ordered = sorted(self.records, key=lambda record: record[0])
        return "".join(gap + text for gap, (_, text) in zip(self.gaps, ordered, strict=True))


def ordered(text: str, reading: Reading) -> str:
    """Return the text with its records in order."""
    out: list[str] = []
    run, at = _Run(), 0
    for statement in reading.statements:
        alone, gap, attached = _before(text[at : statement.start])
        end = _LINE.match(text, statement.end)
        at = end.end() if end else len(text)
        written = attached + text[statement.start : at]
        if alone or statement.kind != "triples":
            out += [run.text(), alone]
            run = _Run()
        if statement.kind == "triples":
            run.gaps.append(gap)
            run.records.append((_key(statement), written))
        else:
            out += [gap, written]
    return "".join([*out, run.text(), text[at:]])


def _before(between: str) -> tuple[str, str, str]:
    """Cut what stands in front of a statement: comments that stand alone, blank lines, its own comments."""
    lines = _LINE.findall(between)
    start = between[sum(map(len, lines)) :]  # a byte order mark
    own = next((at for at in range(len(lines), 0, -1) if not lines[at - 1].strip()), 0)
    blank = next((at for at in range(own, 0, -1) if lines[at - 1].strip()), 0)
    return "".join(lines[:blank]), "".join(lines[blank:own]), "".join(lines[own:]) + start


def _key(statement: Statement) -> tuple[bool, str]:
    named = isinstance(statement.subject, NamedNode)
    return not named, statement.subject.value if isinstance(statement.subject, NamedNode) else ""
