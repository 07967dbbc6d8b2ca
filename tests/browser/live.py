"""A deck that is served to browsers while it changes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.projects import Project
from tests.serve.serving import Serving, serving

DECK = """# One

Hello $x^2$

---
# Two

- a

--
- b

???
What to say

---
# Three

```python
print(1)
```
"""


@pytest.fixture
def server(project: Project) -> Iterator[Serving]:
    project.write("talk.md", DECK)
    with serving(project) as running:
        yield running
