"""Citations and lists of references as HTML, by the rules of a CSL style."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from string import ascii_lowercase
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from slidegen.deck.citations import Cited, reference_lists
from slidegen.deck.model import Deck, Slide
from slidegen.reading.bibliography import OTHERS, Csl
from slidegen.syntax.nodes import Citation, ReferenceList

WORK_START, WORK_END, FIRST_WORK = "\ue000", "\ue001", 0xE100
"""Characters of the private use area: around a work in a citation, the first followed by its number."""
WORK = re.compile(f"{WORK_START}(.)([^{WORK_START}{WORK_END}]*){WORK_END}", re.DOTALL)
TAGS = {
    "Italic": "i", "Oblique": "i", "Bold": "b", "Light": "span", "Underline": "u", "Superscript": "sup",
    "Subscript": "sub", "SmallCaps": "small",
}  # fmt: skip
"""How a style's formats are written in HTML."""
OPENING = {chr(0xE010 + 2 * place): tag for place, tag in enumerate(TAGS.values())}
CLOSING = {chr(0xE011 + 2 * place): tag for place, tag in enumerate(TAGS.values())}
MARK = re.compile("[\ue010-\ue02f]")
RESERVED = re.compile("[\ue000-\ue02f]")
ADDRESS = re.compile(r"https?://[^\s<>\ue000-\ue02f]+|(?<![\w/])10\.\d{4,9}/[^\s<>\ue000-\ue02f]+")
LABEL = re.compile(r"\A(\[\d+\]|\d+\.)(?=\S)")
"""A number that a style sets in a column of its own."""
AND_OTHERS = re.compile(rf"(?:,?\s+(?:\w{{1,3}}|&))?,?\s*{OTHERS}\.?")
UNSAFE = re.compile(r"[^\w.:-]+")


class StyleError(Exception):
    """A citation style cannot be used; says why."""


def _wrapper(opening: str, closing: str) -> type[str]:
    class Wrapper(str):
        """A text in a style's format, between two marks."""

        __slots__ = ()

        def __new__(cls, text: str) -> Wrapper:
            return super().__new__(cls, f"{opening}{text}{closing}")

    return Wrapper


class _Marks:
    """Formats for citeproc: marks instead of tags, so that all text can be escaped at the end."""

    @staticmethod
    def preformat(text: object) -> str:
        """The text as it is."""
        return str(text)


for _place, _name in enumerate(TAGS):
    setattr(_Marks, _name, _wrapper(chr(0xE010 + 2 * _place), chr(0xE011 + 2 * _place)))


