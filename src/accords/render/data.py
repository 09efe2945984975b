"""A report as data: JSON, CSV, GitHub annotations, SARIF 2.1.0, GitLab Code Quality.

Findings are never cut short here but in SARIF, past what GitHub accepts, and the log says how many are left out.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import urllib.parse
from collections import Counter
from typing import TYPE_CHECKING, Any

from accords.findings import Severity
from accords.language import Words

from .tables import neutral

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accords.evidence import Summary as EvidenceSummary
    from accords.findings import Finding
    from accords.language import Language
    from accords.rulebook import Rulebook
    from accords.validation import Report
    from accords.wording import Wording

COLUMNS = ("code", "severity", "focus", "path", "value", "file", "line", "column", "message")
_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_GITLAB = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}
_SARIF_MOST = 25_000  # results of one run; GitHub refuses a longer log
_LEFT_OUT = Words(
    "{count} constats, les moins graves, ne sont pas dans ce journal ; --format json les a tous.",
    "{count} findings, the least severe, are not in this log; --format json has them all.",
)
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def rows(findings: Iterable[Finding], language: Language) -> list[dict[str, Any]]:
    """Return the findings as dictionaries with the keys of COLUMNS."""
    return [
        {
            "code": found.code,
            "severity": found.severity.value,
            "focus": found.focus,
            "path": found.path,
            "value": found.value,
            "file": found.location.file,
            "line": found.location.line,
            "column": found.location.column,
            "message": found.message.to(language),
        }
        for found in findings
    ]


def as_json(made: Report, wording: Wording, language: Language) -> str:
    """Return findings, counts, evidence and coverage as one JSON object."""
    counts = Counter(found.severity.value for found in made.findings)
    whole = {
        "findings": rows(made.findings, language),
        "counts": {severity.value: counts.get(severity.value, 0) for severity in Severity},
        "checked": {
            "files": made.files,
            "triples": made.triples,
            "records": made.records,
            "rules": made.rules,
            "engine": made.engine,
            "whole": made.whole,
        },
        "evidence": evidence(made.evidence),
        "coverage": coverage(made, wording),
        "elsewhere": _elsewhere(made, language),
        "known_elsewhere": _known(made),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _elsewhere(made: Report, language: Language) -> list[dict[str, Any]] | None:
    """Return the findings that some files bring about in others; None when this is not known."""
    if made.near is None or made.near.elsewhere is None:
        return None
    return rows(made.near.elsewhere, language)


def _known(made: Report) -> dict[str, int] | None:
    """Return how many findings the last whole check had in other files; None when this is not known."""
    if made.near is None or made.near.known is None:
        return None
    return {severity.value: made.near.known.get(severity, 0) for severity in Severity}


def evidence(found: EvidenceSummary) -> dict[str, Any]:
    """Return the counts of the evidence check."""
    return {
        "checked": found.checked,
        "repeated": found.repeated,
        "failed": found.failed,
        "unchecked": {reason.value: count for reason, count in found.unchecked},
        "at_hand": list(found.at_hand),
        "missing": [{"source": name, "reason": reason.value} for name, reason in found.missing],
    }


def coverage(made: Report, wording: Wording) -> dict[str, Any] | None:
    """Return the coverage summary; None when files that do not parse kept it from being made."""
    found = made.coverage
    if found is None:
        return None
    return {
        "records": {wording.curie(kind): count for kind, count in found.kinds},
        "declared": [
            {
                "about": wording.curie(row.about),
                "kind": wording.curie(row.kind),
                "declared": row.declared,
                "recorded": row.recorded,
                "gap": row.gap,
            }
            for row in found.declared
        ],
        "requirements": [
            {
                "agreement": wording.curie(row.agreement),
                "requirement": wording.curie(row.requirement),
                "minimum": row.minimum,
                "recorded": row.recorded,
                "status": row.status,
            }
            for row in found.judged
        ],
    }


def as_csv(made: Report, language: Language) -> str:
    """Return the findings as CSV (RFC 4180); cells that look like formulas get an apostrophe in front."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in rows(made.findings, language):
        writer.writerow(
            {name: neutral(cell) if isinstance(cell, str) else cell for name, cell in row.items()}
        )
    return out.getvalue()


