"""Writes the pages of the documentation that list what tables in the code hold.

    python docs/generate.py

A test fails when they are out of date.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from slidegen.config import OPTIONS, Config
from slidegen.diagnostics.codes import RETIRED, all_codes
from slidegen.diagnostics.topics import Topic, topic_of
from slidegen.project.schema import SCHEMA_FILE, schema_text
from slidegen.syntax.slide_properties import SLIDE_PROPERTIES

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS.parent))

from docs.diagnostic_examples import Example, read_examples  # noqa: E402 - a script finds only what is beside it


def options() -> str:
    """The page on options."""
    lines = [
        "# Options",
        "",
        "Set options for a deck in its front matter, and for all decks of a project in `slidegen.yml` at its top.",
        "The command line takes precedence over a variant, a variant over front matter, and front matter over",
        "`slidegen.yml`. Any other key is a variable: `{{key}}` shows its value. You can also put options into a",
        "`nature:` block, as in xaringan.",
        "",
        "| option | takes | default | where | what it does |",
        "|---|---|---|---|---|",
    ]
    for name, row in OPTIONS.items():
        default = shown(getattr(Config(), name))
        lines.append(f"| `{name}` | {row.kind.says} | {default} | {', '.join(row.where)} | {row.says} |")
    return "\n".join(lines) + "\n"


def diagnostics() -> str:
    """The page on diagnostics: each topic with a table of its codes, and an example of each."""
    lines = [
        "# Diagnostics",
        "",
        "Each diagnostic names a place as `path:line:column`, shows the line with a caret, and says what to do. Codes",
        "never change. After an error, slidegen does not build the deck, and the old page stays. After a warning, it",
        "builds the deck, unless you use `--strict`.",
    ]
    examples = read_examples()
    for topic in Topic:
        codes = sorted(
            (code for code in all_codes() if topic_of(code.number) is topic), key=lambda code: code.number
        )
        lines += ["", f"## {topic.title}", "", "| code | kind | when |", "|---|---|---|"]
        for code in codes:
            name = code.number
            linked = f"[{name}](#{name.lower()})" if is_shown(examples.get(name)) else name
            lines.append(f"| {linked} | {code.severity.value} | {code.meaning} |")
        for code in codes:
            example = examples.get(code.number)
            if example is not None and is_shown(example):
                lines += ["", f"### {code.number}", *example_lines(example)]
    lines += ["", "## No longer used", "", *(f"- {number}: {why}." for number, why in RETIRED.items())]
    return "\n".join(lines) + "\n"


def is_shown(example: Example | None) -> bool:
    """Whether the page shows an example: some things go wrong only outside of any deck."""
    return example is not None and not example.shown_by


def example_lines(example: Example) -> Iterator[str]:
    """An example: the files as they are wrong, what is printed, and what is right."""
    for name, text in example.files.items():
        if is_text(name, text):
            yield from ("", f"`{name}`:", "", *fenced(text, name))
    typed = f"`slidegen {example.command}`"
    yield from ("", f"{typed} prints:", "", *fenced(example.says, ".txt"))
    if example.fixed_command != example.command:
        yield from ("", f"Repaired: `slidegen {example.fixed_command}`")
    for name, text in example.changes().items():
        if is_text(name, text):
            yield from ("", f"`{name}`, repaired:", "", *fenced(text, name))


def is_text(name: str, text: str) -> bool:
    """Whether a file of an example is one that can be shown."""
    return not name.endswith("/") and text != "PIXEL" and not text.startswith("base64:")


def fenced(text: str, name: str) -> list[str]:
    """A file as a code block, between more backticks than stand in it."""
    languages = {".md": "markdown", ".Rmd": "markdown", ".yml": "yaml", ".bib": "bibtex", ".txt": "text"}
    suffix = Path(name).suffix or name
    fence = "`" * max(3, 1 + max(map(len, re.findall(r"`+", text)), default=0))
    language = languages.get(suffix, suffix.removeprefix("."))
    return [fence + language, *text.rstrip("\n").split("\n"), fence]


def language() -> str:
    """The page on the language, with the table of slide properties in its place."""
    page = (DOCS / "language.md").read_text("utf-8")
    head = "| key | takes | inherited | what it does |"
    rows = [
        f"| `{name}` | {row.kind.says} | {'yes' if row.inherited else 'no'} | {row.says} |"
        for name, row in SLIDE_PROPERTIES.items()
    ]
    before, _, rest = page.partition(head)
    after = rest.partition("\n\n")[2]
    return before + "\n".join((head, "|---|---|---|---|", *rows)) + "\n\n" + after


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


def site() -> str:
    """MkDocs' options: the pages in the order of index.md, under its headings, and those that docs/hooks.py adds."""
    lines = [SITE]
    for part in (DOCS / "index.md").read_text("utf-8").split("\n## ")[1:]:
        heading, _, body = part.partition("\n")
        if heading == "Reference":
            lines.append("  - Gallery: gallery.md\n")
        entries = re.findall(r"^- \[([^\]]+)\]\(([\w-]+\.md)\): ", body, re.MULTILINE)
        lines.append(f"  - {heading}:\n" + "".join(f'      - "{title}": {name}\n' for title, name in entries))
    lines += [
        f"      - {name.capitalize()}: {name}.md\n" for name in ("contributing", "security", "changelog")
    ]
    return "".join(lines)


SITE = """\
# The documentation as a site: `mkdocs build`, with the extra `docs`. Written by docs/generate.py from docs/index.md.
site_name: slidegen
site_description: Write slides in Markdown, and get one HTML file that opens anywhere
docs_dir: docs
site_dir: public/docs
use_directory_urls: false
exclude_docs: |
  *.py
  examples/
  gallery/
hooks: [docs/hooks.py]
extra_css: [site.css]
extra_javascript: [site.js]
theme:
  name: material
  font: false
  features: [navigation.sections, navigation.top, content.code.copy, search.suggest]
  palette:
    - media: "(prefers-color-scheme: light)"
      scheme: default
      primary: indigo
      toggle: {icon: material/weather-night, name: Dark}
    - media: "(prefers-color-scheme: dark)"
      scheme: slate
      primary: indigo
      toggle: {icon: material/weather-sunny, name: Light}
markdown_extensions: [tables, fenced_code, sane_lists, {toc: {permalink: true}}]
validation: {links: {not_found: warn, anchors: warn, absolute_links: warn}, nav: {omitted_files: warn}}
nav:
  - Home: index.md
"""


PAGES = {
    "../mkdocs.yml": site,
    "options.md": options,
    "diagnostics.md": diagnostics,
    "language.md": language,
    f"../templates/{SCHEMA_FILE}": schema_text,
}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), "utf-8")
