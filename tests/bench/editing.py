"""`accords check FILE` at editing speed, whole process, on a large generated graph; `make bench` prints it.

    python tests/bench/editing.py --triples 1000000 [--scale 1000 2000] [--patience 300] [--root DIR]

The graph is generated (or taken from `--root`, which is left as it was), the cache built by a first check. Then
one agreement is edited (a label changed) and checked, again and again, each time another edit.
The budget: 0.5 s on a million triples. Nothing here is a test.

Beside it, for scale: the `pyshacl` command, once a size, with the same shapes, on the ontology and so many triples
of records (`--scale`; 0: the ontology alone; none: not measured), from the smallest on, until one does not end
within `--patience` seconds. It reads the text of a SPARQL rule anew for every thing that the rule looks at: of
its time, four fifths went there, one twentieth to finding answers (cProfile, 9,351 triples). So it grows with things
times rules, and the ontology, whose concepts have rules too, costs a minute before the first record. Ten thousand
triples of records: `--scale 10000 --patience 3600`.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from accords.project import Project
from generate import LEAST, generate
from run import BIN, HEAD, files, line, once

if TYPE_CHECKING:
    from run import Run

RUNS = 9


def main() -> None:
    """Generate, measure, print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--triples", type=int, default=1_000_000)
    asked.add_argument(
        "--scale", type=int, nargs="*", default=[1000, 2000], help="triples of records for pySHACL"
    )
    asked.add_argument("--patience", type=float, default=300, help="seconds for each of these")
    asked.add_argument("--root", type=Path, help="a project that is there already")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        os.environ["ACCORDS_CACHE"] = str(place / "kept")
        root = given.root
        if root is None:
            root = place / "large"
            print(f"{generate(root, given.triples, seed=1).triples} triples")
        print(HEAD)
        edited(root)
        if given.scale:
            beside(place, sorted(given.scale), given.patience)


def edited(root: Path) -> None:
    """Print the first check of a file, and the check after each edit of it."""
    every = sorted((root / "data" / "agreements").glob("*.ttl"))
    path = every[len(every) // 2]
    text = path.read_text(encoding="utf-8")
    command = [str(BIN / "accords"), "--root", str(root), "check", str(path)]
    print(line("accords check FILE, cache being built", [once(command)]), flush=True)
    print(line("accords check FILE, nothing edited", [once(command) for _ in range(RUNS)]), flush=True)
    runs: list[Run] = []
    try:
        for number in range(RUNS):
            path.write_text(text.replace('"@fr', f' {number}"@fr', number + 1), encoding="utf-8")
            runs.append(once(command))
    finally:
        path.write_text(text, encoding="utf-8")
    print(line("accords check FILE, after an edit of it", runs), flush=True)


def beside(place: Path, sizes: list[int], patience: float) -> None:
    """Print the `pyshacl` command on smaller graphs, and how it grows from one to the next."""
    root = place / "small"
    generate(root, max(*sizes, LEAST), seed=1)
    before: tuple[int, Run] | None = None
    for size in sizes:
        data, shapes, count = files(place, Project(root.resolve()), size)
        command = [
            str(BIN / "pyshacl"),
            "--advanced",
            "--shapes",
            str(shapes),
            "--format",
            "table",
            str(data),
        ]
        run = once(command, patience=patience)
        print(line(f"pyshacl, {count} triples", [run]), flush=True)
        if run.code < 0:
            print(f"  stopped: it did not end in {patience:.0f} s; load {os.getloadavg()[0]:.1f}")
            return
        if before is not None and count > before[0]:
            growth = (run.cpu - before[1].cpu) / (count - before[0]) * 1000
            print(f"  {growth:.0f} s of processor for a thousand triples more; load {os.getloadavg()[0]:.1f}")
        before = count, run


if __name__ == "__main__":
    main()
