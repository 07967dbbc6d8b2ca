"""Draws on slides, and tells what is drawn."""

from __future__ import annotations

from typing import Any

PATHS = "[...document.querySelectorAll('.remark-visible .slidegen-drawing path')]"


def drag(page: Any, *places: tuple[int, int]) -> None:
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=4)
    page.mouse.up()


def pen(page: Any, kind: str, x: float, y: float, pointer: str = "pen") -> None:
    """An event of a stylus, which a test has not."""
    page.evaluate(
        """([kind, x, y, pointerType]) => {
          const area = slidegen["boot.mjs"].deck.area;
          area.setPointerCapture = () => {};
          const target = document.elementFromPoint(x, y);
          const init = { bubbles: true, cancelable: true, clientX: x, clientY: y, pointerType, pointerId: 7 };
          target.dispatchEvent(new PointerEvent(kind, init));
        }""",
        [kind, x, y, pointer],
    )
