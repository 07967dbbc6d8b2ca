"""Each rule with decks that break it and decks that do not."""

from __future__ import annotations

import pytest

from tests.projects import PIXEL, Project

WRONG = [
    ("SG220", 3, "# A\n\n```python\nimport os\n\n---\n\n# B\n"),
    ("SG220", 3, "# A\n\n~~~\nimport os\n"),
    ("SG220", 3, "# A\n\n```\nimport os\n\n---\n\n# B\n\n```python\nx\n```\n"),
    ("SG220", 3, "- a\n\n    ```python\n    x\n\n- b\n"),
    ("SG220", 3, "# A\n\n> ```\n> import os\n\n---\n\n# B\n"),
    ("SG220", 4, "> ```\n> a\n> ```\n> ```\n> import os\n"),
    ("SG221", 3, "# A\n\n??? say hello\n"),
    ("SG221", 3, "# A\n\n???say hello\n"),
    ("SG221", 3, "# A\n\n????\nsay hello\n"),
    ("SG221", 3, "# A\n\n ???\nsay hello\n"),
    ("SG222", 4, ".left[\na\n\n???\n\nprivate\n]\n"),
    ("SG222", 3, ".a[.left[\na\n???\n\nprivate\n]]\n"),
    ("SG223", 5, "# A\n\ntext\n\n----\n\n# B\n"),
    ("SG223", 5, "# A\n\ntext\n\n------\nclass: center\n\n# B\n"),
    ("SG223", 3, "# A\n\n ---\n\n# B\n"),
    ("SG223", 3, "# A\n\n----\n\n<h2>B</h2>\n"),
    ("SG223", 3, "# A\n\n—\n\ntext\n"),
    ("SG223", 6, "- a\n\n  .box[\n  b\n\n  --\n\n  c\n  ]\n"),
    ("SG223", 3, "> a\n>\n> --\n>\n> b\n"),
    ("SG223", 3, "# A\n\n----\n<!-- class: center -->\n\ntext\n"),
    ("SG223", 2, "# A\n----\n<!-- class: center -->\n# B\n"),
    ("SG223", 5, ".a[b]\n\ntext\n\n----\n\n<!-- name: b -->\ntext\n"),
    ("SG241", 2, "# A\nclass: center, middle\n"),
    ("SG241", 4, "# A\n\n---\n  class: center middle\n# B\n"),
    ("SG241", 5, "# A\n???\nSay it.\n\nlayout: true\n"),
    ("SG241", 4, "# A\n--\nb\ntemplate: c\n"),
    ("SG241", 3, ".box[\na\nbackground-image: url(a.png)\n]\n"),
    ("SG203", 3, "# A\n\n::: {columns}\na\n"),
    ("SG202", 1, "```python {2-1}\na\nb\n```\n"),
    ("SG202", 1, "```python {1,}\na\nb\n```\n"),
    ("SG202", 1, "```python {1|,2}\na\nb\n```\n"),
    ("SG202", 1, "```python {1-2-3}\na\nb\nc\n```\n"),
    ("SG202", 1, '```python hl_lines="2-1"\na\nb\n```\n'),
    ("SG202", 1, "```python {0}\na\n```\n"),
    ("SG203", 1, "::: .columns\na\n"),
    ("SG238", 1, "> [!NTOE]\n> a\n"),
    ("SG238", 3, "- a\n\n  > [!danger]- A title\n  > b\n"),
    ("SG224", 4, ".left[\na\n\n---\n\n# B\n\nb]\n"),
    ("SG225", 1, "| a | b |\n| 1 | 2 |\n"),
    ("SG225", 2, "text\n| a | b |\n|---|---|\n| 1 | 2 |\n"),
    ("SG225", 1, "|---|---|\n| 1 | 2 |\n"),
    ("SG225", 1, "a | b\n1 | 2\n"),
    ("SG225", 5, "# A\n\n---\n\na | b\n1 | 2\n---\n\n# B\n"),
    ("SG225", 1, "| a | b\n| 1 | 2\n"),
    ("SG226", 1, "#\n\ntext\n"),
    ("SG226", 3, "text\n\n###"),
    ("SG226", 1, "####### A\n"),
    ("SG227", 1, "[text] (https://example.org)\n"),
    ("SG227", 1, "(text)[https://example.org]\n"),
    ("SG227", 1, "! [text](a.png)\n"),
    ("SG227", 3, "# A\n\n[text](https://example.org\n\nmore)\n"),
    ("SG227", 3, "# A\n\n- [text](b.html"),
    ("SG227", 3, "# A\n\n[text](b.html\n---\n\n# B\n"),
    ("SG227", 3, "# A\n\n![: scale 60%](a.png)\n"),
    ("SG221", 3, "# A\n\n??\n\nsay hello\n"),
    ("SG221", 3, "# A\n---\n?? \nsay hello\n"),
    ("SG242", 4, ".center[\nx\n]\n]\n"),
    ("SG242", 3, "# A\n\n.red[x]]\n"),
    ("SG242", 5, "- a\n\n---\n- b\n  ]\n"),
    ("SG242", 3, ".box[\nx\n]]\n\n---\n# B\n"),
    ("SG239", 1, "See [the text][nope].\n"),
    ("SG239", 1, "![a map][map]\n\n[maps]: https://example.org/a.png\n"),
    ("SG239", 3, "# A\n\n.left[See [the manual][]]\n"),
    ("SG239", 1, "A [^note] and [^nope]\n\n[^note]: N\n"),
    ("SG239", 5, "A [^1]\n\n[^1]: N\n\n.left[B [^2]]\n"),
    ("SG239", 1, "Words[^1] and others[^two], more[^b2].\n\n[^1]: N\n[^two]: M\n"),
    ("SG114", 1, "[text](htp://example.org)\n"),
    ("SG114", 1, "[text](mialto:a@example.org)\n"),
    ("SG104", 1, "![text](htps://example.org/a.png)\n"),
    ("SG104", 1, "background-image: url(C:\\a\\b.png)\n\n# A\n"),
    ("SG104", 3, '# A\n\n<p style="background: url(D:\\a.png)">text</p>\n'),
    ("SG107", 1, "[text](other.md#sumary)\n"),
    ("SG107", 1, "[text](other.md#nowhere)\n"),
    ("SG231", 1, "![:scale 60](a.png)\n"),
    ("SG231", 1, "![:scale](a.png)\n"),
    ("SG231", 1, "![:scale 60 %](a.png)\n"),
    ("SG231", 1, "![:height wide](a.png)\n"),
    ("SG231", 1, "![:scale 60%]\n"),
    ("SG231", 1, "![:scale 0%](a.png)\n"),
    ("SG231", 1, "![:width 0](a.png)\n"),
    ("SG231", 1, "![:qr 200](https://example.org)\n"),
]
RIGHT = [
    ".box[\n.red[x]\n]\n\n[a\n\nb\n]\n\n```\n]\n```\n\n<pre>\n]\n</pre>\n\n\\\\[ x\n\\\\]\n",
    "- [see .red[x]]\n- x $]a, b]$\n- `a]`\n- ]a, b]\n\n\\]\n",
    "![: ](a.png) ![: 3](a.png)\n\nWhat is this\n??\n\n---\n\n??\n\n--\n\n# B\n\n```\n\n??\na\n```\n",
    "# A\n\nclass: Mammalia, center of the box\nlayout: true story\ntemplate: a b\n",
    "# A\n\n```\nclass: center\n```\n\n    layout: true\n\n`class: center`\n",
    "# A\n--\nclass: center\nb\n---\n<!-- class: center -->\n# B\n",
    "# A\n\n<pre>\nclass: center\n</pre>\n\n- class: center\n",
    "See [the text][Yes] and [yes][].\n\n[yes]: https://example.org\n",
    "`[the text][nope]` x[ab][cd] [ab][0] [ab][^note] \\[ab][cd] .left[ab][cd]\n\n[^note]: N\n",
    "```\nrows[first][second]\n[first][second]\n```\n",
    "In sets [^a-z] [^0-9]+ [^abc]* x[^ab]y `[^nope]` \\[^nope]; [^x]\n\n[^x]: N\n",
    "A deck without footnotes may say [^anything]\n",
    "[a](tel:1) [b](sftp://example.org) [c](doi:10.1/2) [d](mailto:a@example.org) [e](ftps://example.org)\n",
    "[a](other.md#summary) [b](other.md#2) [c](other.md#end) [d](other.md#a-heading)\n",
    "[a](open.md#anything)\n",
    "# A\n\n----\n<!-- a remark -->\n\ntext\n",
    "```\n----\n<!-- class: center -->\n```\n",
    "```python {1,3-4|2 - 3|all|*|none|2-}\na\nb\nc\nd\n```\n",
    "```python {|1 2| 3 }\na\nb\nc\n```\n",
    "> [!tip]- A title\n> a\n> [!other]\n\n> a\n> --\n> b\n",
    "> ```\n> import os\n> ```\n>\n> > ```\n> > a\n> > ```\n",
    "- a\n\n  > [!NOTE]\n  > ```python\n  > x\n  > ```\n",
    "Heading\n----\n\n<h2>B</h2>\n",
    "####### \n",
    '[text](b.html\n"its title")\n\nf([a](b.html), [c](d.html))\n',
    "![:scale 0.5%](a.png)\n",
    "# A\n\n```python\nimport os\n```\n",
    "````\n```python\n````\n",
    "- a\n\n    ```python\n    x\n    ```\n- b\n",
    "# A\n\n???\nsay hello\n",
    "Really???\n\n```\n??? no notes\n```\n",
    "# A\n\ntext\n\n----\n\nmore text\n",
    "Heading\n----\n\n# B\n",
    "- Heading\n  --\n\n  text\n\n```\na\n\n  --\n\nb\n```\n",
    "# A\n\n<!--\n\n----\n\n# B\n-->\n",
    "An en dash – like this one — is fine.\n",
    "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "# A\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "a | b\n--- | ---\n1 | 2\n",
    "$|x|$ is | y |\n",
    "[a](b.html) | [c](d.html)\n[e](f.html) | [g](h.html)\n",
    "# \n\nA gap, as remark leaves it\n",
    "```\n#\n[text] (https://example.org)\n```\n",
    "as in [1] (see below) and [A](https://example.org) (really)\n",
    "![:scale 60%](a.png) ![:width 4em](a.png) ![:height calc(10px + 1em)](a.png)\n",
    "![:qr](https://example.org)\n",
]


