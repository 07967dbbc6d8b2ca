"""The documentation as one HTML page, for the browser."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from functools import partial

from slidegen.files.regular import read_regular
from slidegen.manual.pages import ManualPage, anchor
from slidegen.patterns import lazy_compile
from slidegen.project.package_data import own_docs
from slidegen.project.templates import TemplateFolders

LINK = lazy_compile(r'href="(?:(?!https?:|mailto:)([\w./-]+)\.(?:md|py))?(?:#([^"]*))?"')
CELL = lazy_compile(r"<td>.*?</td>", re.DOTALL)
PICTURE = lazy_compile(r'src="(pictures/[\w./-]+\.webp)"')


def manual_html(pages: Sequence[ManualPage]) -> str:
    """One page with all of them and their pictures; a heading's id is `PAGE-HEADING`."""
    import markdown
    from markdown.extensions.toc import TocExtension

    names = {page.name for page in pages}
    parts = []
    for page in pages:
        toc = TocExtension(slugify=partial(_heading_id, page.name))
        html = markdown.markdown(page.text, extensions=["tables", "fenced_code", "sane_lists", toc])
        html = pipes_in_cells(html)
        html = LINK.sub(partial(_link, page.name, names), html)
        html = PICTURE.sub(_embedded, html)
        parts.append({"name": page.name, "title": page.title, "html": html})
    return str(TemplateFolders(None).environment().get_template("manual.html").render(pages=parts))


def pipes_in_cells(html: str) -> str:
    """Tables with `\\|` in code as GitHub shows it; Python-Markdown keeps the backslash."""
    return CELL.sub(lambda cell: cell[0].replace("\\|", "|"), html)


def _heading_id(page: str, heading: str, _separator: str) -> str:
    return f"{page}-{anchor(heading)}"


def _link(page: str, names: set[str], link: re.Match[str]) -> str:
    """A link within the page; links to other files lead to the list of pages."""
    target, heading = link[1] or page, link[2]
    if target not in names:
        return 'href="#"'
    return f'href="#{target}-{heading}"' if heading else f'href="#{target}"'


def _embedded(picture: re.Match[str]) -> str:
    try:
        data = read_regular(own_docs() / picture[1])
    except OSError:
        return picture[0]
    return f'src="data:image/webp;base64,{base64.b64encode(data).decode()}"'
