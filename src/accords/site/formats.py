"""Every form that an export can take: those of `publishing`, and the website."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accords.language import Words
from accords.publishing import formats
from accords.publishing.artefacts import Format

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accords.publishing.artefacts import Artefact
    from accords.publishing.edition import Edition
    from accords.publishing.folders import Written


def _site(edition: Edition) -> Iterable[Artefact]:
    from .frame import pages  # noqa: PLC0415  # only what is asked for is imported

    return pages(edition)


def _site_last(edition: Edition, written: tuple[Written, ...]) -> Iterable[Artefact]:
    from .beside import Beside  # noqa: PLC0415  # only what is asked for is imported
    from .frame import pages  # noqa: PLC0415  # only what is asked for is imported

    return pages(edition, Beside(written))


FORMATS = (*formats.FORMATS, Format("site", Words("Site web", "Website"), _site, _site_last))
