"""What a table would do, on a terminal: the lines that would be added, or every mistake at its cell."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from accords.language import Words

from .phrases import counted
from .prose import safe, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accords.adding import Addition
    from accords.authoring import Draft
    from accords.headings import Mistake
    from accords.importing import Plan
    from accords.language import Language

_FRESH = Words("fiche nouvelle", "new record"), Words("fiches nouvelles", "new records")
_SAME = (
    Words("déjà là, inchangée", "there already, unchanged"),
    Words("déjà là, inchangées", "there already, unchanged"),
)
_FILES = Words("fichier", "file"), Words("fichiers", "files")
_MISTAKES = Words("erreur", "mistake"), Words("erreurs", "mistakes")


def mistakes(plan: Plan, name: str, language: Language) -> str:
    """Return every mistake with its row, its column, its value and what would do."""
    lines = [line for one in plan.mistakes for line in _mistake(one, safe(name), language)]
    count = counted(len(plan.mistakes), *_MISTAKES, language)
    said = Words(f"{count} ; rien n'est écrit", f"{count}; nothing is written")
    return "\n".join([*lines, "", said.to(language)]) + "\n"


def _mistake(one: Mistake, name: str, language: Language) -> Iterator[str]:
    colon = Words(" : ", ": ").to(language)
    heading = f" ({safe(one.heading.to(language))})" if one.heading.fr else ""
    yield f"{name}:{one.column}{one.line}{heading}{colon}{one.message.to(language)}"
    if one.hint is not None:
        yield from wrapped(f"→ {one.hint.to(language)}", indent=2, hanging=2)


def plan(found: Plan, language: Language) -> str:
    """Return what would be written, as a difference of each file, and how many records that is."""
    lines = [line for addition in found.additions for line in _difference(addition)]
    parts = [counted(len(found.fresh), *_FRESH, language)]
    if found.same:
        parts.append(counted(len(found.same), *_SAME, language))
    said = ", ".join(parts)
    if found.additions:
        files = counted(len(found.additions), *_FILES, language)
        said += Words(f", dans {files}", f", in {files}").to(language)
    left = [line for draft in found.fresh for one in draft.all for line in _missing(one, language)]
    return "\n".join([*lines, *([""] if lines else []), *left, said]) + "\n"


def _missing(draft: Draft, language: Language) -> list[str]:
    """Return which required fields of a record are still to be filled."""
    names = ", ".join(slot.field.name.to(language) for slot in draft.missing)
    shown = f"{draft.kind.prefix}:{draft.node.value.rpartition('/')[2]}"
    said = Words(f"à compléter, {shown} : {names}", f"to complete, {shown}: {names}").to(language)
    return wrapped(said, hanging=2) if names else []


def written(found: Plan, language: Language) -> str:
    """Return what was written, and what to do next."""
    names = " ".join(safe(addition.name) for addition in found.additions)
    return (
        Words(f"écrit ; vérifier : accords check {names}", f"written; check: accords check {names}").to(
            language
        )
        + "\n"
    )


def _difference(addition: Addition) -> Iterator[str]:
    before = [] if addition.before is None else addition.before.splitlines()
    origin = "/dev/null" if addition.before is None else addition.name
    for line in difflib.unified_diff(
        before, addition.after.splitlines(), origin, addition.name, lineterm="", n=1
    ):
        yield safe(line)
