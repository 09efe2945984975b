"""`accords deprecate`: a record or a term that is no longer to be used, and what replaces it."""

from __future__ import annotations

import click

from accords.language import Words

from .asking import answer, on_terminal
from .bilingual import Command, Settings, option
from .changing import begin, confirmed, deliver, reason_of, reasoned


@click.command(
    cls=Command,
    words=Words(
        "Déprécier une fiche, un concept ou un terme : il reste, et dit ce qui le remplace et pourquoi.\n\n"
        "Ce qui le cite encore est signalé, ou le suit : --move-references.",
        "Deprecate a record, a concept or a term: it stays, and says what replaces it and why.\n\n"
        "What still cites it is told, or follows it: --move-references.",
    ),
)
@click.argument("old", metavar="OLD")
@option("--by", metavar="NAME", words=Words("Ce qui le remplace.", "What replaces it."))
@reasoned
@option(
    "--move-references",
    is_flag=True,
    words=Words(
        "Faire suivre au remplaçant ce qui cite l'ancien.",
        "Repoint to the replacement what cites the old one.",
    ),
)
@confirmed
@click.pass_obj
def deprecate(  # noqa: PLR0913, PLR0917  # one parameter an option
    settings: Settings,
    old: str,
    by: str | None,
    why: str | None,
    why_en: str | None,
    since: str,
    move_references: bool,
    yes: bool,
    dry_run: bool,
) -> int:
    """Plan, show, ask, write."""
    if on_terminal():
        why = why or _asked(settings, Words("Pourquoi, en français :", "Why, in French:"))
        why_en = why_en or _asked(settings, Words("Pourquoi, en anglais :", "Why, in English:"))
    reason = reason_of(why or "", why_en or "", since)
    title = " ".join(["accords deprecate", old, *(["--by", by] if by else [])])
    project = begin(settings, title, dry_run=dry_run)
    if project is None or reason is None:
        return 0
    from accords import deprecating, retiring

    place = retiring.workplace(project)
    successor = None if by is None else place.find(by)
    plan = deprecating.deprecated(
        place, place.find(old), successor, reason, title=title, move=move_references
    )
    return deliver(settings, plan, yes=yes, dry_run=dry_run)


def _asked(settings: Settings, question: Words) -> str:
    return answer(question, settings.language)
