"""`accords export`: the graph in the forms that its readers use."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import click

from accords.errors import BadParameter
from accords.language import Words, printable
from accords.publishing.formats import FORMATS

from .bilingual import Command, Settings, option
from .options import project_of

EPOCH = "SOURCE_DATE_EPOCH"  # the day that builds agree on: seconds since 1970


@click.command(
    cls=Command,
    words=Words(
        "Écrire le graphe dans un dossier, sous les formes que ses lecteurs emploient.\n\n"
        "Sans --format, toutes ; manifest.json liste les fichiers, avec leurs tailles et leurs empreintes.",
        "Write the graph to a folder, in the forms that its readers use.\n\n"
        "Without --format, all of them; manifest.json lists the files, with their sizes and digests.",
    ),
)
@option(
    "--to",
    "target",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="FOLDER",
    words=Words("Dossier à écrire, neuf ou vide.", "Folder to write, new or empty."),
)
@option(
    "--format",
    "forms",
    type=click.Choice([form.name for form in FORMATS]),
    multiple=True,
    words=Words("Forme voulue ; l'option se répète.", "Form wanted; the option repeats."),
)
@option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    words=Words(
        "Jour que portent les fichiers (sinon SOURCE_DATE_EPOCH, sinon aujourd'hui).",
        "Day that the files bear (else SOURCE_DATE_EPOCH, else today).",
    ),
)
@option(
    "--replace",
    is_flag=True,
    words=Words("Remplacer un export précédent.", "Replace an earlier export."),
)
@click.pass_obj
def export(
    settings: Settings, target: Path, forms: tuple[str, ...], day: datetime | None, replace: bool
) -> int:
    """Choose, write, tell."""
    from accords.publishing.edition import Edition
    from accords.publishing.folders import publish

    edition = Edition(project_of(settings), day_of(day))
    chosen = [form for form in FORMATS if not forms or form.name in forms]
    made = (artefact for form in chosen for artefact in form.make(edition))
    written = publish(target, edition, made, replace=replace)
    for file in written:
        title = printable(file.artefact.title.to(settings.language))
        click.echo(f"{target / file.artefact.path}  {title}")
    return 0


def day_of(asked: datetime | None) -> date:
    """Return the day asked for, else the one that builds agree on, else today.

    Raises BadParameter when the environment does not give a day.
    """
    if asked is not None:
        return asked.date()
    if not (seconds := os.environ.get(EPOCH, "").strip()):
        return datetime.now(tz=UTC).date()
    try:
        return datetime.fromtimestamp(int(seconds), tz=UTC).date()
    except (ValueError, OverflowError, OSError) as wrong:
        expected = Words("un nombre de secondes depuis 1970", "a number of seconds since 1970")
        raise BadParameter(EPOCH, seconds, expected) from wrong
