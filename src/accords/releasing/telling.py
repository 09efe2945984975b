"""The verdict on a release, for a terminal and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accords.language import Words, printable
from accords.render.phrases import counted, number
from accords.render.tables import aligned, dumped

if TYPE_CHECKING:
    from accords.language import Language

    from .verify import Verdict

_SOUND = Words(
    "Résultat : tout est là, et ce que la version dit d'elle-même est vrai",
    "Result: everything is there, and what the release says of itself is true",
)
_DIFFERENCES = Words("différence", "difference"), Words("différences", "differences")


def as_text(verdict: Verdict, language: Language, *, most: int) -> str:
    """Return the verdict as text; at most `most` differences are listed (0: all)."""
    colon = Words(" : ", ": ").to(language)
    listed = verdict.differences[:most] if most else verdict.differences
    lines = [printable(f"{one.path}{colon}{one.what.to(language)}", 1000) for one in listed]
    if left := len(verdict.differences) - len(listed):
        lines.append(
            Words(
                f"… et {number(left, 'fr')} de plus (tout lister : --most 0)",
                f"… and {number(left, 'en')} more (list all: --most 0)",
            ).to(language)
        )
    lines += [""] if lines else []
    version = printable(verdict.version)
    lines.append(Words(f"Version {version}, comparé :", f"Release {version}, compared:").to(language))
    rows = [
        (
            number(one.count, language),
            one.what.to(language) + ("" if one.skipped is None else f" ({one.skipped.to(language)})"),
        )
        for one in verdict.compared
    ]
    lines += [*aligned(rows, right=(0,)), "", _result(verdict, language)]
    return "\n".join(lines) + "\n"


def _result(verdict: Verdict, language: Language) -> str:
    if not verdict.differences:
        return _SOUND.to(language)
    return Words("Résultat : ", "Result: ").to(language) + counted(
        len(verdict.differences), *_DIFFERENCES, language
    )


def as_json(verdict: Verdict) -> str:
    """Return the verdict as one JSON object, in both languages."""
    held = {
        "version": verdict.version,
        "sound": not verdict.differences,
        "compared": [
            {
                "what": one.what._asdict(),
                "count": one.count,
                "skipped": None if one.skipped is None else one.skipped._asdict(),
            }
            for one in verdict.compared
        ],
        "differences": [{"path": one.path, "what": one.what._asdict()} for one in verdict.differences],
    }
    return dumped(held)
