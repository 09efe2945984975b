"""The questions: an index by theme, and a page each with its answer and the query to copy."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from accords.catalogue import LANG
from accords.errors import AccordsError
from accords.language import LANGUAGES, Words
from accords.publishing.artefacts import Artefact, content
from accords.render import answer_data
from accords.render.answers import chosen, linked
from accords.render.questions import SEEDS, ordered, theme_name

from .page import Alternate, Entry, Page, Section, Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from accords.catalogue import Question
    from accords.language import Language
    from accords.querying import Answer

    from .page import Site, View

INDEX = "questions/index.html"
MOST = 40  # rows of an answer on its page; all of them are in the table beside
QUERY, TABLE = "application/sparql-query", "text/csv"
_NAMES = re.compile(r"\b([a-z]+(?:-[a-z]+)+)\b")  # as questions are named
_TITLE = Words("Questions et réponses", "Questions and answers")


def page_of(question: Question) -> str:
    """Return the path of the page of a question."""
    return f"questions/{question.name}.html"


def table_of(question: Question, language: Language) -> str:
    """Return the path of the whole answer of a question."""
    return f"questions/{question.name}.{language}.csv"


def query_of(question: Question) -> str:
    """Return the path of the query of a question."""
    return f"questions/{question.name}.rq"


def _pages(site: Site) -> Iterator[Page]:
    themes = ordered(site.asked.catalogue)
    yield Page(INDEX, _TITLE, "questions.html", told=partial(_listed, site), summary=_SUMMARY)
    for theme, questions in themes.items():
        for question in questions:
            yield Page(
                page_of(question),
                question.title,
                "question.html",
                told=partial(_told, question),
                summary=question.question,
                alternates=_alternates(question),
                trail=(Step(_TITLE, INDEX), Step(theme_name(theme), f"{INDEX}#{theme}")),
            )


def _alternates(question: Question) -> tuple[Alternate, ...]:
    query = Alternate(query_of(question), QUERY, "SPARQL", Words("La requête (SPARQL)", "The query (SPARQL)"))
    said = Words("La réponse en français (CSV)", "The answer in French (CSV)")
    english = Words("La réponse en anglais (CSV)", "The answer in English (CSV)")
    tables = zip(LANGUAGES, (said, english), strict=True)
    return (query, *(Alternate(table_of(question, one), TABLE, "CSV", words) for one, words in tables))


def _listed(site: Site, view: View) -> Mapping[str, Any]:
    return {
        "themes": [
            (theme, theme_name(theme), [(one, page_of(one)) for one in questions])
            for theme, questions in ordered(site.asked.catalogue).items()
        ],
        "seeds": {name: words.to(view.language) for name, words in SEEDS.items()},
    }


def _told(question: Question, view: View) -> Mapping[str, Any]:
    answer = view.site.asked.answer(question, view.language)
    shared = {
        "question": question,
        "parameters": [one for one in question.parameters if one.kind != LANG],
        "query": question.text,
        "most": MOST,
        "table_path": table_of(question, view.language),
        "query_path": query_of(question),
        "notes": [_said(view, one) for one in (question.note, question.completed) if one],
        "refused": None,
        "answer": None,
    }
    if isinstance(answer, AccordsError):
        return shared | {"refused": answer.message}
    prefixes = view.site.edition.knowledge.prefixes
    return shared | {
        "answer": linked(beginning(answer, MOST), question, prefixes, view.language),
        "total": len(answer.table),
        "chosen": chosen(answer, view.language),
    }


def _said(view: View, words: Words) -> list[tuple[str, str | None]]:
    """Return a note piece by piece; another question that it names is called by its title, with its page."""
    others = {one.short: one for one in view.site.asked.catalogue.questions}
    found: list[tuple[str, str | None]] = []
    for piece in _NAMES.split(view.say(words)):
        other = others.get(piece)
        found.append((piece, None) if other is None else (view.say(other.title), page_of(other)))
    return found


def beginning(answer: Answer, most: int) -> Answer:
    """Return an answer cut to its first rows: those that a page shows."""
    return replace(answer, table=replace(answer.table, rows=answer.table.rows[:most]))


def _files(site: Site) -> Iterator[Artefact]:
    for question in site.asked.catalogue.questions:
        query, *tables = _alternates(question)
        yield Artefact(query.path, query.media, query.title, content(question.text.encode()))
        for language, table in zip(LANGUAGES, tables, strict=True):
            answer = site.asked.answer(question, language)
            if not isinstance(answer, AccordsError):
                written = answer_data.as_csv(answer).encode("utf-8", "backslashreplace")
                yield Artefact(table.path, table.media, table.title, content(written))


_SUMMARY = Words(
    "Chaque question avec sa réponse sur les données publiées, et la requête à copier.",
    "Each question with its answer on the published data, and the query to copy.",
)
SECTION = Section("questions", _pages, (Entry(Words("Questions", "Questions"), INDEX),), files=_files)
