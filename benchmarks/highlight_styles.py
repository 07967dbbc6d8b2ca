#!/usr/bin/env python3
"""Reads off what remark's highlight styles look like: the table `slidegen/render/code/highlight_styles.py`.

    python3 benchmarks/highlight_styles.py remark.min.js > src/slidegen/render/code/highlight_styles.py

Which colour a name stands for is a fact that decks are designed around. This opens a page with remark.js 0.14.1 in
Chromium, shows a token of each class in each style, and writes down the colours that the browser computes, and nothing
of the style sheets themselves. What a style leaves as it finds it is not in the table. Needs playwright.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

CLASSES = (
    "addition attr attribute built_in builtin-name bullet class code comment deletion doctag emphasis formula function "
    "keyword link link_label literal meta meta-keyword meta-string name number params quote regexp section "
    "selector-attr selector-class selector-id selector-pseudo selector-tag string strong subst symbol tag "
    "template-tag template-variable title type variable"
).split()
OUTER = ("class", "code", "function", "meta", "tag")
"""Classes in which some styles give other colours to others."""

READ = """([style, classes, outer]) => {
  const said = (element) => {
    const { color, backgroundColor, fontWeight, fontStyle, textDecorationLine } = getComputedStyle(element);
    return { color, backgroundColor, fontWeight, fontStyle, textDecorationLine };
  };
  const area = document.createElement("div");
  area.className = `hljs-${style.replaceAll(".", " ")} hljs-${style}`;
  document.body.append(area);
  const shown = (...names) => {
    area.innerHTML = "<pre><code class='hljs'><i style='font-style:normal'></i></code></pre>";
    let at = area.querySelector("i");
    // what a token does not say for itself it has from this element
    at.style.cssText = "color: rgb(1, 2, 3); font: normal 300 10px serif";
    for (const name of names) {
      at = at.appendChild(document.createElement("span"));
      at.className = `hljs-${name}`;
    }
    return said(at);
  };
  area.innerHTML = "<pre><code class='hljs'>x</code></pre>";
  const found = { block: said(area.querySelector("code")), alone: {}, nested: {} };
  const around = said(area.querySelector("pre")).backgroundColor;
  if (found.block.backgroundColor === "rgba(0, 0, 0, 0)") found.block.backgroundColor = around;
  for (const name of classes) found.alone[name] = shown(name);
  for (const one of outer) for (const name of classes) if (one !== name) {
    const both = shown(one, name), alone = found.alone[name], around = found.alone[one];
    // a colour that is neither the token's own nor the one around it
    const own = alone.color === "rgb(1, 2, 3)" ? around.color : alone.color;
    if (both.color !== own) found.nested[`${one}>${name}`] = both;
  }
  area.remove();
  return found;
}"""
HEAD = '''"""The colours of remark 0.14.1's highlight styles.

They are what Chromium computes with remark in it: written by benchmarks/highlight_styles.py, not by hand.
"""
# ruff: noqa: E501 - a line holds a style

STYLES = """'''
FOOT = '''"""
"""A line for each style: its name; foreground and background; then looks, each with the scopes that have it."""'''
STYLES = "() => Object.keys(remark.highlighter.styles)"


def main() -> None:
    remark = Path(sys.argv[1]).read_text("utf-8")
    with sync_playwright() as playwright:
        program = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.set_content("<!DOCTYPE html><html><head></head><body></body></html>")
        page.add_script_tag(content=remark)
        page.evaluate("() => { remark.create({ source: '' }) }")
        print(HEAD)
        for style in sorted(page.evaluate(STYLES)):
            line = _line(style, page.evaluate(READ, [style, CLASSES, OUTER]))
            if ";" in line:  # else a name of remark's without any colours
                print(line)
        print(FOOT)
        browser.close()


def _line(style: str, found: dict[str, Any]) -> str:
    block = found["block"]
    looks: dict[str, list[str]] = {}
    for name, said in {**found["alone"], **found["nested"]}.items():
        look = _look(said)
        if look:
            looks.setdefault(look, []).append(name)
    parts = [f"{_hex(block['color'])} on {_hex(block['backgroundColor'])}"]
    parts += [f"{look}: {' '.join(names)}" for look, names in looks.items()]
    return f"{style} = " + "; ".join(parts)


def _look(said: dict[str, str]) -> str:
    words = []
    if said["color"] != "rgb(1, 2, 3)":
        words.append(_hex(said["color"]))
    if said["backgroundColor"] != "rgba(0, 0, 0, 0)":
        words.append(f"on {_hex(said['backgroundColor'])}")
    if said["fontWeight"] != "300":
        words.append("bold" if int(said["fontWeight"]) >= 600 else "normal")
    if said["fontStyle"] != "normal":
        words.append(said["fontStyle"])
    if said["textDecorationLine"] != "none":
        words.append(said["textDecorationLine"])
    return " ".join(words)


def _hex(colour: str) -> str:
    """`#rgb` or `#rrggbb`; `none` for a background that lets through what is behind it."""
    numbers = re.findall(r"[\d.]+", colour)
    if len(numbers) > 3 and float(numbers[3]) == 0:
        return "none"
    if len(numbers) > 3:
        return colour.replace(" ", "")
    text = "".join(f"{int(number):02x}" for number in numbers)
    return f"#{text[::2]}" if text[::2] == text[1::2] else f"#{text}"


if __name__ == "__main__":
    main()
