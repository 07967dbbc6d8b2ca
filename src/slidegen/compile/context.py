"""What a deck is compiled from: its file, its surroundings, and the command's options."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.deck.resolve import KnownSlides
from slidegen.diagnostics import Reporter
from slidegen.files.deck_files import DeckFiles
from slidegen.files.dependencies import Reads
from slidegen.files.paths import resolve_links
from slidegen.project.project import Project
from slidegen.syntax.incremental import IncrementalParser
from slidegen.syntax.nodes import Property

if TYPE_CHECKING:
    from slidegen.deck.leave_out import KnownRemains


class CompileOptions(Struct, frozen=True):
    """What a command asks for, besides what the deck and its project say."""

    theme: str | None = None
    """A theme that takes precedence over the deck's own."""
    variant: str | None = None
    """The variant to make."""
    ink: bool = False
    """Whether to show drawings on slides, whatever the deck says."""
    keep_excluded: bool = False
    """Whether to keep slides that `excludedClasses` leaves out."""
    as_remark: bool = False
    """Whether to show slides as remark itself does, before scripts of the author's page change them."""


class LastVersion(Struct):
    """The results for the last compiled version of a deck, which the next one reuses where nothing has changed."""

    parser: IncrementalParser = field(default_factory=IncrementalParser)
    remains: KnownRemains | None = None
    """What the variant left of its slides; None before a project has variants."""
    slides: KnownSlides = field(default_factory=KnownSlides)
    variables: Mapping[str, Property] = field(default_factory=dict)


class DeckContext(Struct, frozen=True):
    """A deck's file, its project, and who receives its diagnostics."""

    path: Path
    project: Project
    folder: Path
    """The working folder, to which paths in diagnostics are relative."""
    reporter: Reporter = field(default_factory=Reporter)
    """Receives the deck's diagnostics."""
    reads: Reads = field(default_factory=Reads)
    """Receives the files that the deck is made from."""

    @property
    def file(self) -> Path:
        """The deck's own file: absolute, with links resolved."""
        return resolve_links(self.path)

    @property
    def place(self) -> Path:
        """The deck's own file: absolute, under the name it was given."""
        return self.path if self.path.is_absolute() else self.folder / self.path

    def with_dependencies(self) -> DeckContext:
        """A copy in which `reads` also receives the templates that are looked up in the project."""
        self.reads.resolve(self.path.absolute())
        return replace(self, project=self.project.with_dependencies(self.reads))

    def files(self) -> DeckFiles:
        """The files that the project lets the deck read, before the deck's own options are known."""
        config = self.project.config
        return DeckFiles.of_project(
            self.project.root, self.folder, config.assets.allow, self.reads, config.deckLimit
        )
