"""The graph by subject, and its terms as people read them.

`Thing` is an IRI with its CURIE, its label and the name of its class; `Text` a literal as written. `Facts`
gives both for any term of a knowledge, with what stands above and below a class or a concept.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from .language import Words
from .vocab import LANG_STRING, ORG, RECORD, STRING, TYPE, ae, sh
from .wording import LONGEST_LABEL, Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .language import Language
    from .loading import Knowledge
    from .terms import Term


_TELLING = (  # what a mandate and an observation are called after
    *(NamedNode(ORG + name) for name in ("member", "role", "organization")),
    *map(ae, ("observedIndicator", "observationOf")),
)


@dataclass(frozen=True, slots=True)
class Thing:
    """An IRI as a person reads it: its own label, and the name of its class."""

    iri: str | None  # None for a blank node
    curie: str
    label: Words | None
    kind: Words | None


@dataclass(frozen=True, slots=True)
class Text:
    """A literal, as written."""

    text: str
    language: str | None = None
    datatype: str | None = None  # a CURIE; None for plain text


Value = Thing | Text


@dataclass(frozen=True)
class Facts:
    """The statements of a knowledge by subject, in the order in which they are written."""

    knowledge: Knowledge
    longest: int = LONGEST_LABEL  # characters of a label

    @cached_property
    def by_subject(self) -> Mapping[Term, Mapping[NamedNode, Sequence[Term]]]:
        """Return the values of each property of each subject; what two files say alike stands once."""
        facts: dict[Term, dict[NamedNode, dict[Term, None]]] = defaultdict(lambda: defaultdict(dict))
        for document in self.knowledge.documents:
            for triple in document.triples:
                facts[triple.subject][triple.predicate][triple.object] = None
        return {
            subject: {predicate: tuple(values) for predicate, values in held.items()}
            for subject, held in facts.items()
        }

    @cached_property
    def by_value(self) -> Mapping[Term, Mapping[NamedNode, Sequence[Term]]]:
        """Return the subjects that each IRI or node is a value of, by property."""
        found: dict[Term, dict[NamedNode, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for subject, held in self.by_subject.items():
            for predicate, values in held.items():
                for value in values:
                    if not isinstance(value, Literal):
                        found[value][predicate].append(subject)
        return dict(found)

    def subjects(self, value: Term, predicate: NamedNode) -> Sequence[Term]:
        """Return the subjects that have a thing as a value of a property."""
        return self.by_value.get(value, {}).get(predicate, ())

    def records(self) -> Iterator[tuple[Term, Mapping[NamedNode, Sequence[Term]]]]:
        """Yield the records, the subjects under …/id/, with their statements."""
        for subject, facts in self.by_subject.items():
            if isinstance(subject, NamedNode) and subject.value.startswith(RECORD):
                yield subject, facts

    def values(self, subject: Term, predicate: NamedNode) -> Sequence[Term]:
        """Return the values of a property of a subject."""
        return self.by_subject.get(subject, {}).get(predicate, ())

    def first(self, subject: Term, predicate: NamedNode) -> Term | None:
        """Return the first value of a property of a subject, if any."""
        return next(iter(self.values(subject, predicate)), None)

    def things(self, subject: Term, predicate: NamedNode) -> tuple[Thing, ...]:
        """Return the values of a property as things."""
        return tuple(self.thing(value) for value in self.values(subject, predicate))

    def texts(self, subject: Term, predicate: NamedNode) -> tuple[Text, ...]:
        """Return the values of a property that are literals."""
        values = (self.value(value) for value in self.values(subject, predicate))
        return tuple(value for value in values if isinstance(value, Text))

    def value(self, term: Term) -> Value:
        """Return a value as a thing or as a text."""
        if not isinstance(term, Literal):
            return self.thing(term)
        plain = term.datatype in {STRING, LANG_STRING}
        return Text(term.value, term.language, None if plain else self._wording.curie(term.datatype))

    def thing(self, term: Term) -> Thing:
        """Return a term as a person reads it."""
        if not isinstance(term, NamedNode):
            return Thing(None, "[…]" if isinstance(term, BlankNode) else str(term), None, None)
        if term not in self._things:
            shown = Thing(term.value, self._wording.curie(term), self._label(term), self._kind(term))
            self._things[term] = shown
        return self._things[term]

    @cached_property
    def _things(self) -> dict[NamedNode, Thing]:
        return {}

    def above(self, terms: Sequence[Term], upwards: NamedNode) -> list[Term]:
        """Return terms and what is above them by a property that leads upwards, nearest first."""
        found = dict.fromkeys(terms)
        nearest = list(found)
        while nearest:
            upper = [value for term in nearest for value in self.values(term, upwards)]
            nearest = [term for term in dict.fromkeys(upper) if term not in found]
            found |= dict.fromkeys(nearest)
        return [term for term in found if isinstance(term, NamedNode)]

    def below(self, term: Term, upwards: NamedNode) -> set[Term]:
        """Return what is under a term, at any depth, by a property that leads upwards."""
        found: set[Term] = set()
        nearest = {term}
        while nearest:
            nearest = {child for upper in nearest for child in self.subjects(upper, upwards)} - found
            found |= nearest
        return found - {term}

    @cached_property
    def _wording(self) -> Wording:
        return Wording(self.knowledge, self.longest)

    def tongue(self, thing: Thing, language: Language) -> str | None:
        """Return the language of what a thing is called for a reader, where it is not the reader's own."""
        if thing.iri is None:
            return None
        term = NamedNode(thing.iri)
        if self._named(term) is None and isinstance(quote := self.first(term, ae("quote")), Literal):
            return None if quote.language in {None, language} else quote.language
        parts = (
            [term] if self._named(term) else self._parts(term) or [self.first(term, ae("claimAbout")) or term]
        )
        tongues = (self._wording.tongue(part, language) for part in parts)
        return next((tongue for tongue in tongues if tongue is not None), None)

    def _label(self, term: NamedNode) -> Words | None:
        return (
            self._named(term)
            or self._quoted(term)
            or self._claimed(term)
            or self._joined(term)
            or self._declared(term)
        )

    def _named(self, term: Term | None) -> Words | None:
        return None if term is None else self._wording.label(term)

    def _quoted(self, excerpt: NamedNode) -> Words | None:
        """Return the words of an excerpt, which has no other name."""
        quote = self.first(excerpt, ae("quote"))
        return Words(f"« {quote.value} »", f"“{quote.value}”") if isinstance(quote, Literal) else None

    def _claimed(self, claim: NamedNode) -> Words | None:
        """Return what a claim is about: the thing and the property."""
        thing = self.first(claim, ae("claimAbout"))
        about = self._named(thing) or (self._joined(thing) if thing is not None else None)
        target = self._named(self.first(claim, ae("claimProperty")))
        if about is None or target is None:
            return None
        return Words(f"{about.fr} : {target.fr}", f"{about.en}: {target.en}")

    def _parts(self, term: Term) -> list[Term]:
        """Return the things that together tell what a mandate or an observation is; none, or several."""
        values = (self.first(term, one) for one in _TELLING)
        found = [value for value in values if value is not None and self._named(value) is not None]
        return found if len(found) > 1 else []

    def _joined(self, term: Term) -> Words | None:
        """Return who holds what where, or what is observed of what: such a record has no name of its own."""
        names = [words for part in self._parts(term) if (words := self._named(part)) is not None]
        if not names:
            return None
        return Words(", ".join(one.fr for one in names), ", ".join(one.en for one in names))

    def _declared(self, prefix: NamedNode) -> Words | None:
        """Return the prefix that a node of the house table declares."""
        name = self.first(prefix, sh("prefix"))
        return Words(f"{name.value}:", f"{name.value}:") if isinstance(name, Literal) else None

    def _kind(self, term: NamedNode) -> Words | None:
        kinds = (self._named(kind) for kind in self.values(term, TYPE))
        return next((words for words in kinds if words is not None), None)
