"""The state of an agreement on a day: four questions, one rule, replayed day by day.

The rule stands in `queries/README.md`. Here it is written a second time, in Python, over half-open periods,
and compared with the answers of the questions on each day where something begins or ends, the day before and
the day after, for every agreement of the real data, of the invented world, and of a set of invented lives
that combines the kinds of dates, of ends, of statuses and of agreements that follow.
"""

from __future__ import annotations

import functools
import textwrap
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Store

import asked
import living
from accords import sparql
from accords import store as stores
from accords.terms import words_of

if TYPE_CHECKING:
    from accords.terms import Term

QUESTIONS = ("CQ11", "CQ47", "CQ59", "CQ63")
TOLD_IN = ("CQ47", "CQ59", "CQ63")  # those with a column `state`
GRAPHS = ("world", "seeds", "lives")
EVERY = pytest.mark.parametrize("graph", GRAPHS)
HOLDS = {"in-force", "possibly"}
ONE_DAY = timedelta(days=1)
TOO_MANY = 1_000_000
BEGINS, ENDS = "# the state on the day, by the rule of queries/README.md", "# end of the rule"

States = dict[tuple[str, str], str]  # (day, agreement): state


# The rule, a second time.


@dataclass(frozen=True, slots=True)
class Life:
    """What the rule looks at: periods are half-open, from their first day to the day after their last."""

    status: str
    effect: tuple[date, date] | None
    signature: tuple[date, date] | None
    ends: tuple[tuple[date, date], ...]  # the end date, the termination that occurred
    followers: tuple[str, ...]  # not deprecated
    texts: tuple[tuple[date, date], ...]  # the dated ones

    @property
    def may_begin(self) -> date | None:
        """The first day on which it may have begun."""
        return max((period[0] for period in (self.effect, self.signature) if period), default=None)

    @property
    def surely_begun(self) -> date | None:
        """The first day on which it has begun beyond doubt."""
        if self.effect and self.signature and self.signature[1] > self.effect[0]:
            return sure(self.signature)
        known = self.effect or self.signature
        return sure(known) if known else None

    @property
    def over_from(self) -> date | None:
        """The first day after its dated end."""
        return min((period[1] for period in self.ends), default=None)

    def unknown_end(self, lives: dict[str, Life]) -> date | None:
        """The first day on which it is known to be over, its end having no date."""
        following = [lives[name] for name in self.followers if lives[name].status != "announced"]
        days = [life.surely_begun for life in following]
        if self.status in {"expired", "terminated"} and self.texts:
            days.append(max(sure(period) for period in self.texts))
        return min((day for day in days if day), default=None)


def state(life: Life, day: date, lives: dict[str, Life]) -> str:
    """Return the state that the rule gives."""
    if life.status == "announced" or (life.may_begin and day < life.may_begin):
        return "not-yet"
    if life.over_from:
        if day >= life.over_from:
            return "ended"
        begun = life.surely_begun is not None and life.surely_begun <= day
        return "in-force" if begun and life.status != "signed-pending-approval" else "possibly"
    unknown = life.unknown_end(lives)
    return "ended-day-unknown" if unknown and unknown <= day else "possibly"


def sure(period: tuple[date, date]) -> date:
    """Return the first day on which a date is surely reached: itself, or the day after a month or a year."""
    first, after = period
    return first if after == first + ONE_DAY else after


def period(written: str) -> tuple[date, date]:
    """Return the days that a year, a month or a day may mean.

    >>> period("2023-12")
    (datetime.date(2023, 12, 1), datetime.date(2024, 1, 1))
    """
    numbers = [int(part) for part in written.split("-")]
    if len(numbers) == 1:
        return date(numbers[0], 1, 1), date(numbers[0] + 1, 1, 1)
    if len(numbers) == 2:
        year, month = numbers
        return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
    return date(*numbers), date(*numbers) + ONE_DAY


# What is recorded, read triple by triple.


@functools.cache
def store_of(graph: str) -> Store:
    return living.store(asked.prefixes()) if graph == "lives" else asked.store(graph)


@functools.cache
def lives(graph: str) -> dict[str, Life]:
    """Return every agreement that is not deprecated."""
    store = store_of(graph)
    every = (quad.subject for quad in store.quads_for_pattern(None, _name("ae:agreementStatus"), None))
    return {_short(one): _life(store, one) for one in every if _live(store, one)}  # type: ignore[arg-type]  # what the test gives is of that kind, or wrong on purpose


