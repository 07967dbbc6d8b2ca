"""A project: the folder that a deck belongs to, with its slidegen.yml and templates."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from os.path import lexists
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.config import Config, Setting, configure
from slidegen.deck.variants import Variant, near_variants
from slidegen.diagnostics import Code, DeckError, Diagnostic, Reporter
from slidegen.files.dependencies import Reads
from slidegen.files.file_state import FOLDER_KIND, GONE, allowed_folder
from slidegen.files.paths import display_path, folder_title, resolve_links, seen_from
from slidegen.files.read_file import read_bytes
from slidegen.option_types import Value
from slidegen.patterns import lazy_compile
from slidegen.project.discovery import DEFAULT_NAME, DEFAULT_SOURCE, DeckRules, FoundDecks, find_decks
from slidegen.project.folder_options import read_folders, settings_for
from slidegen.project.jekyll_site import JEKYLL_FILE, POSTS
from slidegen.project.outputs import DEFAULT_OUTPUT
from slidegen.project.templates import TemplateFolders
from slidegen.project.variants import known_names, read_variants
from slidegen.reading.markdown import decode
from slidegen.render.xaringan_styles import xaringan_style_name
from slidegen.source import Span
from slidegen.spelling import suggest
from slidegen.syntax.nodes import Property

CONFIG_FILE = "slidegen.yml"
ADDRESS = lazy_compile(r"(?i:https?)://[^\s/]")
DOMAIN = lazy_compile(r"[\w-]+(?:\.[\w-]+)+(?:[:/]|\Z)")
ROOT_MARKS = (CONFIG_FILE, JEKYLL_FILE, ".git")
"""What is at the top of a project, in order of precedence."""
KNOWN_EDITORS = ("code", "cursor", "idea")
"""Editors that anyone's project may start: these names are not arbitrary commands."""
LARGEST_SETTINGS = 2_000_000
"""Size limit of a slidegen.yml, in bytes."""
PATHS = frozenset({"css", "scripts", "bodyStart", "favicon", "bibliography", "citationStyle"})
"""Options that name files."""


class Project(Struct, frozen=True):
    """What all decks of a project share."""

    root: Path
    config: Config
    variables: Mapping[str, Property]
    """The keys of slidegen.yml that are not options, and those under `variables:`."""
    templates: TemplateFolders
    variants: Mapping[str, Variant]
    """The variants described in slidegen.yml, by name."""
    diagnostics: tuple[Diagnostic, ...]
    """Mistakes in slidegen.yml."""
    places: Mapping[str, Span] = field(default_factory=dict)
    """Where slidegen.yml sets each option."""
    reads: Reads = field(default_factory=Reads)
    """What was read to load the project."""
    folders: tuple[Setting, ...] = ()
    """The folders whose decks have options of their own, outer ones first."""

    def config_for(self, deck: Path) -> tuple[Config, dict[str, Setting]]:
        """The options of a deck before its own, including those of its folders, and the variables among them."""
        settings = self.settings_for(deck)
        config, variables = configure(self.config, settings, "deck", Reporter())  # already reported
        return from_root(config, {item.key for item in settings}), variables

    def title_of(self, folder: Path) -> str:
        """The title of a list of a folder's decks: that of the course, or the name of the folder around `slides/`."""
        named = self.config.course or self.config.title
        if named:
            return named
        own = (self.root / CONFIG_FILE).is_file()
        is_whole = own and resolve_links(folder) == resolve_links(
            self.root / (self.config.slides or DEFAULT_SOURCE)
        )
        at = self.root if is_whole else resolve_links(folder)
        return folder_title(at.parent if at.name == DEFAULT_SOURCE.name else at)

    def settings_for(self, deck: Path) -> list[Setting]:
        """What `folders:` says for a deck, inner folders last."""
        return (
            settings_for(self.folders, resolve_links(deck), resolve_links(self.root)) if self.folders else []
        )

    def in_jekyll(self, deck: Path, reads: Reads) -> bool:
        """Whether a deck is in a Jekyll site within the project."""
        root, home = resolve_links(self.root), resolve_links(deck).parent
        return POSTS in home.parts or any(
            reads.is_file(parent / JEKYLL_FILE)
            for parent in (home, *home.parents)
            if parent.is_relative_to(root)
        )

    def with_dependencies(self, reads: Reads) -> Project:
        """A copy for a page, with `reads` receiving what the page depends on."""
        reads.add(self.reads)
        return replace(self, templates=self.templates.with_dependencies(reads))


