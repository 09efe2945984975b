"""Evidence on a terminal and as data: what a check found, the words that a record rests on, an excerpt to paste."""

from __future__ import annotations

import json
import shlex
from collections import Counter
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal

from accords.archive import REASONS
from accords.language import Words, printable
from accords.passages import Absent, Ambiguous
from accords.tracing import OfExcerpt, OfSource

from . import data, text
from .phrases import by_severity, counted, number
from .prose import opened, place, quoted, safe, thing, value, wrapped
from .skeleton import written
from .tables import aligned

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from accords.evidence import Check, State
    from accords.findings import Finding
    from accords.language import Language
    from accords.passages import Passage
    from accords.quoting import Quotation
    from accords.terms import Prefixes
    from accords.things import Thing
    from accords.tracing import Cited, Claimed, Line, OfRecord, Trace

LONGEST_PASSAGE = 200  # lines of a passage that are printed
LONGEST_LINE = 20_000  # characters of one of its lines
LISTED = 10  # other places that are listed
_UNREAD = Words("fichier illisible", "unreadable file"), Words("fichiers illisibles", "unreadable files")
_EXCERPTS = Words("extrait", "excerpt"), Words("extraits", "excerpts")


def checked(  # noqa: PLR0913  # what a report can be asked for
    check: Check,
    findings: Sequence[Finding],
    prefixes: Prefixes,
    language: Language,
    *,
    most: int,
    unread: int,
) -> str:
    """Return findings, counts, what is unchecked and why, and the sources, one a line.

    At most `most` findings and `most` unchecked excerpts are listed (0: all), and what is left out is said.
    `unread` files could not be read, whose excerpts nobody knows.
    """
    lines = _some([text.finding(found, language) for found in findings], language, most)
    lines += [""] if lines else []
    lines += text.evidence_counts(check.summary, language)
    if unread:
        files = counted(unread, *_UNREAD, language)
        lines.append(f"  {files}{Words(', extraits non comptés', ', excerpts not counted').to(language)}")
    lines += _unchecked(check, prefixes, language, most)
    lines += _sources(check, prefixes, language)
    severities = Counter(found.severity for found in findings)
    lines += ["", Words("Résultat : ", "Result: ").to(language) + by_severity(dict(severities), language)]
    return "\n".join(lines) + "\n"


def _some(lines: list[str], language: Language, most: int) -> list[str]:
    left = len(lines) - most if most else 0
    if left <= 0:
        return lines
    said = Words(
        f"… et {number(left, 'fr')} de plus (tout lister : --most 0)",
        f"… and {number(left, 'en')} more (list all: --most 0)",
    )
    return [*lines[:most], said.to(language)]


def _unchecked(check: Check, prefixes: Prefixes, language: Language, most: int) -> list[str]:
    colon = Words(" : ", ": ").to(language)
    rows = [
        f"  {prefixes.show(state.excerpt.node)}{colon}{REASONS[state.reason].to(language)}"
        for state in check.states
        if state.reason is not None
    ]
    return (
        ["", Words("Non vérifiés", "Not checked").to(language), *_some(rows, language, most)] if rows else []
    )


def _sources(check: Check, prefixes: Prefixes, language: Language) -> list[str]:
    excerpts = Counter(state.excerpt.source for state in check.states)
    rows = [
        (
            prefixes.show(source.node),
            counted(excerpts[source.node], *_EXCERPTS, language),
            safe(source.archive_name or "–"),
            (Words("sous la main", "at hand") if source.reason is None else REASONS[source.reason]).to(
                language
            ),
        )
        for source in check.sources
    ]
    return ["", Words("Textes", "Texts").to(language), *aligned(rows)] if rows else []


