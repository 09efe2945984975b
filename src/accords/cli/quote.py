"""`accords quote`: an excerpt ready to paste, from a few words of an archived text."""

from __future__ import annotations

import click

from accords.language import Words

from .bilingual import Command, Settings, option
from .options import ARCHIVE, archive_of, print_as, project_of
from .unread import tell_unread


@click.command(
    cls=Command,
    words=Words(
        "Préparer un extrait à coller.\n\n"
        "SOURCE : un document source, par son nom court (src:pdl-2023-09), son IRI, son titre ou le nom de son "
        "fichier d'archive. PREMIERS : les premiers mots du passage ; DERNIERS : ses derniers, s'il est plus long.\n\n"
        "Les mots sont ceux du texte archivé, coupés à ce qu'un extrait peut contenir.",
        "Prepare an excerpt to paste.\n\n"
        "SOURCE: a source document, by its short name (src:pdl-2023-09), its IRI, its title or the name of its "
        "archive file. FIRST: the first words of the passage; LAST: its last ones, when it is longer.\n\n"
        "The words are those of the archived text, cut to what an excerpt may hold.",
    ),
)
@click.argument("source", metavar="SOURCE")
@click.argument("first", metavar="FIRST")
@click.argument("last", metavar="[LAST]", default="")
@option(
    "--prefix",
    default="",
    metavar="WORDS",
    words=Words(
        "Mots qui précèdent le passage, quand les premiers sont en plusieurs endroits.",
        "Words before the passage, when the first ones stand in several places.",
    ),
)
@option(
    "--id",
    "name",
    default="",
    metavar="NAME",
    words=Words(
        "Nom de l'extrait (sinon le prochain de la source).", "Name of the excerpt (else the next one)."
    ),
)
@ARCHIVE
@click.pass_obj
def quote(  # noqa: PLR0913, PLR0917  # one parameter an option
    settings: Settings, source: str, first: str, last: str, prefix: str, name: str, archive: str | None
) -> int:
    """Gather, prepare, render."""
    from accords import loading, quoting
    from accords.evidence import Library
    from accords.pinning import Given
    from accords.render import evidence as render

    knowledge = loading.load(project_of(settings))
    tell_unread(knowledge.problems, knowledge.documents, settings.language)
    library = Library(knowledge, archive_of(archive))
    found = quoting.find_source(library, source)
    made = quoting.prepare(library, found, Given(first, last, prefix), name)
    print_as(render.block(made, knowledge.prefixes, settings.language), "ttl")
    return 0