@dataclass(slots=True)
class Citations:
    """Shows the citations of one deck.

    `records` are the works that are cited, by key; `locale` is one of citeproc's. Raises StyleError where the
    style, CSL as text, cannot be used.
    """

    style: str
    locale: str
    deck: Deck
    cited: Cited
    records: Mapping[str, Csl]
    report: Callable[[str, str], None]
    """Says what is wrong with the record of a key."""
    numeric: bool = field(init=False)
    entries: dict[str, Markup] = field(default_factory=dict)
    """What a list of references says of each work, in the order of the style."""
    _processor: Any = field(init=False)
    _names: dict[str, str] = field(init=False)
    """By key, what the processor knows a work as: it folds case, and its keys may hold nothing odd."""
    _ids: dict[str, str] = field(default_factory=dict)
    _owners: dict[tuple[int, str], tuple[int, int]] = field(default_factory=dict)
    """For a slide's own list, or -1 for the deck's, and a key: the slide and the node that has its id."""

    def __post_init__(self) -> None:
        self.numeric = "citation-number" in self.style.partition("<citation")[2].partition("</citation>")[0]
        self._names = {key: f"w{number}" for number, key in enumerate(self.cited.keys)}
        self._name()
        self._processor = self._process(self.records)
        suffixes = {} if self.numeric else self._suffixes()
        if suffixes:
            records = {key: {**self.records[key], "year-suffix": letter} for key, letter in suffixes.items()}
            self._processor = self._process({**self.records, **records})
        self._list()
        self._own()

    def citation(self, node: Citation, slide: Slide) -> str:
        """A citation, each work in it linked to where it is listed."""
        links = [self._link(work.key, slide) for work in node.works]
        shown = self._cite(node)

        def work(match: re.Match[str]) -> str:
            index = ord(match[1]) - FIRST_WORK
            inner = _html(match[2])
            target, title = links[index]
            if not target:
                return inner
            return Markup('<a href="{}" title="{}">{}</a>').format(target, title, inner)

        pieces, at = [], 0
        for match in WORK.finditer(shown):
            pieces += [_html(shown[at : match.start()]), work(match)]
            at = match.end()
        html = Markup("").join((*pieces, _html(shown[at:])))
        return str(Markup('<span class="slidegen-citation">{}</span>').format(html))

    def references(self, node: ReferenceList, keys: Sequence[str], slide: Slide) -> str:
        """The works of these keys as a list, in the order of the style."""
        items = []
        wanted = set(keys)
        scope = slide.group if node.of_slide else -1
        for key, entry in self.entries.items():
            if key not in wanted:
                continue
            owner = self._owners.get((scope, key)) == (slide.group, id(node))
            name = Markup(' id="{}"').format(self._id(key, scope)) if owner else Markup("")
            items.append(Markup("<li{}>{}</li>").format(name, entry))
        if not items:
            return ""
        return str(
            Markup('<ul class="slidegen-references" role="list">{}</ul>').format(Markup("").join(items))
        )

    def listed(self, node: ReferenceList, slide: Slide) -> list[str]:
        """The keys that a list shows; ValueError with a sentence where there are no such parts."""
        if node.of_slide:
            return list(self.cited.by_group.get(slide.group, ()))
        from slidegen.reading.excerpts import numbers_in

        on_slides = set(self.cited.keys[: self.cited.on_slides])
        keys = [key for key in self.entries if key in on_slides]
        return [keys[number] for number in numbers_in(node.part, len(keys), "works")] if node.part else keys

    def _process(self, records: Mapping[str, Csl]) -> Any:
        from citeproc import Citation as Cites
        from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle
        from citeproc.source.json import CiteProcJSON

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of fields that CSL does not have
            try:
                style = CitationStylesStyle(BytesIO(self.style.encode()), locale=self.locale, validate=False)
            except Exception as error:  # citeproc and lxml have no common one
                raise StyleError(
                    str(error).splitlines()[0] if str(error) else type(error).__name__
                ) from error
            if getattr(style.root, "citation", None) is None or not style.has_bibliography():
                raise StyleError("it is no style with citations and a bibliography")
            source = CiteProcJSON([])
            for number, key in enumerate(self.cited.keys):
                record = {**_cleaned(records[key]), "id": f"w{number}"}
                try:
                    source.update(CiteProcJSON([record]))
                except Exception as error:  # whatever a record holds, it must not end the build
                    self.report(key, f"{type(error).__name__}: {error}")
                    source.update(CiteProcJSON([{"id": f"w{number}", "type": "article", "title": key}]))
            processor = CitationStylesBibliography(style, source, _Marks)
            processor.keys = [f"w{number}" for number in range(len(self.cited.keys))]
            processor.items = [CitationItem(name) for name in processor.keys]
            whole = Cites(processor.items)
            whole.bibliography = processor
        return processor

    def _cite(self, node: Citation) -> str:
        from citeproc import CitationItem
        from citeproc.source import Locator

        items = []
        for index, work in enumerate(node.works):
            if not work.key:
                continue
            extra: dict[str, Any] = {"suffix": f"{WORK_END}{work.suffix}"}
            extra["prefix"] = f"{work.prefix} {WORK_START}{chr(FIRST_WORK + index)}".lstrip()
            if work.locator:
                extra["locator"] = Locator(work.label, work.locator)
            items.append(CitationItem(self._name_of(work.key), **extra))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                shown = AND_OTHERS.sub(" et al.", self._in_order(items))
            except Exception as error:  # citeproc stumbles over what a record lacks
                self.report(
                    next(work.key for work in node.works if work.key), f"{type(error).__name__}: {error}"
                )
                return ", ".join(node.written)
        unknown = [f"{key}?" for work, key in zip(node.works, node.written, strict=True) if not work.key]
        if unknown and WORK_END in shown:
            end = shown.rindex(WORK_END) + 1
            shown = f"{shown[:end]}; {'; '.join(unknown)}{shown[end:]}"
        if any(work.year_only for work in node.works) and not self.numeric:
            shown = WORK.sub(lambda match: self._year_only(match, node), shown)
        return shown

    def _in_order(self, items: list[Any]) -> str:
        """A citation of these items, in their order where the style has none of its own.

        citeproc would put them into that in which the deck cites them first.
        """
        from citeproc import Citation as Cites

        def cite(items: list[Any]) -> str:
            cites = Cites(items)
            cites.bibliography = self._processor
            return str(self._processor.cite(cites, _no_complaint))

        citation = self._processor.style.root.citation
        before, after = str(citation.layout.get("prefix", "")), str(citation.layout.get("suffix", ""))
        if len(items) == 1 or citation.sort is not None:
            return cite(items)
        singles = [cite([item]) for item in items]
        if not all(text.startswith(before) and text.endswith(after) for text in singles):
            return cite(items)
        inner = [text[len(before) : len(text) - len(after)] for text in singles]
        return before + str(citation.layout.get("delimiter", "")).join(inner) + after

    def _year_only(self, match: re.Match[str], node: Citation) -> str:
        """The work without its authors, where it is written `-@key`."""
        work = node.works[ord(match[1]) - FIRST_WORK]
        year = re.search(r"\d{4}[a-z]?|n\.\s*d\.", match[2])
        if not work.year_only or year is None:
            return match[0]
        return f"{WORK_START}{match[1]}{match[2][year.start() :]}{WORK_END}"

    def _suffixes(self) -> dict[str, str]:
        """Letters for works that citations could not tell apart: 2015a, 2015b."""
        from slidegen.source import Source, Span
        from slidegen.syntax.cited import CitedWork

        nowhere = Span(Source("", ""), 0, 0)
        alike: dict[str, list[str]] = {}
        order = [str(item.key) for item in self._sorted()]
        by_name = {name: key for key, name in self._names.items()}
        for name in order:
            key = by_name[name]
            shown = WORK.sub(r"\2", self._cite(Citation((CitedWork(key),), (key,), nowhere)))
            alike.setdefault(shown, []).append(key)
        return {
            key: ascii_lowercase[number % 26]
            for keys in alike.values()
            if len(keys) > 1
            for number, key in enumerate(keys)
        }

    def _sorted(self) -> list[Any]:
        try:
            return list(self._processor.style.sort_bibliography(self._processor.items))
        except Exception:  # a style without a sort order
            return list(self._processor.items)

    def _list(self) -> None:
        """What the lists say; numbers stay those of the citations."""
        by_name = {name: key for key, name in self._names.items()}
        style = self._processor.style
        for item in self._sorted():
            key = by_name[str(item.key)]
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                try:
                    text = AND_OTHERS.sub(" et al.", str(next(iter(style.render_bibliography([item])))))
                except Exception as error:  # citeproc stumbles over what a record lacks
                    self.report(key, f"{type(error).__name__}: {error}")
                    text = str(self.records[key].get("title", key))
            self.entries[key] = _linked(LABEL.sub(r"\1 ", text, count=1))

    def _own(self) -> None:
        """Which list has the id of a work: the first that shows it, so that ids are unique."""
        for slide in self.deck.slides:
            if not slide.last_step:
                continue
            for node in reference_lists((*slide.content, *slide.footer)):
                try:
                    keys = self.listed(node, slide)
                except ValueError:
                    continue
                scope = slide.group if node.of_slide else -1
                for key in keys:
                    self._owners.setdefault((scope, key), (slide.group, id(node)))

    def _link(self, key: str, slide: Slide) -> tuple[str, str]:
        """Where a citation of a work leads, and what the list says of it."""
        if not key:
            return "", ""
        title = Markup(self.entries.get(key, Markup(""))).striptags()
        for scope in (slide.group, -1):
            if (scope, key) in self._owners:
                return f"#{quote(self._id(key, scope))}", title
        record = self.records[key]
        if record.get("DOI"):
            return f"https://doi.org/{record['DOI']}", title
        return str(record.get("URL") or ""), title

    def _id(self, key: str, scope: int) -> str:
        return f"ref-{self._ids[key]}" if scope < 0 else f"ref-{scope + 1}-{self._ids[key]}"

    def _name(self) -> None:
        """A name for the id of each work that no other has."""
        taken: set[str] = set()
        for key in self.cited.keys:
            name = base = UNSAFE.sub("-", key)
            number = 2
            while name in taken:
                name, number = f"{base}_{number}", number + 1
            taken.add(name)
            self._ids[key] = name

    def _name_of(self, key: str) -> str:
        return self._names[key]


