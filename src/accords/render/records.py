"""A record as a person reads it: what it is, its properties, its evidence, what refers to it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from accords.language import Words
from accords.things import Text
from accords.vocab import COMMENT, DCTERMS, DEF, SKOS, SUBCLASS, ae

from .phrases import counted, number
from .prose import columns, notes, opened, place, quoted, safe, thing, things, value, wrapped

if TYPE_CHECKING:
    from accords.inspection import Claim, Deprecation, Excerpt, Links, Property, Record
    from accords.language import Language
    from accords.things import Thing

_NOTES = {SKOS + name for name in ("definition", "scopeNote", "example", "editorialNote", "changeNote")}
_NOTES |= {COMMENT.value, DCTERMS + "description"}
_RECORDS = Words("fiche", "record"), Words("fiches", "records")


def record(shown: Record, language: Language, *, most: int) -> str:
    """Return the whole record; at most `most` things are listed a property that refers to it (0: all)."""
    parts = (
        _head(shown, language),
        *_properties(shown, language),
        _superclasses(shown.superclasses, language),
        _usage(shown, language),
        _excerpts(shown.excerpts, language),
        _claims([claim for claim in shown.claims if not claim.absence], language),
        _absences([claim for claim in shown.claims if claim.absence], language),
        _links(shown, language, most),
        _passage_hint(shown, language),
    )
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _head(shown: Record, language: Language) -> list[str]:
    kinds = ", ".join(kind.label.to(language) if kind.label else kind.curie for kind in shown.kinds)
    if shown.title is not None:
        lines = wrapped(shown.title.to(language))
        lines += wrapped(f"{shown.thing.curie}, {kinds}" if kinds else shown.thing.curie)
    else:
        lines = [safe(shown.thing.curie), *wrapped(opened(kinds))]
    written = Words("Écrit dans ", "Written in ").to(language)
    lines += [written + place(location) for location in shown.written]
    if shown.deprecated is not None:
        lines += _deprecation(shown.deprecated, language)
    return lines


def _deprecation(said: Deprecation, language: Language) -> list[str]:
    line = Words("À ne plus employer", "Deprecated").to(language)
    if said.replaced_by:
        line += Words(" ; remplacé par : ", "; replaced by: ").to(language)
        line += things(said.replaced_by, language)
    return [
        *wrapped(line),
        *(line for note in notes(said.notes, language) for line in wrapped(note, indent=2)),
    ]


def _properties(shown: Record, language: Language) -> list[list[str]]:
    """Return one block a group of the form, and one for what has no form."""
    told = SUBCLASS.value if shown.superclasses else None  # they have a block of their own
    listed = [held for held in shown.properties if held.thing.iri != told]
    formed = any(held.group for held in listed)
    blocks: list[list[str]] = []
    for group, held in groupby(listed, key=lambda one: one.group):
        title = group or (Words("Autres propriétés", "Other properties") if formed else None)
        rows = columns([_row(one, language) for one in held])
        blocks.append([title.to(language), *rows] if title else rows)
    return blocks


def _row(held: Property, language: Language) -> tuple[str, list[str]]:
    texts = [one for one in held.values if isinstance(one, Text)]
    if held.thing.iri in _NOTES and len(texts) == len(held.values):
        return opened(held.name.to(language)), notes(texts, language)
    return opened(held.name.to(language)), [value(one, language) for one in held.values]


def _superclasses(above: tuple[Thing, ...], language: Language) -> list[str]:
    if not above:
        return []
    title = Words("Sous-classe de, du plus proche au plus large", "Subclass of, nearest first").to(language)
    return [title, *(line for one in above for line in wrapped(thing(one, language), indent=2, hanging=2))]


def _usage(shown: Record, language: Language) -> list[str]:
    used = shown.usage
    if used is None:
        return []
    line = Words("Emploi : ", "Used by: ").to(language) + counted(used.records, *_RECORDS, language)
    if used.under is not None and used.under != used.records:
        under = Words(
            f" ; {number(used.under, 'fr')} avec ce qui est plus précis",
            f"; {number(used.under, 'en')} with what is narrower",
        )
        line += under.to(language)
    told = {shown.thing, *(link.property for link in shown.links)}  # counted in this line, or below
    rows = [(number(count, language), [thing(one, language)]) for one, count in used.by]
    return [line, *columns(rows)] if {one for one, _ in used.by} - told else [line]


def _excerpts(cited: tuple[Excerpt, ...], language: Language) -> list[str]:
    """Return the excerpts under their sources."""
    if not cited:
        return []
    lines = [Words("Extraits cités", "Excerpts cited").to(language)]
    for source, held in groupby(sorted(cited, key=_source_of), key=lambda one: one.source):
        unknown = Words("(source non indiquée)", "(source not given)").to(language)
        lines += wrapped(thing(source, language) if source else unknown, indent=2, hanging=2)
        for one in held:
            lines += [f"    {safe(one.thing.curie)}  {place(one.written)}"]
            lines += wrapped(_passage(one, language), indent=6, hanging=2)
    return lines


def _source_of(cited: Excerpt) -> str:
    return cited.source.curie if cited.source else ""


def _passage(cited: Excerpt, language: Language) -> str:
    words = quoted(cited.quote, language) if cited.quote else "?"
    if cited.end:
        words += f" … {quoted(cited.end, language)}"
    if cited.prefix:
        words += Words(", après ", ", after ").to(language) + quoted(cited.prefix, language)
    if cited.speakers:
        said = Words(" ; locuteur : ", "; speaker: ").to(language)
        words += said + things(cited.speakers, language)
    return words


def _claims(held: list[Claim], language: Language) -> list[str]:
    if not held:
        return []
    title = Words("Assertions : ce qui fonde chaque valeur", "Claims: what each value rests on").to(language)
    return [title, *(line for claim in held for line in _claim(claim, language))]


def _absences(held: list[Claim], language: Language) -> list[str]:
    if not held:
        return []
    title = Words("Non enregistré, et pourquoi", "Not recorded, and why").to(language)
    return [title, *(line for claim in held for line in _claim(claim, language))]


def _claim(claim: Claim, language: Language) -> list[str]:
    colon = Words(" : ", ": ").to(language)
    said = [value(one, language) for one in claim.values]
    said += [one.label.to(language) if one.label else one.curie for one in claim.absence]
    head = opened(claim.about.to(language)) + (colon + ", ".join(said) if said else "")
    judged = [one.label.to(language) if one.label else one.curie for one in claim.basis + claim.rank]
    backed = ", ".join(one.curie for one in claim.excerpts)
    rest = [
        part for part in (", ".join(judged), backed, f"{claim.thing.curie}  {place(claim.written)}") if part
    ]
    lines = wrapped(head, indent=2, hanging=2)
    lines += wrapped(" ; ".join(rest) if language == "fr" else "; ".join(rest), indent=4)
    return lines + [line for note in notes(claim.notes, language) for line in wrapped(note, indent=4)]


def _links(shown: Record, language: Language, most: int) -> list[str]:
    if not shown.links:
        nothing = Words("Rien n'y renvoie", "Nothing refers to it")
        nothing_else = Words("Rien d'autre n'y renvoie", "Nothing else refers to it")
        return [(nothing_else if shown.claims else nothing).to(language)]
    lines = [Words("Ce qui y renvoie", "What refers to it").to(language)]
    for one in shown.links:
        lines.append(
            f"  {safe(_backwards(one, language))}{Words(' : ', ': ').to(language)}{number(len(one.things), language)}"
        )
        listed = one.things[:most] if most else one.things
        lines += [line for held in listed for line in wrapped(thing(held, language), indent=4, hanging=2)]
        if left := len(one.things) - len(listed):
            more = Words(
                f"    … et {number(left, 'fr')} de plus (tout lister : --most 0)",
                f"    … and {number(left, 'en')} more (list all: --most 0)",
            )
            lines.append(more.to(language))
    return lines


def _backwards(one: Links, language: Language) -> str:
    """Return what things are to the record, with the property of ours that says it."""
    if one.name is None:
        return _arrow(one.property, language)
    ours = (one.property.iri or "").startswith(DEF)
    return f"{one.name.to(language)} ({one.property.curie})" if ours else one.name.to(language)


def _passage_hint(shown: Record, language: Language) -> list[str]:
    if all(kind.iri != ae("Excerpt").value for kind in shown.kinds):
        return []
    command = f"accords evidence show {shown.thing.curie}"
    return [Words(f"Le passage entier : {command}", f"The whole passage: {command}").to(language)]


def _arrow(by: Thing, language: Language) -> str:
    return f"{quoted(by.label.to(language), language)} ({by.curie})" if by.label else by.curie
