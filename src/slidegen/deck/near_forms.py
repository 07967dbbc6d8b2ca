"""Finds what resembles a mark in texts, code, formulas and tags: other brackets, other fences, other classes."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from msgspec import Struct

from slidegen.deck.html_marks import OTHER, Tag, end_of, find_tags
from slidegen.deck.near_foreign import foreign_comments, foreign_marks, marks_of_tex
from slidegen.deck.near_names import MarkNames
from slidegen.deck.near_patterns import (
    ALONE,
    BARE,
    BEGINS,
    BOXES,
    BRACED,
    CHUNK_OPTION,
    DOTTED,
    FENCED,
    FORMULA_CLASS,
    IN_NAME,
    INFO,
    JOINED,
    LATE_CLASS,
    LINE,
    LINKED,
    LIQUID,
    MISSPELLED,
    NEAR_CLASS,
    NOTES,
    OF_ELEMENT,
    RULED,
    SEPARATOR,
    WORDING,
    has_end,
    is_in_text,
    names_notes,
    unclosed,
    without_text_only,
)
from slidegen.deck.near_words import CLASS, ONLY, meant_key, plain, words_in
from slidegen.source import Span
from slidegen.syntax.nodes import Formula, Listing, Text
from slidegen.syntax.slide_builder import SPOKEN

NAMING = frozenset(("role", "inkscape:label", "serif:id"))
"""Attributes that say what an element is; drawing programs keep the names of layers in them."""
SET = frozenset(("", "true", "1", "yes"))
"""Values of an attribute that only says yes."""
Locate = Callable[[int, int], Span]
"""The place of a part of a text."""
Report = Callable[[str, Span, str], None]
"""Called with a message, its place, and a hint."""


class NearForms(Struct, frozen=True):
    """Looks for near misses in the nodes of a slide."""

    names: MarkNames
    notes: bool
    """Whether notes are left out."""
    report: Report

    def text(self, node: Text, opened: str = "") -> str:
        """Check a text, and the code in it; returns the name of a style sheet or script that it leaves open.

        `opened` is the name of one that the text before it has left open.
        """
        text = self._shown(node)
        place = node.place
        if "<" in text or opened:
            self.tags(text, place, node.code)
            text, opened = without_text_only(text, opened)
        if any(sign in text for sign in (".", "\uff0e", "&")):
            parsed = node.is_as_written and node.span.source.is_as_written
            self.dotted(text, place, closed=unclosed(node, text) if parsed else ())
        self._brackets(text, place)
        self._fences(text, place)
        self._lines(text, place)
        for start, end in foreign_comments(text):
            self.report(
                "slidegen does not read this comment, so it is shown",
                place(start, end),
                "write <!-- and --> around it",
            )
        self._code(node)
        return opened

    def _brackets(self, text: str, place: Locate) -> None:
        """Report names in brackets that mark nothing: `[name]`, `{.name}`, `{% name %}`."""
        for match in BARE.finditer(text) if "[" in text else ():
            if name := self.names.of_class(match["name"]):
                self.none(f"{match['name']}[", name, place(match.start("name"), match.end("name")))
        for match in ALONE.finditer(text) if "." in text else ():
            if name := self.names.of_class(match["name"]):
                self.none(match["mark"], name, place(*match.span("mark")))
        for match in LATE_CLASS.finditer(text) if "<" in text else ():
            if name := self.names.first_class(words_in(match["end"] or match["after"])):
                self.none(match[0].strip("> \t"), name, place(*match.span()))
        for match in LINKED.finditer(text) if "](." in text else ():
            if name := self.names.of_class(match["name"]):
                self.none(match[0], name, place(*match.span()))
        for match in MISSPELLED.finditer(text) if "<!" in text else ():
            self.comment(match["inside"], place(*match.span()))
        if "{" in text:
            for match in BRACED.finditer(text):
                for word in match["words"].replace("=", " ").split():
                    name = self.names.of_class(word)
                    if name and (word.startswith((".", ":", "class")) or "class" in match[0]):
                        self.none(match[0], name, place(*match.span()))
            for match in LIQUID.finditer(text):
                name = self.names.first_class(words_in(match["words"]))
                if name:
                    self.none(match[0], name, place(*match.span()))

    def _fences(self, text: str, place: Locate) -> None:
        """Report fences and callouts with names that mark nothing."""
        if any(sign in text for sign in ("::", "!!!", "???", "[!")):
            for match in FENCED.finditer(text):
                first = (match["names"].split() or [""])[0].partition("]")[0]
                word = match["names"] if match["sign"][0] == ":" else first
                name = self.names.first_class(word.split())
                if name:
                    self.none(match[0], name, place(*match.span()))
                elif self.notes and match["sign"][0] == ":" and any(map(names_notes, match["names"].split())):
                    self.report(
                        f"this begins no notes, so what follows is shown: {match[0].strip()}",
                        place(*match.span()),
                        f"write ::: {SPOKEN} on a line, and ::: on one after them",
                    )

    def _lines(self, text: str, place: Locate) -> None:
        """Report lines that are no rules, properties or beginnings of notes, but look like them."""
        self._rules(text, place)
        for match in LINE.finditer(text):
            if self.names.are_marked(match["key"], match["value"]):
                key = meant_key(match["key"]) or ONLY
                self.report(
                    f"this is not a property, so the slide is shown: {match[0].strip()}",
                    place(match.start("key"), match.end()),
                    f"write {key}: {match['value'].strip()} before all else on the slide",
                )
        if self.notes and any(sign in text for sign in "?\uff1f\ufe56\u061f"):
            for match in NOTES.finditer(text):
                self.report(
                    "this begins no notes, so what follows is shown",
                    place(match.start("mark"), match.end("mark")),
                    "notes begin with ??? alone on a line, without spaces, outside of content classes; "
                    "write \\??? if you mean the text",
                )

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
            self._rules(code, Text(code, node.span.within(start, min(end, len(node.value)))).place)
            self._info(code, node.span.within(start, start + 1))
            inline = code.startswith("`") and not code.startswith("```")
            for match in SEPARATOR.finditer(code):
                is_notes = match[0].strip() == "???"
                rest = code[match.end() :].lstrip("\n").split("\n", 1)[0]
                line = LINE.match(rest)
                marked = line is not None and self.names.are_marked(line["key"], line["value"])
                if marked or (is_notes and inline and self.notes):
                    span = node.span.within(start + match.start(), start + match.end())
                    self.report(
                        f"{match[0].strip()} is inside code here, so it does nothing, and what follows is shown",
                        span,
                        "close the code before it; where the code is meant, indent it",
                    )

    def _info(self, code: str, place: Span) -> None:
        """Check the line that begins a block of code; a class has no effect there."""
        match = INFO.match(code)
        if match is None or not code.startswith("\n", match.end()):
            return
        self.dotted(match["info"], lambda *_: place)
        words = WORDING.sub("", match["info"]).replace("{", " {").split()
        if "#|" in code:
            words += (
                f".{word}" for option in CHUNK_OPTION.finditer(code) for word in words_in(option["value"])
            )
        for word in words:
            own = plain(word.rpartition("=")[2])
            name = self.names.of_class(own) if "." in word or "class" in word else own
            if name in self.names.classes:
                self.report(
                    f"{word} marks nothing here, so the code is shown",
                    place,
                    f"put the code in .{name}[ ... ]",
                )

    def formula(self, node: Formula) -> None:
        """Check a formula."""
        self.dotted(node.tex, lambda *_: node.span)
        for match in FORMULA_CLASS.finditer(node.tex):
            name = self.names.first_class(words_in(match[1]))
            if name:
                self.none(match[0], name, node.span)
        for name in marks_of_tex(node.tex, self.names):
            self.none(f"an environment named {name}", name, node.span)

    def dotted(self, text: str, place: Locate, *, closed: Collection[int] = ()) -> None:
        """Report misspellings of `.name[`; a correct one that nothing closes is reported elsewhere."""
        for match in DOTTED.finditer(text):
            word = match["name"]
            name = self.names.of_class(word) or self.names.of_class(IN_NAME.split(word)[0])
            apart = text[match.start("name") - 1] == " " and text[match.end("name")] not in "[\uff3b"  # prose
            if name and not apart and not (match["name"] == name and match.start() in closed):
                written = text[match.start() : match.end("name")]
                opening = text[match.end("name") : match.end("open")]
                self.none(written + opening.strip("\n"), name, place(match.start(), match.end("name")))

        for match in JOINED.finditer(text):
            name = self.names.first_class(words_in(match["names"]))
            if name:
                self.none(match[0].removesuffix("["), name, place(match.start(), match.end()))

    def tags(self, text: str, place: Locate, code: Sequence[tuple[int, int]] = ()) -> None:
        """Check the tags in a text, some of whose parts are code."""
        for tag in find_tags(text):
            span = place(tag.start, min(tag.end, len(text)))
            name = self.names.of_class(tag.name)
            if name and f"</{tag.name}" in text.lower():
                self.none(f"<{tag.name}>", name, span)
            if self.notes and tag.name == "aside" and SPOKEN in tag.classes:
                self.report(
                    "slidegen does not treat this element as notes, so it is shown",
                    span,
                    f"write ::: {SPOKEN} on a line, and ::: on one after them",
                )
            in_code = any(start <= tag.start < end for start, end in code)
            for key, value in tag.attributes:
                is_name = key in NAMING or key.startswith("data-") or (key == "id" and tag.name in BOXES)
                if is_name and plain(value) in self.names.classes:
                    self.none(f'<{tag.name} {key}="{value}">', plain(value), span)
                if value in SET and (name := self.names.of_class(key.removeprefix("data-"))):
                    self.none(f"<{tag.name} {key}>", name, span)
                if key in NEAR_CLASS or key.endswith(("-class", ":class")) or plain(key) == CLASS:
                    self._classes(tag, key, value, span, in_code=in_code)

    def _classes(self, tag: Tag, key: str, value: str, span: Span, *, in_code: bool) -> None:
        """Report classes of an element that do not mark it."""
        for word in words_in(value):
            found = self.names.of_class(word)
            is_mark = key == CLASS and found in value.split() and tag.closed
            if found and (in_code or not is_mark):
                self.report(
                    f"this element is not marked with the class {found}, so it is shown",
                    span,
                    "close the tag with >"
                    if not tag.closed
                    else "indent it by less than four spaces"
                    if in_code
                    else f'write class="{found}"',
                )

    def marks(self, text: str, *, is_deck: bool) -> Iterator[tuple[int, int]]:
        """Where the marks of a file begin and end, correct ones and others, which nothing will remove."""
        yield from (match.span("words") for match in RULED.finditer(text) if self._rule(match))
        if is_deck:
            yield from (match.span() for match in DOTTED.finditer(text) if self.names.of_class(match["name"]))
            for match in LINE.finditer(text):
                if self.names.are_marked(match["key"], match["value"]):
                    yield match.span()
            for match in FENCED.finditer(text):
                if self.names.first_class(match["names"].split()):
                    yield match.span()
            for tag in find_tags(text):
                if self.names.first_class(tag.classes):
                    yield tag.start, tag.end
            yield from ((start, end) for start, end, _ in foreign_marks(text, self.names))
            if self.notes:
                yield from (match.span() for match in SEPARATOR.finditer(text) if "?" in match[0])

    def listing(self, node: Listing) -> None:
        """Check code from a file."""
        self._rules(node.text, lambda *_: node.span)

    def _rules(self, text: str, place: Locate) -> None:
        """Report rules around solutions."""
        for match in RULED.finditer(text):
            if name := self._rule(match):
                self.none(match[0].strip(), name, place(*match.span("words")))
        for start, end, name in foreign_marks(text, self.names):
            self.none(text[start:end].strip(), name, place(start, end))

    def _rule(self, match: re.Match[str]) -> str:
        """The class that a rule such as `### BEGIN SOLUTION` is about; empty if none."""
        words = [plain(word) for word in match["words"].replace("(", " ").split()]
        is_rule = len(words) < 5 and not BEGINS.isdisjoint(words)
        return self.names.first_class(words) if is_rule else ""

    def comment(self, inside: str, place: Span) -> None:
        """Check a comment that is removed: a mark in it has no effect, nor does half of one."""
        inside = inside.removesuffix("-->").strip("-")
        words = [plain(word) for word in words_in(inside.replace(":", " "))]
        if 1 < len(words) < 5 and not BEGINS.isdisjoint(words):
            name = self.names.first_class(words)
            if name:
                self.none(inside.strip(), name, place)
        elif len(words) == 1 and (name := self.names.of_class(words[0].removeprefix("end"))):
            written = inside.strip()
            if written.casefold() != name or has_end(place):
                self.none(f"the comment {written}", name, place)
        of_element = OF_ELEMENT.match(inside)
        if of_element is not None and (name := self.names.first_class(words_in(of_element[1]))):
            self.none(f"the comment {inside.strip()}", name, place)
        for match in LINE.finditer(inside.strip()):
            if self.names.are_marked(match["key"], match["value"]):
                self.report(
                    f"this comment is not a property, so it does not mark the slide: {match[0].strip()}",
                    place,
                    "put properties before everything else on the slide",
                )
        for tag in find_tags(inside):
            is_marked = not self.names.classes.isdisjoint(tag.classes)
            if is_marked and not tag.empty and end_of(inside, tag.name, tag.end)[1]:
                self.report(
                    "a mark begins in this comment and does not end in it",
                    place,
                    "put the whole element into the comment, or remove the comment",
                )

    def none(self, written: str, name: str, span: Span) -> None:
        """Report what looks like the beginning of an element of a class, and is none."""
        self.report(f"{written} marks nothing, so it is shown", span, f"write .{name}[ ... ]")
