"""The expressions that macros in a page's scripts may use, evaluated without running JavaScript.

Each expression can compute its value in a call, and can be written as Jinja2 for the templates of
`slidegen import`. A build only computes values, so no text from a page is ever compiled.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import chain
from urllib.parse import quote

from markupsafe import Markup, soft_str
from msgspec import Struct
from msgspec.structs import replace

from slidegen.reading.javascript.numbers import JsNumber

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif")
MAX_SIZE = 1_000
MAX_DEPTH = 60
"""Limits for the number and depth of nested values: `h = h + h` doubles them with each line."""


class TooLargeError(ValueError):
    """A value is larger than any macro needs."""


class Call(Struct, frozen=True):
    """A call of a macro."""

    target: str
    args: Sequence[str]
    html: bool = False
    """Whether the macro's own texts stay unchanged while arguments are escaped, as within a tag."""

    @property
    def plain(self) -> Call:
        """A copy for what is not shown: conditions, numbers."""
        return replace(self, html=False)

    def argument(self, index: int) -> str:
        """An argument; an empty text if it is not given."""
        return self.args[index] if index < len(self.args) else ""


Given = str | bool | JsNumber


@dataclass(frozen=True)
class Value:
    """A part of a macro's result. Raises TooLargeError if it is too large."""

    size: int = dataclasses.field(init=False, compare=False, repr=False)
    depth: int = dataclasses.field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        inner = self.inner
        object.__setattr__(self, "size", 1 + sum(value.size for value in inner))
        object.__setattr__(self, "depth", 1 + max((value.depth for value in inner), default=0))
        if self.size > MAX_SIZE or self.depth > MAX_DEPTH:
            raise TooLargeError

    @property
    def inner(self) -> Sequence[Value]:
        """The values that it is made from."""
        return ()

    def given(self, call: Call) -> Given:
        """Its value in a call."""
        raise NotImplementedError

    def template(self, html: bool) -> str:
        """The same as a Jinja2 expression; `html` as in a call."""
        raise NotImplementedError


@dataclass(frozen=True)
class FixedText(Value):
    """A constant."""

    text: str

    def given(self, call: Call) -> Given:
        return Markup(self.text) if call.html else self.text

    def template(self, html: bool) -> str:
        return f"{literal(self.text)}{'|safe' if html else ''}"


@dataclass(frozen=True)
class Target(Value):
    """The text in the parentheses of a call."""

    def given(self, call: Call) -> Given:
        return call.target

    def template(self, html: bool) -> str:
        del html
        return "target"


@dataclass(frozen=True)
class Argument(Value):
    """An argument by index."""

    index: int

    def given(self, call: Call) -> Given:
        return call.argument(self.index)

    def template(self, html: bool) -> str:
        del html
        return f"args[{self.index}]"


@dataclass(frozen=True)
class Numeral(Value):
    """A number in a product."""

    number: float

    def given(self, call: Call) -> Given:
        del call
        return JsNumber(self.number)

    def template(self, html: bool) -> str:
        del html
        return f"{literal(str(JsNumber(self.number)))}|number"


@dataclass(frozen=True)
class Product(Value):
    """A product of quotients, each given as a dividend and its divisors."""

    factors: tuple[tuple[Value, ...], ...]

    @property
    def inner(self) -> Sequence[Value]:
        return tuple(chain.from_iterable(self.factors))

    def given(self, call: Call) -> Given:
        product = JsNumber(1)
        for first, *others in self.factors:
            factor = JsNumber.read(first.given(call.plain))
            for other in others:
                factor = factor / JsNumber.read(other.given(call.plain))
            product = product * factor
        return product

    def template(self, html: bool) -> str:
        del html
        factors = (f"({' / '.join(map(_number, factor))})" for factor in self.factors)
        return f"({' * '.join(factors)})"


@dataclass(frozen=True)
class Several(Value):
    """An expression with operands of equal rank."""

    values: tuple[Value, ...]

    @property
    def inner(self) -> Sequence[Value]:
        return self.values


