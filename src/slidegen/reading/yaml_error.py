"""What is wrong with a text that is to be YAML."""

from __future__ import annotations


class YamlError(ValueError):
    """A text is not YAML within slidegen's bounds: one sentence that says why, and the offset where."""

    def __init__(self, problem: str, offset: int = 0) -> None:
        super().__init__(problem)
        self.offset = offset
