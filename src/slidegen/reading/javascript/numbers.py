"""Numbers that behave as in JavaScript."""

from __future__ import annotations

import math
import re

from slidegen.patterns import lazy_compile

NUMBER = lazy_compile(r"[-+]?(?:Infinity|\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,3})?", re.ASCII)


class JsNumber(float):
    """A number that prints, divides and compares as in JavaScript."""

    @classmethod
    def read(cls, value: object) -> JsNumber:
        """The number in a text; NaN if it is not one."""
        if isinstance(value, float | int):
            return cls(value)
        text = str(value).strip()
        return cls(text or 0.0) if not text or NUMBER.fullmatch(text) else cls(math.nan)

    def __mul__(self, other: float) -> JsNumber:
        return JsNumber(float(self) * float(other))

    def __truediv__(self, other: float) -> JsNumber:
        if other:
            return JsNumber(float(self) / float(other))
        return JsNumber(math.nan if not self else math.copysign(math.inf, self))

    def __bool__(self) -> bool:
        return not (math.isnan(self) or self == 0.0)

    def __str__(self) -> str:
        if math.isnan(self) or math.isinf(self):
            return "NaN" if math.isnan(self) else "Infinity" if self > 0 else "-Infinity"
        return str(int(self)) if self.is_integer() and abs(self) < 1e21 else repr(float(self))
