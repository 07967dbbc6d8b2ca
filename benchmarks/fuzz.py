"""Thousands of decks that nobody would write: does slidegen fail, hang, or write where it should not?

    python benchmarks/fuzz.py --runs 1000 --seed 1
    python benchmarks/fuzz.py --runs 1 --seed 1 --first 4711 --keep found    # one project again, with its files

Each run is a small project whose decks, pages, R Markdown, bibliographies, settings, style sheets, drawings and
rehearsals are mutated, built in a process that is forked for a batch. Reported are exceptions that are no
diagnostic, files outside of the project or of the folder for its pages, and projects that take more than two
seconds of processor time for each 10 KB. Exit status 1 where something is found. Needs fork, so no Windows.
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import random
import re
import resource
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parent))
import seeds

ROOT = Path(__file__).resolve().parent.parent
LARGEST = 10_000
"""Bytes of a mutated file."""
SECONDS = 2.0
"""Processor time that 10 KB may take."""
ENDLESS = 60
"""Processor time after which a project is given up."""
BATCH = 200
"""Projects that one process builds."""
DECKS = {
    "talk.md": seeds.DECK,
    "modern.md": seeds.MODERN,
    "page.html": seeds.PAGE,
    "knit.Rmd": seeds.R_MARKDOWN,
    "more.md": seeds.PART,
}
BESIDE: dict[str, str | bytes] = {
    "style.css": seeds.STYLES,
    "other.css": "b { color: red }",
    "refs.bib": seeds.BIBLIOGRAPHY,
    "refs.json": seeds.CSL_JSON,
    "slidegen.yml": seeds.SETTINGS,
    "part.md": seeds.PART,
    "mine.csl": seeds.CITATION_STYLE,
    "_config.yml": seeds.JEKYLL,
    "templates/themes/mine/theme.yml": seeds.THEME,
    "templates/themes/mine/theme.css": "b {}",
    "pixel.png": seeds.PIXEL,
    "talk.ink.json": seeds.INK,
    "modern.ink.json": seeds.INK,
    "talk.rehearsal.json": seeds.REHEARSAL,
    "modern.rehearsal.json": seeds.REHEARSAL,
}
COMMANDS = (
    *[("build", ".", "-o", "out", "-j", "1")] * 4,
    ("build", ".", "-o", "out", "-j", "1", "--variant", "student"),
    ("build", ".", "-o", "out", "-j", "1", "--no-embed"),
    ("build", ".", "-o", "out", "-j", "1", "--zip"),
    ("import", "page.html", "-o", "out"),
    *[("inspect", ".")] * 12,
    ("config", "talk.md"),
    ("check", "."),
    ("check", ".", "--fix"),
    ("rehearsal", "talk.md", "--write"),
    ("rehearsal", "modern.md"),
)
OWN = ("out", "out.zip", ".slidegen")
"""What commands may write into a project."""
FAULT = re.compile(r"Traceback|error\[SG031\]")


@dataclass(frozen=True, slots=True)
class Found:
    """What is wrong with a run."""

    run: int
    what: str
    said: str


class Mutator:
    """Mutates files, the same ones for the same seed."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)
        demos = sorted((ROOT / "slides").glob("*.md"))
        self.donors = [
            seeds.DECK,
            seeds.MODERN,
            seeds.PAGE,
            seeds.R_MARKDOWN,
            seeds.BIBLIOGRAPHY,
            seeds.STYLES,
            seeds.SETTINGS,
            seeds.INK,
            seeds.REHEARSAL,
        ]
        self.donors += [path.read_text("utf-8") for path in demos]

    def project(self) -> tuple[dict[str, bytes], tuple[str, ...]]:
        """The files of a project, and a command for it."""
        files: dict[str, bytes] = {}
        for name, text in DECKS.items():
            files[name] = self.mutated(text) if self.random.random() < 0.95 else text.encode()
        for name in self.random.sample(list(BESIDE), self.random.randint(3, len(BESIDE))):
            content = BESIDE[name]
            data = content if isinstance(content, bytes) else content.encode()
            settings = name in ("slidegen.yml", "_config.yml")
            if isinstance(content, str) and self.random.random() < (0.1 if settings else 0.4):
                data = self.mutated(content)
            files[name] = data
        return files, self.random.choice(COMMANDS)

    def mutated(self, text: str) -> bytes:
        """A text with a few changes, or with many, as bytes that need not be text."""
        if self.random.random() < 0.1:
            donor = self.random.choice(self.donors)
            start = self.random.randrange(len(donor))
            text = donor[start : start + self.random.randint(10, 3000)]
        front, body = self._parted(text)
        if self.random.random() < 0.3:
            body = self._excerpt(body)
        for _ in range(self.random.choice((1, 1, 2, 3, 5, 10, 40))):
            body = self._changed(body)[:LARGEST]
        text = front + body
        data = text.encode("utf-8", "surrogatepass")[:LARGEST]
        if self.random.random() < 0.03 and data:
            at = self.random.randrange(len(data))
            data = data[:at] + bytes([self.random.randrange(256)]) + data[at + 1 :]
        return data

    def _parted(self, text: str) -> tuple[str, str]:
        """What is left as it is, mostly front matter, lest most decks end at it; and what is changed."""
        end = text.find("\n---\n", 4) + 5 if text.startswith("---\n") else text.find("<textarea") + 1
        return (text[:end], text[end:]) if self.random.random() < 0.7 else ("", text)

    def _excerpt(self, text: str) -> str:
        lines = text.splitlines(keepends=True)
        start = self.random.randrange(len(lines)) if lines else 0
        return "".join(lines[start : start + self.random.randint(1, 12)])

    def _changed(self, text: str) -> str:
        start, end = sorted(self.random.randrange(len(text) + 1) for _ in range(2))
        end = min(end, start + self.random.choice((0, 0, 1, 5, 40, 400)))
        piece = self.random.choice(seeds.PIECES)
        slice_ = text[start:end]
        match self.random.randrange(9):
            case 0 | 1 | 2:
                return text[:start] + piece + text[end:]
            case 3:
                return text[:start] + text[end:]
            case 4:
                return text[:end] + slice_ * self.random.choice((1, 2, 30)) + text[end:]
            case 5:
                both = piece + self.random.choice(seeds.PIECES) * self.random.randrange(2)
                times = self.random.choice((2, 10, 100, 3000))
                return text[:start] + both * min(times, LARGEST // max(1, len(both))) + text[end:]
            case 6:
                other = self.random.choice(self.donors)
                at = self.random.randrange(len(other))
                return text[:start] + other[at : at + self.random.randrange(200)] + text[end:]
            case 7:
                closing = self.random.choice(("]", "}", ")", "</div>", "$", "`", ""))
                times = self.random.choice((3, 50, 1000))
                return text[:start] + piece * times + slice_ + closing * times + text[end:]
            case _:
                return re.sub(r"(?<=: ).+", lambda _: piece, text, count=self.random.randint(1, 4))


def build(folder: Path, files: dict[str, bytes], command: tuple[str, ...]) -> tuple[str, float]:
    """What is wrong with how a project is built, and what slidegen says; the processor time it takes."""
    from slidegen.cli import main

    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    before, started = Path.cwd(), time.process_time()
    os.chdir(folder)
    try:
        with redirect_stdout(out), redirect_stderr(err), patch.object(sys, "argv", ["slidegen", *command]):
            main()
    except SystemExit:
        pass
    except BaseException:
        err.write(traceback.format_exc())
    finally:
        os.chdir(before)
    seconds = time.process_time() - started
    err.flush()
    assert isinstance(err.buffer, io.BytesIO)
    return err.buffer.getvalue().decode("utf-8", "replace"), seconds


def try_run(seed: int, run: int, scratch: Path, *, timed: bool) -> Iterator[Found]:
    """Build the project of one run, in a folder of its own that is empty afterwards."""
    files, command = Mutator(f"{seed}/{run}").project()
    top = scratch / f"run{run}"
    folder = top / "outer" / "project"
    folder.mkdir(parents=True)
    said, seconds = build(folder, files, command)
    if FAULT.search(said):
        reports = "".join(path.read_text("utf-8", "replace") for path in folder.glob(".slidegen/*fault*"))
        yield Found(run, f"`{' '.join(command)}` fails", said + reports)
    allowed = {folder / name for name in files}
    strays = [
        path
        for path in (path for path in top.rglob("*") if not path.is_dir())
        if path not in allowed
        and path.relative_to(folder if path.is_relative_to(folder) else top).parts[0] not in OWN
    ]
    if strays:
        yield Found(run, f"`{' '.join(command)}` writes {strays[0].relative_to(top)}", said)
    size = sum(map(len, files.values()))
    most = SECONDS * max(1, size / LARGEST)
    if timed and seconds > most:  # perhaps the machine was busy
        again = top / "again" / "project"
        again.mkdir(parents=True)
        seconds = min(seconds, build(again, files, command)[1])
    if timed and seconds > most:
        yield Found(run, f"`{' '.join(command)}` takes {seconds:.1f} s for {size:,} bytes", said)
    shutil.rmtree(top)


def try_batch(seed: int, runs: range, scratch: Path, *, timed: bool) -> Iterator[Found]:
    """The runs of a batch in a process of their own; what ends that process is found, too."""
    done = runs.start
    while done < runs.stop:
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            _work(seed, range(done, runs.stop), scratch, writer, timed=timed)
        os.close(writer)
        with os.fdopen(reader, encoding="utf-8", errors="replace") as lines:
            for line in lines:
                run, what, said = line.rstrip("\n").split("\t")
                done = int(run)
                if what:
                    yield Found(done, what, said.encode().decode("unicode_escape", "replace"))
        _, status = os.waitpid(child, 0)
        done += 1
        if status:
            yield Found(done, f"the process ends with {os.waitstatus_to_exitcode(status)}", "")
            shutil.rmtree(scratch / f"run{done}", ignore_errors=True)
            done += 1


def _work(seed: int, runs: range, scratch: Path, writer: int, *, timed: bool) -> None:
    """Write a line for each run that is over, and one for each thing found."""
    status = 1
    try:
        resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
        with os.fdopen(writer, "w", encoding="utf-8", errors="replace") as pipe:
            for run in runs:
                spent = time.process_time()
                resource.setrlimit(resource.RLIMIT_CPU, (int(spent) + ENDLESS, resource.RLIM_INFINITY))
                for found in try_run(seed, run, scratch, timed=timed):
                    said = found.said[-6000:].encode("unicode_escape").decode()
                    pipe.write(f"{run}\t{found.what}\t{said}\n")
                pipe.write(f"{run}\t\t\n")
                pipe.flush()
                gc.collect()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def fuzz(seed: int, runs: range, *, timed: bool = True) -> Iterator[Found]:
    """Everything that is found in these runs."""
    from slidegen.project import package_data, template_cache

    templates = template_cache.CompiledTemplates(package_data.own_templates())
    with (
        tempfile.TemporaryDirectory() as scratch,
        patch.object(
            template_cache, "CompiledTemplates", lambda _: templates
        ),  # compiled once for all projects
    ):
        _warm_up(Path(scratch, "warm"))
        for start in range(runs.start, runs.stop, BATCH):
            yield from try_batch(
                seed, range(start, min(start + BATCH, runs.stop)), Path(scratch), timed=timed
            )


def _warm_up(folder: Path) -> None:
    """Build a project without mistakes, so that what it needs is loaded before processes are forked."""
    beside = {name: text if isinstance(text, bytes) else text.encode() for name, text in BESIDE.items()}
    build(folder, {**{name: text.encode() for name, text in DECKS.items()}, **beside}, COMMANDS[0])


def keep(seed: int, runs: range, folder: Path) -> None:
    """Write the projects of these runs, each with its command, instead of building them."""
    for run in runs:
        files, command = Mutator(f"{seed}/{run}").project()
        for name, data in {**files, "COMMAND": " ".join(command).encode()}.items():
            path = folder / str(run) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def where(found: Found) -> str:
    """The last place in slidegen that a traceback names, and the exception; what is wrong where there is none."""
    lines = found.said.rstrip().splitlines()
    places = [line.strip() for line in lines if line.lstrip().startswith("File ") and "/slidegen/" in line]
    return f"{places[-1]}: {lines[-1][:200]}" if places else re.sub(r"[\d.,]+", "N", found.what)


def main() -> int:
    """Fuzz, and say what was found, each kind once with all its runs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=1000, help="projects of five decks")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--first", type=int, default=0, help="number of the first run")
    parser.add_argument("--untimed", action="store_true", help="do not mind how long anything takes")
    parser.add_argument("--keep", type=Path, help="write the projects here instead of building them")
    args = parser.parse_args()
    runs = range(args.first, args.first + args.runs)
    if args.keep:
        keep(args.seed, runs, args.keep)
        return 0
    kinds: Counter[str] = Counter()
    for found in fuzz(args.seed, runs, timed=not args.untimed):
        kind = where(found)
        kinds[kind] += 1
        if kinds[kind] == 1:
            print(f"run {found.run}: {found.what}\n{found.said[-3000:]}\n", flush=True)
        else:
            print(f"run {found.run}: {found.what}: {kind}", flush=True)
    print(
        f"{len(DECKS) * args.runs:,} decks in {args.runs:,} projects, seed {args.seed}: {sum(kinds.values())} found"
    )
    for kind, count in kinds.most_common():
        print(f"{count:6} {kind}")
    return 1 if kinds else 0


if __name__ == "__main__":
    sys.exit(main())
