"""The parsed graph on disk, so that one edited file is checked without reading the others again.

A cache is a folder that holds one database a generation, never changed once it is in place, and a pointer
(`current.json`) that names it with its size and time: a database that differs from them is not trusted. A
generation is built beside and moved in; readers hold no lock and never see half of one. The pointer may also
name the findings of a whole check of the same files (`known`).

The database has the statements of every file that parses, term by term as written (a SPARQL store would
rewrite numbers), the stamp of each file, and what the rules are, prepared.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .errors import AccordsError, system_words
from .language import Words, printable
from .stamps import Stamp
from .writing import whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

FORMAT = 1  # of the database; another format is built again
_POINTER = "current.json"
_BASE = {  # what the database says of the disk
    "attempt to write a readonly database": "accès refusé",
    "database or disk is full": "plus de place sur le disque",
    "disk I/O error": "le système refuse de lire ou d'écrire",
    "unable to open database file": "le système refuse de l'ouvrir",
}
_BATCH = 20_000
_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE files (id INTEGER PRIMARY KEY, name TEXT UNIQUE, size INTEGER, mtime INTEGER, digest TEXT, young INTEGER);
CREATE TABLE terms (id INTEGER PRIMARY KEY, text TEXT UNIQUE NOT NULL);
CREATE TABLE quads (s INTEGER NOT NULL, p INTEGER NOT NULL, o INTEGER NOT NULL, f INTEGER NOT NULL);
CREATE TABLE properties (p INTEGER PRIMARY KEY);
CREATE TABLE names (key TEXT NOT NULL, s INTEGER NOT NULL, p INTEGER NOT NULL, o INTEGER NOT NULL, f INTEGER NOT NULL);
"""
_INDEXES = """
CREATE INDEX forward ON quads (s);
CREATE INDEX backward ON quads (o, p);
CREATE INDEX written ON quads (f);
CREATE INDEX alike ON names (key);
"""

Row = tuple[int, int, int, int, int]  # subject, property, object, file, order in which it was read


class CacheProblem(AccordsError):
    """The cache cannot be read or written; the check goes on without it."""


@dataclass(frozen=True, slots=True)
class Content:
    """What one file brings into the cache."""

    name: str
    stamp: Stamp
    triples: tuple[tuple[object, object, object], ...]  # terms
    names: tuple[tuple[str, object, object, object], ...]  # look-alike key, subject, property, label


def put(folder: Path, contents: Iterable[Content], meta: Mapping[str, str]) -> Path:
    """Write a new generation, which nothing names yet, and return its database.

    Raises CacheProblem when it cannot be written; what was there stays.
    """
    _sweep(folder, keep=_named(folder))
    return beside(folder, ".sqlite", lambda draft: _fill(draft, contents, meta))


