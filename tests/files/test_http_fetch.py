"""`slidegen build --fetch`: files from the network, here from a server of the test's own."""

from __future__ import annotations

import socket
import tracemalloc
from base64 import b64encode
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from slidegen.files.http_fetch import FetchError, FetchLimits, fetch, is_local, is_near
from tests.files.network import ANSWERS, FONT, LOCAL, Network
from tests.projects import PIXEL, Page, Project


@pytest.fixture
def allowed(project: Project) -> Project:
    """A project that may download from this computer."""
    project.write(
        "slidegen.yml", "assets: {hosts: [127.0.0.1], timeout: 600}\nembedLimit: 1 MB\nmath: false\n"
    )
    return project


@pytest.fixture
def deck(allowed: Project, network: Network) -> Callable[..., tuple[list[str], str, Page]]:
    """Builds a deck with --fetch; `URL` in it is the server. Gives codes, messages and page."""

    def build(text: str, *args: str) -> tuple[list[str], str, Page]:
        allowed.write("talk.md", text.replace("URL", network.url))
        ran = allowed.run("build", "talk.md", "--fetch", "-o", "talk.html", *args)
        assert ran.code == 0, ran.err
        return ran.codes, ran.err, allowed.page("talk.html")

    return build


def encoded(data: bytes) -> str:
    return b64encode(data).decode()


def test_a_picture_is_downloaded_once_and_stands_in_the_page(
    deck: Any, network: Network, allowed: Project
) -> None:
    text = "# A\n\n![](URL/a.png)\n\n---\n\n![](URL/a.png)\n"
    for _ in range(2):
        codes, _err, page = deck(text, "--force")
        assert codes == []
        assert page.html.count(encoded(PIXEL)) == 1
        assert f'src="{network.url}' not in page.html
    assert network.asked == {"/a.png": 1}
    assert (allowed.folder / ".slidegen/.gitignore").read_text() == "*\n"


def test_without_the_option_all_stays_on_the_network(allowed: Project, network: Network) -> None:
    allowed.write("talk.md", f"![]({network.url}/a.png)\n")
    ran = allowed.run("build", "talk.md", "-o", "talk.html")
    assert ran.codes == ["SG112"]
    assert "--fetch" in ran.err
    assert network.asked == {}


def test_a_style_sheet_comes_with_what_it_imports_and_shows(deck: Any, network: Network) -> None:
    codes, _err, page = deck("---\ncss: [URL/css/style.css]\n---\n# A\n")
    assert codes == []
    assert ".more { color: teal }" in page.html
    assert encoded(FONT) in page.html
    assert encoded(PIXEL) in page.html
    assert network.url not in page.html
    assert set(network.asked) == {"/css/style.css", "/css/more.css", "/css/f.woff2", "/a.png"}


def test_scripts_backgrounds_and_links_to_style_sheets_come_too(deck: Any, network: Network) -> None:
    text = (
        'background-image: url(URL/odd?x=1&y=2)\n\n# A\n\n<script src="URL/a.js"></script>\n'
        '<link rel="stylesheet" href="URL/css/more.css">\n'
    )
    codes, _err, page = deck(text)
    assert codes == []
    assert "window.fetched = 1;" in page.html
    assert ".more { color: teal }" in page.html
    assert encoded(PIXEL) in page.html
    assert page.attribute(".remark-slide-content", "style").startswith("background-image: var(--a-")
    assert network.asked == {"/odd?x=1&y=2": 1, "/a.js": 1, "/css/more.css": 1}


def test_a_redirect_is_followed(deck: Any) -> None:
    codes, _err, page = deck("![](URL/moved.png)\n![](URL/zipped.png)\n")
    assert codes == []
    assert encoded(PIXEL) in page.html


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/missing.png", "is not there: the server answers 404 Not Found"),
        ("/page.png", "is a page, not an image"),
        ("/a.js", "is not an image, but text/javascript"),
        ("/loop", "is redirected more than 5 times"),
        ("/inside", "is on the local network, at 127.0.0.2"),
        ("/file", "is at an address of the kind file"),
        ("/large", "is larger than embedLimit, 100 MB"),
        ("/endless", "is larger than embedLimit, 1 MB"),
        ("/bomb", "is larger than embedLimit, 1 MB"),
        ("/torn", "was cut off before its end"),
    ],
)
def test_what_cannot_be_had_is_a_warning_and_stays_a_link(
    deck: Any, network: Network, path: str, says: str
) -> None:
    codes, err, page = deck(f"# A\n\n![a](URL{path})\n\n![](URL/a.png)\n")
    assert codes == ["SG132"]
    assert "talk.md:3:6: warning[SG132]" in err
    assert says in err
    assert f'src="{network.url}{path}"' in page.html
    assert encoded(PIXEL) in page.html


