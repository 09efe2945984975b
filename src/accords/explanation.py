"""A rule explained: what `accords explain` prints.

Takes the rulebook, the parsed files of the rules and the folder of cases; gives an `Explanation`: the rule,
every node that speaks for it with its severity, and the smallest example that passes and that fails. Without
a code, the `Family` values: every rule by the two letters of its code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from .errors import UnknownName
from .findings import Severity
from .language import Words
from .names import folded
from .rulebook import Rule, code_of
from .vocab import SHAPE, sh

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from .loading import Document
    from .project import Project
    from .rulebook import Rulebook

CLOSE = 6  # close matches offered
ALIKE = 0.6  # from which a code looks like another
LONGEST = 20_000  # bytes of an example that are read

_CODE = re.compile(r"([A-Za-z]{2})[-_ ]?([0-9]{1,2})(?:-.*)?")
_RULE = Words("règle", "rule")
_ALL = Words(
    "toutes les règles : accords explain ; une fiche ou un terme : accords show",
    "all rules: accords explain; a record or a term: accords show",
)
_UNNAMED = Words("", "")

FAMILIES = {
    "FI": Words("Fichiers", "Files"),
    "WF": Words("Toutes les fiches", "All records"),
    "AC": Words("Acteurs", "Actors"),
    "PO": Words("Postes et mandats", "Posts and memberships"),
    "PE": Words("Personnes", "Persons"),
    "OC": Words("Changements organisationnels", "Organisational changes"),
    "TE": Words("Territoires", "Territories"),
    "SK": Words("Concepts", "Concepts"),
    "AG": Words("Accords", "Agreements"),
    "LC": Words("Vie des accords", "Life of agreements"),
    "SG": Words("Signatures", "Signatures"),
    "AX": Words("Axes", "Axes"),
    "CM": Words("Engagements", "Commitments"),
    "IN": Words("Intentions", "Intentions"),
    "MN": Words("Mentions", "Mentions"),
    "IS": Words("Dispositifs", "Instruments"),
    "CO": Words("Comités", "Committees"),
    "DO": Words("Organes délibérants", "Deliberative organs"),
    "RF": Words("Référentiels", "Reference frameworks"),
    "RQ": Words("Exigences", "Requirements"),
    "CV": Words("Couverture", "Coverage"),
    "DC": Words("Nombres déclarés", "Declared counts"),
    "OB": Words("Observations", "Observations"),
    "IC": Words("Indicateurs", "Indicators"),
    "EV": Words("Preuves", "Evidence"),
    "CL": Words("Assertions", "Claims"),
}


@dataclass(frozen=True, slots=True)
class Speaking:
    """A node that produces findings: its IRI, how grave they are, what it says (variables as {?name})."""

    node: str
    severity: Severity
    message: Words


@dataclass(frozen=True, slots=True)
class Example:
    """A case of a rule, as written."""

    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """All there is to know of a rule; `speaking` is sorted, the gravest first."""

    rule: Rule
    speaking: tuple[Speaking, ...]
    passing: Example | None
    failing: Example | None
    others: int  # further cases
    folder: str | None  # where they are

    @property
    def severities(self) -> tuple[Severity, ...]:
        """Return how grave its findings can be, the gravest first."""
        return tuple(dict.fromkeys(spoken.severity for spoken in self.speaking))


@dataclass(frozen=True, slots=True)
class Family:
    """The rules whose codes begin with the same two letters."""

    code: str
    name: Words
    rules: tuple[Explanation, ...]


@dataclass(frozen=True)
class Rules:
    """Every rule of a project, ready to be explained."""

    book: Rulebook
    documents: tuple[Document, ...]
    project: Project

    def codes(self) -> tuple[str, ...]:
        """Return every code, those that nothing documents included."""
        spoken = {code_of(node) for node in self.book.messages}
        return tuple(sorted({*self.book.rules, *(code for code in spoken if not code.startswith(SHAPE))}))

    def find(self, asked: str) -> str:
        """Return the code or the family meant: « ag-5 », « [AG-05] », an IRI of a rule, « ag ».

        Raises UnknownName with the close matches.
        """
        bare = asked.strip(" []<>").removeprefix(SHAPE).removeprefix("aesh:")
        found = _CODE.fullmatch(bare)
        meant = f"{found[1].upper()}-{int(found[2]):02}" if found else bare.upper()
        if meant in self.codes() or any(code.startswith(f"{meant}-") for code in self.codes()):
            return meant
        unknown = UnknownName(_RULE, asked, self._close_to(meant))
        unknown.hint = unknown.hint or _ALL
        raise unknown

    def families(self, only: str | None = None) -> tuple[Family, ...]:
        """Return the rules by family, in the order of the table above; `only` keeps one family."""
        order = list(FAMILIES)
        found = {code[:2] for code in self.codes() if only in {None, code[:2]}}
        known = sorted(found, key=lambda code: (order.index(code) if code in order else len(order), code))
        return tuple(
            Family(
                family,
                FAMILIES.get(family, _UNNAMED),
                tuple(self._explained(code, ()) for code in self.codes() if code.startswith(f"{family}-")),
            )
            for family in known
        )

    def explain(self, code: str) -> Explanation:
        """Return the explanation of a code, with its examples."""
        return self._explained(code, _cases(self.project.cases, code))

    def _explained(self, code: str, cases: tuple[Path, ...]) -> Explanation:
        passing = next((path for path in cases if path.name.startswith("ok-")), None)
        failing = next((path for path in cases if path.name.startswith("ko-")), None)
        shown = [path for path in (passing, failing) if path is not None]
        return Explanation(
            self.book.rules.get(code, Rule(code, _UNNAMED, _UNNAMED, _UNNAMED)),
            self._speaking(code),
            self._example(passing),
            self._example(failing),
            len(cases) - len(shown),
            self._name(shown[0].parent) + "/" if shown else None,
        )

    def _speaking(self, code: str) -> tuple[Speaking, ...]:
        holders = self._holders()
        spoken = [
            Speaking(node, self.book.severities.get(holders.get(node, node), Severity.ERROR), message)
            for node, message in self.book.messages.items()
            if code_of(node) == code
        ]
        return tuple(sorted(spoken, key=lambda one: (-one.severity.weight, one.node)))

    def _holders(self) -> dict[str, str]:
        """Return, for each SPARQL constraint, the shape that holds it and gives its severity."""
        return {
            triple.object.value: triple.subject.value
            for document in self.documents
            for triple in document.triples
            if triple.predicate == sh("sparql")
            and isinstance(triple.object, NamedNode)
            and isinstance(triple.subject, NamedNode)
        }

    def _close_to(self, asked: str) -> tuple[str, ...]:
        """Return the rules whose name holds the words asked for, then the codes that look like them."""
        wanted = folded(asked)
        named = [
            code
            for code, rule in sorted(self.book.rules.items())
            if wanted and any(f" {wanted} " in f" {folded(name)} " for name in rule.name)
        ]
        likeness = {code: SequenceMatcher(None, asked, code).ratio() for code in self.codes()}
        alike = sorted(
            (code for code in likeness if likeness[code] >= ALIKE), key=lambda c: (-likeness[c], c)
        )
        return tuple(dict.fromkeys([*named, *alike]))[:CLOSE]

    def _example(self, path: Path | None) -> Example | None:
        """Return a case as written; None when there is none to read."""
        if path is None:
            return None
        try:
            with path.open("rb") as file:
                text = file.read(LONGEST)
        except OSError:
            return None
        return Example(self._name(path), text.decode("utf-8", errors="replace"))

    def _name(self, path: Path) -> str:
        """Return where a case stands in the sources: the same whether the project holds it or the tool brings it."""
        cases = self.project.cases
        return path.as_posix() if cases is None else f"tests/cases/{path.relative_to(cases).as_posix()}"


def _cases(folder: Path | None, code: str) -> tuple[Path, ...]:
    """Return the cases of a code, the smallest first."""
    if folder is None or not (folder / code).is_dir():
        return ()
    found: Iterable[Path] = (
        path for path in (folder / code).iterdir() if path.is_file() and path.name.startswith(("ok-", "ko-"))
    )
    return tuple(sorted(found, key=lambda path: (path.stat().st_size, path.name)))
