"""Names changed token by token: what was meant, every comment kept, nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, RdfFormat, parse

from accords import editing, proving, querynames, turtle
from accords.editable import File
from accords.editing import Change
from accords.errors import AccordsError
from accords.vocab import TYPE
from written import documents

HEAD = "@prefix act: <http://e/act/> .\n@prefix e: <http://e/> .\n\n"
OLD, NEW = NamedNode("http://e/act/foo"), NamedNode("http://e/act/bar")
LABEL = NamedNode("http://e/label")
HOUSE = {"act": "http://e/act/", "owl": "http://www.w3.org/2002/07/owl#", "aa": "http://e/aa#"}

SPELLINGS = {  # how the old name stands in a file, and how the new one does in its place
    "with a prefix": ("act:foo e:p 1 .", "act:bar e:p 1 ."),
    "with another prefix for the same namespace": (
        "@prefix o: <http://e/act/> . o:foo e:p act:foo .",
        "@prefix o: <http://e/act/> . o:bar e:p act:bar .",
    ),
    "with a wider prefix and an escape": ("e:act\\/foo e:p 1 .", "e:act\\/bar e:p 1 ."),
    "with a prefix that is the whole name": (
        "@prefix f: <http://e/act/foo> . f: e:p 1 .",
        "@prefix f: <http://e/act/foo> . act:bar e:p 1 .",
    ),
    "as an address": ("<http://e/act/foo> e:p 1 .", "<http://e/act/bar> e:p 1 ."),
    "as an address with an escape": ("<http://e/act/\\u0066oo> e:p 1 .", "<http://e/act/bar> e:p 1 ."),
    "relative to a base": ("@base <http://e/act/> . <foo> e:p 1 .", "@base <http://e/act/> . <bar> e:p 1 ."),
    "relative to a base, with steps up": (
        "BASE <http://e/act/x/> <../foo> e:p 1 .",
        "BASE <http://e/act/x/> <http://e/act/bar> e:p 1 .",
    ),
    "under a prefix declared anew": (
        "act:foo e:p 1 . @prefix act: <http://e/> . act:foo e:p 2 .",
        "act:bar e:p 1 . @prefix act: <http://e/> . act:foo e:p 2 .",
    ),
    "as a property": ("e:a act:foo 1 .", "e:a act:bar 1 ."),
    "as a datatype": ('e:a e:p "x"^^act:foo .', 'e:a e:p "x"^^act:bar .'),
    "in brackets and lists": (
        "e:a e:p [ e:q act:foo ] , ( act:foo [] ) .",
        "e:a e:p [ e:q act:bar ] , ( act:bar [] ) .",
    ),
    "without a space around": ('e:a e:p act:foo,"x";e:q act:foo.', 'e:a e:p act:bar,"x";e:q act:bar.'),
    "with a comment behind": (
        "act:foo # act:foo\n  e:p 1 . # <http://e/act/foo>",
        "act:bar # act:foo\n  e:p 1 . # <http://e/act/foo>",
    ),
}
STAYING = (
    "act:foo-bar e:p 1 .",
    "act:foo.bar e:p 1 .",
    "act:xfoo e:p e:foo .",
    "<http://e/act/foo/> e:p <http://e/act/foo#x> .",
    'e:a e:p "act:foo" , """<http://e/act/foo>""" . # act:foo',
    "@prefix foo: <http://e/act/foo> . e:a e:p foo:bar .",
    "act:Foo e:p _:foo .",
)


def file_of(text: str, name: str = "a.ttl") -> File:
    rows = parse(text.removeprefix("\ufeff"), format=RdfFormat.TURTLE, rename_blank_nodes=True)
    return File(Path(name), name, text.encode(), tuple(quad.triple for quad in rows))


def after(text: str, change: Change) -> str:
    found = editing.edited([file_of(text)], change, HOUSE)
    return found[0].after.decode() if found else text


def graph(text: str, names: dict[NamedNode, NamedNode]) -> Dataset:
    def of(term: object) -> object:
        if isinstance(term, Literal) and term.datatype in names:
            return Literal(term.value, datatype=names[term.datatype])
        return names.get(term, term) if isinstance(term, NamedNode) else term

    rows = parse(text.removeprefix("\ufeff"), format=RdfFormat.TURTLE)
    found = Dataset(Quad(of(q.subject), of(q.predicate), of(q.object)) for q in rows)  # type: ignore[arg-type]  # what the test gives is of that kind, or wrong on purpose
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return found


