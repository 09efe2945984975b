"""What is published beside the site and that its pages tell of: the files of the other forms, the notes of a release."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accords.publishing.folders import MANIFEST

if TYPE_CHECKING:
    from accords.language import Words
    from accords.publishing.folders import Written


@dataclass(frozen=True, slots=True)
class Beside:
    """What the pages are told when they are made last; the paths of files are from `root`."""

    files: tuple[Written, ...] | None = None  # None: nobody knows what will stand there
    notes: Words | None = None  # Markdown
    brought: Words | None = None  # what a release brings, in one sentence
    root: str = ""  # the way from the root of the site to the files
    manifest: str = MANIFEST
