"""Time the live loop: from the moment a file is saved to the new text in the page, in a real Chromium.

    python benchmarks/live.py                     # slidegen, and those of marp, reveal-md and mkslides found on PATH
    python benchmarks/live.py --edits 30 --sizes 25,400 --only slidegen
    python benchmarks/live.py --runs 3 --programs node_modules/.bin   # the others are found there

With `--runs` the tools are timed in turns, each run with a server and a browser page of its own, and all edits of
a tool count together.

Slide 20 of a deck is edited again and again: by a rename, as careful editors save, and by truncating the file and
writing it anew, as others do. Both clocks are the machine's. The time ends when a node with the new text is in the
document where it is shown (not in a script or template that waits to be rendered).
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
EDITED = 20
AIMS = {25: 60, 400: 60}
"""Milliseconds that the median is to take at most, by slides; the 95th percentile, under twice that."""
SLIDE = """# Step {n}

The chain moves from $x_{{{n}}}$ to a *proposal*, EDIT-{edit}-.

- it **accepts** with `min(1, ratio)`
- it stays where it is otherwise

```python
def step(x, rng):
    return x + rng.normal(scale={n})
```
"""
OBSERVE = """
const note = (text) => {
  for (const [mark] of text.matchAll(/EDIT-[1-9]\\d*-/g)) {
    sessionStorage[mark] ??= String(performance.timeOrigin + performance.now());
  }
};
const hidden = "script, template, textarea, style, head";
new MutationObserver((records) => {
  for (const { target, addedNodes, type } of records) {
    for (const node of type === "characterData" ? [target] : addedNodes) {
      const element = node instanceof Element ? node : node.parentElement;
      if (element && !element.closest(hidden) && node.textContent.includes("EDIT-")) note(node.textContent);
    }
  }
}).observe(document, { subtree: true, childList: true, characterData: true });
"""
"""Runs in each page before its own scripts."""


@dataclass(frozen=True)
class Tool:
    """A program that serves decks while they are written."""

    name: str
    command: Callable[[int], Sequence[str]]
    page: str
    environment: Callable[[int], dict[str, str]] = lambda _: {}


TOOLS = (
    Tool(
        "slidegen",
        lambda port: [sys.executable, "-m", "slidegen", "serve", "deck.md", "-p", str(port)],
        "/deck.html#20",
        lambda _: {"PYTHONPATH": str(ROOT / "src")},
    ),
    Tool(
        "marp",
        lambda _: ["marp", "--server", "--watch", "."],
        "/deck.md#20",
        lambda port: {"PORT": str(port)},
    ),
    Tool(
        "reveal-md",
        lambda port: ["reveal-md", "deck.md", "--watch", "--disable-auto-open", "--port", str(port)],
        "/deck.md#/19",
    ),
    Tool("mkslides", lambda port: ["mkslides", "serve", ".", "-a", f"localhost:{port}"], "/deck.html#/19"),
)


def deck(slides: int, edit: int) -> str:
    """The deck after an edit."""
    texts = [SLIDE.format(n=n, edit=edit if n == EDITED else 0) for n in range(1, slides + 1)]
    return "---\ntitle: Sampling\n---\n\n" + "\n---\n\n".join(texts)


def rename(path: Path, text: str) -> float:
    """Save by a file beside; the time of the rename in milliseconds."""
    beside = path.with_name(".deck.md.new")
    beside.write_text(text, "utf-8")
    now = 1000 * time.time()
    os.replace(beside, path)  # noqa: PTH105
    return now


def truncate(path: Path, text: str) -> float:
    """Save into the file itself; the time at which it is opened."""
    now = 1000 * time.time()
    path.write_text(text, "utf-8")
    return now


MANNERS = {"rename": rename, "truncate and write": truncate}


@contextmanager
def served(tool: Tool, folder: Path) -> Iterator[str]:
    """A tool that serves the folder's deck; its page."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {**os.environ, **tool.environment(port)}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(tool.command(port), cwd=folder, env=environment, stdout=quiet, stderr=quiet)
    url = f"http://localhost:{port}{tool.page}"
    try:
        for _ in range(300):
            if process.poll() is not None:
                raise RuntimeError(f"{tool.name} has ended with {process.returncode}")
            try:
                urlopen(url.partition("#")[0], timeout=20).read()
                break
            except (URLError, OSError):
                time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def times(browser: Any, tool: Tool, slides: int, manner: str, edits: int) -> list[float]:
    """Milliseconds from save to screen, for each edit."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "deck.md")
        path.write_text(deck(slides, 0), "utf-8")
        with served(tool, Path(name)) as url:
            context = browser.new_context(viewport={"width": 1280, "height": 720})
            context.add_init_script(OBSERVE)
            page = context.new_page()
            page.goto(url)
            page.wait_for_timeout(2000)  # all of them load more after the page, and listen only then
            found = []
            for edit in range(1, edits + 1):
                started = MANNERS[manner](path, deck(slides, edit))
                page.wait_for_function(f"sessionStorage['EDIT-{edit}-']", timeout=60_000, polling=20)
                found.append(float(page.evaluate(f"sessionStorage['EDIT-{edit}-']")) - started)
                page.wait_for_timeout(300)  # an author does not save more often
            context.close()
    return found


def main() -> None:
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--edits", type=int, default=30)
    parser.add_argument("--sizes", default="25,400")
    parser.add_argument("--only", default="", help="names of tools, with commas between")
    parser.add_argument("--runs", type=int, default=1, help="how often all is repeated")
    parser.add_argument("--programs", default="", help="folder of the other tools' programs, beside PATH")
    options = parser.parse_args()
    if options.programs:
        os.environ["PATH"] = f"{Path(options.programs).resolve()}{os.pathsep}{os.environ['PATH']}"
    chosen = options.only.split(",") if options.only else [tool.name for tool in TOOLS]
    tools = [
        tool for tool in TOOLS if tool.name in chosen and (tool.name == "slidegen" or shutil.which(tool.name))
    ]
    program = shutil.which("chromium") or shutil.which("google-chrome")
    left_out = [name for name in chosen if name not in [tool.name for tool in tools]]
    if left_out:
        print(f"not installed: {', '.join(left_out)}")
    every = options.runs * options.edits
    print(
        f"{'tool':<12}{'slides':>7}  {'manner':<20}{'median':>8}{'95%':>8}{'worst':>8}   (ms, {every} edits each)"
    )
    well = True
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for slides in map(int, options.sizes.split(",")):
            found: dict[tuple[str, str], list[float]] = {}
            for _ in range(options.runs):
                for tool in tools:
                    for manner in MANNERS:
                        try:
                            measured = times(browser, tool, slides, manner, options.edits)
                        except Exception as error:
                            print(
                                f"{tool.name:<12}{slides:>7}  {manner:<20}failed: {str(error).splitlines()[0]}"
                            )
                            well = well and tool.name != "slidegen"
                        else:
                            found.setdefault((tool.name, manner), []).extend(measured)
            for (name, manner), all_times in found.items():
                all_times.sort()
                median = statistics.median(all_times)
                most = all_times[max(0, round(0.95 * len(all_times)) - 1)]
                verdict = ""
                if name == "slidegen" and slides in AIMS:
                    aim = AIMS[slides]
                    reached = median <= aim and most < 2 * aim
                    well = well and reached
                    verdict = f"   aim {aim}, 95% under {2 * aim}: {'reached' if reached else 'MISSED'}"
                print(
                    f"{name:<12}{slides:>7}  {manner:<20}{median:>8.0f}{most:>8.0f}{all_times[-1]:>8.0f}{verdict}",
                    flush=True,
                )
        browser.close()
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main()
