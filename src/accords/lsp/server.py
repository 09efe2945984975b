"""The server: what a client opens, types and asks, and the findings that it is sent.

1. Requests are answered by one thread from a `Shelf`; the loop only reads, writes and keeps the open texts.
2. A text that changes is checked when the client has paused for `PAUSE` seconds, by a child process (`checks`),
   the file typed in first, the other open ones when nothing else is to do. What is found in a text that has
   changed meanwhile is thrown away.
3. No fault of a request ends the server: it is told in one line on standard error.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from lsprotocol import types
from pygls.exceptions import FeatureRequestError, JsonRpcException
from pygls.io_ import StdoutWriter, run_async
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from accords import project as projects
from accords.cache import alive
from accords.errors import AccordsError, ProjectNotFound
from accords.language import Words, printable

from . import answers
from .answers import Asked
from .checks import Checker
from .desk import Open, Shelf
from .marking import Marking
from .positions import ENCODINGS, Position, Text
from .publishing import Publisher

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from accords.language import Language
    from accords.project import Project

    from .positions import Encoding

Params = TypeVar("Params")
Result = TypeVar("Result")
_LOG = logging.getLogger(__name__)
_ALIVE = 5.0  # seconds between two looks at the client's process
REFUSED = -32803  # « request failed » of the protocol
_NO_PROJECT = Words(
    "Accords emploi : aucun projet dans ce dossier (il faut ontology/, data/, shapes/ et queries/)",
    "Accords emploi: no project in this folder (it takes ontology/, data/, shapes/ and queries/)",
)


class Server(LanguageServer):
    """One client, one project."""

    def __init__(
        self,
        given: Path | None,
        language: Language,
        cache_of: Callable[[Project], Path],
        archive: Path | None,
    ) -> None:
        """Open nothing yet; `cache_of` gives the folder of a project's cache."""
        super().__init__("accords", metadata.version("accords-emploi"))
        self.given, self.language, self.cache_of, self.archive = given, language, cache_of, archive
        self.encoding: Encoding = "utf-16"
        self.shelf: Shelf | None = None
        self.opened: dict[str, Open] = {}
        self.queries: dict[str, Open] = {}  # their texts, for what is renamed everywhere
        self.ended = False
        self.reader = ThreadPoolExecutor(1, "accords-reader")
        self.publisher = Publisher(self, Checker())

    def report_server_error(self, error: Exception, source: object) -> None:
        """Say what went wrong on standard error; a client shows what it is answered."""
        if source is not FeatureRequestError:  # what a request is refused for is its answer
            _LOG.error("%s", error)

    def begin(self, params: types.InitializeParams) -> None:
        """Note the reader's language, how places are counted, and where the project is."""
        if params.locale:
            self.language = "en" if params.locale.lower().startswith("en") else "fr"
        named = self.workspace.position_encoding
        counted = named.value if isinstance(named, types.PositionEncodingKind) else named
        self.encoding = next((one for one in ENCODINGS if one == counted), "utf-16")
        folders = [folder.uri for folder in params.workspace_folders or ()]
        paths = [_path(uri) for uri in [*folders, params.root_uri] if uri]
        for place in [self.given, *paths]:
            if place is not None and self.shelf is None:
                self._adopt(place)

    def _adopt(self, place: Path) -> None:
        """Take the project of a folder, if it is in one."""
        with contextlib.suppress(ProjectNotFound):
            found = projects.find(self.given, place)
            if self.given is not None or place.resolve().is_relative_to(found.root):
                self.shelf = Shelf(found)

    def open(self, uri: str, version: int, text: str) -> None:
        """Take a file that the client has opened; one that is no Turtle file nor query on disk is left alone."""
        path = _path(uri)
        if path is None or path.suffix not in {".ttl", ".rq"}:
            return
        if self.shelf is None:
            self._adopt(path.parent)
        name = path.as_posix() if self.shelf is None else self.shelf.project.name_of(path.resolve())
        self._hold(Open(uri, path, name, version, Text(text, self.encoding)))

    def _hold(self, held: Open) -> None:
        """Keep a file as it is now; a Turtle file is checked soon."""
        if held.path.suffix == ".rq":
            self.queries[held.uri] = held
        else:
            self.opened[held.uri] = held
            self.publisher.check(held.uri)

    def change(self, uri: str, version: int, changes: list[types.TextDocumentContentChangeEvent]) -> None:
        """Take what was typed."""
        held = self.opened.get(uri) or self.queries.get(uri)
        if held is None:
            return
        text = held.text
        for change in changes:
            if isinstance(change, types.TextDocumentContentChangePartial):
                start, end = change.range.start, change.range.end
                places = Position(start.line, start.character), Position(end.line, end.character)
                text = text.edited(*places, change.text)
            else:
                text = Text(change.text, self.encoding)
        self._hold(replace(held, version=version, text=text))

    def close(self, uri: str) -> None:
        """Let a file go."""
        self.queries.pop(uri, None)
        if self.opened.pop(uri, None) is not None:
            self.publisher.clear(uri)

    def look_again(self) -> None:
        """Read the files of the project again, and check what is open."""
        if self.shelf is not None:
            self.shelf.forget()
        for uri in self.opened:
            self.publisher.check(uri)

    async def answered(self, work: Callable[[Asked, Params], Result], params: Params) -> Result | None:
        """Return the answer to a request, found in the reading thread; None without a project.

        Raises JsonRpcException for what cannot be done.
        """
        if self.shelf is None:
            return None
        asked = self._asked(self.shelf, params)
        try:
            return await asyncio.get_running_loop().run_in_executor(self.reader, work, asked, params)
        except AccordsError as refusal:
            hint = f" → {refusal.hint.to(self.language)}" if refusal.hint is not None else ""
            raise JsonRpcException(refusal.message.to(self.language) + hint, REFUSED) from None
        except Exception as problem:  # noqa: BLE001  # a fault of ours must not end the editor's service
            _LOG.error("%s: %s", type(problem).__name__, printable(str(problem), 300))
            return None

    def _asked(self, shelf: Shelf, params: object) -> Asked:
        document = getattr(params, "text_document", None)
        able = self.client_capabilities
        shown = able.text_document and able.text_document.hover and able.text_document.hover.content_format
        edits = able.workspace and able.workspace.workspace_edit
        return Asked(
            shelf,
            tuple(self.opened.values()),
            None if document is None else self.opened.get(document.uri),
            self.language,
            self.encoding,
            Marking(not shown or types.MarkupKind.Markdown in shown),
            bool(edits and edits.document_changes),
            tuple(self.queries.values()),
        )

    async def rename(self, params: types.RenameParams) -> types.WorkspaceEdit | None:
        """Return the edits of `accords rename`, and tell the client what it says besides."""
        edit, message = await self.answered(answers.rename, params) or (None, None)
        if message is not None:
            self.window_show_message(message)
        return edit

    async def lay_out(self, params: types.DocumentFormattingParams) -> list[types.TextEdit]:
        """Return the edits of `accords fmt`; a file with an error is left alone, and the client told."""
        made = await self.answered(lambda asked, _: answers.layout(asked), params)
        edits, problems = made or ([], ())
        if problems:
            place = f"{problems[0].location.file}:{problems[0].location.line}"
            self.tell(
                Words(
                    f"{place} : fichier en défaut, laissé tel quel", f"{place}: faulty file, left as it is"
                ),
                types.MessageType.Warning,
            )
        return list(edits)

    def tell(self, said: Words, kind: types.MessageType) -> None:
        """Show a message in the client's window."""
        self.window_show_message(types.ShowMessageParams(kind, said.to(self.language)))

    async def begun(self) -> None:
        """Start what runs beside the requests."""
        if self.shelf is None and self.given is None:
            self.tell(_NO_PROJECT, types.MessageType.Info)
        await _watch_files(self)

    async def serve(self, stdin: BinaryIO, stdout: BinaryIO) -> None:
        """Answer until the client leaves."""
        loop = asyncio.get_running_loop()
        reader = asyncio.StreamReader()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), stdin)
        self.protocol.set_writer(StdoutWriter(stdout))
        beside = [asyncio.create_task(self.publisher.run()), asyncio.create_task(self._outlive())]
        try:
            with contextlib.suppress(asyncio.IncompleteReadError):
                await run_async(threading.Event(), reader, self.protocol, _LOG, self.report_server_error)
        finally:
            for task in beside:
                task.cancel()
            self.publisher.checker.end()
            self.reader.shutdown(wait=False, cancel_futures=True)

    async def _outlive(self) -> None:
        """Leave when the client's process is gone, whoever holds its end of the pipe."""
        while True:
            await asyncio.sleep(_ALIVE)
            if self.process_id is not None and not alive(self.process_id):
                self.publisher.checker.end()
                os._exit(1)


