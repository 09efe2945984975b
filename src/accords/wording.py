"""How a finding speaks of things: labels, CURIEs, values, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from .borrowed import called
from .language import Words, printable
from .vocab import LABELS

if TYPE_CHECKING:
    from .language import Language
    from .loading import Knowledge
    from .terms import Term

LONGEST_LABEL = 70  # characters of a label inside a message
LONGEST_NAME = 200  # characters of an IRI inside a message


@dataclass(frozen=True)
class Wording:
    """The labels of everything in the graph, and how messages use them."""

    knowledge: Knowledge
    longest: int = LONGEST_LABEL  # characters of a label

    @cached_property
    def _labels(self) -> dict[Term, dict[str, str]]:
        ranked: dict[Term, dict[str, tuple[int, str]]] = {}
        rank = {predicate: place for place, predicate in enumerate(LABELS)}
        for document in self.knowledge.documents:
            for triple in document.triples:
                if triple.predicate in rank and isinstance(triple.object, Literal):
                    place, text = rank[triple.predicate], triple.object.value
                    tongues = ranked.setdefault(triple.subject, {})
                    tongue = triple.object.language or ""
                    tongues[tongue] = min(tongues.get(tongue, (len(rank), "")), (place, text))
        return {
            subject: {tongue: text for tongue, (_, text) in tongues.items()}
            for subject, tongues in ranked.items()
        }

    def label(self, term: Term) -> Words | None:
        """Return the label of a thing, French standing in for English and the reverse.

        A term of another vocabulary has the name that we give it here; None for what has no name.
        """
        whole = self.whole(term)
        if whole is None or term not in self._labels:
            return whole
        return Words(printable(whole.fr, self.longest), printable(whole.en, self.longest))

    def whole(self, term: Term) -> Words | None:
        """Return the label of a thing as it is written, however long."""
        tongues = self._labels.get(term)
        if not tongues:
            return called(term)
        plain = next(iter(sorted(tongues.values())))
        french = tongues.get("fr") or tongues.get("") or tongues.get("en") or plain
        english = tongues.get("en") or tongues.get("") or tongues.get("fr") or plain
        return Words(french, english)

    def tongue(self, term: Term, language: Language) -> str | None:
        """Return the language in which a reader gets the label of a thing, where it is not the reader's own."""
        tongues = self._labels.get(term)
        if not tongues or tongues.get(language) or tongues.get(""):
            return None
        second = "fr" if language == "en" else "en"
        return second if second in tongues else min(tongues, key=lambda tongue: (tongues[tongue], tongue))

    def curie(self, term: Term) -> str:
        """Return the short Turtle of a term."""
        return self.knowledge.prefixes.show(term)

    def named(self, term: Term) -> str:
        """Return the short Turtle of a term as a message shows it: cut, nothing unseen in it."""
        return printable(self.curie(term), LONGEST_NAME)

    def subject(self, term: Term) -> Words:
        """Return how a sentence about a thing begins: its label, else its CURIE."""
        label = self.label(term)
        if label is None or isinstance(term, BlankNode):
            return Words(self.named(term), self.named(term))
        return Words(f"« {label.fr} »", f"“{label.en}”")

    def value(self, term: Term) -> Words:
        """Return how a sentence repeats a value: the text of a literal, else the CURIE and label."""
        if isinstance(term, Literal):
            shown = printable(term.value)
            return Words(shown, shown)
        curie = self.named(term)
        label = self.label(term) if isinstance(term, NamedNode) else None
        if label is None:
            return Words(curie, curie)
        return Words(f"{curie} ({label.fr})", f"{curie} ({label.en})")