def comments(text: str) -> list[str]:
    return [token.text for token in turtle.tokens(text) if token.kind == "comment"]


@pytest.mark.parametrize(("before", "expected"), SPELLINGS.values(), ids=SPELLINGS)
def test_a_name_is_found_by_what_it_stands_for_and_written_in_the_manner_of_its_author(
    before: str, expected: str
) -> None:
    assert after(HEAD + before, Change({OLD: NEW})) == HEAD + expected


@pytest.mark.parametrize("text", STAYING)
def test_what_only_looks_like_the_name_stays(text: str) -> None:
    assert after(HEAD + text, Change({OLD: NEW})) == HEAD + text


@settings(max_examples=120, deadline=None)
@given(documents(), st.data())
def test_any_file_says_the_same_under_the_new_name_and_keeps_its_comments(
    words: tuple[str, ...], data: st.DataObject
) -> None:
    text = "".join(words)
    written = list(turtle.names(turtle.read(text)))
    assume(written)
    old = data.draw(st.sampled_from(sorted({name.node.value for name in written})))
    new = f"{old}-{data.draw(st.sampled_from(['x', 'é', 'a/b', 'x.', '1', '(y)']))}"
    names = {NamedNode(old): NamedNode(new)}
    assume(all(name.node.value != new for name in written))
    changed = after(text, Change(names))
    assert graph(changed, {}) == graph(text, names)
    assert comments(changed) == comments(text)
    assert changed != text


@settings(max_examples=120, deadline=None)
@given(documents(), st.data())
def test_there_and_back_gives_the_bytes_back(words: tuple[str, ...], data: st.DataObject) -> None:
    text = "".join(words)
    written = list(turtle.names(turtle.read(text)))
    assume(written)
    node = data.draw(st.sampled_from([name.node for name in written]))
    assume(all(name.token.text == name.respelt(node) for name in written if name.node == node))
    other = NamedNode(f"{node.value}z9")
    there = after(text, Change({node: other}))
    assume(there.count("\n") == text.count("\n"))  # no line had to be broken
    assert other.value not in text
    assert after(there, Change({other: node})) == text


def test_line_ends_and_the_byte_order_mark_stay() -> None:
    text = "\ufeff" + HEAD.replace("\n", "\r\n") + "act:foo e:p 1 .\r\n"
    assert after(text, Change({OLD: NEW})) == text.replace("act:foo", "act:bar")


def test_a_file_that_was_laid_out_still_is() -> None:
    values = " , ".join(f"act:{letter * 24}" for letter in "abcd")
    text = HEAD + f"act:foo e:p {values} .\n"
    assert turtle.laid_out(turtle.read(text)) == text
    made = after(text, Change({OLD: NamedNode(OLD.value + "o" * 30)}))
    assert turtle.laid_out(turtle.read(made)) == made
    assert made.count("\n") == text.count("\n") + 1


def test_two_names_that_become_one_stand_once_in_a_list_and_its_comments_stay() -> None:
    text = HEAD + "e:a e:p act:bar , act:foo , e:z ;\n  e:q act:bar , # why\n    act:foo .\n"
    made = after(text, Change({OLD: NEW}))
    assert "e:p act:bar , e:z" in made
    assert made.count("act:bar") == 2
    assert comments(made) == ["# why"]


def test_the_record_of_a_subject_can_keep_its_names() -> None:
    text = HEAD + "act:foo e:p act:foo .\n\ne:a e:p act:foo .\n"
    made = after(text, Change({OLD: NEW}, keeping=frozenset({OLD})))
    assert made == HEAD + "act:foo e:p act:foo .\n\ne:a e:p act:bar .\n"


def test_a_change_can_be_about_the_values_of_one_property() -> None:
    text = HEAD + "e:a e:p act:foo ; e:q act:foo .\n"
    made = after(text, Change({OLD: NEW}, only=frozenset({NamedNode("http://e/q")})))
    assert made == HEAD + "e:a e:p act:foo ; e:q act:bar .\n"


