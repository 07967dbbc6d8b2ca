"""Which style rules of slidegen's own a page has."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from slidegen.render.html.names import names_in
from slidegen.render.page.used_rules import matching, minified, read_rules, without_unused, written

SLIDES = '<h1>a</h1><p class="small">b</p><img style="height: 3em" src="x"><ul><li lang="de-AT">c</li></ul>'


def used_rules(css: str) -> str:
    """Those of the rules that can match on the slides."""
    return written(matching(read_rules(css), names_in([SLIDES])))


@pytest.mark.parametrize(
    ("selector", "kept"),
    [
        ("h1", True),
        ("h2", False),
        ("h2, h1", True),
        (".small", True),
        (".smaller", False),
        (".small .large", False),
        ("p:is(.large, .small)", True),
        (":is(.large, .bigger) :is(h1, h2)", False),
        (":where(.large, :is(.x, .small))", True),
        ("h1:not(.large)", True),
        ("h1:not(.large, :is(.x)) > .large", False),
        ("p:has(> img)", True),
        ("p:has(> video, > audio)", False),
        (":nth-child(2 of .small)", True),
        (":nth-last-child(2n + 1 of .large)", False),
        ("li:nth-child(2n + 1)", True),
        ("img[style*='background-image']", True),
        ("p[align=right]", False),
        ("p[aria-label]", True),
        ("[data-x=')'] .large", False),
        (":lang(de)", True),
        (":lang(d)", False),
        (":lang(zh, 'de')", True),
        (":lang(zh)", False),
        (".remark-slide-content h1", True),
        (".slidegen-live h1", True),
        (".remark-code", False),
        (".slidegen-footnotes p", False),
        ("h1::before", True),
        ("h2::before", False),
        (":root", True),
        ("*", True),
        ("body > #small", True),
    ],
)
def test_a_rule_is_kept_when_slides_have_all_that_its_selector_needs(selector: str, kept: bool) -> None:
    css = f"{selector} {{ color: red }}"
    assert bool(used_rules(css)) == kept


def test_rules_in_one_another_and_groups_of_rules() -> None:
    css = """
    @media print { .large { color: red } }
    @media screen { .large { color: red } .small { color: blue; } }
    p { &.large { color: red } & > img { width: 1px } .x, .small { height: 2px } margin: 0 }
    .large { p { margin: 0 } }
    @page { margin: 0 }
    @import "x.css";
    """
    assert used_rules(css) == (
        "@media screen{.small{color:blue}}"
        "p{&>img{width:1px}.x,.small{height:2px}margin:0}"
        '@page{margin:0}@import "x.css";'
    )


@pytest.mark.parametrize(
    ("css", "small"),
    [
        ("a  >  b ,c { color : red ; }", "a>b,c{color:red}"),
        ("a :is( b , c ) { width: calc( (1px + 2px) * 3 ) !important; }",
         "a :is(b,c){width:calc((1px + 2px) * 3)!important}"),
        ("a { content: ' { ; /* x */ } '; background: url(a;b.png) }",
         "a{content:' { ; /* x */ } ';background:url(a;b.png)}"),
        ("/* x { */ a:hover b { --x:  1 , 2 }", "a:hover b{--x:1,2}"),
        ("@media (min-width: 3px) and (hover) { a { b: c d } }", "@media (min-width: 3px) and (hover){a{b:c d}}"),
        ("a { b: c", "a{b:c}"),
        ("a {\n b:\n  c\n  d; e: url(data:x,/*y*/) }\n/* f */\n", "a{b:c d;e:url(data:x,/*y*/)}"),
        ("a { &:hover { b: c } d: e }", "a{&:hover{b:c}d:e}"),
    ],
)  # fmt: skip
def test_space_goes_where_it_means_nothing(css: str, small: str) -> None:
    assert minified(css) == small
    assert minified(small) == small


def used(sheets: list[str], names: Iterable[str]) -> list[str]:
    return [written(sheet) for sheet in without_unused([read_rules(each) for each in sheets], names)]


def test_custom_properties_stay_where_something_uses_them() -> None:
    sheets = [
        ":root{--a:var(--b);--b:1px;--c:var(--d,var(--e));--d:2px;--e:3px;--f:4px;--mine:5px}",
        "p{margin:var(--a);--g:1px}@media print{i{--h:2px}}",
    ]
    assert used(sheets, {"--mine"}) == [
        ":root{--a:var(--b);--b:1px;--mine:5px}",
        "p{margin:var(--a)}",
    ]
    assert used(sheets, {"--c"})[0] == ":root{--a:var(--b);--b:1px;--c:var(--d,var(--e));--d:2px;--e:3px}"


def test_animations_stay_where_a_rule_runs_them() -> None:
    sheets = ["@keyframes come{from{opacity:0}}@keyframes go{to{opacity:0}}p{animation:come 1s}"]
    assert used(sheets, ()) == ["@keyframes come{from{opacity:0}}p{animation:come 1s}"]
