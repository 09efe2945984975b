"""What tables and JSON repeat of the graph beside its statements: names, evidence, links to passages."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from accords import citing
from accords.vocab import FOAF, ae
from accords.wording import Wording

from .asking import SUPPORTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from accords.language import Words
    from accords.terms import Term
    from accords.things import Facts

PAGE = NamedNode(FOAF + "page")


@dataclass(frozen=True)
class Reading:
    """What the rows repeat of the graph: names, evidence, links to passages."""

    facts: Facts

    @cached_property
    def _wording(self) -> Wording:
        return Wording(self.facts.knowledge)

    def curie(self, term: Term) -> str:
        """Return the short name of a term."""
        return self._wording.curie(term).removeprefix("<").removesuffix(">")

    def name(self, term: Term) -> Words | None:
        """Return what a thing is called, whole."""
        if not isinstance(term, NamedNode):
            return None
        return self._wording.whole(term) or self.facts.thing(term).label

    def named(self, term: Term) -> tuple[str | None, str | None]:
        """Return what a thing is called in each language."""
        words = self.name(term)
        return (None, None) if words is None else (words.fr, words.en)

    @cached_property
    def _claims(self) -> Mapping[tuple[Term, Term, Term], tuple[Term, ...]]:
        found: dict[tuple[Term, Term, Term], dict[Term, None]] = defaultdict(dict)
        for claim, held in self.facts.by_subject.items():
            about, path, value = (
                self.facts.first(claim, ae(name)) for name in ("claimAbout", "claimProperty", "claimValue")
            )
            if about is not None and path is not None and value is not None:
                found[about, path, value] |= dict.fromkeys(held.get(SUPPORTED, ()))
        return {key: tuple(excerpts) for key, excerpts in found.items()}

    def backing(self, subject: Term, path: Term, value: Term) -> tuple[Term, ...]:
        """Return the excerpts of a statement: those that its claims name, else those of the record."""
        return self._claims.get((subject, path, value)) or tuple(self.facts.values(subject, SUPPORTED))

    def ids(self, terms: Iterable[Term]) -> str | None:
        """Return the short names of things, set apart by spaces."""
        return " ".join(self.curie(term) for term in terms if isinstance(term, NamedNode)) or None

    def link(self, excerpt: Term) -> str | None:
        """Return the address of a passage."""
        source = self.facts.first(excerpt, ae("excerptOf"))
        if source is None:
            return None
        pages = (page.value for page in self.facts.values(source, PAGE) if isinstance(page, NamedNode))
        before, first, last = (self._text(excerpt, name) for name in ("quotePrefix", "quote", "quoteEnd"))
        found = (citing.link(page, before, first, last) for page in pages if first)
        return next((one for one in found if one), None)

    def words(self, excerpt: Term) -> str | None:
        """Return the words that locate a passage."""
        said = [text for name in ("quote", "quoteEnd") if (text := self._text(excerpt, name))]
        return " … ".join(said) or None

    def _text(self, subject: Term, name: str) -> str:
        value = self.facts.first(subject, ae(name))
        return value.value if isinstance(value, Literal) else ""