FACTS = (
    (LABEL, Literal("y", language="fr")),
    (
        NamedNode(HOUSE["owl"] + "deprecated"),
        Literal("true", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#boolean")),
    ),
)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ('act:foo a e:T ; e:label "x" .', 'act:foo a e:T ; e:label "x" , "y"@fr ;\n  owl:deprecated true .'),
        ("act:foo a e:T ; e:p 1 ; .", 'act:foo a e:T ; e:p 1 ;\n  e:label "y"@fr ;\n  owl:deprecated true .'),
        ("act:foo a e:T # c\n  .", 'act:foo a e:T # c\n  ;\n  e:label "y"@fr ;\n  owl:deprecated true .'),
        ("e:b e:p act:foo .\nact:foo a e:T .", 'e:b e:p act:foo .\n\nact:foo a e:T ;\n  e:label "y"@fr ;\n  owl:deprecated true .'),
    ],
)  # fmt: skip
def test_facts_join_the_record_of_their_subject(before: str, expected: str) -> None:
    made = after(HEAD + before + "\n", Change(said={OLD: FACTS}))
    assert "@prefix e: <http://e/> .\n@prefix owl: <" in made
    assert " ".join(made.partition("\n\n")[2].split()) == " ".join(expected.split())


def test_a_further_record_comes_behind_the_comment_that_ends_the_line() -> None:
    text = HEAD + "act:foo a e:T ; e:p 1 . # c\ne:b e:p act:foo .\n"
    change = Change({OLD: NEW}, behind={OLD: (OLD, [(TYPE, NamedNode("http://e/T")), (LABEL, Literal("x"))])})
    assert after(text, change) == HEAD + (
        'act:bar a e:T ; e:p 1 . # c\n\nact:foo a e:T ;\n  e:label "x" .\ne:b e:p act:bar .\n'
    )


def test_a_prefix_that_the_file_uses_for_something_else_is_not_used() -> None:
    text = HEAD + "@prefix owl: <http://birds/> .\nact:foo a e:T .\n"
    made = after(text, Change(said={OLD: FACTS}))
    assert "<http://www.w3.org/2002/07/owl#deprecated> true" in made
    assert after("<http://e/act/foo> a <http://e/T> .\n", Change(said={OLD: FACTS})).count("prefix") == 0


def test_a_value_can_take_the_place_of_another() -> None:
    text = HEAD + 'act:foo a e:T ; e:label "x"@fr , "z" .\n'
    made = after(
        text, Change(values={(OLD, LABEL, Literal("x", language="fr")): Literal("é\n", language="fr")})
    )
    assert made == HEAD + 'act:foo a e:T ; e:label "é\\n"@fr , "z" .\n'


def test_a_result_that_says_anything_else_is_refused() -> None:
    file = file_of(HEAD + "act:foo e:p 1 . # c\n")
    rows = [(OLD, NamedNode("http://e/p"), Literal(1))]
    proving.turtle_file(file, file.text, rows)
    for wrong in (file.text.replace("1", "2"), file.text.replace("# c", "# d"), file.text + "act:foo", HEAD):
        with pytest.raises(AccordsError, match="rien n'est écrit"):
            proving.turtle_file(file, wrong, rows)


QUERY = """#+ title-fr: act:foo
#+ parameter: actor (act:foo, act:foo) = l'acteur act:foo / the actor
PREFIX act: <http://e/act/>
prefix x: <http://e/>
BASE <http://e/act/>
# act:foo
SELECT * { VALUES ?actor { act:foo } ?a act:foo/x:act\\/foo+|^act:foo ?b ; a <foo> , <http://e/act/foo> , act:foo-bar .
  FILTER(?b<3 && ?actor != "act:foo") }
"""


def test_a_query_names_the_new_one_in_its_code_and_in_the_header_of_its_parameters() -> None:
    file = File(Path("q.rq"), "q.rq", QUERY.encode())
    (made,) = editing.edited([file], Change({OLD: NEW}), HOUSE)
    assert (
        made.after.decode()
        == """#+ title-fr: act:foo
#+ parameter: actor (act:bar, act:bar) = l'acteur act:foo / the actor
PREFIX act: <http://e/act/>
prefix x: <http://e/>
BASE <http://e/act/>
# act:foo
SELECT * { VALUES ?actor { act:bar } ?a act:bar/x:act\\/bar+|^act:bar ?b ; a <bar> , <http://e/act/bar> , act:foo-bar .
  FILTER(?b<3 && ?actor != "act:foo") }
"""
    )
    assert [name.node for name in querynames.names(QUERY, HOUSE)].count(OLD) == 8


def test_a_query_that_would_name_anything_else_is_refused() -> None:
    file = File(Path("q.rq"), "q.rq", QUERY.encode())
    with pytest.raises(AccordsError, match="rien n'est écrit"):
        proving.query(file, QUERY.replace("act:foo-bar", "act:bar"), {OLD: NEW}, HOUSE)
