"""Maps LaTeX environments to those of math-core."""

from __future__ import annotations

import re

from msgspec import Struct, field

from slidegen.patterns import lazy_compile


class Environment(Struct, frozen=True):
    """How to pass on a LaTeX environment."""

    plain: str
    """math-core's name for it without numbers; empty if only its content is passed on."""
    numbered: str = ""
    """math-core's name for it with numbers, if it can have them."""
    each_row: bool = False
    """Whether each of its rows has a number, rather than the whole."""
    starred: bool = False
    """Whether it has numbers only through `\\tag`."""
    drops: str = ""
    """Arguments to skip: `o` in brackets, `m` in braces."""
    three_columns: bool = False
    """Whether its columns are left side, relation and right side, which are two in `aligned`."""
    small: bool = False


def _environments() -> dict[str, Environment]:
    found = {
        "split": Environment("aligned"),
        "aligned": Environment("aligned", drops="o"),
        "gathered": Environment("gathered", drops="o"),
        "alignedat": Environment("aligned", drops="om"),
        "smallmatrix": Environment("matrix", small=True),
        "math": Environment(""),
        "displaymath": Environment(""),
        "subequations": Environment(""),
        "center": Environment(""),
    }
    for name in ("matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix"):
        found[name] = Environment(name)
        found[name + "*"] = Environment(name, drops="o")
    for star in ("", "*"):
        starred = star == "*"
        found["equation" + star] = Environment("", "equation", starred=starred)
        found["multline" + star] = Environment("multline*", "multline", starred=starred)
        found["gather" + star] = Environment("gathered", "gather", each_row=True, starred=starred)
        found["align" + star] = found["flalign" + star] = Environment("aligned", "align", True, starred)
        for name in ("alignat", "xalignat"):
            found[name + star] = Environment("aligned", "align", True, starred, drops="m")
        found["eqnarray" + star] = Environment("aligned", "align", True, starred, three_columns=True)
    return found


ENVIRONMENTS = _environments()
"""Those that math-core lacks under this name, or that can have numbers, or take arguments."""


class Row(Struct):
    """The number of a row of an environment."""

    slot: int
    """Index of the token to put the number into."""
    empty: bool = True
    tag: str | None = None
    """LaTeX for math-core: `\\tag{1}`."""
    shown: str = ""
    """What `\\ref` shows for that tag."""
    labels: list[str] = field(default_factory=list)
    no_number: bool = False


_REPEAT = lazy_compile(r"\*\{(\d{1,2})\}\{([^{}]*)\}")
_PARAGRAPH = lazy_compile(r"[pmb]\{[^{}]*\}")
_BETWEEN = lazy_compile(r"[@!<>]\{[^{}]*\}")


def columns(spec: str) -> str:
    """The columns of an array and the lines between them, reduced to `l`, `c`, `r`, `|` and `:`."""
    spec = _BETWEEN.sub("", spec)
    spec = _REPEAT.sub(lambda match: match[2] * int(match[1]), spec)
    return re.sub(r"[^lcr|:]", "", _PARAGRAPH.sub("l", spec)) or "c"
