"""The root command: which project, which language; every command behind it is imported when called."""

from __future__ import annotations

from pathlib import Path

import click

from accords.language import Words

from .bilingual import Group, Settings, option

COMMANDS = {
    "ask": (
        "accords.cli.ask",
        Words("Poser une question au graphe.", "Ask the graph a question."),
    ),
    "check": (
        "accords.cli.check",
        Words(
            "Vérifier les fichiers, les règles et les preuves.",
            "Check the files, the rules and the evidence.",
        ),
    ),
    "convert": (
        "accords.cli.convert",
        Words("Convertir un fichier RDF en une autre forme.", "Convert a file of RDF to another form."),
    ),
    "coverage": (
        "accords.cli.coverage",
        Words("Dire ce qui est couvert, et ce qui manque.", "Say what is covered, and what is missing."),
    ),
    "deprecate": (
        "accords.cli.deprecate",
        Words("Déprécier une fiche ou un terme.", "Deprecate a record or a term."),
    ),
    "diff": (
        "accords.cli.diff",
        Words("Dire ce qui change d'une version à l'autre.", "Tell what changes between two versions."),
    ),
    "evidence": (
        "accords.cli.evidence",
        Words("Retrouver les extraits dans les textes archivés.", "Find the excerpts in the archived texts."),
    ),
    "explain": (
        "accords.cli.explain",
        Words("Expliquer une règle et comment corriger.", "Explain a rule and how to mend."),
    ),
    "export": (
        "accords.cli.export",
        Words("Exporter le graphe sous toutes ses formes.", "Export the graph in all its forms."),
    ),
    "fmt": (
        "accords.cli.fmt",
        Words("Mettre en forme les fichiers Turtle.", "Format Turtle files."),
    ),
    "import": (
        "accords.cli.importing",
        Words("Ajouter les fiches d'un tableau rempli.", "Add the records of a filled table."),
    ),
    "ledger": (
        "accords.cli.ledger",
        Words("Comparer le déclaré et l'enregistré.", "Compare what is declared and what is recorded."),
    ),
    "lsp": (
        "accords.cli.lsp",
        Words("Servir un éditeur (LSP).", "Serve an editor (LSP)."),
    ),
    "merge": (
        "accords.cli.merge",
        Words("Fondre deux fiches en une.", "Make two records one."),
    ),
    "network": (
        "accords.cli.network",
        Words("Mesurer le réseau des acteurs.", "Measure the network of actors."),
    ),
    "new": (
        "accords.cli.new",
        Words("Préparer une nouvelle fiche.", "Prepare a new record."),
    ),
    "quote": (
        "accords.cli.quote",
        Words("Préparer un extrait à coller.", "Prepare an excerpt to paste."),
    ),
    "release": (
        "accords.cli.release",
        Words(
            "Publier une version, ou en vérifier une.",
            "Make a release, or verify one.",
        ),
    ),
    "rename": (
        "accords.cli.rename",
        Words(
            "Changer le nom court d'une fiche ou d'un terme.", "Change the short name of a record or a term."
        ),
    ),
    "show": (
        "accords.cli.show",
        Words(
            "Montrer une fiche, ses preuves et ce qui y renvoie.",
            "Show a record, its evidence and what refers to it.",
        ),
    ),
    "template": (
        "accords.cli.template",
        Words("Préparer un tableau à remplir.", "Prepare a table to fill."),
    ),
}


def _version(context: click.Context, _parameter: click.Parameter, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        from importlib import metadata  # slow to import

        click.echo(f"accords {metadata.version('accords-emploi')}")
        context.exit()


@click.group(
    cls=Group,
    lazy=COMMANDS,
    invoke_without_command=False,
    words=Words(
        "Accords emploi : le graphe des acteurs, comités, accords et engagements, et l'outil qui le garde juste.\n\n"
        "Codes de sortie : 0 tout va bien, 1 des constats, 2 mauvais usage, 3 impossible, 130 interrompu.",
        "Accords emploi: the graph of actors, committees, agreements and commitments, and the tool that keeps it "
        "true.\n\n"
        "Exit codes: 0 fine, 1 findings, 2 wrong use, 3 could not, 130 interrupted.",
    ),
)
@option(
    "--root",
    type=click.Path(path_type=Path),
    envvar="ACCORDS_ROOT",
    words=Words(
        "Dossier d'un autre projet (avec ontology/, data/, shapes/, queries/).",
        "Folder of another project (with ontology/, data/, shapes/, queries/).",
    ),
)
@option(
    "--debug",
    is_flag=True,
    words=Words("En cas d'erreur interne, afficher la trace.", "On an internal error, print the traceback."),
)
@option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    words=Words("Afficher la version.", "Show the version."),
)
@click.pass_obj
def main(settings: Settings, root: Path | None, debug: bool) -> None:
    """Keep what holds for the whole call."""
    settings.root = root
    settings.debug = debug
