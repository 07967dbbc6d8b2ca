"""Determines which elements contain which."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode


def is_within(node: LexborNode, others: Container[int]) -> bool:
    """Whether an element is within one of the others, which are given by `mem_id`."""
    parent = node.parent
    while parent is not None:
        if parent.mem_id in others:
            return True
        parent = parent.parent
    return False
