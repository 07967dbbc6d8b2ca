"""Renders `:::` divisions, and the callouts among them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from slidegen.render.dialect.callouts import KINDS, CalloutTitles

CALLOUT = "callout-"


def division_html(
    classes: Sequence[str], attributes: Sequence[tuple[str, str]], inner: str, titles: CalloutTitles
) -> str:
    """The element of a division; `::: {.callout-tip title="Try it"}` looks like `> [!TIP]`."""
    given = dict(attributes)
    kind = next((name.removeprefix(CALLOUT) for name in classes if name.startswith(CALLOUT)), "")
    if kind in KINDS:
        title = given.pop("title", "") or titles()[kind]
        classes = ("callout", *(name for name in classes if name != "callout"))
        given.setdefault("role", "note")
        inner = f'<p class="callout-title">{escape(title, quote=False)}</p>\n{inner}'
    merged = {**({"class": " ".join(classes)} if classes else {}), **given}
    written = "".join(f' {name}="{escape(value)}"' for name, value in merged.items())
    return f"<div{written}>{inner}</div>"
