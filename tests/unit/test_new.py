"""What `accords new` promises, on copies of the invented world."""

from __future__ import annotations

import hashlib
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, RdfFormat, parse

from accords import kinds, literals, loading, tabular
from accords.authoring import Author
from accords.errors import RequestError
from accords.filling import Filling
from accords.minting import Mint, slug
from accords.render.skeleton import Skeletons
from archives import declarations
from laying import PROJECT, ROOT, world

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accords.kinds import Kind
    from accords.language import Language
    from calling import Called, Caller

KNOWN = kinds.of(world(), loading.load_shapes(PROJECT)[0])
KINDS = [kind for kind in KNOWN.all if not kind.narrower]
PROPERTY = re.compile(r"^  # (\S+:\S+ .*) ;  # .*$", re.MULTILINE)


def skeleton(kind: Kind, language: Language = "fr") -> str:
    draft = Author(Filling(KNOWN), language).draft(kind, ())
    return Skeletons(Filling(KNOWN), language).blocks(draft)


def triples(turtle: str) -> set[str]:
    return {str(quad.triple) for quad in parse(turtle, format=RdfFormat.TURTLE)}


# --- the skeleton ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_skeleton_parses_as_it_stands_and_says_the_class_alone(kind: Kind) -> None:
    for language in ("fr", "en"):
        (said,) = triples(declarations() + skeleton(kind, language))
        assert kind.term.value in said


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_skeleton_has_every_field_of_the_form_the_required_ones_first(kind: Kind) -> None:
    rows = PROPERTY.findall(skeleton(kind))
    paths = [row.split()[0] for row in rows]
    expected = [KNOWN.knowledge.prefixes.show(slot.path) for slot in kind.slots]
    assert sorted(paths) == sorted(expected)
    needed = {KNOWN.knowledge.prefixes.show(s.path) for s in kind.slots if kind.needed(s) or s.demand.wished}
    assert set(paths[: len(needed)]) == needed


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_line_that_is_uncommented_and_not_filled_never_passes(kind: Kind) -> None:
    for row in PROPERTY.findall(skeleton(kind)):
        text = f"{declarations()}{kind.prefix}:x {row} ."
        try:
            objects = [quad.object for quad in parse(text, format=RdfFormat.TURTLE)]
        except SyntaxError:
            continue
        assert [
            one
            for one in objects
            if isinstance(one, Literal) and not literals.well_typed(one.value, one.datatype.value)
        ]


def test_the_comments_are_short_and_in_the_readers_language(call: Caller) -> None:
    french = call("new", "agreement", "--id", "wld-neuf").out
    english = call("new", "agreement", "--id", "wld-neuf", lang="en").out
    assert (
        "  # ae:agreementType agreement-type:… ;  # obligatoire : Type d'accord, une seule valeur\n" in french
    )
    assert "  # ae:agreementType agreement-type:… ;  # required: Agreement type, one value only\n" in english
    assert "agreement-type:tripartite-agreement (convention tripartite)" in french
    assert "agreement-type:tripartite-agreement (tripartite agreement)" in english
    assert "  # ae:hasParty act:… , act:… ;  # obligatoire : Parties, au moins 2\n" in french
    assert max(map(len, french.splitlines())) <= 120


def test_the_check_names_what_is_still_to_be_filled(call: Caller) -> None:
    assert call("new", "agreement", "--id", "wld-neuf", "--write").code == 0
    checked = call("check", str(call.root / "data/agreements/wld-neuf.ttl"))
    assert checked.code == 1
    for code in ("AG-01", "AG-02", "AG-03", "EV-01"):
        assert code in checked.out


def test_a_record_without_a_name_is_found_by_the_rule_on_names(call: Caller) -> None:
    target = call.root / "data/actors/neuf.ttl"
    assert call("new", "social-partner", "--to", str(target)).code == 0
    assert "act:A-NOMMER a ae:SocialPartner" in target.read_text(encoding="utf-8")
    checked = call("check", str(target))
    assert (checked.code, "WF-01" in checked.out) == (1, True)


