"""The main job: everything that is checked, in order, as one report.

1. Files that do not parse, in all folders: every error of each. With one of them the graph is not
   whole, so rules are not run, and the report says so.
2. Literals, IRIs, prefixes (`wellformed`).
3. Rules (`shacl`), in a child that can be killed.
4. Evidence (`evidence`), while the child works.
5. Asserted coverage against computed coverage (`coverage`).

Findings are placed in the source text, said in both languages, sorted by file and line.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from . import coverage, evidence, shacl, wellformed, worker
from . import store as stores
from .findings import Finding, Severity
from .language import Words
from .loading import Document, FileProblem, Knowledge, read
from .rulebook import Rulebook, check, code_of, of_documents
from .wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .findings import Notice
    from .shacl import Engine, Result
    from .store import Store

_MENDING = {"fr": "À faire : ", "en": "To do: "}


@dataclass(frozen=True, slots=True)
class Options:
    """How to validate: engine, limits, where the archived texts are, which files are asked for."""

    engine: Engine = "auto"
    timeout: float = worker.TIMEOUT
    memory: int = worker.MEMORY
    archive: Path | None = None
    only: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, and what was looked at."""

    findings: tuple[Finding, ...]
    files: int
    triples: int
    records: int
    rules: int
    engine: str
    whole: bool  # False when files that do not parse kept the rules from running
    evidence: evidence.Summary
    coverage: coverage.Summary | None


def validate(
    knowledge: Knowledge,
    shapes: tuple[tuple[Document, ...], tuple[FileProblem, ...]],
    options: Options,
    *,
    told: Callable[[str], None] = lambda _: None,
) -> Report:
    """Return the report on the knowledge.

    Raises LimitReached when the rules run out of time or memory, ShapesProblem for a rule that cannot
    run or that would fetch something.
    """
    knowledge, beside = _with_files(knowledge, options.only)
    documents, wrong_shapes = shapes
    book = of_documents(documents)
    speaker = _Speaker(knowledge, book, Wording(knowledge))
    problems = (*knowledge.problems, *wrong_shapes, *beside)
    whole = not any(problem.severity is Severity.ERROR for problem in problems)
    findings = [speaker.of_problem(problem) for problem in problems]
    rules = shacl.Shapes(tuple(triple for document in documents for triple in document.triples))
    graph = stores.build(triple for document in knowledge.documents for triple in document.triples)
    job = _start(knowledge, rules, graph, options) if whole else None
    try:
        findings += [speaker.of_problem(problem) for problem in wellformed.problems(knowledge)]
        checked = evidence.check(knowledge, options.archive)
        findings += [speaker.of_notice(notice) for notice in checked.notices]
        measured = coverage.summarise(knowledge, graph) if whole else None
        if measured is not None:
            findings += [speaker.of_notice(notice) for notice in measured.notices]
        if job is not None:
            findings += speaker.of_results(job.result(told), _ill_typed(knowledge))
    finally:
        if job is not None:
            job.end()
    wanted = {knowledge.project.name_of(path.resolve()) for path in options.only}
    kept = {f for f in findings if not wanted or f.location.file in wanted}
    return Report(
        tuple(sorted(kept, key=lambda finding: finding.order)),
        files=len(knowledge.documents) + len(documents) + _unparsed(problems),
        triples=sum(len(document.triples) for document in knowledge.documents),
        records=coverage.count_records(knowledge),
        rules=len(book.rules),
        engine=_engine_name(options.engine),
        whole=whole,
        evidence=checked.summary,
        coverage=measured.summary if measured is not None else None,
    )


def _with_files(knowledge: Knowledge, only: tuple[Path, ...]) -> tuple[Knowledge, tuple[FileProblem, ...]]:
    """Return the knowledge with the files asked for that no content folder holds, as further data."""
    project = knowledge.project
    held = {document.name for document in knowledge.documents}
    held |= {problem.location.file for problem in knowledge.problems}
    extra: list[Document] = []
    problems: list[FileProblem] = []
    for path in only:
        name = project.name_of(path.resolve())
        if name not in held and not path.resolve().is_relative_to(project.shapes):
            document, wrong = read(path, name)
            problems.extend(wrong)
            extra.extend([document] if document is not None else [])
    return replace(knowledge, data=(*knowledge.data, *extra)), tuple(problems)


def _start(
    knowledge: Knowledge, rules: shacl.Shapes, store: Store, options: Options
) -> worker.Job[tuple[Result, ...]]:
    for subject, word in shacl.fetching(rules.triples):
        raise shacl.ShapesProblem(
            str(subject),
            Words(f"{word} irait chercher ailleurs : refusé", f"{word} would fetch something: refused"),
        )
    graph = tuple(triple for document in knowledge.documents for triple in document.triples)
    return worker.start(
        lambda running: shacl.validate(graph, store, rules, engine=options.engine, running=running),
        timeout=options.timeout,
        memory=options.memory,
    )


