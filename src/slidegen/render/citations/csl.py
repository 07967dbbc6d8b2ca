"""Formats citations and entries with a CSL style, and marks where its formatting begins and ends."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from string import ascii_lowercase
from typing import Any

from slidegen.patterns import lazy_compile
from slidegen.reading.bibliography import OTHERS, Csl
from slidegen.syntax.cited_work import CitedWork

WORK_START, WORK_END, FIRST_WORK = "\ue000", "\ue001", 0xE100
"""Private use characters around a work in a citation; the first is followed by the work's number."""
WORK = lazy_compile(f"{WORK_START}(.)([^{WORK_START}{WORK_END}]*){WORK_END}", re.DOTALL)
FORMATS = {
    "Italic": "i", "Oblique": "i", "Bold": "b", "Light": "span", "Underline": "u", "Superscript": "sup",
    "Subscript": "sub", "SmallCaps": "small",
}  # fmt: skip
"""citeproc's names of formats, and their HTML."""
OPENING = {chr(0xE010 + 2 * place): tag for place, tag in enumerate(FORMATS.values())}
CLOSING = {chr(0xE011 + 2 * place): tag for place, tag in enumerate(FORMATS.values())}
RESERVED = lazy_compile("[\ue000-\ue02f]")
LABEL = lazy_compile(r"\A(\[\d+\]|\d+\.)(?=\S)")
"""A number that a style puts into a column of its own."""
AND_OTHERS = lazy_compile(rf"(?:,?\s+(?:\w{{1,3}}|&))?,?\s*{OTHERS}\.?")
YEAR = lazy_compile(r"\d{4}[a-z]?|n\.\s*d\.")


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
        """The text unchanged."""
        return str(text)


for _place, _name in enumerate(FORMATS):
    setattr(_Marks, _name, _wrapper(chr(0xE010 + 2 * _place), chr(0xE011 + 2 * _place)))


