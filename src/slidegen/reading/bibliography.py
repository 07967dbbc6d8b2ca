"""Reads BibTeX and CSL JSON files into the records that citation styles expect."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from msgspec import Struct

from slidegen.diagnostics import Code, Reporter
from slidegen.patterns import lazy_compile
from slidegen.source import Source, Span

Csl = dict[str, Any]
"""A work in the form of CSL JSON."""

TYPES = {
    "article": "article-journal", "book": "book", "booklet": "book", "collection": "book", "proceedings": "book",
    "inbook": "chapter", "incollection": "chapter", "inproceedings": "paper-conference",
    "conference": "paper-conference", "manual": "report", "techreport": "report", "report": "report",
    "mastersthesis": "thesis", "phdthesis": "thesis", "thesis": "thesis", "online": "webpage",
    "electronic": "webpage", "www": "webpage", "software": "software", "dataset": "dataset",
    "patent": "patent", "unpublished": "manuscript", "misc": "article",
}  # fmt: skip
TEXTS = {
    "title": ("title",), "container-title": ("journaltitle", "journal", "booktitle"),
    "collection-title": ("series",), "publisher": ("publisher", "institution", "school", "organization"),
    "publisher-place": ("location", "address"), "volume": ("volume",), "issue": ("number", "issue"),
    "page": ("pages",), "edition": ("edition",), "ISBN": ("isbn",), "note": ("note",), "chapter-number": ("chapter",),
    "title-short": ("shorttitle",),
}  # fmt: skip
"""CSL's names of text fields, and BibTeX's and BibLaTeX's; the first that is present is used."""
GENRES = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis"}
OTHERS = "\ue030"
"""Stands for the people that `and others` omits."""
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DATE = lazy_compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
YEAR = lazy_compile(r"\d{4}")
URL = lazy_compile(r"https?://[^\s{}]+")
DOI = lazy_compile(r"10\.\d{4,9}/\S+")
NAME_AND = lazy_compile(r"\s+and\s+", re.IGNORECASE)


class BibliographyEntry(Struct, frozen=True):
    """A work in a bibliography."""

    key: str
    span: Span
    """Where it begins in its file."""
    read: Callable[[], Csl]
    """Makes the record, which is only needed for cited works."""


def read_csl_json(source: Source, reporter: Reporter) -> list[BibliographyEntry]:
    """The works in a CSL JSON file: a list, or an object with the list under `items`."""
    try:
        found = json.loads(source.text)
    except json.JSONDecodeError as error:
        span = Span(source, error.pos, error.pos + 1)
        reporter.report(Code.BAD_BIBLIOGRAPHY, f"not valid JSON: {error.msg}", span)
        return []
    except RecursionError:
        reporter.report(Code.BAD_BIBLIOGRAPHY, "the JSON is nested too deeply", Span(source, 0, 1))
        return []
    except ValueError:
        reporter.report(Code.BAD_BIBLIOGRAPHY, "the JSON has a number that is too long", Span(source, 0, 1))
        return []
    items = found.get("items") if isinstance(found, dict) else found
    if not isinstance(items, list) or not all(isinstance(item, dict) and "id" in item for item in items):
        message = "not CSL JSON, which is a list of works that have an `id`"
        reporter.report(Code.BAD_BIBLIOGRAPHY, message, Span(source, 0, 1))
        return []
    return [BibliographyEntry(str(item["id"]), Span(source, 0, 1), lambda item=item: item) for item in items]  # type: ignore[misc]


def read_bibtex(source: Source, reporter: Reporter) -> list[BibliographyEntry]:
    """The works in a BibTeX or BibLaTeX file; entries that do not parse are reported and skipped."""
    import logging

    import bibtexparser.entrypoint  # here, since only decks with a bibliography need it
    from bibtexparser.model import DuplicateBlockKeyBlock, ParsingFailedBlock

    # it would repeat on standard error what is reported here
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL + 1)
    library = bibtexparser.entrypoint.parse_string(source.text)
    for block in library.failed_blocks:
        span = _line(source, block.start_line or 0)
        if isinstance(block, DuplicateBlockKeyBlock):
            message = f"there are two works with the key {block.key}; slidegen uses the first"
            reporter.report(Code.BAD_ENTRY, message, span)
        elif isinstance(block, ParsingFailedBlock):
            reporter.report(Code.BAD_ENTRY, _why(block.error), span, hint="this work cannot be cited")
    entries = {entry.key.lower(): entry for entry in library.entries}

    @cache
    def record(key: str) -> Csl:
        return _record(key, entries, set())

    return [
        BibliographyEntry(entry.key, _line(source, entry.start_line or 0), lambda key=key: record(key))  # type: ignore[misc]
        for key, entry in entries.items()
    ]


