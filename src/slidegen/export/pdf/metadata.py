"""What a PDF says about itself: title, language, outline, page labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

from slidegen import __version__
from slidegen.export.facts import PageFacts, SlideFacts


def write_metadata(pdf: Pdf, facts: PageFacts) -> None:
    """Write title, language, author and keywords, and that the file follows PDF/UA-1."""
    for name in ("/Producer", "/Creator"):
        if name in pdf.docinfo:
            del pdf.docinfo[name]
    pdf.Root.Lang = String(facts.lang or "en")
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.PageLayout = Name.SinglePage
    with pdf.open_metadata(set_pikepdf_as_editor=False) as meta:
        meta["dc:title"] = facts.title
        meta["dc:language"] = [facts.lang or "en"]
        meta["dc:format"] = "application/pdf"
        meta["pdfuaid:part"] = "1"
        meta["xmp:CreatorTool"] = meta["pdf:Producer"] = f"slidegen {__version__}"
        if facts.author:
            meta["dc:creator"] = [name.strip() for name in facts.author.split(";")]
        if facts.description:
            meta["dc:description"] = facts.description
        if facts.keywords:
            meta["dc:subject"] = [name.strip() for name in facts.keywords.split(",")]
            meta["pdf:Keywords"] = facts.keywords
    pdf.docinfo["/Title"] = String(facts.title)
    pdf.docinfo["/Creator"] = pdf.docinfo["/Producer"] = String(f"slidegen {__version__}")
    if facts.author:
        pdf.docinfo["/Author"] = String(facts.author)
    if facts.description:
        pdf.docinfo["/Subject"] = String(facts.description)
    if facts.keywords:
        pdf.docinfo["/Keywords"] = String(facts.keywords)


def write_outline(pdf: Pdf, facts: PageFacts, pages: Mapping[int, int]) -> None:
    """Write an entry for each slide, below its section's; `pages` are page numbers by the slide's mark."""
    has_sections = sum(bool(slide.section) for slide in facts.slides if slide.last) > 1
    with pdf.open_outline() as outline:
        outline.root.clear()
        section: OutlineItem | None = None
        seen = set()
        for slide in facts.slides:
            if slide.position in seen or slide.token not in pages:
                continue
            seen.add(slide.position)
            title = slide.title or str(slide.number)
            item = OutlineItem(title, pages[slide.token], "Fit")
            if has_sections and slide.section:
                item.title = slide.section
                outline.root.append(item)
                section = item
            elif section is not None:
                section.children.append(item)
            else:
                outline.root.append(item)
    pdf.Root.PageMode = Name.UseOutlines if len(seen) > 1 else Name.UseNone


def write_labels(pdf: Pdf, slides: Sequence[SlideFacts]) -> None:
    """Label each page with its slide's number, if there is a page for each."""
    if len(slides) != len(pdf.pages):
        return
    numbers: list[object] = []
    expected = -1
    for index, slide in enumerate(slides):
        if slide.number != expected:
            numbers += [index, Dictionary(S=Name.D, St=max(1, slide.number))]
        expected = slide.number + 1
    pdf.Root.PageLabels = Dictionary(Nums=Array(numbers))
