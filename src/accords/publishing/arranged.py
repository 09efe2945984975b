"""Records in the order in which they are published, whatever the files they stand in.

1. Subjects are grouped by kind: the first of their classes by short name. Those without a class come last.
2. Within a kind, by IRI; a blank node by its name, behind them.
3. Properties: the class, the labels, then as in the form of the record, then the others.
4. Values: as they would be written, French before English, each once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from accords.fields import Fields
from accords.vocab import ALT_LABEL, LABELS, TYPE

from . import tags

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from accords.forms import Forms
    from accords.terms import Term
    from accords.things import Facts

Record = dict[NamedNode, tuple["Term", ...]]
_FIRST = {term: place for place, term in enumerate((TYPE, *LABELS, ALT_LABEL))}
_LANGUAGES = {"fr": 0, "en": 1}


class Kind(NamedTuple):
    """The subjects of one kind: the class, None for those without one."""

    of: NamedNode | None
    subjects: tuple[Term, ...]


@dataclass(frozen=True)
class Arranged:
    """Statements in order; `held` are those of the subjects to arrange, the facts those that tell their forms."""

    facts: Facts
    forms: Forms
    held: Mapping[Term, Mapping[NamedNode, Sequence[Term]]]
    _places: dict[frozenset[Term], dict[NamedNode, int]] = field(default_factory=dict)

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """Return the subjects by kind."""
        keyed = sorted((self._kind(subject), _by_name(subject), subject) for subject in self.held)
        return tuple(
            Kind(NamedNode(iri) if iri else None, tuple(subject for *_, subject in rows))
            for (_, iri), rows in groupby(keyed, key=lambda row: row[0])
        )

    def records(self) -> Iterator[tuple[Term, Record]]:
        """Yield each subject with its statements, in order."""
        for kind in self.kinds:
            for subject in kind.subjects:
                yield subject, self.record(subject)

    def record(self, subject: Term) -> Record:
        """Return the statements of a subject, in order."""
        held = self.held[subject]
        places = self._form(subject, held)
        return {
            verb: tuple(sorted(held[verb], key=_by_value)) if len(held[verb]) > 1 else tuple(held[verb])
            for verb in sorted(held, key=lambda verb: (places.get(verb, len(places)), verb.value))
        }

    def _kind(self, subject: Term) -> tuple[str, str]:
        """Return the sorting key of a kind, and the IRI of its class; of none, both sort last."""
        shorten = self.facts.knowledge.prefixes.shorten
        classes = [kind.value for kind in self.held[subject].get(TYPE, ()) if isinstance(kind, NamedNode)]
        return min(((shorten(iri), iri) for iri in classes), default=("\U0010ffff", ""))

    def _form(self, subject: Term, held: Mapping[NamedNode, Sequence[Term]]) -> dict[NamedNode, int]:
        """Return the place of each property in records of these classes."""
        key = frozenset(held.get(TYPE, ()))
        known = self._places.setdefault(key, {})
        if not known.keys() >= held.keys():
            fields = Fields(self.facts, self.forms, subject)
            every = sorted(
                known.keys() | held.keys(),
                key=lambda verb: (_FIRST.get(verb, len(_FIRST)), fields.place(verb), verb.value),
            )
            known = self._places[key] = {verb: place for place, verb in enumerate(every)}
        return known


def _by_name(subject: Term) -> tuple[bool, str]:
    return not isinstance(subject, NamedNode), str(subject)


def _by_value(term: Term) -> tuple[int, str]:
    written = tags.unmarked(str(term).encode()).decode()
    return (_LANGUAGES.get(term.language or "", 2) if isinstance(term, Literal) else 2), written
