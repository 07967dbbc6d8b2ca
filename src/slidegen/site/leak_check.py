"""The check of what a build of a variant writes: pages, what stands beside them, the course page, the archive."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.render.assets import Copy, Found
from slidegen.site.compile import CompiledDeck, html_beside
from slidegen.site.course_plan import load_summary
from slidegen.site.decks import resolved
from slidegen.site.files import DeckFiles
from slidegen.site.leaks import Leak, Secrets, digest_of, find_leaks
from slidegen.site.left_out import LeftOut, read_left_out, references
from slidegen.site.page import BuiltPage
from slidegen.site.project import Project, shown_path
from slidegen.site.regular import read_regular
from slidegen.site.resources import own_templates
from slidegen.source import Span
from slidegen.syntax.nodes import Property

MOST = 5
"""Places that are named for one file."""
TEXTS = frozenset({".html", ".css", ".js", ".mjs", ".json", ".bib", ".csl", ".xml"})
HINT = "nothing was written; please report this with the lines that are named, and keep them out of the deck until then"


def check_page(compiled: CompiledDeck, built: BuiltPage, output: Path, folder: Path) -> Secrets:
    """Report what is left out of a deck and is in its page or in a file beside it; gives what was looked for."""
    secrets, places = _secrets(compiled, folder)
    _report(compiled, secrets, places, str(output), built.page, folder)
    for path, copy in built.files.items():
        _report(compiled, secrets, places, shown_path(path, folder), _bytes(copy), folder)
    return secrets


def check_text(compiled: CompiledDeck, text: str, folder: Path) -> bool:
    """Whether a text that is told of a deck holds what is left out of it; that is reported."""
    secrets, places = _secrets(compiled, folder)
    return _report(compiled, secrets, places, "what inspect prints", text.encode("utf-8", "replace"), folder)


def check_course(
    files: Mapping[Path, bytes], summaries: Sequence[Mapping[str, Any]], project: Project, folder: Path
) -> None:
    """Raise DeckError where the course page, its search or its feed hold what is left out of a deck.

    What is left out of one deck may be said in another.
    """
    for index, summary in enumerate(summaries):
        if "left_out" not in summary:
            continue
        secrets = Secrets.of(summary["left_out"])
        others = [str(_shown(other)) for place, other in enumerate(summaries) if place != index]
        for path, data in files.items():
            for leak in find_leaks(data, secrets, partial(_of_course, others, project)):
                raise DeckError(_leak(leak, shown_path(path, folder)))


def archive_check(archive: str, project: Project, summaries: Sequence[str]) -> Callable[[str, bytes], None]:
    """A function that looks at each file of an archive by its name and bytes, for decks whose summaries were kept.

    It raises DeckError where the file holds what is left out of a deck.
    """
    found = [json.loads(load_summary(project.root, name)) for name in summaries]
    secrets = [Secrets.of(summary["left_out"]) for summary in found if "left_out" in summary]
    shown = [str(_shown(summary)) for summary in found if "left_out" in summary]

    def check(name: str, data: bytes) -> None:
        for index, each in enumerate(secrets):
            others = shown[:index] + shown[index + 1 :]
            for leak in find_leaks(data, each, partial(_of_course, others, project)):
                raise DeckError(_leak(leak, f"{archive}, {name}"))

    return check


def _secrets(compiled: CompiledDeck, folder: Path) -> tuple[Secrets, dict[str, Span]]:
    """What is left out of a deck, and where it stands."""
    whole, variant = compiled.whole, compiled.deck.variant
    secrets, places = Secrets(), dict[str, Span]()
    if whole is None or variant is None:
        return secrets, places
    files = DeckFiles.of_project(compiled.project.root, folder, compiled.deck.config.assets.allow)
    left_out = read_left_out(
        whole.raw,
        variant,
        whole.variables,
        notes=compiled.deck.config.includePresenterNotes,
        others=_beside(compiled, files),
        settings=(Property(item.key, item.written, item.value_span) for item in compiled.settings),
    )
    for text, span in left_out.passages:
        written = span.written
        place = f"{written.source.path}:{written.position.line}:{written.position.column}"
        places.setdefault(place, written)
        secrets.add(text, place)
    secrets.forget("\n".join(left_out.kept))
    _add_files(secrets, left_out, compiled, files)
    return secrets, places


def _beside(compiled: CompiledDeck, files: DeckFiles) -> Iterator[Span]:
    return html_beside(compiled.page, compiled.deck.config, files, resolved(compiled.path))


def _add_files(secrets: Secrets, left_out: LeftOut, compiled: CompiledDeck, files: DeckFiles) -> None:
    """The files to which only what is left out refers."""
    deck = resolved(compiled.path)
    for name, span in left_out.files():
        if "://" in name or name.startswith(("#", "data:")):
            continue
        found = files.find(unquote(name.partition("#")[0].partition("?")[0]), deck)
        if isinstance(found, Found) and found.size:
            written = span.written
            place = f"{written.source.path}:{written.position.line}:{written.position.column}"
            secrets.files[digest_of(files.read(found.path))] = (name, place)
    for text in left_out.kept if secrets.files else ():
        for name in references(text):
            kept = files.find(unquote(name), deck)
            if isinstance(kept, Found):
                secrets.files.pop(digest_of(files.read(kept.path)), None)


def _report(
    compiled: CompiledDeck,
    secrets: Secrets,
    places: Mapping[str, Span],
    shown: str,
    data: bytes,
    folder: Path,
) -> bool:
    if not secrets.grams and not secrets.files:
        return False
    leaks = find_leaks(data, secrets, lambda: _explained(compiled, folder))
    for leak in leaks[:MOST]:
        item = _leak(leak, shown)
        compiled.reporter.report(item.code, item.message, places.get(leak.place), hint=item.hint)
    return bool(leaks)


def _leak(leak: Leak, shown: str) -> Diagnostic:
    return Diagnostic(Code.LEAK, f"this is left out, but {shown} would hold it", path=leak.place, hint=HINT)


def _explained(compiled: CompiledDeck, folder: Path) -> Iterator[str]:
    """Texts that may be in a page for another reason than that a deck holds them."""
    for text, _ in compiled.content.macros.outputs:
        yield text
    yield from _of_course((), compiled.project)
    decks = {compiled.path.absolute(), resolved(compiled.path)}
    whole = compiled.whole
    if whole is not None:
        decks |= {folder / source.path for source in whole.raw.included}
    bodies = {
        span.source.path for span in _beside(compiled, DeckFiles.of_project(compiled.project.root, folder))
    }
    for path in compiled.reads.files:
        if path.suffix.lower() in TEXTS and path not in decks and shown_path(path, folder) not in bodies:
            yield _text(path)


def _of_course(others: Sequence[str], project: Project) -> Iterator[str]:
    """What is on a course page beside what one deck says: the other decks, and the course itself."""
    yield from others
    for name in ("course", "title", "code", "term", "description", "author", "links", "sessions", "url"):
        yield str(getattr(project.config, name))
    yield from _own_files()


def _own_files() -> Iterator[str]:
    for path in sorted(own_templates().rglob("*")):
        if path.suffix in TEXTS or path.suffix in (".yml", ".md"):
            yield _text(path)


def _text(path: Path) -> str:
    try:
        return read_regular(path).decode("utf-8", "replace")
    except OSError:
        return ""


def _bytes(copy: Copy) -> bytes:
    if copy.path is None:
        return copy.data
    try:
        return read_regular(copy.path)
    except OSError:  # writing it says so
        return b""


def _shown(summary: Mapping[str, Any]) -> dict[str, Any]:
    """What a summary says, without what is left out of its deck."""
    return {key: value for key, value in summary.items() if key != "left_out"}
