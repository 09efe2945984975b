"""The progress line: on a terminal only, after a second only, gone at the end."""

from __future__ import annotations

import io

import pytest

from accords.cli import progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_file_or_a_pipe_is_told_nothing() -> None:
    stream = io.StringIO()
    with progress.progress("fr", stream) as told:
        told("data/a.ttl")
    assert stream.getvalue() == ""


def test_a_terminal_is_told_nothing_within_the_first_second() -> None:
    stream = Terminal()
    with progress.progress("fr", stream) as told:
        told("data/a.ttl")
    assert stream.getvalue() == ""


@pytest.mark.parametrize(("language", "title"), [("fr", "Vérification"), ("en", "Checking")])
def test_after_that_a_terminal_is_told_what_is_being_done(
    language: str, title: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    with progress.progress(language, stream) as told:  # type: ignore[arg-type]  # one of the two
        told("https://example.org/shape#AG-05-end-before-start")
        told("data/a.ttl")
    assert title in stream.getvalue()
