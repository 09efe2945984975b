"""What the rules of redirection of the w3id kit would do, read as mod_rewrite reads them."""

from __future__ import annotations

import re


class Rules:
    """What mod_rewrite would do: the conditions and rules of a file, tried in order."""

    def __init__(self, text: str) -> None:
        self.rules: list[tuple[list[tuple[str, str, bool]], str, str, str]] = []
        conditions: list[tuple[str, str, bool]] = []
        for line in text.splitlines():
            match line.split():
                case ["RewriteCond", variable, pattern, *flags]:
                    assert flags in ([], ["[NC]"])
                    conditions.append((variable, pattern, bool(flags)))
                case ["RewriteRule", pattern, target, flags]:
                    assert re.fullmatch(
                        r"\[R=30[23],L\]" if "%" not in target else r"\[NE,R=30[23],L\]", flags
                    )
                    assert "%" not in target.replace("\\%", "")  # alone, it stands for a part of a condition
                    self.rules.append((conditions, pattern, target.replace("\\%", "%"), flags))
                    conditions = []
                case [] | ["RewriteEngine", "on"]:
                    pass
                case _:
                    assert line.startswith("#"), line

    def lead(self, path: str, *, accept: str = "*/*", language: str = "") -> str | None:
        values = {"%{HTTP_ACCEPT}": accept, "%{HTTP:Accept-Language}": language}
        for conditions, pattern, target, _ in self.rules:
            found = re.search(pattern, path)
            if found and all(self._holds(values[variable], test, nc) for variable, test, nc in conditions):
                return target.replace("$1", found[1] if found.re.groups else "")
        return None

    @staticmethod
    def _holds(value: str, pattern: str, nc: bool) -> bool:
        wanted = pattern.removeprefix("!")
        return (re.search(wanted, value, re.IGNORECASE if nc else 0) is not None) is (wanted == pattern)
