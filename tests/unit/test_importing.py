"""What `accords template` and `accords import` promise, on copies of the invented world."""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook, load_workbook
from pyoxigraph import RdfFormat, parse

from accords import adding, kinds, loading, templates, writing
from accords.errors import FileRefused, RequestError
from laying import PROJECT, world
from tables import holds, imported

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from accords.kinds import Kind
    from calling import Caller

KNOWN = kinds.of(world(), loading.load_shapes(PROJECT)[0])
KINDS = [kind for kind in KNOWN.all if not kind.narrower]
HEAD = "nom court;nom;extraits\n"
PERSONS = "data/actors/persons.ttl"
ROW = "wld-neuve;Une Personne;exc:wld-protocole-signature\n"


def triples(turtle: str) -> set[str]:
    return {str(quad.triple) for quad in parse(turtle, format=RdfFormat.TURTLE)}


def filled(call: Caller, kind: str, rows: Sequence[Mapping[str, object]]) -> Path:
    """Return the workbook of a kind, filled by column codes."""
    path = call.root / "table.xlsx"
    assert call("template", kind, "-o", str(path)).code == 0
    book = load_workbook(path)
    sheet: Any = book.worksheets[0]
    codes = [cell.value for cell in sheet[2]]
    for number, row in enumerate(rows, 3):
        for code, value in row.items():
            place = 1 if code == "id" else codes.index(code) + 1
            sheet.cell(number, place).value = value
    book.save(path)
    return path


# --- templates ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_table_has_a_column_for_every_field_and_says_its_kind(kind: Kind) -> None:
    found = templates.columns(kind)
    assert found[0].code == f"{kind.code}/id"
    assert {column.slot.path for column in found if column.slot is not None} == {s.path for s in kind.slots}
    assert len({column.code for column in found}) == len(found)


def test_csv_is_made_for_the_spreadsheets_of_the_reader(call: Caller) -> None:
    french = call("template", "person").out
    english = call("template", "person", lang="en").out
    assert french.startswith("\ufeffNom court;Nom;")
    assert english.startswith("\ufeffShort name,Name,")
    codes = [
        list(csv.reader(io.StringIO(one), delimiter=mark))[1] for one, mark in ((french, ";"), (english, ","))
    ]
    assert (
        codes[0] == codes[1] == ["person/id", "name", "altLabel@fr", "altLabel@en", "supportedBy", "source"]
    )


def test_a_workbook_offers_the_choices_and_a_help_on_each_heading(call: Caller) -> None:
    path = call.root / "a.xlsx"
    assert call("template", "accord", "-o", str(path)).code == 0
    book: Any = load_workbook(path)
    table, about, choices = book.worksheets
    assert (table.title, about.title, choices.title) == ("agreement", "lisez-moi", "choix")
    codes = [cell.value for cell in table[2]]
    place = codes.index("agreementType")
    assert "obligatoire" in table.cell(1, place + 1).comment.text
    rules = {str(rule.sqref): rule for rule in table.data_validations.dataValidation}
    letter = table.cell(1, place + 1).column_letter
    rule = rules[f"{letter}3:{letter}2002"]
    assert rule.showErrorMessage
    formula = re.fullmatch(r"'choix'!\$([A-Z]+)\$2:\$[A-Z]+\$(\d+)", rule.formula1)
    assert formula is not None
    column, last = formula.groups()
    offered = [choices[f"{column}{row}"].value for row in range(2, int(last) + 1)]
    assert "convention tripartite (agreement-type:tripartite-agreement)" in offered
    assert len(offered) == 7
    parties = table.cell(1, codes.index("hasParty") + 1).column_letter
    assert not rules[f"{parties}3:{parties}2002"].showErrorMessage
    assert {table.cell(3, at).number_format for at in range(1, len(codes) + 1)} == {"@"}


def test_a_workbook_is_the_same_each_time_and_is_not_printed(call: Caller) -> None:
    one, two = call.root / "a.xlsx", call.root / "b.xlsx"
    for path in (one, two):
        call("template", "axis", "-o", str(path))
    assert one.read_bytes() == two.read_bytes()
    refused = call("template", "axis", "--format", "xlsx")
    assert (refused.code, refused.out) == (2, "")


@pytest.mark.parametrize("ending", [".ods", ".xls", ".doc"])
def test_a_table_is_not_written_under_an_ending_that_promises_another_form(call: Caller, ending: str) -> None:
    path = call.root / f"a{ending}"
    refused = call("template", "axis", "-o", str(path))
    assert (refused.code, f"ne s'écrit pas en {ending}" in refused.err, path.exists()) == (2, True, False)


