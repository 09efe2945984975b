"""`accords rename`: one name for another everywhere, the old one kept as a tombstone, nothing else touched."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from accords import journal, turtle
from accords.cli import asking
from accords.vocab import BASE

if TYPE_CHECKING:
    from calling import Caller

ID = f"{BASE}id/"
THINGS = {  # what is renamed, its new name
    "an actor": ("act:wld-office", "act:wld-bureau"),
    "an agreement": ("agr:wld-golden", "agr:wld-dore"),
    "a commitment": ("cmt:wld-golden-1", "cmt:wld-golden-premier"),
    "a concept": ("theme:training", "theme:formation"),
    "a person": ("per:wld-jocelin-ravier", "per:wld-jocelin"),
    "a property": ("ae:hasParty", "ae:party"),
    "a class": ("ae:Commitment", "ae:Pledge"),
}


def texts(call: Caller) -> dict[str, bytes]:
    return {
        path.relative_to(call.root).as_posix(): path.read_bytes()
        for path in call.root.rglob("*")
        if path.is_file()
    }


def graph(call: Caller) -> set[tuple[str, ...]]:
    """Return every triple without blank nodes of the project's Turtle files."""
    return {
        (str(quad.subject), str(quad.predicate), str(quad.object))
        for path in call.root.rglob("*.ttl")
        for quad in parse(path.read_bytes(), format=RdfFormat.TURTLE)
        if isinstance(quad, Quad)
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode | Literal)
    }


def comments(call: Caller) -> dict[str, list[str]]:
    return {
        name: [token.text for token in turtle.tokens(raw.decode()) if token.kind == "comment"]
        for name, raw in texts(call).items()
        if name.endswith(".ttl")
    }


def errors(call: Caller) -> list[str]:
    found = json.loads(call("check", "--format", "json").out)
    return [one["message"] for one in found["findings"] if one["severity"] == "error"]


@pytest.mark.parametrize(("old", "new"), THINGS.values(), ids=THINGS)
def test_the_graph_says_the_same_under_the_new_name_and_the_old_one_leads_to_it(
    call: Caller, old: str, new: str
) -> None:
    before, remarks = graph(call), comments(call)
    done = call("rename", old, new, "--yes")
    assert done.code == 0, done.err
    after = graph(call)
    one, other = (f"{line}>" for line in _iris(before | after, old, new))
    mapped = {tuple(other if term == one else term for term in row) for row in before}
    datatypes = {tuple(term.replace(f"^^{one}", f"^^{other}") for term in row) for row in mapped}
    tombstone = after - datatypes
    assert datatypes <= after
    assert {row[0] for row in tombstone} == {one}
    assert (one, "<http://purl.org/dc/terms/isReplacedBy>", other) in tombstone
    assert any(row[1].endswith("#deprecated>") for row in tombstone)
    assert sum(row[1].endswith("#changeNote>") for row in tombstone) == 2
    assert comments(call) == remarks
    assert errors(call) == []
    assert call("fmt", "--check").code == 0


def _iris(rows: set[tuple[str, ...]], *curies: str) -> list[str]:
    """Return the addresses of short names, less their closing bracket."""
    table = {
        row[0].rpartition("#")[2][:-1]: row[2].partition('"')[2].partition('"')[0]
        for row in rows
        if row[1].endswith("shacl#namespace>")
    }
    return [f"<{table[curie.partition(':')[0]]}{curie.partition(':')[2]}" for curie in curies]


def test_the_parts_of_an_agreement_are_told_and_renamed_when_asked(call: Caller) -> None:
    told = call("rename", "agr:wld-golden", "agr:wld-dore", "--dry-run")
    assert "fiches en tirent leur nom et le gardent : exc:wld-golden-engagements" in told.err
    assert "--with-parts" in told.err
    assert call("rename", "agr:wld-golden", "agr:wld-dore", "--with-parts", "--yes").code == 0
    text = (call.root / "data/agreements/wld-golden.ttl").read_text(encoding="utf-8")
    for part in (
        "axe:wld-dore-1 a ae:Axis",
        "cmt:wld-dore-1 a ae:Commitment",
        "exc:wld-dore-axe-1 a ae:Excerpt",
    ):
        assert part in text
    assert "ae:axisOf agr:wld-dore" in text
    assert "axe:wld-golden-1 a ae:Axis" in text  # its tombstone
    assert errors(call) == []


def test_parts_are_named_by_what_the_two_names_do_not_share(call: Caller) -> None:
    call("rename", "agr:wld-golden", "agr:wld-golden-protocol", "--with-parts", "--unreleased", "--yes")
    told = call("rename", "agr:wld-golden-protocol", "agr:wld-dore-protocol", "--dry-run")
    assert told.code == 0
    assert "fiches en tirent" in told.err


