"""A folder that may not be written in, a disk without room: refused in a sentence, everything as it was.

The rights are taken away for real and the files really bounded (`rights`): nothing here stands in for the system.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from calling import invented
from rights import cramped, opened, powerless, shut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PERSONS = "nom court;nom;extraits\nwld-neuve;Une Personne;exc:wld-protocole-signature\n"
OFFICE = "data/actors/operators.ttl"
WHY = ("--why", "Faute.", "--why-en", "A slip.")
COMMANDS = {  # what is asked, and a file that it would write
    "fmt": (("fmt", OFFICE), OFFICE),
    "new": (("new", "agreement", "--id", "wld-neuf", "--write"), "data/agreements/wld-neuf.ttl"),
    "import": (("import", "../table.csv", "--kind", "person", "--yes"), "data/actors/persons.ttl"),
    "rename": (("rename", "act:wld-office", "wld-neuf", "--yes"), "data/"),
    "deprecate": (
        ("deprecate", "axe:wld-golden-2", "--by", "axe:wld-golden-1", *WHY, "--yes"),
        "data/agreements/wld-golden.ttl",
    ),
    "merge": (("merge", "act:wld-office", "act:wld-bureau", "--keep", "A", "--yes"), "data/"),
}
TWIN = """@prefix act: <https://w3id.org/accords-emploi/id/actor/> .
@prefix ae: <https://w3id.org/accords-emploi/def#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

act:wld-bureau a ae:PublicOperator ;
  skos:prefLabel "Bureau du travail"@fr .
"""
Place = dict[str, str]  # contents by path


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Path]:
    root = tmp_path / "project"
    root.mkdir()
    invented(root)
    untidy = (root / OFFICE).read_text(encoding="utf-8").replace(" ;\n  ", " ;\n      ")
    (root / OFFICE).write_text(untidy, encoding="utf-8")
    (root / "data/actors/twin.ttl").write_text(TWIN, encoding="utf-8")
    (tmp_path / "table.csv").write_text(PERSONS, encoding="utf-8")
    yield root
    opened(tmp_path)


def ran(
    root: Path, *words: str, before: Callable[[], None], lang: str = "fr", cache: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command in the project's folder, after what takes its rights or its room away."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ACCORDS")}
    return subprocess.run(
        [Path(sys.executable).parent / "accords", "--root", root, "--lang", lang, *words],
        env={**kept, "ACCORDS_CACHE": str(cache or root.parent / "kept"), "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=root, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=120, preexec_fn=before,
    )  # fmt: skip


def held(root: Path) -> Place:
    """Return what a folder holds, hidden files included."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        if path.is_file()
        else "folder"
        for path in root.rglob("*")
    }


def must_be_refused(done: subprocess.CompletedProcess[str], name: str, reason: str) -> None:
    assert done.returncode == 3, (done.stdout, done.stderr)
    assert name in done.stderr
    assert reason in done.stderr
    assert "Traceback" not in done.stderr


def skip_where_root_keeps_its_rights(root: Path) -> None:
    probe = subprocess.run(
        [sys.executable, "-c", "open('data/probe', 'w')"],
        cwd=root, preexec_fn=powerless, capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    if probe.returncode == 0:
        (root / "data/probe").unlink()
        pytest.skip("NOT TESTED: root's right to write everything cannot be given up here")


@pytest.mark.parametrize(("lang", "reason"), [("fr", "accès refusé"), ("en", "Permission denied")])
@pytest.mark.parametrize(("words", "name"), COMMANDS.values(), ids=COMMANDS)
def test_a_project_that_may_not_be_written_in_stays_as_it_is_and_says_why(
    project: Path, words: tuple[str, ...], name: str, lang: str, reason: str
) -> None:
    shut(project)
    skip_where_root_keeps_its_rights(project)
    before = held(project)
    done = ran(project, *words, before=powerless, lang=lang)
    must_be_refused(done, name, reason)
    assert held(project) == before


@pytest.mark.parametrize(("words", "name"), COMMANDS.values(), ids=COMMANDS)
def test_one_folder_that_may_not_be_written_in_keeps_the_others_as_they_are(
    project: Path, words: tuple[str, ...], name: str
) -> None:
    shut(project / "data")
    skip_where_root_keeps_its_rights(project)
    before = held(project)
    must_be_refused(ran(project, *words, before=powerless), name, "accès refusé")
    assert held(project) == before


@pytest.mark.skipif(os.geteuid() != 0, reason="NOT TESTED: only root can give its files to somebody else")
@pytest.mark.parametrize(("words", "name"), COMMANDS.values(), ids=COMMANDS)
def test_the_project_of_somebody_else_stays_as_it_is(
    project: Path, words: tuple[str, ...], name: str
) -> None:
    for path in (project, *project.rglob("*")):
        shutil.chown(path, 65534, 65534)
    skip_where_root_keeps_its_rights(project)
    before = held(project)
    must_be_refused(ran(project, *words, before=powerless), name, "accès refusé")
    assert held(project) == before


@pytest.mark.parametrize(("lang", "reason"), [("fr", "trop grand pour la place"), ("en", "File too large")])
@pytest.mark.parametrize(("words", "name"), COMMANDS.values(), ids=COMMANDS)
def test_where_there_is_no_room_everything_stays_as_it_is(
    project: Path, words: tuple[str, ...], name: str, lang: str, reason: str
) -> None:
    before = held(project)
    must_be_refused(ran(project, *words, before=cramped(300), lang=lang), name, reason)
    assert held(project) == before


def test_fmt_counts_what_it_was_refused_and_does_the_rest(project: Path) -> None:
    small = project / "data/small.ttl"
    small.write_text("<urn:a>   <urn:b> <urn:c> .\n", encoding="utf-8")
    done = ran(project, "fmt", OFFICE, "data/small.ttl", before=cramped(300))
    assert "Fichiers : 1 mis en forme, 0 inchangé, 1 refusé" in done.stderr
    assert small.read_text(encoding="utf-8") == "<urn:a> <urn:b> <urn:c> .\n"


@pytest.mark.parametrize("most", [None, 0, 10_000])
def test_a_cache_that_cannot_be_written_is_told_and_the_check_goes_on(
    project: Path, most: int | None
) -> None:
    kept = project.parent / "kept"
    kept.mkdir()
    if most is None:
        shut(kept)
        skip_where_root_keeps_its_rights(kept.parent)
    words = ("check", "data/agreements/wld-golden.ttl", "--format", "json")
    free = ran(project, *words, "--no-cache", before=powerless)
    done = ran(project, *words, before=powerless if most is None else cramped(most), cache=kept)
    assert (done.returncode, done.stdout) == (free.returncode, free.stdout)
    assert str(kept) in done.stderr
    assert "Traceback" not in done.stderr
    assert not [path for path in kept.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    "words",
    [
        ("fmt", "-"),
        ("show", "act:wld-office"),
        ("check",),
        ("rename", "act:wld-office", "wld-b", "--dry-run"),
    ],
)
def test_output_that_finds_no_room_is_told(project: Path, words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [Path(sys.executable).parent / "accords", "--root", project, "--lang", "en", *words],
            input="<urn:a> <urn:b> <urn:c> .\n" * 9, stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=120,
        )  # fmt: skip
    assert (done.returncode, "No space left on device" in done.stderr) == (3, True), done.stderr
    assert "Traceback" not in done.stderr
