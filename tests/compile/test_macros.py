from __future__ import annotations

import re

import pytest

from tests.projects import PIXEL, Project

HEADING = "# X\n\n"


def test_scale_width_and_height_size_an_image(project: Project) -> None:
    project.write("a.png", PIXEL)
    page = project.deck("![:scale 60%](a.png)\n![:width 300px](a.png)\n![:height 5em, A dot](a.png)\n")
    images = page.tree.css(".remark-slide-content img")
    assert [image.attributes["style"] for image in images] == ["width: 60%", "width: 300px", "height: 5em"]
    assert images[2].attributes["alt"] == "A dot"


def test_video_has_controls_and_the_captions_that_lie_beside_it(project: Project) -> None:
    for name in ("film.mp4", "other.mp4"):
        project.write(name, b"\0\0\0\x18ftypmp42" + b"\0" * 20)
    project.write("film.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n")
    project.write("film.fr.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\nBonjour\n")
    film, other = project.deck("![:video 50%, loop, muted](film.mp4)\n\n![:video](other.mp4)\n").tree.css(
        "video"
    )
    assert {"controls", "loop", "muted"} <= set(film.attributes)
    assert "autoplay" not in film.attributes
    assert film.attributes["style"] == "width: 50%"
    assert sorted(track.attributes["srclang"] or "" for track in film.css("track")) == ["en", "fr"]
    assert all(track.attributes["kind"] == "captions" for track in film.css("track"))
    assert other.css("track") == []


def test_audio_has_controls(project: Project) -> None:
    project.write("a.mp3", b"ID3\x03\0\0\0\0\0\0" + b"\0" * 20)
    (sound,) = project.deck("![:audio loop](a.mp3)\n").tree.css("audio")
    assert {"controls", "loop"} <= set(sound.attributes)


@pytest.mark.parametrize(
    "target",
    [
        "dQw4w9WgXcQ",
        "https://youtu.be/dQw4w9WgXcQ",
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=10",
        "https://www.youtube.com/embed/dQw4w9WgXcQ",
    ],
)
def test_youtube_takes_an_id_or_an_address_and_says_that_it_needs_the_network(
    project: Project, target: str
) -> None:
    project.write("talk.md", f"# X\n\n![:youtube A film]({target})\n")
    ran = project.run("build", "talk.md")
    assert (ran.code, ran.codes) == (0, ["SG112"])
    page = project.page("public/talk.html")
    assert page.attribute("iframe", "src").endswith("/embed/dQw4w9WgXcQ?enablejsapi=1")
    assert page.attribute("iframe", "title") == "A film"


def test_qr_draws_a_code_that_links_to_its_address(project: Project) -> None:
    page = project.deck("![:qr 150px](https://example.org/x)\n\n![:qr](https://example.org/y)\n")
    first, second = page.tree.css("a.slidegen-qr")
    assert first.attributes["href"] == "https://example.org/x"
    drawings = [link.css_first("svg") for link in (first, second)]
    assert drawings[0] is not None
    assert drawings[1] is not None
    assert drawings[0].attributes["style"] == "width: 150px"
    assert drawings[0].css_first("path") is not None
    assert drawings[0].html != (drawings[1].html or "").replace("200px", "150px")


def test_a_macro_of_the_users_gives_html_with_everything_in_hand(project: Project) -> None:
    project.write(
        "templates/macros/card.html",
        '<div class="card" data-slide="{{ slide.number }} {{ slide.name }} {{ slide.properties.mood }}">'
        "{{ deck.title }}: {{ target }} ({{ args[0] }}/{{ args | length }}{{ args[9] }})</div>\n",
    )
    page = project.deck("---\ntitle: Talk\n---\n# A\n\n---\nname: two\nmood: gay\n\n![:card one, two](<b>)\n")
    assert page.slides[1] == ('<div class="card" data-slide="2 two gay">Talk: &lt;b&gt; (one/2)</div>'), (
        "what a deck says is escaped in HTML"
    )


def test_a_macro_of_the_users_gives_markdown_that_is_parsed_again(project: Project) -> None:
    project.write(
        "templates/macros/important.md", ".box[\n**{{ args[0] }}**: $x^2$\n\n- {{ target }}\n- `{}`\n]\n"
    )
    (slide,) = project.deck(HEADING + "![:important Note](first)\n").slides
    assert '<div class="box">' in slide
    assert "<strong>Note</strong>" in slide
    assert "<math" in slide
    assert re.search(r"<ul>\s*<li>first</li>\s*<li><code[^>]*>\{\}</code></li>\s*</ul>", slide)


