"""Finds out which warnings a deck's author switches off with `check:`, and with comments on slides."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping

from slidegen.diagnostics import Code, Reporter
from slidegen.diagnostics.rules import Allowed, Silence, rule_names, switched_off
from slidegen.option_types import Value
from slidegen.patterns import lazy_compile
from slidegen.source import Span
from slidegen.spelling import nearest, suggest
from slidegen.syntax.nodes import RawDeck

ALLOW = lazy_compile(r"<!--\s*check:\s*allow\s+(?P<names>[^\n>]*?)\s*-->")
NAME = lazy_compile(r"[\w-]+")


def apply_silence(written: RawDeck, rules: Mapping[str, Value], reporter: Reporter) -> None:
    """Let the reporter drop what `rules` of the project and the deck, or a comment on a slide, switch off."""
    off = switched_off(rules)
    slides = tuple(_allowed(written, reporter)) if any("check:" in text for text in written.texts) else ()
    if off or slides:
        reporter.silence(Silence(off, slides).covers)


def _allowed(written: RawDeck, reporter: Reporter) -> Iterator[Allowed]:
    """The parts of files in which comments switch rules off: from a slide's start to the next one's, with steps."""
    known = rule_names()
    spans = [slide.span.written for slide in written.slides]
    starts = sorted((span.source.path, span.start) for span in spans)
    names: set[str] = set()
    group: list[Span] = []
    for number, (slide, span) in enumerate(zip(written.slides, spans, strict=True)):
        if not slide.continued:
            names, group = set(), []
        group.append(span)
        for match in ALLOW.finditer(span.text):
            for name in NAME.finditer(span.text, *match.span("names")):
                if name[0] in known:
                    names.add(name[0])
                else:
                    _warn_of_rule(name[0], span.within(*name.span()), known, reporter)
        is_last = number + 1 == len(spans) or not written.slides[number + 1].continued
        for each in group if names and is_last else ():
            path = each.source.path
            following = starts[bisect_right(starts, (path, each.start)) :][:1]
            ends = following[0][1] if following and following[0][0] == path else len(each.source.text) + 1
            yield Allowed(path, each.start, ends, frozenset(names))


def _warn_of_rule(name: str, span: Span, known: tuple[str, ...], reporter: Reporter) -> None:
    reporter.report(
        Code.UNKNOWN_RULE,
        f"there is no rule {name}",
        span,
        hint=suggest(*nearest(name, known), otherwise="`slidegen check --rules` lists them"),
    )
