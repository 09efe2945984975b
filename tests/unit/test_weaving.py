"""`accords network`: ties asked of the graph, measured, in every form."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

if TYPE_CHECKING:
    from calling import Caller

ACTOR = "https://w3id.org/accords-emploi/id/actor/"
AGREEMENT = "https://w3id.org/accords-emploi/id/agreement/"
FORMS = ("table", "nodes-csv", "edges-csv", "json", "graphml", "gexf", "svg")


def edges(call: Caller, *words: str) -> dict[tuple[str, str], dict[str, str]]:
    told = call("network", "--format", "edges-csv", *words)
    assert told.code == 0, told.err
    rows = csv.DictReader(io.StringIO(told.out))
    return {(row["source"].removeprefix(ACTOR), row["target"].removeprefix(ACTOR)): row for row in rows}


def test_parties_of_one_agreement_are_tied(call: Caller) -> None:
    found = edges(call)
    assert found["wld-caisse", "wld-etat"]["things"] == f"{AGREEMENT}wld-tripartite-2023"
    assert int(found["wld-agence", "wld-region-hautebrume"]["weight"]) == 3
    assert ("wld-etat", "wld-prefecture-hautebrume") not in found


def test_co_chairs_of_one_committee_are_tied_by_their_institutions(call: Caller) -> None:
    found = edges(call, "--by", "committees")
    assert set(found) == {
        ("wld-prefecture-hautebrume", "wld-region-hautebrume"),
        ("wld-agence", "wld-region-grisemarche"),
    }


def test_both_kinds_of_tie_make_one_network(call: Caller) -> None:
    both = edges(call, "--by", "agreements, committees")
    assert set(both) == {*edges(call), *edges(call, "--by", "committees")}


def test_units_roll_up_and_succession_is_followed_when_asked(call: Caller) -> None:
    rolled = edges(call, "--by", "agreements,committees", "--roll-up")
    assert ("wld-etat", "wld-region-hautebrume") in rolled
    assert not any("prefecture" in end for pair in rolled for end in pair)
    followed = edges(call, "--roll-up", "--succession")
    assert not any(end == "wld-agence" for pair in followed for end in pair)
    assert int(followed["wld-office", "wld-region-hautebrume"]["weight"]) == 4


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), (True, True)),
        (("--by", "committees"), (True, True)),
        (("--by", "agreements,committees"), (True, True)),
        (("--by", "agreements,committees", "--roll-up"), (False, True)),
        (("--by", "agreements,committees", "--succession"), (True, False)),
        (("--by", "agreements,committees", "--roll-up", "--succession"), (False, False)),
    ],
)
def test_merging_is_offered_where_it_would_change_something(
    call: Caller, words: tuple[str, ...], expected: tuple[bool, bool]
) -> None:
    said = " ".join(call("network", *words).out.split())
    assert ("voir --roll-up" in said, "voir --succession" in said) == expected
    assert ("services ramenés à leur institution" in said) == ("--roll-up" in words)
    assert ("acteurs remplacés ramenés à leur successeur" in said) == ("--succession" in words)


def test_the_json_says_how_the_network_was_asked_for(call: Caller) -> None:
    told = call("network", "--by", "agreements,committees", "--roll-up", "--format", "json")
    graph = json.loads(told.out)["graph"]
    assert (graph["kinds"], graph["roll_up"], graph["succession"]) == (
        ["agreements", "committees"],
        True,
        False,
    )


def test_a_second_label_in_one_language_changes_no_tie(call: Caller) -> None:
    """It is an error of the check, which nothing that only looks at the graph waits for."""
    before = call("network", "--format", "json")
    (call.root / "data" / "named-twice.ttl").write_text(
        f'<{ACTOR}wld-etat> <http://www.w3.org/2004/02/skos/core#prefLabel> "État de Valdorie, deux fois"@fr .\n',
        encoding="utf-8",
    )
    after = call("network", "--format", "json")
    assert (after.code, after.out) == (0, before.out)


def test_an_analyst_adds_a_kind_of_tie_with_a_file(call: Caller) -> None:
    (call.root / "queries" / "network" / "supporters.rq").write_text(
        "#+ title-fr: a\n#+ title-en: a\n#+ question-fr: a\n#+ question-en: a\n#+ for: a / a\n#+ keywords: a / a\n"
        "#+ column: source (iri) = a / a\n#+ column: target (iri) = b / b\n"
        "PREFIX ae: <https://w3id.org/accords-emploi/def#>\n"
        "SELECT ?source ?target WHERE { ?a ae:hasParty ?source ; ae:hasSupportingActor ?target } ORDER BY ?source ?target\n",
        encoding="utf-8",
    )
    found = edges(call, "--by", "supporters")
    assert ("wld-cc-brumes", "wld-region-hautebrume") in found
    assert {row["kinds"] for row in found.values()} == {"supporters"}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_holds_the_same_actors_and_two_runs_give_identical_bytes(call: Caller, form: str) -> None:
    one, two = (call("network", "--by", "agreements,committees", "--format", form) for _ in range(2))
    assert one.code == 0
    assert one.out == two.out
    actors = {end for pair in edges(call, "--by", "agreements,committees") for end in pair}
    if form in {"svg", "graphml", "gexf"}:
        ET.fromstring(one.out)  # noqa: S314  # what we wrote ourselves
    if form == "json":
        json.loads(one.out)
    if form == "svg":
        assert "Région Hautebrume" in one.out
    else:
        assert all(actor in one.out for actor in actors)


def test_the_report_speaks_both_languages(call: Caller) -> None:
    assert "communauté" in call("network").out
    assert "community" in call("network", lang="en").out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--by", "agreemnts"), 2, "noms proches : agreements, committees"),
        (("--by", "  "), 2, "sorte de lien"),
        (("--rows", "1"), 3, "limite atteinte (1 ligne)"),
        (("--format", "pdf"), 2, "--format"),
        (("--endpoint", "localhost"), 2, "http://"),
    ],
)
def test_wrong_use_and_limits_get_one_message(
    call: Caller, words: tuple[str, ...], code: int, said: str
) -> None:
    told = call("network", *words)
    assert (told.code, told.out) == (code, "")
    assert said in told.err


def test_a_question_without_ends_is_told_with_its_file(call: Caller) -> None:
    path = call.root / "queries" / "network" / "loose.rq"
    path.write_text(
        "#+ title-fr: a\n#+ title-en: a\n#+ question-fr: a\n#+ question-en: a\n#+ for: a / a\n#+ keywords: a / a\n"
        "#+ column: s (iri) = a / a\nSELECT ?s WHERE { ?s ?p ?o }\n",
        encoding="utf-8",
    )
    told = call("network", "--by", "loose")
    assert told.code == 3
    assert "queries/network/loose.rq" in told.err
    path.write_text("SELECT", encoding="utf-8")
    told = call("network", "--by", "loose")
    assert told.code == 3
    assert "queries/network/loose.rq:1" in told.err
