"""What is shown beside a name, in Markdown or as plain text; nothing that a file says can act in it.

Marks of Markdown and of HTML in a label or a quote are escaped, controls and bidirectional characters shown
by number, addresses never become links.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from accords.language import printable

LONGEST = 400  # characters of one text
_MARKS = re.compile(r"[\\`*_\[\]<>&#|~$!]|:(?=//)|(?<=www)\.|(?<=\w)@(?=\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Marking:
    """How a client wants its texts."""

    markdown: bool = True

    def text(self, text: str, limit: int = LONGEST) -> str:
        r"""Return somebody's words on one line, inert.

        >>> Marking().text("[x](command:y) <b>")
        '\\[x\\](command:y) \\<b\\>'
        """
        shown = printable(text, limit)
        return _MARKS.sub(r"\\\g<0>", shown) if self.markdown else shown

    def strong(self, text: str) -> str:
        """Return a heading."""
        said = self.text(text)
        return f"**{said}**" if self.markdown and said.strip() else said

    def code(self, text: str) -> str:
        """Return a short name as it is typed."""
        shown = printable(text, LONGEST).replace("`", "'")
        return f"`{shown}`" if self.markdown else shown

    def quote(self, text: str) -> str:
        """Return somebody's words, set apart."""
        return f"> {self.text(text)}" if self.markdown else f"  {self.text(text)}"

    def item(self, text: str) -> str:
        """Return a line of a list; its text is safe already."""
        return f"- {text}"
