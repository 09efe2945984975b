"""What a page is about, for machines that read pages: JSON-LD with the terms of schema.org and our own.

Only what the record itself says: its names, its kind, its identifier, its dates, where it is described.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from accords.families import kind_of
from accords.vocab import ALT_LABEL, CONCEPT, DEF, IN_SCHEME, LABELS, SKOS, TYPE, ae

if TYPE_CHECKING:
    from accords.things import Facts

    from .page import View

SCHEMA = "https://schema.org/"
LICENCE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
_CONTEXT = {"@vocab": SCHEMA, "ae": DEF, "skos": SKOS}
_TYPES = {  # by the kind of the record
    "actor": "Organization",
    "organ": "Organization",
    "committee": "Organization",
    "person": "Person",
    "territory": "AdministrativeArea",
    "event": "Event",
    "law": "Legislation",
    "source": "CreativeWork",
    "excerpt": "Quotation",
    "claim": "Claim",
    "observation": "Observation",
    "post": "Role",
    "membership": "Role",
}
_DATES = (("startDate", "startDate"), ("endDate", "endDate"), ("eventDate", "startDate"))


def described(view: View, term: NamedNode) -> dict[str, Any]:
    """Return what is said of a record to machines."""
    facts = view.site.facts
    said: dict[str, Any] = {
        "@context": _CONTEXT,
        "@id": term.value,
        "@type": [_type(facts, term), *_classes(facts, term)],
        "name": _texts(facts, term, LABELS),
        "alternateName": _texts(facts, term, (ALT_LABEL,)),
        "inDefinedTermSet": [value.value for value in _nodes(facts, term, IN_SCHEME)],
        "mainEntityOfPage": {
            "@type": "WebPage",
            "url": view.whole(view.page.path, view.language),
            "inLanguage": view.language,
            "license": LICENCE,
        },
    }
    for own, theirs in _DATES:
        for value in facts.values(term, ae(own)):
            if isinstance(value, Literal) and theirs not in said:
                said[theirs] = value.value
    return {name: value for name, value in said.items() if value != []}


def _type(facts: Facts, term: NamedNode) -> str:
    if term.value.startswith(CONCEPT):
        schemes = [kind.value for kind in _nodes(facts, term, TYPE)]
        return "DefinedTermSet" if SKOS + "ConceptScheme" in schemes else "DefinedTerm"
    return _TYPES.get(kind_of(term.value).name, "Thing")


def _classes(facts: Facts, term: NamedNode) -> list[str]:
    kinds = [kind.value for kind in _nodes(facts, term, TYPE)]
    return [f"ae:{kind.removeprefix(DEF)}" for kind in kinds if kind.startswith(DEF)]


def _nodes(facts: Facts, term: NamedNode, predicate: NamedNode) -> list[NamedNode]:
    return [value for value in facts.values(term, predicate) if isinstance(value, NamedNode)]


def _texts(facts: Facts, term: NamedNode, predicates: tuple[NamedNode, ...]) -> list[Any]:
    said = [text for predicate in predicates for text in facts.texts(term, predicate)]
    return [{"@value": one.text, "@language": one.language} if one.language else one.text for one in said]
