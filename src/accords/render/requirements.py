"""Verdicts on requirements: what is not met first, with what was counted."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING

from accords.language import Words, printable
from accords.names import folded

from .answers import marked
from .phrases import STATUSES, counted
from .prose import wrapped
from .tables import dumped, inert

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accords.language import Language
    from accords.requirements import Verdict

_NONE = Words(
    "Aucune exigence ne s'applique à un accord enregistré.", "No requirement applies to a recorded agreement."
)
_NOTE = Words("Non enregistré n'est pas « non satisfait ».", "Not recorded is not “not met”.")
_LONGEST = 400  # characters of a label
_JUDGED = {
    "covered": (
        Words("exigence couverte", "requirement covered"),
        Words("exigences couvertes", "requirements covered"),
    ),
    "not-recorded": (
        Words("exigence non enregistrée", "requirement not recorded"),
        Words("exigences non enregistrées", "requirements not recorded"),
    ),
    "explicitly-not-met": (
        Words("exigence expressément non satisfaite", "requirement explicitly not met"),
        Words("exigences expressément non satisfaites", "requirements explicitly not met"),
    ),
}


def as_text(verdicts: Sequence[Verdict], language: Language, width: int) -> str:
    """Return the verdicts by status, then agreement, on lines of at most `width` characters."""
    if not verdicts:
        return "\n".join(wrapped(_NONE.to(language), width=width)) + "\n"
    lines: list[str] = []
    for status, of_status in groupby(verdicts, key=lambda one: one.status):
        rows = list(of_status)
        lines += wrapped(counted(len(rows), *_JUDGED[status], language), width=width)
        for (_, agreement), of_agreement in groupby(
            rows, key=lambda one: (one.agreement, one.agreement_label)
        ):
            lines += wrapped(printable(agreement, _LONGEST), indent=2, hanging=4, width=width)
            for one in of_agreement:
                lines += _lines(one, language, width)
        lines.append("")
    return "\n".join([*lines, *wrapped(_NOTE.to(language), width=width)]) + "\n"


def _lines(one: Verdict, language: Language, width: int) -> list[str]:
    """Return the requirement, how much of it is recorded, and what was counted: one thing a line."""
    tally = Words(f"{one.recorded} sur {one.minimum}", f"{one.recorded} of {one.minimum}").to(language)
    colon = Words(" : ", ": ").to(language)
    said = f"{printable(one.requirement_label, _LONGEST)}{colon}{tally}"
    lines = wrapped(said, indent=4, hanging=2, width=width)
    for label in _labels(one):
        lines += wrapped(f"- {label}", indent=6, hanging=2, width=width)
    return lines


def _labels(one: Verdict) -> list[str]:
    """Return what was counted, by label."""
    return [printable(label, _LONGEST) for label in sorted((label for _, label in one.items), key=folded)]


def as_csv(verdicts: Sequence[Verdict]) -> str:
    """Return one line a verdict."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    names = (
        "agreement",
        "agreementLabel",
        "requirement",
        "requirementLabel",
        "minimum",
        "recorded",
        "status",
        "items",
    )
    writer.writerow(names)
    for one in verdicts:
        items = " ".join(iri for iri, _ in one.items)
        row = (one.agreement, one.agreement_label, one.requirement, one.requirement_label)
        writer.writerow([*map(inert, row), one.minimum, one.recorded, one.status, inert(items)])
    return written.getvalue()


def as_json(verdicts: Sequence[Verdict]) -> str:
    """Return the verdicts as JSON."""
    rows = [
        asdict(one) | {"items": [{"id": iri, "label": label} for iri, label in one.items]} for one in verdicts
    ]
    return dumped(rows)


def as_markdown(verdicts: Sequence[Verdict], language: Language) -> str:
    """Return one table, what is not met first."""
    if not verdicts:
        return marked(_NONE.to(language)) + "\n"
    heads = Words("Accord | Exigence | Jugement | Compté", "Agreement | Requirement | Verdict | Counted").to(
        language
    )
    lines = [f"| {heads} |", "|---|---|---|---|"]
    for one in verdicts:
        named = (printable(label, _LONGEST) for label in (one.agreement_label, one.requirement_label))
        tally = "\n".join([f"{one.recorded}/{one.minimum}", *_labels(one)])
        cells = (*named, STATUSES[one.status].to(language), tally)
        lines.append(f"| {' | '.join(map(marked, cells))} |")
    return "\n".join([*lines, "", marked(_NOTE.to(language))]) + "\n"
