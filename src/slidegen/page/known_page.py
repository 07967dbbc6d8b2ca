"""What is remembered of the slides of a page's last version."""

from __future__ import annotations

from msgspec import Struct, field

from slidegen.compile.source_locator import LinksOfSlide
from slidegen.page.class_names import ClassesOfSlide
from slidegen.remembered import Remembered


class KnownPage(Struct):
    """Results for each slide of a page, remembered for its next version."""

    links: Remembered[LinksOfSlide] = field(default_factory=Remembered)
    classes: Remembered[ClassesOfSlide] = field(default_factory=Remembered)
    icons: Remembered[bool] = field(default_factory=Remembered)
    """By HTML, whether it may contain icons of a font."""
