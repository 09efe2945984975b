"""Lines of text for a terminal: safe, wrapped, with names in a column. The reader's language picks the words."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from accords.language import Words, printable
from accords.things import Text, Thing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from accords.language import Language
    from accords.location import Location
    from accords.things import Value

WIDTH = 100
_WIDEST_NAME = 28
_APART = re.compile(r"(?<=«) | (?=[»;:!?])|(?<=\d) (?=sur \d|of \d)|(?<=\d sur) (?=\d)|(?<=\d of) (?=\d)")
_BOND = "\x1f"  # stands for a space where a line must not break; texts have none left once they are safe


def safe(text: str) -> str:
    r"""Return a whole text on one line, with control and bidirectional characters escaped.

    >>> safe("a\u202eb")
    'a\\u202eb'
    """
    return printable(text, len(text))


def bound(text: str) -> str:
    r"""Return a text whose marks stay on the line of their words, as print has it: by spaces that do not break.

    >>> bound("« un » : 3 sur 5")
    '«\xa0un\xa0»\xa0: 3\xa0sur\xa05'
    """
    return _APART.sub("\N{NO-BREAK SPACE}", text)


def wrapped(text: str, *, indent: int = 0, hanging: int = 0, width: int | None = None) -> list[str]:
    """Return a text on lines of at most WIDTH characters; those after the first are further in by `hanging`.

    No line begins with a mark that French sets apart by a space, nor within « 3 sur 5 ». With `width`, lines are at most that wide,
    and a word that is longer goes on in the next line.

    >>> wrapped("mot " * 24 + "fini ; suite")[1]
    'fini ; suite'
    >>> wrapped("ab cdefghi", width=5)
    ['ab cd', 'efghi']
    """
    bound = _APART.sub(_BOND, safe(text))
    lines = textwrap.wrap(
        bound,
        max(WIDTH if width is None else width, indent + hanging + (20 if width is None else 1)),
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hanging),
        break_long_words=width is not None,
        break_on_hyphens=False,
    )
    return [line.replace(_BOND, " ") for line in lines]


def packed(pieces: Iterable[str], width: int) -> list[str]:
    """Return pieces beside one another, as many a line as the width takes; a wider one is wrapped.

    >>> packed(["un", "deux", "trois"], 8)
    ['un  deux', 'trois']
    """
    lines: list[str] = []
    for piece in pieces:
        if lines and len(lines[-1]) + 2 + len(piece) <= width:
            lines[-1] += f"  {piece}"
        else:
            lines += wrapped(piece, hanging=2, width=width)
    return lines


def columns(
    rows: Sequence[tuple[str, Sequence[str]]], *, indent: int = 2, width: int | None = None
) -> list[str]:
    """Return names in a column and their values beside them, one a line."""
    beginning = min(max((len(name) for name, _ in rows), default=0), _WIDEST_NAME)
    lines: list[str] = []
    for name, values in rows:
        head = " " * indent + safe(name).ljust(beginning) + "  "
        within = indent + beginning + 2
        beside = [line for value in values for line in wrapped(value, indent=within, width=width)]
        first = beside[0].lstrip() if beside else ""
        if len(head) > within:  # a long name has its line to itself
            lines += [head.rstrip(), *beside]
        else:
            lines += [(head + first).rstrip(), *beside[1:]]
    return lines


def opened(name: str) -> str:
    """Return a name with a capital, as it stands at the beginning of a line.

    >>> opened("échéance")
    'Échéance'
    """
    return name[:1].upper() + name[1:]


def place(written: Location) -> str:
    """Return file:line, which editors turn into a link."""
    return f"{safe(written.file)}:{written.line}"


def thing(shown: Thing, language: Language) -> str:
    """Return « label (CURIE) », or « CURIE (kind) » for what has no label."""
    if shown.label is not None:
        return f"{shown.label.to(language)} ({shown.curie})"
    return shown.curie if shown.kind is None else f"{shown.curie} ({shown.kind.to(language)})"


def things(shown: Iterable[Thing], language: Language) -> str:
    """Return several things in one sentence."""
    return ", ".join(thing(one, language) for one in shown)


def value(shown: Value, language: Language) -> str:
    """Return a thing, or a text with its language when that is not the reader's."""
    if isinstance(shown, Thing):
        return thing(shown, language)
    foreign = shown.language is not None and shown.language != language
    return f"{shown.text} ({shown.language})" if foreign else shown.text


def notes(texts: Iterable[Text], language: Language) -> list[str]:
    """Return notes in the reader's language; those of another language when there is none."""
    said = tuple(texts)
    own = [text.text for text in said if text.language in {None, language}]
    return own or [value(text, language) for text in said]


def quoted(words: str, language: Language) -> str:
    """Return words between the quotation marks of a language."""
    return Words(f"« {words} »", f"“{words}”").to(language)
