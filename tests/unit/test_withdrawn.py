"""Something withdrawn, named in a command: what replaces it is said, with what to type; nothing is "not found"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from accords.language import Language
    from calling import Caller

GONE, HEIR = "agr:wld-vespree-2021", "agr:wld-pacte-2021"
IRI = "https://w3id.org/accords-emploi/id/agreement/wld-vespree-2021"
SAID: dict[Language, tuple[str, str]] = {
    "fr": (f"n'est plus à employer ; remplacé par {HEIR} (Deuxième pacte", f"→ relancer avec {HEIR}"),
    "en": (f"is not to be used any more; replaced by {HEIR} (Second", f"→ run again with {HEIR}"),
}


@pytest.mark.parametrize("lang", SAID)
@pytest.mark.parametrize("typed", [GONE, IRI, f"<{IRI}>"])
def test_a_value_that_was_withdrawn_is_refused_with_what_replaces_it(
    call: Caller, typed: str, lang: Language
) -> None:
    told = call("ask", "axes-in-order", "-p", f"agreement={typed}", lang=lang)
    assert (told.code, told.out) == (2, "")
    assert all(words in told.err for words in SAID[lang]), told.err
    assert call("ask", "axes-in-order", "-p", f"agreement={HEIR}", lang=lang).code == 0


def test_replacements_are_followed_to_what_is_in_use(call: Caller) -> None:
    assert call("rename", HEIR, "agr:wld-pacte-nouveau", "--yes").code == 0
    told = call("ask", "axes-in-order", "-p", f"agreement={GONE}")
    assert "remplacé par agr:wld-pacte-nouveau (Deuxième pacte" in told.err
    assert HEIR not in told.err


def test_what_nothing_replaces_is_told_so(call: Caller) -> None:
    why = ("--why", "Erreur.", "--why-en", "A slip.")
    assert call("deprecate", "agr:wld-convention-2023", *why, "--yes").code == 0
    told = call("ask", "axes-in-order", "-p", "agreement=agr:wld-convention-2023")
    assert (told.code, "et rien ne le remplace" in told.err) == (2, True)
    assert "→ sa fiche : accords show agr:wld-convention-2023" in told.err


def test_a_level_of_the_matrix_that_was_withdrawn_is_refused_with_what_replaces_it(call: Caller) -> None:
    assert call("rename", "level:regional", "level:of-regions", "--yes").code == 0
    told = call("coverage", "--level", "level:regional", lang="en")
    assert (told.code, "replaced by level:of-regions (regional)" in told.err) == (2, True)


def test_show_shows_the_record_and_what_replaces_it(call: Caller) -> None:
    shown = call("show", GONE, lang="en")
    assert (shown.code, "Deprecated; replaced by: " in shown.out) == (0, True)
    assert f"({HEIR})" in shown.out


@pytest.mark.parametrize("lang", SAID)
def test_evidence_shows_the_passages_and_says_what_replaces_the_record(call: Caller, lang: Language) -> None:
    shown = call("evidence", "show", GONE, lang=lang)
    assert (shown.code, GONE in shown.out) == (0, True)
    assert SAID[lang][0] in shown.err
    assert f"→ accords evidence show {HEIR}" in shown.err
    assert call("evidence", "show", HEIR, lang=lang).err == ""


def test_a_project_that_does_not_say_what_replaces_what_still_refuses_in_a_sentence(call: Caller) -> None:
    (call.root / "queries/evidence/successors.rq").unlink()
    told = call("ask", "axes-in-order", "-p", f"agreement={GONE}")
    assert (told.code, f"accord introuvable : {GONE}" in told.err) == (2, True)


@pytest.mark.parametrize(
    ("question", "parameter", "words"),
    [
        ("evidence/choices", "thing", ("coverage", "--level", "région")),
        ("evidence/choices", "kind", ("ask", "axes-in-order", "-p", f"agreement={HEIR}")),
        ("evidence/labels", "thing", ("ask", "axes-in-order", "-p", f"agreement={HEIR}")),
        ("evidence/passages", "excerpt", ("ask", "axes-in-order", "--evidence")),
        ("evidence/successors", "thing", ("ask", "axes-in-order", "-p", f"agreement={GONE}")),
    ],
)
def test_a_question_of_the_tool_that_lost_its_parameter_is_told_with_its_file(
    call: Caller, question: str, parameter: str, words: tuple[str, ...]
) -> None:
    file = f"queries/{question}.rq"
    kept = [
        line
        for line in (call.root / file).read_text(encoding="utf-8").splitlines()
        if f"parameter: {parameter} " not in line and f"VALUES ?{parameter} " not in line
    ]
    call.write(file, "\n".join(kept) + "\n")
    for lang, said in (("fr", "cherche le paramètre"), ("en", "looks for the parameter")):
        told = call(*words, lang=lang)  # type: ignore[arg-type]  # one of the two
        assert (told.code, told.out) == (3, "")
        assert f"{file}:1:1: error: " in told.err
        assert said in told.err
        assert parameter in told.err
        assert "KeyError" not in told.err
