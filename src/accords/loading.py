"""From files to knowledge: every Turtle file parsed strictly, every error of every file kept.

1. `files.content_files` walks a folder; what cannot be read safely becomes a finding instead.
2. `read` takes one file: its bytes are judged and parsed (`parsing`), all errors kept.
3. `load` does so for the data and the ontology and returns `Knowledge`; `load_shapes` for the rules.

What is wrong with a file is a finding of the family FI; nothing here raises for bad content.
"""

from __future__ import annotations

import functools
import stat
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from . import turtle
from .errors import system_words
from .files import content_files, leaves
from .findings import Severity
from .language import Words
from .location import Location
from .parsing import LARGEST, FileProblem, parsed, too_large, unfit
from .terms import Prefixes
from .vocab import SH, TYPE

if TYPE_CHECKING:
    from pathlib import Path

    from .project import Project
    from .terms import Term

__all__ = [
    "LARGEST",
    "NOT_CONTENT",
    "RELEASED",
    "Document",
    "FileProblem",
    "Knowledge",
    "Reading",
    "content_files",
    "declared",
    "house",
    "load",
    "load_folder",
    "load_shapes",
    "marked",
    "of_bytes",
    "raw",
    "read",
    "with_files",
]

House = Callable[[], Mapping[str, str]]  # the house table of prefixes, when it is needed

RELEASED = "released.ttl"  # what the last release said, kept in the folder of the ontology
NOT_CONTENT = frozenset(
    {"alignments", "hygiene", "migrations", RELEASED}
)  # what the folder of the ontology holds beside the graph
_NO_DRAFTS: Mapping[str, str] = {}
_PREFIXES = "prefixes.ttl"  # the file of the ontology that declares the house prefixes


@dataclass(frozen=True, eq=False)
class Document:
    """One parsed file: its triples in order, and where each of them is written, on demand."""

    path: Path
    name: str  # as printed
    triples: tuple[Triple, ...]
    prefixes: dict[str, str] = field(default_factory=dict)
    draft: str | None = None  # the text, where it is not what the file holds

    @cached_property
    def text(self) -> str:
        """Return the text of the file, read again: positions are rarely asked for."""
        if self.draft is not None:
            return self.draft.removeprefix("\ufeff")
        try:
            return self.path.read_bytes().decode("utf-8-sig", errors="replace")
        except OSError:  # gone since it was parsed
            return ""

    @cached_property
    def _places(self) -> dict[tuple[Term | None, ...], tuple[int, int]]:
        """Return where subjects, predicates and objects stand, by what is known of the triple."""
        lines = turtle.Lines(self.text)
        places: dict[tuple[Term | None, ...], tuple[int, int]] = {}
        for row in self._rows:
            start, verb, end = (lines.at(span.start) for span in row.at)
            value = _named(row.object)
            for subject in dict.fromkeys((row.subject, _named(row.subject))):
                places.setdefault((subject, row.predicate, value), end)
                places.setdefault((subject, row.predicate), verb)
                if row.predicate == TYPE:
                    places.setdefault((subject, TYPE, None), start)
                places.setdefault((subject,), start)
            places.setdefault((None, row.predicate, value), end)
        return places

    @cached_property
    def _rows(self) -> tuple[turtle.Triple, ...]:
        return turtle.read(self.text).triples

    @cached_property
    def _nodes(self) -> Mapping[Term, Term]:
        """Return what each blank node is called where the text is read for places.

        They are told apart as far as both readings go in the same order; nothing tells those behind.
        """
        found: dict[Term, Term] = {}
        for triple, row in zip(self.triples, self._rows, strict=False):
            pairs = ((triple.subject, row.subject), (triple.object, row.object))
            if triple.predicate != row.predicate or any(_named(a) != _named(b) for a, b in pairs):
                break
            found |= {a: b for a, b in pairs if isinstance(a, BlankNode)}
        return found

    def _placed(self, subject: Term) -> Term:
        """Return what a subject is called among the places."""
        return self._nodes.get(subject, _BLANK) if isinstance(subject, BlankNode) else subject

    @cached_property
    def _said(self) -> frozenset[tuple[Term, ...]]:
        """Return each triple, and each subject with its predicate."""
        rows = ((t.subject, t.predicate, t.object) for t in self.triples)
        return frozenset(said for row in rows for said in (row, row[:2]))

    def says(self, subject: Term, predicate: Term, value: Term | None) -> bool:
        """Tell whether the file holds a triple; without a value, any triple of the two."""
        return ((subject, predicate) if value is None else (subject, predicate, value)) in self._said

    def locate(self, subject: Term, predicate: Term | None = None, value: Term | None = None) -> Location:
        """Return where a triple stands: its object, else its predicate, else the record's first line."""
        subject, value = self._placed(subject), value if value is None else _named(value)
        keys: list[tuple[Term | None, ...]] = []
        if predicate is not None:
            if value is not None:
                keys += [(subject, predicate, value)]
            keys += [(subject, predicate)]
            if value is not None and isinstance(subject, BlankNode):
                keys += [(None, predicate, value)]
        keys += [(subject, TYPE, None), (subject,)]
        for key in keys:
            if key in self._places:
                return Location(self.name, *self._places[key])
        return Location(self.name)