def _path(uri: str) -> Path | None:
    found = to_fs_path(uri)
    return None if found is None else Path(found)


async def _watch_files(server: Server) -> None:
    """Ask the client to tell of files that change on disk."""
    able = server.client_capabilities.workspace
    watched = able and able.did_change_watched_files
    if not watched or not watched.dynamic_registration:
        return
    watcher = types.FileSystemWatcher("**/*.ttl")
    options = types.DidChangeWatchedFilesRegistrationOptions([watcher])
    method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    registration = types.Registration("accords-files", method, options)
    with contextlib.suppress(JsonRpcException):
        await server.client_register_capability_async(types.RegistrationParams([registration]))


def made(
    given: Path | None, language: Language, cache_of: Callable[[Project], Path], archive: Path | None
) -> Server:
    """Return a server with all that it answers."""
    server = Server(given, language, cache_of, archive)
    _listen(server)
    _write(server)
    for method, work, options in (
        (types.TEXT_DOCUMENT_HOVER, answers.hover, None),
        (
            types.TEXT_DOCUMENT_COMPLETION,
            answers.complete,
            types.CompletionOptions([":", " "], resolve_provider=True),
        ),
        (types.COMPLETION_ITEM_RESOLVE, answers.resolve, None),
        (types.TEXT_DOCUMENT_DEFINITION, answers.definition, None),
        (types.TEXT_DOCUMENT_REFERENCES, answers.references, None),
        (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, answers.outline, None),
        (types.WORKSPACE_SYMBOL, answers.named, None),
        (types.TEXT_DOCUMENT_PREPARE_RENAME, answers.prepare_rename, None),
    ):
        server.feature(method, options)(_asking(server, work))
    return server


