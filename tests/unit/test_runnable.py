"""Rules that may not run: what would fetch or start something, what cannot run, what may never end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from accords import loading, runnable
from accords.findings import Severity
from accords.patterns import may_never_end
from accords.shapes import Shapes
from accords.sparql import fetches
from laying import PROJECT
from small import SHAPES_HEAD, Small, small, told

if TYPE_CHECKING:
    from pathlib import Path

    from accords.loading import FileProblem

LINE = SHAPES_HEAD.count("\n") + 1

FETCHING = [
    "SELECT ?x WHERE { SERVICE <http://x/> { } }",
    "SELECT ?x WHERE { service<http://x/> { } }",
    "SELECT * { SERVICE SILENT <http://x/> { } }",
    "SELECT * { SERVICE#c\n<http://x/>{} }",
    "SELECT * { SERVICE ?x {} }",
    "SELECT * { SERVICE$x{} }",
    "SELECT * { \\u0053ERVICE <http://x/> {} }",
    "SELECT * { \\U00000053ERVICE <http://x/> {} }",
    "\\UFFFFFFFF SELECT * { SERVICE <http://x/> {} }",
    "SELECT * { SERVICEe:x {} }",  # Oxigraph needs no space
    "SELECT * { SERVICE:x {} }",
    "SELECT * { SERVICEsilente:x\n#c\n{} }",
    "SELECT * { {}SERVICE:x{} }",
    "SELECT * { ?a ?b true.SERVICE <http://x>{} }",
    "SELECT * { ?a ?b trueSERVICE <http://x>{} }",
    "SELECT * { ?a ?b 1SERVICE <http://x>{} }",
    "SELECT * { ?a ?b 1SERVICEe:x{} }",
    'SELECT * { ?a ?b "a\\u0022" SERVICE <http://x/> { ?a ?b "c" } }',  # an escape is no quotation mark
    'SELECT * { ?a ?b """a\\""" """ SERVICE <http://x/> {} ?a ?b """ """ }',
    "SELECT * { ?a ?b '''a\\''' ''' SERVICE <http://x/> {} ?a ?b ''' ''' }",
    "SELECT * { ?a ?b e:o\\' . SERVICE <http://x/> {} ?c ?d e:p\\' }",
    "SELECT * { FILTER(1<2)SERVICE <x:y> {} FILTER(3>2) }",
    "SELECT*{FILTER(?a<?b)SERVICEe:x{FILTER(?c>?d)}}",
    "SELECT * { ?x ?y e:o. SERVICE <http://x/> {} }",
    "SELECT * { ?x ?y <http://x/#> . SERVICE <http://x/> {} }",
    "SELECT * FROM <http://x/> {}",
    "SELECT * FROM<http://x> {}",
    "SELECT * FROM NAMED <http://x> {}",
    "SELECT * FROMe:x WHERE {}",
    "SELECT * FROMe:x FROM NAMEDe:x {}",
    "LOAD <http://x>",
    "DELETE {} USING <http://x> WHERE {}",
]
HARMLESS = [
    "SELECT ?from { ?from ?service 'SERVICE' }",
    "# SERVICE <http://x/>\nASK {}",
    'SELECT * { ?x a e:FROM ; <http://service/SERVICE> """ FROM <x> """ }',
    "SELECT * { ?x ?y 'it\\'s from' , '''SERVICE''' }",
    "SELECT * { ?x e:service:load 'x'@from }",
    "SELECT $load { ?a ?b _:from }",
    "SELECT * { ?service_from ?b ?c }",
    "SELECT * { ?x ?y load:a , FROM:b ; service:c 1 }",
    "SELECT * { ?x service:a ?y . FILTER(?x < 3 && ?y > 2) }",
    "SELECT * { ?x ?y e:o.SERVICE }",
]


@pytest.fixture
def project(tmp_path: Path) -> Small:
    return small(tmp_path / "project")


