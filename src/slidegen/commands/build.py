"""The command `build`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from slidegen import cli_completion, cli_words
from slidegen.commands.arguments import QUIET, SOURCES, STRICT, THEME, keep_values, output_option
from slidegen.commands.export import export_files
from slidegen.terminal_output import Progress, say, show, size_of, write_out


@click.command()
@SOURCES
@output_option("Where to write: a page if it ends in .html, `-` for standard output, otherwise a folder.")
@THEME
@click.option(
    "--no-embed", is_flag=True, help="Copy pictures and videos next to the page instead of into it."
)
@click.option(
    "--variant",
    "variants",
    multiple=True,
    metavar="NAME",
    shell_complete=cli_completion.variants,
    help="Build this version, such as student. Repeat it to build several side by side.",
)
@STRICT
@click.option(
    "--fetch", is_flag=True, help="Download what decks load from the network, once, and embed it in the page."
)
@click.option(
    "--zip", "archive", is_flag=True, help="Also pack the pages into one archive, such as public.zip."
)
@click.option("--force", is_flag=True, help="Rebuild pages that are up to date too.")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Number of processes to use.  [default: one per processor]",
)
@QUIET
def build(
    sources: tuple[Path, ...],
    output: Path | None,
    theme: str | None,
    no_embed: bool,
    variants: tuple[str, ...],
    strict: bool,
    fetch: bool,
    archive: bool,
    force: bool,
    jobs: int | None,
    quiet: bool,
) -> None:
    """Build decks into HTML files that open anywhere, offline.

    SOURCE is a deck or a folder of decks. The default is slides/. In a folder, slidegen skips README.md and
    files whose names start with _ or a dot.

    \b
    slidegen build
    slidegen build talk.md -o talk.html
    slidegen build lectures/ -o site/ --theme slate
    slidegen build talk.md -o - | gzip > talk.html.gz
    """
    from msgspec.structs import replace

    keep_values()
    from slidegen.build.command import build_decks
    from slidegen.build.options import BuildOptions
    from slidegen.export.formats import formats_of_build
    from slidegen.output_formats import is_one_export
    from slidegen.project.outputs import STANDARD_OUTPUT, is_one_page
    from slidegen.project.variant_plan import versions

    if output is not None and is_one_export(output):
        from slidegen.export.options import ExportOptions

        if len(set(variants)) > 1:
            raise click.UsageError("a file holds one variant; name a folder with -o for several.")
        wanted = ExportOptions(
            theme=theme, variant=next(iter(variants), None), strict=strict, force=force, fetch=fetch
        )
        if not export_files(sources, output, (), wanted, quiet=quiet):
            sys.exit(1)
        return
    options = BuildOptions(
        theme, not no_embed, strict=strict, force=force, fetch=fetch, jobs=jobs or 0, progress=not quiet
    )
    if output is not None and (answer := cli_words.answer_output(output, sources)):
        raise click.UsageError(answer)
    to_stdout = output is not None and output == STANDARD_OUTPUT
    if output is not None and is_one_page(output):
        if archive:
            raise click.UsageError("--zip packs an output folder, not a single page.")
        if len(set(variants)) > 1:
            raise click.UsageError("a page holds one variant; to build several, name a folder with -o.")
    shown: set[str] = set()
    unbuilt: set[Path] = set()
    fresh, total, short = 0, 0, 0

    progress = Progress()

    def tell(message: str) -> None:
        if not quiet:
            progress.clear()
            say(message, err=to_stdout)

    made, folders = versions(sources, output, variants, Path.cwd())
    summaries: list[list[str]] = [[] for _ in made]
    results = (
        (number, built)
        for number, version in enumerate(made)
        for built in build_decks(
            sources, version.output, replace(options, variant=version.variant), Path.cwd(), tell, folders
        )
    )
    with progress:
        for number, built in results:
            summaries[number] += [built.summary] if archive and built.summary else []
            progress.clear()
            show(built.diagnostics, shown)
            fresh, total = fresh + built.fresh, total + 1
            if built.failed:
                if built.path not in unbuilt and not to_stdout:
                    say(f"{built.path}: not built", err=True)
                unbuilt.add(built.path)
            elif to_stdout:
                write_out(built.page)
            elif built.output is not None and not built.fresh:
                slides = f"{built.slides} slide{'' if built.slides == 1 else 's'}"
                where = f"{built.path} -> {built.output}"
                tell(f"{where}  ({slides}, {size_of(built.size)})")
            short += built.short
            progress.show(f"{total} pages")
    if fresh:
        tell(f"{fresh} page{' is' if fresh == 1 else 's are'} up to date")
    if short and not to_stdout:
        passages = "1 passage left out is" if short == 1 else f"{short} passages left out are"
        tell(f"{passages} too short to search the pages for (fewer than 12 letters)")
    if unbuilt:
        sys.exit(1)
    one_page = output is not None and (to_stdout or is_one_page(output))
    if not one_page and (formats := formats_of_build(sources, Path.cwd())):
        from slidegen.export.options import ExportOptions

        for version in made:
            wanted = ExportOptions(
                theme=theme, variant=version.variant, strict=strict, force=force, fetch=fetch
            )
            if not export_files(sources, version.output, formats, wanted, quiet=quiet, shown=shown):
                sys.exit(1)
            own = replace(options, variant=version.variant, force=False)
            for built in build_decks(sources, version.output, own, Path.cwd(), tell, folders):
                show(built.diagnostics, shown)  # the build of the course page, which now links to the exports
    if archive:
        from slidegen.build.archive import write_archive
        from slidegen.files.paths import seen_from

        for version, found in zip(made, summaries, strict=True):
            path = write_archive(sources, version.output, Path.cwd(), version.variant, found)
            tell(f"archive -> {seen_from(Path.cwd(), path)}")
