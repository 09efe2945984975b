"""What `accords quote` promises, on copies of the invented world and of its archive."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from accords import evidence, loading, quoting
from accords.evidence import Library
from accords.passages import Text, normalised
from accords.pinning import Given, Pinned, pin
from accords.project import Project
from accords.vocab import ae
from archives import declarations
from laying import ARCHIVE, PROJECT, ROOT, report_on, world

if TYPE_CHECKING:
    from archives import Archive

SEEDS = Path(os.environ.get("ACCORDS_ARCHIVE") or ROOT.parent / "shared" / "seeds")
EXC = "https://w3id.org/accords-emploi/id/excerpt/"
TEXTS = sorted(ARCHIVE.glob("*.txt"))
WHOLE_SENTENCE = re.compile(r"^[«\"“\s]*[A-ZÀ-ÖØ-ÞŒ].*[.!?][»\"”\s]*$")  # rule EV-04, as the shape has it


def values(block: str) -> dict[str, str]:
    """Return the properties of the one excerpt in a block, and its name."""
    triples = [quad.triple for quad in parse(declarations() + block, format=RdfFormat.TURTLE)]
    assert len({triple.subject for triple in triples}) == 1
    found = {
        triple.predicate.value.rpartition("#")[2]: triple.object.value
        for triple in triples
        if isinstance(triple.object, Literal | NamedNode)
    }
    return found | {"name": triples[0].subject.value.removeprefix(EXC)}


# --- the block ---------------------------------------------------------------------------------------------


def test_the_block_is_ready_to_paste_and_says_where_the_passage_stands(archive: Archive) -> None:
    quoted = archive(
        "quote", "src:wld-protocole", "Le protocole s'applique du 1er juillet", "au 31 décembre 2024"
    )
    assert (quoted.code, quoted.err) == (0, "")
    assert quoted.out == (
        "# wld-protocole.txt, ligne 16 ; imprimé de nouveau ligne 30\n"
        "exc:wld-protocole-1 a ae:Excerpt ;\n"
        "  ae:excerptOf src:wld-protocole ;\n"
        '  ae:quote "Le protocole s\'applique du 1er juillet"@fr ;\n'
        '  ae:quoteEnd "au 31 décembre 2024" .\n'
    )
    english = archive("quote", "wld-debat", "fixe deux objectifs", "dans leurs recherches", lang="en")
    assert english.out.startswith("# wld-debat.txt, line 3\nexc:wld-debat-1 a ae:Excerpt ;\n")


def test_the_words_are_those_of_the_text_with_its_own_marks(archive: Archive) -> None:
    quoted = values(archive("quote", "wld-convention", '"Boussole", l\'outil commun', "12 ateliers").out)
    assert quoted["quote"] == "«\u00a0Boussole\u00a0», l’outil commun"
    assert quoted["quoteEnd"] == "12\u00a0ateliers"


def test_quotation_marks_backslashes_line_ends_and_hidden_characters_survive_the_block(
    archive: Archive,
) -> None:
    text = 'Le "port" de\t brume\\nord\r\ndort \u200bla nuit, dit l\'autre.\n'
    archive.plant("tst", text)
    quoted = archive("quote", "src:tst", 'Le "port" de brume\\nord dort \u200bla nuit')
    assert quoted.code == 0
    assert values(quoted.out)["quote"] == 'Le "port" de brume\\nord dort \u200bla nuit'
    assert "\u200b" not in quoted.out
    archive.call.write("data/sources/pasted.ttl", declarations() + quoted.out)
    assert (
        "1 extrait retrouvé"
        in archive("evidence", "check", str(archive.call.root / "data/sources/pasted.ttl")).out
    )


def test_the_block_is_turtle_whatever_the_encoding_of_the_terminal(archive: Archive) -> None:
    script = "import sys; from accords.cli import run; run(sys.argv[1:])"
    words = [
        "--root",
        str(archive.call.root),
        "quote",
        "wld-rapport",
        "En région, chaque",
        "--archive",
        str(ARCHIVE),
    ]
    done = subprocess.run(
        [sys.executable, "-c", script, *words],
        env={**os.environ, "PYTHONIOENCODING": "latin-1"}, capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    assert values(done.stdout.decode())["quote"] == "En région, chaque"


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("Il porte sur deux axes au moins.", ""),
        ("Chaque protocole de préfiguration", "en faveur des employeurs."),
        ("Chaque protocole de préfiguration comprend une mesure de formation et une mesure en faveur des employeurs.", ""),
        ("En département, chaque protocole prévoit au moins un comité. Au niveau local, chaque protocole prévoit", ""),
        ("chaque protocole prévoit au moins un comité", ""),
        ("chaque protocole prévoit au moins un comité", "conseil régional"),
        ("Remis à la Première", "deux axes au moins."),
    ],
)  # fmt: skip
def test_a_block_laid_over_the_world_breaks_no_rule_but_that_nothing_cites_it_yet(
    archive: Archive, first: str, last: str, tmp_path: Path
) -> None:
    quoted = archive("quote", "wld-rapport.txt", first, *([last] if last else []))
    assert quoted.code == 0
    written = tmp_path / "pasted.ttl"
    written.write_text(declarations() + quoted.out, encoding="utf-8")
    document, problems = loading.read(written, "pasted.ttl")
    assert document is not None
    assert problems == ()
    knowledge = world()
    report = report_on(replace(knowledge, data=(*knowledge.data, document)), loading.load_shapes(PROJECT))
    assert [(found.code, found.severity.value) for found in report.findings] == [("EV-07", "note")]
    assert report.evidence.checked == 1 + sum(
        row.object == ae("Excerpt") for one in knowledge.data for row in one.triples
    )


# --- cut to the limits -------------------------------------------------------------------------------------


def fits(pinned: Pinned) -> bool:
    words = len(re.findall(r"\S+", pinned.quote))
    return (
        3 <= words <= 15
        and len(pinned.quote) <= 120
        and len(pinned.end) <= 60
        and len(pinned.prefix.split()) <= 5
        and not WHOLE_SENTENCE.match(pinned.quote)
    )


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_any_words_of_a_text_lead_back_to_their_place_within_the_limits(path: Path) -> None:
    text = Text(path.read_text(encoding="utf-8"))
    words = [found.span() for found in re.finditer(r"\S+", text.archived)]
    tried = pinned = 0
    for place in range(0, len(words) - 40, 3):
        for length, tail in ((3, 0), (7, 0), (15, 0), (16, 0), (30, 0), (4, 3), (20, 12)):
            start, (_, stop) = words[place][0], words[place + length - 1]
            first = text.archived[start:stop]
            last = (
                text.archived[words[place + length][0] : words[place + length + tail - 1][1]] if tail else ""
            )
            found = text.passages(first, last)
            assert isinstance(found, tuple)
            passage = next((one for one in text.apart(found) if one.start == start), None)
            if passage is None:  # a second printing: its first one was tried
                continue
            outcome = pin(text, Given(first, last), passage)
            tried += 1
            if not isinstance(outcome, Pinned):
                assert outcome.reason == "places", (first, last)
                continue
            pinned += 1
            assert fits(outcome), outcome
            assert text.find(outcome.quote, outcome.end, outcome.prefix) == outcome.passage
            assert outcome.passage.start == passage.start
            assert not re.search(r"\w", text.archived[outcome.passage.stop : passage.stop])
            assert normalised(outcome.quote) in text.plain
    assert pinned > 0.9 * tried


def test_words_that_are_too_long_are_cut_and_lead_to_the_same_passage(archive: Archive) -> None:
    sentence = (ARCHIVE / "wld-convention.txt").read_text(encoding="utf-8").splitlines()[5]
    quoted = values(archive("quote", "src:wld-convention", sentence).out)
    assert quoted["quote"] == (
        "Une première convention avait été signée en 2016 pour trois ans par Maxence Delorage, alors"
    )
    assert quoted["quoteEnd"] == "l’Agence valdorienne de placement"
    assert len(quoted["quote"].split()) == 15


def test_long_words_are_cut_by_their_characters(archive: Archive) -> None:
    long = ["anticonstitutionnellement", "hexakosioihexekontahexaphobie", "intergouvernementalisation"]
    archive.plant("tst", f"Voici {' '.join(long * 4)} enfin.\n")
    quoted = values(archive("quote", "tst", f"Voici {' '.join(long * 4)} enfin").out)
    assert len(quoted["quote"]) <= 120
    assert len(quoted["quoteEnd"]) <= 60


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("x" * 200 + " " + "y" * 30 + " " + "z" * 30 + "\n", "x" * 200 + " " + "y" * 30 + " " + "z" * 30),
        ("Voici bien ceci " + "y" * 130 + "\n", "Voici bien ceci " + "y" * 130),
    ],
)
def test_words_that_cannot_be_cut_are_refused(archive: Archive, text: str, first: str) -> None:
    archive.plant("tst", text)
    refused = archive("quote", "src:tst", first)
    assert (refused.code, refused.out) == (2, "")
    assert "ne se laissent pas couper" in refused.err
    assert "60 caractères" in refused.err


@pytest.mark.parametrize(
    ("first", "said"), [("Il porte", "2 mots"), ("Il", "1 mot,"), ("", "0 mot,"), (" ", "0 mot,")]
)
def test_too_few_words_are_refused_and_the_text_that_follows_is_shown(
    archive: Archive, first: str, said: str
) -> None:
    refused = archive("quote", "src:wld-rapport", first)
    assert (refused.code, refused.out) == (2, "")
    assert f"trop court : {said}" in refused.err
    if first.strip():
        assert "« Il porte sur deux axes" in refused.err


# --- words in several places -------------------------------------------------------------------------------


def test_a_short_prefix_is_added_and_the_other_places_are_told_with_theirs(archive: Archive) -> None:
    quoted = archive("quote", "src:wld-rapport", "chaque protocole prévoit au moins un comité")
    assert quoted.out.splitlines()[:2] == [
        "# wld-rapport.txt, ligne 3",
        '# ces mots se trouvent aussi ligne 4 (--prefix "département,") ; ligne 5 (--prefix "local,")',
    ]
    assert values(quoted.out)["quotePrefix"] == "région,"


def test_the_prefix_is_as_long_as_it_must_be(archive: Archive) -> None:
    archive.plant("tst", "Le grand phare du port dort.\nLe petit phare du port dort bien.\n")
    quoted = archive("quote", "src:tst", "du port dort")
    assert values(quoted.out)["quotePrefix"] == "grand phare"
    assert '(--prefix "petit phare")' in quoted.out


def test_the_prefix_given_chooses_the_place(archive: Archive) -> None:
    words = ["quote", "src:wld-rapport", "chaque protocole prévoit au moins un comité", "--prefix"]
    for prefix in ("local,", "Au niveau local,", "au moins un comité. Au niveau local,"):
        quoted = archive(*words, prefix)
        assert "ligne 5\n" in quoted.out.splitlines(keepends=True)[0]
        assert values(quoted.out)["quotePrefix"] in {"local,", "Au niveau local,"}


def test_a_prefix_that_stands_before_none_is_refused_with_what_stands_there(archive: Archive) -> None:
    refused = archive(
        "quote",
        "src:wld-rapport",
        "chaque protocole prévoit au moins un comité",
        "--prefix",
        "À Brumeval,",
        lang="en",
    )
    assert (refused.code, refused.out) == (2, "")
    assert "“À Brumeval,” stands before these words nowhere" in refused.err
    assert "line 4, after “du conseil régional. En département,”" in refused.err


def test_words_that_no_short_prefix_tells_apart_are_refused_with_their_lines(archive: Archive) -> None:
    archive.plant(
        "tst",
        "Ici un deux trois quatre cinq six le port dort.\nLà un deux trois quatre cinq six le port veille.\n",
    )
    refused = archive("quote", "src:tst", "six le port")
    assert (refused.code, refused.out) == (2, "")
    assert "en plusieurs endroits de src:tst (lignes 1, 2)" in refused.err
    assert "ligne 2, après « un deux trois quatre cinq »" in refused.err


def test_words_that_are_everywhere_are_refused_at_once(archive: Archive) -> None:
    archive.plant("tst", "".join(f"Ligne {number} : le port dort.\n" for number in range(40_000)))
    refused = archive("quote", "src:tst", "le port dort")
    assert (refused.code, refused.out) == (2, "")
    assert "en 40000 endroits de src:tst" in refused.err


def test_words_printed_twice_in_the_same_paragraph_need_no_prefix(archive: Archive) -> None:
    quoted = archive("quote", "src:wld-protocole", "La région Hautebrume compte deux bassins")
    assert "quotePrefix" not in quoted.out
    assert "imprimé de nouveau ligne 29" in quoted.out


def test_words_printed_twice_that_go_on_differently_are_two_passages() -> None:
    text = Text("Le port dort.\nFin du jour.\nLe port dort.\nFin de la nuit, puis fin du jour.\n")
    found = text.passages("Le port dort", "du jour")
    assert isinstance(found, tuple)
    assert [passage.first_line for passage in text.apart(found)] == [1, 3]


# --- words that are not there ------------------------------------------------------------------------------


def test_words_that_are_not_there_are_refused_and_the_nearest_offered_with_their_line(
    archive: Archive,
) -> None:
    refused = archive("quote", "src:wld-convention", "une premiere convention avait ete signe en 2016")
    assert (refused.code, refused.out) == (2, "")
    assert "ne se trouve pas dans src:wld-convention" in refused.err
    assert "au plus près, ligne 6 : « Une première convention avait été signée en 2016 »" in refused.err


def test_last_words_are_looked_for_after_the_first_only(archive: Archive) -> None:
    refused = archive("quote", "src:wld-rapport", "Il porte sur deux", "Première ministre")
    assert (refused.code, refused.out) == (2, "")
    assert "« Première ministre » ne suit pas ces premiers mots dans src:wld-rapport" in refused.err
    archive.plant("tst", "fin du beau jour\nLe port dort encore\nFin du jour gris\n")
    near = archive("quote", "src:tst", "Le port dort", "fin du beau jour")
    assert "ligne 3 : « Fin du jour gris »" in near.err


def test_nothing_is_offered_when_nothing_is_near(archive: Archive) -> None:
    refused = archive("quote", "src:wld-rapport", "zorglub flibuste craquouille", lang="en")
    assert refused.code == 2
    assert "nothing like it in this text" in refused.err


# --- which source ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked",
    [
        "src:wld-rapport",
        "https://w3id.org/accords-emploi/id/source/wld-rapport",
        "<https://w3id.org/accords-emploi/id/source/wld-rapport>",
        "wld-rapport",
        "wld-rapport.txt",
        "some/folder/wld-rapport.txt",
        "Rapport de la mission de préfiguration de l'Office valdorien du travail",
    ],
)
def test_a_source_is_found_by_any_of_its_names(archive: Archive, asked: str) -> None:
    quoted = archive("quote", asked, "Il porte sur deux axes")
    assert quoted.code == 0
    assert "ae:excerptOf src:wld-rapport ;" in quoted.out


def test_an_unknown_source_is_wrong_use_and_close_names_are_offered(archive: Archive) -> None:
    refused = archive("quote", "src:wld-raport", "Il porte sur deux axes")
    assert (refused.code, refused.out) == (2, "")
    assert "source introuvable : src:wld-raport" in refused.err
    assert "src:wld-rapport" in refused.err


def test_a_record_that_is_not_a_source_is_refused_as_such(archive: Archive) -> None:
    refused = archive("quote", "agr:wld-golden", "Il porte sur deux axes")
    assert (refused.code, refused.out) == (2, "")
    assert "agr:wld-golden n'est pas un document source" in refused.err


def test_one_file_for_two_sources_is_asked_about(archive: Archive) -> None:
    archive.record('src:tst a ae:SourceDocument ; ae:archiveName "wld-rapport.txt" .')
    refused = archive("quote", "wld-rapport.txt", "Il porte sur deux axes")
    assert refused.code == 2
    assert "src:tst, src:wld-rapport" in refused.err


def test_a_text_that_is_not_at_hand_says_what_to_do(archive: Archive) -> None:
    nowhere = archive.call("quote", "src:wld-rapport", "Il porte sur deux axes")
    assert (nowhere.code, nowhere.out) == (2, "")
    assert "--archive DOSSIER" in nowhere.err
    (archive.folder / "wld-rapport.txt").write_text("Un autre texte.", encoding="utf-8")
    other = archive("quote", "src:wld-rapport", "Un autre texte")
    assert (other.code, other.out) == (3, "")
    assert "le fichier a une autre empreinte" in other.err
    (archive.folder / "wld-rapport.txt").unlink()
    assert archive("quote", "src:wld-rapport", "Il porte sur deux axes").code == 3


# --- the name ----------------------------------------------------------------------------------------------


def test_the_name_follows_the_numbers_of_the_source_and_is_free(archive: Archive) -> None:
    words = ("quote", "src:tst", "Le port de brume")
    archive.plant("tst", "Le port de brume dort.\n")
    assert values(archive(*words).out)["name"] == "tst-1"
    quoted = 'a ae:Excerpt ; ae:excerptOf src:tst ; ae:quote "Le port de brume"@fr .\n'
    archive.plant(
        "tst", "Le port de brume dort.\n", f"exc:hdf-01 {quoted}exc:hdf-02 {quoted}exc:other {quoted}"
    )
    assert values(archive(*words).out)["name"] == "hdf-03"
    archive.record("agr:wld-golden ae:supportedBy exc:hdf-03 .")
    assert values(archive(*words).out)["name"] == "hdf-04"


def test_a_name_written_in_a_file_that_does_not_parse_is_not_given_again(archive: Archive) -> None:
    archive.call.write("data/sources/broken.ttl", "exc:wld-rapport-1 a ae:Excerpt ;\n<https://w3id.org")
    quoted = archive("quote", "src:wld-rapport", "Il porte sur deux axes")
    assert values(quoted.out)["name"] == "wld-rapport-2"
    assert "1 fichier n'a pas pu être lu" in quoted.err


def test_a_name_of_ones_own_is_taken_when_it_is_free_and_well_formed(archive: Archive) -> None:
    words = ("quote", "src:wld-rapport", "Il porte sur deux axes", "--id")
    for name in ("wld-rapport-mien", "exc:wld-rapport-mien", EXC + "wld-rapport-mien"):
        assert values(archive(*words, name).out)["name"] == "wld-rapport-mien"
    taken = archive(*words, "wld-rapport-axes")
    assert (taken.code, taken.out) == (2, "")
    assert "exc:wld-rapport-axes est déjà pris" in taken.err
    assert "data/sources/wld-rapport.ttl:" in taken.err
    for name in ("Majuscule", "été", "a b", "-a", "a--b", "a" * 61, "act:etat"):
        refused = archive(*words, name)
        assert (refused.code, refused.out) == (2, ""), name


def test_a_passage_that_has_its_excerpt_already_is_told(archive: Archive) -> None:
    quoted = archive("quote", "src:wld-rapport", "Il porte sur deux axes au moins")
    assert "# exc:wld-rapport-axes mène déjà à ce passage\n" in quoted.out


def test_the_language_is_that_of_the_other_excerpts_of_the_source(archive: Archive) -> None:
    archive.plant(
        "tst",
        "The harbour sleeps at night.\n",
        'exc:tst-a a ae:Excerpt ; ae:excerptOf src:tst ; ae:quote "The harbour sleeps"@en .',
    )
    assert 'ae:quote "sleeps at night"@en .' in archive("quote", "src:tst", "sleeps at night").out


# --- the real texts ----------------------------------------------------------------------------------------


@pytest.mark.skipif(
    not any(SEEDS.glob("*.txt")),
    reason=f"LES TEXTES RÉELS NE SONT PAS SOUS LA MAIN ({SEEDS}): no passage of data/ was quoted again; "
    "set ACCORDS_ARCHIVE to the folder of the archived texts",
)
def test_every_shipped_excerpt_can_be_prepared_again_from_its_own_words() -> None:
    library = Library(loading.load(Project(ROOT)), SEEDS)
    again = 0
    for state in evidence.check(library.knowledge, SEEDS).states:
        excerpt, passage = state.excerpt, state.passage
        if passage is None or excerpt.source is None:
            continue
        source = library.sources[excerpt.source]
        made = quoting.prepare(library, source, Given(excerpt.quote, excerpt.end, excerpt.prefix))
        assert fits(made.pinned), made
        assert made.pinned.passage.start == passage.start
        assert made.pinned.passage.repeats == passage.repeats
        again += 1
    assert again > 100
