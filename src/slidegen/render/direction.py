"""The writing direction of a language."""

from __future__ import annotations

RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he iw nqo ps rhg sd syr ug ur yi".split())
SCRIPTS = frozenset("adlm arab aran hebr mand nkoo rohg samr syrc thaa".split())
"""Scripts that run from right to left, for tags such as `az-Arab`."""


def direction(lang: str) -> str:
    """`rtl` or `ltr`, as in HTML's `dir`, for a language tag such as `ar-EG`."""
    language, *subtags = lang.lower().replace("_", "-").split("-")
    script = next((tag for tag in subtags if len(tag) == 4 and tag.isalpha()), "")
    if script:
        return "rtl" if script in SCRIPTS else "ltr"
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"
