# ruff: noqa: E501 - decks in one line each
"""What a variant leaves out is nowhere in what is built; what only looks like a mark stops the build."""

from __future__ import annotations

import json

import pytest

from tests.build.withheld import CONFIG, written
from tests.projects import Project

NO_MARKS = [
    ("a region of code", "# A\n\n```python\n# region solution\nSECRET\n# endregion\n```\n", "4:3"),
    ("a region of code, otherwise", "# A\n\n```js\n//#region solution\nSECRET\n//#endregion\n```\n", "4:3"),
    ("a region in text", "# A\n\n<!-- #region solution -->\nSECRET\n<!-- #endregion -->\n", "3:5"),
    ("an element in comments of code", "# A\n\n```\n# <solution>\nSECRET\n# </solution>\n```\n", "6:1"),
    ("a condition of C", "# A\n\n```c\n#ifdef SOLUTION\nSECRET\n#endif\n```\n", "4:2"),
    ("another condition of C", "# A\n\n```c\n#if defined(SOLUTION)\nSECRET\n#endif\n```\n", "4:2"),
    ("a condition of Handlebars", "# A\n\n{{#if solution}}\nSECRET\n{{/if}}\n", "3:1"),
    ("a section of Mustache", "# A\n\n{{#solution}}\nSECRET\n{{/solution}}\n", "3:1"),
    ("an environment", "# A\n\n\\begin{solution}\nSECRET\n\\end{solution}\n", "3:1"),
    ("an environment in a formula", "# A\n\n$$\\begin{solution}SECRET\\end{solution}$$\n", "3:1"),
    ("a block of Org", "# A\n\n#+begin_solution\nSECRET\n#+end_solution\n", "3:1"),
    ("a directive of reStructuredText", "# A\n\n.. solution::\n\n   SECRET\n", "3:1"),
    ("a role of AsciiDoc", "# A\n\n[.solution]\nSECRET\n", "3:1"),
    ("words in brackets", "# A\n\n[solution]\nSECRET\n[/solution]\n", "5:1"),
    ("comments around it", "# A\n\n<!-- solution -->\nSECRET\n<!-- /solution -->\n", "3:5"),
    ("comments around it, with one word", "# A\n\n<!-- solution -->\nSECRET\n<!-- end -->\n", "3:5"),
    ("a class of reveal.js", '# A\n\nSECRET <!-- .element: class="solution" -->\n', "3:12"),
    ("a comment of Liquid", "# A\n\n{% comment %} SECRET {% endcomment %}\n", "3:1"),
    ("a comment of Jinja2", "# A\n\nx {# SECRET #}\n", "3:3"),
    ("a comment of Handlebars", "# A\n\n{{!-- SECRET --}}\n", "3:1"),
    ("a comment of MDX", "# A\n\n{/* SECRET */}\n", "3:1"),
    ("a comment of Obsidian", "# A\n\n%% SECRET %%\n", "3:1"),
    ("a comment of AsciiDoc", "# A\n\n////\nSECRET\n////\n", "3:1"),
    ("a comment of LaTeX", "# A\n\n\\begin{comment}\nSECRET\n\\end{comment}\n", "3:1"),
    ("a step and notes in one", "# A\n\nx\n\n--???\nSECRET\n", "5:1"),
    ("a slide and notes in one", "# A\n\nx\n\n--- ???\nSECRET\n", "5:1"),
    ("excluded from nothing", "# A\n---\nexclude:\n\nSECRET\n", "3:1"),
    ("a class that no variable gives", "# A\n---\nclass: {{kind}}\n\nSECRET\n", "3:1"),
    ("a class of which a part is unknown", "# A\n---\nclass: left {{kind}}\n\nSECRET\n", "3:1"),
    ("brackets of mathematics", "# A\n\n.solution\u27e6SECRET\u27e7\n", "3:1"),
    ("brackets of another script", "# A\n\nx .left.solution\u3010SECRET\u3011\n", "3:8"),
    ("quotation marks for brackets", "# A\n\n.solution\u00abSECRET\u00bb\n", "3:1"),
    ("a colon for brackets", "# A\n\n.solution: SECRET\n", "3:1"),
    ("a line for brackets", "# A\n\n- x\n- .solution\n  SECRET\n", "4:3"),
    ("a condition of Quarto's", "# A\n\n::: {.content-hidden when-profile=student}\nSECRET\n:::\n", "3:1"),
    ("a class in an end tag", '# A\n\n<div>SECRET</div class="solution">\n', "3:"),
    ("a class behind a tag", '# A\n\n<div> class="solution">SECRET</div>\n', "3:"),
    ("an attribute that says yes", "# A\n\n<details data-solution='true'>SECRET</details>\n", "3:1"),
    ("a layer of a drawing", "# A\n\n<svg><g inkscape:label='Solution'>SECRET</g></svg>\n", "3:6"),
    ("a group of a drawing", "# A\n\n<svg><g id='solution'>SECRET</g></svg>\n", "3:6"),
    ("a callout that folds", "# A\n\n> [!SOLUTION]- Title\n> SECRET\n", "3:1"),
    ("a longer name", "# A\n\n.solution-box[SECRET]\n", "3:1"),
    ("a name with more before it", "# A\n---\nclass: left, full_solution\n\nSECRET\n", "3:1"),
    ("a name for one", "# A\n\n::: instructor-only\nSECRET\n:::\n", "3:1"),
    (
        "an element in a title",
        '# A\n\n::: {.callout-note title="<b class=solution>SECRET</b>"}\nx\n:::\n',
        "3:1",
    ),
    ("a class that a layout names", "layout: true\nclass: {{kind}}\n---\nkind: Solution\n\nSECRET\n", "2:1"),
    (
        "a bracket too early, paragraphs before the last one",
        "# A\n\n.solution[\nOn (0,1] it is so.\n\nSo SECRET\n]\n",
        "3:1",
    ),
    (
        "a bracket too early, a formula before the last one",
        "# A\n\n.solution[on (0,1] $x$ and SECRET]\n",
        "3:1",
    ),
    (
        "a bracket too early, a class before the last one",
        "# A\n\n.solution[on (0,1] .left[x] SECRET]\n",
        "3:1",
    ),
    ("a bracket too early in a class", "# A\n\n.left[.solution[on (0,1] SECRET]]\n", "3:7"),
    ("a bracket too early and a step", "# A\n\n.solution[\n(0,1] so\n--\n\nSECRET\n]\n", "3:1"),
    ("an end tag too many", "# A\n\n<div class=solution>x</div>\nSECRET\n</div>\n", "5:1"),
    ("an end tag too many in a step", "# A\n\n<div class=solution>x\n--\ny</div>\nSECRET\n</div>\n", "7:1"),
    ("an end tag too many in a line", "# A\n\n<b class=solution>x <b>y</b></b>SECRET</b>\n", "3:"),
    ("the end of a division too many", "# A\n\n::: solution\nx\n:::\nSECRET\n:::\n", "3:1"),
    ("a title of a link's definition", '# A [x][a]\n\n[a]: b.html ".solution[SECRET]"\n', "3:1"),
    ("a rule in code", "# A\n\n```python\n### BEGIN SOLUTION\nSECRET\n### END SOLUTION\n```\n", "4:"),
    (
        "a rule in another language",
        "# A\n\n```js\nx // begin solution\n```\n\n```js\n  // BEGIN SOLUTION\nSECRET\n```\n",
        "8:",
    ),
    ("a bare word after a language", "# A\n\n```python solution\nSECRET\n```\n", "3:1"),
    ("a language", "# A\n\n```solution\nSECRET\n```\n", "3:1"),
    ("a class of output", "# A\n\n```{r class.output='solution'}\nSECRET\n```\n", "3:1"),
    ("a class of a chunk", "# A\n\n```{r}\n#| class-output: solution\nSECRET\n```\n", "3:1"),
    ("the name of a chunk", "# A\n\n```{r solution, echo=FALSE}\nSECRET\n```\n", "3:1"),
    ("an invisible character in a key", "# A\n---\ncla\u200bss: solution\n\nSECRET\n", "3:1"),
    ("a byte order mark before a key", "# A\n---\n\ufeffclass: solution\n\nSECRET\n", "3:2"),
    ("a direction mark before a key", "# A\n---\n\u200fclass: solution\n\nSECRET\n", "3:2"),
    ("directions around a key", "# A\n---\n\u2066class\u2069: solution\n\nSECRET\n", "3:2"),
    ("a form feed before a key", "# A\n---\n\x0cclass: solution\n\nSECRET\n", "3:2"),
    ("a space that does not break before a colon", "# A\n---\nclass\u00a0: solution\n\nSECRET\n", "3:1"),
    ("a ratio for a colon", "# A\n---\nclass\u2236 solution\n\nSECRET\n", "3:1"),
    ("directions around a class", "# A\n---\nclass: \u2066solution\u2069\n\nSECRET\n", "3:1"),
    ("a class in a block of YAML", "# A\n---\nclass: >\n  solution\n\nSECRET\n", "3:1"),
    ("a list of YAML in two lines", "# A\n---\nclass: [left,\n  solution]\n\nSECRET\n", "3:1"),
    ("Cyrillic letters", "# A\n\n.s\u043eluti\u043en[SECRET]\n", "3:1"),
    ("Cyrillic letters in a division", "# A\n\n::: \u0455\u043eluti\u043en\nSECRET\n:::\n", "3:1"),
    ("Cyrillic letters in an element", '# A\n\n<div class="\u0455\u043eluti\u043en">SECRET</div>\n', "3:1"),
    ("Cyrillic letters in a key", "# A\n---\n\u0441l\u0430ss: solution\n\nSECRET\n", "3:1"),
    ("Greek letters", "# A\n\n.s\u03bflut\u03b9\u03bfn[SECRET]\n", "3:1"),
    ("letters that are struck out", "# A\n\n.s\u0336o\u0336l\u0336ution[SECRET]\n", "3:1"),
    (
        "an invisible character in a name of an attribute",
        "# A\n\n<div cl\u200bass=solution>SECRET</div>\n",
        "3:1",
    ),
    ("invisible before notes", "# A\n\n\u2060???\nSECRET\n", "3:2"),
    ("invisible in notes", "# A\n\n?\u200b??\nSECRET\n", "3:1"),
    ("small question marks", "# A\n\n\ufe56\ufe56\ufe56\nSECRET\n", "3:1"),
    ("question marks of Arabic", "# A\n\n\u061f\u061f\u061f\nSECRET\n", "3:1"),
    ("a class before another", "# A\n---\nclass: solution\nclass: center\n\nSECRET\n", "3:1"),
    (
        "a class in a comment before another",
        "# A\n---\n<!-- class: solution -->\nclass: center\n\nSECRET\n",
        "3:",
    ),
    ("a variant before another", "# A\n---\nonly: instructor\nonly: student\n\nSECRET\n", "3:1"),
    ("two that are without it", "# A\n---\nexclude: student\nexclude: false\n\nSECRET\n", "3:1"),
    ("a class as YAML lists it", "# A\n---\nclass:\n  - solution\n\nSECRET\n", "3:1"),
    ("a class at the margin of a list", "# A\n---\nclass:\n- solution\n\nSECRET\n", "3:1"),
    ("a class on the next line", "# A\n---\nclass:\n  solution\n\nSECRET\n", "3:1"),
    ("an id after it", "# A\n\n.solution#x[SECRET]\n", "3:1"),
    ("a colon after it", "# A\n\n.solution:x[SECRET]\n", "3:1"),
    ("an equals sign after it", "# A\n\n.solution=[SECRET]\n", "3:1"),
    ("a dot in numbers", "# A\n\n&#46;solution[SECRET]\n", "3:1"),
    ("a dot by name", "# A\n\nx &period;solution[SECRET]\n", "3:3"),
    ("a bracket in numbers", "# A\n\n.solution&#x5B;SECRET]\n", "3:1"),
    ("a role", '# A\n\n<div role="solution">SECRET</div>\n', "3:1"),
    ("data", '# A\n\n<span data-kind="Solution">SECRET</span>\n', "3:1"),
    ("an id of a box", "# A\n\n<section id=solution>SECRET</section>\n", "3:1"),
    ("no dot", "# A\n\nsolution[SECRET]\n", "3:1"),
    ("no dot in a list", "# A\n\n- solution[\nSECRET]\n", "3:3"),
    ("no dot in a box", "# A\n\n.left[\nsolutions[SECRET]\n]\n", "4:1"),
    ("wide bracket", "# A\n\n.solution\uff3bSECRET\uff3d\n", "3:1"),
    ("wide dot", "# A\n\n\uff0esolution[SECRET]\n", "3:1"),
    ("a key misspelled", "# A\n---\nonyl: instructor\n\nSECRET\n", "3:1"),
    ("class case", "# A\n\n.Solution[SECRET]\n", "3:1"),
    ("class upper", "# A\n\n.SOLUTION[SECRET]\n", "3:1"),
    ("class plural", "# A\n\n.solutions[SECRET]\n", "3:1"),
    ("class typo", "# A\n\ntext .soluton[SECRET] x\n", "3:6"),
    ("class swap", "# A\n\n.soultion[SECRET]\n", "3:1"),
    ("class space", "# A\n\n.solution [SECRET]\n", "3:1"),
    ("class dot space", "# A\n\n. solution[SECRET]\n", "3:1"),
    ("class paren", "# A\n\n.solution(SECRET)\n", "3:1"),
    ("class brace", "# A\n\n.solution{SECRET}\n", "3:1"),
    ("multi class near", "# A\n\n.left.Solution[SECRET]\n", "3:1"),
    ("pandoc span", "# A\n\n[SECRET]{.solution}\n", "3:9"),
    ("pandoc div", "# A\n\n::: solution\nSECRET\n", "3:1"),
    ("pandoc div2", "# A\n\n:::{.solution}\nSECRET\n---\n:::\n", "3:"),
    ("kramdown", "# A\n\nSECRET\n{: .solution}\n", "4:1"),
    ("quotes", "# A\n---\nclass: 'solution'\n\nSECRET\n", "3:1"),
    ("class dot", "# A\n---\nclass: .solution\n\nSECRET\n", "3:1"),
    ("class cap", "# A\n---\nclass: middle, Solution\n\nSECRET\n", "3:1"),
    ("Class key", "# A\n---\nClass: solution\n\nSECRET\n", "3:1"),
    ("class space colon", "# A\n---\nclass : solution\n\nSECRET\n", "3:1"),
    ("class eq", "# A\n---\nclass = solution\n\nSECRET\n", "3:1"),
    ("indented prop", "# A\n---\n class: solution\n\nSECRET\n", "3:2"),
    ("classes", "# A\n---\nclasses: solution\n\nSECRET\n", "3:1"),
    ("Only", "# A\n---\nOnly: instructor\n\nSECRET\n", "3:1"),
    ("only space", "# A\n---\nonly : instructor\n\nSECRET\n", "3:1"),
    ("Only after name", "# A\n---\nname: x\nOnly: instructor\n\nSECRET\n", "4:1"),
    ("only Instructor", "# A\n---\nonly: Instructor\n\nSECRET\n", "3:1"),
    ("only quotes", '# A\n---\nonly: "instructor"\n\nSECRET\n', "3:1"),
    ("only empty", "# A\n---\nonly:\n\nSECRET\n", "3:1"),
    ("only after heading", "# A\n---\n# B\n\nonly: instructor\n\nSECRET\n", "5:1"),
    ("Exclude", "# A\n---\nExclude: student\n\nSECRET\n", "3:1"),
    ("exclude plural", "# A\n---\nexclude: students\n\nSECRET\n", "3:1"),
    ("front matter only", "---\nonly: instructor\n---\n# A\n\nSECRET\n", "2:1"),
    ("front matter class", "---\nclass: solution\n---\n# A\n\nSECRET\n", "2:1"),
    ("commented marks", '# A\n\n<!-- <div class="solution"> -->\n\nSECRET\n\n<!-- </div> -->\n', "3:"),
    ("notes blank", "# A\n\n??? \n\nSECRET\n", "3:1"),
    ("notes text", "# A\n\n??? SECRET\n", "3:1"),
    ("notes text2", "# A\n\n???SECRET\n", "3:1"),
    ("notes four", "# A\n\n????\nSECRET\n", "3:1"),
    ("notes two", "# A\n\n??\nSECRET\n", "3:1"),
    ("notes indented", "# A\n\n  ???\nSECRET\n", "3:3"),
    ("notes in box", "# A\n\n.left[\n???\nSECRET\n]\n", "4:1"),
    ("slide in fence", "# A\n\n```\nx\n\n---\nclass: solution\n\nSECRET\n\n```\n\ny\n", "6:1"),
    ("slide in box", "# A\n\n.left[ foo\n\n---\nclass: solution\n\nSECRET ]\n", ""),
    ("div case", '# A\n\n<div class="Solution">SECRET</div>\n', "3:1"),
    ("div comma", '# A\n\n<div class="a,solution">SECRET</div>\n', "3:1"),
    ("div smart", "# A\n\n<div class=\u201csolution\u201d>SECRET</div>\n", "3:1"),
    ("className", '# A\n\n<div className="solution">SECRET</div>\n', "3:1"),
    ("element", "# A\n\n<solution>SECRET</solution>\n", "3:1"),
    ("div open", '# A\n\n<div class="solution">\n\n---\n\nSECRET\n</div>\n', "3:1"),
    ("div open end", '# A\n\n<div class="solution">\n\nSECRET\n', "3:1"),
    ("p open", "# A\n\n<p class=solution>SECRET\n\nx\n", "3:1"),
    ("tag open", '# A\n\n<div class="solution" \n\nSECRET\n', "3:1"),
    (
        "div across steps open",
        '# A\n\n<div class="solution">\n\nSECRET\n--\n\nSECRET2\n\n---\n\nend\n',
        "3:1",
    ),
    ("div in box open", '# A\n\n.left[\n<div class="solution">\nSECRET\n]\n</div>\n', "4:1"),
    ("div in list indent", '# A\n\n- x\n\n    <div class="solution">SECRET</div>\n', "5:"),
    ("box in list indent", "# A\n\n- x\n\n    .solution[SECRET]\n", "5:"),
    ("box in paragraph indent", "# A\n\nx\n    .solution[SECRET]\n", "4:"),
    ("macro target", "# A\n\n![:scale 50%](a .solution[SECRET])\n", "3:"),
    ("unclosed", "# A\n\n.solution[SECRET\n", "3:1"),
    ("comment open", "# A\n\n<!-- SECRET\n\n---\n\nSECRET\n-->\n", "3:1"),
    (
        "class by variable in template",
        'name: t\nlayout: true\n\n<div class="{{who}}">{{content}}</div>\n---\nlayout: false\n# B\n---\ntemplate: t\nwho: solution\n\nSECRET\n',
        "",
    ),
    ("zwsp", "# A\n\n.solu\u200btion[SECRET]\n", "3:1"),
    ("cyrillic", "# A\n\n.s\u043elution[SECRET]\n", "3:1"),
]
"""What it is, a deck, and where it stands."""
LEFT_OUT = [
    (
        "an end tag in an attribute",
        {"slides/a.md": "# A\n\n<div class=solution><b title='</div>'>x</b>SECRET</div>\n"},
    ),
    (
        "an end tag in a script",
        {"slides/a.md": "# A\n\n<div class=solution><script>'</div>'</script>SECRET</div>\n"},
    ),
    (
        "an end tag in a text field",
        {"slides/a.md": "# A\n\n<div class=solution><textarea></div></textarea>SECRET</div>\n"},
    ),
    ("an end tag in CDATA", {"slides/a.md": "# A\n\n<div class=solution><![CDATA[</div>]]>SECRET</div>\n"}),
    (
        "what slidegen.yml says of the course",
        {
            "slidegen.yml": "course: T .solution[SECRET]\nurl: https://example.org/\nterm: Now .solution[SECRET]\n"
            "description: D .solution[SECRET]\nauthor: {name: 'A .solution[SECRET]'}\n"
            "links: {'L .solution[SECRET]': https://example.org/}\n"
            "sessions: [{date: 2026-01-02, title: 'S .solution[SECRET]'}]\nvariants: {student: {notes: false}}\n",
            "slides/a.md": "---\ndate: 2026-01-01\n---\n# A\n",
        },
    ),
    (
        "templates of one's own",
        {
            "slides/a.md": "# A\n",
            "templates/slide.html": '{% include "slidegen/slide.html" %}<p class=solution>SECRET</p><!-- SECRET -->',
            "templates/index.html": "<html><p class=solution>SECRET</p><!-- SECRET --></html>",
        },
    ),
    (
        "a footnote's second paragraph",
        {"slides/a.md": "# A\n\nx .solution[y[^1]]\n\n[^1]: one SECRET\n\n    two SECRET words\n\nB\n"},
    ),
    (
        "a footnote's second paragraph after a tab",
        {"slides/a.md": "# A\n\nx .solution[y[^1]]\n\n[^1]: one SECRET\n\n\ttwo SECRET words\n\nB\n"},
    ),
    (
        "a footnote's code",
        {
            "slides/a.md": "# A\n\nx .solution[y[^1]]\n\n[^1]: one\n\n    ```\n    SECRET = 1\n    ```\n\nB\n",
        },
    ),
    ("a footnote of notes", {"slides/a.md": "# A\n\nx\n\n[^n]: A SECRET footnote\n\n???\n\nnote [^n]\n"}),
    (
        "a footnote in another case",
        {"slides/a.md": "# A\n\n.solution[y[^Note]]\n\n[^note]: A SECRET footnote\n"},
    ),
    ("multi class", {"slides/a.md": "# A\n\n.left.solution[SECRET]\n"}),
    ("comment prop ok", {"slides/a.md": "# A\n---\n<!-- class: solution -->\n\nSECRET\n"}),
    ("div", {"slides/a.md": '# A\n\n<div class="solution">\nSECRET\n</div>\n\nB\n'}),
    ("div unquoted", {"slides/a.md": "# A\n\n<div class=solution>\nSECRET\n</div>\n"}),
    (
        "section two classes",
        {"slides/a.md": "# A\n\n<section class='x solution'>\n\nSECRET **SECRET** `SECRET`\n\n</section>\n"},
    ),
    ("DIV", {"slides/a.md": "# A\n\n<DIV CLASS = solution >\nSECRET\n</DIV>\n"}),
    ("entity", {"slides/a.md": '# A\n\n<div class="&#115;olution">SECRET</div>\n'}),
    ("two class attrs", {"slides/a.md": '# A\n\n<div class="a" class="solution">SECRET</div>\n'}),
    (
        "div across steps",
        {"slides/a.md": '# A\n\n<div class="solution">\n\nSECRET\n--\n\nSECRET2\n\n</div>\n--\n\nend\n'},
    ),
    (
        "div nested",
        {"slides/a.md": '# A\n\n<div class="solution"><div>SECRET</div>SECRET<div>SECRET</div></div>B\n'},
    ),
    (
        "div with formula class code",
        {
            "slides/a.md": '# A\n\n<div class="solution">\n\n.left[SECRET $SECRET$] `</div>` $SECRET$ SECRET\n\n</div>\n'
        },
    ),
    ("box in list", {"slides/a.md": "# A\n\n- x\n  .solution[SECRET]\n- .solution[SECRET]\n"}),
    (
        "table",
        {
            "slides/a.md": "# A\n\n|a|b|\n|-|-|\n|x|.solution[SECRET]|\n|<span class=solution>SECRET</span>|y|\n"
        },
    ),
    ("alt", {"slides/a.md": '# A\n\n![alt .solution[SECRET]](x.png "t .solution[SECRET]")\n'}),
    ("attr", {"slides/a.md": '# A\n\n<b title=".solution[SECRET]">x</b>\n'}),
    (
        "footnote",
        {"slides/a.md": "# A\n\nx .solution[y[^1]]\n\n[^1]: SECRET\n    SECRET\n\n  SECRET too\n\nafter\n"},
    ),
    ("footnote chain", {"slides/a.md": "# A\n\nx .solution[y[^1]]\n\n[^1]: see[^2]\n[^2]: SECRET\n"}),
    (
        "footnote div",
        {
            "slides/a.md": "# A\n\nx <span class=solution>y[^1]</span>\n\n[^1]: SECRET $SECRET$ .left[SECRET]\n"
        },
    ),
    (
        "footnote step",
        {
            "slides/a.md": "# A\n\nx[^1]\n\n[^1]: ok\n---\n# B\n--\nonly: instructor\n\ny[^1]\n\n---\n# C\n.solution[x[^1]]\n\n[^1]: SECRET\n"
        },
    ),
    ("footnote earlier step", {"slides/a.md": "# A\n\n[^1]: SECRET\n--\nonly: instructor\n\ny[^1]\n\n"}),
    ("footnote layout", {"slides/a.md": "layout: true\n\n[^1]: SECRET\n---\n# B\n.solution[x[^1]]\n"}),
    ("prop", {"slides/a.md": "ans: SECRET\n\n# A\n\n.solution[{{ans}}]\n"}),
    (
        "prop other slide uses",
        {"slides/a.md": "ans: 4\n\n# A {{ans}}\n---\nans: SECRET\n\n.solution[{{ans}}]\n"},
    ),
    ("prop layout", {"slides/a.md": "layout: true\nans: SECRET\n\nx\n---\n# B\n.solution[{{ans}}]\n"}),
    ("prop beside known", {"slides/a.md": "name: x\nans: SECRET\n\n# A\n"}),
    ("front var", {"slides/a.md": "---\nans: SECRET\n---\n# A\n\n.solution[{{ans}}]\n"}),
    (
        "front var shown value",
        {
            "slides/a.md": "---\nans: 4 .solution[SECRET] <b class=solution>SECRET</b>\nfooter: f .solution[SECRET]\ntitle: T .solution[SECRET]\ndescription: D .solution[SECRET]\n---\n# A {{ans}}\n"
        },
    ),
    (
        "link definition",
        {
            "slides/a.md": '# A\n\n[x][a] .solution[\n[a]: SECRET.html\n]\n\n[y][b]\n\n---\nclass: solution\n\n[b]: SECRET.html "SECRET"\n\n???\n[c]: SECRET.html\n'
        },
    ),
    (
        "link def comment",
        {"slides/a.md": "# A\n\n[x][a] [y][b]\n<!--\n[a]: http://SECRET\n-->\n\n???\n[b]: http://SECRET\n"},
    ),
    (
        "link def twice",
        {"slides/a.md": "# A\n\n[x][a]\n\n[a]: http://ok\n\n---\nclass: solution\n\n[a]: http://SECRET\n"},
    ),
    (
        "comment",
        {
            "slides/a.md": "# A\n\n<!-- SECRET --> x <!-- SECRET\n\nSECRET -->\n\n<style>/* SECRET */ .a{color:red}</style>\n<script>// SECRET\nlet a = 'x'; /* SECRET */</script>\n<svg><!-- SECRET --><g class=\"solution\"><text>SECRET</text></g></svg>\n"
        },
    ),
    (
        "include hidden",
        {
            "slides/a.md": "# A\n---\nclass: solution\n\n![:include ../s/b.md]\n\nSECRET\n---\n# C\n",
            "s/b.md": "# B SECRET\n---\n# SECRET\n--\nSECRET\n---\nlayout: false\n# SECRET\n![:include c.md]\n",
            "s/c.md": "SECRET\n---\nSECRET\n\n[a]: SECRET.html\n",
        },
    ),
    (
        "include by layout",
        {
            "slides/a.md": "# A\n---\nlayout: true\nonly: instructor\n---\n\n![:include ../s/b.md]\n\n---\nlayout: false\n# C\n",
            "s/b.md": "# B SECRET\n---\nlayout: false\n# SECRET\n---\n# SECRET\n",
        },
    ),
    (
        "include in box",
        {
            "slides/a.md": "# A\n\n.solution[![:include ../s/b.md]]\n",
            "s/b.md": "SECRET\n\n[a]: SECRET.html\n???\nSECRET\n",
        },
    ),
    (
        "include in box, notes kept",
        {
            "slides/a.md": "# A\n\n.solution[![:include ../s/b.md]]\n",
            "s/b.md": "SECRET\n\n???\nSECRET\n",
            "slidegen.yml": "variants: {student: {notes: true}}\n",
        },
    ),
    (
        "include in div",
        {
            "slides/a.md": '# A\n\n<div class="solution">\n\n![:include ../s/b.md]\n\n</div>\n',
            "s/b.md": "SECRET\n\n[a]: SECRET.html\n???\nSECRET\n",
        },
    ),
    (
        "bodyStart",
        {
            "slides/a.md": "---\nbodyStart: ../b.html\n---\n# A\n",
            "b.html": "<p>ok</p><!-- SECRET --><div class='solution'>SECRET<img src='x.png'></div>",
        },
    ),
    (
        "svg file",
        {
            "slides/a.md": "# A\n\n![](x.svg) <img src=x.svg> <svg><use href='x.svg#a'></svg>",
            "slides/x.svg": "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><!-- SECRET --><g id='a'><rect width='3' height='3'/></g><g class='solution'><text>SECRET</text></g></svg>",
        },
    ),
    (
        "css file",
        {
            "slides/a.md": "---\ncss: x.css\nscripts: x.js\n---\n# A\n",
            "slides/x.css": "/* SECRET */ .a{}",
            "slides/x.js": "// SECRET\nlet x = 1",
        },
    ),
    (
        "layout content",
        {
            "slides/a.md": 'layout: true\n\n# L\n\n<div class="solution">{{content}}</div>\n---\nSECRET\n---\nlayout: false\n# C\n'
        },
    ),
    (
        "layout content box",
        {
            "slides/a.md": "name: t\nlayout: true\n\n# L\n\n.solution[{{content}}]\n---\nlayout: false\n# C\n---\ntemplate: t\n\nSECRET [x](SECRET.html)\n"
        },
    ),
    (
        "layout false hidden",
        {"slides/a.md": "layout: true\n\nSTAY\n---\nlayout: false\nclass: solution\n\nSECRET\n---\n# B\n"},
    ),
    (
        "template hidden",
        {"slides/a.md": "name: t\nclass: solution\n\nSECRET\n---\n# B\n---\ntemplate: t\n\nSECRET\n"},
    ),
    (
        "class by variable in html",
        {"slides/a.md": '---\nwho: solution\n---\n# A\n\n<div class="{{who}}">SECRET</div>\n'},
    ),
    (
        "macro html",
        {
            "slides/a.md": "# A\n\n![:m SECRET]\n",
            "templates/macros/m.html": "<p>ok</p><div class='solution'>{{ args[0] }}</div><!-- {{ args[0] }} -->",
        },
    ),
    (
        "excluded",
        {"slides/a.md": "# A\n---\nexclude: true\n\nSECRET [x][a]\n\n[a]: SECRET.html\n---\n# B [x][a]\n"},
    ),
    (
        "background",
        {
            "slides/a.md": "# A\n---\nclass: solution\nbackground-image: url(SECRET.svg)\n\nx\n",
            "slides/SECRET.svg": "<svg xmlns='http://www.w3.org/2000/svg'><text>SECRET</text></svg>",
        },
    ),
    ("quote block", {"slides/a.md": "# A\n\n> .solution[SECRET]\n> <span class=solution>SECRET</span>\n"}),
    (
        "page",
        {
            "slides/a.html": "<!DOCTYPE html><html><body><!-- SECRET --><p class=solution>SECRET</p><textarea id=source># A\n\n.solution[SECRET]\n\n<!-- SECRET -->\n</textarea><script src=remark.js></script><script>// SECRET\nvar slideshow = remark.create();</script></body></html>"
        },
    ),
    ("comment prop", {"slides/a.md": "# A\n---\n# B\n<!-- class: solution -->\n\nSECRET\n"}),
    ("formula", {"slides/a.md": "# A\n\n$a .solution[SECRET]$\n"}),
    (
        "srcdoc",
        {
            "slides/a.md": "# A\n\n<iframe srcdoc=\"<p class='solution'>SECRET</p><!-- SECRET -->ok\"></iframe>\n"
        },
    ),
    (
        "slideNumberFormat",
        {"slides/a.md": '---\nslideNumberFormat: "%current% <i class=solution>SECRET</i>"\n---\n# A\n'},
    ),
    (
        "citation",
        {
            "slides/a.md": "---\nbibliography: r.bib\n---\n# A\n\n.solution[[@k]] ok\n\n![:bibliography]\n",
            "slides/r.bib": "@book{k, title={SECRET}, author={SECRET, A}, year=2000}\n",
        },
    ),
    (
        "carriage returns",
        {"slides/a.md": "# A\r\n\r\n???\r\nSECRET\r\n---\r\nclass: solution\r\n\r\nSECRET\r\n"},
    ),
    ("code with brackets", {"slides/a.md": "# A\n\n.solution[x `a]` SECRET] y\n"}),
    ("a picture's class", {"slides/a.md": '# A\n\n<img class="solution" alt="SECRET" src="SECRET.png">\n'}),
    (
        "a page in a frame",
        {
            "slides/a.md": '# A\n\n<iframe src="w.html"></iframe>\n',
            "slides/w.html": "<p>ok</p><!-- SECRET --><div class=solution>SECRET</div>",
        },
    ),
    ("notes in code", {"slides/a.md": "# A don`t\n\n???\nSECRET `x`\n"}),
    ("slide in code", {"slides/a.md": "# A don`t\n\n---\nclass: solution\n\nSECRET `x`\n"}),
    ("quoted in brackets", {"slides/a.md": "# A\n---\nclass: [solution]\n\nSECRET\n"}),
]
"""What it is, and files in which every SECRET is left out."""


