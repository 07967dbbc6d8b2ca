"""The commands that show what slidegen knows: `inspect`, `config` and `themes`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from slidegen import cli_completion
from slidegen.commands.arguments import SOURCES, VARIANT, keep_values
from slidegen.terminal_output import open_in_browser, say, say_json, show


@click.command()
@SOURCES
@click.option(
    "--shown", is_flag=True, help="Leave out the slides that excludedClasses removes from the page."
)
@VARIANT
def inspect(sources: tuple[Path, ...], shown: bool, variant: str | None) -> None:
    """Print what slidegen makes of decks, as lines of JSON.

    Each line is an object for one deck: "path", "title", "lang", "slides" (number, name, id, classes, style,
    html, notes, line, step) and "diagnostics". The slides are those that
    remark.js 0.14.1 would show, and those that excludedClasses leaves out of the page.

    \b
    slidegen inspect talk.md | jq '.slides[] | .number'
    """
    keep_values()
    from slidegen.build.inspect import inspect_decks

    failed = False
    for line, bad in inspect_decks(sources, Path.cwd(), show, keep_excluded=not shown, variant=variant):
        say_json(line)
        failed = failed or bad
    if failed:
        sys.exit(1)


@click.command()
@click.argument("deck", required=False, type=click.Path(path_type=Path), shell_complete=cli_completion.decks)
@click.option("--schema", is_flag=True, help="Print the JSON Schema of slidegen.yml instead.")
def config(deck: Path | None, schema: bool) -> None:
    """Print the options in effect, and where each comes from.

    With DECK, print the options of that deck; otherwise, those of the project.

    \b
    slidegen config slides/20260915-sampling.md
    slidegen config --schema > slidegen.schema.json
    """
    if schema:
        from slidegen.project.schema import schema_text

        click.echo(schema_text(), nl=False)
        return
    from slidegen.compile.effective_config import effective_config
    from slidegen.diagnostics import has_errors

    found, diagnostics = effective_config(deck, Path.cwd())
    lines = [f"{item.name}: {item.value}" for item in found]
    width = min(max(map(len, lines)), 50)
    for line, item in zip(lines, found, strict=True):
        say(f"{line:{width}}  # {item.origin}{', a variable' if item.variable else ''}")
    show(diagnostics)
    if has_errors(diagnostics):
        sys.exit(1)


@click.command()
@click.option(
    "--copy",
    metavar="NAME",
    shell_complete=cli_completion.themes,
    help="Copy a theme to templates/themes/ and make it your own.",
)
@click.option("--open", "opens", is_flag=True, help="Show pictures of them in the browser.")
def themes(copy: str | None, opens: bool) -> None:
    """List the themes a deck can have, or copy one to edit.

    Choose one with `theme: NAME` in a deck's front matter or in slidegen.yml.

    \b
    slidegen themes
    slidegen themes --open
    slidegen themes --copy lecture
    """
    from slidegen.project.theme_files import copy_theme, themes_of

    if opens:
        from slidegen.manual.open_page import write_page
        from slidegen.project.theme_pictures import theme_pictures_page

        page = write_page("slidegen-themes", theme_pictures_page(Path.cwd()))
        say(str(page))
        if not open_in_browser(page):
            say("open the page in a browser", err=True)
        return

    if copy is not None:
        for path in copy_theme(copy, Path.cwd()):
            say(f"wrote {path}")
        return
    found = list(themes_of(Path.cwd()))
    width = max(len(theme.name) for theme in found)
    for theme in found:
        say(f"{theme.name:{width}}  {theme.scheme:5}  {theme.description}".rstrip())
