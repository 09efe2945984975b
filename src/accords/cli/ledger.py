"""`accords ledger`: what is declared beside what is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from accords.language import Words

from .bilingual import Command, Settings
from .options import (
    ARCHIVE,
    ENDPOINT,
    OUTPUT,
    archive_of,
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
    from pathlib import Path

FORMATS = ("text", "csv", "json", "md")


@click.command(
    cls=Command,
    words=Words(
        "Mettre chaque nombre déclaré à côté de ce qui est enregistré, avec l'écart et le passage.",
        "Set each declared number beside what is recorded, with the gap and the passage.",
    ),
)
@ENDPOINT
@form_option(*FORMATS)
@OUTPUT
@ARCHIVE
@limits_options
@click.pass_obj
def ledger(  # noqa: PLR0913, PLR0917  # one parameter an option
    settings: Settings,
    endpoint: str | None,
    form: str,
    output: Path | None,
    archive: str | None,
    timeout: float,
    memory: int,
    rows: int,
) -> int:
    """Gather, compare, render."""
    from accords import ledger as ledgers
    from accords.render import ledger as render

    form = form_of(click.get_current_context(), form, output, FORMATS)
    project = project_of(settings)
    entries = ledgers.entries(
        where_of(project, endpoint),
        project,
        settings.language,
        archive=archive_of(archive),
        limits=limits_of(timeout, memory, rows),
    )
    match form:
        case "csv":
            written = render.as_csv(entries)
        case "json":
            written = render.as_json(entries)
        case "md":
            written = render.as_markdown(entries, settings.language)
        case _:
            written = render.as_text(entries, settings.language, width_of(output))
    write_as(written, form, output)
    return 0
