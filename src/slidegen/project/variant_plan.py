"""Plans which variants of the decks a command builds, and where their pages go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from slidegen.deck.variants import Variant
from slidegen.project.discovery import DEFAULT_NAME
from slidegen.project.project import Projects, default_folders, named_folders
from slidegen.project.variants import VariantBuild, folders_of, plan_versions


def variants_of(sources: Sequence[Path], folder: Path) -> Mapping[str, Variant]:
    """The variants of the project that the first source belongs to."""
    projects = Projects(folder)
    first = sources[0] if sources else default_folders(projects, folder)[0]
    return projects.of(first / DEFAULT_NAME if first.is_dir() else first).variants


def versions(
    sources: Sequence[Path], output: Path | None, asked: Sequence[str], folder: Path
) -> tuple[list[VariantBuild], dict[str, Path]]:
    """What a build of these sources makes, and the folder of each variant.

    Raises DeckError for an unknown variant.
    """
    variants = variants_of(sources, folder)
    default = named_folders(Projects(folder), sources, folder)[1]
    return plan_versions(variants, asked, output, default), folders_of(variants, output, default)
