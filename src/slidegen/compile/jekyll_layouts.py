"""Loads decks of Jekyll sites: runs their Liquid, and applies their layouts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from slidegen.config import Setting
from slidegen.diagnostics import Code, DeckError, Reporter
from slidegen.files.deck_files import DeckFiles
from slidegen.option_types import Value
from slidegen.patterns import lazy_compile
from slidegen.project.jekyll_site import JekyllSite, find_site, layout_name
from slidegen.reading.formats.jekyll import KEYS, Site, read_jekyll
from slidegen.reading.formats.standing_in import MARK, fill_json
from slidegen.reading.html_page.parts import page_parts
from slidegen.reading.markdown import read_markdown
from slidegen.reading.source_deck import SourceDeck
from slidegen.source import Composed, Source
from slidegen.spelling import nearest, suggest

if TYPE_CHECKING:
    from slidegen.reading.formats.layout_liquid import Layout, LayoutSite

PAGES = frozenset(
    "posts pages documents html_pages collections categories tags related_posts static_files".split()
)
"""What `site` lists of other pages."""
LOOK = frozenset("css scripts theme bodyStart favicon".split())
"""Options that belong to the layout if it reads them."""
PAGE = lazy_compile(r"<(?:textarea|html|body|script)\b", re.IGNORECASE)
CONTROL = lazy_compile(r"\{%-?\s*(?:for|if|unless|case|assign|capture|cycle|tablerow|increment|decrement)\b")
"""Tags for which a deck needs all of Liquid."""
IN_QUOTES = r"(?<=[\"'(=\s])"


def read_jekyll_deck(
    written: SourceDeck,
    path: Path,
    root: Path,
    folder: Path,
    files: DeckFiles,
    reporter: Reporter,
    *,
    has_look: bool = False,
) -> SourceDeck:
    """A deck as Jekyll would pass it on.

    `path` is absolute, with links resolved; `root` is the project's; `has_look` says whether the project gives the
    deck a look of its own. Raises DeckError for a bad `_config.yml`.
    """
    site = find_site(path, root, folder, files.reads, reporter)
    defaults = site.defaults(path)
    page = {**{key: item.value for key, item in defaults.items()}, **site.page(path, written.settings)}
    named = layout_name(written, defaults)
    is_whole = path.suffix.lower().startswith((".htm", ".xhtm")) and PAGE.search(written.source.text)
    if is_whole:
        own = {item.key: item.value for item in written.settings}
        outer = _layouts(named, site, reporter) if named is not None else []
        return _laid_out(written, outer, {**page, **own}, site, path, files, reporter, whole=True) or written
    kept = _without_liquid(written, page, site, reporter)
    if named is None or has_look:
        return kept
    chain = _layouts(named, site, reporter)
    if not chain:
        return kept
    own = {item.key: item.value for item in written.settings}
    shown = site.shows_deck(str(named.value)) or "<textarea" in kept.source.text
    made = _laid_out(kept, chain, {**page, **own}, site, path, files, reporter) if shown else None
    if made is None:
        message = f"the layout {named.value} shows no deck, so it gives this one nothing"
        hint = 'a layout of decks has the deck in <textarea id="source">, and calls remark.create'
        reporter.report(Code.NO_LAYOUT, message, named.value_span, hint=hint)
    return made or kept


def _without_liquid(
    written: SourceDeck, page: Mapping[str, Value], site: JekyllSite, reporter: Reporter
) -> SourceDeck:
    """Run the deck's Liquid: all of it if the deck has loops, conditions or names of its own."""
    if CONTROL.search(written.source.text, written.start) is not None:
        from slidegen.reading.formats.jekyll_layouts import do_control_tags

        own = {item.key: item.value for item in written.settings}
        done = do_control_tags(written.source, written.start, _about(site, {**page, **own}), reporter)
        if done is not None:
            settings = tuple(item for item in written.settings if item.key not in KEYS)
            return replace(written, source=_with_own_files(done, site), start=0, settings=settings)
    return read_jekyll(written, Site(site.values, lambda name: site.source("includes", name), page), reporter)


def _about(site: JekyllSite, page: Mapping[str, Value]) -> LayoutSite:
    from slidegen.reading.formats.layout_liquid import Layout, LayoutSite

    def include(name: str) -> Layout | None:
        source = site.source("includes", name)
        return Layout(source) if source is not None else None

    shared = _Shared(site, site.values)
    return LayoutSite(shared, page, include, shared.unknown)


def _layouts(named: Setting, site: JekyllSite, reporter: Reporter) -> list[Layout]:
    """The layouts of a deck, innermost first; empty, with a report, if one does not exist."""
    from slidegen.reading.formats.layout_liquid import Layout

    chain: list[Layout] = []
    for name, source, values, start in site.layouts(str(named.value)):
        if source is None:
            if site.has_theme or site.names("layouts") or site.settings:
                _report_missing(name, named, chain, site, reporter)
            return []
        chain.append(Layout(source, start, values))
    return chain


