"""A page with a picture of each theme, for choosing one."""

from __future__ import annotations

import base64
from pathlib import Path

from slidegen.files.regular import read_regular
from slidegen.project.project import load_project, project_root
from slidegen.project.theme_files import themes_of

PREVIEWS = "previews"
"""The folder of pictures, `NAME.webp`, in `templates/`. slidegen's own are made by docs/pictures.py."""


def theme_pictures_page(folder: Path) -> str:
    """The page as HTML, with the pictures embedded; raises DeckError if a theme's manifest cannot be read."""
    templates = load_project(project_root(folder / "index.md", folder), folder).templates
    places = [place / PREVIEWS for place in (templates.user, templates.own) if place is not None]
    shown = []
    for theme in themes_of(folder):
        path = next((path for place in places if (path := place / f"{theme.name}.webp").is_file()), None)
        picture = base64.b64encode(read_regular(path)).decode() if path is not None else ""
        shown.append({"name": theme.name, "description": theme.description, "picture": picture})
    return str(templates.environment().get_template("themes.html").render(themes=shown))
