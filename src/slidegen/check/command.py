"""`slidegen check`: inspects decks, and returns what is wrong with them."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from slidegen.check import deck_rules, text_rules
from slidegen.check.course_rules import course_mistakes
from slidegen.check.fixes import diff, fixed
from slidegen.check.found import CheckedDeck, examine
from slidegen.compile.compile import CompiledDeck, compile_deck
from slidegen.compile.context import CompileOptions, DeckContext
from slidegen.diagnostics import Diagnostic, Reporter, all_codes, in_reading_order
from slidegen.diagnostics.rules import BOUNDS, Silence, rule_name, rule_names, switched_off
from slidegen.files.dependencies import Reads
from slidegen.files.paths import display_path, resolve_links
from slidegen.files.read_file import read_bytes
from slidegen.files.writing import write_file
from slidegen.page.page import examine_page
from slidegen.project.discovery import DEFAULT_NAME, is_page
from slidegen.project.fault_report import diagnose
from slidegen.project.project import Project, Projects, named_folders

WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
TIMES = 5
"""How often to repeat the fixes: fixing one mistake may uncover another."""


class CheckOptions(Struct, frozen=True):
    """What to inspect, and how."""

    links: bool = False
    """Whether to check links on the network."""
    unused: bool = False
    """Whether to look for pictures that no deck shows."""
    browser: str | None = None
    """The browser to use; empty for an installed one, None for no browser."""
    variant: str | None = None
    fix: bool = False
    diff: bool = False


class Checked(Struct, frozen=True):
    """What a check has found."""

    diagnostics: tuple[Diagnostic, ...]
    decks: int
    changes: str = ""
    """What was or would be fixed, as a diff."""
    mended: tuple[str, ...] = ()
    """The files that were changed."""


def check_decks(
    sources: Sequence[Path], options: CheckOptions, folder: Path, say: Callable[[str], None]
) -> Checked:
    """Check the decks that `sources` name, or those of the project; raises DeckError like `build`."""
    projects = Projects(folder)
    chosen, output = named_folders(projects, sources, folder)
    search = projects.find_decks(chosen)
    found: list[Diagnostic] = list(search.skipped)
    changes, mended = "", []
    if options.fix or options.diff:
        for each in search.decks:
            before, after = _mended(each.path, projects.of(each.path), folder)
            if before != after:
                shown, path = display_path(each.path, folder), resolve_links(each.path)
                changes += diff(before, after, shown)
                mode = stat.S_IMODE(path.stat().st_mode)
                if options.fix and mode & WRITABLE and os.access(path, os.W_OK):
                    write_file(path, after, path.parent, mode=mode)
                    mended.append(shown)
                elif options.fix:
                    say(f"{shown} is read-only, so it is not repaired")
    decks = []
    for each in search.decks:
        try:
            decks.append(_checked(each.path, projects.of(each.path), folder, options.variant))
        except Exception as error:
            found.append(diagnose(error, each.path, folder))
    if options.links:
        from slidegen.check.network import dead_links

        dead_links(decks)
    if options.browser is not None:
        from slidegen.check.browser import check_in_browser

        check_in_browser(decks, folder, options.browser or None, say)
    found += course_mistakes(decks, search.decks, chosen, output, projects)
    if options.unused:
        found += _unused(chosen, decks, output, folder)
    inside = chosen[0] / DEFAULT_NAME if chosen[0].is_dir() else chosen[0]
    silence = Silence(switched_off(projects.of(inside).config.check))
    found = [item for item in found if not silence.covers(item)]
    for deck in decks:
        found += deck.compiled.reporter
    unique = {(item.code, item.message, str(item.path), in_reading_order(item)): item for item in found}
    return Checked(
        tuple(sorted(unique.values(), key=in_reading_order)), len(search.decks), changes, tuple(mended)
    )


def compile_checked(path: Path, project: Project, folder: Path, variant: str | None = None) -> CompiledDeck:
    """Compile a deck for a check, with a reporter of its own."""
    return compile_deck(DeckContext(path, project, folder, Reporter()), CompileOptions(variant=variant))


def _checked(path: Path, project: Project, folder: Path, variant: str | None) -> CheckedDeck:
    compiled = compile_checked(path, project, folder, variant)
    shown = list(compiled.slides())
    examine_page(compiled, shown, folder)
    deck = examine(compiled, shown)
    for slide in deck.slides:
        for rule in text_rules.RULES:
            rule(deck, slide)
    for whole in deck_rules.RULES:
        whole(deck)
    return deck


def _mended(path: Path, project: Project, folder: Path) -> tuple[bytes, bytes]:
    """A deck's file before and after fixing; pages are left alone."""
    before = after = read_bytes(resolve_links(path), folder, Reads())
    if is_page(path):
        return before, after
    shown = display_path(path, folder)
    for _ in range(TIMES):
        now = fixed(after, _mistakes(path, after, project, folder), shown)
        if now == after:
            break
        after = now
    return before, after


def _mistakes(path: Path, data: bytes, project: Project, folder: Path) -> list[Diagnostic]:
    """The mistakes in a deck with this content that its text alone shows."""
    reporter = Reporter()
    try:
        compiled = compile_deck(DeckContext(path, project, folder, reporter), data=data)
        examine_page(compiled, list(compiled.slides()), folder)
    except Exception as error:
        reporter.add(diagnose(error, path, folder))
    return list(reporter)


def _unused(
    sources: Sequence[Path], decks: Sequence[CheckedDeck], output: Path, folder: Path
) -> Iterator[Diagnostic]:
    from slidegen.check.unused import unused_files

    shown = {
        resolve_links(path)
        for deck in decks
        for path in (*deck.compiled.reads.files, *deck.compiled.reads.probed)
    }
    folders = [each for each in sources if each.is_dir()] or [each.parent for each in sources]
    yield from unused_files(folders, shown, output, folder)


def list_rules() -> Iterator[tuple[str, str, str]]:
    """Yield for each rule its name, code and description; a limit follows the name."""
    codes = {rule_name(code): code for code in all_codes()}
    for name in sorted(rule_names()):
        bound = f": {BOUNDS[name]:g}" if name in BOUNDS else ""
        yield name + bound, codes[name].number, codes[name].meaning
