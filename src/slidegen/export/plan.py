"""Decides which file of each deck goes where."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.export.options import BY_SUFFIX, FORMATS, Format
from slidegen.files.paths import resolve_links
from slidegen.files.writing import folded
from slidegen.project.discovery import DEFAULT_NAME, FoundDeck
from slidegen.project.outputs import PlannedDeck
from slidegen.project.project import Projects, default_folders


def formats_of_build(sources: Sequence[Path], folder: Path) -> tuple[str, ...]:
    """What a build of these sources also exports, as the project's `export:` says."""
    projects = Projects(folder)
    first = sources[0] if sources else default_folders(projects, folder)[0]
    return projects.of(first / DEFAULT_NAME if first.is_dir() else first).config.export


def format_of(output: Path | None, name: str | None, *, handout: int = 0, notes: bool = False) -> Format:
    """The format that is asked for by name, else by the output's suffix, else PDF."""
    suffix = BY_SUFFIX.get(output.suffix.lower(), "") if output is not None else ""
    if suffix in ("png", "jpeg", "webp"):
        suffix = ""  # one file for many slides
    found = FORMATS[name or suffix or "pdf"]
    if found.name == "pdf" and notes:
        return FORMATS["notes"]
    return FORMATS["handout"] if found.name == "pdf" and handout else found


def is_file(output: Path | None) -> bool:
    """Whether an output is the file of one deck, not a folder."""
    return output is not None and BY_SUFFIX.get(output.suffix.lower(), "png") not in ("png", "jpeg", "webp")


def plan_exports(found: Sequence[FoundDeck], output: Path, made: Format) -> list[PlannedDeck]:
    """Where the file of each deck goes; for pictures, the folder, as a path that ends in none of their names.

    Raises DeckError where two decks would have one file, or a deck would be written over.
    """
    if is_file(output) and len(found) > 1:
        message = f"{len(found)} decks cannot go into one file"
        hint = "name a folder with -o, or one deck"
        raise DeckError(Diagnostic(Code.SAME_OUTPUT, message, path=str(output), hint=hint))
    planned = [PlannedDeck(item.path, _output(item, output, made, alone=len(found) == 1)) for item in found]
    sources = {resolve_links(item.path) for item in found}
    taken: dict[str, PlannedDeck] = {}
    for deck in planned:
        if resolve_links(deck.output) in sources:
            message, hint = "this would be written over a deck", "choose another place with -o"
            raise DeckError(Diagnostic(Code.CANNOT_WRITE, message, path=str(deck.output), hint=hint))
        other = taken.setdefault(folded(deck.output), deck)
        if other is not deck:
            message = f"would be written to {deck.output}, as {other.path} would"
            hint = "rename one of them, or export them into different folders with -o"
            raise DeckError(Diagnostic(Code.SAME_OUTPUT, message, path=str(deck.path), hint=hint))
    return planned


def _output(item: FoundDeck, output: Path, made: Format, *, alone: bool) -> Path:
    if is_file(output):
        return output
    if made.suffix == "/":
        named = alone and item.relative == Path(item.path.name)
        return output if named and output.name != "public" else output / item.relative.with_suffix("")
    return output / item.relative.with_name(item.relative.stem + made.suffix)
