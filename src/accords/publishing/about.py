"""What every description of the tables says of them: title, licence, how to read a cell."""

from __future__ import annotations

from accords.language import Words

TITLE = Words("Accords emploi : les tables", "Accords emploi: the tables")
LICENCE_TITLE = Words("Licence Ouverte 2.0", "Licence Ouverte / Open Licence 2.0")
LICENCE = "http://spdx.org/licenses/etalab-2.0"
NOTES = (
    Words(
        "Une ligne par fiche ; ce qui a plusieurs valeurs a sa table, une ligne par valeur. "
        "Une case vide : rien n'est enregistré, ce qui ne veut pas dire que rien n'existe.",
        "A row a record; what has several values has a table of its own, a row a value. "
        "An empty cell: nothing is recorded, which does not mean that there is nothing.",
    ),
    Words(
        "Les tables se joignent par l'IRI ; la colonne dont le nom finit par _fr ou _en, à côté, en dit le nom ; "
        "un nom que la fiche n'a qu'en une langue vaut pour les deux.",
        "Tables are joined by the IRI; the column beside it whose name ends with _fr or _en names it; "
        "a name that a record has in one language only stands for both.",
    ),
    Words(
        "Une date est un jour, un mois ou une année, comme la source la donne.",
        "A date is a day, a month or a year, as the source gives it.",
    ),
    Words(
        "Une case qu'un tableur prendrait pour une formule (= + - @, tabulation, retour) commence par une apostrophe "
        "qui n'en fait pas partie ; un caractère invisible est écrit \\uXXXX. Les fichiers JSON et Parquet les tiennent tels quels.",
        "A cell that a spreadsheet would take for a formula (= + - @, tab, return) begins with an apostrophe that is no "
        "part of it; a character that is not seen is written \\uXXXX. The JSON and Parquet files hold them as they are.",
    ),
    Words(
        "Les extraits sont les quelques mots qui repèrent un passage, jamais le texte : il appartient à son éditeur.",
        "Excerpts are the few words that locate a passage, never the text, which belongs to its publisher.",
    ),
)
