"""What was broken before, told with the check of one file: as the whole check would tell it now.

The first tests edit file after file of a project whose whole check is kept, a project with a fault of every kind,
and compare: the findings in the file, those elsewhere that the kept check did not have, how many of its own are
left. The others follow a person at work, and what may happen to a cache.
"""

from __future__ import annotations

import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from accords import checking, evidence, known, loading, validation
from accords.findings import Severity
from accords.project import FOLDERS, Project
from accords.vocab import TYPE
from calling import Caller, invented
from laying import ARCHIVE, PROJECT, ROOT, at_once, case_text, cases, world
from test_near import Kept, command, dice, edited, environment, parsed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from accords.validation import Report

EDITS = 16  # files edited one after the other, each left as it is
PATIENCE = 900
A_FILE = "data/agreements/wld-convention-2023.ttl"
PLACES = "data/territories/places.ttl"


def checked(held: Kept, *only: Path) -> Report:
    """Return what a check says, as the command makes it."""
    options = validation.Options(archive=held.archive, only=only)
    made = checking.check(held.project, options, held.folder, lambda _: None, start=at_once)
    assert made.trouble == ()
    return made.report


@pytest.fixture
def faulty(tmp_path: Path) -> Kept:
    """Return the invented world with a case of each rule beside the others, in files by rule."""
    root, knowledge = invented(tmp_path / "root"), world()
    for number, case in enumerate([case for case in cases() if case.faulty][::3]):
        text = case_text(case, knowledge, mark=f"case-{number}-")
        (root / "data" / f"case-{number}-{case.code}.ttl").write_text(text, encoding="utf-8")
    return Kept(Project(root), tmp_path / "cache", ARCHIVE)


@pytest.fixture
def shipped(tmp_path: Path) -> Kept:
    for name in FOLDERS:
        shutil.copytree(ROOT / name, tmp_path / "root" / name)
    return Kept(Project(tmp_path / "root"), tmp_path / "cache", None)


def elsewhere(report: Report, name: str) -> list[known.Known]:
    return [known.of(found) for found in report.findings if found.location.file != name]


def compare(held: Kept, before: Report, made: Report, name: str) -> None:
    """Compare a check from the cache with the whole one, `before` being what is kept."""
    whole = held.whole()
    assert whole.whole
    assert made.near is not None
    assert made.near.elsewhere is not None
    assert made.near.known is not None
    assert made.findings == tuple(found for found in whole.findings if found.location.file == name)
    now, then = elsewhere(whole, name), elsewhere(before, name)
    assert keys(map(known.of, made.near.elsewhere)) == keys(known.beyond(now, then))
    mended = keys(known.beyond(then, now))
    left = Counter(one.severity for one in then)
    left.subtract(key[0] for key in mended.elements())
    assert +Counter(made.near.known) == +left


def keys(some: Iterable[known.Known]) -> Counter[tuple[Any, ...]]:
    return Counter((one.severity, one.key) for one in some)


@pytest.mark.timeout(PATIENCE)
@pytest.mark.parametrize("graph", ["faulty", "shipped"])
@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_known_and_what_is_new_is_what_two_whole_checks_differ_by(
    graph: str, seed: int, request: pytest.FixtureRequest
) -> None:
    held: Kept = request.getfixturevalue(graph)
    rng, documents = dice(seed), parsed(held)
    before = checked(held)
    seen = 0
    for path in rng.sample(sorted(documents), EDITS):
        path.write_bytes(edited(documents[path], documents, rng))
        name = held.project.name_of(path)
        made = checked(held, path)
        compare(held, before, made, name)
        assert made.near is not None
        seen += len(made.near.elsewhere or ())
    assert seen


def test_what_looks_into_the_texts_is_what_the_rulebook_says_that_no_rule_does() -> None:
    documents, _ = loading.load_shapes(PROJECT)
    said = {
        str(triple.subject).rpartition("#")[2].rstrip(">")
        for document in documents
        for triple in document.triples
        if triple.predicate == TYPE and str(triple.object).endswith("shape#Check>")
    }
    assert {name for name in said if name.startswith("EV-")} == evidence.CHECKS


def test_of_equal_findings_the_ones_of_other_words_are_the_new_ones() -> None:
    def one(said: str) -> known.Known:
        return known.Known("data/a.ttl", Severity.WARNING, "FI-08", None, None, None, said)

    assert known.beyond([one("a"), one("b")], [one("b")]) == [one("a")]
    assert known.beyond([one("a")], [one("b")]) == []
    assert known.beyond([one("a"), one("a")], [one("a")]) == [one("a")]


