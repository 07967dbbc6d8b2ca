from __future__ import annotations

from collections.abc import Mapping

import pytest

from slidegen.diagnostics import Code, DeckError, Diagnostic, Reporter
from slidegen.reading.html_page.deck import is_deck_page, is_viewer, shown_decks
from slidegen.reading.html_page.encoding import decode_page
from slidegen.reading.html_page.page import read_page
from slidegen.reading.source_deck import AuthorPage, SourceDeck
from slidegen.source import Source, Span


class Files:
    """The files beside a page, by reference."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts

    def script(self, reference: str) -> Source | None:
        return Source(reference, self.texts[reference]) if reference in self.texts else None

    def deck(self, reference: str, place: Span) -> Source:
        if reference not in self.texts:
            raise DeckError(Diagnostic(Code.NO_SUCH_FILE, f"there is no deck {reference}", place))
        return Source(reference, self.texts[reference])


def page(deck: str = "# One\n", *, head: str = "", script: str = "remark.create();", after: str = "") -> str:
    """A page as authors write it."""
    return (
        f'<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n{head}</head>\n<body>\n'
        f'<textarea id="source">\n{deck}</textarea>\n<script src="remark.min.js"></script>\n'
        f"<script>\n{script}\n</script>\n{after}</body>\n</html>\n"
    )


def read(text: str, **files: str) -> tuple[SourceDeck, list[Diagnostic]]:
    """The deck in a page, and what was said of it; a file's name has `_` for its dot."""
    reporter = Reporter()
    beside = Files({name.replace("_", "."): content for name, content in files.items()})
    return read_page(Source("talk.html", text), beside, reporter), list(reporter)


def settings(deck: SourceDeck) -> dict[str, object]:
    return {item.key: item.value for item in deck.settings}


def around(deck: SourceDeck) -> AuthorPage:
    assert deck.page is not None
    return deck.page


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("# One\n", "# One\n"),
        ("\n# One\n", "\n# One\n"),
        ("a &lt; b &amp;&amp; c &gt; d\n", "a < b && c > d\n"),
        ("a < b && <em>c</em>\n", "a < b && <em>c</em>\n"),
        ("&eacute;&#233;&#xe9;&notit;\n", "ééé¬it;\n"),
        ("&amp;lt; &amp;amp;\n", "&lt; &amp;\n"),
        ("a&nbsp;b\xa0c\n", "a&nbsp;b&nbsp;c\n"),
        ("&amp;quot;&quot;\n", '""\n'),
        ("&nosuch; & AT&T\n", "&nosuch; & AT&T\n"),
        ("<!-- </TEXTAREAS> -->\n", "<!-- </TEXTAREAS> -->\n"),
    ],
)
def test_the_deck_is_the_text_that_remark_takes_from_its_textarea(written: str, text: str) -> None:
    deck, said = read(page(written))
    assert deck.source.text == text
    assert said == []


@pytest.mark.parametrize(
    ("element", "text"),
    [
        ("<xmp id=source>\n# A &lt; <b>B</b>\n</xmp>", "\n# A < <b>B</b>\n"),
        ("<pre ID='source'>\n# A &amp;&eacute;\n</pre>", "# A &&eacute;\n"),
        ('<script type="text/template" id="source">\n# A\n</script>', "\n# A\n"),
        ("<div id=source>a <div>b</div> c</div>", "a <div>b</div> c"),
        ("<textarea id=source># A", "# A"),
    ],
)
def test_the_deck_stands_in_any_element_with_the_id_source(element: str, text: str) -> None:
    deck, _ = read(f"<html><body>{element}")
    assert deck.source.text == text


def test_places_are_those_in_the_page() -> None:
    text = page("A &lt;b&gt; &amp;amp; C\n\nD &eacute; E\n")
    deck, _ = read(text)
    for word in "ACDE":
        offset = deck.source.text.index(word)
        span = Span(deck.source, offset, offset + 1).written
        assert span.source.path == "talk.html"
        assert span.text == word
        assert (span.position.line, span.source.text[span.start]) == (
            text[: span.start].count("\n") + 1,
            word,
        )


