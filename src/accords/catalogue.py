"""The questions of a project: one `.rq` file each, with a header that says what it answers (`headers`).

Takes the folder `queries/`; gives `Catalogue`, the questions by name. A file that is not a question keeps
nobody from the others: it is held with what is wrong.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from .errors import ContentError, SyntaxProblem, UnknownName, system_words
from .headers import AS_OF, KINDS, LANG, Column, Parameter, Question, heading, of_text
from .language import Words
from .location import Location
from .sparql import fetches

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from .project import Project

__all__ = [
    "AS_OF",
    "KINDS",
    "LANG",
    "Catalogue",
    "Column",
    "Parameter",
    "Question",
    "files",
    "heading",
    "load",
    "of_text",
    "read",
]

_LARGEST = 1_000_000  # bytes of a question
_MANY = 500  # questions kept once they are read


@dataclass(frozen=True)
class Catalogue:
    """The questions of a project, in the order of their names, and what is wrong with the other files."""

    questions: tuple[Question, ...]
    problems: Mapping[str, ContentError] = field(default_factory=dict)  # by the name of the question

    def find(self, asked: str) -> Question:
        """Return a question by its name, the last part of it, or its number.

        Raises UnknownName with the close ones, SyntaxProblem for one whose file is not a question.
        """
        wanted = asked.strip().removesuffix(".rq").removeprefix("queries/").casefold()
        for question in self.questions:
            number = question.number.casefold() if question.number is not None else None
            if wanted in {question.name, question.short, number}:
                return question
        for name, problem in self.problems.items():
            if wanted in {name, name.rpartition("/")[2]}:
                raise problem
        unknown = UnknownName(Words("question", "question"), asked, self._close(wanted))
        unknown.hint = unknown.hint or Words("la liste : accords ask", "the list: accords ask")
        raise unknown

    def _close(self, wanted: str) -> tuple[str, ...]:
        names = {question.short: question for question in self.questions}
        holding = [name for name in names if wanted and wanted in name]
        alike = get_close_matches(wanted, names, n=3, cutoff=0.5)
        words = _plain(wanted).split()
        told = [
            question.short
            for question in self.questions
            if words
            and all(word in _plain(" ".join((*question.title, *question.keywords))) for word in words)
        ]
        return tuple(dict.fromkeys([*holding, *alike, *told]))[:6]

    def themes(self) -> dict[str, tuple[Question, ...]]:
        """Return the questions by folder, in order."""
        names = dict.fromkeys(question.theme for question in self.questions)
        return {
            theme: tuple(question for question in self.questions if question.theme == theme)
            for theme in names
        }


def _plain(words: str) -> str:
    """Return words without accents, capitals and marks, as a name is looked for."""
    apart = unicodedata.normalize("NFKD", words.casefold())
    return re.sub(
        r"[\W_]+", " ", "".join(letter for letter in apart if not unicodedata.combining(letter))
    ).strip()


def load(project: Project) -> Catalogue:
    """Return the catalogue of a project; a file that is not a question is kept with what is wrong."""
    questions: list[Question] = []
    problems: dict[str, ContentError] = {}
    for path in files(project):
        try:
            questions.append(read(project, path))
        except ContentError as problem:
            problems[_name(project, path)] = problem
    return Catalogue(tuple(questions), problems)


def files(project: Project) -> Iterator[Path]:
    """Yield the questions' files, in the order of their names."""
    yield from sorted(
        path for path in project.queries.glob("*/*.rq") if path.is_file() and not path.name.startswith(".")
    )


def read(project: Project, path: Path) -> Question:
    """Return one question.

    Raises SyntaxProblem for a file that is not a question, at its line.
    """
    name = project.name_of(path)
    return _question(_name(project, path), name, _decoded(path, name))


@functools.lru_cache(maxsize=_MANY)
def _question(name: str, file: str, text: str) -> Question:
    """Return the question of a text, read once, and by no child that is forked afterwards."""
    if word := fetches(text):
        said = Words(f"{word} irait chercher ailleurs", f"{word} would fetch something")
        raise SyntaxProblem(Location(file), said)
    return of_text(name, file, text)


def _name(project: Project, path: Path) -> str:
    return path.relative_to(project.queries).with_suffix("").as_posix()


def _decoded(path: Path, name: str) -> str:
    """Return the text of a question, which is UTF-8."""
    try:
        raw = path.read_bytes() if path.stat().st_size <= _LARGEST else None
    except OSError as problem:
        raise SyntaxProblem(Location(name), system_words(problem)) from problem
    if raw is None:
        raise SyntaxProblem(Location(name), Words("plus de 1 Mo", "more than 1 MB"))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw[: problem.start].count(b"\n") + 1
        raise SyntaxProblem(Location(name, line), Words("pas en UTF-8", "not UTF-8")) from problem
