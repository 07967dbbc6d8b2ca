"""Footnotes whose references and texts stand in several parts of a slide."""

from __future__ import annotations

import re

from slidegen.render.dialect import Dialect, Footnotes, Fragment, footnote_ids

WHOLE = Footnotes("")


def box(dialect: Dialect, *parts: str | Fragment) -> Fragment:
    inner = dialect.convert(parts, {})
    return Fragment(f'<div class="left">{inner}</div>', block=True)


def references(html: str) -> list[str]:
    return re.findall(r'<sup class="slidegen-footnote-ref" id="([^"]*)">', html)


def notes(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<li id="([^"]*)" value="\d+"><p>(\w+)', html)


def test_references_in_content_classes_are_numbered_in_the_slides_order() -> None:
    dialect = Dialect()
    left = box(dialect, "x[^b]\n")
    html = dialect.convert(
        ["a[^a]\n\n", left, "\n\nc[^c]\n\n[^c]: third\n[^b]: second\n[^a]: first"],
        {},
        footnotes=Footnotes("s7-"),
    )
    assert references(html) == ["s7-fnref-1", "s7-fnref-2", "s7-fnref-3"]
    assert notes(html) == [("s7-fn-1", "first"), ("s7-fn-2", "second"), ("s7-fn-3", "third")]


def test_footnote_defined_in_a_content_class_moves_to_the_slides_end() -> None:
    dialect = Dialect()
    html = dialect.convert(["a[^1]\n\n", box(dialect, "x\n\n[^1]: note\n")], {}, footnotes=WHOLE)
    assert notes(html) == [("fn-1", "note")]
    assert html.index("</div>") < html.index("slidegen-footnotes")


def test_footnote_of_a_later_step_has_its_number_already() -> None:
    html = Dialect().convert(["a[^1] b[^2]\n\n[^2]: two"], {}, footnotes=Footnotes("", later={"1"}))
    assert references(html) == ["fnref-1", "fnref-2"]
    assert notes(html) == [("fn-2", "two")]


def test_two_slides_have_ids_of_their_own() -> None:
    dialect = Dialect()
    parts = ["a[^1]\n\n[^1]: note"]
    first, second = (dialect.convert(parts, {}, footnotes=Footnotes(prefix)) for prefix in ("s1-", "s2-"))
    ids = re.compile(r'id="([^"]*)"')
    assert not set(ids.findall(first)) & set(ids.findall(second))


def test_a_reference_leads_to_its_note_and_back() -> None:
    html = Dialect().convert(["a[^x&y]\n\n[^x&y]: note"], {}, footnotes=Footnotes("p-", back="Retour"))
    assert '<a href="#p-fn-1" role="doc-noteref">1</a>' in html
    assert 'href="#p-fnref-1" role="doc-backlink" aria-label="Retour 1"' in html


def test_a_step_behind_a_footnote_is_no_part_of_it() -> None:
    html = Dialect().convert(["a[^1]\n\n[^1]: note\n", "step"], {}, footnotes=WHOLE)
    assert notes(html) == [("fn-1", "note")]
    assert "<p>step</p>" in html


def test_a_tag_left_open_in_a_footnote_is_closed_in_it() -> None:
    html = Dialect().convert(["a[^1] <i>b\n\n[^1]: <b>note"], {}, footnotes=WHOLE)
    assert html.startswith("<p>a<sup ")
    assert '<li id="fn-1" value="1"><p><b>note</b>' in html


def test_no_mark_is_left() -> None:
    dialect = Dialect()
    html = dialect.convert([box(dialect, "a[^1] [^2]\n\n[^1]: x[^3]\n\n[^3]: [^1]")], {}, footnotes=WHOLE)
    assert not re.search("[\x00-\x08]", html)
    assert "[^2]" in html


def test_ids_that_a_text_defines() -> None:
    assert footnote_ids("a[^1]\n[^one]: x\n[^2]: y\n[3]: z") == {"one", "2"}
