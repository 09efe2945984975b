"""A JSON Schema for each file of plain JSON, made from the same plan of the forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .asking import SUPPORTED, Shape
from .columns import EXCERPTS
from .csvw import DATE
from .plain import EVIDENCE
from .sheets import Sort

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from accords.language import Words

    from .asking import Asked, Group
    from .trees import Part

Schema = dict[str, Any]

_TONGUE = "^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$"  # of a language
_DEFINED: Schema = {
    "words": {
        "type": "object",
        "description": "Un texte par langue · A text in each language",
        "patternProperties": {_TONGUE: {"type": "string"}},
        "additionalProperties": False,
    },
    "lists": {
        "type": "object",
        "description": "Des textes par langue · Texts in each language",
        "patternProperties": {_TONGUE: {"type": "array", "items": {"type": "string"}, "minItems": 1}},
        "additionalProperties": False,
    },
    "thing": {
        "type": "object",
        "description": "Une fiche ou un concept : nom court, IRI, libellé · A record or a concept: short name, IRI, label",
        "properties": {
            "id": {"type": "string"},
            "iri": {"type": "string"},
            "label": {"$ref": "#/$defs/words"},
        },
        "required": ["id", "iri"],
        "additionalProperties": False,
    },
}
_THING, _WORDS, _LISTS = ({"$ref": f"#/$defs/{name}"} for name in ("thing", "words", "lists"))
_NUMBER: Schema = {
    "oneOf": [{"type": "number"}, {"type": "string", "pattern": r"^[+-]?[0-9]*\.?[0-9]*$"}]
}  # text where a number would lose figures
_VALUES: dict[Sort, Schema] = {
    Sort.IRI: _THING,
    Sort.TEXT: {"type": "string"},
    Sort.INTEGER: {"oneOf": [{"type": "integer"}, {"type": "string", "pattern": "^[+-]?[0-9]+$"}]},
    Sort.DECIMAL: _NUMBER,
    Sort.NUMBER: _NUMBER,
    Sort.BOOLEAN: {"type": "boolean"},
    Sort.DATE: {"type": "string", "pattern": f"^{DATE}$"},
    Sort.DURATION: {"type": "string", "pattern": "^-?P"},
    Sort.ANY: {"anyOf": [_THING, _WORDS, {"type": "string"}]},
}


def schema(group: Group, planned: Sequence[Group], parts: Mapping[str, tuple[Part, ...]]) -> Schema:
    """Return the schema of the file of a group."""
    excerpts = next(one for one in planned if one.name == EXCERPTS)
    used = {one.name: one for one in (*_within(group, parts), excerpts)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": _both(group.title),
        "type": "object",
        "properties": {
            "title": _WORDS,
            "date": {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
            "license": {"type": "string"},
            "records": {"type": "array", "items": {"$ref": f"#/$defs/{group.name}"}},
        },
        "required": ["title", "date", "license", "records"],
        "additionalProperties": False,
        "$defs": {**_DEFINED, **{name: _record(one, parts) for name, one in used.items()}},
    }


def _within(group: Group, parts: Mapping[str, tuple[Part, ...]]) -> Iterator[Group]:
    yield group
    for part in parts.get(group.name, ()):
        yield from _within(part.group, parts)


def _record(group: Group, parts: Mapping[str, tuple[Part, ...]]) -> Schema:
    said: Schema = {"id": {"type": "string"}, "iri": {"type": "string"}, "type": _THING}
    for asked in group.asked:
        if asked.path != SUPPORTED:
            name, value = _property(asked)
            said[name] = {"title": _both(asked.title), **value}
    if group.name == EXCERPTS:
        said["link"] = {"type": "string", "pattern": "^https?://"}
    for part in parts.get(group.name, ()):
        said[part.key] = {"type": "array", "items": {"$ref": f"#/$defs/{part.group.name}"}}
    if any(asked.path == SUPPORTED for asked in group.asked):
        said[EVIDENCE] = {"type": "array", "items": {"$ref": f"#/$defs/{EXCERPTS}"}}
    return {
        "type": "object",
        "title": _both(group.title),
        "properties": said,
        "required": ["id", "iri"],
        "additionalProperties": False,
    }


def _property(asked: Asked) -> tuple[str, Schema]:
    if asked.shape is Shape.PAIR:
        return asked.name, _WORDS
    if asked.tagged:
        return (asked.name, _WORDS) if asked.shape is Shape.ONE else (asked.several, _LISTS)
    value = _VALUES[asked.sort]
    if asked.shape is Shape.ONE:
        return asked.name, value
    return asked.several, {"type": "array", "items": value, "minItems": 1}


def _both(words: Words) -> str:
    return words.fr if words.fr == words.en else f"{words.fr} · {words.en}"
