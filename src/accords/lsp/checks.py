"""Asking the checker: a child process that is started when needed, ended when it is too slow or not needed."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from asyncio.subprocess import Process

_LONGEST = 2**30  # bytes of an answer


class CheckerGone(Exception):
    """The child ended without an answer."""


class Checker:
    """The child, one question at a time."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._child: Process | None = None

    async def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return the answer. Raises CheckerGone; when it is cancelled, the child is ended."""
        child = await self._started()
        try:
            line = await self._asked(child, request)
        except BaseException:
            self.end()
            raise
        if not line.endswith(b"\n"):
            self.end()
            raise CheckerGone
        answer: dict[str, Any] = json.loads(line)
        return answer

    async def _asked(self, child: Process, request: dict[str, Any]) -> bytes:
        if child.stdin is None or child.stdout is None:
            raise CheckerGone
        try:
            child.stdin.write(json.dumps(request).encode() + b"\n")
            await child.stdin.drain()
            return await child.stdout.readline()
        except OSError as problem:
            raise CheckerGone from problem

    async def _started(self) -> Process:
        if self._child is None or self._child.returncode is not None:
            pipe = asyncio.subprocess.PIPE
            self._child = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "accords.lsp.checker", stdin=pipe, stdout=pipe, limit=_LONGEST
            )
        return self._child

    def end(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is not None and child.returncode is None:
            child.kill()
