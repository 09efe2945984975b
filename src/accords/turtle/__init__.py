"""Turtle 1.1 as it is written: tokens, statements, and where each triple of a file stands.

`tokens(text)` cuts any text, sound or not, into pieces that give it back when joined. `read(text)` gives
the statements, the triples with their places and every error. `laid_out` and `ordered` write such a text anew,
nothing but its white space or the order of its records changed; `names` finds every name by what it stands for.
pyoxigraph decides what is valid and what the terms are; this package says where.
"""

from .layout import laid_out
from .lines import Lines
from .naming import Name, meant, names, spelt
from .ordering import ordered
from .reading import Reading, Span, Statement, Triple, read
from .spelling import Problem
from .tokens import TRIVIA, Token, pieces, tokens

__all__ = [
    "TRIVIA",
    "Lines",
    "Name",
    "Problem",
    "Reading",
    "Span",
    "Statement",
    "Token",
    "Triple",
    "laid_out",
    "meant",
    "names",
    "ordered",
    "pieces",
    "read",
    "spelt",
    "tokens",
]