# --- what a table would do ---------------------------------------------------------------------------------


def test_a_table_is_shown_before_anything_is_written(call: Caller) -> None:
    before = holds(call.root)
    shown = imported(call, HEAD + ROW, "--dry-run")
    assert shown.code == 0
    assert f"+++ {PERSONS}" in shown.out
    assert '+  foaf:name "Une Personne" ;' in shown.out
    assert "1 fiche nouvelle, dans 1 fichier" in shown.out
    assert "Rien n'est écrit (--dry-run)." in shown.err
    assert holds(call.root) == before


def test_without_anybody_to_ask_nothing_is_written_and_that_is_no_success(call: Caller) -> None:
    before = holds(call.root)
    shown = imported(call, HEAD + ROW)
    assert shown.code == 2
    assert "1 fiche nouvelle, dans 1 fichier" in shown.out
    assert "rien n'est écrit : personne à qui demander" in shown.err
    assert "écrire : --yes ; seulement voir : --dry-run" in shown.err
    assert holds(call.root) == before


def test_a_yes_writes_what_was_shown_and_a_second_time_nothing(call: Caller) -> None:
    before = (call.root / PERSONS).read_text(encoding="utf-8")
    content = HEAD + ROW + ";Deux Personnes;exc:wld-protocole-signature | exc:wld-rapport-region\n"
    assert imported(call, content, "--yes").code == 0
    after = (call.root / PERSONS).read_text(encoding="utf-8")
    assert after.startswith(before)
    assert len(triples(after) - triples(before)) == 7
    assert "per:deux-personnes a foaf:Person ;" in after
    again = imported(call, content, "--yes")
    assert "0 fiche nouvelle, 2 déjà là, inchangées" in again.out
    assert (call.root / PERSONS).read_text(encoding="utf-8") == after


def test_a_record_that_exists_is_never_changed(call: Caller) -> None:
    before = holds(call.root)
    refused = imported(call, HEAD + "wld-celie-mandragore;Autre Nom;\n", "--yes")
    assert refused.code == 1
    assert "table.csv:A2 (Nom court) : cette fiche existe déjà : per:wld-celie-mandragore" in refused.out
    assert "data/actors/persons.ttl:" in refused.out
    assert holds(call.root) == before


def test_a_name_that_was_retired_is_never_given_again(call: Caller) -> None:
    path = call.root / PERSONS
    path.write_text(
        path.read_text(encoding="utf-8") + "\nper:wld-celie-mandragore owl:deprecated true .\n",
        encoding="utf-8",
    )
    head = path.read_text(encoding="utf-8")
    path.write_text("@prefix owl: <http://www.w3.org/2002/07/owl#> .\n" + head, encoding="utf-8")
    refused = imported(call, HEAD + "wld-celie-mandragore;;\n", "--yes")
    assert refused.code == 1
    assert "per:wld-celie-mandragore a été retiré" in refused.out


def test_every_mistake_is_told_at_its_cell_and_nothing_is_written(call: Caller) -> None:
    before = holds(call.root)
    content = (
        "nom court;nom;couleur;extraits;nom\n"
        "Neuve;Une Personne;bleu;exc:wld-protocole-signatur;\n"
        "wld-a;Deux;;exc:wld-rapport-region;\n"
        "wld-a;Trois;;exc:wld-rapport-region;;encore\n"
    )
    told = imported(call, content, "--yes")
    assert told.code == 1
    assert "+++" not in told.out
    places = re.findall(r"^table\.csv:([A-Z]*\d+)", told.out, re.MULTILINE)
    assert places == ["C1", "E1", "A2", "D2", "4"]
    assert "exc:wld-protocole-signature" in told.out
    assert "5 erreurs ; rien n'est écrit" in told.out
    assert holds(call.root) == before


def test_the_mistakes_are_told_in_english_as_well(call: Caller) -> None:
    path = call.root / "table.csv"
    path.write_text("short name,name\nwld-a,A,b\n", encoding="utf-8")
    told = call("import", str(path), "--kind", "person", lang="en")
    assert "table.csv:2: 3 cells for 2 headings" in told.out
    assert "1 mistake; nothing is written" in told.out


def test_the_kind_is_said_by_the_template_or_asked_for(call: Caller) -> None:
    refused = imported(call, HEAD + ROW, kind="")
    assert refused.code == 2
    assert "--kind" in refused.err
    told = imported(call, "Nom court;Nom\nperson/id;name\nwld-neuve;Une Personne\n", kind="")
    assert "per:wld-neuve a foaf:Person" in told.out