def test_macros_call_macros(project: Project) -> None:
    project.write("a.png", PIXEL)
    project.write("templates/macros/figure.md", "![:scale 50%]({{ target }})\n\n.caption[{{ args[0] }}]\n")
    project.write(
        "templates/macros/figures.md", "![:figure One]({{ target }}) and ![:figure Two]({{ target }})\n"
    )
    page = project.deck(HEADING + "![:figures](a.png)\n")
    assert [image.attributes["style"] for image in page.tree.css("main img")] == ["width: 50%"] * 2
    assert [caption.text() for caption in page.tree.css(".caption")] == ["One", "Two"]


def test_a_macro_of_the_users_replaces_a_built_in_one(project: Project) -> None:
    project.write("templates/macros/scale.html", "<i>{{ target }}</i>")
    assert "<i>a.png</i>" in project.deck(HEADING + "![:scale 3](a.png)\n").slides[0]


def test_an_edited_macro_is_taken_up_by_the_next_build(project: Project) -> None:
    project.write("templates/macros/hi.html", "<b>one</b>")
    assert "<b>one</b>" in project.deck(HEADING + "![:hi]()\n").slides[0]
    project.write("templates/macros/hi.html", "<b>two</b>")
    assert "<b>two</b>" in project.deck(HEADING + "![:hi]()\n").slides[0]


@pytest.mark.parametrize(
    "files",
    [
        {"again.md": "![:again]({{ target }})"},
        {"again.md": "![:again](a) ![:again](b) ![:again](c)"},
        {"again.md": "![:other]({{ target }})", "other.md": ".a[![:again]({{ target }})]"},
    ],
    ids=["itself", "itself thrice", "each other"],
)
def test_macros_that_call_themselves_end_in_an_error_at_the_call(
    project: Project, files: dict[str, str]
) -> None:
    for name, text in files.items():
        project.write(f"templates/macros/{name}", text)
    project.write("talk.md", HEADING + "so ![:again](x)\n")
    ran = project.run("build", "talk.md")
    assert ran.code == 1
    assert set(ran.codes) == {"SG006"}
    assert ran.err.startswith("talk.md:3:4: error[SG006]: ")
    assert "deep" in ran.err


def test_a_mistake_inside_a_macro_is_underlined_as_its_call(project: Project) -> None:
    project.write("templates/macros/again.md", "![:again]({{ target }})")
    project.write("talk.md", HEADING + "so ![:again](x)\n")
    assert "  3 | so ![:again](x)\n    |    ^^^^^^^^^^^^\n" in project.run("build", "talk.md").err


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("{{ target", "macros/broken.html:1"),
        ("\n\n{% if %}", "macros/broken.html:3"),
        ("{{ nothing.at.all }}", "undefined"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{% include 'gone.html' %}", "gone.html"),
    ],
    ids=["unclosed", "syntax", "undefined", "exception", "include"],
)
def test_a_macro_that_fails_is_an_error_at_the_call(project: Project, template: str, says: str) -> None:
    project.write("templates/macros/broken.html", template)
    project.write("talk.md", HEADING + "so ![:broken](x)\n")
    ran = project.run("build", "talk.md")
    assert (ran.code, ran.codes) == (1, ["SG006"])
    assert ran.err.startswith("talk.md:3:4: error[SG006]: the macro broken fails: ")
    assert says in ran.err
    assert "Traceback" not in ran.err


def test_an_unknown_macro_in_a_macros_output_is_reported_at_its_call(project: Project) -> None:
    project.write("templates/macros/odd.md", "some text\n\n![:nope](x)\n")
    project.write("talk.md", HEADING + "so ![:odd](x)\n")
    ran = project.run("build", "talk.md")
    assert (ran.code, ran.codes) == (1, ["SG005"])
    assert ran.err.startswith("talk.md:3:4: error[SG005]: there is no macro nope")


