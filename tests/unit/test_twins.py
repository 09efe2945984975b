"""A record that is there already is told before a second one is written, by `accords new` and `accords import`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tables import holds, imported

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calling import Caller

SAME = "libellé=formation aux METIERS du port"
AXES = "nom court;libellé;accord;position;source\n"
AXIS = ";Pilotage partagé;agr:wld-golden;2;\n"
CLAIM = (
    "claimAbout=agr:wld-golden", "propriété=parties", "valeur=État de Valdorie", "fondement=claim-basis:quoted",
    "rang=claim-rank:preferred",
)  # fmt: skip


# --- accords new -------------------------------------------------------------------------------------------


def test_a_second_axis_of_the_same_label_in_an_agreement_is_refused_with_where_and_what_to_do(
    call: Caller,
) -> None:
    before = holds(call.root)
    refused = call("new", "axe", "accord=agr:wld-golden", SAME, "position=4", "--write")
    assert (refused.code, refused.out) == (2, "")
    assert "existe déjà : axe:wld-golden-1, data/agreements/wld-golden.ttl:" in refused.err
    assert "si c'est la même : la modifier là (Position : 1 → 4, ligne " in refused.err
    assert "si c'en est une autre : --homonym" in refused.err
    english = call("new", "axis", "accord=agr:wld-golden", SAME, "position=4", lang="en").err
    assert "exists already: axe:wld-golden-1" in english
    assert "change it there (Position: 1 → 4, line " in english
    assert holds(call.root) == before


def test_the_line_that_is_named_is_the_line_to_change(call: Caller) -> None:
    told = call("new", "axe", "accord=agr:wld-golden", SAME, "position=4").err
    line = int(told.partition("Position : 1 → 4, ligne ")[2].partition(")")[0])
    text = (call.root / "data/agreements/wld-golden.ttl").read_text(encoding="utf-8")
    assert "ae:position 1" in text.splitlines()[line - 1]


def test_one_that_is_another_is_written_when_that_is_said(call: Caller) -> None:
    made = call("new", "axe", "accord=agr:wld-golden", SAME, "--bare", "--write", "--homonym")
    assert (made.code, made.err) == (0, "")
    assert "axe:wld-golden-3 dans" in made.out


@pytest.mark.parametrize(
    "words",
    [
        ("axe", "accord=agr:wld-chambre-2027", SAME),  # of another agreement
        ("axe", "accord=agr:wld-golden"),  # about which nothing is said yet
        ("axe", SAME),  # of an agreement that is not said
        ("territoire", "nom=Sarcelle", "niveau=communal"),  # of another level
        ("personne", "nom=Office valdorien du travail"),  # of another kind
        ("claim", *CLAIM[:2], "valeur=Rectorat de Hautebrume", *CLAIM[3:]),  # another reading
        ("claim", *CLAIM[:2]),  # whose value is not said yet
    ],
)
def test_what_only_looks_alike_is_written(call: Caller, words: Sequence[str]) -> None:
    made = call("new", *words, "--bare")
    assert (made.code, made.err) == (0, "")


@pytest.mark.parametrize(
    ("words", "node"),
    [
        (("acteur", "nom=office valdorien du travail"), "act:wld-office"),
        (("acteur", "nom=Région des brumes"), "act:wld-region-hautebrume"),  # by its other name
        (("acteur", "nom=Autre", "autres noms=Région Hautebrume"), "act:wld-region-hautebrume"),
        (("partenaire social", "nom=Région Hautebrume"), "act:wld-region-hautebrume"),  # whatever its class
        (("territoire", "nom=Sarcelle"), "ter:wld-sarcelle"),
        (("accord", "titre=Protocole du port"), "agr:wld-golden"),
        (("personne", "nom=Célie Mandragore"), "per:wld-celie-mandragore"),
        (("claim", *CLAIM), "clm:wld-golden-party-etat"),
        (("source", "titre=Autre titre", "archiveName=wld-rapport.txt"), "src:wld-rapport"),
    ],
)
def test_a_record_is_known_by_any_of_its_names_or_by_what_it_fills(
    call: Caller, words: Sequence[str], node: str
) -> None:
    refused = call("new", *words)
    assert (refused.code, refused.out) == (2, "")
    assert f"{node}, data/" in refused.err


def test_a_record_that_was_retired_is_nobodys_twin(call: Caller) -> None:
    path = call.root / "data/agreements/wld-golden.ttl"
    text = path.read_text(encoding="utf-8")
    prefix = "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    path.write_text(f"{prefix}{text}\naxe:wld-golden-1 owl:deprecated true .\n", encoding="utf-8")
    assert call("new", "axe", "accord=agr:wld-golden", SAME, "--bare").code == 0


# --- accords import ----------------------------------------------------------------------------------------


def test_a_row_that_repeats_a_record_is_left_and_that_is_success(call: Caller) -> None:
    before = holds(call.root)
    told = imported(call, AXES + AXIS, kind="axe")
    assert told.code == 0
    assert "0 fiche nouvelle, 1 déjà là, inchangée" in told.out
    assert holds(call.root) == before


def test_a_table_imported_twice_adds_nothing_the_second_time(call: Caller) -> None:
    content = (
        AXES + ";Neuf;agr:wld-golden;8;src:wld-rapport\nwld-golden-9;Dix;agr:wld-golden;9;src:wld-rapport\n"
    )
    assert imported(call, content, "--yes", kind="axe").code == 0
    before = holds(call.root)
    for words in (("--yes",), ("--yes", "--homonym")):
        again = imported(call, content, *words, kind="axe")
        assert again.code == 0
        assert "0 fiche nouvelle, 2 déjà là, inchangées" in again.out
        assert holds(call.root) == before


def test_an_agreement_with_its_signature_and_its_source_is_known_again(call: Caller) -> None:
    content = "nom court;titre;signature;source\n;Pacte du quai;2026-05;src:wld-rapport\n".replace(
        "nom court;", "nom court;territoire;"
    ).replace("\n;Pacte", "\n;Sarcelle;Pacte")
    assert imported(call, content, "--yes", kind="accord").code == 0
    before = holds(call.root)
    assert "1 déjà là" in imported(call, content, "--yes", kind="accord").out
    changed = imported(call, content.replace("2026-05", "2026-06"), "--yes", kind="accord")
    assert changed.code == 1
    assert "« Pacte du quai » existe déjà" in changed.out
    assert "2026-06" in changed.out
    assert holds(call.root) == before


def test_a_corrected_row_of_a_table_imported_before_is_told_with_what_differs(call: Caller) -> None:
    assert imported(call, AXES + ";Neuf;agr:wld-golden;8;\n", "--yes", kind="axe").code == 0
    before = holds(call.root)
    told = imported(call, AXES + ";Neuf;agr:wld-golden;9;\n", "--yes", kind="axe")
    assert told.code == 1
    assert "table.csv:B2 (Libellé (français)) : « Neuf » existe déjà : axe:wld-golden-3" in told.out
    assert "Position : 8 → 9, ligne" in told.out
    assert holds(call.root) == before
    assert imported(call, AXES + ";Neuf;agr:wld-golden;9;\n", "--yes", "--homonym", kind="axe").code == 0


def test_a_row_that_names_a_record_and_differs_shows_what_to_change_where(call: Caller) -> None:
    told = imported(call, AXES + "wld-golden-2;Autre;agr:wld-golden;2;\n", "--yes", "--homonym", kind="axe")
    assert told.code == 1
    assert "table.csv:A2 (Nom court) : cette fiche existe déjà : axe:wld-golden-2, data/" in told.out
    assert "un tableau n'ajoute que des fiches neuves" in told.out
    assert "Libellé : Pilotage partagé@fr → Autre@fr" in " ".join(told.out.split())
    assert "Position" not in told.out


def test_two_rows_of_one_name_are_told_with_the_line_of_the_first(call: Caller) -> None:
    told = imported(call, AXES + ";Neuf;agr:wld-golden;8;\n;neuf;agr:wld-golden;9;\n", "--yes", kind="axe")
    assert told.code == 1
    assert "table.csv:B3 (Libellé (français)) : « neuf » est déjà à la ligne 2 du tableau" in told.out
