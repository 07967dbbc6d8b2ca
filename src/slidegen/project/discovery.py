"""Decides which files are decks."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.files.paths import resolve_links
from slidegen.files.regular import read_regular
from slidegen.files.walk import Irregular, Walk, irregular
from slidegen.project.jekyll_site import JEKYLL_FILE
from slidegen.spelling import nearest, one_of, suggest

if TYPE_CHECKING:
    from slidegen.project.jekyll_site import JekyllSite

R_MARKDOWN = ".rmd"
DECK_SUFFIXES = (".md", ".markdown", R_MARKDOWN)
PAGE_SUFFIXES = (".html", ".htm", ".xhtml")
"""Of pages that people wrote around a deck."""
DEFAULT_SOURCE = Path("slides")
NO_DECKS = frozenset({"templates", "node_modules", "__pycache__", "site-packages"})
"""Folders in which Markdown files are not decks."""
DEFAULT_NAME = "index.md"
PAGES_LARGER = 8
"""How much larger HTML pages may be, since they may contain their pictures."""


class FoundDeck(Struct, frozen=True):
    """A deck, and its place below the folder it was found in."""

    path: Path
    relative: Path
    base: Path
    """The folder that its place is relative to: absolute, with links resolved."""


class DeckRules(Struct, frozen=True):
    """A project's rules for which files are decks."""

    exclude: tuple[str, ...] = ()
    """Globs of files that are not decks."""
    limit: int = 64_000_000
    """Size limit of a deck in bytes; pages may be `PAGES_LARGER` times as large."""
    within: tuple[Path, ...] = ()
    """The folders that links may lead to: the project's root and what it allows. Absolute, with links resolved."""


class FoundDecks(Struct, frozen=True):
    """The decks that a command is about."""

    decks: Sequence[FoundDeck]
    skipped: tuple[Diagnostic, ...] = ()
    """Warnings about files that look like decks by name only."""
    linked: tuple[Path, ...] = ()
    """The real folders that links in folders of decks led to."""


def is_deck(path: Path) -> bool:
    """Whether a file in a folder of decks is one, judging by its name."""
    return (
        path.suffix.lower() in DECK_SUFFIXES
        and path.stem.lower() != "readme"
        and not path.name.startswith(("_", "."))
    )


def is_page(path: Path) -> bool:
    """Whether a file is an HTML page, judging by its name."""
    return path.suffix.lower() in PAGE_SUFFIXES


def find_decks(
    sources: Sequence[Path], rules: Callable[[Path], DeckRules], skip: Collection[Path] = ()
) -> FoundDecks:
    """The decks that `sources` name, files or folders, each once, folders in alphabetical order.

    In a folder, README.md, HTML without a deck, Markdown shown by a page there, names beginning with `_` or
    `.`, and what a glob of the project excludes are not treated as decks, nor is anything in folders of templates or
    packages, and in those that `skip` names (absolute). `rules` is called with a folder. Raises DeckError for a
    source that does not exist or cannot be read.
    """
    files = [source for source in sources if not source.is_dir()]
    base = _common_folder(files)
    found: dict[Path, FoundDeck] = {}
    skipped: list[Diagnostic] = []
    linked: list[Path] = []
    for source in sources:
        if source.is_dir():
            search = _Search(top=source, rules=rules(resolve_links(source)), skip=skip)
            paths = sorted(search.decks(), key=lambda path: path.relative_to(source).parts)
            if not paths:
                raise DeckError(_no_deck(source, search.skipped))
            skipped += (_skipped(each) for each in search.skipped)
            linked += search.linked
            shown = {target for path in paths if is_page(path) for target in _shown_by(path)}
            for path in paths:
                if resolve_links(path) in shown:  # its page has the look
                    continue
                found.setdefault(
                    resolve_links(path), FoundDeck(path, path.relative_to(source), resolve_links(source))
                )
        elif os.path.lexists(source):
            _refuse_irregular(source, rules(resolve_links(source.parent)))
            relative = _relative(source, base)
            home = resolve_links(source).parents[len(relative.parts) - 1]
            found.setdefault(resolve_links(source), FoundDeck(source, relative, home))
        else:
            raise DeckError(_missing(source))
    return FoundDecks(list(found.values()), tuple(skipped), tuple(linked))


