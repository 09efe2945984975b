"""Invented lives of agreements: each kind of date, of end and of status, with each kind of agreement that follows.

Bare records, for questions about days only: they meet no rule of the shapes and are never laid in a project.
`store` gives them in a store: `agr:wld-a…` have a dated end, `agr:wld-b…` have none, `agr:wld-f…` follow them.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from pyoxigraph import Quad, RdfFormat, Store, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accords.terms import Prefixes

EFFECTS = ("", "2020", "2020-03", "2020-03-10")
SIGNATURES = ("", "2020", "2019-11-05", "2020-03-20", "2021-02-01")
ENDS = (  # a term, a termination
    ("2022", ""),
    ("2022-06-15", ""),
    ("", "2022-02"),
    ("2022-06", "2022-02-01"),
    ("2022-02", "2022-06-15"),
)
FOLLOWERS = {
    "undated": "ae:agreementStatus agreement-status:signed .",
    "announced": 'ae:agreementStatus agreement-status:announced ; ae:startDate "2021"^^xsd:gYear .',
    "deprecated": 'ae:agreementStatus agreement-status:signed ; ae:startDate "2021"^^xsd:gYear ; owl:deprecated true .',
    "partial": 'ae:agreementStatus agreement-status:signed ; ae:startDate "2021"^^xsd:gYear .',
    "withdrawn": "ae:agreementStatus agreement-status:signed .",  # its signature is no longer held
    "exact": 'ae:agreementStatus agreement-status:signed ; ae:startDate "2021-04-01"^^xsd:date .',
}
FOLLOWED = (
    (),
    ("undated",),
    ("announced",),
    ("deprecated",),
    ("withdrawn",),
    ("partial",),
    ("partial", "exact"),
    ("undated", "exact"),
)
TEXTS = {"undated": "", "month": "2021-06", "day": "2021-07-14"}
BACKED = (("undated",), ("month",), ("day", "month"), ("undated", "day"))
KINDS = {4: "gYear", 7: "gYearMonth", 10: "date"}
GROUND = """
ter:wld-lac a ae:Territory .
act:wld-lac a ae:Actor .
theme:wld-lac skos:inScheme c:theme .
"""


def store(prefixes: Prefixes) -> Store:
    """Return the invented lives."""
    written = [prefixes.declarations(), GROUND, *_followers(), *_texts(), *_dated(), *_undated()]
    found = Store()
    found.extend(
        Quad(one.subject, one.predicate, one.object) for one in parse("\n".join(written), RdfFormat.TURTLE)
    )
    return found


def _followers() -> Iterator[str]:
    yield from (f"agr:wld-f-{slug} {said}" for slug, said in FOLLOWERS.items())
    yield _withdrawn("f-withdrawn", "Signature", "2021-01-15")


def _texts() -> Iterator[str]:
    for slug, issued in TEXTS.items():
        yield f"exc:wld-{slug} ae:excerptOf src:wld-{slug} ."
        yield _dates(f"src:wld-{slug}", {"dcterms:issued": issued})


def _dated() -> Iterator[str]:
    """Lives with a dated end, followed by an agreement that begins before that end."""
    statuses = ("signed", "signed-pending-approval", "announced")
    choices = itertools.product(EFFECTS, SIGNATURES, ENDS, statuses)
    for number, (effect, signature, (term, rupture), status) in enumerate(choices):
        yield _agreement(f"a{number}", status)
        yield _dates(f"agr:wld-a{number}", {"ae:startDate": effect, "ae:endDate": term})
        yield _events(f"a{number}", signature, rupture)
        yield f"agr:wld-f-exact ae:renews agr:wld-a{number} ."


def _undated() -> Iterator[str]:
    """Lives without a dated end, by what follows them and by the texts that back them."""
    statuses = (("signed",), ("signed-pending-approval",), ("renewed",), ("expired", "terminated"))
    choices = itertools.product(EFFECTS, SIGNATURES, statuses, FOLLOWED)
    for number, (effect, signature, status, followers) in enumerate(choices):
        combination = number // 32  # of dates, the same for every status and every follower
        yield _agreement(f"b{number}", status[combination // 2 % len(status)])
        yield _dates(f"agr:wld-b{number}", {"ae:startDate": effect})
        yield _events(f"b{number}", signature, "")
        yield from (
            f"agr:wld-b{number} ae:supportedBy exc:wld-{text} ."
            for text in BACKED[(combination + number) % 4]
        )
        link = ("ae:renews", "ae:succeeds")[combination % 2]
        yield from (f"agr:wld-f-{follower} {link} agr:wld-b{number} ." for follower in followers)


def _agreement(name: str, status: str) -> str:
    return f"""
agr:wld-{name} a ae:Agreement ; ae:agreementStatus agreement-status:{status} ; ae:hasParty act:wld-lac ;
  ae:agreementType agreement-type:cooperation-protocol ; ae:theme theme:wld-lac ; ae:coversTerritory ter:wld-lac .
"""


def _events(name: str, signature: str, rupture: str) -> str:
    """Return what occurred, and what counts for nothing: planned, or no longer held."""
    return "\n".join(
        [
            _event(name, "Signature", "occurred", signature),
            _event(name, "Termination", "occurred", rupture),
            _event(name, "Termination", "planned", "2020-06-01"),
            _withdrawn(name, "Signature", "2023-05-05"),
            _withdrawn(name, "Termination", "2020-07-01"),
        ]
    )


def _withdrawn(name: str, kind: str, day: str) -> str:
    deprecated = f"\nevt:wld-{name}-{kind.lower()}-withdrawn owl:deprecated true ."
    return _event(name, kind, "occurred", day, variant="withdrawn") + deprecated


def _event(name: str, kind: str, status: str, day: str, *, variant: str = "") -> str:
    if not day:
        return ""
    event = f"evt:wld-{name}-{kind.lower()}-{variant or status}"
    return (
        f"{event} a ae:{kind}Event ; ae:concernsAgreement agr:wld-{name} ;"
        f" ae:eventStatus event-status:{status} .\n" + _dates(event, {"ae:eventDate": day})
    )


def _dates(thing: str, dates: dict[str, str]) -> str:
    return "\n".join(
        f'{thing} {name} "{written}"^^xsd:{KINDS[len(written)]} .'
        for name, written in dates.items()
        if written
    )
