"""`accords deprecate`: the record stays, says what replaces it and why; what cites it is told or follows."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

import pytest

from accords.cli import asking, deprecate

if TYPE_CHECKING:
    from calling import Caller

WHY = ("--why", "Doublon.", "--why-en", "Duplicate.")
CLAIMS = "data/agreements/wld-golden.ttl"


def errors(call: Caller) -> list[str]:
    found = json.loads(call("check", "--format", "json").out)
    return [one["message"] for one in found["findings"] if one["severity"] == "error"]


def read(call: Caller, name: str) -> str:
    return (call.root / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("act:wld-prefecture-hautebrume", "act:wld-rectorat-hautebrume"),
        ("axe:wld-golden-2", "axe:wld-golden-1"),
        ("theme:training", "theme:guidance"),
        ("ae:contributingActor", "ae:responsibleActor"),
    ],
)
@pytest.mark.parametrize("move", [(), ("--move-references",)])
def test_a_deprecated_thing_stays_and_the_project_has_no_new_error(
    call: Caller, old: str, new: str, move: tuple[str, ...]
) -> None:
    done = call("deprecate", old, "--by", new, *WHY, *move, "--yes")
    assert done.code == 0, done.err
    assert ("encore cité" in done.err) == (not move)
    assert errors(call) == []
    shown = call("show", old).out
    assert new in shown
    assert "Doublon." in shown
    assert call("fmt", "--check").code == 0


def test_the_record_keeps_all_that_it_said_and_references_follow_only_when_asked(call: Caller) -> None:
    before = read(call, CLAIMS)
    call("deprecate", "exc:wld-golden-axe-1", "--by", "exc:wld-golden-axe-2", *WHY, "--yes")
    assert read(call, CLAIMS).replace(
        " ;\n  owl:deprecated true ;\n  dcterms:isReplacedBy exc:wld-golden-axe-2 ;\n"
        '  skos:changeNote "Doublon."@fr , "Duplicate."@en .',
        " .",
    ).replace("@prefix dcterms: <http://purl.org/dc/terms/> .\n", "").replace(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n", ""
    ) == before  # fmt: skip


def test_what_had_given_way_to_it_gives_way_to_the_next(call: Caller) -> None:
    call.write(
        "data/y.ttl",
        read(call, "data/agreements/wld-tripartite-2023.ttl").partition("\nexc:")[0]
        + """
men:wld-y a ae:Mention ; skos:prefLabel "Autre"@fr ; ae:mentionOf agr:wld-tripartite-2023 ; ae:supportedBy exc:wld-debat-sante .
""",
    )
    assert call("deprecate", "men:wld-tripartite-2023-sante", "--by", "men:wld-y", *WHY, "--yes").code == 0
    text = read(call, "data/agreements/wld-tripartite-2023.ttl")
    assert text.count("dcterms:isReplacedBy men:wld-y") == 2


REFUSED = {
    "without a reason": (("act:wld-office", "--by", "act:wld-agence"), "deux langues"),
    "in one language": (("act:wld-office", "--by", "act:wld-agence", "--why", "x"), "deux langues"),
    "a term without a successor": (("ae:hasParty", *WHY), "ce qui le remplace"),
    "by itself": (("act:wld-office", "--by", "act:wld-office", *WHY), "deux fois le même nom"),
    "by another kind": (("act:wld-office", "--by", "agr:wld-golden", *WHY), "de la même sorte"),
    "by what has retired": (
        ("men:wld-tripartite-2023-sante", "--by", "men:wld-tripartite-2023-soins", *WHY),
        "est déjà déprécié",
    ),
    "twice": (
        ("men:wld-tripartite-2023-soins", "--by", "men:wld-tripartite-2023-sante", *WHY),
        "est déjà déprécié",
    ),
    "told apart by a record": (
        ("act:wld-office", "--by", "act:wld-agence", *WHY, "--move-references"),
        "chg:wld-agence-office distingue",
    ),
    "unknown": (("act:wld-nothing", "--by", "act:wld-agence", *WHY), "introuvable"),
}


@pytest.mark.parametrize(("words", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_retire_is_refused(call: Caller, words: tuple[str, ...], said: str) -> None:
    before = {path: path.read_bytes() for path in call.root.rglob("*.ttl")}
    done = call("deprecate", *words, "--yes")
    assert (done.code, said in done.err) == (2, True), done.err
    assert {path: path.read_bytes() for path in call.root.rglob("*.ttl")} == before


def test_a_record_can_retire_without_a_successor(call: Caller) -> None:
    assert call("deprecate", "men:wld-tripartite-2023-sante", *WHY, "--yes").code == 0
    assert errors(call) == []


def test_a_person_at_a_terminal_is_asked_for_both_reasons(
    call: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (asking, deprecate):
        monkeypatch.setattr(module, "on_terminal", lambda: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO("Saisie deux fois.\nEntered twice.\noui\n"))
    done = call("deprecate", "men:wld-tripartite-2023-sante")
    assert (done.code, "Pourquoi, en français :" in done.err) == (0, True)
    assert '"Saisie deux fois."@fr , "Entered twice."@en' in read(
        call, "data/agreements/wld-tripartite-2023.ttl"
    )
