"""What changes mean for other files, beside what the last whole check found there.

Takes what was found about the things that see the changes, and the ledger of the last whole check; gives the
findings that are new, and how many of those known are left.

1. Of the ledger, the findings that were judged again: about these things, about the files read again, about
   names taken for others.
2. What is found now and was not then is new; what was then and is not found now is mended.
3. All others stand: nothing that they are about has changed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import known
from .evidence import CHECKS
from .rulebook import check

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator

    from .findings import Finding, Severity
    from .known import Known, Ledger

_LOOKING = frozenset(map(check, CHECKS))
_NAMELESS = "[]"  # blank nodes have no name by which they could be found again


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found, and about whom all was asked, by CURIE."""

    findings: frozenset[Finding]
    things: frozenset[str]  # whom the rules were asked about
    excerpts: frozenset[str]  # the excerpts and sources that were looked at

    def holds(self, one: Known) -> bool:
        """Tell whether a finding, if it is still there, is among those found."""
        if one.focus is None or one.focus == _NAMELESS:
            return True
        return one.focus in (self.excerpts if one.rule in _LOOKING else self.things)


@dataclass(frozen=True, slots=True)
class Scope:
    """Files by name as remembered: those whose findings are told by themselves, and all that are read again."""

    asked: frozenset[str]
    touched: frozenset[str]


def compared(
    ledger: Ledger, scope: Scope, judged: Judged, namesakes: Iterable[Finding]
) -> tuple[tuple[Finding, ...], Counter[Severity]]:
    """Return the findings in other files that are new, and how many known ones are left, by severity.

    `namesakes` are what the cached graph has of labels taken for others, and of things described twice.
    Raises CacheProblem when the ledger is damaged.
    """
    held = [*_held(ledger, scope, judged, namesakes)]
    present: dict[Known, list[Finding]] = defaultdict(list)
    for found in sorted(judged.findings, key=lambda found: found.order, reverse=True):
        if (one := known.of(found)).file not in scope.asked and judged.holds(one):
            present[one].append(found)
    now = [one for one, some in present.items() for _ in some]
    new = [present[one].pop() for one in known.beyond(now, held)]
    left = ledger.counts(scope.asked)
    left.subtract(one.severity for one in known.beyond(held, now) if one.focus != _NAMELESS)
    return tuple(sorted(new, key=lambda found: found.order)), left


def _held(ledger: Ledger, scope: Scope, judged: Judged, namesakes: Iterable[Finding]) -> Iterator[Known]:
    """Yield what the last whole check found of what has been judged again."""
    about = ledger.about({*judged.things, *judged.excerpts, _NAMELESS})
    beside = (one for one in map(known.of, namesakes) if one.file not in scope.touched)
    for one in (*filter(judged.holds, about), *ledger.of_files(scope.touched), *beside):
        if one.file not in scope.asked:
            yield one
