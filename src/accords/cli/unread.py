"""What a command that goes on says about files that could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from accords.language import Words, printable
from accords.render.phrases import number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accords.language import Language
    from accords.loading import Document, FileProblem

_NAMED = 3  # files that are named, the others being counted


def tell_unread(problems: Iterable[FileProblem], documents: Iterable[Document], language: Language) -> None:
    """Say on stderr which files could not be read, if any; what was read goes on being used."""
    read = {document.name for document in documents}
    unread = {problem.location.file for problem in problems} - read
    if not unread:
        return
    names = ", ".join(printable(name) for name in sorted(unread)[:_NAMED]) + (
        ", …" if len(unread) > _NAMED else ""
    )
    one = Words(f"1 fichier n'a pas pu être lu : {names}", f"1 file could not be read: {names}")
    several = Words(
        f"{number(len(unread), 'fr')} fichiers n'ont pas pu être lus : {names}",
        f"{number(len(unread), 'en')} files could not be read: {names}",
    )
    what = (one if len(unread) == 1 else several).to(language)
    why = Words("« accords check » dit pourquoi", "“accords check” tells why").to(language)
    click.echo(f"accords: {what} ; {why}" if language == "fr" else f"accords: {what}; {why}", err=True)
