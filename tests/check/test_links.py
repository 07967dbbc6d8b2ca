"""`check --links` asks each address once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.http_server import Answers, site_of
from tests.projects import Project

ASKED: list[str] = []


class Site(Answers):
    """A site with one page, one that is gone, and one that lets no programs in."""

    def answer(self) -> None:
        ASKED.append(self.path)
        self.send_response({"/there": 200, "/secret": 403}.get(self.path, 404))
        self.send_header("Content-Length", "0")
        self.end_headers()


@pytest.fixture
def site() -> Iterator[str]:
    ASKED.clear()
    with site_of(Site) as address:
        yield address


def test_dead_links_are_named_where_the_network_is_asked(project: Project, site: str) -> None:
    project.write("slidegen.yml", "assets: {hosts: [127.0.0.1]}\n")
    links = " ".join(f"[page {name}]({site}/{name})" for name in ("there", "gone", "secret"))
    project.write("deck.md", f"# A\n\n{links}\n\n---\n\n# B\n\n[page two]({site}/gone)\n")
    assert project.run("check", "deck.md").codes == []
    assert ASKED == []
    ran = project.run("check", "--links", "deck.md")
    assert ran.codes == ["SG387", "SG387"]
    assert "deck.md:9:12: warning[SG387]" in ran.err
    assert sorted(ASKED) == ["/gone", "/secret", "/there"]
