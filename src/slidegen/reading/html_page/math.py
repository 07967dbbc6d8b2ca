"""Translates a page's MathJax or KaTeX configuration into the option `math`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from slidegen.config import Setting
from slidegen.patterns import lazy_compile
from slidegen.reading.javascript.static_values import ComputedError, ScriptValues, entries_of, value_of
from slidegen.reading.javascript.tokens import Expression
from slidegen.source import Span

ARGUMENT = lazy_compile(r"#([1-9])")
LOADED = lazy_compile(r"mathjax|auto-render|renderMathInElement|\btex-(?:mml|chtml|svg)", re.IGNORECASE)
DELIMITERS = ("inlineMath", "delimiters")
SKIPPED = ("skipTags", "skipHtmlTags", "ignoredTags")
OWN_FILE = lazy_compile(r"[?&]config=[^\"'&]*(?:,|/|\.js)|mathjax[-_.]?conf\w*\.js", re.IGNORECASE)
"""The address of a configuration that is not read."""
FROM_CODE = lazy_compile(r"\bcode\.outerHTML\s*=\s*code\.innerHTML")
"""How xaringan's script turns code in backticks into formulas."""


class _MathConfig(Struct):
    """What configurations of MathJax and KaTeX say."""

    names: ScriptValues
    macros: dict[str, object] = field(default_factory=dict)
    number: bool = False
    dollars: bool | None = None
    in_code: bool | None = None
    place: Span | None = None

    def read_key(self, key: str, code: Expression) -> None:
        """Read one key of a configuration, in any of its objects."""
        if key.lower() == "macros":
            self.macros.update(_macros(code, self.names))
        elif key in ("equationNumbers", "tags"):
            self.number = _numbers(key, code, self.names)
        elif key in DELIMITERS:
            self.dollars = _has_dollars(code, self.names)
        elif key in SKIPPED:
            self.in_code = not _has_code(code)
        else:
            if key.lower() in ("tex", "tex2jax", "options"):
                for inner, part in _entries(code, self.names):
                    self.read_key(inner, part)
            return
        self.place = self.place or code.span


def math_setting(
    configurations: Sequence[tuple[str, Expression]], names: ScriptValues, texts: Iterable[Span]
) -> Setting | None:
    """The option `math` as configured by a page; None if it is slidegen's default.

    `texts` are the tags and scripts of the page. MathJax and KaTeX ignore single dollars and code by
    default.
    """
    config = _MathConfig(names)
    for _, code in configurations:
        for key, value in _entries(code, names):
            config.read_key(key, value)
    texts = list(texts)
    loaded = next((span for span in texts if LOADED.search(span.text)), None)
    from_code = any(FROM_CODE.search(span.text) for span in texts)
    marks = {
        "dollars": _decided(config.dollars, DELIMITERS, texts) or loaded is None,
        "code": _decided(config.in_code, SKIPPED, texts) or loaded is None or from_code,
    }
    place = config.place or loaded
    options: dict[str, object] = {"macros": config.macros} if config.macros else {}
    if config.number:
        options["number"] = True
    options.update({key: False for key, on in marks.items() if not on})
    return (
        Setting(key="math", value=options, written="", key_span=place, value_span=place)
        if options and place is not None
        else None
    )


def _decided(chosen: bool | None, keys: Sequence[str], texts: Sequence[Span]) -> bool:
    """Whether a kind of mark is in use, according to the page, and also if its answer is not understood."""
    if chosen is not None:
        return chosen
    return any(OWN_FILE.search(span.text) or any(key in span.text for key in keys) for span in texts)


def _entries(code: Expression, names: ScriptValues) -> list[tuple[str, Expression]]:
    try:
        return [(entry.key, entry.value) for entry in entries_of(code, names, unknown=[])]
    except ComputedError:
        return []


def _has_dollars(code: Expression, names: ScriptValues) -> bool:
    """Whether a single dollar is among the delimiters: pairs for MathJax, objects for KaTeX."""
    try:
        value = value_of(code, names)
    except ComputedError:
        return code.texts[:1] != ["["] or "$" in {text.strip("\"'`") for text in code.texts}
    pairs = value if isinstance(value, list) else []
    return any(
        pair[:1] == ["$"] if isinstance(pair, list) else isinstance(pair, dict) and pair.get("left") == "$"
        for pair in pairs
    )


def _has_code(code: Expression) -> bool:
    """Whether `code` is among the elements that are skipped."""
    return "code" in {text.strip("\"'`") for text in code.texts}


def _macros(code: Expression, names: ScriptValues) -> dict[str, object]:
    """The macros of an object, without those whose value is computed."""
    found: dict[str, object] = {}
    for key, value in _entries(code, names):
        try:
            body = value_of(value, names)
        except ComputedError:
            continue
        if isinstance(body, list) and body and not (len(body) >= 2 and isinstance(body[1], int)):
            body = body[0]
        if isinstance(body, str):
            arguments = max((int(digit) for digit in ARGUMENT.findall(body)), default=0)
            found[key.lstrip("\\")] = [body, arguments] if arguments else body
        elif isinstance(body, list) and body:
            found[key.lstrip("\\")] = body if body[1] else body[0]
    return found


def _numbers(key: str, code: Expression, names: ScriptValues) -> bool:
    """Whether equations are numbered: `tags: "ams"`, or `equationNumbers: {autoNumber: "AMS"}`."""
    try:
        value = value_of(code, names)
    except ComputedError:
        return False
    if key == "equationNumbers":
        value = value.get("autoNumber") if isinstance(value, dict) else None
    return isinstance(value, str) and value.lower() in ("ams", "all")
