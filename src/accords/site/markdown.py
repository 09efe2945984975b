"""The one place that knows markdown-it: a page of Markdown as HTML, its headings one step down.

Markup in the text is shown and never obeyed; links lead to the web or nowhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from accords.render.prose import safe

from .addresses import outside

if TYPE_CHECKING:
    from markdown_it.token import Token

_DEEPEST = 6


def as_html(text: str) -> str:
    r"""Return the HTML of a Markdown text.

    >>> print(as_html("# A <b>\n\n[x](javascript:a)"), end="")
    <h2>A &lt;b&gt;</h2>
    <p>[x](javascript:a)</p>
    """
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.validateLink = lambda url: outside(url) is not None  # type: ignore[method-assign]  # how the library lets links be judged
    shown = "\n".join(map(safe, text.splitlines()))
    tokens = parser.parse(shown)
    for token in tokens:
        _lower(token)
    return str(parser.renderer.render(tokens, parser.options, {}))


def _lower(token: Token) -> None:
    if token.type.startswith("heading"):
        token.tag = f"h{min(int(token.tag[1]) + 1, _DEEPEST)}"