def test_rules_that_cannot_be_read_are_told(call: Caller) -> None:
    call.write("shapes/agreements.ttl", "aesh:x a [")
    made = call("new", "agreement", "--id", "wld-neuf")
    assert "1 fichier n'a pas pu être lu" in made.err
    assert "ae:hasParty" not in made.out


# --- kinds and fields --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked",
    ["agreement", "Accord", "agr", "ae:Agreement", "https://w3id.org/accords-emploi/def#Agreement"],
)
def test_a_kind_is_found_by_any_of_its_names(asked: str) -> None:
    assert KNOWN.find(asked).code == "agreement"


def test_an_unknown_kind_brings_the_close_ones(call: Caller) -> None:
    refused = call("new", "acord")
    assert (refused.code, refused.out) == (2, "")
    assert "sorte de fiche introuvable : acord" in refused.err
    assert "agreement (accord)" in refused.err
    assert "agreement (agreement)" in call("new", "acord", lang="en").err


def test_a_class_that_is_too_wide_names_those_that_will_do(call: Caller) -> None:
    refused = call("new", "événement d'accord")
    assert refused.code == 2
    assert "signature-event (cérémonie de signature)" in refused.err


def test_without_a_kind_all_kinds_are_listed(call: Caller) -> None:
    listed = call("new")
    assert listed.code == 0
    assert re.search(r"commitment +cmt: +engagement", listed.out)
    assert "event  " not in [line.split(":")[0] for line in listed.out.splitlines()]


@pytest.mark.parametrize(
    "field", ["agreementType", "ae:agreementType", "Type d'accord", "type", "AGREEMENT TYPE"]
)
@pytest.mark.parametrize(
    "value", ["accord-cadre", "agreement-type:framework-agreement", "framework agreement"]
)
def test_a_field_and_a_value_are_found_by_any_of_their_names(call: Caller, field: str, value: str) -> None:
    made = call("new", "agreement", "--bare", "--id", "wld-neuf", "--set", f"{field}={value}")
    assert "  ae:agreementType agreement-type:framework-agreement .\n" in made.out


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("couleur=bleu", "champ de « accord » introuvable : couleur"),
        ("type=protocole", "agreement-type:cooperation-protocol (protocole de coopération)"),
        ("parties=wld-etatt", "act:wld-etat (État de Valdorie)"),
        ("début=2026-02-30", "Date de début : « 2026-02-30 » ne convient pas"),
        ("rang=deux", "Rang dans la série : « deux » ne convient pas"),
        ("titre@de=Vertrag", "attendu : fr ou en"),
        ("titre=", "attendu : une valeur"),
        ("titre", "il faut CHAMP=VALEUR"),
        ("signature=hier", "une date, même partielle"),
        ("source=src:nulle-part", "src:nulle-part"),
    ],
)
def test_a_value_that_will_not_do_is_refused_with_what_will(call: Caller, given: str, said: str) -> None:
    refused = call("new", "agreement", "--set", given)
    assert (refused.code, refused.out) == (2, "")
    assert said in refused.err


def test_a_field_for_one_value_takes_no_second_one(call: Caller) -> None:
    refused = call("new", "agreement", "--set", "type=accord-cadre", "--set", "type=avenant")
    assert refused.code == 2
    assert "1 valeur au plus" in refused.err


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("2026-05-12", '"2026-05-12"^^xsd:date'),
        ("12/5/2026", '"2026-05-12"^^xsd:date'),
        ("2026-05", '"2026-05"^^xsd:gYearMonth'),
        ("2026", '"2026"^^xsd:gYear'),
    ],
)
def test_a_date_is_as_precise_as_it_is_typed(call: Caller, typed: str, written: str) -> None:
    made = call("new", "agreement", "--bare", "--id", "wld-neuf", "--set", f"date de début={typed}")
    assert f"ae:startDate {written} ." in made.out


@pytest.mark.parametrize(
    ("typed", "written"), [("5,6", '"5.6"^^xsd:decimal'), ("1 200", "1200"), ("17", "17")]
)
def test_a_number_may_be_typed_as_in_french(call: Caller, typed: str, written: str) -> None:
    made = call("new", "observation", "--bare", "--id", "wld-neuf", "--set", f"value={typed}")
    assert f"ae:value {written} ." in made.out


