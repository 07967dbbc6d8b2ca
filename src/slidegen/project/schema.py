"""The JSON Schema of slidegen.yml, with which editors complete and validate the file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from slidegen.config import OPTIONS, Config
from slidegen.files.cache_folder import make_folder
from slidegen.files.regular import read_regular
from slidegen.files.writing import write_file
from slidegen.option_types import Value
from slidegen.project.package_data import own_templates

SCHEMA_FILE = "slidegen.schema.json"
"""Its name among slidegen's templates, and in a project's folder `.slidegen/`."""


def schema() -> Mapping[str, Value]:
    """The schema, made from the one table of options. Other keys are variables, so they are allowed."""
    properties: dict[str, Any] = {}
    defaults = Config()
    for name, row in OPTIONS.items():
        if "project" in row.where:
            properties[name] = {**row.kind.schema, "description": row.says}
            default = getattr(defaults, name)
            if isinstance(default, bool | str) and default != "":
                properties[name]["default"] = default
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "slidegen.yml",
        "description": "The options of a slidegen project. Any other key is a variable for {{key}}.",
        "type": "object",
        "properties": properties,
        "additionalProperties": True,
    }


def install_schema(root: Path) -> None:
    """Put the schema into the project's `.slidegen/`, where slidegen.yml refers editors to it.

    An up-to-date schema is left alone. Raises DeckError if it cannot be written.
    """
    schema, own = make_folder(root) / SCHEMA_FILE, own_templates() / SCHEMA_FILE
    if not (schema.exists() and schema.stat().st_size == own.stat().st_size):
        write_file(schema, read_regular(own), root)


def schema_text() -> str:
    """The schema as a file."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
