"""What a shell offers between two keys: questions, parameters, values; and that it is never shown a mistake."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from accords.cli import shells
from calling import invented

ACCORDS = Path(sys.executable).with_name("accords")
NEEDS_BASH = pytest.mark.skipif(shutil.which("bash") is None, reason="NOT TESTED: no bash here")
INSIDE = "agreements-inside-a-territory"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project whose data is the invented world, nothing of which is written to."""
    return invented(tmp_path_factory.mktemp("world"))


@pytest.fixture
def spoilt(tmp_path: Path) -> Path:
    """Return a project that a test may spoil."""
    return invented(tmp_path)


def offered(*words: str, root: Path | None, into: str = "bash", language: str = "fr") -> list[str]:
    """Return the lines that a shell is given for a line whose last word is begun."""
    line = ["accords", *(["--root", str(root)] if root is not None else []), *words]
    pieces = [piece for word in line for piece in cut(word)] if into == "bash" else line
    environment = {
        **os.environ,
        "_ACCORDS_COMPLETE": f"{into}_complete",
        "COMP_WORDS": "\n".join(pieces),
        "COMP_CWORD": str(len(pieces) - 1) if into != "fish" else words[-1],
        "LC_ALL": f"{language}_FR.UTF-8",
        "PYTHONUTF8": "1",
    }
    done = subprocess.run(
        [str(ACCORDS)], env=environment, capture_output=True, text=True, check=False, timeout=60, cwd="/"
    )
    assert (done.returncode, done.stderr) == (0, "")
    return [line for line in done.stdout.splitlines() if line]


def cut(word: str) -> list[str]:
    """Return the pieces into which bash cuts a word."""
    return re.findall(r"[=:]+|(?:\\.|[^=:\\])+", word) or [""]


def test_a_question_is_offered_by_the_beginning_of_its_name_or_number(world: Path) -> None:
    assert offered("ask", "declared-c", root=world) == ["plain,declared-commitments"]
    assert offered("ask", "DECLARED-C", root=world) == ["plain,declared-commitments"]
    assert set(offered("ask", "cq0", root=world)) == {f"plain,CQ0{number}" for number in range(1, 10)}
    every = offered("ask", "", root=world)
    assert f"plain,{INSIDE}" in every
    assert not [line for line in every if "CQ" in line]
    assert offered("ask", "nothing-begins-so", root=world) == []


def test_a_parameter_is_offered_by_the_beginning_of_its_name_and_the_language_is_not(world: Path) -> None:
    assert offered("ask", INSIDE, "-p", "terr", root=world) == ["plain,territory="]
    assert offered("ask", INSIDE, "--parameter", "", root=world) == ["plain,territory="]
    assert offered("ask", "CQ03", "-p", "", root=world) == offered("ask", INSIDE, "-p", "", root=world)
    assert offered("ask", INSIDE, "-p", "nothing", root=world) == []
    assert offered("ask", "no-question", "-p", "", root=world) == []
    assert offered("ask", "-p", "terr", root=world) == []


@pytest.mark.parametrize(
    ("begun", "ends"),
    [
        ("territory=ter:wld-haute", ["wld-hautebrume"]),  # bash leaves « territory=ter: » in place
        ("territory=wld-haute", ["ter:wld-hautebrume"]),
        ("territory=Haute", ["Hautebrume"]),
        ("territory=HAUTEB", ["Hautebrume"]),
        ("territory=nobody", []),
        ("territory=.", []),
        ("nothing=", []),
        ("lang=", ["fr", "en"]),
        ("lang=e", ["en"]),
    ],
)
def test_a_value_is_offered_by_the_beginning_of_a_short_name_or_label(
    begun: str, ends: list[str], world: Path
) -> None:
    found = offered("ask", INSIDE, "-p", begun, root=world)
    assert found == [f"plain,{end}" for end in ends]


def test_a_label_with_spaces_is_quoted_and_one_that_two_things_bear_gives_way_to_their_short_names(
    spoilt: Path,
) -> None:
    (spoilt / "data" / "territories" / "more.ttl").write_text(
        "@prefix ter: <https://w3id.org/accords-emploi/id/territory/> .\n"
        "@prefix ae: <https://w3id.org/accords-emploi/def#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "ter:wld-x a ae:Territory ; skos:prefLabel \"Pays d'Été, l'(ouest)\"@fr .\n"
        'ter:wld-y a ae:Territory ; skos:prefLabel "Jumelle"@fr .\n'
        'ter:wld-z a ae:Territory ; skos:prefLabel "Jumelle"@fr .\n',
        encoding="utf-8",
    )
    quoted = "plain,Pays\\ d\\'Été,\\ l\\'\\(ouest\\)"
    assert offered("ask", INSIDE, "-p", "territory=pays", root=spoilt) == [quoted]
    assert offered("ask", INSIDE, "-p", "territory=Pays\\ d\\'e", root=spoilt) == [quoted]
    assert offered("ask", INSIDE, "-p", "territory=jum", root=spoilt) == [
        "plain,ter:wld-y",
        "plain,ter:wld-z",
    ]
    rows = offered("ask", INSIDE, "-p", "territory=jum", root=spoilt, into="zsh")
    assert rows[:3] == ["plain", "territory=ter\\:wld-y", "Jumelle"]


