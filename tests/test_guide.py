"""The steward's guide is true: its example, from an article to a merged record, is carried out as it is written.

In `data/README.md` a line `<!-- guide: FILE -->` gives the content of a file, `<!-- guide: run -->` commands with what
they print. All are carried out in order, in a repository that holds the invented world. `pytest tests/test_guide.py
--update-golden` writes the outputs again.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from calling import invented
from laying import ARCHIVE, ROOT

GUIDE = ROOT / "data" / "README.md"
BLOCK = re.compile(r"<!-- guide: (?P<what>[^>]+) -->\n```\w+\n(?P<text>.*?)```", re.DOTALL)
REVISION = re.compile(r"\([0-9a-f]{10}\)")
COMPLETED = (  # what the steward types in the editor: after which line of the file, which lines
    ("  ae:concernsAgreement agr:wld-phare-2026 ;\n", "  ae:eventStatus event-status:occurred ;\n"),
    ('  ae:eventDate "2026-02-02"^^xsd:date ;\n', "  ae:eventPlace ter:wld-port-sarcelle ;\n"),
)


def laid(folder: Path) -> Path:
    """Lay a repository with the invented world, and its archive beside it."""
    root = folder / "depot"
    root.mkdir()
    invented(root)
    shutil.copytree(ARCHIVE, folder / "archive")
    return root


def environment(folder: Path) -> dict[str, str]:
    people = {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "Gestionnaire"), ("EMAIL", "gestionnaire@example.org"))
    }
    return {
        **people, "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]), "HOME": str(folder),
        "LC_ALL": "C.UTF-8", "ACCORDS_ARCHIVE": "../archive", "ACCORDS_CACHE": str(folder / "cache"), "GIT_CONFIG_NOSYSTEM": "1",
    }  # fmt: skip


def printed(command: str, root: Path) -> str:
    """Return what a command of the guide prints, both streams as on a terminal."""
    done = subprocess.run(
        ["bash", "-c", command], cwd=root, env=environment(root.parent), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=120,
    )  # fmt: skip
    return REVISION.sub("(…)", done.stdout)


def carried_out(text: str, root: Path) -> str:
    """Return the guide with what its commands print; its files are written."""

    def block(found: re.Match[str]) -> str:
        what, said = found["what"], found["text"]
        if what != "run":
            (root / what).write_text(said, encoding="utf-8")
            return found.group()
        commands = [line for line in said.splitlines() if line.startswith("$ ")]
        told = "".join(f"{line}\n{printed(line[2:], root)}" for line in commands)
        return found.group().replace(said, told)

    return BLOCK.sub(block, text)


def test_the_guide_is_carried_out_as_it_is_written(tmp_path: Path, update_golden: bool) -> None:
    root = laid(tmp_path)
    for command in (
        "git init --quiet --initial-branch main",
        "git add .",
        "git commit --quiet --message Avant",
    ):
        assert printed(command, root) == ""
    text = GUIDE.read_text(encoding="utf-8")
    made = carried_out(text, root)
    if update_golden:
        GUIDE.write_text(made, encoding="utf-8")
    else:
        assert made == text
    assert "wld-phare-2026.ttl" in printed("git ls-tree -r --name-only main", root)
    assert "0 erreur, 0 avertissement" in printed("accords check", root)


def test_the_edited_file_is_the_written_one_completed(tmp_path: Path) -> None:
    root = laid(tmp_path)
    blocks = {found["what"]: found["text"] for found in BLOCK.finditer(GUIDE.read_text(encoding="utf-8"))}
    (tmp_path / "archive" / "wld-phare.txt").write_text(blocks["../archive/wld-phare.txt"], encoding="utf-8")
    (root / "phare.yaml").write_text(blocks["phare.yaml"], encoding="utf-8")
    source = "accords new source --id wld-phare --set archiveName=wld-phare.txt --bare --write"
    assert "src:wld-phare" in printed(source, root)
    assert "wld-phare-2026" in printed(
        "accords new accord --id wld-phare-2026 --from phare.yaml --bare --write", root
    )
    written = (root / "data/agreements/wld-phare-2026.ttl").read_text(encoding="utf-8")
    edited = blocks["data/agreements/wld-phare-2026.ttl"]
    added = [line for line in edited.splitlines() if line not in written.splitlines()]
    assert set(written.splitlines()) - set(edited.splitlines()) == {"  ae:excerptOf src:wld-phare ."}
    assert len(added) == 6
    for before, line in COMPLETED:
        assert before + line in edited
