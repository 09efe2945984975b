"""What the website costs: time, memory and weight of the site of generated projects.

    python tests/bench/website.py --triples 10000 60000

For each size a project is generated (seeded) and exported as a website, once: some 60,000 triples make 10,000 records,
claims and excerpts included, each with its page in both languages and three files. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from run import BIN, HEAD, line, once

_SVG = re.compile(rb"<svg.*?</svg>", re.DOTALL)


def main() -> None:
    """Print a line a size, and what was written."""
    options = argparse.ArgumentParser()
    options.add_argument("--triples", type=int, nargs="+", default=[10_000, 60_000])
    for triples in options.parse_args().triples:
        with tempfile.TemporaryDirectory() as folder:
            root, site = Path(folder, "project"), Path(folder, "site")
            generate = Path(__file__).with_name("generate.py")
            made = [sys.executable, str(generate), "--triples", str(triples), "--to", str(root)]
            subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
            address = ["--address", "https://site.example/"]
            export = ["export", "--to", str(site), "--format", "site", "--date", "2024-02-29", *address]
            done = once([str(BIN / "accords"), "--root", str(root), *export])
            print(
                f"\n{triples} triples\n{HEAD}\n{line('accords export site', [done])}\n{_told(site)}",
                flush=True,
            )


def _told(site: Path) -> str:
    """Return how much was written."""
    pages = list(site.rglob("*.html"))
    files = [path for path in site.rglob("*") if path.is_file()]
    weight = sum(path.stat().st_size for path in files)
    heaviest = max(len(_SVG.sub(b"", path.read_bytes())) for path in pages)
    records = len(list((site / "id").rglob("*.ttl")))
    search = (site / "site" / "records.js").stat().st_size
    return (
        f"{records} records, {len(pages)} pages, {len(files)} files, {weight / 2**20:.0f} MiB; "
        f"heaviest page without pictures: {heaviest / 1000:.0f} kB; words to search: {search / 1000:.0f} kB"
    )


if __name__ == "__main__":
    main()
