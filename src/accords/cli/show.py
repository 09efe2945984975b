"""`accords show`: one term and all that is known of it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import click

from accords.errors import RequestError, UnknownName
from accords.language import Words

from .bilingual import Command, Settings
from .options import form_option, most_option, project_of
from .unread import tell_unread

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from accords.explanation import Rules
    from accords.forms import Forms
    from accords.language import Language
    from accords.loading import Knowledge

FORMATS = ("text", "json", "ttl")
MOST = 10  # things listed a property that refers to the term


@click.command(
    cls=Command,
    words=Words(
        "Montrer une fiche, ses preuves et ce qui y renvoie.\n\n"
        "TERME : une IRI, un nom court (act:etat) ou un nom, dans l'une ou l'autre langue, sans égard aux "
        "majuscules ni aux accents. Aussi une classe, une propriété, un concept.",
        "Show a record, its evidence and what refers to it.\n\n"
        "TERM: an IRI, a short name (act:etat) or a name, in either language, whatever its case and accents. "
        "Also a class, a property, a concept.",
    ),
)
@click.argument("asked", metavar="TERM", nargs=-1, required=True)
@form_option(
    *FORMATS,
    words=Words(
        "Forme de la réponse ; ttl : la fiche et ses preuves en Turtle.",
        "Form of the answer; ttl: the record and its evidence in Turtle.",
    ),
)
@most_option(
    MOST,
    Words(
        "Nombre de renvois listés par propriété en texte (0 : tous).",
        "Referring things listed per property as text (0: all).",
    ),
)
@click.pass_obj
def show(settings: Settings, asked: tuple[str, ...], form: str, most: int) -> int:
    """Gather, find, render."""
    from accords import forms, loading, rulebook
    from accords.explanation import Rules

    project = project_of(settings)
    knowledge = loading.load(project)
    documents, problems = loading.load_shapes(project)
    tell_unread((*knowledge.problems, *problems), (*knowledge.documents, *documents), settings.language)
    rules = Rules(rulebook.of_documents(documents), documents, project)
    term = _term(knowledge, rules, " ".join(asked))
    fields = forms.of_documents(documents)
    click.echo(_rendered(knowledge, fields, term, form, settings.language, most), nl=False)
    return 0


def _term(knowledge: Knowledge, rules: Rules, name: str) -> NamedNode:
    """Return the term meant; who names a rule is told which command explains it."""
    from accords.names import find_term

    try:
        return find_term(knowledge, name)
    except UnknownName as unknown:
        with contextlib.suppress(UnknownName):
            code = rules.find(name)
            one = Words(f"{code} : une règle, pas une fiche", f"{code}: a rule, not a record")
            several = Words(f"{code} : des règles, pas une fiche", f"{code}: rules, not a record")
            said = one if "-" in code else several
            hint = Words(f"accords explain {code}", f"accords explain {code}")
            raise RequestError(said, hint=hint) from unknown
        raise


def _rendered(  # noqa: PLR0913, PLR0917  # what a record can be asked for
    knowledge: Knowledge, fields: Forms, term: NamedNode, form: str, language: Language, most: int
) -> str:
    from accords.inspection import inspect
    from accords.render import blocks, record_data, records
    from accords.things import Facts

    facts = Facts(knowledge)
    match form:
        case "json":
            return record_data.as_json(inspect(facts, fields, term))
        case "ttl":
            return blocks.as_turtle(facts, term)
        case _:
            return records.record(inspect(facts, fields, term), language, most=most)
