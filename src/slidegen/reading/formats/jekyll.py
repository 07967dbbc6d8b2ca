"""Decks in a Jekyll site: their front matter, and the Liquid in their text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from slidegen.diagnostics import Code, Reporter
from slidegen.option_types import Value
from slidegen.patterns import lazy_compile
from slidegen.reading.formats.liquid import FILTERS, UnknownFilterError, arguments, filtered
from slidegen.reading.source_deck import SourceDeck
from slidegen.source import Composed, Source, Span

KEYS = frozenset({"layout", "permalink", "categories", "category", "tags", "published", "excerpt"})
"""Keys of front matter that concern Jekyll only."""
MAX_INCLUDES = 1000
"""How many files a deck may include, counting those in included files."""
LIQUID_TAG = lazy_compile(
    r"\{%-?[ \t]*+(?P<name>\w++)?(?P<rest>(?>(?:[^%\n]|%(?!\}))*))%\}|\{\{-?(?P<value>(?>(?:[^}\n]|\}(?!\}))*))\}\}"
)
OF_JEKYLL = lazy_compile(r"\s*(?:(?:site|page|layout|include|jekyll)\.[\w.-]+|[\"'][^\"']*[\"']\s*\|)")
"""The content of `{{ }}` if it is Jekyll's; a name alone is one of slidegen's variables."""
ENDS = {"raw": "endraw", "comment": "endcomment", "highlight": "endhighlight"}

Include = Callable[[str], Source | None]
"""Returns the file of this name in `_includes/`."""


class Site(Struct, frozen=True):
    """What a deck knows about its site."""

    values: Mapping[str, Value]
    """The keys of `_config.yml`."""
    include: Include
    page: Mapping[str, Value]
    """What `page` has besides the front matter: `url`, `path`, `name`, and possibly `date`."""


def read_jekyll(written: SourceDeck, site: Site, reporter: Reporter) -> SourceDeck:
    """The deck with its Liquid executed, and without the settings that are Jekyll's own."""
    own = {item.key: item.written or item.value for item in written.settings}
    kept = tuple(item for item in written.settings if item.key not in KEYS)
    text = written.source.text
    if text.find("{%", written.start) < 0 and text.find("{{", written.start) < 0:
        return replace(written, settings=kept)
    liquid = _Liquid(site=site, page={**site.page, **own}, reporter=reporter)
    liquid.expand(written.source, written.start, {}, ())
    source = liquid.composed.of(written.source.path)
    return replace(written, source=source, start=0, settings=kept)


