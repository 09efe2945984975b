"""`accords check --watch`: the files looked at again and again, those that were saved checked."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from accords.language import Words, printable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import NoReturn

    from accords.language import Language
    from accords.project import Project

PAUSE = 0.3  # seconds between two looks
_GONE = Words("n'existe plus", "no longer exists")


def watch(
    project: Project, only: tuple[Path, ...], check: Callable[[tuple[Path, ...]], int], language: Language
) -> NoReturn:
    """Check at every save of a content file, until interrupted; the files given are checked at once."""
    from accords import standing

    before = standing.survey(project, only).files
    if only:
        _checked(only, check, project, language)
    _waiting(language)
    while True:
        time.sleep(PAUSE)
        now = standing.survey(project, only).files
        names = [*now, *(name for name in before if name not in now)]
        paths = tuple(
            (now.get(name) or before[name]).path for name in names if now.get(name) != before.get(name)
        )
        before = now
        if paths:
            _checked(paths, check, project, language)
            _waiting(language)


def _checked(
    paths: tuple[Path, ...], check: Callable[[tuple[Path, ...]], int], project: Project, language: Language
) -> None:
    gone = _GONE.to(language)
    names = ", ".join(
        printable(project.name_of(path.resolve()), 200) + ("" if path.exists() else f" ({gone})")
        for path in paths
    )
    click.echo(f"── {names} ──")
    check(paths)


def _waiting(language: Language) -> None:
    said = Words("En attente d'un enregistrement (Ctrl-C pour finir)", "Waiting for a save (Ctrl-C to end)")
    click.echo(f"{said.to(language)}\n", err=True)
