"""The commands around a talk: `serve`, `goto` and `rehearsal`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from slidegen.commands.arguments import SOURCES, THEME, VARIANT, keep_values
from slidegen.terminal_output import say, show


@click.command()
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
@THEME
@VARIANT
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
    without notes. Anyone with the presenter's address can move them.

    \b
    slidegen serve
    slidegen serve talk.md --open
    slidegen serve --host 0.0.0.0
    """
    keep_values()
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


@click.command()
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
    from slidegen.serve.running_servers import go_to, running_servers

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


@click.command()
@click.argument("deck", type=click.Path(path_type=Path))
@click.option("--write", is_flag=True, help="Save how long each slide took in the deck, as its `time:`.")
def rehearsal(deck: Path, write: bool) -> None:
    """Print how long each slide should take, and how long it took in the last rehearsal.

    The Rehearse button in the presenter view of `slidegen serve` records a rehearsal.

    \b
    slidegen rehearsal slides/talk.md
    slidegen rehearsal slides/talk.md --write
    """
    from slidegen.build.rehearsal import compare, lines, names, write_times

    comparison = compare(deck, Path.cwd())
    for line in lines(comparison):
        say(line)
    if write:
        count, others = write_times(comparison)
        say(
            f"{deck}: {count} slide{'' if count == 1 else 's'} with the time that it took"
            if count == 1
            else f"{deck}: {count} slides with the times that they took"
        )
        if others:
            say(f"not written, because they are in other files: {names(others)}", err=True)


def _serves(source: Path, file: Path) -> bool:
    """Whether a server of that folder or deck may show a file; included files may be beside the decks."""
    return file.is_relative_to(source if source.is_dir() else source.parent) or file.is_relative_to(
        source.parent
    )