def test_what_is_named_after_a_longer_name_is_no_part_of_the_shorter(call: Caller) -> None:
    told = call("rename", "act:wld-office", "act:wld-bureau", "--with-parts", "--dry-run")
    assert "+clm:wld-siren-office" not in told.out
    post = """@prefix act: <https://w3id.org/accords-emploi/id/actor/> .
@prefix ae: <https://w3id.org/accords-emploi/def#> .
@prefix clm: <https://w3id.org/accords-emploi/id/claim/> .
clm:wld-office-hautebrume-x a ae:Claim ; ae:claimAbout act:wld-office-hautebrume ; ae:claimValue act:wld-office .
clm:wld-office-x a ae:Claim ; ae:claimAbout act:wld-office .
"""
    call.write("data/x.ttl", post)
    told = call("rename", "act:wld-office", "act:wld-bureau", "--with-parts", "--dry-run")
    assert "+clm:wld-bureau-x a ae:Claim" in told.out
    assert "clm:wld-bureau-hautebrume-x" not in told.out


def test_an_unreleased_name_leaves_nothing_and_there_and_back_gives_every_byte_back(call: Caller) -> None:
    before = texts(call)
    for old, new in (("agr:wld-golden", "agr:wld-dore"), ("theme:training", "theme:courses")):
        assert call("rename", old, new, "--unreleased", "--with-parts", "--yes").code == 0
    there = b"".join(texts(call).values())
    assert b"agr:wld-golden " not in there
    assert b"theme:training " not in there
    assert errors(call) == []
    for new, old in (("agr:wld-golden", "agr:wld-dore"), ("theme:training", "theme:courses")):
        assert call("rename", old, new, "--unreleased", "--with-parts", "--yes").code == 0
    assert texts(call) == before


def test_what_a_release_has_carried_is_not_unreleased_and_the_release_stays_as_it_was(call: Caller) -> None:
    call.write(
        "ontology/released.ttl", f"<{BASE}def#hasParty> a <http://www.w3.org/2002/07/owl#ObjectProperty> .\n"
    )
    call.write("ontology/migrations/old.rq", f"SELECT * {{ ?a <{BASE}def#hasParty> ?b }}\n")
    refused = call("rename", "ae:hasParty", "ae:party", "--unreleased", "--yes")
    assert (refused.code, "ae:hasParty a été publié" in refused.err) == (2, True)
    assert call("rename", "ae:hasParty", "ae:party", "--yes").code == 0
    for name in ("ontology/released.ttl", "ontology/migrations/old.rq"):
        assert f"{BASE}def#hasParty" in (call.root / name).read_text()
    taken = call("rename", "ae:party", "ae:hasParty", "--yes")
    assert (taken.code, "ae:hasParty est déjà déprécié" in taken.err) == (2, True)


REFUSED = {
    "taken": (
        ("act:wld-office", "act:wld-agence"),
        "act:wld-agence est déjà pris",
        "act:wld-agence is already taken",
    ),
    "retired": (
        ("men:wld-tripartite-2023-sante", "men:wld-tripartite-2023-soins"),
        "men:wld-tripartite-2023-soins est déjà déprécié",
        "men:wld-tripartite-2023-soins is deprecated already",
    ),
    "already retired": (
        ("men:wld-tripartite-2023-soins", "men:wld-x"),
        "remplacé par men:wld-tripartite-2023-sante",
        "replaced by men:wld-tripartite-2023-sante",
    ),
    "capitals": (("act:wld-office", "act:Office"), "minuscules, chiffres", "lower-case letters, digits"),
    "words": (
        ("act:wld-office", "Un Office"),
        "accords: NOUVEAU : « Un Office »",
        "accords: NEW: “Un Office”",
    ),
    "too long": (("act:wld-office", "act:" + "n" * 61), "60 caractères", "60 characters"),
    "another prefix": (("act:wld-office", "agr:wld-office"), "act: suivi de", "act: followed by"),
    "a slash": (("act:wld-office", "act:wld/office"), "act: suivi de", "act: followed by"),
    "a class in small letters": (("ae:Actor", "ae:actor"), "majuscule d'abord", "a capital first"),
    "a property with a capital": (("ae:hasParty", "ae:HasParty"), "minuscule d'abord", "no capital first"),
    "the same": (("act:wld-office", "wld-office"), "s'appelle déjà ainsi", "is called that already"),
    "unknown": (("act:wld-ofice", "act:x"), "act:wld-office (", "act:wld-office ("),
    "a scheme": (("c:theme", "c:themes"), "c:theme est un schéma", "c:theme is a scheme"),
    "another vocabulary": (("skos:Concept", "skos:Idea"), "un terme d'ailleurs", "a term from elsewhere"),
}


