"""Patterns shared by several rules, modelled on `marked` 0.3 as bundled with remark.js 0.14.1.

Python's `\\s` differs from JavaScript's; `\\w`, `\\d` and `\\b` mean ASCII in JavaScript, hence `re.ASCII`.
"""

from __future__ import annotations

import re

from slidegen.patterns import lazy_compile

SPACE = r"[\s\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]"
"""JavaScript's `\\s`, for patterns with `re.ASCII`."""
NO_SPACE = r"[^\s\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]"
BULLET = r"(?:[*+-]|\d+\.)"
RULE = r"(?>(?: *+[-*_]){3,}) *+(?:\n|\Z)"
"""A line of three or more stars, dashes, underscores."""
BLOCK_TAG = (
    r"(?!(?:a|em|strong|small|s|cite|q|dfn|abbr|data|time|code|var|samp|kbd|sub|sup|i|b|u|mark|ruby|rt|rp|bdi|bdo"
    r"|span|br|wbr|ins|del|img)\b)\w++(?!:/|[^\w\s@]*+@)"
)
"""The name of a tag that is neither inline nor an autolink."""
FENCE = r"(?:`{3,}+|~{3,}+)"


def compiled(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """The pattern with JavaScript's notion of letters and digits."""
    return lazy_compile(pattern, flags | re.ASCII)
