"""One edited file, checked from the kept graph: what the whole check finds in it, word for word.

The comparison is made on every case, on the shipped graph and on seeded random edits, of the shipped graph and
of a generated one of 100,000 triples: the findings in the file, and those that are new in other files.
"""

from __future__ import annotations

import functools
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pytest
from pyoxigraph import Literal, RdfFormat, Triple, serialize

from accords import cache, loading, near, standing, validation
from accords.project import FOLDERS, Project
from calling import Caller, invented
from laying import ARCHIVE, CASES, PROJECT, ROOT, at_once, case_text, cases, world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from accords.findings import Finding
    from accords.validation import Report
    from laying import Shapes

EDITS = 12  # random edits of each graph
PATIENCE = 900  # seconds that a comparison may take on a busy machine
ACCORDS = Path(sys.executable).with_name("accords")
A_FILE = "data/agreements/wld-convention-2023.ttl"


@dataclass(frozen=True)
class Kept:
    """A project and the folder of its cache, as they were when it was made."""

    project: Project
    folder: Path
    archive: Path | None

    def whole(self) -> Report:
        """Return what the whole check says now."""
        knowledge, options = loading.load(self.project), validation.Options(archive=self.archive)
        return validation.validate(knowledge, the_rules(), options, start=at_once)

    def near(self, *paths: Path) -> Report:
        """Return what the check of some files says now."""
        cached = cache.opened(self.folder)
        assert cached is not None
        asked = frozenset(self.project.name_of(path) for path in paths)
        stood = standing.standing(standing.survey(self.project, paths), cached, asked)
        assert stood is not None
        made = near.validate(stood, asked, validation.Options(archive=self.archive), start=at_once)
        cached.close()
        return made


@functools.cache
def the_rules() -> Shapes:
    """Return the rules, the same in each project here: read and compiled once for all of the whole checks."""
    return loading.load_shapes(PROJECT)


def dice(seed: int) -> random.Random:
    """Return a source of chance that is the same at each run."""
    return random.Random(seed)  # noqa: S311  # nothing secret


def kept(root: Path, folder: Path, archive: Path | None) -> Kept:
    assert standing.build(Project(root), folder, lambda _: None)
    return Kept(Project(root), folder, archive)


def within(report: Report, *names: str) -> tuple[Finding, ...]:
    return tuple(found for found in report.findings if found.location.file in names)


def identity(found: Finding) -> tuple[object, ...]:
    return found.location, found.code, found.focus, found.path, found.value, found.rule