def test_quotation_marks_and_hidden_characters_survive(call: Caller) -> None:
    title = 'Accord "du port" \\ de\u200b nuit'
    made = call("new", "agreement", "--bare", "--id", "wld-neuf", "--set", f"titre={title}").out
    (said,) = [q.object for q in parse(made, format=RdfFormat.TURTLE) if isinstance(q.object, Literal)]
    assert said.value == title
    assert "\u200b" not in made


def test_the_value_of_a_claim_is_read_for_the_field_that_it_is_about(call: Caller) -> None:
    about = ("--set", "claimAbout=agr:wld-golden", "--set", "claimProperty=ae:hasParty")
    made = call("new", "claim", "--bare", "--set", "claimValue=État de Valdorie", *about)
    assert "ae:claimValue act:wld-etat" in made.out
    assert call("new", "claim", "--bare", "--set", "claimValue=Sarcelle", *about).code == 2


def test_the_type_of_an_actor_gives_its_class(call: Caller) -> None:
    made = call("new", "actor", "--id", "wld-neuf", "--set", "type=région").out
    assert "act:wld-neuf a ae:TerritorialAuthority ;" in made
    assert "a ae:StateService ;" in call("new", "actor", "--set", "type=rectorat").out
    refused = call("new", "social-partner", "--set", "type=région")
    assert refused.code == 2
    assert "accords new territorial-authority" in refused.err


def test_only_the_types_that_go_with_the_class_are_offered(call: Caller) -> None:
    offered = call("new", "state-service").out
    assert "actor-type:rectorate (rectorat)" in offered
    assert "actor-type:region (" not in offered


# --- names -------------------------------------------------------------------------------------------------


def test_a_name_is_made_of_what_does_not_change(call: Caller) -> None:
    made = call(
        "new", "agreement", "--bare", "--set", "territoires=Sarcelle", "--set", "signature=2026-05",
        "--set", "type=avenant",
    )  # fmt: skip
    assert made.out.count("agr:sarcelle-2026-amendment") == 2
    assert "evt:sarcelle-2026-amendment-signature a ae:SignatureEvent" in made.out


def test_what_belongs_to_an_agreement_is_numbered_after_its_others(call: Caller) -> None:
    assert "axe:wld-golden-3 a ae:Axis" in call("new", "axis", "--set", "accord=agr:wld-golden").out


@pytest.mark.parametrize(
    "text", ["Région de l'Œuvre – 2ᵉ", "x" * 200, "a-" * 60, "日本", "", "---", "É" * 61]
)
def test_a_name_made_of_any_text_keeps_the_rules(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,59}|", slug(text))
    assert not slug(text).endswith("-")


@pytest.mark.parametrize("name", ["Majuscule", "é", "a_b", "a b", "x" * 61, "-a", "a--b", "agr:", "../x", ""])
def test_a_name_against_the_rules_is_refused(name: str) -> None:
    with pytest.raises(RequestError, match="n'est pas un nom court"):
        Mint(world(), "agr").asked(name)


def test_a_name_against_the_rules_brings_one_that_keeps_them(call: Caller) -> None:
    refused = call("new", "agreement", "--id", "Pacte de l'Été")
    assert "« Pacte de l'Été » n'est pas un nom court" in refused.err
    assert "par exemple : pacte-de-l-ete" in refused.err


def test_a_name_that_exists_is_refused_with_the_next_that_is_free(call: Caller) -> None:
    refused = call("new", "agreement", "--id", "wld-golden")
    assert refused.code == 2
    assert "agr:wld-golden est déjà pris" in refused.err
    assert "data/agreements/wld-golden.ttl:" in refused.err
    assert "libre : agr:wld-golden-2" in refused.err
    assert (
        "agr:wld-golden is already taken" in call("new", "agreement", "--id", "agr:wld-golden", lang="en").err
    )


def test_an_agreement_without_a_territory_is_named_by_its_title_never_by_its_year_alone(call: Caller) -> None:
    assert (
        "agr:pacte-du-sel-2026 a" in call("new", "accord", "titre=Pacte du sel", "début=2026", "--bare").out
    )
    assert "agr:2026" not in call("new", "accord", "début=2026", "--bare").out


