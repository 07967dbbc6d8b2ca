"""`slidegen config`: prints the options in effect, and where each value comes from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

from slidegen.compile.context import DeckContext
from slidegen.compile.load import load_deck
from slidegen.config import ALSO_VARIABLES, OPTIONS, Config, Setting, configure
from slidegen.diagnostics import Diagnostic, Reporter
from slidegen.files.dependencies import Reads
from slidegen.files.paths import display_path
from slidegen.files.read_file import read_bytes
from slidegen.patterns import lazy_compile
from slidegen.project.discovery import DEFAULT_NAME
from slidegen.project.project import CONFIG_FILE, LARGEST_SETTINGS, Projects
from slidegen.reading.markdown import decode

PLAIN = lazy_compile(r"[^\W\d](?:[\w ./-]*[\w./-])?")
NOT_TEXT = frozenset(("true", "false", "yes", "no", "on", "off", "null"))


class ConfigValue(Struct, frozen=True):
    """A value in effect."""

    name: str
    value: str
    """As YAML."""
    origin: str
    """`path:line`, or `default`."""
    variable: bool = False
    """Whether it is a variable, `{{name}}`, rather than an option."""


def effective_config(deck: Path | None, folder: Path) -> tuple[list[ConfigValue], Sequence[Diagnostic]]:
    """The options of a deck, or of the project's decks, and their diagnostics.

    Raises DeckError if slidegen.yml or the deck cannot be read.
    """
    reporter, reads = Reporter(), Reads()
    project = Projects(folder).of(deck or folder / DEFAULT_NAME)
    for diagnostic in project.diagnostics:
        reporter.add(diagnostic)
    settings: dict[str, Setting] = {}
    path = project.root / CONFIG_FILE
    if path.is_file():
        source = decode(display_path(path, folder), read_bytes(path, folder, reads, LARGEST_SETTINGS))
        from slidegen.reading.settings import read_settings  # here, since it loads PyYAML

        settings.update((item.key, item) for item in read_settings(source, 0, len(source.text)))
    config, unknown = project.config, set(project.variables)
    if deck is not None:
        config, given = project.config_for(deck)
        settings.update((item.key, item) for item in project.settings_for(deck))
        unknown |= set(given)
        own = load_deck(DeckContext(deck, project, folder, reporter, reads)).settings
        config, variables = configure(config, own, "deck", reporter)
        settings.update((item.key, item) for item in own)
        unknown |= set(variables)
    return [*_options(config, settings), *_variables(unknown, settings)], reporter.diagnostics


def _options(config: Config, settings: Mapping[str, Setting]) -> Iterator[ConfigValue]:
    for name in OPTIONS:
        setting = settings.get(name)
        value = getattr(config, name)
        given = setting is not None and value != getattr(Config(), name)
        plain = setting.value if given and setting is not None else value
        if name == "ratio":
            plain = ":".join(f"{part:g}" for part in config.ratio)
        origin = _place(setting) if setting is not None and setting.value is not None else "default"
        yield ConfigValue(name, _yaml(plain), origin)


def _variables(names: Iterable[str], settings: Mapping[str, Setting]) -> Iterator[ConfigValue]:
    below = settings.get("variables")
    inner = below.value if below is not None and isinstance(below.value, dict) else {}
    for name in sorted(set(names) - ALSO_VARIABLES):
        setting = settings.get(name)
        if setting is not None:
            yield ConfigValue(name, _yaml(setting.written or setting.value), _place(setting), variable=True)
        elif below is not None and name in inner:
            part = next((item for item in below.parts if item.key == name), below)
            yield ConfigValue(name, _yaml(inner[name]), _place(part), variable=True)


def _place(setting: Setting) -> str:
    return f"{setting.key_span.written.source.path}:{setting.key_span.position.line}"


def _yaml(value: object) -> str:
    """A value on one line, as JSON, which is YAML too; unquoted where that is safe."""
    if isinstance(value, str) and PLAIN.fullmatch(value) and value.lower() not in NOT_TEXT:
        return value
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Struct):
        return asdict(value)
    return str(value)
