"""The command line. Each command imports its machinery only when it runs."""

from __future__ import annotations

import gc
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from slidegen import __version__, check_commands, cli_completion, cli_words, course_commands, manual_commands
from slidegen.terminal_output import (
    STREAM_ERRORS,
    Progress,
    Stopped,
    close_output,
    ended_by_sigterm,
    note_failure,
    open_streams,
    say,
    show,
    size_of,
    write_out,
)

if TYPE_CHECKING:
    from slidegen.export.options import ExportOptions

COLLECTING = (50_000, 20, 50)
"""How often Python looks for garbage: a build makes many small values, and nearly all live to its end."""

SOURCES = click.argument(
    "sources",
    nargs=-1,
    type=click.Path(path_type=Path),
    metavar="[SOURCE]...",
    shell_complete=cli_completion.decks,
)


class Group(click.Group):
    """Commands in the order in which they are written, with an answer for those that other tools have."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names; UsageError with what it is called here."""
        if args[0] not in self.commands and not ctx.resilient_parsing and not args[0].startswith("-"):
            answer = cli_words.answer_word(args[0], args[1:], self.commands)
            if answer:
                raise click.UsageError(answer, ctx)
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(self.commands)


def _keep_values() -> None:
    """Take what earlier commands have computed, and leave to later ones what this one does."""
    from slidegen.project.kept_values import kept_values

    click.get_current_context().with_resource(kept_values())


@click.group(
    cls=Group,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Shell completion: see `slidegen completion --help`.",
)
@click.version_option(__version__, "-v", "--version", prog_name="slidegen", message="%(prog)s %(version)s")
def cli() -> None:
    """Compile remark.js-style Markdown decks into standalone HTML decks.

    \b
    slidegen build              every deck in slides/, to public/
    slidegen build talk.md      one deck, to public/talk.html
    """


@cli.command()
@SOURCES
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Where to write: a page if it ends in .html, `-` for standard output, otherwise a folder.  [default: public]",
)
@click.option(
    "--theme",
    metavar="NAME",
    shell_complete=cli_completion.themes,
    help="Use this theme, whatever the decks say.",
)
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
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
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
@click.option("-q", "--quiet", is_flag=True, help="Print only errors and warnings.")
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

    _keep_values()
    from slidegen.build.command import build_decks
    from slidegen.build.options import BuildOptions
    from slidegen.export.plan import formats_of_build, is_file
    from slidegen.project.outputs import STANDARD_OUTPUT, is_one_page
    from slidegen.project.variant_plan import versions

    if is_file(output):
        from slidegen.export.options import ExportOptions

        if len(set(variants)) > 1:
            raise click.UsageError("a file holds one variant; name a folder with -o for several.")
        wanted = ExportOptions(
            theme=theme, variant=next(iter(variants), None), strict=strict, force=force, fetch=fetch
        )
        if not _export(sources, output, (), wanted, quiet=quiet):
            sys.exit(1)
        return
    options = BuildOptions(
        theme, not no_embed, strict=strict, force=force, fetch=fetch, jobs=jobs or 0, progress=not quiet
    )
    if output is not None and (answer := cli_words.answer_output(output, sources, cli.commands)):
        raise click.UsageError(answer)
    to_stdout = output is not None and output == STANDARD_OUTPUT
    if output is not None and is_one_page(output):
        if archive:
            raise click.UsageError("--zip packs an output folder, not a single page.")
        if len(set(variants)) > 1:
            raise click.UsageError("a page holds one variant; to build several, name a folder with -o.")
    said: set[str] = set()
    unbuilt: set[Path] = set()
    fresh, total, short = 0, 0, 0

    def tell(message: str) -> None:
        if not quiet:
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
    with Progress() as progress:
        for number, built in results:
            summaries[number] += [built.summary] if archive and built.summary else []
            progress.clear()
            show(built.diagnostics, said)
            fresh, total = fresh + built.fresh, total + 1
            if built.failed:
                if built.path not in unbuilt and not to_stdout:
                    say(f"{built.path}: not built", err=True)
                unbuilt.add(built.path)
            elif to_stdout:
                write_out(built.page)
            elif built.output is not None and not built.fresh:
                slides = f"{built.slides} slide{'' if built.slides == 1 else 's'}"
                tell(f"{built.path} -> {built.output}  ({slides}, {size_of(built.size)})")
            short += built.short
            progress.show(f"{total} pages")
    if fresh:
        tell(f"{fresh} page{' is' if fresh == 1 else 's are'} up to date")
    if short and not to_stdout:
        passages = f"{short} passage{'' if short == 1 else 's'}"
        tell(f"{passages} of fewer than 12 letters left out, too short to be looked for in what is written")
    if unbuilt:
        sys.exit(1)
    one_page = output is not None and (to_stdout or is_one_page(output))
    if not one_page and (formats := formats_of_build(sources, Path.cwd())):
        from slidegen.export.options import ExportOptions

        for version in made:
            wanted = ExportOptions(
                theme=theme, variant=version.variant, strict=strict, force=force, fetch=fetch
            )
            if not _export(sources, version.output, formats, wanted, quiet=quiet):
                sys.exit(1)
            own = replace(options, variant=version.variant, force=False)
            for built in build_decks(sources, version.output, own, Path.cwd(), tell, folders):
                show(built.diagnostics, said)  # of the course page, which now links what was exported
    if archive:
        import os

        from slidegen.build.archive import write_archive

        for version, found in zip(made, summaries, strict=True):
            path = write_archive(sources, version.output, Path.cwd(), version.variant, found)
            tell(f"archive -> {os.path.relpath(path)}")


