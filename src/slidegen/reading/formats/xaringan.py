"""xaringan decks: their settings, their title slide, and R code that has not been run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from slidegen.config import Setting
from slidegen.diagnostics import Code, DeckError, Diagnostic, Reporter
from slidegen.option_types import Value
from slidegen.reading.formats.r_chunks import INLINE, unrun_chunks, unrun_code, with_styles_and_scripts
from slidegen.reading.settings import is_moon_reader
from slidegen.reading.source_deck import SourceDeck
from slidegen.source import Source, SourceMapBuilder, Span

TAGGED = ("!expr", "!r")
DEFAULT_STYLES = ["default", "default-fonts"]
TITLE_CLASSES = ("center", "middle", "inverse")
TITLE_LINES = (("title", "#"), ("subtitle", "##"), ("author", "###"), ("institute", "###"), ("date", "###"))
"""The parts of the title slide, each in a content class of its name and as a heading of this level."""
PEOPLE = ("name", "literal", "given")
PLACES = ("affiliation", "institute", "institution")

DONE = frozenset({"output", "seal", "titleSlideClass", "lib_dir", "yolo"})
"""Keys that are handled here; `lib_dir` names a folder of copies that slidegen's pages do not need."""
SILENT_IF_FALSE = frozenset({"self_contained", "mathjax", "anchor_sections", "yolo", "keep_md"})
MEANINGLESS = frozenset(
    """
    self_contained chakra mathjax math_method anchor_sections fig_width fig_height fig_caption fig_retina
    fig_align dev df_print keep_md keep_tex smart toc toc_depth number_sections template pandoc_args
    md_extensions extra_dependencies code_folding code_download section_divs citation_package knit params
    runtime editor_options always_allow_html bibliography csl nocite link-citations header-includes
    documentclass fontsize geometry site rmarkdown urlcolor linkcolor classoption device resource_files
    """.split()
)
"""Keys of R Markdown and its output formats that have no effect on a deck built without R."""


def is_xaringan(settings: Iterable[Setting]) -> bool:
    """Whether the settings of a file are those of a xaringan deck."""
    return any(item.key == "output" and is_moon_reader(str(item.value)) for item in settings)


def other_format(settings: Iterable[Setting]) -> Setting | None:
    """The setting that makes an R Markdown file something other than slides for remark."""
    return next(
        (item for item in settings if item.key == "output" and not is_moon_reader(str(item.value))), None
    )


def read_xaringan(written: SourceDeck, reporter: Reporter) -> SourceDeck:
    """The deck with its title slide, and with the settings that slidegen supports.

    Settings without effect are reported together. Raises DeckError if R has to run first.
    """
    written = replace(written, source=with_styles_and_scripts(written.source, written.start))
    page = f"{written.source.path.rpartition('.')[0]}.html"
    mistake = find_unexecuted_r(
        written.source, written.start, f",\nthen build the page: slidegen build {page}"
    )
    if mistake is not None:
        raise DeckError(mistake)
    settings = [item for item in written.settings if _is_plain(item, reporter)]
    if not is_xaringan(settings):
        return replace(written, settings=tuple(settings))
    title = _title_slide(settings, written)
    _name_meaningless(settings, reporter)
    _name_lost(settings, reporter)
    kept = [_followed(item) for item in settings if item.key not in DONE | MEANINGLESS]
    if not any(item.key == "css" for item in kept):
        output = next(item for item in settings if item.key == "output")
        kept.append(
            Setting(
                key="css",
                value=DEFAULT_STYLES,
                written="",
                key_span=output.key_span,
                value_span=output.value_span,
            )
        )
    if title is None:
        return replace(written, settings=tuple(kept))
    return replace(written, source=title, start=0, settings=tuple(kept))


def find_unexecuted_r(source: Source, start: int, then: str = "") -> Diagnostic | None:
    """The diagnostic for R code that has not been run; `then` says what to do after running R."""
    found = unrun_code(source.text, start)
    if found is None:
        return None
    chunks = sum(1 for _ in unrun_chunks(source.text, start))
    what = {0: "inline code", 1: "a chunk of code"}.get(chunks, f"{chunks} chunks of code")
    name = source.path.replace("\\", "/").rpartition("/")[2]
    return Diagnostic(
        Code.NOT_KNITTED,
        f"this deck has {what} that R has not run",
        Span(source, found.start(), found.end()),
        hint=f"knit it, with `Rscript -e 'rmarkdown::render(\"{name}\")'`" + then,
    )


