"""Reads the examples of diagnostics in docs/examples/: what is wrong, what is printed, and what is right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from slidegen.diagnostics.topics import Topic

EXAMPLES = Path(__file__).parent / "examples"
DECK = "deck.md"


@dataclass(frozen=True, kw_only=True)
class Example:
    """An example of a diagnostic."""

    number: str
    topic: Topic
    files: Mapping[str, str]
    """Texts by path. `PIXEL` is the smallest PNG, `base64:` comes before other bytes."""
    command: str
    """What is typed after `slidegen`."""
    says: str
    """What it prints on standard error."""
    fixed_files: Mapping[str, str]
    fixed_command: str
    shown_by: str
    """The test that shows the diagnostic, where no deck alone brings it about; else empty."""

    def changes(self) -> dict[str, str]:
        """The files that are other ones in the repaired form."""
        return {name: text for name, text in self.fixed_files.items() if self.files.get(name) != text}


def read_examples() -> dict[str, Example]:
    """The examples by the numbers of their codes, topic by topic."""
    return {
        number: _example(number, topic, entry)
        for topic in Topic
        for number, entry in sorted(yaml.safe_load(_path(topic).read_text("utf-8")).items())
    }


def write_output(example: Example, says: str) -> None:
    """Put what an example prints into its file; everything else in the file stays as it is."""
    path = _path(example.topic)
    before, head, rest = path.read_text("utf-8").partition(f"{example.number}:\n")
    entry, following = re.fullmatch(r"((?:[ ].*\n|\n)*)((?s:.*))", rest).groups()  # type: ignore[union-attr]
    entry = re.sub(r"^  says: \|2\n(?:    .*\n|\n)*", "", entry, flags=re.MULTILINE)
    lines = "".join(f"    {line}".rstrip() + "\n" for line in says.splitlines())
    path.write_text(f"{before}{head}{entry}  says: |2\n{lines}{following}", "utf-8")


def _path(topic: Topic) -> Path:
    return EXAMPLES / f"{topic.name.lower()}.yml"


def _example(number: str, topic: Topic, entry: Mapping[str, Any]) -> Example:
    """An example as its file has it: `deck` and `fixed` are short for the files' `deck.md`."""
    files = {**entry.get("files", {}), **({DECK: entry["deck"]} if "deck" in entry else {})}
    fixed = {**files, **entry.get("fixed_files", {}), **({DECK: entry["fixed"]} if "fixed" in entry else {})}
    command = entry.get("run", f"build {DECK}")
    return Example(
        number=number,
        topic=topic,
        files=files,
        command=command,
        says=entry.get("says", ""),
        fixed_files={name: text for name, text in fixed.items() if text is not None},
        fixed_command=entry.get("fixed_run", command),
        shown_by=entry.get("shown_by", ""),
    )
