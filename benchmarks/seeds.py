"""What the fuzzer begins with: a small file of each kind that slidegen reads, and pieces that hurt parsers."""

from __future__ import annotations

DECK = r"""---
title: Seeds
author: [A. Author, {name: B, url: "https://example.org"}]
date: 2026-09-15
css: style.css
bibliography: refs.bib
highlightSpans: true
highlightLines: true
math: {macros: {RR: "\\mathbb{R}"}, number: true}
ratio: "16:9"
duration: 50 min
colors: {accent: "#1b5e9b"}
greeting: Hello *you*
---
name: first
class: center, middle
background-image: url(pixel.png)

# {{title}} $x^2$

{{greeting}} .red[a .b[*c*] `d`] [@curie2020, p. 3] text[^1]

[^1]: A footnote with `code`.

???
Notes with $y$
---
layout: true
.footer[{{content}}]

---
template: first
count: false

- one
--

- two with ![pixel](pixel.png) and ![:scale 50%](pixel.png)
--

  1. three
  2. [link][ref] <b>raw</b> <div class="solution">

x

</div>

[ref]: https://example.org "Title"

---

```python
*x = `marked`
y = "z"  #<<
```

| a | b |
|---|--:|
| 1 | $$\begin{aligned} a &= b \\ c &= d \end{aligned}$$ |

> quote
: definition

![:include part.md]

![:qr https://example.org]
![:youtube abc](0:10)

---
only: instructor
class: solution

.references[]
![:bibliography 1-2]
[there](#first) ~~gone~~ **bold** __under__ https://example.org &amp; &#60;
"""
MODERN = r"""---
title: Newer things
incremental: false
ink: true
extras: [superscript, subscript, emoji]
export: [pdf]
---
# Boxes {.x}

.left-column[
- The list is there,

--

- .b[goes
--
on],
]
.right-column[
and is explained.
]

---
class: incremental, deep

- one
  - two

.incremental[
1. three

| a | b |
|---|---|
| 1 | 2 |
]

.nonincremental[x]

---

:::: {.columns}
::: {.column width="40%" #left title='a "b"' onclick="x()"}
Left ![](pixel.png){width=50% .right onerror=alert(1) style="x: y"}
:::
::: notes
Notes of a division
:::
::: solution
A solution [of text]{.red lang=fr}, a [link](javascript:x){.button target=_blank}
:::
::::

::: {.callout-note title="Mind `the` gap"}
> [!WARNING] Own *title*
> What to look out for: x^2^, H~2~O, ==marked==, :smile:
:::

---

```{.python code-line-numbers="1|2-3|all" filename="a.py"}
x = 1
y = 2
z = 3
```

```python {1|2} linenums=12 title="a.py" wrap diff
+x = 1
-y = 2
```

```console
$ ls \e[31mred\e[0m
me@host:~$ id
```

---

```mermaid alt="Tea" title="How" width=60%
graph LR
  A["<b>Boil</b>"] -->|a & b| B(Pour)
  click A "https://example.org"
```

```dot
digraph { a -> b [label="x<y"]; a [URL="https://example.org"] }
```

<i class="fa fa-rocket fa-2x" title="Go"></i> ![:icon rocket](Start) <span class='bi bi-alarm'></span>

![:countdown 5](min) ![:video pixel.png](x) ![:height 3em](pixel.png)

- [x] done

Term
: meaning[^n]

[^n]: note
"""
PAGE = r"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title>
<link rel="stylesheet" href="style.css">
<style>@import url(other.css); body { background: url(pixel.png) } .red { color: red }</style>
</head><body class="x"><header><h1>Around</h1></header>
<textarea id="source">
class: center

# A &amp; B $x$

![:hello you, and](target)
---
`code` <b>x</b>
</textarea>
<script src="remark.js"></script>
<script>
  remark.macros.hello = function (a, b) { return '<p>' + a + "{" + this + '}</p>'; };
  remark.macros.width = (w) => `<img src="${this}" style="width: ${w}">`;
  var options = {ratio: '16:9', highlightStyle: "github", navigation: {scroll: false}, countIncrementalSlides: !1};
  var slideshow = remark.create(options, function () { MathJax.Hub.Configured(); });
  MathJax.Hub.Config({tex2jax: {inlineMath: [['$', '$'], ['\\(', '\\)']], skipTags: ['pre']}});
