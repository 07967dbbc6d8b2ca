"""The command `check`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from slidegen.commands.arguments import SOURCES, VARIANT
from slidegen.terminal_output import say, say_json, say_lines, show

FORMATS = ("text", "json", "sarif", "github", "gitlab")


@click.command()
@SOURCES
@click.option("--browser", is_flag=True, help="Also look at every slide in Chrome, Chromium, Edge or Brave.")
@click.option("--links", is_flag=True, help="Test whether links on the network work.")
@click.option("--unused", is_flag=True, help="List pictures that no deck shows.")
@click.option("--fix", is_flag=True, help="Repair mistakes that have one right answer.")
@click.option("--diff", "diff_", is_flag=True, help="Show what --fix changes; without --fix, change nothing.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", help="Output format.  [default: text]"
)
@VARIANT
@click.option("--rules", is_flag=True, help="List the rules, and exit.")
def check(
    sources: tuple[Path, ...],
    browser: bool,
    links: bool,
    unused: bool,
    fix: bool,
    diff_: bool,
    form: str,
    variant: str | None,
    rules: bool,
) -> None:
    """Find mistakes in decks, without writing a page.

    SOURCE is a deck or a folder of decks. The default is slides/. The exit status is 1 if there are findings.
    Switch a rule off with `check: {no-title: false}` in slidegen.yml or in front matter, or on a slide with
    <!-- check: allow no-title -->.

    \b
    slidegen check
    slidegen check talk.md --browser
    slidegen check --format sarif > slidegen.sarif
    """
    from slidegen.check.command import CheckOptions, check_decks, list_rules

    if rules:
        for name, number, meaning in list_rules():
            say(f"{name:24} {number}  {meaning}")
        return
    options = CheckOptions(
        links=links, unused=unused, browser="" if browser else None, variant=variant, fix=fix, diff=diff_
    )
    checked = check_decks(sources, options, Path.cwd(), lambda message: say(message, err=True))
    if form == "text":
        _report(checked.changes if diff_ else "", checked.mended, checked.decks)
        show(checked.diagnostics)
        count = len(checked.diagnostics)
        if count:
            say(f"{count} mistake{'' if count == 1 else 's'} found", err=True)
    else:
        from slidegen.check.formats import FORMATS as WRITERS

        if diff_:
            say_lines(checked.changes, err=True)
        print_report = say_lines if form == "github" else say_json
        print_report(WRITERS[form](checked.diagnostics))
    if checked.diagnostics:
        sys.exit(1)


def _report(changes: str, mended: tuple[str, ...], decks: int) -> None:
    """What was done, as lines for standard output."""
    if changes:
        say_lines(changes.rstrip("\n"))
    for path in mended:
        say(f"repaired {path}")
    say(f"{decks} deck{'' if decks == 1 else 's'} checked")
