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
            **_thing(shown.thing),
            "label": _words(shown.title),
            "kinds": _things(shown.kinds),
            "written": [_place(location) for location in shown.written],
            "deprecated": None
            if shown.deprecated is None
            else {
                "replaced_by": _things(shown.deprecated.replaced_by),
                "notes": [_text(text) for text in shown.deprecated.notes],
            },
            "superclasses": _things(shown.superclasses),
            "properties": [
                {
                    "property": _thing(held.thing),
                    "name": _words(held.name),
                    "group": _words(held.group),
                    "values": [_value(value) for value in held.values],
                }
                for held in shown.properties
            ],
            "excerpts": [_excerpt(cited) for cited in shown.excerpts],
            "claims": [_claim(claim) for claim in shown.claims],
            "links": [
                {
                    "property": _thing(link.property),
                    "count": len(link.things),
                    "things": _things(link.things),
                }
                for link in shown.links
            ],
            "usage": None
            if used is None
            else {
                "records": used.records,
                "under": used.under,
                "by": [{"thing": _thing(thing), "records": count} for thing, count in used.by],
            },
        }
    )


def encoded(whole: object) -> str:
    """Return a value as JSON that is safe to print: control and bidirectional characters are escaped."""
    text = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    return re.sub(r"[^\n\x20-\x7e]", lambda found: _escaped(found[0]), text)


def _escaped(letter: str) -> str:
    return json.dumps(letter)[1:-1] if unicodedata.category(letter) in _UNSAFE else letter


def _words(words: Words | None) -> dict[str, str] | None:
    return None if words is None else words._asdict()


def _place(written: Location) -> dict[str, Any]:
    return {"file": written.file, "line": written.line, "column": written.column}


def _thing(thing: Thing) -> dict[str, Any]:
    return {"iri": thing.iri, "curie": thing.curie, "label": _words(thing.label), "kind": _words(thing.kind)}


def _things(things: Iterable[Thing]) -> list[dict[str, Any]]:
    return [_thing(thing) for thing in things]


def _text(text: Text) -> dict[str, Any]:
    return {"text": text.text, "language": text.language, "datatype": text.datatype}


def _value(value: Value) -> dict[str, Any]:
    return _thing(value) if isinstance(value, Thing) else _text(value)


def _excerpt(cited: Excerpt) -> dict[str, Any]:
    return {
        **_thing(cited.thing),
        "quote": cited.quote,
        "end": cited.end,
        "prefix": cited.prefix,
        "source": None if cited.source is None else _thing(cited.source),
        "speakers": _things(cited.speakers),
        "written": _place(cited.written),
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        **_thing(claim.thing),
        "about": _words(claim.about),
        "property": None if claim.property is None else _thing(claim.property),
        "values": [_value(value) for value in claim.values],
        "basis": _things(claim.basis),
        "rank": _things(claim.rank),
        "absence": _things(claim.absence),
        "notes": [_text(text) for text in claim.notes],
        "excerpts": _things(claim.excerpts),
        "written": _place(claim.written),
    }