</script></body></html>
"""
R_MARKDOWN = r"""---
title: "R `r 1 + 1`"
output:
  xaringan::moon_reader:
    css: [default, style.css]
    nature:
      highlightStyle: github
      ratio: 4:3
      countIncrementalSlides: false
    seal: true
---

```{css, echo=FALSE}
.red { color: red }
```

# One

.pull-left[
```r
x <- c(1, 2) #<<
```
]

---
class: inverse

`\(a^2\)` and <!-- comment -->
"""
BIBLIOGRAPHY = r"""@string{pub = {Publisher}}
@article{curie2020, author = {Curie, Marie and {World Health Organization} and others},
  title = {On {R}adium \'e --- $x$}, journal = "Journal",
  year = 2020, month = jan, doi = {10.1000/xyz_1}, url = {https://example.org/a_b}, pages = {1--2}}
@inproceedings{b, crossref = {c}, author = "von Neumann, John, Jr.", title = "A " # pub, date = {2021-02-03}}
@proceedings{c, title = {Proceedings}, editor = {E. Ditor}, publisher = pub}
@comment{nothing}
"""
CSL_JSON = (
    '[{"id": "curie2020", "type": "book", "title": "T", "author": [{"family": "Curie", "given": "M"}],'
    ' "issued": {"date-parts": [[2020, 1]]}}]'
)
SETTINGS = r"""course: A course
slides: .
variants:
  student: {notes: false}
  instructor: {}
folders:
  part: {theme: slate}
sessions: [2026-09-15, {date: 2026-09-22, title: Two}]
variables: {term: autumn}
exclude: ["x*.md"]
embedLimit: 1 MB
links: {Home: "https://example.org"}
assets: {allow: [], timeout: 2}
"""
STYLES = r"""@charset "utf-8";
@import url("other.css") screen;
@font-face { font-family: F; src: url(font.woff2) format("woff2"), local("G") }
.red, .a > b::after { color: red; content: "\201C x"; background: url( 'pixel.png' ) no-repeat }
@media (min-width: 10px) { .b { background-image: image-set("pixel.png" 1x, url(pixel.png) 2x) } }
/* comment */ @layer x { .katex { font-size: 1em } }
"""
CITATION_STYLE = r"""<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title>T</title><id>t</id><updated>2020-01-01T00:00:00+00:00</updated></info>
<citation><layout prefix="(" suffix=")" delimiter="; "><text variable="title" font-style="italic"/></layout></citation>
<bibliography><layout><names variable="author"/><text variable="title"/></layout></bibliography></style>
"""
THEME = "scheme: light\nhighlightStyle: {light: github, dark: monokai}\ninverse: [title]\nfonts: {text: Georgia}\n"
PART = "# Part\n\nIncluded {{title}}\n\n---\n\n```r\nx\n```\n"
JEKYLL = "title: Site\nbaseurl: /x\ndefaults: []\n"
INK = r"""{"version": 1, "slides": {
 "#first": [{"tool": "pen", "color": "#ff0000", "points": [1, 2, 3.5, 4], "widths": [1, 2], "step": 1}],
 "Boxes": [{"tool": "text", "color": "currentColor", "points": [5, 6], "text": "<b>\nx", "board": 1},
           {"tool": "arrow", "color": "#0f0", "points": [5, 6, 5, 6]},
           {"tool": "rect", "color": "#000", "points": [1, 2]}]
}}
"""
REHEARSAL = r"""{"version": 1, "rehearsals": [
 {"date": "2026-09-15T10:00:00.000Z", "slides": {"#first": 61.5, "Boxes": 30, "Untitled 2": 0}}
]}
"""
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)

PIECES = (
    "\0", "\x02", "\x031\x04", "\x05r1\x06", "\ufeff", "\u2028", "\u0085", "\x0b", "\ue000", "\ue100\ue001",
    "e\u0301", "\U0001f600", "\u202e", "\t", "\r", "\r\n", "\n", "\n\n", "    ", "\\", "---\n", "\n---\n",
    "\n--\n", "\n???\n", "\n??? \n", "---", "{{content}}", "{{", "}}", "{{a}}", "{{title}}", "{% raw %}",
    "{{ x.__class__ }}", "{% for x in y %}", "![:include part.md]",
    "![:include {file: part.md, lines: 1-99999999999}]", "![:include ../../x.md]", "![:include talk.md]",
    "![:nope](", "![](", "](", "[](", "[@curie2020", "[@", "[^1]", "[^1]: ", "[x]: ", "`", "```", "~~~",
    "```{r}\n", ".a[", ".a.b[", "]", "[", ".solution[", "<", ">", "<div", "<div class=\"solution\">",
    "</div>", "<!--", "-->", "<![CDATA[", "<?", "<svg>", "<math>", "<script>", "</script>", "<style>",
    "</style>", "<textarea>", "</textarea>", "<p/x=\"'", "<a href='", "&#0;", "&#xd800;", "&#99999999;",
    "&amp", "$", "$$", "\\(", "\\[", "\\begin{align}", "\\end{align}", "\\frac", "\\def\\a{\\a\\a}",
    "\\text{$", "{", "}", "^", "_", "*", "**", "_*", "~~", "|", "|-|", "- ", "1. ", "> ", "# ", ": ",
    "  - ", "- [x] ", "===", "***", "%00", "%ff", "%", "http://[", "https://example.org/\0", "//", "data:",
    "data:image/svg+xml,", "file:///etc/passwd", "javascript:", "/dev/zero", "../../../../etc/passwd",
    "..\\..\\x", "~root", "C:\\x", "\\\\host\\x", "CON", "/", "./.", "pixel.png#", "?v=1", "x" * 300,
    ".inf", ".nan", "-1", "0", "1e999", "9" * 400, "0x" + "f" * 40, "1:1:1", "-0.0", "2026-02-30",
    "9999-12-31", "0000-00-00", "null", "~", "true", "no", "[]", "{}", "&a [*a]", "*a", "&a ", "<<: *a",
    "!!python/object:os.system x", "!!int x", "!!binary x", "!r x", "? ", "|\n", ">-\n", "\"\\ud800\"", "'",
    "\"", ",", ":", "#", "%YAML 9.9\n", "---\n---\n", "@import", "@import url(style.css);",
    "@charset \"latin-1\";", "url(", "url(\"", "/*", "*/", "@media", "@layer", "\\26 ", "\\0",
    "expression(", "!important", ";", "@string{", "@a{", "and others", "crossref = {b}", "#", "\\'", "\\\\",
    "{\\", "\"}", "remark.create(", "function () { return ", "`${", "=>", "+", "/(a+)+$/", "/x/g",
    "new RegExp('", "\\u{110000}", "\\x", "'\\", "//\n", "while(1);", "$.get(", "sourceUrl: 'talk.md'",
    "background-image: url(", "name: a\n", "class: a\n", "layout: true\n", "layout: false\n",
    "template: a\n", "count: false\n", "exclude: true\n", "only: student\n", "continued: true\n",
    "time: 5 min\n", "footer: x\n", ":::\n", "\n::: notes\n", "\n::: solution\n", "\n:::: {.columns .a}\n",
    "::: {.callout-tip title=\"", "\n> [!NOTE]\n", "> [!CAUTION] x\n", "{.red #x width=50%}",
    "{onclick=\"x\"}", "{", "[x]{.a", "]{.solution}", "{1|2|all}", "{1-99999999999|all}",
    " code-line-numbers=\"1|2\"", "{.python filename=", "linenums=99999999999", "```mermaid\n", "```dot\n",
    "graph TD\n", "A-->B\n", "digraph {", "-> b [label=<", "%%{init: {", "<i class=\"fa fa-", "![:icon ",
    "![:countdown ", "![:video ", "==", "^x^", ":smile:", "\\e[31m", "\x1b[", "\n--\n]", ".incremental[\n",
    "class: incremental, deep\n", "<pre class=\"mermaid\">", ".columns[\n", ".left-column[", "\n\n--\n\n",
    "incremental: true\n", ".nonincremental[", "ink: true\n", "\n:::\n\n:::\n", "::: {#a .b c=d}\n", ":::: columns\n",
    "::: {.callout-warning collapse=true}\n", "> [!solution]\n", "{width=1e9 height=-1 .b}",
    "![a](pixel.png){", "{#first}",
    "{.solution .x}", "```r {1,3-4|5-}\n", "{*|1}", "{|}", "```diff\n", "wrap", "title=\"", "![:icon bi-alarm]()",
    "<i class=\"ti ti-bug\"></i>", "stateDiagram-v2\n", "sequenceDiagram\n", "shapefile=\"/etc/passwd\"", "image=\"",
    "click A call x()", "NaN", "Infinity", "-1e400", "\"points\": []", "\"step\": 1e9", "\"board\": 1000", "[" * 50,
    "{\"a\":" * 50, "\"slides\": {", "\"took\"", "currentColor",
)  # fmt: skip
