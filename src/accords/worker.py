"""A child process that can be killed: engines cannot be interrupted, processes can.

`start` forks a child that runs a task and streams what it does back through a pipe; `Job.result` waits
for the answer within the time left and raises LimitReached, naming what was running, when the child
runs out of time or memory. The child never outlives its parent's interest in it.
"""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import multiprocessing
import os
import resource
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from .errors import AccordsError, LimitReached
from .language import Words

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

Answer = TypeVar("Answer")
Tell = Callable[[str], None]  # a task tells what it is running

TIMEOUT = 60.0  # seconds
MEMORY = 4096  # MiB, beside what the parent holds
_GRACE = 2.0  # seconds between asking a child to end and ending it
_TICK = 0.25  # seconds between two words about a task that says nothing
_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


class WorkerFailed(AccordsError):
    """The child ended without an answer, or met an error of its own."""

    def __init__(self, running: str, reason: str) -> None:
        """Say what was running and how it ended."""
        super().__init__(
            Words(f"échec pendant : {running} ({reason})", f"failed while running: {running} ({reason})")
        )
        self.running, self.reason = running, reason

    def during(self, running: str) -> WorkerFailed:
        """Return the same, what was running named otherwise."""
        named = WorkerFailed(running, self.reason)
        for note in getattr(self, "__notes__", ()):
            named.add_note(note)
        return named


@dataclass(slots=True)
class Job(Generic[Answer]):
    """A task under way in a child."""

    child: BaseProcess
    pipe: Connection
    deadline: float
    timeout: float
    memory: int
    running: str = ""

    def result(self, told: Tell | None = None) -> Answer:
        """Return the answer of the task; `told` hears what is being run, again and again.

        Raises LimitReached (time, memory), WorkerFailed, or what the task refused.
        """
        try:
            return self._wait(told)
        finally:
            self.end()

    def _wait(self, told: Tell | None) -> Answer:
        while True:
            kind, content = self._next(told)
            match kind:
                case "running":
                    self.running = content
                    if told is not None:
                        told(content)
                case "memory":
                    raise self._out_of_memory()
                case "refused":
                    raise content
                case "failed":
                    reason, trace = content
                    failure = WorkerFailed(self.running, reason)
                    failure.add_note(trace)  # shown by --debug
                    raise failure
                case _:
                    return content  # type: ignore[no-any-return]  # the child sends what the task returned

    def _next(self, told: Tell | None) -> tuple[str, Any]:
        """Return what the child sends next; until then, `told` hears again what is running."""
        left = _TICK
        while left > 0:
            left = max(0.0, self.deadline - time.monotonic())  # at 0, what has been sent still counts
            if self.pipe.poll(min(left, _TICK)):
                try:
                    return self.pipe.recv()  # type: ignore[no-any-return]  # `_serve` sends pairs
                except (EOFError, OSError):  # it ended, in the middle of a word perhaps
                    raise self._silent() from None
            if told is not None:
                told(self.running)
        raise self._out_of_time()

    def end(self) -> None:
        """End the child, politely first."""
        self.pipe.close()
        if self.child.is_alive():
            self.child.terminate()
            self.child.join(_GRACE)
        if self.child.is_alive():
            self.child.kill()
        self.child.join(_GRACE)

    def _out_of_time(self) -> LimitReached:
        return LimitReached(
            Words(f"{self.timeout:g} s", f"{self.timeout:g} s"),
            self.running,
            Words("donner plus de temps : --timeout SECONDES", "allow more time: --timeout SECONDS"),
        )

    def _out_of_memory(self) -> LimitReached:
        return LimitReached(
            Words(f"{self.memory} Mio de mémoire", f"{self.memory} MiB of memory"),
            self.running,
            Words("donner plus de mémoire : --memory MIO", "allow more memory: --memory MIB"),
        )

    def _silent(self) -> AccordsError:
        self.child.join(_GRACE)
        code = self.child.exitcode
        if code in {-signal.SIGABRT, -signal.SIGKILL}:  # how native code ends when memory is refused
            return self._out_of_memory()
        if code == -signal.SIGXCPU:
            return self._out_of_time()
        return WorkerFailed(self.running, f"exit {code}")


