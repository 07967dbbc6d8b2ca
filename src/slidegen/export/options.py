"""The options of an export, as given on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import astuple, replace


class Format(Struct, frozen=True):
    """A kind of file that is made of a deck."""

    name: str
    suffix: str
    """What its file's name ends in, after that of the deck; a slash where it is a folder of files."""
    module: str
    """The module whose `export` makes it."""
    extra: tuple[str, ...] = ()
    """Modules without which it cannot be made; they come with `slidegen[export]`."""


FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format("pdf", ".pdf", "slidegen.export.pdf.export"),
        Format("handout", "-handout.pdf", "slidegen.export.pdf.export"),
        Format("notes", "-notes.pdf", "slidegen.export.pdf.export"),
        Format("pptx", ".pptx", "slidegen.export.pptx.export", ("pptx",)),
        Format("odp", ".odp", "slidegen.export.odp", ("pptx",)),
        Format("png", "/", "slidegen.export.pictures"),
        Format("jpeg", "/", "slidegen.export.pictures"),
        Format("webp", "/", "slidegen.export.pictures"),
        Format("txt", ".txt", "slidegen.export.text"),
        Format("md", ".md", "slidegen.export.text"),
    )
}
BY_SUFFIX = {
    **{each.suffix: each.name for each in FORMATS.values() if each.suffix.startswith(".")},
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
    ".png": "png",
    ".webp": "webp",
}
"""The format that the name of a file asks for."""
HANDOUTS = (2, 3, 4, 6)
"""How many slides a page of a handout may have."""


class ExportOptions(Struct, frozen=True):
    """What the command line says about an export."""

    format: str = "pdf"
    slides: tuple[tuple[int, int], ...] = ()
    """The slides that are wanted, by their numbers, from and to; all where there are none."""
    steps: bool = False
    """Whether each step is a page of its own."""
    theme: str | None = None
    variant: str | None = None
    handout: int = 0
    """Slides on each page of a handout; 0 for one slide a page, as large as the slide."""
    notes: bool = False
    """Whether each slide stands above its notes."""
    paper: str = ""
    """A4 or Letter; empty for what is usual where the deck's language is spoken."""
    scale: float = 2.0
    """Pixels of a picture for each of a slide."""
    width: int = 0
    """The width of a picture in pixels, in place of `scale`."""
    sheet: bool = False
    """Whether there is also one picture with all slides."""
    pictures: bool = False
    """Whether slides of a presentation are one picture each."""
    browser: str | None = None
    strict: bool = False
    force: bool = False
    fetch: bool = False
    progress: bool = False

    @property
    def shaping(self) -> tuple[object, ...]:
        """Those that make a file what it is."""
        return astuple(replace(self, strict=False, force=False, progress=False, browser=None))


PICTURES = frozenset(("png", "jpeg", "webp"))
OTHER_FILES = frozenset(
    (
        ".avif",
        ".doc",
        ".docx",
        ".epub",
        ".gif",
        ".htm",
        ".html",
        ".key",
        ".mp4",
        ".ppt",
        ".rtf",
        ".svg",
        ".tex",
        ".zip",
    )
)
"""What names of files end in that slidegen does not export."""


def no_output(output: Path | None) -> str | None:
    """What to say where a path looks like a file that an export does not write; None where it is one or a folder."""
    suffix = output.suffix.lower() if output is not None else ""
    if output is None or output.is_dir():
        return None
    if BY_SUFFIX.get(suffix) in PICTURES:
        return f"each slide is a picture of its own, so name a folder: -o {output.stem}/ --format {BY_SUFFIX[suffix]}"
    if suffix in (".htm", ".html"):
        return "slidegen build makes HTML"
    if suffix in OTHER_FILES:
        return f"slidegen does not export {suffix} files, but {', '.join(FORMATS)}"
    return None


def mismatch(made: Format, options: ExportOptions) -> str | None:
    """What to say where an option means nothing for a format; None where all of them mean something."""
    if made.name not in PICTURES and (options.sheet or options.width):
        option = "--sheet" if options.sheet else "--width"
        return f"{option} goes with pictures, not with {made.name}: add --format png"
    if made.name not in ("pptx", "odp") and options.pictures:
        return f"--pictures goes with pptx and odp, not with {made.name}: pictures alone are --format png"
    if made.name not in ("handout", "notes") and (options.handout or options.notes):
        option = "--handout" if options.handout else "--notes"
        return f"{option} goes with pdf, not with {made.name}"
    return None


def parse_slides(text: str) -> tuple[tuple[int, int], ...]:
    """The numbers that `3-7,12,20-` names, as from and to; raises ValueError where it names none."""
    found = []
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        start = int(first) if first or not dash else 1
        end = int(last) if last else (10**9 if dash else start)
        if start < 0 or end < start:
            raise ValueError(part)
        found.append((start, end))
    return tuple(found)