def test_a_name_that_was_retired_is_never_given_again(call: Caller) -> None:
    call.write(
        "data/agreements/old.ttl", declarations() + "agr:wld-vieux a ae:Agreement ; owl:deprecated true .\n"
    )
    refused = call("new", "agreement", "--id", "wld-vieux")
    assert refused.code == 2
    assert "agr:wld-vieux a été retiré" in refused.err
    assert "libre : agr:wld-vieux-2" in refused.err


def test_a_name_in_a_file_that_cannot_be_read_is_taken(call: Caller) -> None:
    call.write("data/agreements/broken.ttl", "agr:wld-casse a ae:Agreement ;;; [\n")
    assert "agr:wld-casse est déjà pris" in call("new", "agreement", "--id", "wld-casse").err


def test_a_name_that_is_cited_and_described_nowhere_may_be_given(call: Caller) -> None:
    golden = call.root / "data/agreements/wld-golden.ttl"
    golden.write_text(
        golden.read_text(encoding="utf-8") + "\nagr:wld-golden ae:hasSupportingActor act:wld-attendu .\n",
        encoding="utf-8",
    )
    assert "act:wld-attendu a ae:Actor" in call("new", "actor", "--id", "wld-attendu").out


# --- files -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "file"),
    [
        (("agreement", "--id", "wld-neuf"), "agreements/wld-neuf.ttl"),
        (("source", "--id", "wld-neuf"), "sources/wld-neuf.ttl"),
        (("axis", "--set", "accord=agr:wld-golden"), "agreements/wld-golden.ttl"),
        (("signature-event", "--set", "accord=agr:wld-chambre-2027"), "agreements/wld-chambre-2027.ttl"),
        (("excerpt", "--set", "source=src:wld-rapport"), "sources/wld-rapport.ttl"),
        (("person", "--set", "nom=Une Personne"), "actors/persons.ttl"),
        (("post", "--id", "wld-neuf"), "actors/posts.ttl"),
    ],
)
def test_a_record_goes_where_its_place_is(call: Caller, words: Sequence[str], file: str) -> None:
    path = call.root / "data" / file
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    made = call("new", *words, "--write")
    assert (made.code, made.err) == (0, "")
    assert f"data/{file}" in made.out
    after = path.read_text(encoding="utf-8")
    assert triples(before) < triples(after)
    assert after.endswith("  .\n")


def test_when_several_files_could_hold_a_record_they_are_named(call: Caller) -> None:
    refused = call("new", "claim", "--write")
    assert refused.code == 2
    assert "--to FICHIER" in refused.err
    assert "data/agreements/wld-golden.ttl" in refused.err


def test_what_a_file_holds_stays_as_it_is_and_missing_prefixes_find_their_place(call: Caller) -> None:
    path = call.root / "data/committees/wld-hautebrume.ttl"
    before = path.read_text(encoding="utf-8")
    assert call("new", "count", "--id", "wld-neuf", "--to", str(path)).code == 0
    after = path.read_text(encoding="utf-8")
    added = [line for line in after.splitlines() if line.startswith("@prefix") and line not in before]
    assert added
    rest = "".join(line for line in after.splitlines(keepends=True) if line.rstrip("\n") not in added)
    assert rest.startswith(before)
    declared = re.findall(r"^@prefix ([\w-]*):", after, re.MULTILINE)
    assert declared == sorted(declared)


def test_line_ends_stay_those_of_the_file(call: Caller) -> None:
    path = call.root / "data/actors/persons.ttl"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert call("new", "person", "--set", "nom=Une Personne", "--write").code == 0
    assert b"\n" not in path.read_bytes().replace(b"\r\n", b"")


def test_a_file_that_does_not_parse_is_left_alone(call: Caller) -> None:
    path = call.root / "data/actors/persons.ttl"
    path.write_text(path.read_text(encoding="utf-8") + "\nper:x a", encoding="utf-8")
    before = path.read_bytes()
    refused = call("new", "person", "--id", "wld-neuf", "--to", str(path))
    assert refused.code == 3
    assert "data/actors/persons.ttl" in refused.err
    assert "accords check" in refused.err
    assert path.read_bytes() == before


