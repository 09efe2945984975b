r"""Completion in bash, which cuts the words of a line at « = » and « : » as it does at spaces.

Of `-p territory=ter:reg` click would see four words, and bash replaces the last piece only.

1. Glue the pieces again into the word that was typed.
2. Of what is offered, give what stands behind the pieces that bash keeps, quoted as the piece is.

No space is put behind a word that ends with « = », and nothing is ever printed between two keys.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from click.shell_completion import BashComplete, add_completion_class, split_arg_string

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_SCRIPT = """\
%(complete_func)s() {
    local IFS=$'\\n' type value
    COMPREPLY=()
    while IFS=',' read -r type value; do
        case $type in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain)
                COMPREPLY+=("$value")
                if [[ $value == *= ]]; then compopt -o nospace; fi ;;
        esac
    done < <(env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD \\
        %(complete_var)s=bash_complete "$1" 2>/dev/null)
}

complete -o nosort -F %(complete_func)s %(prog_name)s
"""
_CUTS = re.compile(r"[=:]+")
_PLAIN = re.compile(r"([^\w@%+=:,./-])")


@dataclass(frozen=True, slots=True)
class Line:
    """A line as bash cut it: the words before the one begun, that word, how bash sees its end."""

    words: tuple[str, ...]
    begun: str
    kept: str  # the part of the word begun that bash leaves in place
    quote: str  # the quotation mark that the rest stands behind, if any

    def rest(self, offered: str) -> str | None:
        """Return what bash has to put in the place of the last piece; None when it cannot."""
        if not offered.startswith(self.kept) or (self.quote and self.quote in offered):
            return None
        rest = offered[len(self.kept) :]
        return rest if self.quote else _PLAIN.sub(r"\\\1", rest)


def line_of(pieces: list[str], place: int) -> Line:
    r"""Return the line of which bash passes the pieces on; `place` is that of the cursor.

    >>> line_of(["accords", "ask", "-p", "a", "=", "b\\ c"], 5)
    Line(words=('ask', '-p'), begun='a=b c', kept='a=', quote='')
    """
    glued: list[list[str]] = []
    for piece in [*pieces[:place], pieces[place] if place < len(pieces) else ""]:
        follows = bool(glued) and bool(_CUTS.fullmatch(glued[-1][-1]))
        if glued and (follows or _CUTS.fullmatch(piece)):
            glued[-1].append(piece)
        else:
            glued.append([piece])
    *before, last = glued
    if _CUTS.fullmatch(last[-1]):
        last = [*last, ""]
    return Line(
        words=tuple("".join(map(_unquoted, word)) for word in before[1:]),
        begun="".join(map(_unquoted, last)),
        kept="".join(map(_unquoted, last[:-1])),
        quote=last[-1][:1] if last[-1][:1] in {"'", '"'} else "",
    )


def _unquoted(piece: str) -> str:
    return "".join(split_arg_string(piece))


class Bash(BashComplete):
    """Completion in bash."""

    source_template = _SCRIPT

    @property
    def line(self) -> Line:
        """Return the line that bash passes on."""
        passed = os.environ["COMP_WORDS"]
        pieces = passed.split("\n") if "\n" in passed else re.findall(r"(?:\\.|[^\s\\])+|(?<=\s)\Z", passed)
        return line_of(pieces, int(os.environ["COMP_CWORD"]))

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the one begun, and that word."""
        return list(self.line.words), self.line.begun

    def complete(self) -> str:
        """Return what is offered, a line each."""
        line = self.line
        found = self.get_completions(list(line.words), line.begun)
        rests = [(item, item.value if item.type != "plain" else line.rest(item.value)) for item in found]
        return "\n".join(f"{item.type},{rest}" for item, rest in rests if rest is not None)

    def format_completion(self, item: CompletionItem[Any]) -> str:
        """Return one that is offered, as the script reads it."""
        return f"{item.type},{item.value}"


def register() -> None:
    """Let click complete in bash so."""
    add_completion_class(Bash)
