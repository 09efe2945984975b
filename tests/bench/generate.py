"""An invented graph of any size, as a whole project folder: `python tests/bench/generate.py --to DIR`.

The records have the shape and the proportions of the shipped ones and use its concepts; every name of
a record begins with `gen-`. The same number of triples and the same seed give the same bytes.

1. Copy `ontology/`, `shapes/` and `queries/` of this checkout into the folder.
2. Draw up a country of the right size (`invented.country`) and write it.
3. Write agreements, one file each, until the number of triples is reached.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from accords import loading
from accords.project import FOLDERS, Project
from invented import agreements, census, country, plans, shared
from invented.writing import Folder

ROOT = Path(__file__).resolve().parents[2]
LEAST = 3_000  # triples: a country without agreements has some


def generate(to: Path, triples: int, seed: int) -> Folder:
    """Write a project of about so many triples into an empty folder."""
    for name in FOLDERS:
        if name != "data":
            shutil.copytree(ROOT / name, to / name)
    folder = Folder(to / "data", loading.load(Project(ROOT)).prefixes.table)
    land = country.imagined(country.Scale.of(triples), seed)
    census.write(land, folder, seed)
    shared.write(land, folder, seed)
    for number, renewed in enumerate(plans.series(land, seed)):
        if folder.triples >= triples and number >= len(land.regions):  # each region's protocol is referred to
            break
        for plan in renewed:
            agreements.write(plan, folder, seed)
    return folder


def main() -> int:
    """Read the arguments, write the folder, say what it holds."""
    parser = argparse.ArgumentParser(description="Write an invented graph as a project folder.")
    parser.add_argument("--triples", type=int, default=10_000, help="about how many triples (default: 10000)")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives another country (default: 1)")
    parser.add_argument("--to", type=Path, required=True, help="an empty folder, or one to be made")
    given = parser.parse_args()
    if given.triples < LEAST:
        parser.error(f"--triples: at least {LEAST}")
    if given.to.exists() and any(given.to.iterdir()):
        parser.error(f"--to: {given.to} is not empty")
    made = generate(given.to, given.triples, given.seed)
    print(f"{made.triples} triples, {made.files} files in {made.path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
