"""Records put into a file: a block behind what is there, the prefixes that it needs among the others.

Takes the path and the block; gives an `Addition`, the text as it would be, which `write` puts on the disk.

1. A file that is there is read strictly: one that does not parse, or that binds a house prefix to something
   else, is refused. Its text stays as it is; prefixes that are missing go where they belong in its list, the
   block goes at the end. Line ends stay those of the file.
2. A new file has the prefixes, then the block.
3. The text is parsed again: it must say what the file said and what the block says, and nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, RdfFormat, Triple, parse

from . import loading, writing
from .errors import ContentError, FileRefused, RequestError, SyntaxProblem
from .language import Words, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from .loading import FileProblem, Knowledge
    from .terms import Prefixes

_DECLARED = re.compile(r"^@prefix[ \t]+(?P<prefix>[\w-]*):.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Addition:
    """A file as it would be."""

    path: Path
    name: str  # as printed
    before: str | None  # what the file holds; None for a new one
    after: str


def added(knowledge: Knowledge, path: Path, block: str, prefixes: Iterable[str]) -> Addition:
    """Return a file with a block of records added; `prefixes` are those that the block uses.

    Raises RequestError for a path that cannot hold records, SyntaxProblem for a file that does not parse,
    ContentError for one that binds a house prefix otherwise.
    """
    name = knowledge.project.name_of(path.resolve())
    if path.suffix != ".ttl":
        shown = printable(str(path), 200)
        raise RequestError(
            Words(
                f"{shown} n'est pas un fichier de fiches (.ttl)", f"{shown} is not a file of records (.ttl)"
            )
        )
    table, wanted = knowledge.prefixes, set(prefixes)
    before = _text(path, name)
    if before is None:
        after = table.declarations(wanted) + "\n" + block
    else:
        after = _joined(before, block, table, wanted, name)
    _verify(before or "", after, table.declarations(wanted) + block, name)
    return Addition(path, name, before, after)


def write(additions: Sequence[Addition]) -> None:
    """Put additions on the disk: all of them or none.

    Raises RequestError when a file cannot be written, or is no longer what it was.
    """
    for addition in additions:
        if _text(addition.path, addition.name) != addition.before:
            name = printable(addition.name)
            raise RequestError(
                Words(
                    f"{name} a changé entre-temps ; rien n'est écrit",
                    f"{name} has changed meanwhile; nothing is written",
                ),
                hint=Words("relancer la commande", "run the command again"),
            )
    writing.together({addition.path: addition.after.encode() for addition in additions})


def _text(path: Path, name: str) -> str | None:
    """Return the text of a file that parses, or None when there is none."""
    if not path.exists() and not path.is_symlink():
        return None
    document, problems = loading.read(path, name)
    if document is None:
        raise _unparsed(problems[-1])
    try:
        return path.read_bytes().decode()
    except OSError as problem:
        raise FileRefused(str(path), problem) from problem


def _unparsed(problem: FileProblem) -> SyntaxProblem:
    said = problem.detail or Words("illisible", "unreadable")
    hint = Words(
        f"le corriger d'abord : accords check {problem.location.file}",
        f"mend it first: accords check {problem.location.file}",
    )
    return SyntaxProblem(problem.location, said, hint=hint)


def _joined(before: str, block: str, table: Prefixes, wanted: set[str], name: str) -> str:
    declared = {found["prefix"]: found for found in _DECLARED.finditer(before)}
    text = before
    for prefix in sorted(wanted - set(declared), reverse=True):
        text = _with_prefix(text, prefix, table.declarations([prefix]))
    for prefix in sorted(wanted & set(declared)):
        if f"<{table.table[prefix]}>" not in declared[prefix].group():
            raise ContentError(
                Words(
                    f"{name} : {prefix}: n'y désigne pas <{table.table[prefix]}>",
                    f"{name}: {prefix}: is not <{table.table[prefix]}> there",
                )
            )
    end = "\r\n" if "\r\n" in before else "\n"
    apart = "" if text.endswith(("\n\n", "\r\n\r\n")) else end if text.endswith("\n") else end + end
    return text + apart + block.replace("\n", end)


def _with_prefix(text: str, prefix: str, line: str) -> str:
    """Return a text with a declaration put before the first that sorts behind it, else after the last."""
    end = "\r\n" if "\r\n" in text else "\n"
    found = list(_DECLARED.finditer(text))
    line = line.rstrip("\n") + end
    for one in found:
        if one["prefix"] > prefix:
            return text[: one.start()] + line + text[one.start() :]
    if found:
        stop = found[-1].end() + len(end)
        return text[:stop] + line + text[stop:]
    return line + end + text


def _verify(before: str, after: str, block: str, name: str) -> None:
    wanted = _triples(before) | _triples(block)
    try:
        held = _triples(after)
    except SyntaxError as problem:
        raise _spoilt(name) from problem
    if held != wanted:
        raise _spoilt(name)


def _spoilt(name: str) -> ContentError:
    return ContentError(
        Words(
            f"{name} : ces lignes ne s'y ajoutent pas sans changer le reste ; rien n'est écrit",
            f"{name}: these lines cannot be added without changing the rest; nothing is written",
        ),
        hint=Words("les coller à la main", "paste them by hand"),
    )


def _triples(text: str) -> frozenset[object]:
    """Return what a text says, blank nodes all alike."""
    return frozenset(
        tuple("_" if isinstance(term, BlankNode) else term for term in _terms(quad.triple))
        for quad in parse(text.removeprefix("\ufeff"), format=RdfFormat.TURTLE)
    )


def _terms(triple: Triple) -> tuple[object, object, object]:
    return triple.subject, triple.predicate, triple.object
