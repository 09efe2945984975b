"""Files of every kind: what is read, what is refused, where and in which words."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, NamedNode

from accords import loading, parsing, rulebook, syntax_words, turtle
from accords.findings import Severity
from accords.loading import content_files
from accords.project import Project
from accords.syntax_places import Place
from accords.syntax_words import explained
from laying import ROOT
from small import HEAD, Small, read, small, told

if TYPE_CHECKING:
    from pathlib import Path

    from accords.loading import FileProblem

SHIPPED = sorted(path for folder in ("data", "ontology", "shapes") for path in (ROOT / folder).rglob("*.ttl"))


@pytest.fixture
def project(tmp_path: Path) -> Small:
    return small(tmp_path / "project")


def house() -> dict[str, str]:
    return {"agr": "https://w3id.org/accords-emploi/id/agreement/", "act": "https://w3id.org/x/"}


def wrong(text: str) -> tuple[FileProblem, ...]:
    return parsing.parsed(HEAD + text, "f.ttl", house).problems


# What the parser says, said to the person who typed it: the text, where, in French, in English, what to do.
SYNTAX = [
    ("agr:a e:b e:c .", "2:1", "« agr: » non déclaré", "“agr:” is not declared", "@prefix agr: <https://w3id"),
    ("agt:a e:b e:c .", "2:1", "« agt: » non déclaré", "“agt:” is not declared", "proches : agr:"),
    ("zzzz:a e:b e:c .", "2:1", "« zzzz: » non déclaré", "“zzzz:” is not declared", "faute de frappe"),
    ("e:a e:b e:c", "2:9", "il manque un point à la fin de la fiche", "a full stop is missing", "écrivez e:c ."),
    ("e:a e:b (", "2:10", "au milieu d'une fiche", "in the middle of a record", "par un point"),
    ("@pre", "2:1", "« @pre » ne peut pas commencer une fiche", "“@pre” cannot begin", "agr:…"),
    ('e:a e:b "abc .\ne:c e:d e:e .', "2:9", 'jamais refermé : "abc', 'never closed: "abc', "à la fin"),
    ("e:a e:b 'abc .", "2:9", "guillemet ouvert ici", "quotation mark opened here", "à la fin du texte"),
    ('e:a e:b "a\rb" .', "2:9", "guillemet ouvert ici", "quotation mark opened here", "à la fin du texte"),
    ('e:a e:b """abc .\n', "2:9", "par trois guillemets", "three quotation marks", 'fermez le texte par """'),
    ("e:a e:b <http://e/a .", "2:9", "chevron < ouvert", "bracket < opened here", "fermez l'adresse par >"),
    ("e:a e:b <http://e/a .\ne:c e:d <x:y> .", "2:9", "chevron <", "bracket <", "fermez l'adresse par >"),
    ("e:a e:b e:l'x .", "2:12", "apostrophe dans un nom : e:l'x", "inside a name: e:l'x", "retirez"),
    ("e:a e:b <http://e/a b> .", "2:9", "adresse (espace) : <http://e/a b>", "(space)", "%20"),
    ("e:a e:b <http://e/{a}> .", "2:9", "interdit dans une adresse (« { »)", "(“{”)", "retirez ce caractère"),
    ("e:a e:b <http://e/\t> .", "2:9", "(U+0009) : <http://e/\\u0009>", "(U+0009)", "retirez ce caractère"),
    ("e:a e:b <foo> .", "2:9", "adresse incomplète : <foo>", "incomplete address: <foo>", "l'adresse entière"),
    ("e:a e:b <http://e/%zz> .", "2:9", "% sans ses deux chiffres", "% without its two", "%25"),
    ("e:a e:b e:a%zz .", "2:12", "% sans ses deux chiffres", "% without its two", "%25"),
    ("e:a e:b <http://e:port/> .", "2:9", "adresse mal formée", "malformed address", "l'adresse entière"),
    ("e:a e:b <http://[::1/> .", "2:9", "adresse mal formée", "malformed address", "l'adresse entière"),
    ("e:a e:b e:c\ne:d e:e e:f .", "2:9", "il manque un point", "missing at the end of the record", "écrivez e:c ."),
    ("e:a e:b e:c # c\n\n e:d e:e e:f .", "2:9", "il manque un point", "full stop is missing", "écrivez e:c ."),
    ("e:a e:b e:c\n  e:d e:e .", "2:9", "il manque un point-virgule", "semicolon is missing", "écrivez e:c ;"),
    ("e:a e:b e:c e:d .", "2:9", "il manque une virgule", "comma is missing", "écrivez e:c ,"),
    ("e:a e:b e:c ;", "2:13", "« ; » à la fin d'une fiche", "“;” at the end of a record", "« . » à sa place"),
    ("e:a e:b e:c .\n  e:d 1 .", "2:13", "devant une autre propriété", "before another property", "« ; » à sa"),
    ("e:a e:b 1 ; 2 .", "2:11", "devant une autre valeur", "before another value", "« , » à sa place"),
    ('e:a e:b "x"fr .', "2:9", "il manque @ devant la langue", "@ is missing before", 'écrivez "x"@fr'),
    ("e:a e:b e:c d .", "2:13", "une virgule avant « d »", "a comma is missing before “d”", "« e:c », ligne 2"),
    ('e:a e:b "dit "oui" au" .', "2:15", "coupé par un guillemet droit", "cut by a straight", 'lieu de "'),
    ("e:a e:b 2023-06-01 .", "2:13", "date ou nombre mal écrit : 2023-06-01", "ill-written", 'écrivez "2023-06-01"^^xsd:date'),
    ("e:a e:b 17 000 .", "2:12", "date ou nombre mal écrit : 17 000", "ill-written date", "écrivez 17000"),
    ("e:a e:b e:c ] .", "2:13", "« ] » sans rien d'ouvert", "“]” with nothing open", "retirez-le"),
    ("e:a e:b e:c ) .", "2:13", "« ) » sans rien d'ouvert", "“)” with nothing open", "retirez-le"),
    ('e:a e:b "x"@fr^^e:t .', "2:15", "« ^^ » n'a pas sa place", "“^^” has no place", "pas les deux"),
    ('e:a e:b "x"^^e:t@fr .', "2:17", "« @fr » n'a pas sa place", "“@fr” has no place", "pas les deux"),
    ("GRAPH e:g { e:a e:b e:c }", "2:1", "du TriG ou du N3", "TriG or N3", "retirez GRAPH"),
    ("{ e:a e:b e:c }", "2:1", "du TriG ou du N3", "TriG or N3", "retirez GRAPH"),
    ("e:a e:b e:c . .", "2:15", "« . » en trop", "one “.” too many", "retirez ce signe"),
    ("PREFIX x: <http://x/> .", "2:23", "« . » en trop", "one “.” too many", "retirez ce signe"),
    ('"x" e:b e:c .', "2:1", '« "x" » ne peut pas commencer', "cannot begin a record", "agr:…"),
    ("e:a _:b e:c .", "2:5", "« _:b » n'est pas une propriété", "“_:b” is not a property", "ae:theme"),
    ("e:a . e:b e:c .", "2:5", "il manque une propriété avant « . »", "a property is missing", "ae:theme"),
    ("e:a e:b foo .", "2:9", "« foo » n'est pas une valeur", "“foo” is not a value", "entre guillemets"),
    ("e:a e:b Vrai .", "2:9", "« Vrai » n'est pas une valeur", "“Vrai” is not a value", "écrivez true"),
    ("e:a e:b e:c , .", "2:15", "il manque une valeur avant « . »", "a value is missing", "ajoutez la valeur"),
    ("e:a e:b “x” .", "2:9", "guillemet typographique “", "typographic quotation mark “", 'droits : "x"'),
    ("e:a e:b « x » .", "2:9", "guillemet typographique «", "typographic quotation mark «", 'droits : "x"'),
    ("e:a\u00a0e:b e:c .", "2:4", "caractère invisible U+00A0", "invisible character U+00A0", "retapez"),
    ("e:a e:b e:c .\x1a", "2:14", "caractère invisible U+001A", "invisible character U+001A", "retapez"),
    ("\ufeffe:a e:b e:c .", "2:1", "caractère invisible U+FEFF", "invisible character U+FEFF", "retapez"),
    ("e:a e:b e:a/b .", "2:12", "« / » à l'intérieur d'un nom", "“/” inside a name", "\\/"),
    ('e:a e:b "un mois"^e:t .', "2:18", "un seul ^", "a single ^", 'écrivez "un mois"^^e:t'),
    ("e:a e:b e: c .", "2:12", "espace entre le préfixe e: et", "space between the prefix e:", "écrivez e:c"),
    ('e:a e:b "x@fr , "y"@en .', "2:18", "oublié avant @fr", "left out before @fr", 'écrivez "x"@fr'),
    ("@prefix x: <x:y>\n@prefix z: <x:z> .", "3:1", "il manque un point avant", "is missing before", "<x:y> », ligne 2"),
    ("e:a e:Axis ; e:b e:c .", "2:12", "e:Axis est une classe", "e:Axis is a class", "écrivez a e:Axis"),
    ("e:a e:b e:c .\n// e", "3:1", "« / » ne commence rien", "“/” begins nothing", "un commentaire commence par #"),
    ("e:a e:b * .", "2:9", "« * » ne commence rien", "“*” begins nothing", "retirez ce caractère"),
    ('e:a e:b "a\\qb" .', "2:11", "« \\q » n'est pas un échappement", "“\\q” is not an escape", "\\\\"),
    ('e:a e:b "a\\uD800" .', "2:11", "« \\uD800 » ne désigne aucun", "names no character", "\\u suivi"),
    ("e:a e:b e:a\\qb .", "2:12", "barre oblique inverse mal placée", "misplaced backslash", "retirez"),
    ('e:a e:b "x"^^ .', "2:15", "type attendu après ^^", "datatype expected after ^^", "^^xsd:date"),
    ("e:a e:b [ e:c e:d .", "2:19", "crochet [ encore ouvert", "bracket [ still open", "fermez-le par ]"),
    ("@prefix x <http://x/> .", "2:9", "préfixe mal formée", "malformed prefix", "@prefix act:"),
    ("BASE e:a", "2:6", "@base mal formée", "malformed @base", "@base <https"),
    ("e:a e:b 1e .", "2:9", "nombre inachevé : 1e", "unfinished number: 1e", "complétez le nombre"),
    ("_: e:b e:c .", "2:1", "_: sans nom derrière", "_: without a name", "donnez un nom"),
    (
        'e:a e:b "x"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString> .',
        "2:14",
        "sans langue",
        "without language",
        '"…"@fr',
    ),
    ("e:a e:b << e:c e:d e:e >> .", "2:9", "RDF 1.2", "RDF 1.2 syntax", "Turtle 1.1"),
    ("e:a e:b e:c {| e:d e:e |} .", "2:13", "RDF 1.2", "RDF 1.2 syntax", "Turtle 1.1"),
    ("e:a e:b e:c ~ e:r .", "2:13", "RDF 1.2", "RDF 1.2 syntax", "Turtle 1.1"),
    ('e:a e:b "x"@fr--ltr .', "2:15", "RDF 1.2", "RDF 1.2 syntax", "Turtle 1.1"),
    ('VERSION "1.2"\n', "2:1", "RDF 1.2", "RDF 1.2 syntax", "Turtle 1.1"),
]  # fmt: skip
TAGS = ["x", "1", "", "fr_FR", "fr-", "abcdefghij", "fr-abcdefghijk", "fr-FR-FR", "fr-a"]


@pytest.mark.parametrize(("text", "place", "french", "english", "mend"), SYNTAX, ids=range(len(SYNTAX)))
def test_a_syntax_error_is_told_in_both_languages_with_what_to_do(
    text: str, place: str, french: str, english: str, mend: str
) -> None:
    first = wrong(text)[0]
    assert first.location.file == "f.ttl"
    assert f"{first.location.line}:{first.location.column}" == place
    assert first.what == "FI-01-syntax"
    assert first.detail is not None
    assert french in first.detail.fr
    assert english in first.detail.en
    assert first.mend is not None
    assert mend in first.mend.fr
    assert first.mend.en


@pytest.mark.parametrize("tag", TAGS)
def test_a_language_tag_that_is_none_is_a_finding_of_its_own(tag: str) -> None:
    (first,) = wrong(f'e:a e:b "x"@{tag} .')
    assert first.what == "FI-09-tag"
    assert first.detail is not None
    assert f"« @{tag} »" in first.detail.fr


def test_every_sentence_about_syntax_is_spoken_by_some_example() -> None:
    texts = [HEAD + text for text in (*(text for text, *_ in SYNTAX), "e:a e:b e:… .")] + [
        f'{HEAD}e:a e:b "x"@{tag} .' for tag in TAGS
    ]
    reasons = [problem.reason for text in texts for problem in turtle.read(text).problems]
    heard = {
        next(pattern for pattern, _ in syntax_words._TABLE if pattern.match(reason))
        for reason in reasons
        if any(pattern.match(reason) for pattern, _ in syntax_words._TABLE)
    }
    assert [pattern.pattern for pattern, _ in syntax_words._TABLE if pattern not in heard] == []


def test_no_reason_of_the_parser_is_left_in_english_in_a_french_sentence() -> None:
    for text, *_ in SYNTAX:
        for problem in wrong(text):
            assert problem.detail is not None
            assert not re.search(r"\b(is|not|expected|should|Unexpected|Invalid)\b", problem.detail.fr), text


def test_a_reason_that_is_not_known_is_kept_as_the_parser_gave_it() -> None:
    assert explained("Something new", Place("x\u202ey")).said.fr == "Something new (« x\\u202ey »)"


def test_the_text_at_fault_is_cut_and_nothing_unseen_is_in_it() -> None:
    (first,) = wrong("e:a e:b " + "f\u200b" * 500 + " .")
    assert first.detail is not None
    assert len(first.detail.fr) < 400
    assert "\u200b" not in first.detail.fr


def test_all_errors_of_a_file_are_told_the_first_of_each_line() -> None:
    text = "e:a e:b ! , ! .\ne:c e:d e:e .\ne:f ! e:g .\ne:h e:i e:j e:k ! .\n"
    assert [problem.location.line for problem in wrong(text)] == [2, 4, 5]


def test_an_undeclared_prefix_is_told_once_with_the_number_of_places() -> None:
    text = "x:a e:b e:c .\n" * 40 + "y:a e:b e:c .\n"
    first, second = wrong(text)
    assert first.detail is not None
    assert "« x: » non déclaré (40 endroits)" in first.detail.fr
    assert "“x:” is not declared (40 places)" in first.detail.en
    assert second.location.line == 42


def test_an_unclosed_string_does_not_hide_the_errors_behind_it() -> None:
    text = 'e:a e:b "abc ;\n  e:c "x"@fr , "y" ;\n  e:d 4 .\ne:f e:g "open\'s .\ne:h ! "ok" .\n'
    assert [problem.location.line for problem in wrong(text)] == [2, 5, 6]


def test_an_unclosed_address_does_not_hide_the_errors_behind_it() -> None:
    text = "e:a e:b <http://e/a ;\n  e:c <http://e/b> .\ne:h ! <http://e/c> .\n"
    assert [problem.location.line for problem in wrong(text)] == [2, 4]


def test_a_thousand_errors_of_one_file_are_told_and_the_rest_counted() -> None:
    problems = wrong("e:a e:b ! .\n" * 1500)
    assert len(problems) == parsing.MOST_ERRORS + 1
    assert problems[-1].detail is not None
    assert problems[-1].detail.fr == "et 500 autres erreurs"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_right_whatever_ends_them(end: str, tmp_path: Path) -> None:
    text = end.join(["@prefix e: <http://e/> .", "", "# é", "e:a e:b 'é𝒳' ! ."])
    document, problems = read(tmp_path / "f.ttl", text)
    assert document is None
    assert told(problems) == [("f.ttl:4:14", "FI-01-syntax")]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_bytes_that_are_not_utf_8_are_told_at_their_line_and_column(end: bytes, tmp_path: Path) -> None:
    text = end.join([b"@prefix e: <http://e/> .", b"", "e:a e:b 'é".encode() + b"t\xe9' ."])
    _, problems = read(tmp_path / "f.ttl", text)
    assert told(problems) == [("f.ttl:3:12", "FI-02-not-utf-8")]
    assert problems[0].detail is not None
    assert problems[0].detail.fr == "octet 0xe9"


@pytest.mark.parametrize(
    ("content", "place", "what"),
    [
        (b"ok\n\xc0\xaf", "2:1", "FI-02-not-utf-8"),  # overlong
        (b"ok\n\xed\xa0\x80", "2:1", "FI-02-not-utf-8"),  # half of a pair
        (b"ok\n\xf4\x90\x80\x80", "2:1", "FI-02-not-utf-8"),  # beyond Unicode
        (b"\xef\xbb\xbfok\n\xff", "2:1", "FI-02-not-utf-8"),
        (b"# a\n# b\0", "2:4", "FI-02-nul"),
        ("é".encode("utf-16"), "1:1", "FI-02-utf-16"),
        ("é".encode("utf-16-be"), "1:1", "FI-02-nul"),
        (b"\xfe\xff\0a", "1:1", "FI-02-utf-16"),
        ("e:a".encode("utf-16-le"), "1:2", "FI-02-nul"),
        (gzip.compress(b"<http://e/a> <http://e/b> <http://e/c> .", mtime=0), "1:1", "FI-10-binary"),
        (b"PK\x03\x04rest", "1:1", "FI-10-binary"),
        (b"%PDF-1.7", "1:1", "FI-10-binary"),
        (b"\n <!DOCTYPE html>\n<p>", "2:2", "FI-10-html"),
        (b"<html lang='fr'>", "1:1", "FI-10-html"),
        (b"<?xml version='1.0'?><rdf:RDF/>", "1:1", "FI-10-xml"),
        (b"<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><r>&x;</r>", "1:1", "FI-10-xml"),
        (b"<rdf:RDF xmlns:rdf='x'>", "1:1", "FI-10-xml"),
        (b'{"@id": "x"}', "1:1", "FI-10-json"),
        (b"{}", "1:1", "FI-10-json"),
        (b'[\n {"@id": "x"}]', "1:1", "FI-10-json"),
        (b"# ok\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> main\n", "2:1", "FI-10-conflict"),
        (b"# ok\r\n\r\n>>>>>>> main\r\n", "3:1", "FI-10-conflict"),
        (b"# ok\r<<<<<<< HEAD\r", "2:1", "FI-10-conflict"),
    ],
)
def test_what_is_not_turtle_at_all_is_told_as_what_it_is(
    content: bytes, place: str, what: str, tmp_path: Path
) -> None:
    document, problems = read(tmp_path / "f.ttl", content)
    assert document is None
    assert told(problems) == [(f"f.ttl:{place}", what)]


def test_each_open_conflict_of_a_file_is_told(tmp_path: Path) -> None:
    conflict = "<<<<<<< HEAD\n# a\n=======\n# b\n>>>>>>> main\n"
    _, problems = read(tmp_path / "f.ttl", f"{conflict}# c\n{conflict}")
    assert told(problems) == [("f.ttl:1:1", "FI-10-conflict"), ("f.ttl:7:1", "FI-10-conflict")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "# only a comment",
        "[ <http://e/p> 1 ] .",
        "[] <http://e/p> 1 .",
        "<http://e/a> <http://e/p> 1 .",
        "<http://e/a> <http://e/p> '''\n=======\n''' .",
        "<http://e/a> <http://e/p> '<?xml {} <<x>> {| |} VERSION' . # << {|",
        "<http://e/a> <http://e/p> '''\nVERSION 1\n''' .",
        "<http://e/a> <http://e/p> '" + "([" * 500 + "' .",
    ],
)
def test_rare_but_lawful_files_are_read(text: str, tmp_path: Path) -> None:
    document, problems = read(tmp_path / "f.ttl", text)
    assert not problems
    assert document is not None


def test_a_byte_order_mark_is_a_warning_and_the_file_is_read(tmp_path: Path) -> None:
    document, problems = read(tmp_path / "f.ttl", f"\ufeff{HEAD}e:a e:b e:c .")
    assert [(p.what, p.severity) for p in problems] == [("FI-02-bom", Severity.WARNING)]
    assert document is not None
    node = NamedNode("http://example.org/a")
    assert str(document.locate(node)) == "f.ttl:2:1"


def test_a_file_above_the_limit_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "f.ttl"
    with path.open("wb") as file:
        file.truncate(parsing.LARGEST + 1)  # sparse: takes no room
    document, problems = loading.read(path, "f.ttl")
    assert document is None
    assert told(problems) == [("f.ttl:1:1", "FI-06-file")]


def test_a_line_above_the_limit_is_told_with_its_number(tmp_path: Path) -> None:
    _, problems = read(tmp_path / "f.ttl", b"# a\r# " + b"b" * parsing.LONGEST + b"\n")
    assert told(problems) == [("f.ttl:2:1", "FI-06-line")]


def test_a_text_above_the_parser_s_room_is_told_where_it_begins() -> None:
    text = f'{HEAD}e:a e:b """{"x" * 200}\n' + ("y" * 999 + "\n") * 17_000
    (problem,) = parsing.parsed(text + '""" .', "f.ttl", house).problems
    assert told([problem]) == [("f.ttl:2:9", "FI-06-text")]
    problem, *_ = parsing.parsed(text.replace('"""', '"'), "f.ttl", house).problems
    assert told([problem]) == [("f.ttl:2:9", "FI-01-syntax")]


