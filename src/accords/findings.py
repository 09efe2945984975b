"""What a check returns: findings as values, and the report that holds them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .language import Words
    from .location import Location
    from .terms import Term


class Severity(StrEnum):
    """How much a finding matters (SHACL's Violation, Warning and Info)."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def weight(self) -> int:
        """Return 3 for an error, 2 for a warning, 1 for a note."""
        return {"error": 3, "warning": 2, "note": 1}[self.value]

    def reaches(self, threshold: Severity) -> bool:
        """Tell whether this is at least as grave as the threshold.

        >>> Severity.WARNING.reaches(Severity.ERROR), Severity.ERROR.reaches(Severity.NOTE)
        (False, True)
        """
        return self.weight >= threshold.weight


@dataclass(frozen=True, slots=True)
class Notice:
    """What a check made in Python noticed, before it is placed and put into words.

    `check` names the check in the rulebook (`EV-05-not-found`); `values` fill its message, `detail` says
    more of this one case.
    """

    check: str
    focus: Term
    path: Term | None = None
    value: Term | None = None
    values: tuple[tuple[str, Term], ...] = ()
    detail: Words | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that one thing does not meet.

    `focus` and `value` are terms in Turtle (a CURIE where there is one), `path` is a property path
    in SPARQL text; all three are None where they make no sense (a file that does not parse).
    """

    location: Location
    severity: Severity
    code: str
    message: Words
    focus: str | None = None
    path: str | None = None
    value: str | None = None
    rule: str | None = None  # the IRI of the shape or check that speaks

    @property
    def order(self) -> tuple[Location, int, str, str, str, str, str]:
        """Return the sorting key: file and line first, then gravity."""
        return (
            self.location,
            -self.severity.weight,
            self.code,
            self.focus or "",
            self.path or "",
            self.value or "",
            self.rule or "",
        )


def reached(findings: tuple[Finding, ...], threshold: Severity) -> bool:
    """Tell whether one finding at least is as grave as the threshold."""
    return any(finding.severity.reaches(threshold) for finding in findings)
