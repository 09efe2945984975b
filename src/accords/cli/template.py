"""`accords template`: a table to fill, with the fields of a kind of records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from accords.errors import RequestError
from accords.language import Words, printable

from .bilingual import Command, Settings, option
from .known import known_of
from .options import OUTPUT, form_of, write_as

if TYPE_CHECKING:
    from pathlib import Path

FORMS = ("csv", "xlsx")


@click.command(
    cls=Command,
    words=Words(
        "Préparer un tableau à remplir.\n\n"
        "SORTE : la sorte de fiche (les voir : accords new). Le classeur (.xlsx) a des listes de choix et une aide "
        "sur chaque titre ; le CSV, les titres seuls. Rempli, il se relit par « accords import ».",
        "Prepare a table to fill.\n\n"
        "KIND: the kind of record (see them: accords new). The workbook (.xlsx) has pick lists and a help on each "
        "heading; CSV, the headings alone. Once filled, “accords import” reads it.",
    ),
)
@click.argument("kind", metavar="KIND")
@option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    default=FORMS[0],
    words=Words("Forme du tableau.", "Form of the table."),
)
@OUTPUT
@click.pass_context
def template(context: click.Context, kind: str, form: str, output: Path | None) -> int:
    """Gather, render."""
    from accords.filling import Filling
    from accords.render import templates

    settings: Settings = context.obj
    if output is not None and output.suffix.lower() not in {"", *(f".{one}" for one in FORMS)}:
        shown = printable(output.suffix)
        raise RequestError(
            Words(f"un tableau ne s'écrit pas en {shown}", f"a table is not written as {shown}"),
            hint=Words(
                "donner un nom en .xlsx ou .csv : -o tableau.xlsx",
                "give a name in .xlsx or .csv: -o table.xlsx",
            ),
        )
    form = form_of(context, form, output, FORMS)
    if form == "xlsx" and output is None:
        raise RequestError(
            Words("un classeur ne s'affiche pas", "a workbook cannot be shown"),
            hint=Words("donner un fichier : -o tableau.xlsx", "name a file: -o table.xlsx"),
        )
    if output is not None and output.exists():
        shown = printable(str(output))
        raise RequestError(
            Words(f"{shown} existe déjà, peut-être rempli", f"{shown} exists already, perhaps filled"),
            hint=Words("donner un autre nom : -o", "give another name: -o"),
        )
    known = known_of(settings)
    meant = known.find(kind)
    if form == "xlsx":
        written = templates.as_workbook(meant, Filling(known), settings.language)
    else:
        written = templates.as_csv(meant, settings.language)
    write_as(written, form, output)
    return 0