@pytest.mark.parametrize(
    ("deck", "place"), [form[1:] for form in NO_MARKS], ids=[form[0] for form in NO_MARKS]
)
def test_what_looks_like_a_mark_and_is_none_stops_the_build(project: Project, deck: str, place: str) -> None:
    project.write("slidegen.yml", CONFIG)
    project.write("slides/a.md", deck)
    ran = project.run("build", "--variant", "student", "-o", "out")
    assert ran.code == 1
    assert any(f"slides/a.md:{place}" in line and " error[" in line for line in ran.err.splitlines()), ran.err
    assert not (project.folder / "out/a.html").exists()


@pytest.mark.parametrize("name", ["class case", "quotes", "Only", "notes blank", "div open", "pandoc span"])
def test_elsewhere_it_is_a_warning(project: Project, name: str) -> None:
    deck, place = next(form[1:] for form in NO_MARKS if form[0] == name)
    project.write("slidegen.yml", CONFIG)
    project.write("slides/a.md", deck)
    ran = project.run("build", "-o", "out")
    assert ran.code == 0
    assert "SG165" in ran.codes
    assert f"slides/a.md:{place}" in ran.err
    project.write("slidegen.yml", "course: T\n")
    assert "SG165" not in project.run("build", "-o", "out").codes, "a project without variants has no marks"


