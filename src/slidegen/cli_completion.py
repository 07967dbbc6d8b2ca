"""Completes values on the command line; loaded only when a shell asks for completions."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem


def decks(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Decks and folders whose path begins like this."""
    from click.shell_completion import CompletionItem

    from slidegen.project.discovery import is_deck

    del context, parameter
    head, _, start = incomplete.rpartition("/")
    folder = Path(head or ("/" if incomplete.startswith("/") else "."))
    prefix = f"{head}/" if incomplete.count("/") else ""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return []
    names = [
        f"{prefix}{entry.name}{'/' * entry.is_dir()}"
        for entry in entries
        if entry.name.startswith(start)
        and not entry.name.startswith((".", "_"))
        and (entry.is_dir() or is_deck(Path(entry.path)))
    ]
    return [CompletionItem(name) for name in names]


def themes(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of themes, each with a description."""
    from click.shell_completion import CompletionItem

    from slidegen.project.theme_files import themes_of

    del context, parameter
    found = themes_of(Path.cwd())
    return [
        CompletionItem(item.name, help=item.description) for item in found if item.name.startswith(incomplete)
    ]


def variants(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of the project's variants."""
    from slidegen.diagnostics import DeckError
    from slidegen.project.variant_plan import variants_of
    from slidegen.project.variants import known_names

    del context, parameter
    try:
        return _items(known_names(variants_of((), Path.cwd())), incomplete)
    except DeckError:
        return []


def session_templates(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Names of the files in templates/new/."""
    from slidegen.course.new_session import TEMPLATES, open_course
    from slidegen.diagnostics import DeckError

    del context, parameter
    try:
        names = open_course(Path.cwd()).project.templates.names(TEMPLATES)
    except DeckError:
        return []
    return _items((name.removesuffix(".md") for name in names), incomplete)


def _items(names: Iterable[str], incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(name) for name in sorted(names) if name.startswith(incomplete)]
