"""The command line: the group of all commands, each imported when it is needed, and how they end."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, MutableMapping
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path

import click

from slidegen import __version__, cli_words
from slidegen.terminal_output import (
    STREAM_ERRORS,
    Stopped,
    close_output,
    ended_by_sigterm,
    note_failure,
    open_streams,
    say,
    show,
)

COLLECTING = (50_000, 20, 50)
"""Thresholds of Python's garbage collector: a build makes many small values, and nearly all live to its end."""


MODULES = {
    "build": "build",
    "export": "export",
    "inspect": "examine",
    "serve": "serve",
    "goto": "serve",
    "rehearsal": "serve",
    "check": "check",
    "init": "course",
    "new": "course",
    "config": "examine",
    "themes": "examine",
    "import": "course",
    "demo": "manual",
    "docs": "manual",
}
"""The module of each command in `slidegen.commands`, in the order of the help."""


class Commands(MutableMapping[str, click.Command]):
    """Commands by name, whose modules are imported when they are needed."""

    def __init__(self) -> None:
        self._known: dict[str, click.Command | None] = dict.fromkeys(MODULES)

    def __getitem__(self, name: str) -> click.Command:
        found = self._known[name]
        if found is None:
            module = import_module(f"slidegen.commands.{MODULES[name]}")
            commands = (each for each in vars(module).values() if isinstance(each, click.Command))
            found = self._known[name] = next(each for each in commands if each.name == name)
        return found

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._known[name] = command

    def __delitem__(self, name: str) -> None:
        del self._known[name]

    def __contains__(self, name: object) -> bool:
        return name in self._known

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


class Group(click.Group):
    """Lists commands in the order of definition, and answers names that other tools use."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names; raises UsageError with slidegen's name for it."""
        if args[0] not in self.commands and not ctx.resilient_parsing and not args[0].startswith("-"):
            answer = cli_words.answer_word(args[0], args[1:], self.commands)
            if answer:
                raise click.UsageError(answer, ctx)
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(self.commands)


@click.group(
    cls=Group,
    commands=Commands(),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Shell completion: see `slidegen completion --help`.",
)
@click.version_option(
    __version__, "-v", "-V", "--version", prog_name="slidegen", message="%(prog)s %(version)s"
)
def cli() -> None:
    """Compile remark.js-style Markdown decks into standalone HTML decks.

    \b
    slidegen build              every deck in slides/, to public/
    slidegen build talk.md      one deck, to public/talk.html
    """


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

    Exit codes: 0 for success, 1 for a deck or build with errors, 2 for wrong usage, 130 and 143 when stopped
    by Ctrl-C or SIGTERM.
    """
    gc.set_threshold(*COLLECTING)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # names of files may not be valid text
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
