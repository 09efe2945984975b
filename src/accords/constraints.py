"""What the SPARQL rules find, set at a time: each is run once on the store over all its focus nodes.

Each solution is one result: `?this` its focus, `?path` its path, `?value` its value; the other variables fill the
message. Results are values, the same for whatever computes them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from . import store as stores
from .language import Words, printable
from .shapes import ShapesProblem
from .vocab import LANG_STRING, STRING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pyoxigraph import Store

    from .findings import Severity
    from .shapes import Shapes, SparqlRule
    from .terms import Term


@dataclass(frozen=True, slots=True)
class Result:
    """One result of a validation: what, where in it, against which rule."""

    focus: Term
    path: str | None  # SPARQL text of a property path; an IRI in angle brackets when it is one
    value: Term | None
    rule: str  # the IRI of the shape or of the SPARQL constraint
    severity: Severity
    bound: tuple[tuple[str, Term], ...] = ()  # other variables, for the message

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """Return what two engines must agree on."""
        return (
            str(self.focus),
            self.path or "",
            "" if self.value is None else str(self.value),
            self.rule,
            self.severity.value,
        )


def check_syntax(shapes: Shapes) -> None:
    """Raise ShapesProblem for the SPARQL rules that do not parse: all of them, the first in front."""
    nothing = stores.build(())
    faults = []
    for rule in shapes.sparql:
        try:
            next(stores.rows(nothing, rule.query), None)
        except (SyntaxError, TypeError) as wrong:
            faults.append(ShapesProblem(rule.rule, reason_of(wrong)))
    if faults:
        faults[0].further = tuple(faults[1:])
        raise faults[0]


def reason_of(wrong: Exception) -> Words:
    """Return the first line of what an engine complains of."""
    said = printable(str(wrong).partition("\n")[0], 200)
    return Words(said, said)


def results(store: Store, shapes: Shapes, running: Callable[[str], None]) -> Iterator[Result]:
    """Yield the results of the SPARQL rules, each run once over all its focus nodes."""
    for rule in shapes.sparql:
        running(rule.rule)
        for row in stores.rows(store, rule.query):
            yield _from_row(rule, row)


def as_written(results: Iterable[Result], graph: tuple[Triple, ...]) -> Iterator[Result]:
    """Yield the results with their values as the files have them: the store answers 140 for 140.0."""
    known = frozenset(graph)
    written: dict[tuple[Term, str], list[Triple]] = defaultdict(list)
    for result in results:
        value, predicate = result.value, result.path
        if not isinstance(value, Literal) or predicate is None or value.datatype in {STRING, LANG_STRING}:
            yield result
            continue
        if Triple(result.focus, NamedNode(predicate[1:-1]), value) in known:  # type: ignore[arg-type]  # a focus is a node
            yield result
            continue
        if not written:
            for triple in graph:
                if isinstance(triple.object, Literal):
                    written[triple.subject, str(triple.predicate)].append(triple)
        originals = [t.object for t in written[result.focus, predicate] if stores.rewritten(t) == value]
        yield from (replace(result, value=original) for original in originals or [value])


def _from_row(rule: SparqlRule, row: dict[str, Term]) -> Result:
    focus = row["this"]
    path, value = row.get("path"), row.get("value")
    return Result(
        focus,
        str(path) if isinstance(path, NamedNode) else None,
        None if value == focus else value,
        rule.rule,
        rule.severity,
        tuple(sorted((name, term) for name, term in row.items() if name not in {"this", "path"})),
    )
