"""Makes regular expressions from compiled code that is kept from one command to the next.

That takes a hundredth of the time of compiling them. It also works for other packages: PyYAML, Markdown,
Jinja2 and Pygments compile hundreds when they are imported.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import msgspec
from msgspec import Struct

from slidegen.kept import STORE

MOST_NEW = 3000
"""How many patterns of one command to keep, since a long-running one may make any number."""
BETWEEN = frozenset((__name__, "re", "re._compiler"))
"""The modules between whoever wants a pattern and this one."""
CONSTANT = frozenset(("jinja2", "markdown", "pygments", "pymdownx", "yaml", "slidegen.patterns"))
"""Packages and modules that make patterns of their own texts only."""


class Compiled(Struct, frozen=True, array_like=True):
    """What the engine of `re` makes a pattern from."""

    flags: int
    code: bytes
    """Unsigned integers in this machine's representation."""
    groups: int
    names: dict[str, int]
    places: list[str | None]
    """The name of each group."""


@contextmanager
def kept_patterns() -> Iterator[None]:
    """Let `re` make its patterns from kept code, while values are kept.

    This uses private parts of `re`. If they are not as in CPython 3.11 to 3.14, patterns are compiled
    as usual.
    """
    compiler: Any = getattr(re, "_compiler", None)
    compile_now = getattr(compiler, "compile", None)
    if compile_now is None:
        yield
        return
    compiler.compile = _compile_with(compiler, compile_now)
    try:
        yield
    finally:
        compiler.compile = compile_now


def _compile_with(compiler: Any, compile_now: Callable[..., Any]) -> Callable[..., Any]:
    def compile_kept(pattern: Any, flags: int = 0) -> Any:
        if type(pattern) is not str or not STORE.open:
            return compile_now(pattern, flags)
        try:
            return _from_code(compiler, pattern, int(flags))
        except Exception:  # a mistake in the pattern, a change in `re`, or damaged data
            return compile_now(pattern, flags)

    return compile_kept


def _from_code(compiler: Any, pattern: str, flags: int) -> Any:
    key = f"re {flags} {pattern}"
    data = STORE.get(key)
    if data is None:
        made = _code_of(compiler, pattern, flags)
        if STORE.new < MOST_NEW and _is_of_code(pattern):
            STORE.put(key, msgspec.msgpack.encode(made))
    else:
        made = msgspec.msgpack.decode(data, type=Compiled)
    code = array("I", made.code).tolist()
    return compiler._sre.compile(pattern, made.flags, code, made.groups, made.names, tuple(made.places))


def _is_of_code(pattern: str) -> bool:
    """Whether a pattern stands in a program, so that it can hold nothing of a deck, which is not to be kept.

    Either it is a constant of the function that asks for it, or it is made while a module is imported, or by
    a package that makes patterns of its own texts only.
    """
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_globals.get("__name__") in BETWEEN:
        frame = frame.f_back
    if frame is None:
        return False
    module = str(frame.f_globals.get("__name__"))
    return (
        frame.f_code.co_name == "<module>"
        or pattern in frame.f_code.co_consts
        or not {module, module.partition(".")[0]}.isdisjoint(CONSTANT)
    )


def _code_of(compiler: Any, pattern: str, flags: int) -> Compiled:
    """As in `re._compiler.compile`."""
    parsed = compiler._parser.parse(pattern, flags)
    code = array("I", compiler._code(parsed, flags))
    names = dict(parsed.state.groupdict)
    places: list[str | None] = [None] * parsed.state.groups
    for name, place in names.items():
        places[place] = name
    return Compiled(
        flags=int(flags | parsed.state.flags),
        code=code.tobytes(),
        groups=parsed.state.groups - 1,
        names=names,
        places=places,
    )