@dataclass(slots=True)
class CslFormatter:
    """Formats the citations of works in a CSL style.

    `style` is CSL as text, `locale` one of citeproc's; `records` are the works in the order in which they are
    first cited. Raises StyleError if the style cannot be used.
    """

    style: str
    locale: str
    records: Mapping[str, Csl]
    numeric: bool = field(init=False)
    entries: dict[str, str] = field(default_factory=dict)
    """The text for each work in a list of references, in the order of the style."""
    faults: dict[str, str] = field(default_factory=dict)
    """By key, the errors that citeproc raised."""
    _names: dict[str, str] = field(init=False)
    """By key, the processor's name for a work: it folds case, and allows few characters."""
    _processor: Any = field(init=False)
    _cited: dict[tuple[tuple[CitedWork, ...], tuple[str, ...]], str] = field(default_factory=dict)

    _bare: dict[str, str] = field(default_factory=dict)
    """Citations of one work without locators, by the processor's name for it."""

    def __post_init__(self) -> None:
        self.numeric = "citation-number" in self.style.partition("<citation")[2].partition("</citation>")[0]
        self._names = {key: f"w{number}" for number, key in enumerate(self.records)}
        self._processor = self._process(self.records)
        suffixes = {} if self.numeric else self._suffixes()
        if suffixes:
            others = {key: {**self.records[key], "year-suffix": letter} for key, letter in suffixes.items()}
            self._processor = self._process({**self.records, **others})
        self._cited.clear()
        self._bare.clear()
        keys = {name: key for key, name in self._names.items()}
        for item in self._sorted():
            key = keys[str(item.key)]
            self.entries[key] = self._guarded(lambda item=item: self._entry(item), key)  # type: ignore[misc]

    def citation(self, works: tuple[CitedWork, ...], written: tuple[str, ...]) -> str:
        """A citation, each of its works between two marks; `written` are the keys as the author wrote them."""
        known = self._cited.get((works, written))
        if known is None:
            known = self._cited[works, written] = self._citation(works, written)
        return known

    def _process(self, records: Mapping[str, Csl]) -> Any:
        from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle
        from citeproc.source.json import CiteProcJSON

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of fields that CSL does not have
            try:
                style = CitationStylesStyle(
                    BytesIO(_without_marks(self.style).encode()), locale=self.locale, validate=False
                )
            except Exception as error:  # citeproc and lxml have no common base class
                raise StyleError(
                    str(error).splitlines()[0] if str(error) else type(error).__name__
                ) from error
            if getattr(style.root, "citation", None) is None or not style.has_bibliography():
                raise StyleError("it is not a style with citations and a bibliography")
            source = CiteProcJSON([])
            for key, name in self._names.items():
                try:
                    source.update(CiteProcJSON([{**_cleaned(records[key]), "id": name}]))
                except Exception as error:  # whatever a record contains, it must not end the build
                    self.faults[key] = f"{type(error).__name__}: {error}"
                    source.update(CiteProcJSON([{"id": name, "type": "article", "title": key}]))
            processor = CitationStylesBibliography(style, source, _Marks)
            processor.keys = list(self._names.values())
            processor.items = [CitationItem(name) for name in processor.keys]
            self._belong(processor, processor.items)
        return processor

    def _belong(self, processor: Any, items: list[Any]) -> Any:
        """The citation of these items, which need it to know what they cite."""
        from citeproc import Citation

        citation = Citation(items)
        citation.bibliography = processor
        return citation

    def _guarded(self, make: Callable[[], str], key: str) -> str:
        """The result of `make`, or the work's title if citeproc fails because its record lacks something."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                return AND_OTHERS.sub(" et al.", make())
            except Exception as error:
                self.faults[key] = f"{type(error).__name__}: {error}"
                return str(_without_marks(self.records[key].get("title", key)))

    def _entry(self, item: Any) -> str:
        return LABEL.sub(r"\1 ", str(next(iter(self._processor.style.render_bibliography([item])))))

    def _citation(self, works: tuple[CitedWork, ...], written: tuple[str, ...]) -> str:
        from citeproc import CitationItem
        from citeproc.source import Locator

        items = []
        for index, work in enumerate(works):
            if not work.key:
                continue
            place = chr(FIRST_WORK + index)
            extra: dict[str, Any] = {"suffix": f"{WORK_END}{_without_marks(work.suffix)}"}
            extra["prefix"] = f"{_without_marks(work.prefix)} {WORK_START}{place}".lstrip()
            if work.locator:
                extra["locator"] = Locator(work.label, _without_marks(work.locator))
            items.append(CitationItem(self._names[work.key], **extra))
        first = next(work.key for work in works if work.key)
        shown = self._guarded(lambda: self._in_order(items), first)
        unknown = [f"{key}?" for work, key in zip(works, written, strict=True) if not work.key]
        if unknown and WORK_END in shown:
            end = shown.rindex(WORK_END) + 1
            shown = f"{shown[:end]}; {'; '.join(unknown)}{shown[end:]}"
        if any(work.year_only for work in works) and not self.numeric:
            shown = WORK.sub(lambda match: _year_only(match, works), shown)
        return shown

    def _in_order(self, items: list[Any]) -> str:
        """A citation of these items, in their order unless the style has one of its own.

        citeproc would put them in the order in which the deck first cites them.
        """

        def cite(items: list[Any]) -> str:
            return str(self._processor.cite(self._belong(self._processor, items), _no_complaint))

        citation = self._processor.style.root.citation
        before, after = str(citation.layout.get("prefix", "")), str(citation.layout.get("suffix", ""))
        if len(items) == 1 or citation.sort is not None:
            return cite(items)
        singles = []
        for item in items:
            bare = len(item["prefix"]) == 2 and item["suffix"] == WORK_END and not item.has_locator
            if not bare:
                singles.append(cite([item]))
                continue
            text = self._bare.get(item.key)
            if text is None:
                text = self._bare[item.key] = cite([item]).replace(item["prefix"], WORK_START, 1)
            singles.append(text.replace(WORK_START, item["prefix"], 1))
        if not all(text.startswith(before) and text.endswith(after) for text in singles):
            return cite(items)
        inner = [text[len(before) : len(text) - len(after)] for text in singles]
        return before + str(citation.layout.get("delimiter", "")).join(inner) + after

    def _suffixes(self) -> dict[str, str]:
        """Letters for works that citations could not tell apart: 2015a, 2015b."""
        keys = {name: key for key, name in self._names.items()}
        similar: dict[object, list[str]] = {}
        for key, record in self.records.items():
            similar.setdefault(_families_and_year(record), []).append(key)
        likely = {key for group in similar.values() if len(group) > 1 for key in group}
        alike: dict[str, list[str]] = {}
        for item in self._sorted():
            key = keys[str(item.key)]
            if key not in likely:
                continue
            shown = WORK.sub(r"\2", self._citation((CitedWork(key),), (key,)))
            alike.setdefault(shown, []).append(key)
        return {
            key: ascii_lowercase[number % 26]
            for keys_alike in alike.values()
            if len(keys_alike) > 1
            for number, key in enumerate(keys_alike)
        }

    def _sorted(self) -> Sequence[Any]:
        """The works in the order of the style's list; numbers stay those of the citations."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                return list(self._processor.style.sort_bibliography(self._processor.items))
            except Exception:  # of records that lack what the style sorts by
                return list(self._processor.items)


def _year_only(match: re.Match[str], works: Sequence[CitedWork]) -> str:
    """The work without its authors, if it is written `-@key`."""
    year = YEAR.search(match[2])
    if not works[ord(match[1]) - FIRST_WORK].year_only or year is None:
        return match[0]
    return f"{WORK_START}{match[1]}{match[2][year.start() :]}{WORK_END}"


def _families_and_year(record: Csl) -> str:
    """What works must share to be confusable in citations, roughly: the first author and the year."""
    people = record.get("author") or record.get("editor") or []
    first = people[0] if isinstance(people, list) and people and isinstance(people[0], dict) else {}
    year = YEAR.search(str(record.get("issued", "")))
    return f"{first.get('family', first.get('literal', ''))} {year[0] if year else ''}"


def _no_complaint(item: object) -> None:
    """Do nothing: unknown works have already been reported."""
    del item


def _cleaned(record: Csl) -> Csl:
    """A record without characters reserved here, and without empty fields."""
    text = {key: _without_marks(value) for key, value in record.items()}
    return {key: value for key, value in text.items() if value not in ("", None, [])}


def _without_marks(value: Any) -> Any:
    """A value of a record, including nested names and dates, without characters reserved as marks."""
    if isinstance(value, str):
        return RESERVED.sub("", value)
    if isinstance(value, list):
        return [_without_marks(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_marks(item) for key, item in value.items()}
    return value


@lru_cache(maxsize=4)
def wording(style: str, locale: str, records: str) -> CslFormatter:
    """The formatter for records, given as a JSON object; cached for decks that are built again."""
    import json

    return CslFormatter(style=style, locale=locale, records=json.loads(records))