def problems(project: Small, text: str) -> list[FileProblem]:
    project.write("shapes/f.ttl", SHAPES_HEAD + text)
    documents, unread = loading.load_shapes(project.project)
    assert not unread, [problem.detail for problem in unread]
    rules = Shapes(tuple(triple for document in documents for triple in document.triples))
    return list(runnable.problems(documents, rules))


@pytest.mark.parametrize("query", FETCHING)
def test_a_query_that_would_fetch_is_seen_through_every_disguise(query: str) -> None:
    assert fetches(query) is not None


@pytest.mark.parametrize("query", HARMLESS)
def test_a_word_in_a_string_a_comment_a_variable_or_a_name_passes(query: str) -> None:
    assert fetches(query) is None


@pytest.mark.parametrize(
    "where",
    ["sh:sparql e:c . e:c sh:select", "sh:target e:t . e:t sh:select", "sh:rule e:r . e:r sh:construct"],
)
def test_a_rule_that_would_fetch_is_told_at_its_text(where: str, project: Small) -> None:
    text = f'e:s a sh:NodeShape ; sh:targetClass e:C ; {where}\n  "SELECT $this WHERE {{ SERVICE <x:y> {{}} }}" .'
    found = [problem for problem in problems(project, text) if problem.what == "FI-13-fetches"]
    assert told(found) == [(f"shapes/f.ttl:{LINE + 1}:3", "FI-13-fetches")]
    assert found[0].severity is Severity.ERROR
    assert found[0].detail is not None
    assert found[0].detail.fr == "SERVICE"


@pytest.mark.parametrize(
    "text",
    [
        "e:s sh:js e:j .",
        'e:j sh:jsLibraryURL "http://192.0.2.1/x.js"^^xsd:anyURI .',
        'e:j sh:jsFunctionName "f" .',
        "e:s sh:target [ a sh:JSTarget ] .",
        "e:s sh:rule [ a sh:JSRule ] .",
    ],
)
def test_a_rule_that_would_run_javascript_is_refused(text: str, project: Small) -> None:
    (found,) = problems(project, text)
    assert (found.what, found.location.line) == ("FI-13-script", LINE)


@pytest.mark.parametrize(
    "declaration",
    [
        'sh:prefix "x" ; sh:namespace "http://x/>\\nSELECT * { SERVICE <http://x/> {} } #"^^xsd:anyURI',
        'sh:prefix "x: <http://y/>\\nSELECT" ; sh:namespace "http://x/"^^xsd:anyURI',
    ],
)
def test_a_prefix_that_would_go_on_as_a_query_is_refused(declaration: str, project: Small) -> None:
    (found,) = problems(project, f"e:d sh:declare [ {declaration} ] .")
    assert found.what == "FI-13-cannot-run"
    assert found.detail is not None
    assert "mal formé" in found.detail.fr


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ('e:c sh:select "SELECT $this WHERE { $this a ?x MINUS { $this e:p ?x } }"', "MINUS"),
        ('e:c sh:select "SELECT $this WHERE { VALUES ?x { 1 } $this a ?x }"', "VALUES"),
        ('e:c sh:select "SELECT $this WHERE { { SELECT $this { $this a ?x } } }"', "sous-SELECT"),
        ('e:c sh:select "SELECT ?x WHERE { $this a ?x }"', "$this manque"),
        ('e:c sh:select "SELECT $this WHERE { $this a ?x }" , "SELECT $this WHERE { }"', "un seul"),
        ('e:c sh:message "x"', "un seul"),
        ('[] sh:select "SELECT $this WHERE { $this a ?x }"', "n'a pas d'IRI"),
    ],
)
def test_a_rule_that_cannot_run_set_at_a_time_is_told_where_it_is_written(
    rule: str, reason: str, project: Small
) -> None:
    constraint = rule.split(maxsplit=1)[0].replace("[]", "_:c")
    text = (
        f"e:s a sh:NodeShape ; sh:targetClass e:C ; sh:sparql {constraint} .\n{rule.replace('[]', '_:c')} ."
    )
    (found,) = problems(project, text)
    assert (found.what, found.location.line) == ("FI-13-cannot-run", LINE + 1)
    assert found.detail is not None
    assert reason in found.detail.fr


