"""Rules as a person reads them: one explained, or all of them listed; and the same as JSON."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from accords.language import Words

from .phrases import SEVERITIES, counted
from .prose import opened, safe, wrapped
from .record_data import encoded
from .tables import aligned

if TYPE_CHECKING:
    from accords.explanation import Example, Explanation, Family
    from accords.findings import Severity
    from accords.language import Language

_LINES = 60  # of an example
_VARIABLE = re.compile(r"\{[?$]\w+\}")
_SAID = Words("Ce qu'elle dit", "What it says")
_WHY = Words("Pourquoi", "Why")
_MEND = Words("Comment corriger", "How to mend")


def explanation(shown: Explanation, language: Language) -> str:
    """Return a rule in the reader's language, then its examples."""
    parts = [
        _told(shown, language),
        _example(shown.passing, Words("Exemple juste", "An example that passes"), language),
        _example(shown.failing, Words("Exemple en défaut", "An example at fault"), language),
        _examples_note(shown, language),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _told(shown: Explanation, language: Language) -> list[str]:
    rule = shown.rule
    lines = wrapped(f"{rule.code}  {rule.name.to(language)}")
    lines.append(", ".join(SEVERITIES[severity][0].to(language) for severity in shown.severities))
    lines += ["", _SAID.to(language)]
    for spoken in shown.speaking:
        said = message(spoken.message, language)
        lines += wrapped(f"{_severity(spoken.severity, language)}{said}", indent=2, hanging=2)
    for title, text in ((_WHY, rule.why), (_MEND, rule.mend)):
        if text.to(language):
            lines += ["", title.to(language), *wrapped(text.to(language), indent=2)]
    return lines


def message(said: Words, language: Language) -> str:
    """Return what a rule says, whatever the record: "…" stands for what a finding names."""
    return opened(_VARIABLE.sub("…", said.to(language)))


def _severity(severity: Severity, language: Language) -> str:
    return f"{SEVERITIES[severity][0].to(language)}{Words(' : ', ': ').to(language)}"


def _example(example: Example | None, title: Words, language: Language) -> list[str]:
    if example is None:
        return []
    lines = [f"{title.to(language)}{Words(' : ', ': ').to(language)}{safe(example.file)}", ""]
    return lines + [f"    {line}".rstrip() for line in lines_of(example)]


def lines_of(example: Example) -> list[str]:
    """Return an example line by line, its end left out where it is long."""
    written = example.text.rstrip("\n").split("\n")
    lines = [safe(line.rstrip()) for line in written[:_LINES]]
    return [*lines, "…"] if len(written) > _LINES else lines


def _examples_note(shown: Explanation, language: Language) -> list[str]:
    if shown.folder is None:
        return [Words("Pas d'exemple.", "No example.").to(language)]
    world = Words(
        "Les exemples s'ajoutent aux fiches d'un pays inventé (wld-…).",
        "The examples are added to the records of an invented country (wld-…).",
    ).to(language)
    if not shown.others:
        return [world]
    one, many = Words("autre exemple", "other example"), Words("autres exemples", "other examples")
    where = Words(" dans ", " in ").to(language) + safe(shown.folder)
    return [world, counted(shown.others, one, many, language) + where]


def families(shown: tuple[Family, ...], language: Language) -> str:
    """Return the rules family by family: code, severities, name."""
    parts = []
    for family in shown:
        rows = [
            (
                told.rule.code,
                ", ".join(SEVERITIES[severity][0].to(language) for severity in told.severities),
                safe(told.rule.name.to(language)),
            )
            for told in family.rules
        ]
        parts.append("\n".join([f"{family.code}  {family.name.to(language)}".rstrip(), *aligned(rows)]))
    last = Words(
        "Pour une règle, ses messages et des exemples : accords explain CODE",
        "For one rule, its messages and examples: accords explain CODE",
    )
    return "\n\n".join([*parts, last.to(language)]) + "\n"


def explanation_json(shown: Explanation) -> str:
    """Return a rule as one JSON object, in both languages."""
    return encoded(_data(shown))


def families_json(shown: tuple[Family, ...]) -> str:
    """Return the rules by family as one JSON object, in both languages."""
    listed = [
        {
            "family": family.code,
            "name": family.name._asdict(),
            "rules": [
                {
                    "code": told.rule.code,
                    "name": told.rule.name._asdict(),
                    "severities": [severity.value for severity in told.severities],
                }
                for told in family.rules
            ],
        }
        for family in shown
    ]
    return encoded({"families": listed})


def _data(shown: Explanation) -> dict[str, Any]:
    return {
        "code": shown.rule.code,
        "name": shown.rule.name._asdict(),
        "severities": [severity.value for severity in shown.severities],
        "nodes": [
            {"rule": one.node, "severity": one.severity.value, "message": one.message._asdict()}
            for one in shown.speaking
        ],
        "why": shown.rule.why._asdict(),
        "mend": shown.rule.mend._asdict(),
        "examples": {"ok": _example_data(shown.passing), "ko": _example_data(shown.failing)},
        "other_examples": shown.others,
        "folder": shown.folder,
    }


def _example_data(example: Example | None) -> dict[str, str] | None:
    return None if example is None else {"file": example.file, "text": example.text}
