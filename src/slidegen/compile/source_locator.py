"""Finds where a deck refers to a file, since Markdown conversion keeps no positions."""

from __future__ import annotations

import html as entities
import re
from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from urllib.parse import unquote

from msgspec import Struct, field

from slidegen.deck.model import Deck, Slide
from slidegen.diagnostics import Code, Reporter
from slidegen.html_tags import COMMENT
from slidegen.patterns import lazy_compile
from slidegen.remembered import Remembered
from slidegen.render.html.growing_html import NewParts
from slidegen.render.page_model import RenderedSlide
from slidegen.source import Span
from slidegen.spelling import nearest, suggest
from slidegen.syntax.nodes import ContentClass, LinkDefinition, MacroCall, Node, Text

LINK = lazy_compile(r'<a\s[^>]*?\bhref="#([^"]+)"')
ID = lazy_compile(r'\s(?:id|name)="([^"]+)"')
NUMBER = lazy_compile(r"p?\d+")
REFERENCES = (
    r"(?:\]\(\s*+<?|\]:\s*+<?|url\(\s*+[\"']?|(?<![\w-])(?:src|href|poster|data|srcset|background)\s*=\s*[\"']?)"
    r"(?P<it>IT)(?=[\s)\"'>,]|\Z)",
    r"(?:[\"'<,]\s*+|^|\s)(?P<it>IT)(?=[\s)\"'>,]|\Z)",
    r"(?P<it>IT)",
)
"""Where a text may be a reference, most certain first: as written in references, between marks, anywhere."""
LIST_OR_HTML = lazy_compile(r"(?:[ \t>]*(?:[*+-]|\d+\.)[ \t]| {2,}\S|[ \t>]*<)")
"""A line after which lines indented by four spaces are not code."""
CODE_IN_LINES = lazy_compile(
    r"^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n]*\n(?>(?:(?![ \t>]*(?P=fence))[^\n]*\n)*)[^\n]*"
    r"|(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)",
    re.MULTILINE,
)