def as_json(check: Check, findings: Sequence[Finding], prefixes: Prefixes, language: Language) -> str:
    """Return the findings, the counts, every excerpt and every source as one JSON object."""
    whole = {
        "findings": data.rows(findings, language),
        "evidence": data.evidence(check.summary),
        "excerpts": [_excerpt_row(state, prefixes) for state in check.states],
        "sources": [
            {
                "source": prefixes.show(source.node),
                "archive": source.archive_name,
                "reason": None if source.reason is None else source.reason.value,
            }
            for source in check.sources
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _excerpt_row(state: State, prefixes: Prefixes) -> dict[str, Any]:
    found = state.passage
    named = "checked" if found is not None else "failed" if state.reason is None else "unchecked"
    return {
        "excerpt": prefixes.show(state.excerpt.node),
        "source": None if state.excerpt.source is None else prefixes.show(state.excerpt.source),
        "state": named,
        "reason": None if state.reason is None else state.reason.value,
        "first_line": None if found is None else found.first_line,
        "last_line": None if found is None else found.last_line,
        "repeats": [] if found is None else list(found.repeats),
    }


def traced(trace: Trace, language: Language) -> str:
    """Return a trace as a person reads it."""
    match trace:
        case OfExcerpt():
            blocks = _of_excerpt(trace, language)
        case OfSource():
            blocks = _of_source(trace, language)
        case _:
            blocks = _of_record(trace, language)
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _of_excerpt(trace: OfExcerpt, language: Language) -> list[list[str]]:
    cited = trace.cited
    nothing = Words("Rien ne repose sur cet extrait", "Nothing rests on this excerpt").to(language)
    return [
        _head(cited, language),
        _passage(cited, language),
        _listed(Words("Fiches qui en dépendent", "Records that rest on it"), trace.records, language),
        _claims(Words("Assertions qui en dépendent", "Claims that rest on it"), trace.claims, language),
        [] if trace.records or trace.claims else [nothing],
    ]


def _of_source(trace: OfSource, language: Language) -> list[list[str]]:
    state = Words("sous la main", "at hand") if trace.reason is None else REASONS[trace.reason]
    name = f"{safe(trace.archive_name)}{Words(' : ', ': ').to(language)}" if trace.archive_name else ""
    head = [*wrapped(thing(trace.thing, language)), f"{place(trace.written)}", name + state.to(language)]
    title = opened(counted(len(trace.excerpts), *_EXCERPTS, language))
    rows = [line for cited in trace.excerpts for line in _row(cited, language)]
    return [head, [title, *rows]]


def _row(cited: Cited, language: Language) -> list[str]:
    """Return an excerpt of a source on a few lines: where it stands, the words that locate it."""
    at = _lines_said(cited, language) or _missing(cited, language)
    return [f"  {cited.thing.curie}  {at}", *wrapped(_words(cited, language), indent=4, hanging=2)]


def _of_record(trace: OfRecord, language: Language) -> list[list[str]]:
    blocks = [[*wrapped(thing(trace.thing, language)), place(trace.written)]]
    for backing in trace.backings:
        own = [Words("Étaye la fiche", "Backs the record").to(language)] if backing.direct else []
        claims = _claims(Words("Étaye les assertions", "Backs the claims"), backing.claims, language)
        blocks += [
            [*_head(backing.cited, language), "", *_passage(backing.cited, language), "", *own, *claims]
        ]
    blocks.append(_listed(Words("Repose en entier sur", "Rests as a whole on"), trace.registers, language))
    blocks.append(
        _claims(Words("Assertions sans extrait", "Claims without an excerpt"), trace.unbacked, language)
    )
    if not (trace.backings or trace.registers or trace.unbacked):
        blocks.append([Words("Aucun extrait, aucune assertion", "No excerpt, no claim").to(language)])
    return blocks


def _head(cited: Cited, language: Language) -> list[str]:
    lines = [f"{cited.thing.curie}  {place(cited.written)}"]
    if cited.source is not None:
        lines += wrapped(thing(cited.source, language), hanging=2)
    at = _lines_said(cited, language)
    lines += wrapped(", ".join(part for part in (cited.archive_name or "", at) if part), hanging=2)
    return lines


def _lines_said(cited: Cited, language: Language) -> str:
    """Return where the passage of an excerpt stands, and where it stands again."""
    return "" if cited.passage is None else _places(cited.passage, language)


def _passage(cited: Cited, language: Language) -> list[str]:
    if not cited.lines:
        return [
            *wrapped(_missing(cited, language), hanging=2),
            *wrapped(_words(cited, language), indent=2, hanging=2),
        ]
    width = len(str(cited.lines[-1].number)) + 2
    lines = [f"{line.number:>{width}} | {_said(line)}" for line in cited.lines[:LONGEST_PASSAGE]]
    if (left := len(cited.lines) - LONGEST_PASSAGE) > 0:
        more = Words(f"… et {number(left, 'fr')} lignes de plus", f"… and {number(left, 'en')} more lines")
        lines.append(more.to(language))
    return lines


def _said(line: Line) -> str:
    words = printable(line.words.strip(), LONGEST_LINE)
    return f"{'[…] ' if line.cut_before else ''}{words}{' […]' if line.cut_after else ''}"


def _missing(cited: Cited, language: Language) -> str:
    """Return why there is no passage to print."""
    if cited.reason is not None:
        why = REASONS[cited.reason]
        said = Words(f"passage non vérifié : {why.fr}", f"passage not checked: {why.en}")
    else:
        said = _fault(cited.fault)
        if cited.instead is not None:
            said = Words(f"{said.fr} : {cited.instead.fr}", f"{said.en}: {cited.instead.en}")
    return opened(said.to(language))


def _fault(fault: Absent | Ambiguous | None) -> Words:
    match fault:
        case Ambiguous():
            return Words("passage en plusieurs endroits", "passage in several places")
        case Absent("prefix"):
            return Words("passage introuvable après ces mots", "passage not found after these words")
        case _:
            return Words("passage introuvable dans le texte", "passage not found in the text")


def _words(cited: Cited, language: Language) -> str:
    """Return the words that locate an excerpt."""
    words = quoted(cited.quote, language) if cited.quote else "?"
    if cited.end:
        words += f" … {quoted(cited.end, language)}"
    if cited.prefix:
        words += Words(", après ", ", after ").to(language) + quoted(cited.prefix, language)
    return words


def _listed(title: Words, things: Iterable[Thing], language: Language) -> list[str]:
    rows = [line for one in things for line in wrapped(thing(one, language), indent=2, hanging=2)]
    return [title.to(language), *rows] if rows else []


def _claims(title: Words, claims: Iterable[Claimed], language: Language) -> list[str]:
    rows = [line for claim in claims for line in _claim(claim, language)]
    return [title.to(language), *rows] if rows else []


def _claim(claim: Claimed, language: Language) -> list[str]:
    colon, semicolon = Words(" : ", ": ").to(language), Words(" ; ", "; ").to(language)
    about = "?" if claim.about is None else thing(claim.about, language)
    target = "?" if claim.property is None else thing(claim.property, language)
    said = ", ".join(value(one, language) for one in claim.values)
    judged = ", ".join(one.label.to(language) if one.label else one.curie for one in claim.judged)
    return [
        *wrapped(f"{about}, {target}{colon + said if said else ''}", indent=2, hanging=2),
        *wrapped(semicolon.join(part for part in (claim.thing.curie, judged) if part), indent=4),
    ]


def block(made: Quotation, prefixes: Prefixes, language: Language) -> str:
    """Return an excerpt as Turtle to paste, with comment lines that say where the passage stands."""
    pinned = made.pinned
    rows = [
        ("ae:excerptOf", prefixes.show(made.source)),
        ("ae:quote", written(Literal(pinned.quote, language=made.language), prefixes)),
        ("ae:quoteEnd", written(Literal(pinned.end), prefixes) if pinned.end else ""),
        ("ae:quotePrefix", written(Literal(pinned.prefix), prefixes) if pinned.prefix else ""),
    ]
    lines = [f"  {predicate} {shown}" for predicate, shown in rows if shown]
    body = f"{prefixes.show(made.node)} a ae:Excerpt ;\n" + " ;\n".join(lines) + " ."
    comments = [f"# {safe(line)}" for line in _comments(made, prefixes, language)]
    return "\n".join([*comments, body]) + "\n"


def _comments(made: Quotation, prefixes: Prefixes, language: Language) -> list[str]:
    passage = made.pinned.passage
    where = Words(
        f"{made.archive_name}, {_places(passage, 'fr')}", f"{made.archive_name}, {_places(passage, 'en')}"
    )
    comments = [where.to(language)]
    if made.elsewhere:
        comments.append(_elsewhere(made, language))
    if made.same:
        named = ", ".join(map(prefixes.show, made.same))
        one = Words(f"{named} mène déjà à ce passage", f"{named} already leads to this passage")
        several = Words(f"{named} mènent déjà à ce passage", f"{named} already lead to this passage")
        said = one if len(made.same) == 1 else several
        comments.append(said.to(language))
    return comments


def _elsewhere(made: Quotation, language: Language) -> str:
    """Return the other places where the words given stand, with what leads to each."""
    rows = [
        (place.line, f" (--prefix {_for_a_shell(place.prefix)})" if place.prefix else "")
        for place in made.elsewhere[:LISTED]
    ]
    french = " ; ".join(f"ligne {line}{how}" for line, how in rows)
    english = "; ".join(f"line {line}{how}" for line, how in rows)
    more = Words(" ; …", "; …").to(language) if len(made.elsewhere) > LISTED else ""
    said = Words(f"ces mots se trouvent aussi {french}", f"these words are also on {english}")
    return said.to(language) + more


def _for_a_shell(words: str) -> str:
    return shlex.quote(words) if set(words) & set('"$`\\!') else f'"{words}"'


def _places(passage: Passage, language: Language) -> str:
    """Return the lines of a passage, and those where it is printed again."""
    first, last = passage.first_line, passage.last_line
    lines = Words(f"lignes {first} à {last}", f"lines {first} to {last}")
    at = (Words(f"ligne {first}", f"line {first}") if first == last else lines).to(language)
    if not passage.repeats:
        return at
    one = Words(" ; imprimé de nouveau ligne ", "; printed again on line ")
    several = Words(" ; imprimé de nouveau lignes ", "; printed again on lines ")
    again = one if len(passage.repeats) == 1 else several
    return at + again.to(language) + ", ".join(map(str, passage.repeats))
