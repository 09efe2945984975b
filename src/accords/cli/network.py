"""`accords network`: the network of actors, measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from accords.language import Words

from .bilingual import Command, Settings, option
from .options import (
    ENDPOINT,
    OUTPUT,
    form_of,
    form_option,
    limits_of,
    limits_options,
    most_option,
    project_of,
    where_of,
    width_of,
    write_as,
)

if TYPE_CHECKING:
    from pathlib import Path

    from accords.language import Language
    from accords.network import Network, View
    from accords.project import Project

FORMATS = ("table", "nodes-csv", "edges-csv", "json", "graphml", "gexf", "svg")
MOST = 20  # actors and links listed as text


@click.command(
    cls=Command,
    words=Words(
        "Mesurer le réseau des acteurs que lient accords et comités : composantes, degrés, intermédiarité, ponts, "
        "communautés.\n\n"
        "Chaque sorte de lien est une question de queries/network/ ; --by en nomme une ou plusieurs.",
        "Measure the network of actors tied by agreements and committees: components, degrees, betweenness, bridges, "
        "communities.\n\n"
        "Each kind of tie is a question of queries/network/; --by names one or several.",
    ),
)
@option(
    "--by",
    default="agreements",
    metavar="NAME,NAME",
    words=Words(
        "Sortes de lien : agreements, committees ou les deux.",
        "Kinds of tie: agreements, committees or both.",
    ),
)
@option(
    "--roll-up",
    is_flag=True,
    words=Words("Ramener chaque service à son institution.", "Roll each unit up to its institution."),
)
@option(
    "--succession",
    is_flag=True,
    words=Words(
        "Ramener chaque acteur remplacé à son successeur.", "Follow each replaced actor to its successor."
    ),
)
@option(
    "--seed",
    type=int,
    default=1,
    metavar="N",
    words=Words("Graine des communautés et des échantillons (1).", "Seed of communities and samples (1)."),
)
@ENDPOINT
@form_option(
    *FORMATS, words=Words("Forme de la réponse ; svg : une image.", "Form of the answer; svg: a picture.")
)
@OUTPUT
@most_option(
    MOST, Words("Acteurs et liens listés en texte (0 : tous).", "Actors and links listed as text (0: all).")
)
@limits_options
@click.pass_obj
def network(  # noqa: PLR0913, PLR0917  # one parameter an option
    settings: Settings,
    by: str,
    roll_up: bool,
    succession: bool,
    seed: int,
    endpoint: str | None,
    form: str,
    output: Path | None,
    most: int,
    timeout: float,
    memory: int,
    rows: int,
) -> int:
    """Gather the ties, measure, render."""
    from accords import network as networks
    from accords import weaving

    form = form_of(click.get_current_context(), form, output, FORMATS)
    project = project_of(settings)
    asked = [kind for one in by.split(",") if (kind := one.strip())]
    woven = weaving.weave(where_of(project, endpoint), project, asked, limits_of(timeout, memory, rows))
    measured = networks.measure(
        woven.ties,
        woven.labels,
        units=woven.units if roll_up else (),
        successors=woven.successors if succession else (),
        seed=seed,
    )
    view = networks.View(
        woven.kinds,
        roll_up,
        succession,
        0 if roll_up else networks.merging(measured, woven.units),
        0 if succession else networks.merging(measured, woven.successors),
    )
    if form == "table":
        written = _as_text(measured, view, project, settings.language, most, width_of(output))
    else:
        written = _rendered(measured, view, form, settings.language)
    write_as(written, form, output)
    return 0


def _as_text(  # noqa: PLR0913, PLR0917  # the network, and how it is read
    measured: Network, view: View, project: Project, language: Language, most: int, width: int
) -> str:
    from accords import loading
    from accords.render import network as render
    from accords.terms import Prefixes

    short = Prefixes(loading.house(project)).shorten
    return render.text(measured, language, view=view, most=most, short=short, width=width)


def _rendered(measured: Network, view: View, form: str, language: Language) -> str:
    from accords import network as networks
    from accords.render import network_data as render
    from accords.render import picture

    match form:
        case "nodes-csv":
            return render.nodes_csv(measured, language)
        case "edges-csv":
            return render.edges_csv(measured)
        case "json":
            return render.as_json(measured, language, view)
        case "graphml":
            return networks.graphml(measured, language)
        case "gexf":
            return networks.gexf(measured, language)
        case _:
            return picture.svg(measured, language, view=view)
