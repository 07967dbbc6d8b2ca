"""The table of deck options, and the configuration built from front matter and slidegen.yml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.diagnostics import Code, Reporter
from slidegen.option_records import (
    ASSETS,
    AUTHORS,
    CHECKS,
    COLORS,
    LINKS,
    MATH,
    SESSIONS,
    AssetOptions,
    Author,
    MathOptions,
    PlannedSession,
)
from slidegen.option_types import (
    BOOL,
    CLASSES,
    DENSITY,
    DURATION_KIND,
    EXPORT_FORMATS,
    EXTRAS,
    INCREMENTAL,
    LANGUAGE,
    MAPPING,
    NAVIGATION,
    PROGRESS,
    RATIO,
    SIZE,
    SPANS,
    TEXT,
    TEXT_OR_FALSE,
    TEXTS,
    TIMER,
    TRANSITION,
    OptionType,
    PartError,
    Value,
)
from slidegen.source import Span
from slidegen.spelling import letters_swapped, nearest, suggest


class Option(Struct, frozen=True):
    """What is known of an option beside its name and default."""

    kind: OptionType
    says: str
    """What it is for, in one sentence."""
    where: tuple[str, ...]
    """Who may set it: `deck`, `project` or both."""


_ROWS: list[Option] = []
"""The options in the order of `Config`'s fields, which `OPTIONS` has by name."""


def option(default: Value, kind: OptionType, says: str, *, where: str = "deck project") -> Any:
    """A row of the table: default, type, one sentence, and whether a deck or the project may set it."""
    _ROWS.append(Option(kind, says, tuple(where.split())))
    return field(default_factory=default) if callable(default) else field(default=default)


