"""What the rules see: the declared reads of each SPARQL rule against its text, and the paths of shapes."""

from __future__ import annotations

from collections import deque
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import NamedNode
from rdflib import BNode, URIRef, Variable
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath
from rdflib.plugins.sparql.algebra import translatePath, translateQuery, traverse
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from accords import loading, paths, sights
from accords.paths import Choice, Repeated, Step
from accords.validation import rules_of
from accords.vocab import DEF, sh
from laying import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accords.paths import State
    from accords.shapes import Shapes, SparqlRule

Pattern = tuple[Any, Any, Any]


@cache
def shapes() -> Shapes:
    return rules_of(loading.load_shapes(PROJECT)[0])


@cache
def seen() -> sights.Sights:
    return sights.of_shapes(shapes())


def test_no_rule_is_blind() -> None:
    assert seen().blind == ()
    assert len(seen().sights) == len(shapes().targeted) + len(sights.CHECKS)


@pytest.mark.parametrize("rule", shapes().sparql, ids=lambda rule: rule.rule.rpartition("#")[2])
def test_a_rule_declares_all_that_its_texts_read(rule: SparqlRule) -> None:
    (sight,) = [sight for sight in seen().sights if sight.shape == rule.shape]
    texts = {rule.select, *(text.value for text in shapes().objects(NamedNode(rule.rule), sh("select")))}  # type: ignore[union-attr]  # a literal
    for text in texts:
        patterns = list(_patterns(translateQuery(parseQuery(rule.prefixes + text)).algebra))
        assert patterns
        triples = [pattern for pattern in patterns if pattern[1] is not None]
        assert [pattern for pattern in triples if not _followed(pattern, patterns, sight.reads)] == []


def test_the_check_of_coverage_declares_all_that_the_question_reads_from_an_item() -> None:
    text = (PROJECT.queries / "coverage" / "requirements.rq").read_text(encoding="utf-8")
    asserted = (Variable("this"), URIRef(DEF + "fulfils"), Variable("requirement"))
    named = {Variable("item"): Variable("this")}
    patterns = [
        asserted,
        *(
            (named.get(subject, subject), verb, named.get(value, value))
            for subject, verb, value in _patterns(translateQuery(parseQuery(text)).algebra)
            if verb is not None
            and subject != Variable("denied")  # it is said beside the items, and changes none
        ),
    ]
    (sight,) = [sight for sight in seen().sights if sight.shape.endswith("CM-07-fulfils")]
    assert [pattern for pattern in patterns if not _followed(pattern, patterns, sight.reads)] == []


def test_a_rule_that_declares_too_little_is_noticed() -> None:
    (rule,) = [rule for rule in shapes().sparql if rule.rule.endswith("AC-04-shared")]
    patterns = list(_patterns(translateQuery(parseQuery(rule.prefixes + rule.select)).algebra))
    siren = Step("to", DEF + "siren")
    assert any(not _followed(pattern, patterns, ((siren,),)) for pattern in patterns)


def _patterns(node: object) -> Iterator[Pattern]:
    """Yield the triple patterns of a query, filters and optional parts included, and each BIND without a verb."""
    if isinstance(node, CompValue):
        for row in node.triples if node.name in {"BGP", "TriplesBlock"} else ():
            flat = list(row)
            for start in range(0, len(flat), 3):
                subject, verb, value = flat[start : start + 3]
                path = traverse(verb, visitPost=translatePath) if isinstance(verb, CompValue) else verb
                yield subject, path, value
        if node.name == "Extend" and isinstance(node.expr, Variable):
            yield node.expr, None, node.var
        for name, part in node.items():
            if name not in {"triples", "_vars"}:
                yield from _patterns(part)
    elif isinstance(node, list | tuple | set):
        for part in node:
            yield from _patterns(part)


