"""Hides backslash-escaped characters from a second reading of a text."""

from __future__ import annotations

ESCAPED = "\\`*{}[]()#+-.!_>~|"
"""What a backslash makes literal."""
HIDDEN = {character: chr(0xFDD0 + place) for place, character in enumerate(ESCAPED) if character != "\\"}
"""Temporary stand-ins, from characters that Unicode reserves for such uses. A backslash may escape again."""
RANGE = f"{min(HIDDEN.values())}-{max(HIDDEN.values())}"
"""All of them, for a character class in a pattern."""
_SHOWN = {ord(hidden): character for character, hidden in HIDDEN.items()}


def shown(html: str) -> str:
    """HTML with the characters themselves."""
    return html if html.isascii() else html.translate(_SHOWN)
