"""Time slidegen as a whole process, beside a floor and other tools, in one run.

    python benchmarks/build.py                # everything that is installed here
    python benchmarks/build.py --runs 9

Each row is timed in turn with the others, round by round, so that a slow moment of the machine hits all
of them. Printed are the median wall time, the peak memory of the process, and the ratio to the floor:
`python -c "import click, jinja2, markdown, yaml"`, what any program on these packages must take.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARAGRAPH = """## Step {n}

The chain moves from $x_{{{n}}}$ to a *proposal* with probability $\\alpha(x, x') \\le 1$.

- it **accepts** with `min(1, ratio)`
- it stays where it is otherwise

```python
def step(x, rng):
    proposal = x + rng.normal(scale={n})
    return proposal if rng.random() < density(proposal) / density(x) else x
```
"""


@dataclass
class Row:
    """A command, and what it took in each round."""

    name: str
    command: Sequence[str]
    seconds: list[float] = field(default_factory=list)
    peak: int = 0
    """Bytes of resident memory, the most of all rounds."""

    def run(self, folder: Path) -> None:
        start = time.perf_counter()
        process = subprocess.Popen(
            self.command,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
        self.seconds.append(time.perf_counter() - start)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"{self.name} exited {process.returncode}: {' '.join(self.command)}")
        self.peak = max(self.peak, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024))

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def deck(slides: int) -> str:
    """A deck of that many slides with prose, formulas and code."""
    return "---\ntitle: Benchmark\n---\n" + "\n---\n".join(
        PARAGRAPH.format(n=n) for n in range(1, slides + 1)
    )


def rows(folder: Path) -> list[Row]:
    python, slidegen = sys.executable, [sys.executable, "-m", "slidegen"]
    for slides in (100, 400, 1600):
        (folder / f"{slides}.md").write_text(deck(slides), "utf-8")
    (folder / "400-plain.md").write_text(deck(400).split("---\n", 2)[2], "utf-8")
    lecture = str(ROOT / "slides" / "lecture" / "index.md")
    found = [
        Row("python", [python, "-c", ""]),
        Row("import click", [python, "-c", "import click"]),
        Row("floor", [python, "-c", "import click, jinja2, markdown, yaml"]),
        Row("slidegen --help", [*slidegen, "--help"]),
        Row("slidegen lecture", [*slidegen, "build", lecture, "-o", "lecture.html"]),
        *(
            Row(f"slidegen {n} slides", [*slidegen, "build", f"{n}.md", "-o", f"{n}.html"])
            for n in (100, 400, 1600)
        ),
    ]
    if pandoc := shutil.which("pandoc"):
        found.append(Row(*_pandoc(pandoc, standalone=(folder / "reveal.js").exists())))
    if marp := shutil.which("marp"):
        found.append(Row("marp 400 slides", [marp, "400-plain.md", "-o", "marp.html", "--no-stdin"]))
    return found


def _pandoc(pandoc: str, *, standalone: bool) -> tuple[str, list[str]]:
    command = [pandoc, "-f", "markdown-yaml_metadata_block", "-t", "revealjs", "-s", "--mathml"]
    if not standalone:
        return "pandoc 400 slides, not standalone", [*command, "400-plain.md", "-o", "pandoc.html"]
    options = subprocess.run([pandoc, "--help"], capture_output=True, text=True, check=True).stdout
    embed = "--embed-resources" if "--embed-resources" in options else "--self-contained"  # before 2.19
    command += [embed, "-V", "revealjs-url=reveal.js"]
    return "pandoc 400 slides, standalone", [*command, "400-plain.md", "-o", "pandoc.html"]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=7, help="counted rounds, after one to warm up")
    parser.add_argument("--reveal", type=Path, help="a folder with reveal.js, for pandoc's standalone decks")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        if arguments.reveal:
            (folder / "reveal.js").symlink_to(arguments.reveal.resolve())
        commands = rows(folder)
        for turn in range(arguments.runs + 1):
            for row in commands:
                row.run(folder)
            if turn == 0:
                for row in commands:
                    row.seconds.clear()
    floor = next(row for row in commands if row.name == "floor").median
    print(f"{'':36} {'median':>8} {'min':>8} {'floors':>7} {'peak':>8}")
    for row in commands:
        peak = f"{row.peak / 1e6:.0f} MB"
        print(
            f"{row.name:36} {row.median:7.3f}s {min(row.seconds):7.3f}s {row.median / floor:7.2f} {peak:>8}"
        )
    by_name = {row.name: row.median for row in commands}
    print("growth from 100 slides, per slide, start-up taken off:")

    for n in (100, 400, 1600):
        per_slide = (by_name[f"slidegen {n} slides"] - floor) / n
        print(f"  {n:5} slides {per_slide * 1000:.2f} ms")


if __name__ == "__main__":
    main()
