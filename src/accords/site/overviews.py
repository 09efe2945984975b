"""Pages of the whole: what is declared beside what is recorded, and what happened when."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from accords.errors import AccordsError
from accords.language import LANGUAGES, Words
from accords.ledger import QUESTION as DECLARED
from accords.publishing.artefacts import Artefact, content
from accords.render import ledger as render
from accords.render.answers import linked
from accords.render.charting import timeline_chart

from .page import Entry, Page, Section
from .questions import beginning, page_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from accords.catalogue import Question
    from accords.language import Language
    from accords.render.charts import Picture

    from .page import Site, View

LEDGER, TIMELINE = "ledger.html", "timeline.html"
EVENTS = "time/timeline"  # the question that the timeline is the answer of
MOST = 120  # lines of a page; all of them are in the tables beside
SMALL = 40_000  # characters of a picture that stands on the page itself
PICTURE = "image/svg+xml"


def _pages(_site: Site) -> Iterator[Page]:
    yield Page(TIMELINE, _TIMELINE, "timeline.html", told=_happened, summary=_HAPPENED)
    yield Page(LEDGER, _LEDGER, "ledger.html", told=_declared, summary=_DECLARED)


def _question(site: Site, name: str) -> Question | None:
    return next((one for one in site.asked.catalogue.questions if one.name == name), None)


def _declared(view: View) -> Mapping[str, Any]:
    entries = view.site.asked.ledger[view.language]
    return {
        "entries": [
            (one, render.numbers_of(one, view.language), render.passages_of(one)) for one in entries[:MOST]
        ],
        "total": len(entries),
        "question": None if (asked := _question(view.site, DECLARED)) is None else page_of(asked),
    }


def _happened(view: View) -> Mapping[str, Any]:
    asked = _question(view.site, EVENTS)
    answer = None if asked is None else view.site.asked.answer(asked, view.language)
    drawn = _picture(view.site, view.language)
    told = {
        "most": MOST,
        "picture": None if drawn is None else _file_of(view.language),
        "drawn": drawn.svg if drawn is not None and len(drawn.svg) <= SMALL else "",
        "answer": None,
    }
    if asked is None or answer is None or isinstance(answer, AccordsError):
        return told
    held = linked(beginning(answer, MOST), asked, view.site.edition.knowledge.prefixes, view.language)
    notes = [view.say(one) for one in (asked.note, asked.why_seeds) if one]
    return told | {"answer": held, "total": len(answer.table), "question": page_of(asked), "notes": notes}


def _picture(site: Site, language: Language) -> Picture | None:
    """Return the timeline as a picture; None where there is too much for one."""
    asked = _question(site, EVENTS)
    answer = None if asked is None else site.asked.answer(asked, language)
    if answer is None or isinstance(answer, AccordsError) or not len(answer.table):
        return None
    with contextlib.suppress(AccordsError):
        return timeline_chart(
            answer.table,
            label="eventLabel",
            start="date",
            end=None,
            ended=None,
            basis="basis",
            status="status",
            details=("kindLabel",),
            title=None,
            language=language,
        )
    return None


def _file_of(language: Language) -> str:
    return f"timeline.{language}.svg"


def _files(site: Site) -> Iterator[Artefact]:
    for language in LANGUAGES:
        if (drawn := _picture(site, language)) is not None:
            title = Words("La chronologie en image", "The timeline as a picture")
            yield Artefact(_file_of(language), PICTURE, title, content(drawn.svg.encode()))


_LEDGER = Words("Déclaré et enregistré", "Declared and recorded")
_TIMELINE = Words("Chronologie", "Timeline")
_DECLARED = Words(
    "Chaque nombre qu'une source déclare, à côté de ce qui est enregistré. L'écart mesure ce que les sources ne "
    "détaillent pas, non ce qui n'existe pas.",
    "Each number that a source declares, beside what is recorded. The gap measures what the sources do not "
    "detail, not what does not exist.",
)
_HAPPENED = Words(
    "Signatures, autres événements, changements d'organismes et lois, dans l'ordre des dates, avec ce que vaut "
    "chaque date.",
    "Signatures, other events, changes of bodies and laws, in the order of their dates, with how good each "
    "date is.",
)
SECTION = Section("overviews", _pages, (Entry(_TIMELINE, TIMELINE), Entry(_LEDGER, LEDGER)), files=_files)