@pytest.mark.parametrize("path", ["/never", "/drip"])
def test_what_does_not_come_in_time_is_not_waited_for(deck: Any, allowed: Project, path: str) -> None:
    allowed.write("slidegen.yml", "assets: {hosts: [127.0.0.1], timeout: 0.5}\n")
    codes, err, _page = deck(f"![a](URL{path})\n")
    assert codes == ["SG132"]
    assert "did not arrive within 0.5 seconds" in err


def test_the_local_network_is_refused_unless_it_is_allowed(project: Project, network: Network) -> None:
    project.write("talk.md", f"![]({network.url}/a.png)\n")
    ran = project.run("build", "talk.md", "--fetch", "-o", "talk.html")
    assert (ran.code, ran.codes) == (0, ["SG132"])
    assert 'assets: {hosts: ["127.0.0.1"]}' in ran.err
    assert network.asked == {}


def test_a_file_that_could_not_be_had_is_asked_for_again(
    allowed: Project, network: Network, monkeypatch: Any
) -> None:
    allowed.write("slides/a.md", f"![]({network.url}/later.png)\n")
    assert allowed.run("build", "--fetch").codes == ["SG132"]
    monkeypatch.setitem(ANSWERS, "/later.png", ("image/png", PIXEL))
    assert allowed.run("build", "--fetch").codes == []
    assert encoded(PIXEL) in allowed.page("public/a.html").html


def test_a_page_that_was_built_without_fetching_is_built_anew(allowed: Project, network: Network) -> None:
    allowed.write("slides/a.md", f"![]({network.url}/a.png)\n")
    assert allowed.run("build").codes == ["SG112"]
    assert allowed.run("build", "--fetch").codes == []
    assert encoded(PIXEL) in allowed.page("public/a.html").html


def test_decks_that_share_the_work_share_downloads(allowed: Project, network: Network) -> None:
    for name in "abcdef":
        allowed.write(f"slides/{name}.md", f"![]({network.url}/a.png) ![]({network.url}/missing.png)\n")
    ran = allowed.run("build", "--fetch", "-j", "1")
    assert ran.codes == ["SG132"] * 6
    assert network.asked == {"/a.png": 1, "/missing.png": 1}


def test_without_embedding_downloads_stand_beside_the_page(deck: Any, allowed: Project) -> None:
    codes, _err, page = deck("![](URL/a.png)\n", "--no-embed")
    assert codes == []
    assert (allowed.folder / page.attribute(".remark-slide-content img", "src")).read_bytes() == PIXEL


def test_films_and_pages_stay_on_the_network(deck: Any, network: Network) -> None:
    codes, _err, _page = deck('<iframe src="URL/page.png"></iframe>\n<video src="URL/a.mp4"></video>\n')
    assert codes == ["SG112", "SG112"]
    assert network.asked == {}


def test_a_compressed_answer_is_given_up_as_soon_as_it_has_grown_too_large(network: Network) -> None:
    """Neither is more unpacked than may be kept, nor is kept what is too large."""
    tracemalloc.start()
    try:
        with pytest.raises(FetchError, match="larger than embedLimit"):
            fetch(f"{network.url}/bomb", FetchLimits(100_000, 60, ("127.0.0.1",)))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 4_000_000
    assert len(fetch(f"{network.url}/bomb", FetchLimits(9_000_000, 60, ("127.0.0.1",))).data) == 9_000_000


