"""Measures colour contrast as WCAG 2.2 does, and adjusts a colour until it is readable."""

from __future__ import annotations

Colour = tuple[int, int, int]
"""Red, green and blue in sRGB, 0 to 255."""

READABLE = 4.5
"""The contrast that text must have: WCAG 2.2, success criterion 1.4.3, level AA."""

WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
STEPS = 32


def parse_colour(text: str) -> Colour:
    """The colour that `#rgb` or `#rrggbb` stands for, with or without the `#`."""
    digits = text.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = bytes.fromhex(digits)
    return red, green, blue


def css_colour(colour: Colour) -> str:
    """The colour in its shortest CSS form."""
    text = "".join(f"{channel:02x}" for channel in colour)
    return f"#{text[::2]}" if text[::2] == text[1::2] else f"#{text}"


def luminance(colour: Colour) -> float:
    """Relative luminance, 0 for black to 1 for white (WCAG 2.2, "relative luminance")."""
    red, green, blue = (
        channel / 255 / 12.92 if channel / 255 <= 0.04045 else ((channel / 255 + 0.055) / 1.055) ** 2.4
        for channel in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mix(colour: Colour, other: Colour, share: float) -> Colour:
    """The colour mixed with a share of another, 0 to 1; also the result of a translucent `other` over `colour`."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def is_dark(background: Colour) -> bool:
    """Whether white is easier to read on a background than black."""
    return contrast(WHITE, background) > contrast(BLACK, background)


def readable(colour: Colour, background: Colour) -> Colour:
    """The colour, moved toward black or white until it is readable on the background.

    It moves toward black on a light background and white on a dark one, which keeps the hue. Toward a style's
    own foreground, often a barely readable grey, every hue would end in that grey.
    """
    goal = WHITE if is_dark(background) else BLACK
    moved = (mix(colour, goal, step / STEPS) for step in range(STEPS + 1))
    return next((each for each in moved if contrast(each, background) >= READABLE), goal)
