from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from slidegen.syntax.citations import read_citation
from tests.projects import Project

BIB = r"""
@string{nature = "Nature"}

@article{lecun2015,
  author = {LeCun, Yann and Bengio, Yoshua and Hinton, Geoffrey},
  title = {Deep {L}earning}, journal = nature, year = 2015, volume = 521, number = 7553,
  pages = {436--444}, doi = {10.1038/nature14539},
}
@book{goedel1931,
  author = {Kurt G{\"o}del and {\'E}mile Borel}, title = {{\"U}ber formal unentscheidbare S{\"a}tze \& mehr},
  publisher = {Springer}, year = 1931
}
@misc{who,
  author = {{World Health Organization}}, title = {A <report>}, howpublished = {\url{https://who.int/a_b}},
  year = 2020
}
@article{lee1, author = {Lee, Ann}, title = {One}, date = {2015-05-28}}
@article{lee2, author = {Lee, Ann}, title = {Two}, date = {2015-06}}
@inproceedings{many, author = {Vaswani, Ashish and others}, title = {Attention}, crossref = {nips}, pages = {5-9}}
@proceedings{nips, title = {Advances}, year = 2017, publisher = {MIT}}
"""

HEAD = "---\nbibliography: refs.bib\n---\n"


@pytest.fixture
def folder(project: Project) -> Project:
    project.write("refs.bib", BIB)
    return project


def shown(folder: Project, text: str) -> list[dict[str, Any]]:
    folder.write("talk.md", text)
    (deck,) = folder.inspect("talk.md")
    assert deck["diagnostics"] == []
    return list(deck["slides"])


def words(html: str) -> str:
    return " ".join((LexborHTMLParser(html).body or LexborHTMLParser("<p>").body).text().split())  # type: ignore[union-attr]


def cited(folder: Project, text: str, head: str = HEAD) -> str:
    """A slide's text."""
    return words(shown(folder, head + text)[0]["html"])


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("[@lecun2015]", "(LeCun et al., 2015)"),
        ("[@lecun2015; @goedel1931]", "(LeCun et al., 2015; Gödel and Borel, 1931)"),
        (".cite[@lecun2015]", "(LeCun et al., 2015)"),
        (".cite[[@lecun2015; @who]]", "(LeCun et al., 2015; World Health Organization, 2020)"),
        (".cite[see @who]", "(see World Health Organization, 2020)"),
        ("[see @lecun2015, p. 5]", "(see LeCun et al., 2015, p. 5)"),
        ("[@lecun2015, pp. 5-7, and elsewhere]", "(LeCun et al., 2015, pp. 5–7, and elsewhere)"),
        ("[@lecun2015, 33]", "(LeCun et al., 2015, p. 33)"),
        ("[@lecun2015, chap. 3; e.g. @who]", "(LeCun et al., 2015, chap. 3; e.g. World Health Organization, 2020)"),
        ("[-@lecun2015]", "(2015)"),
        ("[@{lecun2015}]", "(LeCun et al., 2015)"),
        ("[@LeCun2015]", "(LeCun et al., 2015)"),
        ("[@many]", "(Vaswani et al., 2017)"),
        ("[@lee1] [@lee2]", "(Lee, 2015a) (Lee, 2015b)"),
        ("**[@who]** and\n[@lecun2015;\n@who]", "(World Health Organization, 2020) and (LeCun et al., 2015; World "
         "Health Organization, 2020)"),
    ],
)  # fmt: skip
def test_citations_by_author_and_year(folder: Project, written: str, says: str) -> None:
    assert cited(folder, f"So {written}.\n") == f"So {says}."


@pytest.mark.parametrize(
    "written",
    ["`[@lecun2015]`", r"\[@lecun2015]", "[@lecun2015](https://a.org)", "[me@lecun2015.org]", "@lecun2015"],
)
def test_what_is_no_citation_stays(folder: Project, written: str) -> None:
    assert "slidegen-citation" not in shown(folder, f"{HEAD}a {written} b\n")[0]["html"]
    assert "lecun2015" in shown(folder, f"{HEAD}a {written} b\n")[0]["html"]


def test_fenced_code_cites_nothing(folder: Project) -> None:
    html = shown(folder, f"{HEAD}```\n[@lecun2015]\n```\n\n[@who]\n")[0]["html"]
    assert html.count("slidegen-citation") == 1
    assert "[@lecun2015]" in html


