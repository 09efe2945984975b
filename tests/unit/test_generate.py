"""The invented graphs that measurements run on: without an error, and the same each time."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from accords import loading
from accords.findings import Severity, reached
from accords.project import Project
from accords.vocab import RECORD, TYPE
from laying import ROOT, report_on

if TYPE_CHECKING:
    from pathlib import Path

    from accords.loading import Knowledge

SCRIPT = ROOT / "tests" / "bench" / "generate.py"


def generated(to: Path, *, hash_seed: str = "0", seed: int = 1, triples: int = 10_000) -> Project:
    """Return the project that the script writes."""
    subprocess.run(
        [sys.executable, SCRIPT, "--triples", str(triples), "--seed", str(seed), "--to", to],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return Project(to)


def digest(project: Project) -> str:
    """Return a digest of the names and bytes of the data."""
    whole = hashlib.sha256()
    for path in sorted(project.data.rglob("*.ttl")):
        whole.update(f"{project.name_of(path)}\0".encode() + path.read_bytes())
    return whole.hexdigest()


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return loading.load(generated(tmp_path_factory.mktemp("generated")))


def test_a_generated_graph_has_no_error_and_few_warnings(knowledge: Knowledge) -> None:
    report = report_on(knowledge, loading.load_shapes(knowledge.project))
    assert not reached(report.findings, Severity.ERROR)
    warnings = [found.code for found in report.findings if found.severity is Severity.WARNING]
    assert set(warnings) <= {"CM-03"}
    assert len(warnings) < 20


def test_a_generated_graph_has_about_the_size_asked_for(knowledge: Knowledge) -> None:
    written = sum(len(document.triples) for document in knowledge.data)
    assert 10_000 <= written <= 11_500


def test_every_generated_record_is_called_so(knowledge: Knowledge) -> None:
    named = {
        str(triple.subject)
        for document in knowledge.data
        for triple in document.triples
        if triple.predicate == TYPE
    }
    assert named
    assert all(re.fullmatch(f"<{RECORD}[a-z]+/gen-[a-z0-9-]+>", name) for name in named)


def test_a_generated_graph_holds_every_kind_of_record_of_the_shipped_one(knowledge: Knowledge) -> None:
    shipped = loading.load(Project(ROOT))
    assert kinds(shipped) <= kinds(knowledge)


def kinds(knowledge: Knowledge) -> set[str]:
    """Return the classes that records have."""
    return {
        str(triple.object)
        for document in knowledge.data
        for triple in document.triples
        if triple.predicate == TYPE
    }


def test_the_same_seed_gives_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    small = [
        digest(generated(tmp_path / seed, hash_seed=seed, triples=4_000)) for seed in ("0", "1", "12345")
    ]
    assert len(set(small)) == 1


def test_another_seed_gives_another_country(tmp_path: Path) -> None:
    one, other = (generated(tmp_path / str(seed), seed=seed, triples=4_000) for seed in (1, 2))
    assert digest(one) != digest(other)


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(subprocess.CalledProcessError) as refused:
        generated(tmp_path)
    assert refused.value.returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_examples_of_the_generator_hold() -> None:
    script = (
        "import doctest, sys\n"
        "from invented import census, words, writing\n"
        "sys.exit(sum(doctest.testmod(module).failed for module in (census, words, writing)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=SCRIPT.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