def start(
    task: Callable[[Tell], Answer],
    *,
    timeout: float = TIMEOUT,
    memory: int = MEMORY,
) -> Job[Answer]:
    """Start a task in a child; the task is given a function to tell what it is running.

    `timeout` is in seconds of wall time, `memory` in MiB beside what this process holds.
    """
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_serve, args=(task, theirs, timeout, memory, os.getpid()), daemon=True)
    child.start()
    theirs.close()
    return Job(child, ours, time.monotonic() + timeout, timeout, memory)


class Early:
    """A child that makes itself ready while its task is being worked out."""

    def __init__(self, prepare: Callable[[], None]) -> None:
        """Start the child; `prepare` is what it does first."""
        context = multiprocessing.get_context("fork")
        self._ours, theirs = context.Pipe(duplex=False)
        given, self._hand = context.Pipe(duplex=False)
        self._child = context.Process(target=_await, args=(prepare, given, theirs, os.getpid()), daemon=True)
        self._child.start()
        theirs.close()
        given.close()
        self._free = True

    def start(
        self, task: Callable[[Tell], Answer], *, timeout: float = TIMEOUT, memory: int = MEMORY
    ) -> Job[Answer]:
        """Start a task, one that can be pickled, in the child; in a child of its own when that one is taken."""
        if not self._free or not self._child.is_alive():
            return start(task, timeout=timeout, memory=memory)
        self._free = False
        self._hand.send((task, timeout, memory))
        return Job(self._child, self._ours, time.monotonic() + timeout, timeout, memory)

    def end(self) -> None:
        """End the child if it has had no task; a job ends its own."""
        self._hand.close()
        if self._free:
            Job(self._child, self._ours, 0.0, 0.0, 0).end()


def _await(prepare: Callable[[], None], given: Connection, pipe: Connection, parent: int) -> None:
    """Make ready, then serve the task that comes; end without one when the parent has none."""
    _tie(parent)
    prepare()
    with contextlib.suppress(EOFError):
        task, timeout, memory = given.recv()
        _serve(task, pipe, timeout, memory, parent)


def _serve(
    task: Callable[[Tell], Answer],
    pipe: Connection,
    timeout: float,
    memory: int,
    parent: int,
) -> None:
    _tie(parent)
    _bound(timeout, memory)
    try:
        answer = task(lambda running: pipe.send(("running", running)))
        pipe.send(("answer", answer))
    except MemoryError:
        pipe.send(("memory", None))
    except AccordsError as refusal:
        pipe.send(("refused", refusal))
    except Exception as problem:  # noqa: BLE001  # whatever it was, the parent reports it and exits 3
        with contextlib.suppress(OSError):
            reason = f"{type(problem).__name__}: {problem}"
            pipe.send(("failed", (reason, "".join(traceback.format_exception(problem)))))


def _tie(parent: int) -> None:
    """Bind the child to its parent: its signals, its silence, its life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is told too, and ends this child
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    faulthandler.disable()  # native code that dies is reported by the parent, in one line
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # so is all that engines say on their own
    with contextlib.suppress(OSError, AttributeError):  # Linux only; elsewhere the limits remain
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _bound(timeout: float, memory: int) -> None:
    """Set the limits of the child: memory and processor time."""
    bound(memory)
    seconds = int(timeout * (os.cpu_count() or 1)) + 5
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))


def bound(memory: int) -> None:
    """Let this process take no more than so many MiB beside what it holds; one that dies leaves no core."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (_held() + memory * 2**20, resource.RLIM_INFINITY))


def _held() -> int:
    """Return the bytes of address space that this process already has."""
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123  # one number of the kernel
            return int(statm.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0
