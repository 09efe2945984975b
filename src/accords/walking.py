"""From one record to all that its rules can see, and back from a changed statement to who sees it.

Takes what the rules see (`sights`) and a graph whose terms are numbers (`merging`); gives statements and
subjects. All nodes of a step are asked for at once.

1. `machine` numbers the states of all paths, so that what is shared is followed once.
2. `seen` goes forwards from the records asked for: whom each rule is about says where it begins.
3. `seeing` goes backwards from statements that were added or taken away, to where the paths begin.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from .paths import moves
from .vocab import SUBCLASS, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .cache import Row
    from .merging import Merged
    from .paths import State
    from .sights import Sights

Node = int
MOST = 2_000  # records that see a change and are looked at again


class Move(NamedTuple):
    """A statement that leads on: its kind, its property, the state after it."""

    kind: str
    predicate: str
    after: int


@dataclass(frozen=True, slots=True)
class Target:
    """Whom a shape is about, and the states in which its paths begin."""

    shape: str
    classes: tuple[str, ...]
    subjects_of: tuple[str, ...]
    objects_of: tuple[str, ...]
    nodes: tuple[str, ...]
    anyone: bool
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

    def data(self) -> Any:
        """Return the machine as JSON holds it."""
        targets = [
            (t.shape, t.classes, t.subjects_of, t.objects_of, t.nodes, t.anyone, t.starts) for t in self.targets
        ]
        return [targets, self.moves]


def from_data(data: Any) -> Machine:
    """Return the machine that JSON holds."""
    targets = tuple(
        Target(t[0], tuple(t[1]), tuple(t[2]), tuple(t[3]), tuple(t[4]), t[5], tuple(t[6])) for t in data[0]
    )
    return Machine(targets, tuple(tuple(Move(*move) for move in out) for out in data[1]))


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
            sight.classes,
            sight.subjects_of,
            sight.objects_of,
            sight.nodes,
            sight.anyone,
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


@dataclass(frozen=True)
class Walker:
    """The machine on one graph."""

    machine: Machine
    graph: Merged

    @cached_property
    def _predicates(self) -> Mapping[str, int]:
        named = {move.predicate for out in self.machine.moves for move in out if move.predicate}
        for target in self.machine.targets:
            named |= {*target.classes, *target.subjects_of, *target.objects_of, *target.nodes}
        return self.graph.numbers({*named, TYPE.value, SUBCLASS.value})

    def _numbers(self, iris: Iterable[str]) -> set[int]:
        return {self._predicates[iri] for iri in iris if iri in self._predicates}

    def about(self, nodes: Iterable[Node]) -> dict[Node, list[Target]]:
        """Return, for each node, the shapes that are about it."""
        nodes = set(nodes)
        out = self.graph.outgoing(nodes)
        type_, none = self._predicates.get(TYPE.value), -1
        types = {node: {row[2] for row in out.get(node, ()) if row[1] == type_} for node in nodes}
        above = self._above({kind for kinds in types.values() for kind in kinds})
        objects_of = self._numbers(iri for target in self.machine.targets for iri in target.objects_of)
        into = self.graph.incoming({(node, p) for node in nodes for p in objects_of})
        targets = [
            (
                target,
                self._numbers(target.classes),
                self._numbers(target.subjects_of),
                self._numbers(target.objects_of),
                self._numbers(target.nodes),
            )
            for target in self.machine.targets
        ]
        found: dict[Node, list[Target]] = {}
        for node in nodes:
            kinds = {upper for kind in types[node] for upper in above.get(kind, {kind})}
            said = {row[1] for row in out.get(node, ())}
            found[node] = [
                target
                for target, classes, subjects, objects, chosen in targets
                if target.anyone
                or classes & kinds
                or subjects & said
                or node in chosen
                or any(into.get((node, p), none) != none for p in objects)
            ]
        return found

    def _above(self, kinds: set[Node]) -> dict[Node, set[Node]]:
        """Return the classes above each class, itself included."""
        upwards, subclass = {}, self._predicates.get(SUBCLASS.value)
        waiting = set(kinds)
        while waiting:
            rows = self.graph.outgoing(waiting)
            for kind in waiting:
                upwards[kind] = {row[2] for row in rows.get(kind, ()) if row[1] == subclass}
            waiting = {upper for kind in waiting for upper in upwards[kind]} - set(upwards)
        found: dict[Node, set[Node]] = {}
        for kind in kinds:
            reached = {kind}
            nearest = {kind}
            while nearest:
                nearest = {upper for lower in nearest for upper in upwards.get(lower, ())} - reached
                reached |= nearest
            found[kind] = reached
        return found

    def seen(self, starts: Mapping[Node, Iterable[int]]) -> set[Row]:
        """Return the statements that the paths read from nodes in their states, and all about these nodes."""
        rows = {row for found in self.graph.outgoing(starts).values() for row in found}
        done: set[tuple[Node, int]] = set()
        waiting = {(node, state) for node, states in starts.items() for state in states}
        while waiting:
            done |= waiting
            further, read = self._stepped(waiting)
            rows |= read
            waiting = further - done
        return rows

    def _stepped(self, waiting: set[tuple[Node, int]]) -> tuple[set[tuple[Node, int]], set[Row]]:
        predicates, table = self._predicates, self.machine.moves
        outwards = {node for node, state in waiting if any(move.kind != "from" for move in table[state])}
        inwards = {
            (node, predicates[move.predicate])
            for node, state in waiting
            for move in table[state]
            if move.kind == "from" and move.predicate in predicates
        }
        out, into = self.graph.outgoing(outwards), self.graph.incoming(inwards)
        rows = {row for found in (*out.values(), *into.values()) for row in found}
        further: set[tuple[Node, int]] = set()
        for node, state in waiting:
            for kind, iri, after in table[state]:
                match kind:
                    case "value":
                        further |= {(row[2], after) for row in out.get(node, ())}
                    case "property":
                        further |= {(row[1], after) for row in out.get(node, ())}
                    case "to":
                        wanted = predicates.get(iri)
                        further |= {(row[2], after) for row in out.get(node, ()) if row[1] == wanted}
                    case _:
                        further |= {(row[0], after) for row in into.get((node, predicates.get(iri, 0)), ())}
        return further, rows

    def seeing(self, changed: Iterable[tuple[Node, Node, Node]]) -> set[Node] | None:
        """Return the nodes from which some path reads one of the statements; None for too many."""
        waiting = set(self._touched(changed))
        done: set[tuple[Node, int]] = set()
        found: set[Node] = set()
        while waiting:
            done |= waiting
            found |= {node for node, state in waiting if state in self.machine.starts}
            if len(done) > 20 * MOST or len(found) > MOST:
                return None
            further = self._stepped_back(waiting)
            if further is None:
                return None
            waiting = further - done
        return found

    def _touched(self, changed: Iterable[tuple[Node, Node, Node]]) -> Iterable[tuple[Node, int]]:
        """Yield the nodes and states from which a move reads one of the statements."""
        by_predicate: dict[int, list[tuple[str, int]]] = defaultdict(list)
        by_any: set[int] = set()
        for state, out in enumerate(self.machine.moves):
            for kind, iri, _ in out:
                if kind in {"value", "property"}:
                    by_any.add(state)
                elif iri in self._predicates:
                    by_predicate[self._predicates[iri]].append((kind, state))
        for subject, predicate, value in changed:
            yield from ((subject, state) for state in by_any)
            for kind, state in by_predicate.get(predicate, ()):
                yield (subject if kind == "to" else value), state

    def _stepped_back(self, waiting: set[tuple[Node, int]]) -> set[tuple[Node, int]] | None:
        """Return the nodes and states before these; None when a property itself was reached."""
        predicates, before = self._predicates, self.machine.before
        into, out, near = set(), set(), set()
        for node, state in waiting:
            for _, (kind, iri, _) in before[state]:
                match kind:
                    case "to":
                        into.add((node, predicates.get(iri, 0)))
                    case "from":
                        out.add(node)
                    case "value":
                        near.add(node)
                    case _ if node in self.graph.properties:
                        return None
                    case _:
                        pass
        arriving, leaving = self.graph.incoming(into), self.graph.outgoing(out)
        referring = self.graph.referring(near)
        further: set[tuple[Node, int]] = set()
        for node, state in waiting:
            for earlier, (kind, iri, _) in before[state]:
                wanted = predicates.get(iri, 0)
                match kind:
                    case "to":
                        further |= {(row[0], earlier) for row in arriving.get((node, wanted), ())}
                    case "from":
                        further |= {(row[2], earlier) for row in leaving.get(node, ()) if row[1] == wanted}
                    case "value":
                        further |= {(row[0], earlier) for row in referring.get(node, ())}
                    case _:
                        pass
        return further
