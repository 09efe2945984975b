"""The kinds of records, as a list on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accords.language import Words

from .tables import aligned

if TYPE_CHECKING:
    from accords.kinds import Kinds
    from accords.language import Language


def table(kinds: Kinds, language: Language) -> str:
    """Return the kinds of records, one a line: code, prefix, name."""
    rows = [
        (kind.code, f"{kind.prefix}:", kind.words.to(language)) for kind in kinds.all if not kind.narrower
    ]
    title = Words("Sortes de fiches (accords new SORTE)", "Kinds of records (accords new KIND)")
    return "\n".join([title.to(language), *aligned(rows)]) + "\n"