def test_without_a_bibliography_nothing_changes(folder: Project) -> None:
    text = "[@lecun2015] .cite[@who] .references[]\n\nmail [a@b.org]\n"
    html = shown(folder, text)[0]["html"]
    assert "[@lecun2015]" in html
    assert '<span class="cite">@who</span>' in html
    assert '<span class="references"></span>' in html
    folder.write("talk.md", "![:bibliography]\n")
    assert folder.run("build", "talk.md").codes == ["SG005"]


def test_numbers_count_in_the_order_of_first_citations(folder: Project) -> None:
    head = "---\nbibliography: refs.bib\ncitationStyle: numeric\n---\n"
    slides = shown(folder, f"{head}[@who; @lecun2015, p. 5]\n---\n[see @lee1; @who]\n---\n![:bibliography]\n")
    assert words(slides[0]["html"]) == "[1, 2, p. 5]"
    assert words(slides[1]["html"]) == "[1, see 3]"
    entries = [words(item) for item in items(slides[2]["html"])]
    assert [entry[:3] for entry in entries] == ["[1]", "[2]", "[3]"]
    assert entries[1] == (
        "[2] Y. LeCun, Y. Bengio and G. Hinton. Deep Learning. Nature 521(7553), 436–444, 2015. "
        "https://doi.org/10.1038/nature14539"
    )


def items(html: str) -> list[str]:
    return [item.html or "" for item in LexborHTMLParser(html).css("ul.slidegen-references > li")]


def test_references_of_a_slide_and_of_the_deck(folder: Project) -> None:
    slides = shown(
        folder,
        f"{HEAD}[@lecun2015]\n\n.references[]\n--\n\n[@who]\n---\n[@lee1]\n---\n# All\n\n![:bibliography]\n"
        "---\n![:bibliography 2-]\n\n???\n[@goedel1931]\n",
    )
    first, step, second, all_of_them, rest = slides
    assert [words(item)[:5] for item in items(first["html"])] == ["LeCun", "World"], (
        "with those of later steps"
    )
    assert items(first["html"]) == items(step["html"])
    assert [words(item)[:5] for item in items(all_of_them["html"])] == ["LeCun", "Lee, ", "World"]
    assert [words(item)[:5] for item in items(rest["html"])] == ["Lee, ", "World"]
    assert 'href="#ref-1-lecun2015"' in first["html"]
    assert 'id="ref-1-lecun2015"' in first["html"]
    assert 'href="#ref-lee1"' in second["html"]
    assert 'id="ref-lee1"' in all_of_them["html"]
    assert "id=" not in "".join(items(rest["html"]))
    assert "Gödel" in rest["notes"]


def test_ids_are_unique_and_every_link_leads_somewhere(folder: Project) -> None:
    layout = "layout: true\n\n.footnote[.references[]]\n---\n"
    page = folder.deck(
        f"{HEAD}{layout}[@lecun2015]\n---\n[@lecun2015; @lee2]\n--\n\n[@lee1]\n---\n"
        "![:bibliography]\n\n![:bibliography]\n"
    )
    ids = [node.attributes["id"] for node in page.tree.css("[id]")]
    assert len(ids) == len(set(ids))
    links = [node.attributes["href"] for node in page.tree.css(".slidegen-citation a")]
    assert len(links) == 4
    assert {str(link)[1:] for link in links} <= set(ids)


def test_an_entry_says_all_and_links(folder: Project) -> None:
    html = shown(folder, f"{HEAD}[@goedel1931; @who; @lecun2015; @many]\n\n![:bibliography]\n")[0]["html"]
    goedel, lecun, many, who = items(html)
    assert (
        words(goedel) == "Gödel, K. and Borel, É. (1931). Über formal unentscheidbare Sätze & mehr. Springer."
    )
    assert "<i>Über formal unentscheidbare Sätze &amp; mehr</i>" in goedel
    assert '<a href="https://doi.org/10.1038/nature14539">https://doi.org/10.1038/nature14539</a>' in lecun
    assert words(many) == "Vaswani, A. et al. (2017). Attention. Advances, pp. 5–9, MIT."
    assert '<a href="https://who.int/a_b">https://who.int/a_b</a>' in who
    assert "A &lt;report&gt;" in who
    assert 'title="Gödel, K. and Borel, É. (1931). Über' in html


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("fr", "Gödel et Borel, 1931, p. 5"),
        ("de-AT", "Gödel und Borel, 1931, S. 5"),
        ("xx", "Gödel and Borel"),
    ],
)
def test_citations_speak_the_decks_language(folder: Project, lang: str, says: str) -> None:
    assert says in cited(folder, "[@goedel1931, p. 5]\n", f"---\nlang: {lang}\nbibliography: refs.bib\n---\n")


