"""Sources, excerpts and claims, as every record cites them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .words import quote
from .writing import both, dated, text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from .writing import Sheet

READ = both(
    "Lu d'après le contexte, que le texte ne dit pas en toutes lettres.",
    "Read from the context; not spelled out.",
)
SILENT = both("Le texte n'en dit rien.", "The text says nothing of it.")
RIVAL = both("Autre lecture possible du même passage.", "Another possible reading of the same passage.")
REGISTER = both("Relevé dans le registre inventé.", "Taken from the invented register.")


@dataclass(slots=True)
class Source:
    """A source document under way, and the excerpts that were taken from it."""

    slug: str
    rng: Random
    _excerpts: list[tuple[str, str, str, str]] = field(
        default_factory=list
    )  # name, first and last words, speaker

    @property
    def name(self) -> str:
        """Return the CURIE of the document."""
        return f"src:{self.slug}"

    def excerpt(self, speaker: str = "") -> str:
        """Return the CURIE of a new excerpt."""
        number = len(self._excerpts) + 1
        name = f"exc:{self.slug}-{number}"
        self._excerpts.append((name, *quote(self.rng, number), speaker))
        return name

    def write_excerpts(self, sheet: Sheet) -> None:
        """Add the excerpts to a sheet."""
        for name, first, last, speaker in self._excerpts:
            sheet.record(
                name,
                "ae:Excerpt",
                ("ae:excerptOf", self.name),
                ("ae:quote", text(first, "fr")),
                ("ae:quoteEnd", [text(last)] if last else ()),
                ("ae:speaker", [speaker] if speaker else ()),
            )

    def write_document(
        self, sheet: Sheet, kind: str, title: str, *, publisher: str = "", issued: str = ""
    ) -> None:
        """Add the document; a publisher or a date that it does not give is a claim of absence."""
        digest = hashlib.sha256(self.slug.encode()).hexdigest()
        archived = kind != "register"
        sheet.record(
            self.name,
            "ae:SourceDocument",
            ("dcterms:title", text(title, "fr")),
            ("ae:sourceKind", f"source-kind:{kind}"),
            ("dcterms:publisher", [publisher] if publisher else ()),
            ("dcterms:issued", [dated(issued)] if issued else ()),
            ("ae:archiveName", [text(f"{self.slug}.txt")] if archived else ()),
            ("ae:textDigest", [text(digest)] if archived else ()),
        )
        for known, term in ((publisher, "dcterms:publisher"), (issued, "dcterms:issued")):
            if not known:
                absence(sheet, f"{self.slug}-{term.partition(':')[2]}", self.name, term)


def claim(  # noqa: PLR0913  # the fields of a claim
    sheet: Sheet,
    slug: str,
    said: tuple[str, str, str],
    by: Sequence[str],
    *,
    basis: str = "quoted",
    rank: str = "preferred",
    note: Sequence[str] = (),
) -> None:
    """Add a claim: the record, the property and the value that its excerpts bear, or would in another reading."""
    about, term, value = said
    sheet.record(
        f"clm:{slug}",
        "ae:Claim",
        ("ae:claimAbout", about),
        ("ae:claimProperty", term),
        ("ae:claimValue", value),
        ("ae:supportedBy", by),
        ("ae:claimBasis", f"claim-basis:{basis}"),
        ("ae:claimRank", f"claim-rank:{rank}"),
        ("skos:editorialNote", note),
    )


def absence(sheet: Sheet, slug: str, about: str, term: str, by: Sequence[str] = ()) -> None:
    """Add a claim that says why a value is not recorded."""
    sheet.record(
        f"clm:{slug}",
        "ae:Claim",
        ("ae:claimAbout", about),
        ("ae:claimProperty", term),
        ("ae:absenceReason", "absence-reason:not-stated"),
        ("ae:supportedBy", by),
        ("ae:claimBasis", "claim-basis:editorial"),
        ("ae:claimRank", "claim-rank:preferred"),
        ("skos:editorialNote", SILENT),
    )