class Config(Struct, frozen=True):
    """The options of one deck. Each field is a row of the one table of options."""

    title: str = option("", TEXT, "Title of the deck; by default, its first heading.")
    author: tuple[Author, ...] = option((), AUTHORS, "Who wrote the deck, perhaps with a `url`.")
    description: str = option("", TEXT, "One sentence about the deck, for search engines and course pages.")
    lang: str = option("en", TEXT, "Language of the deck, as in `fr` or `pt-BR`.")
    favicon: str = option("", TEXT, "Icon of the page: a path relative to the deck.")
    theme: str = option(
        "",
        TEXT,
        "The look: the name of a theme; by default, `remark` for decks with `css`, otherwise `lecture`.",
    )
    colors: Mapping[str, str] = option(dict, COLORS, "Colours in place of the theme's: `{accent: crimson}`.")
    css: tuple[str, ...] = option((), TEXTS, "Your style sheets, after the theme's.")
    scripts: tuple[str, ...] = option(
        (), TEXTS, "Your scripts, which run in this order once the slides are ready."
    )
    bodyStart: tuple[str, ...] = option(
        (), TEXTS, "HTML files to insert before the slides, with elements that scripts fill."
    )
    footer: str = option("", TEXT_OR_FALSE, "Markdown at the foot of every slide.")
    math: MathOptions = option(
        MathOptions,
        MATH,
        "LaTeX: your own `macros`, `number` for equation numbers, `dollars: false` for sums of money.",
    )
    bibliography: tuple[str, ...] = option(
        (), TEXTS, "BibTeX or CSL JSON files: `[@key]` cites a work in them."
    )
    citationStyle: str = option(
        "author-year", TEXT, "How citations look: `author-year`, `numeric`, or the file of a CSL style."
    )
    ratio: tuple[float, float] = option((4.0, 3.0), RATIO, "Width to height of the slides.")
    highlightStyle: str = option("", TEXT, "Colours of code: a highlight.js or Pygments style.")
    highlightLanguage: str = option("", LANGUAGE, "Language of code blocks that do not name one.")
    highlightLines: bool = option(False, BOOL, "Whether `*` before a line of code highlights it.")
    highlightSpans: bool | str = option(False, SPANS, "Whether backticks in code highlight part of a line.")
    highlightInlineCode: bool = option(False, BOOL, "Whether code in text is coloured.")
    slideNumberFormat: str = option(
        "%current% / %total%",
        TEXT_OR_FALSE,
        "The number on a slide, such as `%current%` or `%percent%`; `false` for none.",
    )
    progress: str = option(
        "", PROGRESS, "Shows your progress: one bar, or one for each section; by default, the theme decides."
    )
    countIncrementalSlides: bool = option(True, BOOL, "Whether each step has its own number.")
    disableIncrementalSlides: bool = option(False, BOOL, "Whether only the last step is shown.")
    incremental: str = option(
        "false",
        INCREMENTAL,
        "Whether items, paragraphs, rows and pictures appear one by one; with `deep`, nested items too.",
    )
    extras: tuple[str, ...] = option(
        (), EXTRAS, "More Markdown: `superscript` for `x^2^`, `subscript` for `H~2~O`, `emoji` for `:smile:`."
    )
    excludedClasses: tuple[str, ...] = option((), CLASSES, "Slides with one of these classes are left out.")
    includePresenterNotes: bool = option(True, BOOL, "Whether the page includes notes.")
    inheritPresenterNotes: bool = option(True, BOOL, "Whether slides inherit notes from templates.")
    navigation: Mapping[str, bool] = option(
        dict, NAVIGATION, "Which of `scroll`, `touch` and `click` change slides."
    )
    timer: Mapping[str, Value] = option(dict, TIMER, "The presenter's timer.")
    duration: float = option(0.0, DURATION_KIND, "How long the session should take, for the presenter view.")
    transition: str = option("none", TRANSITION, "How a slide appears: `none`, `fade` or `slide`.")
    density: str = option(
        "normal", DENSITY, "How large text is in slidegen's themes: `roomy`, `normal` or `compact`."
    )
    ink: bool = option(
        False,
        BOOL,
        "Whether the page includes your drawings, from `NAME.ink.json` next to the deck.",
    )
    check: Mapping[str, Value] = option(
        dict,
        CHECKS,
        "Rules of `slidegen check` to switch off, as in `{no-title: false}`, and limits for some.",
    )
    deckLimit: int = option(
        64_000_000,
        SIZE,
        "Decks larger than this are skipped; HTML pages, which can contain pictures, can be 8 times as large.",
        where="project",
    )
    embedLimit: int = option(20_000_000, SIZE, "Files larger than this are linked, not embedded.")
    assets: AssetOptions = option(
        AssetOptions,
        ASSETS,
        "What decks can use outside the project: folders and, with `--fetch`, hosts in the local network.",
        where="project",
    )
    editor: str = option(
        "",
        TEXT,
        "The editor that `slidegen serve` opens: `code`, `cursor`, `idea`, or `command {path}:{line}`.",
        where="project",
    )
    exclude: tuple[str, ...] = option(
        (), TEXTS, "Patterns for files that are not decks, such as `drafts/*`.", where="project"
    )
    variables: Mapping[str, Value] = option(
        dict, MAPPING, "Values for `{{name}}` in every deck.", where="project"
    )
    course: str = option("", TEXT, "Title of the course.", where="project")
    code: str = option(
        "", TEXT, "What the course is called in the catalogue, such as `STAT 201`.", where="project"
    )
    term: str = option("", TEXT, "When the course is held, such as `Autumn 2026`.", where="project")
    links: Mapping[str, str] = option(
        dict, LINKS, "Links on the course page: text and address.", where="project"
    )
    sessions: tuple[PlannedSession, ...] = option(
        (),
        SESSIONS,
        "The plan of the course: the `date` of each session, and its `title` if you know it.",
        where="project",
    )
    slides: str = option("slides", TEXT, "The folder with the decks.", where="project")
    output: str = option("public", TEXT, "The folder for the pages.", where="project")
    templates: str = option("templates", TEXT, "The folder with your own templates.", where="project")
    newName: str = option(
        "{date}-{slug}.md",
        TEXT,
        "File name of a new session, with `{date}`, `{slug}` and `{number}`.",
        where="project",
    )
    export: tuple[str, ...] = option(
        (), EXPORT_FORMATS, "Formats that a build also exports, as in `[pdf, handout]`.", where="project"
    )
    index: bool = option(True, BOOL, "Whether a folder of several decks gets a course page.", where="project")
    url: str = option(
        "",
        TEXT,
        "The address where the course is published, for feed, sitemap and link previews.",
        where="project",
    )
    folders: Mapping[str, Value] = option(
        dict, MAPPING, "Options for the decks in a folder, as in `talks: {css: [talk.css]}`.", where="project"
    )
    audience: str = option(
        "",
        TEXT,
        "The variant that the audience of `slidegen serve --host` sees; by default, `student` if `variants` has it.",
        where="project",
    )
    variants: Mapping[str, Value] = option(
        dict,
        MAPPING,
        "Versions of the decks, each with `notes`, `without`, `output` and any options.",
        where="project",
    )


OPTIONS: Mapping[str, Option] = dict(zip(Config.__struct_fields__, _ROWS, strict=True))
"""All options by name, in the table's order."""

ALSO_VARIABLES = frozenset({"title", "author", "description", "lang", "footer", "course", "code", "term"})
"""Options that are also variables: `{{title}}` shows the title."""


