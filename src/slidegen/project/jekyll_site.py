"""Jekyll sites: the data their decks can use, and which of their pages are decks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path, PurePosixPath

from msgspec import Struct, field

from slidegen.config import Setting
from slidegen.diagnostics import DeckError, Reporter
from slidegen.files.dependencies import Reads
from slidegen.files.paths import display_path
from slidegen.files.read_file import read_bytes
from slidegen.files.regular import read_regular
from slidegen.json_data import read_json
from slidegen.option_types import Value
from slidegen.patterns import lazy_compile
from slidegen.reading.markdown import decode, read_markdown
from slidegen.reading.source_deck import SourceDeck
from slidegen.source import Source

JEKYLL_FILE = "_config.yml"
"""The file at the top of a Jekyll site."""
POSTS = "_posts"
"""A folder that only Jekyll has."""


POST = lazy_compile(r"(\d{4})-(\d{1,2})-(\d{1,2})-(.+)")
TOP_FILES = (JEKYLL_FILE, ".git", "slidegen.yml")
"""What may be at the top of a site, or of a folder that contains it."""
SHOWS_DECK = lazy_compile(
    r"remark\s*\.\s*create\b|\bid\s*=\s*[\"']?source\b|\bremark(?:-latest|-\d[\w.]*)?(?:\.min)?\.js\b"
)
"""What occurs only in layouts of remark decks."""
NAMED_INCLUDE = lazy_compile(r"\{%-?\s*include(?:_cached)?\s+([\w./-]++)")
DECK_MARKS = lazy_compile(
    r"^---[ \t]*\n(?:\n)?(?:class|name|layout|template|count|background-image):|^\?\?\?[ \t]*$|^--[ \t]*$|\.[\w-]+\[",
    re.MULTILINE,
)
"""What occurs in remark's Markdown only."""
NONE = frozenset(("", "none", "null", "nil", "false", "~"))
"""Values that name no layout."""
MAX_LAYOUTS = 20
"""How deeply layouts may nest."""
MAX_DEPTH = 5
"""How deeply folders of data may nest."""
MAX_BYTES = 2_000_000
"""Size limit of a layout or data file, in bytes."""


