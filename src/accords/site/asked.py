"""The answers that pages show: every question of the catalogue, asked once in each language.

A question that cannot be answered keeps nobody from the others: its page says why.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from accords import catalogue, ledger, matrix, network, querying, requirements, weaving
from accords.errors import AccordsError
from accords.language import LANGUAGES
from accords.network import View
from accords.querying import Limits, Local, Request

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from accords.catalogue import Catalogue, Question
    from accords.language import Language
    from accords.matrix import Matrix
    from accords.network import Network
    from accords.project import Project
    from accords.querying import Answer
    from accords.requirements import Verdict

LIMITS = Limits(timeout=600.0)  # of all the questions together


@dataclass(frozen=True, eq=False)
class Asked:
    """The catalogue of a project and its answers on the files of the project."""

    project: Project

    @cached_property
    def catalogue(self) -> Catalogue:
        """Return the questions."""
        return catalogue.load(self.project)

    @cached_property
    def answers(self) -> Mapping[tuple[str, Language], Answer | AccordsError]:
        """Return the answer of each question by its name and language, or why there is none."""
        keys = [(one, language) for one in self.catalogue.questions for language in LANGUAGES]
        found = self._asked([Request(one, {}, language, named=True) for one, language in keys])
        return {(one.name, language): answer for (one, language), answer in zip(keys, found, strict=True)}

    def answer(self, question: Question, language: Language) -> Answer | AccordsError:
        """Return the answer of a question with the values that it takes by itself."""
        return self.answers[question.name, language]

    @cached_property
    def matrices(self) -> Mapping[tuple[str, Language], Matrix]:
        """Return each coverage matrix by what it crosses and its language, whatever the reach of its cells.

        A matrix that cannot be made of these data is left out.
        """
        found: dict[tuple[str, Language], Matrix] = {}
        for by in matrix.kinds(self.catalogue):
            reach = matrix.RELATIONS if by.startswith("territory,") else matrix.RELATIONS[:1]
            choice = matrix.Choice(by, relations=frozenset(reach))
            for language in LANGUAGES:
                with contextlib.suppress(AccordsError):
                    held = matrix.matrix(Local(self.project), self.project, choice, language, LIMITS)
                    found[by, language] = held
        return found

    @cached_property
    def verdicts(self) -> Mapping[Language, tuple[Verdict, ...]]:
        """Return the requirements judged, by language; none where they cannot be."""
        found: dict[Language, tuple[Verdict, ...]] = dict.fromkeys(LANGUAGES, ())
        for language in LANGUAGES:
            with contextlib.suppress(AccordsError):
                found[language] = requirements.verdicts(Local(self.project), self.project, language, LIMITS)
        return found

    @cached_property
    def ledger(self) -> Mapping[Language, tuple[ledger.Entry, ...]]:
        """Return what is declared beside what is recorded, by language; nothing where it cannot be."""
        found: dict[Language, tuple[ledger.Entry, ...]] = dict.fromkeys(LANGUAGES, ())
        for language in LANGUAGES:
            with contextlib.suppress(AccordsError):
                found[language] = ledger.entries(Local(self.project), self.project, language, limits=LIMITS)
        return found

    @cached_property
    def networks(self) -> Mapping[tuple[str, ...], tuple[Network, View]]:
        """Return the networks of actors by what ties them: by each kind of tie, by all of them.

        A network that cannot be made of these data, or that nobody is in, is left out.
        """
        kinds = weaving.kinds(self.catalogue)
        found: dict[tuple[str, ...], tuple[Network, View]] = {}
        for asked in dict.fromkeys((*((kind,) for kind in kinds), kinds)):
            with contextlib.suppress(AccordsError):
                woven = weaving.weave(Local(self.project), self.project, asked, LIMITS)
                measured = network.measure(woven.ties, woven.labels)
                if measured.nodes:
                    found[asked] = measured, View(woven.kinds)
        return found

    def _asked(self, requests: Sequence[Request]) -> Sequence[Answer | AccordsError]:
        try:
            return querying.ask(Local(self.project), self.project, requests, LIMITS)
        except AccordsError as refusal:
            if len(requests) == 1:
                return [refusal]
        half = len(requests) // 2
        return [*self._asked(requests[:half]), *self._asked(requests[half:])]