def test_comments_and_texts_hold_no_elements() -> None:
    comment = '<!-- <textarea id="source"># No</textarea> --><title>a <textarea id="source"></title>'
    deck, said = read(page("# Yes\n", head=comment))
    assert deck.source.text == "# Yes\n"
    assert said == []


def test_the_head_names_title_language_author_description_and_icon() -> None:
    head = (
        "<title> A &amp;\n B </title><meta name=Author content='M. Curie'>"
        '<meta name="description" content="What it says"><link rel="shortcut icon" href="i.png">'
    )
    deck, _ = read(page(head=head).replace("<html>", '<html lang="fr">'))
    assert settings(deck) == {
        "title": "A & B",
        "lang": "fr",
        "author": "M. Curie",
        "description": "What it says",
        "favicon": "i.png",
    }


@pytest.mark.parametrize(
    "script",
    [
        "remark.create({ratio: '16:9', highlightLines: true, slideNumberFormat: ''})",
        'var slideshow = remark.create({"ratio": "16:9", "highlightLines": !0, "slideNumberFormat": "",});',
        "var o = {ratio: '16' + ':9', slideNumberFormat: ``}\no.highlightLines = true\nremark.create(o)",
        "const r = '16:9';\nlet o = {ratio: r, slideNumberFormat: ''}; o['highlightLines'] = true;\n"
        "var s = remark.create(Object.assign({}, o), function () {})",
        "const base = {ratio: '16:9'}; remark.create({...base, highlightLines: true, slideNumberFormat: ''})",
        'window.onload = function () { /* } */ remark.create({ratio: "16:9", // }\n'
        "highlightLines: true, 'slideNumberFormat': ''}); }",
        "document.addEventListener('DOMContentLoaded', () => { const s = remark.create({ratio: '16:9', "
        "highlightLines: true, slideNumberFormat: ''}) })",
    ],
)
def test_options_are_read_as_people_write_them(script: str) -> None:
    deck, said = read(page(script=script))
    assert settings(deck) == {"ratio": "16:9", "highlightLines": True, "slideNumberFormat": ""}
    assert said == []


def test_an_option_that_is_computed_is_named_and_the_rest_is_taken() -> None:
    deck, (said,) = read(page(script="remark.create({ratio: '16:9',\n  highlightStyle: pick('a', 1)});"))
    assert settings(deck) == {"ratio": "16:9"}
    assert said.code is Code.COMPUTED
    assert said.span is not None
    assert said.span.text == "pick('a', 1)"
    assert said.span.position.line == 13
    assert "highlightStyle" in said.message


@pytest.mark.parametrize(
    "script", ["remark.create(settings())", "remark.create({ratio: '16:9'", "remark.create(("]
)
def test_options_that_are_no_literal_do_not_stop_the_deck(script: str) -> None:
    deck, said = read(page(script=script))
    assert deck.source.text == "# One\n"
    assert {item.code for item in said} <= {Code.COMPUTED}


def test_source_url_names_the_deck_and_its_places_are_its_own() -> None:
    text = page("", script="remark.create({sourceUrl: 'talk.md', ratio: '16:9'})")
    deck, said = read(text, talk_md="---\ntitle: T\nratio: '4:3'\n---\n# One\n")
    assert deck.source.path == "talk.md"
    assert settings(deck) == {"title": "T", "ratio": "4:3"}
    assert said == []


def test_a_source_url_that_is_not_there_is_named_at_its_place() -> None:
    with pytest.raises(DeckError) as raised:
        read(page("", script="remark.create({sourceUrl: 'talk.md'})"))
    span = raised.value.diagnostic.span
    assert span is not None
    assert span.text == "'talk.md'"


LOADING = [
    "fetch('talk.md').then(r => r.text()).then(t => remark.create({source: t}));",
    "$.get('talk.md', function (md) { var slideshow = remark.create({source: md}); });",
    "$.ajax({url: 'talk.md', success: (md) => { remark.create({source: md}) }});",
    "var x = new XMLHttpRequest(); x.onload = () => remark.create({source: x.responseText});"
    " x.open('GET', 'talk.md'); x.send();",
    "async function start() { const r = await fetch(`talk.md`); const t = await r.text();"
    " remark.create({source: t}); }\nstart();",
]


