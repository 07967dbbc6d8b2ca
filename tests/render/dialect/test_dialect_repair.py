"""HTML as a browser understands it."""

from __future__ import annotations

import pytest

from slidegen.render.html.repair import MAX_DEPTH, repaired


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("<p>a<div>b</div>c</p>", "<p>a</p><div>b</div>c"),
        ("<div><b>a", "<div><b>a</b></div>"),
        ("a</div></section>", "a"),
        ("<p> \n</p>a<p></p>", "a"),
        ("<p>&nbsp;</p>", "<p>&nbsp;</p>"),
        ("<pre>\n\na</pre>", "<pre>\n\na</pre>"),
        ("<textarea>\n\na</textarea>", "<textarea>\n\na</textarea>"),
        ("<pre><code>\na</code></pre>", "<pre><code>\na</code></pre>"),
        ('<body class="a>b">c</body>d', "cd"),
        ("<plaintext>a</plaintext>b", "<pre>a</pre>b"),
        ("<script>if (a<b) c()", "<script>if (a<b) c()</script>"),
        ('<svg viewBox="0 0 1 1"><clipPath/></svg>', '<svg viewBox="0 0 1 1"><clipPath></clipPath></svg>'),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
    ],
)
def test_repair(given: str, expected: str) -> None:
    assert repaired(given) == expected


def test_repair_is_done_once() -> None:
    html = "<p>a<div><pre>\n\nb</pre><b>c</div>d"
    assert repaired(repaired(html)) == repaired(html)


def test_tags_nested_too_deep_are_left_out_with_their_closing_tags() -> None:
    html = repaired("<div>" * 2000 + "a" + "</div>" * 2000 + "<p>b</p>")
    assert html == "<div>" * MAX_DEPTH + "a" + "</div>" * MAX_DEPTH + "<p>b</p>"


def test_long_lists_are_not_deep() -> None:
    html = repaired("<ul>" + "<li>a" * 2000 + "</ul>")
    assert html.count("<li>a</li>") == 2000
