"""Exports a deck as PDF: slides, handouts, notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.util import find_spec

from slidegen.diagnostics import Code, Diagnostic
from slidegen.export.options import ExportOptions
from slidegen.export.prepared import Prepared
from slidegen.project.package_data import page_function

PRINT_SECONDS = 120
SECONDS_A_SLIDE = 3
USUAL_HANDOUT = 4
"""Slides on each page of a handout by default."""


def export(
    opened: Prepared, options: ExportOptions, report: Callable[[Diagnostic], None]
) -> Mapping[str, bytes]:
    """The PDF of a prepared page; an untagged one, with a report, if `pikepdf` is not installed."""
    page = opened.page
    if options.format in ("handout", "notes"):
        lay_out(opened, options)
    answer = page.call(
        "Page.printToPDF",
        timeout=PRINT_SECONDS + SECONDS_A_SLIDE * len(opened.facts.slides),
        preferCSSPageSize=True,
        printBackground=True,
        generateTaggedPDF=True,
        transferMode="ReturnAsStream",
    )
    data = page.read_stream(answer["stream"])
    if find_spec("pikepdf") is None:
        message = (
            "the PDF is as the browser prints it: not finished for screen readers, without labels and outline"
        )
        hint = 'install what finishes it with `pip install "slidegen[export]"`'
        report(Diagnostic(Code.PLAIN_PDF, message, path=str(opened.deck.compiled.path), hint=hint))
        return {"": data}
    from slidegen.export.pdf.finish import finish
    from slidegen.export.spoken.speech import speaker

    return {"": finish(data, opened.facts, speaker(opened.facts.lang))}


def lay_out(opened: Prepared, options: ExportOptions) -> None:
    """Put several slides on each page, or each slide above its notes."""
    paper = options.paper or usual_paper(opened.facts.lang)
    config = opened.deck.compiled.deck.config
    course = config.course if isinstance(config.course, str) else ""
    wanted = {
        "count": options.handout or USUAL_HANDOUT,
        "notes": options.format == "notes",
        "paper": paper,
        "head": [text for text in (course, opened.facts.title) if text],
        "place": opened.words["place"],
        "width": opened.width,
        "height": opened.height,
    }
    opened.page.run(page_function("export/handout.js"), wanted)


LETTER = ("en-us", "en-ca", "fr-ca", "es-mx", "es-us", "es-cl", "es-co", "es-ve", "en-ph", "fil", "tl")


def usual_paper(lang: str) -> str:
    """The usual paper where a language is spoken: Letter in North America and a few other places, else A4."""
    return "letter" if lang.lower().replace("_", "-").startswith(LETTER) else "a4"
