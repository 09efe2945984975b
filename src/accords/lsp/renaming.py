"""Another name for a record, a concept or a term, from an editor: the plan of `accords rename`, as edits.

Takes the project with the texts that the editor has open, the name under the pointer and what was typed; gives
the plan: tombstone, queries, every file. What the command refuses is refused with its words. The old name keeps
its tombstone, unless no file on disk has ever heard of it: it stands in unsaved texts only, in nobody's hands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from accords import journal, renaming, retiring
from accords.errors import RequestError
from accords.language import Words
from accords.names import Names

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from accords.project import Project
    from accords.retiring import Plan, Workplace
    from accords.turtle import Name


def check(place: Workplace, name: Name | None) -> Name:
    """Return the name of something that can be called otherwise. Raises RequestError for anything else."""
    if name is None:
        raise RequestError(
            Words(
                "pas le nom d'une fiche, d'un concept ni d'un terme",
                "not the name of a record, a concept or a term",
            )
        )
    retiring.must_be_ours(place, name.node)
    if name.node not in place.knowledge.homes:
        raise Names(place.knowledge).unknown(place.curie(name.node))
    retiring.must_live(place, name.node)
    return name


def planned(project: Project, name: Name | None, typed: str) -> Plan:
    """Return what `accords rename` would write, had the open texts been saved. Raises AccordsError."""
    if journal.waiting(project.root):
        raise journal.pending(project.root)
    place = retiring.workplace(project)
    held = check(place, name)
    new = _meant(place, held, typed)
    title = f"accords rename {place.curie(held.node)} {new}"
    unreleased = _only_typed(place, held.node)
    return renaming.renamed(place, held.node, new, None, title=title, unreleased=unreleased)


def _meant(place: Workplace, name: Name, typed: str) -> str:
    """Return what was typed, with the prefixes of the file in place of the house ones."""
    prefix, colon, local = typed.strip().partition(":")
    own = name.prefixes.get(prefix) if colon else None
    return typed if own is None or own == place.knowledge.prefixes.table.get(prefix) else own + local


def _only_typed(place: Workplace, node: NamedNode) -> bool:
    """Tell whether a name stands in unsaved texts only: no file, as it is on disk, holds it."""
    drafts = place.knowledge.project.drafts
    last = node.value.removeprefix(retiring.sort_of(node)).encode()
    return (
        node not in renaming.released(place)
        and not any(node in place.named[file.name] for file in place.files if file.name not in drafts)
        and not any(last in _saved(place, name) for name in drafts)
    )


def _saved(place: Workplace, name: str) -> bytes:
    """Return what a file holds on disk; nothing when it is not there."""
    try:
        return (place.knowledge.project.root / name).read_bytes()
    except OSError:
        return b""
