"""The JSON-LD context: which key stands for which property, and how its values are read.

Made of the ontology and the rules alone: the same whatever the records.

1. A property or class of the ontology has its local name as key. A borrowed one that the rules or the ontology
   use has its own local name too, unless another has it already: then its IRI.
2. A property has its values as IRIs, as texts by language, or with one datatype, where the rules say so.
3. Its values stand in a list, unless the rules allow one value only.

There is no prefix, no base and no vocabulary in it: an IRI is always whole, so that none can be mistaken for
another, and nothing depends on the address of the file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from accords.demands import Demands
from accords.forms import statements
from accords.vocab import BASE, DEF, LANG_STRING, OWL, STRING, SUBCLASS, TYPE, sh

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from pyoxigraph import Triple

    from accords.demands import Demand
    from accords.terms import Term

    from .edition import Edition

CONTEXT = BASE + "def/context.jsonld"  # the name of the context; not registered yet
_OBJECT = NamedNode(OWL + "ObjectProperty")
_PROPERTIES = {_OBJECT, *(NamedNode(OWL + f"{kind}Property") for kind in ("Datatype", "Annotation"))}
_CLASS = NamedNode(OWL + "Class")
_VERSION = NamedNode(OWL + "versionInfo")
ID, KIND = "id", "type"  # as readers of JSON call them
_RESERVED = frozenset({ID, KIND})
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9]*")


@dataclass(frozen=True, slots=True)
class Key:
    """How a property is written: its key, and what its values are when nothing else is said of them."""

    name: str
    reads: str = ""  # "@id", "@language", a datatype, or nothing
    single: bool = False

    def definition(self, iri: str) -> dict[str, str]:
        """Return the key as the context defines it."""
        found = {"@id": iri}
        if self.reads == "@language":
            return found | {"@container": "@language"}
        if self.reads:
            found["@type"] = self.reads
        return found if self.single else found | {"@container": "@set"}


@dataclass(frozen=True)
class Context:
    """The keys of properties and the names of classes."""

    keys: dict[NamedNode, Key] = field(default_factory=dict)
    classes: dict[NamedNode, str] = field(default_factory=dict)
    version: str = ""

    @cached_property
    def definitions(self) -> dict[str, Any]:
        """Return what stands under `@context`, sorted."""
        terms: dict[str, Any] = {key.name: key.definition(term.value) for term, key in self.keys.items()}
        terms |= {name: {"@id": term.value} for term, name in self.classes.items()}
        return {"@version": 1.1, ID: "@id", KIND: "@type"} | dict(sorted(terms.items()))


def context_of(edition: Edition) -> Context:
    """Return the context of the ontology and the rules of an edition.

    Raises ContentError when one of their files cannot be read.
    """
    triples = [triple for document in edition.knowledge.ontology for triple in document.triples]
    kinds: dict[NamedNode, set[Term]] = defaultdict(set)
    uses: dict[NamedNode, set[str]] = defaultdict(set)
    for triple in triples:
        uses[triple.predicate].add(_reading(triple.object))
        if triple.predicate == TYPE and isinstance(triple.subject, NamedNode):
            kinds[triple.subject].add(triple.object)
    asked = _asked(edition, [term for term, held in kinds.items() if _CLASS in held])
    properties = {
        term for term, held in kinds.items() if held & _PROPERTIES and _wanted(term, {*uses, *asked})
    }
    classes = {
        term for term, held in kinds.items() if _CLASS in held and _wanted(term, _classes(edition, triples))
    }
    properties |= uses.keys() - {TYPE}
    names = _names({*properties, *classes}, asked.keys())
    return Context(
        {
            term: _key(names[term], asked.get(term, ()), uses.get(term, set()), link=_OBJECT in kinds[term])
            for term in sorted(properties & names.keys(), key=str)
        },
        {term: names[term] for term in sorted(classes & names.keys(), key=str)},
        _version(triples),
    )


def _reading(value: Term) -> str:
    """Return how a value would be read."""
    if not isinstance(value, Literal):
        return "@id"
    if value.language:
        return "@language"
    return "" if value.datatype == STRING else value.datatype.value


def _own(term: NamedNode) -> bool:
    return term.value.startswith(DEF)


def _wanted(term: NamedNode, used: set[NamedNode]) -> bool:
    return _own(term) or term in used


def _asked(edition: Edition, kinds: Iterable[NamedNode]) -> dict[NamedNode, list[Demand]]:
    """Return what the rules ask of each property, class by class."""
    demands = Demands(statements(edition.rules))
    asked: dict[NamedNode, list[Demand]] = defaultdict(list)
    for kind in kinds:
        for path, demand in demands.of(edition.facts.above([kind], SUBCLASS)).items():
            asked[path].append(demand)
    return asked


def _classes(edition: Edition, triples: Iterable[Triple]) -> set[NamedNode]:
    """Return the classes that the ontology or the rules use."""
    used = {triple.object for triple in triples if triple.predicate == TYPE}
    used |= {
        triple.object
        for document in edition.rules
        for triple in document.triples
        if triple.predicate == sh("targetClass")
    }
    return {term for term in used if isinstance(term, NamedNode)}


def _names(terms: Iterable[NamedNode], asked: Collection[NamedNode]) -> dict[NamedNode, str]:
    """Return the key of each term: our own first, then those of the rules; one that comes late has none."""
    taken: dict[str, NamedNode] = {}
    for term in sorted(terms, key=lambda term: (not _own(term), term not in asked, term.value)):
        local = re.split(r"[/#]", term.value)[-1]
        if _PLAIN.fullmatch(local) and local not in _RESERVED:
            taken.setdefault(local, term)
    return {term: local for local, term in taken.items()}


def _key(name: str, asked: Collection[Demand], uses: set[str], *, link: bool) -> Key:
    """Return how a property is written: as the rules have it, else as the ontology uses it."""
    single = bool(asked) and all(demand.most == 1 for demand in asked)
    types = {kind.value for demand in asked for kind in demand.datatypes}
    if link or (asked and not types and all(demand.linked or demand.classes for demand in asked)):
        return Key(name, "@id", single)
    if LANG_STRING.value in types or any(demand.tagged for demand in asked):
        return Key(name, "@language")
    found = types or (uses if not asked else set())
    reads = next(iter(found)) if len(found) == 1 else ""
    return Key(name, "" if reads == STRING.value else reads, single and reads != "@language")


def _version(triples: Iterable[Triple]) -> str:
    found = (t.object.value for t in triples if t.predicate == _VERSION and isinstance(t.object, Literal))
    return next(found, "")
