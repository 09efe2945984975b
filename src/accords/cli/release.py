"""`accords release`: releases that anyone can rebuild and verify."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from accords.language import Words

from .bilingual import Command, Group, Settings, option
from .export import day_of
from .options import (
    ARCHIVE,
    DAY,
    TARGET,
    address_of,
    address_option,
    archive_of,
    bounds_options,
    form_option,
    most_option,
    print_as,
    project_of,
)
from .progress import progress

MOST = 1000  # differences listed


@click.group(
    cls=Group,
    lazy={},
    words=Words(
        "Publier une version que chacun peut reconstruire et vérifier.",
        "Make a release that anyone can rebuild and verify.",
    ),
)
def release() -> None:
    """Hold the commands about releases."""


@release.command(
    "build",
    cls=Command,
    words=Words(
        "Construire le dossier d'une version : contenu, exports, rapports, notes, métadonnées, empreintes.\n\n"
        "Refusé si « accords check » a une erreur, si le numéro ne suit pas ce qui a changé (le retrait d'une IRI "
        "demande une stèle puis une version majeure), ou si l'ontologie porte un autre numéro. Mêmes fichiers, même "
        "jour, même adresse, mêmes bibliothèques : mêmes octets. Le dossier ne se réécrit pas.\n\n"
        "La version laisse une trace à la suivante, ontology/released.ttl dans son dossier ; --record la pose dans "
        "le projet, à verser au dépôt.",
        "Build the folder of a release: content, exports, reports, notes, metadata, digests.\n\n"
        "Refused when “accords check” has an error, when the number does not follow what changed (removing an IRI "
        "takes a tombstone, then a major version), or when the ontology bears another number. Same files, same day, "
        "same address, same libraries: same bytes. The folder is never written over.\n\n"
        "The release leaves a record for the next one, ontology/released.ttl in its folder; --record puts it in the "
        "project, to be committed.",
    ),
)
@option(
    "--version",
    required=True,
    metavar="X.Y.Z",
    words=Words("Numéro de la version.", "Number of the release."),
)
@TARGET
@option(
    "--previous",
    metavar="PATH",
    words=Words(
        "Version précédente : son dossier, ou rev:ÉTIQUETTE. Sans elle, c'est la première.",
        "Previous release: its folder, or rev:TAG. Without it, this is the first.",
    ),
)
@DAY
@address_option(
    Words(
        "Adresse où site/ sera servi, pour ce qui demande des liens entiers : plan du site, fil, 404, demande w3id.",
        "Address where site/ will be served, for what wants whole links: site map, feed, 404, w3id request.",
    )
)
@option(
    "--record",
    is_flag=True,
    words=Words(
        "Poser aussi ontology/released.ttl dans le projet.", "Also put ontology/released.ttl in the project."
    ),
)
@ARCHIVE
@click.pass_obj
def build(  # noqa: PLR0913, PLR0917  # one parameter an option
    settings: Settings,
    version: str,
    target: Path,
    previous: str | None,
    day: str | None,
    address: str,
    record: bool,
    archive: str | None,
) -> int:
    """Gather, build, tell."""
    from accords import writing
    from accords.publishing.released import PATH
    from accords.releasing import build as job

    project = project_of(settings, to_write=record)
    order = job.Order(
        project,
        version,
        day_of(day),
        target,
        Path.cwd(),
        previous,
        archive_of(archive),
        address_of(address),
    )
    with progress(settings.language, sys.stderr) as told:
        written = job.build(order, told)
    if record:
        writing.whole(project.root / PATH, (target / PATH).read_bytes())
    click.echo(_built(target, version, len(written)).to(settings.language))
    click.echo(_next(target, record=record).to(settings.language))
    return 0


def _built(target: Path, version: str, files: int) -> Words:
    return Words(
        f"{target} : version {version}, {files} fichiers", f"{target}: release {version}, {files} files"
    )


def _next(target: Path, *, record: bool) -> Words:
    copied = "ontology/released.ttl"
    if record:
        return Words(
            f"{copied} est à jour dans le projet : à verser au dépôt",
            f"{copied} is up to date in the project: commit it",
        )
    return Words(
        f"une fois publiée, sa trace pour la suivante : cp {target}/{copied} {copied}",
        f"once it is out, its record for the next one: cp {target}/{copied} {copied}",
    )


@release.command(
    "verify",
    cls=Command,
    words=Words(
        "Vérifier le dossier d'une version, reçu de n'importe où : chaque empreinte, rien de trop, rien qui manque ; le "
        "même graphe sous toutes ses formes et dans ses fichiers ; les chiffres, le catalogue, les tableaux.\n\n"
        "Ne demande pas de projet, n'écrit rien, ne suit aucun lien. Code de sortie 1 si quelque chose diffère.",
        "Verify the folder of a release, wherever it came from: every digest, nothing extra, nothing missing; the same "
        "graph in all its forms and in its files; figures, catalogue, tables.\n\n"
        "Needs no project, writes nothing, follows no link. Exit code 1 if anything differs.",
    ),
)
@click.argument("folder", metavar="FOLDER", type=click.Path(exists=True, file_okay=False, path_type=Path))
@option(
    "--rebuild",
    is_flag=True,
    words=Words(
        "Refaire aussi chaque export depuis le contenu du dossier et comparer les octets (avec l'outil qui l'a bâti).",
        "Also make each export again from the content of the folder and compare the bytes (with the tool that built it).",
    ),
)
@form_option("text", "json")
@most_option(
    MOST, Words("Différences listées en texte (0 : toutes).", "Differences listed as text (0: all).")
)
@bounds_options(600.0, "à la comparaison", "to the comparison")
@click.pass_obj
def verify(  # noqa: PLR0913, PLR0917  # one parameter an option
    settings: Settings, folder: Path, rebuild: bool, form: str, most: int, timeout: float, memory: int
) -> int:
    """Verify, tell."""
    from accords.releasing import telling
    from accords.releasing import verify as job

    with progress(settings.language, sys.stderr) as told:
        verdict = job.verify(folder, rebuild=rebuild, timeout=timeout, memory=memory, told=told)
    settings.code = 1 if verdict.differences else 0
    shown = (
        telling.as_json(verdict) if form == "json" else telling.as_text(verdict, settings.language, most=most)
    )
    print_as(shown, form)
    return settings.code
