"""Which versions of the decks a command makes, and where they go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from slidegen.deck.variants import Variant
from slidegen.site.decks import DEFAULT_NAME, DEFAULT_OUTPUT, DEFAULT_SOURCE
from slidegen.site.project import Projects
from slidegen.site.variants import Version, plan_versions


def variants_of(sources: Sequence[Path], folder: Path) -> Mapping[str, Variant]:
    """The variants of the project that the first source belongs to."""
    first = (sources or [DEFAULT_SOURCE])[0]
    return Projects(folder).of(first / DEFAULT_NAME if first.is_dir() else first).variants


def versions(
    sources: Sequence[Path], output: Path | None, asked: Sequence[str], folder: Path
) -> list[Version]:
    """What a build of these sources makes; raises DeckError for a variant that there is not."""
    return plan_versions(variants_of(sources, folder), asked, output, DEFAULT_OUTPUT)
