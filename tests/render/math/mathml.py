"""The MathML of formulas."""

from __future__ import annotations

import re

from slidegen.render.math import MathRenderer


def mathml(tex: str, *, display: bool = True, renderer: MathRenderer | None = None) -> str:
    """The MathML of a formula that parses, without its source."""
    rendered = (renderer or MathRenderer()).render(tex, display=display, in_code=True)
    assert rendered.error is None, rendered.error
    found = re.search(r"<semantics>(.*)<annotation ", rendered.html, re.DOTALL)
    assert found is not None, rendered.html
    return found[1]
