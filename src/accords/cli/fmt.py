"""`accords fmt`: the white space of Turtle files set right, and nothing else."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from accords.errors import AccordsError, RequestError
from accords.language import Words, printable

from .bilingual import Command, Settings, option
from .differences import difference
from .options import print_as, project_of, turtle_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from accords.formatting import Formatted
    from accords.language import Language
    from accords.loading import FileProblem
    from accords.project import Project

STDIN = "-"
Mode = Literal["write", "check", "diff"]


@click.command(
    cls=Command,
    words=Words(
        "Mettre en forme les fichiers Turtle.\n\n"
        "Seuls les blancs changent : ni le graphe, ni un texte, ni un commentaire. Sans FICHIER, tous ceux du projet "
        "(data/, ontology/, shapes/) ; d'un DOSSIER, tous ses fichiers .ttl ; « - » lit l'entrée standard et écrit sur la sortie. Un fichier qui a une faute "
        "de syntaxe est laissé tel quel.",
        "Format Turtle files.\n\n"
        "Only white space changes: not the graph, nor a text, nor a comment. Without FILE, all those of the project "
        "(data/, ontology/, shapes/); of a FOLDER, all its .ttl files; “-” reads standard input and writes to standard output. A file with a syntax "
        "error is left alone.",
    ),
)
@click.argument(
    "files",
    nargs=-1,
    type=click.Path(exists=True, allow_dash=True, path_type=Path),
    metavar="[FILE|FOLDER]...",
)
@option(
    "--check",
    is_flag=True,
    words=Words(
        "Ne rien écrire : nommer les fichiers à mettre en forme ; code 1 s'il y en a.",
        "Write nothing: name the files to format; code 1 if there are any.",
    ),
)
@option(
    "--diff",
    is_flag=True,
    words=Words(
        "Ne rien écrire : montrer ce qui changerait ; code 1 si quelque chose changerait.",
        "Write nothing: show what would change; code 1 if anything would.",
    ),
)
@option(
    "--sort",
    is_flag=True,
    words=Words(
        "Ranger aussi les fiches par nom, avec leurs commentaires, entre deux titres.",
        "Also put the records in order of name, with their comments, between two headings.",
    ),
)
@click.pass_obj
def fmt(settings: Settings, files: tuple[Path, ...], check: bool, diff: bool, sort: bool) -> int:
    """Gather, format, write or show."""
    project = project_of(settings, to_write=not (files or check or diff))
    mode: Mode = "diff" if diff else "check" if check else "write"
    if any(str(path) == STDIN for path in files):
        if len(files) > 1:
            said = Words("« - » se donne sans autre fichier", "“-” goes with no other file")
            raise RequestError(said)
        return _piped(settings, project, mode, sort=sort)
    refusals: list[AccordsError] = []
    made = [*_formatted(project, files, refusals, sort=sort)]
    left = [one for path, one in made if one.changed and not _delivered(path, one, refusals, mode)]
    _tell([problem for _, one in made for problem in one.problems], project, settings.language)
    click.echo(_summary([one for _, one in made], len(left), settings.language, mode), err=True)
    if refusals:
        raise refusals[0]
    failed = any(one.at_fault or (one.changed and mode != "write") for _, one in made)
    settings.code = 1 if failed else 0
    return settings.code


def _formatted(
    project: Project, files: tuple[Path, ...], refusals: list[AccordsError], *, sort: bool
) -> Iterator[tuple[Path, Formatted]]:
    """Yield each file asked for, set right; what cannot be is kept for the end."""
    from accords import formatting, loading

    found = turtle_files(project, files) if files else formatting.files(project)
    for path, refused in found:
        name = str(path) if path in files else project.name_of(path)
        try:
            if refused is not None:
                yield path, formatting.Formatted(name, b"", b"", (refused,))
            else:
                yield path, formatting.of_file(path, name, sort=sort, house=lambda: loading.house(project))
        except AccordsError as refusal:
            refusals.append(refusal)


def _delivered(path: Path, made: Formatted, refusals: list[AccordsError], mode: Mode) -> bool:
    """Show or write one file that changes; tell whether that could be done."""
    from accords import formatting

    match mode:
        case "diff":
            print_as(difference(made.name, made.before, made.after), "ttl")
        case "check":
            click.echo(printable(made.name, 400))
        case "write":
            try:
                formatting.write(path, made)
            except AccordsError as refusal:
                refusals.append(refusal)
                return False
    return True


def _piped(settings: Settings, project: Project, mode: Mode, *, sort: bool) -> int:
    """Format standard input to standard output. Raises RequestError where there is none."""
    from accords import formatting, loading

    if sys.stdin is None:
        raise RequestError(
            Words("rien à lire : l'entrée standard est fermée", "nothing to read: standard input is closed")
        )
    raw = sys.stdin.buffer.read()
    made = formatting.of_bytes(raw, STDIN, sort=sort, house=lambda: loading.house(project))
    _tell(made.problems, project, settings.language)
    if mode == "diff" and made.changed:
        print_as(difference(made.name, made.before, made.after), "ttl")
    elif mode == "write" and not made.at_fault:
        click.echo(made.after, nl=False)
    settings.code = 1 if made.at_fault or (made.changed and mode != "write") else 0
    return settings.code


def _tell(problems: Iterable[FileProblem], project: Project, language: Language) -> None:
    """Say on stderr what is wrong with the files."""
    problems = tuple(problems)
    if not problems:
        return
    from accords import loading, rulebook
    from accords.render import text
    from accords.speaking import Speaker
    from accords.wording import Wording

    nothing = loading.Knowledge(project, (), (), (), loading.house(project))
    book = rulebook.of_documents(loading.load_shapes(project)[0])
    speaker = Speaker(nothing, book, Wording(nothing))
    for problem in problems:
        click.echo(text.finding(speaker.of_problem(problem), language), err=True)


def _summary(made: list[Formatted], left: int, language: Language, mode: Mode) -> str:
    from accords.render.phrases import counted

    changed = sum(one.changed for one in made)
    faulty = sum(one.at_fault for one in made)
    done = Words("mis en forme", "formatted"), Words("mis en forme", "formatted")
    to_do = Words("à mettre en forme", "to format"), Words("à mettre en forme", "to format")
    parts = [counted(changed - left, *(done if mode == "write" else to_do), language)]
    parts.append(
        counted(
            len(made) - changed - faulty,
            Words("inchangé", "unchanged"),
            Words("inchangés", "unchanged"),
            language,
        )
    )
    if faulty:
        parts.append(
            counted(faulty, Words("en défaut", "at fault"), Words("en défaut", "at fault"), language)
        )
    if left:
        parts.append(counted(left, Words("refusé", "refused"), Words("refusés", "refused"), language))
    return Words("Fichiers : ", "Files: ").to(language) + ", ".join(parts)