def test_a_file_that_uses_a_house_prefix_for_something_else_is_left_alone(call: Caller) -> None:
    path = call.root / "data/actors/neuf.ttl"
    path.write_text("@prefix per: <http://example.org/> .\nper:x per:y per:z .\n", encoding="utf-8")
    before = path.read_bytes()
    refused = call("new", "person", "--id", "wld-neuf", "--to", str(path))
    assert refused.code == 3
    assert "per: n'y désigne pas" in refused.err
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("target", "said"), [("neuf.txt", "n'est pas un fichier de fiches"), ("non/neuf.ttl", "n'existe pas")]
)
def test_a_path_that_cannot_hold_records_is_refused(call: Caller, target: str, said: str) -> None:
    refused = call("new", "person", "--id", "wld-neuf", "--to", str(call.root / target))
    assert refused.code == 2
    assert said in refused.err
    assert not (call.root / target).exists()


def test_on_standard_output_an_agreement_is_a_whole_file_and_an_axis_a_block_to_paste(call: Caller) -> None:
    whole = call("new", "agreement", "--id", "wld-neuf").out
    assert len(triples(whole)) == 1
    filled = re.sub(r"(?m)^  # (skos:altLabel) \S+ ;.*$", r'  \1 "Autre"@fr ;', whole)
    assert len(triples(filled)) == 2
    assert "@prefix" not in call("new", "axis", "--id", "wld-neuf").out


# --- small files -------------------------------------------------------------------------------------------

YAML = """\
titre: {fr: Convention du port, en: Harbour agreement}
type: accord-cadre
parties: [act:wld-etat, Région Hautebrume]
date de début: 2026-05-12
rang: 012
signature: 2026-05
"""
CSV = """\
champ;valeur
titre@fr;Convention du port
titre@en;"Harbour agreement"
type;accord-cadre
parties;act:wld-etat
parties;Région Hautebrume
date de début;12/05/2026
rang;012
signature;2026-05
"""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("neuf.yaml", YAML.encode()),
        ("neuf.csv", CSV.encode()),
        ("neuf.csv", b"\xef\xbb\xbf" + CSV.replace("\n", "\r\n").encode()),
        ("neuf.csv", CSV.replace(";", ",").encode()),
        ("neuf.csv", CSV.replace(";", "\t").encode("cp1252")),
    ],
)
def test_a_small_file_fills_the_fields(call: Caller, name: str, content: bytes) -> None:
    path = call.root / name
    path.write_bytes(content)
    made = call("new", "agreement", "--bare", "--id", "wld-neuf", "--from", str(path))
    assert made.code == 0
    assert ("Windows-1252" in made.err) == (content == CSV.replace(";", "\t").encode("cp1252"))
    for line in (
        'skos:prefLabel "Convention du port"@fr , "Harbour agreement"@en',
        "ae:hasParty act:wld-etat , act:wld-region-hautebrume",
        'ae:startDate "2026-05-12"^^xsd:date',
        "ae:ordinalInSeries 012",
    ):
        assert line in made.out


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.yaml", "titre: [a, {b: c}]", "a.yaml:1 : il faut un texte ici"),
        ("a.yaml", "- titre", "il faut « champ: valeur »"),
        ("a.yaml", "type: avenant\ntype: avenant", "a.yaml:2 : le champ « type » est donné deux fois"),
        ("a.yaml", "a: [", "ce n'est pas du YAML"),
        ("a.yaml", "!!python/object/apply:os.system [x]", "il faut « champ: valeur »"),
        ("a.yaml", "titre: a\ntype: bleu", "a.yaml:2 : valeur de « Type d'accord » introuvable : bleu"),
        ("a.csv", "titre;a\ncouleur;bleu", "a.csv:2 : champ de « accord » introuvable : couleur"),
        ("a.csv", 'titre;"a', "guillemets mal fermés"),
        ("a.csv", "titre;a;b", "il faut deux colonnes"),
        ("a.csv", "titre;\0", "ce n'est pas du texte"),
        ("a.json", "{}", "ni YAML ni CSV"),
    ],
)
def test_a_small_file_that_is_none_is_refused_with_its_line(
    call: Caller, name: str, content: str, said: str
) -> None:
    path = call.root / name
    path.write_text(content, encoding="utf-8")
    refused = call("new", "agreement", "--from", str(path))
    assert refused.code in {2, 3}
    assert refused.out == ""
    assert said in refused.err