def as_github(made: Report, language: Language) -> str:
    """Return the findings as workflow commands of GitHub Actions, one a line."""
    return "".join(
        f"::{_GITHUB[found.severity]} file={_property(found.location.file)},"
        f"line={found.location.line},col={found.location.column},"
        f"title={_property(found.code)}::{_escaped(found.message.to(language))}\n"
        for found in made.findings
    )


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(made: Report, book: Rulebook, language: Language, version: str) -> str:
    """Return the findings as a SARIF 2.1.0 log, with the rules that they cite.

    Past 25,000 findings, which GitHub refuses, the least severe are left out and a notification says how many.
    """
    gravest = sorted(made.findings, key=lambda found: list(Severity).index(found.severity))[:_SARIF_MOST]
    kept = made.findings if len(made.findings) <= _SARIF_MOST else tuple(gravest)
    codes = sorted({found.code for found in kept})
    log = {
        "$schema": _SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "accords",
                        "version": version,
                        "rules": [_sarif_rule(code, book, language) for code in codes],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "invocations": [_invocation(len(made.findings) - len(kept), language)],
                "results": [_sarif_result(found, codes, language) for found in kept],
            }
        ],
    }
    return _strict(log)


def _invocation(left_out: int, language: Language) -> dict[str, Any]:
    told = {"level": "warning", "message": {"text": _LEFT_OUT.to(language).format(count=left_out)}}
    return {"executionSuccessful": True, "toolExecutionNotifications": [told] if left_out else []}


def _sarif_rule(code: str, book: Rulebook, language: Language) -> dict[str, Any]:
    rule = book.rules.get(code)
    name = code if rule is None else rule.name.to(language) or code
    return {  # the three texts are required where such logs are shown as alerts
        "id": code,
        "shortDescription": {"text": name},
        "fullDescription": {"text": (rule.why.to(language) if rule is not None else "") or name},
        "help": {"text": (rule.mend.to(language) if rule is not None else "") or name},
    }


def _sarif_result(found: Finding, codes: list[str], language: Language) -> dict[str, Any]:
    return {
        "ruleId": found.code,
        "ruleIndex": codes.index(found.code),
        "level": found.severity.value,
        "message": {"text": found.message.to(language)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(found.location.file)},
                    "region": {"startLine": found.location.line, "startColumn": found.location.column},
                }
            }
        ],
        "partialFingerprints": {"accords/v1": _fingerprint(found)},
    }


def as_gitlab(made: Report, language: Language) -> str:
    """Return the findings as a Code Quality report of GitLab (docs.gitlab.com/ci/testing/code_quality).

    A fingerprint is given once in a report: the second finding of the same name is numbered.
    """
    seen: Counter[str] = Counter()
    issues = []
    for found in made.findings:
        same = _fingerprint(found)
        seen[same] += 1
        issues.append(
            {
                "description": f"{found.code} {found.message.to(language)}",
                "check_name": found.code,
                "fingerprint": same if seen[same] == 1 else f"{same}-{seen[same]}",
                "severity": _GITLAB[found.severity],
                "location": {"path": found.location.file, "lines": {"begin": found.location.line}},
            }
        )
    return _strict(issues)


def _strict(value: object) -> str:
    r"""Return JSON that strict readers take: half a surrogate pair, from bytes that are not UTF-8, becomes U+FFFD.

    >>> _strict("caf\udce9")
    '"caf\ufffd"\n'
    """
    written = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    return written.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _fingerprint(found: Finding) -> str:
    """Return what stays of a finding when lines move: its rule, record, property and value."""
    thing = found.focus or f"{found.location.file} {found.message.fr}"
    named = "\n".join((found.code, thing, found.path or "", found.value or ""))
    return hashlib.sha256(named.encode(errors="replace")).hexdigest()[:32]


def _uri(file: str) -> str:
    """Return a file name as a URI reference; names are bytes, whatever their letters.

    >>> _uri("data/a b#é.ttl"), _uri("/srv/a.ttl")
    ('data/a%20b%23%C3%A9.ttl', 'file:///srv/a.ttl')
    """
    quoted = urllib.parse.quote(os.fsencode(file), safe="/")
    return f"file://{quoted}" if quoted.startswith("/") else quoted
