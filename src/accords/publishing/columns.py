"""The sheets of an edition: which tables there are, and their columns, made from the plan of the forms.

1. A sheet for each group of records and each concept scheme, with the properties that have one value.
2. A sheet for each property of a group that has several values: a row a value.
3. Sheets for all groups: every record, every excerpt of a record, texts, and statements that no column holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from accords.language import LANGUAGES, Words
from accords.vocab import TYPE

from .asking import RECORDS, SUPPORTED, Shape
from .naming import apart
from .sheets import Column, Sheet, Sort

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .asking import Asked, Group

EVIDENCE, TEXTS, OTHER = "evidence", "texts", "other_statements"
EXCERPTS = "excerpts"  # the table of excerpts, and the column that names those of a row
NOTHING = Words("", "")
_IN = {"fr": Words("en français", "in French"), "en": Words("en anglais", "in English")}
_ID = Column(
    "id",
    Words("Nom court", "Short name"),
    Words("Préfixe et nom, comme dans les commandes.", "Prefix and name, as in commands."),
    Sort.TEXT,
    needed=True,
)
_IRI = Column(
    "iri",
    Words("IRI", "IRI"),
    Words(
        "Identifiant pour toujours ; les autres tables s'y rapportent.",
        "Identifier for good; other tables refer to it.",
    ),
    Sort.IRI,
    needed=True,
)
_CITED = Column(
    EXCERPTS,
    Words("Extraits", "Excerpts"),
    Words(
        "Noms courts des extraits qui l'étayent, séparés par des espaces.",
        "Short names of the excerpts that back it, set apart by spaces.",
    ),
    Sort.IDS,
)
LINK = Column(
    "link",
    Words("Lien vers le passage", "Link to the passage"),
    Words(
        "Adresse de la source, menant aux mots ; vide pour une source sans adresse.",
        "Address of the source, leading to the words; empty for a source without one.",
    ),
    Sort.TEXT,
)
_RECORD = Column("record", Words("Fiche", "Record"), NOTHING, Sort.IRI, table=RECORDS, needed=True)
_PROPERTY = Column("property", Words("Propriété", "Property"), NOTHING, Sort.IRI, needed=True)
_VALUE_KIND = Words("Sorte de la valeur", "Kind of the value")
_VALUE_KINDS = Words(
    "iri, text, text@langue ou un type de données.", "iri, text, text@language or a datatype."
)


def sheets(groups: Sequence[Group]) -> tuple[Sheet, ...]:
    """Return every sheet: all records, then each group with its links, then what all groups share."""
    return (_records(), *(sheet for group in groups for sheet in _of_group(group)), *_shared())


def link_sheet(group: Group, asked: Asked) -> str:
    """Return the name of the table of the values of a property."""
    return f"{group.one}_{asked.several}"


def has_links(asked: Asked) -> bool:
    """Tell whether the values of a property have a table of their own."""
    return asked.shape is Shape.SEVERAL and not asked.tagged and asked.path != SUPPORTED


def spoken(column: Column, title: Words | None = None) -> tuple[Column, ...]:
    """Return a column of IRIs with those that name what they lead to."""
    said = title or column.title
    named = (
        Column(
            f"{column.name}_{tongue}",
            Words(f"{said.fr}, {_IN[tongue].fr}", f"{said.en}, {_IN[tongue].en}"),
            NOTHING,
            Sort.TEXT,
        )
        for tongue in LANGUAGES
    )
    return (column, *named)


def _records() -> Sheet:
    title = Words("Toutes les fiches", "All records")
    told = Words(
        "Chaque fiche et chaque concept, avec le nom de sa table.",
        "Every record and every concept, with the name of its table.",
    )
    table = Column("table", Words("Table", "Table"), NOTHING, Sort.TEXT)
    return Sheet(RECORDS, title, told, (_ID, _IRI, table, *_label(None)), ("iri",))


def _label(asked: Asked | None) -> Iterator[Column]:
    """Yield the columns of a text in each language."""
    name, title = ("label", Words("Libellé", "Label")) if asked is None else (asked.name, asked.title)
    told, path = (NOTHING, None) if asked is None else (asked.told, asked.path)
    for tongue in LANGUAGES:
        heading = Words(f"{title.fr}, {_IN[tongue].fr}", f"{title.en}, {_IN[tongue].en}")
        yield Column(f"{name}_{tongue}", heading, told, Sort.TEXT, path, language=tongue)


def _of_group(group: Group) -> Iterator[Sheet]:
    columns = [_ID, _IRI, *spoken(Column("type", Words("Sorte", "Kind"), NOTHING, Sort.IRI, path=TYPE))]
    for asked in group.asked:
        columns += _columns(asked)
    if group.name == EXCERPTS:
        columns.append(LINK)
    if any(asked.path == SUPPORTED for asked in group.asked):
        columns.append(_CITED)
    about = Words("Concepts d'un schéma", "Concepts of a scheme") if group.scheme is not None else NOTHING
    yield Sheet(group.name, group.title, about, tuple(columns), ("iri",), "iri")
    for asked in group.asked:
        if has_links(asked):
            yield _links(group, asked)


def _columns(asked: Asked) -> Iterable[Column]:
    match asked.shape:
        case Shape.PAIR:
            return tuple(_label(asked))
        case Shape.ONE:
            return _single(asked, asked.name, needed=asked.needed)
        case _:
            return ()


def _single(asked: Asked, name: str, *, needed: bool) -> tuple[Column, ...]:
    column = Column(
        name,
        asked.title,
        asked.told,
        asked.sort,
        asked.path,
        table=asked.table,
        needed=needed,
        loose=asked.tagged,
    )
    if asked.tagged:
        title = Words(f"{asked.title.fr} : langue", f"{asked.title.en}: language")
        return (column, Column(f"{name}_language", title, NOTHING, Sort.TEXT))
    if asked.sort is Sort.ANY:
        return (*spoken(column), Column(f"{name}_kind", _VALUE_KIND, _VALUE_KINDS, Sort.TEXT))
    return spoken(column) if asked.sort is Sort.IRI else (column,)


def _links(group: Group, asked: Asked) -> Sheet:
    subject = Column(group.one, group.title, NOTHING, Sort.IRI, table=group.name, needed=True)
    name = apart(asked.name, {group.one, EXCERPTS})
    value = _single(asked, name, needed=True)
    title = Words(f"{group.title.fr} : {asked.title.fr}", f"{group.title.en}: {asked.title.en}")
    key = (group.one, name) if asked.sort is not Sort.ANY else ()
    return Sheet(
        link_sheet(group, asked), title, asked.told, (*spoken(subject), *value, _CITED), key, group.one
    )


def _shared() -> Iterator[Sheet]:
    excerpt = Column(
        "excerpt", Words("Extrait", "Excerpt"), NOTHING, Sort.IRI, SUPPORTED, table=EXCERPTS, needed=True
    )
    words = Column("words", Words("Mots qui le repèrent", "Words that locate it"), NOTHING, Sort.TEXT)
    yield Sheet(
        EVIDENCE,
        Words("Preuves", "Evidence"),
        Words("Chaque extrait qui étaye une fiche.", "Every excerpt that backs a record."),
        (*spoken(_RECORD), excerpt, words, LINK),
        ("record", "excerpt"),
        "record",
    )
    text = Column("text", Words("Texte", "Text"), NOTHING, Sort.TEXT)
    tongue = Column("language", Words("Langue", "Language"), NOTHING, Sort.TEXT)
    property_ = spoken(_PROPERTY)
    yield Sheet(
        TEXTS,
        Words("Autres noms, notes, descriptions", "Other names, notes, descriptions"),
        Words(
            "Les textes dont une fiche peut avoir plusieurs.", "The texts of which a record may have several."
        ),
        (_RECORD, *property_, tongue, text),
    )
    value = Column("value", Words("Valeur", "Value"), NOTHING, Sort.ANY)
    kind = Column("value_kind", _VALUE_KIND, _VALUE_KINDS, Sort.TEXT)
    yield Sheet(
        OTHER,
        Words("Autres faits", "Other statements"),
        Words(
            "Ce que disent les fiches et qu'aucune colonne ne tient.",
            "What records say and no column holds.",
        ),
        (_RECORD, *property_, value, kind),
    )
