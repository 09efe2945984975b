"""The child that can be killed: answers, time, memory, faults, and nobody left behind."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from accords import worker
from accords.errors import LimitReached, UnknownName
from accords.language import Words

if TYPE_CHECKING:
    from collections.abc import Callable


def gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


def test_the_answer_comes_back() -> None:
    told: list[str] = []

    def task(running: Callable[[str], None]) -> list[int]:
        running("a")
        running("b")
        return [1, 2]

    job = worker.start(task)
    assert job.result(told.append) == [1, 2]
    assert [*dict.fromkeys(filter(None, told))] == ["a", "b"]


def test_a_task_that_says_nothing_is_named_again_while_it_is_waited_for() -> None:
    told: list[str] = []

    def task(running: Callable[[str], None]) -> int:
        running("the long shape")
        time.sleep(1)
        return 1

    worker.start(task).result(told.append)
    assert told.count("the long shape") > 1


def test_what_a_task_refuses_comes_back_as_it_is_with_its_fields() -> None:
    refusal = UnknownName(Words("terme", "term"), "agr:x", ("agr:y",))

    def task(_running: Callable[[str], None]) -> None:
        raise refusal

    with pytest.raises(UnknownName) as refused:
        worker.start(task).result()
    assert refused.value.message == refusal.message
    assert refused.value.hint == refusal.hint
    assert (refused.value.name, refused.value.close, refused.value.exit_code) == ("agr:x", ("agr:y",), 2)


def test_what_a_child_writes_on_the_terminal_is_not_seen(capfd: pytest.CaptureFixture[str]) -> None:
    worker.start(lambda _running: os.write(2, b"noise of an engine")).result()
    assert capfd.readouterr() == ("", "")


def test_out_of_time_names_what_was_running_and_ends_the_child() -> None:
    def task(running: Callable[[str], None]) -> None:
        running("the slow shape")
        time.sleep(60)

    job = worker.start(task, timeout=0.3)
    begun = time.monotonic()
    with pytest.raises(LimitReached) as refused:
        job.result()
    assert "the slow shape" in refused.value.message.en
    assert "--timeout" in (refused.value.hint.en if refused.value.hint else "")
    assert time.monotonic() - begun < 10
    assert gone(job.child.pid or 0)


def test_out_of_memory_is_told_as_such() -> None:
    def task(running: Callable[[str], None]) -> int:
        running("the greedy shape")
        return len(bytearray(2**31))

    job = worker.start(task, memory=256)
    with pytest.raises(LimitReached) as refused:
        job.result()
    assert "256" in refused.value.message.en
    assert "the greedy shape" in refused.value.message.en


def test_a_child_that_dies_is_a_failure_not_a_hang() -> None:
    job = worker.start(lambda _running: os.kill(os.getpid(), signal.SIGSEGV))
    with pytest.raises(worker.WorkerFailed):
        job.result()


def test_an_error_in_the_child_is_told_in_one_line() -> None:
    job = worker.start(lambda _running: 1 // 0)
    with pytest.raises(worker.WorkerFailed, match="ZeroDivisionError"):
        job.result()


def test_ending_a_job_early_leaves_no_child() -> None:
    job = worker.start(lambda _running: time.sleep(60))
    job.end()
    assert gone(job.child.pid or 0)
