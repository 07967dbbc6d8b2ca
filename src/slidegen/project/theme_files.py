"""`slidegen themes`: lists the themes, and copies one as a starting point for a new one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from slidegen.diagnostics import Code, DeckError, Diagnostic
from slidegen.files.paths import display_path
from slidegen.files.regular import read_regular
from slidegen.files.writing import write_file
from slidegen.project.project import load_project, project_root
from slidegen.project.templates import TemplateFolders
from slidegen.project.theme_selection import themes_to_choose
from slidegen.render.theme import Theme, ThemeError, read_theme

THEMES = "themes"


def themes_of(folder: Path) -> Iterator[Theme]:
    """The themes that a deck in a folder can use.

    Raises DeckError if a manifest cannot be read.
    """
    templates = load_project(_root(folder), folder).templates
    for name in templates.names(THEMES):
        theme = _read(name, templates)
        if theme is not None:
            yield theme


def copy_theme(name: str, folder: Path) -> list[Path]:
    """Copy one of slidegen's themes into a project's `templates/` folder, and return the files.

    Raises DeckError if the theme does not exist, or the project already has one of this name.
    """
    root = _root(folder)
    project = load_project(root, folder)
    templates = project.templates
    require_theme(name, templates, "--copy")
    folder_of_templates = root / project.config.templates
    target = folder_of_templates / THEMES / name
    if target.exists():
        shown = display_path(target, folder)
        hint = "to start over, move it away; nothing was changed"
        raise DeckError(Diagnostic(Code.CANNOT_WRITE, "this theme exists already", path=shown, hint=hint))
    written = []
    for source in sorted((templates.own / THEMES / name).iterdir()):
        path = target / source.name
        write_file(path, read_regular(source), folder_of_templates)
        written.append(Path(display_path(path, folder)))
    return written


def require_theme(name: str, templates: TemplateFolders, option: str) -> None:
    """Raise DeckError if there is no theme of this name, which an option of the command line gives."""
    if name not in templates.names(THEMES):
        hint = themes_to_choose(name, templates)
        raise DeckError(Diagnostic(Code.UNKNOWN_THEME, f"there is no theme {name}", path=option, hint=hint))


def _root(folder: Path) -> Path:
    """The project of decks directly in a folder."""
    return project_root(folder / "deck.md", folder)


def _read(name: str, templates: TemplateFolders) -> Theme | None:
    try:
        return read_theme(name, templates.text)
    except ThemeError as error:
        message = f"the manifest cannot be read: {error}".splitlines()[0]
        path = f"templates/{THEMES}/{name}/theme.yml"
        raise DeckError(Diagnostic(Code.TEMPLATE_FAILED, message, path=path)) from error