_BLANK = BlankNode("any")


def _named(term: Term) -> Term:
    return _BLANK if isinstance(term, BlankNode) else term


@dataclass(frozen=True, eq=False)
class Knowledge:
    """The loaded graph: the records, the ontology with its concepts, and what could not be read."""

    project: Project
    data: tuple[Document, ...]
    ontology: tuple[Document, ...]
    problems: tuple[FileProblem, ...]
    table: Mapping[str, str] | None = None  # the house prefixes, where they are known without the ontology

    @property
    def documents(self) -> tuple[Document, ...]:
        """Return every file of the merged graph."""
        return self.data + self.ontology

    @cached_property
    def prefixes(self) -> Prefixes:
        """Return the house table of prefixes."""
        return Prefixes(declared(self.ontology) if self.table is None else self.table)

    @cached_property
    def homes(self) -> dict[Term, tuple[Document, ...]]:
        """Return, for each subject, the files that describe it, the one that types it first."""
        typed: dict[Term, dict[Document, None]] = defaultdict(dict)
        other: dict[Term, dict[Document, None]] = defaultdict(dict)
        for document in self.documents:
            for triple in document.triples:
                (typed if triple.predicate == TYPE else other)[triple.subject][document] = None
        return {
            subject: tuple(dict.fromkeys([*typed.get(subject, ()), *other.get(subject, ())]))
            for subject in {**typed, **other}
        }

    def locate(self, subject: Term, predicate: Term | None = None, value: Term | None = None) -> Location:
        """Return where a statement is written; for something missing, the first line of its record."""
        homes = self.homes.get(subject, ())
        for document in homes:
            if predicate is not None and document.says(subject, predicate, value):
                return document.locate(subject, predicate, value)
        for document in homes:
            return document.locate(subject, predicate, value)
        return Location(self.project.name_of(self.project.data))


Reading = Callable[[str], None]  # told the printed name of each file before it is read


def load(project: Project, reading: Reading | None = None) -> Knowledge:
    """Return the knowledge of a project: data, ontology and concept schemes."""
    data, wrong_data = load_folder(project, project.data, reading)
    ontology, wrong_ontology = load_folder(project, project.ontology, reading, skip=NOT_CONTENT)
    return Knowledge(project, data, ontology, wrong_data + wrong_ontology)


def load_ontology(project: Project) -> tuple[Document, ...]:
    """Return the parsed files of the ontology and the concept schemes, without those that cannot be read."""
    return load_folder(project, project.ontology, None, skip=NOT_CONTENT)[0]


def load_shapes(project: Project) -> tuple[tuple[Document, ...], tuple[FileProblem, ...]]:
    """Return the parsed files of the rules and what is wrong with them."""
    return load_folder(project, project.shapes)


def with_files(knowledge: Knowledge, only: tuple[Path, ...]) -> tuple[Knowledge, tuple[FileProblem, ...]]:
    """Return the knowledge with the files asked for that no content folder holds, as further data."""
    project = knowledge.project
    held = {document.name for document in knowledge.documents}
    held |= {problem.location.file for problem in knowledge.problems}
    extra: list[Document] = []
    problems: list[FileProblem] = []
    for path in only:
        name = project.name_of(path.resolve())
        if name not in held and not path.resolve().is_relative_to(project.shapes):
            document, wrong = read(path, name, house=_house_of(project), drafts=project.drafts)
            problems.extend(wrong)
            extra.extend([document] if document is not None else [])
    return replace(knowledge, data=(*knowledge.data, *extra)), tuple(problems)


