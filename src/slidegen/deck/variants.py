"""Variants: versions of a deck for different audiences, each without the content meant for others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from slidegen.config import Setting
from slidegen.diagnostics import Code, Reporter
from slidegen.spelling import nearest, suggest
from slidegen.syntax.nodes import Property, RawDeck

INSTRUCTOR, STUDENT = "instructor", "student"
STANDARD = (STUDENT, INSTRUCTOR)
"""The variants that every project has."""
MARKS = ("solution", INSTRUCTOR)
"""The classes that all variants except the instructor's leave out by default."""
ONLY, EXCLUDE = "only", "exclude"
SWITCHES = frozenset({"true", "false", ""})
"""Values of `exclude` that remark itself knows."""


class Variant(Struct, frozen=True):
    """A version of the decks of a project."""

    name: str
    without: frozenset[str] = frozenset()
    """Classes of slides and content to leave out."""
    notes: bool | None = None
    """Whether the page has notes; None leaves it to the deck."""
    output: str = ""
    """Its folder below the output folder, or `.` for the output folder; empty if it is only built on request."""
    settings: tuple[Setting, ...] = ()
    """Options and variables that take precedence over a deck's own."""

    @classmethod
    def standard(cls, name: str) -> Variant:
        """The variant of this name without any settings."""
        without = () if name == INSTRUCTOR else MARKS
        return cls(name, frozenset(without), False if name == STUDENT else None)

    def hides(self, properties: Mapping[str, Property]) -> bool:
        """Whether a slide with these properties is excluded from this version."""
        classes = properties.get("class")
        if classes is not None and not self.without.isdisjoint(_words(classes.value)):
            return True
        only, exclude = properties.get(ONLY), properties.get(EXCLUDE)
        if only is not None and _words(only.value) and self.name not in _words(only.value):
            return True
        return exclude is not None and self.name in _words(exclude.value)


def warn_of_unknown_variants(
    raw: RawDeck, names: Collection[str], variant: Variant | None, reporter: Reporter
) -> None:
    """Report slides for a variant that does not exist.

    In a variant that is an error, since the slide could be shown to people who should not see it.
    """
    code = Code.SLIDE_OF_NO_VARIANT if variant is None else Code.UNKNOWN_VARIANT
    for slide in raw.slides:
        for item in slide.properties:
            if item.key == ONLY or (item.key == EXCLUDE and item.value.strip().lower() not in SWITCHES):
                for name in _words(item.value):
                    if name not in names:
                        message = f"there is no variant {name}"
                        reporter.report(code, message, item.span, hint=near_variants(name, names))


def report_open_marks(variant: Variant, reporter: Reporter) -> None:
    """Report each mark of left-out content that is never closed as an error: it would be shown as text."""
    for item in list(reporter):
        if item.code in (Code.UNCLOSED_CLASS, Code.TOO_DEEP) and item.span is not None:
            classes = item.span.text.strip(".[").split(".")
            if not variant.without.isdisjoint(classes):
                message = f"the variant {variant.name} leaves this out, but it is never closed"
                reporter.report(Code.OPEN_MARK, message, item.span, hint="close it with ]")


def for_nobody(variants: Iterable[Variant]) -> Variant:
    """A variant that leaves out whatever any of these does."""
    variants = list(variants)
    without = frozenset(name for variant in variants for name in variant.without)
    return Variant("", without, False if any(variant.notes is False for variant in variants) else None)


def near_variants(name: str, names: Iterable[str]) -> str:
    """A hint with the variant that is probably meant, and all names."""
    names = sorted(names)
    there_are = f"choose from {', '.join(names)}, or add one under `variants:` in slidegen.yml"
    return suggest(*nearest(name, names), also=there_are)


def _words(value: str) -> list[str]:
    """The names in `a, b`, `[a, b]` or `a b`."""
    return value.strip().removeprefix("[").removesuffix("]").replace(",", " ").split()