@cli.command()
@SOURCES
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Where to: the file of one deck, such as talk.pdf, else a folder.  [default: public]",
)
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(["pdf", "pptx", "odp", "png", "jpeg", "webp", "txt", "md"]),
    help="What to make; several in a folder.  [default: as PATH ends, else pdf]",
)
@click.option("--slides", metavar="LIST", help="Only slides of these numbers, such as 3-7,12.")
@click.option("--steps", is_flag=True, help="Make a page of each step.  [default: of each slide's last]")
@click.option(
    "--handout",
    type=click.Choice(["2", "3", "4", "6"]),
    help="Several slides a page; beside 3 there are lines to write on.",
)
@click.option("--notes", is_flag=True, help="Each slide with its notes below it.")
@click.option(
    "--paper", type=click.Choice(["A4", "Letter"], case_sensitive=False), help="Of handouts and notes."
)
@click.option("--scale", type=click.FloatRange(0.1, 8), default=2.0, help="Size of pictures.  [default: 2]")
@click.option("--width", type=click.IntRange(16, 16384), metavar="PIXELS", help="Width of pictures.")
@click.option("--sheet", is_flag=True, help="Also one picture with all slides, beside their own.")
@click.option("--pictures", is_flag=True, help="In pptx and odp: one picture for each slide.")
@click.option("--theme", metavar="NAME", help="Use this theme, whatever the decks say.")
@click.option("--variant", metavar="NAME", help="Use this version of the decks, such as student.")
@click.option("--browser", metavar="PATH", help="The browser to use.  [default: the first that is found]")
@click.option("--fetch", is_flag=True, help="Download what decks load from the network.")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option("--force", is_flag=True, help="Export also what is up to date.")
@click.option("-q", "--quiet", is_flag=True, help="Print only errors and warnings.")
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

    It needs Chrome, Chromium, Edge or Brave. SOURCE is a deck or a folder of decks; without one, it is slides/.

    \b
    slidegen export talk.md -o talk.pdf
    slidegen export talk.md -o handout.pdf --handout 4
    slidegen export lectures/ -o site/ --format pdf --format pptx
    slidegen export talk.md -o pictures/ --format png --width 1920
    """
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
    if not _export(sources, output, formats, options, quiet=quiet):
        sys.exit(1)


def _export(
    sources: tuple[Path, ...],
    output: Path | None,
    formats: tuple[str, ...],
    options: ExportOptions,
    *,
    quiet: bool,
) -> bool:
    """Export decks and say what becomes of them; whether all went well."""
    from msgspec.structs import replace

    from slidegen.export.command import export_decks
    from slidegen.export.options import mismatch, no_output
    from slidegen.export.plan import format_of, is_file

    if not formats and (options.sheet or options.width) and not is_file(output):
        formats = ("png",)
    mades = [
        format_of(output, name, handout=options.handout, notes=options.notes) for name in formats or (None,)
    ]
    for made in mades:
        if wrong := no_output(output) or mismatch(made, options):
            raise click.UsageError(wrong)

    def tell(message: str) -> None:
        if not quiet:
            say(message)

    said: set[str] = set()
    fresh, total, failed = 0, 0, False
    with Progress() as progress:
        for made in mades:
            own = replace(options, format=made.name)
            for deck in export_decks(sources, output, made, own, Path.cwd(), tell):
                progress.clear()
                show(deck.diagnostics, said)
                fresh, total = fresh + deck.fresh, total + 1
                if deck.failed:
                    say(f"{deck.path}: not exported", err=True)
                    failed = True
                elif deck.output is not None and not deck.fresh:
                    count = f"{deck.slides} slide{'' if deck.slides == 1 else 's'}"
                    tell(f"{deck.path} -> {deck.output}  ({count}, {size_of(deck.size)})")
                progress.show(f"{total} exported")
    if fresh:
        tell(f"{fresh} export{' is' if fresh == 1 else 's are'} up to date")
    return not failed


@cli.command()
@SOURCES
@click.option(
    "--shown", is_flag=True, help="Leave out the slides that excludedClasses removes from the page."
)
@click.option(
    "--variant",
    metavar="NAME",
    shell_complete=cli_completion.variants,
    help="Use this version of the decks, such as student.",
)
def inspect(sources: tuple[Path, ...], shown: bool, variant: str | None) -> None:
    """Print what slidegen makes of decks, as lines of JSON.

    Each line is an object for one deck: "path", "title", "lang", "slides" (number, name, id, classes, style,
    html, notes, line, step) and "diagnostics". All slides are there, as remark.js 0.14.1 would show
    them, also those that excludedClasses leaves out of the page.

    \b
    slidegen inspect talk.md | jq '.slides[] | .number'
    """
    _keep_values()
    from slidegen.build.inspect import inspect_decks

    failed = False
    for line, bad in inspect_decks(sources, Path.cwd(), show, keep_excluded=not shown, variant=variant):
        click.echo(line)
        failed = failed or bad
    if failed:
        sys.exit(1)


@cli.command()
@SOURCES
@click.option(
    "--watch/--no-watch",
    default=True,
    help="Update pages when their files change.  [default: on]",
)
@click.option(
    "-p",
    "--port",
    type=click.IntRange(0, 65535),
    envvar="PORT",
    metavar="N",
    help="The port.  [default: $PORT, or the first free port from 8000 on]",
)
@click.option(
    "--host",
    metavar="ADDR",
    help="Share the decks at this address; 0.0.0.0 shares them at every address of this computer.",
)
@click.option("--open", "opens", is_flag=True, help="Open the browser.")
@click.option(
    "--poll",
    is_flag=True,
    help="Check the files for changes regularly, for drives on which the system does not report them.",
)
@click.option(
    "--theme",
    metavar="NAME",
    shell_complete=cli_completion.themes,
    help="Use this theme, whatever the decks say.",
)
@click.option(
    "--variant",
    metavar="NAME",
    shell_complete=cli_completion.variants,
    help="Use this version of the decks, such as student.",
)
def serve(
    sources: tuple[Path, ...],
    watch: bool,
    port: int | None,
    host: str | None,
    opens: bool,
    poll: bool,
    theme: str | None,
    variant: str | None,
) -> None:
    """Show decks in the browser while you write them.

    SOURCE is a deck or a folder of decks. The default is slides/. With --host, others can see the decks,
    without notes. Anyone with the presenter's address can drive them.

    \b
    slidegen serve
    slidegen serve talk.md --open
    slidegen serve --host 0.0.0.0
    """
    _keep_values()
    from slidegen.serve.server import ServeOptions, serve
    from slidegen.serve.terminal import report, say_addresses

    options = ServeOptions(
        sources=sources,
        watch=watch,
        port=port,
        host=host,
        open=opens,
        poll=poll,
        theme=theme,
        variant=variant,
    )
    serve(options, Path.cwd(), say_addresses, lambda rebuilt, seconds: report(rebuilt, seconds, show), show)


@cli.command()
@click.argument("place", metavar="PATH:LINE")
@click.option(
    "-p",
    "--port",
    type=int,
    metavar="N",
    help="The server's port.  [default: every server that shows the file]",
)
def goto(place: str, port: int | None) -> None:
    """Show the slide of a line in the windows of a running `serve`.

    Your editor can run it whenever the cursor moves.

    \b
    slidegen goto slides/talk.md:120
    """
    from slidegen.files.paths import resolve_links
    from slidegen.serve.server import go_to, running_servers

    path, _, line = place.rpartition(":")
    if not path or not line.isdigit():
        raise click.UsageError("write PATH:LINE, such as slides/talk.md:120")
    file = resolve_links(Path(path))
    ports = (
        [port]
        if port
        else list(dict.fromkeys(number for number, source in running_servers() if _serves(source, file)))
    )
    shown = go_to(file, int(line), ports)
    if not shown:
        say(f"no `slidegen serve` shows {path}", err=True)
        sys.exit(1)
    say(shown)


@cli.command()
@click.argument("deck", type=click.Path(path_type=Path))
@click.option("--write", is_flag=True, help="Write what each slide took into the deck, as its `time:`.")
def rehearsal(deck: Path, write: bool) -> None:
    """Print what was planned for each slide of a deck, and what it took when it was rehearsed last.

    The button Rehearse in the presenter's view of `slidegen serve` records a rehearsal.

    \b
    slidegen rehearsal slides/talk.md
    slidegen rehearsal slides/talk.md --write
    """
    from slidegen.build.rehearsal import compare, lines, names, write_times

    comparison = compare(deck, Path.cwd())
    for line in lines(comparison):
        click.echo(line)
    if write:
        count, others = write_times(comparison)
        say(
            f"{deck}: {count} slide{'' if count == 1 else 's'} with the time that it took"
            if count == 1
            else f"{deck}: {count} slides with the times that they took"
        )
        if others:
            say(f"not written, as they stand in other files: {names(others)}", err=True)


def _serves(source: Path, file: Path) -> bool:
    """Whether a server of that folder or deck may show a file; what decks include may lie beside them."""
    return file.is_relative_to(source if source.is_dir() else source.parent) or file.is_relative_to(
        source.parent
    )


for command in (
    check_commands.check,
    course_commands.init,
    course_commands.new,
    course_commands.config,
    course_commands.themes,
    course_commands.import_,
    manual_commands.demo,
    manual_commands.docs,
):
    cli.add_command(command)


@cli.command("help", hidden=True)
@click.argument("names", nargs=-1, metavar="[COMMAND]")
@click.pass_context
def help_(context: click.Context, names: tuple[str, ...]) -> None:
    """Show the help of slidegen, or of a command."""
    top = context.find_root()
    if not names:
        click.echo(top.get_help())
        return
    name, command, _ = cli.resolve_command(top, list(names))
    if command is not None:
        with click.Context(command, info_name=name, parent=top) as of_command:
            click.echo(command.get_help(of_command))


@cli.command("version", hidden=True)
def version() -> None:
    """Print the version."""
    click.echo(f"slidegen {__version__}")


@cli.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script of a shell.

    \b
    bash:  slidegen completion bash > ~/.local/share/bash-completion/completions/slidegen
    zsh:   slidegen completion zsh > "${fpath[1]}/_slidegen"
    fish:  slidegen completion fish > ~/.config/fish/completions/slidegen.fish
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    if found is not None:
        click.echo(found(cli, {}, "slidegen", "_SLIDEGEN_COMPLETE").source())


def main() -> None:
    """The console script.

    Exit codes: 0 for all well, 1 for a deck or build with errors, 2 for wrong usage, 130 and 143 for one that was
    stopped by Ctrl-C or SIGTERM.
    """
    gc.set_threshold(*COLLECTING)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # names of files need not be text
    open_streams()
    code = 0
    try:
        with ended_by_sigterm():
            cli(prog_name="slidegen", standalone_mode=False)
    except Stopped as error:
        say("stopped", err=True)
        code = int(error.code or 0)
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else int(error.code is not None)
    except click.exceptions.Abort:
        say("stopped", err=True)
        code = 130
    except click.NoSuchOption as error:
        command = error.ctx.info_name if error.ctx is not None else None
        answer = cli_words.answer_option(error.option_name, command or "", sys.argv[1:], cli.commands)
        (click.UsageError(answer, error.ctx) if answer else error).show()
        code = error.exit_code
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except Exception as error:
        code = 1
        if isinstance(error, OSError) and error.filename is None and error.errno in STREAM_ERRORS:
            note_failure(error)
        else:
            from slidegen.project.fault_report import diagnose  # here, since `--help` needs none of it

            show([diagnose(error, None, Path.cwd())])
    code = close_output() or code
    if code:
        sys.exit(code)
