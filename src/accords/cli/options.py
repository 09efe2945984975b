"""Options that several commands share, and what they gather."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from accords import project as projects
from accords.errors import BadParameter, RequestError
from accords.language import Words, printable

from .bilingual import Settings, option

if TYPE_CHECKING:
    from collections.abc import Callable

    from accords.project import Project

ARCHIVE = option(
    "--archive",
    type=click.Path(),
    envvar="ACCORDS_ARCHIVE",
    words=Words(
        "Dossier des textes archivés (sinon ACCORDS_ARCHIVE).",
        "Folder of the archived texts (else ACCORDS_ARCHIVE).",
    ),
)
FILES = click.argument(
    "files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="[FILE]..."
)
STRICT = option(
    "--strict",
    is_flag=True,
    words=Words("Un extrait non vérifié fait échouer.", "An unchecked excerpt fails."),
)


def turtle_files(files: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the files to check; one that is not meant to hold records is wrong use."""
    for path in files:
        if path.is_file() and path.suffix != ".ttl":
            name = printable(path.name)
            said = Words(
                f"{name} n'est pas un fichier de fiches (.ttl)", f"{name} is not a file of records (.ttl)"
            )
            raise RequestError(said)
    return files


def form_option(*forms: str, words: Words | None = None) -> Callable[..., Any]:
    """Declare `--format` with these choices, the first by default."""
    said = words or Words("Forme du rapport.", "Form of the report.")
    return option("--format", "form", type=click.Choice(forms), default=forms[0], words=said)


def most_option(most: int, words: Words) -> Callable[..., Any]:
    """Declare `--most`, how many things a text lists; 0 lists all."""
    return option("--most", type=click.IntRange(min=0), default=most, metavar="N", words=words)


def project_of(settings: Settings) -> Project:
    """Return the project of a call."""
    return projects.find(settings.root, Path.cwd())


def archive_of(archive: str | None) -> Path | None:
    """Return the folder of archived texts; one that is not there is wrong use.

    An empty value means none, so that a Makefile can pass a variable on.
    """
    if archive is None or not archive.strip():
        return None
    folder = Path(archive)
    if not folder.is_dir():
        option_name = "--archive"
        raise BadParameter(option_name, archive, Words("un dossier qui existe", "a folder that exists"))
    return folder


def print_as(written: str, form: str) -> None:
    r"""Print a report: text in the encoding of the terminal, data formats in UTF-8 whatever that is.

    A file name that is not UTF-8 keeps its bytes as `\udcff`, which JSON reads as well.
    """
    click.echo(written if form == "text" else written.encode("utf-8", "backslashreplace"), nl=False)
