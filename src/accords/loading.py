"""From files to knowledge: every Turtle file parsed strictly, every error of every file kept.

1. `content_files` walks a folder: regular files that end in .ttl, in order; what cannot be read
   safely (a pipe, a link out of the project, another syntax) becomes a finding instead.
2. `read` takes one file: size, encoding, tell-tale contents (conflict markers, HTML, gzip), then
   pyoxigraph, which goes on after an error so that all of them come.
3. `load` does so for the data and the ontology and returns `Knowledge`; `load_shapes` for the rules.

What is wrong with a file is a finding of the family FI; nothing here raises for bad content.
"""

from __future__ import annotations

import os
import re
import stat
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from . import turtle
from .findings import Severity
from .language import Words, printable
from .location import Location
from .terms import Prefixes
from .vocab import SH, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .project import Project
    from .terms import Term

LARGEST = 50_000_000  # bytes of a file
LONGEST = 10_000_000  # bytes of a line
DEEPEST = 200  # nested brackets: the reference engine's parser fails not far above
_NOT_CONTENT = frozenset(
    {"alignments", "hygiene", "migrations"}
)  # folders of the ontology kept out of the graph
_OTHER_SYNTAXES = frozenset({".rdf", ".owl", ".nt", ".nq", ".trig", ".n3", ".jsonld"})
_CONFLICT = re.compile(rb"^(?:<{7} |={7}\r?$|>{7} )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FileProblem:
    """Something wrong with a file, or with a place in it, before any rule is asked."""

    location: Location
    code: str
    what: str  # the name of the check in the rulebook: FI-01-syntax
    detail: Words
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, eq=False)
class Document:
    """One parsed file: its triples in order, and where each of them is written, on demand."""

    path: Path
    name: str  # as printed
    triples: tuple[Triple, ...]
    prefixes: dict[str, str] = field(default_factory=dict)

    @cached_property
    def text(self) -> str:
        """Return the text of the file, read again: positions are rarely asked for."""
        return self.path.read_bytes().decode("utf-8", errors="replace")

    @cached_property
    def _places(self) -> dict[tuple[Term | None, ...], tuple[int, int]]:
        """Return where subjects, predicates and objects stand, by what is known of the triple."""
        lines = turtle.Lines(self.text)
        places: dict[tuple[Term | None, ...], tuple[int, int]] = {}
        try:
            written = turtle.triples(self.text)
        except turtle.Unreadable:
            return places
        for row in written:
            subject, value = _named(row.subject), _named(row.object)
            start, verb, end = (lines.at(offset) for offset in row.at)
            places.setdefault((subject, row.predicate, value), end)
            places.setdefault((subject, row.predicate), verb)
            places.setdefault((None, row.predicate, value), end)
            if row.predicate == TYPE:
                places.setdefault((subject, TYPE, None), start)
            places.setdefault((subject,), start)
        return places

    def locate(self, subject: Term, predicate: Term | None = None, value: Term | None = None) -> Location:
        """Return where a triple stands: its object, else its predicate, else the record's first line."""
        subject, value = _named(subject), value if value is None else _named(value)
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

    @property
    def documents(self) -> tuple[Document, ...]:
        """Return every file of the merged graph."""
        return self.data + self.ontology

    @cached_property
    def prefixes(self) -> Prefixes:
        """Return the house table of prefixes."""
        return Prefixes(_declared(self.ontology))

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
        for document in homes if predicate is not None else ():
            if any(
                t.subject == subject and t.predicate == predicate and value in (None, t.object)
                for t in document.triples
            ):
                return document.locate(subject, predicate, value)
        for document in homes:
            return document.locate(subject, predicate, value)
        return Location(self.project.name_of(self.project.data))


Reading = Callable[[str], None]  # told the printed name of each file before it is read


def load(project: Project, reading: Reading | None = None) -> Knowledge:
    """Return the knowledge of a project: data, ontology and concept schemes."""
    data, wrong_data = _load_folder(project, project.data, reading)
    ontology, wrong_ontology = _load_folder(project, project.ontology, reading, skip=_NOT_CONTENT)
    return Knowledge(project, data, ontology, wrong_data + wrong_ontology)


