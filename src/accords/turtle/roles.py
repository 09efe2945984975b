"""What each token of a sound text is for.

Roles: `subject`; `directive` and the `part`s behind it; `first` for the property behind a subject or an opening
bracket, `verb` for the others; `only` for the value behind its property, `value` for the others; `item` of a
list; `suffix` of a string; `mark`, `close`, `comment`. An opening bracket plays the role of what it opens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .machine import is_directive, is_mark
from .tokens import TRIVIA

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .tokens import Token

_OPENED = {"[": "first", "(": "item"}
_BEHIND = {"subject": "first", "first": "only", "verb": "only", "item": "item"}  # else a mark
_MARKED = {",": "value", ";": "verb", ".": "subject"}


def roles(tokens: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    """Yield each token but white space with its role."""
    walk = _Walk()
    for token in tokens:
        if token.kind == "comment":
            yield token, "comment"
        elif token.kind not in TRIVIA:
            yield token, walk.role(token)


class _Walk:
    """What is expected next, in each open bracket."""

    def __init__(self) -> None:
        """Stand in front of the first statement."""
        self.expects = ["subject"]
        self.parts = 0  # of a directive, still to come
        self.datatype = False

    def role(self, token: Token) -> str:
        """Return the role of the next token."""
        if self.parts:
            self.parts -= 1
            return "part"
        if self.datatype or token.text == "^^":
            self.datatype = token.text == "^^"
            return "suffix"
        if self.expects == ["subject"] and is_directive(token):
            self.parts = 1 + (token.text.lower().endswith("prefix")) + (token.kind == "tag")
            return "directive"
        if token.kind == "tag":
            return "suffix"
        if token.kind == "mark":
            return self._mark(token)
        role = self.expects[-1]
        self.expects[-1] = _BEHIND.get(role, "mark")
        return role

    def _mark(self, token: Token) -> str:
        if is_mark(token, "]", ")"):
            self.expects.pop()
            return "close"
        if token.text in _MARKED:
            self.expects[-1] = _MARKED[token.text]
            return "mark"
        role = self.expects[-1]
        self.expects[-1] = _BEHIND.get(role, "mark")
        self.expects.append(_OPENED[token.text])
        return role