@cache
def deck_option_names() -> tuple[str, ...]:
    """The names of the options that a deck may set, in the table's order."""
    return tuple(name for name, row in OPTIONS.items() if "deck" in row.where)


class RepeatedKey(Struct, frozen=True):
    """A key that a mapping has twice, with the place of each; YAML keeps the later value."""

    key: str
    first: Span
    again: Span


class Setting(Struct, frozen=True):
    """A key and its value as written, with the place of each."""

    key: str
    value: Value
    written: str
    """A scalar value as written in the file; for variables."""
    key_span: Span
    value_span: Span
    parts: tuple[Setting, ...] = ()
    """The settings below it, if its value is a mapping."""
    repeated: tuple[RepeatedKey, ...] = ()
    """The key itself, if it is given before, and the keys within its value that are given twice."""


def configure(
    base: Config, settings: Iterable[Setting], where: str, reporter: Reporter
) -> tuple[Config, dict[str, Setting]]:
    """The configuration with settings of a deck or a project applied, and the keys that are variables.

    A value of the wrong type is an error, a key similar to an option's name a warning.
    """
    changes: dict[str, Value] = {}
    variables: dict[str, Setting] = {}
    for setting in settings:
        for repeated in setting.repeated:
            _warn_of_repeated_key(repeated, reporter)
        row = OPTIONS.get(setting.key)
        if row is None or where not in row.where:
            variables[setting.key] = setting
            _warn_of_near_name(setting, where, reporter)
            continue
        if setting.key in ALSO_VARIABLES:
            variables[setting.key] = setting
        if setting.value is None:
            continue
        kind = row.kind
        value = setting.written if kind.as_written and setting.written else setting.value
        if kind.parts and isinstance(value, dict):
            value = _known_parts(setting, value, kind.parts, reporter)
        try:
            changes[setting.key] = kind.read(value)
        except PartError as error:
            place = _part(setting.value_span, error.key, at_key=error.at_key)
            reporter.report(Code.BAD_VALUE, f"{setting.key} {error}", place, hint=error.hint)
        except ValueError as error:
            what = str(error) if error.args else f"expects {kind.says}, not {_shown(setting)}"
            reporter.report(
                Code.BAD_VALUE,
                f"{setting.key} {what}",
                setting.value_span,
                hint=row.says,
            )
    return replace(base, **changes), variables


def _warn_of_repeated_key(repeated: RepeatedKey, reporter: Reporter) -> None:
    line = repeated.first.written.position.line
    reporter.report(
        Code.REPEATED_KEY,
        f"{repeated.key} is already set on line {line}, and that value is lost",
        repeated.again,
        hint=f"remove one of the two lines, or merge their values into one {repeated.key}:",
    )


def _known_parts(
    setting: Setting, value: Mapping[Value, Value], known: Sequence[str], reporter: Reporter
) -> dict[str, Value]:
    """The values under keys that the option has; other keys are reported."""
    for key in value:
        if key not in known:
            places = (part.key_span for part in setting.parts if part.key == str(key))
            reporter.report(
                Code.UNKNOWN_OPTION,
                f"{setting.key} has nothing called {key}",
                next(places, setting.value_span),
                hint=suggest(*nearest(str(key), known), otherwise=f"choose from {', '.join(known)}"),
            )
    return {key: item for key, item in value.items() if key in known}


def _part(span: Span, key: str, *, at_key: bool = False) -> Span:
    """The place of a key's value within a mapping; of the key itself if it is wrong, has none, or is a value."""
    value = r""" ("[^"\n]*"|'[^'\n]*'|[^\s,}#(]+(?:\([^)\n]*\))?)"""
    match = re.search(rf"(?<![\w-])({re.escape(key)})[\"']?[ \t]*:(?:[ \t]*{value.strip()})?", span.text)
    if match is None:
        offset = span.text.find(key)
        return span if offset < 0 else span.within(offset, offset + len(key))
    group = 1 if at_key or match[2] is None else 2
    return span.within(match.start(group), match.end(group))


def _shown(setting: Setting) -> str:
    return setting.written if setting.written else type(setting.value).__name__


def _warn_of_near_name(setting: Setting, where: str, reporter: Reporter) -> None:
    lower = {name.lower(): name for name, row in OPTIONS.items() if where in row.where}
    folded = setting.key.lower().replace("-", "").replace("_", "")
    near = nearest(folded, lower, cutoff=0.85)
    near = near or [name for name in lower if letters_swapped(folded, name)]
    if near and len(folded) > 3:
        reporter.report(
            Code.UNKNOWN_OPTION,
            f"{setting.key} is a variable, since no option has this name",
            setting.key_span,
            hint=suggest(lower[near[0]]),
        )
