"""The one place that knows Jinja2: a page in one language, as the text of a file.

Every value is escaped. In templates, besides what the page tells: `view` (links and names), `page`, `site`,
`lang`; the function `t("en français", "in English")` picks the reader's words.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context

from accords.dates import in_words
from accords.language import LANGUAGES
from accords.render.phrases import figure, number
from accords.render.prose import bound, opened, safe
from accords.things import Thing

from .addresses import outside

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.runtime import Context

    from .page import Site, View


def rendered(view: View) -> str:
    """Return the HTML of a page."""
    page = view.page
    return _template(page.template).render(
        view=view,
        page=page,
        site=view.site,
        lang=view.language,
        ld=None if page.embedded is None else inert_json(page.embedded(view)),
        **page.told(view),
    )


def standing(name: str, site: Site) -> str:
    """Return the HTML of a page that stands outside the trees of the languages.

    A page served for any address that leads nowhere has links from the root of the host, where it is known.
    """
    root = urlsplit(site.address).path
    return _template(name).render(site=site, root=root)


def inert_json(value: object) -> str:
    r"""Return JSON that ends no element of HTML around it.

    >>> inert_json({"a": "</script><b>"})
    '{"a":"\\u003c/script\\u003e\\u003cb\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("accords.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"safe_text": safe, "safe_lines": _safe_lines, "opened": opened, "outside": outside}
    made.tests["thing"] = _is_thing
    made.globals |= {
        "t": _chosen,
        "number": _number,
        "figure": _figure,
        "date": _date,
        "languages": LANGUAGES,
    }
    return made


def _safe_lines(text: str) -> str:
    """Return a text of several lines with nothing unseen in them."""
    return "\n".join(map(safe, text.splitlines()))


@pass_context
def _chosen(context: Context, fr: str, en: str) -> str:
    return bound(en if context["lang"] == "en" else fr)


@pass_context
def _number(context: Context, value: int) -> str:
    return number(value, context["lang"])


@pass_context
def _figure(context: Context, written: str) -> str:
    return figure(written, context["lang"])


@pass_context
def _date(context: Context, written: str) -> str:
    return in_words(written, context["lang"])


def _is_thing(value: Any) -> bool:  # noqa: ANN401  # whatever a template holds
    return isinstance(value, Thing)
