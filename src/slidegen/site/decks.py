"""Which files are decks, and where their pages go."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

from slidegen.diagnostics import Code, DeckError, Diagnostic

if TYPE_CHECKING:
    from slidegen.site.jekyll import JekyllSite

DECK_SUFFIXES = (".md", ".markdown", ".rmd")
PAGE_SUFFIXES = (".html", ".htm", ".xhtml")
"""Of pages that people wrote around a deck."""
JEKYLL_FILE = "_config.yml"
"""What stands at the top of a Jekyll site."""
DEFAULT_SOURCE = Path("slides")
NO_DECKS = frozenset({"templates", "node_modules", "__pycache__", "site-packages"})
"""Folders in which Markdown files are no decks."""
DEFAULT_NAME = "index.md"
DEFAULT_OUTPUT = Path("public")
STANDARD_OUTPUT = Path("-")


@dataclass(frozen=True, slots=True)
class PlannedDeck:
    """A deck to build, and its page."""

    path: Path
    """As the user would write it."""
    output: Path
    """The page; `-` is standard output."""

    @property
    def page(self) -> Path:
        """The page's absolute path."""
        return Path(os.path.normpath(self.output.absolute()))


@dataclass(frozen=True, slots=True)
class Found:
    """A deck, and its place below the folder it was found in."""

    path: Path
    relative: Path

    @property
    def base(self) -> Path:
        """The folder that its place is counted from, absolute."""
        return resolved(self.path).parents[len(self.relative.parts) - 1]


@dataclass(frozen=True, slots=True)
class Pages(Mapping[Path, Path]):
    """The page of each deck, by the deck's own path with links followed; of decks not built this time, too.

    A deck that another links to is built another time, to where this build would have put it.
    """

    planned: Mapping[Path, Path]
    """The decks of this build."""
    base: Path | None
    """The folder whose decks are mirrored in `folder`; None where no other deck has a place."""
    folder: Path

    def __getitem__(self, deck: Path) -> Path:
        if deck in self.planned:
            return self.planned[deck]
        if self.base is None or not is_deck(deck) or not deck.is_relative_to(self.base):
            raise KeyError(deck)
        return self.folder / deck.relative_to(self.base).with_suffix(".html")

    def __iter__(self) -> Iterator[Path]:
        return iter(self.planned)

    def __len__(self) -> int:
        return len(self.planned)


