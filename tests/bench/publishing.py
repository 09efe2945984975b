"""What exports cost: processor seconds and memory, beside the `oxigraph convert` command on the same text.

    python tests/bench/publishing.py --triples 100000 1000000 [--runs 5] [--forms]

For each size a project is generated (seeded); its published files are also joined into one text of Turtle.
Each command runs in a process of its own, in turn with the others:

- `start`: `accords convert` of an empty file, which is what starting costs;
- `accords export --format nq` of the project: every file read, its statements in its graph, hashed, a manifest;
- `oxigraph convert` of the one text to N-Quads, into a graph whose name is as long as ours are;
- the SHA-256 of what came out: an export gives the digest of each file, `oxigraph convert` does not;
- `accords convert` of the one text to N-Triples, and `oxigraph convert` of it.

`--forms` adds each other form, once. The budget: at 1 M triples an export of N-Quads takes at most 1.3 times the
processor time of `oxigraph convert`, and no more memory at 1 M than at 100,000. Memory below some 40 MiB is that
of this process, not of the child. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from accords.project import Project
from accords.publishing.edition import Edition
from run import BIN, HEAD, Run, line, once

BUDGET = 1.3
HASHING = "digest of it"
_DIGEST = "import hashlib, sys; hashlib.file_digest(open(sys.argv[1], 'rb'), 'sha256')"
GRAPH = "https://w3id.org/accords-emploi/graph/data/agreements/gen-accord-0001"
FORMS = ("ttl", "trig", "rdf", "jsonld", "evidence")


@dataclass(frozen=True, slots=True)
class Place:
    """Where one size is measured."""

    root: Path  # the project
    text: Path  # its files as one
    out: Path

    def commands(self) -> dict[str, tuple[str, ...]]:
        """Return the commands compared, by name."""
        accords, oxigraph = str(BIN / "accords"), str(BIN / "oxigraph")
        quads, triples, text = str(self.out / "o.nq"), str(self.out / "o.nt"), str(self.text)
        graph = (oxigraph, "convert", "--from-file", text, "--to-file", quads, "--to-graph", GRAPH)
        return {
            "start": (accords, "convert", str(self.out / "empty.nt"), str(self.out / "empty.nq")),
            "accords export nq": self.export("nq"),
            "oxigraph convert nq": graph,
            HASHING: (sys.executable, "-c", _DIGEST, quads),
            "accords convert nt": (accords, "convert", text, triples),
            "oxigraph convert nt": (oxigraph, "convert", "--from-file", text, "--to-file", triples),
        }

    def export(self, form: str) -> tuple[str, ...]:
        """Return the command that exports in one form."""
        folder = str(self.out / f"export-{form}")
        target = ("--to", folder, "--replace", "--format", form, "--date", "2024-02-29")
        return str(BIN / "accords"), "--root", str(self.root), "export", *target


def main() -> None:
    """Print a table a size, and whether the budget is kept."""
    options = argparse.ArgumentParser()
    options.add_argument("--triples", type=int, nargs="+", default=[100_000, 1_000_000])
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--forms", action="store_true")
    given = options.parse_args()
    for triples in given.triples:
        with tempfile.TemporaryDirectory() as folder:
            place = _laid(Path(folder), triples)
            print(f"\n{triples} triples\n{HEAD}", flush=True)
            runs = _measured(place.commands(), given.runs)
            for name, done in runs.items():
                print(line(name, done), flush=True)
            _judged(runs)
            for form in FORMS if given.forms else ():
                print(line(f"accords export {form}", [once(list(place.export(form)))]), flush=True)


def _laid(folder: Path, triples: int) -> Place:
    """Generate a project, in a child: its memory is not that of this process."""
    place = Place(folder / "project", folder / "all.ttl", folder / "out")
    generate = Path(__file__).with_name("generate.py")
    command = [sys.executable, str(generate), "--triples", str(triples), "--to", str(place.root)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    place.out.mkdir()
    (place.out / "empty.nt").touch()
    with place.text.open("wb") as text:
        for source in Edition(Project(place.root), date(2024, 2, 29)).files():
            text.write(source.path.read_bytes() + b"\n")
    return place


def _measured(commands: dict[str, tuple[str, ...]], runs: int) -> dict[str, list[Run]]:
    """Return the runs of commands that take turns, after a warm-up: what else the machine does weighs on all."""
    done: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(runs + 1):
        for name, command in commands.items():
            done[name].append(once(list(command)))
    return {name: found[1:] for name, found in done.items()}


def _judged(runs: dict[str, list[Run]]) -> None:
    start, ours, theirs, hashing = (
        min(run.cpu for run in runs[name])
        for name in ("start", "accords export nq", "oxigraph convert nq", HASHING)
    )
    waited, whole = (
        statistics.median(run.wall for run in runs[name])
        for name in ("accords export nq", "oxigraph convert nq")
    )
    print(
        f"accords export nq / oxigraph convert, by the clock: {waited / whole:.2f} (budget {BUDGET}); "
        f"by processor time: {ours / theirs:.2f}, start-up apart {(ours - start) / theirs:.2f}, "
        f"and without its digest {(ours - start - hashing) / theirs:.2f}"
    )


if __name__ == "__main__":
    main()