def _followed(pattern: Pattern, patterns: list[Pattern], reads: tuple[State, ...]) -> bool:
    """Tell whether some declared path comes to a pattern, by way of the others, and goes through it."""
    ends, ways = {pattern[0], pattern[2]}, {_path(pattern[1]), _back(pattern[1])}
    waiting: deque[tuple[object, State]] = deque((Variable("this"), state) for state in reads)
    done = set(waiting)
    while waiting:
        node, state = waiting.popleft()
        for end, path, rest in _onwards(node, state, patterns):
            if {node, end} == ends and path in ways:
                return True
            if isinstance(end, Variable | BNode) and (end, rest) not in done:
                done.add((end, rest))
                waiting.append((end, rest))
    return False


def _onwards(
    node: object, state: State, patterns: list[Pattern]
) -> Iterator[tuple[object, State | None, State]]:
    """Yield where a state leads from a node: the end of a pattern, a property, another name of the node."""
    for start, path, end in _both_ways(patterns):
        if start == node:
            yield from ((end, path, rest) for rest in _after(state, path))
    for subject, verb, other in patterns:
        if subject == node and isinstance(verb, Variable):
            yield from ((verb, None, rest) for rest in _after(state, (Step("property"),)))
        elif subject == node and verb is None:  # BIND(?value AS ?term)
            yield other, None, state


def _both_ways(patterns: list[Pattern]) -> Iterator[tuple[object, State, object]]:
    for subject, verb, value in patterns:
        if verb is None:
            continue
        yield subject, _path(verb), value
        if not isinstance(verb, Variable):
            yield value, _back(verb), subject


def _path(verb: object) -> State:
    match verb:
        case Variable():
            return (paths.ANY,)
        case URIRef():
            return (Step("to", str(verb)),)
        case InvPath():
            return paths.backwards(_path(verb.arg))
        case SequencePath():
            return tuple(part for arg in verb.args for part in _path(arg))
        case AlternativePath():
            return (Choice(tuple(_path(arg) for arg in verb.args)),)
        case MulPath():
            return (Repeated(_path(verb.path)),)
        case _:
            raise TypeError(verb)


def _back(verb: object) -> State:
    return () if isinstance(verb, Variable) else paths.backwards(_path(verb))


def _after(state: State, path: State) -> Iterator[State]:
    """Yield what remains of a state once a path has been followed, each statement of it allowed by the state."""
    waiting = [(state, path)]
    done = set(waiting)
    while waiting:
        left, ahead = waiting.pop()
        if _may_end(ahead):
            yield left
        for step, after in paths.moves(ahead):
            for move, rest in paths.moves(left):
                if move in {step, paths.ANY if step.kind == "to" else step} and (rest, after) not in done:
                    done.add((rest, after))
                    waiting.append((rest, after))


def _may_end(path: State) -> bool:
    return all(
        isinstance(part, Repeated) or (isinstance(part, Choice) and any(_may_end(p) for p in part.paths))
        for part in path
    )


def test_paths_are_read_as_sparql_writes_them() -> None:
    def expand(name: str) -> str:
        return name.replace("e:", "http://e/")

    a, b = Step("to", "http://e/a"), Step("to", "http://e/b")
    assert paths.parsed("e:a/(e:b|^e:a)*", expand) == (
        a,
        Repeated((Choice(((b,), (Step("from", "http://e/a"),))),)),
    )
    assert paths.parsed("e:a+", expand) == (a, Repeated((a,)))
    assert paths.parsed("?value/<http://e/b>?", expand) == (paths.ANY, Choice(((b,), ())))
    assert paths.parsed("^(e:a/e:b)", expand) == (Step("from", "http://e/b"), Step("from", "http://e/a"))


@pytest.mark.parametrize("text", ["", "e:a/", "(e:a", "e:a e:b", "^?value", "a", "e:a//e:b", "x:y"])
def test_what_is_not_a_path_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        paths.parsed(text, lambda name: "http://e/" + name if name.startswith("e:") else None)
