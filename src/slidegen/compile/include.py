"""`![:include file]`: inserts slides, text and code from other files of the project."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.diagnostics import Code, DeckError, Diagnostic, DiagnosticCode, Reporter
from slidegen.files.deck_files import DeckFiles
from slidegen.files.paths import seen_from
from slidegen.project.discovery import R_MARKDOWN
from slidegen.reading.include_request import (
    MAX_TWICE,
    IncludeRequest,
    added_suggestion,
    chosen_lines,
    dedented,
    excerpt,
    highlighted_lines,
    numbers_in,
    read_ask,
)
from slidegen.reading.markdown import decode, read_markdown
from slidegen.references import FoundFile, MissingFile, OutsideProject
from slidegen.render.code import known_language, language_of_file, nearest_languages
from slidegen.source import Source
from slidegen.spelling import suggest
from slidegen.syntax.include_splice import INCLUDE, Included, before_separator
from slidegen.syntax.nodes import Listing, MacroCall, RawSlide
from slidegen.syntax.parser import parse_deck
from slidegen.syntax.properties import PropertyRules
from slidegen.syntax.tokens import FormulaMarks

TEXT_SUFFIXES = (".md", ".markdown", R_MARKDOWN, ".mdown", ".mkd")
"""Suffixes of files whose slides and text are included; all others are shown as code."""
MAX_DEPTH = 50
"""How deeply files may include each other."""
REPEATED = 200_000
"""How many characters of already included files may be included again."""
MAX_FILES = 2000
"""How many files a deck may include, in case files include each other twice over."""


class Inclusions(Struct):
    """Includes files in one deck. The files it reads are dependencies of the deck, remembered in `files`."""

    deck: Path
    """The deck's own file: absolute, with links resolved."""
    files: DeckFiles
    reporter: Reporter
    rules: PropertyRules
    """The rules of the deck's own text: an included text may set what the deck uses."""
    math: FormulaMarks
    has_macro: Callable[[str], bool]
    """Whether the user has a macro of a name, which takes precedence."""
    largest: int
    """Size limit of a file in bytes, as for decks."""
    count: int = 0
    _left: int = REPEATED
    _once: set[Path] = field(default_factory=set)
    """Files that have been included."""
    _texts: dict[Path, Source] = field(default_factory=dict)

    def __call__(self, call: MacroCall) -> Included | None:
        """What a call in the deck's own file stands for."""
        return _Includer(self, (self.deck,)).include(call)


