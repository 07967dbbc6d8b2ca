"""Reports text that resembles a mark of a variant but is not one, so that it would be shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from slidegen.config import Config
from slidegen.deck.hidden_parts import hidden_parts
from slidegen.deck.html_marks import Cutter, find_tags, without_code
from slidegen.deck.near_forms import NearForms
from slidegen.deck.near_names import MarkNames
from slidegen.deck.near_patterns import CONDITIONAL, STRAY_FENCE, bracket_behind, means_notes
from slidegen.deck.near_properties import NearProperties
from slidegen.deck.variants import MARKS, Variant
from slidegen.diagnostics import Code, DiagnosticCode, Reporter
from slidegen.source import Source, Span
from slidegen.syntax.nodes import (
    ContentClass,
    Formula,
    LinkDefinition,
    Listing,
    MacroCall,
    Node,
    Property,
    Text,
)
from slidegen.syntax.slide_builder import SPOKEN


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

    @property
    def _names(self) -> MarkNames:
        return MarkNames(self.classes, self.variants)

    @property
    def _forms(self) -> NearForms:
        return NearForms(self._names, self.notes, self._report)

    def silent(self) -> NearMarks:
        """A copy for text that is not shown."""
        return replace(self, reporter=Reporter())

    def settings(self, settings: Iterable[tuple[str, str, Span]]) -> None:
        """Check front matter, where nothing marks a whole deck."""
        NearProperties(self._names, self._report).settings(settings)

    def properties(self, properties: Iterable[Property]) -> None:
        """Check the properties of a slide that is shown."""
        NearProperties(self._names, self._report).properties(properties)

    def content(self, nodes: Sequence[Node]) -> None:
        """Check what a slide shows."""
        forms = self._forms
        opened = ""
        """The style sheet or script that the last text has left open, where a comment in it was left out."""
        for node in nodes:
            if isinstance(node, ContentClass):
                self._class(node)
                self.content(node.children)
            elif isinstance(node, Text):
                opened = forms.text(node, opened)
                self._hidden(without_code(node), node.place)
            elif isinstance(node, Formula):
                forms.formula(node)
            elif isinstance(node, Listing):
                forms.listing(node)
            elif isinstance(node, MacroCall):
                span = node.span
                forms.dotted(" ".join((*node.args, node.target)), lambda *_, span=span: span)

    def _class(self, node: ContentClass) -> None:
        """Check the names of a content class."""
        for word in node.classes:
            name = self._names.of_class(word) or self._names.of_class(word.removeprefix("callout-"))
            if name and word != name:
                self._report(f".{word}[ is not .{name}[, so it is shown", node.span, f"write .{name}[")
            elif node.attributes is not None and word in CONDITIONAL:
                self._report(
                    f"slidegen does not read the conditions of ::: {word}, so this is shown",
                    node.span,
                    "write the class of what is left out, as in ::: solution",
                )
            elif self.notes and node.attributes is not None and means_notes(word):
                self._report(
                    f"::: {word} is not ::: {SPOKEN}, so it is shown", node.span, f"write ::: {SPOKEN}"
                )
        for key, value in node.attributes or ():
            self._forms.dotted(value, lambda *_: node.span)
            marked = next((tag for tag in find_tags(value) if self._names.first_class(tag.classes)), None)
            if marked is not None:
                message = f"the class of <{marked.name}> marks nothing in {key}=, so it is shown"
                self._report(message, node.span, "put it into the content")

    def markup(self, span: Span) -> None:
        """Check HTML beside the slides."""
        cutter = Cutter(
            lambda tag: not self.classes.isdisjoint(tag.classes),
            lambda inside, at: self.comment(inside, span.within(at, at + 1)),
            lambda start, end, name: self.open_element(span.within(start, end), name, "here"),
        )
        cutter.cuts(span.text)
        self._forms.tags(span.text, span.within)

    def drawing(self, span: Span) -> None:
        """Check a drawing."""
        self.markup(span)
        self._hidden(span.text, span.within)

    def _hidden(self, text: str, place: Callable[[int, int], Span]) -> None:
        """Warn of text that is not shown but not left out, either: who opens the page's source can read it."""
        name = MARKS[0] if MARKS[0] in self.classes else min(self.classes, default=MARKS[0])
        for tag in hidden_parts(text):
            self.reporter.report(
                Code.HIDDEN_TEXT,
                f"this <{tag.name}> is hidden, but the page of every variant contains its text",
                place(tag.start, tag.end),
                hint=f'give it a class that variants leave out, such as class="{name}"',
            )

    def copied(self, span: Span, *, is_deck: bool) -> None:
        """Check a linked file that is copied as it is; one that `is_deck` is written in the language of decks."""
        found = next(self._forms.marks(span.text, is_deck=is_deck), None)
        if found is not None:
            place = span.within(*found)
            self._report(
                f"slidegen copies this file as it is, with what {place.text.strip()} marks in it",
                place,
                "link to a copy without it, or to the page of the deck",
            )

    def comment(self, inside: str, place: Span) -> None:
        """Check a comment that is removed: a mark in it has no effect, nor does half of one."""
        self._forms.comment(inside, place)

    def open_element(self, place: Span, name: str, where: str = "on its slide") -> None:
        """Report a left-out element, or a comment, that does not end on its slide."""
        what = "this comment" if name == "comment" else f"this {name}"
        end = "-->" if name == "comment" else f"</{name.strip('<>')}>"
        self._report(
            f"{what} does not end {where}, so what follows would be shown", place, f"close it with {end}"
        )

    def behind(self, text: str, place: Span) -> None:
        """Check what follows something left out, which may have been closed too early."""
        if place.text.startswith(":"):
            if STRAY_FENCE.search(text):
                self._early(":::", place, "write as many ::: as there are divisions, each on a line")
        elif bracket_behind(text):
            self._early("]", place, "brackets inside it must come in pairs; write a single one as \\]")

    def end_behind(self, place: Span, name: str) -> None:
        """Report an end tag that nothing opens, after an element of its name that is left out."""
        message = f"nothing opens this </{name}>, so what is left out before it may end too early"
        self._report(message, place, f"write one <{name}> for each </{name}>")

    def _early(self, end: str, place: Span, hint: str) -> None:
        self._report(f"this is left out only up to the first {end}, so what follows is shown", place, hint)

    def definitions(self, definitions: Iterable[tuple[str, LinkDefinition]]) -> None:
        """Check definitions that lead nowhere: `[//]: # (...)` is a comment to some."""
        for _, item in definitions:
            self._forms.dotted(f"{item.url} {item.title or ''}", lambda *_, span=item.span: span)
            if item.title and item.url in ("#", ""):
                self.comment(item.title, item.span)

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
