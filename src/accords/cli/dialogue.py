"""The questions that `accords new` asks on a terminal, one field after the other.

A choice is given by its number, its short name or its name; a name that is not known brings the close ones,
numbered. An empty answer leaves the field to be filled later. Questions go to standard error; an interruption or
the end of the input stops everything before anything is written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from accords.authoring import SIGNATURE, SOURCE, Draft
from accords.errors import AccordsError, UnknownName
from accords.fieldnames import Given
from accords.language import Words
from accords.render.prose import opened, wrapped
from accords.vocab import LANG_STRING, ae

from .asking import agreed
from .asking import answer as answered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from accords.authoring import Author
    from accords.kinds import Kind, Slot
    from accords.language import Language
    from accords.things import Thing

_LATER = frozenset({ae("supportedBy")})  # asked as a source
_BESIDES = (ae("coversTerritory"),)  # not demanded, and known to whoever records an agreement
_YES = frozenset({"o", "oui", "y", "yes", ""})
_SIGNATURE = Words(
    "Date de la signature (2026-05-12, 2026-05 ou 2026)",
    "Date of the signature (2026-05-12, 2026-05 or 2026)",
)
_SOURCE = Words("Source (un document déjà enregistré)", "Source (a document that is recorded already)")


@dataclass
class Dialogue:
    """Asks, reads and offers again until each answer will do."""

    author: Author
    language: Language
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
        self._alone(kind, SIGNATURE, _SIGNATURE)
        self._alone(kind, SOURCE, _SOURCE)
        return self.author.draft(kind, self.found, name) if name else self._named(kind)

    def agrees(self, file: str) -> bool:
        """Tell whether the draft is to be written to a file."""
        answer = self._answer(Words(f"Écrire dans {file} ? [O/n]", f"Write to {file}? [Y/n]"))
        return answer.casefold() in _YES

    def is_another(self, there: Words) -> bool:
        """Tell whether the draft is another record than one that is there already."""
        self._say(Words(f"\n{there.fr}", f"\n{there.en}"))
        return agreed(
            Words("Est-ce une autre fiche ? [o/N] :", "Is it another record? [y/N]:"), self.language
        )

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
        offered = self.author.filling.choices(slot) if slot.demand.scheme is not None else ()
        self._number(offered)
        least = slot.demand.least
        if least > 1:
            name = Words(f"{name.fr} (au moins {least})", f"{name.en} (at least {least})")
        while self._one(slot, name, "", offered) and slot.most is None:
            name = Words("encore (Entrée : suite)", "another (Enter: go on)")

    def _one(self, slot: Slot, prompt: Words, language: str, offered: Sequence[Thing] = ()) -> bool:
        """Ask for one value until it will do; tell whether there is one."""
        choices = offered
        while answer := self._answer(prompt):
            typed = _chosen(answer, choices)
            try:
                self.author.filling.term(slot, typed, language)
            except UnknownName as unknown:
                self._say(unknown.message)
                near = self.author.filling.close(slot, answer)
                choices = tuple(self.author.kinds.facts.thing(node) for node in near) or offered
                self._number(choices)
            except AccordsError as refusal:
                self._refuse(refusal)
            else:
                self.found.append(Given(slot.code, typed, language))
                return True
        return False

    def _alone(self, kind: Kind, key: str, prompt: Words) -> None:
        """Ask for what stands for a record of its own."""
        while answer := self._answer(Words(f"\n{prompt.fr}", f"\n{prompt.en}")):
            try:
                self.author.draft(kind, [Given(key, answer)])
            except AccordsError as refusal:
                self._refuse(refusal)
            else:
                self.found.append(Given(key, answer))
                return

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
    """Return the short name of the choice whose number was typed, else what was typed."""
    number = int(answer) if answer.isascii() and answer.isdecimal() else 0
    return choices[number - 1].curie if 0 < number <= len(choices) else answer