class JekyllSite(Struct, dict=True):
    """A Jekyll site, read only as far as a deck needs it."""

    top: Path
    """Its folder: absolute, with links resolved."""
    folder: Path
    """The working folder."""
    reads: Reads = field(default_factory=Reads)
    reporter: Reporter = field(default_factory=Reporter)

    @cached_property
    def settings(self) -> Sequence[Setting]:
        """The settings in `_config.yml`; raises DeckError if it cannot be read."""
        path = self.top / JEKYLL_FILE
        if not self.reads.is_file(path):
            return ()
        source = decode(display_path(path, self.folder), read_bytes(path, self.folder, self.reads, MAX_BYTES))
        from slidegen.reading.settings import read_settings  # here, since it loads PyYAML

        return read_settings(source, 0, len(source.text))

    @cached_property
    def values(self) -> Mapping[str, Value]:
        """The settings as plain values."""
        return {item.key: item.value for item in self.settings}

    @property
    def has_theme(self) -> bool:
        """Whether layouts may come from a theme outside the site."""
        return bool(self.values.get("theme") or self.values.get("remote_theme"))

    @cached_property
    def page_folders(self) -> frozenset[str]:
        """The folders of pages whose names start with `_`; empty if `_config.yml` cannot be read."""
        try:
            return self.collections
        except DeckError:
            return frozenset()

    def is_laid_out(self, data: bytes, path: Path) -> bool:
        """Whether an HTML file has front matter, and a layout that shows a deck."""
        if not data.startswith((b"---\n", b"---\r\n")):
            return False
        try:
            named = layout_name(read_markdown(decode("", data)), self.defaults(path))
            return named is not None and bool(self.shows_deck(str(named.value)))
        except DeckError:
            return False

    @cached_property
    def collections(self) -> frozenset[str]:
        """The folders of pages whose names start with `_`; raises DeckError for a bad `_config.yml`."""
        named = self.values.get("collections") or ()
        return frozenset({POSTS, *(f"_{name}" for name in named if isinstance(name, str))})

    def source(self, kind: str, name: str) -> Source | None:
        """The file of this name in a folder such as `_includes`; None if there is none that may be read."""
        folder = self.top / str(self.values.get(f"{kind}_dir") or f"_{kind}")
        path = folder / name
        real = self.reads.resolve(path)
        if ".." in PurePosixPath(name).parts or not real.is_relative_to(self.reads.resolve(self.top)):
            return None
        if "\0" in name or not self.reads.is_file(path) or path.stat().st_size > MAX_BYTES:
            return None
        try:
            return decode(display_path(path, self.folder), read_bytes(path, self.folder, self.reads))
        except DeckError as error:
            self.reporter.add(error.diagnostic)
            return None

    def layouts(self, name: str) -> Iterator[tuple[str, Source | None, Mapping[str, Value], int]]:
        """A layout and those around it, innermost first: name, text, front matter, start offset.

        The last one has no text if it does not exist. Raises DeckError for front matter that is not YAML.
        """
        seen: list[str] = []
        while name.lower() not in NONE and name not in seen and len(seen) < MAX_LAYOUTS:
            seen.append(name)
            source = self._layout(name)
            if source is None:
                yield name, None, {}, 0
                return
            written = read_markdown(source)
            values = {item.key: item.value for item in written.settings}
            yield name, source, values, written.start
            name = str(values.get("layout") or "")

    def _layout(self, name: str) -> Source | None:
        for suffix in (".html", "", ".htm", ".xhtml", ".md"):
            source = self.source("layouts", name + suffix)
            if source is not None:
                return source
        return None

    def names(self, kind: str, folder: str = "") -> list[str]:
        """The names in a folder such as `_layouts`."""
        return self.reads.listing(self.top / str(self.values.get(f"{kind}_dir") or f"_{kind}") / folder)

    def shows_deck(self, name: str) -> bool | None:
        """Whether pages with a layout show a remark deck; None if the layout does not exist."""
        found = list(self.layouts(name))
        texts = [source.text[start:] for _, source, _, start in found if source is not None]
        if any(SHOWS_DECK.search(text) for text in self._with_includes(texts)):
            return True
        return None if not found or found[-1][1] is None else False

    def _with_includes(self, texts: Sequence[str]) -> Iterator[str]:
        left, seen = list(texts), set[str]()
        while left:
            text = left.pop()
            yield text
            for name in NAMED_INCLUDE.findall(text):
                if name not in seen:
                    seen.add(name)
                    source = self.source("includes", name)
                    left += [source.text] if source is not None else []

    def data(self, folder: str = "", within: tuple[Path, ...] = ()) -> dict[str, Value]:
        """`site.data`: the files of `_data`, by name without suffix; `within` are the folders around a folder."""
        found: dict[str, Value] = {}
        real = self.reads.resolve(self.top / str(self.values.get("data_dir") or "_data") / folder)
        if (
            real in within
            or len(within) >= MAX_DEPTH
            or not real.is_relative_to(self.reads.resolve(self.top))
        ):
            return found
        for name in self.names("data", folder):
            place = f"{folder}/{name}".lstrip("/")
            if "." not in name and not name.startswith("_"):
                below = self.data(place, (*within, real))
                if below:
                    found[name] = below
            stem, _, suffix = name.rpartition(".")
            source = (
                self.source("data", place)
                if suffix.lower() in ("yml", "yaml", "json", "csv", "tsv")
                else None
            )
            if source is not None:
                found[stem] = self._data(source, suffix.lower())
        return found

    def _data(self, source: Source, suffix: str) -> Value:
        import csv

        from slidegen.diagnostics import Code
        from slidegen.reading.bounded_yaml import load_yaml

        try:
            if suffix in ("csv", "tsv"):
                rows = csv.DictReader(source.text.splitlines(), delimiter="\t" if suffix == "tsv" else ",")
                return [dict(row) for row in rows]
            if suffix == "json":
                return read_json(source.text)
            return load_yaml(source.text)
        except (ValueError, csv.Error, RecursionError) as error:
            message = f"cannot be read: {error}".splitlines()[0]
            self.reporter.report(Code.LIQUID, message, path=source.path)
            return None

    def relative(self, path: Path) -> PurePosixPath:
        """A page's place in the site."""
        return PurePosixPath(path.relative_to(self.top) if path.is_relative_to(self.top) else path.name)

    def defaults(self, path: Path) -> dict[str, Setting]:
        """The values that `defaults:` in `_config.yml` gives a page; narrower scopes take precedence."""
        given = next((item.value_span for item in self.settings if item.key == "defaults"), None)
        items = self.values.get("defaults")
        if given is None or not isinstance(items, list):
            return {}
        relative = self.relative(path)
        kind = next((part[1:] for part in relative.parts if part in self.collections), "pages")
        fitting: list[tuple[int, Mapping[str, object]]] = []
        for item in items:
            scope, values = (
                (item.get("scope"), item.get("values")) if isinstance(item, dict) else (None, None)
            )
            if not isinstance(values, dict):
                continue
            scope = scope if isinstance(scope, dict) else {}
            place = str(scope.get("path") or "").strip("/")
            if scope.get("type") in (None, "", kind) and _is_below(relative, place):
                fitting.append((len(place), values))
        found: dict[str, Setting] = {}
        for _, values in sorted(fitting, key=lambda item: item[0]):
            for key, value in values.items():
                written = "" if isinstance(value, dict | list) or value is None else str(value)
                span = given.find(written) if written else given
                found[str(key)] = Setting(
                    key=str(key), value=value, written=written, key_span=span, value_span=span
                )
        return found

    def page(self, path: Path, settings: Sequence[Setting]) -> dict[str, Value]:
        """What Jekyll derives from a page's path: its address, and the date of a post."""
        relative = self.relative(path)
        values: dict[str, Value] = {"path": relative.as_posix(), "name": path.name}
        given = {item.key: item.written for item in settings}
        folders = [part for part in relative.parent.parts if not part.startswith("_")]
        post = POST.fullmatch(path.stem)
        if post is not None:
            year, month, day, slug = post.groups()
            values["date"], values["slug"] = f"{year}-{month:0>2}-{day:0>2}", slug
            address = "/".join(("", *folders, year, f"{month:0>2}", f"{day:0>2}", f"{slug}.html"))
        elif path.stem == "index":
            address = "/".join(("", *folders, ""))
        else:
            address = "/".join(("", *folders, f"{path.stem}.html"))
        permalink = given.get("permalink", "")
        if permalink and ":" not in permalink:
            address = "/" + permalink.lstrip("/")
        values["url"] = address
        return values