class SourceLocator(Struct):
    """Finds references by their text in the source of a slide, and only when asked."""

    deck: Deck
    outputs: Sequence[tuple[str, Span]] = ()
    """What macros wrote, and where they were called."""
    _found: dict[tuple[int, str], Sequence[Span]] = field(default_factory=dict)
    _contents: dict[int, str] = field(default_factory=dict)
    """By group of steps."""
    _texts: dict[tuple[int, bool], tuple[Node, tuple[_Passage, ...]]] = field(default_factory=dict)

    def of_slide(self, index: int, *counters: Counter[str]) -> Callable[[str], Span | None]:
        """A function that returns the place of a reference on a slide; the slide's own place as a last resort.

        Asked again for the same text, it returns the next occurrence on the slide. The counters say
        how often texts have been asked for already; the last one is updated.
        """
        *before, asked = counters or (Counter(),)

        def locate(written: str) -> Span | None:
            key = (index, written)
            if key not in self._found:
                self._found[key] = self._locate(index, written)
            asked[written] += 1
            times = asked[written] + sum(counter[written] for counter in before)
            return self._found[key][min(times, len(self._found[key])) - 1]

        return locate

    def _locate(self, index: int, written: str) -> Sequence[Span]:
        slide = self.deck.slides[index]
        spellings = dict.fromkeys((written, entities.escape(written)))
        nodes = (*slide.content, *slide.notes, *slide.footer)
        properties = [_Passage(item.span, item.span.text) for item in slide.properties.values()]
        names = any(link.url in spellings for link in self.deck.links.values())
        if names or any(spelling in text for text in self._written(slide) for spelling in spellings):
            passages = [*self._passages(nodes, code=False), *properties]
            for found in self._searches(nodes, passages, spellings):
                if found:
                    return [place for _, place in sorted(found, key=itemgetter(0))]
        for link in self.deck.links.values():
            if link.url in spellings:
                return (_address(link),)
        for text, call in self.outputs:
            if any(spelling in text for spelling in spellings):
                return (call,)
        start = slide.span.start
        return (Span(slide.span.source, start, min(start + 1, slide.span.end)),)

    def _written(self, slide: Slide) -> Iterator[str]:
        """Everything written on a slide; content that all its steps share is put together once."""
        if slide.group not in self._contents:
            last = slide.index
            while not self.deck.slides[last].last_step:
                last += 1
            nodes = self.deck.slides[last].content
            self._contents[slide.group] = "\n".join(each.text for each in self._passages(nodes, code=True))
        yield self._contents[slide.group]
        if not slide.last_step:
            yield from (each.text for each in self._passages(slide.content[-1:], code=True))
        yield from (each.text for each in self._passages((*slide.notes, *slide.footer), code=True))
        yield from (item.span.text for item in slide.properties.values())

    def _searches(
        self, nodes: Sequence[Node], passages: Sequence[_Passage], spellings: Collection[str]
    ) -> Iterator[list[tuple[tuple[int, int], Span]]]:
        """Where the text is found, by passage and offset; the most certain places first, those in code last."""
        with_code = self._passages(nodes, code=True)
        for texts, by_name in ((passages, True), (with_code, False)):
            likely = [
                (number, passage)
                for number, passage in enumerate(texts)
                if any(spelling in passage.text for spelling in spellings)
            ]
            for pattern in REFERENCES:
                named = self._by_name(texts, spellings) if by_name and pattern is REFERENCES[0] else ()
                yield [*_matches(likely, pattern, spellings), *named]

    def _passages(self, nodes: Iterable[Node], *, code: bool) -> list[_Passage]:
        """The texts of nodes, each read once, since the steps of a slide share nodes."""
        found: list[_Passage] = []
        for node in nodes:
            key = (id(node), code)
            if key not in self._texts:
                self._texts[key] = node, tuple(_passages((node,), code=code))
            found += self._texts[key][1]
        return found

    def _by_name(
        self, passages: Sequence[_Passage], spellings: Container[str]
    ) -> list[tuple[tuple[int, int], Span]]:
        """Places where passages refer to it through a definition, `![a][name]`; the place is the definition's."""
        return [
            ((number, match.start()), _address(link))
            for name, link in self.deck.links.items()
            if link.url in spellings
            for number, passage in enumerate(passages)
            for match in re.finditer(rf"\[{re.escape(name)}\](?![(:])", passage.text, re.IGNORECASE)
        ]


def _matches(
    passages: Sequence[tuple[int, _Passage]], pattern: str, spellings: Iterable[str]
) -> Iterator[tuple[tuple[int, int], Span]]:
    """Where one of the patterns finds the text in numbered passages."""
    if passages:
        search = re.compile(pattern.replace("IT", "|".join(map(re.escape, spellings))), re.MULTILINE)
        for number, passage in passages:
            for match in search.finditer(passage.text):
                yield (number, match.start()), passage.place(*match.span("it"))


def _address(link: LinkDefinition) -> Span:
    """The place of the address in a definition."""
    at = link.span.text.find(link.url, link.span.text.find("]:") + 1)
    return link.span.within(at, at + len(link.url)) if at >= 0 else link.span


class LinksOfSlide(Struct, frozen=True):
    """The parts of a slide and its steps that concern links within the deck."""

    targets: frozenset[str]
    """Where links may lead."""
    names: frozenset[str]
    """Where its links lead."""


def _may_name(html: str) -> bool:
    return 'id="' in html or 'name="' in html


def _links_of(steps: Sequence[RenderedSlide], new_parts: NewParts) -> LinksOfSlide:
    htmls = new_parts.of([slide.html for slide in steps])
    parts = (*htmls, *new_parts.of([slide.notes for slide in steps]))
    targets = {entities.unescape(name) for html in htmls if _may_name(html) for name in ID.findall(html)}
    names = {name for part in parts for _, name in _links_in(part)}
    return LinksOfSlide(frozenset(targets), frozenset(names))


def _links_in(html: str) -> Iterator[tuple[str, str]]:
    """The links to slides and elements, as written and as meant."""
    for written in LINK.findall(html):
        yield written, unquote(entities.unescape(written))


