"""The command line: `slidegen build`, `serve` and the others. What a command needs is imported when it runs."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from slidegen import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slidegen.diagnostics import Diagnostic

COLOURS = {"error": "red", "warning": "yellow", "place": None, "caret": "green", "hint": "cyan"}

SOURCES = click.argument("sources", nargs=-1, type=click.Path(path_type=Path), metavar="[SOURCE]...")


class Group(click.Group):
    """Commands in the order in which they are written."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(self.commands)


@click.group(
    cls=Group,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Shell completion: see `slidegen completion --help`.",
)
@click.version_option(__version__, "--version", prog_name="slidegen", message="%(prog)s %(version)s")
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
    help="Where to: a page if it ends in .html, `-` for standard output, else a folder.  [default: public]",
)
@click.option("--theme", metavar="NAME", help="The look, whatever the decks say.")
@click.option("--no-embed", is_flag=True, help="Copy pictures and films beside the page instead of into it.")
@click.option(
    "--variant",
    "variants",
    multiple=True,
    metavar="NAME",
    help="The version for these people, such as student; may be given several times.",
)
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option(
    "--fetch", is_flag=True, help="Download what decks load from the network, once, and put it into the page."
)
@click.option(
    "--zip", "archive", is_flag=True, help="Put the pages into one archive, too, such as public.zip."
)
@click.option("--force", is_flag=True, help="Build also what is up to date.")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes that share the work.  [default: one a processor]",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what is wrong.")
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

    SOURCE is a deck or a folder of decks; without one, it is slides/. In a folder, README.md and names
    that begin with _ or . are no decks.

    \b
    slidegen build
    slidegen build talk.md -o talk.html
    slidegen build lectures/ -o site/ --theme slate
    slidegen build talk.md -o - | gzip > talk.html.gz
    """
    from slidegen.site.build import BuildOptions, build_decks
    from slidegen.site.versions import versions

    options = BuildOptions(
        theme, not no_embed, strict=strict, force=force, fetch=fetch, jobs=jobs or 0, progress=not quiet
    )
    to_stdout = output is not None and str(output) == "-"
    if archive and output is not None and (to_stdout or output.suffix.lower() in (".html", ".htm")):
        raise click.UsageError("--zip makes an archive of an output folder, not of one page.")
    failed, fresh, total = False, 0, 0

    def say(message: str) -> None:
        if not quiet:
            click.echo(message, err=to_stdout)

    made = versions(sources, output, variants, Path.cwd())
    results = chain.from_iterable(
        build_decks(sources, version.output, replace(options, variant=version.variant), Path.cwd(), say)
        for version in made
    )
    with Progress() as progress:
        for built in results:
            progress.clear()
            _show(built.diagnostics)
            failed, fresh, total = failed or built.failed, fresh + built.fresh, total + 1
            if to_stdout:
                sys.stdout.buffer.write(built.page)
            elif built.output is not None and not built.fresh:
                slides = f"{built.slides} slide{'' if built.slides == 1 else 's'}"
                say(f"{built.path} -> {built.output}  ({slides}, {_size(built.size)})")
            elif built.failed:
                click.echo(f"{built.path}: not built", err=True)
            progress.show(f"{total} pages")
    if fresh:
        say(f"{fresh} page{' is' if fresh == 1 else 's are'} up to date")
    if failed:
        sys.exit(1)
    if archive:
        from slidegen.site.archive import write_archive

        for version in made:
            say(f"archive -> {write_archive(sources, version.output, Path.cwd()).name}")


@cli.command()
@SOURCES
@click.option(
    "--shown", is_flag=True, help="Leave out the slides that excludedClasses leaves out of the page."
)
@click.option("--variant", metavar="NAME", help="The version for these people, such as student.")
def inspect(sources: tuple[Path, ...], shown: bool, variant: str | None) -> None:
    """Print what slidegen makes of decks, a JSON object a deck and line.

    An object has the deck's "path", "title" and "lang", its "slides" (number, name, id, classes, style,
    html, notes, line, step) and its "diagnostics". All slides are there, as remark.js 0.14.1 would show
    them, also those that excludedClasses leaves out of the page.

    \b
    slidegen inspect talk.md | jq '.slides[] | .number'
    """
    from slidegen.site.inspect import inspect_decks

    failed = False
    for line, bad in inspect_decks(sources, Path.cwd(), keep_excluded=not shown, variant=variant):
        click.echo(line)
        failed = failed or bad
    if failed:
        sys.exit(1)


@cli.command("import")
@click.argument("source", type=click.Path(path_type=Path), metavar="SOURCE")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="DIR", help="Where to.  [default: course]"
)
def import_(source: Path, output: Path | None) -> None:
    """Turn a page around a deck, or a folder of decks, into a course of slidegen's.

    SOURCE stays as it is. DIR, which must be new or empty, gets the decks as Markdown with front matter, style
    sheets and scripts as files, macros as templates, and what all decks share in slidegen.yml. The course is
    built once, and slides that are not as before are named.

    \b
    slidegen import index.html
    slidegen import lectures/ -o course
    """
    from slidegen.site.importing import import_course

    bad = False
    for imported in import_course(source, output, Path.cwd()):
        _show(imported.diagnostics)
        if imported.deck is None:
            click.echo(f"{imported.path}: not imported", err=True)
            bad = True
            continue
        count = f"{imported.slides} slide{'' if imported.slides == 1 else 's'}"
        if imported.differing:
            places = ", ".join(map(str, imported.differing))
            click.echo(f"{imported.path} -> {imported.deck}  ({count})")
            click.echo(f"  built again, not the same: {places}", err=True)
            bad = True
        else:
            click.echo(f"{imported.path} -> {imported.deck}  ({count}, the same when built)")
    if bad:
        sys.exit(1)


@cli.command()
@click.option("--copy", metavar="NAME", help="Put a theme into templates/themes/, to make your own from it.")
def themes(copy: str | None) -> None:
    """List the looks a deck can have: `theme: NAME` in its front matter chooses one.

    \b
    slidegen themes
    slidegen themes --copy lecture
    """
    from slidegen.site.themes import copy_theme, themes_of

    if copy is not None:
        for path in copy_theme(copy, Path.cwd()):
            click.echo(f"wrote {path}")
        return
    found = list(themes_of(Path.cwd()))
    width = max(len(theme.name) for theme in found)
    for theme in found:
        click.echo(f"{theme.name:{width}}  {theme.scheme:5}  {theme.description}".rstrip())


@cli.command()
@click.argument("source", required=False, type=click.Path(path_type=Path), metavar="[SOURCE]")
@click.option(
    "--watch/--no-watch",
    default=True,
    help="Whether pages follow the files they are made from.  [default: on]",
)
@click.option(
    "-p",
    "--port",
    type=click.IntRange(0, 65535),
    envvar="PORT",
    metavar="N",
    help="The port.  [default: $PORT, or the first that is free from 8000 on]",
)
@click.option(
    "--host", metavar="ADDR", help="Share the decks at this address; 0.0.0.0 for all of the machine's."
)
@click.option("--open", "opens", is_flag=True, help="Open the browser.")
@click.option(
    "--poll", is_flag=True, help="Look at files again and again, where the system tells of no changes."
)
@click.option("--theme", metavar="NAME", help="The look, whatever the decks say.")
@click.option("--variant", metavar="NAME", help="The version for these people, such as student.")
def serve(
    source: Path | None,
    watch: bool,
    port: int | None,
    host: str | None,
    opens: bool,
    poll: bool,
    theme: str | None,
    variant: str | None,
) -> None:
    """Show decks in the browser while you write them: what you save is on the screen.

    SOURCE is a deck or a folder of decks; without one, it is slides/. With --host, others can see the decks,
    without notes; who has the presenter's address can drive them.

    \b
    slidegen serve
    slidegen serve talk.md --open
    slidegen serve --host 0.0.0.0
    """
    from slidegen.site.live.serve import ServeOptions, serve
    from slidegen.site.live.terminal import report, say_addresses

    options = ServeOptions(source, watch, port, host, opens, poll, theme, variant)
    serve(options, Path.cwd(), say_addresses, lambda rebuilt, seconds: report(rebuilt, seconds, _show))


@cli.command()
@click.argument("place", metavar="PATH:LINE")
@click.option(
    "-p", "--port", type=int, metavar="N", help="The server's port.  [default: all that serve the file]"
)
def goto(place: str, port: int | None) -> None:
    """Move the windows of `slidegen serve` to the slide of a line: for editors.

    \b
    slidegen goto slides/talk.md:120
    """
    from slidegen.site.live.serve import go_to, running_servers

    path, _, line = place.rpartition(":")
    if not path or not line.isdigit():
        raise click.UsageError("say where as PATH:LINE, such as slides/talk.md:120")
    file = Path(path).resolve()
    ports = [port] if port else [number for number, source in running_servers() if _serves(source, file)]
    shown = go_to(file, int(line), ports)
    if not shown:
        click.echo(f"no `slidegen serve` shows {path}", err=True)
        sys.exit(1)
    click.echo(shown)


def _serves(source: Path, file: Path) -> bool:
    """Whether a server of that folder or deck may show a file; what decks include may lie beside them."""
    return file.is_relative_to(source if source.is_dir() else source.parent) or file.is_relative_to(
        source.parent
    )


@cli.command()
@click.argument("folder", required=False, default=".", metavar="[DIR]", type=click.Path(path_type=Path))
@click.option("--title", metavar="TEXT", help="Title of the course.  [default: the folder's name]")
@click.option("--author", metavar="NAME", default="Your name", help="Who teaches it.")
@click.option("--lang", metavar="TAG", default="en", help="Its language, such as en or pt-BR.")
def init(folder: Path, title: str | None, author: str, lang: str) -> None:
    """Start a course: configuration, a first session, templates, and CI that publishes it.

    Nothing that is there is overwritten.

    \b
    slidegen init statistics --title "Statistics for all" --author "M. Curie"
    """
    from datetime import date

    from slidegen.site.scaffold import NewCourse, start_course

    name = title or folder.resolve().name.replace("-", " ").replace("_", " ").strip().capitalize()
    course = NewCourse(name or "A course", author, lang, date.today())
    for path, written in start_course(folder, course, Path.cwd()):
        click.echo(f"{'wrote' if written else 'left'} {path}")
    where = "" if folder == Path() else f"cd {folder} && "
    click.echo(f"\nNow: {where}slidegen build")


@cli.command()
@click.argument("title", required=False)
@click.option("--date", "day", metavar="D", help="When it is held, as 2026-09-15.  [default: plan or rhythm]")
@click.option(
    "--session", "number", type=click.IntRange(min=0), metavar="N", help="Its number.  [default: the next]"
)
@click.option(
    "--from", "frame", type=click.Path(path_type=Path), metavar="DECK", help="Take the frame of this deck."
)
@click.option(
    "--template", default="session", metavar="NAME", help="A file in templates/new/.  [default: session]"
)
@click.option("--open", "open_", is_flag=True, help="Open it in the editor.")
def new(
    title: str | None, day: str | None, number: int | None, frame: Path | None, template: str, open_: bool
) -> None:
    """Write a new session into the course, and print its path.

    Its number follows that of the last one, its date the plan in slidegen.yml or the weekdays of the sessions
    before. On a terminal, what is not given is asked for.

    \b
    slidegen new "Markov chains"
    slidegen new "Markov chains, again" --from slides/20260915-markov-chains.md
    """
    from datetime import date

    from slidegen.config import read_date
    from slidegen.site.new import open_course, want, write_session
    from slidegen.site.sessions import next_number

    chosen = None if day is None else read_date(day)
    if day is not None and chosen is None:
        raise click.BadParameter(f"{day} is no date; write it as 2026-09-15", param_hint="--date")
    course = open_course(Path.cwd())
    if not title:
        planned = course.planned_title(next_number(course.sessions) if number is None else number)
        if sys.stdin.isatty():
            title = click.prompt("Title", default=planned or None, err=True)
            wanted = want(course, str(title), number, chosen, date.today())
            while chosen is None:
                answer = click.prompt("Date", default=wanted.day.isoformat(), err=True)
                chosen = read_date(answer)
        elif planned:
            title = planned
        else:
            raise click.UsageError('A session needs a title, as in `slidegen new "Markov chains"`.')
    path = write_session(
        course, want(course, str(title), number, chosen, date.today()), template, frame, Path.cwd()
    )
    click.echo(str(path))
    if open_:
        if os.environ.get("VISUAL") or os.environ.get("EDITOR"):
            click.edit(filename=str(path))
        else:
            click.launch(str(path))


@cli.command()
@click.argument("deck", required=False, type=click.Path(path_type=Path))
@click.option("--schema", is_flag=True, help="Print the JSON Schema of slidegen.yml instead.")
def config(deck: Path | None, schema: bool) -> None:
    """Print the options that count, and where each comes from.

    DECK is the deck whose options are meant; without one, they are those of the project.

    \b
    slidegen config slides/20260915-sampling.md
    slidegen config --schema > slidegen.schema.json
    """
    if schema:
        from slidegen.site.schema import schema_text

        click.echo(schema_text(), nl=False)
        return
    from slidegen.diagnostics import Severity
    from slidegen.site.effective import effective_config

    found, diagnostics = effective_config(deck, Path.cwd())
    lines = [f"{item.name}: {item.value}" for item in found]
    width = min(max(map(len, lines)), 50)
    for line, item in zip(lines, found, strict=True):
        click.echo(f"{line:{width}}  # {item.origin}{', a variable' if item.variable else ''}")
    _show(diagnostics)
    if any(item.severity is Severity.ERROR for item in diagnostics):
        sys.exit(1)


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


class Progress:
    """A line on a terminal that says how far a build is, once it takes longer than a second."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.shown = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *args: object) -> None:
        self.clear()

    def show(self, text: str) -> None:
        """Write the line."""
        if sys.stderr.isatty() and time.monotonic() - self.began > 1:
            self.shown = True
            click.echo(f"\r{text} …", nl=False, err=True)

    def clear(self) -> None:
        """Take the line away, before something else is written."""
        if self.shown:
            self.shown = False
            click.echo("\r\x1b[K", nl=False, err=True, color=True)


def _size(size: int) -> str:
    """A file's size as people read it."""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1000:.0f} KB"


def _show(diagnostics: Iterable[Diagnostic]) -> None:
    """Print diagnostics on standard error, in colours on a terminal that has them."""
    from slidegen.diagnostics import format_diagnostic

    def style(text: str, role: str) -> str:
        return click.style(text, fg=COLOURS[role], bold=role != "hint")

    for diagnostic in diagnostics:
        # click takes the colours away where standard error is no terminal
        click.echo(format_diagnostic(diagnostic, style), err=True)


def main() -> None:
    """The console script. Exit codes: 0 for all well, 1 for a deck or build with errors, 2 for wrong usage."""
    from slidegen.diagnostics import DeckError

    try:
        cli(prog_name="slidegen", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("stopped", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except DeckError as error:
        _show([error.diagnostic])
        sys.exit(1)
    except BrokenPipeError:
        # who read our output has read enough; keep Python from saying so at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
