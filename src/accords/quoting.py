"""Preparing an excerpt: from a few words of an archived text to what a steward pastes.

Takes the library, the name of a source and the words of a passage; gives a `Quotation`, in the words of
the archived text, which the evidence check finds again.

1. The source is found by its CURIE, its IRI, its last part, its title or the name of its archive file.
2. The passage is looked for, exactly. Words that are not there are refused, the nearest that are there
   offered. Where the words stand in several places, the first is taken, the others are told.
3. `pinning` cuts the words to what an excerpt may hold and adds a prefix where one is needed.
4. The excerpt gets a name that nothing in the project bears, after those of the source's other excerpts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from .archive import REASONS, Unchecked
from .errors import AmbiguousName, ContentError, RequestError, UnknownName
from .evidence import on_lines, words_before
from .language import Words, printable
from .minting import Mint, stem
from .names import find_term
from .passages import Absent, Passage, Text, on_one_line
from .pinning import FEWEST, Given, Pinned, Unpinned, pin, prefix_of
from .terms import words_of
from .vocab import RECORD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .evidence import Excerpt, Library, Source
    from .terms import Term

EXCERPTS = RECORD + "excerpt/"
MANY = 50  # places of the same words, above which no one place can be meant
_FURTHER = 4  # words that a refusal repeats beyond those given


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another passage that begins with the same words: its line and the prefix that leads to it, if any."""

    line: int
    prefix: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """An excerpt ready to be written."""

    node: NamedNode
    source: Term
    archive_name: str
    language: str
    pinned: Pinned
    elsewhere: tuple[Elsewhere, ...]
    same: tuple[Term, ...]  # excerpts that lead to this passage already


def find_source(library: Library, asked: str) -> Source:
    """Return the source document meant by a CURIE, an IRI, a name or the name of its archive file.

    Raises UnknownName, AmbiguousName, or RequestError for a term that is not a source document.
    """
    show = library.knowledge.prefixes.show
    file = PurePath(asked).name
    filed = [source for source in library.sources.values() if source.archive_name == file]
    if len(filed) == 1:
        return filed[0]
    if filed:
        raise AmbiguousName(asked, tuple((show(source.node), _titled(library, source)) for source in filed))
    try:
        return library.sources[find_term(library.knowledge, asked, among=library.sources)]
    except UnknownName as unknown:
        raise _not_a_source(library, asked, unknown) from None


def prepare(library: Library, source: Source, given: Given, name: str = "") -> Quotation:
    """Return the excerpt of a passage.

    Raises RequestError for words that are not in the text, too few, or that no prefix tells apart;
    BadParameter for a name that will not do; ContentError for a text that cannot be read.
    """
    shown = library.knowledge.prefixes.show(source.node)
    text = _text(source, shown)
    others = [excerpt for excerpt in library.excerpts if excerpt.source == source.node]
    node = _name(name, source, others, Mint(library.knowledge, "exc"))
    places = _places(text, given, shown)
    pinned = pin(text, given, places[0])
    if isinstance(pinned, Unpinned):
        raise _not_pinned(pinned, text, places, shown)
    return Quotation(
        node,
        source.node,
        source.archive_name or "",
        _language(others),
        pinned,
        tuple(Elsewhere(place.first_line, prefix_of(text, pinned, place)) for place in places[1:]),
        tuple(excerpt.node for excerpt in others if _leads_to(text, excerpt, pinned.passage)),
    )


def _titled(library: Library, source: Source) -> Words:
    return library.facts.thing(source.node).label or Words("", "")


def _not_a_source(library: Library, asked: str, unknown: UnknownName) -> RequestError:
    try:
        term = library.knowledge.prefixes.show(find_term(library.knowledge, asked))
    except (UnknownName, AmbiguousName):
        return UnknownName(Words("source", "source"), asked, unknown.close)
    sources = ", ".join(map(library.knowledge.prefixes.show, library.sources))
    return RequestError(
        Words(f"{term} n'est pas un document source", f"{term} is not a source document"),
        hint=Words(f"les sources : {printable(sources, 400)}", f"the sources: {printable(sources, 400)}"),
    )


def _text(source: Source, shown: str) -> Text:
    if source.text is not None:
        return source.text
    why = REASONS[source.reason or Unchecked.UNREADABLE]
    name = f" ({printable(source.archive_name)})" if source.archive_name else ""
    message = Words(
        f"le texte de {shown}{name} n'est pas sous la main : {why.fr}",
        f"the text of {shown}{name} is not at hand: {why.en}",
    )
    if source.reason is Unchecked.NO_ARCHIVE:
        where = Words(
            "donner le dossier des textes : --archive DOSSIER, ou la variable ACCORDS_ARCHIVE",
            "name the folder of the texts: --archive FOLDER, or the variable ACCORDS_ARCHIVE",
        )
        raise RequestError(message, hint=where)
    raise ContentError(message)


