"""A project under git, and edits planted in it: what comparing needs.

`Committed` wraps the calls of a project: `commit` keeps its files as a revision, `edit` replaces words in one file
(they must stand there), `rich` plants one edit of every kind that a reader is told of.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archives import declarations

if TYPE_CHECKING:
    from pathlib import Path

    from accords.language import Language
    from calling import Called, Caller

CONVENTION = "data/agreements/wld-convention-2023.ttl"
SECOND = "data/agreements/wld-convention-2019.ttl"
GOLDEN = "data/agreements/wld-golden.ttl"
TRIPARTITE = "data/agreements/wld-tripartite-2023.ttl"
_ALONE = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}  # nobody's own settings


def git(folder: Path, *words: str) -> str:
    """Run git in a folder and return what it prints."""
    named = (
        "-c",
        "user.name=Valdorie",
        "-c",
        "user.email=valdorie@example.org",
        "-c",
        "commit.gpgsign=false",
    )
    done = subprocess.run(
        ["git", *named, *words],
        cwd=folder, env={**os.environ, **_ALONE}, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return done.stdout.strip()


@dataclass(frozen=True)
class Committed:
    """A project whose files a test changes, commits and compares."""

    call: Caller

    @property
    def root(self) -> Path:
        return self.call.root

    def __call__(self, *words: str, lang: Language = "fr") -> Called:
        return self.call("diff", *words, lang=lang)

    def commit(self, said: str = "state") -> str:
        """Commit all files, making the repository first if need be; return the name of the commit."""
        if not (self.root / ".git").exists():
            git(self.root, "init", "--quiet", "--initial-branch=main")
        git(self.root, "add", "--all")
        git(self.root, "commit", "--quiet", "--message", said)
        return git(self.root, "rev-parse", "HEAD")

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace words that stand in a file."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} does not hold: {old}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def plant(self, file: str, turtle: str) -> None:
        """Write records, without prefixes, into a new file."""
        self.call.write(file, declarations() + turtle + "\n")

    def move(self, old: str, new: str) -> None:
        """Move a file."""
        (self.root / new).parent.mkdir(parents=True, exist_ok=True)
        shutil.move(self.root / old, self.root / new)


_EDITS = (
    # facts: a date and a committee's chair on the same evidence; a party on evidence of its own
    (CONVENTION, 'ae:endDate "2035"^^xsd:gYear', 'ae:endDate "2036-06-30"^^xsd:date'),
    (GOLDEN, "act:wld-region-hautebrume , act:wld-agence ;\n  ae:hasS", "act:wld-region-hautebrume , act:wld-caisse ;\n  ae:hasS"),
    (GOLDEN, "ae:claimValue act:wld-agence ;\n  ae:supportedBy exc:wld-protocole-parties", "ae:claimValue act:wld-caisse ;\n  ae:supportedBy exc:wld-golden-engagements"),
    ("data/committees/wld-hautebrume.ttl", "post:wld-prefet-hautebrume , post:wld-president-hautebrume", "post:wld-prefet-hautebrume"),
    ("data/committees/wld-hautebrume.ttl", "ae:jurisdiction ter:wld-sarcelle", "ae:jurisdiction ter:wld-hautebrume"),
    (CONVENTION, "commitment-status:announced", "commitment-status:achieved"),
    (TRIPARTITE, "ae:position 1", "ae:position 3"),
    # what coverage and the ledger measure
    (CONVENTION, "ae:theme theme:labour-needs", "ae:theme theme:business-creation"),
    (GOLDEN, "ae:declaredValue 3 ;", "ae:declaredValue 5 ;"),
    # words, writing, evidence: no fact
    (GOLDEN, '"Cartographier les besoins de formation"@fr', '"Dresser la carte des besoins de formation"@fr'),
    (CONVENTION, "ae:value 6.4 ;\n  ae:unit", "ae:value 6.40 ;\n  ae:unit"),
    (GOLDEN, '"1. Former aux métiers du port"@fr', '"Former aux métiers du port"@fr'),
    (TRIPARTITE, "ae:supportedBy exc:wld-debat-sante .\n\nmen", "ae:supportedBy exc:wld-debat-appuis .\n\nmen"),
    # names
    (GOLDEN, "cmt:wld-golden-3", "cmt:wld-golden-tableau"),
    (SECOND, "ins:wld-boussole a ae:Instrument ;", "ins:wld-boussole a ae:Instrument ;\n  <http://www.w3.org/2002/07/owl#deprecated> true ;\n  <http://purl.org/dc/terms/isReplacedBy> ins:wld-compas ;"),
    # what leaves
    ("data/actors/persons.ttl", 'per:wld-hector-palangre a foaf:Person ;\n  foaf:name "Hector Palangre" ;\n  ae:supportedBy exc:wld-chambre-signature .', ""),
    # the model, the rules
    ("ontology/evidence.ttl", "ae:quotePrefix a", "ae:quoteBefore a"),
    ("shapes/agreements.ttl", 'sh:name "Titre"@fr , "Title"@en', 'sh:name "Intitulé"@fr , "Title"@en'),
)  # fmt: skip
_NEW = """
cmt:wld-golden-quai a ae:Commitment ;
  skos:prefLabel "Ouvrir un quai d'essai des métiers"@fr , "Open a trial quay of trades"@en ;
  ae:underAxis axe:wld-golden-1 ; ae:position 3 ; ae:theme theme:guidance ;
  ae:responsibleActor act:wld-port ; ae:commitmentStatus commitment-status:announced ;
  ae:supportedBy exc:wld-golden-axe-1 .

act:wld-port a ae:PublicBody ;
  skos:prefLabel "Régie du port de Sarcelle"@fr , "Sarcelle harbour board"@en ;
  ae:actorType actor-type:other ; ae:supportedBy exc:wld-golden-axe-1 .

ins:wld-compas a ae:Instrument ;
  skos:prefLabel "Boussole"@fr , "Boussole"@en ;
  ae:targetGroup target-group:job-seekers ; ae:supportedBy exc:wld-convention-boussole .
"""


def rich(project: Committed) -> None:
    """Plant an edit of every kind that a reader is told of."""
    for file, old, new in _EDITS:
        project.edit(file, old, new)
    project.plant("data/agreements/wld-golden-suite.ttl", _NEW)
    project.move("data/actors/chambers.ttl", "data/actors/consular/chambers.ttl")
    project.move("queries/inventory/documents.rq", "queries/inventory/texts.rq")
    (project.root / "queries/themes/who-shares-data.rq").unlink()
