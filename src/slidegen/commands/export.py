"""The command `export`, and the exports that a build makes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from slidegen.commands.arguments import (
    QUIET,
    SOURCES,
    STRICT,
    THEME,
    VARIANT,
    keep_values,
    output_option,
)
from slidegen.output_formats import EXPORTS, OPTIONAL
from slidegen.terminal_output import Progress, say, show, size_of

if TYPE_CHECKING:
    from slidegen.export.options import ExportOptions


@click.command()
@SOURCES
@output_option("Where to write: a file for one deck, such as talk.pdf, otherwise a folder.")
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    type=click.Choice([name for name in EXPORTS if name not in OPTIONAL]),
    help="What to make. Repeat it for several formats in a folder.  [default: the ending of PATH, or pdf]",
)
@click.option("--slides", metavar="LIST", help="Only the slides with these numbers, such as 3-7,12.")
@click.option("--steps", is_flag=True, help="Make a page for each step.  [default: one for each slide]")
@click.option(
    "--handout",
    type=click.Choice(["2", "3", "4", "6"]),
    help="Put this many slides on a page; with 3, there are lines to write on.",
)
@click.option("--notes", is_flag=True, help="Put each slide above its notes.")
@click.option("--ink", is_flag=True, help="Show what was drawn on the slides, in NAME.ink.json.")
@click.option(
    "--paper", type=click.Choice(["A4", "Letter"], case_sensitive=False), help="Paper for handouts and notes."
)
@click.option("--scale", type=click.FloatRange(0.1, 8), default=2.0, help="Size of pictures.  [default: 2]")
@click.option("--width", type=click.IntRange(16, 16384), metavar="PIXELS", help="Width of pictures.")
@click.option("--sheet", is_flag=True, help="Also make one picture with all slides.")
@click.option("--pictures", is_flag=True, help="In pptx and odp, make each slide one picture.")
@THEME
@VARIANT
@click.option("--browser", metavar="PATH", help="The browser to use.  [default: the first one found]")
@click.option("--fetch", is_flag=True, help="Download what decks load from the network.")
@STRICT
@click.option("--force", is_flag=True, help="Also export decks that are up to date.")
@QUIET
def export(
    sources: tuple[Path, ...],
    output: Path | None,
    formats: tuple[str, ...],
    slides: str | None,
    handout: str | None,
    notes: bool,
    quiet: bool,
    **given: Any,
) -> None:
    """Make PDF, PowerPoint, pictures or text of decks.

    It needs Chrome, Chromium, Edge or Brave. SOURCE is a deck or a folder of decks. The default is slides/.

    \b
    slidegen export talk.md -o talk.pdf
    slidegen export talk.md -o handout.pdf --handout 4
    slidegen export lectures/ -o site/ --format pdf --format pptx
    slidegen export talk.md -o pictures/ --format png --width 1920
    """
    keep_values()
    from slidegen.export.options import ExportOptions, parse_slides

    try:
        numbers = parse_slides(slides) if slides else ()
    except ValueError:
        raise click.UsageError("--slides takes numbers such as 3-7,12") from None
    given["paper"] = (given["paper"] or "").lower()
    given["width"] = given["width"] or 0
    options = ExportOptions(
        slides=numbers, handout=int(handout or 0), notes=notes, progress=not quiet, **given
    )
    if not export_files(sources, output, formats, options, quiet=quiet):
        sys.exit(1)


def export_files(
    sources: tuple[Path, ...],
    output: Path | None,
    formats: tuple[str, ...],
    options: ExportOptions,
    *,
    quiet: bool,
    shown: set[str] | None = None,
) -> bool:
    """Export decks and report the outcomes, without the diagnostics in `shown`; returns whether all succeeded."""
    from msgspec.structs import replace

    from slidegen.export.command import export_decks
    from slidegen.export.formats import format_of
    from slidegen.export.options import mismatch, no_output
    from slidegen.output_formats import is_one_export

    if (
        not formats
        and (options.sheet or options.width)
        and not (output is not None and is_one_export(output))
    ):
        formats = ("png",)
    mades = [
        format_of(output, name, handout=options.handout, notes=options.notes) for name in formats or (None,)
    ]
    for made in mades:
        if wrong := no_output(output) or mismatch(made, options, output):
            raise click.UsageError(wrong)

    progress = Progress()

    def tell(message: str) -> None:
        if not quiet:
            progress.clear()
            say(message)

    shown = set() if shown is None else shown
    fresh, total, failed = 0, 0, False
    with progress:
        for made in mades:
            own = replace(options, format=made.name)
            for deck in export_decks(sources, output, made, own, Path.cwd(), tell):
                progress.clear()
                show(deck.diagnostics, shown)
                fresh, total = fresh + deck.fresh, total + 1
                if deck.failed:
                    say(f"{deck.path}: not exported", err=True)
                    failed = True
                elif deck.output is not None and not deck.fresh:
                    count = f"{deck.slides} slide{'' if deck.slides == 1 else 's'}"
                    where = f"{deck.path} -> {deck.output}"
                    tell(f"{where}  ({count}, {size_of(deck.size)})")
                progress.show(f"{total} exported")
    if fresh:
        tell(f"{fresh} export{' is' if fresh == 1 else 's are'} up to date")
    return not failed