def test_nesting_is_read_to_the_limit_with_its_positions_and_refused_beyond(tmp_path: Path) -> None:
    def nested(depth: int) -> str:
        return f"{HEAD}e:a e:b " + "\n[ e:b " * depth + "1" + " ]" * depth + " ."

    document, problems = read(tmp_path / "f.ttl", nested(parsing.DEEPEST))
    assert not problems
    assert document is not None
    assert document.locate(BlankNode("x"), NamedNode("http://example.org/b"), None).line > 1
    assert len(document.triples) == parsing.DEEPEST + 1
    _, problems = read(tmp_path / "f.ttl", nested(parsing.DEEPEST + 1))
    assert told(problems) == [(f"f.ttl:{parsing.DEEPEST + 3}:1", "FI-06-nesting")]


DEEP = ' + "<<( <x:a> <x:b> " * 100_000 + "<x:c>" + " )>>" * 100_000'
HOSTILE = {
    "deep triple terms": '""' + DEEP,
    "behind a bad escape": '\'"a\\\\q" """ \'' + DEEP,
    "behind closing brackets": '") " * 100_000 + ". <x:s> <x:p> "' + DEEP,
    "behind a comment that is none": '"<x:s b#c> . <x:s> <x:p> "' + DEEP,
    "deep annotations": '"<x:c> " + "{| <x:a> <x:b> " * 100_000 + "|} " * 100_000',
    "deep lists": '"(" * 100_000 + ")" * 100_000',
    "never closed": '"[ <x:p> " * 100_000',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_nesting_without_end_is_refused_and_does_not_end_the_process(name: str, tmp_path: Path) -> None:
    script = (
        "import sys, pathlib; from accords import loading\n"
        f"path = pathlib.Path(sys.argv[1]); path.write_text('<x:s> <x:p> ' + {HOSTILE[name]} + ' .')\n"
        "document, problems = loading.read(path, 'f.ttl')\n"
        "sys.exit(7 if document is None and problems else 1)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "f.ttl")], capture_output=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (7, b"")


def test_blank_nodes_of_two_files_stay_apart(project: Small) -> None:
    project.write("data/a.ttl", f"{HEAD}_:b e:p 1 .")
    project.write("data/b.ttl", f"{HEAD}_:b e:p 2 .")
    knowledge = loading.load(project.project)
    assert len({triple.subject for document in knowledge.data for triple in document.triples}) == 2


def test_the_house_line_is_offered_for_a_prefix_that_a_file_forgets(project: Small) -> None:
    project.write("data/a.ttl", "agr:a agr:b agr:c .")
    (problem,) = project.problems()
    assert problem.mend is not None
    assert "@prefix agr: <https://w3id.org/accords-emploi/id/agreement/> ." in problem.mend.fr


def test_all_files_are_read_and_all_their_errors_told(project: Small) -> None:
    project.write("data/a.ttl", f"{HEAD}e:a e:b ! .\ne:a e:b ! .")
    project.write("ontology/b.ttl", b"\xff")
    project.write("shapes/c.ttl", "{}")
    assert told(project.problems()) == [
        ("data/a.ttl:2:9", "FI-01-syntax"),
        ("data/a.ttl:3:9", "FI-01-syntax"),
        ("ontology/b.ttl:1:1", "FI-02-not-utf-8"),
        ("shapes/c.ttl:1:1", "FI-10-json"),
    ]


def test_entries_that_are_no_files_are_passed_over_with_a_warning_and_never_block(project: Small) -> None:
    data = project.root / "data"
    os.mkfifo(data / "pipe.ttl")
    (data / "device.ttl").symlink_to("/dev/zero")
    (data / "folder.ttl").mkdir()
    project.write("data/folder.ttl/inside.ttl", HEAD)
    (data / "out.ttl").symlink_to(ROOT / "data" / "territories" / "france.ttl")
    (data / "elsewhere").symlink_to("/")
    (data / "here").symlink_to(data / "folder.ttl")
    (data / "copy.ttl").symlink_to(data / "folder.ttl" / "inside.ttl")
    problems = project.problems()
    assert {(p.location.file, p.what) for p in problems} == {
        ("data/pipe.ttl", "FI-05-not-regular"),
        ("data/device.ttl", "FI-05-outside-root"),
        ("data/out.ttl", "FI-05-outside-root"),
        ("data/elsewhere", "FI-05-link"),
        ("data/here", "FI-05-link"),
    }
    assert {problem.severity for problem in problems} == {Severity.WARNING}
    knowledge = loading.load(project.project)
    assert [document.name for document in knowledge.data] == ["data/copy.ttl", "data/folder.ttl/inside.ttl"]


def test_a_real_device_is_passed_over(project: Small) -> None:
    try:
        os.mknod(project.root / "data" / "device.ttl", 0o020666, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("NOT TESTED: making a device needs root")
    assert told(project.problems()) == [("data/device.ttl:1:1", "FI-05-not-regular")]


def test_links_that_lead_nowhere_or_in_circles_are_errors_with_the_reason(project: Small) -> None:
    data = project.root / "data"
    (data / "a.ttl").symlink_to(data / "b.ttl")
    (data / "b.ttl").symlink_to(data / "a.ttl")
    (data / "c.ttl").symlink_to(data / "nowhere.ttl")
    problems = project.problems()
    assert {problem.severity for problem in problems} == {Severity.ERROR}
    said = {p.location.file: p.detail.fr for p in problems if p.detail is not None}
    assert said == {
        "data/a.ttl": "le lien tourne en rond",
        "data/b.ttl": "le lien tourne en rond",
        "data/c.ttl": "il n'existe pas",
    }


def test_a_content_folder_that_leads_out_of_the_project_is_an_error(project: Small) -> None:
    (project.root / "data").rmdir()
    (project.root / "data").symlink_to(ROOT / "data")
    assert told(project.problems()) == [("data:1:1", "FI-05-outside-folder")]
    assert loading.load(project.project).data == ()


def test_a_content_folder_may_be_a_link_within_the_project(project: Small) -> None:
    (project.root / "data").rename(project.root / "records")
    (project.root / "data").symlink_to(project.root / "records")
    project.write("records/a.ttl", HEAD)
    assert [document.name for document in loading.load(project.project).data] == ["data/a.ttl"]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("a.nt", "FI-05-other-syntax"),
        ("a.rdf", "FI-05-other-syntax"),
        ("a.jsonld", "FI-05-other-syntax"),
        ("a.TTL", "FI-05-other-name"),
        ("a.ttl.txt", "FI-05-other-name"),
        ("a.ttl.gz", "FI-05-other-name"),
    ],
)
def test_a_file_that_is_not_read_for_its_name_is_told(name: str, what: str, project: Small) -> None:
    project.write(f"data/{name}", "not looked at")
    assert told(project.problems()) == [(f"data/{name}:1:1", what)]


@pytest.mark.parametrize(
    "name", ["README.md", "a.ttl~", "#a.ttl#", ".a.ttl.swp", ".hidden.ttl", ".git/a.ttl"]
)
def test_what_an_editor_or_git_leaves_is_passed_over_in_silence(name: str, project: Small) -> None:
    project.write(f"data/{name}", "not looked at")
    assert project.problems() == []


def test_a_file_that_the_system_refuses_is_an_error(project: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    path = project.write("data/a.ttl", HEAD)

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(type(path), "read_bytes", refuse)
    problem = next(p for p in project.problems() if p.location.file == "data/a.ttl")
    assert (problem.what, problem.severity) == ("FI-05-unreadable", Severity.ERROR)
    assert problem.detail is not None
    assert problem.detail == ("accès refusé", "Permission denied")


def test_a_folder_that_cannot_be_listed_is_an_error(project: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("data/shut/a.ttl", HEAD)
    listed = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert told(project.problems()) == [("data/shut:1:1", "FI-05-unreadable")]


def test_a_file_that_goes_while_it_is_worked_on_loses_its_positions_only(tmp_path: Path) -> None:
    document, _ = read(tmp_path / "f.ttl", f"{HEAD}e:a e:b e:c .")
    assert document is not None
    document.path.unlink()
    assert str(document.locate(NamedNode("http://example.org/a"))) == "f.ttl:1:1"


def test_every_check_made_here_is_in_the_rulebook_with_the_same_gravity() -> None:
    documents, problems = loading.load_shapes(Project(ROOT))
    assert not problems
    book = rulebook.of_documents(documents)
    source = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "src" / "accords").glob("*.py")}
    named = {name for text in source.values() for name in re.findall(r'"(FI-[0-9]{2}-[a-z0-9-]+)"', text)}
    documented = {node.rpartition("#")[2] for node in book.messages if re.search(r"#FI-[0-9]{2}-", node)}
    assert named == documented


def test_each_problem_has_the_gravity_that_the_rulebook_gives_its_check(project: Small) -> None:
    book = rulebook.of_documents(loading.load_shapes(Project(ROOT))[0])
    for number, content in enumerate([b"\xff", b"{}", b"\xef\xbb\xbf", b"!", b"\0", b"PK\x03\x04"]):
        project.write(f"data/{number}.ttl", content)
    (project.root / "data" / "x.ttl").symlink_to("x.ttl")
    (project.root / "data" / "y.ttl").symlink_to("/dev/null")
    project.write("data/a.nt", "")
    problems = project.problems()
    assert len(problems) == 9
    assert [p for p in problems if p.severity is not book.severity(rulebook.check(p.what))] == []


def checked(path: Path, content: bytes) -> None:
    """Read whatever bytes: a document with every triple placed, or problems at lines that exist."""
    path.write_bytes(content)
    document, problems = loading.read(path, path.name)
    lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    assert all(1 <= problem.location.line <= lines for problem in problems)
    assert all(problem.location.column >= 1 for problem in problems)
    assert (document is None) == any(problem.severity is Severity.ERROR for problem in problems)
    for triple in document.triples if document is not None else ():
        assert document is not None
        assert document._places, content
        assert document.locate(triple.subject, triple.predicate, triple.object).line <= lines


SCRAPS = st.sampled_from(
    [
        *("e:a", "e:b", " ", "\n", "\r", '"', "'", '"""', "<", ">", "<http://e/x>", "<<", ">>", "(", ")", "[", "]"),
        *("{|", "|}", ".", ";", ",", "@fr", "@", "^^", "e:t", "_:b", "#", "\\", "\\u00e9", "1", "-", "1e", "true"),
        *("@prefix", "PREFIX", "BASE", "e:", "x:y", "é", "\u202e", "\ufeff", "\x00", "=======", "<<<<<<< ", "~"),
        *("VERSION", "--ltr", "a", "{", "}", "GRAPH", "%", "=", "\u00a0"),
    ]
)  # fmt: skip


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_random_bytes_never_crash_the_reader(tmp_path: Path, content: bytes) -> None:
    checked(tmp_path / "f.ttl", content)


@settings(deadline=None, max_examples=600, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SCRAPS, max_size=25))
def test_random_scraps_of_turtle_never_crash_the_reader(tmp_path: Path, scraps: list[str]) -> None:
    checked(tmp_path / "f.ttl", (HEAD + "".join(scraps)).encode("utf-8", "surrogatepass"))


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damaged_shipped_files_never_crash_the_reader(tmp_path: Path, data: st.DataObject) -> None:
    content = data.draw(st.sampled_from(SHIPPED)).read_bytes()[:6000]
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content)))
        cut = data.draw(st.integers(0, 40))
        scrap = data.draw(st.one_of(SCRAPS.map(str.encode), st.binary(max_size=4)))
        content = content[:at] + scrap + content[at + cut :]
    checked(tmp_path / "f.ttl", content)


