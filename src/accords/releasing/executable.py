"""The questions as data: one `sh:SPARQLExecutable` each, with its words in both languages and its text."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from accords import catalogue
from accords.language import Words
from accords.publishing.artefacts import Artefact, content
from accords.sparql import form
from accords.vocab import BASE

from .describing import Node, Ref, Text, as_turtle, both, every

if TYPE_CHECKING:
    from accords.catalogue import Question
    from accords.publishing.edition import Edition

_KINDS = {
    "SELECT": ("sh:SPARQLSelectExecutable", "sh:select"),
    "CONSTRUCT": ("sh:SPARQLConstructExecutable", "sh:construct"),
}
PATH = "metadata/queries.ttl"


def dataset(edition: Edition) -> str:
    """Return the IRI of the release."""
    return f"{BASE}dataset/{edition.version}"


def questions(edition: Edition) -> Artefact:
    """Return the catalogue of questions as Turtle.

    Raises SyntaxProblem for a file that is not a question.
    """
    known = catalogue.load(edition.project)
    for problem in known.problems.values():
        raise problem
    nodes = [_node(edition, question) for question in known.questions]
    said = Words(
        "Les questions, en données (sh:SPARQLExecutable)", "The questions, as data (sh:SPARQLExecutable)"
    )
    return Artefact(PATH, "text/turtle", said, content(as_turtle(nodes, said.fr + "\n" + said.en)), _SHACL)


_SHACL = "https://www.w3.org/TR/shacl/"


def _node(edition: Edition, question: Question) -> Node:
    kind, text = _KINDS[form(question.text) or "SELECT"]
    keywords = (*question.keywords.fr.split(","),), (*question.keywords.en.split(","),)
    return Node(
        f"{dataset(edition)}#queries/{quote(question.name)}",
        (
            ("rdf:type", Ref("sh:SPARQLExecutable")),
            ("rdf:type", Ref(kind)),
            *every("rdfs:label", both(question.title)),
            *every("rdfs:comment", both(question.question)),
            *every("schema:keywords", (Text(word.strip(), "fr") for word in keywords[0])),
            *every("schema:keywords", (Text(word.strip(), "en") for word in keywords[1])),
            ("dcterms:source", Ref("../" + quote(question.location.file))),
            (text, Text(question.text)),
        ),
    )