def _asking(
    server: Server, work: Callable[[Asked, Params], Result]
) -> Callable[[Params], Awaitable[Result | None]]:
    @functools.wraps(work)
    async def asked(params: Params) -> Result | None:
        return await server.answered(work, params)

    del asked.__wrapped__  # its parameters are not those of the work
    return asked


def _listen(server: Server) -> None:
    """Declare what the server hears without answering."""

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.begin(params)

    @server.feature(types.INITIALIZED)
    async def initialized(_params: types.InitializedParams) -> None:
        await server.begun()

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: types.DidOpenTextDocumentParams) -> None:
        held = params.text_document
        server.open(held.uri, held.version, held.text)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: types.DidChangeTextDocumentParams) -> None:
        held = params.text_document
        server.change(held.uri, held.version, list(params.content_changes))

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: types.DidCloseTextDocumentParams) -> None:
        server.close(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(_params: types.DidSaveTextDocumentParams) -> None:
        server.look_again()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_watched_files(_params: types.DidChangeWatchedFilesParams) -> None:
        server.look_again()

    @server.feature(types.SHUTDOWN)
    def shutdown(_params: None) -> None:
        server.ended = True


def _write(server: Server) -> None:
    """Declare what changes texts: it may have something to tell besides."""

    @server.feature(types.TEXT_DOCUMENT_FORMATTING)
    async def formatting(params: types.DocumentFormattingParams) -> list[types.TextEdit]:
        return await server.lay_out(params)

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    async def rename(params: types.RenameParams) -> types.WorkspaceEdit | None:
        return await server.rename(params)
