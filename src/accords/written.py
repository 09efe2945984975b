"""Rules and questions of two sides: which are new, gone, under another name, or written otherwise.

Goes in: two `Side`s. Comes out: `Texts`. A rule is all that bears its code, blank nodes included; a question is
its file, without comments and white space. A question with the same text under another name was renamed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from . import catalogue, rulebook
from .errors import ContentError
from .families import QUESTIONS, RULES, Kind
from .sameness import by_content
from .things import Thing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .language import Words
    from .sides import Side

_HYGIENE = "ontology/hygiene/"  # where rules are questions to the ontology


@dataclass(frozen=True, slots=True)
class Written:
    """A rule or a question that changed."""

    thing: Thing
    kind: Kind
    file: str


@dataclass(frozen=True, slots=True)
class Texts:
    """The rules and questions that changed."""

    added: tuple[Written, ...]
    removed: tuple[Written, ...]
    renamed: tuple[tuple[Written, Written], ...]
    changed: tuple[Written, ...]


def compare(before: Side, after: Side) -> Texts:
    """Return the rules and questions that changed from one side to the other."""
    families = before.families & after.families
    old = {one.name: one for one in _all(before) if one.kind.family in families}
    new = {one.name: one for one in _all(after) if one.kind.family in families}
    gone = [old[name] for name in sorted(old.keys() - new.keys())]
    come = [new[name] for name in sorted(new.keys() - old.keys())]
    renamed = list(_pairs(gone, come))
    changed = [new[name] for name in sorted(old.keys() & new.keys()) if old[name].said != new[name].said]
    paired = {one.name for pair in renamed for one in pair}
    return Texts(
        tuple(_told(one, after) for one in come if one.name not in paired),
        tuple(_told(one, before) for one in gone if one.name not in paired),
        tuple((_told(was, before), _told(now, after)) for was, now in renamed),
        tuple(_told(one, after) for one in changed),
    )


@dataclass(frozen=True, slots=True)
class _Text:
    """A rule or a question, and what it says."""

    name: str
    kind: Kind
    file: str
    said: frozenset[str]


def _pairs(gone: Sequence[_Text], come: Sequence[_Text]) -> Iterator[tuple[_Text, _Text]]:
    """Yield the questions that have the same text under another name."""
    free = {one.said: one for one in reversed(come) if one.kind == QUESTIONS}
    for one in gone:
        if one.kind == QUESTIONS and one.said in free:
            yield one, free.pop(one.said)


def _all(side: Side) -> Iterator[_Text]:
    yield from _shapes(side)
    for file, text in (side.texts or {}).items():
        hygiene = file.startswith(_HYGIENE)
        name = file.removeprefix(_HYGIENE).removeprefix("queries/").removesuffix(".rq")
        yield _Text(name, RULES if hygiene else QUESTIONS, file, frozenset({_bare(text)}))


def _shapes(side: Side) -> Iterator[_Text]:
    said: dict[str, set[str]] = defaultdict(set)
    files: dict[str, str] = {}
    for document in side.shapes:
        for triple in document.triples:
            if isinstance(triple.subject, NamedNode):
                files.setdefault(rulebook.code_of(triple.subject.value), document.name)
    for triple in by_content(triple for document in side.shapes for triple in document.triples):
        if isinstance(triple.subject, NamedNode):
            said[rulebook.code_of(triple.subject.value)].add(str(triple))
    for code, rows in said.items():
        yield _Text(code, RULES, files[code], frozenset(rows))


def _told(one: _Text, side: Side) -> Written:
    """Return a rule or a question as a person reads it."""
    if one.kind == QUESTIONS:
        title = _title(one, (side.texts or {})[one.file])
        return Written(Thing(None, one.name, title, None), one.kind, one.file)
    rule = rulebook.of_documents(side.shapes).rules.get(one.name)
    name = side.knowledge.prefixes.shorten(one.name) if ":" in one.name else one.name
    return Written(Thing(None, name, None if rule is None else rule.name, None), one.kind, one.file)


def _bare(text: str) -> str:
    """Return a query without its comments and with single spaces; its header stays."""
    lines = (line.strip() for line in text.splitlines())
    kept = (line for line in lines if line.startswith("#+") or not line.startswith("#"))
    return " ".join(word for line in kept for word in line.split())


def _title(one: _Text, text: str) -> Words | None:
    try:
        title = catalogue.of_text(one.name, one.file, text).title
    except ContentError:
        return None
    return title if title.fr else None
