"""Words and numbers of reports, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accords.findings import Severity
from accords.language import Words

if TYPE_CHECKING:
    from accords.language import Language

SEVERITIES = {
    Severity.ERROR: (Words("erreur", "error"), Words("erreurs", "errors")),
    Severity.WARNING: (Words("avertissement", "warning"), Words("avertissements", "warnings")),
    Severity.NOTE: (Words("remarque", "note"), Words("remarques", "notes")),
}
STATUSES = {
    "covered": Words("couverte", "covered"),
    "not-recorded": Words("non enregistrée", "not recorded"),
    "explicitly-not-met": Words("expressément non satisfaite", "explicitly not met"),
}


def number(value: int, language: Language) -> str:
    """Return a whole number with thousands set apart.

    >>> number(12345, "en"), number(12345, "fr") == "12" + chr(0x202f) + "345"
    ('12,345', True)
    """
    grouped = f"{value:,}"
    return grouped if language == "en" else grouped.replace(",", "\u202f")


def counted(value: int, one: Words, many: Words, language: Language) -> str:
    """Return a number with its noun: French has the singular for 0 and 1, English for 1 only.

    >>> counted(0, Words("erreur", "error"), Words("erreurs", "errors"), "fr")
    '0 erreur'
    >>> counted(0, Words("erreur", "error"), Words("erreurs", "errors"), "en")
    '0 errors'
    """
    single = value == 1 or (value == 0 and language == "fr")
    return f"{number(value, language)} {(one if single else many).to(language)}"


def by_severity(counts: dict[Severity, int], language: Language) -> str:
    """Return « 1 erreur, 2 avertissements, 3 remarques »."""
    return ", ".join(
        counted(counts.get(severity, 0), *SEVERITIES[severity], language) for severity in Severity
    )
