"""Gives the structure tree the page's meaning: headings, lists, links, formulas, figures."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field

from slidegen.export.facts import PageElement, PageFacts
from slidegen.export.pdf.structure import Content, Kid, StructElement

ROLES = {
    "p": "P",
    "pre": "P",
    "summary": "P",
    "dt": "P",
    "dd": "P",
    "figcaption": "P",
    "figure": "Div",
    "div": "Div",
    "section": "Div",
    "article": "Div",
    "aside": "Div",
    "nav": "Div",
    "header": "Div",
    "footer": "Div",
    "details": "Div",
    "dl": "Div",
    "a": "Span",
    "blockquote": "BlockQuote",
    "q": "Quote",
    "code": "Code",
    "ul": "L",
    "ol": "L",
    "li": "LI",
}
"""The roles of elements to which the browser gives none."""

INLINE = {"Span", "Link", "Em", "Strong", "Code", "Quote", "Formula", "Reference", "Note", "Figure"}
GROUPS = {"Document", "Part", "Sect", "Div", "BlockQuote", "Aside"}
"""Elements that hold paragraphs, not text."""
CELLS = {"TD", "TH"}
SPOKEN_FOR = {"Figure", "Formula", "Link"}
"""Elements that may have an alternative text."""
KEPT_EMPTY = CELLS
DRAWN = {"Figure", "Formula", "Lbl"}
"""Elements in which lines and pictures have a meaning."""


@dataclass(slots=True)
class Shaped:
    """A tree that has been given its meaning."""

    document: StructElement
    artifacts: dict[Content, str] = field(default_factory=dict)
    """Content that is not part of the tree, with its type."""


def shape(document: StructElement, facts: PageFacts, speak: Callable[[PageElement], str]) -> Shaped:
    """Give the tree the meaning of the page's elements; `speak` puts a formula into words."""
    shaper = _Shaper(facts, speak)
    kids = shaper.kids_of(document)
    return Shaped(StructElement("Document", _in_paragraphs(kids)), shaper.artifacts)


def drawn(element: StructElement) -> Iterator[Content]:
    """The content in which lines and pictures have a meaning, not only text."""
    for kid in element.kids:
        if isinstance(kid, StructElement):
            yield from kid.contents() if kid.role in DRAWN else drawn(kid)


def leave_out(element: StructElement, contents: Collection[Content]) -> None:
    """Take contents out of an element, and the elements below it that have nothing else in them."""
    kept: list[Kid] = []
    for kid in element.kids:
        if isinstance(kid, StructElement):
            was_empty = not kid.kids
            leave_out(kid, contents)
            if not kid.kids and not was_empty and kid.role not in KEPT_EMPTY:
                continue
        elif isinstance(kid, Content) and kid in contents:
            continue
        kept.append(kid)
    element.kids = kept


class _Shaper:
    def __init__(self, facts: PageFacts, speak: Callable[[PageElement], str]) -> None:
        self.facts = facts
        self.speak = speak
        self.titles = {slide.token: slide.title for slide in facts.slides}
        self.artifacts: dict[Content, str] = {}

    def kids_of(self, element: StructElement) -> list[Kid]:
        return [kid for each in element.kids for kid in self._shaped(each)]

    def _shaped(self, kid: Kid) -> list[Kid]:
        if not isinstance(kid, StructElement):
            return [kid]
        token = self.facts.tokens[kid.token - 1] if 0 < kid.token <= len(self.facts.tokens) else None
        if token is None:
            kid.lang = ""
            return self.kids_of(kid) if kid.role == "NonStruct" else self._as_role(kid, kid.role)
        kid.lang = token.lang
        match token.is_:
            case "pagination":
                return self._artifact(kid, "Pagination")
            case "decoration":
                return self._artifact(kid, "")
            case "formula":
                return self._alone(kid, "Formula", self.speak(token))
            case "figure":
                return self._alone(kid, "Figure", token.alt)
            case "link":
                kid.alt = token.alt
                return self._as_role(kid, "Link")
            case "heading":
                return self._as_role(kid, f"H{token.level}")
            case "slide":
                kid.title = self.titles.get(kid.token, "")
                return self._as_role(kid, "Sect")
            case "notes":
                return self._as_role(kid, "Sect")
        role = kid.role
        if role in ("Note", "Figure") or role == "NonStruct":
            role = ROLES.get(token.tag, "" if role == "NonStruct" else "Div")
        if token.tag in ("figcaption", "li"):
            role = ROLES[token.tag]
        return self._as_role(kid, role)

    def _artifact(self, element: StructElement, kind: str) -> list[Kid]:
        """Make an element an artifact, and keep only its links."""
        links = [each for each in _elements(element) if each.role == "Link" and any(each.annotations())]
        kept = {content for link in links for content in link.contents()}
        self.artifacts.update((content, kind) for content in element.contents() if content not in kept)
        return [kid for link in links for kid in self._shaped(link)]

    def _alone(self, element: StructElement, role: str, alt: str) -> list[Kid]:
        """An element that is read as a unit; links in it are placed beside it."""
        contents: list[Kid] = list(element.contents())
        links = [each for each in _elements(element) if each.role == "Link" and any(each.annotations())]
        if links and role == "Figure":
            kids = self.kids_of(element)
            return [StructElement(role, kids, alt=alt, lang=element.lang)]
        if not contents:
            return []
        return [StructElement(role=role, kids=contents, token=element.token, alt=alt, lang=element.lang)]

    def _as_role(self, element: StructElement, role: str) -> list[Kid]:
        if role == "Form":  # nothing can be filled in
            role = "Span"
        kids = self.kids_of(element)
        if not kids and role not in KEPT_EMPTY:
            return []
        if not role or (role == "Span" and len(kids) == 1 and isinstance(kids[0], StructElement)):
            return kids
        element.role = role
        if role not in SPOKEN_FOR:
            element.alt = ""  # it would be read instead of its content
        match role:
            case "L":
                kids = _list_items(kids)
            case "LI":
                kids = _item_parts(kids)
            case "Table":
                lines = [kid for kid in kids if isinstance(kid, Content)]
                self.artifacts.update((line, "") for line in lines)
                kids = _filled(_table_parts([kid for kid in kids if kid not in lines]))
            case "Figure":
                element.alt = element.alt or "figure"
            case _ if role in GROUPS:
                kids = _in_paragraphs(kids)
        element.kids = kids
        return [element]


