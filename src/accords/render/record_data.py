"""A record as JSON: nothing is cut, every text in both languages, whatever the reader's language."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from accords.things import Thing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accords.inspection import Claim, Excerpt, Record
    from accords.language import Words
    from accords.location import Location
    from accords.things import Text, Value

_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def as_json(shown: Record) -> str:
    """Return the record as one JSON object."""
    used = shown.usage
    return encoded(
        {
            **thing_data(shown.thing),
            "label": words_data(shown.title),
            "kinds": things_data(shown.kinds),
            "written": [_place(location) for location in shown.written],
            "deprecated": None
            if shown.deprecated is None
            else {
                "replaced_by": things_data(shown.deprecated.replaced_by),
                "notes": [_text(text) for text in shown.deprecated.notes],
            },
            "superclasses": things_data(shown.superclasses),
            "properties": [
                {
                    "property": thing_data(held.thing),
                    "name": words_data(held.name),
                    "group": words_data(held.group),
                    "values": [value_data(value) for value in held.values],
                }
                for held in shown.properties
            ],
            "excerpts": [_excerpt(cited) for cited in shown.excerpts],
            "claims": [_claim(claim) for claim in shown.claims],
            "links": [
                {
                    "property": thing_data(link.property),
                    "count": len(link.things),
                    "things": things_data(link.things),
                }
                for link in shown.links
            ],
            "usage": None
            if used is None
            else {
                "records": used.records,
                "under": used.under,
                "by": [{"thing": thing_data(thing), "records": count} for thing, count in used.by],
            },
        }
    )


def encoded(whole: object) -> str:
    """Return a value as JSON that is safe to print: control and bidirectional characters are escaped."""
    text = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    return re.sub(r"[^\n\x20-\x7e]", lambda found: _escaped(found[0]), text)


def _escaped(letter: str) -> str:
    return json.dumps(letter)[1:-1] if unicodedata.category(letter) in _UNSAFE else letter


def words_data(words: Words | None) -> dict[str, str] | None:
    """Return a sentence in both languages, or nothing."""
    return None if words is None else words._asdict()


def _place(written: Location) -> dict[str, Any]:
    return {"file": written.file, "line": written.line, "column": written.column}


def thing_data(thing: Thing) -> dict[str, Any]:
    """Return a thing: IRI, short name, label and kind."""
    return {
        "iri": thing.iri,
        "curie": thing.curie,
        "label": words_data(thing.label),
        "kind": words_data(thing.kind),
    }


def things_data(things: Iterable[Thing]) -> list[dict[str, Any]]:
    """Return several things."""
    return [thing_data(thing) for thing in things]


def _text(text: Text) -> dict[str, Any]:
    return {"text": text.text, "language": text.language, "datatype": text.datatype}


def value_data(value: Value) -> dict[str, Any]:
    """Return a thing, or a text with its language and datatype."""
    return thing_data(value) if isinstance(value, Thing) else _text(value)


def _excerpt(cited: Excerpt) -> dict[str, Any]:
    return {
        **thing_data(cited.thing),
        "quote": cited.quote,
        "end": cited.end,
        "prefix": cited.prefix,
        "source": None if cited.source is None else thing_data(cited.source),
        "speakers": things_data(cited.speakers),
        "written": _place(cited.written),
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        **thing_data(claim.thing),
        "about": words_data(claim.about),
        "property": None if claim.property is None else thing_data(claim.property),
        "values": [value_data(value) for value in claim.values],
        "basis": things_data(claim.basis),
        "rank": things_data(claim.rank),
        "absence": things_data(claim.absence),
        "notes": [_text(text) for text in claim.notes],
        "excerpts": things_data(claim.excerpts),
        "written": _place(claim.written),
    }
