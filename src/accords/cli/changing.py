"""What the commands that change names share: finish what was interrupted, show, ask, write, say what is left."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import click

from accords.errors import BadParameter, RequestError
from accords.language import Words, printable

from . import asking
from .bilingual import Settings, option
from .differences import difference
from .options import print_as, project_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from accords.project import Project
    from accords.retiring import Plan, Reason

_YES = option("--yes", is_flag=True, words=Words("Écrire sans demander.", "Write without asking."))
_DRY_RUN = option(
    "--dry-run",
    is_flag=True,
    words=Words("Montrer ce qui changerait, ne rien écrire.", "Show what would change, write nothing."),
)
_WHY = option("--why", metavar="TEXT", words=Words("La raison, en français.", "The reason, in French."))
_WHY_EN = option("--why-en", metavar="TEXT", words=Words("La raison, en anglais.", "The reason, in English."))
_SINCE = option(
    "--since",
    metavar="TEXT",
    default="",
    words=Words(
        "Depuis quand : une version, une date ; rien n'est écrit sinon.",
        "Since when: a version, a date; else nothing is written about it.",
    ),
)
_MOMENT = re.compile(r"[0-9]+\.[0-9]+(?:\.[0-9]+)?|[0-9]{4}(?:-[01][0-9](?:-[0-3][0-9])?)?")
_MOMENTS = Words(
    "une version (1.2.0) ou une date (2026, 2026-11-22)", "a version (1.2.0) or a date (2026, 2026-11-22)"
)
_QUESTION = Words("Écrire ? [o/N]", "Write? [y/N]")


def reasoned(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options that say why, and since when."""
    return _given(command, _WHY, _WHY_EN, _SINCE)


def confirmed(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options that write without asking, or never write."""
    return _given(command, _YES, _DRY_RUN)


def _given(command: Callable[..., int], *options: Callable[..., Any]) -> Callable[..., int]:
    for one in reversed(options):
        command = one(command)
    return command


def begin(settings: Settings, title: str, *, dry_run: bool) -> Project | None:
    """Return the project of a call, after finishing what a command before it had left; None when that was this.

    Raises RequestError when that cannot be finished.
    """
    from accords import journal

    project = project_of(settings, to_write=True)
    if dry_run:
        if journal.waiting(project.root):
            raise journal.pending(project.root)
        return project
    finished = journal.resume(project.root, (project.data, project.ontology, project.shapes, project.queries))
    if finished is None:
        return project
    shown = printable(finished, 200)
    said = Words(
        f"interrompue plus tôt, menée à son terme : {shown}", f"interrupted before, now finished: {shown}"
    )
    click.echo(said.to(settings.language), err=True)
    return None if finished == title else project


def reason_of(why: str | None, why_en: str | None, since: str) -> Reason | None:
    """Return the reason given; None when there is none. Raises RequestError for one in one language only, or since no moment."""
    from accords.retiring import Reason

    if why is None and why_en is None and not since:
        return None
    if not (why or "").strip() or not (why_en or "").strip():
        raise RequestError(
            Words("la raison se donne dans les deux langues", "the reason is given in both languages"),
            hint=Words("--why TEXTE --why-en TEXTE", "--why TEXT --why-en TEXT"),
        )
    if since.strip() and not _MOMENT.fullmatch(since.strip()):
        name = "--since"
        raise BadParameter(name, since, _MOMENTS)
    return Reason(Words((why or "").strip(), (why_en or "").strip()), since.strip())


def deliver(settings: Settings, plan: Plan, *, yes: bool, dry_run: bool) -> int:
    """Show a plan, ask, write it, and say what to look at; return the exit code.

    Raises RequestError when it is neither confirmed nor refused, or cannot be written.
    """
    from accords.render.leftovers import left

    for changed in plan.changed:
        print_as(difference(changed.name, changed.before, changed.after), "ttl")
    if sys.stdout is not None:
        sys.stdout.flush()
    _tell(settings, _summary(plan), *plan.told, *left(plan.mentions))
    if to_write(settings, _QUESTION, yes=yes, dry_run=dry_run):
        plan.write()
        _tell(settings, Words("Écrit. À vérifier : accords check", "Written. To check: accords check"))
    return 0


def to_write(settings: Settings, question: Words, *, yes: bool, dry_run: bool) -> bool:
    """Tell whether to write: said beforehand, or asked; that nothing is written is told.

    Raises RequestError where there is nobody to ask.
    """
    if dry_run:
        _tell(settings, Words("Rien n'est écrit (--dry-run).", "Nothing is written (--dry-run)."))
        return False
    if not yes and not asking.confirmed(question, settings.language):
        _tell(settings, Words("Rien n'est écrit.", "Nothing is written."))
        return False
    return True


def _tell(settings: Settings, *said: Words) -> None:
    for words in said:
        click.echo(words.to(settings.language), err=True)


def _summary(plan: Plan) -> Words:
    from accords.render.phrases import counted

    one, many = Words("modifié", "changed"), Words("modifiés", "changed")
    count = len(plan.changed)
    return Words(f"Fichiers : {counted(count, one, many, 'fr')}", f"Files: {counted(count, one, many, 'en')}")
