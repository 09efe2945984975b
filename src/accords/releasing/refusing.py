"""A release that its content does not allow: each reason named, nothing written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accords.errors import AccordsError
from accords.language import Words, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

_LISTED = 50  # reasons listed


class ReleaseRefused(AccordsError):
    """The content, not the request, is what keeps a release from being made."""

    exit_code = 1

    def __init__(self, why: Words, reasons: Sequence[Words], *, hint: Words | None = None) -> None:
        """Say why, then each reason on a line of its own."""
        rows = [Words(*(printable(said, 400) for said in one)) for one in reasons[:_LISTED]]
        if left := len(reasons) - len(rows):
            rows.append(Words(f"… et {left} de plus", f"… and {left} more"))
        super().__init__(
            Words(
                f"pas de version publiée : {why.fr}" + "".join(f"\n      {row.fr}" for row in rows),
                f"no release: {why.en}" + "".join(f"\n      {row.en}" for row in rows),
            ),
            hint=hint,
        )
        self.reasons = tuple(reasons)
