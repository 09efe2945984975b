"""The answers that pages show: all that is asked of the graph, asked in one go, in each language.

A question that cannot be answered keeps nobody from the others: its page says why. Matrices, the ledger and
networks that cannot be made of these data are left out.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from accords import catalogue, ledger, matrix, network, querying, requirements, weaving
from accords.errors import AccordsError, UnknownName
from accords.language import LANGUAGES, Words
from accords.network import View
from accords.querying import Limits, Local, Request

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from accords.catalogue import Catalogue, Question
    from accords.language import Language
    from accords.matrix import Choice, Matrix
    from accords.network import Network
    from accords.project import Project
    from accords.querying import Answer
    from accords.requirements import Verdict
    from accords.weaving import Weave

JOINED = (
    "joined"  # beside kinds of tie: units and replaced actors stand under their institution and successor
)
LIMITS = Limits(timeout=1_800.0)  # of all the questions together
Key = tuple[str, str, str]  # what it is for: a sort of pages, a name, a language


@dataclass(frozen=True, eq=False)
class Asked:
    """The catalogue of a project and its answers on the files of the project."""

    project: Project

    @cached_property
    def catalogue(self) -> Catalogue:
        """Return the questions."""
        return catalogue.load(self.project)

    def answer(self, question: Question, language: Language) -> Answer | AccordsError:
        """Return the answer of a question with the values that it takes by itself, or why there is none."""
        (found,) = self._answers["question", question.name, language]
        return found

    @cached_property
    def matrices(self) -> Mapping[tuple[str, Language], Matrix]:
        """Return each coverage matrix by what it crosses and its language, whatever the reach of its cells."""
        found: dict[tuple[str, Language], Matrix] = {}
        for by in matrix.kinds(self.catalogue):
            for language in LANGUAGES:
                with contextlib.suppress(AccordsError):
                    answers = self._whole("matrix", by, language)
                    found[by, language] = matrix.of_answers(self.catalogue, _choice(by), answers)
        return found

    @cached_property
    def verdicts(self) -> Mapping[Language, tuple[Verdict, ...]]:
        """Return the requirements judged, by language; none where they cannot be."""
        found: dict[Language, tuple[Verdict, ...]] = dict.fromkeys(LANGUAGES, ())
        for language in LANGUAGES:
            with contextlib.suppress(AccordsError):
                (answer,) = self._whole("question", requirements.QUESTION, language)
                found[language] = requirements.of_answer(answer)
        return found

    @cached_property
    def ledger(self) -> Mapping[Language, tuple[ledger.Entry, ...]]:
        """Return what is declared beside what is recorded, by language; nothing where it cannot be."""
        found: dict[Language, tuple[ledger.Entry, ...]] = dict.fromkeys(LANGUAGES, ())
        for language in LANGUAGES:
            with contextlib.suppress(AccordsError):
                (answer,) = self._whole("ledger", "", language)
                found[language] = ledger.of_table(answer.table)
        return found

    @cached_property
    def networks(self) -> Mapping[tuple[str, ...], tuple[Network, View]]:
        """Return the networks of actors by what ties them: by each kind of tie, by all; none that nobody is in.

        Where units or replaced actors are among those that all ties link, there is one more, JOINED.
        """
        found: dict[tuple[str, ...], tuple[Network, View]] = {}
        for kinds in _ties(self.catalogue):
            with contextlib.suppress(AccordsError):
                woven = weaving.of_answers(self.catalogue, kinds, self._whole("network", " ".join(kinds), ""))
                measured = network.measure(woven.ties, woven.labels)
                if measured.nodes:
                    found[kinds] = measured, View(woven.kinds)
                if kinds == weaving.kinds(self.catalogue) and _apart(measured, woven):
                    joined = network.measure(
                        woven.ties, woven.labels, units=woven.units, successors=woven.successors
                    )
                    found[*kinds, JOINED] = joined, View(woven.kinds, roll_up=True, succession=True)
        return found

    def _whole(self, sort: str, name: str, language: str) -> tuple[Answer, ...]:
        """Return the answers to all that is asked for something. Raises AccordsError where there is none."""
        found = self._answers.get((sort, name, language), ())
        whole: list[Answer] = []
        for one in found:
            if isinstance(one, AccordsError):
                raise one
            whole.append(one)
        if not whole:
            raise UnknownName(Words("question", "question"), name, ())
        return tuple(whole)

    @cached_property
    def _answers(self) -> Mapping[Key, Sequence[Answer | AccordsError]]:
        """Return all the answers: the graph is read once for all that is asked."""
        wanted = dict(self._wanted())
        rest = iter(self._asked([request for requests in wanted.values() for request in requests]))
        return {key: [next(rest) for _ in requests] for key, requests in wanted.items()}

    def _wanted(self) -> Iterator[tuple[Key, Sequence[Request]]]:
        known = self.catalogue
        for question in known.questions:
            for language in LANGUAGES:
                request = Request(question, {}, language, named=True)
                yield ("question", question.name, language), (request,)
        for language in LANGUAGES:
            for by in matrix.kinds(known):
                with contextlib.suppress(AccordsError):
                    yield ("matrix", by, language), matrix.asked(known, _choice(by), language)
            with contextlib.suppress(AccordsError):
                yield ("ledger", "", language), (replace(ledger.asked(known), language=language),)
        for kinds in _ties(known):
            with contextlib.suppress(AccordsError):
                yield ("network", " ".join(kinds), ""), weaving.asked(known, kinds)

    def _asked(self, requests: Sequence[Request]) -> Sequence[Answer | AccordsError]:
        if not requests:
            return ()
        try:
            return querying.each(Local(self.project), self.project, requests, LIMITS)
        except AccordsError as refusal:
            if len(requests) == 1:
                return [refusal]
        half = len(requests) // 2
        return [*self._asked(requests[:half]), *self._asked(requests[half:])]


def _choice(by: str) -> Choice:
    """Return how a matrix is asked for: of a territory, with what is inherited and what is inside."""
    reach = matrix.RELATIONS if by.startswith("territory,") else matrix.RELATIONS[:1]
    return matrix.Choice(by, relations=frozenset(reach))


def _apart(measured: Network, woven: Weave) -> bool:
    """Tell whether actors stand apart that are units of an institution, or were replaced."""
    return any(network.merging(measured, pairs) for pairs in (woven.units, woven.successors))


def _ties(known: Catalogue) -> tuple[tuple[str, ...], ...]:
    """Return the kinds of tie of each network: one, or all of them."""
    kinds = weaving.kinds(known)
    return tuple(dict.fromkeys((*((kind,) for kind in kinds), kinds))) if kinds else ()
