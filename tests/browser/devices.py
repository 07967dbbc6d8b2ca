"""Windows of devices, as options of a browser's page."""

from __future__ import annotations

SMALL = {"viewport": {"width": 640, "height": 360}}
NARROW = {"viewport": {"width": 390, "height": 844}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
ACROSS = {"viewport": {"width": 844, "height": 390}, "has_touch": True, "is_mobile": True}
"""A phone that is held across."""
