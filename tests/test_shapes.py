"""The rules on their cases: each case over the invented world raises exactly what it says.

Discovery is itself tested: every rule has cases, every case has a rule, every node that speaks is heard.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from accords import loading
from accords.rulebook import code_of, of_documents
from laying import CASES, PROJECT, cases, laid_over, report_on, world

if TYPE_CHECKING:
    from pathlib import Path

    from accords.findings import Finding
    from accords.loading import Knowledge
    from accords.rulebook import Rulebook
    from laying import Case, Expected, Shapes

CODES = frozenset(  # the table of the model: a rule that goes missing is missed here
    f"{family}-{number:02}"
    for family, last in {
        "WF": 10, "AC": 8, "PO": 5, "PE": 1, "OC": 3, "CO": 7, "AG": 13, "EV": 9, "CL": 6, "SG": 6, "AX": 1,
        "CM": 7, "LC": 1, "DO": 1, "IN": 1, "MN": 1, "IS": 1, "RF": 1, "RQ": 2, "DC": 3, "OB": 3, "IC": 1,
        "CV": 1, "TE": 5, "SK": 8,
    }.items()
    for number in range(1, last + 1)
)  # fmt: skip
TOGETHER = 12  # cases laid over the world at a time
BESIDE = frozenset({"FI"})  # families about files, which no case laid over the world can show


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return world()


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return loading.load_shapes(PROJECT)


@pytest.fixture(scope="module")
def book(shapes: Shapes) -> Rulebook:
    return of_documents(shapes[0])


@pytest.fixture(scope="module")
def outcomes(
    knowledge: Knowledge, shapes: Shapes, tmp_path_factory: pytest.TempPathFactory
) -> dict[Path, tuple[Finding, ...]]:
    """Return the findings of each case.

    Cases of different rules are laid over the world a few at a time, each under names of its own. When
    together they raise exactly what they say one by one, that is what they raise; otherwise each of
    them is judged alone.
    """
    folder = tmp_path_factory.mktemp("cases")
    outcome: dict[Path, tuple[Finding, ...]] = {}
    every = cases()
    for first in range(len(every) // TOGETHER + 1):
        batch = every[first :: len(every) // TOGETHER + 1]
        outcome |= _together(knowledge, shapes, batch, folder) or {
            case.path: report_on(laid_over(knowledge, case, folder), shapes).findings for case in batch
        }
    return outcome


def _together(
    knowledge: Knowledge, shapes: Shapes, batch: list[Case], folder: Path
) -> dict[Path, tuple[Finding, ...]] | None:
    """Return the findings of each case of a batch, or None unless each raises what it says."""
    marks = {case.path: f"case-{number:02}-" for number, case in enumerate(batch)}
    laid = knowledge
    for case in batch:
        laid = laid_over(laid, case, folder, mark=marks[case.path])
    findings = report_on(laid, shapes).findings
    wanted = {
        case.path: {
            (code, severity, focus.replace("case-", marks[case.path]))
            for code, severity, focus in case.expected
        }
        for case in batch
    }
    if {_told(finding) for finding in findings} != set().union(*wanted.values()):
        return None
    return {path: tuple(f for f in findings if _told(f) in told) for path, told in wanted.items()}


def _told(finding: Finding) -> Expected:
    return finding.code, finding.severity.value, finding.focus or "-"


def test_the_world_by_itself_has_no_finding(knowledge: Knowledge, shapes: Shapes) -> None:
    report = report_on(knowledge, shapes)
    assert not report.findings
    assert report.evidence.checked > 0
    assert report.evidence.failed == 0


@pytest.mark.parametrize("case", cases(), ids=str)
def test_a_case_raises_exactly_what_it_says(case: Case, outcomes: dict[Path, tuple[Finding, ...]]) -> None:
    raised = {
        (f.code, f.severity.value, re.sub(r"case-[0-9]{2}-", "case-", f.focus or "-"))
        for f in outcomes[case.path]
    }
    assert raised == case.expected, [finding.message.en for finding in outcomes[case.path]]
    assert case.faulty == bool(case.expected), "a ko case expects findings, an ok case none"
    assert {code for code, _, _ in case.expected} <= {case.code}, "a case breaks only its own rule"


def test_every_rule_of_the_model_is_documented(book: Rulebook) -> None:
    documented = {code for code in book.rules if code[:2] not in BESIDE}
    assert documented >= CODES
    assert all(rule.name.fr and rule.name.en for rule in book.rules.values())
    assert all(rule.why.fr and rule.why.en for rule in book.rules.values())
    assert all(rule.mend.fr and rule.mend.en for rule in book.rules.values())


def test_every_rule_has_a_case_of_each_kind_and_every_case_has_a_rule(book: Rulebook) -> None:
    documented = {code for code in book.rules if code[:2] not in BESIDE}
    shown = {(case.code, case.faulty) for case in cases()}
    assert {code for code in documented if (code, True) not in shown} == set()
    assert {code for code in documented if (code, False) not in shown} == set()
    assert {path.name for path in CASES.iterdir() if path.is_dir()} <= documented


def test_every_node_that_speaks_is_heard_in_some_case(
    book: Rulebook, outcomes: dict[Path, tuple[Finding, ...]]
) -> None:
    heard = {finding.rule for findings in outcomes.values() for finding in findings}
    silent = {
        node
        for node in book.messages
        if node not in heard and code_of(node)[:2] not in BESIDE and code_of(node) in book.rules
    }
    assert silent == set()


def test_every_finding_stands_on_a_line_of_the_file_that_raises_it(
    outcomes: dict[Path, tuple[Finding, ...]],
) -> None:
    for path, findings in outcomes.items():
        for finding in findings:
            assert finding.location.file, path
            assert finding.location.line >= 1


def test_every_message_is_complete_in_both_languages(outcomes: dict[Path, tuple[Finding, ...]]) -> None:
    for path, findings in outcomes.items():
        for finding in findings:
            for said in finding.message:
                assert "{" not in said, (path, said)
                assert "shape#" not in said, (path, said)
