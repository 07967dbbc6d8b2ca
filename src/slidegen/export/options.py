"""The options of an export, as given on the command line."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import astuple, replace

from slidegen.output_formats import EXPORTS, HTML, OTHER_FILES, OutputFormat, export_of, is_one_export
from slidegen.project.outputs import STANDARD_OUTPUT


class ExportOptions(Struct, frozen=True):
    """What the command line says about an export."""

    format: str = "pdf"
    slides: tuple[tuple[int, int], ...] = ()
    """Ranges of slide numbers to export, both ends included; all slides if empty."""
    steps: bool = False
    """Whether each step becomes a page."""
    theme: str | None = None
    variant: str | None = None
    handout: int = 0
    """Slides on each page of a handout; 0 for one slide per page at full size."""
    notes: bool = False
    """Whether each slide is above its notes."""
    ink: bool = False
    """Whether to show drawings on slides."""
    paper: str = ""
    """A4 or Letter; empty for what is usual where the deck's language is spoken."""
    scale: float = 2.0
    """Pixels of a picture per pixel of the slide."""
    width: int = 0
    """The width of a picture in pixels, instead of `scale`."""
    sheet: bool = False
    """Whether to add one picture with all slides."""
    pictures: bool = False
    """Whether the slides of a presentation are one picture each."""
    browser: str | None = None
    strict: bool = False
    force: bool = False
    fetch: bool = False
    progress: bool = False

    @property
    def shaping(self) -> tuple[object, ...]:
        """The options that affect a file's content."""
        return astuple(replace(self, strict=False, force=False, progress=False, browser=None))


def no_output(output: Path | None) -> str | None:
    """What to say if a path looks like a file that cannot be exported; None if it is one that can, or a folder."""
    suffix = output.suffix.lower() if output is not None else ""
    if output is None or output.is_dir():
        return None
    if output == STANDARD_OUTPUT:
        return "an export is a file: name it, such as -o talk.pdf"
    named = export_of(output)
    if named is not None and named.is_folder:
        return (
            f"each slide is a picture of its own, so name a folder: -o {output.stem}/ --format {named.name}"
        )
    if HTML.is_file(output):
        return "slidegen build makes HTML"
    if suffix in OTHER_FILES:
        return f"slidegen does not export {suffix} files, but {', '.join(EXPORTS)}"
    return None


def mismatch(made: OutputFormat, options: ExportOptions, output: Path | None = None) -> str | None:
    """What to say if an option has no effect on a format, or the output names another; None if all fit."""
    usual = Path("talk" + made.suffix)
    fitting = (usual.suffix, *made.other_suffixes)
    if output is not None and is_one_export(output) and output.suffix.lower() not in fitting:
        file = f", or a file that ends in {usual.suffix}" if is_one_export(usual) else ""
        return f"--format {made.name} does not go with -o {output}: name a folder{file}"
    if not made.is_folder and (options.sheet or options.width):
        option = "--sheet" if options.sheet else "--width"
        return f"{option} goes with pictures, not with {made.name}: add --format png"
    if made.name not in ("pptx", "odp") and options.pictures:
        return f"--pictures goes with pptx and odp, not with {made.name}: pictures alone are --format png"
    if made.name not in ("handout", "notes") and (options.handout or options.notes):
        option = "--handout" if options.handout else "--notes"
        return f"{option} goes with pdf, not with {made.name}"
    return None


def parse_slides(text: str) -> tuple[tuple[int, int], ...]:
    """The ranges in `3-7,12,20-`; raises ValueError for anything else."""
    found = []
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        start = int(first) if first or not dash else 1
        end = int(last) if last else (10**9 if dash else start)
        if start < 0 or end < start:
            raise ValueError(part)
        found.append((start, end))
    return tuple(found)
