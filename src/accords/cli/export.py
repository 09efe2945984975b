"""`accords export`: the graph in the forms that its readers use."""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING

import click

from accords.errors import BadParameter
from accords.language import Words, printable
from accords.render.phrases import counted
from accords.site.formats import FORMATS

from .bilingual import Command, Settings, option
from .options import DAY, TARGET, address_of, address_option, project_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from accords.language import Language
    from accords.publishing.artefacts import Artefact

EPOCH = "SOURCE_DATE_EPOCH"  # the day that builds agree on: seconds since 1970
_MANY = 4  # files of a folder from which on it is one line
_FILES = Words("fichier", "file"), Words("fichiers", "files")


@click.command(
    cls=Command,
    words=Words(
        "Écrire le graphe dans un dossier, sous les formes que ses lecteurs emploient.\n\n"
        "Sans --format, toutes ; manifest.json liste les fichiers, avec leurs tailles et leurs empreintes.",
        "Write the graph to a folder, in the forms that its readers use.\n\n"
        "Without --format, all of them; manifest.json lists the files, with their sizes and digests.",
    ),
)
@TARGET
@option(
    "--format",
    "forms",
    type=click.Choice([form.name for form in FORMATS]),
    multiple=True,
    words=Words("Forme voulue ; l'option se répète.", "Form wanted; the option repeats."),
)
@DAY
@address_option(
    Words(
        "Adresse où le dossier sera servi, pour ce qui demande des liens entiers (plan du site, 404).",
        "Address where the folder will be served, for what wants whole links (site map, 404).",
    )
)
@option(
    "--replace",
    is_flag=True,
    words=Words("Remplacer un export précédent.", "Replace an earlier export."),
)
@click.pass_obj
def export(  # noqa: PLR0913, PLR0917  # an argument an option
    settings: Settings,
    target: Path,
    forms: tuple[str, ...],
    day: str | None,
    address: str,
    replace: bool,
) -> int:
    """Choose, write, tell."""
    from accords.publishing.edition import Edition
    from accords.publishing.folders import listing, publish

    edition = Edition(project_of(settings), day_of(day), address=address_of(address))
    chosen = [form for form in FORMATS if not forms or form.name in forms]
    made = (artefact for form in chosen if form.last is None for artefact in form.make(edition))
    last = [partial(form.last, edition) for form in chosen if form.last is not None]
    written = publish(target, edition, made, (*last, listing(edition)), replace=replace)
    for line in told(target, [file.artefact for file in written], settings.language):
        click.echo(line)
    return 0


def told(target: Path, written: Sequence[Artefact], language: Language) -> Iterator[str]:
    """Yield a line a file, or a line a folder that holds many."""
    tops = Counter(file.path.partition("/")[0] for file in written)
    for top, count in tops.items():
        if count > _MANY:
            yield f"{target / top}{os.sep}  {counted(count, *_FILES, language)}"
    for file in written:
        if tops[file.path.partition("/")[0]] <= _MANY:
            yield f"{target / file.path}  {printable(file.title.to(language))}"


def day_of(asked: str | None) -> date:
    """Return the day asked for, else the one that builds agree on, else today.

    Raises BadParameter for what is no day, as typed or in the environment.
    """
    if asked is not None:
        from accords import choosing

        return date.fromisoformat(choosing.day("--date", asked))
    if not (seconds := os.environ.get(EPOCH, "").strip()):
        return datetime.now(tz=UTC).date()
    try:
        return datetime.fromtimestamp(int(seconds), tz=UTC).date()
    except (ValueError, OverflowError, OSError) as wrong:
        expected = Words("un nombre de secondes depuis 1970", "a number of seconds since 1970")
        raise BadParameter(EPOCH, seconds, expected) from wrong
