"""One form of an edition, written to a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accords.publishing import folders
from accords.publishing.formats import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

    from accords.publishing.edition import Edition


def publish(folder: Path, name: str, edition: Edition) -> Path:
    """Write a form, by its name; return the folder."""
    form = next(one for one in FORMATS if one.name == name)
    folders.publish(folder, edition, form.make(edition))
    return folder
