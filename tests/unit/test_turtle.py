"""Positions of triples: the same triples as pyoxigraph, each where it is written."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, RdfFormat, parse

from accords import turtle
from laying import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from accords.terms import Term

SHIPPED = sorted(
    path
    for folder in ("ontology", "shapes", "data", "tests/world")
    for path in (ROOT / folder).rglob("*.ttl")
)

ODDITIES = {
    "comments and punctuation": "@prefix e: <http://e/> . # one . two\ne:a e:b e:c ; ; e:d e:e , e:f .\n",
    "sparql directives": "PREFIX e: <http://e/>\nBASE <http://base/x/>\ne:a e:b <y> , <#z> , <../up> , </root> .\n",
    "nested blank nodes": "@prefix e: <http://e/> . e:a e:b [ e:c [ e:d 'x' ] ; e:f ( 1 2.0 3e4 ( ) ) ] . [ e:g e:h ] .",
    "strings": '@prefix e: <http://e/> . e:a e:b """a "quoted"\nline""" , \'it\\\'s\' , "t\\tab"@FR-fr , "\\u00e9"^^e:t .',
    "numbers": "@prefix e: <http://e/> . e:a e:b -1 , +2.5 , .5 , 1.e0 , 007 , true , false .",
    "names": "@prefix : <http://e/> . @prefix é.x: <http://f/> . :a :b\\/c :d.e , é.x:1 , :%41 , :a:b .",
    "crlf": "@prefix e: <http://e/> .\r\ne:a\r\n  e:b\r\n    e:c .\r\n",
    "labels": "@prefix e: <http://e/> . _:x e:b _:y.1 . _:y.1 e:c _:x .",
    "a is rdf:type": "@prefix a: <http://e/> . a:a a a:a .",
    "beyond the first plane": "@prefix e: <http://e/> . e:𝒳 e:b '𝒳' , e:c .",
}


def ground(term: Term) -> str:
    return "_" if isinstance(term, BlankNode) else str(term)


def shape(rows: list[tuple[Term, Term, Term]]) -> Counter[tuple[str, str, str]]:
    return Counter((ground(s), ground(p), ground(o)) for s, p, o in rows)


def by_us(text: str) -> Counter[tuple[str, str, str]]:
    return shape([(t.subject, t.predicate, t.object) for t in turtle.triples(text)])


def by_pyoxigraph(text: str) -> Counter[tuple[str, str, str]]:
    return shape([(q.subject, q.predicate, q.object) for q in parse(text.encode(), format=RdfFormat.TURTLE)])


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_every_shipped_file_has_the_triples_that_pyoxigraph_reads(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert by_us(text) == by_pyoxigraph(text)


@pytest.mark.parametrize("name", ODDITIES)
def test_odd_but_valid_turtle_has_the_triples_that_pyoxigraph_reads(name: str) -> None:
    assert by_us(ODDITIES[name]) == by_pyoxigraph(ODDITIES[name])


def test_a_triple_is_where_its_three_terms_are_written() -> None:
    text = "@prefix e: <http://e/> .\n# é\ne:a e:b\r\n  'été' ,\r\n  e:c .\n"
    lines = turtle.Lines(text)
    places = [[lines.at(offset) for offset in row.at] for row in turtle.triples(text)]
    assert places == [[(3, 1), (3, 5), (4, 3)], [(3, 1), (3, 5), (5, 3)]]


def test_a_byte_order_mark_does_not_move_what_follows() -> None:
    text = "\ufeff@prefix e: <http://e/> .\ne:a e:b e:c ."
    assert turtle.Lines(text).at(turtle.triples(text)[0].at[2]) == (2, 9)


@pytest.mark.parametrize(
    "wrong", ["e:a e:b", "@prefix e: <http://e/> . e:a e:b ;", "\x00", "<a b> <c> <d> ."]
)
def test_what_is_not_turtle_says_where_it_stopped(wrong: str) -> None:
    with pytest.raises(turtle.Unreadable):
        turtle.triples(wrong)


NAMES = st.text("abéz_09-.:", min_size=1, max_size=6).filter(
    lambda name: not name.startswith(("-", ".")) and not name.endswith(".")
)
VALUES = st.one_of(
    NAMES.map(lambda name: f"e:{name}"),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12).map(
        lambda text: (
            '"'
            + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
            + '"'
        )
    ),
    st.integers().map(str),
    st.decimals(allow_nan=False, allow_infinity=False, places=3).map(lambda number: f"{number:f}"),
    st.just("[ e:p 1 ]"),
    st.just("( e:x 'y' )"),
)


@settings(deadline=None)
@given(
    st.lists(st.tuples(NAMES, NAMES, VALUES), min_size=1, max_size=5),
    st.sampled_from([" ", "\n", "\r\n", " # c .\n", "\t"]),
)
def test_generated_turtle_has_the_triples_that_pyoxigraph_reads(
    rows: list[tuple[str, str, str]], space: str
) -> None:
    body = space.join(f"e:{s}{space}e:{p}{space}{o}{space}." for s, p, o in rows)
    text = f"@prefix e: <http://e/> .{space}{body}"
    assert by_us(text) == by_pyoxigraph(text)
