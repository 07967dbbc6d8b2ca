"""Finds the known names that a mistyped one is probably meant for: every "did you mean" comes from here."""

from __future__ import annotations

from collections.abc import Iterable


def suggest(*names: str, otherwise: str = "", also: str = "") -> str:
    """A hint that asks whether one of these names is meant, empty ones passed over.

    Where there is none, the hint is `otherwise`. `also` is said in either case.
    """
    near = " or ".join(filter(None, names))
    hint = f"did you mean {near}?" if near else otherwise
    return f"{hint} {also}" if hint and also else hint or also


def nearest(name: str, known: Iterable[str], most: int = 1, cutoff: float = 0.6) -> list[str]:
    """Up to `most` known names that look like the one written, the most similar first.

    `cutoff` is how similar they are at least: 0 for any name, 1 for the very name.
    """
    from difflib import get_close_matches  # only a mistake needs it

    return get_close_matches(name, list(known), n=most, cutoff=cutoff)


def one_slip_apart(a: str, b: str) -> bool:
    """Whether one letter added, lost or changed, or two swapped, make one word of the other."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    same = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    a, b = a[same:], b[same:]
    if len(a) != len(b):
        return a[1:] == b or a == b[1:]
    return a[1:] == b[1:] or letters_swapped(a, b)


def letters_swapped(a: str, b: str) -> bool:
    """Whether two letters next to each other, changed over, make one word of the other."""
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), None)
    return (
        at is not None
        and len(a) == len(b)
        and a[at : at + 2] == b[at : at + 2][::-1]
        and a[at + 2 :] == b[at + 2 :]
    )
