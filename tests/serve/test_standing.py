"""What a window that connects later hears of what was said before."""

from __future__ import annotations

from typing import Any

import pytest

from slidegen.serve.standing import Standing


def said(window: str, **message: object) -> dict[str, Any]:
    return {"from": window, "count": 1, "message": message}


def heard(standing: Standing, now: float) -> list[dict[str, Any]]:
    return [envelope["message"] for envelope in standing.since(now)]


@pytest.mark.parametrize(
    ("running", "elapsed", "left"), [(True, 61_000, 30_000), (False, 1_000, 90_000), ("x", 1_000, 90_000)]
)
def test_clocks_have_run_on_meanwhile(running: object, elapsed: int, left: int) -> None:
    standing = Standing()
    standing.remember(said("a", kind="timer", elapsed=1_000, running=running), 5.0)
    standing.remember(said("a", kind="countdown", place=0, left=90_000, running=running), 5.0)
    timer, countdown = heard(standing, 65.0)
    assert (timer["elapsed"], countdown["left"]) == (elapsed, left)
    assert heard(standing, 500.0)[1]["left"] >= 0


def test_the_last_state_of_each_countdown_and_panel_is_heard() -> None:
    standing = Standing()
    for place, left in ((0, 1), (1, 2), (0, 3)):
        standing.remember(said("a", kind="countdown", place=place, left=left, running=False), 0)
    standing.remember(said("a", kind="panel", set=2, panel=1), 0)
    standing.remember(said("a", kind="panel", set=[], panel=1), 0)
    standing.remember(said("a", kind="pointer", x=1, y=1), 0)
    assert [tuple(message.values())[:3] for message in heard(standing, 0)] == [
        ("countdown", 1, 2),
        ("countdown", 0, 3),
        ("panel", 2, 1),
    ]


def test_a_late_slide_is_overtaken_by_what_another_window_has_shown_since() -> None:
    standing = Standing()
    late = said("phone", kind="slide", index=3)
    assert not standing.overtakes(late, 2)
    standing.remember(said("desk", kind="slide", index=2), 0)
    assert not standing.overtakes(late, 2)
    assert not standing.overtakes(late, None)
    standing.remember(said("desk", kind="slide", index=9), 0)
    assert standing.overtakes(late, 2)
    assert not standing.overtakes(said("phone", kind="blackout", on=True), 2)
    standing.remember(said("phone", kind="slide", index=1), 0)
    assert not standing.overtakes(late, 2), "its own last one was only not confirmed"
