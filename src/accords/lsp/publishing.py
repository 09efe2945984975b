"""Which open file is checked when, and what the client is sent of it.

A file that changes is checked after a pause, the last one typed in first; the other open files follow when
nothing has been typed for a while, since what one says may be seen in another. Findings in files that are not
open are sent too, as long as the change that brings them about stands.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from accords.errors import AccordsError

from .answers import ranged
from .checks import Checker, CheckerGone
from .diagnosing import marks
from .positions import Text

if TYPE_CHECKING:
    from .desk import Open, Shelf
    from .diagnosing import Mark
    from .server import Server

PAUSE = 0.05  # seconds without a change before a check
LONGEST_PAUSE = 1.0  # seconds after which a text that never rests is checked all the same
IDLE = 1.0  # seconds without a change before the other open files are checked again
PATIENCE = 2.0  # seconds that a check of a text that has changed meanwhile may still take
LIMIT = 60.0  # seconds of a check
_TICK = 0.05
_LOG = logging.getLogger(__name__)
_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "note": types.DiagnosticSeverity.Information,
}


class Publisher:
    """Checks the open files of a server, one at a time."""

    def __init__(self, server: Server, checker: Checker) -> None:
        """Wait for the first file."""
        self.server, self.checker = server, checker
        self.waiting: dict[str, None] = {}  # the last one is the next
        self.others: dict[str, None] = {}
        self.changed = asyncio.Event()
        self.beside: dict[str, frozenset[str]] = {}  # addresses of files that are not open, by open file
        self.told: set[str] = set()

    def check(self, uri: str) -> None:
        """Have a file checked soon, and the other open ones later."""
        self.waiting.pop(uri, None)
        self.waiting[uri] = None
        self.others |= dict.fromkeys(other for other in self.server.opened if other != uri)
        self.changed.set()

    def clear(self, uri: str) -> None:
        """Take away what was sent of a file."""
        self.waiting.pop(uri, None)
        self.others.pop(uri, None)
        self._send(uri, [], None)
        for other in self.beside.pop(uri, ()):
            self._send(other, [], None)

    async def run(self) -> None:
        """Check what waits, for as long as the server runs."""
        while True:
            await self._quiet()
            held = self.server.opened.get(self._next() or "")
            if held is not None and self.server.shelf is not None:
                with contextlib.suppress(CheckerGone, TimeoutError):
                    await self._checked(self.server.shelf, held)

    async def _quiet(self) -> None:
        """Wait until there is something to check and nothing was typed for a moment."""
        latest = asyncio.get_running_loop().time() + LONGEST_PAUSE
        while True:
            pause = PAUSE if self.waiting else IDLE if self.others else None
            if self.waiting and asyncio.get_running_loop().time() > latest:
                return
            try:
                await asyncio.wait_for(self.changed.wait(), pause)
            except TimeoutError:
                return
            self.changed.clear()

    def _next(self) -> str | None:
        if self.waiting:
            uri = next(reversed(self.waiting))
            del self.waiting[uri]
            self.others.pop(uri, None)
            return uri
        later = next(iter(self.others), None)
        if later is not None:
            del self.others[later]
        return later

    async def _checked(self, shelf: Shelf, held: Open) -> None:
        try:
            answer = await self._answer(self._request(shelf, held), held)
        except CheckerGone:
            _LOG.error("the check of %s ended without an answer", held.name)
            raise
        if answer is None or self.server.opened.get(held.uri) is not held:
            return
        refused = [answer["refused"]] if "refused" in answer else answer["trouble"]
        for said in refused:
            if said not in self.told:
                self.told.add(said)
                _LOG.warning("%s", said)
        if "refused" not in answer:
            self._publish(held, answer)

    def _request(self, shelf: Shelf, held: Open) -> dict[str, Any]:
        cached_in: str | None
        try:
            cached_in = str(self.server.cache_of(shelf.project))
        except AccordsError:
            cached_in = None
        archive = self.server.archive
        return {
            "root": str(shelf.project.root),
            "drafts": {one.name: one.text.text for one in self.server.opened.values()},
            "asked": [str(held.path)],
            "archive": None if archive is None else str(archive),
            "cache": cached_in,
            "language": self.server.language,
        }

    async def _answer(self, request: dict[str, Any], held: Open) -> dict[str, Any] | None:
        """Return the answer; None when the text has changed and the check takes too long."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        task = asyncio.create_task(self.checker.ask(request))
        try:
            while not task.done():
                await asyncio.wait({task}, timeout=_TICK)
                late = loop.time() - begun
                stale = self.server.opened.get(held.uri) is not held
                if not task.done() and (late > LIMIT or (stale and late > PATIENCE)):
                    return None
            return task.result()
        finally:
            task.cancel()

    def _publish(self, held: Open, answer: dict[str, Any]) -> None:
        self._send(
            held.uri, [self._diagnostic(mark) for mark in marks(answer["findings"], held.text)], held.version
        )
        by_file: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in answer["elsewhere"]:
            by_file[row["file"]].append(row)
        open_files = {one.name for one in self.server.opened.values()}
        sent = {}
        for name, rows in by_file.items():
            if name not in open_files:
                path = self._path(name)
                sent[path.as_uri()] = [self._diagnostic(mark) for mark in marks(rows, self._text(path))]
        for uri, found in sent.items():
            self._send(uri, found, None)
        for uri in self.beside.get(held.uri, frozenset()) - sent.keys():
            self._send(uri, [], None)
        self.beside[held.uri] = frozenset(sent)

    def _path(self, name: str) -> Path:
        root = self.server.shelf.project.root if self.server.shelf else Path.cwd()
        return root / name

    def _text(self, path: Path) -> Text:
        try:
            return Text(path.read_bytes().decode("utf-8-sig", errors="replace"), self.server.encoding)
        except OSError:
            return Text("", self.server.encoding)

    def _diagnostic(self, mark: Mark) -> types.Diagnostic:
        related = []
        for one in mark.related:
            place = types.Position(max(one.line - 1, 0), max(one.column - 1, 0))
            location = types.Location(self._path(one.file).as_uri(), types.Range(place, place))
            related.append(types.DiagnosticRelatedInformation(location, f"{one.file}:{one.line}"))
        return types.Diagnostic(
            ranged(mark.range),
            mark.message,
            severity=_SEVERITIES[mark.severity],
            code=mark.code,
            source="accords",
            related_information=related or None,
        )

    def _send(self, uri: str, found: list[types.Diagnostic], version: int | None) -> None:
        self.server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, version))