@pytest.mark.parametrize("files", [form[1] for form in LEFT_OUT], ids=[form[0] for form in LEFT_OUT])
def test_nothing_of_what_is_left_out_is_in_what_is_built(project: Project, files: dict[str, str]) -> None:
    for name, text in {"slidegen.yml": CONFIG, **files}.items():
        project.write(name, text)
    ran = project.run("build", "--variant", "student", "-o", "out")
    assert ran.code == 0, ran.err
    assert project.files("out")
    assert "SECRET" not in written(project)
    assert {"SG069", "SG165"}.isdisjoint(ran.codes)
    ran = project.run("inspect", "--variant", "student")
    assert "SECRET" not in json.dumps(json.loads(ran.out.splitlines()[0])["slides"])


LARGE = "x" * 3000
LINKED = [
    (
        "a page in a frame",
        "<iframe src='x.html'></iframe>",
        "x.html",
        f"<p class=solution>SECRET</p><!-- SECRET -->{LARGE}",
    ),
    (
        "a drawing",
        "![](x.svg)",
        "x.svg",
        f"<svg xmlns='http://www.w3.org/2000/svg'><g class='solution'>SECRET</g><text>{LARGE}</text></svg>",
    ),
    ("a page that is linked", "[x](x.html)", "x.html", "<p class='a solution'>SECRET</p><!-- SECRET -->"),
    ("a style sheet that is linked", "[x](x.css)", "x.css", "/* SECRET */ .a {}"),
]
"""What it is, a slide that uses it, its name and its text; they are copied beside the page."""