@pytest.mark.parametrize(
    ("content", "said"), [("", "le tableau est vide"), (HEAD, "le tableau n'a aucune fiche")]
)
def test_a_table_without_records_is_refused(call: Caller, content: str, said: str) -> None:
    refused = imported(call, content)
    assert (refused.code, said in refused.err) == (2, True)


def test_rows_may_name_each_other_by_short_name_or_label(call: Caller) -> None:
    rows = [
        {"id": "wld-neuf-1", "prefLabel@fr": "Convention du phare"},
        {"id": "wld-neuf-2", "prefLabel@fr": "Convention du quai", "renews": "Convention du phare"},
        {"id": "wld-neuf-3", "prefLabel@fr": "Convention du pont", "renews": "agr:wld-neuf-2"},
    ]
    told = call("import", str(filled(call, "accord", rows)), "--yes")
    assert told.code == 0
    for name, other in (("2", "1"), ("3", "2")):
        written = (call.root / f"data/agreements/wld-neuf-{name}.ttl").read_text(encoding="utf-8")
        assert f"ae:renews agr:wld-neuf-{other} ." in written
    assert "à compléter, agr:wld-neuf-1 : Type d'accord" in told.out


def test_what_goes_with_records_is_written_with_them(call: Caller) -> None:
    rows = [
        {
            "id": f"wld-neuf-{number}",
            "prefLabel@fr": f"Accord {number}",
            "source": "src:wld-rapport",
            "signature": "2026",
        }
        for number in (1, 2)
    ]
    assert call("import", str(filled(call, "accord", rows)), "--yes").code == 0
    texts = [
        (call.root / f"data/agreements/wld-neuf-{number}.ttl").read_text(encoding="utf-8")
        for number in (1, 2)
    ]
    excerpts = [re.search(r"^(exc:\S+) a ae:Excerpt", text, re.MULTILINE) for text in texts]
    assert excerpts[0] is not None
    assert excerpts[1] is not None
    assert excerpts[0][1] != excerpts[1][1]
    assert "evt:wld-neuf-1-signature a ae:SignatureEvent" in texts[0]


# --- cells that hold several things ------------------------------------------------------------------------

ACTORS = "nom court;nom;autres noms;type\n"


@pytest.mark.parametrize("cell", ["Un | Deux", '"Un\nDeux"', "Un|Deux"])
def test_a_label_takes_one_text_and_its_cell_is_named(call: Caller, cell: str) -> None:
    before = holds(call.root)
    told = imported(call, f"{ACTORS}wld-neuf;{cell};;région\n", "--yes", kind="actor")
    assert told.code == 1
    assert "table.csv:B2 (Nom (français)) : Nom : « Un" in told.out
    assert "un seul texte" in told.out
    assert "1 erreur ; rien n'est écrit" in told.out
    assert holds(call.root) == before


def test_a_field_of_several_texts_takes_them_from_one_cell(call: Caller) -> None:
    told = imported(call, f"{ACTORS}wld-neuf;Neuf;Un | Deux;région\n", "--dry-run", kind="actor")
    assert 'skos:altLabel "Un"@fr , "Deux"@fr' in told.out


def test_a_text_of_several_lines_stays_one(call: Caller) -> None:
    content = 'titre;description\nCommuniqué du quai;"Une ligne | et\nune autre"\n'
    told = imported(call, content, "--dry-run", kind="source")
    assert 'dcterms:description "Une ligne | et\\nune autre"@fr' in told.out


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("wld-neuf;Office; direction du port;;région\n", "5 cellules pour 4 titres"),
        ("wld-neuf;A;B;C;D;E;F\n", "7 cellules pour 4 titres"),
    ],
)
def test_a_row_out_of_place_is_told_once_with_how_to_quote(call: Caller, row: str, said: str) -> None:
    told = imported(call, ACTORS + row, "--yes", kind="actor")
    assert told.code == 1
    assert f"table.csv:2 : {said}" in told.out
    assert "mettre entre guillemets une valeur qui contient « ; »" in told.out
    assert "1 erreur ; rien n'est écrit" in told.out


def test_a_heading_says_its_language_and_goes_by_any_name_of_the_field(call: Caller) -> None:
    told = imported(
        call, "Titre (anglais);titre_fr;accord\nHarbour;Port;agr:wld-golden\n", "--dry-run", kind="axe"
    )
    assert 'skos:prefLabel "Harbour"@en , "Port"@fr' in told.out


