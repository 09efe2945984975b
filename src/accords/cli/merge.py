"""`accords merge`: two records of one thing made one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from accords.errors import BadParameter
from accords.language import Words

from .bilingual import Command, Settings, option
from .changing import begin, confirmed, deliver, reason_of, reasoned

if TYPE_CHECKING:
    from accords.joining import Side


@click.command(
    cls=Command,
    words=Words(
        "Fondre deux fiches d'une même chose : B rejoint A.\n\n"
        "Ce que dit B s'ajoute à A, ce qui cite B cite A, et B reste, dépréciée. Garder pour A l'IRI la plus ancienne. "
        "Là où une seule valeur est permise et où les fiches diffèrent, --keep dit laquelle reste.",
        "Make two records of one thing one: B joins A.\n\n"
        "What B says is added to A, what cites B cites A, and B stays, deprecated. Keep the older IRI as A. Where one "
        "value only is allowed and the records differ, --keep says which stays.",
    ),
)
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@option(
    "--keep",
    multiple=True,
    metavar="A|B",
    words=Words(
        "Quelle fiche l'emporte ; pour une propriété, actorType=A (répétable).",
        "Which record wins; for one property, actorType=A (repeatable).",
    ),
)
@reasoned
@confirmed
@click.pass_obj
def merge(  # noqa: PLR0913, PLR0917  # one parameter an option
    settings: Settings,
    one: str,
    other: str,
    keep: tuple[str, ...],
    why: str | None,
    why_en: str | None,
    since: str,
    yes: bool,
    dry_run: bool,
) -> int:
    """Plan, show, ask, write."""
    reason, sides = reason_of(why, why_en, since), dict(_side(typed) for typed in keep)
    title = f"accords merge {one} {other}"
    project = begin(settings, title, dry_run=dry_run)
    if project is None:
        return 0
    from accords import joining, retiring

    place = retiring.workplace(project)
    first, second = place.find(one), place.find(other)
    shown = place.curie(first)
    duplicate = retiring.Reason(Words(f"Doublon de {shown}.", f"Duplicate of {shown}."))
    plan = joining.joined(place, first, second, reason or duplicate, sides, title=title)
    return deliver(settings, plan, yes=yes, dry_run=dry_run)


def _side(typed: str) -> tuple[str, Side]:
    """Return the property and the record of a `--keep`. Raises BadParameter."""
    name, _, side = typed.rpartition("=")
    match side.strip().upper():
        case "A":
            return name.strip(), "A"
        case "B":
            return name.strip(), "B"
    option_name, expected = "--keep", Words("A, B, ou PROPRIÉTÉ=A", "A, B, or PROPERTY=A")
    raise BadParameter(option_name, typed, expected)
