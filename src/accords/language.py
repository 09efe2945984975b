"""Two languages, French first: a sentence is a pair, and the edge picks.

`Words(fr, en)` holds one sentence in both languages; `printable` makes any text fit for a terminal.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")

_FIRST_PLANE = 0xFFFF  # the last code that four digits name
SHOWN = 80  # characters of somebody's text that a message repeats


class Words(NamedTuple):
    """One sentence in French and in English."""

    fr: str
    en: str

    def to(self, language: Language) -> str:
        """Return the sentence in that language.

        >>> Words("oui", "yes").to("en")
        'yes'
        """
        return self.en if language == "en" else self.fr


def chosen(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Return the reader's language: `--lang`, else the locale, else French.

    >>> chosen(["check", "--lang", "en"], {"LANG": "fr_FR.UTF-8"})
    'en'
    >>> chosen(["check"], {"LANG": "en_GB.UTF-8"}), chosen([], {"LANG": "C"})
    ('en', 'fr')
    """
    asked = [*arguments, ""]
    for word, following in pairwise(asked):
        if word == "--":
            break
        value = following if word == "--lang" else word.removeprefix("--lang=")
        if word.startswith("--lang") and value in LANGUAGES:
            return "en" if value == "en" else "fr"
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(variable, ""):
            return "en" if value.lower().startswith("en") else "fr"
    return "fr"


def printable(text: str, limit: int = SHOWN) -> str:
    r"""Return text on one line, cut, with control and bidirectional characters escaped.

    >>> printable("a\nb\u202ec")
    'a\\u000ab\\u202ec'
    """
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    if cut.isprintable():  # most texts: nothing but letters, marks and plain spaces
        return cut
    return "".join(_escaped(letter) if _unseen(letter) else letter for letter in cut)


def _unseen(letter: str) -> bool:
    category = unicodedata.category(letter)
    return category[0] == "C" or category in {
        "Zl",
        "Zp",
    }  # controls, directions, halves, private, not assigned


def _escaped(letter: str) -> str:
    return f"\\u{ord(letter):04x}" if ord(letter) <= _FIRST_PLANE else f"\\U{ord(letter):08x}"
