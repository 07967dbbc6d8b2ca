"""Recognises scripts that slidegen replaces, such as remark itself, and drops them silently."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from slidegen.patterns import lazy_compile

FILES = lazy_compile(
    r"(?:^|/)(?:"
    r"remark(?:[-.][\w.]*)?\.js|remark-latest[^/]*|remarkjs[^/]*\.js"
    r"|MathJax\.js|mathjax[^/]*\.js|tex-\w[^/]*\.js|mml-[^/]*\.js|es5/[^/]+\.js"
    r"|katex[^/]*\.(?:js|mjs|css)|auto-render[^/]*\.(?:js|mjs)|mathtex-script-type[^/]*\.js|mhchem[^/]*\.js"
    r"|highlight(?:[-.][\w.-]*)?\.js|highlight\.pack\.js|hljs[^/]*\.js"
    r"|header-attrs[^/]*\.js"
    r"|panelset\.(?:js|css)|tile-view\.(?:js|css)|clipboard(?:\.min)?\.js|xaringanExtra-clipboard\.(?:js|css)"
    r"|scribble\.(?:js|css)|fabric(?:\.min)?\.js|progress-bar\.(?:js|css)|countdown\.(?:js|css)"
    r"|(?:xaringanExtra-)?broadcast\.(?:js|css)|peerjs(?:\.min)?\.js|toast(?:\.min)?\.(?:js|css)"
    r"|fit-screen\.(?:js|css)|shareagain\.(?:js|css)|shareon(?:\.min)?\.(?:js|css)|fitvids(?:\.min)?\.js"
    r")(?:[?#]|\Z)",
    re.IGNORECASE,
)
BROADCAST = lazy_compile(r"(?:^|/)(?:xaringanExtra-)?broadcast\.js(?:[?#]|\Z)", re.IGNORECASE)
"""A script that lets an audience follow through a server on the network."""
FOLDERS = lazy_compile(
    r"(?:cdn\.mathjax\.org/|/mathjax[@/]|/katex[@/]|/highlight\.?js[@/]|/highlightjs/|/remark(?:js)?@|/gnab/remark/"
    r"|remarkjs\.com/|gnab\.github\.io/remark)",
    re.IGNORECASE,
)
SNIPPETS = lazy_compile(
    r"has-continuation|@page \{size: \"|data-at-shortcutkeys|print-only|remark-code-has-line-highlighted|_releaseMath"
    r"|Replace <script> tags in slides area|xaringanExtraClipboard|window\.xeScribble|new Scribble\(|SlideToolbox"
    r"|xeShareAgain|\.remark-slides-area \.remark-slide-container script"
)
"""Statements of xaringan and xaringanExtra that slidegen replaces."""
LIBRARIES = frozenset(
    "MathJax renderMathInElement katex hljs fitvids ClipboardJS Clipboard Scribble fabric xeBroadcast PanelSet".split()
)
"""Names defined by files that are dropped."""
ASKS_LIBRARY = lazy_compile(rf"\b(?:{'|'.join(sorted(LIBRARIES))})\b|remark\.highlighter")
COUNTDOWN = lazy_compile(r"slide-time-left|remark-slide-number[\s\S]{0,2000}time_left")
"""What xaringan's script for `countdown` contains."""
STYLE = lazy_compile(r"data-target\s*=\s*[\"']print-only")
MATHJAX_TYPE = "text/x-mathjax-config"
IN_DATA = lazy_compile(rb"remark\.create|SlideshowController|MathJax|katex|PanelSet|xaringanExtra|hljs")
DATA_URL = lazy_compile(r"data:[^,]*?(;base64)?,", re.IGNORECASE)
MAX_DATA_LENGTH = 3_000_000


def is_file(reference: str) -> bool:
    """Whether slidegen replaces a script or style sheet, judging by its address or the text of a data URL."""
    if reference.lower().startswith("data:"):
        return IN_DATA.search(data_of(reference)) is not None
    return bool(FILES.search(reference) or FOLDERS.search(reference))


def is_snippet(text: str) -> bool:
    """Whether a statement is xaringan's for something that slidegen does."""
    return SNIPPETS.search(text) is not None


def is_code(text: str) -> bool:
    """Whether a statement concerns something that slidegen does."""
    return is_snippet(text) or ASKS_LIBRARY.search(text) is not None


def data_of(url: str) -> bytes:
    """The bytes in a data URL; empty if it is invalid."""
    import binascii
    from base64 import b64decode

    match = DATA_URL.match(url)
    if match is None:
        return b""
    data = unquote_to_bytes(url[match.end() : match.end() + MAX_DATA_LENGTH])
    try:
        return b64decode(data[: len(data) // 4 * 4]) if match[1] else data
    except (binascii.Error, ValueError):
        return b""
