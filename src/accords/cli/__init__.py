"""The command line: thin commands, one entry point that turns refusals into one line and an exit code.

Exit codes: 0 fine · 1 findings at or above --fail-on · 2 wrong use · 3 could not · 130, 143 interrupted.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import traceback
from typing import TYPE_CHECKING, NoReturn

import click

from accords.errors import AccordsError, system_words
from accords.language import Words, chosen, printable

from .asking import GaveUp
from .bilingual import Settings, said_of
from .main import main

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

INTERRUPTED, TERMINATED, COULD_NOT = 130, 143, 3
_COMPLETING = "_ACCORDS_COMPLETE"  # set by a shell that asks what to offer


class _Terminated(BaseException):
    """SIGTERM: unwinds the stack so that children end and temporary files go."""


def run(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit with its code."""
    _fill_closed_streams()
    words = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    settings = Settings(chosen(words, os.environ))
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):  # a stream that somebody replaced
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # text streams have it
    signal.signal(signal.SIGTERM, _terminate)
    if _COMPLETING in os.environ:
        from . import shells

        shells.register()
    code = _code_of(words, settings)
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as problem:
        code = _unwritten(problem, settings)
    sys.exit(code)


def _fill_closed_streams() -> None:
    """Open /dev/null where a caller closed a standard stream: nothing else may take its number."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number, this one


def _terminate(_number: int, _frame: FrameType | None) -> NoReturn:
    raise _Terminated


def _code_of(words: list[str], settings: Settings) -> int:
    try:
        result = main.main(words, prog_name="accords", standalone_mode=False, obj=settings)
    except AccordsError as refusal:
        if settings.debug:
            traceback.print_exception(refusal)
        return _refuse(refusal.message, refusal.hint, refusal.exit_code, settings)
    except click.UsageError as wrong:
        asked = f"{wrong.ctx.command_path if wrong.ctx is not None else 'accords'} --help"
        hint = Words(f"l'aide : {asked}", f"help: {asked}")
        return _refuse(said_of(wrong), hint, 2, settings)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except SystemExit:  # how click leaves when the reader of our output has left
        return settings.code
    except (KeyboardInterrupt, click.Abort) as interruption:
        return _interrupted(interruption, settings)
    except _Terminated:
        return TERMINATED
    except OSError as problem:
        return _unwritten(problem, settings)
    except Exception as problem:  # noqa: BLE001  # the one place: our own bug must not look like findings
        return _own_fault(problem, settings)
    return result if isinstance(result, int) else 0


def _interrupted(interruption: BaseException, settings: Settings) -> int:
    """Return the code of an interruption; who gives up a dialogue is told that nothing has come of it."""
    if isinstance(interruption, GaveUp):
        said = Words("abandonné, rien n'est écrit", "given up, nothing is written")
        click.echo(f"\naccords: {said.to(settings.language)}", err=True)
    return INTERRUPTED


def _refuse(message: Words, hint: Words | None, code: int, settings: Settings) -> int:
    click.echo(f"accords: {message.to(settings.language)}", err=True)
    if hint is not None:
        click.echo(f"  → {hint.to(settings.language)}", err=True)
    return code


def _unwritten(problem: OSError, settings: Settings) -> int:
    """Return the code of a call that could not read or write; for a reader who has seen enough, its own."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  # lives until exit
    if isinstance(problem, BrokenPipeError):
        return settings.code  # what was found stays found
    if settings.debug:
        traceback.print_exception(problem)
    reason = system_words(problem)
    of = f"{printable(str(problem.filename))} : " if problem.filename is not None else ""
    message = Words(
        f"lecture ou écriture impossible ({of}{reason.fr})", f"cannot read or write ({of}{reason.en})"
    )
    return _refuse(message, None, COULD_NOT, settings)


def _own_fault(problem: Exception, settings: Settings) -> int:
    if settings.debug:
        traceback.print_exception(problem)
        return COULD_NOT
    name = f"{type(problem).__name__}: {printable(str(problem), 200)}"
    message = Words(f"erreur interne : {name}", f"internal error: {name}")
    hint = Words(
        "relancer avec « accords --debug … » et signaler ce qui s'affiche",
        "run again with “accords --debug …” and report what it prints",
    )
    return _refuse(message, hint, COULD_NOT, settings)
