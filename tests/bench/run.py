"""Whole-process times of the commands, side by side; `make bench` prints them. Nothing here is a test.

For each command: wall seconds (minimum, median, maximum over the runs, after one warm-up), processor
seconds and peak memory of the largest process (medians). The `pyshacl` command is given the same triples
and shapes as two files of N-Triples; it takes minutes, so it runs once.
"""

from __future__ import annotations

import math
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from accords import loading
from accords import store as stores
from accords.project import Project

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
RUNS = 5
HEAD = f"{'command':<42}{'min s':>9}{'median':>9}{'max':>9}{'cpu s':>9}{'MiB':>8}{'exit':>6}{'runs':>6}"
PATIENCE = 1800  # seconds for the slowest


@dataclass(frozen=True, slots=True)
class Run:
    """One run: wall and processor seconds, peak MiB, exit code."""

    wall: float
    cpu: float
    memory: float
    code: int


def measured(command: list[str], *, runs: int, warm_up: bool) -> list[Run]:
    """Return the runs of a command in a process of its own each."""
    return [once(command) for _ in range(runs + warm_up)][warm_up:]


def once(command: list[str], *, patience: float = PATIENCE) -> Run:
    """Run a command and read what the system counted for it and its children; out of patience, end it."""
    begun = time.monotonic()
    child = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )  # our own commands
    ending = threading.Timer(patience, child.kill)
    ending.start()
    _, status, used = os.wait4(child.pid, 0)
    ending.cancel()
    return Run(
        time.monotonic() - begun,
        used.ru_utime + used.ru_stime,
        used.ru_maxrss / 1024,
        os.waitstatus_to_exitcode(status),
    )


def line(name: str, runs: list[Run]) -> str:
    """Return one row of the table."""
    walls = [run.wall for run in runs]
    return (
        f"{name:<42}{min(walls):>9.3f}{statistics.median(walls):>9.3f}{max(walls):>9.3f}"
        f"{statistics.median(run.cpu for run in runs):>9.3f}{statistics.median(run.memory for run in runs):>8.0f}"
        f"{runs[-1].code:>6}{len(runs):>6}"
    )


def files(folder: Path, project: Project, most: float = math.inf) -> tuple[Path, Path, int]:
    """Write a graph and its shapes as N-Triples for the `pyshacl` command.

    The graph is the ontology, and whole files of records until there are `most` triples of them.
    """
    knowledge = loading.load(project)
    data = [triple for document in knowledge.ontology for triple in document.triples]
    enough = len(data) + most
    for document in knowledge.data:
        if len(data) < enough:
            data += document.triples
    shapes = [triple for document in loading.load_shapes(project)[0] for triple in document.triples]
    (folder / "data.nt").write_bytes(stores.n_triples(data))
    (folder / "shapes.nt").write_bytes(stores.n_triples(shapes))
    return folder / "data.nt", folder / "shapes.nt", len(data)


def main() -> None:
    """Print the table."""
    accords = str(BIN / "accords")
    with tempfile.TemporaryDirectory() as folder:
        data, shapes, count = files(Path(folder), Project(ROOT))
        print(f"{count} triples, {os.cpu_count()} cores, Python {sys.version.split()[0]}")
        print(HEAD)
        for name, command, runs in (
            ("python -c pass", [sys.executable, "-c", "pass"], RUNS),
            ("accords --help", [accords, "--help"], RUNS),
            ("accords check", [accords, "check"], RUNS),
            ("accords check, one file, no cache", [accords, "check", _a_file(), "--no-cache"], RUNS),
            ("accords check, one file", [accords, "check", _a_file()], RUNS),
            ("accords check --engine pyshacl", [accords, "check", "--engine", "pyshacl"], RUNS),
            (
                "accords check --engine reference",
                [accords, "check", "--engine", "reference", "--timeout", str(PATIENCE)],
                1,
            ),
            (
                "pyshacl (same triples, same shapes)",
                [str(BIN / "pyshacl"), "--advanced", "--shapes", str(shapes), "--format", "table", str(data)],
                1,
            ),
        ):
            print(line(name, measured(command, runs=runs, warm_up=runs > 1)), flush=True)


def _a_file() -> str:
    return min((ROOT / "data" / "agreements").glob("*.ttl")).as_posix()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
