"""Slips of the hand: the mark that is missing or wrong, told from what its author wrote around it.

Where a statement cannot go on, these look at the tokens on both sides and at how lines begin. What stands at the
first column, or behind a blank line, and is followed by two terms, begins a record; what begins a line further in
and is followed by one value, is a property of the record.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import faults
from .spelling import TRUTHS

if TYPE_CHECKING:
    from .machine import Machine
    from .spelling import Problem
    from .tokens import Token

_BREAK = re.compile(r"\r\n|\n|\r")
_BLANK_LINE = re.compile(r"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?")
_NODES = frozenset({"iri", "name"})
_TERMS = frozenset({"iri", "name", "blank", "short", "long", "number"})
_ENDING = frozenset({",", ";", ".", "]", ")"})
_OPENING = frozenset({"[", "("})


def begins_record(machine: Machine, at: int) -> bool:
    """Tell whether the token there begins another record, whatever stands in front of it."""
    first, second, third = _three(machine, at)
    if first.kind not in _NODES or not _begins_line(machine, at):
        return False
    if _is_a(second):
        return True
    apart = _column(machine, first) == 0 or _BLANK_LINE.search(
        machine.text, _end_before(machine, at), first.start
    )
    return bool(apart) and second.kind in _NODES and _is_value(third) and _on_one_line(machine, second, third)


def goes_on(machine: Machine, at: int) -> bool:
    """Tell whether what stands behind a full stop is one more property of the record that it ended."""
    first, second, third = _three(machine, at)
    if _is_a(first):
        return second.kind in _NODES
    if first.kind not in _NODES or not _begins_line(machine, at):
        return False
    if not (_column(machine, first) or first.text in machine.verbs):
        return False
    return _is_value(second) and (second.kind not in _NODES or _is_mark(third, _ENDING))


def is_property(machine: Machine, at: int) -> bool:
    """Tell whether what stands behind a comma is a property with its value, on a line of their own."""
    first, second, _ = _three(machine, at)
    if _is_a(first):
        return second.kind in _NODES
    if first.kind not in _NODES or not _begins_line(machine, at) or not _on_one_line(machine, first, second):
        return False
    other = second.kind != "name" or _prefix(first) != _prefix(second)
    return _is_value(second) and (other or first.text in machine.verbs)


def is_further_value(machine: Machine, at: int) -> bool:
    """Tell whether what stands behind a semicolon is one more value, and no property."""
    first, second, _ = _three(machine, at)
    if first.kind in {"short", "long", "number"}:
        return True
    value, verb = machine.queue[at - 2], machine.queue[at - 3]
    alike = first.kind == value.kind == "name" and _prefix(first) == _prefix(value) and not _is_a(verb)
    if not alike or not _is_mark(second, _ENDING):
        return False  # nearly always, and soon known
    return _prefix(first) not in {_prefix(one) for one in machine.verbs.values()}


def unmarked(machine: Machine, at: int) -> str:
    """Return the mark that is missing in front of the token there, or nothing where that is not clear."""
    first, second, _ = _three(machine, at)
    if begins_record(machine, at):
        return "."
    if first.kind in _NODES or _is_a(first):
        return "," if _is_mark(second, _ENDING) else ";"
    return "," if first.kind in {"short", "long", "blank"} else ""


def language(machine: Machine, at: int) -> bool:
    """Tell whether the token there is a language whose @ is missing, behind a string."""
    word, following, _ = _three(machine, at)
    text = machine.queue[at - 1]
    return (
        text.kind in {"short", "long"}
        and word.kind == "word"
        and _LANGUAGE.fullmatch(word.text) is not None
        and _is_mark(following, _ENDING)
        and _on_one_line(machine, text, word)
    )


def lacking(machine: Machine, at: int, mark: str) -> Problem:
    """Return the problem of the value in front of the token there, behind which a mark is missing."""
    queue, end = machine.queue, _end_before(machine, at)
    first = at - 1
    if queue[first].kind == "tag":
        first -= 1
    elif first > 1 and _is_mark(queue[first - 1], {"^^"}):
        first -= 2
    start = queue[first].start
    for line in _BREAK.finditer(machine.text, start, end):
        start = line.end()  # of a text of several lines, the last
    return faults.lacking(start, end, mark)


def _three(machine: Machine, at: int) -> tuple[Token, Token, Token]:
    """Return a token and the two behind it; behind the last, the last again."""
    last = len(machine.queue) - 1
    first, second, third = (machine.queue[min(place, last)] for place in (at, at + 1, at + 2))
    return first, second, third


def _is_a(token: Token) -> bool:
    return token.kind == "word" and token.text == "a"


def _is_mark(token: Token, marks: frozenset[str] | set[str]) -> bool:
    return token.kind == "mark" and token.text in marks


def _is_value(token: Token) -> bool:
    if token.kind == "word":
        return token.text in TRUTHS
    return (
        token.kind in _TERMS
        or _is_mark(token, _OPENING)
        or (token.kind == "wrong" and token.text[0] in "\"'«“<")
    )


def _prefix(token: Token) -> str:
    return token.text.partition(":")[0] if token.kind == "name" else ""


def _end_before(machine: Machine, at: int) -> int:
    return machine.queue[at - 1].end if at else 0


def _begins_line(machine: Machine, at: int) -> bool:
    return (
        not at or _BREAK.search(machine.text, _end_before(machine, at), machine.queue[at].start) is not None
    )


def _on_one_line(machine: Machine, one: Token, other: Token) -> bool:
    return _BREAK.search(machine.text, one.end, other.start) is None


def _column(machine: Machine, token: Token) -> int:
    """Return how far a token stands from the margin."""
    begun = max(machine.text.rfind("\n", 0, token.start), machine.text.rfind("\r", 0, token.start))
    return token.start - begun - 1