def _report_missing(
    name: str, named: Setting, chain: Sequence[Layout], site: JekyllSite, reporter: Reporter
) -> None:
    known = [Path(item).stem for item in site.names("layouts", str(Path(name).parent)) if "." in item]
    near = nearest(Path(name).name, known)
    if near:
        hint = suggest(Path(name).with_name(near[0]).as_posix())
    elif site.has_theme:
        hint = "layouts of a Jekyll theme are not in the site: copy this one to _layouts/, or remove it"
    else:
        hint = "layouts are files in _layouts/, such as _layouts/slides.html"
    place = named.value_span
    if chain:
        text = chain[-1].source
        place = next(
            (item.value_span for item in read_markdown(text).settings if item.key == "layout"), place
        )
    reporter.report(Code.NO_LAYOUT, f"there is no layout {name}", place, hint=hint)


def _laid_out(
    deck: SourceDeck,
    chain: Sequence[Layout],
    page: Mapping[str, Value],
    site: JekyllSite,
    path: Path,
    files: DeckFiles,
    reporter: Reporter,
    *,
    whole: bool = False,
) -> SourceDeck | None:
    """The deck as in the page that its layouts make; None if that has no deck.

    `whole` says that the deck's file is itself a page with Liquid in it.
    """
    from slidegen.compile.html_page import PageFiles
    from slidegen.reading.formats.jekyll_layouts import lay_out
    from slidegen.reading.formats.layout_liquid import Layout
    from slidegen.reading.html_page.page import read_page

    if whole:
        chain, deck_text = [Layout(deck.source, deck.start), *chain], Source(deck.source.path, "")
    else:
        deck_text = deck.source
    own = _Asked({**page, "content": MARK})
    laid = lay_out(deck_text, 0 if whole else deck.start, chain, _about(site, own), reporter)
    laid = _with_own_files(laid, site)
    files.other = _address(str(page.get("url") or ""), site)
    parts = page_parts(laid)
    scripts = "".join(item.content.text for item in parts.scripts if item.content is not None)
    if not parts.sources and "source" not in scripts:
        return None
    content = None if whole else Source(deck.source.path, deck.source.text[deck.start :])
    try:
        around = read_page(laid, PageFiles(path, files), reporter, content=content)
    except DeckError as error:
        if error.diagnostic.code is not Code.NO_DECK or whole:
            raise
        return None
    given = {item.key for item in deck.settings}
    settings = [item for item in around.settings if item.key not in given]
    settings += [
        item
        for item in deck.settings
        if item.key not in KEYS and not (item.key in LOOK and item.key in own.asked)
    ]
    text = around.source if whole else fill_json(around.source, deck.source, deck.start)
    around = replace(around, source=text, settings=tuple(settings))
    assert around.page is not None
    return replace(around, page=replace(around.page, address=str(files.other)))


def _with_own_files(page: Source, site: JekyllSite) -> Source:
    """The page with absolute addresses of the site's files turned into paths within the site."""
    url, base = (str(site.values.get(key) or "").rstrip("/") for key in ("url", "baseurl"))
    starts = [start for start in (url + base, base) if start]
    if not starts:
        return page
    pattern = re.compile(IN_QUOTES + f"(?:{'|'.join(map(re.escape, starts))})(?=(/[^\\s\"'()<>?#]++))")
    composed, at = Composed(), 0
    for match in pattern.finditer(page.text):
        found = site.top / match[1].lstrip("/")
        if site.reads.resolve(found).is_relative_to(site.top) and site.reads.is_file(found):
            composed.add_part(page, at, match.start())
            at = match.end()
    composed.add_part(page, at, len(page.text))
    return composed.of(page.path)


def _address(url: str, site: JekyllSite) -> Path:
    """The folder that relative references in a page start from, by its address."""
    folder = url if url.endswith("/") else url.rpartition("/")[0]
    return site.top / folder.strip("/")


class _Asked(dict[str, object]):
    """A page's values, which remembers those that were asked for."""

    def __init__(self, values: Mapping[str, object]) -> None:
        super().__init__(values)
        self.asked: set[str] = set()

    def __getitem__(self, key: str) -> object:
        self.asked.add(key)
        return super().__getitem__(key)


class _Shared(dict[str, object]):
    """The values of `site`, some of which are read on demand."""

    def __init__(self, site: JekyllSite, values: Mapping[str, object]) -> None:
        super().__init__(values)
        self.site = site
        self.unknown: list[str] = []
        for name in (*PAGES, *(name[1:] for name in site.collections)):
            self.pop(name, None)

    def __missing__(self, key: str) -> object:
        if key == "data":
            self["data"] = self.site.data()
            return self["data"]
        if key == "time":
            import datetime as dt

            return dt.datetime.now(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        if key in PAGES or f"_{key}" in self.site.collections:
            self.unknown.append(key)
            return []
        raise KeyError(key)