def project_root(deck: Path, folder: Path) -> Path:
    """The root of a deck's project.

    It is the nearest folder upwards with a slidegen.yml, else with a `_config.yml`, else with a `.git`, else the
    working `folder` if the deck is in it, else the deck's own.
    """
    return _root_of(resolve_links(deck).parent, folder)


def _root_of(home: Path, folder: Path) -> Path:
    """The root of the project that a folder is in; the folder is absolute, with links resolved."""
    for name in ROOT_MARKS:
        for parent in (home, *home.parents):
            if lexists(parent / name):
                return parent
    working = folder.resolve()
    return working if home.is_relative_to(working) else home


def load_project(root: Path, folder: Path) -> Project:
    """The project at `root`; paths in diagnostics are relative to the working `folder`.

    Raises DeckError if its slidegen.yml cannot be read.
    """
    reporter = Reporter()
    reads = Reads()
    config, variables = Config(), {}
    variants: dict[str, Variant] = {}
    folders: tuple[Setting, ...] = ()
    places: dict[str, Span] = {}
    path = root / CONFIG_FILE
    if reads.stat_kind(path) != GONE or path.is_symlink():
        _refuse_leading_out(path, root, folder)
        source = decode(display_path(path, folder), read_bytes(path, folder, reads, LARGEST_SETTINGS))
        from slidegen.reading.settings import read_settings  # here, since it loads PyYAML

        settings = read_settings(source, 0, len(source.text))
        config, unknown = configure(config, settings, "project", reporter)
        config = from_root(config, PATHS)
        variables = as_properties(unknown)
        places = {setting.key: setting.value_span for setting in settings}
        for setting in settings:
            if setting.key == "variants" and setting.key not in unknown:
                variants = read_variants(setting, reporter)
            if setting.key == "folders" and setting.key not in unknown:
                folders = read_folders(setting, root, reporter)
            if setting.key == "variables" and isinstance(setting.value, dict):
                for name, value in setting.value.items():
                    variables[str(name)] = Property(str(name), str(value), setting.value_span)
        _check(config, variants, places, reporter)
        config = _trusted(config, settings, root, folder, reporter)
    user = root / config.templates
    is_there = reads.stat_kind(user) == FOLDER_KIND
    templates = TemplateFolders(
        user if is_there else None,
        foreign=not _is_users(user, root, folder),
        within=None if _works_in(root, folder) else _readable(root, config),
    )
    found = tuple(reporter.diagnostics)
    return Project(
        root=root,
        config=config,
        variables=variables,
        templates=templates,
        variants=variants,
        diagnostics=found,
        places=places,
        reads=reads,
        folders=folders,
    )


def _check(
    config: Config, variants: Mapping[str, Variant], places: Mapping[str, Span], reporter: Reporter
) -> None:
    """Report values that do not fit the rest of slidegen.yml, whose values have these places."""
    if "preview" in config.export and not config.url and "export" in places:
        message = "a preview needs `url:`, because pages name their picture by its full address"
        hint = "say where the course is published, as in `url: https://example.org/course/`"
        reporter.report(Code.PREVIEW_WITHOUT_URL, message, places["export"].find("preview"), hint=hint)
    if config.url and not ADDRESS.match(config.url):
        message = f"url expects an address with https://, not {config.url}"
        reporter.report(Code.BAD_VALUE, message, places["url"], hint=suggest(_address(config.url)))
    if config.audience and config.audience not in known_names(variants):
        message = f"there is no variant {config.audience} for the audience"
        hint = near_variants(config.audience, known_names(variants))
        reporter.report(Code.UNKNOWN_VARIANT, message, places["audience"], hint=hint)


