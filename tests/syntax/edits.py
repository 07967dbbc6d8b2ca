"""Edits of a deck, to compare what is remembered with a first build."""

from __future__ import annotations

from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import fields

from slidegen.source import Source, Span

WRITTEN = r"""
# Title|text|---|---|---|--|???||---
```|```|~~~|````|```python {1|2}|`code|``|    indented|- item|    - ```|    ```
.a[one]|.a[|.b.c[|]|\.x[|[|[a](|[a]: https://example.org|]: x|![|[^1]|[^1]: note
![:macro x](|](y)|)|![:x](|![:include a.md]|(a)[b.html]|] (https://example.org)|[a] (https://example.org)|[a](x.html
<!--|-->|<!-- name: x -->|<script>|</script|</script>|<pre>|</pre>|<textarea>|>|<b>|<style>
name: x|layout: true|template: x|class: left|clas: left|who: me|a: b|title: x|{name}|{{who}}|{{content}}
$x$|$$|$$x$$|\\[|\\]|\(x^2\)|\begin{align}|\end{align}|\|\\|> quote|> $x
::: note|:::|####|########x|----| ---|--- |– –|---:|????|??? x
"""


PIECES = [piece for line in WRITTEN.strip("\n").split("\n") for piece in line.split("|")]
PIECES += ["| a | b |", "|---|---|", "a | b", "c | d"]


EDITS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 3), st.lists(st.sampled_from(PIECES), max_size=3)),
    max_size=4,
)


def plain(value: object) -> object:
    """A value with each place in the file that its author wrote, and without the texts themselves."""
    if isinstance(value, Span):
        written = value.written
        return (written.source.path, written.start, written.end)
    if isinstance(value, Source):
        return value.path
    if isinstance(value, Struct):
        return (type(value).__name__, *(plain(getattr(value, item.name)) for item in fields(value)))
    if isinstance(value, tuple | list):
        return tuple(map(plain, value))
    return {key: plain(item) for key, item in value.items()} if isinstance(value, dict) else value
