"""Names of records: the part of an IRI behind its prefix, by the rules on short names.

A name is made of lower-case ASCII letters, digits and hyphens, at most 60 characters, and never serves
twice: a name is taken when something in the project bears it, cites it, or bore it before it was retired.
Files that could not be read count, by their text.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from .errors import RequestError
from .language import Words, printable
from .loading import LARGEST
from .names import folded
from .vocab import DEPRECATED, REPLACED_BY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .loading import Knowledge

LONGEST_NAME = 60  # characters
SHORT_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NUMBERED = re.compile(r"(?P<stem>.+)-(?P<number>[0-9]{1,6})")
_EXPECTED = Words(
    f"minuscules sans accent, chiffres et traits d'union, {LONGEST_NAME} caractères au plus",
    f"lower-case letters without accents, digits and hyphens, at most {LONGEST_NAME} characters",
)


@dataclass(frozen=True)
class Mint:
    """The names under one prefix: which are taken, which is free."""

    knowledge: Knowledge
    prefix: str
    also: frozenset[str] = frozenset()  # names that are about to be given
    held: frozenset[str] | None = None  # those of the project, when they have been read

    @property
    def namespace(self) -> str:
        """Return what the prefix stands for."""
        return self.knowledge.prefixes.table[self.prefix]

    @property
    def taken(self) -> frozenset[str]:
        """Return the names that something in the project bears or cites, or that are about to be given."""
        return self.project | self.also

    @cached_property
    def project(self) -> frozenset[str]:
        """Return the names that something in the project bears or cites, unread files included."""
        if self.held is not None:
            return self.held
        names = (
            term.value.removeprefix(self.namespace)
            for document in self.knowledge.documents
            for triple in document.triples
            for term in (triple.subject, triple.object)
            if isinstance(term, NamedNode) and term.value.startswith(self.namespace)
        )
        return frozenset(names) | frozenset(self._unread())

    def besides(self, also: frozenset[str]) -> Mint:
        """Return the same with names that are about to be given; what the project holds is not read again."""
        return replace(self, also=also, held=self.project)

    def _unread(self) -> Iterator[str]:
        written = re.compile(rf"(?:\b{re.escape(self.prefix)}:|<{re.escape(self.namespace)})([\w-]+)")
        read = {document.name for document in self.knowledge.documents}
        for name in sorted({problem.location.file for problem in self.knowledge.problems} - read):
            path = self.knowledge.project.root / name
            if path.is_file() and path.stat().st_size <= LARGEST:
                yield from written.findall(path.read_text(encoding="utf-8", errors="replace"))

    def node(self, name: str) -> NamedNode:
        """Return the IRI of a name."""
        return NamedNode(self.namespace + name)

    def asked(self, name: str, *, cited: bool = False, described: bool = False) -> NamedNode:
        """Return the IRI of a name that somebody chose.

        With `cited`, one that is cited and described nowhere may be given; with `described`, one that is described.

        Raises RequestError for a name against the rules, one that is taken or was retired.
        """
        bare = name.strip().removeprefix("<").removesuffix(">")
        bare = bare.removeprefix(self.namespace).removeprefix(f"{self.prefix}:")
        if not SHORT_NAME.fullmatch(bare) or len(bare) > LONGEST_NAME:
            raise self._unfit(name)
        node = self.node(bare)
        known = described and node in self.knowledge.homes and not self._retired(node)
        if bare in self.taken and not known and not (cited and self._only_cited(node)):
            raise self._refused(node, bare)
        return node

    def _unfit(self, name: str) -> RequestError:
        shown = printable(name)
        bare = slug(name.rpartition(":")[2] or name)
        return RequestError(
            Words(
                f"« {shown} » n'est pas un nom court : {_EXPECTED.fr}",
                f"“{shown}” is no short name: {_EXPECTED.en}",
            ),
            hint=Words(f"par exemple : {self.free(bare)}", f"for example: {self.free(bare)}")
            if bare
            else None,
        )

    def _only_cited(self, node: NamedNode) -> bool:
        name = node.value.removeprefix(self.namespace)
        return node not in self.knowledge.homes and name not in {*self._unread(), *self.also}

    def _refused(self, node: NamedNode, name: str) -> RequestError:
        shown = f"{self.prefix}:{name}"
        following = f"{self.prefix}:{self.free(name)}"
        free = Words(f"libre : {following}", f"free: {following}")
        if node not in self.knowledge.homes:
            return RequestError(Words(f"{shown} est déjà pris", f"{shown} is already taken"), hint=free)
        where = self.knowledge.locate(node)
        retired = Words(f"{shown} a été retiré", f"{shown} was retired")
        held = Words(f"{shown} est déjà pris", f"{shown} is already taken")
        said = retired if self._retired(node) else held
        hint = Words(f"écrit dans {where} ; {free.fr}", f"written in {where}; {free.en}")
        return RequestError(said, hint=hint)

    def _retired(self, node: NamedNode) -> bool:
        return any(
            triple.predicate == REPLACED_BY
            or (
                triple.predicate == DEPRECATED
                and isinstance(triple.object, Literal)
                and triple.object.value in {"true", "1"}
            )
            for document in self.knowledge.homes.get(node, ())
            for triple in document.triples
            if triple.subject == node
        )

    def free(self, name: str) -> str:
        """Return a name that is free: itself, else with a number behind."""
        bare = shortened(name, LONGEST_NAME)
        if bare not in self.taken:
            return bare
        number = 2
        stem = shortened(name, LONGEST_NAME - 7)
        while f"{stem}-{number}" in self.taken:
            number += 1
        return f"{stem}-{number}"

    def following(self, stem: str) -> str:
        """Return the next numbered name after those that share a stem."""
        short = shortened(stem, LONGEST_NAME - 7)
        numbers = [
            found["number"]
            for name in self.taken
            if (found := _NUMBERED.fullmatch(name)) and found["stem"] == short
        ]
        number = max(map(int, numbers), default=0) + 1
        return f"{short}-{number:0{max(map(len, numbers), default=1)}}"


def slug(text: str) -> str:
    """Return a text as a name; empty when nothing of it can stand in one.

    >>> slug("Région Pays de la Loire"), slug("CFDT – Île-de-France")
    ('region-pays-de-la-loire', 'cfdt-ile-de-france')
    """
    plain = folded(text).encode("ascii", "ignore").decode()
    return shortened("-".join(re.findall(r"[a-z0-9]+", plain)), LONGEST_NAME)


def shortened(name: str, longest: int) -> str:
    """Return a name cut to a length, at a hyphen where there is one.

    >>> shortened("pays-de-la-loire-2023", 18)
    'pays-de-la-loire'
    """
    if len(name) <= longest:
        return name
    cut = name[: longest + 1].rpartition("-")[0]
    return cut.rstrip("-") or name[:longest]


def stem(names: Sequence[str]) -> str:
    """Return the longest opening of names, cut at a hyphen, that more than half of them share.

    >>> stem(["pdl-2023-title", "pdl-2023-axis-1", "pdl-2023-axis-2", "france-2024-aim"])
    'pdl-2023'
    """
    counted: Counter[str] = Counter()
    for name in names:
        parts = name.split("-")
        counted.update("-".join(parts[:count]) for count in range(1, len(parts)))
    return max((one for one, count in counted.items() if count > len(names) / 2), key=len, default="")