def _address(text: str) -> str:
    """The address that is meant by one without a scheme; empty if it is none."""
    return f"https://{text}" if DOMAIN.match(text) else ""


def _trusted(
    config: Config, settings: Sequence[Setting], root: Path, folder: Path, reporter: Reporter
) -> Config:
    """The options to use from a project that the user does not work in.

    It may have come with someone's decks, so it starts no program, and gives them access neither to the local network
    nor to files outside, except in the folder or project that the user does work in, and there not to hidden files
    nor to an entire home directory.
    """
    home, working = resolve_links(root), resolve_links(folder)
    if _works_in(root, folder):
        return config
    own = _root_of(working, working)
    gives = not resolve_links(Path("~").expanduser()).is_relative_to(own)

    def may_be_read(name: str) -> bool:
        path = allowed_folder(home, name)
        if path.is_relative_to(home):
            return True
        shown = path.relative_to(own).parts if gives and path.is_relative_to(own) else (".",)
        return not any(part.startswith(".") for part in shown)

    assets = config.assets
    allow = tuple(filter(may_be_read, assets.allow))
    for setting in settings:
        if setting.key == "assets" and (allow != assets.allow or assets.hosts):
            message = "assets is not followed, because you do not work in this project"
            hint = f"if you trust it, run slidegen in its folder: cd {display_path(root, folder)}"
            reporter.report(Code.NOT_YOURS, message, setting.key_span, hint=hint)
    editor = config.editor if config.editor in KNOWN_EDITORS else ""
    return replace(config, editor=editor, assets=replace(assets, allow=allow, hosts=()))


def _is_users(templates: Path, root: Path, folder: Path) -> bool:
    """Whether a folder of templates is the user's own: in a project whose root is above the working folder, or is it.
    Templates elsewhere may have come with someone's decks.
    """
    return _works_in(root, folder) and resolve_links(templates).is_relative_to(resolve_links(root))


def _refuse_leading_out(path: Path, root: Path, folder: Path) -> None:
    """Raise DeckError for settings that are a link out of a project that the user does not work in."""
    if not _works_in(root, folder) and not resolve_links(path).is_relative_to(resolve_links(root)):
        message = "cannot be read, because it leads outside a project that you do not work in"
        raise DeckError(Diagnostic(Code.CANNOT_READ, message, path=display_path(path, folder)))


def _works_in(root: Path, folder: Path) -> bool:
    """Whether the working folder is in a project."""
    return resolve_links(folder).is_relative_to(resolve_links(root))


def _readable(root: Path, config: Config) -> tuple[Path, ...]:
    """The real folders that decks of a project may read."""
    home = resolve_links(root)
    return (home, *(allowed_folder(home, name) for name in config.assets.allow))


def default_folders(projects: Projects, folder: Path) -> tuple[Path, Path]:
    """The default folders of decks and pages; raises DeckError for a bad slidegen.yml.

    Folders that slidegen.yml names are relative to it, others to the working folder, except that `slides/` is the
    project's if only that exists. The working folder may itself be `slides/`.
    """
    project = projects.of(folder / DEFAULT_NAME)
    slides, output = DEFAULT_SOURCE, DEFAULT_OUTPUT
    given = Path(project.config.slides)
    if given != DEFAULT_SOURCE or not (folder / slides).exists():
        at_root = project.root / given
        slides = seen_from(folder, at_root) if at_root.is_dir() else given
    if Path(project.config.output) != DEFAULT_OUTPUT or slides.parts[:1] in ((), ("..",)):
        output = seen_from(folder, project.root / project.config.output)
    return slides, output