def _is_plain(setting: Setting, reporter: Reporter) -> bool:
    """Whether a setting is a plain value; R code in one is reported, since nothing runs it."""
    tagged = setting.value_span.text.startswith(TAGGED)
    if not tagged and (not isinstance(setting.value, str) or INLINE.search(setting.value) is None):
        return True
    if setting.key not in MEANINGLESS:
        reporter.report(
            Code.R_SETTING,
            f"{setting.key} is left out, because it is R code that has not been run",
            setting.value_span,
            hint="write the value itself, or knit the deck and build its page",
        )
    return False


def _name_meaningless(settings: Sequence[Setting], reporter: Reporter) -> None:
    found = [
        item
        for item in settings
        if item.key in MEANINGLESS and not (item.value in (False, None) and item.key in SILENT_IF_FALSE)
    ]
    if found:
        names = list(dict.fromkeys(item.key for item in found))
        listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
        verb = "means" if len(names) == 1 else "mean"
        reporter.report(
            Code.MEANINGLESS_KEY,
            f"{listed} {verb} nothing to slidegen",
            found[0].key_span,
            hint="slidegen needs no R, remark.js or MathJax, and puts everything into the page itself",
        )


def _name_lost(settings: Sequence[Setting], reporter: Reporter) -> None:
    """Report what xaringan does with these settings and slidegen does not."""
    includes = next((item for item in settings if item.key == "includes"), None)
    for part in includes.parts if includes is not None else ():
        if part.key == "before_body" and part.value:
            hint = "write ![:include FILE] where its slides should go"
            reporter.report(Code.MEANINGLESS_KEY, "before_body is left out", part.key_span, hint=hint)


def _followed(setting: Setting) -> Setting:
    """A setting in slidegen's form: an author given with an address becomes a name."""
    if setting.key == "author":
        return replace(setting, value=_texts(setting.value, PEOPLE))
    return setting


def _texts(value: Value, keys: Sequence[str]) -> list[str]:
    """The texts that a value stands for: itself, the items of a list, the value under a mapping's key."""
    if isinstance(value, list):
        return [text for item in value for text in _texts(item, keys)]
    if isinstance(value, dict):
        named = next((value[key] for key in keys if key in value), None)
        if named is None and len(value) == 1:  # `- A. Author: {email: ...}`
            return [str(next(iter(value)))]
        return _texts(named, keys)
    return [] if value in (None, "") or isinstance(value, bool) else [str(value)]


def _title_slide(settings: Sequence[Setting], written: SourceDeck) -> Source | None:
    """The deck's text with xaringan's title slide before it; None if the deck has its own."""
    given = {item.key: item for item in settings}
    if "title" not in given or ("seal" in given and given["seal"].value is False):
        return None
    classes = [*TITLE_CLASSES]
    if "titleSlideClass" in given:
        classes = _texts(given["titleSlideClass"].value, ())
    source, joined = written.source, SourceMapBuilder()
    joined.add(f"class: {', '.join((*classes, 'title-slide'))}\n\n", given["title"].value_span.start)
    for key, marks in TITLE_LINES:
        for text, span in _shown(key, given):
            found = span.text.find(text)
            line = _balanced(" ".join(text.split()))
            joined.add(f".{key}[\n{marks} ", span.start)
            joined.add(line, span.start + max(found, 0))
            joined.add("\n]\n", span.end)
    rest = source.text[written.start :]
    if rest.strip():
        joined.add("\n---\n", max(written.start - 1, 0))
        joined.add(rest, written.start)
    return joined.of(source)


def _shown(key: str, given: dict[str, Setting]) -> Iterable[tuple[str, Span]]:
    """The texts of a line of the title slide, with their settings."""
    if key in given:
        setting = given[key]
        value = setting.written or setting.value  # a date as written
        for text in _texts(value, PEOPLE if key == "author" else PLACES):
            yield text, setting.value_span
    elif key == "institute" and "author" in given:
        people = given["author"].value
        affiliated = (
            [item for item in people if isinstance(item, dict)] if isinstance(people, list) else [people]
        )
        places = [text for item in affiliated if isinstance(item, dict) for text in _affiliation(item)]
        for text in dict.fromkeys(places):
            yield text, given["author"].value_span


def _affiliation(person: dict[str, Value]) -> list[str]:
    within = person if any(key in person for key in PLACES) else next(iter(person.values()), None)
    if not isinstance(within, dict) or not any(key in within for key in PLACES):
        return []
    return _texts(within, PLACES)


def _balanced(text: str) -> str:
    """The text with entities for brackets that would close its content class early."""
    depth = 0
    for character in text:
        depth += (character == "[") - (character == "]")
        if depth < 0:
            break
    return text if depth == 0 else text.replace("[", "&#91;").replace("]", "&#93;")
