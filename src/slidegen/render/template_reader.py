"""The protocol for reading style sheets, modules and themes from the template folders."""

from __future__ import annotations

from collections.abc import Callable

TemplateReader = Callable[[str], str | None]
"""The text of a template, style sheet or module by its path in the template folders; None if there is none.

The user's folder takes precedence over slidegen's, except for paths that start with `slidegen/`.
"""
