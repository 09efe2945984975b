"""Words and numbers of reports, in both languages."""

from __future__ import annotations

import re
from decimal import Decimal
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

_FIGURE = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?")
_GROUPED = 5  # digits from which thousands are set apart in a table


def figure(written: str, language: Language) -> str:
    r"""Return a number as a reader writes it, from how data write it; anything else as it is.

    >>> figure("0.5", "fr"), figure("2024", "fr"), figure("12345.50", "en"), figure("-17000", "fr")
    ('0,5', '2024', '12,345.50', '-17\u202f000')
    >>> len(figure("9" * 6_000, "en"))
    7999
    """
    if not _FIGURE.fullmatch(written):
        return written
    whole, _, rest = f"{Decimal(written):f}".partition(".")
    if len(whole.lstrip("-")) >= _GROUPED:
        whole = _set_apart(f"{Decimal(whole):,}", language)  # of any length, which a whole number has not
    return whole + (Words(",", ".").to(language) + rest if rest else "")


def number(value: int, language: Language) -> str:
    """Return a whole number with thousands set apart.

    >>> number(12345, "en"), number(12345, "fr") == "12" + chr(0x202f) + "345"
    ('12,345', True)
    """
    return _set_apart(f"{value:,}", language)


def _set_apart(grouped: str, language: Language) -> str:
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
