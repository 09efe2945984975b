"""Options that several commands share, and what they gather."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from accords import project as projects
from accords.errors import BadParameter
from accords.language import Words

from .bilingual import Settings, option

if TYPE_CHECKING:
    from accords.project import Project

ARCHIVE = option(
    "--archive",
    type=click.Path(path_type=Path),
    envvar="ACCORDS_ARCHIVE",
    words=Words(
        "Dossier des textes archivés (sinon ACCORDS_ARCHIVE).",
        "Folder of the archived texts (else ACCORDS_ARCHIVE).",
    ),
)


def project_of(settings: Settings) -> Project:
    """Return the project of a call."""
    return projects.find(settings.root, Path.cwd())


def archive_of(archive: Path | None) -> Path | None:
    """Return the folder of archived texts; one that is not there is wrong use.

    An empty value means none, so that a Makefile can pass a variable on.
    """
    if archive is None or str(archive) in {"", "."} or not str(archive).strip():
        return None
    if not archive.is_dir():
        option_name = "--archive"
        raise BadParameter(option_name, str(archive), Words("un dossier qui existe", "a folder that exists"))
    return archive
