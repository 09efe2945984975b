"""An editor that talks to `accords lsp` over standard input and output, as real ones do.

`Editor` starts the server on a folder and speaks JSON-RPC: requests wait for their answer, what the server
sends on its own is kept. Every wait is bounded.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accords import turtle

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self

PATIENCE = 60.0  # seconds for anything
Json = Any


class Refused(Exception):
    """The server answered with an error."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(error["message"])
        self.message: str = error["message"]
        self.code: int = error["code"]


class Editor:
    """One client with its server."""

    def __init__(  # noqa: PLR0913  # how editors differ
        self,
        root: Path | None,
        cache: Path,
        *,
        locale: str | None = "fr",
        encodings: tuple[str, ...] | None = None,
        capabilities: dict[str, Any] | None = None,
        words: tuple[str, ...] = (),
        process: int | None = None,
    ) -> None:
        environment = {key: value for key, value in os.environ.items() if key != "ACCORDS_ARCHIVE"}
        environment |= {"ACCORDS_CACHE": str(cache), "LANG": "C.UTF-8"}
        self.server = subprocess.Popen(
            [str(Path(sys.executable).parent / "accords"), *words, "lsp"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            cwd=cache if root is None else root,
        )
        self.root, self.number = root, 0
        self.versions: dict[str, int] = {}
        self.texts: dict[str, str] = {}
        self.told: list[dict[str, Any]] = []  # notifications, in order
        self.marks: dict[str, dict[str, Any]] = {}  # the last findings of each file
        self.errors: list[str] = []
        self._came: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._answers: dict[int, dict[str, Any]] = {}
        self._threads = [
            threading.Thread(target=work, daemon=True) for work in (self._listen, self._overhear)
        ]
        for thread in self._threads:
            thread.start()
        self.able = self.ask("initialize", self._introduction(locale, encodings, capabilities, process))
        self.say("initialized", {})

    def _introduction(
        self,
        locale: str | None,
        encodings: tuple[str, ...] | None,
        capabilities: dict[str, Any] | None,
        process: int | None,
    ) -> dict[str, Any]:
        able: dict[str, Any] = {"textDocument": {"hover": {"contentFormat": ["markdown"]}}} | (
            capabilities or {}
        )
        if encodings is not None:
            able["general"] = {"positionEncodings": list(encodings)}
        folders = None if self.root is None else [{"uri": self.root.as_uri(), "name": "project"}]
        rooted = None if self.root is None else self.root.as_uri()
        said = {
            "processId": process or os.getpid(),
            "rootUri": rooted,
            "workspaceFolders": folders,
            "capabilities": able,
        }
        return said if locale is None else {**said, "locale": locale}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _problem: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self.server.poll() is None:
            try:
                if kind is None:
                    assert self.leave() == 0
            finally:
                self.server.kill()
        self.end()

    def end(self) -> int:
        """Wait for the server, let its pipes go and return its exit code."""
        code = self.server.wait(PATIENCE)
        for thread in self._threads:
            thread.join(PATIENCE)
        for pipe in (self.server.stdin, self.server.stdout, self.server.stderr):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        return code

    def leave(self) -> int:
        """Shut the server down as the protocol asks and return its exit code."""
        self.ask("shutdown", None)
        self.say("exit", None)
        return self.server.wait(PATIENCE)

    def ask(self, method: str, params: Json) -> Json:
        """Return the result of a request. Raises Refused."""
        self.number += 1
        number = self.number
        self._write({"id": number, "method": method, "params": params})
        self.until(lambda: number in self._answers)
        answer = self._answers.pop(number)
        if "error" in answer:
            raise Refused(answer["error"])
        return answer["result"]

    def say(self, method: str, params: Json) -> None:
        """Send a notification."""
        self._write({"method": method, "params": params})

    def until(self, ready: Callable[[], bool], patience: float = PATIENCE) -> None:
        """Take what comes until something is so."""
        deadline = time.monotonic() + patience
        while not ready():
            try:
                message = self._came.get(timeout=max(deadline - time.monotonic(), 0.01))
            except queue.Empty:
                raise TimeoutError(self.errors[-5:]) from None
            if message is None:
                raise EOFError(self.errors[-5:])
            self._take(message)

    def _take(self, message: dict[str, Any]) -> None:
        if "method" not in message:
            self._answers[message["id"]] = message
        elif "id" in message:  # the server asks something
            self.told.append(message)
            self._write({"id": message["id"], "result": None})
        else:
            self.told.append(message)
            if message["method"] == "textDocument/publishDiagnostics":
                self.marks[message["params"]["uri"]] = message["params"]

    def open(self, path: Path, text: str | None = None) -> str:
        """Open a file, with a text of its own or that of the file, and return its address."""
        uri = path.as_uri()
        self.versions[uri] = self.versions.get(uri, 0) + 1  # never one that was told of before
        self.texts[uri] = path.read_text(encoding="utf-8") if text is None else text
        item = {"uri": uri, "languageId": "turtle", "version": self.versions[uri], "text": self.texts[uri]}
        self.say("textDocument/didOpen", {"textDocument": item})
        return uri

    def write(self, uri: str, text: str) -> None:
        """Replace the whole text of a file."""
        self.texts[uri] = text
        self._change(uri, [{"text": text}])

    def type(self, uri: str, offset: int, new: str, *, removed: int = 0) -> None:
        """Replace some characters at an offset, by a range as editors send it (UTF-16)."""
        text = self.texts[uri]
        reach = {"start": place(text, offset), "end": place(text, offset + removed)}
        self.texts[uri] = text[:offset] + new + text[offset + removed :]
        self._change(uri, [{"range": reach, "text": new}])

    def _change(self, uri: str, changes: list[dict[str, Any]]) -> None:
        self.versions[uri] += 1
        named = {"uri": uri, "version": self.versions[uri]}
        self.say("textDocument/didChange", {"textDocument": named, "contentChanges": changes})

    def findings(self, uri: str) -> list[dict[str, Any]]:
        """Return the findings about a file as it is now."""
        self.until(lambda: self.marks.get(uri, {}).get("version") == self.versions[uri])
        found: list[dict[str, Any]] = self.marks[uri]["diagnostics"]
        return found

    def at(self, uri: str, offset: int) -> dict[str, Any]:
        """Return the parameters of a question about a place."""
        return {"textDocument": {"uri": uri}, "position": place(self.texts[uri], offset)}

    def on(self, uri: str, words: str, within: int = 1) -> dict[str, Any]:
        """Return the parameters of a question about the first place where some words stand."""
        return self.at(uri, self.texts[uri].index(words) + within)

    def _write(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.server.stdin is not None
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.server.stdin.flush()

    def _listen(self) -> None:
        pipe = self.server.stdout
        assert pipe is not None
        while header := pipe.readline():
            length = int(header.split(b":")[1])
            while pipe.readline().strip():
                pass
            self._came.put(json.loads(pipe.read(length)))
        self._came.put(None)

    def _overhear(self) -> None:
        assert self.server.stderr is not None
        for line in self.server.stderr:
            self.errors.append(line.decode(errors="replace").rstrip())


def place(text: str, offset: int) -> dict[str, int]:
    """Return the position of an offset, counted in units of UTF-16."""
    before = text[:offset]
    line = before.count("\n")
    start = before.rfind("\n") + 1
    return {"line": line, "character": len(before[start:].encode("utf-16-le")) // 2}


def applied_to(text: str, edits: list[dict[str, Any]]) -> str:
    """Return a text with edits made, the last one first."""
    lines = turtle.Lines(text)

    def offset(where: dict[str, int]) -> int:
        start = lines.starts[where["line"]] if where["line"] < len(lines.starts) else len(text)
        return start + len(text[start:].encode("utf-16-le")[: where["character"] * 2].decode("utf-16-le"))

    for edit in sorted(edits, key=lambda one: tuple(one["range"]["start"].values()), reverse=True):
        start, end = offset(edit["range"]["start"]), offset(edit["range"]["end"])
        text = text[:start] + edit["newText"] + text[end:]
    return text
