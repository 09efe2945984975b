"""What must not change a report: the order of triples, the prefixes, the way a file is written."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, serialize

from accords import loading
from laying import PROJECT, cases, laid_over, report_on, world

if TYPE_CHECKING:
    from pathlib import Path

    from accords.loading import Document, Knowledge
    from accords.validation import Report
    from laying import Shapes

Said = set[tuple[str, str, str, str, str, str]]
SEED = 20230601


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return loading.load_shapes(PROJECT)


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """Return the world with every faulty case on it, each under names of its own."""
    knowledge, folder = world(), tmp_path_factory.mktemp("cases")
    for number, case in enumerate(case for case in cases() if case.faulty and case.code != "WF-02"):
        knowledge = laid_over(knowledge, case, folder, mark=f"case-{number}-")
    return knowledge


@pytest.fixture(scope="module")
def expected(faulty: Knowledge, shapes: Shapes) -> Said:
    said = said_by(report_on(faulty, shapes))
    assert len(said) > len([case for case in cases() if case.faulty])
    return said


def said_by(report: Report) -> Said:
    return {
        (f.code, f.severity.value, f.focus or "", f.path or "", f.value or "", f.message.en)
        for f in report.findings
    }


def test_the_order_of_triples_changes_nothing(faulty: Knowledge, shapes: Shapes, expected: Said) -> None:
    shuffled = replace(faulty, data=tuple(_shuffled(document) for document in reversed(faulty.data)))
    assert said_by(report_on(shuffled, shapes)) ^ expected == set()


def _shuffled(document: Document) -> Document:
    triples = list(document.triples)
    random.Random(SEED).shuffle(triples)  # noqa: S311  # nothing secret
    return replace(document, triples=tuple(triples))


@pytest.mark.parametrize(
    "prefixes", [{}, {"x": "https://w3id.org/accords-emploi/def#"}], ids=["none", "others"]
)
def test_the_way_a_file_is_written_changes_nothing(
    prefixes: dict[str, str], faulty: Knowledge, shapes: Shapes, expected: Said, tmp_path: Path
) -> None:
    documents = []
    for number, document in enumerate(faulty.data):
        path = tmp_path / f"{number}.ttl"
        path.write_bytes(serialize(document.triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b"")
        again, problems = loading.read(path, path.name)
        assert again is not None
        assert not problems
        documents.append(again)
    rewritten = replace(faulty, data=tuple(documents))
    assert said_by(report_on(rewritten, shapes)) ^ expected == set()
