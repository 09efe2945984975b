"""What is said of the words that still name what has gone: rules to mend, comments and texts to read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accords.language import Words, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accords.mentions import Mention

_SHOWN = 12  # places listed


def left(mentions: Sequence[Mention]) -> list[Words]:
    """Return what to say of the words that still name what has gone."""
    said = []
    if rules := [mention for mention in mentions if mention.rule]:
        places = _places(rules)
        said.append(
            Words(
                f"À corriger à la main, des règles le cherchent encore dans leur SPARQL : {places}",
                f"To mend by hand, rules still look for it in their SPARQL: {places}",
            )
        )
    if words := [mention for mention in mentions if not mention.rule]:
        places = _places(words)
        said.append(
            Words(
                f"À relire, l'ancien nom reste dans un commentaire ou un texte : {places}",
                f"To read again, the old name still stands in a comment or a text: {places}",
            )
        )
    return said


def _places(mentions: Sequence[Mention]) -> str:
    listed = ", ".join(f"{printable(mention.file, 200)}:{mention.line}" for mention in mentions[:_SHOWN])
    return listed + (f", … (+{len(mentions) - _SHOWN})" if len(mentions) > _SHOWN else "")
