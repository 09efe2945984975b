"""`accords lsp`: the language server, for an editor that starts it."""

from __future__ import annotations

import asyncio
import importlib.util
import logging
import os
import sys
from typing import TYPE_CHECKING

import click

from accords.errors import MissingLibrary, RequestError
from accords.language import Words, printable

from .bilingual import Command, Settings
from .options import ARCHIVE, archive_of, cache_of

if TYPE_CHECKING:
    from typing import BinaryIO

    from accords.lsp.server import Server

REFUSED = -32803  # « request failed » of the protocol, as in `accords.lsp.server`


@click.command(
    cls=Command,
    words=Words(
        "Servir un éditeur (protocole LSP) : constats à la frappe, infobulles, complétion, renvois.\n\n"
        "L'éditeur lance cette commande et lui parle par l'entrée et la sortie standard ; data/README.md dit "
        "comment régler VS Code, Neovim, Helix, Emacs et Kate. La langue est celle de l'éditeur, sinon celle du "
        "système.",
        "Serve an editor (LSP protocol): findings as you type, hovers, completion, references.\n\n"
        "The editor starts this command and speaks to it by standard input and output; data/README.md tells how "
        "to set up VS Code, Neovim, Helix, Emacs and Kate. The language is the editor's, else the system's.",
    ),
)
@ARCHIVE
@click.pass_obj
def lsp(settings: Settings, archive: str | None) -> int:
    """Keep standard output for the protocol, then serve."""
    if importlib.util.find_spec("pygls") is None:
        library, package = "pygls", "accords-emploi[lsp]"
        raise MissingLibrary(library, package)
    from accords.lsp import server

    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="accords: %(message)s")
    for handler in logging.getLogger().handlers:
        handler.setFormatter(_OneLine(debug=settings.debug))
        handler.addFilter(_not_answered)
    made = server.made(settings.root, settings.language, cache_of, archive_of(archive))
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints goes to standard error
    return _served(made, output)


def _served(made: Server, output: BinaryIO) -> int:
    """Serve until the client leaves: 0 when it said so first, 1 when it did not."""
    try:
        asyncio.run(made.serve(sys.stdin.buffer, output))
    except SystemExit:  # how the protocol leaves
        pass
    except BrokenPipeError:
        return 1
    except ValueError as problem:  # standard input is a file
        said = Words(
            "l'éditeur parle par un tube : l'entrée standard n'en est pas un",
            "an editor speaks through a pipe: standard input is none",
        )
        hint = Words(
            "régler l'éditeur pour qu'il lance « accords lsp »", "set the editor up to start “accords lsp”"
        )
        raise RequestError(said, hint=hint) from problem
    return 0 if made.ended else 1


def _not_answered(record: logging.LogRecord) -> bool:
    """Keep out what a request was refused for: the client is told."""
    problem = record.exc_info[1] if record.exc_info else None
    return getattr(problem, "code", None) != REFUSED


class _OneLine(logging.Formatter):
    """What went wrong in one line; with `--debug`, where."""

    def __init__(self, *, debug: bool) -> None:
        super().__init__("accords: %(message)s")
        self.debug = debug

    def format(self, record: logging.LogRecord) -> str:
        if self.debug:
            return super().format(record)
        said = record.getMessage()
        if record.exc_info and record.exc_info[1] is not None:
            said += f" ({type(record.exc_info[1]).__name__}: {record.exc_info[1]})"
        return f"accords: {printable(said, 400)}"
