"""A sandbox for templates from projects that the user does not work in: few capabilities, bounded work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps

from jinja2 import nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from slidegen.patterns import lazy_compile

TURNS = 1_000_000
"""How many iterations all loops of a deck's templates may make together."""
LONGEST = 16_000_000
"""Limit for the characters of a text, and the items of a list."""
ALL = 500_000_000
"""Limit for the characters of all texts together, counting an item of a list as ten, and for a template's output."""
LARGEST = 100_000
"""Limit for numbers passed to filters and methods, and for the bits of any number."""
WIDTH = lazy_compile(r"[0-9]{6}")
"""A width in a format that is too large."""
NESTED = lazy_compile(r"\{[^}]*\{")
"""A width given by an argument."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2's immutable sandbox with limits on iterations, lengths of texts and sizes of numbers."""

    intercepted_binops = frozenset(("*", "**", "+", "%"))

    def __init__(self, *args: object, **settings: object) -> None:
        super().__init__(*args, **settings)
        self._turns = self._made = 0
        self.globals.pop("lipsum", None)
        self.filters = {name: self._within(name, function) for name, function in self.filters.items()}
        self.filters["bounded"] = self._bounded
        self.filters["turn"] = self._turn
        self.concat = _joined  # type: ignore[method-assign]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        for block in template.find_all((nodes.For, nodes.Macro, nodes.CallBlock)):
            turn = nodes.Filter(nodes.Const(0), "turn", [], [], None, None)
            block.body.insert(0, nodes.ExprStmt(turn, lineno=block.lineno))  # type: ignore[attr-defined]
        _bound_texts(template)
        template.set_environment(self)
        return template

    @pass_context  # so that it is not computed when a template is compiled
    def _turn(self, context: Context, value: object) -> object:
        del context
        self._turns += 1
        if self._turns > TURNS:
            raise SecurityError(f"its loops run more than {TURNS:,} times")
        return value

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        """The result of an operation, unless it is too large."""
        if operator == "%" and isinstance(left, str) and (WIDTH.search(left) or "*" in left):
            raise _too_large("a format")
        if operator == "**" and _bits(left) * abs(_number(right)) > LARGEST:
            raise _too_large("a number")
        if operator == "*":
            if _bits(left) + _bits(right) > LARGEST:
                raise _too_large("a number")
            for text, times in ((left, right), (right, left)):
                if hasattr(text, "__len__") and len(text) * _number(times) > LONGEST:
                    raise _too_large("a text")
        return self._bounded(super().call_binop(context, operator, left, right))

    def call(__self, __context: Context, __obj: object, *args: object, **kwargs: object) -> object:  # noqa: N805
        """The result of a call, unless an argument or the result is too large."""
        method = getattr(__obj, "__wrapped__", __obj)  # Jinja2 wraps methods that format a text
        owner, name = getattr(method, "__self__", None), getattr(method, "__name__", "")
        if isinstance(owner, (str, int)):
            _check(name, owner, (*args, *kwargs.values()))
        return __self._bounded(super().call(__context, __obj, *args, **kwargs))

    def _within(self, name: str, function: Callable[..., object]) -> Callable[..., object]:
        """A filter that checks its arguments and its result."""

        @wraps(function)
        def within(*args: object, **kwargs: object) -> object:
            # A filter's context or environment is neither a number nor a text.
            of = next((value for value in args if isinstance(value, (str, list, tuple, range, int))), "")
            _check(name, of, (*args, *kwargs.values()))
            self._bounded(of)
            return self._bounded(function(*args, **kwargs))

        return within

    def _bounded(self, value: object) -> object:
        if isinstance(value, (str, list, tuple, range)):
            self._made += len(value) if isinstance(value, str) else 10 * len(value)
            if len(value) > LONGEST or self._made > ALL:
                raise _too_large("a text")
        return value


def _bound_texts(node: nodes.Node) -> None:
    """Make the template check the length of texts it joins."""
    for name, value in node.iter_fields():
        if isinstance(value, nodes.Concat):
            _bound_texts(value)
            setattr(node, name, nodes.Filter(value, "bounded", [], [], None, None))
        elif isinstance(value, nodes.Node):
            _bound_texts(value)
        elif isinstance(value, list):
            for place, each in enumerate(value):
                if isinstance(each, nodes.Node):
                    _bound_texts(each)
                if isinstance(each, nodes.Concat):
                    value[place] = nodes.Filter(each, "bounded", [], [], None, None)


def _check(name: str, of: object, given: tuple[object, ...]) -> None:
    """Refuse arguments that would make something large."""
    size = len(of) if isinstance(of, (str, list, tuple)) else 1
    numbers = [abs(value) for value in given if isinstance(value, int)]
    if any(number > LARGEST or number * size > 10 * LONGEST for number in numbers):
        raise _too_large("a number")
    if name in ("format", "format_map") and isinstance(of, str) and (WIDTH.search(of) or NESTED.search(of)):
        raise _too_large("a format")
    if name == "replace" and size * max(
        (len(value) for value in given[1:] if isinstance(value, str)), default=0
    ) > (10 * LONGEST):
        raise _too_large("a text")
    if name == "join":
        for value in given:
            if (
                isinstance(value, (list, tuple))
                and sum(len(each) for each in value if isinstance(each, str)) > LONGEST
            ):
                raise _too_large("a text")


def _joined(pieces: Iterable[str]) -> str:
    """The output of a template, checked as a whole."""
    kept, length = [], 0
    for piece in pieces:
        length += len(piece)
        if length > ALL:
            raise _too_large("what it writes")
        kept.append(piece)
    return "".join(kept)


def _bits(value: object) -> int:
    return value.bit_length() if isinstance(value, int) else 0


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _too_large(what: str) -> SecurityError:
    return SecurityError(f"{what} is too large; the template is from a folder that you do not work in")