def test_values_of_yaml_stay_what_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("a: non\nb: 2023-06-01\nc: 1_000\nd: ~\ne: &x oui\nf: *x\n", encoding="utf-8")
    found, _ = tabular.fields(path)
    assert [(one.key, one.text) for one in found] == [
        ("a", "non"), ("b", "2023-06-01"), ("c", "1_000"), ("e", "oui"), ("f", "oui"),
    ]  # fmt: skip


# --- questions on a terminal -------------------------------------------------------------------------------


def talked(root: Path, answers: Sequence[str], *, lang: Language = "fr") -> tuple[int, str]:
    """Return how `accords new agreement` leaves and what it shows on a terminal, an answer typed at each prompt."""
    child, terminal = pty.fork()
    if child == 0:
        words = ["accords", "--root", str(root), "--lang", lang, "new", "agreement"]
        os.execv(Path(sys.executable).with_name("accords"), words)  # noqa: S606  # our own command
    shown, waiting = b"", list(answers)
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.05)[0]:
            try:
                shown += os.read(terminal, 65536)
            except OSError:  # the other end is closed
                break
        elif waiting and re.search(rb":\x20$", shown):
            answer = waiting.pop(0)
            shown += b"\0"
            os.write(terminal, answer.encode() + (b"" if answer in {"\x03", "\x04"} else b"\n"))
    else:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), shown.decode()


ANSWERS = (
    "Convention du port", "Harbour agreement",
    "cadre", "1",  # a name that is not one brings a close one, taken by its number
    "1",  # announced
    "État de Valdorie", "Région Hautebrume", "",
    "Sarcelle", "",
    "2026-13", "2026-05",
    "src:wld-rapport",
    "",
)  # fmt: skip


def test_the_questions_end_in_a_file_at_its_place(call: Caller) -> None:
    code, shown = talked(call.root, [*ANSWERS, "o"])
    assert code == 0, shown
    assert "protocole de préfiguration (agreement-type:prefiguration-protocol)" in shown
    assert "« 2026-13 » ne convient pas" in shown
    written = call.root / "data/agreements/sarcelle-2026-framework-agreement.ttl"
    said = written.read_text(encoding="utf-8")
    assert "ae:hasParty act:wld-etat , act:wld-region-hautebrume ;" in said
    assert 'ae:eventDate "2026-05"^^xsd:gYearMonth ;' in said
    assert "ae:excerptOf src:wld-rapport ;" in said
    loading_problems = loading.read(written, "written")[1]
    assert loading_problems == ()


def test_a_no_prints_and_writes_nothing(call: Caller) -> None:
    before = sorted((call.root / "data").rglob("*"))
    code, shown = talked(call.root, [*ANSWERS, "n"], lang="en")
    assert code == 0, shown
    assert "Write to data/agreements/sarcelle-2026-framework-agreement.ttl? [Y/n]" in shown
    assert "agr:sarcelle-2026-framework-agreement a ae:Agreement" in shown
    assert sorted((call.root / "data").rglob("*")) == before


def test_every_list_is_numbered_and_takes_numbers(call: Caller) -> None:
    answers = ("Convention du port", "", "6", "1", "13, 1", "", "1", "", "2026", "6", "", "o")
    code, shown = talked(call.root, answers)
    assert code == 0, shown
    assert re.search(r"^ +1 +Sarcelle \(ter:wld-sarcelle\)", shown, re.MULTILINE)
    said = (call.root / "data/agreements/sarcelle-2026-framework-agreement.ttl").read_text(encoding="utf-8")
    assert "ae:hasParty act:wld-etat , act:wld-region-hautebrume ;" in said
    assert "ae:excerptOf src:wld-rapport ;" in said


