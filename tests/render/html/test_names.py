"""The names in the tags of HTML."""

from __future__ import annotations

import pytest

from slidegen.render.html.names import names_in


def test_tags_give_their_elements_classes_attributes_and_languages() -> None:
    names = names_in(
        ['<p CLASS="a  b">x</p><IMG src=x.png alt="a > b" class=c>', "<i lang='zh-TW' class='d&amp;e'>"]
    )
    assert names.elements == {"p", "img", "i"}
    assert names.classes == {"a", "b", "c", "d&e"}
    assert names.attributes == {"class", "src", "alt", "lang"}
    assert names.languages == {"zh-tw"}


@pytest.mark.parametrize(
    "html", ["panelset", "&lt;div class=&quot;panelset&quot;&gt;", '<p title="panelset">x</p>', "1 < 2"]
)
def test_text_and_values_of_attributes_are_no_names(html: str) -> None:
    assert not names_in([html]).has(".panelset")


@pytest.mark.parametrize(
    ("html", "runs"),
    [
        ("<p>script</p>", False),
        ("<script>x()</script>", True),
        ("<a onclick='x()'>y</a>", True),
        ("<p once='x'>y</p>", True),
    ],
)
def test_whether_scripts_of_the_author_run(html: str, runs: bool) -> None:
    assert names_in([html]).runs_scripts == runs


def test_simple_selectors() -> None:
    names = names_in(['<video class="wide" data-carded>'])
    assert all(map(names.has, ("video", ".wide", "[data-carded]")))
    assert not any(map(names.has, ("audio", ".video", "[wide]")))


def test_a_tag_without_end_takes_no_longer_than_its_text() -> None:
    assert names_in(["<a " + "'\"" * 50_000]).elements == frozenset()
    assert names_in(["<a b" * 50_000]).elements == frozenset()
