"""`accords import`: the records of a filled table, shown before they are written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from accords.language import Words

from .bilingual import Command, Settings, option
from .changing import confirmed, to_write
from .known import known_of
from .options import HOMONYM

if TYPE_CHECKING:
    from accords.authoring import Draft


@click.command(
    "import",
    cls=Command,
    words=Words(
        "Ajouter les fiches d'un tableau rempli.\n\n"
        "TABLEAU : un fichier .csv ou .xlsx, dont les titres sont ceux des champs (accords template). Ce qui "
        "serait écrit est montré avant de l'être. Une seule erreur, et rien n'est écrit : chacune est dite avec sa "
        "ligne et sa colonne. Une fiche qui existe n'est jamais modifiée : la ligne qui la répète est laissée, celle qui "
        "en diffère est refusée.",
        "Add the records of a filled table.\n\n"
        "TABLE: a file .csv or .xlsx, whose headings are those of the fields (accords template). What would be "
        "written is shown first. With one mistake nothing is written: each is told with its row and its column. A "
        "record that exists is never changed: a row that repeats it is left, one that differs is refused.",
    ),
)
@click.argument("table", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="TABLE")
@option(
    "--kind",
    default="",
    metavar="KIND",
    words=Words(
        "Sorte des fiches, si le tableau ne la dit pas.", "Kind of the records, if the table does not say it."
    ),
)
@option(
    "--to",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    words=Words(
        "Fichier où les ajouter (sinon chacune à sa place).", "File to add them to (else each to its place)."
    ),
)
@HOMONYM
@confirmed
@click.pass_obj
def import_(  # noqa: PLR0913, PLR0917  # one parameter an option
    settings: Settings, table: Path, kind: str, target: Path | None, homonym: bool, yes: bool, dry_run: bool
) -> int:
    """Gather, plan, show, write."""
    from accords import adding, importing, tabular
    from accords.filling import Filling
    from accords.render import importing as render
    from accords.render.skeleton import Skeletons, used

    known = known_of(settings, to_write=True)
    sheet = tabular.table(table)
    for note in sheet.notes:
        click.echo(f"accords: {note.to(settings.language)}", err=True)
    skeletons = Skeletons(Filling(known, settings.language), settings.language)

    def block(draft: Draft) -> tuple[str, set[str]]:
        text = skeletons.blocks(draft, bare=True)
        return text, used(text, known.knowledge.prefixes)

    plan = importing.Importer(known, block, settings.language, target, homonym).plan(sheet, kind)
    if plan.mistakes:
        click.echo(render.mistakes(plan, table.name, settings.language), nl=False)
        return 1
    click.echo(render.plan(plan, settings.language), nl=False)
    if plan.additions and to_write(settings, _question(len(plan.additions)), yes=yes, dry_run=dry_run):
        adding.write(plan.additions)
        click.echo(render.written(plan, settings.language), nl=False)
    return 0


def _question(count: int) -> Words:
    return Words(
        f"Écrire ({count} fichier{'s' if count > 1 else ''}) ? [o/N] :",
        f"Write ({count} file{'s' if count > 1 else ''})? [y/N]:",
    )