def load_folder(
    project: Project, folder: Path, reading: Reading | None = None, *, skip: frozenset[str] = frozenset()
) -> tuple[tuple[Document, ...], tuple[FileProblem, ...]]:
    """Return the parsed files of one folder of a project and what is wrong with them."""
    documents: list[Document] = []
    problems: list[FileProblem] = []
    house = _house_of(project)
    for path, refusal in content_files(project, folder, skip=skip):
        if refusal is not None:
            problems.append(refusal)
            continue
        if reading is not None:
            reading(project.name_of(path))
        document, wrong = read(path, project.name_of(path), house=house, drafts=project.drafts)
        problems.extend(wrong)
        if document is not None:
            documents.append(document)
    return tuple(documents), tuple(problems)


def read(
    path: Path, name: str, *, house: House = dict, drafts: Mapping[str, str] = _NO_DRAFTS
) -> tuple[Document | None, tuple[FileProblem, ...]]:
    """Return the parsed file, or None when it has an error, and everything wrong with it.

    `house` gives the house table of prefixes, for what a message tells to type; `drafts` the texts by printed
    name that stand for what files hold.
    """
    draft = drafts.get(name)
    content = raw(path, name) if draft is None else draft.encode("utf-8", "surrogatepass")
    if isinstance(content, FileProblem):
        return None, (content,)
    found, wrong = of_bytes(content, len(content), path, name, house=house)
    return found if found is None or draft is None else replace(found, draft=draft), wrong


def of_bytes(
    content: bytes, size: int, path: Path, name: str, *, house: House = dict
) -> tuple[Document | None, tuple[FileProblem, ...]]:
    """Return the parsed content of a file, or None when it has an error, and everything wrong with it.

    `size` is that of the whole file: of one that is too large, `content` may be empty.
    """
    if refused := unfit(content, size, name):
        return None, refused
    found = parsed(content.decode("utf-8-sig"), name, house)
    if found.problems:
        return None, (*marked(content, name), *found.problems)
    return Document(path, name, found.triples, found.prefixes), marked(content, name)


def marked(content: bytes, name: str) -> tuple[FileProblem, ...]:
    """Return the warning about a file that starts with a byte order mark."""
    if not content.startswith(b"\xef\xbb\xbf"):
        return ()
    return (FileProblem(Location(name), "FI-02-bom", severity=Severity.WARNING),)


def raw(path: Path, name: str) -> bytes | FileProblem:
    """Return the bytes of a file, or what keeps it from being read; a pipe never blocks."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            kind = Words("ce n'est pas un fichier ordinaire", "not a regular file")
            return FileProblem(Location(name), "FI-05-unreadable", kind)
        if status.st_size > LARGEST:
            return too_large(status.st_size, name)
        return path.read_bytes()
    except OSError as problem:
        return FileProblem(Location(name), "FI-05-unreadable", system_words(problem))


def house(project: Project) -> Mapping[str, str]:
    """Return the house table of prefixes, from its file alone."""
    return _house_of(project)()


def _house_of(project: Project) -> House:
    """Return a function that gives the house table of prefixes, read when it is first asked for."""

    @functools.cache
    def house() -> Mapping[str, str]:
        path = project.ontology / _PREFIXES
        document = None if leaves(project, path) else read(path, _PREFIXES)[0]
        return declared(() if document is None else (document,))

    return house


def declared(documents: tuple[Document, ...]) -> dict[str, str]:
    """Return the prefixes declared with sh:prefix and sh:namespace."""
    prefix, namespace = NamedNode(SH + "prefix"), NamedNode(SH + "namespace")
    names: dict[Term, str] = {}
    spaces: dict[Term, str] = {}
    for document in documents:
        for triple in document.triples:
            if isinstance(triple.object, Literal):
                if triple.predicate == prefix:
                    names[triple.subject] = triple.object.value
                elif triple.predicate == namespace:
                    spaces[triple.subject] = triple.object.value
    return {name: spaces[node] for node, name in names.items() if node in spaces}
