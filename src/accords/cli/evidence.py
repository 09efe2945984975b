"""`accords evidence`: the excerpts against the archived texts, and the words that a record rests on."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from accords.findings import Severity, reached
from accords.language import Words

from .bilingual import Command, Group, Settings
from .options import (
    ARCHIVE,
    FILES,
    STRICT,
    archive_of,
    form_option,
    most_option,
    print_as,
    project_of,
    turtle_files,
)
from .progress import progress
from .unread import tell_unread

if TYPE_CHECKING:
    from pathlib import Path

    from accords.loading import FileProblem

FORMATS = ("text", "json")
MOST = 1000  # findings, and unchecked excerpts, listed as text


@click.group(
    cls=Group,
    lazy={},
    words=Words(
        "Retrouver les extraits dans les textes archivés.\n\n"
        "Les textes restent chez vous : rien n'est écrit, rien n'est envoyé.",
        "Find the excerpts in the archived texts.\n\nThe texts stay with you: nothing is written, nothing is sent.",
    ),
)
def evidence() -> None:
    """Hold the commands about evidence."""


@evidence.command(
    "check",
    cls=Command,
    words=Words(
        "Chercher chaque extrait dans son texte.\n\n"
        "Sans FICHIER, tous les extraits ; avec FICHIER, ceux de ces fichiers (d'un DOSSIER, tous ses .ttl). Un extrait dont le texte "
        "n'est pas sous la main est compté et nommé.",
        "Look for each excerpt in its text.\n\n"
        "Without FILE, every excerpt; with FILE, those of these files (of a FOLDER, all its .ttl). An excerpt whose text is not at hand is "
        "counted and named.",
    ),
)
@FILES
@ARCHIVE
@STRICT
@form_option(*FORMATS)
@most_option(
    MOST,
    Words(
        "Nombre de constats et d'extraits non vérifiés listés en texte (0 : tous).",
        "Findings and unchecked excerpts listed as text (0: all).",
    ),
)
@click.pass_obj
def check(  # noqa: PLR0913, PLR0917  # one parameter an option
    settings: Settings, files: tuple[Path, ...], archive: str | None, strict: bool, form: str, most: int
) -> int:
    """Gather, check, render."""
    from accords import evidence as job
    from accords import loading, rulebook
    from accords.render import evidence as render
    from accords.speaking import Speaker
    from accords.wording import Wording

    project = project_of(settings)
    asked = turtle_files(project, files, skip=loading.NOT_CONTENT)
    readable = tuple(path for path, refused in asked if refused is None)
    passed_over = tuple(refused for _, refused in asked if refused is not None)
    texts = archive_of(archive)
    within = frozenset(project.name_of(path.resolve()) for path in readable)
    within |= {problem.location.file for problem in passed_over}
    with progress(settings.language, sys.stderr) as told:
        knowledge, beside = loading.with_files(loading.load(project, told), readable)
        documents, wrong_rules = loading.load_shapes(project)
        made = job.check(knowledge, texts, within=within)
    speaker = Speaker(knowledge, rulebook.of_documents(documents), Wording(knowledge))
    problems: tuple[FileProblem, ...] = (*knowledge.problems, *beside, *passed_over)
    tell_unread(wrong_rules, documents, settings.language)
    found = {speaker.of_problem(p) for p in problems if not within or p.location.file in within}
    found |= {speaker.of_notice(notice) for notice in made.notices}
    findings = tuple(sorted(found, key=lambda finding: finding.order))
    if form == "json":
        shown = render.as_json(made, findings, knowledge.prefixes, settings.language)
    else:
        unread = len({p.location.file for p in problems if p.severity is Severity.ERROR})
        shown = render.checked(
            made, findings, knowledge.prefixes, settings.language, most=most, unread=unread
        )
    unchecked = strict and made.summary.unchecked_total > 0
    settings.code = 1 if unchecked or reached(findings, Severity.ERROR) else 0
    print_as(shown, form)
    return settings.code


@evidence.command(
    "show",
    cls=Command,
    words=Words(
        "Montrer les mots sur lesquels repose une fiche.\n\n"
        "TERME : un extrait, pour son passage entier et ce qui en dépend ; un document source, pour ses "
        "extraits ; toute autre fiche, pour les passages qui l'étayent.",
        "Show the words that a record rests on.\n\n"
        "TERM: an excerpt, for its whole passage and what rests on it; a source document, for its excerpts; any "
        "other record, for the passages that back it.",
    ),
)
@click.argument("asked", metavar="TERM")
@ARCHIVE
@click.pass_obj
def show(settings: Settings, asked: str, archive: str | None) -> int:
    """Gather, trace, render."""
    from accords import loading, retiring, tracing
    from accords.evidence import Library
    from accords.names import find_term
    from accords.render import evidence as render

    knowledge = loading.load(project_of(settings))
    tell_unread(knowledge.problems, knowledge.documents, settings.language)
    library = Library(knowledge, archive_of(archive))
    term = find_term(knowledge, asked)
    found = tracing.trace(library, term)
    if (gone := retiring.withdrawn(retiring.Workplace(knowledge, ()), term)) is not None:
        click.echo(gone.message.to(settings.language), err=True)
        for heir, _ in gone.heirs:
            click.echo(f"  → accords evidence show {heir}", err=True)
    click.echo(render.traced(found, settings.language), nl=False)
    return 0
