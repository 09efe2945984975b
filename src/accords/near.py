"""The check of some files, from the cache: what they say, and what their records show of the others.

Takes how the project stands to its cache and the names of the files; gives a `Report`.

1. The records of the files, and those of other files that see a changed statement through a rule.
2. Around them all that the rules read (`surroundings`): a small graph, in which these records are validated.
3. What each file is by itself, its labels beside those of others, its evidence.
4. The findings in the files; of those elsewhere, the ones that the last whole check did not have, and how many
   of those that it had are left (`elsewhere`): whatever has changed since counts, in any file. When none is
   kept, the ones that the cached state of the files asked for did not have.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from . import coverage, elsewhere, evidence, known, shacl, wellformed, worker
from . import store as stores
from .elsewhere import Judged, Scope
from .errors import LimitReached
from .loading import Document, FileProblem, Knowledge
from .shapes import Shapes
from .speaking import Speaker
from .surroundings import View, node
from .validation import Nearby, Options, Report
from .vocab import ae
from .wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pyoxigraph import Triple

    from .cache import Row
    from .constraints import Result
    from .findings import Finding, Notice, Severity
    from .known import Ledger
    from .project import Project
    from .shacl import Engine
    from .shapes import SparqlRule
    from .standing import Standing
    from .terms import Term
    from .validation import Start

FEW = 20  # files read again beside those asked for, beyond which a whole check is due


@dataclass(frozen=True, slots=True)
class Answer:
    """What the child brings back."""

    results: tuple[Result, ...] = ()
    notices: tuple[Notice, ...] = ()


def validate(
    standing: Standing,
    asked: frozenset[str],
    options: Options,
    *,
    told: Callable[[str], None] = lambda _: None,
    start: Start = worker.start,
) -> Report:
    """Return the report on the files of these names.

    Raises LimitReached when the rules run out of time or memory, CacheProblem when the cache is damaged.
    """
    with _Kept(standing, asked) as ledger:
        view = View(standing, asked, asked if ledger is None else asked | standing.touched)
        affected = view.affected()
        focus = view.focus | (affected or set())
        judge = _Judge(options, told, start)
        judged, summary = judge.findings(view, focus, view.labels, ledger)
        wanted = asked | {problem.location.file for problem in options.passed_over}
        inside = {found for found in judged.findings if found.location.file in wanted}
        new: tuple[Finding, ...] | None = None
        left: Mapping[Severity, int] | None = None
        if affected is not None and ledger is not None:
            scope = Scope(*(frozenset(map(known.text, names)) for names in (wanted, view.touched)))
            new, left = elsewhere.compared(ledger, scope, judged, judge.namesakes(view))
        elif affected is not None:
            new = judge.since_cached(view, focus, judged.findings - inside)
    documents = [document for document in view.documents if document.name in asked]
    return Report(
        tuple(sorted(inside, key=lambda found: found.order)),
        files=len(asked),
        triples=sum(len(document.triples) for document in documents),
        records=coverage.count_records(documents),
        rules=standing.rules.count,
        engine=shacl.resolved(options.engine),
        whole=standing.whole,
        evidence=summary,
        coverage=None,
        near=Nearby(new, len(standing.fresh), len(standing.survey.files), left),
    )


class _Kept:
    """The findings of the last whole check, let go at the end; None when they cannot serve."""

    def __init__(self, standing: Standing, asked: frozenset[str]) -> None:
        few = len(standing.touched - asked) <= FEW
        self.ledger = known.opened(standing.known) if few and standing.known is not None else None

    def __enter__(self) -> Ledger | None:
        return self.ledger

    def __exit__(self, *_: object) -> None:
        if self.ledger is not None:
            self.ledger.close()


def _same(found: Finding) -> tuple[object, ...]:
    """Return what makes two findings one, whatever the words: labels may have changed."""
    return found.location, found.code, found.focus, found.path, found.value, found.rule


@dataclass(frozen=True)
class _Judge:
    """Finds what is wrong in a view of the project."""

    options: Options
    told: Callable[[str], None]
    start: Start

    def findings(
        self, view: View, focus: set[int], labels: frozenset[str], ledger: Ledger | None = None
    ) -> tuple[Judged, evidence.Summary]:
        """Return the findings about some nodes and about the files of the view, and what became of the evidence.

        The excerpts of files not asked for are looked at when the ledger tells of the same archive.
        """
        surroundings, shapes = view.around(focus)
        knowledge = view.knowledge(surroundings)
        job = self._started(view, knowledge, focus, shapes)
        answer = Answer()
        try:
            problems = (
                *view.standing.problems,
                *self.options.passed_over,
                *wellformed.of_documents(view.documents, knowledge.prefixes),
                *wellformed.between(view.knowledge(view.beside(focus | view.described, labels))),
            )
            checked = evidence.check(knowledge, self.options.archive, within=view.asked)
            looked = [checked, *self._looked(view, knowledge, ledger)]
            if job is not None:
                answer = job.result(self.told)
        except (LimitReached, worker.WorkerFailed) as stopped:
            raise stopped.during(knowledge.prefixes.shorten(stopped.running)) from stopped
        finally:
            if job is not None:
                job.end()
        notices = (*(notice for one in looked for notice in one.notices), *answer.notices)
        speaker = _speaker(view, surroundings, answer, (*notices, *problems))
        found = {speaker.of_problem(problem) for problem in problems}
        found |= {speaker.of_notice(notice) for notice in notices}
        found |= set(speaker.of_results(answer.results))
        curie = knowledge.prefixes.show
        things = frozenset(map(curie, view.terms(focus)))
        seen = {node for one in looked for node in one.nodes} if self._as_then(ledger) else set()
        return Judged(frozenset(found), things, frozenset(map(curie, seen))), checked.summary

    def _looked(self, view: View, knowledge: Knowledge, ledger: Ledger | None) -> Iterator[evidence.Check]:
        others = view.touched - view.asked
        if others and self._as_then(ledger):
            yield evidence.check(knowledge, self.options.archive, within=others)

    def _as_then(self, ledger: Ledger | None) -> bool:
        """Tell whether the texts are looked for where the last whole check looked for them."""
        archive = self.options.archive
        return ledger is not None and ledger.archive() == known.place(archive)

    def namesakes(self, view: View) -> list[Finding]:
        """Return what was wrong with names and homes beside each other where the files have theirs."""
        before = view.before
        nodes = {node for node in view.described if node > 0}
        knowledge = before.knowledge(before.beside(nodes, view.labels))
        speaker = Speaker(knowledge, view.standing.rules.book, Wording(knowledge))
        return [speaker.of_problem(problem) for problem in wellformed.between(knowledge)]

    def since_cached(self, view: View, focus: set[int], outside: frozenset[Finding]) -> tuple[Finding, ...]:
        """Return the findings elsewhere that the cached state of the files did not have."""
        if not outside:
            return ()
        judged, _ = self.findings(view.before, {node for node in focus if node > 0}, view.labels)
        had = set(map(_same, judged.findings))
        return tuple(sorted((f for f in outside if _same(f) not in had), key=lambda f: f.order))

    def _started(
        self, view: View, knowledge: Knowledge, focus: set[int], shapes: frozenset[str]
    ) -> worker.Job[Answer] | None:
        """Start the rules in a child; None when no rule may run, or there is nothing to run them on."""
        if not view.standing.whole or not focus:
            return None
        graph = tuple(dict.fromkeys(t for document in knowledge.documents for t in document.triples))
        nodes = view.terms(focus)
        counted = any(t.predicate == ae("fulfils") and t.subject in nodes for t in graph)
        lines, rules = view.standing.rules.about(shapes)
        task = _Task(
            stores.n_triples(graph),
            lines,
            rules,
            tuple(sorted(map(str, nodes))),
            self.options.engine,
            knowledge.project if counted else None,
        )
        return self.start(task, timeout=self.options.timeout, memory=self.options.memory)  # type: ignore[return-value]  # the job of this task


@dataclass(frozen=True, slots=True)
class _Task:
    """What a child is given: a small graph, the rules about some of its nodes, and these nodes."""

    graph: bytes
    core: str
    rules: tuple[SparqlRule, ...]
    nodes: tuple[str, ...]
    engine: Engine
    counted: Project | None  # when assertions about coverage are to be compared with the project's questions

    def __call__(self, running: Callable[[str], None]) -> Answer:
        """Return what is wrong with the nodes."""
        graph = stores.triples(self.graph)
        nodes = frozenset(map(node, self.nodes))
        part = _part(self.core, self.rules)
        results = shacl.validate_near(graph, part, nodes, engine=self.engine, running=running)
        return Answer(results, () if self.counted is None else _uncounted(graph, self.counted, nodes))


@functools.lru_cache(maxsize=8)
def _part(core: str, rules: tuple[SparqlRule, ...]) -> Shapes:
    """Return some of the rules: one value, so that a process that checks again compiles them once."""
    return Shapes(stores.triples(core.encode()), rules)


def _uncounted(graph: tuple[Triple, ...], project: Project, nodes: frozenset[Term]) -> tuple[Notice, ...]:
    knowledge = Knowledge(project, (Document(project.data, "", graph),), (), ())
    notices = coverage.disagreements(knowledge, stores.build(graph))
    return tuple(notice for notice in notices if notice.focus in nodes)


def _speaker(
    view: View, surroundings: set[Row], answer: Answer, told: Iterable[Notice | FileProblem]
) -> Speaker:
    """Return who puts the findings into words, with the labels of all that they name."""
    named: set[Term | None] = set()
    for result in answer.results:
        named |= {result.focus, result.value, *(term for _, term in result.bound)}
        named |= {NamedNode(result.path[1:-1])} if result.path and result.path.startswith("<") else set()
    for one in told:
        if isinstance(one, FileProblem):
            named.add(one.about)
        else:
            named |= {one.focus, one.path, one.value, *(term for _, term in one.values)}
    knowledge = view.knowledge(surroundings | view.said_of(named))
    return Speaker(knowledge, view.standing.rules.book, Wording(knowledge), view.graph.described)
