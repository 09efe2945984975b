"""The namespaces and terms that the code itself names; everything else is data."""

from __future__ import annotations

from typing import Final

from pyoxigraph import NamedNode

BASE: Final = "https://w3id.org/accords-emploi/"  # not registered yet: nothing may claim that it resolves
DEF: Final = BASE + "def#"
SHAPE: Final = BASE + "shape#"
CONCEPT: Final = BASE + "concept/"
RECORD: Final = BASE + "id/"

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SH: Final = "http://www.w3.org/ns/shacl#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCTERMS: Final = "http://purl.org/dc/terms/"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
ORG: Final = "http://www.w3.org/ns/org#"
SCHEMA: Final = "https://schema.org/"


def ae(name: str) -> NamedNode:
    """Return a class or property of our ontology."""
    return NamedNode(DEF + name)


def sh(name: str) -> NamedNode:
    """Return a term of SHACL."""
    return NamedNode(SH + name)


TYPE: Final = NamedNode(RDF + "type")
FIRST: Final = NamedNode(RDF + "first")
REST: Final = NamedNode(RDF + "rest")
NIL: Final = NamedNode(RDF + "nil")
LANG_STRING: Final = NamedNode(RDF + "langString")
STRING: Final = NamedNode(XSD + "string")
SUBCLASS: Final = NamedNode(RDFS + "subClassOf")
LABEL: Final = NamedNode(RDFS + "label")
RANGES: Final = (
    NamedNode(RDFS + "range"),
    NamedNode(SCHEMA + "rangeIncludes"),
)  # what the values of a property are
COMMENT: Final = NamedNode(RDFS + "comment")
IMPORTS: Final = NamedNode(OWL + "imports")
PREF_LABEL: Final = NamedNode(SKOS + "prefLabel")
ALT_LABEL: Final = NamedNode(SKOS + "altLabel")
NOTATION: Final = NamedNode(SKOS + "notation")
IN_SCHEME: Final = NamedNode(SKOS + "inScheme")
BROADER: Final = NamedNode(SKOS + "broader")
DEPRECATED: Final = NamedNode(OWL + "deprecated")
REPLACED_BY: Final = NamedNode(DCTERMS + "isReplacedBy")
CHANGE_NOTE: Final = NamedNode(SKOS + "changeNote")
TITLE: Final = NamedNode(DCTERMS + "title")
NAME: Final = NamedNode(FOAF + "name")
LABELS: Final = (PREF_LABEL, TITLE, NAME, LABEL)  # where the name of a thing is looked for, in this order
NOTES: Final = (
    COMMENT,
    NamedNode(DCTERMS + "description"),
    CHANGE_NOTE,
    *(NamedNode(SKOS + name) for name in ("definition", "scopeNote", "example", "editorialNote")),
)  # what is told to a reader, and asserts nothing
DATES: Final = tuple(NamedNode(XSD + name) for name in ("date", "gYearMonth", "gYear"))
