"""All modules of slidegen, by name."""

from __future__ import annotations

import pkgutil

import slidegen

MODULES = [
    module.name
    for module in pkgutil.walk_packages(slidegen.__path__, "slidegen.")
    if not module.name.endswith("__main__")
]
