"""The findings of the last whole check, kept beside the cached graph that they are about.

Takes findings and puts them in a small database, never changed once it is in place; gives those about some
things or files, and how many there are. `beyond` tells what one list of findings has more than another.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import cache
from .findings import Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from .findings import Finding

_SCHEMA = """
PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE findings (file TEXT, severity TEXT, rule TEXT, focus TEXT, path TEXT, value TEXT, said TEXT);
"""
_INDEXES = "CREATE INDEX about ON findings (focus); CREATE INDEX inside ON findings (file, severity);"
_COLUMNS = "file, severity, rule, focus, path, value, said"


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of a finding: all but the line, which moves, and the words, which follow labels."""

    file: str
    severity: Severity
    rule: str
    focus: str | None
    path: str | None
    value: str | None
    said: str

    @property
    def key(self) -> tuple[str | None, ...]:
        """Return what makes two findings one; of a file, there may be several of a key."""
        if self.focus is None:
            return self.rule, self.file
        return self.rule, self.focus, self.path, self.value


def of(found: Finding) -> Known:
    """Return what is remembered of a finding."""
    return Known(
        text(found.location.file),
        found.severity,
        found.rule or found.code,
        None if found.focus is None else text(found.focus),
        None if found.path is None else text(found.path),
        None if found.value is None else text(found.value),
        text(found.message.fr),
    )


def text(said: str) -> str:
    r"""Return a text that a database takes: a file name that is not UTF-8 has halves of surrogate pairs.

    >>> text("caf\udce9")
    'caf\\udce9'
    """
    return said.encode("utf-8", "backslashreplace").decode()


def beyond(some: Iterable[Known], others: Iterable[Known]) -> list[Known]:
    """Return the findings that some have and the others have not, of equal keys those of other words."""
    words: dict[tuple[str | None, ...], set[str]] = defaultdict(set)
    left: Counter[tuple[str | None, ...]] = Counter()
    for one in others:
        words[one.key].add(one.said)
        left[one.key] += 1
    more = []
    for one in sorted(some, key=lambda one: one.said not in words[one.key]):
        left[one.key] -= 1
        if left[one.key] < 0:
            more.append(one)
    return more


def place(archive: Path | None) -> str:
    """Return how the folder of the archived texts is remembered: empty without one."""
    return "" if archive is None else str(archive.resolve())


def fill(path: Path, findings: Iterable[Finding], meta: Mapping[str, str]) -> None:
    """Put findings in a new database. Raises sqlite3.Error and OSError when it cannot be written."""
    base = sqlite3.connect(path, isolation_level=None)
    try:
        base.executescript(_SCHEMA)
        base.execute("BEGIN")
        rows = (
            (one.file, one.severity.value, one.rule, one.focus, one.path, one.value, one.said)
            for one in map(of, findings)
        )
        base.executemany("INSERT INTO findings VALUES (?,?,?,?,?,?,?)", rows)
        base.executemany("INSERT INTO meta VALUES (?,?)", meta.items())
        base.execute("COMMIT")
        base.executescript(_INDEXES)
    finally:
        base.close()


@dataclass(frozen=True)
class Ledger:
    """The findings of a whole check, open for reading. Every method raises CacheProblem when it is damaged."""

    base: sqlite3.Connection
    folder: Path

    def _rows(self, query: str, *given: object) -> Iterator[Any]:
        try:
            yield from self.base.execute(query, given)
        except sqlite3.Error as problem:
            raise cache.damaged(self.folder) from problem

    def archive(self) -> str:
        """Return the folder of the archived texts at that check, empty without one."""
        return "".join(value for (value,) in self._rows("SELECT value FROM meta WHERE key = 'archive'"))

    def about(self, things: Iterable[str]) -> list[Known]:
        """Return the findings about some things, by their CURIEs."""
        query = f"SELECT {_COLUMNS} FROM findings WHERE focus IN (SELECT value FROM json_each(?))"  # noqa: S608  # our own columns
        return [*map(_known, self._rows(query, json.dumps(list(things))))]

    def of_files(self, files: Collection[str]) -> list[Known]:
        """Return the findings about some files themselves, and about files that are not read."""
        query = (
            f"SELECT {_COLUMNS} FROM findings WHERE focus IS NULL AND "  # noqa: S608  # our own columns
            "(file IN (SELECT value FROM json_each(?)) OR rule LIKE '%#FI-05-%')"
        )
        return [*map(_known, self._rows(query, json.dumps(list(files))))]

    def counts(self, without: Collection[str]) -> Counter[Severity]:
        """Return how many findings there are of each severity, some files left out."""
        query = "SELECT severity, count(*) FROM findings GROUP BY severity"
        some = (
            "SELECT severity, count(*) FROM findings WHERE file IN (SELECT value FROM json_each(?)) "
            "GROUP BY severity"
        )
        every = Counter({Severity(name): count for name, count in self._rows(query)})
        every.subtract({Severity(name): count for name, count in self._rows(some, json.dumps(list(without)))})
        return every

    def close(self) -> None:
        """Let the database go."""
        self.base.close()


def opened(path: Path) -> Ledger:
    """Return the findings kept in a file."""
    return Ledger(cache.connected(path), path.parent)


def _known(row: tuple[Any, ...]) -> Known:
    file, severity, rule, focus, path, value, said = row
    return Known(file, Severity(severity), rule, focus, path, value, said)