@dataclass(frozen=True)
class Either(Several):
    """The first operand that is given, else the last."""

    def given(self, call: Call) -> Given:
        found: Given = ""
        for value in self.values:
            found = value.given(call)
            if found:
                break
        return found

    def template(self, html: bool) -> str:
        return f"({' or '.join(value.template(html) for value in self.values)})"


@dataclass(frozen=True)
class Both(Several):
    """The last operand, if all before it are given."""

    def given(self, call: Call) -> Given:
        found: Given = ""
        for value in self.values:
            found = value.given(call)
            if not found:
                break
        return found

    def template(self, html: bool) -> str:
        return f"({' and '.join(value.template(html) for value in self.values)})"


@dataclass(frozen=True)
class Choice(Value):
    """One of two, depending on whether a third is given."""

    condition: Value
    yes: Value
    no: Value

    @property
    def inner(self) -> Sequence[Value]:
        return self.condition, self.yes, self.no

    def given(self, call: Call) -> Given:
        return (self.yes if self.condition.given(call.plain) else self.no).given(call)

    def template(self, html: bool) -> str:
        return (
            f"({self.yes.template(html)} if {self.condition.template(False)} else {self.no.template(html)})"
        )


@dataclass(frozen=True)
class Equal(Value):
    """Whether two are equal."""

    left: Value
    right: Value

    @property
    def inner(self) -> Sequence[Value]:
        return self.left, self.right

    def given(self, call: Call) -> Given:
        return str(self.left.given(call.plain)) == str(self.right.given(call.plain))

    def template(self, html: bool) -> str:
        del html
        return f"({self.left.template(False)}|string == {self.right.template(False)}|string)"


@dataclass(frozen=True)
class OfOne(Value):
    """What is made from one value."""

    value: Value

    @property
    def inner(self) -> Sequence[Value]:
        return (self.value,)


@dataclass(frozen=True)
class Not(OfOne):
    """Whether one is not given."""

    def given(self, call: Call) -> Given:
        return not self.value.given(call.plain)

    def template(self, html: bool) -> str:
        del html
        return f"(not {self.value.template(False)})"


@dataclass(frozen=True)
class IsPicture(OfOne):
    """Whether a text ends like the file name of a picture."""

    def given(self, call: Call) -> Given:
        return str(self.value.given(call.plain)).lower().endswith(PICTURES)

    def template(self, html: bool) -> str:
        del html
        endings = ", ".join(map(literal, PICTURES))
        return f"({self.value.template(False)}|lower).endswith(({endings}))"


class Change(Enum):
    """Changes to a text, named after Jinja2's filters."""

    TRIM = "trim"
    LOWER = "lower"
    UPPER = "upper"
    URLENCODE = "urlencode"


@dataclass(frozen=True)
class ChangedText(OfOne):
    """A text after a change."""

    change: Change

    def given(self, call: Call) -> Given:
        encodes = self.change is Change.URLENCODE
        text = soft_str(self.value.given(call.plain if encodes else call))
        match self.change:
            case Change.TRIM:
                return text.strip()
            case Change.LOWER:
                return text.lower()
            case Change.UPPER:
                return text.upper()
            case Change.URLENCODE:
                return quote(text.encode("utf-8", "surrogatepass"), safe="/")

    def template(self, html: bool) -> str:
        # as a text first: Jinja2 encodes only texts and their containers
        inner = self.value.template(html and self.change is not Change.URLENCODE)
        return f"({inner}|string|{self.change.value})"


@dataclass(frozen=True)
class Concatenation(Several):
    """Several texts joined."""

    def given(self, call: Call) -> Given:
        if len(self.values) == 1:
            return self.values[0].given(call)
        texts = [soft_str(value.given(call)) for value in self.values]
        return (Markup("") if any(isinstance(text, Markup) for text in texts) else "").join(texts)

    def template(self, html: bool) -> str:
        return f"({' ~ '.join(value.template(html) for value in self.values) or literal('')})"


def literal(text: str) -> str:
    """A text in quotes that Jinja2 reads back."""
    return json.dumps(text, ensure_ascii=False)


def _number(value: Value) -> str:
    return value.template(False) if isinstance(value, Numeral) else f"{value.template(False)}|number"
