"""Options that several commands share, and what they gather."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from accords import project as projects
from accords import writing
from accords.errors import BadParameter, RequestError
from accords.language import Words, printable

from .bilingual import Settings, option

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from accords.errors import AccordsError
    from accords.language import Language
    from accords.parsing import FileProblem
    from accords.project import Project
    from accords.querying import Limits, Local, Remote

ARCHIVE = option(
    "--archive",
    type=click.Path(),
    envvar="ACCORDS_ARCHIVE",
    words=Words(
        "Dossier des textes archivés (sinon ACCORDS_ARCHIVE).",
        "Folder of the archived texts (else ACCORDS_ARCHIVE).",
    ),
)
HOMONYM = option(
    "--homonym",
    is_flag=True,
    words=Words(
        "C'est une autre fiche, même si une fiche porte déjà ce nom.",
        "It is another record, even if one bears this name already.",
    ),
)
FILES = click.argument(
    "files", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[FILE|FOLDER]..."
)
STRICT = option(
    "--strict",
    is_flag=True,
    words=Words("Un extrait non vérifié fait échouer.", "An unchecked excerpt fails."),
)


def _named(_context: click.Context, _parameter: click.Parameter, output: Path | None) -> Path | None:
    """Return the file to write; an empty name is wrong use, not the folder that it would be."""
    if output == Path():
        raise RequestError(
            Words("--output : le nom du fichier est vide", "--output: the name of the file is empty")
        )
    return output


def refuse_idle(context: click.Context, why: Words, *names: str, hint: Words | None = None) -> None:
    """Refuse options that were typed and would do nothing; `why` says beside what, `hint` what to type.

    Raises RequestError.
    """
    for parameter in context.command.params:
        typed = context.get_parameter_source(parameter.name or "") is click.core.ParameterSource.COMMANDLINE
        if parameter.name in names and typed:
            shown = max(parameter.opts, key=len)
            raise RequestError(
                Words(f"{shown} ne fait rien {why.fr}", f"{shown} does nothing {why.en}"),
                hint=hint or Words(f"sans {shown}", f"without {shown}"),
            )


ENDPOINT = option(
    "--endpoint",
    metavar="URL",
    words=Words("Interroger ce point d'accès SPARQL.", "Ask this SPARQL endpoint."),
)
OUTPUT = option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    callback=_named,
    words=Words("Écrire dans ce fichier.", "Write to this file."),
)
TARGET = option(
    "--to",
    "target",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="FOLDER",
    words=Words("Dossier à écrire, neuf ou vide.", "Folder to write, new or empty."),
)
DAY = option(
    "--date",
    "day",
    metavar="DATE",
    words=Words(
        "Jour que portent les fichiers, AAAA-MM-JJ (sinon SOURCE_DATE_EPOCH, sinon aujourd'hui).",
        "Day that the files bear, YYYY-MM-DD (else SOURCE_DATE_EPOCH, else today).",
    ),
)
_WHERE = "--address"
_ADDRESS = re.compile(r"[A-Za-z0-9:/._~%@-]+")
PAGE = 120  # columns of a table that no terminal bounds


def turtle_files(
    project: Project, named: tuple[Path, ...], *, skip: frozenset[str] = frozenset()
) -> tuple[tuple[Path, FileProblem | None], ...]:
    """Return the files named and those below the folders named, each with the reason for not reading it, if any.

    `skip` names folders of the ontology passed over. Raises RequestError for a file that is not meant to hold
    records, and for a folder without any.
    """
    from accords.files import below

    found: dict[Path, FileProblem | None] = {}
    for path in named:
        listed = dict(below(project, path, skip=skip)) if path.is_dir() else {_turtle(path): None}
        if not listed:
            name = printable(str(path), 200)
            said = Words(
                f"aucun fichier de fiches (.ttl) dans {name}", f"no file of records (.ttl) in {name}"
            )
            raise RequestError(said)
        found |= listed
    return tuple(found.items())


def _turtle(path: Path) -> Path:
    if path.is_file() and path.suffix != ".ttl":
        name = printable(path.name)
        said = Words(
            f"{name} n'est pas un fichier de fiches (.ttl)", f"{name} is not a file of records (.ttl)"
        )
        raise RequestError(said)
    return path


def form_option(*forms: str, words: Words | None = None) -> Callable[..., Any]:
    """Declare `--format` with these choices, the first by default."""
    said = words or Words("Forme du rapport.", "Form of the report.")
    return option("--format", "form", type=click.Choice(forms), default=forms[0], words=said)


_BY_SUFFIX = {"text": ".txt", "nodes-csv": ".csv"}  # forms that do not name their suffix


def form_of(context: click.Context, form: str, output: Path | None, forms: Sequence[str]) -> str:
    """Return the form of an answer: the one asked for, else that of the file's suffix, else the first."""
    asked = context.get_parameter_source("form") is not click.core.ParameterSource.DEFAULT
    if asked or output is None or not output.suffix:
        return form
    suffixes = {_BY_SUFFIX.get(one, f".{one}"): one for one in reversed(forms)}
    return suffixes.get(output.suffix.lower(), form)


def most_option(most: int, words: Words) -> Callable[..., Any]:
    """Declare `--most`, how many things a text lists; 0 lists all."""
    return option("--most", type=click.IntRange(min=0), default=most, metavar="N", words=words)