@pytest.mark.parametrize("script", LOADING)
def test_a_deck_that_a_script_loads_is_the_file_that_it_names(script: str) -> None:
    for text in (page("", script=script), f"<script src=remark.js></script><script>{script}</script>"):
        deck, said = read(text, talk_md="# Two\n")
        assert (deck.source.path, deck.source.text, said) == ("talk.md", "# Two\n", [])
        assert shown_decks(text.encode()) == ["talk.md"]
        assert is_deck_page(text.encode())
        assert not any("fetch" in item.text or "$." in item.text for item in around(deck).scripts)


@pytest.mark.parametrize("script", LOADING)
def test_a_deck_in_the_page_comes_before_what_a_script_loads(script: str) -> None:
    text = page(script=script)
    deck, _ = read(text, talk_md="# Two\n")
    assert deck.source.text == "# One\n"
    assert shown_decks(text.encode()) == []


def test_a_page_whose_script_loads_one_of_several_decks_names_one() -> None:
    script = "fetch(week ? 'a.md' : 'b.md').then(r => r.text()).then(t => remark.create({source: t}))"
    with pytest.raises(DeckError) as raised:
        read(page("", script=script).replace('id="source"', "hidden"))
    assert "such as a.md" in raised.value.diagnostic.hint


def test_of_two_decks_the_one_that_remark_takes_is_taken() -> None:
    deck, (said,) = read(page(after='<textarea id="source"># Two</textarea>'))
    assert deck.source.text == "# One\n"
    assert said.code is Code.TWO_SOURCES
    deck, (said,) = read(page(script="remark.create({sourceUrl: 'talk.md'})"), talk_md="# Two\n")
    assert deck.source.text == "# Two\n"
    assert said.code is Code.TWO_SOURCES


def test_a_deck_may_be_an_option() -> None:
    deck, _ = read("<script>remark.create({source: '# One\\n\\n---\\n# Two'})</script>")
    assert deck.source.text == "# One\n\n---\n# Two"


@pytest.mark.parametrize("text", ["<p>Hello</p>", "", "<textarea># One</textarea>", "<script>1 + 1</script>"])
def test_a_page_without_a_deck_says_what_was_looked_for(text: str) -> None:
    with pytest.raises(DeckError) as raised:
        read(text)
    assert raised.value.diagnostic.code is Code.NO_DECK
    assert '<textarea id="source">' in raised.value.diagnostic.hint


def test_a_page_that_chooses_its_deck_when_it_is_opened_says_so() -> None:
    head = '<link rel="stylesheet" href="look/a.css"><link rel="stylesheet" href="katex.min.css">'
    text = page("", head=head, script="remark.create({sourceUrl: param('p')})")
    with pytest.raises(DeckError) as raised:
        read(text)
    assert "sourceUrl" in raised.value.diagnostic.message
    assert "css: [look/a.css]" in raised.value.diagnostic.hint


def test_what_a_web_server_fills_in_is_named() -> None:
    _, (said,) = read(page('# One\n<!--#include virtual="two.md" -->\n'))
    assert said.code is Code.SERVER_INCLUDE
    assert said.span is not None
    assert said.span.position.line == 9


def test_style_sheets_come_in_their_order() -> None:
    head = (
        "<style>h1 { color: red }</style><link rel=stylesheet href=a.css media=print><style media=screen>p{}</style>"
        '<link rel="alternate stylesheet" href="b.css"><style data-target="print-only">.x{}</style>'
        '<link rel="stylesheet" href="libs/katex.min.css"><style> </style>'
    )
    deck, _ = read(page(head=head))
    sheets = [(item.reference, item.span.text, item.media) for item in around(deck).sheets]
    assert sheets == [("", "h1 { color: red }", ""), ("a.css", "a.css", "print"), ("", "p{}", "screen")]


OWN = """
slideshow.on('showSlide', function (slide) {
  document.title = slide.getSlideIndex();
});
"""