@pytest.mark.parametrize(
    "location",
    [
        "http://[", "http://[::1", "http://a:b/", "http://a:99999/", "http://%6cocalhost/", "http://a b/",
        "http://a\x00b/", "http://\ud800.example/", "http://" + "a" * 70 + ".example/", "//[x]/", "http://.../", "http://-",
        "http://a@/", "http://\\\\host/", "data:image/png,x", "javascript:x", "gopher://127.0.0.1/", "http://fe80::1%25x/",
    ],
)  # fmt: skip
def test_a_redirect_to_an_address_that_is_none_is_an_error(network: Network, location: str) -> None:
    path = f"/to?{quote(location.encode('utf-8', 'surrogatepass'))}"
    with pytest.raises(FetchError, match=r"address|could not be reached"):
        fetch(network.url + path, FetchLimits(1000, 60, ("127.0.0.1",)))


def test_a_redirect_to_letters_beyond_ascii_is_followed(network: Network) -> None:
    with pytest.raises(FetchError, match="404"):
        fetch(f"{network.url}/to?{quote('/é.png')}", FetchLimits(1000, 60, ("127.0.0.1",)))
    assert network.asked["/%C3%A9.png"] == 1


@pytest.mark.parametrize("host", LOCAL)
def test_every_kind_of_local_address_is_refused(host: str) -> None:
    with pytest.raises(FetchError, match="local network"):
        fetch(f"http://{host}:9/", FetchLimits(1000, 60))


@pytest.mark.parametrize("host", LOCAL)
def test_no_redirect_leads_to_a_local_address(network: Network, host: str) -> None:
    path = f"/to?{quote(f'http://{host}:9/')}"
    with pytest.raises(FetchError, match="local network"):
        fetch(network.url + path, FetchLimits(1000, 60, (network.url.removeprefix("http://"),)))


@pytest.mark.parametrize("way", ["direct", "redirect", "proxy"])
@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "[::1]"])
def test_addresses_of_this_machine_that_the_internet_knows_are_refused(
    network: Network, monkeypatch: pytest.MonkeyPatch, host: str, way: str
) -> None:
    """Here, those of the loopback stand for them: tests cannot give the machine another address."""
    monkeypatch.setattr("slidegen.files.http_fetch.is_local", lambda _: False)
    url, hosts = f"http://{host}:9/", ()
    if way == "redirect":
        url, hosts = f"{network.url}/to?{quote(url)}", (network.url.removeprefix("http://"),)
    if way == "proxy":
        monkeypatch.setenv("http_proxy", network.url)
        monkeypatch.setenv("no_proxy", "")
    with pytest.raises(FetchError, match="local network"):
        fetch(url, FetchLimits(1000, 60, hosts))


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111"])
def test_other_addresses_are_not_this_machines(address: str) -> None:
    assert not is_near(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::1", "::ffff:8.8.8.8", "::808:808",
     "::ffff:0:808:808"],
)  # fmt: skip
def test_addresses_of_the_internet_are_none_of_the_local_network(address: str) -> None:
    assert not is_local(address)


def test_a_name_that_means_another_address_the_next_time_is_not_asked_again(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The address that was looked at is the one that is connected to."""
    port = network.server.server_port
    answers = iter(["127.0.0.1", "10.0.0.1"])

    def resolve(*_args: Any, **_named: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    connected: list[Any] = []
    connect = socket.create_connection

    def note(address: tuple[str, int], *args: Any, **named: Any) -> socket.socket:
        connected.append(address)
        monkeypatch.undo()
        return connect(address, *args, **named)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", note)
    answer = fetch(f"http://rebound.example:{port}/a.png", FetchLimits(10_000, 5, ("127.0.0.0/8",)))
    assert connected == [("127.0.0.1", port)]
    assert answer.data == PIXEL


@pytest.mark.parametrize("written", ["{timeout: soon}", "{timeout: 0}", "{host: a}"])
def test_what_assets_does_not_have_is_named(project: Project, written: str) -> None:
    project.write("slidegen.yml", f"assets: {written}\n")
    project.write("talk.md", "# A\n")
    assert project.run("build", "talk.md").codes == ["SG004"]


def test_what_is_not_downloaded_is_not_said_to_be(deck: Any, allowed: Project, network: Network) -> None:
    allowed.write("talk.md", f'<iframe src="{network.url}/page.png"></iframe>\n\n![]({network.url}/a.png)\n')
    err = allowed.run("build", "talk.md", "-o", "talk.html").err
    page, picture = err.split("a.png is loaded")
    assert "a card with its title and address" in page
    assert "--fetch" not in page
    assert "--fetch" in picture
