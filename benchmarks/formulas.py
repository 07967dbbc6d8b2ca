"""Count the formulas in a folder of decks, and those that do not parse; time the rest.

    python benchmarks/formulas.py FOLDER          # every *.md below it
    python benchmarks/formulas.py FOLDER --list   # each formula that does not parse, with the reason

Formulas are found as a build finds them: in prose and in backticks, and not in code blocks. Each deck has a
renderer of its own, as in a build, so definitions in one deck do not help another.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from slidegen.diagnostics import Reporter
from slidegen.render.math import MathRenderer, characters_of, subset_font
from slidegen.source import Source
from slidegen.syntax.nodes import ContentClass, Formula, Node
from slidegen.syntax.parser import parse_deck


def formulas(nodes: Iterable[Node]) -> Iterator[Formula]:
    """The formulas among the nodes and in their content classes."""
    for node in nodes:
        if isinstance(node, Formula):
            yield node
        elif isinstance(node, ContentClass):
            yield from formulas(node.children)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--list", action="store_true", help="print each formula that does not parse")
    args = parser.parse_args()

    total = distinct = 0
    failed: list[tuple[str, Formula, str]] = []
    rendering = 0.0
    subsetting: list[float] = []
    sizes: list[int] = []
    for path in sorted(args.folder.rglob("*.md")):
        raw = parse_deck(Source(str(path), path.read_text(encoding="utf-8")), Reporter())
        renderer = MathRenderer()
        html: dict[str, None] = {}
        seen: set[tuple[str, bool, bool]] = set()
        for slide in raw.slides:
            for formula in formulas((*slide.content, *(slide.notes or ()))):
                total += 1
                seen.add((formula.tex, formula.display, formula.in_code))
                start = time.perf_counter()
                rendered = renderer.render(formula.tex, display=formula.display, in_code=formula.in_code)
                rendering += time.perf_counter() - start
                html[rendered.html] = None
                if rendered.error is not None:
                    failed.append((str(path.relative_to(args.folder)), formula, rendered.error.message))
        distinct += len(seen)
        if seen:
            start = time.perf_counter()
            sizes.append(len(subset_font(characters_of("".join(html)))))
            subsetting.append(time.perf_counter() - start)

    print(f"{total} formulas, {distinct} distinct in their decks, in {len(sizes)} decks")
    print(f"{len(failed)} do not parse")
    for message, count in Counter(message for _, _, message in failed).most_common():
        print(f"  {count:4}  {message}")
    if args.list:
        for name, formula, message in failed:
            line = formula.span.position.line
            print(f"{name}:{line}: {message}\n    {formula.tex.strip()!r}")
    print(
        f"rendering: {1e3 * rendering:.0f} ms, {1e6 * rendering / max(distinct, 1):.0f} µs a distinct formula"
    )
    if sizes:
        print(f"font subset: median {1e3 * statistics.median(subsetting):.1f} ms a deck", end=", ")
        print(f"{statistics.median(sizes) / 1024:.0f} KB, at most {max(sizes) / 1024:.0f} KB")


if __name__ == "__main__":
    main()
