"""`slidegen inspect`: prints as JSON what slidegen makes of a deck."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from slidegen.compile.compile import CompiledDeck, compile_deck
from slidegen.compile.context import CompileOptions, DeckContext
from slidegen.diagnostics import Diagnostic, in_reading_order
from slidegen.files.paths import display_path
from slidegen.page.page import examine_page
from slidegen.project.fault_report import diagnose
from slidegen.project.project import Project, Projects, default_folders
from slidegen.project.variant_plan import variants_of
from slidegen.project.variants import find_variant


def inspect_decks(
    sources: Sequence[Path],
    folder: Path,
    warn: Callable[[Sequence[Diagnostic]], None],
    *,
    keep_excluded: bool,
    variant: str | None = None,
) -> Iterator[tuple[str, bool]]:
    """Yield for each deck a JSON object on one line, and whether the deck has errors.

    `warn` receives what is skipped. Raises DeckError for an unknown variant.
    """
    projects = Projects(folder)
    if variant is not None:
        find_variant(variants_of(sources, folder), variant)
    sources = sources or [default_folders(projects, folder)[0]]
    search = projects.find_decks(sources)
    warn(search.skipped)
    for found in search.decks:
        try:
            yield _inspect(found.path, projects.of(found.path), folder, keep_excluded, variant)
        except Exception as error:
            wrong = _diagnostic(diagnose(error, found.path, folder))
            value = {"path": str(found.path), "slides": [], "diagnostics": [wrong]}
            yield json.dumps(value, ensure_ascii=False), True


def _inspect(
    path: Path, project: Project, folder: Path, keep_excluded: bool, variant: str | None
) -> tuple[str, bool]:
    options = CompileOptions(variant=variant, keep_excluded=keep_excluded, as_remark=True)
    compiled = compile_deck(DeckContext(path, project, folder), options)
    slides = list(compiled.slides())
    examine_page(compiled, slides, folder)
    shown = {
        "title": compiled.title or next((slide.title for slide in slides if slide.title), path.stem),
        "slides": [
            {
                "number": slide.number_text,
                "name": slide.name,
                "id": slide.id,
                "classes": slide.classes,
                "style": slide.style,
                "html": slide.html,
                "notes": slide.notes,
                "line": slide.line,
                "step": slide.step,
            }
            for slide in slides
        ],
    }
    if compiled.whole is not None and _may_leak(compiled, shown, folder):
        shown = {"title": path.stem, "slides": []}
    value = {
        "path": display_path(path, folder),
        "title": shown["title"],
        "lang": compiled.deck.config.lang,
        "slides": shown["slides"],
        "diagnostics": [_diagnostic(item) for item in sorted(compiled.reporter, key=in_reading_order)],
    }
    return json.dumps(value, ensure_ascii=False), compiled.reporter.failed


def _may_leak(compiled: CompiledDeck, shown: Mapping[str, object], folder: Path) -> bool:
    """Whether the output for a variant may hold what it leaves out, because its deck has errors or a check finds it."""
    if compiled.reporter.failed:
        return True
    from slidegen.build.leak_check import check_text

    return check_text(compiled, json.dumps(shown, ensure_ascii=False), folder)


def _diagnostic(item: Diagnostic) -> dict[str, object]:
    position = item.span.position if item.span is not None else None
    return {
        "code": item.code.number,
        "severity": item.severity.value,
        "message": item.message,
        "path": item.span.source.path if item.span is not None else item.path,
        "line": position.line if position is not None else None,
        "column": position.column if position is not None else None,
        "included": [
            {"path": call.source.path, "line": call.position.line, "column": call.position.column}
            for call in (item.span.calls if item.span is not None else ())
        ],
        "hint": item.hint,
    }
