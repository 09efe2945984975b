"""A progress line on a terminal, and only there, once a second has gone by."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, TextIO

from accords.language import Words, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from accords.language import Language

PATIENCE = 1.0  # seconds before anything is shown


@contextlib.contextmanager
def progress(language: Language, stream: TextIO | None) -> Iterator[Callable[[str], None]]:
    """Yield a function that is told what is being done; rich shows it after a second."""
    if stream is None or not stream.isatty():  # None: closed by the caller
        yield lambda _: None
        return
    shown = _Shown(Words("Vérification", "Checking").to(language), stream)
    try:
        yield shown.told
    finally:
        shown.end()


class _Shown:
    """The line itself; rich is imported when it is first needed."""

    def __init__(self, title: str, stream: TextIO) -> None:
        self.title, self.stream, self.begun = title, stream, time.monotonic()
        self.line: contextlib.AbstractContextManager[object] | None = None

    def told(self, what: str) -> None:
        if self.line is None and time.monotonic() - self.begun >= PATIENCE:
            from rich.console import Console
            from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

            line = Progress(
                SpinnerColumn(),
                TextColumn("{task.description}"),
                TimeElapsedColumn(),
                console=Console(file=self.stream),
                transient=True,
            )
            self.task = line.add_task(self.title, total=None)
            line.start()
            self.line, self.update = line, line.update
        if self.line is not None:
            self.update(self.task, description=f"{self.title} : {printable(what.rpartition('#')[2], 60)}")

    def end(self) -> None:
        if self.line is not None:
            self.line.__exit__(None, None, None)
