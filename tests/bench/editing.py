"""`accords check FILE` at editing speed, whole process, on a large generated graph; `make bench` prints it.

    python tests/bench/editing.py --triples 1000000 [--beside 10000] [--root DIR]

The graph is generated (or taken from `--root`, which is left as it was), the cache built by a first check. Then
one agreement is edited (a label changed) and checked, again and again, each time another edit. Beside it, for
scale: the `pyshacl` command on the whole of a graph of `--beside` triples, with the same shapes, once.
The budget: 0.5 s on a million triples. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from accords.project import Project
from generate import generate
from run import BIN, HEAD, files, line, once

if TYPE_CHECKING:
    from run import Run

RUNS = 9


def main() -> None:
    """Generate, measure, print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--triples", type=int, default=1_000_000)
    asked.add_argument("--beside", type=int, default=10_000, help="triples for pySHACL; 0: not measured")
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
        if given.beside:
            beside(place, given.beside)


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


def beside(place: Path, triples: int) -> None:
    """Print the `pyshacl` command on the whole of a smaller graph."""
    root = place / "small"
    generate(root, triples, seed=1)
    data, shapes, count = files(place, Project(root.resolve()))
    command = [str(BIN / "pyshacl"), "--advanced", "--shapes", str(shapes), "--format", "table", str(data)]
    print(line(f"pyshacl, all {count} triples", [once(command)]), flush=True)


if __name__ == "__main__":
    main()