@pytest.fixture
def lake(call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Caller:
    """Return a caller on a copy of the world whose cache is in a folder of its own."""
    monkeypatch.setenv("ACCORDS_CACHE", str(tmp_path / "kept"))
    return call


def spoil(lake: Caller, name: str = PLACES) -> str:
    """Take the first territory away, and return what the file was: other files name it."""
    path = lake.root / name
    text = path.read_text(encoding="utf-8")
    record = text[text.index("\nter:wld-") :].split("\n\n")[0]
    path.write_text(text.replace(record, ""), encoding="utf-8")
    return text


def told(lake: Caller, *words: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(lake("check", *words, "--format", "json").out)
    return made


def test_without_a_whole_check_what_was_broken_before_is_said_not_to_be_known(lake: Caller) -> None:
    spoil(lake)
    called = lake("check", str(lake.root / A_FILE), lang="en")
    assert "Elsewhere: what was at fault there before is not known" in called.out
    assert "accords check)" in called.out
    assert told(lake, str(lake.root / A_FILE))["known_elsewhere"] is None


def test_what_was_broken_before_is_counted_until_it_is_mended(lake: Caller) -> None:
    file, places = str(lake.root / A_FILE), lake.root / PLACES
    assert lake("check", lang="en").code == 0
    assert re.search(
        r"^Elsewhere: no finding known before$", lake("check", file, lang="en").out, re.MULTILINE
    )
    text = spoil(lake)
    broken = told(lake)["counts"]
    assert broken["error"] > 0
    here = told(lake, file)
    assert here["elsewhere"] == []
    assert here["known_elsewhere"] == {name: count - here["counts"][name] for name, count in broken.items()}
    shown = lake("check", file, lang="en").out
    assert re.search(r"^Elsewhere: \d+ findings known before, \d+ errors among them", shown, re.MULTILINE)
    places.write_text(text, encoding="utf-8")
    assert told(lake, file)["known_elsewhere"] == {"error": 0, "warning": 0, "note": 0}
    assert told(lake, str(places))["known_elsewhere"] == {"error": 0, "warning": 0, "note": 0}


def test_what_another_edit_broke_is_new_since_the_whole_check_whatever_file_is_checked(lake: Caller) -> None:
    file = str(lake.root / A_FILE)
    lake("check")
    spoil(lake)
    every = told(lake, "--no-cache")["findings"]
    called = lake("check", file, lang="en")
    assert called.code == (1 if any(row["file"] == A_FILE for row in every) else 0)
    assert "Elsewhere, since the last whole check (not counted in the result)" in called.out
    made = told(lake, file)
    assert made["elsewhere"] == [row for row in every if row["file"] != A_FILE]
    lake("check")
    assert told(lake, file)["elsewhere"] == []


def test_a_label_that_was_taken_for_another_is_mended_elsewhere_when_it_changes(lake: Caller) -> None:
    held = '@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n<https://w3id.org/accords-emploi/id/actor/wld-{}> skos:prefLabel "{}"@fr .\n'
    lake.write("data/actors/alike-1.ttl", held.format("a", "Maison Bleue"))
    lake.write("data/actors/alike-2.ttl", held.format("b", "MAISON BLEUE"))
    every = told(lake)["findings"]
    assert [row["code"] for row in every if row["file"] == "data/actors/alike-2.ttl"].count("FI-08") == 1
    first = lake.root / "data/actors/alike-1.ttl"
    before = told(lake, str(first))["known_elsewhere"]
    lake.write("data/actors/alike-1.ttl", held.format("a", "Maison Rouge"))
    after = told(lake, str(first))["known_elsewhere"]
    assert (after["warning"], after["error"]) == (before["warning"] - 1, before["error"])


def test_after_a_rule_has_changed_what_was_found_before_is_not_known(lake: Caller) -> None:
    file = str(lake.root / A_FILE)
    lake("check")
    rules = lake.root / "shapes/agreements.ttl"
    rules.write_text(rules.read_text(encoding="utf-8") + "\n# another word\n", encoding="utf-8")
    assert told(lake, file)["known_elsewhere"] is None
    lake("check")
    assert told(lake, file)["known_elsewhere"] is not None


def test_a_file_that_goes_away_takes_its_findings_with_it(lake: Caller) -> None:
    lake.write("data/actors/wrong.ttl", '<urn:wrong> <urn:p> "x\u200b" .\n')
    file = str(lake.root / A_FILE)
    whole = sum(told(lake)["counts"].values())
    assert sum(told(lake, file)["known_elsewhere"].values()) == whole > 0
    (lake.root / "data/actors/wrong.ttl").unlink()
    assert sum(told(lake, file)["known_elsewhere"].values()) == 0


def test_a_whole_check_of_an_unchanged_graph_writes_its_findings_only(lake: Caller, tmp_path: Path) -> None:
    def files(suffix: str) -> list[tuple[Path, int]]:
        return [(path, path.stat().st_mtime_ns) for path in (tmp_path / "kept").rglob(f"*{suffix}")]

    lake("check")
    graph, findings = files(".sqlite"), files(".known")
    lake("check")
    assert files(".sqlite") == graph
    assert len(files(".known")) == len(findings) == 1
    assert files(".known") != findings


@pytest.mark.parametrize("options", [("--no-cache",), (A_FILE,)])
def test_a_check_that_is_not_whole_or_does_without_the_cache_keeps_no_findings(
    lake: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    monkeypatch.chdir(lake.root)
    lake("check", *options)
    assert [*(tmp_path / "kept").rglob("*.known")] == []


def test_a_check_with_a_file_at_fault_leaves_what_was_kept(lake: Caller, tmp_path: Path) -> None:
    lake("check")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "kept").rglob("*.*")}
    lake.write("data/actors/broken.ttl", "act:x a ; .")
    assert lake("check").code == 1
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "kept").rglob("*.*")} == before


