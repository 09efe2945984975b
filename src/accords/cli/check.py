"""`accords check`: the main job on the terminal."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from accords.findings import Severity, reached
from accords.language import Words

from . import watching
from .bilingual import Command, Settings, option
from .options import (
    ARCHIVE,
    FILES,
    STRICT,
    archive_of,
    bounds_options,
    cache_of,
    form_option,
    most_option,
    print_as,
    project_of,
    tell,
    turtle_files,
)
from .progress import progress

if TYPE_CHECKING:
    from pathlib import Path

    from accords.language import Language
    from accords.rulebook import Rulebook
    from accords.shacl import Engine
    from accords.validation import Report
    from accords.wording import Wording

FORMATS = ("text", "json", "csv", "github", "gitlab", "sarif")
ENGINES = ("auto", "fast", "pyshacl", "reference")
NO_FAST_ENGINE = Words(
    "le moteur rapide (pyshacl-turbo) n'est pas installé : pySHACL vérifie les règles, plus lentement",
    "the fast engine (pyshacl-turbo) is not installed: pySHACL checks the rules, more slowly",
)
MOST = 1000  # findings listed as text


@click.command(
    cls=Command,
    words=Words(
        "Vérifier les fichiers, les règles et les preuves, puis résumer la couverture.\n\n"
        "Sans FICHIER, tout le projet. Avec FICHIER, les constats sur ces fichiers, puis ceux que leurs changements "
        "font naître dans d'autres fichiers ; le code de sortie ne dépend que des premiers. Un DOSSIER vaut tous "
        "ses fichiers .ttl.",
        "Check the files, the rules and the evidence, then sum up the coverage.\n\n"
        "Without FILE, the whole project. With FILE, the findings about these files, then those that their changes "
        "bring about in other files; the exit code depends on the former only. A FOLDER stands for all its .ttl "
        "files.",
    ),
)
@FILES
@form_option(*FORMATS)
@option(
    "--fail-on",
    type=click.Choice([s.value for s in Severity]),
    default="error",
    words=Words(
        "Gravité à partir de laquelle le code de sortie est 1.", "Severity from which the exit code is 1."
    ),
)
@option(
    "--engine",
    type=click.Choice(ENGINES),
    default="auto",
    words=Words(
        "Moteur SHACL ; reference : pySHACL pour tout, en minutes.",
        "SHACL engine; reference: pySHACL for everything, in minutes.",
    ),
)
@ARCHIVE
@STRICT
@bounds_options(60.0, "aux règles", "to the rules")
@most_option(
    MOST, Words("Nombre de constats listés en texte (0 : tous).", "Findings listed as text (0: all).")
)
@option(
    "--no-cache",
    is_flag=True,
    words=Words(
        "Tout relire, sans le graphe gardé (ACCORDS_CACHE : son dossier).",
        "Read everything, without the graph kept (ACCORDS_CACHE: its folder).",
    ),
)
@option(
    "--watch",
    is_flag=True,
    words=Words(
        "Vérifier à chaque enregistrement d'un fichier, jusqu'à Ctrl-C.",
        "Check at every save of a file, until Ctrl-C.",
    ),
)
@click.pass_context
def check(  # noqa: PLR0913, PLR0917  # one parameter an option
    context: click.Context,
    files: tuple[Path, ...],
    form: str,
    fail_on: str,
    engine: Engine,
    archive: str | None,
    strict: bool,
    timeout: float,
    memory: int,
    most: int,
    no_cache: bool,
    watch: bool,
) -> int:
    """Gather, validate, render."""
    from accords import checking, loading, shacl, validation

    settings: Settings = context.obj
    project = project_of(settings)
    asked = turtle_files(project, files, skip=loading.NOT_CONTENT)
    options = validation.Options(
        engine,
        timeout,
        memory,
        archive_of(archive),
        tuple(path for path, refused in asked if refused is None),
        tuple(refused for _, refused in asked if refused is not None),
    )
    if engine == "auto" and not shacl.fast_available():
        click.echo(f"accords: {NO_FAST_ENGINE.to(settings.language)}", err=True)
    kept = None if no_cache else cache_of(project)

    def once(only: tuple[Path, ...]) -> int:
        with progress(settings.language, sys.stderr) as told:
            made = checking.check(project, replace(options, only=only), kept, told)
        for problem in made.trouble:
            tell(problem, settings.language)
        unchecked = strict and made.report.evidence.unchecked_total > 0
        settings.code = 1 if unchecked or reached(made.report.findings, Severity(fail_on)) else 0
        print_as(_rendered(made.report, made.book, made.wording, form, settings.language, most), form)
        return settings.code

    if watch:
        return watching.watch(project, options.only, once, settings.language)
    return once(options.only)


def _rendered(  # noqa: PLR0913, PLR0917  # what a report can be asked for
    report: Report, book: Rulebook, wording: Wording, form: str, language: Language, most: int
) -> str:
    from accords.render import data, text

    match form:
        case "json":
            return data.as_json(report, wording, language)
        case "csv":
            return data.as_csv(report, language)
        case "github":
            return data.as_github(report, language)
        case "gitlab":
            return data.as_gitlab(report, language)
        case "sarif":
            from importlib import metadata

            return data.as_sarif(report, book, language, metadata.version("accords-emploi"))
        case _:
            return text.report(report, book, wording, language, most=most)