def test_csl_json_and_several_files_of_the_project(project: Project) -> None:
    work = {"id": "x:1", "type": "book", "author": [{"family": "Noether", "given": "Emmy"}], "title": "Invarianten",
            "issued": {"date-parts": [[1918]]}}  # fmt: skip
    project.write("lib/refs.json", json.dumps([work]))
    project.write("lib/refs.bib", BIB)
    project.write("slidegen.yml", "bibliography: [lib/refs.json, lib/refs.bib]\n")
    project.write("slides/w1/talk.md", "[@x:1; @who]\n\n![:bibliography]\n")
    (deck,) = project.inspect()
    assert deck["diagnostics"] == []
    assert words(deck["slides"][0]["html"]).startswith("(Noether, 1918; World Health Organization, 2020)")
    assert 'id="ref-x:1"' in deck["slides"][0]["html"]


STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>t</title><id>t</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  <citation><layout prefix="{" suffix="}" delimiter="/">
    <names variable="author"><name form="short"/></names></layout></citation>
  <bibliography><layout><text variable="title" font-weight="bold"/></layout></bibliography>
</style>
"""


def test_a_style_of_the_users_own(folder: Project) -> None:
    folder.write("own.csl", STYLE)
    text = "---\nbibliography: refs.bib\ncitationStyle: own.csl\n---\n[@lee1; @who]\n\n![:bibliography]\n"
    html = shown(folder, text)[0]["html"]
    assert words(html).startswith("{Lee/World Health Organization}")
    assert "<b>One</b>" in html
    folder.write("templates/citations/mine.csl", STYLE)
    assert cited(folder, "[@lee1]\n", "---\nbibliography: refs.bib\ncitationStyle: mine\n---\n") == "{Lee}"


def test_an_unknown_key_is_a_warning_with_the_nearest(folder: Project) -> None:
    folder.write("talk.md", f"{HEAD}# A\n\nSo [@lecun2015; see @lecun2051, p. 3] [@rstudio]\n")
    ran = folder.run("build", "talk.md")
    assert (ran.code, ran.codes) == (0, ["SG162", "SG162"])
    assert "talk.md:6:21: warning[SG162]: the bibliography has no lecun2051\n" in ran.err
    assert "  6 | So [@lecun2015; see @lecun2051, p. 3]" in ran.err
    assert "    |                     ^^^^^^^^^^\n  hint: did you mean @lecun2015" in ran.err
    assert "write \\[@rstudio] if this is not a citation" in ran.err
    html = folder.page("public/talk.html").slides[0]
    assert "lecun2051?)" in html
    assert "[@rstudio]" in html


@pytest.mark.parametrize(
    ("name", "data", "code", "place", "says"),
    [
        ("refs.bib", "@book{a, title={A}}\n\n@book{b, title={B\n\n@book{c, title={C}}\n", "SG163", "refs.bib:3:1",
         "this entry does not parse: "),
        ("refs.bib", "@book{a, title={A}}\n@book{a, title={B}}\n", "SG163", "refs.bib:2:1", "there are two works"),
        ("refs.json", '[{"id": "a"},\n {"id": }]', "SG066", "refs.json:2:9", "not valid JSON: "),
        ("refs.json", '{"a": 1}', "SG066", "refs.json:1:1", "not CSL JSON"),
        ("refs.bib", b"@book{a, title={\xe9}}", "SG002", "refs.bib:1:17", "not UTF-8"),
    ],
)  # fmt: skip
def test_a_bibliography_that_does_not_parse(
    project: Project, name: str, data: str | bytes, code: str, place: str, says: str
) -> None:
    project.write(name, data)
    project.write("talk.md", f"---\nbibliography: {name}\n---\n# A\n")
    ran = project.run("build", "talk.md")
    assert ran.codes == [code]
    assert ran.err.startswith(f"{place}: ")
    assert f"[{code}]: {says}" in ran.err


@pytest.mark.parametrize(
    ("front", "code", "place", "says"),
    [
        ("bibliography: ref.bib", "SG104", "2:15", "there is no file ref.bib"),
        (
            "bibliography: refs.bib\ncitationStyle: numerc",
            "SG067",
            "3:16",
            "there is no citation style numerc",
        ),
        ("bibliography: refs.bib\ncitationStyle: no.csl", "SG067", "3:16", "there is no file no.csl"),
        (
            "bibliography: refs.bib\ncitationStyle: refs.csl",
            "SG067",
            "3:16",
            "the citation style refs.csl cannot",
        ),
    ],
)
def test_files_that_are_not_what_they_should_be(
    folder: Project, front: str, code: str, place: str, says: str
) -> None:
    folder.write("refs.csl", "<no")
    folder.write("talk.md", f"---\n{front}\n---\n[@who]\n")
    ran = folder.run("build", "talk.md")
    assert ran.codes == [code]
    assert ran.err.startswith(f"talk.md:{place}: ")
    assert says in ran.err


def test_a_list_of_works_that_are_not_there(folder: Project) -> None:
    folder.write("talk.md", f"{HEAD}[@who]\n\n![:bibliography 1-3]\n")
    ran = folder.run("build", "talk.md")
    assert ran.codes == ["SG068"]
    assert "talk.md:6:1: error[SG068]: this bibliography asks for works 1-3, but there is only 1" in ran.err


def test_records_that_say_next_to_nothing_end_no_build(project: Project) -> None:
    project.write("refs.json", '[{"id": 1}, {"id": "b", "type": "nonsense", "issued": {"date-parts": []}}]')
    project.write("talk.md", "---\nbibliography: refs.json\n---\n[@1; @b]\n\n![:bibliography]\n")
    ran = project.run("build", "talk.md")
    assert ran.code == 0
    assert "Traceback" not in ran.err


def test_what_is_left_out_of_a_variant_is_not_cited(folder: Project) -> None:
    folder.write(
        "talk.md", f"{HEAD}[@who] .solution[[@lee1]]\n---\nonly: instructor\n[@lee2]\n---\n![:bibliography]\n"
    )
    folder.build("talk.md", "--variant", "student")
    html = folder.page("public/talk.html").html
    assert "World Health" in html
    assert "Lee" not in html


def test_only_decks_with_a_bibliography_load_what_citations_need(folder: Project) -> None:
    folder.write("plain.md", "# A [@who]\n")
    script = (
        "import sys; sys.argv = ['slidegen', 'build', 'plain.md', '-o', '-']\n"
        "import slidegen.cli\n"
        "needed = ('citeproc', 'lxml', 'bibtexparser', 'pylatexenc')\n"
        "try: slidegen.cli.main()\n"
        "finally: print([m for m in needed if m in sys.modules], file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=folder.folder, capture_output=True, text=True, check=True
    )
    assert ran.stderr.strip() == "[]"


@given(st.text("@ab;,. -{}p5[]\n", max_size=40))
def test_any_text_is_a_citation_or_none(text: str) -> None:
    for work in read_citation(text):
        assert work.key
        assert text[work.start : work.end].lstrip("-").lstrip("@").strip("{}") == work.key


def test_a_page_is_made_again_when_its_bibliography_or_style_changes(folder: Project) -> None:
    folder.write("slidegen.yml", "citationStyle: own.csl\n")
    folder.write("own.csl", STYLE)
    folder.write("slides/a.md", "---\nbibliography: ../refs.bib\n---\n[@lee1]\n")
    folder.write("slides/b.md", "# B\n")
    folder.build()
    assert folder.build().out == "2 pages are up to date\n"
    folder.write("refs.bib", BIB.replace("Lee", "Li"))
    assert "1 page is up to date" in folder.build().out
    assert "{Li}" in words(folder.page("public/a.html").slides[0])
    folder.write("own.csl", STYLE.replace('prefix="{"', 'prefix="«"'))
    assert "slides/a.md -> " in folder.build().out
    assert "«Li}" in words(folder.page("public/a.html").slides[0])


NESTED = {
    "braces in a title": "title = " + "{" * 5_000 + "x" + "}" * 5_000,
    "braces in names": "title = {T}, author = " + "{" * 5_000 + "x" + "}" * 5_000,
    "commands in commands": "title = {" + "\\frac{" * 1_500 + "x" + "}" * 1_500 + "}",
    "environments": "title = {" + "\\begin{x}" * 900 + "}",
    "names in braces": "title = {T}, author = {" + "{" * 2_000 + " and " + "}" * 2_000 + "}",
}


@pytest.mark.parametrize("fields", NESTED.values(), ids=NESTED.keys())
def test_an_entry_that_is_nested_without_end_is_named(project: Project, fields: str) -> None:
    project.write("refs.bib", f"@article{{other, title={{Other}}}}\n@article{{a, {fields}}}\n")
    project.write("talk.md", "---\nbibliography: refs.bib\n---\n# A\n\n[@a; @other] .references[]\n")
    ran = project.run("build", "talk.md")
    assert (ran.code, set(ran.codes) - {"SG163"}) == (0, set())
    assert (
        ran.err.startswith("refs.bib:2:1: warning[SG163]: the entry a has braces or commands") or not ran.err
    )
    assert "Other" in project.page("public/talk.html").html


UNREADABLE = {
    "a bibliography": ("refs.bib", b"@book{a, title={\xe9}}", "SG002"),
    "records": ("refs.json", b'[{"id": "a", "title": "\xe9"}]', "SG002"),
    "a style": ("mine.csl", b"<style>\xe9</style>", "SG002"),
    "a style with entities that grow": (
        "mine.csl",
        b'<!DOCTYPE s [<!ENTITY a "' + b"x" * 1_000 + b'">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(9))
        + b"]><style>&j;</style>",
        "SG067",
    ),
    "a style with a file in it": (
        "mine.csl",
        b'<!DOCTYPE s [<!ENTITY a SYSTEM "secret.txt">]><style xmlns="http://purl.org/net/xbiblio/csl">&a;</style>',
        "SG067",
    ),
    "a number without end": ("refs.json", b'[{"id": "a", "volume": ' + b"9" * 5_000 + b"}]", "SG066"),
    "lists without end": ("refs.json", b"[" * 100_000, "SG066"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "data", "code"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_files_of_references_that_cannot_be_read_are_named(
    project: Project, name: str, data: bytes, code: str
) -> None:
    project.write("secret.txt", "the secret")
    project.write("refs.bib", "@book{a, title={A}}\n")
    project.write(name, data)
    style = "mine.csl" if name == "mine.csl" else "numeric"
    refs = "refs.json" if name == "refs.json" else "refs.bib"
    project.write("talk.md", f"---\nbibliography: {refs}\ncitationStyle: {style}\n---\n[@a]\n")
    ran = project.run("build", "talk.md")
    assert (ran.code, ran.codes) == (1, [code])
    assert name in ran.err
    assert "the secret" not in ran.err
    assert "Traceback" not in ran.err


def test_nothing_but_diagnostics_is_said_of_a_bibliography(project: Project) -> None:
    project.write("refs.bib", "@comment{@a{b\n\n@article{a, title = {T}\n\n@book{c, title={C}}\n")
    project.write("talk.md", "---\nbibliography: refs.bib\n---\n[@c]\n")
    command = [sys.executable, "-m", "slidegen", "build", "talk.md", "-o", "-"]
    done = subprocess.run(command, cwd=project.folder, capture_output=True, text=True, check=False)
    assert "Parsing of" not in done.stderr
    assert done.stderr.startswith("refs.bib:")


@pytest.mark.parametrize("mark", ["\ue000", "\ue001", "\ue010", "\ue02f"])
def test_characters_of_the_private_use_area_are_nothing_in_citations(folder: Project, mark: str) -> None:
    names = f"{mark}Cu{mark}rie, M{mark}. and {mark}World{mark}, A."
    book = f"@book{{one,title={{A {mark}title}},author={{{names}}},year={{20{mark}20}}}}\n"
    folder.write("refs.bib", book)
    text = f"---\nbibliography: ../refs.bib\n---\n[see {mark} @one, p. 3, more{mark}]\n\n.references[]\n"
    folder.write("slides/a.md", text)
    folder.build()
    slide = folder.page("public/a.html").slides[0]
    assert "World" in words(slide)
    assert mark not in slide