def test_a_claim_that_will_not_do_is_told_at_its_cell(call: Caller) -> None:
    content = "porte sur;propriété;valeur\nagr:wld-golden;parties;Sarcelle\nagr:wld-golden;couleur;x\n"
    told = imported(call, content, "--yes", kind="claim")
    assert re.findall(r"^table\.csv:([A-Z]*\d+)", told.out, re.MULTILINE) == ["C2", "B3"]


# --- what spreadsheets make of values ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (dt.datetime(2026, 5, 12, tzinfo=None), '"2026-05-12"^^xsd:date'),  # noqa: DTZ001  # a cell has no zone
        (dt.date(2026, 5, 12), '"2026-05-12"^^xsd:date'),
        (2026, '"2026"^^xsd:gYear'),
        (2026.0, '"2026"^^xsd:gYear'),
        ("2026-05", '"2026-05"^^xsd:gYearMonth'),
        ("12/05/2026", '"2026-05-12"^^xsd:date'),
        ("12 mai 2026", '"2026-05-12"^^xsd:date'),
    ],
)
def test_a_date_cell_is_a_day_and_a_number_a_year(call: Caller, cell: object, written: str) -> None:
    path = filled(call, "accord", [{"id": "wld-neuf", "startDate": cell}])
    assert f"ae:startDate {written} ." in call("import", str(path)).out


@pytest.mark.parametrize("form", ["DD/MM/YYYY", "[$-40C]d mmmm yyyy;@", "mm-dd-yy"])
def test_the_number_of_a_day_is_a_day_where_the_cell_shows_a_date(call: Caller, form: str) -> None:
    path = filled(call, "accord", [{"id": "wld-neuf", "startDate": 45627}])
    book = load_workbook(path)
    sheet: Any = book.worksheets[0]
    place = [cell.value for cell in sheet[2]].index("startDate") + 1
    sheet.cell(3, place).number_format = form
    book.save(path)
    assert 'ae:startDate "2024-12-01"^^xsd:date' in call("import", str(path), "--dry-run").out


def test_the_number_of_a_day_alone_is_never_a_year(call: Caller) -> None:
    refused = imported(call, "nom court;date de début\nwld-neuf;45627\n", "--yes", kind="accord")
    assert refused.code == 1
    assert "table.csv:B2 (Date de début)" in refused.out
    assert "écrire 2024-12-01" in refused.out
    table = filled(call, "accord", [{"id": "wld-neuf", "startDate": 45627}])
    assert "écrire 2024-12-01" in call("import", str(table)).out


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("a.csv", (HEAD + ROW).encode("utf-16"), "a.csv est en UTF-16"),
        ("a.csv", (HEAD + ROW).encode("utf-16-le"), "a.csv est en UTF-16"),
        ("a.ods", b"PK", "a.ods : ce format de tableur n'est pas lu"),
        ("a.xls", b"", "a.xls : ce format de tableur n'est pas lu"),
        ("a.xlsx", b"no", "ce n'est pas un classeur lisible"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_how_to_save_it(
    call: Caller, name: str, raw: bytes, said: str
) -> None:
    path = call.root / name
    path.write_bytes(raw)
    refused = call("import", str(path), "--kind", "person")
    assert refused.code in {2, 3}
    assert said in refused.err
    assert "l'enregistrer en classeur Excel (.xlsx) ou en CSV UTF-8" in refused.err


def test_a_code_that_became_a_number_and_a_text_stay_what_they_show(call: Caller) -> None:
    path = filled(call, "actor", [{"id": "wld-neuf", "prefLabel@fr": "  01  ", "siren": 123456789}])
    out = call("import", str(path), "--to", str(call.root / "data/actors/neuf.ttl")).out
    assert 'ae:siren "123456789"' in out
    assert 'skos:prefLabel "01"@fr' in out


def test_a_formula_stands_for_its_saved_value_and_is_told_without_one(call: Caller) -> None:
    path = filled(call, "person", [{"id": "wld-neuve", "name": '="Une "&"Personne"'}])
    told = call("import", str(path))
    assert told.code == 1
    assert "table.xlsx:B3 (Nom) : formule dont la valeur n'est pas enregistrée" in told.out


@pytest.mark.parametrize("value", [dt.datetime(2026, 5, 12, 14, 30), dt.time(14, 30)])  # noqa: DTZ001  # no zone in a cell
def test_a_time_is_no_date(call: Caller, value: object) -> None:
    told = call("import", str(filled(call, "accord", [{"id": "wld-neuf", "startDate": value}])))
    assert told.code == 1
    assert re.search(r"table\.xlsx:[A-Z]+3 \(Date de début\)", told.out)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no", b"nom;valeur\n"])
def test_a_file_that_is_no_workbook_is_refused(call: Caller, content: bytes) -> None:
    path = call.root / "a.xlsx"
    path.write_bytes(content)
    refused = call("import", str(path), "--kind", "person")
    assert refused.code == 3
    assert "ce n'est pas un classeur lisible" in refused.err


def test_an_empty_workbook_is_refused(call: Caller) -> None:
    path = call.root / "a.xlsx"
    Workbook().save(path)
    assert "le tableau est vide" in call("import", str(path), "--kind", "person").err


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ((HEAD + ROW).encode("utf-8-sig"), False),
        ((HEAD + ROW.replace("Une Personne", "Hélène Été")).encode("cp1252"), True),
        ((HEAD + ROW).replace(";", ",").replace("\n", "\r\n").encode(), False),
        ((HEAD + ROW).replace(";", "\t").encode(), False),
    ],
)
def test_a_csv_of_any_spreadsheet_is_read(call: Caller, raw: bytes, told: bool) -> None:
    shown = imported(call, raw, "--dry-run")
    assert shown.code == 0
    assert "per:wld-neuve a foaf:Person" in shown.out
    assert ("Windows-1252" in shown.err) == told


