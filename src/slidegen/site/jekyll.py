"""Jekyll sites: what a deck in one knows of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from slidegen.config import Setting
from slidegen.diagnostics import DeckError, Reporter
from slidegen.kinds import Value
from slidegen.reading.jekyll import Site, read_jekyll
from slidegen.reading.markdown import decode
from slidegen.reading.settings import read_settings
from slidegen.reading.written import WrittenDeck
from slidegen.site.project import JEKYLL_FILE, read_bytes, shown_path
from slidegen.site.reads import Reads
from slidegen.source import Source

POST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})-(.+)")


def read_jekyll_deck(
    written: WrittenDeck, path: Path, root: Path, folder: Path, reads: Reads, reporter: Reporter
) -> WrittenDeck:
    """A deck of Jekyll's as that would pass it on.

    `path` is absolute, links followed; `root` is the project's. Raises DeckError for a bad `_config.yml`.
    """
    home = _site_folder(path, root, reads)
    values: Mapping[str, Value] = {}
    if home is not None:
        config = home / JEKYLL_FILE
        source = decode(shown_path(config, folder), read_bytes(config, folder, reads))
        values = {item.key: item.value for item in read_settings(source, 0, len(source.text))}
    top = home or root

    def include(name: str) -> Source | None:
        found = top / "_includes" / name
        inside = reads.resolve(found).is_relative_to(reads.resolve(top))
        if ".." in Path(name).parts or not inside or not reads.is_file(found):
            return None
        try:
            return decode(shown_path(found, folder), read_bytes(found, folder, reads))
        except DeckError as error:
            reporter.add(error.diagnostic)
            return None

    return read_jekyll(written, Site(values, include, _page(path, top, written.settings)), reporter)


def _site_folder(path: Path, root: Path, reads: Reads) -> Path | None:
    """The nearest folder upwards, within the project, with a `_config.yml`."""
    for parent in path.parents:
        if reads.is_file(parent / JEKYLL_FILE):
            return parent
        if parent == root:
            break
    return None


def _page(path: Path, top: Path, settings: Sequence[Setting]) -> dict[str, Value]:
    """What Jekyll makes of a page's path: its address, and the date of a post."""
    relative = path.relative_to(top) if path.is_relative_to(top) else Path(path.name)
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
