"""What the language server knows without a client: places, what may be typed, what is shown, what changes."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accords import turtle
from accords.lsp.completion import declaration
from accords.lsp.cursor import slot_at
from accords.lsp.desk import Open, Shelf
from accords.lsp.diagnosing import marks
from accords.lsp.marking import Marking
from accords.lsp.positions import ENCODINGS, Position, Text
from accords.lsp.publishing import Publisher
from accords.lsp.rewriting import changes
from laying import PROJECT

TEXTS = st.text(alphabet=st.sampled_from("aé😀\u2028\x85 \t;.\r\n\"'<>:_*[]`\\"), max_size=60)
PREFIXES = "@prefix a: <urn:a:> .\n@prefix c: <urn:c:> .\n"


@given(TEXTS, st.sampled_from(ENCODINGS), st.data())
def test_an_offset_comes_back_from_its_position(text: str, encoding: str, data: st.DataObject) -> None:
    counted = Text(text, encoding)  # type: ignore[arg-type]  # one of the three
    offset = data.draw(st.integers(0, len(text)))
    if text[offset - 1 : offset + 1] != "\r\n":  # no position stands between the two
        assert counted.offset(*counted.position(offset)) == offset


@pytest.mark.parametrize(("encoding", "units"), [("utf-8", 6), ("utf-16", 3), ("utf-32", 2)])
def test_an_emoji_counts_as_its_encoding_says(encoding: str, units: int) -> None:
    assert Text("é😀x", encoding).position(2) == Position(0, units)  # type: ignore[arg-type]  # one of the three


def test_only_line_ends_of_the_protocol_end_a_line() -> None:
    assert Text("a\u2028b\x85c\x0bd\ne").position(8) == Position(1, 0)


@given(TEXTS, TEXTS, st.data())
def test_an_edit_by_positions_is_that_edit(text: str, new: str, data: st.DataObject) -> None:
    held = Text(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if "\r\n" not in {text[start - 1 : start + 1], text[end - 1 : end + 1]}:
        assert (
            held.edited(held.position(start), held.position(end), new).text == text[:start] + new + text[end:]
        )


@given(TEXTS, TEXTS)
def test_the_changes_between_two_texts_make_one_of_the_other(before: str, after: str) -> None:
    text = before
    for change in reversed([*changes(before, after)]):
        text = text[: change.start] + change.new + text[change.end :]
    assert text == after


def test_what_did_not_change_is_not_replaced() -> None:
    before = "".join(f"line {number}\n" for number in range(20))
    made = [*changes(before, before.replace("line 3\n", "line  3\n").replace("line 17\n", "line  17\n"))]
    assert [change.new for change in made] == ["line  3\n", "line  17\n"]


@pytest.mark.parametrize(
    ("written", "expects", "typed", "verb"),
    [
        ("", "subject", "", None),
        ("agr:x", "subject", "agr:x", None),
        ("agr:x ", "property", "", None),
        ("agr:x ae:th", "property", "ae:th", None),
        ("agr:x date de f", "property", "date de f", None),
        ("agr:x a ", "value", "", "a"),
        ("agr:x a ae:Agr", "value", "ae:Agr", "a"),
        ("agr:x a ae:Agreement ;\n  ", "property", "", "a"),
        ("agr:x ae:theme ", "value", "", "ae:theme"),
        ("agr:x ae:theme theme:a , partage de d", "value", "partage de d", "ae:theme"),
        ("agr:x ae:hasParty chambre d'ag", "value", "chambre d'ag", "ae:hasParty"),
        ("agr:x ae:theme theme:a ", "nothing", "", None),
        ("agr:x ae:p [ ae:q ", "value", "", "ae:q"),
        ("agr:x ae:p [ ae:q 1 ] ; ", "property", "", "ae:p"),
        ("agr:x ae:p ( act:a ", "value", "", "ae:p"),
        ('agr:x ae:p "a text', "nothing", "", None),
        ('agr:x ae:p "a"@f', "nothing", "", None),
        ('agr:x ae:p "a"^^xsd:d', "nothing", "", None),
        ("agr:x ae:p <urn:", "nothing", "", None),
        ("agr:x ae:p 12", "nothing", "", None),
        ("# agr:x ", "nothing", "", None),
        ("@prefix ae: ", "nothing", "", None),
        ("@prefix ae: <urn:x> .\nagr:x ", "property", "", None),
        ("PREFIX ae: <urn:x>\nagr:x ", "property", "", None),
        ("agr:x ] ) ae:p ; ae:q ", "value", "", "ae:q"),
    ],
)
def test_what_may_be_typed_is_known_from_what_is_in_front(
    written: str, expects: str, typed: str, verb: str | None
) -> None:
    slot = slot_at(f"{written} ae:behind .", len(written))
    assert (slot.expects, slot.typed) == (expects, typed)
    if expects == "value":
        assert slot.verb == verb


@given(st.text(alphabet=st.sampled_from("a:;.,[]()\"'<> \n@^#1_"), max_size=40))
def test_no_text_is_too_broken_to_be_completed(text: str) -> None:
    slot = slot_at(text, len(text))
    assert text[slot.start :].startswith(slot.typed)


@pytest.mark.parametrize(("prefix", "line"), [("b", 1), ("d", 2), ("0", 0)])
def test_a_declaration_goes_among_the_others_by_name(prefix: str, line: int) -> None:
    at, new = declaration(turtle.read(PREFIXES), prefix, "urn:x:")
    made = PREFIXES[:at] + new + PREFIXES[at:]
    assert made.split("\n")[line] == f"@prefix {prefix}: <urn:x:> ."
    assert len(made.strip().split("\n")) == 3


@given(st.text(alphabet=st.sampled_from("a[](){}<>`*_~#!|\\&:/.@w\u202e\n"), max_size=30))
def test_nothing_in_a_text_is_left_to_act(text: str) -> None:
    shown = Marking().text(text)
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_\[\]<>#|~!]", shown)
    assert "\n" not in shown
    assert not re.search(r"(?<!\\)://", shown)
    assert Marking().code(text).count("`") == 2


def test_the_mark_of_a_finding_goes_as_far_as_its_token() -> None:
    text = Text('agr:x ae:label "é😀"@fr .\n')
    row = {"line": 1, "column": 16, "severity": "error", "code": "AG-01", "message": "voir data/a.ttl:3:7"}
    [mark] = marks([row], text)
    assert mark.range == (Position(0, 15), Position(0, 20))
    assert [(one.file, one.line, one.column) for one in mark.related] == [("data/a.ttl", 3, 7)]


def test_the_mark_of_a_finding_in_a_text_without_end_stays_on_its_line() -> None:
    text = Text('agr:x ae:label """' + "long\n" * 10_000)
    row = {"line": 1, "column": 16, "severity": "error", "code": "FI-01", "message": ""}
    [mark] = marks([row], text)
    assert mark.range.end.line == 0


@pytest.mark.parametrize("typed", [False, True])
def test_what_was_found_in_a_text_that_has_changed_meanwhile_is_thrown_away(typed: bool) -> None:
    held = Open("file:///a.ttl", Path("/a.ttl"), "/a.ttl", 1, Text("a"))
    sent: list[Any] = []
    server: Any = SimpleNamespace(
        opened={held.uri: held},
        shelf=Shelf(PROJECT),
        archive=None,
        language="fr",
        cache_of=lambda _: Path("/nowhere"),
        text_document_publish_diagnostics=sent.append,
    )

    class Checker:
        async def ask(self, request: dict[str, Any]) -> dict[str, Any]:
            assert request["drafts"] == {"/a.ttl": "a"}
            if typed:
                server.opened[held.uri] = replace(held, version=2)
            return {"findings": [], "elsewhere": [], "trouble": []}

    async def checked() -> None:
        await Publisher(server, Checker())._checked(server.shelf, held)  # type: ignore[arg-type]  # what the test gives is of that kind, or wrong on purpose

    asyncio.run(checked())
    assert [one.version for one in sent] == ([] if typed else [1])