def load_shapes(project: Project) -> tuple[tuple[Document, ...], tuple[FileProblem, ...]]:
    """Return the parsed files of the rules and what is wrong with them."""
    return _load_folder(project, project.shapes, None)


def _load_folder(
    project: Project, folder: Path, reading: Reading | None, *, skip: frozenset[str] = frozenset()
) -> tuple[tuple[Document, ...], tuple[FileProblem, ...]]:
    documents: list[Document] = []
    problems: list[FileProblem] = []
    for path, refusal in content_files(project, folder, skip=skip):
        if refusal is not None:
            problems.append(refusal)
            continue
        if reading is not None:
            reading(project.name_of(path))
        document, wrong = read(path, project.name_of(path))
        problems.extend(wrong)
        if document is not None:
            documents.append(document)
    return tuple(documents), tuple(problems)


def content_files(
    project: Project, folder: Path, *, skip: frozenset[str] = frozenset()
) -> Iterator[tuple[Path, FileProblem | None]]:
    """Yield the Turtle files below a folder, in order, each with the reason for not reading it, if any.

    `skip` names folders passed over. Nothing is opened: a pipe never blocks.
    """
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in skip)
        for name in sorted(names):
            path = folder.__class__(place, name)
            if name.startswith("."):
                continue
            if path.suffix in _OTHER_SYNTAXES:
                yield (
                    path,
                    _unread(
                        project,
                        path,
                        Words("seul Turtle (.ttl) est lu ici", "only Turtle (.ttl) is read here"),
                    ),
                )
            elif path.suffix == ".ttl":
                yield path, _refusal(project, path)
        for name in folders:
            path = folder.__class__(place, name)
            if path.is_symlink():
                yield (
                    path,
                    _unread(
                        project,
                        path,
                        Words("lien vers un dossier, non suivi", "a link to a folder, not followed"),
                    ),
                )


def _refusal(project: Project, path: Path) -> FileProblem | None:
    try:
        if path.is_symlink() and not path.resolve(strict=True).is_relative_to(project.root.resolve()):
            return _unread(
                project,
                path,
                Words("lien qui sort du projet, non suivi", "a link that leaves the project, not followed"),
            )
        mode = path.stat().st_mode
    except OSError as problem:
        return _unread(project, path, _reason(problem))
    if not stat.S_ISREG(mode):
        return _unread(project, path, Words("ce n'est pas un fichier ordinaire", "not a regular file"))
    return None


def _unread(project: Project, path: Path, why: Words) -> FileProblem:
    return FileProblem(Location(project.name_of(path)), "FI-05", "FI-05-not-read", why, Severity.WARNING)


def _reason(problem: OSError) -> Words:
    return Words(
        f"le système répond : {printable(problem.strerror or str(problem))}",
        f"the system answers: {printable(problem.strerror or str(problem))}",
    )


def read(path: Path, name: str) -> tuple[Document | None, tuple[FileProblem, ...]]:
    """Return the parsed file, or None when it has an error, and everything wrong with it."""
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= LARGEST else b""
    except OSError as problem:
        return None, (FileProblem(Location(name), "FI-05", "FI-05-not-readable", _reason(problem)),)
    if refused := _unfit(raw, size, name):
        return None, (refused,)
    bom = raw.startswith(b"\xef\xbb\xbf")
    warned = (
        (
            FileProblem(
                Location(name),
                "FI-02",
                "FI-02-byte-order-mark",
                Words("marque d'ordre des octets", "byte order mark"),
                Severity.WARNING,
            ),
        )
        if bom
        else ()
    )
    triples, prefixes, errors = _parse(raw.removeprefix(b"\xef\xbb\xbf"), name)
    if errors:
        return None, (*warned, *errors)
    return Document(path, name, triples, prefixes), warned


