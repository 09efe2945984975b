"""When things written apart are the same: blank nodes by what they say, literals by their value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from accords.sameness import by_content, likeness
from accords.vocab import XSD


def graph(turtle: str) -> frozenset[Triple]:
    """Return a graph to compare, its blank nodes under names that no other reading has."""
    text = f"@prefix e: <http://example.org/> .\n{turtle}"
    return by_content(quad.triple for quad in parse(text, format=RdfFormat.TURTLE, rename_blank_nodes=True))


def typed(text: str, kind: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + kind))


@pytest.mark.parametrize(
    "turtle",
    [
        "e:a e:p [ e:q 1 ; e:r [ e:q 2 ] ] .",
        "e:a e:p ( 1 2 ( 3 ) ) .",
        "[] e:p 1 . [] e:p 2 .",
        "_:a e:p _:b . _:b e:p _:a .",
        "_:a e:p _:a .",
        "e:a e:p [] , [ e:q [] ] .",
        f"e:a e:p ( {' '.join(map(str, range(3000)))} ) .",
    ],
)
def test_a_graph_read_twice_is_the_same(turtle: str) -> None:
    assert graph(turtle) == graph(turtle)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("e:a e:p [ e:q 1 ] .", "e:a e:p [ e:q 2 ] ."),
        ("e:a e:p [ e:q [ e:r 1 ] ] .", "e:a e:p [ e:q [ e:r 2 ] ] ."),
        ("e:a e:p ( 1 2 ) .", "e:a e:p ( 2 1 ) ."),
        ("e:a e:p [] .", "e:a e:p [ e:q 1 ] ."),
        ("_:a e:p _:b . _:b e:p _:a .", "_:a e:p _:b . _:b e:p _:c . _:c e:q 1 ."),
        ("_:a e:p _:b . _:b e:p _:a ; e:q 1 .", "_:a e:p _:b . _:b e:p _:a ; e:q 2 ."),
    ],
)
def test_what_a_blank_node_says_tells_it_apart(one: str, other: str) -> None:
    assert graph(one) != graph(other)


def test_a_change_inside_one_blank_node_leaves_the_others_alone() -> None:
    one, other = (
        graph("e:a e:p [ e:q 1 ] . e:b e:p [ e:q 7 ] ."),
        graph("e:a e:p [ e:q 2 ] . e:b e:p [ e:q 7 ] ."),
    )
    assert {triple.subject for triple in one ^ other if isinstance(triple.subject, NamedNode)} == {
        NamedNode("http://example.org/a")
    }


def test_two_blank_nodes_that_say_the_same_are_one() -> None:
    assert graph("e:a e:p [ e:q 1 ] , [ e:q 1 ] .") == graph("e:a e:p [ e:q 1 ] .")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (typed("017", "integer"), typed("17", "integer"), "value"),
        (typed("17", "integer"), typed("17.0", "decimal"), "value"),
        (typed("+5.60", "decimal"), typed("5.6", "decimal"), "value"),
        (typed("1e1", "double"), typed("10.0", "double"), "value"),
        (typed("10", "integer"), typed("1e1", "double"), ""),
        (typed("true", "boolean"), typed("1", "boolean"), "value"),
        (typed("P3Y", "duration"), typed("P36M", "duration"), "value"),
        (typed("P1D", "duration"), typed("PT24H", "duration"), "value"),
        (typed("P1M", "duration"), typed("P30D", "duration"), ""),
        (typed("2023", "gYear"), typed("2023-01", "gYearMonth"), ""),
        (typed("dix", "integer"), typed("DIX", "integer"), ""),  # of no value
        (typed("NaN", "double"), typed("NaN", "float"), ""),
        (Literal("1" * 2000), typed("1" * 2000, "integer"), ""),
        (Literal("l’été  ", language="fr"), Literal("l'été", language="fr"), "letters"),
        (Literal("e\u0301te", language="fr"), Literal("\u00e9te", language="fr"), "letters"),
        (Literal("a", language="fr"), Literal("a", language="en"), ""),
        (Literal("a", language="fr"), Literal("A", language="fr"), ""),
        (NamedNode("urn:a"), Literal("urn:a"), ""),
        (BlankNode("a"), BlankNode("b"), ""),
    ],
)
def test_two_literals_agree_in_value_in_letters_or_not(one: Literal, other: Literal, expected: str) -> None:
    assert (likeness(one, other), likeness(other, one)) == (expected, expected)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6), st.integers(0, 4))
def test_zeros_change_no_value(number: object, zeros: int) -> None:
    text = f"{number:f}"
    assert likeness(typed(text, "decimal"), typed(text + "0" * zeros, "decimal")) == "value"
