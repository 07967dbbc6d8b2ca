"""The structure tree of a PDF as plain values: read, and written back with everything that refers to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, String

STANDARD_NAMES = {"Strong": "Span", "Em": "Span"}
"""Roles unknown to PDF 1.7, and their nearest standard role."""


@dataclass(slots=True, frozen=True)
class Content:
    """A piece of a page's content, marked with a number."""

    page: int
    mcid: int
    form: tuple[int, int] | None = None
    """The object number of the form that contains it; None for the page itself."""


@dataclass(slots=True)
class Annotation:
    """A link's area on a page."""

    page: int
    value: Any


@dataclass(slots=True)
class StructElement:
    """An element of the tree."""

    role: str
    kids: list[Kid] = field(default_factory=list)
    token: int = 0
    """The number that identifies the page's element; 0 for none."""
    alt: str = ""
    lang: str = ""
    id: str = ""
    title: str = ""
    attributes: Any = None
    file: Any = None
    """A file with an equivalent of the content."""

    def contents(self) -> Iterator[Content]:
        """All pieces of content in it."""
        for kid in self.kids:
            if isinstance(kid, StructElement):
                yield from kid.contents()
            elif isinstance(kid, Content):
                yield kid

    def annotations(self) -> Iterator[Annotation]:
        """All annotations in it."""
        for kid in self.kids:
            if isinstance(kid, StructElement):
                yield from kid.annotations()
            elif isinstance(kid, Annotation):
                yield kid


Kid = StructElement | Content | Annotation


def read_tree(pdf: Pdf) -> StructElement:
    """The tree that the browser has written; an empty document if there is none."""
    pages = {page.objgen: index for index, page in enumerate(pdf.pages)}
    root = pdf.Root.get("/StructTreeRoot")
    document = StructElement("Document")
    if root is None or "/K" not in root:
        return document
    kids = _read(root.K, -1, pages)
    if len(kids) == 1 and isinstance(kids[0], StructElement) and kids[0].role == "Document":
        return kids[0]
    document.kids = kids
    return document


def _read(value: Any, page: int, pages: Mapping[Any, int]) -> list[Kid]:
    if isinstance(value, Array):
        return [kid for each in value.as_list() for kid in _read(each, page, pages)]
    if not isinstance(value, Dictionary):
        return [Content(page, int(value))]
    if "/Pg" in value:
        page = pages.get(value.Pg.objgen, page)
    kind = value.get("/Type")
    if kind == "/MCR":
        form = value.get("/Stm")
        return [Content(page, int(value.MCID), None if form is None else form.objgen)]
    if kind == "/OBJR":
        return [Annotation(page, value.Obj)]
    lang, token = str(value.get("/Lang", "")), 0
    before, mark, number = lang.rpartition("-x-n")
    if mark and number.isdigit():
        lang, token = before, int(number)
    element = StructElement(
        str(value.S)[1:],
        token=token,
        alt=str(value.get("/Alt", "")),
        lang=lang,
        id=str(value.get("/ID", "")),
        attributes=value.get("/A"),
    )
    if "/K" in value:
        element.kids = _read(value.K, page, pages)
    return [element]


def write_tree(pdf: Pdf, document: StructElement) -> None:
    """Replace the tree of a PDF."""
    parents: list[Any] = []
    ids: list[tuple[str, Any]] = []
    of_page: dict[int, dict[int, Any]] = {}
    of_form: dict[tuple[int, int], tuple[Any, dict[int, Any]]] = {}
    pages = [page.obj for page in pdf.pages]

    def write(element: StructElement, parent: Any, lang: str) -> Any:
        value = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + element.role), P=parent))
        own = element.lang or lang
        if element.lang and element.lang != lang:
            value.Lang = String(element.lang)
        if element.alt:
            value.Alt = String(element.alt)
        if element.title:
            value.T = String(element.title)
        if element.attributes is not None:
            value.A = element.attributes
        if element.file is not None:
            value.AF = Array([element.file])
        if element.id:
            value.ID = String(element.id)
            ids.append((element.id, value))
        kids = []
        page = next(element.contents(), None)
        if page is not None:
            value.Pg = pages[page.page]
        for kid in element.kids:
            if isinstance(kid, StructElement):
                kids.append(write(kid, value, own))
            elif isinstance(kid, Annotation):
                kids.append(Dictionary(Type=Name.OBJR, Obj=kid.value, Pg=pages[kid.page]))
                kid.value.StructParent = len(parents)
                parents.append(value)
            elif kid.form is not None:
                form = pdf.get_object(kid.form)
                kids.append(Dictionary(Type=Name.MCR, Pg=pages[kid.page], Stm=form, MCID=kid.mcid))
                of_form.setdefault(form.objgen, (form, {}))[1][kid.mcid] = value
            else:
                is_same = page is not None and page.page == kid.page
                kids.append(
                    kid.mcid if is_same else Dictionary(Type=Name.MCR, Pg=pages[kid.page], MCID=kid.mcid)
                )
                of_page.setdefault(kid.page, {})[kid.mcid] = value
        if kids:
            value.K = Array(kids) if len(kids) != 1 else kids[0]
        return value

    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document.lang = ""
    root.K = write(document, root, str(pdf.Root.get("/Lang", "")))
    for holder, owners in [
        *((pages[index], owners) for index, owners in sorted(of_page.items())),
        *of_form.values(),
    ]:
        holder.StructParents = len(parents)
        parents.append(pdf.make_indirect(Array([owners.get(mcid) for mcid in range(max(owners) + 1)])))
    numbers = [item for number, parent in enumerate(parents) for item in (number, parent)]
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
    root.ParentTreeNextKey = len(parents)
    if ids:
        names = [
            item for name, value in sorted(ids, key=lambda item: item[0]) for item in (String(name), value)
        ]
        limits = Array([names[0], names[-2]])
        root.IDTree = Dictionary(
            Kids=Array([pdf.make_indirect(Dictionary(Names=Array(names), Limits=limits))])
        )
    root.RoleMap = Dictionary({"/" + name: Name("/" + own) for name, own in STANDARD_NAMES.items()})
    for index, page in enumerate(pages):
        if index not in of_page and "/StructParents" in page:
            del page["/StructParents"]
        if "/Annots" in page:
            page.Tabs = Name.S
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)