def _site_of(folder: Path) -> JekyllSite | None:
    """The Jekyll site that a folder is in, if any."""
    if not any((parent / JEKYLL_FILE).is_file() for parent in (folder, *folder.parents)):
        return None
    from slidegen.project.jekyll_site import site_of

    return site_of(folder)


class _Search(Struct):
    """Searches a folder for decks; in a Jekyll site, pages whose layout shows no deck are skipped."""

    top: Path
    rules: DeckRules
    skip: Collection[Path]
    skipped: list[Irregular] = field(default_factory=list)
    linked: list[Path] = field(default_factory=list)
    _sites: dict[Path, JekyllSite | None] = field(default_factory=dict)
    """The Jekyll site of each folder."""

    def decks(self) -> Iterator[Path]:
        """The decks, in no particular order."""
        walk = Walk(self.top, self._wants, (*self.rules.within, resolve_links(self.top)))
        for found in walk.files():
            if isinstance(found, Irregular):
                if found.path == self.top:
                    raise DeckError(Diagnostic(Code.CANNOT_READ, _sentence(found), path=str(found.path)))
                self.skipped.append(found)
            elif (problem := too_large(found, self.rules)) is not None:
                self.skipped.append(problem)
            elif self._is_deck(found):
                yield found
        self.linked = walk.linked
        self.skipped.sort(key=lambda each: each.path)

    def _wants(self, folder: Path, name: str, is_folder: bool) -> bool:
        site, path = self._site(folder), folder / name
        hidden = name.startswith(("_", ".")) and (site is None or name not in site.page_folders)
        if hidden or _matches(path.relative_to(self.top), self.rules.exclude):
            return False
        if is_folder:
            return not _is_skipped(path, self.skip)
        return is_deck(path) or (is_page(path) and path.stem.lower() != "readme")

    def _is_deck(self, path: Path) -> bool:
        site = self._site(path.parent)
        try:
            if not (_holds_deck(path, site) if is_page(path) else not _is_passed_over(path)):
                return False
            return site is None or _is_deck_of(site, path)
        except Exception:  # a fault of slidegen's own, which building the deck raises, too
            return True

    def _site(self, folder: Path) -> JekyllSite | None:
        if folder not in self._sites:
            site = self._sites.get(folder.parent) if folder != self.top else _site_of(resolve_links(folder))
            if site is None and (folder / JEKYLL_FILE).is_file():
                site = _site_of(resolve_links(folder))
            self._sites[folder] = site
        return self._sites[folder]


def too_large(path: Path, rules: DeckRules) -> Irregular | None:
    """Why a file is too large for its project; None if it is not."""
    limit = rules.limit * (PAGES_LARGER if is_page(path) else 1)
    try:
        size = path.stat().st_size
    except OSError:  # deleted since, which whoever reads it reports
        return None
    if size <= limit:
        return None
    return Irregular(
        path, f"it {size_above(size, limit)}", limit_hint(size, PAGES_LARGER if is_page(path) else 1)
    )


def size_above(size: int, limit: int) -> str:
    """What is wrong with a deck of this size; continues a sentence that begins with its name."""
    return f"has {size / 1e6:.1f} MB, and decks of its kind may have {limit / 1e6:g} MB"


def limit_hint(size: int, times: int = 1) -> str:
    """How to allow a deck of this size, of a kind that may be `times` as large as `deckLimit`."""
    return f"to allow it, write this line in slidegen.yml:\ndeckLimit: {-(-size // (1_000_000 * times))} MB"


