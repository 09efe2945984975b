"""`accords rename`: another short name for a record, a concept or a term, everywhere at once."""

from __future__ import annotations

import click

from accords.language import Words

from .bilingual import Command, Settings, option
from .changing import begin, confirmed, deliver, reason_of, reasoned


@click.command(
    cls=Command,
    words=Words(
        "Changer le nom court d'une fiche, d'un concept ou d'un terme, partout à la fois.\n\n"
        "Le nom change dans les données, l'ontologie, les règles et les questions ; textes et commentaires restent, et "
        "ceux qui le nomment encore sont signalés. L'ancien nom garde une fiche dépréciée qui mène au nouveau : une "
        "IRI publiée ne disparaît pas et ne sert jamais deux fois.",
        "Change the short name of a record, a concept or a term, everywhere at once.\n\n"
        "The name changes in the data, the ontology, the rules and the questions; texts and comments stay, and those "
        "that still name it are told. The old name keeps a deprecated record that leads to the new one: an IRI that "
        "was published does not vanish and never serves twice.",
    ),
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@option(
    "--unreleased",
    is_flag=True,
    words=Words(
        "L'ancien nom n'a jamais été publié : il n'en reste rien.",
        "The old name was never published: nothing is left of it.",
    ),
)
@option(
    "--with-parts",
    is_flag=True,
    words=Words(
        "Renommer aussi les fiches qui en tirent leur nom.",
        "Also rename the records that are named after it.",
    ),
)
@reasoned
@confirmed
@click.pass_obj
def rename(  # noqa: PLR0913, PLR0917  # one parameter an option
    settings: Settings,
    old: str,
    new: str,
    unreleased: bool,
    with_parts: bool,
    why: str | None,
    why_en: str | None,
    since: str,
    yes: bool,
    dry_run: bool,
) -> int:
    """Plan, show, ask, write."""
    reason = reason_of(why, why_en, since)
    title = f"accords rename {old} {new}"
    project = begin(settings, title, dry_run=dry_run)
    if project is None:
        return 0
    from accords import renaming, retiring

    place = retiring.workplace(project)
    plan = renaming.renamed(
        place, place.find(old), new, reason, title=title, unreleased=unreleased, with_parts=with_parts
    )
    return deliver(settings, plan, yes=yes, dry_run=dry_run)