@pytest.mark.parametrize(
    "script",
    [
        "var slideshow = remark.create({ratio: '16:9'})",
        "var slideshow = remark.create(); slideshow._releaseMath = function (el) {}; slideshow._releaseMath(document);",
        "var o = {};\no.ratio = '16:9'; o['highlightLines'] = true\nremark.create(o)",
        "var o = {}, r = function () { renderMathInElement(document.body); }\nvar s = remark.create(o, r);",
        "remark.create();\n(function (d) { var s = '@media print { .has-continuation {} }'; })(document);",
        "MathJax.Hub.Config({}); remark.macros.scale = function (w) { return '<img src=\"' + this + '\">'; };",
        "if (window.HTMLWidgets) slideshow.on('afterShowSlide', function () {});remark.create()",
        "(function () { var s = document.createElement('script'); s.src = 'https://x.org/MathJax.js?config=A'; })();",
    ],
)
def test_what_slidegen_does_itself_is_left_behind_without_a_word(script: str) -> None:
    deck, said = read(page(script=script))
    assert around(deck).scripts == ()
    assert said == []


@pytest.mark.parametrize(
    ("script", "kept"),
    [
        ("remark.create();" + OWN, OWN),
        (
            "var unused = {a: 1}; var ms = 5;\nvar slideshow = remark.create()\nsetTimeout(go, ms)\nfunction go() {}",
            "setTimeout",
        ),
        ("var deck = remark.create(); deck.on('showSlide', f); function f() {}", "var deck = slideshow;"),
        ("remark.create({}, function (show) { show.gotoSlide(2) })", "show.gotoSlide(2)"),
        ("remark.create().gotoSlide(3)", "slideshow.gotoSlide(3)"),
    ],
)
def test_what_is_the_authors_own_comes_along(script: str, kept: str) -> None:
    deck, _ = read(page(script=script))
    (own,) = around(deck).scripts
    assert kept.strip() in own.text
    assert "unused" not in own.text
    assert "{ratio" not in own.text


def test_functions_that_the_deck_calls_come_along() -> None:
    script = "remark.create();\nfunction play() { tone(1); }\nfunction tone(x) {}\nfunction other() {}"
    deck, _ = read(page("play() &amp;amp;\n", script=script))
    assert around(deck).scripts == ()
    deck, _ = read(page("&lt;button onclick=&quot;play()&quot;&gt;\n", script=script))
    (own,) = around(deck).scripts
    assert "function tone" in own.text
    assert "other" not in own.text


def test_scripts_keep_their_order_and_attributes() -> None:
    after = (
        '<script src="plot.js" id="p"></script><script type="application/json" id="d">{"a": 1}</script>'
        "<script>plot()</script><script src='libs/panelset/panelset.js'></script>"
    )
    deck, _ = read(page(after=after))
    assert [(dict(item.attributes), item.text) for item in around(deck).scripts] == [
        ({"src": "plot.js", "id": "p"}, ""),
        ({"type": "application/json", "id": "d"}, '{"a": 1}'),
        ({}, "plot()"),
    ]


def test_a_script_that_loads_one_from_the_network_is_named() -> None:
    _, (said,) = read(page(script="remark.create(); load('https://example.org/stats.js')"))
    assert said.code is Code.REMOTE_ASSET
    assert said.span is not None
    assert said.span.text == "'https://example.org/stats.js'"


@pytest.mark.parametrize(
    ("script", "math"),
    [
        (r"MathJax.Hub.Config({TeX: {Macros: {RR: '\\mathbb R', b: ['{\\bf #1}', 1]}}})", {}),
        (r"window.MathJax = {tex: {macros: {RR: '\\mathbb R', b: ['{\\bf #1}', 1]}, tags: 'ams'}}", {"number": True}),
        (r"remark.create({}, () => renderMathInElement(document.body, "
         r"{macros: {'\\RR': '\\mathbb R', '\\b': '{\\bf #1}'}}))", {}),
    ],
)  # fmt: skip
def test_macros_of_mathjax_and_katex_become_the_option_math(script: str, math: dict[str, bool]) -> None:
    deck, _ = read(page(script=script))
    macros = {"RR": r"\mathbb R", "b": [r"{\bf #1}", 1]}
    assert settings(deck)["math"] == {"macros": macros, **math, "dollars": False, "code": False}
    assert around(deck).formulas