def _refuse_irregular(source: Path, rules: DeckRules) -> None:
    """Raise DeckError for a file that a command names and that cannot be read."""
    found = irregular(source, rules.within) or too_large(source, rules)
    if found is not None:
        raise DeckError(Diagnostic(Code.NO_DECK_FILE, _sentence(found), path=str(source), hint=found.hint))


def _sentence(found: Irregular) -> str:
    return f"this cannot be a deck, because {found.why}"


def _skipped(found: Irregular) -> Diagnostic:
    message = f"this is skipped, because {found.why}"
    return Diagnostic(Code.SKIPPED, message, path=str(found.path), hint=found.hint)


def _is_deck_of(site: JekyllSite, path: Path) -> bool:
    from slidegen.project.jekyll_site import is_deck_of

    return is_deck_of(site, resolve_links(path))


def _is_passed_over(path: Path) -> bool:
    if path.suffix.lower() != R_MARKDOWN:
        return False
    from slidegen.project.passed_over import is_not_a_deck

    return is_not_a_deck(path)


def _holds_deck(path: Path, site: JekyllSite | None) -> bool:
    """Whether an HTML page in a folder contains a deck; slidegen's own pages do not.

    In a Jekyll site, a page with front matter may, depending on its layout.
    """
    from slidegen.reading.html_page.deck import is_deck_page

    try:
        data = read_regular(path)
        return is_deck_page(data) or (site is not None and site.is_laid_out(data, resolve_links(path)))
    except OSError:
        return False


def _shown_by(page: Path) -> Iterator[Path]:
    """The files of the deck that a page shows."""
    from slidegen.reading.html_page.deck import shown_decks

    try:
        data = read_regular(page)
    except OSError:  # reported when it is built
        return
    try:
        references = shown_decks(data)
    except Exception:  # as above
        return
    for reference in references:
        if "\0" not in reference:
            yield resolve_links(page.parent / reference)


def _is_skipped(folder: Path, skip: Collection[Path]) -> bool:
    return folder.name in NO_DECKS or resolve_links(folder) in skip


def _matches(path: Path, patterns: tuple[str, ...]) -> bool:
    text = path.as_posix()
    return any(fnmatch(text, pattern) or fnmatch(path.name, pattern) for pattern in patterns)


def _common_folder(files: Sequence[Path]) -> Path:
    folders = {str(resolve_links(file).parent) for file in files}
    return Path(os.path.commonpath(folders)) if folders else Path()


def _relative(file: Path, base: Path) -> Path:
    """A named file's place below the output: relative to `slides/`, or to what all named files share."""
    default = resolve_links(DEFAULT_SOURCE)
    path = resolve_links(file)
    return path.relative_to(default if path.is_relative_to(default) else base)


def _no_deck(folder: Path, skipped: Sequence[Irregular] = ()) -> Diagnostic:
    hint = f"decks end in {one_of(DECK_SUFFIXES)}; README.md and names starting with _ or . are skipped"
    if skipped:
        hint = f"{skipped[0].path} is skipped, because {skipped[0].why}"
    return Diagnostic(Code.NO_DECK, "this folder contains no decks", path=str(folder), hint=hint)


def _missing(source: Path) -> Diagnostic:
    hint = ""
    if source == DEFAULT_SOURCE:
        hint = "there is no folder slides/ here; name a deck or a folder, as in `slidegen build talk.md`"
    elif (DEFAULT_SOURCE / source).exists():
        hint = suggest(str(DEFAULT_SOURCE / source))
    elif source.parent.is_dir():
        suffixes = (*DECK_SUFFIXES, *PAGE_SUFFIXES)
        known = (each for each in source.parent.iterdir() if each.is_dir() or each.suffix.lower() in suffixes)
        near = nearest(source.name, (each.name for each in known))
        hint = suggest(*(str(source.with_name(name)) for name in near))
    return Diagnostic(Code.NO_SUCH_FILE, "there is no such file or folder", path=str(source), hint=hint)
