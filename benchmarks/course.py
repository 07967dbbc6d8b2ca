"""Time the building of a course: 100 decks of 25 slides with code, and what an edit to it costs.

    python benchmarks/course.py                        # what is installed here
    python benchmarks/course.py --runs 5 --marp PATH   # beside marp, and mkslides where it is on the path

Rounds go through all rows in turn, so that a slow moment of the machine hits all of them. Printed are the
medians of wall time, and their ratio to the floor: `python -c "import click, jinja2, markdown, yaml"`.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

DECKS = 100
SLIDES = 25
PICTURES = 10
SLIDE = """# Step {slide} of session {deck}

The chain moves to a *proposal* with probability one half, and number {slide}.

- it **accepts** with `min(1, ratio)`
- it stays where it is otherwise

```python
def step(x, rng):
    proposal = x + rng.normal(scale={slide})
    return proposal if rng.random() < density(proposal) / density(x) else x
```
"""


@dataclass
class Row:
    """A command, what is done before it, and what it took in each round."""

    name: str
    command: Sequence[str]
    before: Callable[[int], None]
    """Is given the number of the round."""
    seconds: list[float] = field(default_factory=list)

    def run(self, folder: Path, turn: int) -> None:
        self.before(turn)
        start = time.perf_counter()
        done = subprocess.run(
            self.command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
        self.seconds.append(time.perf_counter() - start)
        if done.returncode:
            sys.exit(f"{self.name}: {' '.join(self.command)} gave {done.returncode}\n{done.stderr.decode()}")

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def picture(number: int) -> bytes:
    """A PNG file, another one for each number."""
    rows = b"".join(b"\0" + bytes((x * number) % 256 for x in range(300)) for _ in range(100))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 100, 100, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def deck(number: int) -> str:
    """A deck; a tenth of all decks show the same picture."""
    first = f"# Session {number}\n\n![A walk](img/{number % PICTURES}.png)\n"
    return "\n---\n\n".join([first, *(SLIDE.format(slide=slide, deck=number) for slide in range(1, SLIDES))])


def write_course(folder: Path) -> None:
    """The course, as slidegen and the others read it."""
    (folder / "slides" / "img").mkdir(parents=True)
    (folder / "slidegen.yml").write_text("course: Statistics\n", "utf-8")
    for number in range(PICTURES):
        (folder / "slides" / "img" / f"{number}.png").write_bytes(picture(number + 1))
    for number in range(DECKS):
        (folder / "slides" / f"{number:03}.md").write_text(deck(number), "utf-8")


def rows(folder: Path, marp: str | None, mkslides: str | None) -> list[Row]:
    """What is timed. Each row but the cold ones follows a build of what was there before its change."""
    build = [sys.executable, "-m", "slidegen", "build", "-q"]

    def nothing(turn: int) -> None:
        del turn

    def forget(turn: int) -> None:
        del turn
        shutil.rmtree(folder / "public", ignore_errors=True)
        shutil.rmtree(folder / ".slidegen", ignore_errors=True)

    def remove(name: str) -> Callable[[int], None]:
        return lambda turn: shutil.rmtree(folder / name, ignore_errors=turn >= 0)

    def edit(name: str, text: Callable[[int], str | bytes]) -> Callable[[int], None]:
        def change(turn: int) -> None:
            content = text(turn)
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())

        return change

    one_deck = edit("slides/050.md", lambda turn: deck(50) + f"\nEdit {turn}\n")
    found = [
        Row("floor", [sys.executable, "-c", "import click, jinja2, markdown, yaml"], nothing),
        Row("slidegen, one deck of these", [*build, "slides/050.md", "-o", "one.html", "--force"], nothing),
        Row("slidegen, cold, 1 process", [*build, "-j", "1"], forget),
        Row("slidegen, cold, 2 processes", [*build, "-j", "2"], forget),
        Row("slidegen, nothing changed", build, nothing),
        Row("slidegen, one deck changed", build, one_deck),
        Row(
            "slidegen, a picture of ten changed",
            build,
            edit("slides/img/3.png", lambda turn: picture(20 + turn)),
        ),
        Row(
            "slidegen, slidegen.yml changed, 1 process",
            [*build, "-j", "1"],
            edit("slidegen.yml", lambda turn: f"course: Statistics {turn}\n"),
        ),
        Row(
            "slidegen, slidegen.yml changed, 2 processes",
            [*build, "-j", "2"],
            edit("slidegen.yml", lambda turn: f"course: Statistics, {turn}\n"),
        ),
    ]
    if marp:
        command = [marp, "-I", "slides", "-o", "marp", "--no-stdin"]
        found.append(Row("marp, cold", command, remove("marp")))
        found.append(Row("marp, nothing changed", command, nothing))
    if mkslides:
        command = [mkslides, "build", "slides", "-d", "mkslides"]
        found.append(Row("mkslides, cold", command, remove("mkslides")))
        found.append(Row("mkslides, nothing changed", command, nothing))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5, help="counted rounds, after one to warm up")
    parser.add_argument("--marp", default=shutil.which("marp"), help="the program marp")
    parser.add_argument("--mkslides", default=shutil.which("mkslides"), help="the program mkslides")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_course(folder)
        found = rows(folder, arguments.marp, arguments.mkslides)
        for turn in range(arguments.runs + 1):
            for row in found:
                row.run(folder, turn)
            if turn == 0:
                for row in found:
                    row.seconds.clear()
    floor = found[0].median
    print(f"{DECKS} decks of {SLIDES} slides{'':22} {'median':>8} {'min':>8} {'floors':>7}")
    for row in found:
        print(f"{row.name:46} {row.median:7.3f}s {min(row.seconds):7.3f}s {row.median / floor:7.2f}")


if __name__ == "__main__":
    main()