@pytest.mark.parametrize(("words", "french", "english"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_renamed_is_refused_and_nothing_changes(
    call: Caller, words: tuple[str, str], french: str, english: str
) -> None:
    before = texts(call)
    refused = call("rename", *words, "--yes")
    assert (refused.code, french in refused.err) == (2, True), refused.err
    refused = call("rename", *words, "--yes", lang="en")
    assert (refused.code, english in refused.err) == (2, True), refused.err
    assert texts(call) == before


def test_a_thing_is_named_by_its_label_and_the_new_name_needs_no_prefix(call: Caller) -> None:
    done = call("rename", "Office valdorien du travail", "wld-bureau", "--dry-run", lang="en")
    assert done.code == 0
    assert "+act:wld-bureau a ae:PublicOperator ;" in done.out
    assert "Nothing is written (--dry-run)." in done.err


def test_words_are_never_touched_and_those_that_name_the_old_one_are_told(call: Caller) -> None:
    call.write(
        "data/x.ttl", "# see act:wld-office\n" + '<urn:a> <urn:b> "act:wld-office, not act:wld-office-2" .\n'
    )
    call.write("data/notes.md", f"Read\n<{ID}actor/wld-office>.\n")
    done = call("rename", "act:wld-office", "act:wld-bureau", "--yes")
    assert (
        "l'ancien nom reste dans un commentaire ou un texte : data/notes.md:2, data/x.ttl:1, data/x.ttl:2"
        in done.err
    )
    assert "act:wld-bureau" not in (call.root / "data/x.ttl").read_text()


def test_rules_that_look_for_the_old_name_in_their_sparql_are_told_apart(call: Caller) -> None:
    done = call("rename", "ae:hasParty", "ae:party", "--dry-run", lang="en")
    assert "rules still look for it in their SPARQL: shapes/actors.ttl:" in done.err


@pytest.mark.parametrize("words", [(), ("--dry-run",)])
def test_nothing_is_written_unless_it_is_confirmed(call: Caller, words: tuple[str, ...]) -> None:
    before = texts(call)
    done = call("rename", "act:wld-office", "act:wld-bureau", *words)
    assert done.code == (0 if words else 2)
    assert "--- a/data/actors/operators.ttl" in done.out
    assert "ien n'est écrit" in done.err
    assert texts(call) == before


@pytest.mark.parametrize(
    ("answer", "written"), [("o\n", True), ("Oui\n", True), ("n\n", False), ("\n", False)]
)
def test_a_person_at_a_terminal_is_asked(
    call: Caller, monkeypatch: pytest.MonkeyPatch, answer: str, written: bool
) -> None:
    monkeypatch.setattr(asking, "on_terminal", lambda: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
    before = texts(call)
    done = call("rename", "act:wld-office", "act:wld-bureau")
    assert (done.code, "Écrire ? [o/N]" in done.err) == (0, True)
    assert (texts(call) != before) == written


def test_the_reason_and_since_when_are_those_given_in_both_languages(call: Caller) -> None:
    half = call("rename", "act:wld-office", "act:wld-bureau", "--why", "Faute.", "--yes")
    assert (half.code, "deux langues" in half.err) == (2, True)
    call(
        "rename",
        "act:wld-office",
        "act:wld-bureau",
        "--why",
        "Faute.",
        "--why-en",
        "A slip.",
        "--since",
        "0.2.0",
        "--yes",
    )
    shown = call("show", "act:wld-office")
    assert "act:wld-bureau" in shown.out
    assert "Depuis 0.2.0 : Faute." in shown.out
    assert "Since 0.2.0: A slip." in call("show", "act:wld-office", lang="en").out


@pytest.mark.parametrize("since", ["hier", "2026-22-11x", "v1", "0.2.0 ; a ae:Actor"])
def test_since_when_is_a_version_or_a_date(call: Caller, since: str) -> None:
    before = texts(call)
    words = ("--why", "Faute.", "--why-en", "A slip.", "--since", since, "--yes")
    done = call("rename", "act:wld-office", "act:wld-bureau", *words)
    assert (done.code, "une version" in done.err) == (2, True)
    assert texts(call) == before


def test_a_file_that_does_not_parse_stops_everything_a_name_might_stand_there(call: Caller) -> None:
    call.write("data/x.ttl", "act:wld-office a")
    before = texts(call)
    done = call("rename", "act:wld-office", "act:wld-bureau", "--yes")
    assert done.code == 3
    assert "accords check data/x.ttl" in done.err
    assert texts(call) == before


def test_a_command_that_was_interrupted_is_finished_by_the_next(
    call: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, done = Path.replace, []

    def once(draft: Path, target: Path) -> Path:
        if draft.name.endswith(f".ttl{journal.DRAFT}"):
            done.append(target)
            if len(done) > 1:
                raise OSError(5, "Input/output error")
        return replace(draft, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", once)
        stopped = call("rename", "act:wld-office", "act:wld-bureau", "--yes")
    assert (stopped.code, "elle ira au bout" in stopped.err) == (3, True)
    waiting = call("rename", "act:wld-agence", "act:x", "--dry-run")
    assert (waiting.code, "accords rename act:wld-office act:wld-bureau" in waiting.err) == (2, True)
    again = call("rename", "act:wld-office", "act:wld-bureau", "--yes", lang="en")
    assert (again.code, "interrupted before, now finished" in again.err) == (0, True)
    assert errors(call) == []
    assert not [name for name in texts(call) if "accords-" in name]
