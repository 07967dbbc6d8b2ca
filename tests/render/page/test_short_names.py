"""Local names of the browser side's scripts become short, and nothing else does."""

from __future__ import annotations

import re

import pytest

from slidegen.render.page.scripts import link
from slidegen.render.page.short_names import with_short_names
from tests.pages import FOLDERS, TEMPLATES


@pytest.mark.parametrize(
    ("written", "short"),
    [
        ("(slide)=>{const steps=slide.steps;return steps;}", "(e)=>{let t=e.steps;return t}"),
        ("(slide)=>slide+document.title", "(e)=>e+document.title"),
        ("{let one=1,two=one,three;three=two;}", "{let e=1,t=e,n;n=t}"),
        ("{let one=1;let two=one;const three=two;}", "{let e=1,t=e,n=t}"),
        # Properties, keys and methods
        ("(name)=>({name:name,a:name.name})", "(e)=>({name:e,a:e.name})"),
        ("(name)=>({name})", "(e)=>({name:e})"),
        ("(name)=>({name(){},get name(){},async name(){},a:name})",
         "(e)=>({name(){},get name(){},async name(){},a:e})"),
        ("(get,set)=>({get,set,a:set(get)})", "(e,t)=>({get:e,set:t,a:t(e)})"),
        ("(size)=>{class Box{size=size;#size=1;static size(){}get size(){return this.#size;}}}",
         "(e)=>{class t{size=e;#size=1;static size(){}get size(){return this.#size}}}"),
        ("(size)=>{set(size);}", "(e)=>{set(e)}"),
        ("(slide,other)=>slide?slide:other", "(e,t)=>e?e:t"),
        ("(list)=>[...list]", "(e)=>[...e]"),
        # Patterns
        ("({slide,step:at=slide,...rest},[first=at])=>slide+at+rest+first",
         "({slide:e,step:t=e,...n},[a=t])=>e+t+n+a"),
        ("{const{slide=1}={};for(const[key,{at}]of slide)call(key,at);}",
         "{let{slide:e=1}={};for(let[t,{at:n}]of e)call(t,n)}"),
        # Texts
        ("(slide)=>`slide ${slide+`${slide} slide`} slide`", "(e)=>`slide ${e+`${e} slide`} slide`"),
        ("(slide)=>'slide'+\"slide\"||/slide/.test(slide)", "(e)=>'slide'+\"slide\"||/slide/.test(e)"),
        ("(slide,of)=>slide/of/2", "(e,of)=>e/of/2"),
        # Names that meet, and names that do not
        ("(one)=>{call(two=>two);return one;}", "(e)=>{call(e=>e);return e}"),
        ("(one)=>{call(two=>two+one);}", "(e)=>{call(t=>t+e)}"),
        ("(one)=>{const two=1;}", "(e)=>{let t=1}"),
        ("(one)=>{try{one();}catch(two){three();}}", "(e)=>{try{e()}catch(e){three()}}"),
        ("(e)=>{call(t);}", "(e)=>{call(t)}"),
        # A browser's name, which another part of the script declares
        ("{call(name);call((name)=>name);}", "{call(name);call((name)=>name)}"),
        # Other scripts know what is declared at the top
        ("var slideshow=1;(slide)=>slideshow", "var slideshow=1;(e)=>slideshow"),
        ("const slideshow=1;const other=2;", "const slideshow=1;const other=2;"),
        # Spaces, semicolons and commas
        ("(one)=>{if(one);while(one);}", "(e)=>{if(e);while(e);}"),
        ("(one)=>{return one\n;}", "(e)=>{return e}"),
        ("(one)=>{one = [1, 2, ,];\none + +one - -one;\n}", "(e)=>{e=[1,2,,];e+ +e- -e}"),
    ],
)  # fmt: skip
def test_short_names(written: str, short: str) -> None:
    assert with_short_names(written) == short


def test_what_modules_share_keeps_its_name() -> None:
    texts = {
        "runtime/a.mjs": 'import { shared as taken } from "./b.mjs";\nexport const other = taken;\n',
        "runtime/b.mjs": "export function shared(slide) {\n  return slide;\n}\n",
    }
    own = {**texts, **{f"slidegen/{name}": text for name, text in texts.items()}}
    script, _ = link(["a.mjs"], own.get)
    assert re.search(r'slidegen\["b.mjs"\]=\(\(\)=>\{function (\w)\(\w\)\{.*return\{shared:\1\}', script)
    assert re.search(r"\{let\{shared:(\w)\}=slidegen\[\"b.mjs\"\],(\w)=\1;return\{other:\2\}", script)


def test_a_module_of_the_users_stays_as_it_is_written() -> None:
    theirs = "export function start(deck) {\n  const later = () => deck\n  later()\n}\n"

    def read(name: str) -> str | None:
        return theirs if name == "runtime/help.mjs" else FOLDERS.text(name)

    script, _ = link(["help.mjs"], read)
    assert "const later=()=>deck\nlater()" in script
    assert "deck" not in link(["listings.mjs"], read)[0].replace(".deck", "")


def test_every_module_is_less_than_before_and_on_one_line() -> None:
    for path in (TEMPLATES / "runtime").glob("*.mjs"):
        script, _ = link([path.name], FOLDERS.text)
        assert all(line.startswith('slidegen["') for line in script.splitlines()), path
