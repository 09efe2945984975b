"""All that the rules read, as one machine: the moves from each state of their paths.

Takes what the rules see (`sights`); gives a `Machine`, a value that JSON can hold. The states of all paths are
numbered, so that what several rules share is followed once.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from .paths import moves
from .sights import About

if TYPE_CHECKING:
    from .paths import State
    from .sights import Sights


class Move(NamedTuple):
    """A statement that leads on: its kind, its property, the state after it."""

    kind: str
    predicate: str
    after: int


@dataclass(frozen=True, slots=True)
class Target:
    """Whom a shape is about, and the states in which its paths begin."""

    shape: str
    about: About
    starts: tuple[int, ...]


@dataclass(frozen=True)
class Machine:
    """All paths of all rules at once: the moves from each state."""

    targets: tuple[Target, ...]
    moves: tuple[tuple[Move, ...], ...]

    @cached_property
    def starts(self) -> frozenset[int]:
        """Return the states in which some path begins."""
        return frozenset(start for target in self.targets for start in target.starts)

    @cached_property
    def before(self) -> tuple[tuple[tuple[int, Move], ...], ...]:
        """Return, for each state, the moves that lead to it and where they start."""
        found: list[list[tuple[int, Move]]] = [[] for _ in self.moves]
        for state, out in enumerate(self.moves):
            for move in out:
                found[move.after].append((state, move))
        return tuple(tuple(row) for row in found)

    def data(self) -> list[Any]:
        """Return the machine as JSON holds it."""
        targets = [(target.shape, astuple(target.about), target.starts) for target in self.targets]
        return [targets, self.moves]


def from_data(data: list[Any]) -> Machine:
    """Return the machine that JSON holds."""
    targets = tuple(Target(shape, _about(*about), tuple(starts)) for shape, about, starts in data[0])
    return Machine(targets, tuple(tuple(Move(*move) for move in out) for out in data[1]))


def _about(
    classes: list[str], subjects_of: list[str], objects_of: list[str], nodes: list[str], anyone: bool
) -> About:
    return About(tuple(classes), tuple(subjects_of), tuple(objects_of), tuple(nodes), anyone)


def machine(sights: Sights) -> Machine:
    """Return the machine of what the rules see."""
    numbers: dict[State, int] = {}
    waiting: list[State] = []

    def number(state: State) -> int:
        if state not in numbers:
            numbers[state] = len(numbers)
            waiting.append(state)
        return numbers[state]

    targets = tuple(
        Target(
            sight.shape,
            sight.about,
            tuple(sorted({number(state) for state in sight.reads})),
        )
        for sight in sights.sights
    )
    table: dict[int, tuple[Move, ...]] = {}
    while waiting:
        state = waiting.pop()
        out = {Move(step.kind, step.predicate, number(after)) for step, after in moves(state)}
        table[numbers[state]] = tuple(sorted(out))
    return Machine(targets, tuple(table[state] for state in range(len(table))))