def warn_of_unknown_slides(
    slides: Sequence[RenderedSlide],
    places: SourceLocator,
    reporter: Reporter,
    known: Remembered[LinksOfSlide],
    new_parts: NewParts,
) -> None:
    """Warn of links to slides that do not exist, unless they lead to another element.

    `known` holds the results for slides of the deck's last version, `new_parts` what the steps of slides add.
    """
    known.begin(None)
    new_parts.begin()
    targets = {slide.name for slide in slides if slide.name} | {slide.id for slide in slides if slide.id}
    groups: list[tuple[list[RenderedSlide], LinksOfSlide]] = []
    for _, group in groupby(slides, key=lambda slide: slide.group):
        steps = list(group)
        made_from = (*(slide.html for slide in steps), *(slide.notes for slide in steps))
        links = known.get(*made_from)
        if links is None:
            links = _links_of(steps, new_parts)
            known.put(links, *made_from)
        groups.append((steps, links))
        targets |= links.targets

    def leads_somewhere(name: str) -> bool:
        is_number = NUMBER.fullmatch(name) is not None
        return name in targets or (is_number and int(name.removeprefix("p")) <= len(slides))

    for steps, links in groups:
        if all(map(leads_somewhere, links.names)):
            continue
        for slide in steps:
            locate = places.of_slide(slide.index)
            for written, name in _links_in(slide.html + slide.notes):
                if leads_somewhere(name):
                    continue
                if NUMBER.fullmatch(name):
                    message = f"there is no slide {name.removeprefix('p')}"
                    hint = f"the last one is #{slides[-1].number or len(slides)}; a `name:` stays when slides move"
                    reporter.report(Code.UNKNOWN_SLIDE, message, locate(f"#{written}"), hint=hint)
                    continue
                near = (f"#{target}" for target in nearest(name, sorted(targets)))
                reporter.report(
                    Code.UNKNOWN_SLIDE,
                    f"no slide has the name {name}",
                    locate(f"#{written}"),
                    hint=suggest(*near, otherwise="give the slide it should lead to a `name:`"),
                )


class _Passage(Struct, frozen=True):
    """Text of a slide in which references may occur, with code and comments blanked out."""

    span: Span
    text: str

    def place(self, start: int, end: int) -> Span:
        """The place of a part; of the whole if a variable was inserted or a backslash removed."""
        exact = len(self.text) == self.span.end - self.span.start
        return self.span.within(start, end) if exact else self.span


def _passages(nodes: Iterable[Node], *, code: bool) -> Iterator[_Passage]:
    """The texts of nodes; with `code`, what looks like code stays in."""
    for node in nodes:
        if isinstance(node, ContentClass):
            yield from _passages(node.children, code=code)
        elif isinstance(node, Text):
            pieces, at = [], 0
            for start, end in () if code else node.code:
                pieces += [node.value[at:start], _without_code(node, start, end)]
                at = end
            text = "".join((*pieces, node.value[at:]))
            yield _Passage(node.span, COMMENT.sub(lambda match: " " * len(match[0]), text))
        elif isinstance(node, MacroCall):
            yield _Passage(node.span, node.span.text)


def _without_code(node: Text, start: int, end: int) -> str:
    """Blank out what looks like code, unless its indented lines belong to a list or HTML."""
    whole = node.span.source.text
    at = node.span.start + start
    line = whole.rfind("\n", 0, at) + 1
    if not node.is_as_written or not whole.startswith("    ", line) or not _is_text(whole, line):
        return " " * (end - start)
    return CODE_IN_LINES.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), node.value[start:end])


def _is_text(text: str, line: int) -> bool:
    """Whether lines indented by four spaces belong to a list or HTML, judging by what precedes them."""
    while line > 0:
        before = text.rfind("\n", 0, line - 1) + 1
        if not text.startswith("    ", before) and text[before : line - 1].strip():
            return LIST_OR_HTML.match(text, before) is not None
        line = before
    return False
