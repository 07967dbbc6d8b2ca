"""Slides as remark.js shows them beside slidegen's, and how much they differ.

    python benchmarks/looks.py --remark remark-0.14.1.min.js -o pairs PAGE.html ...
    python benchmarks/looks.py --remark remark-0.14.1.min.js "index.html?p=lecture4.md=lecture4.md"

Each PAGE is an author's HTML page around a deck, or a deck alone, which gets a page with nothing but remark; one
that chooses its deck has the choice after a `?`, and after a last `=` the deck that it is. It is opened as it is,
its requests for remark answered with the file given and all others to the network blocked; then its deck is built
and opened likewise. Ten slides of each, evenly spread, become a picture of the pair in the folder `pairs`, and a
line with two figures: the mean difference of colours, and the share of pixels that differ visibly, both in per
cent, after blurring by a few pixels so that text set a hair elsewhere counts little. Both are 0 for slides that
look the same. Formulas that a page leaves to a script on the network stay as they are written on remark's side.
"""

from __future__ import annotations

import argparse
import base64
import json
import re
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from playwright.sync_api import Browser, Page, Route, sync_playwright

SLIDES = 10
HERE = "http://files.test"
"""Where the pages' files are, so that their scripts may load one another."""
REMARK = re.compile(r"/remark[^/]*\.js(?:\?.*)?$")
MEASURE = """async ([left, right, width, height]) => {
  const pixels = async (url) => {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d");
    context.filter = "blur(3px)";
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, width, height).data;
  };
  const [a, b] = [await pixels(left), await pixels(right)];
  let sum = 0, differing = 0;
  for (let at = 0; at < a.length; at += 4) {
    const [red, green, blue] = [0, 1, 2].map((channel) => Math.abs(a[at + channel] - b[at + channel]));
    sum += red + green + blue;
    differing += Math.max(red, green, blue) > 40;
  }
  return [sum / (a.length / 4) / 765 * 100, differing / (a.length / 4) * 100];
}"""


def main() -> None:
    """Compare the pages named on the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pages", nargs="+")
    parser.add_argument("--remark", type=Path, required=True, help="remark.js 0.14.1")
    parser.add_argument("-o", "--output", type=Path, default=Path("pairs"), help="folder for the pictures")
    parser.add_argument("--chromium", default="/usr/bin/chromium", help="the browser")
    parser.add_argument("--slides", type=int, default=SLIDES)
    args = parser.parse_args()
    args.output.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=args.chromium, args=["--no-sandbox"])
        for page in args.pages:
            shown, _, choice = page.partition("?")
            query, _, deck = choice.rpartition("=")
            path = Path(shown).resolve()
            compare(
                browser,
                path,
                query,
                path.parent / deck if deck else path,
                args.remark,
                args.output,
                args.slides,
            )
        browser.close()


def compare(
    browser: Browser, page: Path, query: str, path: Path, remark: Path, output: Path, wanted: int
) -> None:
    """Print and picture how slides of a page, opened with a query, and of the deck that it shows differ."""
    with tempfile.TemporaryDirectory() as scratch:
        built = Path(scratch) / "built.html"
        alone = is_alone(page)
        command = [sys.executable, "-m", "slidegen", "build", "-q", str(path), "-o", str(built)]
        command += ["--theme", "remark"] if alone else []
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        size = slide_size(built)
        theirs, ours = opened(browser, page, remark, size, query), opened(browser, built, remark, size)
        count = ours.evaluate("slideshow.getSlideCount()")
        shown = theirs.evaluate(
            "document.querySelectorAll('.remark-slides-area > .remark-slide-container').length"
        )
        if shown != count:
            print(f"{path.name}: remark shows {shown} slides, slidegen {count}")
        sums = [0.0, 0.0]
        numbers = sorted({1 + index * (count - 1) // max(1, wanted - 1) for index in range(wanted)})
        for number in numbers:
            pictures = [screenshot(theirs, number), screenshot(ours, number)]
            mean, share = ours.evaluate(MEASURE, [*pictures, *size])
            sums = [sums[0] + mean, sums[1] + share]
            picture(browser, pictures, size, output / f"{path.parent.name}-{path.stem}-{number:03}.png")
            print(f"{path.name:30} slide {number:3}  colours {mean:5.2f} %  pixels {share:5.2f} %")
        print(
            f"{path.name:30} all        colours {sums[0] / len(numbers):5.2f} %  pixels {sums[1] / len(numbers):5.2f} %"
        )
        theirs.context.close()
        ours.context.close()


def slide_size(built: Path) -> tuple[int, int]:
    """The size of the page's slides in CSS pixels."""
    text = built.read_text("utf-8")
    found = [re.search(rf"--slidegen-{side}: (\d+)px", text) for side in ("width", "height")]
    width, height = (int(match[1]) if match else 0 for match in found)
    return width, height


def is_alone(path: Path) -> bool:
    """Whether a file holds a deck and no page."""
    return "<html" not in path.read_text("utf-8", "replace").lower()


def opened(browser: Browser, path: Path, remark: Path, size: tuple[int, int], query: str = "") -> Page:
    """A page in the browser, with remark from a file and nothing else from the network."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})

    def answer(route: Route) -> None:
        url = route.request.url
        if REMARK.search(url):
            route.fulfill(body=remark.read_text("utf-8"), content_type="text/javascript")
        elif url.startswith(HERE):
            file = Path(unquote(urlsplit(url).path))
            if file == path and is_alone(path):
                route.fulfill(
                    body=bare_page(path.read_text("utf-8")), content_type="text/html; charset=utf-8"
                )
            elif file.is_file():
                route.fulfill(path=file)
            else:
                route.fulfill(status=404)
        elif url.startswith(("data:", "blob:")):
            route.continue_()
        else:
            route.abort()

    context.route("**/*", answer)
    page = context.new_page()
    page.goto(f"{HERE}{quote(str(path))}" + (f"?{query}" if query else ""))
    page.wait_for_function("document.querySelector('.remark-visible .remark-slide-content') !== null")
    return page


def bare_page(text: str) -> str:
    """A page with nothing but remark around a deck."""
    deck = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    return (
        f'<!DOCTYPE html><html><body><textarea id="source">\n{escape(deck)}</textarea>'
        "<script src=/remark.js></script><script>remark.create()</script></body></html>"
    )


def screenshot(page: Page, number: int) -> str:
    """A slide as a data URL."""
    page.evaluate("(number) => { location.hash = '#' + number; }", number)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.evaluate("() => document.fonts.ready.then(() => true)")
    return "data:image/png;base64," + base64.b64encode(page.screenshot()).decode("ascii")


def picture(browser: Browser, pictures: list[str], size: tuple[int, int], path: Path) -> None:
    """Write the pictures of a pair side by side, remark's on the left."""
    page: Any = browser.new_page(viewport={"width": 2 * size[0] + 12, "height": size[1]})
    page.set_content(
        "<body style='margin:0;display:flex;gap:12px;background:#000'><script>"
        f"for (const url of {json.dumps(pictures)}) document.body.append(Object.assign(new Image(), {{ src: url }}));"
        "</script>"
    )
    page.wait_for_function("[...document.images].every((image) => image.complete)")
    page.screenshot(path=path)
    page.close()


if __name__ == "__main__":
    main()
