"""The agreements as files: one for each agreement with all that is its own, one for its source."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from . import words
from .country import CHANGED
from .evidence import READ, RIVAL, Source, absence, claim
from .shared import FRAMEWORK, INDICATORS, INSTRUMENTS, LAW
from .writing import Sheet, both, dated, text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from .country import Actor
    from .plans import Plan
    from .writing import Folder

_GROUPS = (
    "job-seekers", "long-term-job-seekers", "furthest-from-employment", "rsa-recipients", "young-people", "employers",
    "small-medium-enterprises", "people-in-difficulty", "business-creators",
)  # fmt: skip
_BARRIERS = ("mobility", "health", "housing", "other")
_KINDS = ("axe", "enjeu", "thematique", "objectif")
_SOURCES = ("news-article", "news-article", "document-notice", "press-release", "official-text", "report")
_TITLES = {
    "prefiguration-protocol": ("Protocole de préfiguration", "Prefiguration protocol"),
    "cooperation-protocol": ("Protocole de coopération", "Cooperation protocol"),
    "cooperation-agreement": ("Convention de coopération", "Cooperation agreement"),
    "partnership-agreement": ("Convention de partenariat", "Partnership agreement"),
    "tripartite-agreement": ("Convention tripartite", "Tripartite agreement"),
    "framework-agreement": ("Accord-cadre", "Framework agreement"),
}
_PUBLISHED_AFTER = 20  # days between a signature and its account


def write(plan: Plan, folder: Folder, seed: int) -> None:
    """Write an agreement and its source."""
    rng = Random(f"{seed}/{plan.slug}")
    page = _Page(plan, rng, Source(plan.slug, rng), Sheet(f"Invented agreement {plan.slug}."))
    page.agreement()
    page.signature()
    page.events()
    page.content()
    page.numbers()
    page.around()
    page.source.write_excerpts(page.sheet)
    folder.write(f"agreements/{plan.slug}.ttl", page.sheet)
    folder.write(f"sources/{plan.slug}.ttl", page.document())


@dataclass(slots=True)
class _Page:
    """The file of one agreement under way."""

    plan: Plan
    rng: Random
    source: Source
    sheet: Sheet
    commitments: int = 0
    axes: int = 0
    read: int = 0
    _last: str = ""
    _dates: tuple[str, str] = field(default=("", ""))

    def agreement(self) -> None:
        plan, rng = self.plan, self.rng
        several = rng.random() < 0.75
        by = [self.source.excerpt() for _ in range(rng.randint(2, 3) if several else 1)]
        form = rng.choice((4, 7, 10))
        self._dates = (
            plan.start.isoformat()[:form],
            plan.end.isoformat()[:form] if rng.random() < 0.7 else "",
        )
        start, end = self._dates
        french, english = _TITLES[plan.pact.type]
        groups = [f"target-group:{one}" for one in rng.sample(_GROUPS, rng.randint(1, 3))]
        themes = [f"theme:{one}" for *_, one in rng.sample(words.AREAS, rng.randint(1, 3))]
        span, about = (
            f"{plan.start.year}-{plan.end.year}",
            f"{plan.pact.place.label}, {plan.slug.removeprefix('gen-')}",
        )
        self.sheet.record(
            plan.name,
            "ae:Agreement",
            ("skos:prefLabel", both(f"{french} {span} ({about})", f"{english} {span} ({about})")),
            (
                "skos:altLabel",
                [text(f"Pacte de {plan.pact.place.label}", "fr")] if rng.random() < 0.2 else (),
            ),
            ("ae:agreementType", f"agreement-type:{plan.pact.type}"),
            ("ae:agreementStatus", f"agreement-status:{plan.status}"),
            ("ae:hasParty", [party.name for party in plan.parties]),
            ("ae:hasSupportingActor", [actor.name for actor in plan.pact.supports]),
            ("ae:coversTerritory", plan.pact.place.name),
            ("ae:beneficiaryGroup", groups),
            ("ae:theme", themes),
            ("ae:implementsFramework", [FRAMEWORK] if plan.pact.type == "prefiguration-protocol" else ()),
            ("ae:legalBasis", [LAW] if plan.signed.isoformat() > CHANGED else ()),
            ("ae:ordinalInSeries", [str(plan.ordinal)] if plan.ordinal else ()),
            ("ae:renews", [plan.renews] if plan.renews else ()),
            ("ae:startDate", dated(start)),
            ("ae:endDate", [dated(end)] if end else ()),
            ("ae:declaredDuration", [f'"P{plan.years}Y"^^xsd:duration'] if rng.random() < 0.3 else ()),
            ("ae:supportedBy", by),
        )
        self._claims(by, several=several)
        for term, values in (("ae:beneficiaryGroup", groups), ("ae:theme", themes)):
            for value in values:
                self._inferred(plan.name, term, value, rng.choice(by), 0.7)

    def _claims(self, by: Sequence[str], *, several: bool) -> None:
        """Add a claim for each key value where several excerpts are cited, and what is inferred or missing."""
        plan, rng, sheet, slug = self.plan, self.rng, self.sheet, self.plan.slug
        start, end = self._dates
        values = [("party", "ae:hasParty", party.name) for party in plan.parties]
        values += [("start", "ae:startDate", dated(start))] + (
            [("end", "ae:endDate", dated(end))] if end else []
        )
        values += [("renews", "ae:renews", plan.renews)] if plan.renews else []
        for number, (what, term, value) in enumerate(values if several else ()):
            inferred = rng.random() < 0.25
            claim(
                sheet, f"{slug}-{what}-{number}", (plan.name, term, value), [rng.choice(by)],
                basis="inferred" if inferred else "quoted", note=READ if inferred else (),
            )  # fmt: skip
        if not end:
            absence(sheet, f"{slug}-end", plan.name, "ae:endDate")
        self._inferred(plan.name, "ae:coversTerritory", plan.pact.place.name, by[0], 1)
        if rng.random() < 0.4:
            other = "announced" if plan.status == "signed" else "signed"
            said = (plan.name, "ae:agreementStatus", f"agreement-status:{other}")
            claim(
                sheet, f"{slug}-status-other", said, by[-1:], basis="inferred", rank="secondary", note=RIVAL
            )

    def _inferred(self, about: str, term: str, value: str, by: str, chance: float) -> None:
        """Add, with that chance, the claim that a value was read from the context."""
        if self.rng.random() < chance:
            self.read += 1
            slug = f"{self.plan.slug}-read-{self.read}"
            claim(self.sheet, slug, (about, term, value), [by], basis="inferred", note=READ)

    def _cited(self) -> str:
        """Return an excerpt: a new one most often, else the one cited last."""
        if not self._last or self.rng.random() < 0.7:
            self._last = self.source.excerpt()
        return self._last

    def signature(self) -> None:
        plan, rng, slug = self.plan, self.rng, self.plan.slug
        by, event = self.source.excerpt(), f"evt:{plan.slug}-signature"
        placed = rng.random() < 0.5
        day = dated(plan.signed.isoformat()[: rng.choice((10, 10, 10, 7))])
        self.sheet.record(
            event,
            "ae:SignatureEvent",
            ("skos:prefLabel", both(f"Signature de {slug}", f"Signature of {slug}")),
            ("ae:concernsAgreement", plan.name),
            ("ae:eventDate", day),
            ("ae:eventPlace", [plan.pact.place.name] if placed else ()),
            ("ae:eventStatus", "event-status:occurred" if plan.occurred else "event-status:planned"),
            ("ae:supportedBy", by),
        )
        self._inferred(event, "ae:eventDate", day, by, 0.3)
        if not placed:
            absence(self.sheet, f"{slug}-place", event, "ae:eventPlace")
        if plan.occurred and rng.random() < 0.6:
            for number, party in enumerate(plan.parties[: rng.randint(2, 4)], start=1):
                self._act(number, party, event, by)

    def _act(self, number: int, party: Actor, event: str, by: str) -> None:
        plan, region = self.plan, self.plan.pact.region
        post = party.posts[0] if party.posts else region.prefect if region else None
        if post is None:  # who signs for the State outside a region, no text says
            return
        holder = post.holder(plan.signed.isoformat())
        name = f"sig:{plan.slug}-{number}"
        self.sheet.record(
            name,
            "ae:SignatureAct",
            (
                "skos:prefLabel",
                both(f"{holder.label} signe pour {party.label}", f"{holder.label} signs for {party.label}"),
            ),
            ("ae:partOfSignature", event),
            ("ae:signedBy", holder.person),
            ("ae:signedInCapacity", post.name),
            ("ae:onBehalfOf", party.name),
            ("ae:supportedBy", by),
        )
        self._inferred(name, "ae:onBehalfOf", party.name, by, 1)

    def events(self) -> None:
        plan, rng = self.plan, self.rng
        if plan.pact.region and (
            plan.status == "signed-pending-approval" or (plan.occurred and rng.random() < 0.1)
        ):
            pending = plan.status == "signed-pending-approval"
            self._event(
                "Approval",
                "approbation",
                plan.signed + timedelta(days=35),
                planned=pending,
                organ=plan.pact.region.organ,
            )
        if plan.occurred and rng.random() < 0.05:
            self._event("Amendment", "avenant", plan.start + timedelta(days=200))
        if plan.status == "terminated":
            self._event("Termination", "resiliation", plan.start + timedelta(days=400))

    def _event(self, kind: str, slug: str, day: date, *, planned: bool = False, organ: str = "") -> None:
        self.sheet.record(
            f"evt:{self.plan.slug}-{slug}",
            f"ae:{kind}Event",
            (
                "skos:prefLabel",
                both(f"{slug.capitalize()} de {self.plan.slug}", f"{kind} of {self.plan.slug}"),
            ),
            ("ae:concernsAgreement", self.plan.name),
            ("ae:eventDate", dated(day.isoformat())),
            ("ae:eventStatus", f"event-status:{'planned' if planned else 'occurred'}"),
            ("ae:decidedBy", [organ] if organ else ()),
            ("ae:supportedBy", f"exc:{self.plan.slug}-1" if planned else self._later(slug)),
        )

    def _later(self, slug: str) -> str:
        """Return an excerpt of a later text: the account of the signature cannot tell of what came after."""
        later = Source(f"{self.plan.slug}-{slug}", self.rng)
        by = later.excerpt()
        later.write_document(self.sheet, "news-article", f"Suites de {self.plan.slug} : {slug}")
        later.write_excerpts(self.sheet)
        return by

    def content(self) -> None:
        kind = self.rng.choice(_KINDS)
        areas = self.rng.sample(words.AREAS, self.rng.randint(2, 5))
        for position, (french, english, theme) in enumerate(areas, start=1):
            self.axes += 1
            axis, by = f"axe:{self.plan.slug}-{position}", self._cited()
            self.sheet.record(
                axis,
                "ae:Axis",
                ("skos:prefLabel", self._labels(french, english)),
                ("ae:axisOf", self.plan.name),
                ("ae:axisKind", f"axis-kind:{kind}"),
                ("ae:position", str(position)),
                ("ae:theme", f"theme:{theme}"),
                (
                    "ae:targetGroup",
                    [f"target-group:{self.rng.choice(_GROUPS)}"] if self.rng.random() < 0.3 else (),
                ),
                ("ae:supportedBy", by),
            )
            self._inferred(axis, "ae:theme", f"theme:{theme}", by, 0.3)
            for _ in range(self.rng.choice((0, 1, 1, 2, 2, 3, 4))):
                self._commitment(axis)

    def _labels(self, french: str, english: str) -> tuple[str, str]:
        """Return labels that name the place, as few records of a real graph share one."""
        return both(f"{french}, {self.plan.pact.place.label}", f"{english}, {self.plan.pact.place.label}")

    def _commitment(self, axis: str) -> None:
        plan, rng = self.plan, self.rng
        self.commitments += 1
        name, by = f"cmt:{plan.slug}-{self.commitments}", self._cited()
        verb, task = rng.choice(words.TASKS)
        french, english, theme = rng.choice(words.SUBJECTS)
        bound = [*plan.parties, *plan.pact.supports]
        rng.shuffle(bound)
        responsible = [] if rng.random() < 0.04 else bound[: rng.randint(1, 2)]
        contributing = bound[2:3] if rng.random() < 0.3 else []
        barred = theme == "barrier-removal" or rng.random() < 0.05
        self.sheet.record(
            name,
            "ae:Commitment",
            ("skos:prefLabel", self._labels(f"{verb} {french}", f"{task} {english}")),
            ("ae:underAxis", axis),
            ("ae:responsibleActor", [actor.name for actor in responsible]),
            ("ae:contributingActor", [actor.name for actor in contributing]),
            ("ae:targetGroup", [f"target-group:{rng.choice(_GROUPS)}"] if rng.random() < 0.4 else ()),
            ("ae:theme", f"theme:{theme}"),
            ("ae:addressesBarrier", [f"barrier:{one}" for one in rng.sample(_BARRIERS, 2)] if barred else ()),
            ("ae:mobilises", [f"ins:gen-{rng.choice(INSTRUMENTS)[0]}"] if rng.random() < 0.1 else ()),
            ("ae:deadline", self._deadline()),
            (
                "ae:commitmentStatus",
                f"commitment-status:{rng.choice(('announced', 'announced', 'under-way', 'achieved', 'unknown'))}",
            ),
            ("ae:supportedBy", by),
        )
        if not responsible:
            absence(self.sheet, f"{name[4:]}-responsible", name, "ae:responsibleActor", [by])
        for actor in responsible:
            self._inferred(name, "ae:responsibleActor", actor.name, by, 0.4)
        self._inferred(name, "ae:theme", f"theme:{theme}", by, 0.3)

    def _deadline(self) -> Sequence[str]:
        """Return a day or a month within the agreement, or nothing."""
        if self.rng.random() > 0.3:
            return ()
        days = (self.plan.end - self.plan.start).days
        return [
            dated(
                (self.plan.start + timedelta(days=self.rng.randrange(days))).isoformat()[
                    : self.rng.choice((7, 10))
                ]
            )
        ]

    def numbers(self) -> None:
        rng, slug = self.rng, self.plan.slug
        for kind, recorded in (("axes", self.axes), ("commitments", self.commitments)):
            if rng.random() < 0.6:
                gap = rng.choice((0, 0, 0, 2, 5, 9)) if kind == "commitments" else 0
                self.sheet.record(
                    f"cnt:{slug}-{kind}",
                    "ae:DeclaredCount",
                    ("ae:countedIn", self.plan.name),
                    ("ae:countedKind", f"count-kind:{kind}"),
                    ("ae:declaredValue", str(recorded + gap)),
                    ("ae:valueQualifier", f"value-qualifier:{rng.choice(('exact', 'exact', 'at-least'))}"),
                    ("ae:supportedBy", self.source.excerpt()),
                )
        for number, measured in enumerate(rng.sample(INDICATORS, rng.choice((0, 0, 1, 1, 2))), start=1):
            self._observation(number, measured)

    def _observation(self, number: int, measured: tuple[str, str, str, str, str, int]) -> None:
        indicator, _, _, _, unit, most = measured
        value = (
            str(self.rng.randrange(most))
            if unit in {"persons", "workshops"}
            else f"{self.rng.random() * most:.2f}"
        )
        self.sheet.record(
            f"obs:{self.plan.slug}-{number}",
            "ae:Observation",
            ("ae:observedIndicator", f"ind:gen-{indicator}"),
            ("ae:observationOf", self.plan.name),
            ("ae:value", f'"{value}"^^xsd:decimal'),
            ("ae:unit", f"unit:{unit}"),
            ("ae:valueQualifier", f"value-qualifier:{self.rng.choice(('exact', 'more-than', 'nearly'))}"),
            ("ae:referencePeriod", dated(str(self.plan.start.year))),
            ("ae:supportedBy", self.source.excerpt()),
        )

    def around(self) -> None:
        """Add what is said around the agreement: mentions and intentions."""
        plan, rng = self.plan, self.rng
        for number in range(1, rng.choice((1, 2, 3, 4)) + 1):
            french, english, theme = rng.choice(words.SUBJECTS)
            mention, by = f"men:{plan.slug}-{number}", self._cited()
            self.sheet.record(
                mention,
                "ae:Mention",
                ("skos:prefLabel", self._labels(f"À propos : {french}", f"About: {english}")),
                ("ae:mentionOf", plan.name),
                ("ae:theme", f"theme:{theme}"),
                ("ae:supportedBy", by),
            )
            self._inferred(mention, "ae:mentionOf", plan.name, by, 0.6)
        speaker = plan.parties[-1]
        voice = speaker.posts[0].holder(plan.signed.isoformat()).person
        for number in range(1, rng.choice((0, 1, 2)) + 1):
            french, english, theme = rng.choice(words.SUBJECTS)
            intention, said = f"int:{plan.slug}-{number}", self.source.excerpt(voice)
            self.sheet.record(
                intention,
                "ae:Intention",
                ("skos:prefLabel", self._labels(f"Projet : {french}", f"Plan: {english}")),
                ("ae:declaredBy", speaker.name),
                ("ae:speaker", voice),
                ("ae:theme", f"theme:{theme}"),
                ("ae:horizon", [dated(str(plan.end.year))] if rng.random() < 0.5 else ()),
                ("ae:supportedBy", said),
            )
            self._inferred(intention, "ae:declaredBy", speaker.name, said, 0.4)

    def document(self) -> Sheet:
        """Return the sheet of the source: published after the signature, by a party or by no one named."""
        plan, rng = self.plan, self.rng
        sheet = Sheet(f"The invented text about {plan.slug}.")
        issued = (
            (plan.signed + timedelta(days=rng.randrange(_PUBLISHED_AFTER))).isoformat()
            if rng.random() < 0.8
            else ""
        )
        publisher = rng.choice(plan.parties).name if rng.random() < 0.5 else ""
        title = f"Signature : {_TITLES[plan.pact.type][0].lower()}, {plan.pact.place.label}"
        self.source.write_document(sheet, rng.choice(_SOURCES), title, publisher=publisher, issued=issued)
        return sheet