def beside(folder: Path, suffix: str, fill: Callable[[Path], None]) -> Path:
    """Have a file written beside the others, whole or not at all, and return its path.

    Raises CacheProblem when it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f"graph-{os.getpid()}-{time.time_ns()}.draft"
        try:
            fill(draft)
            with draft.open("rb+") as written:
                os.fsync(written.fileno())
            return draft.replace(draft.with_suffix(suffix))
        except BaseException:
            with contextlib.suppress(OSError):
                draft.unlink()
            raise
    except (OSError, sqlite3.Error, AccordsError) as problem:
        raise _unwritten(folder, problem) from problem


def name(folder: Path, database: Path, known: Path | None = None) -> None:
    """Make a database the current generation, `known` being the findings of a whole check of the same files.

    Raises CacheProblem when it cannot be written; what was there stays.
    """
    try:
        pointer = {"format": FORMAT, **_sealed(database)}
        if known is not None:
            pointer["known"] = _sealed(known)
        whole(folder / _POINTER, json.dumps(pointer).encode())
        _sweep(folder, keep=_named(folder) | {database.name})
    except (OSError, AccordsError) as problem:
        raise _unwritten(folder, problem) from problem


def _sealed(path: Path) -> dict[str, object]:
    status = path.stat()
    return {"database": path.name, "size": status.st_size, "mtime": status.st_mtime_ns}


def _fill(path: Path, contents: Iterable[Content], meta: Mapping[str, str]) -> None:
    base = sqlite3.connect(path, isolation_level=None)
    try:
        base.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536;" + _SCHEMA
        )
        base.execute("BEGIN")
        known: dict[object, int] = {}
        fresh: list[tuple[int, str]] = []

        def number(term: object) -> int:
            found = known.get(term)
            if found is None:
                found = known[term] = len(known) + 1
                fresh.append((found, str(term)))
            return found

        for place, content in enumerate(contents, 1):
            stamp = content.stamp
            row = (place, content.name, stamp.size, stamp.mtime, stamp.digest, int(stamp.young))
            base.execute("INSERT INTO files VALUES (?,?,?,?,?,?)", row)
            base.executemany(
                "INSERT INTO quads VALUES (?,?,?,?)",
                [(number(s), number(p), number(o), place) for s, p, o in content.triples],
            )
            base.executemany(
                "INSERT INTO names VALUES (?,?,?,?,?)",
                [(key, number(s), number(p), number(o), place) for key, s, p, o in content.names],
            )
            if len(fresh) > _BATCH:
                base.executemany("INSERT INTO terms VALUES (?,?)", fresh)
                fresh.clear()
        base.executemany("INSERT INTO terms VALUES (?,?)", fresh)
        base.executemany("INSERT INTO meta VALUES (?,?)", meta.items())
        base.execute("INSERT INTO properties SELECT DISTINCT p FROM quads")
        base.execute("COMMIT")
        base.executescript(_INDEXES)
    finally:
        base.close()


def current(folder: Path) -> frozenset[Path]:
    """Return the files of the current generation."""
    return frozenset(folder / name for name in _named(folder))


def _named(folder: Path) -> frozenset[str]:
    try:
        pointer = json.loads((folder / _POINTER).read_bytes())
        return frozenset(str(one["database"]) for one in (pointer, pointer.get("known")) if one)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return frozenset()


def _sweep(folder: Path, *, keep: frozenset[str]) -> None:
    """Take away older generations, and drafts whose builder is gone."""
    for path in folder.glob("graph-*"):
        builder = path.name.split("-")[1]
        others = builder.isdigit() and int(builder) != os.getpid() and alive(int(builder))
        if path.name not in keep and not others:
            with contextlib.suppress(OSError):
                path.unlink()


def alive(process: int) -> bool:
    """Tell whether a process of that number is there."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _unwritten(folder: Path, problem: Exception) -> CacheProblem:
    match problem:
        case AccordsError():
            said = problem.message
        case OSError():
            said = system_words(problem)
        case _:
            told = printable(str(problem), 200)
            said = Words(_BASE.get(told, told), told)
    name = printable(str(folder), 200)
    return CacheProblem(
        Words(f"cache non écrit ({name} : {said.fr})", f"cache not written ({name}: {said.en})"),
        hint=Words(
            "choisir un autre dossier : ACCORDS_CACHE=DOSSIER ; s'en passer : --no-cache",
            "choose another folder: ACCORDS_CACHE=FOLDER; do without: --no-cache",
        ),
    )


def opened(folder: Path) -> Cached | None:
    """Return the cache of a folder, or None when there is none of this format.

    Raises CacheProblem when it is damaged, or cannot be read.
    """
    for _ in range(3):  # a builder may take the generation away between the two looks
        try:
            pointer = json.loads((folder / _POINTER).read_bytes())
            if pointer["format"] != FORMAT:
                return None
            path = _found(folder, pointer)
            known = _found(folder, pointer["known"]) if "known" in pointer else None
            return Cached(connected(path), path, known)
        except FileNotFoundError:
            if not (folder / _POINTER).exists():
                return None
        except (OSError, ValueError, KeyError, TypeError, sqlite3.Error) as problem:
            raise damaged(folder) from problem
    raise damaged(folder)


def _found(folder: Path, sealed: Mapping[str, Any]) -> Path:
    """Return a file that the pointer names, if it is what it was."""
    path = folder / str(sealed["database"])
    status = path.stat()
    if (status.st_size, status.st_mtime_ns) != (sealed["size"], sealed["mtime"]):
        raise damaged(folder)
    return path


