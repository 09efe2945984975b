"""Several files changed as one: whatever ends the command, each file is whole and nothing is lost."""

from __future__ import annotations

import fcntl
import json
import os
import resource
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from accords import journal, writing
from accords.errors import AccordsError, RequestError
from accords.language import Words

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("data/a.ttl", "data/b.ttl", "shapes/c.ttl")
TITLE = "accords rename act:a act:b"
MOMENTS = 80
KILLED = """
import os, signal, sys
from pathlib import Path
from accords import journal

number = getattr(signal, sys.argv[1])

def child(root, moment):
    contents = {root / name: (b"old " + name.encode(), b"new " + name.encode()) for name in sys.argv[3:]}
    seen = 0

    def hook(event, arguments):
        nonlocal seen
        if event in {"open", "os.rename", "os.remove"} and str(root) in str(arguments[0]):
            seen += 1
            if seen == moment:
                os.kill(os.getpid(), number)

    sys.addaudithook(hook)
    try:
        journal.commit(root, "TITLE", contents, {path: old for path, (old, _) in contents.items()})
    except KeyboardInterrupt:
        os._exit(130)
    os._exit(0)

for moment, root in enumerate(sorted(Path(sys.argv[2]).iterdir()), 1):
    if not (process := os.fork()):
        child(root, moment)
    print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
""".replace("TITLE", TITLE)


def laid(root: Path) -> Path:
    for name in NAMES:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"old " + name.encode())
    return root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return laid(tmp_path)


def contents(root: Path) -> dict[Path, tuple[bytes, bytes]]:
    return {root / name: (b"old " + name.encode(), b"new " + name.encode()) for name in NAMES}


def read(root: Path) -> dict[Path, bytes]:
    return {path: before for path, (before, _) in contents(root).items()}


def commit(root: Path) -> None:
    journal.commit(root, TITLE, contents(root), read(root))


def state(root: Path) -> list[str]:
    """Return how each file begins; every one is checked to be whole."""
    found = [(root / name).read_bytes().decode() for name in NAMES]
    for name, text in zip(NAMES, found, strict=True):
        assert text in {f"old {name}", f"new {name}"}
    return [text[:3] for text in found]


def litter(root: Path) -> list[str]:
    return [path.name for path in root.rglob(".*")]


def folders(root: Path) -> list[Path]:
    return [root / "data", root / "shapes"]


def test_all_files_change_and_nothing_is_left_behind(root: Path) -> None:
    (root / NAMES[0]).chmod(0o640)
    commit(root)
    assert state(root) == ["new", "new", "new"]
    assert litter(root) == []
    assert (root / NAMES[0]).stat().st_mode & 0o777 == 0o640
    assert journal.resume(root, folders(root)) is None


def ended(folder: Path, signal: str) -> list[tuple[Path, int]]:
    """Commit in one project after the other, the command ended at the first step, the second …; each with its code."""
    roots = [laid(folder / f"{moment:02}") for moment in range(MOMENTS)]
    done = subprocess.run(
        [sys.executable, "-c", KILLED, signal, str(folder), *NAMES],
        capture_output=True,
        check=True,
        text=True,
        timeout=120,
    )
    codes = [int(line) for line in done.stdout.split()]
    assert codes[-1] == 0  # the last ones ran to their end: every step has been seen
    return list(zip(roots, codes, strict=True))


def test_a_command_killed_at_any_moment_is_undone_or_finished_by_the_next(tmp_path: Path) -> None:
    seen = set()
    for root, _ in ended(tmp_path, "SIGKILL"):
        found = tuple(state(root))
        decided = journal.waiting(root)
        assert decided or found in {("old",) * 3, ("new",) * 3}
        assert journal.resume(root, folders(root)) == (TITLE if decided else None)
        assert set(state(root)) == ({"new"} if decided or found[0] == "new" else {"old"})
        assert litter(root) == []
        seen.add(found)
    assert seen == {("old",) * 3, ("new", "old", "old"), ("new", "new", "old"), ("new",) * 3}


