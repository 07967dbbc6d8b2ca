"""The text and the targets of a PDF's links."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from pikepdf import Array, Name, Pdf, String

from slidegen.export.pdf.structure import Annotation, StructElement
from slidegen.export.pdf_marks import RELATIVE


def finish_links(pdf: Pdf, document: StructElement) -> None:
    """Describe every link and put it into the tree. Links to files beside the document become relative again."""
    owners = {each.value.objgen: link for link in _links(document) for each in link.annotations()}
    for index, page in enumerate(pdf.pages):
        for annotation in page.obj.get("/Annots", []):
            if annotation.get("/Subtype") != "/Link":
                continue
            uri = _make_relative(annotation)
            owner = owners.get(annotation.objgen)
            if owner is None:
                owner = StructElement("Link", [Annotation(index, annotation)], alt=uri or "link")
                _section_of(document, index).kids.append(StructElement("P", [owner]))
            annotation.Contents = String(owner.alt or uri or "link")
            annotation.F = int(annotation.get("/F", 0)) | 4
    for link in _links(document):
        if not any(link.annotations()):
            link.role, link.alt = "Span", ""
        elif not link.alt:
            link.alt = next(str(each.value.get("/Contents", "link")) for each in link.annotations())
    _put_in_reading_order(pdf, document)


def _put_in_reading_order(pdf: Pdf, document: StructElement) -> None:
    """Sort each page's annotations like their elements: some programs follow this order, not the tree's."""
    order = {each.value.objgen: place for place, each in enumerate(document.annotations())}
    for page in pdf.pages:
        if "/Annots" in page.obj:
            annotations = page.obj.Annots.as_list()
            page.obj.Annots = Array(sorted(annotations, key=lambda each: order.get(each.objgen, len(order))))


def _make_relative(annotation: Any) -> str:
    """The address of a link; empty if it leads into the document."""
    action = annotation.get("/A")
    if action is None or action.get("/S") != "/URI":
        return ""
    uri = str(action.URI)
    if uri.startswith(RELATIVE):
        uri = unquote(uri.removeprefix(RELATIVE))
        action.URI = String(uri)
    action.Type = Name.Action
    return uri


def _links(element: StructElement) -> list[StructElement]:
    found = []
    for kid in element.kids:
        if isinstance(kid, StructElement):
            found += [kid] if kid.role == "Link" else _links(kid)
    return found


def _section_of(document: StructElement, page: int) -> StructElement:
    """The slide of a page."""
    for kid in document.kids:
        if isinstance(kid, StructElement) and any(content.page == page for content in kid.contents()):
            return kid
    return document
