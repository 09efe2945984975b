"""What an engine finds: the rows of a query, wherever it ran, before anything is added to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from pyoxigraph import Literal, NamedNode

from .errors import AccordsError
from .language import Words
from .vocab import XSD

if TYPE_CHECKING:
    from .terms import Term

BOOLEAN_COLUMN: Final = "answer"  # the one column of an ASK
TRIPLE_COLUMNS: Final = ("subject", "predicate", "object")  # those of CONSTRUCT and DESCRIBE
_BOOLEAN = NamedNode(f"{XSD}boolean")


@dataclass(frozen=True, slots=True)
class Solutions:
    """The names of the columns and the rows, in the order in which the engine gave them."""

    names: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    triples: bool = False  # a graph: CONSTRUCT, DESCRIBE


class Engine(Protocol):
    """Where queries are asked: a store in this process, or an endpoint."""

    def answer(self, query: str, most: int) -> Solutions:
        """Return what a query finds.

        Raises SyntaxProblem for a query with a mistake, LimitReached beyond `most` rows, or what the
        engine refuses.
        """


class TooManyRows(AccordsError):
    """An answer longer than the limit: it is refused, never cut."""

    def __init__(self, most: int) -> None:
        """Say which limit, and how to raise it."""
        super().__init__(
            Words(
                f"limite atteinte ({most} {'ligne' if most == 1 else 'lignes'}) : la réponse est plus longue, "
                "rien n'en est affiché",
                f"limit reached ({most} {'row' if most == 1 else 'rows'}): the answer is longer, none of it is shown",
            ),
            hint=Words(
                "permettre plus de lignes : --rows N ; ou préciser la question",
                "allow more rows: --rows N; or narrow the question",
            ),
        )
        self.most = most


def truth(value: bool) -> Literal:
    """Return a truth value as a term."""
    return Literal("true" if value else "false", datatype=_BOOLEAN)
