"""Linking the modules of the browser side."""

from __future__ import annotations

import gzip
import re
import zlib
from base64 import b64decode

import pytest

from slidegen.render.page.features import BOOT_MODULES
from slidegen.render.page.scripts import LinkError, compact, link
from tests.pages import FOLDERS, TEMPLATES
from tests.projects import PIXEL, Project

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
    assert 'const{b,c:d}=slidegen["b.mjs"];' in script
    assert "return{c,C,later};" in script
    assert "import" not in script


def test_what_is_linked_already_is_not_linked_again() -> None:
    script, names = link(["a.mjs", "c.mjs"], MODULES.get, linked=["c.mjs"])
    assert names == ("b.mjs", "a.mjs")
    assert 'slidegen["c.mjs"]=' not in script


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
      const text = "// no comment"; // it's one


      const url = "http://x";
    """
    assert compact(script) == '\n(call());const text="// no comment";\nconst url="http://x";'


@pytest.mark.parametrize(
    "kept",
    [
        """say("a , b",'c = "d"',`e ; f`);""",
        "say(`${a } , b`);",
        "say(`a , ${b ? `c = d` : 1} , e`);",
        "x=/ = [/] , /g;",
        "if(/^ a /.test(b))c=d/ e;",
        "const{a,b:c}=async()=>({...d,[e]:f?.g??[]});",
        "return-1;",
        "x=a + +b;",
        "x=a - -b+c++ + d;",
        "typeof a in b;",
    ],
)
def test_compact_takes_only_spaces_that_mean_nothing(kept: str) -> None:
    assert compact(kept) == kept
    for spaced, as_it_was in ((kept.replace("=>", " => "), kept), (f"{{ {kept} }}", f"{{{kept}}}")):
        assert compact(spaced) == as_it_was


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


def test_the_scripts_of_a_built_deck_stay_small(project: Project) -> None:
    project.write("heap.png", PIXEL)
    deck = project.deck("# Sorting\n\n![A heap](heap.png)\n---\n```python\nsorted(words)\n```\n???\nAsk.\n")
    head, show, main = re.findall(r"<script(?: type=\"module\")?>(.*?)</script>", deck.html, re.DOTALL)
    packed = re.search(r'slidegen\.tools="([^"]+)";\n', main)
    assert packed
    tools = zlib.decompress(b64decode(packed[1]), -zlib.MAX_WBITS).decode("utf-8").split("\0")[-1]
    assert gzipped(head + show) <= 3_800
    assert gzipped(head + show + main.replace(packed[0], tools)) <= 25_000


def test_moving_through_a_deck_and_printing_it_takes_little() -> None:
    show, linked = link(["boot.mjs"], FOLDERS.text)
    moving, _ = link(BOOT_MODULES, FOLDERS.text, linked)
    assert gzipped(show + moving) <= 5_400


def gzipped(script: str) -> int:
    return len(gzip.compress(script.encode()))


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("const a = (b) => b;", "const a=b=>b;"),
        ("const a = async (b) => b;", "const a=async(b)=>b;"),
        ("const a = (b, c) => b;", "const a=(b,c)=>b;"),
        ("const a = ({ b }) => (c) => c;", "const a=({b})=>c=>c;"),
        ("const a = /** @type {B} */ (b.c).d;", "const a=b.c.d;"),
        ("const a = /** @type {B} */ (b ?? c).d;", "const a=(b??c).d;"),
        ("return /** @type {B} */ (b);", "return b;"),
    ],
)
def test_compact_takes_parentheses_that_nothing_needs(written: str, kept: str) -> None:
    assert compact(written) == kept