def test_a_page_that_shows_no_formulas_says_so() -> None:
    deck, _ = read(page("$x$\n"))
    assert not around(deck).formulas


def test_a_function_for_the_number_of_a_slide_is_a_format() -> None:
    script = "remark.create({slideNumberFormat: (now, all) => `<b>${now}</b>/${all} ${now/all*100}%`})"
    deck, said = read(page(script=script))
    assert settings(deck) == {"slideNumberFormat": "<b>%current%</b>/%total% %percent%%"}
    assert said == []


@pytest.mark.parametrize("charset", ["iso-8859-1", "latin1", "windows-1252"])
def test_a_page_is_read_in_the_encoding_that_it_names(charset: str) -> None:
    text = page("# Été\n").replace("utf-8", charset)
    assert "# Été" in decode_page("talk.html", text.encode("cp1252")).text


def test_a_page_that_names_no_encoding_is_utf_8() -> None:
    data = page("# Été\n").encode("cp1252")
    with pytest.raises(DeckError) as raised:
        decode_page("talk.html", data)
    assert raised.value.diagnostic.code is Code.NOT_UTF8


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (page(), True),
        ("<script src=remark.js></script><script>remark.create({sourceUrl: 'a.md'})</script>", True),
        ("<script src=remark.js></script><script>remark.create({sourceUrl: p('a')})</script>", False),
        (page(""), False),
        ("<p>remark: a source</p>", False),
        ("---\ntitle: T\n---\n# One\n\n---\n\n# Two\n", True),
        ("---\nlayout: page\n---\n<p>Hello</p>\n", False),
    ],
)
def test_in_a_folder_a_page_is_a_deck_if_it_holds_or_names_one(text: str, is_one: bool) -> None:
    assert is_deck_page(text.encode()) is is_one


def test_the_deck_that_a_page_shows_is_known() -> None:
    assert shown_decks(b"<script>remark.create({sourceUrl: 'a.md'})</script>") == ["a.md"]
    assert shown_decks(b"<script>remark.create({sourceUris: ['a.md', 'b.md']})</script>") == ["a.md", "b.md"]
    assert shown_decks(page().encode()) == []


def test_what_stands_beside_the_deck_comes_along() -> None:
    text = page(after="<!-- no -->\n<div id=logo><b>A</b></div>\n<noscript>no</noscript>\n<footer>b</footer>")
    text = text.replace("<body>", '<body class="dark" onload="go()">').replace(
        "<html>", '<html class="wide">'
    )
    deck, said = read(text)
    assert said == []
    assert [span.text.strip() for span in around(deck).body] == [
        "<div id=logo><b>A</b></div>",
        "<footer>b</footer>",
    ]
    assert (around(deck).root, around(deck).body_attributes) == ({"class": "wide"}, {"class": "dark"})
    assert [script.text for script in around(deck).scripts] == ["go()"]


@pytest.mark.parametrize("box", ["<div><center>", '<p style="display: none">', ""])
def test_an_empty_box_around_the_deck_is_nothing_to_bring_along(box: str) -> None:
    deck, _ = read(page().replace("<textarea", f"{box}<textarea"))
    assert around(deck).body == ()


def test_a_page_around_a_box_of_slides_is_named() -> None:
    script = "remark.create({container: document.getElementById('box')})"
    deck, (said,) = read(page(script=script, after="<h1>Our course</h1><div id=box></div>"))
    assert said.code is Code.AROUND_DECK
    assert said.span is not None
    assert said.span.text.startswith("<h1>")
    assert around(deck).body == ()


def test_slides_may_be_made_when_the_page_has_loaded() -> None:
    text = page(script="").replace(
        "<body>", "<body onload=\"var slideshow = remark.create({ratio: '16:9'});\">"
    )
    deck, said = read(text)
    assert said == []
    assert settings(deck)["ratio"] == "16:9"
    assert around(deck).scripts == ()


