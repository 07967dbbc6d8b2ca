"""What is wrong with a text that should be YAML."""

from __future__ import annotations


class YamlError(ValueError):
    """A text is not YAML within slidegen's limits: a sentence that says why, and the offset."""

    def __init__(self, problem: str, offset: int = 0) -> None:
        super().__init__(problem)
        self.offset = offset
