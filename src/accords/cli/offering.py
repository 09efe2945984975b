"""What a shell offers for `accords ask`: the questions, then the parameters and values of one."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from accords.errors import AccordsError

from .bilingual import Settings, language_of
from .options import project_of

if TYPE_CHECKING:
    import click

    from accords.catalogue import Catalogue
    from accords.project import Project


def names(context: click.Context, _parameter: click.Parameter, begun: str) -> list[Any]:
    """Offer the questions whose name or number begins so, to the shell."""
    from click.shell_completion import CompletionItem

    language = language_of(context)
    with contextlib.suppress(AccordsError, OSError):
        return [
            CompletionItem(name, help=one.title.to(language))
            for one in _catalogue(context).questions
            for name in (one.short, one.number if begun else None)
            if name is not None and name.casefold().startswith(begun.casefold())
        ]
    return []


def values(context: click.Context, _parameter: click.Parameter, begun: str) -> list[Any]:
    """Offer the parameters of the question, then the values of the one begun, to the shell."""
    from click.shell_completion import CompletionItem

    from accords.completing import offers

    name = context.params.get("name") or next(
        iter(context.args), None
    )  # behind -p, click has not sorted them
    with contextlib.suppress(AccordsError, OSError):
        question = _catalogue(context).find(name or "")
        found = offers(_project(context), question, begun, language_of(context))
        return [CompletionItem(word, help=said) for word, said in found]
    return []


def _project(context: click.Context) -> Project:
    settings = context.find_object(Settings) or Settings()
    parent = context.parent
    settings.root = settings.root or (parent.params.get("root") if parent is not None else None)
    return project_of(settings)


def _catalogue(context: click.Context) -> Catalogue:
    from accords import catalogue

    return catalogue.load(_project(context))