def _why(error: object) -> str:
    reason = getattr(error, "abort_reason", "") or "it is not BibTeX"
    reason = " ".join(str(reason).split()).rstrip(". ")
    return f"this entry does not parse: {reason[:1].lower()}{reason[1:]}"


def _line(source: Source, line: int) -> Span:
    start = source.line_starts[min(line, len(source.line_starts) - 1)]
    length = len(source.line(min(line, len(source.line_starts) - 1) + 1))
    return Span(source, start, start + max(length, 1))


def _record(key: str, entries: Mapping[str, Any], seen: set[str]) -> Csl:
    """The work of a BibTeX entry, with what it inherits from a cross-reference."""
    entry = entries[key]
    values = {field.key.lower(): str(field.value) for field in entry.fields}
    parent = values.get("crossref", "").lower()
    if parent in entries and parent not in seen and parent != key:
        for field in entries[parent].fields:
            name = "booktitle" if field.key.lower() == "title" else field.key.lower()
            values.setdefault(name, str(field.value))
    kind = entry.entry_type.lower()
    record: Csl = {"id": entry.key, "type": TYPES.get(kind, "article")}
    for name, fields in TEXTS.items():
        text = next((values[field] for field in fields if values.get(field, "").strip()), "")
        if text:
            record[name] = plain(text)
    if "page" in record:
        record["page"] = re.sub(r"\s*[-–—]+\s*", "–", record["page"])
    if genre := plain(values.get("type", "")) or GENRES.get(kind, ""):
        record["genre"] = genre
    for role in ("author", "editor", "translator"):
        if people := list(_people(values.get(role, ""))):
            record[role] = people
    if parts := _date(values):
        record["issued"] = {"date-parts": [parts]}
    if doi := DOI.search(values.get("doi", "")):
        record["DOI"] = doi[0].replace("\\_", "_").rstrip("}")
    url = URL.search(values.get("url", "") or values.get("howpublished", ""))
    if url is not None:
        record["URL"] = url[0].replace("\\_", "_").replace("\\%", "%").replace("\\&", "&")
    elif "arxiv" in values.get("archiveprefix", values.get("eprinttype", "")).lower() and "eprint" in values:
        record["URL"] = f"https://arxiv.org/abs/{values['eprint']}"
    return record


def plain(latex: str) -> str:
    """LaTeX as text: with accents and dashes as characters, and without commands and braces."""
    if not any(character in latex for character in "\\{}$~-`'"):
        return " ".join(latex.split())
    from pylatexenc.latex2text import LatexNodes2Text

    return " ".join(LatexNodes2Text(math_mode="text").latex_to_text(latex).split())


def _people(written: str) -> Iterator[Csl]:
    """The names in `Curie, Marie and {World Health Organization} and others`."""
    for name in _outside_braces(written):
        if name.lower() == "others":
            yield {"literal": OTHERS}
        elif name.startswith("{") and name.endswith("}") and name.count("{") == 1:
            yield {"literal": plain(name)}
        elif name:
            yield _person(name)


def _outside_braces(written: str) -> list[str]:
    """The texts between occurrences of ` and ` outside braces."""
    names, start, depth, counted = [], 0, 0, 0
    for match in NAME_AND.finditer(written):
        between = written[counted : match.start()]
        depth += between.count("{") - between.count("}")
        counted = match.start()
        if depth == 0:
            names.append(written[start : match.start()].strip())
            start = match.end()
    return [*names, written[start:].strip()]


def _person(name: str) -> Csl:
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    try:
        parts = parse_single_name_into_parts(name, strict=False)
    except ValueError:
        return {"literal": plain(name)}
    person = {
        key: plain(" ".join(words))
        for key, words in (
            ("family", parts.last),
            ("given", parts.first),
            ("non-dropping-particle", parts.von),
            ("suffix", parts.jr),
        )
        if words
    }
    if "family" not in person:
        return {"literal": plain(name)}
    return person


def _date(values: Mapping[str, str]) -> list[int]:
    """Year, month and day, as far as they are known."""
    match = DATE.match(values.get("date", "").strip("{} "))
    if match is not None:
        return [int(part) for part in match.groups() if part]
    year = YEAR.search(values.get("year", ""))
    if year is None:
        return []
    month = values.get("month", "").strip("{} ").lower()[:3]
    if month in MONTHS:
        return [int(year[0]), MONTHS.index(month) + 1]
    return [int(year[0]), int(month)] if month.isdigit() and 1 <= int(month) <= 12 else [int(year[0])]
