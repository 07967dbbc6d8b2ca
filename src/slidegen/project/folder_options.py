"""The `folders:` option, which sets options for the decks in some folders of a project."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from slidegen.config import Config, Setting, configure
from slidegen.diagnostics import Code, Reporter
from slidegen.files.paths import resolve_links


def read_folders(setting: Setting, root: Path, reporter: Reporter) -> tuple[Setting, ...]:
    """The folders in `folders:` with their options, outer ones first. Mistakes are reported at their places."""
    folders = []
    for item in setting.parts:
        if not isinstance(item.value, dict):
            message = (
                f"the folder {item.key} expects options, not {item.written or type(item.value).__name__}"
            )
            hint = "write options below it, such as `css: [talk.css]`"
            reporter.report(Code.BAD_VALUE, message, item.value_span, hint=hint)
            continue
        if not (root / item.key).is_dir():
            reporter.report(Code.MISSING_ASSET, f"there is no folder {item.key}", item.key_span)
        configure(Config(), item.parts, "deck", reporter)  # reports their mistakes
        folders.append(item)
    return tuple(sorted(folders, key=lambda item: len(PurePosixPath(item.key).parts)))


def settings_for(folders: Sequence[Setting], deck: Path, root: Path) -> list[Setting]:
    """The options for a deck, those of inner folders last; both paths are absolute, with links resolved."""
    return [
        setting
        for item in folders
        if deck.is_relative_to(resolve_links(root / item.key.strip("/")))
        for setting in item.parts
    ]