@pytest.mark.parametrize("suffix", ["md", "html"])
def test_a_missing_file_in_a_macros_output_is_reported_at_its_call(project: Project, suffix: str) -> None:
    text = "![](gone.png)" if suffix == "md" else '<img src="gone.png">'
    project.write(f"templates/macros/odd.{suffix}", text)
    project.write("talk.md", HEADING + "so ![:odd](x)\n")
    ran = project.run("build", "talk.md")
    assert ran.codes == ["SG104"]
    assert ran.err.startswith("talk.md:3:4: warning[SG104]: there is no image gone.png")


def test_an_unknown_macro_is_an_error_with_a_file_to_start_from(project: Project) -> None:
    project.write("talk.md", HEADING + "so ![:sclae 60%](a.png)\n")
    ran = project.run("build", "talk.md")
    assert (ran.code, ran.codes) == (1, ["SG005"])
    assert ran.err.startswith(
        "talk.md:3:4: error[SG005]: there is no macro sclae\n"
        "  3 | so ![:sclae 60%](a.png)\n"
        "    |    ^^^^^^^^^^^^^^^^^^^^\n"
        "  hint: did you mean scale?"
    )
    assert "templates/macros/sclae.html" in ran.err


def test_the_file_that_the_hint_prints_works(project: Project) -> None:
    project.write("a.png", PIXEL)
    project.write("talk.md", HEADING + "![:mine 60%](a.png)\n")
    hint = project.run("build", "talk.md").err.partition("templates/macros/mine.html")[2]
    lines = [line.strip() for line in hint.splitlines() if line.strip().startswith(("<", "{"))]
    assert lines
    project.write("templates/macros/mine.html", "\n".join(lines) + "\n")
    project.build("talk.md")
    assert "60%" in project.page("public/talk.html").slides[0]


def test_the_hint_knows_the_users_own_macros(project: Project) -> None:
    project.write("templates/macros/timeline.md", "x")
    project.write("talk.md", HEADING + "![:timelien](x)\n")
    assert "did you mean timeline?" in project.run("build", "talk.md").err


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", "..", "x y"])
def test_a_macros_name_reaches_no_other_file(project: Project, name: str) -> None:
    project.write("etc/passwd.html", "secret")
    project.write("templates/macros/a/b.html", "secret")
    project.write("talk.md", HEADING + f"![:{name}](x)\n")
    project.run("build", "talk.md")
    page = project.folder / "public/talk.html"
    assert not page.exists() or "secret" not in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("written", "seconds", "shown"),
    [
        ("10:00", "600", "10:00"),
        ("1:30:00", "5400", "1:30:00"),
        ("0:45", "45", "0:45"),
        ("90s", "90", "1:30"),
        ("5", "300", "5:00"),
        ("5 min", "300", "5:00"),
        ("2h", "7200", "2:00:00"),
    ],
)
def test_a_countdown_takes_times(project: Project, written: str, seconds: str, shown: str) -> None:
    page = project.deck(f"# X\n\n![:countdown {written}]\n")
    assert page.attribute(".slidegen-countdown", "data-seconds") == seconds
    node = page.tree.css_first(".slidegen-countdown-time")
    assert node is not None
    assert node.text() == shown


@pytest.mark.parametrize("written", ["", "10:75", "soon", "5 weeks", "0:00", "99999999999"])
def test_a_countdown_of_no_time_is_named(project: Project, written: str) -> None:
    project.write("talk.md", f"# X\n\n![:countdown {written}]\n")
    ran = project.run("build", "talk.md")
    assert (ran.code, ran.codes) == (1, ["SG006"])
    assert f"{written or 'nothing'} is not a valid time; write 10:00, 90s or 5 min" in ran.err


def test_a_macros_picture_takes_attributes_in_braces(project: Project) -> None:
    html = _slide(project, '![:scale 30%](a.png){.right title="Lima"} and {.more}\n')
    assert html == (
        '<p><img src="a.png" style="width: 30%" class="right slidegen-placed" title="Lima"> and {.more}</p>'
    )


@pytest.mark.parametrize("text", ["{{x}}", " {.right}", "{right}"])
def test_braces_that_are_no_attributes_of_a_macros_picture_stay_text(project: Project, text: str) -> None:
    html = _slide(project, f"![:scale 30%](a.png){text}\n")
    assert html == f'<p><img src="a.png" style="width: 30%">{text}</p>'


def _slide(project: Project, text: str) -> str:
    project.write("a.png", PIXEL)
    project.write("talk.md", text)
    (deck,) = project.inspect("talk.md")
    return str(deck["slides"][0]["html"])
