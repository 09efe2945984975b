"""A report as a person reads it: findings at file:line:column, then what was checked and found."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from accords.archive import REASONS
from accords.findings import Severity
from accords.language import Words, printable

from .phrases import SEVERITIES, STATUSES, by_severity, counted, number
from .tables import aligned

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from accords.coverage import Summary as CoverageSummary
    from accords.evidence import Summary as EvidenceSummary
    from accords.findings import Finding
    from accords.language import Language
    from accords.rulebook import Rulebook
    from accords.terms import Term
    from accords.validation import Nearby, Report
    from accords.wording import Wording

_NAMED_SOURCES = 12  # sources without a text that are named one by one
_FOUND = Words("extrait retrouvé", "excerpt found"), Words("extraits retrouvés", "excerpts found")
_AT_FAULT = Words("en défaut", "at fault"), Words("en défaut", "at fault")
_NOT_CHECKED = Words("non vérifié", "not checked"), Words("non vérifiés", "not checked")


def finding(found: Finding, language: Language) -> str:
    """Return one line: path:line:column: severity: message [CODE].

    The severity is `error`, `warning` or `note` in every language: lines of this form are what editors, vim and
    Emacs among them, read without being taught, and what scripts look for, whatever the locale. The counts
    below them are for people and say « erreur ».
    """
    line = f"{found.location}: {found.severity}: {found.message.to(language)} [{found.code}]"
    return printable(line, len(line))


def report(made: Report, book: Rulebook, wording: Wording, language: Language, *, most: int) -> str:
    """Return the whole report; at most `most` findings are listed (0: all), and what is left out is said."""
    listed = made.findings[:most] if most else made.findings
    lines = [finding(found, language) for found in listed]
    if left := len(made.findings) - len(listed):
        said = Words(
            f"… et {number(left, 'fr')} autres (tout lister : --most 0)",
            f"… and {number(left, 'en')} more (list all: --most 0)",
        )
        lines.append(said.to(language))
    if lines:
        lines.append("")
    if made.near is not None:
        lines += _elsewhere(made.near, language, most)
    lines += [*_by_rule(made, book, language), *_checked(made, language), *evidence(made.evidence, language)]
    if made.coverage is not None:
        lines += ["", *coverage(made.coverage, wording, language)]
    lines += ["", _verdict(made, language)]
    if made.near is not None:
        if made.near.elsewhere:
            lines.append(_summed(made.near.elsewhere, language))
        if made.near.elsewhere is not None:
            lines.append(_known(made.near.known, language))
        lines.append(_cached(made.near, language))
    return "\n".join(lines) + "\n"


def _elsewhere(near: Nearby, language: Language, most: int) -> list[str]:
    """Return the findings in other files that are new."""
    if near.elsewhere is None:
        said = Words(
            "Ailleurs : trop de fiches voient ces changements pour les revoir ici (tout vérifier : accords check)",
            "Elsewhere: too many records see these changes to look at them here (check all: accords check)",
        )
        return [said.to(language), ""]
    if not near.elsewhere:
        return []
    title = (
        Words(
            "Ailleurs, à cause de ces changements (ne compte pas dans le résultat)",
            "Elsewhere, because of these changes (not counted in the result)",
        )
        if near.known is None
        else Words(
            "Ailleurs, depuis la dernière vérification entière (ne compte pas dans le résultat)",
            "Elsewhere, since the last whole check (not counted in the result)",
        )
    )
    listed = near.elsewhere[:most] if most else near.elsewhere
    left = len(near.elsewhere) - len(listed)
    more = [f"… (+{number(left, language)})"] if left else []
    return [title.to(language), *(finding(found, language) for found in listed), *more, ""]


def _summed(found: Sequence[Finding], language: Language) -> str:
    """Return how many findings there are elsewhere, errors apart."""
    told, wrong = _findings(len(found), sum(one.severity is Severity.ERROR for one in found), language)
    return Words(
        f"Ailleurs : {told} de plus, dont {wrong}", f"Elsewhere: {told} more, {wrong} among them"
    ).to(language)


def _known(known: Mapping[Severity, int] | None, language: Language) -> str:
    """Return how many findings the last whole check had elsewhere, or that this is not known."""
    if known is None:
        return Words(
            "Ailleurs : ce qui y était déjà en défaut n'est pas connu (le dire et le retenir : accords check)",
            "Elsewhere: what was at fault there before is not known (tell and remember: accords check)",
        ).to(language)
    every = sum(known.values())
    if not every:
        return Words("Ailleurs : aucun constat déjà connu", "Elsewhere: no finding known before").to(language)
    told, wrong = _findings(every, known.get(Severity.ERROR, 0), language)
    return Words(
        f"Ailleurs : {told} déjà {'connus' if every > 1 else 'connu'}, dont {wrong} (tout voir : accords check)",
        f"Elsewhere: {told} known before, {wrong} among them (see all: accords check)",
    ).to(language)


def _findings(count: int, errors: int, language: Language) -> tuple[str, str]:
    return (
        counted(count, Words("constat", "finding"), Words("constats", "findings"), language),
        counted(errors, Words("erreur", "error"), Words("erreurs", "errors"), language),
    )


def _cached(near: Nearby, language: Language) -> str:
    """Return how the cache was used."""
    if near.built:
        return Words("Cache : construit à l'instant", "Cache: just built").to(language)
    total = counted(near.files, Words("fichier", "file"), Words("fichiers", "files"), language)
    again = Words("fichier relu", "file read again"), Words("fichiers relus", "files read again")
    read = counted(near.read, *again, language)
    return Words(f"Cache : utilisé ({total}, {read})", f"Cache: used ({total}, {read})").to(language)


def _by_rule(made: Report, book: Rulebook, language: Language) -> list[str]:
    counts = Counter((found.severity, found.code) for found in made.findings)
    if not counts:
        return []
    rows = [
        (
            counted(count, *SEVERITIES[severity], language),
            code,
            book.rules[code].name.to(language) if code in book.rules else "",
        )
        for (severity, code), count in sorted(
            counts.items(), key=lambda item: (-item[0][0].weight, -item[1], item[0][1])
        )
    ]
    title = Words(
        "Par règle (accords explain CODE dit pourquoi et comment corriger)",
        "By rule (accords explain CODE tells why and how to mend)",
    )
    return [title.to(language), *aligned(rows), ""]


def _checked(made: Report, language: Language) -> list[str]:
    parts = (
        counted(made.files, Words("fichier", "file"), Words("fichiers", "files"), language),
        counted(made.triples, Words("triplet", "triple"), Words("triplets", "triples"), language),
        counted(made.records, Words("fiche", "record"), Words("fiches", "records"), language),
        counted(made.rules, Words("règle", "rule"), Words("règles", "rules"), language),
    )
    head = Words("Vérifié : ", "Checked: ").to(language)
    engine = Words(f" (moteur : {made.engine})", f" (engine: {made.engine})").to(language)
    lines = [head + ", ".join(parts) + engine]
    if not made.whole:
        lines.append(
            Words(
                "Non vérifié : les règles et la couverture, tant qu'un fichier ou une règle est en défaut ; "
                "les fiches et les extraits d'un fichier illisible ne sont pas comptés.",
                "Not checked: the rules and the coverage, as long as a file or a rule is at fault; "
                "the records and excerpts of a file that cannot be read are not counted.",
            ).to(language)
        )
    return lines


def evidence(found: EvidenceSummary, language: Language) -> list[str]:
    """Return the counts of the evidence check, and the sources without a text."""
    return [*evidence_counts(found, language), *_sources(found, language)]


def evidence_counts(found: EvidenceSummary, language: Language) -> list[str]:
    """Return the counts of the evidence check: found, at fault, not checked and why."""
    again = counted(
        found.repeated,
        Words("imprimé plusieurs fois", "of them printed more than once"),
        Words("imprimés plusieurs fois", "of them printed more than once"),
        language,
    )
    again = f" ({Words('dont ', '').to(language)}{again})" if found.repeated else ""
    counts = (
        counted(found.checked, *_FOUND, language) + again,
        counted(found.failed, *_AT_FAULT, language),
        counted(found.unchecked_total, *_NOT_CHECKED, language),
    )
    colon = Words(" : ", ": ").to(language)
    return [
        Words("Preuves : ", "Evidence: ").to(language) + ", ".join(counts),
        *(
            f"  {_NOT_CHECKED[0].to(language)}, {REASONS[reason].to(language)}{colon}{number(count, language)}"
            for reason, count in found.unchecked
        ),
    ]


def _sources(found: EvidenceSummary, language: Language) -> list[str]:
    at_hand, missing = len(found.at_hand), len(found.missing)
    absent = counted(missing, Words("absent", "missing"), Words("absents", "missing"), language)
    lines = [
        Words(f"  textes : {at_hand} sous la main, {absent}", f"  texts: {at_hand} at hand, {absent}").to(
            language
        )
    ]
    lines += [
        f"    {name}{' :' if language == 'fr' else ':'} {REASONS[reason].to(language)}"
        for name, reason in found.missing[:_NAMED_SOURCES]
    ]
    if (left := missing - _NAMED_SOURCES) > 0:
        lines.append(f"    … (+{left})")
    return lines


def coverage(found: CoverageSummary, wording: Wording, language: Language) -> list[str]:
    """Return records by kind, declared beside recorded, and each requirement judged."""

    def name(term: Term) -> str:
        label = wording.label(term)
        return wording.curie(term) if label is None else label.to(language)

    kinds = sorted(((name(kind), count) for kind, count in found.kinds), key=lambda row: row[0].casefold())
    lines = [Words("Fiches par nature", "Records by kind").to(language)]
    lines += aligned([(number(count, language), label) for label, count in kinds], right=(0,))
    lines += ["", Words("Déclaré et enregistré", "Declared and recorded").to(language)]
    head = Words("déclaré|enregistré|écart|quoi|où", "declared|recorded|gap|what|where").to(language)
    lines += aligned(
        [
            tuple(head.split("|")),
            *(
                (str(row.declared), str(row.recorded), str(row.gap), name(row.kind), name(row.about))
                for row in found.declared
            ),
        ],
        right=(0, 1, 2),
    )
    lines += ["", Words("Exigences", "Requirements").to(language)]
    lines += aligned(
        [
            (
                STATUSES[row.status].to(language),
                f"{row.recorded}/{row.minimum}",
                name(row.requirement),
                name(row.agreement),
            )
            for row in found.judged
        ]
    )
    return lines


def _verdict(made: Report, language: Language) -> str:
    counts = Counter(found.severity for found in made.findings)
    head = Words("Résultat : ", "Result: ").to(language)
    return head + by_severity(dict(counts), language)
