"""Configures a deck: merges `slidegen.yml`, front matter, the variant and the command's options."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from slidegen.compile.context import CompileOptions, DeckContext
from slidegen.compile.known_macros import KnownMacros
from slidegen.config import Config, Setting, configure
from slidegen.deck.variants import Variant
from slidegen.diagnostics import Reporter
from slidegen.files.deck_files import DeckFiles
from slidegen.option_records import MathOptions
from slidegen.project.project import as_properties, from_root
from slidegen.project.variants import find_variant
from slidegen.reading.source_deck import SourceDeck
from slidegen.source import Span
from slidegen.syntax.nodes import Property


class ConfiguredDeck(Struct, frozen=True):
    """A deck with its options, and so with the files and macros it may use."""

    source: SourceDeck
    config: Config
    variables: Mapping[str, Property]
    """What `{{name}}` stands for on every slide."""
    variant: Variant | None
    """The variant to make; None for the deck itself."""
    files: DeckFiles
    macros: KnownMacros
    project_places: Mapping[str, Span]
    """Where slidegen.yml sets each option."""

    @property
    def places(self) -> dict[str, Span]:
        """Where each option is set: in the deck, else in slidegen.yml."""
        own = {setting.key: setting.value_span for setting in self.source.settings}
        return {**self.project_places, **own}


def configure_deck(source: SourceDeck, deck: DeckContext, options: CompileOptions) -> ConfiguredDeck:
    """Determine the deck's options; raises DeckError if the requested variant does not exist."""
    project = deck.project
    base, given = project.config_for(deck.path)
    config, unknown = configure(base, source.settings, "deck", deck.reporter)
    variant = None if options.variant is None else find_variant(project.variants, options.variant)
    if variant is not None:
        config, own = _of_variant(config, variant)
        unknown |= own
    if options.ink:
        config = replace(config, ink=True)
    if options.keep_excluded:
        config = replace(config, excludedClasses=())
    return ConfiguredDeck(
        source=source,
        config=_of_page(config, source, options),
        variables={**project.variables, **as_properties(given), **as_properties(unknown)},
        variant=variant,
        files=DeckFiles.of_project(project.root, deck.folder, config.assets.allow, deck.reads),
        macros=KnownMacros.of_deck(source, project.templates),
        project_places=project.places,
    )


def _of_variant(config: Config, variant: Variant) -> tuple[Config, dict[str, Setting]]:
    """The options including those that a variant sets, and the variables among the latter."""
    config, own = configure(config, variant.settings, "deck", Reporter())  # read_variants has reported it
    config = from_root(config, {setting.key for setting in variant.settings})
    if variant.notes is not None:
        config = replace(config, includePresenterNotes=variant.notes)
    return config, own


def _of_page(config: Config, source: SourceDeck, options: CompileOptions) -> Config:
    """The options of a deck in a page, whose scripts may number slides and show formulas."""
    page = source.page
    if page is not None and page.number and options.as_remark:
        config = replace(config, slideNumberFormat=Config().slideNumberFormat)
    if page is not None and not page.formulas and config.math == MathOptions():
        config = replace(config, math=MathOptions(enabled=False))
    return config
