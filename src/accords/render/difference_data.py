"""What changed, as JSON: nothing is cut, every text in both languages, whatever the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .record_data import encoded, thing_data, things_data, value_data, words_data

if TYPE_CHECKING:
    from accords.diff import Change, Diff
    from accords.shifts import Shift


def as_json(diff: Diff) -> str:
    """Return the whole diff as one JSON object."""
    return encoded(
        {
            "before": words_data(diff.before),
            "after": words_data(diff.after),
            "counts": _counts(diff),
            "added": [
                {"kind": one.kind.name, "thing": thing_data(one.thing), "file": one.file}
                for one in diff.arrivals
            ],
            "removed": [
                {
                    "kind": one.kind.name,
                    "thing": thing_data(one.thing),
                    "file": one.file,
                    "deprecated": one.deprecated,
                    "replaced_by": things_data(one.replaced_by),
                }
                for one in diff.departures
            ],
            "renamed": [
                {
                    "kind": one.kind.name,
                    "before": thing_data(one.before),
                    "after": thing_data(one.after),
                    "file": one.file,
                    "declared": one.declared,
                }
                for one in diff.renamings
            ],
            "moved": [
                {
                    "kind": one.kind.name,
                    "thing": thing_data(one.thing),
                    "before": one.before,
                    "after": one.after,
                }
                for one in diff.moves
            ],
            "changed": [_change(one) for one in diff.changes],
            "coverage": [
                {
                    "territory": thing_data(one.row),
                    "theme": thing_data(one.column),
                    "before": one.before,
                    "after": one.after,
                }
                for one in diff.cells
            ],
            "declared": [
                {
                    "about": thing_data(one.about),
                    "kind": thing_data(one.kind),
                    "declared": list(one.declared),
                    "recorded": list(one.recorded),
                }
                for one in diff.gaps
            ],
            "notes": [words_data(note) for note in diff.notes],
        }
    )


def _counts(diff: Diff) -> dict[str, int]:
    return {
        "added": len(diff.arrivals),
        "removed": len(diff.departures),
        "renamed": len(diff.renamings),
        "moved": len(diff.moves),
        "changed": len(diff.changes),
        "unreplaced": len(diff.unreplaced),
        "unbacked": sum(shift.unbacked for one in diff.changes for shift in one.shifts),
    }


def _change(one: Change) -> dict[str, Any]:
    return {
        "kind": one.kind.name,
        "thing": thing_data(one.thing),
        "file": one.file,
        "reanchored": one.reanchored,
        "unbacked": one.unbacked,
        "resting": things_data(one.resting),
        "properties": [_shift(shift) for shift in one.shifts],
    }


def _shift(shift: Shift) -> dict[str, Any]:
    return {
        "property": thing_data(shift.predicate),
        "name": words_data(shift.name),
        "sort": shift.sort,
        "unbacked": shift.unbacked,
        "replaced": [
            {
                "before": value_data(swap.before),
                "after": value_data(swap.after),
                "same": swap.likeness or None,
            }
            for swap in shift.swaps
        ],
        "removed": [value_data(value) for value in shift.gone],
        "added": [value_data(value) for value in shift.come],
    }