@pytest.mark.parametrize(
    ("slide", "name", "text"), [each[1:] for each in LINKED], ids=[each[0] for each in LINKED]
)
def test_files_that_are_copied_as_they_are_named_are_without_it(
    project: Project, slide: str, name: str, text: str
) -> None:
    project.write("slidegen.yml", f"{CONFIG}embedLimit: 1 kB\n")
    project.write(f"slides/{name}", text)
    project.write("slides/a.md", f"# A {slide}\n")
    ran = project.run("build", "--variant", "student", "-o", "out")
    assert ran.code == 0, ran.err
    assert name in project.files("out")
    assert "SECRET" not in written(project)
    assert project.run("build", "-o", "all").code == 0
    assert "SECRET" in (project.folder / "all" / name).read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("_part.md", "# P\n\n.solution[SECRET]\n", "3:1"),
        ("_part.md", "# P\n---\nonly: instructor\n\nSECRET\n", "3:1"),
        ("_part.md", "# P\n\n???\nSECRET\n", "3:1"),
        ("_part.Rmd", "# P\n\n<b class='Solution'>SECRET</b>\n", "3:1"),
        ("_part.md", "# P\n\n::: {.solution}\nSECRET\n:::\n", "3:1"),
        ("work.py", "x = 1\n    ### BEGIN SOLUTION\n    SECRET = 2\n    ### END SOLUTION\n", "2:"),
        ("work.ipynb", '{"source": [\n    "### BEGIN SOLUTION\\n",\n    "SECRET"\n]}\n', "2:"),
        ("work.tex", "% begin solution\nSECRET\n", ""),
    ],
)
def test_marks_in_a_file_that_is_copied_as_it_is(project: Project, name: str, text: str, place: str) -> None:
    project.write("slidegen.yml", CONFIG)
    project.write(f"slides/{name}", text)
    project.write("slides/a.md", f"# A [x]({name})\n")
    ran = project.run("build", "--variant", "student", "-o", "out")
    if place:
        assert (ran.code, ran.codes) == (1, ["SG069"])
        assert ran.err.startswith(f"slides/{name}:{place}")
        assert project.files("out") == []
    else:
        assert ran.code == 0, ran.err
    assert project.run("build", "-o", "all").code == 0


