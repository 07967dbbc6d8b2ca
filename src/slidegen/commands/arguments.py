"""Arguments and options that several commands share, and what these do first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from slidegen import cli_completion

Command = TypeVar("Command", bound=Callable[..., object])

SOURCES = click.argument(
    "sources",
    nargs=-1,
    type=click.Path(path_type=Path),
    metavar="[SOURCE]...",
    shell_complete=cli_completion.decks,
)
THEME = click.option(
    "--theme",
    metavar="NAME",
    shell_complete=cli_completion.themes,
    help="Use this theme, whatever the decks say.",
)
VARIANT = click.option(
    "--variant",
    metavar="NAME",
    shell_complete=cli_completion.variants,
    help="Use this version of the decks, such as student.",
)
STRICT = click.option("--strict", is_flag=True, help="Fail on warnings too.")
QUIET = click.option("-q", "--quiet", is_flag=True, help="Print only errors and warnings.")


def output_option(where: str) -> Callable[[Command], Command]:
    """The option `-o` of a command that writes one file, or a folder of them."""
    return click.option(
        "-o", "--output", type=click.Path(path_type=Path), metavar="PATH", help=f"{where}  [default: public]"
    )


def keep_values() -> None:
    """Load what earlier commands have computed, and save what this one computes."""
    from slidegen.project.kept_values import kept_values

    click.get_current_context().with_resource(kept_values())
