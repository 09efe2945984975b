"""The child that can be killed: answers, time, memory, faults, and nobody left behind."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from accords import worker
from accords.errors import LimitReached

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
    assert told == ["a", "b"]


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
