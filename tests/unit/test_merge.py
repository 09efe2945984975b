"""`accords merge`: two records of one thing made one, nothing lost, no choice made in silence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from calling import Caller

PLACE = "data/actors/double.ttl"
OTHER = """
act:wld-bureau a ae:PublicOperator ;
  skos:prefLabel "Bureau du travail"@fr , "Labour bureau"@en ;
  skos:altLabel "le Bureau"@fr ;
  ae:actorType actor-type:employment-operator ;
  ae:jurisdiction ter:wld-hautebrume ;
  ae:supportedBy exc:wld-repertoire-office , exc:wld-debat-guichet .

clm:wld-bureau-siren a ae:Claim ;
  ae:claimAbout act:wld-bureau ;
  ae:claimProperty ae:siren ;
  ae:claimValue "999000102" ;
  ae:supportedBy exc:wld-repertoire-office ;
  ae:claimBasis claim-basis:external-register ;
  ae:claimRank claim-rank:secondary .

# both parties are one
agr:wld-x ae:hasParty act:wld-office , act:wld-bureau , act:wld-etat .
"""


@pytest.fixture
def doubled(call: Caller) -> Caller:
    """Return a world in which the Office has been entered twice."""
    prefixes = "".join(
        line + "\n"
        for line in (call.root / "data/agreements/wld-tripartite-2023.ttl").read_text("utf-8").splitlines()
        if line.startswith("@prefix")
    )
    prefixes += "@prefix actor-type: <https://w3id.org/accords-emploi/concept/actor-type/> .\n"
    call.write(PLACE, prefixes + OTHER)
    return call


def read(call: Caller, name: str) -> str:
    return (call.root / name).read_text(encoding="utf-8")


def errors(call: Caller) -> set[str]:
    found = json.loads(call("check", "--format", "json").out)
    return {one["message"] for one in found["findings"] if one["severity"] == "error"}


def test_the_facts_of_the_second_join_the_first_and_what_cites_it_cites_the_first(doubled: Caller) -> None:
    before = errors(doubled)
    done = doubled("merge", "act:wld-office", "act:wld-bureau", "--keep", "A", "--yes")
    assert done.code == 0, done.err
    office = read(doubled, "data/actors/operators.ttl").partition("act:wld-office a")[2].partition("\n\n")[0]
    assert '"le Bureau"@fr' in office
    assert "exc:wld-debat-guichet" in office
    assert office.count("exc:wld-repertoire-office") == 1
    assert '"Bureau du travail"@fr' not in office
    double = read(doubled, PLACE)
    assert "ae:claimAbout act:wld-office" in double
    assert "ae:hasParty act:wld-office , act:wld-etat ." in double
    assert "# both parties are one" in double
    bureau = double.partition("act:wld-bureau a")[2].partition("\n\n")[0]
    assert '"Bureau du travail"@fr' in bureau  # the tombstone keeps what it said
    assert "dcterms:isReplacedBy act:wld-office" in bureau
    assert "Doublon de act:wld-office." in bureau
    assert errors(doubled) <= before


def test_conflicts_are_told_and_refused_until_it_is_said_which_to_keep(doubled: Caller) -> None:
    refused = doubled("merge", "act:wld-office", "act:wld-bureau", "--yes")
    assert refused.code == 2
    assert 'skos:prefLabel  A : "Office valdorien du travail"@fr  B : "Bureau du travail"@fr' in refused.err
    assert "--keep skos:prefLabel=A" in refused.err
    done = doubled("merge", "act:wld-office", "act:wld-bureau", "--keep", "prefLabel=B", "--yes")
    assert done.code == 0, done.err
    office = read(doubled, "data/actors/operators.ttl").partition("act:wld-office a")[2].partition("\n\n")[0]
    assert 'skos:prefLabel "Bureau du travail"@fr , "Labour bureau"@en' in office
    assert "Office valdorien" not in office


def test_a_claim_that_preferred_what_is_not_kept_becomes_secondary(call: Caller) -> None:
    done = call(
        "merge", "agr:wld-convention-2023", "agr:wld-golden", "--keep", "A", "--yes", lang="en",
    )  # fmt: skip
    assert done.code == 0, done.err
    assert "now secondary readings, their value not being kept: clm:wld-golden-" in done.err
    text = (
        read(call, "data/agreements/wld-golden.ttl").partition("clm:wld-golden-end a")[2].partition("\n\n")[0]
    )
    assert "ae:claimAbout agr:wld-convention-2023" in text
    assert "claim-rank:secondary" in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("act:wld-office", "act:wld-agence"), "chg:wld-agence-office distingue"),
        (("act:wld-office", "act:wld-office-hautebrume"), "distingue act:wld-office et"),
        (("act:wld-office", "agr:wld-golden"), "de la même sorte"),
        (("act:wld-office", "act:wld-office"), "deux fois le même nom"),
        (("men:wld-tripartite-2023-sante", "men:wld-tripartite-2023-soins"), "est déjà déprécié"),
        (("act:wld-etat", "act:wld-caisse", "--keep", "x"), "attendu : A, B"),
        (
            ("act:wld-rectorat-hautebrume", "act:wld-prefecture-hautebrume", "--keep", "siren=A"),
            "pas de conflit",
        ),
    ],
)
def test_two_things_are_not_merged(call: Caller, words: tuple[str, ...], said: str) -> None:
    before = {path: path.read_bytes() for path in call.root.rglob("*.ttl")}
    done = call("merge", *words, "--yes")
    assert (done.code, said in done.err) == (2, True), done.err
    assert {path: path.read_bytes() for path in call.root.rglob("*.ttl")} == before


def test_the_second_serves_no_more_and_merging_again_says_so(doubled: Caller) -> None:
    doubled("merge", "act:wld-office", "act:wld-bureau", "--keep", "A", "--yes")
    again = doubled("merge", "act:wld-office", "act:wld-bureau", "--keep", "A", "--yes", lang="en")
    assert (again.code, "replaced by act:wld-office" in again.err) == (2, True)
