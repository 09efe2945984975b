"""`accords coverage`: the matrix of what is recorded, and requirements judged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from accords.errors import BadParameter, RequestError
from accords.language import Words

from .bilingual import Command, Settings, option
from .options import (
    ENDPOINT,
    form_of,
    form_option,
    limits_of,
    limits_options,
    project_of,
    where_of,
    width_of,
    write_as,
)

if TYPE_CHECKING:
    from accords.language import Language
    from accords.matrix import Matrix
    from accords.requirements import Verdict

FORMATS = ("text", "csv", "json", "md", "svg")


@click.command(
    cls=Command,
    words=Words(
        "Croiser territoires ou accords avec thèmes, freins ou niveaux de comité, et dire ce qui manque.\n\n"
        "Quatre états : engagement, simple mention, absence déclarée, non enregistré.",
        "Cross territories or agreements with themes, barriers or levels of committee, and say what is missing.\n\n"
        "Four states: commitment, mere mention, stated absent, not recorded.",
    ),
)
@option(
    "--by",
    metavar="NAME,NAME",
    words=Words(
        "Lignes et colonnes : territory,theme (par défaut) ; agreement,theme ; territory,barrier ; territory,level.",
        "Rows and columns: territory,theme (by default); agreement,theme; territory,barrier; territory,level.",
    ),
)
@option(
    "--level",
    metavar="NAME",
    words=Words(
        "Niveau des territoires, par son nom (par défaut régional).",
        "Level of the territories, by its name (regional by default).",
    ),
)
@option(
    "--all-themes",
    "every",
    is_flag=True,
    words=Words("Aussi les concepts plus étroits.", "Narrower concepts as well."),
)
@option(
    "--inherited",
    is_flag=True,
    words=Words(
        "Compter aussi ce qui vient d'un territoire plus large.",
        "Also count what comes from a larger territory.",
    ),
)
@option(
    "--inside",
    is_flag=True,
    words=Words(
        "Compter aussi ce qui est enregistré dans un territoire plus petit.",
        "Also count what is recorded in a smaller territory.",
    ),
)
@option(
    "--requirements",
    is_flag=True,
    words=Words(
        "Juger chaque accord sur les exigences de son référentiel.",
        "Judge each agreement on the requirements of its framework.",
    ),
)
@ENDPOINT
@form_option(
    *FORMATS, words=Words("Forme du rapport ; svg : une image.", "Form of the report; svg: a picture.")
)
@option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    words=Words(
        "Écrire dans ce fichier ; à côté d'une image, sa table en CSV.",
        "Write to this file; beside a picture, its table as CSV.",
    ),
)
@limits_options
@click.pass_obj
def coverage(  # noqa: PLR0913, PLR0917  # one parameter an option
    settings: Settings,
    by: str | None,
    level: str | None,
    every: bool,
    inherited: bool,
    inside: bool,
    requirements: bool,
    endpoint: str | None,
    form: str,
    output: Path | None,
    timeout: float,
    memory: int,
    rows: int,
) -> int:
    """Gather what is recorded, render it."""
    from accords import matrix
    from accords import requirements as judging

    form = form_of(click.get_current_context(), form, output, FORMATS)
    project = project_of(settings)
    where = where_of(project, endpoint)
    limits = limits_of(timeout, memory, rows)
    if requirements:
        if by is not None or level is not None or every or inherited or inside:
            raise RequestError(
                Words(
                    "--requirements ne se croise avec rien : ni --by, ni --level, --all-themes, --inherited ou --inside",
                    "--requirements crosses nothing: neither --by nor --level, --all-themes, --inherited or --inside",
                )
            )
        found = judging.verdicts(where, project, settings.language, limits)
        write_as(_judged(found, form, settings.language, width_of(output)), form, output)
        return 0
    relations = {"own", *(["inherited"] if inherited else []), *(["inside"] if inside else [])}
    choice = matrix.Choice(matrix.BY if by is None else by, level, every, frozenset(relations))
    crossed = matrix.matrix(where, project, choice, settings.language, limits)
    written = _rendered(crossed, form, settings.language, width_of(output))
    if form == "svg" and output is not None:
        table = _rendered(crossed, "csv", settings.language, width_of(output))
        write_as(table, "csv", _beside(output))
    write_as(written, form, output)
    return 0


def _beside(picture: Path) -> Path:
    """Return the file of the table beside a picture.

    Raises RequestError when it would be the same file.
    """
    if picture.suffix.casefold() == ".csv":
        raise RequestError(
            Words("l'image et sa table auraient le même nom", "the picture and its table would share a name")
        )
    return picture.with_suffix(".csv")


def _rendered(crossed: Matrix, form: str, language: Language, width: int) -> str:
    from accords.render import matrix as render
    from accords.render import matrix_picture

    match form:
        case "csv":
            return render.as_csv(crossed)
        case "json":
            return render.as_json(crossed)
        case "md":
            return render.as_markdown(crossed, language)
        case "svg":
            return matrix_picture.as_svg(crossed, language)
        case _:
            return render.as_text(crossed, language, width)


def _judged(found: tuple[Verdict, ...], form: str, language: Language, width: int) -> str:
    from accords.render import requirements as render

    match form:
        case "csv":
            return render.as_csv(found)
        case "json":
            return render.as_json(found)
        case "md":
            return render.as_markdown(found, language)
        case "svg":
            expected = Words(
                "text, csv, json ou md avec --requirements", "text, csv, json or md with --requirements"
            )
            option_name = "--format"
            raise BadParameter(option_name, form, expected)
        case _:
            return render.as_text(found, language, width)
