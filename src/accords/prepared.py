"""The rules as the check of one file needs them, made once and kept as JSON beside the cached graph.

Takes the parsed files of the rules; gives `Prepared`: what each rule sees, the SPARQL rules, the Core part
of each shape, the words of the rulebook. Nothing is prepared from rules that cannot all run.
"""

from __future__ import annotations

import functools
import json
from dataclasses import astuple, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from . import constraints, machine, sights
from . import store as stores
from .findings import Severity
from .language import Words
from .rulebook import Rule, Rulebook
from .shapes import ShapesProblem, SparqlRule

if TYPE_CHECKING:
    from collections.abc import Collection

    from .machine import Machine
    from .shapes import Shapes


@dataclass(frozen=True, eq=False)
class Prepared:
    """The rules, ready for the check of one file."""

    machine: Machine
    sparql: tuple[SparqlRule, ...]
    core: dict[str, list[int]]  # the lines of each shape
    lines: list[str]  # of N-Triples
    book: Rulebook

    def about(self, shapes: Collection[str]) -> tuple[str, tuple[SparqlRule, ...]]:
        """Return the part of the rules that some shapes need: N-Triples of the Core part, and SPARQL rules."""
        wanted = sorted({line for shape in shapes for line in self.core.get(shape, ())})
        text = "".join(self.lines[line] for line in wanted)
        return text, tuple(rule for rule in self.sparql if rule.shape in shapes)

    @cached_property
    def count(self) -> int:
        """Return how many rules there are."""
        return len(self.book.rules)


def prepare(shapes: Shapes, book: Rulebook) -> Prepared | None:
    """Return the rules prepared; None when it cannot be told what some of them see, or some cannot run."""
    try:
        constraints.check_syntax(shapes)
        seen = sights.of_shapes(shapes)
    except ShapesProblem:
        return None
    if seen.blind:
        return None
    numbers: dict[str, int] = {}
    core = {}
    for shape in shapes.targeted:
        written = stores.n_triples(shapes.around(shape)).decode().splitlines(keepends=True)
        core[shape.value] = [numbers.setdefault(line, len(numbers)) for line in written]
    return Prepared(machine.machine(seen), shapes.sparql, core, list(numbers), book)


def written(prepared: Prepared) -> str:
    """Return the prepared rules as JSON."""
    book = prepared.book
    return json.dumps(
        {
            "machine": prepared.machine.data(),
            "sparql": [
                (*astuple(rule)[:2], rule.severity.value, *astuple(rule)[3:]) for rule in prepared.sparql
            ],
            "core": prepared.core,
            "lines": prepared.lines,
            "rules": [(r.code, _pair(r.name), _pair(r.why), _pair(r.mend)) for r in book.rules.values()],
            "messages": {node: _pair(said) for node, said in book.messages.items()},
            "severities": {node: severity.value for node, severity in book.severities.items()},
            "mends": {node: _pair(said) for node, said in book.mends.items()},
        },
        ensure_ascii=False,
    )


@functools.lru_cache(maxsize=2)
def read(text: str) -> Prepared:
    """Return the prepared rules that JSON holds."""
    held = json.loads(text)
    rules = [Rule(code, Words(*name), Words(*why), Words(*mend)) for code, name, why, mend in held["rules"]]
    book = Rulebook(
        {rule.code: rule for rule in rules},
        {node: Words(*said) for node, said in held["messages"].items()},
        {node: Severity(severity) for node, severity in held["severities"].items()},
        {node: Words(*said) for node, said in held["mends"].items()},
    )
    sparql = tuple(_rule(row) for row in held["sparql"])
    return Prepared(machine.from_data(held["machine"]), sparql, held["core"], held["lines"], book)


def _rule(row: list[Any]) -> SparqlRule:
    rule, shape, severity, targets, select, prefixes = row
    return SparqlRule(rule, shape, Severity(severity), tuple(targets), select, prefixes)


def _pair(said: Words) -> tuple[str, str]:
    return said.fr, said.en
