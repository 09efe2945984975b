"""The kinds of records of a call's project, files that could not be read being told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .options import project_of
from .unread import tell_unread

if TYPE_CHECKING:
    from accords.kinds import Kinds

    from .bilingual import Settings


def known_of(settings: Settings, *, to_write: bool = False) -> Kinds:
    """Return the kinds of records; rules that could not be read leave fields out, which is told."""
    from accords import kinds, loading

    project = project_of(settings, to_write=to_write)
    knowledge = loading.load(project)
    rules, wrong = loading.load_shapes(project)
    tell_unread((*knowledge.problems, *wrong), (*knowledge.documents, *rules), settings.language)
    return kinds.of(knowledge, rules)