def _life(store: Store, agreement: NamedNode) -> Life:
    (status,) = _objects(store, agreement, "ae:agreementStatus")
    events = [event for event in _subjects(store, "ae:concernsAgreement", agreement) if _live(store, event)]
    happened = [
        event
        for event in events
        if _name("event-status:occurred") in _objects(store, event, "ae:eventStatus")
    ]
    dated = {
        kind: [
            written
            for event in happened
            if _name(kind) in _objects(store, event, "rdf:type")
            for written in _periods(store, event, "ae:eventDate")
        ]
        for kind in ("ae:SignatureEvent", "ae:TerminationEvent")
    }
    followers = {
        one
        for link in ("ae:renews", "ae:succeeds")
        for one in _subjects(store, link, agreement)
        if _live(store, one)
    }
    sources = {
        source
        for excerpt in _objects(store, agreement, "ae:supportedBy")
        for source in _objects(store, excerpt, "ae:excerptOf")
    }
    return Life(
        status=_short(status).partition(":")[2],
        effect=next(iter(_periods(store, agreement, "ae:startDate")), None),
        signature=next(iter(dated["ae:SignatureEvent"]), None),
        ends=(*_periods(store, agreement, "ae:endDate"), *dated["ae:TerminationEvent"]),
        followers=tuple(sorted(_short(one) for one in followers)),
        texts=tuple(found for source in sources for found in _periods(store, source, "dcterms:issued")),
    )


def _periods(store: Store, subject: Term, name: str) -> list[tuple[date, date]]:
    return [period(words_of(found)) for found in _objects(store, subject, name)]


def _objects(store: Store, subject: Term, name: str) -> list[Term]:
    return [quad.object for quad in store.quads_for_pattern(subject, _name(name), None)]  # type: ignore[arg-type]  # what the test gives is of that kind, or wrong on purpose


def _subjects(store: Store, name: str, value: Term) -> list[Term]:
    return [quad.subject for quad in store.quads_for_pattern(None, _name(name), value)]


def _live(store: Store, thing: Term) -> bool:
    return not _objects(store, thing, "owl:deprecated")


def _name(short: str) -> NamedNode:
    expanded = asked.prefixes().expand(short)
    assert expanded is not None
    return NamedNode(expanded)


def _short(term: Term) -> str:
    return asked.prefixes().shorten(words_of(term))


def days(graph: str) -> list[str]:
    """Return every day where something may begin or end, the day before and the day after."""
    limits = {
        limit
        for life in lives(graph).values()
        for span in (life.effect, life.signature, *life.ends, *life.texts)
        if span
        for limit in (span[0], span[1] - ONE_DAY)
    }
    near = {limit + ONE_DAY * step for limit in limits for step in (-1, 0, 1)}
    return [day.isoformat() for day in sorted(near)]


# What the questions say.


def told(number: str, graph: str, **given: str) -> list[dict[str, str]]:
    """Return the rows of a question asked of every day of a graph."""
    question = asked.question_of(number)
    values: dict[str, list[Term]] = {"date": [_date(day) for day in days(graph)]}
    for name, value in given.items():
        values[name] = [NamedNode(value) if ":" in value else Literal(int(value))]
    found = stores.answer(store_of(graph), sparql.bound(question.text, values), TOO_MANY)
    return [
        dict(zip(found.names, asked.cells(question, found.names, row), strict=True)) for row in found.rows
    ]


def _date(day: str) -> Literal:
    return Literal(day, datatype=_name("xsd:date"))


def states(number: str, graph: str, **given: str) -> States:
    """Return the states that a question gives."""
    rows = told(number, graph, **given)
    found = {(row["date"], row["agreement"]): row["state"] for row in rows}
    assert all(found[row["date"], row["agreement"]] == row["state"] for row in rows)
    return found


@functools.cache
def expected(graph: str) -> States:
    """Return the state that the rule gives to every agreement on every day."""
    every = lives(graph)
    return {
        (day, name): state(life, date.fromisoformat(day), every)
        for day in days(graph)
        for name, life in every.items()
    }


@EVERY
def test_agreements_in_force_or_possibly_so_are_those_of_the_rule(graph: str) -> None:
    assert states("CQ47", graph) == {key: one for key, one in expected(graph).items() if one in HOLDS}