def _elements(element: StructElement) -> Iterable[StructElement]:
    for kid in element.kids:
        if isinstance(kid, StructElement):
            yield kid
            yield from _elements(kid)


def _is_inline(kid: Kid) -> bool:
    return not isinstance(kid, StructElement) or kid.role in INLINE


def _in_paragraphs(kids: list[Kid]) -> list[Kid]:
    """Turn text in a group into paragraphs; figures on their own stay as they are."""
    made: list[Kid] = []
    run: list[Kid] = []

    def end() -> None:
        if any(not (isinstance(kid, StructElement) and kid.role in ("Figure", "Formula")) for kid in run):
            made.append(StructElement("P", list(run)))
        else:
            made.extend(run)
        run.clear()

    for kid in kids:
        if _is_inline(kid):
            run.append(kid)
        else:
            end()
            made.append(kid)
    end()
    return made


def _list_items(kids: list[Kid]) -> list[Kid]:
    """Keep items only: a list between items belongs to the one before."""
    made: list[Kid] = []
    for kid in kids:
        if isinstance(kid, StructElement) and kid.role in ("LI", "Caption"):
            made.append(kid)
        elif made and isinstance(made[-1], StructElement) and made[-1].role == "LI":
            body = next(
                (part for part in made[-1].kids if isinstance(part, StructElement) and part.role == "LBody"),
                None,
            )
            if body is None:
                body = StructElement("LBody")
                made[-1].kids.append(body)
            body.kids.append(kid)
        else:
            made.append(StructElement("LI", [StructElement("LBody", [kid])]))
    return made


def _item_parts(kids: list[Kid]) -> list[Kid]:
    labels: list[Kid] = [kid for kid in kids if isinstance(kid, StructElement) and kid.role == "Lbl"]
    rest = [kid for kid in kids if not (isinstance(kid, StructElement) and kid.role == "Lbl")]
    return [*labels[:1], *([StructElement("LBody", rest)] if rest else [])]


def _table_parts(kids: list[Kid]) -> list[Kid]:
    """Rows and groups of rows, after a caption that holds everything else."""
    made: list[Kid] = []
    caption: list[Kid] = []
    for kid in kids:
        if isinstance(kid, StructElement) and kid.role in ("TR", "THead", "TBody", "TFoot"):
            made.append(kid)
        else:
            caption += kid.kids if isinstance(kid, StructElement) and kid.role == "Caption" else [kid]
    return [*([StructElement("Caption", caption)] if caption else []), *made]


def _rows(kids: list[Kid]) -> list[StructElement]:
    found = []
    for kid in kids:
        if isinstance(kid, StructElement) and kid.role == "TR":
            found.append(kid)
        elif isinstance(kid, StructElement) and kid.role in ("THead", "TBody", "TFoot"):
            found += _rows(kid.kids)
    return found


def _span(cell: StructElement, name: str) -> int:
    if cell.attributes is None:
        return 1
    attributes = cell.attributes
    for each in attributes if attributes._type_name == "array" else [attributes]:
        if name in each:
            return max(1, int(each[name]))
    return 1


def _filled(kids: list[Kid]) -> list[Kid]:
    """A table whose rows all have the same number of columns, padded with empty cells."""
    rows = _rows(kids)
    taken: dict[int, int] = {}
    widths = []
    for index, row in enumerate(rows):
        row.kids = [
            kid if isinstance(kid, StructElement) and kid.role in CELLS else StructElement("TD", [kid])
            for kid in row.kids
        ]
        width = taken.pop(index, 0)
        for cell in row.kids:
            assert isinstance(cell, StructElement)
            columns = _span(cell, "/ColSpan")
            width += columns
            for below in range(index + 1, min(index + _span(cell, "/RowSpan"), len(rows))):
                taken[below] = taken.get(below, 0) + columns
        widths.append(width)
    most = max(widths, default=0)
    for row, width in zip(rows, widths, strict=True):
        row.kids += [StructElement("TD") for _ in range(most - width)]
    return kids


def number_headings(document: StructElement) -> None:
    """Renumber headings so that none is more than one level below the one before."""
    before = 0
    for element in _elements(document):
        if element.role in ("H1", "H2", "H3", "H4", "H5", "H6"):
            before = min(int(element.role[1]), before + 1)
            element.role = f"H{before}"
