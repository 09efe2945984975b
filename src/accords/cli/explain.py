"""`accords explain`: what a rule says, why, how to mend; or the list of all rules."""

from __future__ import annotations

import click

from accords.language import Words

from .bilingual import Command, Settings
from .options import form_option, project_of
from .unread import tell_unread

FORMATS = ("text", "json")


@click.command(
    cls=Command,
    words=Words(
        "Expliquer une règle : ce qu'elle dit, pourquoi, comment corriger, un exemple juste et un en défaut.\n\n"
        "CODE : celui que « accords check » met entre crochets (AG-05). Deux lettres (AG) : les règles de la "
        "famille. Rien : toutes les règles.",
        "Explain a rule: what it says, why, how to mend, an example that passes and one at fault.\n\n"
        "CODE: the one that “accords check” puts in brackets (AG-05). Two letters (AG): the rules of the "
        "family. Nothing: all rules.",
    ),
)
@click.argument("asked", metavar="[CODE]", required=False)
@form_option(*FORMATS, words=Words("Forme de la réponse.", "Form of the answer."))
@click.pass_obj
def explain(settings: Settings, asked: str | None, form: str) -> int:
    """Gather, find, render."""
    from accords import loading, rulebook
    from accords.explanation import Rules
    from accords.render import rules as rendered

    project = project_of(settings)
    documents, problems = loading.load_shapes(project)
    tell_unread(problems, documents, settings.language)
    rules = Rules(rulebook.of_documents(documents), documents, project)
    found = None if asked is None else rules.find(asked)
    if found is None or "-" not in found:
        listed = rules.families(found)
        text = (
            rendered.families_json(listed) if form == "json" else rendered.families(listed, settings.language)
        )
    else:
        told = rules.explain(found)
        text = (
            rendered.explanation_json(told)
            if form == "json"
            else rendered.explanation(told, settings.language)
        )
    click.echo(text, nl=False)
    return 0
