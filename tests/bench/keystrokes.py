"""`accords lsp` at the speed of typing: from a letter sent to the findings received; `make bench` prints it.

    python tests/bench/keystrokes.py [--root DIR] [--file data/agreements/x.ttl] [--letters 40]

A real client types into one file of the shipped graph (or of `--root`), one letter at a time, each sent when
the findings about the one before have come. Beside it, what the pointer and completion take. The budget:
300 ms at the median, the pause before a check included. Nothing here is a test, and no file is written.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from editor import Editor  # noqa: E402  # beside this folder

if TYPE_CHECKING:
    from collections.abc import Callable

FILE = "data/agreements/pdl-2023-prefiguration.ttl"
_WARM = 3  # letters that are not counted


def main() -> None:
    """Type, measure, print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--root", type=Path, default=ROOT)
    asked.add_argument("--file", default=FILE)
    asked.add_argument("--letters", type=int, default=40)
    given = asked.parse_args()
    root = given.root.resolve()
    with tempfile.TemporaryDirectory() as folder, Editor(root, Path(folder)) as editor:
        first = _timed(lambda: editor.findings(editor.open(root / given.file)))
        uri = (root / given.file).as_uri()
        print(f"{given.file}: {len(editor.texts[uri])} characters, {len(editor.findings(uri))} findings")
        print(f"  the first findings, cache built        {first:6.0f} ms")
        _print("a letter typed, to its findings", _typed(editor, uri, given.letters))
        _print("a letter typed, to what is offered", [_offered(editor, uri) for _ in range(given.letters)])
        at = editor.on(uri, "a ae:Agreement", 4)
        shown = [_timed(lambda: editor.ask("textDocument/hover", at)) for _ in range(given.letters)]
        _print("the pointer on a term", shown)


def _typed(editor: Editor, uri: str, letters: int) -> list[float]:
    at = editor.texts[uri].index('prefLabel "') + len('prefLabel "')

    def once() -> None:
        editor.type(uri, at, "x")
        editor.findings(uri)

    return [_timed(once) for _ in range(letters + _WARM)][_WARM:]


def _offered(editor: Editor, uri: str) -> float:
    at = editor.texts[uri].index("ae:theme ") + len("ae:theme ")

    def once() -> None:
        editor.type(uri, at, "a")
        editor.ask("textDocument/completion", editor.at(uri, at + 1))

    spent = _timed(once)
    editor.type(uri, at, "", removed=1)
    editor.findings(uri)
    return spent


def _timed(work: Callable[[], object]) -> float:
    begun = time.monotonic()
    work()
    return (time.monotonic() - begun) * 1000


def _print(what: str, times: list[float]) -> None:
    ordered = sorted(times)
    last = ordered[int(len(ordered) * 0.95)]
    print(f"  {what:38} {statistics.median(times):6.0f} ms (95 %: {last:.0f})")


if __name__ == "__main__":
    main()
