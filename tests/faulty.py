"""A server on loopback that does each thing that an endpoint should not do: `python faulty.py LOG [PORT]`.

The path of a request names the fault. Each request is noted in LOG, one JSON line, before it is answered;
PORT is where /redirect leads. The server prints its own port, and serves until it is ended.

`served` runs it in a process of its own: the calls under test fork, and threads do not go with that.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

XML, JSON, HTML, TURTLE = "application/sparql-results+xml", "application/json", "text/html", "text/turtle"
HEAD = '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="a"/></head><results>'
ROW = '<result><binding name="a"><literal>x</literal></binding></result>'
TABLE = f"{HEAD}{ROW}{ROW}</results></sparql>"
ENTITIES = (
    '<!DOCTYPE sparql [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]>'
    + TABLE.partition("?>")[2].replace("x", "&c;")
)
TRIPLE = "<http://e/a> <http://e/b> <http://e/c> .\n"
ASKED = '<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head/><boolean>true</boolean></sparql>'
ANSWERS: dict[str, tuple[int, str, str]] = {  # path -> status, media type, body
    "fine": (200, XML, TABLE),
    "asked": (200, XML, ASKED),
    "json": (200, JSON, '{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"literal","value":"x"}}]}}'),
    "graph": (200, TURTLE, TRIPLE),
    "500": (500, "text/plain", "Stack\n  overflow\x1b[31m\u202e"),
    "400": (400, "text/plain", "Mauvaise requête à la place 3"),
    "400-line": (400, "text/plain", "Parse error: Encountered junk at line 2, column 7."),
    "400-empty": (400, "text/plain", ""),
    "401": (401, HTML, "<html><title>Qui va là ?</title><style>p { color: red }</style><p>Passez&nbsp;!"),
    "403": (403, "text/plain", ""),
    "404": (404, "text/plain", "No such dataset"),
    "413": (413, "text/plain", "Too large"),
    "503": (503, "text/plain", "Maintenance"),
    "504": (504, "text/plain", ""),
    "204": (204, XML, ""),
    "206": (206, XML, TABLE),
    "html": (200, HTML, "<!DOCTYPE html><html><head><title>Portail</title></head><body><p>Connectez-vous"),
    "csv": (200, "text/csv", "a\r\nx\r\n"),
    "untyped": (200, "", TABLE),
    "empty": (200, XML, ""),
    "stops": (200, XML, f"{HEAD}{ROW}"),
    "cancelled": (200, XML, f"{HEAD}{ROW}The SPARQL operation has been cancelled"),
    "entities": (200, XML, ENTITIES),
    "late-doctype": (200, XML, TABLE.replace("<results>", '<results><!DOCTYPE x SYSTEM "file:///etc/passwd">')),
    "error-xml": (200, "text/xml", '<?xml version="1.0"?><error>Trop tard</error>'),
    "json-error": (200, JSON, '{"error": "query timed out"}'),
    "json-stops": (200, JSON, '{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"literal","value":"x"}}'),
    "latin-1": (200, XML, TABLE.replace("x<", "\udce9<")),
    "turtle-stops": (200, TURTLE, '<http://e/a> <http://e/b> "'),
    "rdf-xml": (200, "application/rdf+xml", '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'),
}  # fmt: skip


class Handler(BaseHTTPRequestHandler):
    """Answers every request by the fault that its path names."""

    protocol_version = "HTTP/1.1"
    log = Path()
    other = 0

    def do_GET(self) -> None:
        self.do_POST()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
        noted = {
            "method": self.command,
            "path": self.path,
            "accept": self.headers["accept"],
            "sent": parse_qs(body),
        }
        with self.log.open("a", encoding="utf-8") as log:
            log.write(json.dumps(noted) + "\n")
        self.close_connection = True
        fault = self.path.strip("/").partition("?")[0]
        with contextlib.suppress(OSError):  # the caller has left
            if fault in ANSWERS:
                self.answer(*ANSWERS[fault])
            else:
                _FAULTS[fault](self)

    def answer(
        self,
        status: int,
        media: str,
        body: str,
        more: Mapping[str, str] | None = None,
        *,
        length: int | None = 0,
    ) -> None:
        """Send an answer; `length` is what is added to the length announced, None announces none."""
        content = body.encode("utf-8", "surrogateescape")
        self.send_response(status)
        if media:
            self.send_header("Content-Type", media)
        if length is not None:
            self.send_header("Content-Length", str(len(content) + length))
        for name, value in (more or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def redirect(self) -> None:
        leads = f"http://127.0.0.1:{self.other}/fine"
        self.answer(int(self.path.rpartition("=")[2]), "text/plain", "", {"Location": leads})

    def chunks(self) -> None:
        """Break off between two chunks."""
        self.answer(200, XML, "", {"Transfer-Encoding": "chunked"}, length=None)
        self.wfile.write(f"{len(TABLE):x}\r\n{TABLE}\r\n".encode())

    def drip(self) -> None:
        """Send a byte now and then, for ten minutes."""
        self.answer(200, XML, HEAD, length=3000)
        for _ in range(3000):
            self.wfile.write(b" ")
            time.sleep(0.2)

    def silent(self) -> None:
        """Say nothing, for ten minutes."""
        time.sleep(600)

    def endless(self) -> None:
        self.answer(200, XML, HEAD, length=None)
        while True:
            self.wfile.write(ROW.encode() * 1000)

    def hangs_up(self) -> None:
        """Leave without a word."""

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  # the name of http.server
        """Print nothing."""


_FAULTS: dict[str, Callable[[Handler], None]] = {
    "redirect": Handler.redirect,
    "shorter": lambda self: self.answer(200, XML, TABLE, length=100),
    "graph-shorter": lambda self: self.answer(200, TURTLE, TRIPLE, length=100),
    "graph-unmeasured": lambda self: self.answer(200, TURTLE, TRIPLE, length=None),
    "unmeasured": lambda self: self.answer(200, XML, TABLE, length=None),
    "most": lambda self: self.answer(200, XML, TABLE, {"X-SPARQL-MaxRows": "2"}),
    "chunks": Handler.chunks,
    "drip": Handler.drip,
    "silent": Handler.silent,
    "endless": Handler.endless,
    "hangs-up": Handler.hangs_up,
}


@dataclass(frozen=True)
class Served:
    """A faulty server under way."""

    port: int
    log: Path

    def address(self, fault: str) -> str:
        return f"http://127.0.0.1:{self.port}/{fault}"

    @property
    def heard(self) -> list[dict[str, Any]]:
        """Return the requests that came."""
        if not self.log.exists():
            return []
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]


@contextlib.contextmanager
def served(log: Path, other: int = 0) -> Iterator[Served]:
    """Run a faulty server, end it."""
    words = [sys.executable, __file__, str(log), str(other)]
    with subprocess.Popen(words, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        try:
            yield Served(int(server.stdout.readline()), log)
        finally:
            server.kill()


if __name__ == "__main__":
    Handler.log, Handler.other = Path(sys.argv[1]), int(sys.argv[2])
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as serving:
        serving.daemon_threads = True
        print(serving.server_port, flush=True)  # noqa: T201  # it prints for whoever runs it
        serving.serve_forever()