@pytest.mark.parametrize(
    "given",
    [
        "parameter('p') || 'a.md'",
        "parameter('p') ?? ('a.md')",
        "location.hash ? location.hash.slice(1) : 'a.md'",
        "(parameter('p') || 'a') + '.md'",
        "`${parameter('p') || 'a'}.md`",
        "chosen",
    ],
)
def test_where_nothing_is_chosen_a_page_shows_what_it_shows_then(given: str) -> None:
    script = f"const chosen = parameter('p') || 'a.md';\nremark.create({{sourceUrl: {given}}});"
    deck, (said,) = read(page("", script=script), a_md="# A\n")
    assert deck.source.text == "# A\n"
    assert said.code is Code.COMPUTED
    assert "a.md" in said.message
    assert shown_decks(page("", script=script).encode()) == ["a.md"]
    assert is_viewer(page("", script=script).encode())


@pytest.mark.parametrize("script", ["remark.create({sourceUrl: 'a.md'})", "remark.create()", "sourceUrl = 1"])
def test_a_page_with_one_deck_chooses_none(script: str) -> None:
    assert not is_viewer(page(script=script).encode())


@pytest.mark.parametrize(
    ("given", "unknown"),
    [
        ("Object.assign({ratio: '16:9'}, more())", "more()"),
        ("{...more(), ratio: '16:9'}", "more()"),
        ("{ratio: '16:9', ...(small ? {} : other)}", "(small ? {} : other)"),
        ("{ratio: '16:9', [key]: 1}", "[key]: 1"),
    ],
)
def test_of_options_that_are_computed_in_part_the_rest_is_taken(given: str, unknown: str) -> None:
    deck, (said,) = read(page(script=f"remark.create({given});"))
    assert settings(deck)["ratio"] == "16:9"
    assert said.span is not None
    assert said.span.text == unknown
    assert said.message.startswith(f"{unknown}, given to remark.create, is computed")


@pytest.mark.parametrize(
    "script",
    ["remark.create({ratio: '16:9, a: true);", "remark.create({ratio: ]1});", "remark.create({a: [1);"],
)
def test_what_does_not_parse_is_said_not_to(script: str) -> None:
    deck, (said,) = read(page(script=script))
    assert "does not parse" in said.message
    assert said.span is not None
    assert deck.source.text == "# One\n"


DOLLARS = "[['$', '$'], ['\\\\(', '\\\\)']]"


@pytest.mark.parametrize(
    ("script", "marks"),
    [
        (f"MathJax.Hub.Config({{tex2jax: {{inlineMath: {DOLLARS}}}}})", {"code": False}),
        (f"MathJax.Hub.Config({{tex2jax: {{inlineMath: {DOLLARS}, skipTags: ['pre']}}}})", None),
        (
            f"MathJax.Hub.Config({{tex2jax: {{inlineMath: {DOLLARS}, skipTags: ['pre', 'code']}}}})",
            {"code": False},
        ),
        (
            "MathJax.Hub.Config({tex2jax: {inlineMath: [['\\\\(', '\\\\)']]}})",
            {"dollars": False, "code": False},
        ),
        (f"MathJax = {{tex: {{inlineMath: {DOLLARS}}}, options: {{skipHtmlTags: ['pre']}}}}", None),
        ("MathJax = {tex: {packages: ['a']}}", {"dollars": False, "code": False}),
        ("renderMathInElement(document.body)", {"dollars": False, "code": False}),
        ("renderMathInElement(document.body, {delimiters: [{left: '$', right: '$'}]})", {"code": False}),
        ("renderMathInElement(document.body, {delimiters: marks()})", {"code": False}),
        ("s.src = 'https://x.org/MathJax.js?config=TeX-AMS_HTML,local/own'", None),
        ("s.src = 'https://x.org/MathJax.js?config=TeX-AMS_HTML'", {"dollars": False, "code": False}),
        ("s.src = 'https://x.org/MathJax.js'; code.outerHTML = code.innerHTML;", {"dollars": False}),
        ("1", None),
    ],
)
def test_marks_of_formulas_are_those_of_the_page(script: str, marks: dict[str, bool] | None) -> None:
    deck, _ = read(page(script=script))
    given = settings(deck).get("math")
    if marks is None:
        assert not isinstance(given, dict) or {"dollars", "code"}.isdisjoint(given)
    else:
        assert given == marks
