"""A new record as Turtle: what is known of it, and a commented line for each field that may be filled.

A line that is still to be filled is a comment, so that the text parses as it stands and the check names what is
missing. Uncommented as it is, its « … » does not parse, or is no value that the rules take: nothing gets through
unfilled by mistake. The final stop has a line of its own, so that any line can go or come.
"""

from __future__ import annotations

import textwrap
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from accords import turtle
from accords.language import Words
from accords.vocab import LANG_STRING, STRING, XSD

from .prose import opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from accords.authoring import Draft
    from accords.filling import Filling
    from accords.kinds import Kind, Slot
    from accords.language import Language
    from accords.terms import Prefixes, Term

WIDTH = 120  # columns of a line of Turtle, as the house writes it
_COMMENT = 110
_MOST = 60  # choices that are listed
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_INTEGER, _DATE = NamedNode(XSD + "integer"), NamedNode(XSD + "date")
_TYPED = ("date", "duration", "decimal")  # datatypes that a placeholder names


def written(term: Term, prefixes: Prefixes) -> str:
    """Return a term in Turtle as the house writes it, characters that do not show written as escapes."""
    if isinstance(term, Literal) and term.datatype == _INTEGER and term.value.isdecimal():
        return term.value
    return "".join(
        f"\\U{ord(letter):08X}" if unicodedata.category(letter) in _HIDDEN else letter
        for letter in prefixes.show(term)
    )


@dataclass(frozen=True)
class Skeletons:
    """Writes drafts in the reader's language."""

    filling: Filling
    language: Language

    @property
    def prefixes(self) -> Prefixes:
        """Return the table of prefixes."""
        return self.filling.kinds.knowledge.prefixes

    def blocks(self, draft: Draft, *, bare: bool = False) -> str:
        """Return a draft and those that go with it, a block each; `bare` leaves out what is not filled."""
        lines = [] if bare else [f"# {line}" for line in textwrap.wrap(_how(draft, self.language), _COMMENT)]
        head = "\n".join([*lines, ""]) if lines else ""
        return head + "\n".join(self.block(one, bare=bare) for one in draft.all)

    def block(self, draft: Draft, *, bare: bool = False) -> str:
        """Return one record."""
        head = f"{self.prefixes.show(draft.node)} a {self.prefixes.show(draft.kind.term)} ;"
        if bare:
            rows = [
                f"  {self._statement(slot, draft)}" for slot in draft.kind.slots if slot.path in draft.values
            ]
            return "\n".join([head, *(f"{row} ;" for row in rows)]).removesuffix(" ;") + " .\n"
        first = [
            slot
            for slot in draft.kind.slots
            if slot.path in draft.values or draft.kind.needed(slot) or slot.demand.wished
        ]
        rest = [slot for slot in draft.kind.slots if slot not in first]
        lines = [
            head,
            *self._grouped(first, draft, ""),
            *self._grouped(rest, draft, _OPTIONAL.to(self.language)),
        ]
        return "\n".join([*lines, "  ."]) + "\n"

    def declarations(self, text: str) -> str:
        """Return the prefixes that a text uses, those of its commented lines included, as lines of Turtle."""
        return self.prefixes.declarations(used(text, self.prefixes))

    def _grouped(self, slots: Sequence[Slot], draft: Draft, mark: str) -> Iterator[str]:
        group: Words | None = None
        for slot in slots:
            if slot.field.group is not None and slot.field.group != group:
                group = slot.field.group
                yield f"\n  # {group.to(self.language)}{mark}"
            if slot.path in draft.values:
                yield f"  {self._statement(slot, draft)} ;  # {slot.field.name.to(self.language)}"
            else:
                yield f"  # {self._empty(slot)} ;  # {self._status(slot, draft.kind)}"
                yield from self._help(slot, draft.kind)

    def _statement(self, slot: Slot, draft: Draft) -> str:
        values = [written(term, self.prefixes) for term in draft.values[slot.path]]
        head = f"{self.prefixes.show(slot.path)} {values[0]}"
        for value in values[1:]:
            last = head.rpartition("\n")[2]
            head += f" , {value}" if len(f"  {last} , {value} ;") <= WIDTH else f" ,\n    {value}"
        return head

    def _empty(self, slot: Slot) -> str:
        place = self._place(slot)
        places = " , ".join([place] * max(slot.demand.least, 1))
        return f"{self.prefixes.show(slot.path)} {places}"

    def _place(self, slot: Slot) -> str:
        demand = slot.demand
        if demand.scheme is not None:
            prefix = self.prefixes.shorten(f"{demand.scheme.value}/x").partition(":")[0]
            return f"{prefix}:…"
        for kind in demand.classes:
            if found := self.filling.kinds.named(kind):
                return f"{found.prefix}:…"
        if demand.tagged or LANG_STRING in demand.datatypes:
            return '"…"@…'
        for name in _TYPED:
            if NamedNode(XSD + name) in demand.datatypes:
                return f'"…"^^xsd:{name}'
        return "<…>" if demand.linked and not demand.datatypes else "…"

    def _status(self, slot: Slot, kind: Kind) -> str:
        name, count = slot.field.name.to(self.language), _count(slot).to(self.language)
        others = self._others(slot, kind)
        if slot.demand.least or (others is not None and not others.fr):
            status = _REQUIRED
        elif others is not None:
            status = others
        else:
            status = _WISHED if slot.demand.wished else _FREE
        colon = Words(" : ", ": ").to(self.language)
        return f"{status.to(self.language)}{colon}{name}{count}"

    def _others(self, slot: Slot, kind: Kind) -> Words | None:
        """Return what stands in for a field of which one of several is needed; nothing named for one alone."""
        for group in kind.alternatives:
            if slot.path in group:
                others = [other.field.name for other in kind.slots if other.path in group and other != slot]
                if not others:
                    return _UNLESS
                french, english = " ou ".join(n.fr for n in others), " or ".join(n.en for n in others)
                return Words(f"obligatoire, à moins de « {french} »", f"required, unless “{english}”")
        return None

    def _help(self, slot: Slot, kind: Kind) -> Iterator[str]:
        said = [slot.field.help.to(self.language)] if slot.field.help is not None else []
        said += [self._expected(slot).to(self.language)]
        for line in textwrap.wrap(" ".join(one for one in said if one), _COMMENT - 8, break_on_hyphens=False):
            yield f"  #     {line}"
        if slot.demand.scheme is not None:
            yield from self._choices(slot, kind)

    def _choices(self, slot: Slot, kind: Kind) -> Iterator[str]:
        known = self.filling.kinds
        choices = [
            one
            for one in self.filling.choices(slot)
            if one.iri and known.suits(kind, slot.path, NamedNode(one.iri))
        ]
        said = [
            f"{one.curie}\u00a0({one.label.to(self.language)})" if one.label else one.curie
            for one in choices[:_MOST]
        ]
        held = [one.replace(" ", "\u00a0") for one in said] + (["…"] if len(choices) > _MOST else [])
        for line in textwrap.wrap(
            ", ".join(held), _COMMENT - 8, break_on_hyphens=False, break_long_words=False
        ):
            yield f"  #     {line.replace(chr(0xA0), ' ')}"

    def _expected(self, slot: Slot) -> Words:
        """Return how a value is written, where the placeholder does not show it."""
        demand = slot.demand
        if demand.scheme is not None:
            return Words("Au choix :", "One of:")
        if demand.classes:
            found = [self.filling.kinds.named(one) for one in demand.classes]
            names = [kind for kind in found if kind is not None]
            french, english = " ou ".join(k.words.fr for k in names), " or ".join(k.words.en for k in names)
            codes = ", ".join(f"{kind.prefix}:" for kind in names)
            return Words(f"Fiche : {french} ({codes}).", f"Record: {english} ({codes}).")
        if _DATE in demand.datatypes:
            return _DATES
        if demand.tagged:
            return _FRENCH if demand.french else _TAGGED if slot.most is None else _ONE_TEXT
        if demand.plain or STRING in demand.datatypes:
            return _PLAIN
        return _ADDRESS if demand.linked and not demand.datatypes else Words("", "")