@EVERY
def test_the_agreements_of_a_territory_are_in_the_state_that_the_rule_gives(graph: str) -> None:
    store = store_of(graph)
    covered = {
        _short(quad.subject): quad.object
        for quad in store.quads_for_pattern(None, _name("ae:coversTerritory"), None)
        if _objects(store, quad.subject, "ae:hasParty") and _live(store, quad.subject)
    }
    covered = {name: place for name, place in covered.items() if name in lives(graph)}
    found: States = {}
    for place in sorted(set(covered.values()), key=str):
        found |= states("CQ59", graph, territory=words_of(place))
    assert found == {key: one for key, one in expected(graph).items() if key[1] in covered}
    assert covered


@EVERY
def test_what_has_no_end_or_ends_later_is_in_the_state_that_the_rule_gives(graph: str) -> None:
    every = lives(graph)
    assert states("CQ63", graph, months="1200") == {
        (day, name): one
        for (day, name), one in expected(graph).items()
        if every[name].status != "announced"
        if (over := every[name].over_from) is None or date.fromisoformat(day) < over
    }


@EVERY
def test_current_agreements_are_those_in_force_or_possibly_so(graph: str) -> None:
    holding = {
        day: {name for (on, name), one in expected(graph).items() if on == day and one in HOLDS}
        for day in days(graph)
    }
    named: dict[str, set[str]] = {day: set() for day in days(graph)}
    rows = told("CQ11", graph, lacking="100000")
    for row in rows:
        assert int(row["current"]) == len(holding[row["date"]]), row["date"]
        named[row["date"]] |= set(f"{row['committing']} {row['mentioning']}".split())
    with_theme = set().union(*named.values())
    assert with_theme >= {
        name for name in lives(graph) if name.startswith(("agr:wld-a", "agr:wld-b"))
    } - _never(graph)
    assert named == {day: names & with_theme for day, names in holding.items()}


def _never(graph: str) -> set[str]:
    """Return the agreements that hold on no day."""
    ever = {name for (_, name), one in expected(graph).items() if one in HOLDS}
    return set(lives(graph)) - ever


def test_every_state_is_met() -> None:
    five = {"not-yet", "possibly", "in-force", "ended", "ended-day-unknown"}
    assert set(expected("lives").values()) == set(expected("seeds").values()) == five


@pytest.mark.parametrize(
    ("agreement", "day", "said"),
    [
        # called 2023-2028, signed on 23 June 2023
        ("agr:paca-2023-cooperation", "2023-06-22", "not-yet"),
        ("agr:paca-2023-cooperation", "2023-06-23", "in-force"),
        ("agr:paca-2023-cooperation", "2028-12-31", "in-force"),
        ("agr:paca-2023-cooperation", "2029-01-01", "ended"),
        # renewed, without a dated end: over when the next one has begun, and not before
        ("agr:paca-2019-partnership", "2018-12-31", "not-yet"),
        ("agr:paca-2019-partnership", "2019-01-01", "possibly"),
        ("agr:paca-2019-partnership", "2023-06-22", "possibly"),
        ("agr:paca-2019-partnership", "2023-06-23", "ended-day-unknown"),
        # the next one was signed on an unknown day of 2019
        ("agr:paca-2016-partnership", "2019-12-31", "possibly"),
        ("agr:paca-2016-partnership", "2020-01-01", "ended-day-unknown"),
        # approval awaited, no end
        ("agr:pdl-2023-prefiguration", "2023-05-31", "not-yet"),
        ("agr:pdl-2023-prefiguration", "2023-06-01", "possibly"),
    ],
)
def test_the_rule_says_what_a_reader_of_the_five_texts_would_say(agreement: str, day: str, said: str) -> None:
    assert state(lives("seeds")[agreement], date.fromisoformat(day), lives("seeds")) == said


# One rule, one writing.


def test_the_questions_write_the_rule_with_the_same_lines() -> None:
    written = {number: _rule(asked.question_of(number).text) for number in QUESTIONS}
    assert len(set(written.values())) == 1
    others = [one.name for one in asked.questions() if one.number not in QUESTIONS and BEGINS in one.text]
    assert not others


def _rule(text: str) -> str:
    lines = text.splitlines()
    first = next(place for place, line in enumerate(lines) if BEGINS in line)
    last = next(place for place, line in enumerate(lines) if ENDS in line)
    return textwrap.dedent("\n".join(lines[first : last + 1]))


def test_the_questions_name_the_states_with_the_same_words() -> None:
    words = [dict(asked.question_of(number).codes) for number in TOLD_IN]
    everything = words[TOLD_IN.index("CQ59")]
    for codes in words:
        assert {code: said for code, said in codes.items() if code in everything} == {
            code: said for code, said in everything.items() if code in codes
        }
    assert set(everything) == set(expected("lives").values())