def _no_complaint(item: object) -> None:
    """Every work that is cited is there: unknown ones have been reported."""
    del item


def _cleaned(record: Csl) -> Csl:
    """A record without characters that mean something here, and without what is no CSL."""
    text = {
        key: RESERVED.sub("", value) if isinstance(value, str) else value for key, value in record.items()
    }
    return {key: value for key, value in text.items() if value not in ("", None, [])}


def _html(text: str) -> Markup:
    """Text with marks as HTML."""
    pieces: list[Markup] = []
    at = 0
    for match in MARK.finditer(text):
        pieces.append(escape(text[at : match.start()]))
        tag = OPENING.get(match[0])
        pieces.append(
            Markup("<{}>").format(tag) if tag else Markup("</{}>").format(CLOSING.get(match[0], "span"))
        )
        at = match.end()
    return Markup("").join((*pieces, escape(text[at:])))


def _linked(text: str) -> Markup:
    """Text with marks as HTML, its addresses as links."""
    pieces: list[Markup] = []
    at = 0
    for match in ADDRESS.finditer(text):
        address = match[0].rstrip(".,;:)]")
        target = address if address.startswith("http") else f"https://doi.org/{address}"
        pieces += [_html(text[at : match.start()]), Markup('<a href="{}">{}</a>').format(target, address)]
        at = match.start() + len(address)
    return Markup("").join((*pieces, _html(text[at:])))


def locale_of(lang: str, known: Iterable[str], primary: Mapping[str, str]) -> str:
    """The locale of a language tag: `fr-FR` of `fr`, `pt-BR` of `pt-br`, `en-US` where there is none."""
    by_lower = {name.lower(): name for name in known}
    tag = lang.strip().replace("_", "-").lower()
    return by_lower.get(tag) or primary.get(tag.split("-")[0]) or "en-US"
