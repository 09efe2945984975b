"""Reports in every form, with the most hostile of labels, values and file names."""

from __future__ import annotations

import csv
import io
import json
import re
import urllib.parse
from collections import Counter
from typing import Any

import pytest
from sarif_pydantic import Sarif

from accords.evidence import Summary
from accords.findings import Finding, Severity
from accords.language import Language, Words
from accords.location import Location
from accords.render import data, text
from accords.rulebook import Rule, Rulebook
from accords.validation import Report

HOSTILE = [
    "plain",
    "",
    "two\nlines\r\nand\rthree",
    "::error file=x,line=1::injected",
    "a::b,c%d%0A",
    '"quoted" and, with; commas\t',
    '=HYPERLINK("http://x")',
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\tx",
    "\r=1",
    "\n=1",
    "</script><script>alert(1)</script>",
    "\u202eesrever\u2066",
    "nul\x00 bell\x07 escape\x1b[31mred",
    "line\u2028separator\u0085",
    "𝒳é\u0301",
    "not UTF-8: \udcff",
    "'''; DROP TABLE",
    "\\u0041 \\n {0} %s {code}",
    "x" * 10_000,
]
BOOK = Rulebook(
    {"ZZ-01": Rule("ZZ-01", Words("Nom", "Name"), Words("Pourquoi", "Why"), Words("Faire", "Do"))}, {}, {}
)


def report(findings: tuple[Finding, ...]) -> Report:
    evidence = Summary(0, 0, 0, (), (), ())
    return Report(findings, 1, 2, 3, 4, "fast", whole=False, evidence=evidence, coverage=None)


def finding(said: str, number: int = 1) -> Finding:
    return Finding(
        Location(f"data/{said}.ttl" if said != "plain" else "/outside/plain.ttl", number, 3),
        list(Severity)[number % 3],
        "ZZ-01" if number % 2 else said,
        Words(f"« {said} » français", f"{said}"),
        focus=None if number % 5 == 0 else said,
        path=said,
        value=said,
        rule="urn:x",
    )


FINDINGS = tuple(finding(said, number) for number, said in enumerate(HOSTILE, 1))
WORDING: Any = None  # what is reported here has no coverage, so nothing is named


def strict(text: str) -> str:
    """Return a text as strict readers of JSON take it."""
    return text.replace("\udcff", "\ufffd")


def through(written: str) -> str:
    """Return what a reader of UTF-8 gets of an output."""
    return written.encode("utf-8", "backslashreplace").decode("utf-8")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_json_keeps_every_finding_and_every_character(language: Language) -> None:
    read = json.loads(through(data.as_json(report(FINDINGS), WORDING, language)))
    assert set(read) == {
        "findings",
        "counts",
        "checked",
        "evidence",
        "coverage",
        "elsewhere",
        "known_elsewhere",
    }
    assert [tuple(row) for row in read["findings"]] == [data.COLUMNS] * len(FINDINGS)
    for row, found in zip(read["findings"], FINDINGS, strict=True):
        assert row["file"] == found.location.file
        assert row["value"] == found.value
        assert row["message"] == found.message.to(language)
    assert sum(read["counts"].values()) == len(FINDINGS)


def test_csv_has_a_row_a_finding_and_no_cell_that_a_spreadsheet_would_run() -> None:
    written = through(data.as_csv(report(FINDINGS), "en"))
    head, *rows = csv.reader(io.StringIO(written, newline=""), strict=True)
    assert tuple(head) == data.COLUMNS
    assert len(rows) == len(FINDINGS)
    for row, found in zip(rows, FINDINGS, strict=True):
        assert len(row) == len(data.COLUMNS)
        assert not any(re.match(r"[=+\-@\t\r\n]", cell) for cell in row)
        said, shown = through(found.message.en), row[data.COLUMNS.index("message")]
        assert shown == (f"'{said}" if said[:1] in {*"=+-@\t\r\n"} else said)


def test_a_cell_that_is_a_number_stays_one() -> None:
    row = finding("plain")
    numbers = tuple(
        Finding(row.location, row.severity, row.code, row.message, value=value)
        for value in ("-5", "+5.6", "-1,5", "-1-1", "- 5", "-5e")
    )
    rows = list(csv.DictReader(io.StringIO(data.as_csv(report(numbers), "fr"), newline="")))
    assert [cell["value"] for cell in rows] == ["-5", "+5.6", "-1,5", "'-1-1", "'- 5", "'-5e"]


def test_github_has_one_command_a_line_that_says_the_same_again() -> None:
    lines = through(data.as_github(report(FINDINGS), "en")).split("\n")
    assert lines.pop() == ""
    assert len(lines) == len(FINDINGS)
    command = re.compile(r"::(error|warning|notice) file=([^,:]*),line=(\d+),col=(\d+),title=([^,:]*)::(.*)")
    for line, found in zip(lines, FINDINGS, strict=True):
        assert "\r" not in line
        read = command.fullmatch(line)
        assert read, line
        assert urllib.parse.unquote(read[2]) == through(found.location.file)
        assert urllib.parse.unquote(read[6]) == through(found.message.en)
        assert int(read[3]) == found.location.line


@pytest.mark.parametrize("language", ["fr", "en"])
def test_text_has_one_line_a_finding_with_nothing_unseen_in_it(language: Language) -> None:
    for found in FINDINGS:
        line = text.finding(found, language)
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", line)
        assert line.endswith("]")


