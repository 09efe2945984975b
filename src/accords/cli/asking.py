"""Asking on a terminal: is there somebody, what do they answer, do they agree, or give up.

Every question comes before anything is written: who gives up leaves everything as it was.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from accords.errors import RequestError
from accords.language import Words

if TYPE_CHECKING:
    from accords.language import Language

_ASSENT = ("o", "y")  # oui, yes


class GaveUp(click.Abort):
    """Somebody ended a dialogue by Ctrl-C, or ended the input."""


def on_terminal() -> bool:
    """Tell whether there is somebody to ask."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def answer(question: Words, language: Language) -> str:
    """Return what is answered, without the spaces around; empty for nothing. Raises GaveUp."""
    try:
        said = click.prompt(
            question.to(language), default="", show_default=False, prompt_suffix=" ", err=True
        )
    except click.Abort:
        raise GaveUp from None
    return str(said).strip()


def agreed(question: Words, language: Language) -> bool:
    """Tell whether the answer is yes."""
    return answer(question, language).lower().startswith(_ASSENT)


def confirmed(question: Words, language: Language) -> bool:
    """Ask whether to write.

    Raises RequestError where there is nobody to ask.
    """
    if not on_terminal():
        raise RequestError(
            Words("rien n'est écrit : personne à qui demander", "nothing is written: nobody to ask"),
            hint=Words(
                "écrire : --yes ; seulement voir : --dry-run", "to write: --yes; only to see: --dry-run"
            ),
        )
    return agreed(question, language)