@pytest.mark.parametrize(
    "text",
    [
        "<div>\n<div class=solution>x</div>\ny\n</div>",
        "<div>\n--\n<div class=solution>x</div>\ny\n</div>",
        ".solution[x]\n\non ]0,1] and [0,1[",
        ".solution[x]\n\nsee [1], [a][b] and [x] y]z",
        "- .solution[x]\n- [ ] open\n- [x] done",
        "<p class=solution>it's a<b and 'c' <d</p> y",
        "![:open]()<div class=solution>x</div> y</div>",
        "```python\nx = 1  # the end of the solution is near\n# END\n```",
        "::: solution\nx\n:::\n\n::: {.callout-note}\ny\n:::",
        ".no-solution[x] .instructor-photo[x] .course-instructor[x] .solutions-2024[x]",
        "Files end in .solution or\n.key, as in a.solution: x",
        "<svg><g id='walk'><title>A solution</title></g></svg>",
        "## <Solution>\n\nif (x) { /* solution */ } 50%% of {#id} [/solution](b.html)",
        "<!-- solution -->\n\n.solution[x]\n\n<!-- next -->",
        "<details data-solution='3'>x</details> and </div> class is not \"solution\" here",
    ],
)
def test_what_ends_where_it_should_raises_no_alarm(project: Project, text: str) -> None:
    project.write("slidegen.yml", CONFIG)
    project.write("templates/macros/open.html", "<div class='a'>")
    project.write("slides/a.md", f"# A\n\n{text}\n\n---\n# B\n\n[b]: https://example.org\n")
    ran = project.run("build", "--variant", "student", "-o", "out")
    assert "SG069" not in ran.codes, ran.err
    assert ran.code == 0, ran.err


