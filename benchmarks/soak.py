"""A thousand edits before twenty windows: does every window end on the last text, and does nothing pile up?

    python benchmarks/soak.py
    python benchmarks/soak.py --edits 200 --windows 5

The windows are WebSockets that apply what they are sent to a list of slides, as pages do. Printed are the memory of
the server's process, its threads and its open files after every hundred edits (Linux).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from websockets.asyncio.client import connect

ROOT = Path(__file__).resolve().parent.parent
SLIDES = 25


def deck(edit: int) -> str:
    """The deck after an edit."""
    texts = [f"# Slide {n}\n\nText *of* slide {n}, $x_{n}$" for n in range(SLIDES)]
    texts[edit % SLIDES] += f"\n\nEDIT-{edit}-"
    return "\n\n---\n\n".join(texts) + "\n"


class Window:
    """A page, as far as it knows its slides."""

    def __init__(self, live: dict[str, Any], slides: list[str]) -> None:
        self.live = dict(live)
        self.slides = list(slides)
        self.messages = 0

    def apply(self, message: dict[str, Any]) -> None:
        """Take over what the server has sent."""
        self.messages += 1
        self.live["epoch"] = message["epoch"]
        if "slides" in message:
            now: list[str] = []
            for item in message["slides"]:
                now += self.slides[item[0] : item[0] + item[1]] if isinstance(item, list) else [item["html"]]
            self.slides = now

    async def run(self, url: str) -> None:
        """Listen until the connection ends."""
        async with connect(url, max_size=None) as line:
            await line.send(json.dumps(self.live))
            async for text in line:
                self.apply(json.loads(text))


def state(pid: int) -> tuple[int, int, int]:
    """Resident memory in KB, threads and open files of a process."""
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    memory = int(re.search(r"VmRSS:\s+(\d+)", status)[1])  # type: ignore[index]
    threads = int(re.search(r"Threads:\s+(\d+)", status)[1])  # type: ignore[index]
    return memory, threads, len(os.listdir(f"/proc/{pid}/fd"))  # noqa: PTH208


async def soak(folder: Path, process: subprocess.Popen[str], url: str, edits: int, windows: int) -> bool:
    """Edit, and look; whether all is well."""
    html = await asyncio.to_thread(lambda: urlopen(f"{url}deck.html").read().decode())
    live = json.loads(re.search(r'"live":(\{.*?\}),"words"', html)[1])  # type: ignore[index]
    slides = [""] * SLIDES
    pages = [Window(live, slides) for _ in range(windows)]
    tasks = [asyncio.create_task(page.run(url.replace("http", "ws") + "live")) for page in pages]
    await asyncio.sleep(1)
    early = state(process.pid)
    after_hundred = 0
    for edit in range(1, edits + 1):
        beside = folder / ".new"
        beside.write_text(deck(edit), "utf-8")
        beside.replace(folder / "deck.md")
        for _ in range(400):
            if all(f"EDIT-{edit}-" in page.slides[edit % SLIDES] for page in pages):
                break
            await asyncio.sleep(0.005)
        else:
            print(f"edit {edit} was not seen by all")
            return False
        if edit % 100 == 0 or edit == edits:
            memory, threads, files = state(process.pid)
            after_hundred = after_hundred or memory
            print(f"{edit:>6} edits: {memory / 1024:7.1f} MB, {threads} threads, {files} files", flush=True)
    memory, _, files = state(process.pid)
    grown = memory / after_hundred - 1
    print(f"memory since the first hundred: {100 * grown:+.1f}%; every window is on the last text")
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.sleep(1)
    _, threads, left = state(process.pid)
    print(
        f"without windows: {threads} threads, {left} files (at the start, with them: {early[1]}, {early[2]})"
    )
    return grown < 0.1 and left <= early[2] - windows and threads <= early[1]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--edits", type=int, default=1000)
    parser.add_argument("--windows", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "deck.md").write_text(deck(0), "utf-8")
        command = [sys.executable, "-m", "slidegen", "serve", "deck.md", "-p", "0"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"}
        with (folder / "log").open("w") as log:
            process = subprocess.Popen(
                command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=log, text=True
            )
        assert process.stdout is not None
        url = re.search(r"http://\S+", process.stdout.readline())[0]  # type: ignore[index]
        drain = subprocess.Popen(["cat"], stdin=process.stdout, stdout=subprocess.DEVNULL)
        try:
            well = asyncio.run(soak(folder, process, url, options.edits, options.windows))
        finally:
            process.terminate()
            process.wait(10)
            drain.wait(10)
        print((folder / "log").read_text("utf-8"), end="")
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main()
