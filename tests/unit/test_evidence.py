"""What `accords evidence` promises, on copies of the invented world and of its archive."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from accords import archive as archives
from accords import evidence, loading
from accords.project import Project
from laying import ARCHIVE, ROOT, WORLD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archives import Archive
    from calling import Caller

SEEDS = Path(os.environ.get("ACCORDS_ARCHIVE") or ROOT.parent / "shared" / "seeds")
LINE = re.compile(r"^\S+:\d+:\d+: (?:error|warning|note): .+ \[[A-Z]{2}-\d{2}\]$")
EXCERPTS = 65  # of the world
DIGEST = "0" * 64
SCRIPT = "import sys; from accords.cli import run; run(sys.argv[1:])"


def findings(out: str) -> list[str]:
    return [line for line in out.splitlines() if LINE.match(line)]


def section(out: str, title: str) -> list[str]:
    """Return the lines of the block that opens with a title."""
    block = next((block for block in out.split("\n\n") if block.splitlines()[0] == title), title)
    return block.splitlines()[1:]


# --- check: the world as it is -----------------------------------------------------------------------------


def test_every_excerpt_of_the_world_is_found_and_each_source_has_its_line(archive: Archive) -> None:
    checked = archive("evidence", "check")
    assert checked.code == 0
    assert (
        f"Preuves : {EXCERPTS} extraits retrouvés (dont 14 imprimés plusieurs fois), 0 en défaut, 0 non vérifié"
        in checked.out
    )
    assert [line.split()[0] for line in section(checked.out, "Textes")] == [
        "src:wld-chambre",
        "src:wld-code-geographique",
        "src:wld-convention",
        "src:wld-debat",
        "src:wld-pacte",
        "src:wld-protocole",
        "src:wld-rapport",
        "src:wld-repertoire",
    ]
    assert [line for line in section(checked.out, "Textes") if not line.endswith("sous la main")] == [
        "  src:wld-code-geographique  0 extrait    –                   texte sans fichier d'archive"
    ]


def test_without_an_archive_every_excerpt_is_counted_and_named_and_the_check_passes(call: Caller) -> None:
    checked = call("evidence", "check", lang="en")
    assert checked.code == 0
    assert f"Evidence: 0 excerpts found, 0 at fault, {EXCERPTS} not checked" in checked.out
    named = section(checked.out, "Not checked")
    assert len(named) == EXCERPTS
    assert "  exc:wld-protocole-parties: no archive given" in named


def test_strict_makes_an_unchecked_excerpt_fail(archive: Archive) -> None:
    assert archive.call("evidence", "check", "--strict").code == 1
    assert archive("evidence", "check", "--strict").code == 0
    (archive.folder / "wld-rapport.txt").unlink()
    checked = archive("evidence", "check", "--strict")
    assert (checked.code, findings(checked.out)) == (1, [])
    assert "  exc:wld-rapport-axes : fichier absent de l'archive" in section(checked.out, "Non vérifiés")
    assert archive("evidence", "check").code == 0


def test_the_environment_names_the_archive_and_an_empty_name_is_none(
    call: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACCORDS_ARCHIVE", str(ARCHIVE))
    assert f"{EXCERPTS} extraits retrouvés" in call("evidence", "check").out
    monkeypatch.setenv("ACCORDS_ARCHIVE", "")
    assert "0 extrait retrouvé" in call("evidence", "check").out


def test_the_working_folder_can_be_the_archive(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ARCHIVE)
    assert f"{EXCERPTS} extraits retrouvés" in call("evidence", "check", "--archive", ".").out


def test_an_archive_that_is_not_a_folder_is_wrong_use(call: Caller) -> None:
    refused = call("evidence", "check", "--archive", "/nowhere/at/all")
    assert (refused.code, refused.out) == (2, "")
    assert "--archive : « /nowhere/at/all » ne convient pas" in refused.err


def test_a_long_list_is_cut_and_says_so(call: Caller) -> None:
    named = section(call("evidence", "check", "--most", "5").out, "Non vérifiés")
    assert len(named) == 6
    assert named[-1] == f"… et {EXCERPTS - 5} de plus (tout lister : --most 0)"
    assert len(section(call("evidence", "check", "--most", "0").out, "Non vérifiés")) == EXCERPTS


def test_a_reader_who_leaves_before_the_end_does_not_change_the_exit_code(archive: Archive) -> None:
    call = [sys.executable, "-c", SCRIPT, "--root", str(archive.call.root)]
    command = shlex.join([*call, "evidence", "check", "--archive", str(archive.folder)])
    piped = ["bash", "-o", "pipefail", "-c", f"{command} | true"]
    for code in (0, 1):
        done = subprocess.run(piped, capture_output=True, text=True, check=False, timeout=60)
        assert (done.returncode, done.stderr) == (code, "")
        (archive.folder / "wld-rapport.txt").write_text("Un autre texte.", encoding="utf-8")


def test_as_json_every_excerpt_has_its_state_and_its_lines(archive: Archive) -> None:
    (archive.folder / "wld-rapport.txt").unlink()
    archive.plant(
        "tst",
        "Le port de brume dort.\n",
        'exc:tst a ae:Excerpt ; ae:excerptOf src:tst ; ae:quote "Le port dort encore"@fr .',
    )
    checked = archive("evidence", "check", "--format", "json", lang="en")
    assert checked.code == 1
    told = json.loads(checked.out)
    rows = {row["excerpt"]: row for row in told["excerpts"]}
    assert rows["exc:wld-golden-periode"] == {
        "excerpt": "exc:wld-golden-periode",
        "source": "src:wld-protocole",
        "state": "checked",
        "reason": None,
        "first_line": 16,
        "last_line": 16,
        "repeats": [30],
    }
    assert (rows["exc:tst"]["state"], rows["exc:tst"]["first_line"]) == ("failed", None)
    assert (rows["exc:wld-rapport-axes"]["state"], rows["exc:wld-rapport-axes"]["reason"]) == (
        "unchecked",
        "not-at-hand",
    )
    assert told["evidence"]["unchecked"] == {"not-at-hand": 5}
    assert [found["code"] for found in told["findings"]] == ["EV-05"]
    assert {"source": "src:wld-rapport", "archive": "wld-rapport.txt", "reason": "not-at-hand"} in told[
        "sources"
    ]


# --- check: what is wrong ----------------------------------------------------------------------------------

WRONG = {  # words of an excerpt, the code, the column of the value at fault, what the message offers
    "other-words": ('ae:quote "Le port de brune dort"@fr', "EV-05", "au plus près, ligne 1, « Le port de brume dort. »"),
    "no-such-words": ('ae:quote "zorglub flibuste craquouille"@fr', "EV-05", "ne se trouve pas"),
    "other-case": ('ae:quote "le port de brume"@fr', "EV-05", "« Le port de brume »"),
    "end-before": (
        'ae:quote "Le phare veille"@fr ; ae:quoteEnd "Le port"',
        "EV-05",
        "les premiers mots sont là (ligne 2), les derniers, « Le port », ne les suivent pas",
    ),
    "two-places": ('ae:quote "la nuit"@fr', "EV-06", "(lignes 2, 3) : ligne 2, après « brume dort. Le phare veille » ; ligne 3, après « la nuit. On pêche mal »"),
    "other-prefix": ('ae:quotePrefix "midi" ; ae:quote "la nuit"@fr', "EV-06", "ligne 3, après « la nuit. On pêche mal »"),
}  # fmt: skip


@pytest.mark.parametrize("kind", WRONG)
def test_words_that_lead_to_no_passage_are_an_error_at_their_place_with_what_stands_there(
    archive: Archive, kind: str
) -> None:
    words, code, offered = WRONG[kind]
    text = "Le port de brume dort.\nLe phare veille la nuit.\nOn pêche mal la nuit, dit-on.\n"
    archive.plant("tst", text, f"exc:tst-1 a ae:Excerpt ;\n  ae:excerptOf src:tst ;\n  {words} .")
    checked = archive("evidence", "check")
    assert checked.code == 1
    (line,) = findings(checked.out)
    assert line.endswith(f"[{code}]")
    assert offered in line
    written = (archive.call.root / "data/sources/tst.ttl").read_text(encoding="utf-8").splitlines()
    file, row, column, *_ = line.split(":")
    assert file == "data/sources/tst.ttl"
    at_fault = {"end-before": '"Le port"', "other-prefix": '"midi"'}.get(kind, words.partition(" ")[2])
    assert written[int(row) - 1][int(column) - 1 :].startswith(at_fault)
    assert "1 en défaut" in checked.out


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_check_and_evidence_check_say_the_same_of_the_same_excerpts_each_once(
    archive: Archive, lang: str
) -> None:
    faults = [words for words, _, _ in WRONG.values()]
    excerpts = [
        f"exc:tst-{n} a ae:Excerpt ; ae:excerptOf src:tst ; {words} ." for n, words in enumerate(faults)
    ]
    excerpts += [
        "exc:tst-unquoted a ae:Excerpt ; ae:excerptOf src:tst .",
        'exc:tst-sourceless a ae:Excerpt ; ae:quote "Le port de brume"@fr .',
        'exc:tst-astray a ae:Excerpt ; ae:excerptOf src:nowhere ; ae:quote "Le port de brume"@fr .',
        f'src:tst-path a ae:SourceDocument ; ae:archiveName "../tst.txt" ; ae:textDigest "{DIGEST}" .',
        'src:tst-digest a ae:SourceDocument ; ae:archiveName "tst.txt" ; ae:textDigest "ABC" .',
        f'src:tst-pdf a ae:SourceDocument ; ae:archiveName "tst.pdf" ; ae:textDigest "{DIGEST}" .',
        f'src:tst-other a ae:SourceDocument ; ae:archiveName "tst.txt" ; ae:textDigest "{DIGEST}" .',
        'src:tst-bare a ae:SourceDocument ; ae:archiveName "tst.txt" .',
    ]
    text = "Le port de brume dort.\nLe phare veille la nuit.\nOn pêche mal la nuit, dit-on.\n"
    archive.plant("tst", text, "\n".join(excerpts))
    alone = findings(archive("evidence", "check", lang=lang).out)  # type: ignore[arg-type]  # one of the two
    assert len(alone) == len(set(alone)) == 14
    assert not [line for line in alone if "{?" in line]
    whole = findings(archive("check", "--most", "0", lang=lang).out)  # type: ignore[arg-type]  # what the test gives is of that kind, or wrong on purpose
    assert [line for line in whole if line in set(alone)] == alone


def test_an_excerpt_without_a_quote_or_a_source_is_counted_named_and_an_error(archive: Archive) -> None:
    archive.record(
        "exc:tst-a a ae:Excerpt ; ae:excerptOf src:wld-rapport .\n"
        'exc:tst-b a ae:Excerpt ; ae:quote "Il porte sur deux"@fr .\n'
    )
    checked = archive("evidence", "check")
    assert checked.code == 1
    assert section(checked.out, "Non vérifiés") == [
        "  exc:tst-a : extrait sans citation",
        "  exc:tst-b : extrait sans document source",
    ]
    assert [line.rpartition(" ")[2] for line in findings(checked.out)] == ["[EV-03]", "[EV-03]"]


def test_a_text_that_changed_is_an_error_and_its_excerpts_are_unchecked(archive: Archive) -> None:
    text = archive.folder / "wld-rapport.txt"
    text.write_text(text.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    checked = archive("evidence", "check")
    assert checked.code == 1
    (line,) = findings(checked.out)
    assert line.startswith("data/sources/wld-rapport.ttl:")
    assert line.endswith("[EV-05]")
    assert "  non vérifié, le fichier a une autre empreinte : 5" in checked.out


def test_a_file_that_does_not_parse_is_a_finding_and_its_excerpts_are_not_passed_over(
    archive: Archive,
) -> None:
    archive.call.write("data/sources/broken.ttl", "exc:tst a ae:Excerpt .\n")
    checked = archive("evidence", "check")
    assert checked.code == 1
    assert [line.rpartition(" ")[2] for line in findings(checked.out)] == ["[FI-01]"]
    assert "1 fichier illisible, extraits non comptés" in checked.out


def test_with_files_only_their_excerpts_and_findings_are_told(archive: Archive) -> None:
    archive.plant(
        "tst", "Le port.\n", 'exc:tst a ae:Excerpt ; ae:excerptOf src:tst ; ae:quote "Le phare veille"@fr .'
    )
    golden = archive.call.root / "data/agreements/wld-golden.ttl"
    checked = archive("evidence", "check", str(golden))
    assert checked.code == 0
    assert "Preuves : 4 extraits retrouvés" in checked.out
    assert [line.split()[0] for line in section(checked.out, "Textes")] == ["src:wld-protocole"]
    planted = archive("evidence", "check", str(archive.call.root / "data/sources/tst.ttl"))
    assert (planted.code, len(findings(planted.out))) == (1, 1)


# --- check: files that are not what they should be ---------------------------------------------------------


@pytest.mark.parametrize("name", ["texte.pdf", "texte.html", "texte", "texte.docx"])
def test_a_kind_of_file_that_cannot_be_read_is_an_error_with_or_without_an_archive(
    archive: Archive, name: str
) -> None:
    archive.record(f'src:tst a ae:SourceDocument ; ae:archiveName "{name}" ; ae:textDigest "{DIGEST}" .')
    for checked in (archive("evidence", "check"), archive.call("evidence", "check")):
        assert checked.code == 1
        (line,) = findings(checked.out)
        assert "seuls les fichiers .txt se lisent" in line
        assert line.endswith("[EV-05]")


@pytest.mark.parametrize(
    "name",
    [
        "../secret.txt",
        "/etc/passwd",
        "sub/secret.txt",
        "..\\\\secret.txt",
        ".secret.txt",
        "..",
        "secret\\u0000.txt",
    ],
)
def test_an_archive_name_with_a_path_in_it_is_refused_and_nothing_is_read(
    archive: Archive, name: str
) -> None:
    for place in (archive.folder.parent / "secret.txt", archive.folder / ".secret.txt"):
        place.write_text("Le port de brume dort.", encoding="utf-8")
    archive.record(
        f'src:tst a ae:SourceDocument ; ae:archiveName "{name}" .\n'
        'exc:tst a ae:Excerpt ; ae:excerptOf src:tst ; ae:quote "Le port de brume"@fr .\n'
    )
    checked = archive("evidence", "check")
    assert checked.code == 1
    assert any("EV-08" in line and "sans dossier (valeur : " in line for line in findings(checked.out))
    assert section(checked.out, "Non vérifiés") == [
        "  exc:tst : le nom d'archive n'est pas un nom de fichier"
    ]


def source(archive: Archive, digest: str = DIGEST) -> None:
    archive.record(
        f'src:tst a ae:SourceDocument ; ae:archiveName "odd.txt" ; ae:textDigest "{digest}" .\n'
        'exc:tst a ae:Excerpt ; ae:excerptOf src:tst ; ae:quote "Le port de brume"@fr .\n'
    )


def test_a_link_out_of_the_archive_is_not_followed(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Le port de brume dort.", encoding="utf-8")
    (archive.folder / "odd.txt").symlink_to(tmp_path / "secret.txt")
    source(archive)
    checked = archive("evidence", "check")
    assert checked.code == 1
    assert "ce n'est pas un fichier ordinaire de l'archive" in findings(checked.out)[0]


def test_a_link_within_the_archive_and_a_link_to_the_archive_are_followed(
    archive: Archive, tmp_path: Path
) -> None:
    text = archive.folder / "wld-rapport.txt"
    text.rename(archive.folder / "elsewhere.txt")
    text.symlink_to("elsewhere.txt")
    (tmp_path / "linked").symlink_to(archive.folder)
    checked = archive.call("evidence", "check", "--archive", str(tmp_path / "linked"))
    assert (checked.code, f"{EXCERPTS} extraits retrouvés" in checked.out) == (0, True)


def test_a_link_that_leads_nowhere_is_a_missing_file_and_one_that_turns_round_is_unreadable(
    archive: Archive,
) -> None:
    (archive.folder / "odd.txt").symlink_to("gone.txt")
    source(archive)
    checked = archive("evidence", "check")
    assert (checked.code, section(checked.out, "Non vérifiés")) == (
        0,
        ["  exc:tst : fichier absent de l'archive"],
    )
    (archive.folder / "odd.txt").unlink()
    (archive.folder / "odd.txt").symlink_to("odd.txt")
    assert archive("evidence", "check").code == 1


def test_a_pipe_never_blocks(archive: Archive) -> None:
    os.mkfifo(archive.folder / "odd.txt")
    source(archive)
    command = [sys.executable, "-c", SCRIPT, "--root", str(archive.call.root), "--lang", "en"]
    done = subprocess.run(
        [*command, "evidence", "check", "--archive", str(archive.folder)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert "not a regular file of the archive" in findings(done.stdout)[0]


def test_a_pipe_given_as_a_file_never_blocks(archive: Archive) -> None:
    os.mkfifo(archive.folder / "pipe.ttl")
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, "--root", str(archive.call.root), "evidence", "check", str(archive.folder / "pipe.ttl")],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Le port de brume \xe9teint.", "le fichier n'est pas en UTF-8"),
        (b"a" * (archives.LARGEST + 1), "fichier de plus de 5 Mo"),
        (None, "ce n'est pas un fichier ordinaire de l'archive"),
    ],
)
def test_a_file_that_is_not_a_text_of_ours_is_an_error(
    archive: Archive, content: bytes | None, said: str
) -> None:
    if content is None:
        (archive.folder / "odd.txt").mkdir()
    else:
        (archive.folder / "odd.txt").write_bytes(content)
    source(archive, digest=hashlib.sha256(content or b"").hexdigest())
    checked = archive("evidence", "check")
    assert checked.code == 1
    (line,) = findings(checked.out)
    assert said in line
    assert f"  exc:tst : {said}" in section(checked.out, "Non vérifiés")


# --- show --------------------------------------------------------------------------------------------------


def test_an_excerpt_is_shown_with_its_whole_passage_its_lines_and_what_rests_on_it(archive: Archive) -> None:
    shown = archive("evidence", "show", "exc:wld-golden-periode")
    assert shown.code == 0
    assert shown.out == (
        "exc:wld-golden-periode  data/agreements/wld-golden.ttl:52\n"
        "La région Hautebrume se dote d'un protocole de préfiguration (src:wld-protocole)\n"
        "wld-protocole.txt, ligne 16 ; imprimé de nouveau ligne 30\n"
        "\n"
        "  16 | Le protocole s'applique du 1er juillet 2022 au 31 décembre 2024 sous le nom de protocole du port,"
        " selon les exigences du rapport de la mission de préfiguration\n"
        "\n"
        "Fiches qui en dépendent\n"
        "  Protocole de préfiguration de Hautebrume (agr:wld-golden)\n"
        "\n"
        "Assertions qui en dépendent\n"
        "  Protocole de préfiguration de Hautebrume (agr:wld-golden), date de fin (ae:endDate) : 2024-12-31\n"
        "    clm:wld-golden-end ; citée, retenue\n"
        "  Protocole de préfiguration de Hautebrume (agr:wld-golden), date de début (ae:startDate) :\n"
        "    2022-07-01\n"
        "    clm:wld-golden-start ; citée, retenue\n"
    )


def test_a_passage_over_several_lines_is_printed_line_by_line_as_archived(archive: Archive) -> None:
    archive.record(
        "exc:tst a ae:Excerpt ; ae:excerptOf src:wld-debat ;\n"
        '  ae:quote "12 juin 2023 La convention tripartite"@fr ; ae:quoteEnd "ont signée" .'
    )
    shown = archive("evidence", "show", "exc:tst", lang="en")
    assert "wld-debat.txt, lines 2 to 3\n" in shown.out
    assert (
        "  2 | 12 juin 2023\n"
        "  3 | La convention tripartite que l'État, la Caisse paritaire d'emploi et l'Office valdorien du travail ont"
        " signée […]\n"
    ) in shown.out
    assert "Nothing rests on this excerpt" in shown.out


def test_typographic_marks_of_the_text_are_printed_as_they_stand(archive: Archive) -> None:
    shown = archive("evidence", "show", "exc:wld-convention-boussole")
    assert "«\u00a0Boussole\u00a0», l’outil commun" in shown.out


def test_a_source_is_shown_with_its_excerpts_in_the_order_of_the_text(archive: Archive) -> None:
    shown = archive("evidence", "show", "src:wld-rapport")
    assert [line.split() for line in shown.out.splitlines() if line.startswith("  exc:")] == [
        ["exc:wld-rapport-region", "ligne", "3"],
        ["exc:wld-rapport-departement", "ligne", "4"],
        ["exc:wld-rapport-local", "ligne", "5"],
        ["exc:wld-rapport-mesures", "ligne", "6"],
        ["exc:wld-rapport-axes", "ligne", "7"],
    ]
    assert "wld-rapport.txt : sous la main" in shown.out


def test_another_record_is_shown_with_the_passages_of_its_excerpts_and_of_the_claims_about_it(
    archive: Archive,
) -> None:
    shown = archive("evidence", "show", "agr:wld-golden")
    for words in (
        "  6 | L'État, la région Hautebrume et l'Agence valdorienne de placement y prennent trois engagements",
        "  8 | Les trois signataires dresseront ensemble la carte des besoins de formation",
        "  14 | Un comité départemental sera créé en Sarcelle",
        "  16 | Le protocole s'applique du 1er juillet 2022",
    ):
        assert words in shown.out
    assert shown.out.count("Étaye la fiche") == 2
    rival = shown.out.partition("exc:wld-protocole-rectorat")[2]
    assert "(act:wld-rectorat-hautebrume)" in rival.replace("\n    ", " ")
    assert "déduite, secondaire" in rival


def test_a_record_that_a_register_backs_as_a_whole_says_so(archive: Archive) -> None:
    shown = archive("evidence", "show", "ter:wld-hautebrume")
    assert "Repose en entier sur\n  Code géographique de Valdorie (src:wld-code-geographique)\n" in shown.out


def test_without_the_text_the_locating_words_are_printed_and_the_reason(archive: Archive) -> None:
    shown = archive.call("evidence", "show", "exc:wld-rapport-local", lang="en")
    assert shown.code == 0
    assert "Passage not checked: no archive given\n" in shown.out
    assert (
        "  “chaque protocole prévoit au moins un comité” … “un département qui a le sien”, after “Au niveau\n"
        "    local,”\n"
    ) in shown.out
    assert "logé dans" not in shown.out


def test_an_excerpt_at_fault_is_shown_with_what_the_text_has(archive: Archive) -> None:
    archive.record(
        'exc:tst a ae:Excerpt ; ae:excerptOf src:wld-rapport ; ae:quote "Il porte sur trois axes"@fr .'
    )
    shown = archive("evidence", "show", "exc:tst")
    assert (
        "Passage introuvable dans le texte : au plus près, ligne 7, « Il porte sur deux axes »\n" in shown.out
    )


@pytest.mark.parametrize(
    "asked", ["exc:wld-rapport-ax", "https://w3id.org/accords-emploi/id/excerpt/wld-rapport-ax"]
)
def test_an_unknown_name_is_wrong_use_and_close_names_are_offered(archive: Archive, asked: str) -> None:
    refused = archive("evidence", "show", asked)
    assert (refused.code, refused.out) == (2, "")
    assert "exc:wld-rapport-axes" in refused.err


def test_an_iri_and_a_curie_are_the_same(archive: Archive) -> None:
    iri = "https://w3id.org/accords-emploi/id/excerpt/wld-rapport-axes"
    shown = [archive("evidence", "show", asked).out for asked in (iri, f"<{iri}>", "exc:wld-rapport-axes")]
    assert len(set(shown)) == 1


def test_what_a_terminal_would_obey_is_escaped(archive: Archive) -> None:
    archive.plant(
        "tst",
        "Le port \x1b[31mrouge\x1b[0m et l'\u202eenvers dort ici.\n",
        'exc:tst a ae:Excerpt ; ae:excerptOf src:tst ; ae:quote "Le port"@fr ; ae:quoteEnd "dort ici" .',
    )
    shown = archive("evidence", "show", "exc:tst")
    assert "Le port \\u001b[31mrouge\\u001b[0m et l'\\u202eenvers dort ici" in shown.out


def test_a_very_long_passage_is_cut_and_says_so(archive: Archive) -> None:
    lines = "".join(f"La ligne numéro {n} du port.\n" for n in range(1, 1001))
    archive.plant(
        "tst",
        lines,
        'exc:tst a ae:Excerpt ; ae:excerptOf src:tst ; ae:quote "La ligne numéro 1 du"@fr ; ae:quoteEnd "numéro 1000 du port" .',
    )
    shown = archive("evidence", "show", "exc:tst")
    assert "… et 800 lignes de plus" in shown.out
    assert len(shown.out.splitlines()) < 220


def states(folder: Path) -> Iterator[tuple[str, int, int]]:
    for path in sorted(folder.rglob("*")):
        yield str(path), path.stat().st_mtime_ns, path.stat().st_size


def test_nothing_is_written(archive: Archive, tmp_path: Path) -> None:
    before = list(states(tmp_path))
    for words in (
        ["evidence", "check"],
        ["evidence", "show", "agr:wld-golden"],
        ["quote", "src:wld-rapport", "Il porte sur deux axes"],
    ):
        assert archive(*words).code == 0
    assert list(states(tmp_path)) == before


# --- the real texts ----------------------------------------------------------------------------------------


@pytest.mark.skipif(
    not any(SEEDS.glob("*.txt")),
    reason=f"LES TEXTES RÉELS NE SONT PAS SOUS LA MAIN ({SEEDS}): no excerpt of data/ was checked against its text; "
    "set ACCORDS_ARCHIVE to the folder of the archived texts",
)
def test_every_shipped_excerpt_of_an_archived_source_is_found_in_its_text() -> None:
    checked = evidence.check(loading.load(Project(ROOT)), SEEDS)
    assert checked.notices == ()
    assert checked.summary.failed == 0
    assert {reason for reason, _ in checked.summary.unchecked} <= {archives.Unchecked.NOT_ARCHIVED}
    assert checked.summary.checked > 100


def test_the_world_without_its_archive_has_no_finding() -> None:
    checked = evidence.check(loading.load(Project(ROOT)), None)
    assert checked.notices == ()
    assert WORLD.is_dir()