class _Liquid(Struct):
    """Puts the deck's text together from pieces with their places."""

    site: Site
    page: Mapping[str, Value]
    reporter: Reporter
    composed: Composed = field(default_factory=Composed)
    included: int = 0
    strip: bool = False
    """Whether to strip white space from the next text, after `-%}`."""

    def add(self, text: str, span: Span) -> None:
        if self.strip:
            shorter = text.lstrip()
            span = span.within(min(len(text) - len(shorter), span.end - span.start), span.end - span.start)
            text = shorter
            self.strip = not text
        self.composed.add(text, span)

    def expand(self, source: Source, start: int, params: Mapping[str, str], within: tuple[str, ...]) -> None:
        text, at = source.text, start
        while match := LIQUID_TAG.search(text, at):
            before = text[at : match.start()]
            if match[0][2] == "-":
                before = before.rstrip()
            self.add(before, Span(source, at, at + len(before)))
            at = self._tag(source, match, params, within)
        self.add(text[at:], Span(source, at, len(text)))

    def _tag(
        self, source: Source, match: re.Match[str], params: Mapping[str, str], within: tuple[str, ...]
    ) -> int:
        """Process a tag or a value; returns the offset after it."""
        after, span = match.end(), Span(source, match.start(), match.end())
        name = match["name"] or ""
        if match["value"] is not None:
            self._value(match["value"], span, params)
        elif name in ENDS:
            after = self._block(source, match, name)
        elif name in ("include", "include_relative"):
            self._include(match["rest"], span, params, within)
        elif name == "link":
            self.add("/" + match["rest"].rstrip("- \t").strip().strip("\"'"), span)
        else:
            self._warn(f"{{% {name} %}} is Liquid that slidegen does not support, so it stays as it is", span)
            self.add(match[0], span)
        if match[0].endswith(("-%}", "-}}")):
            self.strip = True
        return after

    def _block(self, source: Source, match: re.Match[str], name: str) -> int:
        end = re.compile(rf"\{{%-?[ \t]*+{ENDS[name]}[ \t]*+-?%\}}").search(source.text, match.end())
        span = Span(source, match.start(), match.end())
        if end is None:
            self._warn(f"no {{% {ENDS[name]} %}} ends this", span)
            self.add(match[0], span)
            return match.end()
        inner = source.text[match.end() : end.start()]
        place = Span(source, match.end(), end.start())
        if name == "highlight":
            language = (match["rest"].split() or [""])[0]
            self.add(f"```{language}", span)
            self.add(inner if inner.startswith("\n") else f"\n{inner}", place)
            self.add("```" if inner.endswith("\n") else "\n```", Span(source, end.start(), end.end()))
        elif name == "raw":
            self.add(inner, place)
        return end.end()

    def _include(self, rest: str, span: Span, params: Mapping[str, str], within: tuple[str, ...]) -> None:
        name, given = arguments(rest.rstrip("- \t"))
        self.included += 1
        hint = ""
        found = None
        if name in within or self.included > MAX_INCLUDES:
            what = f"{name} includes itself" if name in within else "far too many files are included"
        else:
            what = f"there is no {name} to include"
            hint = "put included files into _includes/ at the top of the site"
            found = self.site.include(name)
        if found is None:
            self._warn(what, span, hint)
            self.add(span.text, span)
            return
        values = {
            key: literal if literal is not None else self._look_up(path, params)
            for key, (literal, path) in given.items()
        }
        self.expand(found, 0, {key: str(value or "") for key, value in values.items()}, (*within, name))

    def _value(self, written: str, span: Span, params: Mapping[str, str]) -> None:
        if OF_JEKYLL.match(written.lstrip("-")) is None:
            self.add(span.text, span)  # one of slidegen's variables
            return
        expression, *filters = written.strip("- \t").split("|")
        expression = expression.strip()
        value: Value
        if expression[:1] in ("'", '"'):
            value = expression[1:-1]
        elif expression == "site.baseurl":
            # what follows is a file of the site, except in an absolute address
            url = str(self.site.values.get("url") or "")
            before = self.composed.texts[-1:]
            whole = bool(url) and bool(before) and before[0].endswith(url)
            value = self.site.values.get("baseurl") if whole else ""
        else:
            value = self._look_up(expression, params)
            if value is None and not any(item.strip().startswith("default") for item in filters):
                self._warn(f"{expression} has no value here, so it is empty", span)
        try:
            self.add(filtered(value, filters, self.site.values), span)
        except UnknownFilterError as error:
            self._warn(
                f"the filter {error} does not exist in slidegen", span, f"choose from {', '.join(FILTERS)}"
            )
            self.add(span.text, span)

    def _look_up(self, path: str, params: Mapping[str, str]) -> Value:
        first, *rest = path.split(".")
        value: Value = {
            "site": self.site.values,
            "page": self.page,
            "include": params,
            "jekyll": {"environment": "production"},
        }.get(first)
        for name in rest:
            value = value.get(name) if isinstance(value, Mapping) else None
        return value

    def _warn(self, message: str, span: Span, hint: str = "") -> None:
        hint = hint or "to show it as text, put {% raw %} before it and {% endraw %} after it"
        self.reporter.report(Code.LIQUID, message, span, hint=hint)
