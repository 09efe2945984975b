"""What stands at a place of a text: the name that is written there, and what may be written next.

`name_at` takes a reading and an offset. `slot_at` takes a text, sound or not, and an offset; it walks the
tokens in front of the place with a stack of open brackets and tells what is expected: a subject, a property, a
value, an item of a list; behind which property and subject; which classes the subject was given; what is typed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from accords import turtle
from accords.turtle import TRIVIA, Token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accords.turtle import Name, Reading

Expects = Literal["subject", "property", "value", "nothing"]
_CLOSED = frozenset({"comment", "iri", "long", "number", "short"})  # tokens in which nothing is completed
_TERMS = frozenset({"name", "iri", "blank", "number", "long", "short"})
_DIRECTIVES = ("@prefix", "@base", "prefix", "base")


def name_at(reading: Reading, offset: int) -> Name | None:
    """Return the name that is written at an offset, or ends there."""
    found = (name for name in turtle.names(reading) if name.token.start <= offset <= name.token.end)
    return max(found, key=lambda name: name.token.start, default=None)


def inside(reading: Reading, offset: int, kinds: Sequence[str]) -> bool:
    """Tell whether an offset is in a token of some kinds."""
    return any(token.kind in kinds and token.start < offset < token.end for token in reading.tokens)


@dataclass(frozen=True, slots=True)
class Slot:
    """What may be written at a place."""

    expects: Expects
    start: int  # of what is typed already
    typed: str = ""
    subject: str | None = None  # as written
    verb: str | None = None
    classes: tuple[str, ...] = ()  # of the subject, as written
    said: tuple[str, ...] = ()  # its properties, as written in front of the place


@dataclass(slots=True)
class _Frame:
    """An open statement, bracket or list."""

    state: Literal["subject", "property", "value", "item", "done"]
    subject: str | None = None
    verb: str | None = None
    classes: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    start: int = 0  # of what is typed where something is expected


def slot_at(text: str, offset: int) -> Slot:
    """Return what may be written at an offset."""
    walk = _Walk()
    for token in turtle.tokens(text[:offset]):
        if token.kind in TRIVIA and token.kind != "comment":
            continue
        if token.end == offset and not walk.goes_on(token) and _closed(token):
            return Slot("nothing", offset)
        walk.pass_over(token, ends=token.end == offset)
    return walk.slot(text, offset)


def _closed(token: Token) -> bool:
    """Tell whether nothing is offered in a token: a text, an address, a number, a comment."""
    return token.kind in _CLOSED or token.text[:1] in {'"', "'", "<", "@", "^"}


class _Walk:
    """What is expected, token by token."""

    def __init__(self) -> None:
        """Stand in front of the first statement."""
        self.frames = [_Frame("subject")]
        self.parts = 0  # of a directive, still to come
        self.pending: Token | None = None  # what is being typed

    def goes_on(self, token: Token) -> bool:
        """Tell whether an apostrophe goes on with the bare words in front of it: « d'appui »."""
        return self.pending is not None and token.text.startswith("'")

    def pass_over(self, token: Token, *, ends: bool) -> None:
        """Take one more token; the last one, when it ends at the place, is being typed."""
        frame = self.frames[-1]
        if token.kind == "comment" or self.goes_on(token):
            return
        if self.parts:
            self.parts = 0 if token.text == "." else self.parts - 1
        elif frame.state == "subject" and token.text.lower() in _DIRECTIVES:
            # a name, an address, and a full stop behind those with an @
            self.parts = 1 + token.text.lower().endswith("prefix") + token.text.startswith("@")
        elif token.kind == "mark" and token.text != "^^":
            self._mark(token.text)
        elif not ends:
            self._term(token, frame)
        self._typed(token, ends=ends)

    def _typed(self, token: Token, *, ends: bool) -> None:
        """Note what is being typed: bare words in a row, or the last token."""
        if token.kind == "mark" or (token.kind in _TERMS and not ends) or self.parts:
            self.pending = None
        elif self.pending is None and (ends or token.text not in {"a", "true", "false"}):
            self.pending = token

    def _term(self, token: Token, frame: _Frame) -> None:
        word = token.text in ({"a"} if frame.state == "property" else {"true", "false"})
        if token.kind not in _TERMS and not (word and self.pending is None):
            return
        match frame.state:
            case "subject":
                frame.subject, frame.state = token.text, "property"
            case "property":
                frame.verb, frame.state = token.text, "value"
                frame.said.append(token.text)
            case "value":
                if frame.verb == "a":
                    frame.classes.append(token.text)
                frame.state = "done"
            case _:
                pass

    def _mark(self, mark: str) -> None:
        frame = self.frames[-1]
        match mark:
            case ".":
                self.frames = [_Frame("subject")]
            case ";":
                frame.state = "property"
            case ",":
                frame.state = "value"
            case "[":
                self._enter(_Frame("property"))
            case "(":
                self._enter(_Frame("item", frame.subject, frame.verb, frame.classes, frame.said))
            case _ if len(self.frames) > 1:
                self.frames.pop()

    def _enter(self, inner: _Frame) -> None:
        frame = self.frames[-1]
        frame.state = {"subject": "property", "value": "done"}.get(frame.state, frame.state)  # type: ignore[assignment]  # one of its own states
        self.frames.append(inner)

    def slot(self, text: str, offset: int) -> Slot:
        """Return what may stand at the end of the tokens."""
        frame = self.frames[-1]
        if self.parts or frame.state == "done":
            return Slot("nothing", offset)
        start = offset if self.pending is None else self.pending.start
        expects: Expects = "value" if frame.state == "item" else frame.state
        made = Slot(expects, start, text[start:offset], frame.subject, frame.verb)
        return replace(made, classes=tuple(frame.classes), said=tuple(frame.said))
