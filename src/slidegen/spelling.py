"""Finds the known names that a mistyped one is probably meant for: every "did you mean" comes from here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def suggest(*names: str, otherwise: str = "", also: str = "") -> str:
    """A hint that asks whether one of these names is meant; empty names are ignored.

    If there is no name, the hint is `otherwise`. `also` is appended in either case.
    """
    near = one_of([*filter(None, names)])
    hint = f"did you mean {near}?" if near else otherwise
    return f"{hint} {also}" if hint and also else hint or also


def one_of(names: Sequence[str]) -> str:
    """Names as alternatives in a sentence: `a`, `a or b`, `a, b or c`."""
    return " or ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def nearest(name: str, known: Iterable[str], most: int = 1, cutoff: float = 0.6) -> list[str]:
    """Up to `most` known names similar to the one written, the most similar first.

    `cutoff` is the least similarity: 0 for any name, 1 for an exact match.
    """
    from difflib import get_close_matches  # only a mistake needs it

    return get_close_matches(name, list(known), n=most, cutoff=cutoff)


def one_slip_apart(a: str, b: str) -> bool:
    """Whether adding, removing or changing one letter, or swapping two, turns one word into the other."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    same = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    a, b = a[same:], b[same:]
    if len(a) != len(b):
        return a[1:] == b or a == b[1:]
    return a[1:] == b[1:] or letters_swapped(a, b)


def letters_swapped(a: str, b: str) -> bool:
    """Whether swapping two adjacent letters turns one word into the other."""
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), None)
    return (
        at is not None
        and len(a) == len(b)
        and a[at : at + 2] == b[at : at + 2][::-1]
        and a[at + 2 :] == b[at + 2 :]
    )