@pytest.fixture(scope="module")
def all_cases(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Return the invented world with every case laid beside the others, cached."""
    root, knowledge = invented(tmp_path_factory.mktemp("cases")), world()
    for number, case in enumerate(cases()):
        text = case_text(case, knowledge, mark=f"case-{number}-")
        (root / "data" / f"case-{number}-{case.code}.ttl").write_text(text, encoding="utf-8")
    return kept(root, tmp_path_factory.mktemp("cache"), ARCHIVE)


@pytest.mark.timeout(PATIENCE)
def test_what_is_found_in_every_case_is_found_from_the_cache(all_cases: Kept) -> None:
    whole = all_cases.whole()
    paths = sorted(all_cases.project.data.glob("case-*.ttl"))
    assert whole.whole
    assert len(paths) == len([*CASES.glob("*/*.ttl")])
    for start in range(0, len(paths), 65):
        some = paths[start : start + 65]
        made = all_cases.near(*some)
        assert made.findings == within(whole, *map(all_cases.project.name_of, some))


def test_a_case_added_to_the_world_is_found_from_the_cache_of_the_world(tmp_path: Path) -> None:
    held = kept(invented(tmp_path / "root"), tmp_path / "cache", ARCHIVE)
    knowledge = world()
    for number, case in enumerate([case for case in cases() if case.faulty][::24]):
        path = held.project.data / f"case-{number}.ttl"
        path.write_text(case_text(case, knowledge, mark=f"case-{number}-"), encoding="utf-8")
    whole = held.whole()
    for path in sorted(held.project.data.glob("case-*.ttl")):
        name = held.project.name_of(path)
        assert held.near(path).findings == within(whole, name), name


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    root = tmp_path_factory.mktemp("shipped")
    for name in FOLDERS:
        shutil.copytree(ROOT / name, root / name)
    return kept(root, tmp_path_factory.mktemp("cache"), None)


def test_every_shipped_file_untouched_has_the_findings_of_the_whole_check(shipped: Kept) -> None:
    whole = shipped.whole()
    for path in [*shipped.project.data.rglob("*.ttl"), *shipped.project.ontology.glob("concepts/*.ttl")]:
        made = shipped.near(path)
        assert made.findings == within(whole, shipped.project.name_of(path)), path
        assert made.near is not None
        assert made.near.elsewhere == ()


@pytest.mark.timeout(PATIENCE)
def test_edits_of_the_shipped_graph_are_found_as_in_the_whole_check(shipped: Kept) -> None:
    assert sum(compared(shipped, dice(1), EDITS)) > EDITS // 2


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    root = tmp_path_factory.mktemp("generated") / "root"
    subprocess.run(
        [sys.executable, ROOT / "tests/bench/generate.py", "--triples", "100000", "--to", root],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return kept(root, tmp_path_factory.mktemp("cache"), None)


@pytest.mark.timeout(PATIENCE)
def test_edits_of_a_generated_graph_are_found_as_in_the_whole_check(generated: Kept) -> None:
    """Several files are edited at a time, so that the whole check runs a few times only."""
    rng = dice(2)
    documents = parsed(generated)
    before = {identity(found) for found in generated.whole().findings}
    for _ in range(2):
        paths = rng.sample(sorted(documents), EDITS // 2)
        texts = {path: path.read_bytes() for path in paths}
        for path in paths:
            path.write_bytes(edited(documents[path], documents, rng))
        whole = generated.whole()
        made = generated.near(*paths)
        names = [generated.project.name_of(path) for path in paths]
        assert made.findings == within(whole, *names)
        assert made.near is not None
        assert made.near.elsewhere is not None
        new = {identity(f) for f in whole.findings if f.location.file not in names} - before
        assert set(map(identity, made.near.elsewhere)) == new
        for path, text in texts.items():
            path.write_bytes(text)


def parsed(held: Kept) -> dict[Path, tuple[Triple, ...]]:
    return {
        document.path: document.triples for document in loading.load(held.project).data if document.triples
    }


def compared(held: Kept, rng: random.Random, times: int) -> Iterator[int]:
    """Edit a file, compare the check from the cache with the whole one, put the file back."""
    documents = parsed(held)
    before = {identity(found) for found in held.whole().findings}
    for _ in range(times):
        path = rng.choice(sorted(documents))
        text, name = path.read_bytes(), held.project.name_of(path)
        path.write_bytes(edited(documents[path], documents, rng))
        whole, made = held.whole(), held.near(path)
        assert made.findings == within(whole, name)
        assert made.near is not None
        assert made.near.elsewhere is not None
        new = {identity(f) for f in whole.findings if f.location.file != name} - before
        assert set(map(identity, made.near.elsewhere)) == new
        path.write_bytes(text)
        yield len(made.findings) + len(new)


def edited(
    triples: tuple[Triple, ...], documents: dict[Path, tuple[Triple, ...]], rng: random.Random
) -> bytes:
    """Return a file with something taken away, added, changed, or named like another thing."""
    everything = [triple for some in documents.values() for triple in some]
    lines = list(triples)
    place = rng.randrange(len(lines))
    old, other = lines[place], rng.choice(everything)
    match rng.randrange(6):
        case 0:
            lines.pop(place)
        case 1:
            lines = [line for line in lines if line.subject != old.subject] or lines[1:]
        case 2:
            lines.append(Triple(old.subject, other.predicate, other.object))
        case 3:
            alike = [triple for triple in everything if triple.predicate == old.predicate]
            lines[place] = Triple(old.subject, old.predicate, rng.choice(alike).object)
        case 4:
            named = [t for t in everything if t.predicate.value.endswith("prefLabel")]
            label = rng.choice(named)
            said = label.object.value.upper() if isinstance(label.object, Literal) else ""
            lines.append(Triple(old.subject, label.predicate, Literal(said, language="fr")))
        case _:
            lines.append(other)
    return serialize(lines, format=RdfFormat.N_TRIPLES) or b""


@pytest.fixture
def lake(call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Caller:
    """Return a caller on a copy of the world whose cache is in a folder of its own."""
    monkeypatch.setenv("ACCORDS_CACHE", str(tmp_path / "kept"))
    return call


def test_the_first_check_of_a_file_builds_the_cache_and_the_second_uses_it(lake: Caller) -> None:
    file = str(lake.root / A_FILE)
    first, second = lake("check", file, lang="en"), lake("check", file, lang="en")
    assert "Cache: just built" in first.out
    assert "1 file read again" in second.out
    assert first.out.splitlines()[:-1] == second.out.splitlines()[:-1]
    assert "Elsewhere: what was at fault there before is not known" in first.out.splitlines()[-2]
    assert lake("check", file, "--no-cache", lang="en").out.splitlines() == first.out.splitlines()[:-2]


def test_what_an_edit_breaks_in_another_file_is_told_and_does_not_count(lake: Caller) -> None:
    places = lake.root / "data/territories/places.ttl"
    lake("check", str(places))
    text = places.read_text(encoding="utf-8")
    record = text[text.index("\nter:wld-") :].split("\n\n")[0]
    places.write_text(text.replace(record, ""), encoding="utf-8")
    called = lake("check", str(places), lang="en")
    assert "Elsewhere, because of these changes" in called.out
    assert re.search(r"^Elsewhere: \d+ findings? more, \d+ errors? among them$", called.out, re.MULTILINE)
    assert "[WF-03]" in called.out
    assert called.code == 0
    other = lake("check", str(places), "--format", "json")
    assert '"elsewhere": [' in other.out


def test_rules_that_change_are_obeyed_at_once(lake: Caller) -> None:
    file = str(lake.root / A_FILE)
    assert "AG-03" not in lake("check", file).out
    rules = lake.root / "shapes/agreements.ttl"
    text = rules.read_text(encoding="utf-8")
    changed = text.replace("sh:path ae:hasParty ;", "sh:path ae:hasParty ; sh:minLength 500 ;", 1)
    assert changed != text
    rules.write_text(changed, encoding="utf-8")
    from_cache, whole = lake("check", file), lake("check", file, "--no-cache")
    assert from_cache.out.splitlines()[:-2] == whole.out.splitlines()
    assert "AG-03" in from_cache.out


def test_a_file_that_does_not_parse_keeps_the_rules_from_running(lake: Caller) -> None:
    file = str(lake.root / A_FILE)
    lake("check", file)
    lake.write("data/actors/broken.ttl", "act:x a ; .")
    from_cache, whole = lake("check", file), lake("check", file, "--no-cache")
    assert "Non vérifié : les règles" in from_cache.out
    assert "data/actors/broken.ttl:" in from_cache.out
    assert from_cache.out == whole.out


@pytest.mark.parametrize("spoil", ["truncated", "overwritten", "emptied", "pointer"])
def test_a_damaged_cache_is_built_again_with_a_word(lake: Caller, tmp_path: Path, spoil: str) -> None:
    file = str(lake.root / A_FILE)
    lake("check", file)
    (database,) = (tmp_path / "kept").rglob("*.sqlite")
    match spoil:
        case "truncated":
            os.truncate(database, database.stat().st_size // 2)
        case "overwritten":
            with database.open("rb+") as opened:
                opened.seek(database.stat().st_size // 2)
                opened.write(b"\xff" * 4096)
        case "emptied":
            database.write_bytes(b"")
        case _:
            (database.parent / "current.json").write_text("{", encoding="utf-8")
    called = lake("check", file, lang="en")
    assert called.code == 0
    assert "damaged or unreadable cache" in called.err
    assert "Cache: just built" in called.out
    assert "Cache: used" in lake("check", file, lang="en").out


def test_where_the_cache_cannot_be_written_the_check_is_made_without_it(
    lake: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "blocked").write_text("a file where a folder should be", encoding="utf-8")
    monkeypatch.setenv("ACCORDS_CACHE", str(tmp_path / "blocked"))
    called = lake("check", str(lake.root / A_FILE), lang="en")
    assert called.code == 0
    assert "cache not written" in called.err
    assert "--no-cache" in called.err
    assert "Cache:" not in called.out


def test_a_cache_among_the_content_is_refused(lake: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCORDS_CACHE", str(lake.root / "data"))
    called = lake("check", str(lake.root / A_FILE), lang="en")
    assert called.code == 2
    assert "outside the content" in called.err


def command(root: Path, *words: str) -> list[str]:
    return [str(ACCORDS), "--root", str(root), "--lang", "en", *words]


def environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "ACCORDS_CACHE": str(folder)}


def test_a_full_disk_leaves_the_cache_as_it_was(lake: Caller, tmp_path: Path) -> None:
    file = str(lake.root / A_FILE)

    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    done = subprocess.run(
        command(lake.root, "check", file),
        env=environment(tmp_path / "kept"),
        preexec_fn=small,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "cache not written" in done.stderr
    assert [*(tmp_path / "kept").rglob("graph-*")] == []
    assert "just built" in lake("check", file, lang="en").out


def test_two_checks_at_once_leave_a_sound_cache(lake: Caller, tmp_path: Path) -> None:
    file = str(lake.root / A_FILE)
    running = [
        subprocess.Popen(
            command(lake.root, "check", file),
            env=environment(tmp_path / "kept"),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    ended = [(*child.communicate(timeout=180), child.returncode) for child in running]
    assert [(code, error) for _, error, code in ended] == [(0, "")] * 3
    assert "Cache: used" in lake("check", file, lang="en").out


def test_a_check_killed_at_any_moment_leaves_nothing_half_made(lake: Caller, tmp_path: Path) -> None:
    file, rng = str(lake.root / A_FILE), dice(3)
    for _ in range(8):
        child = subprocess.Popen(
            command(lake.root, "check", file),
            env=environment(tmp_path / "kept"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(rng.uniform(0.1, 1.5))
        child.kill()
        child.wait(timeout=60)
    called = lake("check", file, lang="en")
    assert (called.code, called.err) == (0, "")
    lake("check", file)
    shutil.rmtree(tmp_path / "kept")
    assert lake("check", file, lang="en").out.splitlines()[:-1] == called.out.splitlines()[:-1]


def watched(
    root: Path, kept: Path, first: Callable[[Path], None], *then: Callable[[Path], None]
) -> list[str]:
    """Return what `check --watch` prints before and after each act on the file, then on the other stream."""
    file = root / A_FILE
    child = subprocess.Popen(
        command(root, "check", str(file), "--watch"),
        env={**environment(kept), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stderr is not None
    try:
        told = [read_until(child.stdout, "Cache:")]
        for act in (first, *then):
            act(file)
            told.append(read_until(child.stdout, "Cache:"))
    finally:
        child.send_signal(signal.SIGINT)
        assert child.wait(timeout=60) == 130
        told.append(child.stderr.read())
        child.stdout.close()
        child.stderr.close()
    return told


def test_watching_checks_what_is_saved_until_interrupted(lake: Caller, tmp_path: Path) -> None:
    def spoil(file: Path) -> None:
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("ae:Agreement ;", "ae:Agrement ;", 1), encoding="utf-8")

    before, after, _ = watched(lake.root, tmp_path / "kept", spoil)
    assert "0 errors" in before
    assert "ae:Agrement" in after
    assert A_FILE in after.splitlines()[0]


def test_a_file_that_goes_away_while_it_is_watched_is_told_by_what_it_leaves_behind(
    lake: Caller, tmp_path: Path
) -> None:
    held = (lake.root / A_FILE).read_bytes()

    def restore(file: Path) -> None:
        file.write_bytes(held)

    _, gone, back, said = watched(lake.root, tmp_path / "kept", Path.unlink, restore)
    assert "Error" not in said
    assert gone.splitlines()[0] == f"── {A_FILE} (no longer exists) ──"
    assert back.splitlines()[0] == f"── {A_FILE} ──"
    assert "0 errors" in back


def test_what_keeps_the_rules_from_running_is_told_wherever_it_is(lake: Caller) -> None:
    other = next(path for path in sorted((lake.root / "data" / "actors").glob("*.ttl")))
    other.write_text(other.read_text(encoding="utf-8") + '\n"', encoding="utf-8")
    checked = lake("check", str(lake.root / A_FILE))
    assert checked.code == 1
    assert f"data/actors/{other.name}:" in checked.out
    assert "[FI-01]" in checked.out


def read_until(stream: IO[str], word: str) -> str:
    lines: list[str] = []
    for line in stream:
        lines.append(line)
        if line.startswith(word):
            break
    return "".join(lines)
