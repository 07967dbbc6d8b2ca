"""Writes the pages of the documentation that list what tables in the code hold.

    python docs/generate.py

A test fails when they are out of date.
"""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from slidegen.config import Config
from slidegen.diagnostics import RETIRED, Code, Severity
from slidegen.project.schema import SCHEMA_FILE, schema_text

DOCS = Path(__file__).parent


def options() -> str:
    """The page on options."""
    lines = [
        "# Options",
        "",
        "A deck sets them in its front matter, a project for all of its decks in `slidegen.yml` at its top.",
        "The command line counts more than a variant, a variant more than front matter, and that more than",
        "`slidegen.yml`. Any other key is",
        "a variable: `{{key}}` stands for its value. xaringan's `nature:` block is read as if its keys stood alone.",
        "",
        "| option | takes | default | where | what it says |",
        "|---|---|---|---|---|",
    ]
    for row in fields(Config):
        kind, where = row.metadata["kind"], row.metadata["where"]
        default = shown(getattr(Config(), row.name))
        place = "deck, project" if len(where) == 2 else where[0]
        lines.append(f"| `{row.name}` | {kind.says} | {default} | {place} | {row.metadata['says']} |")
    return "\n".join(lines) + "\n"


def diagnostics() -> str:
    """The page on diagnostics."""
    lines = [
        "# Diagnostics",
        "",
        "Each names a place as `path:line:column`, shows the line with a caret, and says what to do. The codes",
        "are stable. An error stops its deck, and the page built before stays; a warning does not, unless the",
        "build is `--strict`.",
    ]
    for severity in Severity:
        lines += ["", f"## {severity.value.capitalize()}s", "", "| code | when |", "|---|---|"]
        lines += [f"| {code.number} | {code.meaning} |" for code in Code if code.severity is severity]
    lines += ["", "## Not used any more", "", *(f"- {number}: {why}." for number, why in RETIRED.items())]
    return "\n".join(lines) + "\n"


def shown(value: object) -> str:
    """A default as the table shows it."""
    match value:
        case bool():
            return f"`{str(value).lower()}`"
        case tuple() if value and all(isinstance(part, float) for part in value):
            return "`" + ":".join(f"{part:g}" for part in value) + "`"
        case int():
            return f"{value // 1_000_000} MB"
        case str() if value:
            return f"`{value}`"
        case _:
            return ""


PAGES = {
    "options.md": options,
    "diagnostics.md": diagnostics,
    f"../templates/{SCHEMA_FILE}": schema_text,
}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), "utf-8")
