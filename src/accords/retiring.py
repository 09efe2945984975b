"""Records and terms that retire: what their record says from then on, and what may retire in whose favour.

A retired record keeps its IRI for good, with `owl:deprecated`, `dcterms:isReplacedBy` and a `skos:changeNote`
in both languages. No date is written but the one that is given (`since`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from . import editing, journal, loading, mentions, querynames, turtle
from .editable import File, files, unsaved
from .errors import RequestError, Withdrawn
from .language import Words, printable
from .names import find_term
from .things import Facts
from .vocab import (
    CHANGE_NOTE,
    CONCEPT,
    DEF,
    DEPRECATED,
    LABEL,
    RDFS,
    RECORD,
    REPLACED_BY,
    SHAPE,
    SKOS,
    TYPE,
    XSD,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from .editing import Change, Changed
    from .loading import Knowledge
    from .mentions import Mention
    from .project import Project
    from .spellings import Fact
    from .terms import Term

RETIRING = frozenset({DEPRECATED, REPLACED_BY, CHANGE_NOTE})
_OF_A_TERM = frozenset({TYPE, LABEL, NamedNode(RDFS + "isDefinedBy"), NamedNode(SKOS + "definition")})
_TRUE = Literal("true", datatype=NamedNode(XSD + "boolean"))


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something retires, in both languages, and since when if that is to be said."""

    why: Words
    since: str = ""

    @property
    def notes(self) -> Words:
        """Return the change note."""
        if not self.since:
            return self.why
        return Words(f"Depuis {self.since} : {self.why.fr}", f"Since {self.since}: {self.why.en}")


@dataclass(frozen=True)
class Workplace:
    """A project as an edit finds it: what it knows, its files, byte for byte."""

    knowledge: Knowledge
    files: Sequence[File]

    @cached_property
    def facts(self) -> Facts:
        """Return the statements by subject."""
        return Facts(self.knowledge)

    def find(self, asked: str) -> NamedNode:
        """Return the term meant by a name, a code or an IRI. Raises UnknownName, AmbiguousName."""
        return find_term(self.knowledge, asked)

    @cached_property
    def named(self) -> dict[str, frozenset[Term]]:
        """Return what each file names."""
        house = self.knowledge.prefixes.table
        return {
            file.name: frozenset(name.node for name in querynames.names(file.text, house))
            if file.is_query
            else file.named
            for file in self.files
        }

    def curie(self, term: Term) -> str:
        """Return the short name of a term, as it can be printed."""
        return printable(self.knowledge.prefixes.show(term), 200)

    def is_retired(self, node: Term) -> bool:
        """Tell whether a term is not to be used any more."""
        held = self.facts.values(node, DEPRECATED)
        return any(isinstance(one, Literal) and one.value in {"true", "1"} for one in held)

    def references(self, node: NamedNode) -> tuple[tuple[str, int], ...]:
        """Return the file and line of each name of something, its own record and what gave way to it left out."""
        found = [
            (file.name, turtle.Lines(file.text).at(start)[0])
            for file in self.files
            for start in self._named(file, node)
        ]
        return tuple(sorted(found))

    def _named(self, file: File, node: NamedNode) -> Iterator[int]:
        """Yield where a file names something."""
        if file.is_query:
            names = querynames.names(file.text, self.knowledge.prefixes.table)
            yield from (name.token.start for name in names if name.node == node)
        elif node in file.named:
            own = {row.at[2].start for row in file.reading.triples if row.predicate == REPLACED_BY}
            for name in turtle.names(file.reading):
                subject = file.reading.statements[name.statement].subject
                if name.node == node and subject != node and name.token.start not in own:
                    yield name.token.start

    def plan(
        self, title: str, change: Change, gone: Collection[NamedNode], told: Sequence[Words] = ()
    ) -> Plan:
        """Return what a change would write, proven. Raises AccordsError when it does not come out right."""
        changed = editing.edited(self.files, change, self.knowledge.prefixes.table)
        after = {one.name: one.after for one in changed}
        texts = {file.name: after.get(file.name, file.raw).decode() for file in self.files}
        texts |= mentions.guides(self.knowledge.project)
        named = mentions.mentions(texts, gone, self.knowledge.prefixes)
        return Plan(title, self, changed, named, tuple(told))


@dataclass(frozen=True)
class Plan:
    """What a command would write, and what it has to say about it."""

    title: str
    place: Workplace
    changed: tuple[Changed, ...]
    mentions: tuple[Mention, ...]
    told: tuple[Words, ...] = ()

    def write(self) -> None:
        """Write it: all of it or nothing. Raises RequestError when that cannot be done."""
        contents = {one.file.path: (one.before, one.after) for one in self.changed}
        read = {file.path: file.raw for file in self.place.files}
        journal.commit(self.place.knowledge.project.root, self.title, contents, read)


def workplace(project: Project) -> Workplace:
    """Return a project ready to be edited.

    Raises SyntaxProblem for a file that does not parse, RequestError for one that cannot be read.
    """
    found = files(project)
    return Workplace(loading.with_files(loading.load(project), unsaved(project))[0], found)