def named_folders(projects: Projects, sources: Sequence[Path], folder: Path) -> tuple[list[Path], Path]:
    """What a command with sources builds, and where pages go by default; raises DeckError as above.

    From above a project, its pages go where its own slidegen.yml says, and its folder means that of its decks.
    """
    slides, output = default_folders(projects, folder)
    if not sources:
        return [slides], output
    roots = {project_root(each / DEFAULT_NAME if each.is_dir() else each, folder) for each in sources}
    root = next(iter(roots))
    home, working = resolve_links(root), resolve_links(folder)
    if (
        len(roots) > 1
        or home == working
        or not home.is_relative_to(working)
        or not (home / CONFIG_FILE).is_file()
    ):
        return list(sources), output
    config = projects.of(root / DEFAULT_NAME).config
    if not resolve_links(home / config.output).is_relative_to(home):
        return list(sources), output  # it may be someone else's
    decks = home / config.slides
    is_whole = [
        resolve_links(each) == home and decks.is_dir() and decks.is_relative_to(home) for each in sources
    ]
    inside = seen_from(working, decks)
    chosen = [inside if whole else each for each, whole in zip(sources, is_whole, strict=True)]
    return chosen, seen_from(working, home / config.output)


class Projects(Struct):
    """The projects of the decks of one command, each read once."""

    folder: Path
    _by_root: dict[Path, Project] = field(default_factory=dict)
    _roots: dict[Path, Path] = field(default_factory=dict)
    """The root of each folder of decks."""

    def of(self, deck: Path) -> Project:
        """The project that a deck belongs to; raises DeckError if its slidegen.yml cannot be read."""
        return self._of_folder(resolve_links(deck).parent)

    def rules(self, home: Path) -> DeckRules:
        """The rules for a folder, which is absolute with links resolved; raises DeckError like `of`."""
        project = self._of_folder(home)
        allow = (allowed_folder(project.root, name) for name in project.config.assets.allow)
        config = project.config
        return DeckRules(config.exclude, config.deckLimit, (resolve_links(project.root), *allow))

    def find_decks(
        self, sources: Sequence[Path], skip: Collection[Path] = (), *, lenient: bool = False
    ) -> FoundDecks:
        """The decks that `sources` name by the rules of their projects, as in `discovery.find_decks`.

        With `lenient`, the usual rules apply if a slidegen.yml cannot be read.
        """
        return find_decks(sources, self._lenient_rules if lenient else self.rules, skip)

    def _lenient_rules(self, home: Path) -> DeckRules:
        try:
            return self.rules(home)
        except DeckError:
            return DeckRules(within=(home,))

    def _of_folder(self, home: Path) -> Project:
        if home not in self._roots:
            self._roots[home] = _root_of(home, self.folder)
        root = self._roots[home]
        if root not in self._by_root:
            self._by_root[root] = load_project(root, self.folder)
        return self._by_root[root]


def as_properties(settings: Mapping[str, Setting]) -> dict[str, Property]:
    """Settings as values for `{{key}}`."""
    return {key: Property(key, _as_text(setting), setting.value_span) for key, setting in settings.items()}


def from_root(config: Config, keys: Collection[str]) -> Config:
    """Resolve the paths in these options of slidegen.yml for use in any deck: `/` is the root."""
    changes: dict[str, object] = {}
    for key in PATHS.intersection(keys):
        value = getattr(config, key)
        if isinstance(value, tuple):
            changes[key] = tuple(map(_from_root, value))
        elif value and (key != "citationStyle" or value.endswith(".csl")):
            changes[key] = _from_root(value)
    return replace(config, **changes)


def _from_root(reference: str) -> str:
    """A path in slidegen.yml in a form that works in every deck: `/` is the project's root."""
    stays = reference.startswith("/") or "://" in reference or xaringan_style_name(reference) == reference
    return reference if stays else f"/{reference}"


def _as_text(setting: Setting) -> str:
    if setting.written:
        return setting.written
    if isinstance(setting.value, list):
        return ", ".join(map(_name, setting.value))
    return _name(setting.value)


def _name(value: Value) -> str:
    """A value as a text; for a person's name and address, the name."""
    if isinstance(value, dict) and "name" in value:
        value = value["name"]
    return "" if value is None else str(value)
