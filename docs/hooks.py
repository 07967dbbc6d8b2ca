"""Adds to the documentation's site what slidegen itself makes: the demonstration decks and the gallery of themes.

MkDocs calls the functions named `on_...`; see the `hooks` in mkdocs.yml. The gallery needs Chromium; without it, the
site has the decks in each theme, and no pictures.
"""

from __future__ import annotations

import logging
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File

from slidegen.manual.html import pipes_in_cells

ROOT = Path(__file__).parent.parent
TYPICAL = ROOT / "docs" / "gallery" / "typical.md"
DEMOS = {
    "tour": "A tour of the language",
    "lecture/index": "A lecture of ninety minutes",
    "code/index": "A session with much code",
    "bonjour": "In French",
    "konnichiwa": "In Japanese",
}
FRAME = (
    '<iframe src="{src}" title="{title}" loading="lazy" allowfullscreen'
    ' style="width: 100%; aspect-ratio: 16/9; border: 1px solid #8888"></iframe>'
)
TOP_LINK = re.compile(r"\]\((?:\.\./)?(CONTRIBUTING|SECURITY|CHANGELOG)\.md")
"""A link to a page at the top of the repository."""
SEARCH = 'data-md-component="search" role="dialog"'
BESIDE = 'ratio: "16:9"\ndensity: compact\nslideNumberFormat: false\n'
log = logging.getLogger("mkdocs.hooks.slidegen")


def on_files(files: Any, config: Any) -> Any:
    """Add the pages that are not in this folder: the gallery, and what is at the top of the repository."""
    files.append(File.generated(config, "gallery.md", content=_gallery_page()))
    for name in ("CONTRIBUTING", "SECURITY", "CHANGELOG"):
        text = (ROOT / f"{name}.md").read_text("utf-8")
        files.append(File.generated(config, f"{name.lower()}.md", content=text))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Put a deck to flip through on the front page, in place of the picture, and lead links to the site's pages."""
    markdown = TOP_LINK.sub(lambda link: f"]({link[1].lower()}.md", markdown)
    markdown = markdown.replace("](docs/", "](")
    if page.file.src_path != "index.md":
        return markdown
    frame = FRAME.format(
        src="decks/tour.html?view=slides", title="The tour of slidegen: a deck to flip through"
    )
    lines = [frame if line.startswith("![") else line for line in markdown.splitlines()]
    return "\n".join(lines)


def on_page_content(html: str, **_: Any) -> str:
    """Show `|` in the code of tables as it is."""
    return pipes_in_cells(html)


def on_post_page(output: str, **_: Any) -> str:
    """Name the theme's search for screen readers."""
    return output.replace(SEARCH, f'{SEARCH} aria-label="Search"')


def on_post_build(config: Any) -> None:
    """Build the decks into the site."""
    site = Path(config["site_dir"])
    _build(ROOT / "slides", site / "decks")
    for theme in _themes():
        _build(TYPICAL, site / "themes" / f"{theme}.html", "--theme", theme)
    for name in DEMOS:
        source = ROOT / "slides" / f"{name}.md"
        (site / "decks" / f"{name}.txt").write_bytes(source.read_bytes())
    try:
        _picture_decks(site / "themes")
    except Exception as error:
        log.warning("the gallery has no pictures: %s", str(error).splitlines()[0])


def _gallery_page() -> str:
    lines = [
        "# Gallery",
        "",
        "Each theme with ten typical slides, each beside its source. All of these are decks.",
        "",
    ]
    for theme in _themes():
        title = f"Ten slides in the theme {theme}, each beside its source"
        lines += [
            f"## {theme}",
            "",
            FRAME.format(src=f"themes/{theme}-beside.html?view=slides", title=title),
            "",
        ]
        lines += [f'<p><a href="themes/{theme}.html">The slides in {theme} alone</a></p>', ""]
    lines += ["## Demonstration decks", "", "<ul>"]
    for name, title in DEMOS.items():
        deck, source = f"decks/{name}.html", f"decks/{name}.txt"
        lines.append(f'<li><a href="{deck}">{title}</a>, and <a href="{source}">its source ({name})</a></li>')
    return "\n".join([*lines, "</ul>", ""])


def _picture_decks(folder: Path) -> None:
    """For each theme, a deck with the source of each typical slide beside its picture."""
    sys.path.insert(0, str(ROOT / "docs"))
    from pictures import gallery, open_studio

    text = TYPICAL.read_text("utf-8").partition("\n---\n")[2]
    with open_studio() as studio:
        for theme in _themes():
            work = studio.folder / theme
            work.mkdir()
            slides = []
            for source, picture in zip(text.split("\n---\n"), gallery(studio, theme, work), strict=True):
                slides.append(
                    f".pull-left.smaller[\n`````markdown\n{source.strip()}\n`````\n]\n"
                    f".pull-right[![The slide that the text beside it makes]({picture.name})]\n"
                )
            head = f"---\ntitle: Ten slides in the theme {theme}\ntheme: {theme}\n{BESIDE}---\n"
            deck = work / "beside.md"
            deck.write_text(head + "\n---\n".join(slides), "utf-8")
            _build(deck, folder / f"{theme}-beside.html")


def _themes() -> list[str]:
    return sorted(path.name for path in (ROOT / "templates" / "themes").iterdir())


def _build(source: Path, target: Path, *options: str) -> None:
    command = [sys.executable, "-m", "slidegen", "build", str(source), "-q", "-o", str(target), *options]
    subprocess.run(command, cwd=source.parent, check=True)