def _places(text: Text, given: Given, shown: str) -> tuple[Passage, ...]:
    """Return the different passages that the words given run over, in the order of the text."""
    found = text.passages(given.first, given.last, given.prefix)
    count = len(given.first.split())
    if count < FEWEST:
        raise _too_few(text, given, count)
    if isinstance(found, Absent):
        raise _absent(text, given, found, shown)
    places = text.apart(found)
    if len(places) > MANY:
        raise RequestError(
            Words(
                f"ces mots sont en {len(places)} endroits de {shown}",
                f"these words are in {len(places)} places of {shown}",
            ),
            hint=Words("en citer davantage, ou donner --prefix", "quote more of them, or give --prefix"),
        )
    return places


def _too_few(text: Text, given: Given, count: int) -> RequestError:
    begun = text.passages(given.first) if count else Absent("quote")
    hint = None
    if not isinstance(begun, Absent):
        more = printable(on_one_line(text.words_from(begun[0], count + _FURTHER)))
        line = begun[0].first_line
        hint = Words(f"le texte, ligne {line} : « {more} »", f"the text, line {line}: “{more}”")
    return RequestError(
        Words(
            f"trop court : {count} mot{'s' if count > 1 else ''}, il en faut au moins {FEWEST} pour ouvrir un passage",
            f"too short: {count} word{'' if count == 1 else 's'}, a passage opens with at least {FEWEST}",
        ),
        hint=hint,
    )


def _absent(text: Text, given: Given, found: Absent, shown: str) -> RequestError:
    if found.missing == "prefix":
        return _absent_prefix(text, given)
    words, after = (given.last, _first_stop(text, given)) if found.missing == "end" else (given.first, 0)
    said = printable(words)
    message = (
        Words(
            f"« {said} » ne suit pas ces premiers mots dans {shown}",
            f"“{said}” does not follow these first words in {shown}",
        )
        if found.missing == "end"
        else Words(f"« {said} » ne se trouve pas dans {shown}", f"“{said}” is not in {shown}")
    )
    near = text.nearest(words, after)
    if near is None:
        return RequestError(
            message, hint=Words("rien d'approchant dans ce texte", "nothing like it in this text")
        )
    offered = printable(on_one_line(text.words_of(near)), len(words) + 80)
    return RequestError(
        message,
        hint=Words(
            f"au plus près, ligne {near.first_line} : « {offered} »",
            f"the nearest, line {near.first_line}: “{offered}”",
        ),
    )


def _first_stop(text: Text, given: Given) -> int:
    places = text.passages(given.first, prefix=given.prefix)
    return 0 if isinstance(places, Absent) else places[0].stop


def _absent_prefix(text: Text, given: Given) -> RequestError:
    places = text.passages(given.first, given.last)
    said = printable(given.prefix)
    return RequestError(
        Words(f"« {said} » ne précède ces mots nulle part", f"“{said}” stands before these words nowhere"),
        hint=None if isinstance(places, Absent) else _where(text, text.apart(places)),
    )


def _where(text: Text, places: Sequence[Passage]) -> Words:
    said = words_before(text, places)
    return Words(f"ces mots se trouvent {said.fr}", f"these words are on {said.en}")


def _not_pinned(unpinned: Unpinned, text: Text, places: Sequence[Passage], shown: str) -> RequestError:
    if unpinned.reason == "length":
        return RequestError(
            Words(
                "ces mots ne se laissent pas couper : une citation va de 3 à 15 mots et 120 caractères au plus, "
                "ses derniers mots à 60 caractères au plus",
                "these words cannot be cut: a quote has 3 to 15 words and at most 120 characters, its last words "
                "at most 60 characters",
            ),
            hint=Words("donner d'autres premiers ou derniers mots", "give other first or last words"),
        )
    lines = on_lines(place.first_line for place in places)
    return RequestError(
        Words(
            f"ces mots sont en plusieurs endroits de {shown} ({lines.fr}), et cinq mots d'avant n'en désignent pas un",
            f"these words are in several places of {shown} ({lines.en}), and five words before do not tell them apart",
        ),
        hint=_where(text, places),
    )


def _leads_to(text: Text, excerpt: Excerpt, passage: Passage) -> bool:
    found = text.find(excerpt.quote, excerpt.end, excerpt.prefix)
    return isinstance(found, Passage) and (found.start, found.stop) == (passage.start, passage.stop)


def _language(others: Sequence[Excerpt]) -> str:
    """Return the language in which the source is quoted, French where it is not quoted yet."""
    counted = Counter(excerpt.language for excerpt in others if excerpt.language)
    return min(counted, key=lambda language: (-counted[language], language), default="fr")


def _name(name: str, source: Source, others: Sequence[Excerpt], mint: Mint) -> NamedNode:
    """Return the name asked for; else the stem that most excerpts of the source share, and the next number."""
    if name:
        return mint.asked(name)
    slugs = [
        excerpt.node.value.removeprefix(EXCERPTS) for excerpt in others if isinstance(excerpt.node, NamedNode)
    ]
    return mint.node(mint.following(stem(slugs) or words_of(source.node).rpartition("/")[2]))
