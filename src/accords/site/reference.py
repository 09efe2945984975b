"""The reference of the ontology: a page a class and a property, and the page that lists them all.

…/def leads to the list, which has a place for each name: the address of a term is that page and its name.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from accords import borrowed
from accords.inspection import inspect
from accords.language import LANGUAGES, Words
from accords.render import blocks
from accords.render.prose import opened
from accords.render.rules import message
from accords.vocab import BASE, COMMENT, DEF, DEPRECATED, OWL, RDFS, SKOS, TITLE, TYPE

from .addresses import PAGE, path_of
from .describing import SCHEMA
from .page import Entry, Page, Section, Step
from .questions import page_of as page_of_question
from .rules import page_of as page_of_rule
from .rules import said
from .vocabulary import CLASSES, PROPERTIES, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from accords.inspection import Record
    from accords.things import Text, Thing

    from .page import Site, View
    from .rulings import Constraint

INDEX = "def.html"
_ONTOLOGY = NamedNode(BASE + "def")
_DEFINITION, _SCOPE, _EXAMPLE = (NamedNode(SKOS + name) for name in ("definition", "scopeNote", "example"))
_DESCRIPTION = NamedNode("http://purl.org/dc/terms/description")
_VERSION = NamedNode(OWL + "versionInfo")
_DEFINED = NamedNode(RDFS + "isDefinedBy")
_TITLE = Words("Ontologie", "Ontology")
_SUMMARY = Words(
    "Les classes et les propriétés du graphe : définitions, axiomes, règles, exemples, questions.",
    "The classes and properties of the graph: definitions, axioms, rules, examples, questions.",
)


def _places(site: Site) -> Iterator[tuple[str, str]]:
    if vocabulary(site).terms:
        yield BASE + "def", "def"
    for term in vocabulary(site).terms:
        if (path := path_of(term.value)) is not None:
            yield term.value, path


def _pages(site: Site) -> Iterator[Page]:
    terms = vocabulary(site).terms
    if not terms:
        return
    yield Page(INDEX, _TITLE, "reference.html", _listed, summary=_SUMMARY, iri=_ONTOLOGY.value)
    for term in terms:
        thing = site.facts.thing(term)
        label = thing.label or Words(thing.curie, thing.curie)
        tongues = [site.facts.tongue(thing, language) or language for language in LANGUAGES]
        yield Page(
            site.places[term.value] + PAGE,
            Words(opened(label.fr), opened(label.en)),
            "term.html",
            partial(_told, term),
            summary=Words(
                f"{label.fr} ({thing.curie}) : définition, axiomes, règles, exemple, questions.",
                f"{label.en} ({thing.curie}): definition, axioms, rules, example, questions.",
            ),
            iri=term.value,
            tongues=Words(*tongues),
            trail=(Step(_TITLE, INDEX),),
            embedded=partial(_described, term),
        )


def _listed(view: View) -> Mapping[str, Any]:
    held = vocabulary(view.site)
    facts = view.site.facts
    rows = [(one, _name(one), facts.thing(one), _first(view, one)) for one in held.terms]
    split = next((n for n, row in enumerate(rows) if not held.is_class(row[0])), len(rows))
    return {
        "groups": [
            ("classes", Words("Classes", "Classes"), rows[:split]),
            ("properties", Words("Propriétés", "Properties"), rows[split:]),
        ],
        "heading": facts.texts(_ONTOLOGY, TITLE),
        "about": facts.texts(_ONTOLOGY, _DESCRIPTION),
        "version": facts.texts(_ONTOLOGY, _VERSION),
        "reused": [thing for thing in _reused(view.site) if thing.iri],
        "retired": frozenset(
            one.value for one in held.terms if any(t.text == "true" for t in facts.texts(one, DEPRECATED))
        ),
    }


def _name(term: NamedNode) -> str:
    return term.value.removeprefix(DEF)


def _first(view: View, term: NamedNode) -> Text | None:
    """Return the definition of a term, in the language of the page where there is one."""
    found = view.notes(view.site.facts.texts(term, _DEFINITION))
    return found[0] if found else None


def _reused(site: Site) -> list[Thing]:
    """Return the terms of other vocabularies that records use, by short name."""
    found = {link for _, held in site.facts.records() for link in held if not link.value.startswith(BASE)}
    kinds = {kind for _, held in site.facts.records() for kind in held.get(TYPE, ())}
    found |= {k for k in kinds if isinstance(k, NamedNode) and not k.value.startswith(BASE)}
    return sorted((site.facts.thing(term) for term in found), key=lambda thing: thing.curie)


def _told(term: NamedNode, view: View) -> Mapping[str, Any]:
    held = vocabulary(view.site)
    record: Record = view.site.remembered("term", term.value, lambda: _inspected(view.site, term))
    facts = view.site.facts
    is_class = held.is_class(term)
    shown = held.example(term)
    return {
        "record": record,
        "name": _name(term),
        "is_class": is_class,
        "kinds": _kinds(record),
        "definitions": view.notes(facts.texts(term, _DEFINITION)),
        "scope": view.notes((*facts.texts(term, _SCOPE), *facts.texts(term, COMMENT))),
        "examples": view.notes(facts.texts(term, _EXAMPLE)),
        "axioms": held.axioms(term),
        "matches": held.matches.get(term, ()),
        "form": held.form(term) if is_class else (),
        "constraints": _constraints(view, term),
        "example": None if shown is None else facts.thing(shown),
        "turtle": "" if shown is None else blocks.alone(facts, shown),
        "questions": [(one, page_of_question(one)) for one in held.questions.get(term, ())],
        "rule_page": page_of_rule,
        "message": message,
        "said": said,
    }


def _inspected(site: Site, term: NamedNode) -> Record:
    return inspect(site.facts, site.edition.forms, term)


def _kinds(record: Record) -> list[Words]:
    """Return what sort of term it is, and its characteristics."""
    found = [(kind.iri, borrowed.called(NamedNode(kind.iri))) for kind in record.kinds if kind.iri]
    order = (*sorted(CLASSES), *PROPERTIES)
    ranked = sorted(found, key=lambda row: order.index(row[0]) if row[0] in order else len(order))
    return [words or Words(*[iri.rpartition("#")[2]] * 2) for iri, words in ranked]


def _constraints(view: View, term: NamedNode) -> list[tuple[Constraint, Thing | None]]:
    """Return what judges the records of a class, each with the class above that it is written for; what reads a property."""
    held = vocabulary(view.site)
    if not held.is_class(term):
        return [(one, None) for one in held.rulings.by_term.get(term, ())]
    found: dict[str, tuple[Constraint, Thing | None]] = {}
    for kind in held.above(term):
        for one in held.rulings.by_class.get(kind, ()):
            found.setdefault(one.spoken.node, (one, None if kind == term else view.site.facts.thing(kind)))
    return sorted(found.values(), key=lambda row: (row[0].code, row[0].spoken.node))


def _described(term: NamedNode, view: View) -> dict[str, Any]:
    """Return what machines are told of a term."""
    first = _first(view, term)
    return {
        "@context": {"@vocab": SCHEMA},
        "@id": term.value,
        "@type": "Class" if vocabulary(view.site).is_class(term) else "Property",
        "name": view.say(view.page.title),
        "description": first.text if first else "",
        "inLanguage": view.language,
    }


SECTION = Section("reference", _pages, (Entry(_TITLE, INDEX, "foot"),), places=_places)
