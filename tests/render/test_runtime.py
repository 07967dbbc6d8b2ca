"""Linking the modules of the browser side."""

from __future__ import annotations

import gzip
import re
from collections.abc import Sequence

import pytest

from slidegen.render.page import FEATURES, SHOWING
from slidegen.render.runtime import LinkError, compact, link
from tests.pages import FOLDERS, TEMPLATES

MODULES = {
    "runtime/a.mjs": 'import { b, c as d } from "./b.mjs";\n\nexport function a() { return b + d; }\n',
    "runtime/b.mjs": 'import { c } from "./c.mjs";\nexport const b = c;\nexport { c };\n',
    "runtime/c.mjs": "export const c = 1;\nexport class C {}\nexport async function later() {}\n",
    "runtime/x.mjs": 'import { y } from "./y.mjs";\nexport const x = 1;\n',
    "runtime/y.mjs": 'import { x } from "./x.mjs";\nexport const y = 1;\n',
    "runtime/z.mjs": 'import { no } from "./no.mjs";\n',
}


def test_modules_come_after_those_they_import() -> None:
    script, names = link(["a.mjs"], MODULES.get)
    assert names == ("c.mjs", "b.mjs", "a.mjs")
    assert 'const { b, c: d } = slidegen["b.mjs"];' in script
    assert "return { c, C, later };" in script
    assert "import" not in script


def test_what_is_linked_already_is_not_linked_again() -> None:
    script, names = link(["a.mjs", "c.mjs"], MODULES.get, linked=["c.mjs"])
    assert names == ("b.mjs", "a.mjs")
    assert 'slidegen["c.mjs"] =' not in script


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("x.mjs", "import each other: x.mjs -> y.mjs -> x.mjs"),
        ("z.mjs", "no such module: runtime/no.mjs, needed by z.mjs"),
        ("no.mjs", "no such module: runtime/no.mjs$"),
    ],
)
def test_modules_that_cannot_be_linked(entry: str, message: str) -> None:
    with pytest.raises(LinkError, match=message):
        link([entry], MODULES.get)


def test_compact_leaves_the_code() -> None:
    script = """
      // a comment
      /** @type {any} */ (call());
      /** More
       * of it. */
      const text = "// no comment"; // stays


      const url = "http://x";
    """
    assert compact(script) == '\n(call());\nconst text = "// no comment"; // stays\nconst url = "http://x";\n'


def test_the_runtime_keeps_to_what_linking_understands() -> None:
    for path in (TEMPLATES / "runtime").iterdir():
        text = path.read_text("utf-8")
        assert "</script" not in text.lower(), path
        code = re.sub(r"/\*\*?(?:[^*]|\*(?!/))*\*/", "", text)
        assert not re.search(
            r"^[ \t]+(?:import|export)\b|^export (?:default|\{|let|var)|\bimport\(", code, re.M
        ), path
        assert code.count("`") % 2 == 0, path
        for literal in re.findall(r"`[^`]*`", code):
            assert "\n" not in literal, path


def test_the_script_that_shows_a_deck_stays_small() -> None:
    assert gzipped(SHOWING) <= 6 * 1024


def test_the_scripts_that_every_deck_has_stay_small() -> None:
    assert gzipped(FEATURES) <= 20 * 1024


def gzipped(modules: Sequence[str]) -> int:
    """Bytes of a page's scripts with these modules, compressed."""
    show, linked = link(["show.mjs"], FOLDERS.text)
    main, _ = link([name for name in modules if name not in linked], FOLDERS.text, linked)
    head = compact((TEMPLATES / "runtime/head.js").read_text("utf-8"))
    return len(gzip.compress((head + show + main).encode()))
