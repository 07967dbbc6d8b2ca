"""Drawings saved beside a deck: what several windows draw, edits of the deck, and what cannot be read or written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import pytest
from msgspec.structs import replace

from slidegen.diagnostics import Code, DeckError
from slidegen.render import ink
from slidegen.render.ink import InkChange, Stroke, ink_path, read_ink
from slidegen.serve.ink_files import InkState, load_ink, renamed, save_ink

LONGEST = Stroke(
    tool="pen", color="#000", points=tuple(i % 1000 + 0.25 for i in range(40_000)), id="a", version=1
)
SHORT = Stroke(tool="pen", color="#000", points=(1, 1, 2, 2), id="s", version=1)


def test_drawings_that_become_too_large_are_not_saved_over_those_that_are_saved(tmp_path: Path) -> None:
    deck = tmp_path / "talk.md"
    save_ink(deck, [InkChange("First", (LONGEST,))])
    saved = ink_path(deck).read_bytes()
    many = tuple(replace(LONGEST, id=str(at)) for at in range(50))
    with pytest.raises(DeckError) as raised:
        save_ink(deck, [InkChange("Second", many)])
    assert raised.value.diagnostic.code == Code.INK_UNREADABLE
    assert raised.value.diagnostic.path == str(ink_path(deck))
    assert ink_path(deck).read_bytes() == saved
    gone = {stroke.id: 2 for stroke in many}
    save_ink(deck, [InkChange("Second", many, gone), InkChange("Third", (LONGEST,))])
    assert list(read_ink(ink_path(deck).read_bytes()).slides) == ["First", "Third"]


def test_changes_lead_to_the_same_drawing_in_any_order() -> None:
    longer = replace(SHORT, points=(1, 1, 2, 2, 3, 3), version=2)
    other = replace(SHORT, id="o")
    again = replace(other, version=3)
    changes = [
        InkChange("One", (SHORT,)),
        InkChange("One", (longer,)),
        InkChange("One", (), {"s": 2}),
        InkChange("One", (other,)),
        InkChange("One", (again,), {"o": 2}),
    ]
    for order in permutations(changes):
        state = InkState()
        for change in (*order, *order):
            state.apply(change)
        assert state.ink.slides == {"One": (again,)}, order


def test_a_file_that_somebody_else_has_changed_meanwhile_keeps_both(tmp_path: Path) -> None:
    deck = tmp_path / "talk.md"
    save_ink(deck, [InkChange("One", (SHORT,))])
    stroke = {"tool": "pen", "color": "#000", "points": [1, 1, 2, 2]}
    ink_path(deck).write_text(
        json.dumps({"version": 1, "slides": {"One": [stroke, stroke], "Old": [stroke]}})
    )
    save_ink(deck, [InkChange("One", (SHORT,), {"One 0": 2})])
    slides = load_ink(deck).slides
    assert {slide: list(strokes) for slide, strokes in slides.items()} == {
        "One": ["One 1", "s"],
        "Old": ["Old 0"],
    }


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"A": "B"}, "B A C"),  # what belonged to a slide B that is gone keeps a key
        ({"A": "A (2)"}, "A (2) B C"),
        ({"B": "A"}, "B A C"),  # the slide A is gone, and B is called A now
        ({"A": "B", "B": "C"}, "B C A"),
        ({"A": "B", "B": "A"}, "B A C"),
        ({"X": "Y"}, "A B C"),
    ],
)
def test_drawings_follow_their_slides_to_other_keys(keys: dict[str, str], expected: str) -> None:
    found = renamed({key: key for key in "ABC"}, keys)
    assert len(found) == 3
    assert {was: key for key, was in found.items()} == dict(zip("ABC", split(expected), strict=True))


def split(keys: str) -> Sequence[str]:
    return [part.replace("_", " ") for part in keys.replace(" (", "_(").split()]


def test_a_pen_draws_curves_through_the_middles_of_its_points() -> None:
    stroke = Stroke(tool="pen", color="#000", points=(0, 0, 10, 0, 20, 10.5, 30, 0))
    assert 'd="M0 0Q10 0 15 5.25Q20 10.5 25 5.25L30 0"' in ink.drawing([stroke], (1210, 681))
