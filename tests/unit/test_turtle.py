"""Turtle as it is written: nothing lost, the same triples as pyoxigraph, each in its place, every error."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, parse

from accords import turtle
from laying import ROOT
from written import documents, installed, spoiled

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pyoxigraph import Triple

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


HEAD = "@prefix e: <http://e/> .\n"
RDF_1_2 = re.compile(r"<<|\{\||\|\}|(?<!\\)~|--|version", re.IGNORECASE)


def canonical(triples: Iterable[Triple | turtle.Triple]) -> Dataset:
    """Return the triples with blank nodes named by what is said of them."""
    dataset = Dataset(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def by_pyoxigraph(text: str) -> tuple[list[Triple], list[SyntaxError]]:
    """Return the triples and the errors that the reference finds."""
    triples: list[Triple] = []
    errors: list[SyntaxError] = []
    rows = parse(text, format=RdfFormat.TURTLE)
    while True:
        try:
            quad = next(rows, None)
        except SyntaxError as error:
            errors.append(error)
            continue
        if quad is None:
            return triples, errors
        triples.append(quad.triple)


def told(text: str) -> list[tuple[int, str]]:
    """Return the line of each problem, and the text at fault."""
    lines = turtle.Lines(text)
    return [(lines.at(one.start)[0], text[one.start : one.end]) for one in turtle.read(text).problems]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_every_shipped_file_comes_back_whole_with_the_triples_that_pyoxigraph_reads(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = turtle.read(text)
    assert found.problems == ()
    assert "".join(token.text for token in found.tokens) == text
    assert canonical(found.triples) == canonical(by_pyoxigraph(text)[0])


def test_every_file_that_installed_packages_bring_is_read_as_pyoxigraph_reads_it() -> None:
    files = installed()
    assert len(files) > 100
    for path in files:
        text = path.read_bytes().decode("utf-8-sig")
        triples, errors = by_pyoxigraph(text)
        found = turtle.read(text)
        assert "".join(token.text for token in found.tokens) == text, path
        assert bool(found.problems) == bool(errors), path
        assert errors or sorted(map(str, ground(found.triples))) == sorted(map(str, ground(triples))), path


def ground(triples: Iterable[Triple | turtle.Triple]) -> list[tuple[str, ...]]:
    """Return the triples with every blank node alike: large files are compared by this."""
    rows = ((t.subject, t.predicate, t.object) for t in triples)
    return [tuple("_" if str(term).startswith("_:") else str(term) for term in row) for row in rows]


@pytest.mark.parametrize("name", ODDITIES)
def test_odd_but_valid_turtle_has_the_triples_that_pyoxigraph_reads(name: str) -> None:
    assert canonical(turtle.read(ODDITIES[name]).triples) == canonical(by_pyoxigraph(ODDITIES[name])[0])


def test_a_triple_is_where_its_three_terms_are_written() -> None:
    text = HEAD + "# é\r\ne:a e:b\r\n  'été'@fr , e:c ;\r\n a [ e:p (1 e:x) ] .\r\n"
    placed = [tuple(text[span.start : span.end] for span in row.at) for row in turtle.read(text).triples]
    assert placed == [
        ("e:a", "e:b", "'été'@fr"),
        ("e:a", "e:b", "e:c"),
        ("", "", "1"),
        ("", "", ""),
        ("", "", "e:x"),
        ("", "", ")"),
        ("[ e:p (1 e:x) ]", "e:p", "(1 e:x)"),
        ("e:a", "a", "[ e:p (1 e:x) ]"),
    ]
    lines = turtle.Lines(text)
    assert [lines.at(row.at[2].start) for row in turtle.read(text).triples][:2] == [(4, 3), (4, 14)]


def test_a_byte_order_mark_does_not_move_what_follows() -> None:
    text = "\ufeff@prefix e: <http://e/> .\ne:a e:b e:c ."
    found = turtle.read(text)
    assert (found.tokens[0].kind, found.problems) == ("bom", ())
    assert turtle.Lines(text).at(found.triples[0].at[2].start) == (2, 9)


def test_a_statement_knows_its_tokens_its_subject_and_the_prefixes_in_force() -> None:
    text = HEAD + "e:a a e:b . # c\nprefix e: <http://f/>\n@base <http://b/> .\n<x> a e:c ."
    found = turtle.read(text)
    kinds = [
        (one.kind, one.declares, None if one.subject is None else str(one.subject))
        for one in found.statements
    ]
    assert kinds == [
        ("prefix", ("e", "http://e/"), None),
        ("triples", None, "<http://e/a>"),
        ("prefix", ("e", "http://f/"), None),
        ("base", ("", "http://b/"), None),
        ("triples", None, "<http://b/x>"),
    ]
    second = found.statements[1]
    assert text[second.start : second.end] == "e:a a e:b ."
    assert "".join(token.text for token in found.tokens[second.first : second.last]) == "e:a a e:b ."
    assert found.prefixes_at(second.start) == {"e": "http://e/"}
    assert found.prefixes_at(len(text)) == {"e": "http://f/"}


ERRORS = {  # what a file holds behind its prefix, and what is at fault on which line
    "e:a e:b": [(2, "")],
    "e:a e:b 'c'": [(2, "'c'")],
    "e:a e:b e:c ;": [(2, ";")],
    "\x00": [(2, "\x00")],
    "<a b> <c:c> <d:d> .": [(2, "<a b>")],
    "e:a e:b 'x\\y' , e:c .": [(2, "\\y")],
    "e:a e:b '\\uD800' .": [(2, "\\uD800")],
    "e:a e:b 'x'@fr-toomuchofit , 'y'@a .": [(2, "fr-toomuchofit"), (2, "a")],
    "x:a x:b e:c .\ne:d y:e e:f .": [(2, "x:a"), (2, "x:b"), (3, "y:e")],
    "e:a e:b , e:c ; ; e:d e:e .": [(2, ",")],
    "e:a ; e:b e:c .": [(2, ";")],
    "e:a e:b e:c\n  e:d e:e ; e:f y:g .": [(2, "e:c"), (3, "y:g")],
    "e:a e:b e:c\n\ne:d e:e e:f .\ne:g e:h .": [(2, "e:c"), (5, ".")],
    "e:a e:b 'one ;\n e:c 'two'@fr ;\n e:d \"three@fr .\n": [(2, "'one"), (4, '"three')],
    'e:a e:b "he said "no" and. then" left" ;\n e:c y:d .\ne:e y:f e:g .': [(2, "no"), (4, "y:f")],
    "e:a e:b <http://e/x ;\n e:c y:d .": [(2, "<http://e/x"), (3, "y:d")],
    "e:a e:b 2023-06-01 ; e:c y:d .": [(2, "-06"), (2, "y:d")],
    "e:a e:b ( 1, 2 ) , [ e:c ] .": [(2, ","), (2, "]")],
    "e:a e:b [ e:c e:d .\ne:e y:f e:g .": [(2, "."), (3, "y:f")],
    "e:a e:b e:c ] ; e:d y:e .": [(2, "]"), (2, "y:e")],
    "e:a e:b 'x'@fr@en ; e:d y:e .": [(2, "@en"), (2, "y:e")],
    "@prefix f <http://f/> .\ne:a e:b y:c .": [(2, "f"), (3, "y:c")],
    "@prefix f: <http://f/>\n@PREFIX g: <http://g/> .\ne:a f:b e:c .": [(3, "@PREFIX"), (3, "@PREFIX")],
    "@base <x> .\ne:a e:b True .": [(2, "<x>"), (3, "True")],
    "e:a e:b 1.e:c e:d e:e .": [(2, "1.e")],
    "e:a e:b true.:c e:d e:e .": [(2, "true.:")],
    "[] .\n() .\n'x' a e:b .": [(2, "."), (3, "."), (4, "'x'")],
    "GRAPH e:g { e:a e:b e:c . }\ne:d e:e y:f .": [(2, "GRAPH"), (3, "y:f")],
    "e:a e:b << e:a e:b e:c >> .\ne:d e:e y:f .": [(2, "<<"), (3, "y:f")],
    "e:a e:b '\ud800' .": [(2, "\ud800")],
    "e:a e:b e:c ;\n\ne:d e:e y:f .": [(2, ";"), (4, "y:f")],
    "e:a e:b e:c .\n  e:d 'x' ;\n  e:e y:f .": [(2, "."), (4, "y:f")],
    "e:a e:b e:c ,\n  f:d 'x' ;\n  e:e y:f .": [(2, ","), (3, "f:d"), (4, "y:f")],
    "e:a e:b 'c' ;\n  'd' ;\n  e:e y:f .": [(2, ";"), (4, "y:f")],
    "e:a e:b 'c'\n  e:d 'e'\n  e:f y:g .": [(2, "'c'"), (3, "'e'"), (4, "y:g")],
    "e:a e:b 'c' 'd' ; e:e y:f .": [(2, "'c'"), (2, "y:f")],
    "e:a e:b '''c\nd'''@fr\n  e:e y:f .": [(3, "d'''@fr"), (4, "y:f")],
    "e:a e:b 'c'fr , 'd' en ;\n  e:e y:f .": [(2, "'c'fr"), (2, "'d' en"), (3, "y:f")],
    "e:a e:b « c d »@fr , “e f” ;\n  e:e y:f .": [(2, "« c d »"), (2, "“e f”"), (3, "y:f")],
    "e:a e:b e:… , '…'@… , <…> ;\n  e:e y:f .": [(2, "e:…"), (2, "'…'@…"), (2, "<…>"), (3, "y:f")],
}


@pytest.mark.parametrize("wrong", ERRORS)
def test_every_error_is_found_where_it_stands_and_reading_goes_on(wrong: str) -> None:
    assert told(HEAD + wrong) == ERRORS[wrong]


def test_what_is_sound_around_three_errors_is_still_placed() -> None:
    text = HEAD + "e:a e:b e:c .\ne:d e:e .\ne:f e:g e:h .\nx:i e:j e:k .\ne:l e:m 'n .\ne:o e:p e:q .\n"
    found = turtle.read(text)
    assert [one.sound for one in found.statements] == [True, True, False, True, False, False, True]
    assert [text[row.at[0].start : row.at[2].end] for row in found.triples] == [
        "e:a e:b e:c",
        "e:f e:g e:h",
        "e:o e:p e:q",
    ]
    assert [line for line, _ in told(text)] == [3, 5, 6]


@pytest.mark.parametrize("opening", ["e:a e:b [", "( ", "e:a e:b [ e:c ( "])
def test_no_depth_of_brackets_is_too_deep(opening: str) -> None:
    deep = 20_000
    found = turtle.read(HEAD + opening * deep)
    assert len(found.problems) == 1


def test_brackets_closed_as_deep_as_they_open_are_read() -> None:
    deep = 5_000
    found = turtle.read(HEAD + "e:a e:b " + "[ e:b ( " * deep + ") ]" * deep + " .")
    assert (found.problems, len(found.triples)) == ((), 3 * deep - 1)  # the innermost list is empty


ENDLESS = [
    '"',
    "<",
    "a.",
    "\\",
    "^",
    ".",
    "e:a.",
    "_:",
    "@",
    "-",
    "1.",
    "1e",
    '"a\n',
    "'''",
    '"""a',
    "{",
    "\x00",
    "é",
    "%",
]


