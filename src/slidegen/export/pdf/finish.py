"""Finishes a printed PDF: its structure, content outside of it, links and metadata."""

from __future__ import annotations

import io
from base64 import b64decode
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from slidegen.export.facts import PageElement, PageFacts
from slidegen.export.pdf.content import ContentRewriter
from slidegen.export.pdf.glyphs import name_glyphs, variants_of
from slidegen.export.pdf.links import finish_links
from slidegen.export.pdf.metadata import write_labels, write_metadata, write_outline
from slidegen.export.pdf.semantics import drawn, leave_out, number_headings, shape
from slidegen.export.pdf.structure import StructElement, read_tree, write_tree


def finish(data: bytes, facts: PageFacts, speak: Callable[[PageElement], str]) -> bytes:
    """Make the PDF that a browser has printed from this page accessible; `speak` puts a formula into words."""
    with Pdf.open(io.BytesIO(data)) as pdf:
        shaped = shape(read_tree(pdf), facts, speak)
        document = shaped.document
        rewriter = ContentRewriter(pdf, shaped.artifacts, set(document.contents()), set(drawn(document)))
        rewriter.rewrite()
        leave_out(document, rewriter.wordless)
        number_headings(document)
        finish_links(pdf, document)
        _attach_formulas(pdf, document, facts)
        write_tree(pdf, document)
        name_glyphs(pdf, variants_of(b64decode(facts.math_font)) if facts.math_font else {})
        write_metadata(pdf, facts)
        write_outline(pdf, facts, _pages_of_slides(document, facts, len(pdf.pages)))
        write_labels(pdf, facts.slides)
        pdf.remove_unreferenced_resources()
        file = io.BytesIO()
        pdf.save(
            file,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            recompress_flate=False,
            deterministic_id=True,
            min_version="1.7",
        )
        return file.getvalue()


def _pages_of_slides(document: StructElement, facts: PageFacts, count: int) -> dict[int, int]:
    """The page on which each slide begins, by the slide's mark."""
    if len(facts.slides) == count:
        return {slide.token: index for index, slide in enumerate(facts.slides)}
    found: dict[int, int] = {}
    known = {slide.token for slide in facts.slides}

    def look(element: StructElement) -> None:
        if element.token in known:
            first = next(element.contents(), None)
            if first is not None:
                found.setdefault(element.token, first.page)
            return
        for kid in element.kids:
            if isinstance(kid, StructElement):
                look(kid)

    look(document)
    return found


def _attach_formulas(pdf: Pdf, document: StructElement, facts: PageFacts) -> None:
    """Attach its MathML to each formula."""
    files: dict[str, object] = {}
    for element in _formulas(document):
        mathml = facts.tokens[element.token - 1].mathml
        if not mathml:
            continue
        if mathml not in files:
            stream = pdf.make_stream(
                mathml.encode(),
                Type=Name.EmbeddedFile,
                Subtype=Name("/application/mathml+xml"),
                Params=Dictionary(Size=len(mathml.encode())),
            )
            name = f"formula-{len(files) + 1}.mml"
            files[mathml] = pdf.make_indirect(
                Dictionary(
                    Type=Name.Filespec,
                    F=name,
                    UF=name,
                    Desc="MathML",
                    AFRelationship=Name.Supplement,
                    EF=Dictionary(F=stream, UF=stream),
                )
            )
        element.file = files[mathml]
    if files:
        pdf.Root.AF = Array(list(files.values()))


def _formulas(element: StructElement) -> list[StructElement]:
    found = []
    for kid in element.kids:
        if isinstance(kid, StructElement):
            found += [kid] if kid.role == "Formula" and kid.token else _formulas(kid)
    return found
