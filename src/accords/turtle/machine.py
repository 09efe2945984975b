"""One statement of triples read, token after token: a stack of open brackets, each with what it expects.

What is expected: `subject`; `verb` (`first` in a bracket just opened, `more` after a semicolon, `loose` after a
statement's bracketed subject: there a closing mark may come instead); `value`; `next` (a mark after a value);
`item` (of a list).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from pyoxigraph import BlankNode, Literal, NamedNode

from accords.vocab import FIRST, NIL, REST, TYPE

from . import faults, slips
from .spelling import TRUTHS, Problem, Refused, Speller, number, quoted, tagged, typed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from accords.terms import Term

    from .tokens import Token

_CLOSING = frozenset({",", ";", ".", "]", ")"})
_NODES = frozenset({"iri", "name"})
_STRINGS = frozenset({"short", "long"})
_DIRECTIVES = frozenset({"@prefix", "@base"})


class Stopped(Exception):
    """The rest of a statement makes no sense."""


@dataclass(slots=True)
class Node:
    """A term, or None for one that has a mistake, and what wrote it."""

    term: Term | None
    start: int
    end: int


Row = tuple[Node | None, Node | None, Node]


@dataclass(slots=True)
class _Open:
    """A bracket not closed yet, or the statement itself."""

    node: Node
    closed_by: str
    expects: str
    subject: Node | None = None
    verb: Node | None = None


def is_mark(token: Token, *marks: str) -> bool:
    """Tell whether a token is one of these marks."""
    return token.kind == "mark" and token.text in marks


def is_directive(token: Token) -> bool:
    """Tell whether a token declares a prefix or a base."""
    if token.kind == "word":
        return token.text.lower() in {"prefix", "base"}
    return token.kind == "tag" and token.text in _DIRECTIVES


@dataclass(slots=True)
class Machine:
    """The tokens of a text, the place reached, what was found."""

    text: str
    queue: list[Token]
    speller: Speller
    stem: str  # begins the labels of blank nodes that have none
    problems: list[Problem]
    rows: list[Row]
    stack: list[_Open]
    at: int = 0
    blanks: int = 0
    ended: bool = False  # a full stop has just ended a record
    verbs: dict[str, Token] = field(default_factory=dict)  # the properties met so far, by their spelling

    def next(self) -> Token:
        """Return the token reached, and go past it."""
        token = self.queue[self.at]
        self.at += 1
        return token

    def triples(self, *, begun: bool = False) -> Node | None:
        """Read one statement up to its full stop and return its subject. Raises Stopped.

        A statement that a full stop has cut in two has begun: a property comes next.
        """
        statement = _Open(Node(None, 0, 0), ".", "verb" if begun else "subject")
        self.stack = [statement]
        while self.stack:
            self._STEPS[self.stack[-1].expects](self, self.stack[-1])
        return statement.subject

    def begins(self, token: Token) -> bool:
        """Tell whether a token begins a statement, by what it is and where it stands."""
        if token.kind == "tag":
            return token.text in _DIRECTIVES
        first = token.start == 0 or self.text[token.start - 1] in "\r\n\ufeff"
        return first and (
            token.kind in _NODES or token.kind == "blank" or is_mark(token, "[", "(") or is_directive(token)
        )

    def note(self, problem: Problem) -> None:
        """Keep a problem, and go on."""
        self.problems.append(problem)

    def stop(self, problem: Problem) -> Stopped:
        """Keep a problem after which the statement is given up, at its token."""
        self.problems.append(problem)
        self.at -= 1
        return Stopped()

    def _fresh(self) -> BlankNode:
        self.blanks += 1
        return BlankNode(f"{self.stem}{self.blanks}")

    def _verb(self, bracket: _Open) -> None:
        if bracket.expects == "more" and self._no_more(bracket):
            return
        token = self.next()
        if token.kind in _NODES:
            self.verbs.setdefault(token.text, token)
            bracket.verb = Node(self._node(token), token.start, token.end)
        elif token.kind == "word" and token.text == "a":
            bracket.verb = Node(TYPE, token.start, token.end)
        elif token.kind == "mark" and token.text in _CLOSING:
            self._without_verb(bracket, token)
            return
        elif token.kind in _STRINGS or token.kind in {"blank", "number"}:  # meant as one, surely
            self.note(faults.misplaced(token, bracket.expects))
            bracket.verb = None
        else:
            raise self.stop(faults.misplaced(token, bracket.expects))
        bracket.expects = "value"

    def _no_more(self, bracket: _Open) -> bool:
        """Tell whether the semicolon just passed stands for a full stop, or for a comma, and note it."""
        ended = len(self.stack) == 1 and (self._finished() or slips.begins_record(self, self.at))
        if ended or slips.is_further_value(self, self.at):
            self.note(faults.instead(self.queue[self.at - 1], "." if ended else ","))
            bracket.expects = "value"
        if ended:
            self.stack.clear()
        return ended or bracket.expects == "value"

    def _finished(self) -> bool:
        return self.queue[self.at].kind == "end"

    def _without_verb(self, bracket: _Open, token: Token) -> None:
        """Close the bracket, pass a further semicolon, or note that a property is missing."""
        if bracket.expects != "verb" and token.text == bracket.closed_by:
            self._close(bracket, token)
        elif bracket.expects != "more" or token.text != ";":
            self.note(faults.misplaced(token, bracket.expects))
            self.at -= 1
            bracket.verb, bracket.expects = None, "next"

    def _value(self, bracket: _Open) -> None:
        if is_mark(self.queue[self.at - 1], ",") and self._no_value_more(bracket):
            return
        token = self.next()
        if token.kind != "mark":
            self._give(self._plain(token, bracket.expects))
        elif token.text == "[":
            node = Node(self._fresh(), token.start, token.end)
            self.stack.append(_Open(node, "]", "first", node))
        elif token.text == "(":
            self.stack.append(_Open(Node(NIL, token.start, token.end), ")", "item"))
        elif bracket.expects == "item":
            self._in_list(bracket, token)
        elif bracket.expects == "value" and token.text in _CLOSING:
            self.note(faults.misplaced(token, "value"))
            self.at -= 1
            bracket.expects = "next"
        else:
            raise self.stop(faults.misplaced(token, bracket.expects))

    def _no_value_more(self, bracket: _Open) -> bool:
        """Tell whether the comma just passed stands for a full stop, or for a semicolon, and note it."""
        if bracket.expects != "value":
            return False
        ended = len(self.stack) == 1 and (self._finished() or slips.begins_record(self, self.at))
        further = not ended and slips.is_property(self, self.at)
        if ended or further:
            self.note(faults.instead(self.queue[self.at - 1], "." if ended else ";"))
            bracket.expects = "verb"
        if ended:
            self.stack.clear()
        return ended or further

    def _in_list(self, bracket: _Open, token: Token) -> None:
        if token.text == ")":
            self._close(bracket, token)
            return
        problem = faults.misplaced(token, "item")
        if token.text not in {",", ";"}:
            raise self.stop(problem)
        self.note(problem)

    def _next(self, bracket: _Open) -> None:
        token = self.next()
        if token.kind == "mark" and token.text == bracket.closed_by:
            self._close(bracket, token)
        elif is_mark(token, ",", ";"):
            bracket.expects = "value" if token.text == "," else "more"
        else:
            self._without_mark(bracket, token)

    def _without_mark(self, bracket: _Open, token: Token) -> None:
        """Go on where a mark is missing, if it is clear which one. Raises Stopped."""
        at = self.at - 1
        if slips.language(self, at):
            self.note(faults.without_at(self.queue[at - 1], token))
            return
        problem = faults.at(token, faults.NO_DOT if bracket.closed_by == "." else faults.NO_BRACKET)
        glued = token.start == self.queue[at - 1].end
        mark = "" if glued else slips.unmarked(self, at)
        ended = mark == "." or (self.begins(token) and not mark) or token.kind == "end"
        if ended and bracket.closed_by == ".":
            problem = slips.lacking(self, at, ".")
        elif mark and not ended:
            problem = slips.lacking(self, at, mark)
        if ended:
            self.at -= 1
            self.stack.clear()
        elif mark:
            bracket.expects = "value" if mark == "," else "verb"
            self.at -= 1
        else:
            self._mangled(token, problem, glued=glued)
        self.note(problem)

    def _mangled(self, token: Token, problem: Problem, *, glued: bool) -> None:
        """Pass over what belongs to the value in front of it, or to nothing. Raises Stopped."""
        if token.kind in _NODES or (token.kind == "word" and token.text == "a"):
            self.at -= 1
            self.stack[-1].expects = "value" if is_mark(self.queue[self.at + 1], *_CLOSING) else "verb"
        elif token.kind == "number" and glued:  # a date
            while self.queue[self.at].kind == "number":
                self.at += 1
        elif token.kind == "number":
            self.at -= 1
            self.stack[-1].expects = "value"
        elif token.kind != "tag" and not is_mark(token, "]", ")"):
            raise self.stop(problem)

    def _close(self, bracket: _Open, token: Token) -> None:
        self.stack.pop()
        if not self.stack:
            return
        bracket.node.end = token.end
        if bracket.closed_by == ")" and bracket.subject is not None:
            self.rows.append((bracket.subject, _at(REST, token.start), Node(NIL, token.start, token.end)))
        parent = self.stack[-1]
        loose = parent.expects == "subject" and bracket.expects != "first" and bracket.closed_by == "]"
        self._give(bracket.node)
        if loose:
            parent.expects = "loose"

    def _give(self, node: Node) -> None:
        """Hand a value to the bracket that waits for it."""
        bracket = self.stack[-1]
        match bracket.expects:
            case "subject":
                bracket.subject, bracket.expects = node, "verb"
            case "value":
                self.rows.append((bracket.subject, bracket.verb, node))
                bracket.expects = "next"
            case _:
                self._append(bracket, node)

    def _append(self, bracket: _Open, item: Node) -> None:
        """Add an item to a list; the terms that nothing writes stand at the item, with no length."""
        cell = _at(self._fresh(), item.start)
        if bracket.subject is None:
            bracket.node.term = cell.term
        else:
            self.rows.append((bracket.subject, _at(REST, item.start), cell))
        self.rows.append((cell, _at(FIRST, item.start), item))
        bracket.subject = cell

    def _plain(self, token: Token, expected: str) -> Node:
        """Return a term without brackets. Raises Stopped."""
        if token.kind in _NODES:
            return Node(self._node(token), token.start, token.end)
        if token.kind == "blank":
            return Node(BlankNode(token.text[2:]), token.start, token.end)
        if expected != "subject" and token.kind in _STRINGS:
            return self._literal(token)
        if expected != "subject" and token.kind == "number":
            return Node(number(token.text), token.start, token.end)
        if expected != "subject" and token.kind == "word" and token.text in TRUTHS:
            return Node(TRUTHS[token.text], token.start, token.end)
        return self._no_value(token, expected)

    def _no_value(self, token: Token, expected: str) -> Node:
        """Pass over a token that is no value if what follows is clear. Raises Stopped."""
        if token.kind == "gap":
            self._to_fill(token, token)
            return Node(None, token.start, token.end)
        problem = faults.misplaced(token, expected)
        unclosed = token.kind == "wrong" and token.text[0] in "\"'<«“„" and token.text[:2] != "<<"
        if token.kind == "end" or not (unclosed or is_mark(self.queue[self.at], *_CLOSING)):
            raise self.stop(problem)
        self.note(problem)
        if unclosed and expected != "subject":
            self._suffixed("", token)
        return Node(None, token.start, token.end)

    def _node(self, token: Token) -> NamedNode | None:
        if token.text == "<…>":
            self._to_fill(token, token)
            return None
        try:
            return self.speller.node(token)
        except Refused as refused:
            self.note(refused.problem)
            return None

    def _to_fill(self, first: Token, last: Token) -> None:
        """Note that a place of a template is not filled."""
        verb = self.stack[-1].verb
        property_ = verb.term if verb is not None and isinstance(verb.term, NamedNode) else None
        self.note(faults.to_fill(first.start, last.end, property_))

    def _literal(self, token: Token) -> Node:
        try:
            text = quoted(token)
        except Refused as refused:
            self.note(refused.problem)
            return Node(None, token.start, self._suffixed("", token).end)
        return self._suffixed(text, token)

    def _suffixed(self, text: str, token: Token) -> Node:
        """Return the literal of a text with the language or the datatype behind it. Raises Stopped."""
        following = self.queue[self.at]
        try:
            if following.kind == "tag":
                self.at += 1
                return Node(tagged(text, following), token.start, following.end)
            if is_mark(following, "^^"):
                self.at += 1
                return self._typed(text, token)
            if following.kind == "gap" and following.start == token.end:
                self.at += 1
                self._to_fill(token, following)
                return Node(None, token.start, following.end)
            return Node(Literal(text), token.start, token.end)
        except Refused as refused:
            self.note(refused.problem)
            return Node(None, token.start, self.queue[self.at - 1].end)

    def _typed(self, text: str, token: Token) -> Node:
        datatype = self.next()
        if datatype.kind not in _NODES:
            raise self.stop(faults.at(datatype, faults.NO_DATATYPE))
        node = self._node(datatype)
        return Node(None if node is None else typed(text, node, datatype), token.start, datatype.end)

    _STEPS: ClassVar[Mapping[str, Callable[[Machine, _Open], None]]] = {
        "subject": _value,
        "value": _value,
        "item": _value,
        "next": _next,
        "verb": _verb,
        "first": _verb,
        "more": _verb,
        "loose": _verb,
    }


def _at(term: Term, offset: int) -> Node:
    return Node(term, offset, offset)
