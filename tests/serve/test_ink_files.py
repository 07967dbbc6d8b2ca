"""Drawings saved beside a deck: what could not be read again is not written."""

from __future__ import annotations

from pathlib import Path

import pytest

from slidegen.diagnostics import Code, DeckError
from slidegen.render import ink
from slidegen.render.ink import Stroke, ink_path, read_ink
from slidegen.serve.ink_files import InkFiles

LONGEST = Stroke(tool="pen", color="#000", points=tuple(i % 1000 + 0.25 for i in range(40_000)))


def test_drawings_that_become_too_large_are_not_saved_over_those_that_are_saved(tmp_path: Path) -> None:
    deck, files = tmp_path / "talk.md", InkFiles()
    files.keep(deck, "First", (LONGEST,))
    saved = ink_path(deck).read_bytes()
    with pytest.raises(DeckError) as raised:
        files.keep(deck, "Second", (LONGEST,) * 50)
    assert raised.value.diagnostic.code == Code.INK_UNREADABLE
    assert raised.value.diagnostic.path == str(ink_path(deck))
    assert ink_path(deck).read_bytes() == saved
    assert list(files.of(deck).slides) == ["First"]
    files.keep(deck, "Third", (LONGEST,))
    assert list(read_ink(ink_path(deck).read_bytes()).slides) == ["First", "Third"]


def test_a_pen_draws_curves_through_the_middles_of_its_points() -> None:
    stroke = Stroke(tool="pen", color="#000", points=(0, 0, 10, 0, 20, 10.5, 30, 0))
    assert 'd="M0 0Q10 0 15 5.25Q20 10.5 25 5.25L30 0"' in ink.drawing([stroke], (1210, 681))
