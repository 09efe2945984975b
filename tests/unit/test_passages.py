"""Passages: found by their own words after the declared normalisation, and by nothing less exact."""

from __future__ import annotations

import pytest

from accords.passages import Absent, Ambiguous, Passage, Text, normalised, on_one_line

TEXT = Text(
    "Titre du protocole de Hautebrume\r\n"
    "Les parties s\u2019engagent \u00ab\u00a0sans réserve\u00a0\u00bb à former.\r\n"
    "Elles forment  les\tpublics éloignés, puis les publics proches.\r\n"
    "Elles forment les publics éloignés, puis les publics proches.\r\n"
    "Le comité suit l'accord. Plus loin, le comité se réunit.\r\n"
    "Le comité change.\r\n"
)


def place(quote: str, end: str = "", prefix: str = "") -> Passage:
    outcome = TEXT.find(quote, end, prefix)
    assert isinstance(outcome, Passage)
    return outcome


def test_apostrophes_quotation_marks_and_no_break_spaces_are_the_same_on_both_sides() -> None:
    assert place('s\'engagent "sans réserve" à').first_line == 2
    assert place("s’engagent « sans réserve » à").first_line == 2


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert place("sans re\u0301serve").first_line == 2


def test_case_is_kept() -> None:
    assert TEXT.find("titre du protocole") == Absent("quote")


def test_whole_words_only() -> None:
    assert TEXT.find("forme") == Absent("quote")
    assert TEXT.find("ublics éloignés") == Absent("quote")


def test_a_paragraph_printed_twice_is_one_passage_and_the_repeat_is_told() -> None:
    found = place("Elles forment les publics")
    assert (found.first_line, found.repeats) == (3, (4,))


def test_the_offsets_lead_back_to_the_archived_words() -> None:
    found = place("Elles forment", "éloignés")
    assert TEXT.archived[found.start : found.stop] == "Elles forment  les\tpublics éloignés"


def test_a_passage_takes_the_combining_marks_of_its_last_letter_with_it() -> None:
    text = Text("Une cle\u0301 tourne.")
    found = text.find("Une clé")
    assert isinstance(found, Passage)
    assert text.words_of(found) == "Une cle\u0301"


def test_a_paragraph_printed_again_with_other_white_space_is_the_same() -> None:
    outcome = Text("  Le port\u00a0dort, la nuit.\nEntre deux.\nLe  port dort, la nuit.").find("dort, la")
    assert isinstance(outcome, Passage)
    assert outcome.repeats == (3,)


def test_the_passage_runs_to_the_nearest_last_words() -> None:
    found = place("Titre du", "former")
    assert (found.first_line, found.last_line) == (1, 2)


def test_last_words_that_only_stand_before_are_absent() -> None:
    assert TEXT.find("Elles forment", "Titre du protocole") == Absent("end")


def test_two_places_of_one_paragraph_are_two_passages() -> None:
    assert TEXT.find("les publics") == Ambiguous((3, 3, 4, 4))


def test_words_in_different_paragraphs_need_a_prefix_that_leaves_one() -> None:
    assert TEXT.find("comité") == Ambiguous((5, 5, 6))
    assert place("comité", prefix="loin, le").first_line == 5
    assert TEXT.find("comité", prefix="jamais le") == Absent("prefix")
    assert TEXT.find("comité", prefix="oin, le") == Absent("prefix")  # whole words here too


def test_nothing_is_found_for_nothing() -> None:
    assert TEXT.find("") == Absent("quote")
    assert Text("").find("mot") == Absent("quote")


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        ("Elles formaient les publics", "Elles forment les publics"),
        ("comite suit l accord", "Le comité suit l'accord."),
    ],
)
def test_the_nearest_real_passage_is_offered(asked: str, offered: str) -> None:
    near = TEXT.nearest(asked)
    assert near is not None
    assert on_one_line(TEXT.words_of(near)) == offered


def test_normalisation_is_idempotent() -> None:
    for words in ("« l’emploi »", "a  b\u00a0c", "e\u0301té"):
        assert normalised(normalised(words)) == normalised(words)
