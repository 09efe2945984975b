"""A project as the cache has it, and what has changed on disk since.

1. `survey` lists the content files with size and time; nothing is opened.
2. `standing` compares them with the cache and parses those that differ.
3. `build` parses everything and puts a new cache in place.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from . import cache, known, loading, prepared, runnable, stamps, wellformed
from .cache import Content
from .findings import Severity
from .rulebook import of_documents
from .stamps import Stamp
from .validation import rules_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from .cache import Cached
    from .loading import Document, FileProblem, Knowledge
    from .prepared import Prepared
    from .project import Project

MANY = 200  # files that differ from the cache before it is built again


@dataclass(frozen=True, slots=True)
class Listed:
    """One content file: where it is, in which folder, its stamp."""

    path: Path
    folder: str  # data, ontology, shapes
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Survey:
    """The content files of a project by printed name, in order, and what is wrong with some."""

    project: Project
    files: Mapping[str, Listed]
    problems: tuple[FileProblem, ...]


@dataclass(frozen=True, eq=False)
class Standing:
    """The cache, and what must be laid over it: `fresh` documents instead of `hidden` files."""

    survey: Survey
    cached: Cached
    files: Mapping[str, int]  # the numbers of cached files, by name
    hidden: frozenset[int]
    fresh: tuple[tuple[Document, str], ...]  # each with its folder
    problems: tuple[FileProblem, ...]
    rules: Prepared
    table: Mapping[str, str]  # the house prefixes
    known: Path | None = (
        None  # the findings of the last whole check, if the rules and prefixes are still the same
    )

    @property
    def touched(self) -> frozenset[str]:
        """Return the files read again, and those that are gone."""
        gone = (name for name in self.files if name not in self.survey.files)
        return frozenset({*(document.name for document, _ in self.fresh), *gone})

    @property
    def whole(self) -> bool:
        """Tell whether the rules may run: every file parses."""
        return not any(problem.severity is Severity.ERROR for problem in self.problems)

    def as_cached(self, names: frozenset[str]) -> Standing:
        """Return the same with some files as the cache has them, those that are gone included."""
        project = self.survey.project
        gone = {
            name: Listed(project.root / name, name.partition("/")[0], Stamp(0, 0))
            for name in names
            if name in self.files and name not in self.survey.files
        }
        return replace(
            self,
            survey=replace(self.survey, files={**self.survey.files, **gone}),
            hidden=self.hidden - {self.files[name] for name in names if name in self.files},
            fresh=tuple((document, folder) for document, folder in self.fresh if document.name not in names),
        )


def survey(project: Project, only: tuple[Path, ...] = ()) -> Survey:
    """Return the content files as the system has them now; `only` may name further files, taken as data."""
    files: dict[str, Listed] = {}
    problems: list[FileProblem] = []
    root = f"{project.root.as_posix()}/"

    def name_of(path: Path) -> str:  # as `Project.name_of`, for thousands of files
        text = path.as_posix()
        return text[len(root) :] if text.startswith(root) else project.name_of(path)

    for name, folder, skip in (
        ("data", project.data, frozenset[str]()),
        ("ontology", project.ontology, loading.NOT_CONTENT),
        ("shapes", project.shapes, frozenset[str]()),
    ):
        for path, refused in loading.content_files(project, folder, skip=skip):
            if refused is not None:
                problems.append(refused)
                continue
            try:
                files[name_of(path)] = Listed(path, name, stamps.stamp_of(path))
            except OSError:  # gone meanwhile
                continue
    known = {*files, *(problem.location.file for problem in problems)}
    for path in only:
        name = project.name_of(path.resolve())
        if name not in known and path.is_file():
            files[name] = Listed(path, "data", stamps.stamp_of(path))
        elif name not in known and name in project.drafts:  # never saved, or gone
            files[name] = Listed(path, "data", Stamp(0, 0))
    return Survey(project, files, tuple(problems))


def build(project: Project, folder: Path, told: Callable[[str], None]) -> bool:
    """Parse the project and put its cache in place; False when its rules cannot be cached.

    Raises CacheProblem when it cannot be written.
    """
    before = survey(project)
    rules = ready(loading.load_shapes(project))
    if rules is None:
        return False
    cache.name(folder, put(folder, before, loading.load(project, told), prepared.written(rules)))
    return True


def put(folder: Path, before: Survey, knowledge: Knowledge, rules: str) -> Path:
    """Write what was parsed into a new database, which nothing names yet, and return it.

    `before` is the survey made before the files were read, `rules` what `prepared` wrote. Raises CacheProblem.
    """
    names = {document.name for document in knowledge.data}
    sources = [document.name for document in knowledge.ontology if loading.declared((document,))]
    meta = {
        "tool": _tool(),
        "rules": rules,
        "prefixes": json.dumps(dict(knowledge.prefixes.table)),
        "prefix files": json.dumps(sources),
    }
    return cache.put(folder, _contents(before, knowledge, names), meta)


def held_rules(found: Survey, cached: Cached) -> str | None:
    """Return the prepared rules that a cache holds, if they are still those of the project."""
    meta, held = cached.meta(), cached.files()
    if meta.get("tool") != _tool():
        return None
    listed = {name: one for name, one in found.files.items() if one.folder == "shapes"}
    gone = any(name.startswith("shapes/") and name not in listed for name in held)
    changed = gone or any(_differs(one, held.get(name)) for name, one in listed.items())
    return None if changed else meta["rules"]


def is_held(found: Survey, cached: Cached) -> bool:
    """Tell whether a cache holds every file as it is."""
    held = cached.files()
    return held.keys() == found.files.keys() and not any(
        _differs(one, held[name]) for name, one in found.files.items()
    )


def _contents(before: Survey, knowledge: Knowledge, data: set[str]) -> Iterator[Content]:
    """Yield what goes into the cache; a file that changed while it was read stays out, so does a name of odd bytes."""
    parsed = {document.name: document for document in knowledge.documents}
    for name, listed in before.files.items():
        document = parsed.get(name)
        if (document is None and listed.folder != "shapes") or known.text(name) != name:
            continue
        if (stamp := _sealed(listed)) is None:
            continue
        if document is None:
            yield Content(name, stamp, (), ())
            continue
        triples = tuple((t.subject, t.predicate, t.object) for t in document.triples)
        labels = wellformed.label_keys(document.triples) if name in data else ()
        keys = tuple((key, t.subject, t.predicate, t.object) for key, t in labels)
        yield Content(name, stamp, triples, keys)


def _sealed(listed: Listed) -> Stamp | None:
    try:
        digest = stamps.digest(listed.path.read_bytes())
        unchanged = stamps.stamp_of(listed.path) == listed.stamp
    except OSError:
        return None
    young = stamps.young(listed.stamp)
    return replace(listed.stamp, digest=digest, young=young) if unchanged else None


def standing(found: Survey, cached: Cached, asked: frozenset[str]) -> Standing | None:
    """Return how a project stands to its cache; the files asked for are read again in any case.

    None when the cache is of another version, when too much has changed, or when the rules as they are
    now cannot be prepared: all must be read.
    """
    meta = cached.meta()
    if meta.get("tool") != _tool():
        return None
    held = cached.files()
    differing = {name for name, listed in found.files.items() if _differs(listed, held.get(name))}
    gone = {name for name in held if name not in found.files}
    if len(differing | gone) > MANY:
        return None
    ruled = not any(found.files[n].folder == "shapes" for n in differing) and not any(
        n.startswith("shapes/") for n in gone
    )
    rules = prepared.read(meta["rules"]) if ruled else ready(loading.load_shapes(found.project))
    if rules is None:
        return None
    read = sorted(
        (
            name
            for name in differing | ({*asked, *found.project.drafts} & set(found.files))
            if found.files[name].folder != "shapes"
        ),
        key=list(found.files).index,
    )
    fresh, problems = _read(found, read)
    hidden = frozenset(held[name][0] for name in {*read, *gone} if name in held)
    numbers = {name: number for name, (number, _) in held.items()}
    table = _table(found, meta, fresh)
    kept = cached.known if ruled and table == json.loads(meta["prefixes"]) else None
    return Standing(found, cached, numbers, hidden, fresh, (*found.problems, *problems), rules, table, kept)


def _differs(listed: Listed, held: tuple[int, Stamp] | None) -> bool:
    try:
        return held is None or stamps.stale(listed.path, held[1], listed.stamp)
    except OSError:
        return True


def _read(
    found: Survey, names: list[str]
) -> tuple[tuple[tuple[Document, str], ...], tuple[FileProblem, ...]]:
    house = functools.cache(lambda: loading.house(found.project))
    fresh: list[tuple[Document, str]] = []
    problems: list[FileProblem] = []
    for name in names:
        path = found.files[name].path
        document, wrong = loading.read(path, name, house=house, drafts=found.project.drafts)
        problems.extend(wrong)
        if document is not None:
            fresh.append((document, found.files[name].folder))
    return tuple(fresh), tuple(problems)


def _table(
    found: Survey, meta: Mapping[str, str], fresh: tuple[tuple[Document, str], ...]
) -> Mapping[str, str]:
    """Return the house table of prefixes, as the files are now."""
    sources: list[str] = json.loads(meta["prefix files"])
    ontology = {document.name: document for document, folder in fresh if folder == "ontology"}
    declaring = {name: document for name, document in ontology.items() if loading.declared((document,))}
    if not declaring and all(name in found.files and name not in ontology for name in sources):
        table: dict[str, str] = json.loads(meta["prefixes"])
        return table
    names = [name for name in found.files if name in declaring or name in sources]
    documents = [ontology.get(name) or loading.read(found.files[name].path, name)[0] for name in names]
    return loading.declared(tuple(document for document in documents if document is not None))


def ready(shapes: tuple[tuple[Document, ...], tuple[FileProblem, ...]]) -> Prepared | None:
    """Return the rules, prepared; None when something is wrong with them."""
    documents, problems = shapes
    found = rules_of(documents)
    wrong = (*problems, *runnable.problems(documents, found))
    if any(problem.severity is Severity.ERROR for problem in wrong):
        return None
    return prepared.prepare(found, of_documents(documents))


@functools.cache
def _tool() -> str:
    """Return what another version of this program would not have: the stamps of its own files."""
    with os.scandir(Path(__file__).parent) as entries:
        found = [entry for entry in entries if entry.name.endswith(".py")]
    stamps = sorted((entry.name, entry.stat().st_size, entry.stat().st_mtime_ns) for entry in found)
    return hashlib.sha256(repr(stamps).encode()).hexdigest()
