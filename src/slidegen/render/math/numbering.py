r"""Numbers a deck's equations, and resolves the labels that `\ref` uses."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from msgspec import Struct, field


class EquationNumbers(Struct):
    """Numbers are assigned once for each key; asked again, a formula gets the same ones."""

    enabled: bool = False
    labels: dict[str, str] = field(default_factory=dict)
    """What `\\ref` shows."""
    _given: dict[Hashable, list[str]] = field(default_factory=dict)
    _last: int = 0

    def of(self, key: Hashable) -> Iterator[str]:
        """The numbers of one formula's rows, as many as are requested."""
        given = self._given.setdefault(key, [])
        yield from given
        while True:
            self._last += 1
            given.append(str(self._last))
            yield given[-1]
