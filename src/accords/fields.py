"""The form of one record: how its properties are called, grouped and ordered for a reader.

Takes the facts, the forms and a record; answers for any property, one without a field included.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from . import borrowed
from .language import Words
from .vocab import SUBCLASS, TYPE

if TYPE_CHECKING:
    from .forms import Field, Forms
    from .terms import Term
    from .things import Facts


@dataclass(frozen=True)
class Fields:
    """The form of a record: that of its classes, the nearest first."""

    facts: Facts
    forms: Forms
    term: Term

    def place(self, predicate: Term | None) -> tuple[int, int, str]:
        """Return the sorting key of a property: its place in the form, else among what readers want."""
        places = {path: place for place, path in enumerate(self._form)}
        if isinstance(predicate, NamedNode):
            outside = len(places), borrowed.rank(predicate), predicate.value
            return (places[predicate], 0, "") if predicate in places else outside
        return len(places), 0, ""

    def name(self, predicate: Term) -> Words:
        """Return the name that the form gives to a property, else its own."""
        field = self._form.get(predicate) if isinstance(predicate, NamedNode) else None
        thing = self.facts.thing(predicate)
        return field.name if field is not None else thing.label or Words(thing.curie, thing.curie)

    def backwards(self, predicate: NamedNode) -> Words | None:
        """Return what a property that leads to such records, and that none of them has, is called from their side."""
        return None if predicate in self._form else borrowed.called_backwards(predicate)

    def group(self, predicate: NamedNode) -> Words | None:
        """Return the group of a property; None without a field."""
        return self._form[predicate].group if predicate in self._form else None

    @cached_property
    def _form(self) -> dict[NamedNode, Field]:
        return self.forms.of(self.facts.above(self.facts.values(self.term, TYPE), SUBCLASS))
