"""`accords convert`: any file of RDF in another syntax."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from shutil import copyfileobj
from typing import TYPE_CHECKING

import click

from accords.errors import BadParameter, FileRefused, RequestError
from accords.language import Words, printable

from .bilingual import Command, Settings, option
from .options import project_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from pyoxigraph import NamedNode

    from accords.publishing.syntaxes import Syntax

NAMES = ("ttl", "nt", "nq", "trig", "rdf", "jsonld")
STREAM = Path("-")


@click.command(
    cls=Command,
    words=Words(
        "Écrire un fichier RDF sous une autre forme, fait après fait, sans rien garder en mémoire.\n\n"
        "Les formes : ttl, nt, nq, trig, rdf (RDF/XML), jsonld ; celle d'un fichier se lit à son nom. « - » : "
        "l'entrée ou la sortie ; dire alors --from ou --to. Les nombres, les dates, les balises de langue et les "
        "noms de nœuds anonymes restent tels qu'écrits ; d'un document JSON-LD, les clés de langue et les "
        "nombres nus sont lus comme sa norme le veut. Rien n'est cherché sur le réseau.",
        "Write a file of RDF in another form, statement after statement, nothing kept in memory.\n\n"
        "The forms: ttl, nt, nq, trig, rdf (RDF/XML), jsonld; that of a file is read from its name. “-”: the "
        "input or the output; say --from or --to then. Numbers, dates, language tags and names of blank nodes "
        "stay as written; of a JSON-LD document, keys that are languages and bare numbers are read as its "
        "standard has it. Nothing is looked for on the network.",
    ),
)
@click.argument("source", metavar="INPUT", type=click.Path(path_type=Path, allow_dash=True))
@click.argument("target", metavar="OUTPUT", type=click.Path(path_type=Path, allow_dash=True))
@option(
    "--from",
    "given",
    type=click.Choice(NAMES),
    words=Words("Forme de l'entrée (sinon lue à son nom).", "Form of the input (else read from its name)."),
)
@option(
    "--to",
    "wanted",
    type=click.Choice(NAMES),
    words=Words("Forme de la sortie (sinon lue à son nom).", "Form of the output (else read from its name)."),
)
@option(
    "--graph",
    metavar="IRI",
    words=Words("Ne prendre que les faits de ce graphe.", "Take the statements of this graph only."),
)
@option(
    "--merge",
    is_flag=True,
    words=Words("De tous les graphes n'en faire qu'un.", "Make all the graphs one."),
)
@option(
    "--base",
    metavar="IRI",
    words=Words("Ce à quoi les IRI relatives se rapportent.", "What relative IRIs are relative to."),
)
@click.pass_obj
def convert(  # noqa: PLR0913, PLR0917  # click passes each option
    settings: Settings,
    source: Path,
    target: Path,
    given: str | None,
    wanted: str | None,
    graph: str | None,
    merge: bool,
    base: str | None,
) -> int:
    """Choose, read, write."""
    from accords.publishing import converting

    asked = converting.Wanted(
        _syntax(given, source, "--from"),
        _syntax(wanted, target, "--to"),
        None if base is None else _iri("--base", base).value,
        None if graph is None else _iri("--graph", graph),
        merge,
    )
    if not asked.given.datasets and (merge or graph is not None):
        idle = "--merge" if merge else "--graph"
        raise RequestError(
            Words(
                f"{idle} ne fait rien d'une entrée sans graphes ({asked.given.name})",
                f"{idle} does nothing to an input without graphs ({asked.given.name})",
            ),
            hint=Words(f"sans {idle}", f"without {idle}"),
        )
    name = "-" if source == STREAM else printable(str(source), 200)

    def write(file: BinaryIO) -> None:
        with _opened(source) as read:
            converting.convert(name, read, file, asked, _context(settings))

    _put(target, write)
    return 0


def _syntax(asked: str | None, path: Path, told: str) -> Syntax:
    """Return the syntax asked for, else that of a file's name.

    Raises RequestError when neither tells.
    """
    from accords.publishing.syntaxes import SYNTAXES

    for syntax in SYNTAXES:
        if syntax.name == asked or (asked is None and path.suffix.lower() in syntax.suffixes):
            return syntax
    shown, known = printable(str(path), 200), ", ".join(NAMES)
    raise RequestError(
        Words(f"{shown} : sa forme ne se lit pas à son nom", f"{shown}: its name does not tell its form"),
        hint=Words(f"la dire : {told} ({known})", f"say it: {told} ({known})"),
    )


def _iri(name: str, given: str) -> NamedNode:
    from pyoxigraph import NamedNode

    try:
        return NamedNode(given)
    except ValueError as wrong:
        raise BadParameter(name, given, Words("une IRI absolue", "an absolute IRI")) from wrong


def _opened(source: Path) -> BinaryIO:
    if source == STREAM:
        return sys.stdin.buffer
    try:
        return source.open("rb")
    except OSError as problem:
        raise FileRefused(str(source), problem) from problem


def _put(target: Path, write: Callable[[BinaryIO], None]) -> None:
    """Write a file, or the output: whole or not at all."""
    from accords import writing

    if target != STREAM:
        writing.streamed(target, write)
        return
    with tempfile.TemporaryFile() as held:
        write(held)
        held.seek(0)
        copyfileobj(held, sys.stdout.buffer)
        sys.stdout.flush()


def _context(settings: Settings) -> Callable[[], bytes]:
    """Return what gives the JSON-LD context of the project, asked for when a document names it."""

    def context() -> bytes:
        from datetime import UTC, datetime

        from accords.publishing.contexts import context_of
        from accords.publishing.edition import Edition
        from accords.publishing.linked_json import as_json

        edition = Edition(project_of(settings), datetime.now(tz=UTC).date())
        return as_json(context_of(edition).definitions)

    return context