NAMES = st.from_regex(r"[a-zé][a-z0-9é-]{0,5}", fullmatch=True)
WRITTEN = st.one_of(
    NAMES.map(lambda name: f"e:{name}"),
    NAMES.map(lambda name: f"<http://example.org/{name}>"),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='"\\'), max_size=8).map(
        lambda text: f'"{text}"@fr'
    ),
    st.sampled_from(["1", "-2.5", "3e4", "true", "'''a\nb'''", '"x"^^e:t']),
)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(NAMES, NAMES, st.lists(WRITTEN, min_size=1, max_size=3)), min_size=1, max_size=4),
    st.sampled_from([" ", "\n", "\r\n", "\r", " # é\n", "\t"]),
)
def test_every_triple_of_a_generated_file_is_found_where_it_is_written(
    tmp_path: Path, rows: list[tuple[str, str, list[str]]], space: str
) -> None:
    text = HEAD + "".join(
        f"e:{subject}{space}e:{predicate}{space}{f' ,{space}'.join(objects)}{space}.{space}"
        for subject, predicate, objects in rows
    )
    document, problems = read(tmp_path / "f.ttl", text)
    assert not problems
    assert document is not None
    written = [value for _, _, objects in rows for value in objects]
    lines = re.split(r"\r\n|\r|\n", document.text)
    for triple, value in zip(document.triples, written, strict=True):
        place = document.locate(triple.subject, triple.predicate, triple.object)
        first = written[document.triples.index(triple)]  # said twice: where it is said first
        assert lines[place.line - 1][place.column - 1 :].startswith(first.splitlines()[0]), value


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_every_triple_of_a_shipped_file_is_found_where_it_is_written(path: Path) -> None:
    document, problems = loading.read(path, path.name)
    assert not problems
    assert document is not None
    lines = document.text.splitlines()
    for triple in document.triples:
        if isinstance(triple.object, BlankNode) or isinstance(triple.subject, BlankNode):
            continue
        place = document.locate(triple.subject, triple.predicate, triple.object)
        written = lines[place.line - 1][place.column - 1 :]
        if isinstance(triple.object, NamedNode):
            assert written.startswith("<") or re.match(r"[\w-]*:", written), (place, written)
        else:
            assert written[0] in "\"'" or written[0] in "+-.0123456789tf", (place, written)


def test_walking_opens_nothing(project: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("data/a.ttl", HEAD)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr("io.open", refuse)
    found = [path.name for path, _ in content_files(project.project, project.project.data)]
    assert found == ["a.ttl"]
