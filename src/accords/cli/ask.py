"""`accords ask`: the catalogue of questions, one question, or a query of one's own."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from accords.errors import BadParameter, FileRefused, RequestError, SyntaxProblem
from accords.language import Words, printable

from . import offering
from .bilingual import Command, Settings, option
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
    refuse_idle,
    where_of,
    width_of,
    write_as,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accords.catalogue import Catalogue, Question
    from accords.querying import Answer

_LIMITS = ("timeout", "memory", "rows")
FORMATS = ("table", "csv", "tsv", "json", "xml", "md", "xlsx", "parquet", "ttl")


@click.command(
    cls=Command,
    words=Words(
        "Poser une question au graphe.\n\n"
        "Sans NOM, la liste des questions, par thème. NOM : le nom d'une question, ou son numéro (CQ03).\n\n"
        "Une valeur est un nom, un code, un nom court ou une IRI : -p territory=Mayenne ; * : toutes.",
        "Ask the graph a question.\n\n"
        "Without NAME, the list of questions, by theme. NAME: the name of a question, or its number (CQ03).\n\n"
        "A value is a name, a code, a short name or an IRI: -p territory=Mayenne; *: any.",
    ),
)
@click.argument("name", metavar="[NAME]", required=False, shell_complete=offering.names)
@option(
    "-p",
    "--parameter",
    "chosen",
    multiple=True,
    metavar="NAME=VALUE",
    shell_complete=offering.values,
    words=Words(
        "Choisir la valeur d'un paramètre ; répétable.", "Choose the value of a parameter; repeatable."
    ),
)
@option(
    "--as-of",
    metavar="DATE",
    words=Words("Répondre à cette date (AAAA-MM-JJ).", "Answer as of this day (YYYY-MM-DD)."),
)
@option(
    "--evidence",
    is_flag=True,
    words=Words("Ajouter la source, le passage et le lien.", "Add the source, the passage and the link."),
)
@form_option(*FORMATS, words=Words("Forme de la réponse.", "Form of the answer."))
@OUTPUT
@option(
    "--file",
    "own",
    metavar="FILE",
    words=Words(
        "Une requête SPARQL à soi ; - : entrée standard.", "A SPARQL query of one's own; -: standard input."
    ),
)
@ENDPOINT
@option(
    "--about",
    is_flag=True,
    words=Words("Dire ce que la question demande et rend.", "Say what the question takes and gives."),
)
@option(
    "--sparql",
    is_flag=True,
    words=Words(
        "Imprimer la requête, prête à coller, sans la poser.", "Print the query, ready to paste, unasked."
    ),
)
@ARCHIVE
@limits_options
@click.pass_obj
def ask(  # noqa: PLR0913, PLR0917  # one parameter an option
    settings: Settings,
    name: str | None,
    chosen: tuple[str, ...],
    as_of: str | None,
    evidence: bool,
    form: str,
    output: Path | None,
    own: str | None,
    endpoint: str | None,
    about: bool,
    sparql: bool,
    archive: str | None,
    timeout: float,
    memory: int,
    rows: int,
) -> int:
    """Find the question, ask it, render the answer."""
    from accords import catalogue, querying

    context = click.get_current_context()
    form = form_of(context, form, output, FORMATS)
    project = project_of(settings)
    if name is None and own is None:
        if chosen or as_of or evidence or about or sparql or endpoint:
            raise RequestError(
                Words("il manque le NOM de la question", "the NAME of the question is missing"),
                hint=Words("la liste : accords ask", "the list: accords ask"),
            )
        refuse_idle(context, Words("sur la liste", "to the list"), "archive", *_LIMITS)
        write_as(_listed(catalogue.load(project), form, settings), form, output)
        return 0
    if name is not None and own is not None:
        raise RequestError(Words("un NOM ou --file, pas les deux", "a NAME or --file, not both"))
    _refuse_idle(context, form, about=about, sparql=sparql, evidence=evidence)
    with _blaming(own):
        known = catalogue.load(project)
        question = known.find(name) if name is not None else _own(own or "", remote=endpoint is not None)
        if about:
            write_as(_about(question, form, settings, width_of(output)), form, output)
            return 0
        values = _chosen(question, chosen, as_of, known)
        request = querying.Request(
            question,
            values,
            settings.language,
            evidence,
            archive_of(archive),
            named=form in {"table", "md", "xlsx"},
            own=own is not None,
        )
        where = where_of(project, endpoint)
        limits = limits_of(timeout, memory, rows)
        if sparql:
            write_as(querying.prepared(where, project, request, limits), "text", output)
            return 0
        _writable(form, output)
        (answer,) = querying.ask(where, project, (request,), limits)
        _doubt(answer, settings)
        write_as(_rendered(answer, question, project, form, settings, output), form, output)
        return 0


def _refuse_idle(context: click.Context, form: str, *, about: bool, sparql: bool, evidence: bool) -> None:
    """Refuse the options that what is asked for leaves unused."""
    if about:
        why = Words("avec --about", "with --about")
        refuse_idle(context, why, "chosen", "as_of", "evidence", "endpoint", "sparql", "archive", *_LIMITS)
    elif sparql:
        why = Words("avec --sparql", "with --sparql")
        refuse_idle(context, why, "evidence", "archive", "rows", *(["form"] if form != "table" else []))
    elif not evidence:
        hint = Words("avec --evidence, ou sans --archive", "with --evidence, or without --archive")
        refuse_idle(context, Words("sans --evidence", "without --evidence"), "archive", hint=hint)


def _about(question: Question, form: str, settings: Settings, width: int) -> str:
    """Return what a question takes and gives."""
    from accords.render import questions as lists

    match form:
        case "table":
            return lists.about(question, settings.language, width)
        case "json":
            return lists.about_as_json(question)
        case _:
            option_name = "--format"
            raise BadParameter(
                option_name, form, Words("table ou json pour --about", "table or json for --about")
            )


def _doubt(answer: Answer, settings: Settings) -> None:
    """Warn of what the query names and the model does not have; the answer still comes."""
    for doubt in answer.doubts:
        said, mend = doubt.said.to(settings.language), doubt.mend
        click.echo(f"{printable(str(doubt.location), 400)}: warning: {said}", err=True)
        if mend is not None:
            click.echo(f"  → {mend.to(settings.language)}", err=True)


@contextlib.contextmanager
def _blaming(own: str | None) -> Iterator[None]:
    """Make a mistake in a query of the reader's own a wrong use, not a fault of the content."""
    try:
        yield
    except SyntaxProblem as mistake:
        if own is not None:
            mistake.exit_code = RequestError.exit_code
        raise