@pytest.mark.parametrize("spoiling", ["truncated", "overwritten", "gone"])
def test_damaged_findings_are_told_and_the_cache_is_built_again(
    lake: Caller, tmp_path: Path, spoiling: str
) -> None:
    file = str(lake.root / A_FILE)
    spoil(lake)
    lake("check")
    (kept,) = (tmp_path / "kept").rglob("*.known")
    match spoiling:
        case "truncated":
            os.truncate(kept, kept.stat().st_size // 2)
        case "overwritten":
            kept.write_bytes(b"\xff" * kept.stat().st_size)
        case _:
            kept.unlink()
    called = lake("check", file, lang="en")
    assert "damaged or unreadable cache" in called.err
    assert "Cache: just built" in called.out
    lake("check")
    assert told(lake, file)["known_elsewhere"]["error"] > 0


def test_where_the_findings_cannot_be_kept_the_whole_check_is_made_all_the_same(
    lake: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "blocked").write_text("a file where a folder should be", encoding="utf-8")
    free = lake("check", "--no-cache", lang="en")
    monkeypatch.setenv("ACCORDS_CACHE", str(tmp_path / "blocked"))
    called = lake("check", lang="en")
    assert (called.code, called.out) == (free.code, free.out)
    assert "cache not written" in called.err
    assert "--no-cache" in called.err


@pytest.mark.parametrize("room", [20_000, 200_000])
def test_a_full_disk_leaves_what_was_kept_as_it_was(lake: Caller, tmp_path: Path, room: int) -> None:
    spoil(lake)
    lake("check")
    if room > 100_000:  # the graph is to be written again, else only the findings
        lake.write("data/actors/more.ttl", '<urn:more> <urn:p> "more" .\n')
    else:
        lake.write("data/actors/more.ttl", "")
        (lake.root / "data/actors/more.ttl").unlink()
    before = sorted(path.name for path in (tmp_path / "kept").rglob("*.*"))

    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    done = subprocess.run(
        command(lake.root, "check"),
        env=environment(tmp_path / "kept"),
        preexec_fn=small,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1
    assert "cache not written" in done.stderr
    assert sorted(path.name for path in (tmp_path / "kept").rglob("*.*")) == before
    assert told(lake, str(lake.root / A_FILE))["known_elsewhere"]["error"] > 0


def test_whole_checks_and_checks_of_a_file_at_once_leave_a_sound_cache(lake: Caller, tmp_path: Path) -> None:
    file = str(lake.root / A_FILE)
    running = [
        subprocess.Popen(
            command(lake.root, "check", *some),
            env=environment(tmp_path / "kept"),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for some in ((), (file,), ())
    ]
    ended = [(*child.communicate(timeout=180), child.returncode) for child in running]
    assert [(code, error) for _, error, code in ended] == [(0, "")] * 3
    called = lake("check", file, lang="en")
    assert (called.code, called.err) == (0, "")
    assert "Cache: used" in called.out


def test_a_whole_check_killed_at_any_moment_leaves_nothing_half_made(lake: Caller, tmp_path: Path) -> None:
    rng = random.Random(5)  # noqa: S311  # nothing secret
    spoil(lake)
    for turn in range(8):
        lake.write("data/actors/turn.ttl", f'<urn:turn> <urn:p> "{turn}" .\n')
        child = subprocess.Popen(
            command(lake.root, "check"),
            env=environment(tmp_path / "kept"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(rng.uniform(0.3, 2.0))
        child.kill()
        child.wait(timeout=60)
    called = lake("check", str(lake.root / A_FILE), lang="en")
    assert called.err == ""
    assert lake("check", lang="en").err == ""
    assert told(lake, str(lake.root / A_FILE))["known_elsewhere"]["error"] > 0
    assert len([*(tmp_path / "kept").rglob("graph-*")]) == 2


def test_a_file_whose_name_is_not_utf_8_keeps_nothing_from_being_kept(lake: Caller) -> None:
    odd = os.fsencode(lake.root / "data/actors") + b"/caf\xe9.ttl"
    with open(odd, "wb") as written:  # noqa: PTH123  # a name that is not text
        written.write('<urn:odd> <urn:p> "x\u200b" .\n'.encode())
    whole = told(lake)
    found = [row for row in whole["findings"] if row["file"].endswith(".ttl")]
    assert found
    made = told(lake, str(lake.root / A_FILE))
    assert sum(made["known_elsewhere"].values()) == len(whole["findings"])
    assert made["elsewhere"] == []
    assert told(lake, os.fsdecode(odd))["findings"] == found
    assert sum(told(lake, os.fsdecode(odd))["known_elsewhere"].values()) == 0