def test_code_and_escaped_marks_and_prose_are_no_marks(project: Project) -> None:
    project.write("slidegen.yml", CONFIG)
    project.write(
        "slides/a.md",
        "# A\n\n\\.solution[x1] and `.solution[x2]` and\n\n```\n.solution[x3]\n<!-- x4 -->\n"
        '<div class="solution">\n```\n\n    .solution[x5]\n\n---\n'
        "# B\n\nClass: the best solution wins. The solution [1] is. Only: a few.\nExclude: none of these\n\n"
        "solution[1] and\nsolution[^1]\nsolution[i]\n.resolution[x6] .instructions[x7] .evolution[x8]\n\n<style>.solution { color: red }</style>\n"
        '<a id="solution"></a> R&D.solution <b data-x="no solution">x9</b>\n---\nclass:\n\nx10\n---\nclass: left\nclass: center\nx11\n',
    )
    ran = project.run("build", "--variant", "student", "-o", "out")
    assert (ran.code, ran.err) == (0, "")
    html = project.page("out/a.html").html
    assert [name for name in (f"x{number}" for number in range(1, 12)) if name not in html] == []


@pytest.mark.parametrize(
    "text",
    [
        '```python {title="the solution"}\nx1\n```',
        "```{r, fig.cap='Our solution'}\nx1\n```",
        "x1 ```solution``` x2",
        "\u0420\u0435\u0448\u0435\u043d\u0438\u0435: x1\n\n\u041a\u043b\u0430\u0441\u0441: x2",
        "Is it so?\n\nWhy? How? When?\n\n\u061f x1",
    ],
)
def test_words_about_code_and_in_other_scripts_are_no_marks(project: Project, text: str) -> None:
    project.write("slidegen.yml", CONFIG)
    project.write("slides/a.md", f"# A\n\n{text}\n")
    ran = project.run("build", "--variant", "student", "-o", "out")
    assert ran.code == 0, ran.err
    assert "SG165" not in ran.codes


