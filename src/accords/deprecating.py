"""Something deprecated in favour of something else: its record stays, and says so.

Takes a workplace, what retires and what replaces it, if anything does; gives a plan.

1. The record keeps all that it says; `owl:deprecated`, the successor and the reason join it.
2. What had named it as its own successor names the new one: nothing retired stands for something retired.
3. Its other references are told or, when asked, repointed; a record that tells the two apart is mended first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .editing import Change
from .errors import RequestError
from .language import Words
from .retiring import must_be_alike, must_be_ours, must_be_unlinked, must_live, retired
from .vocab import RECORD, REPLACED_BY

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from .retiring import Plan, Reason, Workplace

_MOST = 10  # references listed


def deprecated(  # noqa: PLR0913  # what the command line can ask for
    place: Workplace, old: NamedNode, new: NamedNode | None, reason: Reason, *, title: str, move: bool = False
) -> Plan:
    """Return the plan by which something retires; with `move`, what referred to it refers to its successor.

    Raises RequestError for what cannot retire, or not in favour of that.
    """
    must_be_ours(place, old)
    must_live(place, old)
    if new is not None:
        must_live(place, new)
        must_be_alike(place, old, new)
        if move:
            must_be_unlinked(place, old, new)
    elif not old.value.startswith(RECORD) or move:
        raise RequestError(
            Words("il manque ce qui le remplace", "what replaces it is missing"),
            hint=Words("--by NOM", "--by NAME"),
        )
    change = Change(
        names={} if new is None else {old: new},
        keeping=frozenset({old}),
        only=frozenset() if move else frozenset({REPLACED_BY}),
        said={old: retired(reason, new)},
    )
    return place.plan(title, change, [old] if move else [], [] if move else _cited(place, old))


def _cited(place: Workplace, node: NamedNode) -> list[Words]:
    """Return what to say of the records that still refer to something that retires."""
    found = place.references(node)
    if not found:
        return []
    listed = ", ".join(f"{file}:{line}" for file, line in found[:_MOST])
    more = f", … (+{len(found) - _MOST})" if len(found) > _MOST else ""
    return [
        Words(
            f"encore cité {len(found)} fois : {listed}{more} (--move-references les fait suivre)",
            f"still cited {len(found)} time{'s' * (len(found) > 1)}: {listed}{more} (--move-references repoints them)",
        )
    ]