def find_site(path: Path, root: Path, folder: Path, reads: Reads, reporter: Reporter) -> JekyllSite:
    """The site that a deck is in: the nearest folder upwards, within the project, with a `_config.yml`."""
    for parent in path.parents:
        if reads.is_file(parent / JEKYLL_FILE):
            return JekyllSite(parent, folder, reads, reporter)
        if parent == root:
            break
    return JekyllSite(root, folder, reads, reporter)


def site_of(folder: Path) -> JekyllSite | None:
    """The site that a folder is in; None if there is none."""
    for parent in (folder, *folder.parents):
        if any((parent / name).exists() for name in TOP_FILES):
            is_site = (parent / JEKYLL_FILE).is_file()
            return JekyllSite(parent, parent) if is_site else None
    return None


def is_deck_of(site: JekyllSite, path: Path) -> bool:
    """Whether a page of a site is a deck: its layout shows one, or it shows one itself.

    A page without a layout is; so is one with an unknown layout, unless a theme may have that and nothing in the
    page looks like a deck. One that cannot be read is too, so that the error is reported.
    """
    if not path.is_file():  # a pipe would block
        return True
    try:
        written = read_markdown(decode("", read_regular(path)))
        name = layout_name(written, site.defaults(path))
        if name is None:
            return True
        shows = site.shows_deck(name.written or str(name.value))
    except (DeckError, OSError):
        return True
    text = written.source.text[written.start :]
    if shows is None:
        return not site.has_theme or DECK_MARKS.search(text) is not None
    return shows or SHOWS_DECK.search(text) is not None


def layout_name(written: SourceDeck, defaults: Mapping[str, Setting]) -> Setting | None:
    """The layout that a page names, or that its site gives it."""
    own = next((item for item in written.settings if item.key == "layout"), defaults.get("layout"))
    if own is None or not isinstance(own.value, str) or own.value.strip().lower() in NONE:
        return None
    return own


def _is_below(relative: PurePosixPath, place: str) -> bool:
    """Whether a page is in a scope: a folder, a file, or a glob of these."""
    if not place:
        return True
    if "*" in place:
        return any(fnmatchcase(str(part), place) for part in (relative, *relative.parents))
    return relative.is_relative_to(place)
