"""The catalogue of questions: on the terminal, as Markdown for the guide, as a table; one in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accords.catalogue import LANG, Column
from accords.language import Words

from .prose import wrapped
from .tables import aligned, dumped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accords.catalogue import Catalogue, Parameter, Question
    from accords.language import Language
    from accords.table import Table

THEMES = {
    "territories": Words("Territoires", "Territories"),
    "themes": Words("Thèmes", "Themes"),
    "governance": Words("Gouvernance", "Governance"),
    "commitments": Words("Engagements et suivi", "Commitments and monitoring"),
    "actors": Words("Acteurs et réseaux", "Actors and networks"),
    "time": Words("Temps et succession", "Time and succession"),
    "provenance": Words("Provenance et qualité", "Provenance and quality"),
    "coverage": Words("Couverture", "Coverage"),
    "network": Words("Liens entre acteurs", "Ties between actors"),
    "inventory": Words("Inventaire", "Inventory"),
    "evidence": Words("Preuves et libellés", "Evidence and labels"),
}
SEEDS = {
    "yes": Words("oui", "yes"),
    "partly": Words("en partie", "in part"),
    "no": Words("non", "no"),
}
_COLUMNS = (
    Column("number", "text", Words("numéro", "number")),
    Column("name", "text", Words("nom", "name")),
    Column("title", "text", Words("titre", "title")),
    Column("question", "text", Words("question", "question")),
    Column("parameters", "text", Words("paramètres", "parameters")),
)


def theme_name(theme: str) -> Words:
    """Return the name of a theme; a folder that is not known names itself."""
    return THEMES.get(theme, Words(theme, theme))


def ordered(catalogue: Catalogue) -> dict[str, tuple[Question, ...]]:
    """Return the questions by theme, in the order of the guide, numbered ones first."""
    themes = catalogue.themes()
    known = [theme for theme in THEMES if theme in themes]
    order = [*known, *sorted(set(themes) - set(known))]
    return {
        theme: tuple(sorted(themes[theme], key=lambda one: (one.number is None, one.number or "", one.name)))
        for theme in order
    }


def as_text(catalogue: Catalogue, language: Language) -> str:
    """Return the list of questions by theme."""
    lines: list[str] = []
    for theme, questions in ordered(catalogue).items():
        lines.append(theme_name(theme).to(language))
        rows = [(one.number or "", one.short, one.title.to(language)) for one in questions]
        lines += [*aligned(rows), ""]
    lines.append(
        Words(
            "Poser une question : accords ask NOM ; ce qu'elle demande et rend : accords ask NOM --about",
            "Ask one: accords ask NAME; what it takes and gives: accords ask NAME --about",
        ).to(language)
    )
    return "\n".join(lines) + "\n"


def as_markdown(catalogue: Catalogue) -> str:
    """Return the tables of the guide, both languages."""
    parts: list[str] = []
    for theme, questions in ordered(catalogue).items():
        name = theme_name(theme)
        parts.append(f"## {name.fr} · {name.en}\n")
        parts.append("| | Question | Fichier · File | Textes · Texts |\n|---|---|---|---|")
        parts += [
            f"| {one.number or ''} | {one.question.fr} · {one.question.en} | `{one.name}.rq` "
            f"| {SEEDS[one.seeds].fr} · {SEEDS[one.seeds].en} |"
            for one in questions
        ]
        parts.append("")
    return "\n".join(parts)


def as_json(catalogue: Catalogue) -> str:
    """Return the catalogue for programs."""
    return dumped([_data(one) for questions in ordered(catalogue).values() for one in questions])


def _data(one: Question) -> dict[str, object]:
    return {
        "name": one.name,
        "number": one.number,
        "title": one.title._asdict(),
        "question": one.question._asdict(),
        "for": one.audience._asdict(),
        "keywords": one.keywords._asdict(),
        "parameters": [
            {"name": it.name, "kind": it.kind, "default": it.default, "words": it.words._asdict()}
            | _bound(it)
            for it in one.parameters
        ],
        "columns": [{"name": it.name, "kind": it.kind, "words": it.words._asdict()} for it in one.columns],
        "seeds": one.seeds,
    }


def _bound(parameter: Parameter) -> dict[str, object]:
    """Return what the values of a parameter cannot be, if something is."""
    held = {"min": parameter.least, "notBefore": parameter.first}
    return {name: value for name, value in held.items() if value is not None}


def about_as_json(question: Question) -> str:
    """Return all that the header of a question says, for programs."""
    notes = {
        "seedsWhy": question.why_seeds,
        "emptyWhy": question.why_empty,
        "completed": question.completed,
        "note": question.note,
    }
    told = {name: said._asdict() for name, said in notes.items() if said is not None}
    codes = {code: said._asdict() for code, said in question.codes.items()}
    return dumped(_data(question) | {"codes": codes, "completedBy": question.completed_by} | told)


def as_table(catalogue: Catalogue, language: Language) -> Table:
    """Return the catalogue as a table, one row a question."""
    from pyoxigraph import Literal  # noqa: PLC0415  # the list on the terminal needs no engine

    from accords.table import Table  # noqa: PLC0415  # slow to import, only where it is used

    rows = tuple(
        (
            None if one.number is None else Literal(one.number),
            Literal(one.name),
            Literal(one.title.to(language)),
            Literal(one.question.to(language)),
            Literal(" ".join(it.name for it in one.parameters if it.kind != LANG)),
        )
        for questions in ordered(catalogue).values()
        for one in questions
    )
    return Table(_COLUMNS, rows)


def about(question: Question, language: Language, width: int) -> str:
    """Return all that the header of a question says, as wide as the terminal."""
    lines = [
        f"{question.number + '  ' if question.number else ''}{question.name}",
        *wrapped(question.question.to(language), width=width),
        "",
    ]
    facts = [(Words("pour", "for"), question.audience), (Words("mots-clés", "keywords"), question.keywords)]
    lines += _told([(name.to(language), said.to(language)) for name, said in facts], width, indent=0)
    if chosen := [one for one in question.parameters if one.kind != LANG]:
        lines += ["", Words("Paramètres", "Parameters").to(language)]
        any_ = Words("tous", "any").to(language)
        rows = [
            (one.name, one.kind, ", ".join(one.defaults) or any_, _limited(one, language)) for one in chosen
        ]
        lines += _told(rows, width)
    lines += ["", Words("Colonnes", "Columns").to(language)]
    lines += _told([(one.name, one.kind, one.words.to(language)) for one in question.columns], width)
    if question.codes:
        lines += ["", Words("Codes", "Codes").to(language)]
        lines += _told([(code, said.to(language)) for code, said in question.codes.items()], width)
    if not question.title.fr:  # a query of the reader's own says nothing about itself
        return "\n".join(lines) + "\n"
    answered = Words("Les cinq textes y répondent : ", "The five texts answer it: ").to(language)
    lines += ["", answered + SEEDS[question.seeds].to(language)]
    notes = (question.why_seeds, question.why_empty, question.completed, question.note)
    lines += [line for said in notes if said is not None for line in wrapped(said.to(language), width=width)]
    return "\n".join(lines) + "\n"


def _told(rows: Sequence[tuple[str, ...]], width: int, *, indent: int = 2) -> list[str]:
    """Return rows in columns, the last one wrapped beside the others."""
    heads = aligned([row[:-1] for row in rows], indent=indent)
    start = max(map(len, heads), default=0) + 2
    lines: list[str] = []
    for head, row in zip(heads, rows, strict=True):
        first, *more = wrapped(row[-1], indent=start, width=width) or [""]
        lines += [f"{head:<{start}}{first.lstrip()}".rstrip(), *more]
    return lines


def _limited(parameter: Parameter, language: Language) -> str:
    """Return the words of a parameter, and what it cannot be."""
    said = parameter.words.to(language)
    if parameter.least is not None:
        said += Words(f" ; {parameter.least} ou plus", f"; {parameter.least} or more").to(language)
    if parameter.first is not None:
        said += Words(f" ; pas avant {parameter.first}", f"; not before {parameter.first}").to(language)
    return said
