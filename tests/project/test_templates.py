"""Whose templates are run, and what is never run as one."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from slidegen.project.template_cache import CompiledTemplates
from tests.html_pages import page
from tests.projects import Project, Ran

CODE = "cycler.__init__.__globals__.os.open('owned', 64)"
"""Makes a file where it runs as a template."""
PRINTED = f"{{{{ {CODE} }}}}"


@pytest.mark.parametrize(
    "function",
    [
        f"function () {{ return '<p>{{' + '{{ {CODE.replace(chr(39), chr(34))} }}}}</p>' }}",
        f"function () {{ var a = '{{'; return a + a + ` {CODE} ` + '}}}}' }}",
        f"function (a) {{ return '<p>{{' + (a || '{{') + \" {CODE} \" + '}}}}' }}",
        f"(a = '{{%') => a + \" set x = {CODE} %}}\"",
        "function () { return '<p>' + this + '</p>' }",
    ],
)
def test_macros_of_a_page_run_nothing(project: Project, function: str) -> None:
    deck = f"# A\n\n![:three]({PRINTED.replace(')', '&#41;')})\n\n![:three {PRINTED}](x)\n"
    project.write("q.html", page(deck, script=f"remark.macros.three = {function};\nremark.create();"))
    project.run("build", "q.html", "-o", "out.html")
    assert "cycler" in project.page("out.html").html
    project.run("import", "q.html", "-o", "course")
    project.run("build", "course", "-o", "site")
    assert "cycler" in project.page("site/slides/q.html").html
    assert not list(project.folder.rglob("owned"))


def test_a_macro_with_braces_is_a_text(project: Project) -> None:
    script = "remark.macros.two = function () { return '<b>{' + this + '}</b>' };\nremark.create();"
    project.write("q.html", page("# A\n\n![:two](z)\n", script=script))
    project.build("q.html", "-o", "out.html")
    assert "<b>{z}</b>" in project.page("out.html").html
    ran = project.run("import", "q.html", "-o", "course")
    assert (ran.code, "unchanged" in ran.out) == (0, True)


@pytest.mark.parametrize("name", ["__proto__", "constructor", "a/b", "../x", "a b", "{{7*7}}", "macros.x"])
def test_names_of_macros_are_names(project: Project, name: str) -> None:
    script = f"remark.macros['{name}'] = function () {{ return '<p>{{{{ 7 * 7 }}}}</p>' }};\nremark.create();"
    project.write("q.html", page(f"# A\n\n![:{name}](z)\n", script=script))
    project.run("build", "q.html", "-o", "out.html")
    built = project.folder / "out.html"
    assert not built.exists() or "49" not in "".join(project.page("out.html").slides)


@pytest.mark.parametrize(
    "deck",
    [
        f"---\ntitle: '{PRINTED}'\nlang: \"{{{{ 7 * 7 }}}}\"\n---\n# A\n",
        f"---\ntheme: '{PRINTED}'\n---\n# A\n",
        f"---\nfooter: '{PRINTED}'\nauthor: '{PRINTED}'\n---\n# A {PRINTED}\n\n![:scale {PRINTED}](x.png)\n",
        "# A\n\n![:../deck](x)\n\n![:{{ 7*7 }}](x)\n",
    ],
)
def test_what_a_deck_says_is_no_template(project: Project, deck: str) -> None:
    project.write("talk.md", deck)
    project.run("build", "talk.md", "-o", "out.html")
    assert not list(project.folder.rglob("owned"))
    built = project.folder / "out.html"
    assert not built.exists() or "49" not in "".join(project.page("out.html").slides)


FOREIGN = [
    "{{ cycler.__init__.__globals__.os.getcwd() }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ args.__class__.__init__.__globals__ }}",
    "{{ captions.__globals__.keys() }}",
    "{{ deck.update({'title': 'x'}) }}",
]


def build_theirs(project: Project, macro: str) -> Ran:
    """Build a deck of another project, which uses a macro of that project."""
    project.write("theirs/slidegen.yml", "course: Theirs\n")
    project.write("theirs/talk.md", "# A\n\n![:m](x)\n")
    project.write("theirs/templates/macros/m.html", macro)
    project.write("mine/notes.md", "# B\n")
    return Project(project.folder / "mine").run("build", "../theirs/talk.md", "-o", "out")


@pytest.mark.parametrize("template", FOREIGN)
def test_templates_of_another_project_run_in_a_sandbox(project: Project, template: str) -> None:
    ran = build_theirs(project, f"<p>{template}</p>")
    assert (ran.code, ran.codes) == (1, ["SG006"])
    project.write(
        "theirs/templates/macros/m.html", "<p>{{ target|upper }} {% for n in [1, 2] %}{{ n }}{% endfor %}</p>"
    )
    Project(project.folder / "mine").build("../theirs/talk.md", "-o", "out")
    assert "<p>X 12</p>" in project.page("mine/out/talk.html").html


ENDLESS = {
    "a text times a number": "{{ 'a' * 10**9 }}",
    "a list times a number": "{{ [0] * 10**9 }}",
    "a large number": "{{ 2 ** (2 ** 40) }}",
    "a long range": "{% for n in range(10**9) %}x{% endfor %}",
    "loops in loops": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "a loop that calls itself": "{% for a in range(999) recursive %}{{ loop(range(999)) }}{% endfor %}",
    "macros that call each other": "{% macro a(n) %}{% if n %}{{ a(n-1) }}{{ a(n-1) }}{% endif %}{% endmacro %}"
    "{{ a(40) }}",
    "a width": "{{ '%1000000000d' % 1 }}",
    "a width for a filter": "{{ '%1000000000d'|format(1) }}",
    "a width for a method": "{{ '{:>1000000000}'.format(1) }}",
    "a width that is an argument of a method": "{{ '{:>{}}'.format(1, '999999999') }}",
    "a width in a mapping": "{{ '{a:>{b}}'.format_map({'a': 1, 'b': '999999999'}) }}",
    "a width as an argument": "{{ '%*d'|format(1000000000, 1) }}",
    "a text in the middle": "{{ 'x'|center(10**9) }}",
    "a text in the middle of a method": "{{ 'x'.ljust(10**9) }}",
    "slices": "{{ [1]|slice(10**9)|list }}",
    "a text that doubles": "{% set n = namespace(a='x' * 99) %}{% for i in range(60) %}"
    "{% set n.a = n.a ~ n.a %}{% endfor %}",
    "a list that doubles": "{% set n = namespace(a=[1]) %}{% for i in range(60) %}"
    "{% set n.a = n.a + n.a %}{% endfor %}",
    "replacements": "{% set n = namespace(a='a' * 9) %}{% for i in range(30) %}"
    "{% set n.a = n.a|replace('a', 'aaaaaaaaa') %}{% endfor %}",
    "a long list joined": "{{ (['b' * 10**6] * 10**4)|join }}",
    "long texts in a loop": "{% for i in range(99999) %}{% set a = 'a' * 10**7 %}{% endfor %}",
    "blind text": "{{ lipsum(100000) }}",
}


@pytest.mark.parametrize("template", ENDLESS.values(), ids=ENDLESS.keys())
def test_templates_of_another_project_have_an_end(project: Project, template: str) -> None:
    ran = build_theirs(project, f"<p>{template}</p>")
    assert (ran.code, ran.codes) == (1, ["SG006"])


@pytest.mark.parametrize("where", ["../shared", "link"])
def test_templates_outside_the_project_run_in_a_sandbox(project: Project, where: str) -> None:
    project.write("shared/macros/m.html", FOREIGN[0])
    project.write("mine/slidegen.yml", f"course: Mine\ntemplates: {where}\n")
    project.write("mine/talk.md", "# A\n\n![:m](x)\n")
    (project.folder / "mine/link").symlink_to("../shared")
    ran = Project(project.folder / "mine").run("build", "talk.md", "-o", "out")
    assert (ran.code, ran.codes) == (1, ["SG006"])


def test_templates_of_your_own_do_what_you_like(project: Project) -> None:
    project.write("slidegen.yml", "course: Mine\n")
    project.write(
        "templates/macros/m.html",
        "{% set n = [] %}{% set _ = n.append(target) %}<p>{{ n[0].__class__.__name__ }}</p>",
    )
    project.write("slides/talk.md", "# A\n\n![:m](x)\n")
    project.build("slides/talk.md", "-o", "out")
    assert "<p>str</p>" in project.page("out/talk.html").html


@pytest.mark.parametrize(
    ("name", "deck"),
    [
        ("macros/m.html", "# A\n\n![:m](x)\n"),
        ("macros/m.md", "# A\n\n![:m](x)\n"),
        ("deck.html", "# A\n"),
        ("themes/mine/theme.css", "---\ntheme: mine\n---\n# A\n"),
    ],
)
def test_a_template_that_is_not_utf_8_is_named(project: Project, name: str, deck: str) -> None:
    project.write(f"templates/{name}", b"caf\xe9\n")
    project.write("talk.md", deck)
    ran = project.run("build", "talk.md")
    assert (ran.code, ran.codes) == (1, ["SG002"])
    assert f"templates/{name}:1:4: error" in ran.err


def test_a_folder_beside_slidegens_own_templates_is_none_of_them(tmp_path: Path) -> None:
    cache = CompiledTemplates(tmp_path / "templates")
    environment = Environment(loader=FileSystemLoader(tmp_path / "templates-of-mine"), bytecode_cache=cache)
    (tmp_path / "templates-of-mine").mkdir()
    (tmp_path / "templates-of-mine/deck.html").write_text("mine")
    assert environment.get_template("deck.html").render() == "mine"
    assert not (tmp_path / "templates").exists()