def retired(reason: Reason, successor: NamedNode | None) -> list[Fact]:
    """Return what the record of something that retires says from then on."""
    replaced: list[Fact] = [] if successor is None else [(REPLACED_BY, successor)]
    fr, en = reason.notes
    return [
        (DEPRECATED, _TRUE),
        *replaced,
        (CHANGE_NOTE, Literal(fr, language="fr")),
        (CHANGE_NOTE, Literal(en, language="en")),
    ]


def must_be_ours(place: Workplace, node: NamedNode) -> None:
    """Raise RequestError for what is neither a record, nor a concept, nor a term of the ontology."""
    value = node.value
    concept = value.startswith(CONCEPT) and "/" in value.removeprefix(CONCEPT)
    if value.startswith((RECORD, DEF)) or concept:
        return
    shown = place.curie(node)
    if value.startswith(CONCEPT):
        raise RequestError(
            Words(
                f"{shown} est un schéma : son nom est aussi le préfixe de ses concepts",
                f"{shown} is a scheme: its name is also the prefix of its concepts",
            ),
            hint=Words(
                "créer un schéma, puis y déplacer les concepts", "make a scheme, then move the concepts there"
            ),
        )
    kind = (
        Words("une règle", "a rule")
        if value.startswith(SHAPE)
        else Words("un terme d'ailleurs", "a term from elsewhere")
    )
    raise RequestError(
        Words(
            f"{shown} est {kind.fr} : cette commande traite les fiches, les concepts et les termes ae:",
            f"{shown} is {kind.en}: this command is for records, concepts and terms of ae:",
        )
    )


def withdrawn(place: Workplace, node: NamedNode) -> Withdrawn | None:
    """Return what to say of a term that is not to be used any more; None for one in use."""
    if not place.is_retired(node):
        return None
    heirs = (place.facts.thing(heir) for heir in place.facts.values(node, REPLACED_BY))
    return Withdrawn(
        place.curie(node), tuple((one.curie, one.label or Words(one.curie, one.curie)) for one in heirs)
    )


def must_live(place: Workplace, node: NamedNode) -> None:
    """Raise RequestError for something that has retired, with what replaces it."""
    if not place.is_retired(node):
        return
    shown, where = place.curie(node), place.knowledge.locate(node)
    heirs = ", ".join(place.curie(heir) for heir in place.facts.values(node, REPLACED_BY))
    hint = Words(
        f"remplacé par {heirs} ; écrit dans {where}" if heirs else f"écrit dans {where}",
        f"replaced by {heirs}; written in {where}" if heirs else f"written in {where}",
    )
    raise RequestError(Words(f"{shown} est déjà déprécié", f"{shown} is deprecated already"), hint=hint)


def must_be_alike(place: Workplace, one: NamedNode, other: NamedNode) -> None:
    """Raise RequestError for two things of which one cannot stand for the other."""
    if one == other:
        shown = place.curie(one)
        raise RequestError(Words(f"{shown} : deux fois le même nom", f"{shown}: the same name twice"))
    if place.knowledge.homes.get(one) and sort_of(one) == sort_of(other):
        return
    if not one.value.startswith(RECORD) and not other.value.startswith(RECORD):
        return
    raise RequestError(
        Words(
            f"{place.curie(one)} et {place.curie(other)} ne sont pas de la même sorte",
            f"{place.curie(one)} and {place.curie(other)} are not of the same kind",
        )
    )


def must_be_unlinked(place: Workplace, one: NamedNode, other: NamedNode) -> None:
    """Raise RequestError for two things that a record tells apart.

    One refers to the other, or a third names both, each by a property of its own: a change names what was and
    what is. The same property may name both, a list of parties for instance.
    """
    for subject, held in place.facts.by_subject.items():
        ways = {
            node: {path for path, values in held.items() if path not in RETIRING and node in values}
            for node in (one, other)
        }
        both = ways[one] | ways[other]
        apart = (
            both if subject in {one, other} else both if ways[one] and ways[other] and len(both) > 1 else ()
        )
        if apart:
            path = min(apart, key=str)
            where = place.knowledge.locate(subject, path)
            raise RequestError(
                Words(
                    f"{place.curie(subject)} distingue {place.curie(one)} et {place.curie(other)}",
                    f"{place.curie(subject)} tells {place.curie(one)} and {place.curie(other)} apart",
                ),
                hint=Words(f"corriger d'abord {where}", f"mend {where} first"),
            )


def sort_of(node: NamedNode) -> str:
    """Return the namespace of a name: what stands in front of its last part."""
    value = node.value
    return value[: max(value.rfind("/"), value.rfind("#")) + 1]


def tombstone(place: Workplace, node: NamedNode, successor: NamedNode, reason: Reason) -> list[Fact]:
    """Return what stays under a name that is given up: what was said under it, less its axioms for a term."""
    kept = [
        (predicate, value)
        for predicate, values in place.facts.by_subject.get(node, {}).items()
        for value in values
        if predicate not in RETIRING and isinstance(value, (NamedNode, Literal))
        if not node.value.startswith(DEF) or predicate in _OF_A_TERM
    ]
    return [*kept, *retired(reason, successor)]
