"""`accords diff`: what changed, in the words of the domain.

Edits are planted in a copy of the invented world that git keeps; one kind of change a test, read from the JSON form,
and one page with an edit of every kind, in both languages, as a person sees it.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from accords import diff as differing
from accords.language import Words
from accords.loading import Document, Knowledge
from accords.sides import Side
from accords.vocab import PREF_LABEL, RECORD, TYPE, XSD, ae
from committing import CONVENTION, GOLDEN, SECOND, TRIPARTITE, Committed, git, rich
from laying import PROJECT

if TYPE_CHECKING:
    import random

    from accords.diff import Diff
    from accords.language import Language
    from calling import Caller

GOLDENS = Path(__file__).parent.parent / "golden" / "diff"
_NAME = re.compile(r"\([0-9a-f]{10}\)")  # of a commit


@pytest.fixture
def project(call: Caller, monkeypatch: pytest.MonkeyPatch) -> Committed:
    """Return the invented world, committed once."""
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.chdir(call.root)
    committed = Committed(call)
    committed.commit()
    return committed


def told(project: Committed, *words: str) -> dict[str, Any]:
    """Return what a comparison that goes well finds."""
    called = project("--format", "json", *words)
    assert (called.code, called.err) == (0, "")
    found: dict[str, Any] = json.loads(called.out)
    return found


def names(rows: list[dict[str, Any]], part: str = "thing") -> list[str]:
    return [row[part]["curie"] for row in rows]


def change(found: dict[str, Any], curie: str) -> dict[str, Any]:
    """Return what changed of one thing."""
    (row,) = (row for row in found["changed"] if row["thing"]["curie"] == curie)
    assert isinstance(row, dict)
    return row


def shift(found: dict[str, Any], curie: str, predicate: str) -> dict[str, Any]:
    """Return what changed of one property of one thing."""
    (row,) = (row for row in change(found, curie)["properties"] if row["property"]["curie"] == predicate)
    assert isinstance(row, dict)
    return row


def shown(value: dict[str, Any]) -> str:
    return str(value["curie"] if "curie" in value else value["text"])


# --- Nothing changed


def test_nothing_edited_is_no_change(project: Committed) -> None:
    called = project()
    assert (called.code, called.err) == (0, "")
    assert "Aucun changement" in called.out
    assert "No change" in project(lang="en").out


def test_formatting_comments_order_and_prefixes_are_no_change(project: Committed) -> None:
    for file in (CONVENTION, GOLDEN, TRIPARTITE):
        blocks = (project.root / file).read_text(encoding="utf-8").strip().split("\n\n")
        prefixes = [block for block in blocks if "@prefix" in block]
        records = [block.replace(" ;\n  ", ";\n\t\t") for block in blocks if "@prefix" not in block]
        again = "\n\n\n".join(["# said anew", *prefixes, *reversed(records)])
        (project.root / file).write_text(again.replace("skos:", "sk:"), encoding="utf-8")
    project.edit(
        "queries/themes/who-shares-data.rq", "\nSELECT", "\n# what follows is the question\n\nSELECT"
    )
    called = project("--fail-on", "any")
    assert (called.code, called.err) == (0, "")
    assert "Aucun changement" in called.out


def test_any_change_fails_where_asked(project: Committed) -> None:
    project.edit(GOLDEN, '"protocole du port"@fr', '"protocole des quais"@fr')
    assert project().code == 0
    assert project("--fail-on", "any").code == 1
    assert project("--fail-on", "removed").code == 0


# --- Each kind of change


def test_a_date_that_changes_on_the_same_evidence_is_marked(project: Committed) -> None:
    project.edit(CONVENTION, 'ae:endDate "2035"^^xsd:gYear', 'ae:endDate "2036-06-30"^^xsd:date')
    row = shift(told(project), "agr:wld-convention-2023", "ae:endDate")
    assert (row["sort"], row["unbacked"]) == ("date", True)
    assert [(shown(one["before"]), shown(one["after"])) for one in row["replaced"]] == [
        ("2035", "2036-06-30")
    ]
    text = project().out
    assert "Date de fin  2035 (année) → 2036-06-30 (jour)" in text
    assert "fait changé, preuve inchangée" in text


def test_a_date_that_changes_with_its_evidence_is_not_marked(project: Committed) -> None:
    project.edit(CONVENTION, 'ae:endDate "2035"^^xsd:gYear', 'ae:endDate "2036"^^xsd:gYear')
    project.edit(
        CONVENTION,
        "ae:ordinalInSeries 3 ;\n  ae:supportedBy exc:wld-convention-signature",
        "ae:ordinalInSeries 3 ;\n  ae:supportedBy exc:wld-convention-appuis",
    )
    assert not shift(told(project), "agr:wld-convention-2023", "ae:endDate")["unbacked"]


def test_the_evidence_of_a_fact_is_what_the_claims_about_it_cite(project: Committed) -> None:
    project.edit(GOLDEN, '"2024-12-31"^^xsd:date', '"2025-12-31"^^xsd:date')  # on the record and in its claim
    found = told(project)
    assert shift(found, "agr:wld-golden", "ae:endDate")["unbacked"]
    assert not shift(found, "clm:wld-golden-end", "ae:claimValue")["unbacked"]  # told once
    project.edit(
        GOLDEN,
        '"2025-12-31"^^xsd:date ;\n  ae:supportedBy exc:wld-golden-periode',
        '"2025-12-31"^^xsd:date ;\n  ae:supportedBy exc:wld-golden-axe-1',
    )
    assert not shift(told(project), "agr:wld-golden", "ae:endDate")["unbacked"]


def test_a_fact_that_only_comes_is_not_marked(project: Committed) -> None:
    project.edit(
        CONVENTION,
        "ae:theme theme:guidance ;\n  ae:startDate",
        "ae:theme theme:guidance , theme:training ;\n  ae:startDate",
    )
    row = shift(told(project), "agr:wld-convention-2023", "ae:theme")
    assert ([shown(one) for one in row["added"]], row["removed"], row["unbacked"]) == (
        ["theme:training"],
        [],
        False,
    )


def test_parties_come_and_go(project: Committed) -> None:
    project.edit(
        CONVENTION,
        "ae:hasParty act:wld-region-hautebrume , act:wld-office-hautebrume",
        "ae:hasParty act:wld-region-hautebrume , act:wld-cc-brumes , act:wld-etat",
    )
    row = shift(told(project), "agr:wld-convention-2023", "ae:hasParty")
    assert (row["sort"], row["name"]) == ("parties", {"fr": "Parties", "en": "Parties"})
    assert [shown(one) for one in row["removed"]] == ["act:wld-office-hautebrume"]
    assert [shown(one) for one in row["added"]] == ["act:wld-cc-brumes", "act:wld-etat"]
    assert row["replaced"] == []


@pytest.mark.parametrize(
    ("edit", "where", "sort"),
    [
        ((CONVENTION, "commitment-status:announced", "commitment-status:achieved"), ("cmt:wld-convention-2023-1", "ae:commitmentStatus"), "status"),
        ((CONVENTION, "ae:coversTerritory ter:wld-hautebrume", "ae:coversTerritory ter:wld-sarcelle"), ("agr:wld-convention-2023", "ae:coversTerritory"), "territory"),
        ((TRIPARTITE, "ae:position 1", "ae:position 3"), ("axe:wld-tripartite-2023-1", "ae:position"), "order"),
        ((GOLDEN, '"Pilotage partagé"@fr', '"Pilotage commun"@fr'), ("axe:wld-golden-2", "skos:prefLabel"), "label"),
        ((GOLDEN, '"Le rectorat apporte son concours', '"Le rectorat prête son concours'), ("clm:wld-golden-party-rectorat", "skos:editorialNote"), "note"),
    ],
)  # fmt: skip
def test_a_value_takes_the_place_of_another(
    project: Committed, edit: tuple[str, str, str], where: tuple[str, str], sort: str
) -> None:
    project.edit(*edit)
    row = shift(told(project), *where)
    assert (row["sort"], len(row["replaced"]), row["added"], row["removed"]) == (sort, 1, [], [])


def test_words_and_notes_are_no_fact(project: Committed) -> None:
    project.edit(GOLDEN, '"Pilotage partagé"@fr', '"Pilotage commun"@fr')
    found = told(project)
    assert (found["counts"]["unbacked"], change(found, "axe:wld-golden-2")["reanchored"]) == (0, False)


def test_the_same_value_written_otherwise_is_told_as_such(project: Committed) -> None:
    project.edit(CONVENTION, "ae:value 6.4 ;\n  ae:unit", "ae:value 6.40 ;\n  ae:unit")
    project.edit(GOLDEN, '"Pilotage partagé"@fr', '"Pilotage  partagé"@fr')
    found = told(project)
    value = shift(found, "obs:wld-chomage", "ae:value")
    assert ([one["same"] for one in value["replaced"]], value["unbacked"]) == (["value"], False)
    assert [one["same"] for one in shift(found, "axe:wld-golden-2", "skos:prefLabel")["replaced"]] == [
        "letters"
    ]
    assert "6.4 → 6.40 (même valeur, autrement écrite)" in project().out


def test_an_excerpt_whose_words_change_is_re_anchored(project: Committed) -> None:
    project.edit(GOLDEN, '"2. Piloter à plusieurs"@fr', '"Piloter à plusieurs"@fr')
    row = change(told(project), "exc:wld-golden-axe-2")
    assert (row["kind"], row["reanchored"], names_of(row["resting"])) == (
        "excerpt",
        True,
        ["axe:wld-golden-2"],
    )
    assert "preuve réancrée, faits inchangés ; s'y appuient sans changer : Pilotage partagé" in project().out


def test_what_changed_beside_its_excerpt_is_not_said_to_rest_on_it_unchanged(project: Committed) -> None:
    project.edit(GOLDEN, '"2. Piloter à plusieurs"@fr', '"Piloter à plusieurs"@fr')
    project.edit(
        GOLDEN, "ae:position 2 ;\n  ae:theme theme:governance", "ae:position 4 ;\n  ae:theme theme:governance"
    )
    found = told(project)
    assert change(found, "exc:wld-golden-axe-2")["resting"] == []
    assert not shift(found, "axe:wld-golden-2", "ae:position")["unbacked"]


def names_of(things: list[dict[str, Any]]) -> list[str]:
    return [thing["curie"] for thing in things]


def test_a_record_that_leans_on_another_excerpt_is_re_anchored(project: Committed) -> None:
    project.edit(
        TRIPARTITE,
        "ae:supportedBy exc:wld-debat-sante .\n\nmen",
        "ae:supportedBy exc:wld-debat-appuis .\n\nmen",
    )
    assert change(told(project), "men:wld-tripartite-2023-sante")["reanchored"]


# --- What comes, what leaves, what is called otherwise


def test_a_new_record_is_told_under_its_kind(project: Committed) -> None:
    project.plant(
        "data/actors/planted.ttl", 'act:wld-port a ae:PublicBody ; skos:prefLabel "Régie du port"@fr .'
    )
    found = told(project)
    assert [(row["kind"], row["thing"]["curie"], row["file"]) for row in found["added"]] == [
        ("actor", "act:wld-port", "data/actors/planted.ttl")
    ]
    assert "Acteurs : 1 ajout\n  ajout  Régie du port (act:wld-port)" in project().out


def test_a_record_that_leaves_without_replacement_fails_where_asked(project: Committed) -> None:
    project.edit(
        SECOND,
        "obs:wld-parcours a ae:Observation ;",
        "obs:wld-trajets a ae:Observation ;\n  ae:value 3.0 ; ae:position 4 ;",
    )
    project.edit(SECOND, "ae:observationOf agr:wld-convention-2019", "ae:observationOf act:wld-etat")
    found = told(project)
    assert (names(found["removed"]), found["removed"][0]["replaced_by"]) == (["obs:wld-parcours"], [])
    assert project("--fail-on", "removed-without-replacement").code == 1
    assert "sans remplaçant" in project().out


def test_a_record_that_gives_way_to_another_leaves_with_its_replacement(project: Committed) -> None:
    project.edit(
        GOLDEN,
        "cmt:wld-golden-2 a ae:Commitment ;",
        "cmt:wld-golden-2 a ae:Commitment ;\n  <http://www.w3.org/2002/07/owl#deprecated> true ;\n"
        "  <http://purl.org/dc/terms/isReplacedBy> cmt:wld-golden-1 ;",
    )
    found = told(project, "--fail-on", "removed-without-replacement")
    (row,) = found["removed"]
    assert (row["thing"]["curie"], row["deprecated"], names_of(row["replaced_by"])) == (
        "cmt:wld-golden-2",
        True,
        ["cmt:wld-golden-1"],
    )
    assert "abandon  Ouvrir cent places" in project().out
    assert project("--fail-on", "removed").code == 1


def test_a_record_deprecated_for_nothing_leaves_without_replacement(project: Committed) -> None:
    project.edit(
        GOLDEN,
        "cmt:wld-golden-2 a ae:Commitment ;",
        "cmt:wld-golden-2 a ae:Commitment ;\n  <http://www.w3.org/2002/07/owl#deprecated> true ;",
    )
    assert project("--fail-on", "removed-without-replacement").code == 1


def test_a_declared_replacement_by_something_new_is_a_renaming(project: Committed) -> None:
    project.edit(GOLDEN, "ae:mobilises ins:wld-atelier-flottant", "ae:mobilises ins:wld-atelier-du-quai")
    project.edit(
        GOLDEN,
        "ins:wld-atelier-flottant a ae:Instrument ;",
        'ins:wld-atelier-du-quai a ae:Instrument ;\n  skos:prefLabel "Atelier du quai"@fr ; ae:supportedBy exc:wld-golden-axe-1 .\n\n'
        "ins:wld-atelier-flottant a ae:Instrument ;\n  <http://www.w3.org/2002/07/owl#deprecated> true ;\n"
        "  <http://purl.org/dc/terms/isReplacedBy> ins:wld-atelier-du-quai ;",
    )
    found = told(project, "--fail-on", "removed-without-replacement")
    (row,) = found["renamed"]
    assert (names([row], "before"), names([row], "after"), row["declared"]) == (
        ["ins:wld-atelier-flottant"],
        ["ins:wld-atelier-du-quai"],
        True,
    )
    assert (found["added"], found["removed"]) == ([], [])
    assert names(found["changed"]) == ["ins:wld-atelier-du-quai"]  # the reference that follows is no change


def test_records_renamed_together_without_a_word_are_recognised(project: Committed) -> None:
    for old, new in (("agr:wld-golden ", "agr:wld-port "), ("axe:wld-golden-1", "axe:wld-port-1")):
        project.edit(GOLDEN, old, new)
    project.edit("data/committees/wld-hautebrume.ttl", "agr:wld-golden ", "agr:wld-port ")
    found = told(project)
    pairs = dict(zip(names(found["renamed"], "before"), names(found["renamed"], "after"), strict=True))
    assert pairs == {"agr:wld-golden": "agr:wld-port", "axe:wld-golden-1": "axe:wld-port-1"}
    assert [found[name] for name in ("added", "removed", "changed", "coverage", "declared")] == [
        [],
        [],
        [],
        [],
        [],
    ]
    assert not any(row["declared"] for row in found["renamed"])
    assert project("--fail-on", "removed-without-replacement").code == 1
    assert "reconnu au contenu" in project().out


def test_records_in_another_file_have_moved(project: Committed) -> None:
    project.move("data/actors/chambers.ttl", "data/actors/consular/chambers.ttl")
    found = told(project, "--fail-on", "removed")
    assert [(row["thing"]["curie"], row["before"], row["after"]) for row in found["moved"]] == [
        ("act:wld-chambre-port-sarcelle", "data/actors/chambers.ttl", "data/actors/consular/chambers.ttl")
    ]
    assert found["counts"]["changed"] == found["counts"]["added"] == 0


# --- The model, the rules, the questions


def test_a_term_and_a_concept_have_their_kinds(project: Committed) -> None:
    project.edit("ontology/evidence.ttl", "ae:quotePrefix a", "ae:quoteBefore a")
    project.plant(
        "ontology/concepts/planted.ttl",
        'theme:harbour a skos:Concept ; skos:prefLabel "port"@fr ; skos:inScheme c:theme .',
    )
    found = told(project)
    assert [(row["kind"], row["before"]["curie"], row["after"]["curie"]) for row in found["renamed"]] == [
        ("term", "ae:quotePrefix", "ae:quoteBefore")
    ]
    assert [(row["kind"], row["thing"]["curie"]) for row in found["added"]] == [("concept", "theme:harbour")]


def test_an_alignment_that_changes_is_a_change(project: Committed) -> None:
    project.edit("ontology/alignments/oa.ttl", "oa:prefix", "oa:suffix")
    row = shift(told(project), "ae:quotePrefix", "skos:closeMatch")
    assert [(shown(one["before"]), shown(one["after"])) for one in row["replaced"]] == [
        ("oa:prefix", "oa:suffix")
    ]


def test_rules_and_questions_come_go_change_and_are_renamed(project: Committed) -> None:
    project.edit("shapes/agreements.ttl", 'sh:name "Titre"@fr', 'sh:name "Intitulé"@fr')
    project.plant(
        "shapes/planted.ttl",
        'aesh:ZZ-01 a aesh:Rule ; rdfs:label "Règle inventée"@fr .'.replace(
            "rdfs:label", "<http://www.w3.org/2000/01/rdf-schema#label>"
        ),
    )
    (project.root / "ontology/hygiene/HYG-08.rq").unlink()
    project.move("queries/inventory/documents.rq", "queries/inventory/texts.rq")
    (project.root / "queries/themes/who-shares-data.rq").unlink()
    project.edit("queries/inventory/evidence-by-kind.rq", "ORDER BY", "ORDER BY DESC(1) ")
    found = told(project, "--fail-on", "removed-without-replacement")
    kinds = {
        name: [(row["kind"], (row.get("thing") or row["after"])["curie"]) for row in found[name]]
        for name in ("added", "removed", "renamed", "changed")
    }
    assert kinds == {
        "added": [("rule", "ZZ-01")],
        "removed": [("rule", "HYG-08"), ("question", "themes/who-shares-data")],
        "renamed": [("question", "inventory/texts")],
        "changed": [("rule", "AG-01"), ("question", "inventory/evidence-by-kind")],
    }
    assert "Qui partage des données (themes/who-shares-data)" in project().out


# --- What is measured


def test_a_cell_of_the_coverage_and_a_declared_number_change(project: Committed) -> None:
    project.edit(CONVENTION, "ae:theme theme:labour-needs", "ae:theme theme:business-creation")
    project.edit(GOLDEN, "ae:declaredValue 3 ;", "ae:declaredValue 5 ;")
    found = told(project)
    assert [
        (row["territory"]["curie"], row["theme"]["curie"], row["before"], row["after"])
        for row in found["coverage"]
    ] == [("ter:wld-hautebrume", "theme:business-creation", "not-recorded", "commitment")]
    assert [(row["about"]["curie"], row["declared"], row["recorded"]) for row in found["declared"]] == [
        ("agr:wld-golden", [3, 5], [3, 3])
    ]


def test_what_is_recorded_beside_a_declared_number_changes(project: Committed) -> None:
    project.plant(
        "data/agreements/planted.ttl", "cmt:wld-quai a ae:Commitment ; ae:underAxis axe:wld-golden-1 ."
    )
    assert [(row["declared"], row["recorded"]) for row in told(project)["declared"]] == [([3, 3], [3, 4])]


def test_a_number_that_is_not_one_keeps_nobody_from_the_rest(project: Committed) -> None:
    project.edit(GOLDEN, "ae:declaredValue 3 ;", 'ae:declaredValue "beaucoup" ;')
    found = told(project)
    assert names(found["changed"]) == ["cnt:wld-golden-commitments"]
    assert any("non comparés" in note["fr"] for note in found["notes"])


# --- The page


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("form", ["text", "md"])
def test_an_edit_of_every_kind_reads_as_expected(
    project: Committed, lang: Language, form: str, update_golden: bool
) -> None:
    rich(project)
    called = project("--format", form, lang=lang)
    assert (called.code, called.err) == (0, "")
    written = _NAME.sub("(…)", called.out)
    golden = GOLDENS / f"rich.{lang}.{form}"
    if update_golden:
        golden.write_text(written, encoding="utf-8")
    assert written == golden.read_text(encoding="utf-8")


def test_two_runs_give_the_same_bytes(project: Committed) -> None:
    rich(project)
    for form in ("text", "md", "json"):
        assert project("--format", form).out == project("--format", form).out


def test_comparing_backwards_swaps_what_comes_and_what_leaves(project: Committed) -> None:
    first = git(project.root, "rev-parse", "HEAD")
    project.plant(
        "data/actors/planted.ttl", 'act:wld-port a ae:PublicBody ; skos:prefLabel "Régie du port"@fr .'
    )
    project.edit(GOLDEN, "cmt:wld-golden-3", "cmt:wld-golden-tableau")
    second = project.commit()
    there, back = told(project, first, second), told(project, second, first)
    assert names(there["added"]) == names(back["removed"]) == ["act:wld-port"]
    assert names(there["renamed"], "before") == names(back["renamed"], "after") == ["cmt:wld-golden-3"]


def test_hostile_words_do_nothing_on_the_page(project: Committed) -> None:
    hostile = "<img src=x onerror=alert(1)> </details> **@everyone** #1 ![a](http://x.example) :tada: :white_check_mark: www.x.example `a` | \\u202e"
    project.edit(GOLDEN, '"Pilotage partagé"@fr', f'"{hostile}"@fr')
    page = project("--format", "md").out
    acting = (
        r"(?<!\\)<(img|/details> )|@everyone| #1|(?<!\\)\]\(|://|:tada:|check_mark:|www\.|(?<!\\)`|\u202e"
    )
    assert re.search(acting, page) is None
    assert page.count("<details>") == page.count("</details>") == 1
    assert "\u202e" not in project().out


def test_long_sections_are_cut_and_say_so(project: Committed) -> None:
    project.plant("data/actors/planted.ttl", "\n".join(f"act:wld-p{n} a ae:PublicBody ." for n in range(5)))
    text = project("--most", "2").out
    assert text.count("  ajout  act:wld-p") == 2
    assert "… et 3 de plus (tout lister : --most 0)" in text
    assert project("--most", "0").out.count("  ajout  act:wld-p") == 5


# --- Properties


_THINGS = [
    NamedNode(f"{RECORD}{kind}/wld-{number}")
    for kind in ("agreement", "axis", "excerpt")
    for number in range(3)
]
_VALUES = [
    *_THINGS[:4],
    Literal("un", language="fr"),
    Literal("deux", language="fr"),
    Literal("one", language="en"),
    Literal("1", datatype=NamedNode(XSD + "integer")),
    Literal("01", datatype=NamedNode(XSD + "integer")),
    BlankNode("a"),
    BlankNode("b"),
]
_PREDICATES = [PREF_LABEL, ae("theme"), ae("position"), ae("axisOf"), ae("quote"), ae("supportedBy"), TYPE]
_TRIPLES = st.builds(
    Triple,
    st.sampled_from([*_THINGS, BlankNode("a"), BlankNode("b")]),
    st.sampled_from(_PREDICATES),
    st.sampled_from(_VALUES),
)
_GRAPHS = st.lists(_TRIPLES, max_size=25).map(tuple)


def side(triples: tuple[Triple, ...]) -> Side:
    document = Document(Path("nowhere.ttl"), "data/planted.ttl", triples)
    return Side(Words("un côté", "a side"), Knowledge(PROJECT, (document,), (), ()), (document,))


def compared(before: tuple[Triple, ...], after: tuple[Triple, ...]) -> Diff:
    return differing.compare(side(before), side(after))


@settings(max_examples=200, deadline=None)
@given(_GRAPHS, st.randoms(use_true_random=False))
def test_a_graph_and_itself_in_another_order_with_other_blank_nodes_are_the_same(
    graph: tuple[Triple, ...], lot: random.Random
) -> None:
    again = [_relabelled(triple) for triple in graph]
    lot.shuffle(again)
    assert compared(graph, tuple(again)).empty


def _relabelled(triple: Triple) -> Triple:
    subject, value = (
        BlankNode(f"other-{term.value}") if isinstance(term, BlankNode) else term
        for term in (triple.subject, triple.object)
    )
    return Triple(subject, triple.predicate, value)  # type: ignore[arg-type]  # what stood there


@settings(max_examples=200, deadline=None)
@given(_GRAPHS, _GRAPHS)
def test_backwards_what_came_leaves_and_what_left_comes(
    before: tuple[Triple, ...], after: tuple[Triple, ...]
) -> None:
    there, back = compared(before, after), compared(after, before)
    assert [one.thing.curie for one in there.arrivals] == [one.thing.curie for one in back.departures]
    assert [one.thing.curie for one in there.departures] == [one.thing.curie for one in back.arrivals]
    assert {(one.before.curie, one.after.curie) for one in there.renamings} == {
        (one.after.curie, one.before.curie) for one in back.renamings
    }
    assert there.empty == back.empty


@settings(max_examples=100, deadline=None)
@given(_GRAPHS, _GRAPHS)
def test_nothing_is_told_exactly_when_the_triples_are_the_same(
    before: tuple[Triple, ...], after: tuple[Triple, ...]
) -> None:
    plain = [
        frozenset(
            t for t in graph if not isinstance(t.subject, BlankNode) and not isinstance(t.object, BlankNode)
        )
        for graph in (before, after)
    ]
    assert compared(tuple(plain[0]), tuple(plain[1])).empty == (plain[0] == plain[1])
