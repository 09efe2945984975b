"""What is said of a record that is there already, or is perhaps the same as a new one: where, what differs, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal

from .errors import RequestError
from .language import Words, printable
from .names import folded
from .twins import bare

if TYPE_CHECKING:
    from .kinds import Kinds
    from .terms import Term
    from .twins import Difference, Twin

OPTION = "--homonym"


def there(twin: Twin, kinds: Kinds, line: int | None = None) -> Words:
    """Return the sentence that says that a record is there; `line` is that of a table for a row of the same call."""
    name = printable(twin.name)
    said = Words(f"« {name} »", f"“{name}”") if name else Words("cette fiche", "this record")
    if line is not None:
        return Words(
            f"{said.fr} est déjà à la ligne {line} du tableau",
            f"{said.en} is already on line {line} of the table",
        )
    curie, label = kinds.knowledge.prefixes.show(twin.node), kinds.facts.thing(twin.node).label
    at = (
        curie if twin.written is None else f"{curie}, {printable(twin.written.file, 200)}:{twin.written.line}"
    )
    if not name or label is None or folded(name) in map(folded, label):
        return Words(f"{said.fr} existe déjà : {at}", f"{said.en} exists already: {at}")
    also = Words(
        f"{said.fr} est déjà un nom de « {label.fr} »", f"{said.en} is already a name of “{label.en}”"
    )
    return Words(f"{also.fr} : {at}", f"{also.en}: {at}")


def differing(twin: Twin, kinds: Kinds) -> Words:
    """Return what a record says and what was given, field by field."""
    rows = [_differing(one, kinds) for one in twin.differences]
    return Words(" ; ".join(row.fr for row in rows), "; ".join(row.en for row in rows))


def _differing(one: Difference, kinds: Kinds) -> Words:
    known = {bare(term) for term in one.held}
    given = ", ".join(_shown(term, kinds) for term in one.given if bare(term) not in known)
    name, line = one.slot.field.name, one.written.line if one.written is not None and one.held else None
    if one.slot.several or not one.held:
        return Words(f"{name.fr} : {given} en plus", f"{name.en}: {given} in addition")
    known = {bare(term) for term in one.given}
    held = ", ".join(_shown(term, kinds) for term in one.held if bare(term) not in known)
    return Words(f"{name.fr} : {held} → {given}, ligne {line}", f"{name.en}: {held} → {given}, line {line}")


def _shown(term: Term, kinds: Kinds) -> str:
    if isinstance(term, Literal):
        return printable(f"{term.value}@{term.language}" if term.language else term.value)
    return kinds.knowledge.prefixes.show(term)


def refusal(twin: Twin, kinds: Kinds, line: int | None = None) -> RequestError:
    """Return the refusal of a draft whose record is perhaps there already, with what to do."""
    change = differing(twin, kinds)
    same = Words(f"la modifier là ({change.fr})", f"change it there ({change.en})")
    if twin.written is None:
        same = Words("n'en garder qu'une", "keep one of them")
    elif not change.fr:
        same = Words("rien à faire", "nothing to do")
    return RequestError(
        there(twin, kinds, line),
        hint=Words(
            f"si c'est la même : {same.fr} ; si c'en est une autre : {OPTION}",
            f"if it is the same: {same.en}; if it is another: {OPTION}",
        ),
    )


def unchanged(twin: Twin, kinds: Kinds) -> RequestError:
    """Return the refusal of a row that bears the name of a record and says something else."""
    change = differing(twin, kinds)
    return RequestError(
        there(twin, kinds),
        hint=Words(
            f"un tableau n'ajoute que des fiches neuves ; à modifier là : {change.fr}",
            f"a table adds new records only; to change there: {change.en}",
        ),
    )
