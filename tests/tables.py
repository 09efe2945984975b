"""Tables given to `accords import`, and what the data holds before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from calling import Called, Caller


def holds(root: Path) -> dict[str, bytes]:
    """Return what every file of the data holds, hidden ones included."""
    return {str(path): path.read_bytes() for path in (root / "data").rglob("*") if path.is_file()}


def imported(call: Caller, content: str | bytes, *words: str, kind: str = "person") -> Called:
    """Import a table of CSV."""
    path = call.root / "table.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return call("import", str(path), *(("--kind", kind) if kind else ()), *words)
