"""The structure tree of a PDF as plain values: read, and written back with everything that refers to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

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


_Leaf = TypeVar("_Leaf", Content, Annotation)


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
        return self._all(Content)

    def annotations(self) -> Iterator[Annotation]:
        """All annotations in it."""
        return self._all(Annotation)

    def _all(self, kind: type[_Leaf]) -> Iterator[_Leaf]:
        for kid in self.kids:
            if isinstance(kid, StructElement):
                yield from kid._all(kind)
            elif isinstance(kid, kind):
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
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document.lang = ""
    tree = _TreeWriter(pdf)
    root.K = tree.write(document, root, str(pdf.Root.get("/Lang", "")))
    root.ParentTree = tree.parent_tree()
    root.ParentTreeNextKey = len(tree.parents)
    if tree.ids:
        root.IDTree = tree.id_tree()
    root.RoleMap = Dictionary({"/" + name: Name("/" + own) for name, own in STANDARD_NAMES.items()})
    for index, page in enumerate(tree.pages):
        if index not in tree.of_page and "/StructParents" in page:
            del page["/StructParents"]
        if "/Annots" in page:
            page.Tabs = Name.S
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)


class _TreeWriter:
    """Writes elements into a PDF, and collects what leads from content and from ids to them."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.pages = [page.obj for page in pdf.pages]
        self.parents: list[Any] = []
        """By key in the parent tree: the element of an annotation, or those of a page's or form's marked content."""
        self.ids: list[tuple[str, Any]] = []
        self.of_page: dict[int, dict[int, Any]] = {}
        """By page, the elements of its marked content."""
        self.of_form: dict[tuple[int, int], tuple[Any, dict[int, Any]]] = {}
        """By form, the form itself and the elements of its marked content."""

    def write(self, element: StructElement, parent: Any, lang: str) -> Any:
        """The element with its kids; `lang` is the language around it."""
        value = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + element.role), P=parent))
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
            self.ids.append((element.id, value))
        first = next(element.contents(), None)
        if first is not None:
            value.Pg = self.pages[first.page]
        own = element.lang or lang
        kids = [
            self.write(kid, value, own)
            if isinstance(kid, StructElement)
            else self._annotation(kid, value)
            if isinstance(kid, Annotation)
            else self._content(kid, value, None if first is None else first.page)
            for kid in element.kids
        ]
        if kids:
            value.K = Array(kids) if len(kids) != 1 else kids[0]
        return value

    def _annotation(self, kid: Annotation, owner: Any) -> Any:
        """A reference to an annotation, which gets one to its element."""
        kid.value.StructParent = len(self.parents)
        self.parents.append(owner)
        return Dictionary(Type=Name.OBJR, Obj=kid.value, Pg=self.pages[kid.page])

    def _content(self, kid: Content, owner: Any, page: int | None) -> Any:
        """A reference to marked content, for an element on a page."""
        if kid.form is not None:
            form = self.pdf.get_object(kid.form)
            self.of_form.setdefault(form.objgen, (form, {}))[1][kid.mcid] = owner
            return Dictionary(Type=Name.MCR, Pg=self.pages[kid.page], Stm=form, MCID=kid.mcid)
        self.of_page.setdefault(kid.page, {})[kid.mcid] = owner
        if kid.page == page:
            return kid.mcid
        return Dictionary(Type=Name.MCR, Pg=self.pages[kid.page], MCID=kid.mcid)

    def parent_tree(self) -> Any:
        """The table from content to elements, to which pages and forms refer from here on."""
        for holder, owners in [
            *((self.pages[index], owners) for index, owners in sorted(self.of_page.items())),
            *self.of_form.values(),
        ]:
            holder.StructParents = len(self.parents)
            elements = Array([owners.get(mcid) for mcid in range(max(owners) + 1)])
            self.parents.append(self.pdf.make_indirect(elements))
        numbers = [item for number, parent in enumerate(self.parents) for item in (number, parent)]
        return self.pdf.make_indirect(Dictionary(Nums=Array(numbers)))

    def id_tree(self) -> Any:
        """The table from ids to elements."""
        names = [
            item
            for name, value in sorted(self.ids, key=lambda item: item[0])
            for item in (String(name), value)
        ]
        limits = Array([names[0], names[-2]])
        kid = self.pdf.make_indirect(Dictionary(Names=Array(names), Limits=limits))
        return Dictionary(Kids=Array([kid]))
