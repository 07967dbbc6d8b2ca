"""Selects the look of a page: its theme, highlight styles and the author's style sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from slidegen.config import Config
from slidegen.diagnostics import Code, Reporter
from slidegen.project.templates import TemplateFolders
from slidegen.render.code import CODE_RULES, known_style, nearest_styles, style_sheet
from slidegen.render.page.used_rules import minified
from slidegen.render.page_model import StyleSheet
from slidegen.render.template_reader import TemplateReader
from slidegen.render.theme import Theme, ThemeError, read_theme, theme_styles
from slidegen.render.theme_names import THEMES
from slidegen.render.xaringan_styles import STYLE_FOLDER, xaringan_style_sheets
from slidegen.source import Span
from slidegen.spelling import nearest, suggest
from slidegen.theme_colours import colour_rules

DEFAULT_THEME = "lecture"
PLAIN_THEME = "remark"
"""Used if a deck brings its own style sheets, or is in a page, and names no theme: it was written for
remark's look."""
REMARKS_RULES = "styles/remark.css"


def choose_theme(
    config: Config, asked: str | None, templates: TemplateFolders, place: Span | None, reporter: Reporter
) -> Theme:
    """The theme of a deck; `asked` is from the command line, `place` is where the deck names its own.

    A missing or invalid theme is an error; the default theme then helps to find further mistakes.
    """
    name = asked or config.theme or (PLAIN_THEME if config.css else DEFAULT_THEME)
    where = None if asked else place
    theme = None
    try:
        theme = read_theme(name, templates.text)
    except ThemeError as error:
        message = f"the theme {name} has a manifest that cannot be read: {error}".splitlines()[0]
        reporter.report(Code.TEMPLATE_FAILED, message, path=f"templates/themes/{name}/theme.yml")
    else:
        if theme is None:
            hint = themes_to_choose(name, templates)
            path = "--theme" if asked else ""
            reporter.report(Code.UNKNOWN_THEME, f"there is no theme {name}", where, hint=hint, path=path)
    return theme or read_theme(DEFAULT_THEME, templates.text) or Theme(DEFAULT_THEME)


def themes_to_choose(name: str, templates: TemplateFolders) -> str:
    """The hint for the name of a theme that does not exist."""
    names = templates.names("themes")
    alike = [THEMES[name.lower()]] if THEMES.get(name.lower()) in names else nearest(name, names)
    return suggest(*alike, also=f"choose from {', '.join(names)}")


def own_styles(
    theme: Theme,
    colours: Mapping[str, str],
    code_styles: Mapping[str, bool],
    xaringan_names: Iterable[str],
    read: TemplateReader,
) -> Iterator[StyleSheet]:
    """slidegen's style sheets for a page: theme, the deck's colours, code, the highlight styles and xaringan's in use.

    `code_styles` says of each highlight style whether the author named it, which leaves its colours unchanged.
    In the theme `remark`, rules from remark are in no layer and come before the author's, as in an author's page,
    rule of the author's wins or loses against remark's by what its selector says.
    """
    yield from theme_styles(theme, read)
    if colours:
        yield StyleSheet(colour_rules(colours), "theme")
    yield StyleSheet(CODE_RULES, "code")
    plain = theme.name == PLAIN_THEME
    over = [
        StyleSheet(
            style_sheet(name, legible=not (named or plain), background=theme.codeBackground.get(name, "")),
            "code",
        )
        for name, named in code_styles.items()
        if known_style(name)
    ]
    over += xaringan_style_sheets(xaringan_names, read)
    if not plain:
        yield from over
        return
    rules = minified(read(REMARKS_RULES) or "")
    yield StyleSheet("\n".join((rules, *(sheet.text for sheet in over))))


def unknown_style_hint(name: str) -> str:
    """The hint for an unknown highlight style."""
    return suggest(*nearest_styles(name))


def unknown_xaringan_style_hint(name: str, templates: TemplateFolders) -> str:
    """The hint for a style sheet that xaringan does not have."""
    names = [each.removesuffix(".css") for each in templates.names(STYLE_FOLDER)]
    there_are = f"xaringan has {', '.join(names)}; a file ends in .css"
    return suggest(*nearest(name, names), otherwise=there_are)
