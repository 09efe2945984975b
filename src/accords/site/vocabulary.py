"""What the ontology says of a class or a property, and what uses it: the values that its page shows.

Takes the facts, the rules and the questions of a site; gives for a term of ours its axioms, its matches in other
vocabularies, the form of a class, an example from the records, the questions that name it.

The example of a class is its fullest record of at most LONGEST statements, that of a property the shortest record
that has it; of two alike, the first by IRI.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from accords import borrowed, loading, querynames
from accords.language import Words
from accords.vocab import DEF, FIRST, OWL, RDF, RDFS, RECORD, REST, SKOS, SUBCLASS, TYPE

from .rulings import Rulings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from accords.catalogue import Question
    from accords.demands import Demand
    from accords.forms import Field
    from accords.terms import Term
    from accords.things import Facts, Text, Thing

    from .page import Site

LONGEST = 14  # statements of the example of a class
CLASSES = frozenset({OWL + "Class", RDFS + "Class"})
PROPERTIES = tuple(OWL + name for name in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty"))
_SCHEMA = "https://schema.org/"
_AXIOMS = tuple(
    NamedNode(iri)
    for iri in (
        RDFS + "subClassOf",
        RDFS + "subPropertyOf",
        OWL + "equivalentClass",
        OWL + "equivalentProperty",
        RDFS + "domain",
        _SCHEMA + "domainIncludes",
        RDFS + "range",
        _SCHEMA + "rangeIncludes",
        OWL + "inverseOf",
        OWL + "disjointWith",
        OWL + "propertyDisjointWith",
    )
)
_BACKWARDS = tuple(
    NamedNode(iri)
    for iri in (
        RDFS + "subClassOf",
        RDFS + "subPropertyOf",
        RDFS + "domain",
        _SCHEMA + "domainIncludes",
        RDFS + "range",
        _SCHEMA + "rangeIncludes",
    )
)
_MATCHES = tuple(
    NamedNode(SKOS + f"{name}Match") for name in ("exact", "close", "broad", "narrow", "related")
)
_NOTE = NamedNode(SKOS + "editorialNote")
_APART, _MEMBERS = NamedNode(OWL + "AllDisjointClasses"), NamedNode(OWL + "members")
_ABOVE = Words("classes au-dessus", "classes above")
_DISJOINT = Words("rien n'est à la fois cela et", "nothing is both this and")
_INHERITED = Words("propriétés des classes au-dessus", "properties of the classes above")
_DOMAIN = NamedNode(RDFS + "domain")


@dataclass(frozen=True, slots=True)
class Axiom:
    """What is said of a term, under the name by which a reader knows it."""

    name: Words
    things: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A term of another vocabulary that corresponds, and how."""

    name: Words
    thing: Thing
    notes: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A field of the form of a class."""

    thing: Thing
    field: Field
    asked: Words
    leads: tuple[Thing, ...]  # classes, a scheme or datatypes of its values


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The terms of our ontology, as an edition has them."""

    site: Site

    @cached_property
    def rulings(self) -> Rulings:
        """Return the rules."""
        return Rulings(self.site.edition)

    @property
    def facts(self) -> Facts:
        """Return the statements of the edition."""
        return self.site.facts

    @cached_property
    def terms(self) -> tuple[NamedNode, ...]:
        """Return our classes, then our properties, by name."""
        kinds = CLASSES | set(PROPERTIES)
        found = [
            subject
            for subject, held in self.facts.by_subject.items()
            if isinstance(subject, NamedNode)
            and subject.value.startswith(DEF)
            and any(getattr(kind, "value", None) in kinds for kind in held.get(TYPE, ()))
        ]
        return tuple(sorted(found, key=lambda term: (not self.is_class(term), term.value)))

    def is_class(self, term: NamedNode) -> bool:
        """Tell whether a term is a class."""
        return any(getattr(kind, "value", None) in CLASSES for kind in self.facts.values(term, TYPE))

    def above(self, term: NamedNode) -> list[NamedNode]:
        """Return a class and those above it, nearest first."""
        return [one for one in self.facts.above([term], SUBCLASS) if isinstance(one, NamedNode)]

    def axioms(self, term: NamedNode) -> tuple[Axiom, ...]:
        """Return what the ontology says of a term, and what it says with it of others."""
        return tuple(one for one in self._axioms(term) if one.things)

    def _axioms(self, term: NamedNode) -> Iterator[Axiom]:
        for link in _AXIOMS:
            yield Axiom(_called(link, self.facts), self.facts.things(term, link))
            if link == SUBCLASS and len(above := self.above(term)[1:]) > len(self.facts.values(term, link)):
                yield Axiom(_ABOVE, tuple(map(self.facts.thing, above)))
        for link in _BACKWARDS:
            name = borrowed.called_backwards(link) or _called(link, self.facts)
            yield Axiom(name, self._sorted(self.facts.subjects(term, link)))
        wider = [one for kind in self.above(term)[1:] for one in self.facts.subjects(kind, _DOMAIN)]
        yield Axiom(_INHERITED, self._sorted(wider))
        yield Axiom(_DISJOINT, tuple(self._apart(term)))

    def _sorted(self, terms: Sequence[Term]) -> tuple[Thing, ...]:
        return tuple(sorted(dict.fromkeys(map(self.facts.thing, terms)), key=lambda one: one.curie))

    def _apart(self, term: NamedNode) -> Iterator[Thing]:
        """Yield the other classes of the lists whose members are kept apart."""
        for node in self.facts.subjects(_APART, TYPE):
            for head in self.facts.values(node, _MEMBERS):
                members = list(self._list(head))
                if term in members:
                    yield from (self.facts.thing(one) for one in members if one != term)

    def _list(self, head: Term) -> Iterator[Term]:
        while cell := self.facts.by_subject.get(head):
            yield from cell.get(FIRST, ())
            head = next(iter(cell.get(REST, ())), NamedNode(RDF + "nil"))

    @cached_property
    def matches(self) -> Mapping[Term, Sequence[Match]]:
        """Return what corresponds to each term, as the files of the alignments say."""
        project = self.site.edition.project
        documents, _ = loading.load_folder(project, project.ontology / "alignments")
        found: dict[Term, list[Match]] = defaultdict(list)
        for document in documents:
            notes: dict[Term, list[Text]] = defaultdict(list)
            for triple in document.triples:
                if triple.predicate == _NOTE and isinstance(triple.object, Literal):
                    notes[triple.subject].append(self.facts.value(triple.object))  # type: ignore[arg-type]  # a literal is a text
            for triple in document.triples:
                if triple.predicate in _MATCHES:
                    name = _called(triple.predicate, self.facts)
                    thing = self.facts.thing(triple.object)
                    found[triple.subject].append(Match(name, thing, tuple(notes[triple.subject])))
        return {term: sorted(held, key=lambda one: one.thing.curie) for term, held in found.items()}

    def form(self, term: NamedNode) -> tuple[Row, ...]:
        """Return the fields of the form of a class, in order."""
        classes = self.above(term)
        asked = self.rulings.demands.of(classes)
        fields = self.site.edition.forms.of(classes)
        return tuple(self._row(field, asked[path]) for path, field in fields.items() if asked[path].most != 0)

    def _row(self, field: Field, demand: Demand) -> Row:
        leads = (*demand.classes, *((demand.scheme,) if demand.scheme else ()), *demand.datatypes)
        return Row(self.facts.thing(field.path), field, said_of(demand), tuple(map(self.facts.thing, leads)))

    def example(self, term: NamedNode) -> NamedNode | None:
        """Return the record that shows how a term is used; None when no record uses it."""
        return self._examples.get(term)

    @cached_property
    def _examples(self) -> Mapping[NamedNode, NamedNode]:
        found: dict[NamedNode, tuple[int, str]] = {}
        for subject, held in self.facts.by_subject.items():
            if isinstance(subject, NamedNode) and subject.value.startswith(RECORD):
                size = sum(map(len, held.values()))
                for link in held:
                    found[link] = min(found.get(link, (size, subject.value)), (size, subject.value))
                full = (-size if size <= LONGEST else size, subject.value)
                for kind in held.get(TYPE, ()):
                    if isinstance(kind, NamedNode):
                        found[kind] = min(found.get(kind, full), full)
        return {term: NamedNode(iri) for term, (_, iri) in found.items()}

    @cached_property
    def questions(self) -> Mapping[Term, Sequence[Question]]:
        """Return the questions that name each term."""
        house = self.facts.knowledge.prefixes.table
        found: dict[Term, list[Question]] = defaultdict(list)
        for question in self.site.asked.catalogue.questions:
            for node in dict.fromkeys(one.node for one in querynames.names(question.text, house)):
                found[node].append(question)
        return found


def vocabulary(site: Site) -> Vocabulary:
    """Return the vocabulary of a site, read once."""
    return site.kept("vocabulary", lambda: Vocabulary(site))


def said_of(demand: Demand) -> Words:
    """Return how many values a field takes, in words.

    >>> from accords.demands import Demand
    >>> said_of(Demand(least=1, most=1)).en, said_of(Demand(most=3)).en
    ('required, one value', 'optional, at most 3')
    """
    if demand.least:
        first = Words("obligatoire", "required")
    else:
        first = Words("souhaité", "wished for") if demand.wished else Words("facultatif", "optional")
    if demand.most is None:
        return first
    most = Words("une seule valeur", "one value") if demand.most == 1 else Words(
        f"au plus {demand.most}", f"at most {demand.most}"
    )  # fmt: skip
    return Words(f"{first.fr}, {most.fr}", f"{first.en}, {most.en}")


def _called(link: NamedNode, facts: Facts) -> Words:
    curie = facts.thing(link).curie
    return borrowed.called(link) or Words(curie, curie)
