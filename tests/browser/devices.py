"""Windows of devices, as options of a browser's page."""

from __future__ import annotations

from typing import Any

import pytest

SMALL = {"viewport": {"width": 640, "height": 360}}
NARROW = {"viewport": {"width": 390, "height": 844}}
LEAST = {"viewport": {"width": 320, "height": 256}}
"""A window of 1280 x 1024 pixels whose page is enlarged four times."""
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
ACROSS = {"viewport": {"width": 844, "height": 390}, "has_touch": True, "is_mobile": True}
"""A phone that is held across."""
at_every_size = pytest.mark.parametrize("size", [{}, SMALL, PHONE], ids=["1280", "640", "390"])
"""Runs a test in a window of 1280 x 720 pixels, in a small one, and on a phone, as its `size`."""


def place(page: Any, x: float, y: float) -> tuple[int, int]:
    """Where a place that a 4:3 slide has in a window of 1280 x 720 pixels is in the page's window."""
    width, height = page.viewport_size["width"], page.viewport_size["height"]
    scale = min(width / 960, height / 720)
    return round(width / 2 + (x - 640) * scale), round(height / 2 + (y - 360) * scale)