def uri_of(result: dict[str, Any]) -> str:
    return str(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])


def test_sarif_has_what_the_standard_and_github_require() -> None:
    log = json.loads(through(data.as_sarif(report(FINDINGS), BOOK, "en", "1.2.3")))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("accords", "1.2.3")
    rules = driver["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        for part in ("shortDescription", "fullDescription", "help"):
            assert isinstance(rule[part]["text"], str)
        assert rule["shortDescription"]["text"] or rule["id"] == ""
    assert run["columnKind"] == "unicodeCodePoints"
    assert len(run["results"]) == len(FINDINGS)
    for result, found in zip(run["results"], FINDINGS, strict=True):
        assert result["ruleId"] == strict(found.code)
        assert rules[result["ruleIndex"]]["id"] == strict(found.code)
        assert result["level"] == found.severity.value
        assert result["level"] in {"none", "note", "warning", "error"}
        assert result["message"]["text"] == strict(found.message.en)
        assert len(result["locations"]) == 1
        region = result["locations"][0]["physicalLocation"]["region"]
        assert region == {"startLine": found.location.line, "startColumn": 3}
        assert re.fullmatch(r"[A-Za-z0-9._~/%:-]+", uri_of(result))
        parts = urllib.parse.urlsplit(uri_of(result))
        assert parts.scheme == ("file" if found.location.file.startswith("/") else "")
        assert urllib.parse.unquote(parts.path, errors="surrogateescape") == found.location.file
        assert all(isinstance(print_, str) for print_ in result["partialFingerprints"].values())


def test_a_log_is_what_the_standard_describes_and_github_takes() -> None:
    log = Sarif.model_validate_json(through(data.as_sarif(report(FINDINGS), BOOK, "fr", "1.2.3")))
    assert len(log.runs) == 1
    assert len(log.runs[0].results or []) == len(FINDINGS)


def test_past_what_github_accepts_the_least_severe_are_left_out_and_the_log_says_how_many() -> None:
    many = tuple(finding("plain", number) for number in range(25_007))
    (run,) = json.loads(data.as_sarif(report(many), BOOK, "en", "1"))["runs"]
    assert len(run["results"]) == 25_000
    gravities = Counter(found.severity.value for found in many)
    assert Counter(result["level"] for result in run["results"]) == {
        **gravities, "note": gravities["note"] - 7
    }  # fmt: skip
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert told["message"]["text"].startswith("7 findings")


def test_gitlab_gets_each_finding_once_under_a_name_of_its_own() -> None:
    found = (*FINDINGS, *FINDINGS)
    issues = json.loads(through(data.as_gitlab(report(found), "fr")))
    assert len(issues) == len(found)
    assert len({issue["fingerprint"] for issue in issues}) == len(found)
    for issue, one in zip(issues, found, strict=True):
        assert issue["check_name"] == strict(one.code)
        assert issue["description"] == strict(f"{one.code} {one.message.fr}")
        assert issue["severity"] in {"info", "minor", "major"}
        assert issue["location"]["path"] == strict(one.location.file)
        assert issue["location"]["lines"]["begin"] == one.location.line


def test_two_problems_of_one_file_are_two_alerts_and_a_line_added_above_changes_neither() -> None:
    def prints(line: int) -> list[str]:
        found = tuple(
            Finding(
                Location("data/a.ttl", line + n), Severity.ERROR, "FI-01", Words(f"faute {n}", f"fault {n}")
            )
            for n in range(2)
        )
        log = json.loads(data.as_sarif(report(found), BOOK, "en", "1"))
        return [result["partialFingerprints"]["accords/v1"] for result in log["runs"][0]["results"]]

    assert len(set(prints(1))) == 2
    assert prints(1) == prints(7)


def test_a_hundred_thousand_findings_do_not_flood_the_terminal_and_all_stand_in_the_data() -> None:
    many = tuple(finding("plain", number) for number in range(100_000))
    lines = text.report(report(many), BOOK, WORDING, "fr", most=1000).splitlines()
    assert len(lines) < 1050
    assert lines[1000] == "… et 99\u202f000 autres (tout lister : --most 0)"
    assert "erreurs" in lines[-1]
    assert "33\u202f333 erreurs" in lines[-1] or "33\u202f334 erreurs" in lines[-1]
    assert len(text.report(report(many), BOOK, WORDING, "fr", most=0).splitlines()) > 100_000
    assert len(json.loads(data.as_json(report(many), WORDING, "fr"))["findings"]) == 100_000
    assert data.as_github(report(many), "fr").count("\n") == 100_000
    assert data.as_csv(report(many), "fr").count("\r\n") == 100_001


def test_a_report_of_nothing_is_well_formed_in_every_form() -> None:
    nothing = report(())
    assert json.loads(data.as_json(nothing, WORDING, "fr"))["findings"] == []
    assert data.as_csv(nothing, "fr").splitlines() == [",".join(data.COLUMNS)]
    assert data.as_github(nothing, "fr") == ""
    assert json.loads(data.as_sarif(nothing, BOOK, "fr", "1"))["runs"][0]["results"] == []
    assert text.report(nothing, BOOK, WORDING, "en", most=10).splitlines()[-1].startswith("Result: 0 errors")