def _unfit(raw: bytes, size: int, name: str) -> FileProblem | None:
    """Return what makes a file unfit to parse, judged on its bytes."""

    def problem(code: str, what: str, fr: str, en: str, offset: int = 0) -> FileProblem:
        line = raw.count(b"\n", 0, offset) + 1
        column = offset - (raw.rfind(b"\n", 0, offset) + 1) + 1
        return FileProblem(Location(name, line, column), code, what, Words(fr, en))

    if size > LARGEST:
        return problem(
            "FI-06",
            "FI-06-too-large",
            f"{size} octets, la limite est de {LARGEST}",
            f"{size} bytes, the limit is {LARGEST}",
        )
    if raw.startswith(b"\x1f\x8b"):
        return problem("FI-10", "FI-10-not-turtle", "fichier compressé (gzip)", "compressed file (gzip)")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return problem("FI-02", "FI-02-not-utf-8", "fichier en UTF-16", "file in UTF-16")
    if (nul := raw.find(b"\0")) >= 0:
        return problem("FI-02", "FI-02-not-utf-8", "octet nul", "NUL byte", nul)
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as wrong:
        return problem(
            "FI-02",
            "FI-02-not-utf-8",
            f"octet 0x{raw[wrong.start]:02x} hors d'UTF-8",
            f"byte 0x{raw[wrong.start]:02x} is not UTF-8",
            wrong.start,
        )
    if found := _CONFLICT.search(raw):
        return problem(
            "FI-10",
            "FI-10-not-turtle",
            "marque de conflit de fusion (git)",
            "merge conflict marker (git)",
            found.start(),
        )
    start = raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        return problem("FI-10", "FI-10-not-turtle", "page HTML ou XML", "an HTML or XML page")
    if start.startswith(b"{"):
        return problem("FI-10", "FI-10-not-turtle", "fichier JSON", "a JSON file")
    return _too_wide_or_deep(raw, problem)


def _too_wide_or_deep(raw: bytes, problem: _Problem) -> FileProblem | None:
    at = 0
    for line in raw.splitlines(keepends=True) if len(raw) > LONGEST else ():
        if len(line) > LONGEST:
            return problem(
                "FI-06",
                "FI-06-too-large",
                f"ligne de {len(line)} octets, la limite est de {LONGEST}",
                f"a line of {len(line)} bytes, the limit is {LONGEST}",
                at,
            )
        at += len(line)
    if raw.count(b"[") + raw.count(b"(") <= DEEPEST:
        return None
    deep = _depth_exceeded(raw.decode("utf-8"))
    if deep is None:
        return None
    return problem(
        "FI-06",
        "FI-06-too-large",
        f"plus de {DEEPEST} crochets ou parenthèses emboîtés",
        f"more than {DEEPEST} nested brackets",
        len(raw.decode("utf-8")[:deep].encode()),
    )


class _Problem(Protocol):
    def __call__(self, code: str, what: str, fr: str, en: str, offset: int = 0) -> FileProblem: ...


def _depth_exceeded(text: str) -> int | None:
    depth = 0
    try:
        for token in turtle.tokens(text):
            if token.kind == "mark":
                depth += (token.text in "[(") - (token.text in "])")
                if depth > DEEPEST:
                    return token.start
    except turtle.Unreadable:
        return None  # not Turtle further on: the parser says so, and where
    return None


def _parse(raw: bytes, name: str) -> tuple[tuple[Triple, ...], dict[str, str], tuple[FileProblem, ...]]:
    triples: list[Triple] = []
    errors: dict[int, FileProblem] = {}
    parser = parse(raw, format=RdfFormat.TURTLE, rename_blank_nodes=True)
    while True:
        try:
            quad: Quad | None = next(parser, None)
        except SyntaxError as wrong:
            line, column = wrong.lineno or 1, wrong.offset or 1
            errors.setdefault(
                line,
                FileProblem(Location(name, line, column), "FI-01", "FI-01-syntax", _syntax_reason(wrong)),
            )
            continue
        if quad is None:
            break
        triples.append(quad.triple)
    return tuple(triples), dict(parser.prefixes), tuple(errors.values())


def _syntax_reason(wrong: SyntaxError) -> Words:
    reason = re.sub(
        r"^Parser error at line \d+ (?:between )?columns? \d+(?: and (?:line \d+ )?columns? \d+)?: ",
        "",
        wrong.msg,
    )
    return Words(printable(reason, 200), printable(reason, 200))


def _declared(documents: tuple[Document, ...]) -> dict[str, str]:
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