# --- all or nothing ----------------------------------------------------------------------------------------


def test_files_change_together_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new, third = tmp_path / "a", tmp_path / "b", tmp_path / "c"
    for path in (old, third):
        path.write_text("before", encoding="utf-8")
    replace, calls = Path.replace, []

    def failing(self: Path, target: Path) -> Path:
        if self.name.startswith(".c.") and not self.name.endswith(".before"):
            calls.append(self)
            raise PermissionError(13, "denied", str(self))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(FileRefused, match="c :"):
        writing.together({old: b"after", new: b"after", third: b"after"})
    assert calls
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {
        "a": "before",
        "c": "before",
    }


def test_an_interruption_between_two_files_puts_everything_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [tmp_path / name for name in "ab"]
    for path in paths:
        path.write_text("before", encoding="utf-8")
    replace = Path.replace

    def interrupted(self: Path, target: Path) -> Path:
        if self.name.startswith(".b.") and not self.name.endswith(".before"):
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        writing.together(dict.fromkeys(paths, b"after"))
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {
        "a": "before",
        "b": "before",
    }


def test_files_that_change_leave_nothing_beside_them(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("before", encoding="utf-8")
    writing.together({tmp_path / "a": b"after", tmp_path / "b": b"after"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"after", "b": b"after"}


def test_a_file_that_changed_since_it_was_read_stops_everything(call: Caller) -> None:
    knowledge = world()
    path = call.root / PERSONS
    other = call.root / "data/actors/neuf.ttl"
    block = 'per:wld-neuve a foaf:Person ;\n  foaf:name "Une Personne" .\n'
    additions = [adding.added(knowledge, one, block, {"per", "foaf"}) for one in (other, path)]
    path.write_text(path.read_text(encoding="utf-8") + "# note\n", encoding="utf-8")
    before = holds(call.root)
    with pytest.raises(RequestError, match="a changé"):
        adding.write(additions)
    assert holds(call.root) == before


def test_the_commands_run_by_themselves(call: Caller) -> None:
    program = Path(sys.executable).with_name("accords")
    table = call.root / "t.csv"
    for words in (["template", "person", "-o", str(table)], ["import", str(table)]):
        done = subprocess.run(
            [program, "--root", call.root, *words], capture_output=True, text=True, check=False, timeout=60,
            stdin=subprocess.DEVNULL, env={**os.environ, "LC_ALL": "C.UTF-8"},
        )  # fmt: skip
        assert "Traceback" not in done.stderr
    assert (done.returncode, "le tableau n'a aucune fiche" in done.stderr) == (2, True)


def test_a_template_never_takes_the_place_of_a_file(call: Caller, tmp_path: Path) -> None:
    filled = tmp_path / "personnes.csv"
    assert call("template", "personne", "-o", str(filled)).code == 0
    with filled.open("a", encoding="utf-8") as file:
        file.write("wld-neuve;Une Personne\n")
    held = filled.read_bytes()
    refused = call("template", "personne", "-o", str(filled))
    assert refused.code == 2
    assert "existe déjà" in refused.err
    assert filled.read_bytes() == held