def test_every_rule_that_cannot_run_is_told_not_only_the_first(project: Small) -> None:
    rules = "".join(
        f"e:s{n} a sh:NodeShape ; sh:targetClass e:C ; sh:sparql e:c{n} . e:c{n} sh:message 'x' .\n"
        for n in range(3)
    )
    assert [p.location.line for p in problems(project, rules)] == [LINE, LINE + 1, LINE + 2]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("e:p sh:minCuont 1 .", "sh:minCuont (proches : sh:minCount"),
        ("e:p sh:zzzzzz 1 .", "sh:zzzzzz"),
        ("e:p sh:severity e:Grave .", "attendu : sh:Violation"),
        ("e:p sh:severity 'Violation' .", "attendu : sh:Violation"),
    ],
)
def test_a_term_that_shacl_does_not_know_is_told_with_those_close_to_it(
    text: str, said: str, project: Small
) -> None:
    (found,) = problems(project, text)
    assert (found.what, found.location.line) == ("FI-13-unknown", LINE)
    assert found.detail is not None
    assert said in found.detail.fr


@pytest.mark.parametrize("pattern", ["(", "[a", "a**", "(?P<x", "\\\\p{L}", "(" * 1900])
def test_a_pattern_that_the_reference_cannot_read_is_an_error(pattern: str, project: Small) -> None:
    (found,) = problems(project, f'e:p sh:pattern "{pattern}" .')
    assert (found.what, found.location.line) == ("FI-13-pattern", LINE)


ENDLESS = [
    "(a+)+", "^(a+)+$", "(a*)*", "(a|b+)*", "([a-z]+)*$", "(a+){2,14}", "(.*a){12}", "(\\w+\\s?)*$",
    "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$", "(é+)+", "(𐍈+)+", "(a+)*?", "((ab)+c?)*", "(a{1,3})*",
    "((a+)b?)*", "(?:(?:a+))+", "([^a]+)+", "([^\\d]+)+", "a" * 3000,
]  # fmt: skip
ENDING = [
    "^[a-z]+(-[a-z]+)*$", "^\\s*\\S+(\\s+\\S+){2,14}\\s*$", "(?:a+b)+", "(a?)+", "(ab*)*", "(a*b)*", "([^,]*,)*",
    "(a+b+)+", "(?=a+)+", "^[0-9]{9}$", "(a|[ab]c)*", "a+b+c+", "(a|b|c)*", "", "(a+)", "(a+)?", "((a+))?b",
]  # fmt: skip


@pytest.mark.parametrize("pattern", ENDLESS, ids=lambda pattern: pattern[:20])
def test_a_repeated_repetition_that_can_be_cut_in_two_ways_is_told(pattern: str) -> None:
    assert may_never_end(pattern)


@pytest.mark.parametrize("pattern", ENDING)
def test_a_repeated_repetition_that_can_be_cut_in_one_way_passes(pattern: str) -> None:
    assert not may_never_end(pattern)


def test_a_pattern_that_may_never_end_is_a_warning_at_its_place(project: Small) -> None:
    (found,) = problems(project, 'e:p a sh:PropertyShape ;\n  sh:pattern "^(a+)+$" .')
    assert told([found]) == [(f"shapes/f.ttl:{LINE + 1}:14", "FI-12-nested")]
    assert found.severity is Severity.WARNING
    assert found.detail is not None
    assert found.detail.fr == "« ^(a+)+$ »"


def test_the_shipped_rules_fetch_nothing_end_and_can_all_run() -> None:
    documents, _ = loading.load_shapes(PROJECT)
    rules = Shapes(tuple(triple for document in documents for triple in document.triples))
    assert runnable.problems(documents, rules) == ()
