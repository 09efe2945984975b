"""What only changed its name: declared first, then the same description, then nearly the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from accords.renames import Pair, pairs
from accords.vocab import PREF_LABEL, RECORD, TYPE, ae

if TYPE_CHECKING:
    from accords.renames import Said
    from accords.terms import Term


def axis(name: str) -> NamedNode:
    return NamedNode(f"{RECORD}axis/wld-{name}")


def agreement(name: str) -> NamedNode:
    return NamedNode(f"{RECORD}agreement/wld-{name}")


def said(label: str, *further: tuple[NamedNode, Term], size: int = 4) -> Said:
    """Return a description: its class, a label, and values that make it as long as asked."""
    values = [(ae(f"p{number}"), Literal(label)) for number in range(size)]
    return frozenset([(TYPE, ae("Axis")), (PREF_LABEL, Literal(label)), *values, *further])


def found(
    gone: dict[NamedNode, Said], new: dict[NamedNode, Said], **declared: list[Term]
) -> list[tuple[str, str, bool]]:
    told = {axis(name): replacing for name, replacing in declared.items()}
    return [(one.before.value[-1], one.after.value[-1], one.declared) for one in pairs(gone, new, told)]


def test_the_same_description_under_another_name_is_a_renaming() -> None:
    assert found({axis("a"): said("un")}, {axis("b"): said("un"), axis("c"): said("deux")}) == [
        ("a", "b", False)
    ]


def test_nearly_the_same_description_is_a_renaming_the_closest_first() -> None:
    new = {
        axis("b"): said("un", (ae("q"), Literal(1)), (ae("r"), Literal(1))),
        axis("c"): said("un", (ae("q"), Literal(1))),
    }
    assert found({axis("a"): said("un")}, new) == [("a", "c", False)]


def test_less_than_four_fifths_alike_is_none() -> None:
    close: Said = frozenset([*sorted(said("un"), key=str)[:4], (ae("q"), Literal(1)), (ae("r"), Literal(2))])
    assert found({axis("a"): said("un")}, {axis("b"): close}) == []


def test_a_class_and_one_value_tell_nothing() -> None:
    little: Said = frozenset([(TYPE, ae("Axis")), (PREF_LABEL, Literal("un"))])
    assert found({axis("a"): little}, {axis("b"): little}) == []


def test_another_kind_is_none() -> None:
    assert pairs({axis("a"): said("un")}, {agreement("b"): said("un")}, {}) == ()


def test_a_declared_replacement_comes_before_a_closer_one() -> None:
    new = {axis("b"): said("un"), axis("c"): said("deux")}
    assert found({axis("a"): said("un")}, new, a=[axis("c")]) == [("a", "c", True)]


def test_two_that_give_way_to_one_are_one_renaming() -> None:
    gone = {axis("a"): said("un"), axis("b"): said("deux")}
    assert found(gone, {axis("c"): said("trois")}, a=[axis("c")], b=[axis("c")]) == [("a", "c", True)]


def test_a_declared_replacement_that_is_not_new_is_none() -> None:
    assert found({axis("a"): said("un")}, {axis("b"): said("deux")}, a=[axis("z")]) == []


def test_names_that_refer_to_each_other_change_together() -> None:
    link, back = ae("axisOf"), ae("hasAxis")
    gone = {
        agreement("a"): said("accord"),
        axis("b"): said("axe", (link, agreement("a")), size=1),
        axis("c"): said("sous-axe", (link, axis("b")), (back, axis("c")), size=0),
    }
    new = {
        agreement("x"): said("accord"),
        axis("y"): said("axe", (link, agreement("x")), size=1),
        axis("z"): said("sous-axe", (link, axis("y")), (back, axis("z")), size=0),
    }
    assert [(one.before.value[-1], one.after.value[-1]) for one in pairs(gone, new, {})] == [
        ("a", "x"),
        ("b", "y"),
        ("c", "z"),
    ]


def test_each_is_matched_once_and_always_the_same_way() -> None:
    gone = {axis(name): said("un") for name in "dbca"}
    new = {axis(name): said("un") for name in "zxy"}
    first = pairs(gone, new, {})
    assert len({one.after for one in first}) == len({one.before for one in first}) == 3
    assert first == pairs(dict(reversed(gone.items())), dict(reversed(new.items())), {})
    assert first[0] == Pair(axis("a"), axis("x"), declared=False)