def test_comments_are_in_no_variant(project: Project) -> None:
    project.write(
        "slides/a.md",
        "# A\n\n<!-- FIRST REMARK --> text\n\n<style>\n/* SECOND REMARK */\n.a { content: '/* kept */' }\n</style>\n\n"
        "<script>\n// THIRD REMARK\nwindow.x = '// kept'; /* LAST REMARK */\n</script>\n",
    )
    project.run("build", "--variant", "instructor", "-o", "out")
    html = project.page("out/a.html").html
    assert [
        word for word in ("FIRST REMARK", "SECOND REMARK", "THIRD REMARK", "LAST REMARK") if word in html
    ] == []
    assert "'/* kept */'" in html
    assert "'// kept'" in html


@pytest.mark.parametrize(
    "formula",
    [
        "$$\nx % SECRET\n+ y\n$$",
        "$x + y % SECRET$",
        "`$x + y % SECRET$`",
        "\\begin{align}\nx &= y % SECRET\n\\end{align}",
    ],
)
def test_comments_in_formulas_are_in_no_variant(project: Project, formula: str) -> None:
    project.write("slidegen.yml", CONFIG)
    kept = "$\\text{50% of KEPT}$ and $50\\% KEPT$"
    project.write("slides/a.md", f"# A\n\n{formula}\n\n{kept}\n")
    ran = project.run("build", "--variant", "student", "-o", "out")
    assert ran.code == 0, ran.err
    assert "SECRET" not in written(project)
    html = project.page("out/a.html").html
    assert "50% of KEPT" in html
    assert "50\\% KEPT" in html
    assert "<mi>y</mi>" in html