def write_others(project: Project) -> None:
    """Write the files that decks here refer to."""
    project.write("a.png", PIXEL)
    project.write("other.md", 'name: summary\n\n# A heading\n\n---\n\n<b id="end">B</b>\n')
    project.write("open.md", "![:include other.md]\n")


@pytest.mark.parametrize(("code", "line", "text"), WRONG)
def test_a_mistake_is_named_in_its_line(project: Project, code: str, line: int, text: str) -> None:
    write_others(project)
    project.write("deck.md", text)
    ran = project.run("build", "deck.md")
    assert ran.code == 0
    assert f"deck.md:{line}:" in ran.err
    assert ran.codes == [code]
    assert "hint: " in ran.err


@pytest.mark.parametrize("text", RIGHT)
def test_what_remark_shows_well_is_not_warned_of(project: Project, text: str) -> None:
    write_others(project)
    for name in "bdfh":
        project.write(f"{name}.html", "<p>x")
    project.write("deck.md", text)
    assert project.run("build", "deck.md").codes == []


def test_a_macro_of_the_users_may_take_what_it_likes(project: Project) -> None:
    project.write("a.png", PIXEL)
    project.write(
        "templates/macros/scale.html",
        '<img src="{{ target }}" style="max-width: none; width: {{ args[0] }}%">',
    )
    project.write("deck.md", "![:scale 60](a.png)\n")
    assert project.run("build", "deck.md").codes == []


