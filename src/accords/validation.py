"""The main job: everything that is checked, in order, as one report.

1. Files that do not parse, in all folders: every error of each; rules that would fetch or cannot run
   (`runnable`). With one of them the report would not be whole: no rule is run, and the report says so.
2. Literals, IRIs, prefixes (`wellformed`).
3. Rules (`shacl`) and coverage, asserted against computed (`coverage`), in a child that can be killed.
4. Evidence (`evidence`), while the child works.

Findings are placed in the source text, said in both languages, sorted by file and line.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pyoxigraph import NamedNode

from . import coverage, evidence, runnable, shacl, wellformed, worker
from . import store as stores
from .errors import LimitReached
from .findings import Severity
from .loading import Document, FileProblem, Knowledge, with_files
from .rulebook import of_documents
from .shapes import Shapes, ShapesProblem
from .speaking import Speaker
from .terms import Prefixes
from .wording import Wording

if TYPE_CHECKING:
    from pathlib import Path

    from .constraints import Result
    from .findings import Finding
    from .shacl import Engine
    from .store import Store

_ABOUT_RULES = "ontology.ttl"  # the file of shapes/ whose rules are about the shapes and the ontology


@dataclass(frozen=True, slots=True)
class Options:
    """How to validate: engine, limits, where the archived texts are, which files are asked for."""

    engine: Engine = "auto"
    timeout: float = worker.TIMEOUT
    memory: int = worker.MEMORY
    archive: Path | None = None
    only: tuple[Path, ...] = ()
    passed_over: tuple[FileProblem, ...] = ()  # what else was asked for, and is not read


@dataclass(frozen=True, slots=True)
class Answer:
    """What the child brings back."""

    results: tuple[Result, ...]
    measure: coverage.Measure


class Started(Protocol):
    """A run of the rules under way: a worker's job, or what a test puts in its place."""

    def result(self, told: Callable[[str], None] | None = None) -> Answer:
        """Return the answer; `told` hears what is running."""

    def end(self) -> None:
        """End the run."""


Start = Callable[..., Started]