def test_all_that_is_wrong_with_an_answer_is_told_and_the_rest_is_kept(call: Caller) -> None:
    answers = ("Convention du port", "", "99", "6", "1", "Région Hautebrume; zz; yy", "État de Valdorie", "")
    code, shown = talked(call.root, [*answers, "\x03"])
    assert code == 130
    assert "« 99 » n'est pas dans la liste (1 à 7)" in shown
    assert "introuvable : zz" in shown
    assert "introuvable : yy" in shown
    assert "Gardé : Région Hautebrume" in shown


def test_a_title_that_is_there_already_is_asked_about_at_once(call: Caller) -> None:
    code, shown = talked(call.root, ["Protocole de préfiguration de Hautebrume", "", "n"])
    assert code == 2, shown
    assert "agr:wld-golden" in shown
    assert "Est-ce une autre fiche ? [o/N]" in shown
    code, shown = talked(call.root, ["Protocole de préfiguration de Hautebrume", "", "o", "\x03"])
    assert code == 130, shown
    assert "1  protocole de préfiguration" in shown


def test_whoever_gives_up_is_told_that_nothing_is_written(call: Caller) -> None:
    words: dict[Language, str] = {"fr": "abandonné, rien n'est écrit", "en": "given up, nothing is written"}
    for lang, said in words.items():
        code, shown = talked(call.root, ["Convention du port", "\x03"], lang=lang)
        assert code == 130
        assert f"accords: {said}" in shown


@pytest.mark.parametrize("key", ["\x03", "\x04"])
@pytest.mark.parametrize("after", [0, 4, len(ANSWERS)])
def test_an_interruption_or_the_end_of_the_input_leaves_nothing(call: Caller, key: str, after: int) -> None:
    before = sorted((call.root / "data").rglob("*"))
    code, shown = talked(call.root, [*ANSWERS[:after], key])
    assert code == 130, shown
    assert "Traceback" not in shown
    assert shown.rstrip().endswith("accords: abandonné, rien n'est écrit")
    assert sorted((call.root / "data").rglob("*")) == before


def test_without_a_terminal_nothing_is_asked(call: Caller) -> None:
    made: Called = call("new", "agreement")
    assert made.code == 0
    assert "sans terminal, rien n'est demandé" in made.err
    assert "agr:A-NOMMER a ae:Agreement" in made.out


def test_the_command_runs_by_itself(call: Caller) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("accords"), "--root", call.root, "new", "axis", "--lang", "en"],
        capture_output=True, check=True, timeout=60, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert b"axe:TO-BE-NAMED a ae:Axis ;" in done.stdout


def test_a_source_whose_text_is_at_hand_gets_its_digest(call: Caller, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "phare.txt").write_bytes(b"Le phare.\n")
    said = ("new", "source", "--id", "wld-phare", "--bare", "--archive", str(archive))
    made = call(*said, "--set", "archiveName=phare.txt").out
    assert f'ae:textDigest "{hashlib.sha256(b"Le phare." + bytes([10])).hexdigest()}"' in made
    assert "textDigest" not in call(*said, "--set", "archiveName=absent.txt").out
    own = call(*said, "--set", "archiveName=phare.txt", "--set", f"textDigest={'0' * 64}").out
    assert own.count("textDigest") == 1
    assert "0" * 64 in own


def test_nothing_is_written_into_the_project_that_came_with_the_installation(tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (ROOT / "data").rglob("*.ttl")}
    done = subprocess.run(
        [sys.executable, "-m", "accords", "new", "accord", "--id", "wld-neuf", "--write"],
        cwd=tmp_path, env={name: value for name, value in os.environ.items() if name != "ACCORDS_ROOT"}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert "--root" in done.stderr
    assert {path: path.stat().st_mtime_ns for path in (ROOT / "data").rglob("*.ttl")} == before


def test_two_sources_are_refused_and_none_is_dropped(call: Caller) -> None:
    twice = ("--set", "source=src:wld-rapport", "--set", "source=src:wld-debat")
    refused = call("new", "accord", "--id", "wld-neuf", *twice)
    assert refused.code == 2
    assert "deux fois" in refused.err
