"""Terminal output of `slidegen serve`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable

import click

from slidegen.diagnostics import Diagnostic
from slidegen.serve.deck_registry import Rebuilt
from slidegen.serve.listening import Addresses
from slidegen.source import on_one_line
from slidegen.terminal_output import is_terminal

Show = Callable[[Iterable[Diagnostic]], None]


def say_addresses(addresses: Addresses) -> None:
    """Print where the decks are, and who can do what there."""
    click.echo(f"decks at {addresses.local}   (Ctrl-C ends)")
    if addresses.only_here:
        click.secho(
            f"only this machine can reach {on_one_line(addresses.only_here)}; "
            "use --host 0.0.0.0 for your phone and the audience",
            fg="yellow",
            err=True,
        )
    if not addresses.audience:
        return
    room = on_one_line(addresses.room)
    sees = f"the variant {room}, without notes" if addresses.room else "the decks, without notes"
    click.secho(f"everyone who can reach this computer can now see {sees};", fg="yellow", err=True)
    if addresses.room:
        click.secho(
            f"while you show what {room} lacks, the room stays on the last slide that both have;",
            fg="yellow",
            err=True,
        )
    click.secho(
        "anyone with the presenter's address can move the slides and read the notes", fg="yellow", err=True
    )
    for who, address, code in (
        ("audience", addresses.audience, addresses.audience),
        ("presenter", addresses.presenter, addresses.phone),
    ):
        click.echo(f"\n{who}: {address}")
        _qr_code(code)


def _qr_code(address: str) -> None:
    """Print the address as a QR code if the terminal can show one."""
    if not is_terminal(sys.stdout):
        return
    import segno

    segno.make(address, error="l", micro=False).terminal(compact=True, border=2)


def report(rebuilt: Rebuilt, seconds: float, show: Show) -> None:
    """Print in one line what was built, and its diagnostics if they are new."""
    built = rebuilt.built
    slides = rebuilt.deck.views.count
    if built.drafts:
        noun = "slide" if slides == 1 else "slides"
        made = f"{built.rendered} of {slides} {noun}" if built.rendered < slides else f"{slides} {noun}"
        outcome = made if rebuilt.news else f"{made}, nothing new"
    else:
        outcome = click.style("not built", fg="red")
    click.echo(
        f"{time.strftime('%H:%M:%S')} {on_one_line(rebuilt.deck.builder.path)}: {outcome}, {1000 * seconds:.0f} ms"
    )
    if rebuilt.first:
        show(built.diagnostics)