def test_notes_that_cut_a_division_are_named_as_the_reason(project: Project) -> None:
    project.write("deck.md", "::: box\na\n???\nb\n:::\n---\n::: box\nc\n???\nd\n---\ne\n:::\n")
    said = project.run("build", "deck.md").err
    assert "deck.md:1:1: warning[SG203]: ??? begins the notes before ::: closes ::: box" in said
    assert "deck.md:5:1: warning[SG203]: ??? comes before this line" in said
    assert "deck.md:7:1: warning[SG203]: no ::: on this slide closes ::: box" in said
    assert "deck.md:13:1: warning[SG203]: this line closes no division" in said


@pytest.mark.parametrize(
    ("text", "column", "hint"),
    [
        ("a [text](htps://example.org/x)", 10, "did you mean https://example.org/x?"),
        ("[text](http//example.org/x)", 8, "did you mean http://example.org/x?"),
        ("[text](other.md#sumary)", 8, "did you mean other.md#summary?"),
        ("[maps, two][mop]\n\n[map]: other.md", 1, "did you mean [maps, two][map]?"),
        ("[text][mop]\n\n[map]: https://example.org", 1, "did you mean [text][map]?"),
        ("background-image: url(C:\\a.png)", 23, "write a.png"),
    ],
)
def test_what_is_meant_is_said_at_its_place(project: Project, text: str, column: int, hint: str) -> None:
    write_others(project)
    project.write("deck.md", f"{text}\n")
    said = project.run("build", "deck.md").err
    assert f"deck.md:1:{column}: warning" in said
    assert f"hint: {hint}" in said
