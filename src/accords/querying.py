"""Ask questions: of the files of a project or of an endpoint, within bounds.

All of it runs in a worker: time, memory and rows are bounded, and no answer is cut. The steps are those of
`answering`, the same wherever the question is asked, so that the answer is.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, TypeVar

from pyoxigraph import NamedNode

from . import catalogue, choosing, sparql, worker
from .answering import Answer, Asking, Chosen, Request
from .catalogue import Question
from .errors import AccordsError, SyntaxProblem
from .graphs import Limits, Local, Remote
from .language import Words
from .location import Location

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .catalogue import Parameter
    from .project import Project
    from .terms import Prefixes

Given = TypeVar("Given")

__all__ = [
    "Answer",
    "Chosen",
    "Limits",
    "Local",
    "Remote",
    "Request",
    "ask",
    "choices_of",
    "each",
    "own",
    "prepared",
]


def ask(
    where: Local | Remote, project: Project, requests: Sequence[Request], limits: Limits | None = None
) -> tuple[Answer, ...]:
    """Return the answers of several questions, asked of one graph.

    Raises RequestError (unknown names, values that will not do), ContentError, SyntaxProblem, LimitReached,
    TooManyRows, EndpointFailed.
    """
    return _asked(
        where, project, requests, limits, lambda asking, request, told: asking.answer(request, told)
    )


def each(
    where: Local | Remote, project: Project, requests: Sequence[Request], limits: Limits | None = None
) -> tuple[Answer | AccordsError, ...]:
    """Return the answers of several questions as `ask` does, or why there is none in the place of one.

    Raises what keeps all of them from being answered: ContentError, LimitReached, EndpointFailed.
    """

    def answered(asking: Asking, request: Request, told: worker.Tell) -> Answer | AccordsError:
        try:
            return asking.answer(request, told)
        except AccordsError as refusal:
            return refusal

    return _asked(where, project, requests, limits, answered)


def _asked(
    where: Local | Remote,
    project: Project,
    requests: Sequence[Request],
    limits: Limits | None,
    answered: Callable[[Asking, Request, worker.Tell], Given],
) -> tuple[Given, ...]:
    bounds = limits or Limits()
    catalogue_of = functools.cache(lambda: catalogue.load(project))

    def task(tell: worker.Tell) -> tuple[Given, ...]:
        def told(running: str) -> None:
            tell(where.named(running))

        told("data")
        asking = Asking(where.engine(bounds), project, catalogue_of(), bounds)
        return tuple(answered(asking, request, told) for request in requests)

    return worker.start(task, timeout=bounds.timeout, memory=bounds.memory).result()


def prepared(where: Local | Remote, project: Project, request: Request, limits: Limits | None = None) -> str:
    """Return the query of a request with its values in place, unasked.

    Raises what `ask` raises for the names of values.
    """
    bounds = limits or Limits()

    def task(tell: worker.Tell) -> str:
        tell(where.named("data"))
        return Asking(where.engine(bounds), project, catalogue.load(project), bounds).query(request)

    return worker.start(task, timeout=bounds.timeout, memory=bounds.memory).result()


def choices_of(
    project: Project, parameter: Parameter, limits: Limits | None = None
) -> tuple[Prefixes, choosing.Choices]:
    """Return what a parameter can be in the files of a project, and the table of its short names.

    Raises ContentError when a file cannot be read, LimitReached.
    """
    bounds = limits or Limits()

    def task(tell: worker.Tell) -> tuple[Prefixes, choosing.Choices]:
        tell("data")
        asking = Asking(Local(project).engine(bounds), project, catalogue.load(project), bounds)
        kind = asking.prefixes.expand(parameter.kind)
        if kind is None or parameter.kind.startswith("xsd:"):
            return asking.prefixes, choosing.Choices({})
        return asking.prefixes, asking.choices(NamedNode(kind))

    return worker.start(task, timeout=bounds.timeout, memory=bounds.memory).result()


def own(text: str, name: str, *, fetching: bool = False) -> Question:
    """Return a query of the reader's own as a question; with a header, it is read like the project's.

    `fetching` lets SERVICE and FROM pass: the endpoint that the reader names will do what it does.
    Raises SyntaxProblem for what is not a query, or would fetch something.
    """
    if not fetching and (word := sparql.fetches(text)):
        said = Words(f"{word} irait chercher ailleurs", f"{word} would fetch something")
        raise SyntaxProblem(Location(name), said)
    if "\n#+" in f"\n{text}":
        return catalogue.of_text(name, name, text)
    does = sparql.form(text)
    if does not in {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}:
        expected = "SELECT, ASK, CONSTRUCT, DESCRIBE"
        raise SyntaxProblem(Location(name), Words(f"attendu : {expected}", f"expected: {expected}"))
    nothing = Words("", "")
    return Question(name, Location(name), nothing, nothing, nothing, nothing, (), (), text)