def connected(path: Path) -> sqlite3.Connection:
    """Return a database that nobody changes, open for reading."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def damaged(folder: Path) -> CacheProblem:
    """Return what is said of a cache that cannot be read."""
    name = printable(str(folder), 200)
    return CacheProblem(Words(f"cache abîmé ou illisible ({name})", f"damaged or unreadable cache ({name})"))


@dataclass(frozen=True)
class Cached:
    """One generation, open for reading. Every method raises CacheProblem when the database is damaged."""

    base: sqlite3.Connection
    path: Path
    known: Path | None = None  # the findings of a whole check of the same files

    def _rows(self, query: str, *given: object) -> Iterator[Any]:
        try:
            yield from self.base.execute(query, given)
        except sqlite3.Error as problem:
            raise damaged(self.path.parent) from problem

    def meta(self) -> dict[str, str]:
        """Return what was said of the whole when it was built."""
        return dict(self._rows("SELECT key, value FROM meta"))

    def files(self) -> dict[str, tuple[int, Stamp]]:
        """Return the number and the stamp of each file, by its printed name."""
        return {
            name: (number, Stamp(size, mtime, hashed, bool(young)))
            for number, name, size, mtime, hashed, young in self._rows("SELECT * FROM files")
        }

    def outgoing(self, subjects: Iterable[int]) -> dict[int, list[Row]]:
        """Return the statements about each subject."""
        found: dict[int, list[Row]] = defaultdict(list)
        for row in self._rows(
            "SELECT q.s, q.p, q.o, q.f, q.rowid FROM json_each(?) j CROSS JOIN quads q ON q.s = j.value",
            _listed(subjects),
        ):
            found[row[0]].append(row)
        return found

    def incoming(self, ends: Iterable[tuple[int, int]]) -> dict[tuple[int, int], list[Row]]:
        """Return the statements with each object and property."""
        found: dict[tuple[int, int], list[Row]] = defaultdict(list)
        for row in self._rows(
            "SELECT q.s, q.p, q.o, q.f, q.rowid FROM json_each(?) j "
            "CROSS JOIN quads q ON q.o = json_extract(j.value, '$[0]') AND q.p = json_extract(j.value, '$[1]')",
            _listed(ends),
        ):
            found[row[2], row[1]].append(row)
        return found

    def referring(self, objects: Iterable[int]) -> dict[int, list[Row]]:
        """Return the statements with each object, whatever the property."""
        found: dict[int, list[Row]] = defaultdict(list)
        for row in self._rows(
            "SELECT q.s, q.p, q.o, q.f, q.rowid FROM json_each(?) j CROSS JOIN quads q ON q.o = j.value",
            _listed(objects),
        ):
            found[row[2]].append(row)
        return found

    def written(self, file: int) -> list[Row]:
        """Return the statements of a file, in order."""
        return list(self._rows("SELECT s, p, o, f, rowid FROM quads WHERE f = ? ORDER BY rowid", file))

    def alike(self, keys: Iterable[str]) -> list[tuple[str, int, int, int, int]]:
        """Return the labels that share a key, with key, subject, property, label and file."""
        return list(
            self._rows(
                "SELECT n.key, n.s, n.p, n.o, n.f FROM json_each(?) j CROSS JOIN names n ON n.key = j.value",
                _listed(keys),
            )
        )

    def numbers(self, texts: Iterable[str]) -> dict[str, int]:
        """Return the numbers of terms, by their N-Triples; a term that is not held has none."""
        return {
            text: number
            for number, text in self._rows(
                "SELECT t.id, t.text FROM json_each(?) j CROSS JOIN terms t ON t.text = j.value",
                _listed(texts),
            )
        }

    def texts(self, numbers: Iterable[int]) -> dict[int, str]:
        """Return the N-Triples of terms, by their numbers."""
        return dict(
            self._rows(
                "SELECT t.id, t.text FROM json_each(?) j CROSS JOIN terms t ON t.id = j.value",
                _listed(numbers),
            )
        )

    def subjects(self, opening: str, hidden: Iterable[int]) -> Iterator[str]:
        """Yield the N-Triples of the terms that begin so and that a file which is not hidden describes."""
        yield from (
            text
            for (text,) in self._rows(
                "SELECT t.text FROM terms t WHERE t.text >= ?1 AND t.text < ?1 || char(1114111) AND EXISTS "
                "(SELECT 1 FROM quads q WHERE q.s = t.id AND q.f NOT IN (SELECT value FROM json_each(?2)))",
                opening,
                _listed(hidden),
            )
        )

    def properties(self) -> Iterator[int]:
        """Yield the terms that some statement uses as its property."""
        yield from (number for (number,) in self._rows("SELECT p FROM properties"))

    def close(self) -> None:
        """Let the database go."""
        self.base.close()


def _listed(values: Iterable[Any]) -> str:
    return json.dumps(list(values))
