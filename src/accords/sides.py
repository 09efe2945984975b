"""One side of a comparison: what a project, a commit, or a file of RDF holds, read in memory.

Goes in: where it is. Comes out: `Side`: the documents to compare, the knowledge that gives them their labels, the
rules and the questions. Each way of reading ends in the same value, so that comparing need not know.

Nothing is compared with a part of a side: an unreadable file is a refusal that names the side and lists what is
wrong, as `accords check` would.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, RdfFormat, parse

from . import loading, revisions, rulebook
from .errors import ContentError, RequestError, system_words
from .families import kind_of
from .findings import Severity
from .language import Words, printable
from .loading import Document, FileProblem, Knowledge
from .location import Location
from .project import FOLDERS
from .speaking import Speaker
from .things import Facts
from .vocab import CONCEPT, IN_SCHEME, TYPE, ae
from .wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .families import Family
    from .project import Project

_ALIGNMENTS = "alignments"
_TEXTS = ("queries", "ontology/hygiene", "ontology/migrations")  # where questions and rules in SPARQL are
_LARGEST_TEXT = 1_000_000  # bytes of a question
_EVERYTHING: frozenset[Family] = frozenset({"records", "concepts", "terms", "others", "rules", "questions"})
_IN_GRAPH: frozenset[Family] = frozenset({"records", "concepts", "terms"})
_SYNTAXES = (
    ".nq",
    ".trig",
    ".nt",
    ".ttl",
    ".rdf",
    ".xml",
    ".jsonld",
)  # of a release, the first that is there
_LISTED = 20  # findings of a side that cannot be read


class UnreadableSide(ContentError):
    """A side with files that cannot be read: nothing is compared with the rest."""

    def __init__(self, side: Words, told: Sequence[Words], others: int) -> None:
        """Name the side, list what is wrong."""
        rows = Words(*("".join(f"\n      {said}" for said in column) for column in zip(*told, strict=True)))
        if others:
            rows = Words(f"{rows.fr}\n      … et {others} de plus", f"{rows.en}\n      … and {others} more")
        super().__init__(
            Words(
                f"un des côtés est illisible ({side.fr}), rien n'est comparé :{rows.fr}",
                f"one of the sides is unreadable ({side.en}), nothing is compared:{rows.en}",
            ),
            hint=Words("corriger ce côté, ou en comparer un autre", "mend that side, or compare another"),
        )
        self.side, self.told = side, tuple(told)


@dataclass(frozen=True, eq=False)
class Side:
    """What is on one side."""

    name: Words
    knowledge: Knowledge  # labels and house prefixes
    documents: tuple[Document, ...]  # what is compared
    alignments: tuple[Document, ...] = ()  # compared too, but what only they speak of is described elsewhere
    shapes: tuple[Document, ...] = ()
    forms: tuple[Document, ...] = ()  # the rules that name the properties of its things
    texts: Mapping[str, str] | None = None  # questions, and rules in SPARQL, by file
    families: frozenset[Family] = _EVERYTHING  # what this side can tell of
    whole: bool = True  # a graph of which coverage can be measured
    filed: bool = True  # its documents are the files of a project

    @cached_property
    def facts(self) -> Facts:
        """Return all that the side knows, by subject."""
        return Facts(self.knowledge)

    @property
    def measured(self) -> tuple[Document, ...]:
        """Return the documents that questions are asked of."""
        return self.knowledge.documents if self.filed else self.documents

    def narrowed(self, name: str) -> Side:
        """Return what one file, or one folder, holds of this side."""
        texts = {file: text for file, text in (self.texts or {}).items() if _below(file, name)}
        return replace(
            self,
            name=Words(f"{self.name.fr}, {name}", f"{self.name.en}, {name}"),
            documents=tuple(one for one in self.documents if _below(one.name, name)),
            alignments=tuple(one for one in self.alignments if _below(one.name, name)),
            shapes=tuple(one for one in self.shapes if _below(one.name, name)),
            texts=texts,
            whole=False,
        )


def _below(file: str, name: str) -> bool:
    return file == name or file.startswith(f"{name}/")


def of_project(project: Project, name: Words) -> Side:
    """Return the files of a project.

    Raises UnreadableSide.
    """
    knowledge = loading.load(project)
    folder = project.ontology / _ALIGNMENTS
    alignments, wrong = loading.load_folder(project, folder) if folder.is_dir() else ((), ())
    shapes, wrong_shapes = loading.load_shapes(project)
    texts = {
        project.name_of(path): path.read_text(encoding="utf-8", errors="replace")
        for folder in _TEXTS
        for path in sorted((project.root / folder).rglob("*.rq"))
        if path.is_file() and path.stat().st_size <= _LARGEST_TEXT
    }
    _refuse(name, (*knowledge.problems, *wrong, *wrong_shapes), knowledge, shapes)
    return Side(name, knowledge, knowledge.documents, alignments, shapes, shapes, texts)


def of_commit(project: Project, commit: str, name: Words) -> Side:
    """Return what a commit holds in the folder of a project.

    Raises UnreadableSide, RequestError when it holds nothing there, GitFailed.
    """
    blobs = revisions.files(project.root, commit, FOLDERS, _wanted, largest=loading.LARGEST)
    if not any(file.endswith(".ttl") for file in blobs):
        shown = printable(str(project.root), 200)
        raise RequestError(
            Words(
                f"{name.fr} n'a aucun fichier de projet dans {shown}",
                f"{name.en} has no project file in {shown}",
            )
        )
    documents: dict[str, list[Document]] = {folder: [] for folder in (*FOLDERS, _ALIGNMENTS)}
    problems: list[FileProblem] = []
    house = partial(loading.house, project)
    for file, blob in blobs.items():
        if file.endswith(".ttl"):
            where = Path(f"{commit}:{file}")  # of no file on the disk
            found, wrong = loading.of_bytes(blob.content, blob.size, where, file, house=house)
            problems += wrong
            apart = file.startswith(f"ontology/{_ALIGNMENTS}/")
            documents[_ALIGNMENTS if apart else file.partition("/")[0]] += (
                [found] if found is not None else []
            )
    knowledge = Knowledge(project, tuple(documents["data"]), tuple(documents["ontology"]), ())
    shapes = tuple(documents["shapes"])
    _refuse(name, problems, knowledge, shapes)
    texts = {
        file: blob.content.decode("utf-8", "replace") for file, blob in blobs.items() if file.endswith(".rq")
    }
    aligned = tuple(documents[_ALIGNMENTS])
    return Side(name, knowledge, knowledge.documents, aligned, shapes, shapes, texts)


def _wanted(path: PurePosixPath) -> bool:
    """Tell whether a file of a commit is one that `of_project` reads."""
    if path.is_absolute() or any(part.startswith(".") for part in path.parts):
        return False
    file = path.as_posix()
    if path.suffix == ".rq":
        return any(_below(file, folder) for folder in _TEXTS)
    inner = (
        set(path.parts[1:]) & (loading.NOT_CONTENT - {_ALIGNMENTS}) if path.parts[0] == "ontology" else set()
    )
    return path.suffix == ".ttl" and path.parts[0] != "queries" and not inner


def of_graph(project: Project, path: Path, name: Words) -> Side:
    """Return what a file of RDF holds, or the files of a release in a folder; `project` gives names to its terms.

    Of several syntaxes in a folder, which are the same graph, one is read. Raises UnreadableSide, RequestError
    when there is no RDF.
    """
    paths = _release(path) if path.is_dir() else [path]
    if not paths or paths[0].suffix.lower() not in _SYNTAXES:
        shown, syntaxes = printable(str(path), 200), ", ".join(_SYNTAXES)
        raise RequestError(
            Words(
                f"{shown} n'est ni un projet ni du RDF ({syntaxes})",
                f"{shown} is neither a project nor RDF ({syntaxes})",
            )
        )
    own = loading.load(project)
    documents: list[Document] = []
    problems: list[FileProblem] = []
    for file in paths:
        document, wrong = _read(project, file)
        problems += wrong
        documents += [document] if document is not None else []
    knowledge = Knowledge(project, tuple(documents), own.ontology, ())
    own_shapes = loading.load_shapes(project)[0]
    _refuse(name, problems, knowledge, own_shapes)
    alone = len(paths) == 1 and not _graph_of_a_project(documents)
    families = _IN_GRAPH if alone else _IN_GRAPH & _families(documents)
    return Side(
        name, knowledge, tuple(documents), forms=own_shapes, families=families, whole=not alone, filed=False
    )


def _release(folder: Path) -> list[Path]:
    """Return the files of a release, in the first syntax that is there."""
    found = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    each = ([path for path in found if path.suffix.lower() == syntax] for syntax in _SYNTAXES)
    return next((paths for paths in each if paths), [])


def _read(project: Project, path: Path) -> tuple[Document | None, tuple[FileProblem, ...]]:
    if path.suffix.lower() == ".ttl":
        return loading.read(path, path.name, house=partial(loading.house, project))
    syntax = RdfFormat.from_extension(path.suffix.lower().removeprefix("."))
    try:
        quads = parse(path=path, format=syntax, rename_blank_nodes=True)
        return Document(path, path.name, tuple(quad.triple for quad in quads)), ()
    except SyntaxError as wrong:
        where = Location(path.name, wrong.lineno or 1, wrong.offset or 1)
        said = printable(wrong.msg, 200)
        return None, (FileProblem(where, "FI-01-syntax", Words(said, said)),)
    except OSError as problem:
        return None, (FileProblem(Location(path.name), "FI-05-unreadable", system_words(problem)),)


def _graph_of_a_project(documents: Iterable[Document]) -> bool:
    """Tell whether documents hold agreements, and the concepts of a scheme."""
    triples = [triple for document in documents for triple in document.triples]
    agreements = any(triple.predicate == TYPE and triple.object == ae("Agreement") for triple in triples)
    return agreements and any(
        triple.predicate == IN_SCHEME and triple.object == NamedNode(CONCEPT + "theme") for triple in triples
    )


def _families(documents: Iterable[Document]) -> frozenset[Family]:
    return frozenset(
        kind_of(triple.subject.value).family
        for document in documents
        for triple in document.triples
        if isinstance(triple.subject, NamedNode)
    )


def _refuse(
    name: Words, problems: Iterable[FileProblem], knowledge: Knowledge, shapes: Iterable[Document]
) -> None:
    """Raise UnreadableSide if a file has an error."""
    errors = sorted((one for one in problems if one.severity is Severity.ERROR), key=lambda one: one.location)
    if not errors:
        return
    held = tuple(shapes) or loading.load_shapes(knowledge.project)[0]
    speaker = Speaker(knowledge, rulebook.of_documents(held), Wording(knowledge))
    told = [_told(speaker, problem) for problem in islice(errors, _LISTED)]
    raise UnreadableSide(name, told, len(errors) - len(told))


def _told(speaker: Speaker, problem: FileProblem) -> Words:
    message, place = speaker.of_problem(problem).message, printable(str(problem.location), 400)
    return Words(f"{place}: {message.fr}", f"{place}: {message.en}")