class _Includer(Struct, frozen=True):
    """Includes files in a file."""

    of_deck: Inclusions
    stack: tuple[Path, ...]
    """The file of the call at the end, before it the one that includes it, and so on; the deck is first."""

    def include(self, call: MacroCall) -> Included | None:
        if self.of_deck.has_macro(INCLUDE):
            return None
        try:
            return self._include(call) or Included()
        except ValueError as error:
            self._report(Code.BAD_INCLUDE, f"this include {error}", call, hint=HINT)
        return Included()

    def _include(self, call: MacroCall) -> Included | None:
        ask = read_ask(", ".join(call.args), call.target)
        path = self._find(ask, call)
        if path is None:
            return None
        source = self._read(path, ask, call)
        if source is None:
            return None
        self.of_deck.count += 1
        if self.of_deck.count > MAX_FILES + 1:
            return None  # reported once
        if ask.language or path.suffix.lower() not in TEXT_SUFFIXES:
            return self._listing(source, path, ask, call)
        if ask.highlight:
            raise ValueError("highlights lines, which only code has; `language` shows the file as code")
        if path in self.stack or len(self.stack) > MAX_DEPTH or self.of_deck.count > MAX_FILES:
            self._report_endless(path, call)
            return None
        return self._slides(source, path, ask, call)

    def _repeat(self, path: Path, size: int, call: MacroCall) -> None:
        """Allow a file again; raises DeckError if files have repeated too much."""
        if path not in self.of_deck._once:
            self.of_deck._once.add(path)
            return
        self.of_deck._left -= size
        if self.of_deck._left < 0:
            message = f"files that are included again repeat more than {REPEATED:,} characters"
            raise DeckError(Diagnostic(Code.TOO_MUCH_TEXT, message, call.span.written))

    def _find(self, ask: IncludeRequest, call: MacroCall) -> Path | None:
        found = self.of_deck.files.find(ask.file.replace("\\", "/"), self.stack[-1])
        if isinstance(found, FoundFile):
            if found.size <= self.of_deck.largest:
                return found.path
            self._report_large(found.size, ask, call)
        elif isinstance(found, OutsideProject):
            files = self.of_deck.files
            self._report(
                Code.INCLUDE_OUTSIDE,
                f"{ask.file} is outside the project, {files.shown(files.root)}",
                call,
                hint=f"to allow it, write this line in {files.shown(files.root / 'slidegen.yml')}:\n"
                f'assets: {{allow: ["{found.allow}"]}}',
            )
        else:
            self._report_missing(ask, found, call)
        return None

    def _report_missing(self, ask: IncludeRequest, missing: MissingFile, call: MacroCall) -> None:
        hint = suggest(missing.near, otherwise="the path is relative to this file")
        message = f"{ask.file} is a folder, not a file" if missing.folder else f"there is no file {ask.file}"
        self._report(Code.NO_SUCH_FILE, message, call, hint=hint)

    def _report_large(self, size: int, ask: IncludeRequest, call: MacroCall) -> None:
        most = self.of_deck.largest / 1e6
        message = f"{ask.file} has {size / 1e6:.1f} MB, and what is included may have {most:g} MB"
        hint = f"to allow it, write this line in slidegen.yml:\ndeckLimit: {-(-size // 1_000_000)} MB"
        self._report(Code.CANNOT_READ, message, call, hint=hint)

    def _read(self, path: Path, ask: IncludeRequest, call: MacroCall) -> Source | None:
        """The text of a file, with the call that included it as its origin."""
        text = self.of_deck._texts.get(path)
        if text is None:
            files = self.of_deck.files
            try:
                text = decode(files.shown(path), files.read(path))
            except OSError as error:
                reason = (error.strerror or str(error)).lower()
                self._report(Code.CANNOT_READ, f"{ask.file} cannot be read: {reason}", call)
                return None
            except DeckError as error:
                self._report(error.diagnostic.code, f"{ask.file} is {error.diagnostic.message}", call)
                return None
            self.of_deck._texts[path] = text
        return Source(text.path, text.text, included_at=call.span)

    def _slides(self, source: Source, path: Path, ask: IncludeRequest, call: MacroCall) -> Included:
        start = 0 if ask.of_text else read_markdown(source).start
        if path.suffix.lower() == R_MARKDOWN and not ask.of_text:
            from slidegen.reading.formats.r_chunks import with_styles_and_scripts
            from slidegen.reading.formats.xaringan import find_unexecuted_r

            source = with_styles_and_scripts(source, start)
            mistake = find_unexecuted_r(source, start)
            if mistake is not None:
                self.of_deck.reporter.add(mistake)
                return Included()
        text = excerpt(source, chosen_lines(source.text, ask)) if ask.of_text else source
        self._repeat(path, len(text.text), call)
        deck = parse_deck(
            text,
            self.of_deck.reporter,
            start=start,
            math=self.of_deck.math,
            rules=self.of_deck.rules,
            include=_Includer(self.of_deck, (*self.stack, path)).include,
            folder=folder_between(path, self.of_deck.deck),
        )
        slides = _chosen_slides(deck.slides, ask) if ask.slides else deck.slides
        chosen = {id(slide) for slide in slides}
        unchosen = tuple(slide for slide in deck.slides if id(slide) not in chosen)
        return Included(
            _without_last_line_break(slides),
            (deck.source, *deck.included),
            deck.definitions,
            (*deck.unchosen, *unchosen),
        )

    def _listing(self, source: Source, path: Path, ask: IncludeRequest, call: MacroCall) -> Included:
        if ask.slides:
            raise ValueError("asks for slides of a file that is shown as code")
        language = ask.language or language_of_file(path.name)
        if not known_language(language):
            hint = suggest(*nearest_languages(language), otherwise="`text` says that it has none")
            message = f"no language is called {language}, so the code is shown without colours"
            self._report(Code.UNKNOWN_LANGUAGE, message, call, hint=hint)
        chosen = chosen_lines(source.text, ask)
        rows = source.text.split("\n")
        code = "\n".join(rows[number] for number in chosen)
        self._repeat(path, len(code), call)
        listing = Listing(
            dedented(code) if ask.of_text else code.rstrip("\n"),
            language,
            highlighted_lines(ask, chosen, source.text),
            call.span,
        )
        return Included(
            (RawSlide(span=call.span, properties=(), content=(listing,), notes=None, continued=False),)
        )

    def _report_endless(self, path: Path, call: MacroCall) -> None:
        shown = self.of_deck.files.shown
        if path in self.stack:
            circle = [*self.stack[self.stack.index(path) :], path]
            message = f"{shown(path)} includes itself"
            hint = " includes ".join(shown(each) for each in circle)
        elif len(self.stack) > MAX_DEPTH:
            message, hint = f"more than {MAX_DEPTH} files include each other", ""
        else:
            message, hint = f"the deck includes more than {MAX_FILES} files", ""
        self._report(Code.INCLUDES_ITSELF, message, call, hint=hint)

    def _report(self, code: DiagnosticCode, message: str, call: MacroCall, *, hint: str = "") -> None:
        self.of_deck.reporter.report(code, message, call.span, hint=hint)


HINT = "write ![:include file.md] or ![:include {file: train.py, lines: 10-20}]"


def folder_between(path: Path, deck: Path) -> str:
    """The folder of a file relative to a deck, as in URLs: `../shared/`, or empty."""
    between = seen_from(deck.parent, path.parent).as_posix()
    return "" if between == "." else quote(between) + "/"


def _chosen_slides(slides: Sequence[RawSlide], ask: IncludeRequest) -> tuple[RawSlide, ...]:
    """The requested slides, by number or name, each with its steps."""
    groups: list[list[RawSlide]] = []
    for slide in slides:
        if slide.continued and groups:
            groups[-1].append(slide)
        else:
            groups.append([slide])
    names = {
        item.value: number
        for number, group in enumerate(groups)
        for item in group[0].properties
        if item.key == "name"
    }
    chosen: list[RawSlide] = []
    for part in ask.slides.replace(",", " ").split():
        if part in names:
            numbers = [names[part]]
        elif any(character.isalpha() for character in part):
            near = added_suggestion(part, names)
            raise ValueError(f"asks for the slide {part}, which the file does not have{near}")
        else:
            numbers = list(numbers_in(part, len(groups), "slides"))
        for number in numbers:
            chosen += groups[number]
        if len(chosen) > len(slides) + MAX_TWICE:
            raise ValueError("asks for the same slides again and again")
    return tuple(chosen)


def _without_last_line_break(slides: tuple[RawSlide, ...]) -> tuple[RawSlide, ...]:
    """Drop a file's last line break, which ends its last line and adds no line to the deck."""
    if not slides:
        return slides
    *others, last = slides
    return (*others, replace(last, content=before_separator(last.content)))
