"""The rules as people know them: code, severity, messages, why, how to mend. Read from `shapes/`.

A rule has a code (`AG-05`), a documentation node (`aesh:AG-05`, an `aesh:Rule`) and one or more nodes
that speak (`aesh:AG-05-…`): property shapes, SPARQL constraints, node shapes, and `aesh:Check` for what
is checked in Python. Engines drop language tags of messages and fill in variables in their own ways,
so a finding keeps only the node and the values; the words come from here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from .findings import Severity
from .language import Words
from .vocab import COMMENT, LABEL, SHAPE, TYPE, sh

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Triple

    from .loading import Document
    from .terms import Term

_CODE = re.compile(rf"{re.escape(SHAPE)}(?P<code>[A-Z]{{2}}-[0-9]{{2}})(?:-|$)")
_OPENING = re.compile(r"^[A-Z]{2}-[0-9]{2}\s?:\s*")
_VARIABLE = re.compile(r"\{[?$](\w+)\}")

SEVERITIES: dict[Term, Severity] = {
    sh("Violation"): Severity.ERROR,
    sh("Warning"): Severity.WARNING,
    sh("Info"): Severity.NOTE,
}
_MEND = NamedNode(SHAPE + "mend")
_RULE = NamedNode(SHAPE + "Rule")


@dataclass(frozen=True, slots=True)
class Rule:
    """What is known of a code: its name, why it exists, how to mend."""

    code: str
    name: Words
    why: Words
    mend: Words


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Every rule by code, and the messages and severity of every node that speaks."""

    rules: Mapping[str, Rule]
    messages: Mapping[str, Words]  # by IRI of the node
    severities: Mapping[str, Severity]  # of the checks made in Python, by IRI
    mends: Mapping[str, Words] = field(default_factory=dict)  # of the nodes that have advice of their own

    def message(self, node: str, values: Mapping[str, str]) -> Words:
        """Return what a node says, its variables replaced by the values given.

        A node without a message of its own says the name of its rule.
        """
        said = self.messages.get(node) or self._name(node)
        return Words(_filled(said.fr, values), _filled(said.en, values))

    def mend(self, node: str) -> Words:
        """Return what to do about what a node says: its own advice, else that of its rule, else nothing."""
        code = code_of(node)
        return self.mends.get(node) or (self.rules[code].mend if code in self.rules else Words("", ""))

    def severity(self, check: str) -> Severity:
        """Return the severity of a check made in Python, error unless the rulebook says otherwise."""
        return self.severities.get(check, Severity.ERROR)

    def _name(self, node: str) -> Words:
        code = code_of(node)
        return self.rules[code].name if code in self.rules else Words(node, node)


def code_of(node: str) -> str:
    """Return the code of a rule node, or the node itself when its IRI has none.

    >>> code_of(SHAPE + "AG-05-end-before-start")
    'AG-05'
    """
    found = _CODE.match(node)
    return found["code"] if found else node


def check(name: str) -> str:
    """Return the IRI of a check made in Python.

    >>> check("EV-05-not-found").endswith("shape#EV-05-not-found")
    True
    """
    return SHAPE + name


def of_documents(documents: Iterable[Document]) -> Rulebook:
    """Return the rulebook of the parsed files of the rules."""
    return rulebook(triple for document in documents for triple in document.triples)


def rulebook(triples: Iterable[Triple]) -> Rulebook:
    """Return the rulebook that the triples of the shapes hold."""
    spoken: dict[tuple[Term, Term], dict[str, str]] = {}
    severities: dict[str, Severity] = {}
    documented: list[NamedNode] = []
    wanted = {LABEL, COMMENT, _MEND, sh("message")}
    for triple in triples:
        subject, predicate, value = triple.subject, triple.predicate, triple.object
        if not isinstance(subject, NamedNode):
            continue
        if predicate in wanted and isinstance(value, Literal):
            spoken.setdefault((subject, predicate), {})[value.language or "fr"] = value.value
        elif predicate == sh("severity") and (severity := SEVERITIES.get(value)):
            severities[subject.value] = severity
        elif predicate == TYPE and value == _RULE:
            documented.append(subject)

    def words(subject: Term, predicate: Term) -> Words:
        both = spoken.get((subject, predicate), {})
        return Words(both.get("fr") or both.get("en", ""), both.get("en") or both.get("fr", ""))

    rules = {
        code_of(node.value): Rule(
            code_of(node.value), words(node, LABEL), words(node, COMMENT), words(node, _MEND)
        )
        for node in sorted(documented, key=lambda node: node.value)
    }
    messages = {
        subject.value: Words(*(_OPENING.sub("", text) for text in words(subject, predicate)))
        for subject, predicate in spoken
        if predicate == sh("message") and isinstance(subject, NamedNode)
    }
    mends = {
        subject.value: words(subject, predicate)
        for subject, predicate in spoken
        if predicate == _MEND and isinstance(subject, NamedNode)
    }
    return Rulebook(rules, messages, severities, mends)


def _filled(sentence: str, values: Mapping[str, str]) -> str:
    return _VARIABLE.sub(lambda found: values.get(found[1], found[0]), sentence)
