"""What a deck's page costs the browser, beside other tools that are installed here.

    python benchmarks/browser.py
    python benchmarks/browser.py --remark remark-0.14.1.min.js --marp node_modules/.bin/marp --runs 9

Printed are the compressed size of the scripts; the time from the start of the navigation to the frame in which
the first slide stands, for a deck of 25 slides with 27 pictures (about 4 MB) and one of 400 slides, each in a
fresh Chromium window in turn with the others, with a page that has only the first slide in it as the floor;
the time from a key to the frame with the next slide, and to that with the overview, at 400 slides; and the
memory of the page's objects after 1,000 changes of slide, beside that after 100.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import random
import re
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SHOWN = """() => new Promise((done) => {
  const look = () => requestAnimationFrame(() => {
    const slide = document.querySelector(SELECTOR);
    if (slide && slide.getBoundingClientRect().width && getComputedStyle(slide).visibility === "visible") {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => done(performance.now());
      channel.port2.postMessage(0);
    } else look();
  });
  look();
})"""
"""Milliseconds from the start of the navigation to just after the frame that shows a slide."""
SLIDES = {
    "slidegen": ".remark-visible .remark-slide-content",
    "remark.js": ".remark-visible .remark-slide-content",
    "marp": "svg.bespoke-marp-active section, section",
    "bare page": "section",
}


def picture(seed: int) -> bytes:
    """A PNG of noise, about 150 kB."""
    noise = random.Random(seed)
    rows = b"".join(b"\0" + noise.randbytes(240 * 3) for _ in range(210))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 240, 210, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def write_decks(folder: Path) -> dict[str, Path]:
    """The two decks in Markdown that all tools read."""
    for number in range(27):
        (folder / f"{number}.png").write_bytes(picture(number))
    few = [
        f"# Slide {number + 1}\n\nA sentence about what is to be seen.\n\n![a picture]({number}.png)"
        + (f" ![another]({number + 25}.png)" if number < 2 else "")
        for number in range(25)
    ]
    many = [
        f"# Slide {number + 1}\n\n- a *first* point\n- a **second** one\n\n```python\nprint({number})\n```"
        for number in range(400)
    ]
    decks = {"25 slides, 27 pictures": few, "400 slides": many}
    paths = {}
    for name, slides in decks.items():
        paths[name] = folder / f"{len(slides)}.md"
        paths[name].write_text("\n\n---\n\n".join(slides) + "\n", "utf-8")
    return paths


def built(deck: Path, tool: str, arguments: argparse.Namespace) -> Path:
    """The deck's page by a tool, with its pictures inside."""
    page = deck.with_name(f"{deck.stem}-{tool.replace(' ', '-')}.html")
    if tool == "slidegen":
        command = [sys.executable, "-m", "slidegen", "build", str(deck), "-o", str(page)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    elif tool == "marp":
        inlined = deck.with_name(f"{deck.stem}-marp.md")
        inlined.write_text(_inlined(deck), "utf-8")
        command = [str(arguments.marp), str(inlined), "-o", str(page), "--no-stdin"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    elif tool == "remark.js":
        script = arguments.remark.read_text("utf-8").replace("</script", "<\\/script")
        page.write_text(
            f"<!DOCTYPE html><meta charset=utf-8><textarea id=source>{_inlined(deck)}</textarea>"
            f"<script>{script}</script><script>slideshow = remark.create()</script>",
            "utf-8",
        )
    else:
        page.write_text("<!DOCTYPE html><meta charset=utf-8><section><h1>Slide 1</h1></section>", "utf-8")
    return page


def _inlined(deck: Path) -> str:
    def data_url(match: re.Match[str]) -> str:
        data = (deck.parent / match[1]).read_bytes()
        return f"(data:image/png;base64,{base64.b64encode(data).decode('ascii')})"

    return re.sub(r"\((\d+\.png)\)", data_url, deck.read_text("utf-8"))


def first_slide(browser: Browser, page: Path, tool: str) -> float:
    """Milliseconds to the first slide, in a window that has opened nothing before."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    tab = context.new_page()
    tab.add_init_script(f"window.__shown = ({SHOWN.replace('SELECTOR', repr(SLIDES[tool]))})()")
    tab.goto(page.as_uri(), wait_until="commit")
    tab.evaluate("void window.__shown.then((time) => (window.__time = time))")
    tab.wait_for_function("window.__time", timeout=20_000)
    time = float(tab.evaluate("window.__time"))
    context.close()
    return time


KEY = """(key) => new Promise((done) => {
  const start = performance.now();
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  document.body.getBoundingClientRect();
  const channel = new MessageChannel();
  requestAnimationFrame(() => {
    channel.port1.onmessage = () => done(performance.now() - start);
    channel.port2.postMessage(0);
  });
})"""
"""From a key to just after the next frame: handlers, style, layout and painting, and the wait for the frame."""
WORK = """(key) => {
  const start = performance.now();
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  document.body.getBoundingClientRect();
  return performance.now() - start;
}"""
"""The same without painting and waiting: what keeps a frame from being on time."""


def report(name: str, values: list[float], unit: str = "ms") -> None:
    print(f"  {name:44} {statistics.median(values):8.1f} {unit}   ({min(values):.1f} to {max(values):.1f})")


def memory(tab: Page, changes: int) -> float:
    """Megabytes of the page's objects after that many changes of slide, forth and back."""
    tab.evaluate(
        "(changes) => { for (let change = 0; change < changes; change++)"
        " change % 798 < 399 ? slideshow.gotoNextSlide() : slideshow.gotoPreviousSlide(); }",
        changes,
    )
    session = tab.context.new_cdp_session(tab)
    session.send("HeapProfiler.collectGarbage")
    return float(session.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


def scripts(page: Path) -> None:
    texts = re.findall(r"<script(?: type=\"module\")?>(.*?)</script>", page.read_text("utf-8"), re.DOTALL)
    size: Callable[[str], int] = lambda text: len(gzip.compress(text.encode()))  # noqa: E731
    print("scripts of a plain deck, compressed")
    print(f"  {'before the first slide is shown':44} {size(''.join(texts[:2])) / 1024:8.1f} KB")
    print(f"  {'all':44} {size(''.join(texts)) / 1024:8.1f} KB")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=7, help="counted rounds, after one to warm up")
    parser.add_argument("--remark", type=Path, help="remark's script, to time remark.js")
    parser.add_argument("--marp", type=Path, default=shutil.which("marp"), help="the program, to time marp")
    parser.add_argument("--browser", default=shutil.which("chromium"), help="the Chromium to use")
    arguments = parser.parse_args()
    tools = ["bare page", "slidegen"]
    tools += ["remark.js"] if arguments.remark else []
    tools += ["marp"] if arguments.marp else []
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        decks = write_decks(Path(scratch))
        browser = playwright.chromium.launch(executable_path=arguments.browser, args=["--no-sandbox"])
        pages = {(name, tool): built(deck, tool, arguments) for name, deck in decks.items() for tool in tools}
        scripts(pages["400 slides", "slidegen"])
        for name in decks:
            times: dict[str, list[float]] = {tool: [] for tool in tools}
            for turn in range(arguments.runs + 1):
                for tool in tools:
                    time = first_slide(browser, pages[name, tool], tool)
                    if turn:
                        times[tool].append(time)
            print(f"to the first slide, {name}")
            for tool in tools:
                report(tool, times[tool])
        after(browser, pages["400 slides", "slidegen"])
        browser.close()


def after(browser: Browser, page: Path) -> None:
    """What a deck of 400 slides does once it is shown."""
    tab: Any = browser.new_page(viewport={"width": 1280, "height": 720})
    tab.goto(page.as_uri())
    tab.wait_for_function("slideshow.getSlideCount() === 400")
    print("at 400 slides")
    report("next slide: its work", [tab.evaluate(WORK, "ArrowRight") for _ in range(60)])
    report("next slide: to after the frame", [tab.evaluate(KEY, "ArrowRight") for _ in range(60)])
    opened = []
    for _ in range(7):
        opened.append(tab.evaluate(KEY, "o"))
        tab.keyboard.press("Escape")
        tab.evaluate("new Promise(requestAnimationFrame)")
    report("overview: to after the frame", opened)
    before = memory(tab, 100)
    print(f"  {'memory after 100 changes':44} {before:8.2f} MB")
    print(f"  {'memory after 1,000 more':44} {memory(tab, 1000):8.2f} MB")


if __name__ == "__main__":
    main()
