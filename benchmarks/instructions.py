"""Count the instructions of slidegen as a whole process: twelve decks, beside a floor, in one run.

    python benchmarks/instructions.py             # counts, and fails where a deck has grown
    python benchmarks/instructions.py talk steps  # these decks only
    python benchmarks/instructions.py --update    # writes the counts down as the ones to keep to

Seconds differ from run to run, instructions hardly: by 0.1%. Valgrind counts them, in two processes at a time.
Each count is divided by that of the floor, `python -c "import click, jinja2, markdown, yaml"`, so that it holds on
machines of the same kind. What must not grow is in `instructions.json`, by the version of Python; packages are
those of `instructions.txt`. Where one of them or Python differs, nothing is compared, and a line says so.

Exit codes: 0 for no growth, and where nothing can be compared; 1 for growth; 2 where a command fails.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

HERE = Path(__file__).resolve().parent
FIGURES = HERE / "instructions.json"
VERSIONS = HERE / "instructions.txt"
DECKS = HERE / "decks"
FLOOR = "floor"
GROWTH = 0.03
"""By how much a count may grow, as a part of what is kept."""
COUNT = re.compile(r"I\s+refs:\s+([\d,]+)")


def decks() -> dict[str, Path]:
    """What is counted: the smallest deck first, the lecture, and ten of different kinds."""
    own = sorted(path for path in DECKS.iterdir() if path.suffix in (".md", ".html"))
    found = {path.stem: path for path in sorted(own, key=lambda path: path.stem != "plain")}
    return {**found, "lecture": HERE.parent / "slides" / "lecture" / "index.md"}


def grown(counts: Mapping[str, float], kept: Mapping[str, float]) -> dict[str, float]:
    """The decks whose counts have grown too much, by how much; one that has no figure has grown without end."""
    growth = {
        name: count / kept[name] - 1 if name in kept else float("inf") for name, count in counts.items()
    }
    return {name: more for name, more in growth.items() if more > GROWTH}


def differing_packages(lines: Sequence[str]) -> list[str]:
    """The packages, as `name==version`, that are not installed here in that version."""
    return [
        line for line in lines if (wanted := line.partition("=="))[2] and _installed(wanted[0]) != wanted[2]
    ]


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def count(name: str, arguments: Sequence[str], folder: Path, *, valgrind: bool) -> int:
    """The instructions of a Python command; without `valgrind`, it only runs."""
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COVERAGE"))
    }
    counter = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
    done = subprocess.run(
        [*(counter if valgrind else ()), sys.executable, *arguments],
        cwd=folder,
        env={**environment, "PYTHONHASHSEED": "0"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    found = COUNT.search(done.stderr)
    if done.returncode or (valgrind and found is None):
        print(f"{name}: exit code {done.returncode}\n{done.stderr}", file=sys.stderr)
        sys.exit(2)
    return int(found[1].replace(",", "")) if found is not None else 0


def measure(chosen: Mapping[str, Path]) -> dict[str, int]:
    """The instructions of the floor and of each deck, once each has been built and Python and slidegen have cached."""
    commands = {FLOOR: ["-c", "import click, jinja2, markdown, yaml"]}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        shutil.copytree(DECKS, folder / "decks")
        for name, path in chosen.items():
            deck = folder / "decks" / path.name if path.parent == DECKS else path
            commands[name] = ["-m", "slidegen", "build", str(deck), "-o", f"out/{name}.html", "--force", "-q"]
        for name, command in commands.items():
            for _ in range(2):  # once for what the first run leaves, once to read it
                count(name, command, folder, valgrind=False)
        with ThreadPoolExecutor(max_workers=2) as pool:
            counts = pool.map(lambda item: count(*item, folder, valgrind=True), commands.items())
            return dict(zip(commands, counts, strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("decks", nargs="*", help="names of decks; without any, all")
    parser.add_argument("--update", action="store_true", help=f"write the counts into {FIGURES.name}")
    arguments = parser.parse_args()
    if shutil.which("valgrind") is None:
        print("instructions are not counted: valgrind is not installed")
        return
    known = decks()
    if unknown := [name for name in arguments.decks if name not in known]:
        parser.error(f"no such deck: {', '.join(unknown)}; there are {', '.join(known)}")
    chosen = {name: path for name, path in known.items() if name in (arguments.decks or known)}
    measured = measure(chosen)
    counts = {name: round(measured[name] / measured[FLOOR], 4) for name in chosen}
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    figures = json.loads(FIGURES.read_text("utf-8"))
    kept = figures.get(python, {})
    print(f"{FLOOR:10} {measured[FLOOR] / 1e6:7,.0f} M")
    for name, floors in counts.items():
        change = f"{floors / kept[name] - 1:+7.1%}" if name in kept else ""
        print(f"{name:10} {measured[name] / 1e6:7,.0f} M {floors:6.2f} floors {change}")
    if arguments.update:
        figures[python] = {**kept, **counts}
        FIGURES.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
        print(f"written to {FIGURES.name}: say in the commit why a count grows")
        return
    other = differing_packages(VERSIONS.read_text("utf-8").split())
    if not kept or other:
        what = (
            f"there are no figures for Python {python}"
            if not kept
            else f"{', '.join(other)} is not installed"
        )
        print(f"not compared: {what}")
        return
    if worse := grown(counts, kept):
        decks_grown = ", ".join(f"{name} by {more:.1%}" for name, more in worse.items())
        print(f"too many instructions: {decks_grown}. See `Count instructions` in CONTRIBUTING.md.")
        sys.exit(1)


if __name__ == "__main__":
    main()
