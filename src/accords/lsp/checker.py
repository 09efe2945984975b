"""The check of open files, in a process of its own that can be ended: `python -m accords.lsp.checker`.

Reads requests on standard input, one JSON object a line, and answers each with one: the findings about the
files asked for as `accords check FILE --format json` gives them, those that their changes bring about in other
files, and what went wrong. What is compiled for one request serves the next. Ends with its standard input.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from accords import checking, validation, worker
from accords.errors import AccordsError
from accords.language import printable
from accords.project import Project
from accords.render import data

if TYPE_CHECKING:
    from collections.abc import Callable

    from accords.language import Language, Words

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class _Done(Generic[Answer]):
    """A task that ran here: this process is the child that can be ended."""

    answer: Answer

    def result(self, told: Callable[[str], None] | None = None) -> Answer:
        del told
        return self.answer

    def end(self) -> None:
        """Nothing is left to end."""


def _here(task: Callable[[Callable[[str], None]], Answer], **_limits: float) -> _Done[Answer]:
    return _Done(task(lambda _: None))


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Return what is found; in place of it, what kept the check from ending."""
    language: Language = "en" if request["language"] == "en" else "fr"
    project = Project(Path(request["root"]), request["drafts"])
    archive = request["archive"] and Path(request["archive"])
    cached_in = request["cache"] and Path(request["cache"])
    options = validation.Options(archive=archive, only=tuple(map(Path, request["asked"])))
    try:
        made = checking.check(project, options, cached_in, lambda _: None, start=_here)
    except AccordsError as refusal:
        return {"refused": _said(refusal.message, refusal.hint, language)}
    except Exception as problem:  # noqa: BLE001  # a fault of ours must not end the editor's service
        return {"refused": f"{type(problem).__name__}: {printable(str(problem), 300)}"}
    near = made.report.near
    return {
        "findings": data.rows(made.report.findings, language),
        "elsewhere": data.rows(near.elsewhere or () if near else (), language),
        "trouble": [_said(one.message, one.hint, language) for one in made.trouble],
    }


def _said(message: Words, hint: Words | None, language: Language) -> str:
    return message.to(language) + (f" → {hint.to(language)}" if hint is not None else "")


def main() -> None:
    """Answer until the requests end; nothing else is printed."""
    worker.bound(worker.MEMORY)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints goes to standard error
    gc.disable()  # what is not needed any more is let go between two letters, not while one waits
    for line in sys.stdin.buffer:
        answers.write(json.dumps(answer(json.loads(line))) + "\n")
        answers.flush()
        gc.collect()


if __name__ == "__main__":
    main()