def address_option(words: Words) -> Callable[..., Any]:
    """Declare `--address`, where what is published will be served."""
    return option(_WHERE, "address", metavar="URL", default="", words=words)


def address_of(asked: str) -> str:
    """Return an address of the web with a slash at its end, or nothing when none is given.

    Raises BadParameter for anything else.
    """
    if not asked:
        return ""
    try:
        parts = urlsplit(asked)
        whole = (
            parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.query + parts.fragment
        )
    except ValueError:
        whole = False
    if not whole or not _ADDRESS.fullmatch(asked):
        expected = Words("une adresse https://…", "an address https://…")
        raise BadParameter(_WHERE, asked, expected)
    return asked.rstrip("/") + "/"


def project_of(settings: Settings, *, to_write: bool = False) -> Project:
    """Return the project of a call; outside any folder of a project, one is read, never written in."""
    return projects.find(settings.root, Path.cwd(), to_write=to_write)


def archive_of(archive: str | None) -> Path | None:
    """Return the folder of archived texts; one that is not there is wrong use.

    An empty value means none, so that a Makefile can pass a variable on.
    """
    if archive is None or not archive.strip():
        return None
    folder = Path(archive)
    if not folder.is_dir():
        option_name = "--archive"
        raise BadParameter(option_name, archive, Words("un dossier qui existe", "a folder that exists"))
    return folder


def cache_of(project: Project) -> Path:
    """Return the folder of the parsed graph: below ACCORDS_CACHE, else below the user's cache folder.

    Raises BadParameter when it would lie among the content.
    """
    given = os.environ.get("ACCORDS_CACHE", "").strip()
    home = os.environ.get("XDG_CACHE_HOME") or str(Path("~/.cache").expanduser())
    base = Path(given).absolute() if given else Path(home) / "accords-emploi"
    inside = (project.data, project.ontology, project.shapes, project.queries)
    if any(base.resolve().is_relative_to(folder.resolve()) for folder in inside):
        variable = "ACCORDS_CACHE"
        raise BadParameter(
            variable, given, Words("un dossier hors du contenu", "a folder outside the content")
        )
    place = hashlib.sha256(str(project.root).encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return base / f"{project.root.name}-{place}"


def tell(problem: AccordsError, language: Language) -> None:
    """Say on the side what went wrong, the command going on."""
    click.echo(f"accords: {problem.message.to(language)}", err=True)
    if problem.hint is not None:
        click.echo(f"  → {problem.hint.to(language)}", err=True)


def bounds_options(seconds: float, french: str, english: str) -> Callable[..., Any]:
    """Declare `--timeout` and `--memory` of one job, named as « aux règles », “to the rules”."""

    def declared(command: Callable[..., Any]) -> Callable[..., Any]:
        memory = option(
            "--memory",
            type=click.IntRange(min=16),
            default=4096,
            metavar="MIB",
            words=Words(f"Mémoire laissée {french} (4096 Mio).", f"Memory left {english} (4096 MiB)."),
        )
        timeout = option(
            "--timeout",
            type=click.FloatRange(min=0.01),
            default=seconds,
            metavar="SECONDS",
            words=Words(f"Temps laissé {french} ({seconds:g} s).", f"Time left {english} ({seconds:g} s)."),
        )
        bounded: Callable[..., Any] = timeout(memory(command))
        return bounded

    return declared


def limits_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Declare `--timeout`, `--memory` and `--rows`, what an answer may cost."""
    declared = (
        option(
            "--rows",
            type=click.IntRange(min=1),
            default=100_000,
            metavar="N",
            words=Words(
                "Lignes au plus (100 000) ; au-delà, refus.", "Rows at most (100,000); beyond, a refusal."
            ),
        ),
        bounds_options(60.0, "à la réponse", "to the answer"),
    )
    for decorate in declared:
        command = decorate(command)
    return command


def limits_of(timeout: float, memory: int, rows: int) -> Limits:
    """Return the limits of an answer."""
    from accords.querying import Limits

    return Limits(timeout, memory, rows)


def where_of(project: Project, endpoint: str | None) -> Local | Remote:
    """Return where to ask: the endpoint when one is named, else the files of the project."""
    from accords.querying import Local, Remote

    return Local(project) if endpoint is None else Remote(endpoint)


def width_of(output: Path | None) -> int:
    """Return how wide a text may be: the terminal, else what COLUMNS says, else a page."""
    on_terminal = output is None and sys.stdout is not None and sys.stdout.isatty()
    if on_terminal or os.environ.get("COLUMNS"):
        return max(shutil.get_terminal_size((PAGE, 40)).columns, 40)
    return PAGE


def write_as(written: str | bytes, form: str, output: Path | None) -> None:
    """Print an answer, or put it in a file: whole or not at all; `-` is standard output.

    Raises RequestError when the file cannot be written.
    """
    if output is None or str(output) == "-":
        if isinstance(written, bytes):
            click.echo(written, nl=False)
        else:
            print_as(written, "text" if form in {"table", "text"} else form)
        return
    content = written if isinstance(written, bytes) else written.encode("utf-8", "backslashreplace")
    writing.whole(output, content)


def print_as(written: str, form: str) -> None:
    r"""Print a report: text in the encoding of the terminal, data formats in UTF-8 whatever that is.

    A file name that is not UTF-8 keeps its bytes as `\udcff`, which JSON reads as well.
    """
    click.echo(written if form == "text" else written.encode("utf-8", "backslashreplace"), nl=False)