def test_a_command_interrupted_at_any_moment_leaves_everything_or_nothing(tmp_path: Path) -> None:
    seen = set()
    for root, code in ended(tmp_path, "SIGINT"):
        assert litter(root) == []
        seen.add((code, *state(root)))
    assert seen == {(130, "old", "old", "old"), (130, "new", "new", "new"), (0, "new", "new", "new")}


def test_a_file_edited_after_the_interruption_is_never_overwritten(tmp_path: Path) -> None:
    root = next(root for root, _ in ended(tmp_path, "SIGKILL") if state(root) == ["new", "old", "old"])
    (root / NAMES[2]).write_text("edited since")
    with pytest.raises(RequestError, match=r"shapes/c\.ttl"):
        journal.resume(root, folders(root))
    assert (root / NAMES[2]).read_text() == "edited since"
    assert journal.waiting(root)
    with pytest.raises(RequestError, match="interrompue"):
        commit(root)


def test_a_file_changed_meanwhile_stops_everything(root: Path) -> None:
    held = read(root)
    (root / NAMES[1]).write_text("other")
    with pytest.raises(RequestError, match=r"data/b\.ttl : modifié entre-temps"):
        journal.commit(root, TITLE, {root / NAMES[0]: (b"old data/a.ttl", b"new data/a.ttl")}, held)
    assert (root / NAMES[0]).read_bytes() == b"old data/a.ttl"
    assert litter(root) == []


def test_two_commands_at_once_the_second_is_refused(root: Path) -> None:
    held = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_SH)
        with pytest.raises(RequestError, match="une autre commande"):
            commit(root)
    finally:
        os.close(held)
    assert state(root) == ["old", "old", "old"]
    commit(root)
    assert state(root) == ["new", "new", "new"]


RIVALS = """
import os, sys
from pathlib import Path
from accords import journal
from accords.errors import RequestError

root, names, number = Path(sys.argv[1]), sys.argv[2:], 0
children = []
for number in range(8):
    if not (child := os.fork()):
        contents = {root / name: (b"old " + name.encode(), f"by {number}".encode()) for name in names}
        try:
            journal.commit(root, "rival", contents, {path: old for path, (old, _) in contents.items()})
        except RequestError:
            os._exit(2)
        os._exit(0)
    children.append(child)
print(*(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children))
"""


def test_of_many_commands_at_once_one_does_all_and_the_others_nothing(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", RIVALS, str(root), *NAMES],
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    codes = done.stdout.split()
    assert sorted(codes) == ["0", *["2"] * 7]
    assert {(root / name).read_text() for name in NAMES} == {f"by {codes.index('0')}"}
    assert litter(root) == []


def test_a_file_that_cannot_be_written_stops_everything(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, _mode: "c.ttl" not in str(path))  # root may write anywhere
    with pytest.raises(RequestError, match="accès refusé"):
        commit(root)
    assert state(root) == ["old", "old", "old"]
    assert litter(root) == []


def test_a_full_disk_stops_everything(root: Path) -> None:
    big = {
        root / name: (old, new * 1000)
        for name, (old, new) in zip(NAMES, contents(root).values(), strict=True)
    }
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))  # what a disk says when there is no more room
    try:
        with pytest.raises(RequestError):
            journal.commit(root, TITLE, big, read(root))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert state(root) == ["old", "old", "old"]
    assert litter(root) == []


def test_a_journal_that_cannot_be_written_stops_everything(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = writing.beside

    def refuse(target: Path, draft: Path, content: bytes) -> None:
        if target.name == journal.JOURNAL:
            raise RequestError(Words("plus de place", "no room"))
        beside(target, draft, content)

    monkeypatch.setattr(writing, "beside", refuse)
    with pytest.raises(RequestError, match="plus de place"):
        commit(root)
    assert state(root) == ["old", "old", "old"]
    assert litter(root) == []


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"title": "x"}',
        json.dumps({"title": "x", "files": [{"path": "../x", "before": "", "after": ""}]}),
    ],
)
def test_a_journal_that_nobody_here_wrote_is_not_followed(root: Path, text: str) -> None:
    (root / journal.JOURNAL).write_text(text)
    with pytest.raises(RequestError, match="illisible"):
        journal.resume(root, folders(root))
    with pytest.raises(AccordsError):
        commit(root)
    assert state(root) == ["old", "old", "old"]
