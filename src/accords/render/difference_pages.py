"""What changed, for a terminal and for the page of a pull request.

The Markdown page has its summary first and the details folded; nothing that a label holds acts in it: no markup,
no mention of a person, no number of a thread, no address that becomes a link.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from accords.language import Words, printable

from .answers import marked
from .differences import alerts, heading, sections, summary
from .phrases import number
from .prose import columns, wrapped

if TYPE_CHECKING:
    from accords.diff import Diff
    from accords.language import Language

    from .differences import Entry, Section

_LONGEST = 400  # characters of one text
_REVIEW = Words("À relire", "To read again")
_NOT_COMPARED = Words("Non comparé : ", "Not compared: ")
_ACTING = re.compile(r"(?<=[@#])|(?<=:)(?=//|[\w+-]+:)|(?<=\bwww)(?=\.)|(?<=\bGH-)", re.IGNORECASE)
_APART = "\ue000"  # stands for it while markup is made harmless; texts have none left once they are cut
_NOTHING = "<!-- -->"  # what keeps letters apart on a page without being seen


def as_text(diff: Diff, language: Language, *, most: int, width: int) -> str:
    """Return what changed as text; at most `most` entries a section (0: all)."""
    blocks = [
        [*wrapped(heading(diff, language), width=width), *wrapped(summary(diff, language), width=width)]
    ]
    if told := alerts(diff, language):
        blocks.append(
            [_REVIEW.to(language), *(line for one in told for line in wrapped(one, indent=2, width=width))]
        )
    blocks += [_section(section, language, most, width) for section in sections(diff, language)]
    blocks += [wrapped(_NOT_COMPARED.to(language) + note.to(language), width=width) for note in diff.notes]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _section(section: Section, language: Language, most: int, width: int) -> list[str]:
    lines = wrapped(section.title + Words(" : ", ": ").to(language) + section.count, width=width)
    listed = section.entries[:most] if most else section.entries
    for entry in listed:
        said = f"{entry.sign}  {_cut(entry.said)}" if entry.sign else _cut(entry.said)
        lines += wrapped(said, indent=2, hanging=4, width=width)
        lines += columns([(name, [*map(_cut, values)]) for name, values in entry.rows], indent=6, width=width)
        lines += [
            line for alert in entry.alerts for line in wrapped(f"! {alert}", indent=6, hanging=2, width=width)
        ]
    return [*lines, *([f"  {left}"] if (left := _left(section, len(listed), language)) else [])]


def _left(section: Section, listed: int, language: Language) -> str:
    more = len(section.entries) - listed
    if not more:
        return ""
    return Words(
        f"… et {number(more, 'fr')} de plus (tout lister : --most 0)",
        f"… and {number(more, 'en')} more (list all: --most 0)",
    ).to(language)


def _cut(text: str) -> str:
    return printable(text, _LONGEST)


def as_markdown(diff: Diff, language: Language, *, most: int) -> str:
    """Return what changed as Markdown: the summary, what to read again, then each section folded."""
    parts = [f"**{_inert(summary(diff, language))}**", _inert(heading(diff, language))]
    if told := alerts(diff, language):
        listed = "\n".join(f"- {_inert(one)}" for one in told)
        parts.append(f"{_REVIEW.to(language)}{Words(' :', ':').to(language)}\n\n{listed}")
    parts += [_folded(section, language, most) for section in sections(diff, language)]
    parts += [_inert(_NOT_COMPARED.to(language) + note.to(language)) for note in diff.notes]
    return "\n\n".join(parts) + "\n"


def _folded(section: Section, language: Language, most: int) -> str:
    listed = section.entries[:most] if most else section.entries
    lines = [line for entry in listed for line in _items(entry, language)]
    if left := _left(section, len(listed), language):
        lines.append(f"- {_inert(left)}")
    title = section.title + Words(" : ", ": ").to(language) + section.count
    body = "\n".join(lines)
    return f"<details><summary>{title}</summary>\n\n{body}\n\n</details>"


def _items(entry: Entry, language: Language) -> list[str]:
    colon = Words(" : ", ": ").to(language)
    lines = [
        f"- {_inert(entry.sign)}{colon}{_inert(entry.said)}" if entry.sign else f"- {_inert(entry.said)}"
    ]
    for name, values in entry.rows:
        lines.append(
            f"  - {_inert(name)}{colon}"
            + ("<br>" if len(values) > 1 else "")
            + "<br>".join(map(_inert, values))
        )
    return [*lines, *(f"  - **{_inert(alert)}**" for alert in entry.alerts)]


def _inert(text: str) -> str:
    r"""Return a text that a page shows as it is.

    >>> _inert("@all #1 <b>")
    '@<!-- -->all \\#<!-- -->1 \\<b\\>'
    """
    return marked(_ACTING.sub(_APART, _cut(text))).replace(_APART, _NOTHING)
