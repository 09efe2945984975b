"""The kinds of things that a project holds, in the order in which a reader wants them.

Goes in: the IRI of a thing. Comes out: its `Kind`, after the place where its IRI is minted: agreements, actors,
committees … then concepts, terms of the ontology. Rules and questions are kinds too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .language import Words
from .vocab import BASE, CONCEPT, DEF, RECORD, SHAPE

Family = Literal["records", "concepts", "terms", "others", "rules", "questions"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of things."""

    name: str  # as JSON has it
    family: Family
    many: Words  # as a heading


def _record(name: str, fr: str, en: str) -> Kind:
    return Kind(name, "records", Words(fr, en))


CONCEPTS = Kind("concept", "concepts", Words("Concepts", "Concepts"))
TERMS = Kind("term", "terms", Words("Termes de l'ontologie", "Ontology terms"))
RULES = Kind("rule", "rules", Words("Règles", "Rules"))
QUESTIONS = Kind("question", "questions", Words("Questions", "Questions"))
OTHERS = Kind("other", "others", Words("Autres", "Others"))
_RECORDS = (
    _record("agreement", "Accords", "Agreements"),
    _record("actor", "Acteurs", "Actors"),
    _record("organ", "Organes délibérants", "Deliberative organs"),
    _record("committee", "Comités", "Committees"),
    _record("axis", "Axes", "Axes"),
    _record("commitment", "Engagements", "Commitments"),
    _record("intention", "Intentions", "Intentions"),
    _record("mention", "Mentions", "Mentions"),
    _record("instrument", "Dispositifs", "Instruments"),
    _record("event", "Événements", "Events"),
    _record("signature", "Signatures", "Signatures"),
    _record("change", "Changements organisationnels", "Organisational changes"),
    _record("person", "Personnes", "Persons"),
    _record("post", "Postes", "Posts"),
    _record("membership", "Mandats", "Memberships"),
    _record("territory", "Territoires", "Territories"),
    _record("framework", "Référentiels", "Reference frameworks"),
    _record("requirement", "Exigences", "Requirements"),
    _record("law", "Textes juridiques", "Legal texts"),
    _record("source", "Sources", "Sources"),
    _record("excerpt", "Extraits", "Excerpts"),
    _record("count", "Nombres déclarés", "Declared numbers"),
    _record("indicator", "Indicateurs", "Indicators"),
    _record("observation", "Observations", "Observations"),
    _record("claim", "Assertions", "Claims"),
    _record("record", "Autres fiches", "Other records"),
)
KINDS = (*_RECORDS, CONCEPTS, TERMS, RULES, QUESTIONS, OTHERS)
_BY_NAME = {kind.name: kind for kind in _RECORDS}
_ORDER = {kind: place for place, kind in enumerate(KINDS)}


def kind_of(iri: str) -> Kind:
    """Return the kind of a thing, after the place where its IRI is minted.

    >>> kind_of(RECORD + "agreement/x").name, kind_of(DEF + "Agreement").name, kind_of("urn:x").name
    ('agreement', 'term', 'other')
    """
    if iri.startswith(RECORD):
        return _BY_NAME.get(iri.removeprefix(RECORD).partition("/")[0], _BY_NAME["record"])
    if iri.startswith(CONCEPT):
        return CONCEPTS
    if iri.startswith(SHAPE):
        return RULES
    return TERMS if iri.startswith(DEF) or iri == BASE + "def" else OTHERS


def rank(kind: Kind) -> int:
    """Return the place of a kind in the reader's order."""
    return _ORDER[kind]
