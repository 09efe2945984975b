"""`accords new`: the skeleton of a new record, with what is known of it."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from accords.errors import Refusals, RequestError
from accords.language import Words, printable

from .asking import on_terminal
from .bilingual import Command, Settings, option
from .known import known_of
from .options import ARCHIVE, HOMONYM, archive_of, print_as

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accords.authoring import Author, Draft
    from accords.fieldnames import Given
    from accords.filling import Filling
    from accords.kinds import Kind


_NOTHING_ASKED = Words(
    "sans terminal, rien n'est demandé : remplir par --set CHAMP=VALEUR ou --from FICHIER",
    "without a terminal, nothing is asked: fill by --set FIELD=VALUE or --from FILE",
)


@click.command(
    cls=Command,
    words=Words(
        "Préparer une nouvelle fiche.\n\n"
        "SORTE : la sorte de fiche (accord, axe, engagement, comité…) ; sans elle, la liste des sortes.\n\n"
        "Ce qu'on donne est écrit, le reste attend en commentaire, l'obligatoire d'abord. Sur un terminal et sans "
        "--set ni --from, « accords new accord » pose les questions.",
        "Prepare a new record.\n\n"
        "KIND: the kind of record (agreement, axis, commitment, committee…); without it, the list of kinds.\n\n"
        "What is given is written, the rest waits in comments, required parts first. On a terminal and without "
        "--set or --from, “accords new agreement” asks.",
    ),
)
@click.argument("kind", metavar="[KIND]", default="")
@click.argument("fields", metavar="[FIELD=VALUE]...", nargs=-1)
@option(
    "--id",
    "name",
    default="",
    metavar="NAME",
    words=Words("Nom de la fiche (sinon proposé).", "Name of the record (else proposed)."),
)
@option(
    "--set",
    "typed",
    multiple=True,
    metavar="FIELD=VALUE",
    words=Words(
        "Remplir un champ : titre=…, titre@en=…, parties=… ; source=… prépare un extrait, signature=… la cérémonie.",
        "Fill a field: title=…, title@en=…, parties=…; source=… prepares an excerpt, signature=… the event.",
    ),
)
@option(
    "--from",
    "source",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    words=Words(
        "Remplir les champs d'après un fichier YAML ou CSV.", "Fill the fields from a YAML or CSV file."
    ),
)
@option(
    "--to",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    words=Words("Ajouter à ce fichier, ou le créer.", "Add to this file, or create it."),
)
@option(
    "--write",
    is_flag=True,
    words=Words("Écrire dans le fichier où est sa place.", "Write to the file where it belongs."),
)
@ARCHIVE
@option(
    "--bare",
    is_flag=True,
    words=Words("Sans les lignes à remplir.", "Without the lines to be filled."),
)
@HOMONYM
@click.pass_obj
def new(  # noqa: PLR0913, PLR0917  # one parameter an option
    settings: Settings,
    kind: str,
    fields: tuple[str, ...],
    name: str,
    typed: tuple[str, ...],
    source: Path | None,
    target: Path | None,
    write: bool,
    archive: str | None,
    bare: bool,
    homonym: bool,
) -> int:
    """Gather, draft, render."""
    from accords import authoring, fieldnames, filling, placing, twins, twinwords
    from accords.render import kinds as listing

    if write and target is not None:
        raise RequestError(Words("--to ou --write, pas les deux", "--to or --write, not both"))
    known = known_of(settings, to_write=write)
    if not kind:
        click.echo(listing.table(known, settings.language), nl=False)
        return 0
    meant = known.find(kind)
    author = authoring.Author(filling.Filling(known, settings.language), settings.language)
    refusals = Refusals()
    rows = _of_file(source, settings)
    for one in (*fields, *typed):
        with refusals.gathered():
            rows.append(fieldnames.given(one))
    if meant.term == authoring.AGREEMENT and not (rows or refusals.found) and on_terminal():
        return _after_questions(author, meant, name, target, settings, homonym=homonym)
    if meant.term == authoring.AGREEMENT and not (rows or name or refusals.found):
        click.echo(f"accords: {_NOTHING_ASKED.to(settings.language)}", err=True)
    with refusals.gathered():
        rows += _digest(rows, author, meant, archive)
        draft = author.draft(meant, rows, name)
    refusals.tell()
    twin = None if homonym else twins.Twins(known).of(draft)
    if twin is not None:
        raise twinwords.refusal(twin, known)
    _tell_language(rows, author, meant, settings)
    place = placing.place_of(draft, known) if write else target
    return _out(draft, author.filling, place, settings, bare=bare)


def _tell_language(rows: Sequence[Given], author: Author, kind: Kind, settings: Settings) -> None:
    """Say to a reader of English which texts were written as French for want of a language."""
    if settings.language == "fr":
        return
    plain = [row.key for row in rows if not row.language and author.tagged(kind, row)]
    if plain:
        names = ", ".join(dict.fromkeys(plain))
        said = Words(
            f"écrit en français : {names} (en anglais : {plain[0]}@en=…)",
            f"written as French: {names} (in English: {plain[0]}@en=…)",
        )
        click.echo(f"accords: {said.to(settings.language)}", err=True)


def _after_questions(  # noqa: PLR0913  # what the options say
    author: Author, kind: Kind, name: str, target: Path | None, settings: Settings, *, homonym: bool
) -> int:
    from accords import placing

    from .dialogue import Dialogue

    dialogue = Dialogue(author, settings.language, homonym)
    draft = dialogue.draft(kind, name)
    place = target
    if place is None and draft.named:
        place = placing.place_of(draft, author.kinds)
    if place is not None and not dialogue.agrees(author.kinds.knowledge.project.name_of(place)):
        place = None
    return _out(draft, author.filling, place, settings, bare=False)


def _digest(rows: list[Given], author: Author, kind: Kind, archive: str | None) -> list[Given]:
    """Return the digest of the archived text that the fields name, when it is at hand and not given."""
    from accords.archive import Unchecked, digest
    from accords.fieldnames import Given, slot_of

    folder = archive_of(archive)
    if folder is None or all(slot.code != "archiveName" for slot in kind.slots):
        return []
    by_code: dict[str, Given] = {}
    for row in rows:
        with contextlib.suppress(RequestError):  # told with the others
            by_code[slot_of(kind, author.kinds, row.key).code] = row
    if "archiveName" not in by_code or "textDigest" in by_code:
        return []
    found = digest(folder, by_code["archiveName"].text)
    return [] if isinstance(found, Unchecked) else [Given("textDigest", found)]


def _of_file(source: Path | None, settings: Settings) -> list[Given]:
    """Return the fields of a file, each with its place."""
    if source is None:
        return []
    from accords import fieldnames, tabular

    found, notes = tabular.fields(source)
    for note in notes:
        click.echo(f"accords: {note.to(settings.language)}", err=True)
    name = printable(source.name)
    return [fieldnames.keyed(one.key, one.text, f"{name}:{one.line}") for one in found]


def _out(draft: Draft, filling: Filling, place: Path | None, settings: Settings, *, bare: bool) -> int:
    from accords import adding, placing
    from accords.render.skeleton import Skeletons, used

    knowledge = filling.kinds.knowledge
    skeletons = Skeletons(filling, settings.language)
    block = skeletons.blocks(draft, bare=bare)
    if place is None:
        declared = skeletons.declarations(block) + "\n" if placing.own_file(draft) else ""
        print_as(declared + block, "ttl")
        return 0
    addition = adding.added(knowledge, place, block, used(block, knowledge.prefixes))
    adding.write([addition])
    _tell(draft, addition.name, settings)
    return 0


def _tell(draft: Draft, file: str, settings: Settings) -> None:
    shown = printable(file, 200)
    nodes = ", ".join(f"{one.kind.prefix}:{one.node.value.rpartition('/')[2]}" for one in draft.all)
    said = Words(
        f"{nodes} dans {shown}\n  → compléter, puis : accords check {shown}",
        f"{nodes} in {shown}\n  → complete, then: accords check {shown}",
    )
    click.echo(said.to(settings.language))
