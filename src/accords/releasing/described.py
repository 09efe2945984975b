"""What the descriptions of a release share: its names, its words, its files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from accords.language import Words
from accords.vocab import BASE

from .describing import Ref, Text, beside, every
from .executable import dataset

if TYPE_CHECKING:
    from accords.publishing.edition import Edition
    from accords.publishing.folders import Written

    from .figures import Figures

EU = "http://publications.europa.eu/resource/authority/"
LICENCE = "http://spdx.org/licenses/etalab-2.0"
TEAM = BASE + "def/team"
NAME = "Accords emploi"
TITLE = Words("Acteurs et accords de l'emploi en France", "Employment actors and agreements in France")
TOLD = Words(
    "Graphe de connaissances des acteurs, comités, accords et engagements de l'emploi en France ; chaque fait mène "
    "aux mots sur lesquels il repose.",
    "Knowledge graph of the actors, committees, agreements and commitments of employment in France; every fact leads "
    "to the words it rests on.",
)
KEYWORDS = (
    ("emploi", "accords", "comités", "engagements", "données liées"),
    ("employment", "agreements", "committees", "commitments", "linked data"),
)
SPOKEN = every("dcterms:language", (Ref(f"{EU}language/FRA"), Ref(f"{EU}language/ENG")))
EXPORTS = "exports/"
SITE = "site/"
SYNTAXES = ("nq", "nt", "ttl", "trig", "rdf", "jsonld")  # that the whole graph is had in


@dataclass(frozen=True)
class Described:
    """An edition to describe: its figures, and the files that it is had in."""

    edition: Edition
    figures: Figures
    written: tuple[Written, ...]
    data: frozenset[str]  # paths of the files that hold the data, the website apart
    previous: str | None  # the version before

    @property
    def iri(self) -> str:
        """Return the IRI of the release."""
        return dataset(self.edition)

    @property
    def day(self) -> Text:
        """Return the day of the release."""
        return Text(self.edition.day.isoformat(), datatype="xsd:date")

    @property
    def exports(self) -> tuple[Written, ...]:
        """Return the files that hold the data, by path; pages and files of single things are had as a website."""
        found = (one for one in self.written if one.artefact.path in self.data)
        return tuple(sorted(found, key=lambda one: one.artefact.path))

    @property
    def dumps(self) -> tuple[Written, ...]:
        """Return the files that hold the whole graph."""
        return tuple(one for one in self.exports if whole_graph(one.artefact.path))

    @property
    def site(self) -> bool:
        """Tell whether the release holds the website."""
        return any(one.artefact.path == f"{SITE}index.html" for one in self.written)

    def name(self, path: str) -> str:
        """Return the IRI of what an export is had in."""
        return f"{self.iri}#{beside(path.removeprefix(EXPORTS)).name.removeprefix('../')}"


def ending(path: str) -> str:
    """Return how a path ends, without the dot."""
    return PurePosixPath(path).suffix.removeprefix(".")


def whole_graph(path: str) -> bool:
    """Tell whether a file of the exports holds all statements, as RDF.

    >>> whole_graph("exports/accords.nq"), whole_graph("exports/def.ttl"), whole_graph("exports/accords.xlsx")
    (True, False, False)
    """
    return path.removeprefix(EXPORTS) in {f"accords.{syntax}" for syntax in SYNTAXES}
