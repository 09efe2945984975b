"""Whether a value is what a column says of all of its cells, so that a typed column never lies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from accords.vocab import DATES, STRING, XSD

from .sheets import Sort

if TYPE_CHECKING:
    from accords.terms import Term

    from .asking import Asked

_WHOLE = re.compile(r"[+-]?[0-9]{1,18}", re.ASCII)  # what 64 bits hold
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)", re.ASCII)
FORMS = {  # of the values that have one: what a cell must look like
    Sort.INTEGER: _WHOLE,
    Sort.DECIMAL: _DECIMAL,
    Sort.NUMBER: _DECIMAL,
    Sort.BOOLEAN: re.compile(r"true|false|1|0"),
    Sort.DATE: re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?", re.ASCII),
    Sort.DURATION: re.compile(
        r"-?P(?=[0-9T])(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9.]+S)?)?",
        re.ASCII,
    ),
}
_TYPES = {
    Sort.TEXT: {STRING},
    Sort.INTEGER: {NamedNode(XSD + "integer")},
    Sort.DECIMAL: {NamedNode(XSD + "decimal")},
    Sort.NUMBER: {NamedNode(XSD + "integer"), NamedNode(XSD + "decimal")},
    Sort.BOOLEAN: {NamedNode(XSD + "boolean")},
    Sort.DATE: set(DATES),
    Sort.DURATION: {NamedNode(XSD + "duration")},
}


def fits(value: Term, asked: Asked) -> bool:
    """Tell whether a value is what the column of its property says of all of them."""
    if asked.sort is Sort.ANY:
        return not isinstance(value, BlankNode)
    if asked.sort is Sort.IRI or not isinstance(value, Literal):
        return asked.sort is Sort.IRI and isinstance(value, NamedNode)
    if asked.tagged:
        return value.language is not None
    form = FORMS.get(asked.sort)
    return value.datatype in _TYPES[asked.sort] and (form is None or bool(form.fullmatch(value.value)))