@dataclass(frozen=True, slots=True)
class Nearby:
    """What is known when some files are checked from the cache.

    `elsewhere`: the findings in other files that the last whole check did not have or, when none is kept, that
    the cached state of these files did not have; None when too many records see the change. `known`: how many
    the last whole check had there, by severity, those that are mended left out; None when this is not known.
    `read`: how many files were parsed, of `files` in all. `built`: the cache was made for this call.
    """

    elsewhere: tuple[Finding, ...] | None
    read: int
    files: int
    known: Mapping[Severity, int] | None = None
    built: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, and what was looked at."""

    findings: tuple[Finding, ...]
    files: int
    triples: int
    records: int
    rules: int
    engine: str
    whole: bool  # False when files that do not parse, or rules that cannot run, kept the rules from running
    evidence: evidence.Summary
    coverage: coverage.Summary | None  # None also when only some files were asked for
    near: Nearby | None = None  # when the cache was used


def validate(  # noqa: PLR0913  # one option a thing that a caller may put in its place
    knowledge: Knowledge,
    shapes: tuple[tuple[Document, ...], tuple[FileProblem, ...]],
    options: Options,
    *,
    told: Callable[[str], None] = lambda _: None,
    start: Start = worker.start,
    meanwhile: Callable[[], None] = lambda: None,
) -> Report:
    """Return the report on the knowledge.

    `told` hears what is running; `start` starts the child that asks the rules; `meanwhile` is done while they
    run. Raises LimitReached when the rules run out of time or memory.
    """
    knowledge, beside = with_files(knowledge, options.only)
    named = frozenset(knowledge.project.name_of(path.resolve()) for path in options.only)
    wanted = named | {problem.location.file for problem in options.passed_over}
    documents, wrong_shapes = shapes
    book = of_documents(documents)
    speaker = Speaker(knowledge, book, Wording(knowledge))
    rules = rules_of(documents)
    problems = (*knowledge.problems, *wrong_shapes, *beside, *options.passed_over, *_refused(documents))
    whole = not any(problem.severity is Severity.ERROR for problem in problems)
    graph = stores.build(triple for document in knowledge.documents for triple in document.triples)
    job = _start(knowledge, rules, graph, options, start) if whole else None
    answer: Answer | None = None
    try:
        findings = [
            speaker.of_problem(problem)
            for problem in (
                *problems,
                *wellformed.problems(knowledge),
                *_ill_written(documents, tuple(sorted(knowledge.prefixes.table.items()))),
            )
        ]
        checked = evidence.check(knowledge, options.archive, within=wanted)
        findings += [speaker.of_notice(notice) for notice in checked.notices]
        if job is not None:
            meanwhile()
            answer = job.result(told)
    except ShapesProblem as fault:
        faults = (fault, *fault.further)
        findings += [speaker.of_problem(runnable.of_fault(each, documents)) for each in faults]
    except (LimitReached, worker.WorkerFailed) as stopped:
        raise stopped.during(_running(stopped.running, knowledge, documents)) from stopped
    finally:
        if job is not None:
            job.end()
    if answer is not None:
        findings += speaker.of_results(answer.results)
        findings += [speaker.of_notice(notice) for notice in answer.measure.notices]
    kept = {f for f in findings if not wanted or f.location.file in wanted or (answer is None and _stops(f))}
    asked = [d for d in (*knowledge.documents, *documents) if not wanted or d.name in wanted]
    return Report(
        tuple(sorted(kept, key=lambda finding: finding.order)),
        files=len(named) if wanted else len(asked) + _unparsed(problems, knowledge, documents),
        triples=sum(len(document.triples) for document in asked if document not in documents),
        records=coverage.count_records([d for d in knowledge.data if d in asked]),
        rules=len(book.rules),
        engine=shacl.resolved(options.engine),
        whole=answer is not None,
        evidence=checked.summary,
        coverage=answer.measure.summary if answer is not None and not wanted else None,
    )


@functools.lru_cache(maxsize=2)
def rules_of(documents: tuple[Document, ...]) -> Shapes:
    """Return the rules about records; documents are compared by identity, so a reload is a new value."""
    return Shapes(
        tuple(
            triple
            for document in documents
            if document.path.name != _ABOUT_RULES
            for triple in document.triples
        )
    )


@functools.lru_cache(maxsize=2)
def _refused(documents: tuple[Document, ...]) -> tuple[FileProblem, ...]:
    """Return what keeps the rules from running, or from ending."""
    return runnable.problems(documents, rules_of(documents))


@functools.lru_cache(maxsize=2)
def _ill_written(
    documents: tuple[Document, ...], table: tuple[tuple[str, str], ...]
) -> tuple[FileProblem, ...]:
    """Return what is wrong with the literals, IRIs and prefixes of the rules."""
    return wellformed.of_documents(documents, Prefixes(dict(table)))


def _start(knowledge: Knowledge, rules: Shapes, store: Store, options: Options, start: Start) -> Started:
    graph = tuple(triple for document in knowledge.documents for triple in document.triples)

    def task(running: Callable[[str], None]) -> Answer:
        results = shacl.validate(graph, store, rules, engine=options.engine, running=running)
        running("queries/coverage")
        return Answer(results, coverage.summarise(knowledge, store))

    return start(task, timeout=options.timeout, memory=options.memory)


def _stops(found: Finding) -> bool:
    """Tell whether a finding, wherever it is, kept the rules from running."""
    return found.code.startswith("FI-") and found.severity is Severity.ERROR


def _running(what: str, knowledge: Knowledge, documents: tuple[Document, ...]) -> str:
    """Return the name of what was running, and where it is written when it is a rule."""
    known = {triple.subject for document in documents for triple in document.triples}
    if what not in {term.value for term in known if isinstance(term, NamedNode)}:
        return what
    return f"{knowledge.prefixes.shorten(what)} ({runnable.place(what, documents)})"


def _unparsed(
    problems: tuple[FileProblem, ...], knowledge: Knowledge, documents: tuple[Document, ...]
) -> int:
    """Return how many files were looked at and could not be read."""
    read = {document.name for document in (*knowledge.documents, *documents)}
    return len({p.location.file for p in problems if p.severity is Severity.ERROR} - read)
