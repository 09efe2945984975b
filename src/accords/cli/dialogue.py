"""The questions that `accords new` asks on a terminal, one field after the other.

A choice is given by its number, its short name or its name; a name that is not known brings the close ones,
numbered. Where a field takes several values, one answer may hold several, set apart by semicolons (by commas between
numbers); all that is wrong with it is told. An empty answer leaves the field to be filled later. Questions go to standard error; an interruption or
the end of the input stops everything before anything is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from accords import twinwords
from accords.authoring import SIGNATURE, SOURCE, Draft
from accords.errors import AccordsError, RequestError, Several, UnknownName
from accords.fieldnames import Given
from accords.filling import FEW
from accords.language import Words
from accords.render.prose import opened, wrapped
from accords.twins import Twins
from accords.vocab import LABELS, LANG_STRING, ae

from .asking import agreed
from .asking import answer as answered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyoxigraph import NamedNode

    from accords.authoring import Author
    from accords.kinds import Kind, Slot
    from accords.language import Language
    from accords.things import Thing

_LATER = frozenset({ae("supportedBy")})  # asked as a source
_BESIDES = (ae("coversTerritory"),)  # not demanded, and known to whoever records an agreement
_YES = frozenset({"o", "oui", "y", "yes", ""})
_SIGNATURE = Words(
    "Date de la signature (2026-05-12, 12 mai 2026, 2026-05 ou 2026)",
    "Date of the signature (2026-05-12, 12 May 2026, 2026-05 or 2026)",
)
_SOURCE = Words("Source (un document déjà enregistré)", "Source (a document that is recorded already)")
_MANY = Words(
    "Taper un nom ou un mot du nom ; les proches sont proposés.",
    "Type a name or a word of it; the close ones are offered.",
)
_LONGEST = 9  # digits of a number of a list
_NUMBERED = re.compile(r"\d+(?:[\s,;|]+\d+)+")
_NUMBERS, _APART = re.compile(r"[\s,;|]+"), re.compile(r"\s*[;|]\s*")


@dataclass
class Dialogue:
    """Asks, reads and offers again until each answer will do."""

    author: Author
    language: Language
    homonym: bool = False  # a record of the same name is another
    found: list[Given] = field(default_factory=list)

    def draft(self, kind: Kind, name: str = "") -> Draft:
        """Return the draft that the answers make."""
        self._say(
            Words(
                "Entrée laisse un champ à remplir plus tard ; Ctrl-C abandonne.",
                "Enter leaves a field for later; Ctrl-C gives up.",
            )
        )
        for slot in self._slots(kind):
            self._ask(slot)
            if slot.path in LABELS and self.found and not self.homonym:
                self._check_new(kind)
        self._alone(SIGNATURE, _SIGNATURE)
        self._alone(SOURCE, _SOURCE)
        return self.author.draft(kind, self.found, name) if name else self._named(kind)

    def agrees(self, file: str) -> bool:
        """Tell whether the draft is to be written to a file."""
        answer = self._answer(Words(f"Écrire dans {file} ? [O/n]", f"Write to {file}? [Y/n]"))
        return answer.casefold() in _YES

    def _check_new(self, kind: Kind) -> None:
        """Ask about a record of the same name, if there is one. Raises RequestError when it is the same."""
        kinds = self.author.kinds
        twin = Twins(kinds).of(self.author.draft(kind, self.found))
        if twin is None:
            return
        self._say(twinwords.there(twin, kinds))
        question = Words("Est-ce une autre fiche ? [o/N] :", "Is it another record? [y/N]:")
        if not agreed(question, self.language):
            raise twinwords.refusal(twin, kinds)

    def _slots(self, kind: Kind) -> Iterator[Slot]:
        for slot in kind.slots:
            if (kind.needed(slot) and slot.path not in _LATER) or slot.path in _BESIDES:
                yield slot

    def _ask(self, slot: Slot) -> None:
        name, told = slot.field.name, slot.field.help
        self._say(Words(f"\n{name.fr}", f"\n{name.en}"))
        if told is not None:
            self._say(told, indent=2)
        if slot.demand.tagged or LANG_STRING in slot.demand.datatypes:
            self._one(slot, Words("en français", "in French"), "fr")
            self._one(slot, Words("en anglais", "in English"), "en")
            return
        offered = self._offered(slot)
        least = slot.demand.least
        if least > 1:
            name = Words(f"{name.fr} (au moins {least})", f"{name.en} (at least {least})")
        while self._one(slot, name, "", offered) and slot.most is None:
            name = Words("encore (Entrée : suite)", "another (Enter: go on)")

    def _offered(self, slot: Slot) -> tuple[Thing, ...]:
        """Return what a field can be, numbered for the reader: every concept, records when they are few."""
        demand = slot.demand
        if demand.scheme is None and not demand.classes:
            return ()
        choices = self.author.filling.choices(slot)
        if demand.scheme is None and len(choices) > FEW:
            self._say(_MANY, indent=2)
            return ()
        self._number(choices)
        return choices

    def _one(
        self, slot: Slot, prompt: Words, language: str, offered: Sequence[Thing] = (), *, key: str = ""
    ) -> bool:
        """Ask for one answer until it will do; tell whether there is one. `key` is the field, if not the slot."""
        choices = offered
        while answer := self._answer(prompt):
            right, wrong = self._read(slot, self._apart(slot, answer, key), language, choices)
            self.found += [Given(key or slot.code, one, language) for one in right]
            if not wrong:
                return True
            near = [node for one in wrong for node in self._told(slot, one)]
            if right:
                kept = ", ".join(right)
                self._say(Words(f"Gardé : {kept}", f"Kept: {kept}"))
            if near:
                choices = tuple(self.author.kinds.facts.thing(node) for node in dict.fromkeys(near))
                self._number(choices)
        return False

    def _apart(self, slot: Slot, answer: str, key: str) -> list[str]:
        """Return the values that an answer holds."""
        if key or not slot.several or slot.demand.tagged:
            return [answer]
        mark = _NUMBERS if _NUMBERED.fullmatch(answer) else _APART
        return [one for one in mark.split(answer) if one] or [answer]

    def _read(
        self, slot: Slot, answers: Sequence[str], language: str, choices: Sequence[Thing]
    ) -> tuple[list[str], list[AccordsError]]:
        """Return the values of an answer that will do, and what is wrong with the others."""
        right: list[str] = []
        wrong: list[AccordsError] = []
        for one in answers:
            try:
                typed = _chosen(one, choices)
                self.author.filling.term(slot, typed, language)
            except AccordsError as refusal:
                wrong.append(refusal)
            else:
                right.append(typed)
        return right, wrong

    def _told(self, slot: Slot, refusal: AccordsError) -> list[NamedNode]:
        """Tell what is wrong with a value; return the records or concepts of close names."""
        if not isinstance(refusal, UnknownName):
            self._refuse(refusal)
            return []
        self._say(refusal.message)
        return self.author.filling.close(slot, refusal.name)

    def _alone(self, key: str, prompt: Words) -> None:
        """Ask for what stands for a record of its own."""
        slot = self.author.slot_for(key)
        self._say(Words(f"\n{prompt.fr}", f"\n{prompt.en}"))
        self._one(slot, slot.field.name, "", self._offered(slot), key=key)

    def _named(self, kind: Kind) -> Draft:
        """Return the draft under the name that is proposed, or under another that will do."""
        proposed = self.author.draft(kind, self.found)
        name = proposed.node.value.rpartition("/")[2]
        prompt = Words(f"\nNom court, définitif [{name}]", f"\nShort name, for good [{name}]")
        while answer := self._answer(prompt):
            try:
                return self.author.draft(kind, self.found, answer)
            except AccordsError as refusal:
                self._refuse(refusal)
        return proposed

    def _answer(self, prompt: Words) -> str:
        return answered(Words(f"{prompt.fr} :", f"{prompt.en}:"), self.language)

    def _number(self, choices: Sequence[Thing]) -> None:
        for number, choice in enumerate(choices, 1):
            label = "" if choice.label is None else choice.label.to(self.language)
            click.echo(f"  {number:>2}  {label} ({choice.curie})", err=True)

    def _refuse(self, refusal: AccordsError) -> None:
        if isinstance(refusal, Several):
            for one in refusal.refusals:
                self._refuse(one)
            return
        self._say(refusal.message)
        if refusal.hint is not None:
            self._say(Words(f"→ {refusal.hint.fr}", f"→ {refusal.hint.en}"), indent=2)

    def _say(self, words: Words, indent: int = 0) -> None:
        said = words.to(self.language)
        if said.startswith("\n"):
            click.echo(err=True)
        for line in wrapped(opened(said.strip()), indent=indent):
            click.echo(line, err=True)


def _chosen(answer: str, choices: Sequence[Thing]) -> str:
    """Return the short name of the choice whose number was typed, else what was typed.

    Raises RequestError for the number of no choice.
    """
    if not choices or not (answer.isascii() and answer.isdecimal()):
        return answer
    number = int(answer[:_LONGEST])
    if not 0 < number <= len(choices):
        raise RequestError(
            Words(
                f"« {answer} » n'est pas dans la liste (1 à {len(choices)})",
                f"“{answer}” is not in the list (1 to {len(choices)})",
            )
        )
    return choices[number - 1].curie
