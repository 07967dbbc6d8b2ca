"""The live loop in a real browser: a file is saved, and every window that shows its deck follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.projects import Project
from tests.site.live.serving import Serving, serving

DECK = """# One

Hello $x^2$

---
# Two

- a

--
- b

???
What to say

---
# Three

```python
print(1)
```
"""


@pytest.fixture
def server(project: Project) -> Iterator[Serving]:
    project.write("talk.md", DECK)
    with serving(project) as running:
        yield running


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page of the server, and counts in `loads` how often it is loaded."""
    contexts: list[Any] = []
    wrong: list[str] = []

    def visit(url: str, *, context: Any = None, **options: Any) -> Any:
        if context is None:
            context = browser.new_context(viewport={"width": 1280, "height": 720}, **options)
            contexts.append(context)
            context.set_default_timeout(8000)
            context.add_init_script("sessionStorage.loads = Number(sessionStorage.loads ?? 0) + 1")
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(url)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not wrong


def shown(page: Any) -> str:
    """What the reader sees."""
    return str(page.locator(".remark-visible .remark-slide-content").inner_text())


def loads(page: Any) -> int:
    return int(page.evaluate("Number(sessionStorage.loads)"))


def test_a_save_is_seen_in_place_on_the_slide_and_step_that_was_shown(
    project: Project, server: Serving, visit: Callable[..., Any]
) -> None:
    page = visit(f"{server.url}/talk.html#2")
    page.evaluate("window.same = document.querySelector('.remark-visible')")
    project.write("talk.md", DECK.replace("- a", "- a new beginning"))

    page.wait_for_function("document.querySelector('.remark-visible').innerText.includes('new beginning')")
    assert "b" not in shown(page).split()
    assert page.evaluate("slideshow.getCurrentSlideIndex()") == 1
    assert page.evaluate("same === document.querySelector('.remark-visible')")
    assert loads(page) == 1