def _ill_typed(knowledge: Knowledge) -> set[tuple[str, str]]:
    """Return (subject, value) of ill-typed literals: said once, by FI-03, whatever the engines say."""
    return {
        (str(triple.subject), str(triple.object))
        for document in knowledge.documents
        for triple in wellformed.ill_typed(document)
    }


def _unparsed(problems: tuple[FileProblem, ...]) -> int:
    return len({p.location.file for p in problems if p.severity is Severity.ERROR})


def _engine_name(engine: Engine) -> str:
    if engine == "auto":
        return "fast" if shacl.fast_available() else "pyshacl"
    return engine


@dataclass(frozen=True)
class _Speaker:
    """Turns what checks return into findings that a person can act on."""

    knowledge: Knowledge
    book: Rulebook
    wording: Wording

    def of_problem(self, problem: FileProblem) -> Finding:
        said = self.book.message(check(problem.what), {})
        if said.fr == check(problem.what):
            said = Words("fichier en défaut", "faulty file")
        mend = self.book.mend(problem.code)
        return Finding(
            problem.location,
            problem.severity,
            problem.code,
            Words(
                *(
                    _sentence(f"{text.rstrip('.')}{colon} {detail}", todo, tongue)
                    for text, detail, todo, tongue, colon in zip(
                        said, problem.detail, mend, ("fr", "en"), (" :", ":"), strict=True
                    )
                )
            ),
            rule=check(problem.what),
        )

    def of_notice(self, notice: Notice) -> Finding:
        values = {name: self.wording.value(term) for name, term in notice.values}
        said = Words(
            self.book.message(check(notice.check), {n: w.fr for n, w in values.items()}).fr,
            self.book.message(check(notice.check), {n: w.en for n, w in values.items()}).en,
        )
        return Finding(
            self.knowledge.locate(notice.focus, notice.path, notice.value),
            self.book.severity(check(notice.check)),
            code_of(check(notice.check)),
            self._about(notice.focus, said, code_of(check(notice.check))),
            focus=self.wording.curie(notice.focus),
            path=None if notice.path is None else self.wording.curie(notice.path),
            value=None if notice.value is None else self.wording.curie(notice.value),
            rule=check(notice.check),
        )

    def of_results(self, results: tuple[Result, ...], ill_typed: set[tuple[str, str]]) -> list[Finding]:
        return [
            self._of_result(result)
            for result in results
            if (str(result.focus), str(result.value)) not in ill_typed
        ]

    def _of_result(self, result: Result) -> Finding:
        predicate = _iri(result.path)
        bound = {name: self.wording.value(term) for name, term in result.bound}
        if result.value is not None:
            bound.setdefault("value", self.wording.value(result.value))
        said = self.book.message(result.rule, {name: words.fr for name, words in bound.items()})
        english = self.book.message(result.rule, {name: words.en for name, words in bound.items()})
        code = code_of(result.rule)
        message = Words(said.fr, english.en)
        if result.value is not None and not result.bound:
            value = self.wording.value(result.value)
            message = Words(
                f"{message.fr.rstrip('.')} (valeur : {value.fr}).",
                f"{message.en.rstrip('.')} (value: {value.en}).",
            )
        return Finding(
            self.knowledge.locate(result.focus, predicate, result.value),
            result.severity,
            code,
            self._about(result.focus, message, code),
            focus=self.wording.curie(result.focus),
            path=None if result.path is None else self._path(result.path),
            value=None if result.value is None else self.wording.curie(result.value),
            rule=result.rule,
        )

    def _path(self, path: str) -> str:
        predicate = _iri(path)
        return path if predicate is None else self.wording.curie(predicate)

    def _about(self, focus: object, said: Words, code: str) -> Words:
        subject = self.wording.subject(focus)  # type: ignore[arg-type]  # a term, whoever found it
        mend = self.book.mend(code)
        return Words(
            _sentence(f"{subject.fr} : {said.fr}", mend.fr, "fr"),
            _sentence(f"{subject.en}: {said.en}", mend.en, "en"),
        )


def _sentence(said: str, mend: str, tongue: str) -> str:
    closed = said if said.endswith((".", "?", "!", "…")) else f"{said}."
    return f"{closed} {_MENDING[tongue]}{mend}" if mend else closed


def _iri(path: str | None) -> NamedNode | None:
    if path is None or not path.startswith("<") or not path.endswith(">"):
        return None
    return NamedNode(path[1:-1])
