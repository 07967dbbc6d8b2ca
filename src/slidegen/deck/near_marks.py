"""Reports text that resembles a mark of a variant but is not one, so that it would be shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from slidegen.config import Config
from slidegen.deck.html_marks import OTHER, Cutter, end_of, find_tags
from slidegen.deck.near_patterns import (
    BARE,
    BEGINS,
    BOXES,
    BRACED,
    DOTTED,
    FENCED,
    FORMULA_CLASS,
    IN_NAME,
    INFO,
    JOINED,
    LINE,
    LINKED,
    LIQUID,
    LISTED,
    MISSPELLED,
    NEAR_CLASS,
    NOTES,
    RULED,
    SEPARATOR,
    TOO_EARLY,
    USE,
    is_in_text,
    means_notes,
    names_notes,
    unclosed,
    without_text_only,
)
from slidegen.deck.near_words import CLASS, KEYS, ONLY, OTHER_KEYS, likely, meant_key, plain, words_in
from slidegen.deck.variants import Variant
from slidegen.diagnostics import Code, DiagnosticCode, Reporter
from slidegen.source import Source, Span
from slidegen.syntax.nodes import (
    ContentClass,
    Formula,
    LinkDefinition,
    MacroCall,
    Node,
    Property,
    RawSlide,
    Text,
)
from slidegen.syntax.slide_builder import SPOKEN

Locate = Callable[[int, int], Span]
"""The place of a part of a text."""


class NearMarks(Struct):
    """Looks for near misses of marks in what remains of a deck."""

    classes: frozenset[str]
    """The classes that are left out."""
    variants: frozenset[str]
    """The names of all variants."""
    notes: bool
    """Whether notes are left out."""
    reporter: Reporter
    code: DiagnosticCode
    of_deck: Span
    """Where the deck's text begins."""

    def silent(self) -> NearMarks:
        """A copy for text that is not shown."""
        return replace(self, reporter=Reporter())

    def settings(self, settings: Iterable[tuple[str, str, Span]]) -> None:
        """Check front matter, where nothing marks a whole deck."""
        for key, value, span in settings:
            if key not in OTHER_KEYS and self._marks(key, value):
                self._report(
                    f"{key}: in front matter leaves no deck out",
                    span,
                    "mark its slides, or keep the deck in a folder that is not built",
                )

    def properties(self, properties: Iterable[Property]) -> None:
        """Check the properties of a slide that is shown."""
        properties = list(properties)
        counts = {item.key: item for item in properties}
        for item in properties:
            words = words_in(item.value)
            if item.key in KEYS and item is not counts[item.key]:
                if item.key != CLASS or any(likely(word, self.classes) for word in words):
                    self._report(
                        f"another {item.key}: follows and counts instead of this one, so the slide is shown",
                        item.span,
                        f"write one {item.key}: for both",
                    )
            elif item.key == CLASS and not words:
                source: Source = item.span.source
                listed = LISTED.match(source.text, item.span.end)
                name = likely(listed["name"], self.classes) if listed is not None else ""
                if name:
                    self._report(
                        "this class: is empty, so the slide is shown", item.span, f"write class: {name}"
                    )
            elif item.key == CLASS:
                exact = item.value.replace(",", " ").split()
                for word in words:
                    name = likely(word, self.classes)
                    if name and name not in exact:
                        self._report(
                            f"the class {word} is not {name}, so the slide is shown",
                            item.span,
                            f"write class: {name}",
                        )
            elif item.key == ONLY and not any(plain(word) for word in words):
                self._report("only: names no variant, so the slide is in all", item.span, "name one or more")
            elif item.key not in KEYS and self._marks(item.key, item.value):
                key = meant_key(item.key) or ONLY
                self._report(
                    f"the property {item.key} is not {key}, so the slide is shown",
                    item.span,
                    f"write {key}: {item.value}",
                )

    def content(self, nodes: Sequence[Node]) -> None:
        """Check what a slide shows."""
        for node in nodes:
            if isinstance(node, ContentClass):
                for word in node.classes:
                    name = likely(word, self.classes) or likely(word.removeprefix("callout-"), self.classes)
                    if name and word != name:
                        self._report(
                            f".{word}[ is not .{name}[, so it is shown", node.span, f"write .{name}["
                        )
                    elif self.notes and node.attributes is not None and means_notes(word):
                        self._report(
                            f"::: {word} is not ::: {SPOKEN}, so it is shown",
                            node.span,
                            f"write ::: {SPOKEN}",
                        )
                for _, value in node.attributes or ():
                    self._dotted(value, _at(node.span))
                self.content(node.children)
            elif isinstance(node, Text):
                self._text(node)
            elif isinstance(node, Formula):
                self._dotted(node.tex, _at(node.span))
                self._formula(node)
            elif isinstance(node, MacroCall):
                text = " ".join((*node.args, node.target))
                self._dotted(text, _at(node.span))

    def markup(self, span: Span) -> None:
        """Check HTML beside the slides."""
        cutter = Cutter(
            lambda tag: not self.classes.isdisjoint(tag.classes),
            lambda inside, at: self.comment(inside, span.within(at, at + 1)),
            lambda start, end, name: self.open_element(span.within(start, end), name, "here"),
        )
        cutter.cuts(span.text)
        self._tags(span.text, span.within, ())

    def comment(self, inside: str, place: Span) -> None:
        """Check a comment that is removed: a mark in it has no effect, nor does half of one."""
        inside = inside.removesuffix("-->").strip("-")
        words = [plain(word) for word in words_in(inside.replace(":", " "))]
        if 1 < len(words) < 5 and not BEGINS.isdisjoint(words):
            name = next(filter(None, (likely(word, self.classes) for word in words)), "")
            if name:
                self._none(inside.strip(), name, place)
        for match in LINE.finditer(inside.strip()):
            if self._marks(match["key"], match["value"]):
                self._report(
                    f"this comment is not a property, so it does not mark the slide: {match[0].strip()}",
                    place,
                    "put properties before everything else on the slide",
                )
        for tag in find_tags(inside):
            if (
                not self.classes.isdisjoint(tag.classes)
                and not tag.empty
                and end_of(inside, tag.name, tag.end)[1]
            ):
                self._report(
                    "a mark begins in this comment and does not end in it",
                    place,
                    "take the whole element into the comment, or the comment away",
                )

    def open_element(self, place: Span, name: str, where: str = "on its slide") -> None:
        """Report a left-out element, or a comment, that does not end on its slide."""
        what = "this comment" if name == "comment" else f"this {name}"
        end = "-->" if name == "comment" else f"</{name.strip('<>')}>"
        self._report(
            f"{what} does not end {where}, so what follows would be shown", place, f"close it with {end}"
        )

    def behind(self, text: str, place: Span) -> None:
        """Check what follows something left out, whose bracket may have been closed too early."""
        match = TOO_EARLY.match(text)
        if match is not None:
            self._report(
                "this is left out up to the first ] only, so what follows is shown",
                place,
                "brackets within come in pairs; write a single one as \\]",
            )

    def definitions(self, definitions: Iterable[tuple[str, LinkDefinition]]) -> None:
        """Check definitions that lead nowhere: `[//]: # (...)` is a comment to some."""
        for _, item in definitions:
            if item.title and item.url in ("#", ""):
                self.comment(item.title, item.span)

    def lost_definitions(
        self,
        slides: Iterable[RawSlide],
        before: Sequence[tuple[str, LinkDefinition]],
        after: Mapping[str, LinkDefinition],
    ) -> None:
        """Report links whose definition is removed along with what contains it."""
        lost = {name: item for name, item in before if name not in after}
        if not lost or self.code is not Code.NO_MARK:
            return
        for slide in slides:
            for text in _texts((*slide.content, *(slide.notes or ()))):
                for match in USE.finditer(text.value):
                    item = lost.get((match[2] or match[1]).lower())
                    if item is not None:
                        self.reporter.report(
                            Code.LOST_LINK,
                            f"the address of [{match[2] or match[1]}] is left out together with the text around it",
                            text.span.within(match.start(), match.end())
                            if len(text.value) == text.span.end - text.span.start
                            else text.span,
                            hint="move its definition to a part of the deck that this variant has",
                        )

    def _text(self, node: Text) -> None:
        text = self._shown(node)
        exact = len(node.value) == node.span.end - node.span.start

        def place(start: int, end: int) -> Span:
            return node.span.within(start, end) if exact else node.span

        if "<" in text:
            self._tags(text, place, node.code)
            text = without_text_only(text)
        if any(sign in text for sign in (".", "\uff0e", "&")):
            made = node.span.written.source is not node.span.source
            self._dotted(text, place, closed=unclosed(node, text) if exact and not made else ())
        for match in BARE.finditer(text) if "[" in text else ():
            if name := likely(match["name"], self.classes):
                self._none(f"{match['name']}[", name, place(match.start("name"), match.end("name")))
        for match in LINKED.finditer(text) if "](." in text else ():
            if name := likely(match["name"], self.classes):
                self._none(match[0], name, place(*match.span()))
        for match in MISSPELLED.finditer(text) if "<!" in text else ():
            self.comment(match["inside"], place(*match.span()))
        if "{" in text:
            for match in BRACED.finditer(text):
                for word in match["words"].replace("=", " ").split():
                    name = likely(word, self.classes)
                    if (name and word.startswith((".", ":", "class"))) or (name and "class" in match[0]):
                        self._none(match[0], name, place(*match.span()))
            for match in LIQUID.finditer(text):
                name = next(
                    filter(None, (likely(word, self.classes) for word in words_in(match["words"]))), ""
                )
                if name:
                    self._none(match[0], name, place(*match.span()))
        if any(sign in text for sign in ("::", "!!!", "???", "[!")):
            for match in FENCED.finditer(text):
                word = match["names"] if match["sign"][0] == ":" else (match["names"].split() or [""])[0]
                name = next(filter(None, (likely(each, self.classes) for each in word.split())), "")
                if name:
                    self._none(match[0], name, place(*match.span()))
                elif self.notes and match["sign"][0] == ":" and any(map(names_notes, match["names"].split())):
                    self._report(
                        f"this begins no notes, so what follows is shown: {match[0].strip()}",
                        place(*match.span()),
                        f"write ::: {SPOKEN} on a line, and ::: on one after them",
                    )
        for match in RULED.finditer(text):
            words = [plain(word) for word in match["words"].split()]
            name = next(filter(None, (likely(word, self.classes) for word in words)), "")
            if name and len(words) < 5 and not BEGINS.isdisjoint(words):
                self._none(match[0].strip(), name, place(*match.span("words")))
        for match in LINE.finditer(text):
            if self._marks(match["key"], match["value"]):
                key = meant_key(match["key"]) or ONLY
                self._report(
                    f"this is not a property, so the slide is shown: {match[0].strip()}",
                    place(match.start("key"), match.end()),
                    f"write {key}: {match['value'].strip()} before all else on the slide",
                )
        if self.notes and any(sign in text for sign in ("??", "\uff1f\uff1f", "? ? ?")):
            for match in NOTES.finditer(text):
                self._report(
                    "this begins no notes, so what follows is shown",
                    place(match.start("mark"), match.end("mark")),
                    "notes begin with ??? alone on a line, without spaces, outside of content classes; "
                    "write \\??? if you mean the text",
                )
        self._code(node)

    def _shown(self, node: Text) -> str:
        """The text with code blanked out, except for indented lines that only remark takes for code."""
        pieces, at = [], 0
        for start, end in node.code:
            end = min(end, len(node.value))
            code = node.value[start:end]
            if not (code.startswith("    ") and is_in_text(node, start)):
                code = re.sub(r"[^\n]", OTHER, code)
            pieces += [node.value[at:start], code]
            at = end
        return "".join((*pieces, node.value[at:]))

    def _code(self, node: Text) -> None:
        """Report code that has swallowed the beginning of a slide or of notes."""
        for start, end in node.code:
            code = node.value[start : min(end, len(node.value))]
            self._info(code, node.span.within(start, start + 1))
            inline = code.startswith("`") and not code.startswith("```")
            for match in SEPARATOR.finditer(code):
                is_notes = match[0].strip() == "???"
                rest = code[match.end() :].lstrip("\n").split("\n", 1)[0]
                line = LINE.match(rest)
                marked = line is not None and self._marks(line["key"], line["value"])
                if marked or (is_notes and inline and self.notes):
                    span = node.span.within(start + match.start(), start + match.end())
                    self._report(
                        f"{match[0].strip()} is inside code here, so it does nothing, and what follows is shown",
                        span,
                        "close the code before it; where the code is meant, indent it",
                    )

    def _info(self, code: str, place: Span) -> None:
        """Check the line that begins a block of code; a class has no effect there."""
        match = INFO.match(code)
        if match is None:
            return
        self._dotted(match["info"], _at(place))
        words = match["info"].replace("{", " {").split()
        for word in words:
            name = likely(word, self.classes)
            if name and ("." in word or "class" in word):
                self._report(
                    f"{word} marks nothing here, so the code is shown",
                    place,
                    f"put the code in .{name}[ ... ]",
                )

    def _formula(self, node: Formula) -> None:
        for match in FORMULA_CLASS.finditer(node.tex):
            name = next(filter(None, (likely(word, self.classes) for word in words_in(match[1]))), "")
            if name:
                self._none(match[0], name, node.span)

    def _dotted(self, text: str, place: Locate, *, closed: Collection[int] = ()) -> None:
        """Report misspellings of `.name[`; a correct one that nothing closes is reported elsewhere."""
        for match in DOTTED.finditer(text):
            word = match["name"]
            name = likely(word, self.classes) or likely(IN_NAME.split(word)[0], self.classes)
            apart = text[match.start("name") - 1] == " " and text[match.end("name")] not in "[\uff3b"  # prose
            if name and not apart and not (match["name"] == name and match.start() in closed):
                written = text[match.start() : match.end("name")]
                opening = text[match.end("name") : match.end("open")]
                self._none(written + opening.strip("\n"), name, place(match.start(), match.end("name")))

        for match in JOINED.finditer(text):
            name = next(filter(None, (likely(word, self.classes) for word in words_in(match["names"]))), "")
            if name:
                self._none(match[0].removesuffix("["), name, place(match.start(), match.end()))

    def _tags(self, text: str, place: Locate, code: Sequence[tuple[int, int]]) -> None:
        for tag in find_tags(text):
            span = place(tag.start, min(tag.end, len(text)))
            name = likely(tag.name, self.classes)
            if name and f"</{tag.name}" in text.lower():
                self._none(f"<{tag.name}>", name, span)
            if self.notes and tag.name == "aside" and SPOKEN in tag.classes:
                self._report(
                    "this element is no notes of slidegen, so it is shown",
                    span,
                    f"write ::: {SPOKEN} on a line, and ::: on one after them",
                )
            for key, value in tag.attributes:
                is_name = key == "role" or key.startswith("data-") or (key == "id" and tag.name in BOXES)
                if is_name and plain(value) in self.classes:
                    self._none(f'<{tag.name} {key}="{value}">', plain(value), span)
                if not value and likely(key, self.classes):
                    self._none(f"<{tag.name} {key}>", likely(key, self.classes), span)
                if key not in NEAR_CLASS and not key.endswith(("-class", ":class")):
                    continue
                for word in words_in(value):
                    found = likely(word, self.classes)
                    is_mark = key == CLASS and found in value.split() and tag.closed
                    in_code = any(start <= tag.start < end for start, end in code)
                    if found and (in_code or not is_mark):
                        self._report(
                            f"this element is not marked with the class {found}, so it is shown",
                            span,
                            "close the tag with >"
                            if not tag.closed
                            else "indent it by less than four spaces"
                            if in_code
                            else f'write class="{found}"',
                        )

    def _none(self, written: str, name: str, span: Span) -> None:
        self._report(f"{written} marks nothing, so it is shown", span, f"write .{name}[ ... ]")

    def _marks(self, key: str, value: str) -> bool:
        """Whether a key and its value look like a mark."""
        words = words_in(value.strip().removesuffix("-->"))
        if key in OTHER_KEYS:
            return bool(words) and all(word in self.variants for word in words)
        meant = meant_key(key)
        if not meant:
            return False
        if meant == CLASS:
            named = [bool(likely(word, self.classes)) for word in words]
            return (
                any(named)
                and len(words) < 5
                and all(known or word[:1].islower() for known, word in zip(named, words, strict=True))
            )
        return bool(words) and all(likely(word, self.variants) for word in words)

    def _report(self, message: str, span: Span, hint: str) -> None:
        self.reporter.report(self.code, message, span, hint=hint)


def near_marks_outside(variant: Variant, config: Config, reporter: Reporter) -> NearMarks:
    """What looks for near misses of marks in the output of a macro, or in a file that the deck refers to."""
    nowhere = Span(Source("", ""), 0, 0)
    notes = not config.includePresenterNotes
    return NearMarks(
        classes=variant.without,
        variants=frozenset({variant.name}),
        notes=notes,
        reporter=reporter,
        code=Code.NO_MARK,
        of_deck=nowhere,
    )


def _at(span: Span) -> Locate:
    return lambda *_: span


def _texts(nodes: Iterable[Node]) -> Iterator[Text]:
    for node in nodes:
        if isinstance(node, ContentClass):
            yield from _texts(node.children)
        elif isinstance(node, Text):
            yield node
