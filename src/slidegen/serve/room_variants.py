"""Determines which variant the audience sees of each project, from the first build until serve ends."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct, field

from slidegen.files.paths import resolve_links
from slidegen.project.project import CONFIG_FILE, Project
from slidegen.project.variants import audience_variant


class RoomVariants(Struct):
    """Remembers the variants that projects have named.

    A typo in `slidegen.yml`, or its deletion, must not show the audience what the variant leaves out.
    """

    _named: dict[Path, str | None] = field(default_factory=dict)
    """By the folders of projects."""

    def of(self, project: Project, deck: Path) -> str | None:
        """The variant that the audience sees of a deck; None for the presenter's version."""
        root = resolve_links(project.root)
        name = audience_variant(project.config, project.variants)
        if (root / CONFIG_FILE).is_file():
            self._named[root] = name or self._named.get(root)
            return self._named[root]
        home = resolve_links(deck.absolute())
        above = [folder for folder in self._named if home.is_relative_to(folder)]
        return name or (self._named[max(above, key=lambda folder: len(folder.parts))] if above else None)
