"""The start of the command: an interruption ends it without a word, whichever module is being imported."""

from __future__ import annotations

import subprocess
import sys

import pytest

SCRIPT = """
import importlib.abc, os, signal, sys
from accords.__main__ import main
wanted, sys.argv[1:] = sys.argv[1], ["ask", "--about", "CQ18"]
class Interrupt(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name == wanted:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupt())
main()
"""


@pytest.mark.parametrize(
    "module", ["accords.cli", "click", "accords.cli.bilingual", "accords.cli.ask", "accords.catalogue"]
)
def test_an_interruption_while_modules_are_imported_ends_the_command_without_a_word(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, module], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 130
    assert done.stdout == ""
    assert done.stderr.strip() == ""


def test_a_caller_that_has_interruptions_ignored_keeps_them_so() -> None:
    script = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n" + SCRIPT
    done = subprocess.run(
        [sys.executable, "-c", script, "accords.cli.bilingual"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0
    assert "CQ18" in done.stdout


def test_the_command_and_the_module_are_one() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "accords", "--version"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("accords ")