def test_other_shells_are_given_the_whole_word_and_what_it_is_in_the_readers_language(world: Path) -> None:
    french, english = (
        offered("ask", INSIDE, "-p", "terr", root=world, into="fish", language=one) for one in ("fr", "en")
    )
    assert french[0].startswith("plain,territory=\t")
    assert french != english
    assert offered("ask", INSIDE, "-p", "territory=Haute", root=world, into="zsh") == [
        "plain",
        "territory=Hautebrume",
        "ter:wld-hautebrume",
    ]


@pytest.mark.parametrize("begun", ["terr", "territory=", "territory=Haute"])
def test_a_graph_that_cannot_be_read_offers_no_value_and_prints_nothing(begun: str, spoilt: Path) -> None:
    (spoilt / "data" / "broken.ttl").write_text("ter:a a \n", encoding="utf-8")
    found = offered("ask", INSIDE, "-p", begun, root=spoilt)
    assert found == (["plain,territory="] if begun == "terr" else [])


def test_a_question_that_cannot_be_read_or_a_folder_that_is_no_project_offers_nothing(
    spoilt: Path, tmp_path: Path
) -> None:
    (spoilt / "queries" / "territories" / f"{INSIDE}.rq").write_bytes(b"\xff")
    assert offered("ask", INSIDE, "-p", "", root=spoilt) == []
    assert f"plain,{INSIDE}" not in offered("ask", "agr", root=spoilt)
    nowhere = tmp_path / "nowhere"
    for words in (
        ("ask", "agr"),
        ("ask", INSIDE, "-p", ""),
        ("ask", INSIDE, "-p", "territory=H"),
        ("nope", "a", ""),
    ):
        assert set(offered(*words, root=nowhere)) & {f"plain,{INSIDE}", "plain,territory="} == set()


def test_the_project_is_also_found_in_the_environment(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCORDS_ROOT", str(world))
    assert offered("ask", INSIDE, "-p", "territory=HAUTEB", root=None) == ["plain,Hautebrume"]


@NEEDS_BASH
@pytest.mark.parametrize(
    ("pieces", "reply"),
    [
        (("ask", "declared-c"), ["declared-commitments"]),
        (("ask", INSIDE, "-p", "terr"), ["territory="]),
        (("ask", INSIDE, "-p", "territory", "=", "haute"), ["Hautebrume"]),
        (("ask", INSIDE, "-p", "territory", "=", "ter", ":", "wld-haute"), ["wld-hautebrume"]),
        (("ask", INSIDE, "-p", "territory", "=", "ter", ":"), None),
        (("ask", INSIDE, "-p", "territory", "="), None),
        (("ask", INSIDE, "-p", "territory", "=", "'Hau"), ["Hautebrume"]),
        (("ask", "axes-in-order", "-p", "agreement", "=", "protocole\\ de\\ pr"), ["Protocole\\ de\\ préfiguration\\ de\\ Hautebrume"]),
        (("ask", "axes-in-order", "-p", "agreement", "=", "'Protocole de pr"), ["Protocole de préfiguration de Hautebrume"]),
    ],
)  # fmt: skip
def test_bash_which_cuts_words_at_its_signs_gets_what_it_has_to_put_in_place(
    pieces: tuple[str, ...], reply: list[str] | None, world: Path
) -> None:
    script = (
        'eval "$(_ACCORDS_COMPLETE=bash_source accords)"\n'
        'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))\n'
        "_accords_completion accords 2>/dev/null\n"
        'printf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    environment = {**os.environ, "PATH": f"{ACCORDS.parent}:{os.environ['PATH']}", "PYTHONUTF8": "1"}
    environment |= {"ACCORDS_ROOT": str(world), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["bash", "--norc", "-c", script, "bash", "accords", *pieces],
        env=environment, capture_output=True, text=True, check=False, timeout=60, cwd="/",
    )  # fmt: skip
    assert done.stderr == ""
    found = done.stdout.splitlines()
    if reply is None:
        assert found[-1].startswith("wld-" if pieces[-1] == ":" else "ter:")
        assert len(found) > 2
    else:
        assert found == reply


@pytest.mark.parametrize(
    ("pieces", "words", "begun", "kept"),
    [
        (["accords", "--root", "=", "here", "ask", ""], ("--root=here", "ask"), "", ""),
        (["accords", "ask", "x", "-p", "a", "=", "b", "-p", "c"], ("ask", "x", "-p", "a=b", "-p"), "c", ""),
        (["accords", "ask", "-p", "a", "="], ("ask", "-p"), "a=", "a="),
        (["accords", "ask", "-p", "a", "=", "b", ":", "c", ":"], ("ask", "-p"), "a=b:c:", "a=b:c:"),
        (["accords", "ask", "-p", "a", "=", '"b c'], ("ask", "-p"), "a=b c", "a="),
    ],
)
def test_the_pieces_of_a_line_are_glued_into_the_words_that_were_typed(
    pieces: list[str], words: tuple[str, ...], begun: str, kept: str
) -> None:
    line = shells.line_of(pieces, len(pieces) - 1)
    assert (line.words, line.begun, line.kept) == (words, begun, kept)
