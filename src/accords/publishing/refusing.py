"""A file that cannot be read is no part of what is published: neither is anything else, then."""

from __future__ import annotations

from accords.errors import ContentError
from accords.language import Words, printable


def refusal(place: str) -> ContentError:
    """Return what to raise for a file that cannot be read."""
    shown = printable(place, 400)
    return ContentError(
        Words(
            f"{shown} : illisible ; rien n'est publié d'une partie du graphe",
            f"{shown}: unreadable; nothing is published from a part of the graph",
        ),
        hint=Words("ce qui ne va pas : accords check", "what is wrong: accords check"),
    )
