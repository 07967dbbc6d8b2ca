"""Whether two words are one slip of the finger apart."""

from __future__ import annotations


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