@pytest.mark.parametrize("piece", ENDLESS)
def test_two_hundred_thousand_characters_of_anything_come_back_with_their_errors(piece: str) -> None:
    text = HEAD + piece * (200_000 // len(piece))
    found = turtle.read(text)
    assert "".join(token.text for token in found.tokens) == text
    assert found.problems


@settings(deadline=None)
@given(st.text())
def test_tokens_joined_are_the_text_whatever_it_is(text: str) -> None:
    found = turtle.tokens(text)
    assert "".join(token.text for token in found) == text
    assert all(text[token.start : token.end] == token.text for token in found)


@settings(deadline=None, max_examples=100)
@given(documents())
def test_generated_turtle_has_the_triples_that_pyoxigraph_reads(words: tuple[str, ...]) -> None:
    text = "".join(words)
    triples, errors = by_pyoxigraph(text)
    assert errors == []
    found = turtle.read(text)
    assert found.problems == ()
    assert "".join(token.text for token in found.tokens) == text
    assert canonical(found.triples) == canonical(triples)


@settings(deadline=None, max_examples=200)
@given(spoiled())
def test_spoiled_turtle_has_an_error_when_pyoxigraph_finds_one_and_only_then(text: str) -> None:
    assume(not RDF_1_2.search(text) and not text.startswith("\ufeff"))
    found = turtle.read(text)
    assert "".join(token.text for token in found.tokens) == text
    assert bool(found.problems) == bool(by_pyoxigraph(text)[1])
