"""Takes the pictures of the documentation, in Chromium, from decks that slidegen builds.

    python docs/pictures.py               # docs/pictures/*.webp, templates/previews/*.webp
    python docs/pictures.py --only deck   # one of them

Each picture is what Chromium shows, as WebP. Clocks stand still, so that the
same program takes the same picture. It needs what the tests need: playwright, and Chromium.
"""

from __future__ import annotations

import argparse
import base64
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
TYPICAL = ROOT / "docs/gallery/typical.md"
LECTURE = ROOT / "slides/lecture/index.md"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
LARGEST = 150_000
"""Bytes of a picture."""
NOON = "2026-09-15T12:00:00"


@dataclass(frozen=True)
class Studio:
    """Chromium, and a folder for the decks that it shows."""

    browser: Any
    folder: Path

    def build(self, source: Path, *options: str) -> Path:
        """A deck's page."""
        page = self.folder / f"{source.stem}{len(list(self.folder.iterdir()))}.html"
        command = [sys.executable, "-m", "slidegen", "build", str(source), "-q", "-o", str(page), *options]
        subprocess.run(command, cwd=ROOT, check=True)
        return page

    @contextmanager
    def open(self, page: Path, hash: str = "", size: tuple[int, int] = (1280, 720)) -> Iterator[Any]:
        """The page in a window, at a time that does not pass."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, device_scale_factor=1, reduced_motion="reduce"
        )
        tab = context.new_page()
        tab.clock.set_fixed_time(NOON)
        tab.goto(page.as_uri() + hash)
        tab.evaluate("document.fonts.ready")
        yield tab
        context.close()

    def webp(self, png: bytes, quality: float = 0.82) -> bytes:
        """A PNG as WebP, by Chromium's own encoder."""
        context = self.browser.new_context()
        tab = context.new_page()
        address = "data:image/png;base64," + base64.b64encode(png).decode()
        found = tab.evaluate(
            """async ([address, quality]) => {
                const image = new Image(); image.src = address; await image.decode();
                const canvas = document.createElement("canvas");
                canvas.width = image.naturalWidth; canvas.height = image.naturalHeight;
                canvas.getContext("2d").drawImage(image, 0, 0);
                return canvas.toDataURL("image/webp", quality);
            }""",
            [address, quality],
        )
        context.close()
        return base64.b64decode(found.partition(",")[2])


def deck(studio: Studio) -> bytes:
    """A slide of the lecture in slides/, as the class sees it."""
    with studio.open(studio.build(LECTURE), f"#{_place(LECTURE, 'Where it settles')}") as tab:
        return bytes(tab.screenshot())


def editor(studio: Studio) -> bytes:
    """A deck in an editor, and beside it the browser that shows what is saved."""
    source = studio.folder / "walk.md"
    text = _sample()
    source.write_text(text, "utf-8")
    with studio.open(studio.build(source), "#2", (960, 540)) as tab:
        slide = base64.b64encode(tab.screenshot()).decode()
    code = highlight(
        text, get_lexer_by_name("markdown"), HtmlFormatter(style="github-dark", linenos="inline")
    )
    colours = HtmlFormatter(style="github-dark").get_style_defs(".highlight")
    page = studio.folder / "editor.html"
    page.write_text(
        f"""<!DOCTYPE html><meta charset="utf-8"><style>
        body {{ margin: 0; width: 1280px; height: 560px; display: grid; grid-template-columns: 560px 1fr; gap: 24px;
               box-sizing: border-box; padding: 24px; background: #dfe4ea; font: 15px/1 system-ui, sans-serif; }}
        .window {{ border-radius: 8px; overflow: hidden; box-shadow: 0 6px 24px #0004; display: flex;
                   flex-direction: column; }}
        .bar {{ padding: 11px 16px; background: #21262d; color: #c9d1d9; }}
        .light .bar {{ background: #f6f8fa; color: #57606a; }}
        .highlight {{ flex: 1; background: #0d1117; }}
        .highlight pre {{ margin: 0; padding: 14px 16px; font: 15.5px/1.5 "DejaVu Sans Mono", monospace;
                          white-space: pre-wrap; }}
        .highlight .linenos {{ color: #59626c; margin-right: 14px; user-select: none; }}
        img {{ width: 100%; display: block; }}
        .light {{ align-self: center; background: #fff; }}
        {colours}</style>
        <div class="window"><div class="bar">slides/walk.md</div>{code}</div>
        <div class="window light"><div class="bar">http://localhost:8000/walk.html</div>
        <img src="data:image/png;base64,{slide}" alt=""></div>""",
        "utf-8",
    )
    with studio.open(page, size=(1280, 560)) as tab:
        return bytes(tab.screenshot())


def presenter(studio: Studio) -> bytes:
    """The presenter's view of a slide with notes."""
    with studio.open(studio.build(LECTURE), f"#p{_place(LECTURE, 'Grids lose')}") as tab:
        tab.wait_for_selector(".remark-presenter-mode")
        return bytes(tab.screenshot())


def gallery(studio: Studio, theme: str, folder: Path) -> list[Path]:
    """Pictures of the ten typical slides in a theme, in their order."""
    pictures = []
    page = studio.build(TYPICAL, "--theme", theme)
    for number in range(1, 11):
        picture = folder / f"{theme}-{number}.webp"
        with studio.open(page, f"#{number}", (960, 540)) as tab:
            picture.write_bytes(studio.webp(tab.screenshot()))
        pictures.append(picture)
    return pictures


@contextmanager
def open_studio() -> Iterator[Studio]:
    """Chromium, the system's or playwright's own, with a folder for decks."""
    program = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield Studio(browser, Path(folder))
        browser.close()


def _sample() -> str:
    """The deck that the README shows."""
    readme = (ROOT / "README.md").read_text("utf-8")
    return readme.partition("```markdown\n")[2].partition("```\n")[0]


def _place(deck: Path, title: str) -> int:
    """The number that opens the last step of the slide with a title."""
    command = [sys.executable, "-m", "slidegen", "inspect", str(deck), "--shown"]
    slides = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)["slides"]
    return max(place for place, slide in enumerate(slides, 1) if f">{title}</h1>" in slide["html"])


def _preview(theme: str) -> Callable[[Studio], bytes]:
    def shoot(studio: Studio) -> bytes:
        """A typical slide in a theme, for the page on which `slidegen init` shows them."""
        with studio.open(studio.build(TYPICAL, "--theme", theme), "#3", (960, 540)) as tab:
            return bytes(tab.screenshot())

    return shoot


SHOTS: dict[Path, Callable[[Studio], bytes]] = {
    PICTURES / "deck.webp": deck,
    PICTURES / "editor.webp": editor,
    PICTURES / "presenter.webp": presenter,
    **{
        ROOT / "templates" / "previews" / f"{folder.name}.webp": _preview(folder.name)
        for folder in sorted((ROOT / "templates" / "themes").iterdir())
    },
}


def main() -> None:
    """Take them all, or those that are named."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", action="append", choices=[path.stem for path in SHOTS])
    wanted = parser.parse_args().only
    with open_studio() as studio:
        for path, shoot in SHOTS.items():
            if wanted and path.stem not in wanted:
                continue
            data = studio.webp(shoot(studio))
            shown = path.relative_to(ROOT)
            if len(data) > LARGEST:
                sys.exit(f"{shown} has {len(data)} bytes, and may have {LARGEST}")
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
            print(f"{shown}  {len(data) // 1000} KB")


if __name__ == "__main__":
    main()
