"""From one record to all that its rules can see, and back from a changed statement to who sees it.

Takes the machine of what the rules read and a graph whose terms are numbers (`merging`); gives statements and
subjects. All nodes of a step are asked for at once.

1. `about` tells which shapes are about a node, which says where to begin.
2. `seen` goes forwards from there.
3. `seeing` goes backwards from statements that were added or taken away, to where the paths begin.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from .vocab import SUBCLASS, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .cache import Row
    from .machine import Machine, Move, Target
    from .merging import Merged

Node = int
MOST = 2_000  # records that see a change and are looked at again


@dataclass(frozen=True)
class Walker:
    """The machine on one graph."""

    machine: Machine
    graph: Merged

    @cached_property
    def _predicates(self) -> Mapping[str, int]:
        named = {move.predicate for out in self.machine.moves for move in out if move.predicate}
        for target in self.machine.targets:
            named |= {
                *target.about.classes,
                *target.about.subjects_of,
                *target.about.objects_of,
                *target.about.nodes,
            }
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
        objects_of = self._numbers(iri for target in self.machine.targets for iri in target.about.objects_of)
        into = self.graph.incoming({(node, p) for node in nodes for p in objects_of})
        targets = [
            (
                target,
                self._numbers(target.about.classes),
                self._numbers(target.about.subjects_of),
                self._numbers(target.about.objects_of),
                self._numbers(target.about.nodes),
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
                if target.about.anyone
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
        before = [(node, *step) for node, state in waiting for step in self.machine.before[state]]
        if any(move.kind == "property" and node in self.graph.properties for node, _, move in before):
            return None
        wanted = {node for node, _, move in before if move.kind == "from"}
        ends = {(node, self._number(move)) for node, _, move in before if move.kind == "to"}
        leaving, arriving = self.graph.outgoing(wanted), self.graph.incoming(ends)
        referring = self.graph.referring({node for node, _, move in before if move.kind == "value"})
        further: set[tuple[Node, int]] = set()
        for node, earlier, move in before:
            predicate = self._number(move)
            match move.kind:
                case "to":
                    further |= {(row[0], earlier) for row in arriving.get((node, predicate), ())}
                case "from":
                    further |= {(row[2], earlier) for row in leaving.get(node, ()) if row[1] == predicate}
                case "value":
                    further |= {(row[0], earlier) for row in referring.get(node, ())}
                case _:
                    pass
        return further

    def _number(self, move: Move) -> int:
        """Return the number of the property of a move; 0, which no term has, for one that nothing uses."""
        return self._predicates.get(move.predicate, 0)
