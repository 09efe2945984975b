"""The page that a reader of a release opens first, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accords.language import Words
from accords.publishing.artefacts import Artefact, content

if TYPE_CHECKING:
    from accords.publishing.edition import Edition

PATH = "README.md"
_ROWS = (
    (
        "`exports/`",
        Words("le graphe sous toutes ses formes", "the graph in all its forms"),
    ),
    (
        "`site/`",
        Words("le site : ouvrir `index.html` ; les fichiers de chaque fiche, l'ontologie et les règles en un fichier ; à mettre en ligne avec `exports/` à côté : ses liens y mènent", "the website: open `index.html`; the files of each record, the ontology and the rules in one file; to be put online with `exports/` beside it, where its links lead"),
    ),
    (
        "`data/` `ontology/` `shapes/` `queries/`",
        Words("les fichiers tels quels : ce dossier est un projet que la commande lit", "the files as they are: this folder is a project that the command reads"),
    ),
    ("`notes/`", Words("ce qui change depuis la version précédente", "what changed since the previous release")),
    (
        "`reports/`",
        Words("validation, couverture, ce qui a été vérifié et ce qui ne l'a pas été", "validation, coverage, what was checked and what was not"),
    ),
    (
        "`metadata/`",
        Words("fiche de catalogue (DCAT-AP 3), VoID, schema.org, sources et droits, questions en données", "catalogue record (DCAT-AP 3), VoID, schema.org, sources and rights, questions as data"),
    ),
    ("`CITATION.cff`", Words("pour citer cette version", "to cite this release")),
    ("`w3id/`", Words("demande d'adresses pérennes, pas encore déposée", "request for persistent addresses, not handed in yet")),
    ("`manifest.json` `SHA256SUMS`", Words("chaque fichier, sa taille, son empreinte", "each file, its size, its digest")),
)  # fmt: skip


def page(edition: Edition) -> Artefact:
    """Return the page that tells what is where."""
    rows = "\n".join(f"| {where} | {said.fr} | {said.en} |" for where, said in _ROWS)
    text = f"""# Accords emploi {edition.version} · {edition.day.isoformat()}

Graphe de connaissances des acteurs, comités, accords et engagements de l'emploi en France. Site non officiel. — Knowledge
graph of the actors, committees, agreements and commitments of employment in France. Not an official publication.

| où · where | quoi | what |
|---|---|---|
{rows}

Vérifier ce dossier · To verify this folder: `sha256sum -c SHA256SUMS`, ou/or `accords release verify .`

Données sous Licence Ouverte 2.0 · Data under the Licence Ouverte 2.0 (`LICENSE-DATA`). Les adresses
`https://w3id.org/accords-emploi/` nomment, elles ne répondent pas encore. — These addresses name things; they do not
resolve yet.
"""
    said = Words("À lire d'abord", "Read this first")
    return Artefact(PATH, "text/markdown", said, content(text.encode()))
