"""`accords diff`: what changed, in the words of the domain."""

from __future__ import annotations

import contextlib
import gc
from pathlib import Path
from typing import TYPE_CHECKING

import click

from accords.language import Words

from .bilingual import Command, Settings, option
from .options import OUTPUT, form_of, form_option, most_option, project_of, width_of, write_as

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accords.diff import Diff
    from accords.language import Language

FORMATS = ("text", "md", "json")
FAIL_ON = ("removed-without-replacement", "removed", "any")
MOST = 50  # entries listed a section


@click.command(
    cls=Command,
    words=Words(
        "Dire ce qui change d'un état du graphe à l'autre : accords, acteurs, comités, engagements, preuves, couverture.\n\n"
        "Sans argument, la dernière révision git (HEAD) face aux fichiers présents ; avec A, A face aux fichiers "
        "présents ; avec A B, A face à B. A et B : une révision git, le dossier d'un projet, un fichier ou un dossier "
        "de data/, un fichier RDF, le dossier d'une livraison. Pour lever un doute : rev:NOM ou path:NOM.\n\n"
        "La mise en forme, les commentaires et l'ordre ne sont pas un changement.",
        "Tell what changes from one state of the graph to another: agreements, actors, committees, commitments, evidence, "
        "coverage.\n\n"
        "Without argument, the last git revision (HEAD) against the files as they are; with A, A against the files as "
        "they are; with A B, A against B. A and B: a git revision, the folder of a project, a file or folder of data/, "
        "an RDF file, the folder of a release. To lift a doubt: rev:NAME or path:NAME.\n\n"
        "Formatting, comments and order are no change.",
    ),
)
@click.argument("asked", metavar="[A] [B]", nargs=-1)
@form_option(
    *FORMATS,
    words=Words(
        "Forme du rapport ; md : pour une demande de fusion.", "Form of the report; md: for a pull request."
    ),
)
@OUTPUT
@option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    words=Words(
        "Code de sortie 1 si une IRI de fiche, de concept ou de terme s'en va sans remplaçant déclaré ; si quoi que "
        "ce soit s'en va ou change de nom ; au moindre changement.",
        "Exit code 1 if an IRI of a record, a concept or a term leaves without a declared replacement; if anything "
        "leaves or changes its name; at any change.",
    ),
)
@most_option(
    MOST, Words("Changements listés par rubrique (0 : tous).", "Changes listed per section (0: all).")
)
@click.pass_obj
def diff(  # noqa: PLR0913, PLR0917  # one parameter an option
    settings: Settings, asked: tuple[str, ...], form: str, output: Path | None, fail_on: str | None, most: int
) -> int:
    """Gather, compare, render."""
    from accords import comparing, measuring
    from accords import diff as differing

    if len(asked) > 2:  # noqa: PLR2004  # one side and the other
        message = f"Got unexpected extra argument ({asked[2]})"
        raise click.UsageError(message)
    form = form_of(click.get_current_context(), form, output, FORMATS)
    project = project_of(settings)
    with _uncollected():
        before, after = comparing.compared(project, Path.cwd(), asked)
        found = measuring.measured(differing.compare(before, after), before, after, project)
    settings.code = 1 if _fails(found, fail_on) else 0
    write_as(_rendered(found, form, settings.language, most, width_of(output)), form, output)
    return settings.code


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Let memory uncollected: two graphs are many small values without cycles, looked through in vain."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _fails(found: Diff, fail_on: str | None) -> bool:
    match fail_on:
        case "removed-without-replacement":
            return bool(found.unreplaced)
        case "removed":
            return bool(found.departures or found.renamings)
        case "any":
            return not found.empty
        case _:
            return False


def _rendered(found: Diff, form: str, language: Language, most: int, width: int) -> str:
    from accords.render import difference_data, difference_pages

    match form:
        case "json":
            return difference_data.as_json(found)
        case "md":
            return difference_pages.as_markdown(found, language, most=most)
        case _:
            return difference_pages.as_text(found, language, most=most, width=width)