def used(text: str, prefixes: Prefixes) -> set[str]:
    """Return the prefixes that a text uses, those of its commented lines included."""
    return {
        name
        for _, piece in turtle.pieces(text.replace("#", " "))
        if (name := piece.partition(":")[0]) in prefixes.table and ":" in piece
    } | ({"xsd"} if "^^xsd:" in text else set())


def _how(draft: Draft, language: Language) -> str:
    name = opened(draft.kind.words.to(language))
    return Words(
        f"{name} : remplir les lignes utiles (retirer le « # » du début, remplacer chaque « … »), effacer les "
        "autres, puis accords check.",
        f"{name}: fill the lines that serve (take the first “#” away, replace each “…”), delete the others, "
        "then accords check.",
    ).to(language)


def _count(slot: Slot) -> Words:
    least, most = slot.demand.least, slot.most
    if most == 1:
        return Words(", une seule valeur", ", one value only")
    return Words(f", au moins {least}", f", at least {least}") if least > 1 else Words("", "")


_OPTIONAL = Words(" (facultatif)", " (optional)")
_REQUIRED = Words("obligatoire", "required")
_UNLESS = Words("obligatoire, sauf si une autre fiche le dit", "required, unless another record says it")
_WISHED = Words("souhaité", "wished for")
_FREE = Words("facultatif", "optional")
_DATES = Words(
    'Un jour ("2026-05-12"^^xsd:date), un mois ("2026-05"^^xsd:gYearMonth) ou une année ("2026"^^xsd:gYear).',
    'A day ("2026-05-12"^^xsd:date), a month ("2026-05"^^xsd:gYearMonth) or a year ("2026"^^xsd:gYear).',
)
_TAGGED = Words(
    'Un texte par langue ("texte"@fr , "text"@en).', 'One text a language ("texte"@fr , "text"@en).'
)
_ONE_TEXT = Words('Un texte avec sa langue ("texte"@fr).', 'A text with its language ("text"@en).')
_FRENCH = Words(
    'Le français est obligatoire ("texte"@fr , "text"@en).', 'French is required ("texte"@fr , "text"@en).'
)
_PLAIN = Words("Un texte entre guillemets, sans langue.", "A text in quotation marks, without a language.")
_ADDRESS = Words(
    "Un nom court (act:etat) ou une adresse (<https://…>).",
    "A short name (act:etat) or an address (<https://…>).",
)
