"""JSON-LD framing: nodes that refer to each other become one tree (PyLD, an extra).

Nothing is ever fetched: there is no remote context.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NoReturn

from .errors import MissingLibrary

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Node = dict[str, Any]


def framed(nodes: Sequence[Node], frame: Mapping[str, Any], reverse: Mapping[str, str]) -> Node:
    """Return the tree that a frame makes of expanded nodes; nothing for a frame that none matches.

    `reverse` names the properties that are followed from their value, with the keys that hold what they lead
    back to. All values are lists.

    Raises MissingLibrary.
    """
    context = {key: {"@reverse": path} for key, path in reverse.items()}
    options = {
        "embed": "@always",
        "omitDefault": True,
        "omitGraph": False,
        "compactArrays": False,
        "documentLoader": _refuse,
    }
    found = _frame()(list(nodes), {"@context": context, **frame}, options)
    trees: list[Node] = found["@graph"]
    return trees[0] if trees else {}


@cache
def _frame() -> Callable[..., Node]:
    try:
        from pyld import jsonld  # noqa: PLC0415  # an extra
    except ImportError as missing:
        library = "PyLD"
        raise MissingLibrary(library, "accords-emploi[framed]") from missing
    return jsonld.frame  # type: ignore[no-any-return]  # it has no types


def _refuse(url: str, _options: object) -> NoReturn:
    raise AssertionError(url)  # every context is at hand
