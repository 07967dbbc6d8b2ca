"""Markdown that the option `extras` adds."""

from __future__ import annotations

import pytest

from slidegen.render.dialect import Dialect, Footnotes


@pytest.mark.parametrize(
    ("extra", "text", "html"),
    [
        ("superscript", "x^2^ y^a b^ ^^ z^*i*^", "x<sup>2</sup> y^a b^ ^^ z<sup><em>i</em></sup>"),
        ("subscript", "H~2~O ~~no~~ ~a b~", "H<sub>2</sub>O <del>no</del> ~a b~"),
        (
            "emoji",
            ":smile: :+1: a:smile: :no: 1:30 `:smile:`",
            "😄 👍 a:smile: :no: 1:30 <code>:smile:</code>",
        ),
    ],
)
def test_an_extra_is_read_where_the_deck_asks_for_it(extra: str, text: str, html: str) -> None:
    if extra == "emoji":
        pytest.importorskip("emoji")
    assert Dialect(extras=[extra]).convert([text], {}, footnotes=Footnotes("")) == f"<p>{html}</p>"
    plain = Dialect().convert([text], {}, footnotes=Footnotes(""))
    assert "<sup>" not in plain
    assert "<sub>" not in plain
    assert "😄" not in plain