def _listed(known: Catalogue, form: str, settings: Settings) -> str:
    from accords.render import questions as lists

    match form:
        case "table":
            return lists.as_text(known, settings.language)
        case "json":
            return lists.as_json(known)
        case "md":
            return lists.as_markdown(known)
        case _:
            expected = Words("table, json ou md pour la liste", "table, json or md for the list")
            option_name = "--format"
            raise BadParameter(option_name, form, expected)


def _own(own: str, *, remote: bool) -> Question:
    """Return a query of the reader's own, from a file or from standard input."""
    from accords import querying
    from accords.location import Location

    name = "-" if own == "-" else printable(own, 200)
    try:
        raw = sys.stdin.buffer.read() if own == "-" else Path(own).read_bytes()
        return querying.own(raw.decode("utf-8-sig"), name, fetching=remote)
    except OSError as problem:
        raise FileRefused(own, problem) from problem
    except UnicodeDecodeError as problem:
        raise SyntaxProblem(Location(name), Words("pas en UTF-8", "not UTF-8")) from problem


def _chosen(
    question: Question, chosen: tuple[str, ...], as_of: str | None, known: Catalogue
) -> dict[str, list[str]]:
    from accords import choosing
    from accords.catalogue import AS_OF

    values: dict[str, list[str]] = {}
    for one in chosen:
        name, equals, value = one.partition("=")
        if not equals:
            option_name = "-p"
            raise BadParameter(option_name, one, Words("NOM=VALEUR", "NAME=VALUE"))
        values.setdefault(name.strip(), []).append(value.strip())
    if as_of is not None:
        if question.parameter(AS_OF) is None:
            raise choosing.not_as_of(question, known)
        if AS_OF in values:
            raise RequestError(Words("--as-of ou -p date=…, pas les deux", "--as-of or -p date=…, not both"))
        values[AS_OF] = [choosing.day("--as-of", as_of)]
    return values


def _writable(form: str, output: Path | None) -> None:
    """Refuse to print a binary format on a terminal."""
    if form in {"xlsx", "parquet"} and output is None and sys.stdout is not None and sys.stdout.isatty():
        raise RequestError(
            Words(f"{form} ne s'affiche pas sur un terminal", f"{form} is not for a terminal"),
            hint=Words(f"--output reponse.{form}", f"--output answer.{form}"),
        )


def _rendered(  # noqa: PLR0913, PLR0917  # what an answer can be asked for
    answer: Answer,
    question: Question,
    project: Any,
    form: str,
    settings: Settings,
    output: Path | None,
) -> str | bytes:
    from accords import loading
    from accords.render import answer_data, answers
    from accords.terms import Prefixes

    language = settings.language
    prefixes = Prefixes(loading.house(project))
    match form:
        case "csv":
            return answer_data.as_csv(answer)
        case "tsv":
            return answer_data.as_tsv(answer)
        case "json":
            return answer_data.as_json(answer)
        case "xml":
            return answer_data.as_xml(answer)
        case "md":
            return answers.as_markdown(answer, question, prefixes, language)
        case "xlsx":
            return answer_data.as_xlsx(answer, question, language)
        case "parquet":
            from accords import frames

            return frames.parquet(answer.table)
        case "ttl":
            return answer_data.as_turtle(answer, prefixes)
        case _:
            return answers.as_text(answer, question, prefixes, language, width_of(output))