def test_a_link_whose_address_is_left_out_is_named(project: Project) -> None:
    project.write("slides/a.md", "# A\n\nSee [the notes][n].\n\n???\n[n]: https://example.org\n")
    ran = project.run("build", "--variant", "student", "-o", "out")
    assert (ran.code, ran.codes) == (0, ["SG166"])
    assert ran.err.startswith("slides/a.md:3:5: warning[SG166]: the address of [n] is left out")


@pytest.mark.parametrize(
    ("html", "place"),
    [
        ("<p>x</p>\n<div class='Solution'>SECRET</div>", "b.html:2:1"),
        ("<div class=solution>\nSECRET", "b.html:1:1"),
        ("<solution>SECRET</solution>", "b.html:1:1"),
        ("x <!-- SECRET", "b.html:1:3"),
    ],
)
def test_what_is_no_mark_beside_the_slides(project: Project, html: str, place: str) -> None:
    project.write("slidegen.yml", CONFIG)
    project.write("b.html", html)
    project.write("slides/a.md", "---\nbodyStart: ../b.html\n---\n# A\n")
    ran = project.run("build", "--variant", "student", "-o", "out")
    assert (ran.code, ran.codes) == (1, ["SG069"])
    assert ran.err.startswith(f"{place}: error[SG069]")
    assert project.run("build", "-o", "out").codes == ["SG165"]


ANSWERS = {
    "a rule": '.solution::after { content: "SECRET" }',
    "rules within others": 'p { color: red; .solution &::before { content: "SECRET" } } @media all { b.solution::after { content: "SECRET" } }',
    "a custom property": ".solution.left > p, :is(.instructor, .solution b) { --answer: 'SECRET' }",
    "a picture": ".solution { background: url(\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><text>SECRET</text></svg>\") }",
}


@pytest.mark.parametrize("css", ANSWERS.values(), ids=ANSWERS.keys())
def test_style_sheets_have_no_rules_for_what_is_left_out(project: Project, css: str) -> None:
    project.write("slidegen.yml", CONFIG + "css: [a.css]\n")
    kept = ".hint::after, .solution::after { content: 'kept1' } p:not(.solution)::after { content: 'kept2' }"
    project.write("a.css", f"{css}\n{kept}\n")
    project.write("slides/a.md", f"# A\n\n<style>{css} {kept}</style>\n\n.hint[x]\n")
    project.write("slides/b.html", "<p>no deck</p>")
    ran = project.run("build", "--variant", "student", "-o", "out")
    assert ran.code == 0, ran.err
    assert "SECRET" not in written(project)
    assert written(project).count("kept1") > 1
    assert written(project).count("kept2") > 1
    project.run("build", "-o", "out")
    assert "SECRET" in written(project)


HIDDEN = {
    "an attribute": "<div hidden>some words</div>",
    "a style": '<p style="color: red; display:none">some <b>words</b></p>',
    "letters without size": '<span style="font-size: 0">some words</span>',
    "a template": "<template><p>some words</p></template>",
    "a part of a drawing": '<svg viewBox="0 0 9 9"><g display="none"><text>some words</text></g></svg>',
}


@pytest.mark.parametrize("html", HIDDEN.values(), ids=HIDDEN.keys())
def test_text_that_is_only_hidden_is_named(project: Project, html: str) -> None:
    project.write("slidegen.yml", CONFIG)
    project.write("slides/a.md", f"# A\n\n{html}\n")
    for options in (["--variant", "student"], []):
        ran = project.run("build", *options, "-o", "out")
        assert (ran.code, ran.codes) == (0, ["SG320"])
        assert "slides/a.md:3:" in ran.err
    project.write("slidegen.yml", "course: T\n")
    assert project.run("build", "-o", "out").codes == []


@pytest.mark.parametrize(
    "html",
    [
        '<div style="opacity: 0.5">some words</div>',
        "<input hidden value=x> some words",
        "<div hidden><img src='data:,'></div>",
        "`<div hidden>some words</div>`",
        "<p class=solution hidden>some words</p>",
    ],
)
def test_what_is_shown_or_left_out_is_not_hidden(project: Project, html: str) -> None:
    project.write("slidegen.yml", CONFIG)
    project.write("slides/a.md", f"# A\n\n{html}\n")
    assert "SG320" not in project.run("build", "--variant", "student", "-o", "out").codes