def resolved(path: Path) -> Path:
    """A path with links followed, as it is where they lead in a circle."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def is_deck(path: Path) -> bool:
    """Whether a file in a folder of decks is one, by its name."""
    return (
        path.suffix.lower() in DECK_SUFFIXES
        and path.stem.lower() != "readme"
        and not path.name.startswith(("_", "."))
    )


def is_page(path: Path) -> bool:
    """Whether a file is an HTML page, by its name."""
    return path.suffix.lower() in PAGE_SUFFIXES


def find_decks(
    sources: Sequence[Path], exclude: Callable[[Path], Iterable[str]], skip: Collection[Path] = ()
) -> list[Found]:
    """The decks that `sources` name, files or folders, each once, folders in the order of their names.

    In a folder, README.md, HTML without a deck, Markdown that a page there shows, names beginning with `_` or
    `.`, and what a glob of `exclude` matches (it is asked with a path in the folder) are no decks, nor is
    anything in folders of templates, of packages, and those that `skip` names (absolute). Raises DeckError for
    a source that does not exist.
    """
    files = [source for source in sources if not source.is_dir()]
    base = _common_folder(files)
    found: dict[Path, Found] = {}
    for source in sources:
        if source.is_dir():
            patterns = tuple(exclude(source / DEFAULT_NAME))
            paths = list(_decks_below(source, source, patterns, skip, _site_of(resolved(source))))
            if not paths:
                raise DeckError(_no_deck(source))
            shown = {target for path in paths if is_page(path) for target in _shown_by(path)}
            for path in paths:
                if resolved(path) in shown:  # its page has the look
                    continue
                found.setdefault(resolved(path), Found(path, path.relative_to(source)))
        elif source.exists() or source.is_symlink():
            found.setdefault(resolved(source), Found(source, _relative(source, base)))
        else:
            raise DeckError(_missing(source))
    return list(found.values())


def plan(found: Sequence[Found], output: Path | None) -> list[PlannedDeck]:
    """Where each deck's page goes: below `public/`, or where `output` says.

    `output` is the page itself where it ends in `.html` and there is one deck, `-` standard output, else
    a folder. Raises DeckError where two decks would have one page.
    """
    folder = output or DEFAULT_OUTPUT
    if folder == STANDARD_OUTPUT or folder.suffix.lower() in (".html", ".htm"):
        decks = [PlannedDeck(item.path, folder) for item in found]
    else:
        decks = [PlannedDeck(item.path, folder / item.relative.with_suffix(".html")) for item in found]
    sources = {resolved(item.path) for item in found}
    first: dict[str, PlannedDeck] = {}
    for deck in decks:
        if deck.output != STANDARD_OUTPUT and resolved(deck.output) in sources:
            hint = "choose another place with -o"
            message = "the page would be written over a deck"
            raise DeckError(Diagnostic(Code.CANNOT_WRITE, message, path=str(deck.output), hint=hint))
        other = first.setdefault(str(deck.output).casefold(), deck)
        if other is not deck:
            raise DeckError(
                Diagnostic(
                    Code.SAME_OUTPUT,
                    f"would be written to {deck.output}, as {other.path} would",
                    path=str(deck.path),
                    hint="rename one of them, or build them into different folders with -o",
                )
            )
    return decks


def _site_of(folder: Path) -> JekyllSite | None:
    """The Jekyll site that a folder is in, if it is in one."""
    if not any((parent / JEKYLL_FILE).is_file() for parent in (folder, *folder.parents)):
        return None
    from slidegen.site.jekyll import site_of

    return site_of(folder)


def _decks_below(
    folder: Path, top: Path, exclude: tuple[str, ...], skip: Collection[Path], site: JekyllSite | None
) -> Iterator[Path]:
    """The decks in a folder and those in it; in a Jekyll site, pages whose layout shows no deck are none."""
    if site is None and (folder / JEKYLL_FILE).is_file():
        site = _site_of(resolved(folder))
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise DeckError(
            Diagnostic(Code.CANNOT_READ, f"cannot be read: {reason}", path=str(folder))
        ) from error
    for entry in entries:
        path = folder / entry.name
        hidden = entry.name.startswith(("_", ".")) and (site is None or entry.name not in site.page_folders)
        if hidden or _matches(path.relative_to(top), exclude):
            continue
        if entry.is_dir():
            if not entry.is_symlink() and not _is_skipped(path, skip):
                yield from _decks_below(path, top, exclude, skip, site)
        elif (
            (is_deck(path) and not _is_passed_over(path)) or (is_page(path) and _holds_deck(path, site))
        ) and (site is None or _is_deck_of(site, path)):
            yield path


def _is_deck_of(site: JekyllSite, path: Path) -> bool:
    from slidegen.site.jekyll import is_deck_of

    return is_deck_of(site, resolved(path))


def _is_passed_over(path: Path) -> bool:
    if path.suffix.lower() != ".rmd":
        return False
    from slidegen.site.rmarkdown import is_passed_over

    return is_passed_over(path)


def _holds_deck(path: Path, site: JekyllSite | None) -> bool:
    """Whether an HTML page in a folder has a deck in it; slidegen's own pages have none.

    In a Jekyll site, so may a page with front matter, whose layout is yet to be asked.
    """
    if path.stem.lower() == "readme":
        return False
    from slidegen.reading.page_deck import is_deck_page

    try:
        data = path.read_bytes()
        return is_deck_page(data) or (site is not None and site.is_laid_out(data, resolved(path)))
    except OSError:
        return False


def _shown_by(page: Path) -> Iterator[Path]:
    """The file with the deck that a page shows."""
    from slidegen.reading.page_deck import shown_deck

    reference = shown_deck(page.read_bytes())
    if reference and "\0" not in reference:
        yield resolved(page.parent / reference)


def _is_skipped(folder: Path, skip: Collection[Path]) -> bool:
    return folder.name in NO_DECKS or resolved(folder) in skip


def _matches(path: Path, patterns: tuple[str, ...]) -> bool:
    text = path.as_posix()
    return any(fnmatch(text, pattern) or fnmatch(path.name, pattern) for pattern in patterns)


def _common_folder(files: Sequence[Path]) -> Path:
    folders = {str(resolved(file).parent) for file in files}
    return Path(os.path.commonpath(folders)) if folders else Path()


def _relative(file: Path, base: Path) -> Path:
    """A named file's place below the output: as below `slides/`, else below what all named files share."""
    default = resolved(DEFAULT_SOURCE)
    path = resolved(file)
    return path.relative_to(default if path.is_relative_to(default) else base)


def _no_deck(folder: Path) -> Diagnostic:
    hint = (
        f"decks are files that end in {' or '.join(DECK_SUFFIXES)}; README.md and names with _ or . are none"
    )
    return Diagnostic(Code.NO_DECK, "there is no deck in this folder", path=str(folder), hint=hint)


def _missing(source: Path) -> Diagnostic:
    hint = ""
    if source == DEFAULT_SOURCE:
        hint = "there is no folder slides/ here: name the deck or the folder, as in `slidegen build talk.md`"
    elif source.parent.is_dir():
        from difflib import get_close_matches

        near = get_close_matches(source.name, [entry.name for entry in source.parent.iterdir()], n=1)
        hint = f"did you mean {source.with_name(near[0])}?" if near else ""
    return Diagnostic(Code.NO_SUCH_FILE, "there is no such file or folder", path=str(source), hint=hint)
