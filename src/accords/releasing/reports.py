"""Reports of a release: what was validated and found, what was not checked, what is covered.

Goes in: an edition, the report of `accords check`. Come out: files in French and English, as text, Markdown, JSON
and, for the validation, as a SHACL report.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from accords import matrix, requirements
from accords.archive import REASONS
from accords.findings import Severity
from accords.graphs import Local
from accords.language import LANGUAGES, Words
from accords.publishing.artefacts import Artefact, content
from accords.render import data, text
from accords.render import matrix as crossed
from accords.render import requirements as judged
from accords.render.answers import marked

from .describing import Node, Ref, Text, as_turtle, both, every
from .executable import dataset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accords.checking import Checked
    from accords.findings import Finding
    from accords.language import Language
    from accords.publishing.edition import Edition

    from .describing import Value

_VALIDATION = Words("Rapport de validation", "Validation report")
_COVERAGE = Words("Couverture par territoire et par thème", "Coverage by territory and theme")
_REQUIREMENTS = Words("Exigences jugées", "Requirements judged")
_CHECKS = Words("Ce qui a été vérifié, et ce qui ne l'a pas été", "What was checked, and what was not")
_SEVERITIES = {Severity.ERROR: "sh:Violation", Severity.WARNING: "sh:Warning", Severity.NOTE: "sh:Info"}
_SHACL = "https://www.w3.org/TR/shacl/"


def validation(edition: Edition, made: Checked) -> Iterator[Artefact]:
    """Yield the report of the check, in every form."""
    for language in LANGUAGES:
        said = text.report(made.report, made.book, made.wording, language, most=0)
        title = f"# {_VALIDATION.to(language)}\n\n```text\n{said.replace('```', '` ` `')}```\n"
        yield _file(f"validation.{language}.txt", "text/plain", _VALIDATION, said)
        yield _file(f"validation.{language}.md", "text/markdown", _VALIDATION, title)
    yield _file(
        "validation.json", "application/json", _VALIDATION, data.as_json(made.report, made.wording, "fr")
    )
    shacl = Words("Rapport de validation SHACL", "SHACL validation report")
    written = as_turtle(_shacl(edition, made), shacl.fr + "\n" + shacl.en)
    yield Artefact("reports/validation.ttl", "text/turtle", shacl, content(written), _SHACL)


def _file(name: str, media: str, title: Words, said: str) -> Artefact:
    return Artefact(f"reports/{name}", media, title, content(said.encode("utf-8", "backslashreplace")))


def _shacl(edition: Edition, made: Checked) -> Iterator[Node]:
    """Yield the report as SHACL has it, each result with a name of its own."""
    report = f"{dataset(edition)}#validation"
    names = [f"{report}-{number}" for number in range(1, len(made.report.findings) + 1)]
    conforms = str(not made.report.findings).lower()
    rows: tuple[tuple[str, Value], ...] = (
        ("rdf:type", Ref("sh:ValidationReport")),
        ("sh:conforms", Text(conforms, datatype="xsd:boolean")),
        *every("sh:result", map(Ref, names)),
    )
    yield Node(report, rows)
    for name, found in zip(names, made.report.findings, strict=True):
        yield Node(name, tuple(_result(edition, found)))


def _result(edition: Edition, found: Finding) -> Iterator[tuple[str, Ref | Text]]:
    """Yield a result; of a file that does not parse, the file is the focus."""
    yield "rdf:type", Ref("sh:ValidationResult")
    yield "sh:focusNode", _term(edition, found.focus or found.location.file)
    yield "sh:resultSeverity", Ref(_SEVERITIES[found.severity])
    if found.rule is not None:
        yield "sh:sourceShape", Ref(found.rule)
    if found.value is not None:
        yield "sh:value", _term(edition, found.value)
    for said in both(found.message):
        yield "sh:resultMessage", said
    yield "dcterms:source", Text(str(found.location))


def _term(edition: Edition, shown: str) -> Ref | Text:
    """Return a term that a finding shows in Turtle: a name, or the words of anything else."""
    if shown.startswith("<") and shown.endswith(">"):
        return Ref(shown[1:-1])
    iri = edition.knowledge.prefixes.expand(shown)
    return Text(shown) if iri is None else Ref(iri)


def coverage(edition: Edition) -> Iterator[Artefact]:
    """Yield the matrix and the requirements, as tables and as pages.

    Raises what asking the questions of the project raises.
    """
    where = Local(edition.project)
    for language in LANGUAGES:
        found = matrix.matrix(where, edition.project, matrix.Choice(), language)
        verdicts = requirements.verdicts(where, edition.project, language)
        pages = {
            "coverage": crossed.as_markdown(found, language),
            "requirements": judged.as_markdown(verdicts, language),
        }
        tables = {"coverage": crossed.as_csv(found), "requirements": judged.as_csv(verdicts)}
        for name, title in (("coverage", _COVERAGE), ("requirements", _REQUIREMENTS)):
            yield _file(f"{name}.{language}.csv", "text/csv", title, tables[name])
            yield _file(
                f"{name}.{language}.md", "text/markdown", title, f"# {title.to(language)}\n\n{pages[name]}"
            )


def checks(made: Checked) -> Iterator[Artefact]:
    """Yield what was checked and what was skipped, with counts."""
    found = made.report.evidence
    held = {
        "checked": {
            "files": made.report.files,
            "statements": made.report.triples,
            "records": made.report.records,
            "rules": made.report.rules,
            "engine": made.report.engine,
            "evidence": found.checked + found.failed,
        },
        "skipped": {
            "evidence": {reason.value: count for reason, count in found.unchecked},
            "addresses": "not resolved: w3id.org does not know them yet",
        },
    }
    yield _file(
        "checks.json", "application/json", _CHECKS, json.dumps(held, ensure_ascii=False, indent=2) + "\n"
    )
    for language in LANGUAGES:
        yield _file(f"checks.{language}.md", "text/markdown", _CHECKS, _told(made, language))


def _told(made: Checked, language: Language) -> str:
    """Return what was checked as a page."""
    report, found = made.report, made.report.evidence
    done = (
        (Words("Fichiers lus", "Files read"), report.files),
        (Words("Faits", "Statements"), report.triples),
        (Words("Fiches", "Records"), report.records),
        (Words("Règles", "Rules"), report.rules),
        (
            Words("Extraits cherchés dans leur texte", "Excerpts looked for in their text"),
            found.checked + found.failed,
        ),
    )
    not_checked = Words("Extraits non vérifiés", "Excerpts not checked").to(language)
    skipped = [
        f"| {not_checked}{Words(' : ', ': ').to(language)}{REASONS[reason].to(language)} | {count} |"
        for reason, count in found.unchecked
    ]
    beyond = Words(
        "Aucune adresse n'est demandée au réseau : l'adresse des IRI n'est pas encore enregistrée.",
        "No address is asked of the network: that of the IRIs is not registered yet.",
    )
    lines = [
        f"# {_CHECKS.to(language)}",
        "",
        f"| {Words('vérifié', 'checked').to(language)} | {Words('nombre', 'count').to(language)} |",
        "|---|---:|",
        *(f"| {said.to(language)} | {count} |" for said, count in done),
        "",
        f"| {Words('non vérifié', 'not checked').to(language)} | {Words('nombre', 'count').to(language)} |",
        "|---|---:|",
        *(skipped or [f"| {not_checked} | 0 |"]),
        "",
        beyond.to(language),
        "",
        *(
            f"- {marked(name)}{Words(' : ', ': ').to(language)}{REASONS[reason].to(language)}"
            for name, reason in found.missing
        ),
    ]
    return "\n".join(lines).rstrip("\n") + "\n"
