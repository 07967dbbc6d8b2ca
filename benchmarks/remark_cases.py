#!/usr/bin/env python3
"""Checks the dialect's `remark` cases against the real remark.js 0.14.1 in Chromium.

    python3 benchmarks/remark_cases.py remark-0.14.1.min.js
    python3 benchmarks/remark_cases.py https://remarkjs.com/downloads/remark-0.14.1.min.js

Each case of tests/render/dialect/remark/*.txt (or of the files named after the script) claims what remark makes of some
Markdown. This gives the Markdown to remark's own converter and compares the elements, attributes and texts of both
results; it prints the cases that differ, and exits with 1 if there are any. remark is not part of the repository: pass
a file or a URL. Needs playwright.
"""

from __future__ import annotations

import argparse
import difflib
import shutil
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.cases import Case, read_cases  # noqa: E402

FOLDER = ROOT / "tests" / "render" / "dialect" / "remark"

FIND_CONVERTER = """() => {
  for (let number = 1; number < 100; number += 1) {
    try {
      const module = require(number);
      if (typeof module.convertMarkdown === "function") window.converter = module;
    } catch { /* no module has this number */ }
  }
  return Boolean(window.converter);
}"""
"""The bundle numbers its modules; one of them is the converter."""

COMPARE = """([markdown, html]) => {
  const BLOCKS = new Set(("ADDRESS BLOCKQUOTE DD DIV DL DT FIGURE H1 H2 H3 H4 H5 H6 HR LI OL P PRE SECTION STYLE TABLE "
    + "TBODY TD TFOOT TH THEAD TR UL").split(" "));
  const isEdge = (node) => !node || BLOCKS.has(node.nodeName) || node.nodeType === Node.COMMENT_NODE;
  const lines = [];
  const write = (node, indent) => {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.ELEMENT_NODE) {
        const attributes = [...child.attributes].map(({ name, value }) => ` ${name}=${JSON.stringify(value)}`);
        lines.push(`${indent}<${child.localName}${attributes.sort().join("")}>`);
        write(child, indent + "  ");
      } else if (child.nodeType === Node.COMMENT_NODE) {
        lines.push(`${indent}<!--${child.data}-->`);
      } else if (child.parentElement.closest("pre, style")) {
        lines.push(indent + JSON.stringify(child.data));
      } else {
        let text = child.data.replace(/[ \\t\\n]+/g, " ");
        if (isEdge(child.previousSibling)) text = text.replace(/^ /, "");
        if (isEdge(child.nextSibling)) text = text.replace(/ $/, "");
        if (text) lines.push(indent + JSON.stringify(text));
      }
    }
  };
  const outline = (html) => {
    const root = document.createElement("div");
    root.innerHTML = html;
    root.normalize();
    lines.length = 0;
    write(root, "");
    return [...lines];
  };
  return [outline(html), outline(window.converter.convertMarkdown([markdown], {}))];
}"""
"""The outlines of an expected result and of remark's. White space at the edges of blocks shows nothing."""


def main() -> int:
    """Check the cases; the number of differences decides the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("remark", help="remark.js 0.14.1: a file or a URL")
    parser.add_argument("files", nargs="*", type=Path, help="case files; by default those of the dialect")
    arguments = parser.parse_args()
    files = arguments.files or sorted(FOLDER.glob("*.txt"))
    program = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        is_url = arguments.remark.startswith(("http://", "https://"))
        page.add_script_tag(**{"url" if is_url else "path": arguments.remark})
        if not page.evaluate(FIND_CONVERTER):
            parser.error(f"{arguments.remark} has no converter that can be called; is it remark.js 0.14.1?")
        cases = [case for file in files for case in read_cases(file)]
        different = [case for case in cases if not is_same(page, case)]
        browser.close()
    print(f"{len(cases) - len(different)} of {len(cases)} cases are what remark.js makes of them")
    return 1 if different else 0


def is_same(page: Any, case: Case) -> bool:
    """Whether remark makes of a case's Markdown what the case says; prints the difference if not."""
    expected, remark = page.evaluate(COMPARE, [case.given, case.expected])
    if expected == remark:
        return True
    print(f"=== {case.path.name}: {case.title}")
    print(
        "\n".join(difflib.unified_diff(expected, remark, "case", "remark.js", lineterm="", n=2)), end="\n\n"
    )
    return False


if __name__ == "__main__":
    sys.exit(main())
