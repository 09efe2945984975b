"""From what checks return to findings that a person can act on.

Takes a file problem, a notice of a check made in Python, or a result of an engine; gives a finding:
placed in the source text, said in both languages with the label of the thing, the value at fault and
what to do. Whoever found it, the same thing is the same finding: a rule that Python and an engine
both check speaks once.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from . import rightly
from .findings import Finding
from .language import Words
from .rulebook import check, code_of
from .vocab import LANG_STRING, RANGES, STRING, XSD
from .wellformed import to_fill, well_typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from .constraints import Result
    from .findings import Notice
    from .loading import FileProblem, Knowledge
    from .rulebook import Rulebook
    from .terms import Term
    from .wording import Wording

_UNKNOWN = ("WF-03-dangling", "WF-03-term", "WF-04-undeclared")  # rules about names that nothing describes
_NOWHERE = ("WF-03-dangling", "WF-03-term")  # what these say of a value stands for all that follows from it
_OF_DATES = "WF-09"
_CLOSE, _OFFERED = 0.75, 2  # how near a name must be to be offered, and how many are
_MENDING = {"fr": "À faire : ", "en": "To do: "}


@dataclass(frozen=True)
class Speaker:
    """Puts into words what is wrong with the knowledge, after the rulebook."""

    knowledge: Knowledge
    book: Rulebook
    wording: Wording
    described: Callable[[str], Iterable[str]] | None = None  # IRIs that begin so, where not all are at hand

    def of_problem(self, problem: FileProblem) -> Finding:
        """Return the finding of a file problem."""
        rule = check(problem.what)
        said = self.book.message(rule, {})
        if said.fr == rule:
            said = Words("fichier en défaut", "faulty file")
        if problem.detail is not None:
            said = _detailed(said, problem.detail)
        if problem.about is not None:
            named = self.wording.value(problem.about)
            said = Words(f"{said.fr}, pour {named.fr}", f"{said.en}, for {named.en}")
        mend = problem.mend or self.book.mend(rule)
        return Finding(
            problem.location,
            problem.severity,
            problem.code,
            Words(_sentence(said.fr, mend.fr, "fr"), _sentence(said.en, mend.en, "en")),
            rule=rule,
        )

    def of_notice(self, notice: Notice) -> Finding:
        """Return the finding of a check made in Python."""
        rule = check(notice.check)
        said = self._said(rule, notice.values, notice.value)
        if notice.detail is not None:
            said = _detailed(said, notice.detail)
        return Finding(
            self.knowledge.locate(notice.focus, notice.path, notice.value),
            self.book.severity(rule),
            code_of(rule),
            self._about(notice.focus, said, rule),
            focus=self.wording.curie(notice.focus),
            path=None if notice.path is None else self.wording.curie(notice.path),
            value=None if notice.value is None else self.wording.curie(notice.value),
            rule=rule,
        )

    def of_results(self, results: Sequence[Result]) -> list[Finding]:
        """Return the findings of an engine, less those that follow from others.

        What it says of a value that is ill-typed or left to fill, FI-03 or FI-15 has said; a name that nothing
        describes is told as such, and not as a thing of the wrong kind too.
        """
        lost = {_value_of(result) for result in results if result.rule.endswith(_NOWHERE)}
        return [
            self._of_result(result)
            for result in results
            if all(well_typed(term) for term in (result.value, *(term for _, term in result.bound)))
            if not to_fill(result.value)
            if result.rule.endswith(_NOWHERE) or _value_of(result) not in lost
        ]

    def _of_result(self, result: Result) -> Finding:
        predicate = _iri(result.path)
        said = self._said(result.rule, result.bound, result.value, predicate)
        near = self._near(predicate if code_of(result.rule) == "WF-04" else result.value, result.rule)
        mend = self._respelt(result, predicate)
        if near and result.rule.endswith(_NOWHERE):
            mend = _created(near)
        elif near:
            named = ", ".join(near)
            said = _beside(said, Words(f"nom proche : {named}", f"close name: {named}"))
        return Finding(
            self.knowledge.locate(result.focus, predicate, result.value),
            result.severity,
            code_of(result.rule),
            self._about(result.focus, said, result.rule, mend),
            focus=self.wording.curie(result.focus),
            path=None if result.path is None else self._path(result.path),
            value=None if result.value is None else self.wording.curie(result.value),
            rule=result.rule,
        )

    def _respelt(self, result: Result, predicate: NamedNode | None) -> Words | None:
        """Return the right spelling of a date or a number that stands there as a text, if there is one."""
        value = result.value
        if not isinstance(value, Literal) or value.datatype not in {STRING, LANG_STRING} or predicate is None:
            return None
        due = self._ranges.get(predicate) or (
            rightly.DATES if code_of(result.rule) == _OF_DATES else frozenset()
        )
        right = rightly.written(value.value, due)
        if right is None:
            return None
        if right.startswith('"'):
            return Words(f"écrivez {right}", f"type {right}")
        return Words(f"écrivez {right}, sans guillemets", f"type {right}, without quotation marks")

    @cached_property
    def _ranges(self) -> Mapping[Term, frozenset[str]]:
        """Return the datatypes of the values of each property that the ontology gives some."""
        found: dict[Term, set[str]] = defaultdict(set)
        for document in self.knowledge.documents:
            for triple in document.triples:
                value = triple.object
                if (
                    triple.predicate in RANGES
                    and isinstance(value, NamedNode)
                    and value.value.startswith(XSD)
                ):
                    found[triple.subject].add(value.value)
        return {subject: frozenset(datatypes) for subject, datatypes in found.items()}

    def _said(
        self,
        rule: str,
        values: Sequence[tuple[str, Term]],
        value: Term | None,
        path: NamedNode | None = None,
    ) -> Words:
        """Return the message of a rule, filled in; a value that it cannot name is put behind it."""
        bound = {name: self.wording.value(term) for name, term in values}
        for name, term in (("path", path), ("value", value)):
            if term is not None:
                bound.setdefault(name, self.wording.value(term))
        french = self.book.message(rule, {name: words.fr for name, words in bound.items()}).fr
        english = self.book.message(rule, {name: words.en for name, words in bound.items()}).en
        if value is None or values:
            return Words(french, english)
        shown = self.wording.value(value)
        return Words(
            f"{french.rstrip('.')} (valeur : {shown.fr}).", f"{english.rstrip('.')} (value: {shown.en})."
        )

    def _path(self, path: str) -> str:
        predicate = _iri(path)
        return path if predicate is None else self.wording.curie(predicate)

    def _near(self, term: Term | None, rule: str) -> tuple[str, ...]:
        """Return the close names of something that is described nowhere."""
        if not isinstance(term, NamedNode) or not rule.endswith(_UNKNOWN):
            return ()
        prefix, _, asked = self.wording.curie(term).partition(":")
        names = [name.partition(":")[2] for name in self._names(prefix)]
        close = difflib.get_close_matches(asked, names, n=_OFFERED, cutoff=_CLOSE)
        return tuple(f"{prefix}:{name}" for name in close)

    def _names(self, prefix: str) -> list[str]:
        """Return the CURIEs of everything described that has a prefix."""
        if self.described is None:
            return self._by_prefix.get(prefix, [])
        namespace = self.knowledge.prefixes.table.get(prefix, prefix.removeprefix("<"))
        curies = {self.wording.curie(NamedNode(iri)) for iri in self.described(namespace)}
        return sorted(curie for curie in curies if curie.partition(":")[0] == prefix)

    @cached_property
    def _by_prefix(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = defaultdict(list)
        for node in self.knowledge.homes:
            if isinstance(node, NamedNode):
                curie = self.wording.curie(node)
                names[curie.partition(":")[0]].append(curie)
        return {prefix: sorted(curies) for prefix, curies in names.items()}

    def _about(self, focus: Term, said: Words, rule: str, mend: Words | None = None) -> Words:
        subject = self.wording.subject(focus)
        mend = mend or self.book.mend(rule)
        return Words(
            _sentence(f"{subject.fr} : {said.fr}", mend.fr, "fr"),
            _sentence(f"{subject.en}: {said.en}", mend.en, "en"),
        )


def _created(close: Sequence[str]) -> Words:
    """Return what to do about a name that nothing describes, the close ones at hand."""
    fr, en = " ou ".join(close), " or ".join(close)
    return Words(f"écrivez {fr}, ou créez la fiche", f"type {en}, or create the record")


def _value_of(result: Result) -> tuple[Term, str | None, Term | None]:
    return result.focus, result.path, result.value


def _detailed(said: Words, detail: Words) -> Words:
    return Words(f"{said.fr.rstrip('.')} : {detail.fr}", f"{said.en.rstrip('.')}: {detail.en}")


def _beside(said: Words, aside: Words) -> Words:
    return Words(f"{said.fr.rstrip('.')} ({aside.fr})", f"{said.en.rstrip('.')} ({aside.en})")


def _sentence(said: str, mend: str, tongue: str) -> str:
    closed = said if said.endswith((".", "?", "!", "…")) else f"{said}."
    return f"{closed} {_MENDING[tongue]}{mend}" if mend else closed


def _iri(path: str | None) -> NamedNode | None:
    if path is None or not path.startswith("<") or not path.endswith(">"):
        return None
    return NamedNode(path[1:-1])
