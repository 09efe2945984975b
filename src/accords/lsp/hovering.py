"""What an editor shows of a term under the pointer.

Takes a library, a term, a language; gives a short text: what it is called and of which class, its
definitions, for a concept its path, for an excerpt its words, for a record what its form says first and the
passages that it rests on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from accords.language import Words
from accords.render.phrases import counted
from accords.things import Text, Thing
from accords.vocab import COMMENT, LABELS, REPLACED_BY, SKOS, SUBCLASS, TYPE, ae

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from accords.language import Language
    from accords.terms import Term
    from accords.things import Facts, Value

    from .library import Library
    from .marking import Marking

MOST_PROPERTIES, MOST_VALUES, MOST_PASSAGES = 8, 4, 3
_NOTES = (NamedNode(SKOS + "definition"), NamedNode(SKOS + "scopeNote"), COMMENT)
_BROADER = NamedNode(SKOS + "broader")
_CONCEPT = NamedNode(SKOS + "Concept")
_TOLD = frozenset({TYPE, ae("supportedBy"), *LABELS, *_NOTES, _BROADER})
_QUOTE, _QUOTE_END = ae("quote"), ae("quoteEnd")


def hover(library: Library, node: NamedNode, language: Language, marking: Marking) -> str | None:
    """Return what to show of a term; None when nothing is said of it, nor is it known by another name."""
    facts = library.facts
    if node not in facts.by_subject and facts.thing(node).label is None:
        return None
    card = _Card(library, node, language, marking)
    parts = (
        card.head(),
        card.warning(),
        card.path(),
        card.notes(),
        card.words(),
        card.form(),
        card.passages(),
    )
    return "\n\n".join("\n".join(lines) for lines in map(list, parts) if lines)


@dataclass(frozen=True)
class _Card:
    library: Library
    node: NamedNode
    language: Language
    marking: Marking

    @property
    def facts(self) -> Facts:
        return self.library.facts

    @property
    def _quote(self) -> bool:
        return bool(self.facts.texts(self.node, _QUOTE))

    def head(self) -> Iterator[str]:
        thing = self.facts.thing(self.node)
        if thing.label is not None and not self._quote:
            yield self.marking.strong(thing.label.to(self.language))
            yield ""
        kind = f" · {self.marking.text(thing.kind.to(self.language))}" if thing.kind else ""
        yield self.marking.code(thing.curie) + kind

    def warning(self) -> Iterator[str]:
        if self.library.deprecated(self.node):
            said = Words("À ne plus employer", "Deprecated").to(self.language)
            others = ", ".join(self._thing(one) for one in self.facts.things(self.node, REPLACED_BY))
            yield said + (
                Words(" ; remplacé par ", "; replaced by ").to(self.language) + others if others else ""
            )

    def path(self) -> Iterator[str]:
        if _CONCEPT in self.facts.values(self.node, TYPE):
            above = self.facts.above([self.node], _BROADER)
            if above[1:]:
                yield " › ".join(self._label(one) for one in reversed(above))

    def notes(self) -> Iterator[str]:
        """Yield definitions and the like, the reader's language first."""
        for path in _NOTES:
            texts = self.facts.texts(self.node, path)
            for text in sorted(texts, key=lambda text: (text.language or "") != self.language):
                yield self.marking.text(text.text)
                yield ""

    def words(self) -> Iterator[str]:
        """Yield the words of an excerpt, and who wrote them."""
        if self._quote:
            yield from self._passage(self.node)

    def form(self) -> Iterator[str]:
        """Yield what the form of a record says first."""
        kinds = self.facts.above(self.facts.values(self.node, TYPE), SUBCLASS)
        told = {_QUOTE, _QUOTE_END, ae("excerptOf")} | _TOLD
        fields = [field for field in self.library.forms.of(kinds).values() if field.path not in told]
        held = [(field, self.facts.values(self.node, field.path)) for field in fields]
        for field, values in [row for row in held if row[1]][:MOST_PROPERTIES]:
            name = self.marking.text(field.name.to(self.language))
            colon = Words(" : ", ": ").to(self.language)
            yield self.marking.item(f"{name}{colon}{self._values(values)}")

    def passages(self) -> Iterator[str]:
        cited = self.facts.values(self.node, ae("supportedBy"))
        for excerpt in cited[:MOST_PASSAGES]:
            yield from self._passage(excerpt)
            yield ""
        if left := len(cited[MOST_PASSAGES:]):
            more = Words("autre extrait", "more excerpt"), Words("autres extraits", "more excerpts")
            yield Words("et ", "and ").to(self.language) + counted(left, *more, self.language)

    def _passage(self, excerpt: Term) -> Iterator[str]:
        quote, end = (
            next((text.text for text in self.facts.texts(excerpt, path)), "") for path in (_QUOTE, _QUOTE_END)
        )
        if not quote:
            return
        shown = f"{quote} … {end}" if end else quote
        yield self.marking.quote(Words(f"« {shown} »", f"“{shown}”").to(self.language))
        for source in self.facts.values(excerpt, ae("excerptOf"))[:1]:
            yield self.marking.quote("") + f"— {self._label(source)}"

    def _values(self, values: Sequence[Term]) -> str:
        found = [self.facts.value(value) for value in values]
        mine = [one for one in found if isinstance(one, Text) and one.language == self.language]
        shown = [self._value(value) for value in (mine or found)[:MOST_VALUES]]
        return ", ".join(shown) + (f", … ({len(found)})" if (mine or found)[MOST_VALUES:] else "")

    def _value(self, value: Value) -> str:
        return self.marking.text(value.text, 120) if isinstance(value, Text) else self._thing(value)

    def _label(self, node: Term) -> str:
        return self._thing(self.facts.thing(node))

    def _thing(self, thing: Thing) -> str:
        return (
            self.marking.code(thing.curie)
            if thing.label is None
            else self.marking.text(thing.label.to(self.language))
        )
