"""Commands that style their argument or what follows them: colours, sizes, boxes."""

from __future__ import annotations

from slidegen.render.math.css_styles import SIZES, box_style, css_color
from slidegen.render.math.rewriter import Command, OpenGroup, Rewriter
from slidegen.render.math.tokens import TexToken, tokenize_at


def _look(rewriter: Rewriter, token: TexToken, element: str, **attributes: str) -> None:
    """Style the next argument; in text, text continues in it."""
    opening = rewriter.styles.opening(element, **attributes)
    if rewriter.frames[-1].kind in ("text", "look in text"):
        chain = rewriter.suspend_text(token)
        frame = OpenGroup("look in text", token, close="}}", reopened=chain)
        rewriter.open_argument(token, opening, frame)
        rewriter.resume_text(token, chain)
    else:
        rewriter.open_argument(token, opening, OpenGroup("group", token, close="}}"))


def _switch(rewriter: Rewriter, token: TexToken, element: str, **attributes: str) -> None:
    """Style everything up to the end of the current group."""
    opening = rewriter.styles.opening(element, **attributes)
    if rewriter.frames[-1].kind in ("text", "look in text"):
        chain = rewriter.suspend_text(token)
        rewriter.emit(token, opening)
        rewriter.open_frame(OpenGroup("look in text", token, close="}}", reopened=chain, implicit=True))
        rewriter.resume_text(token, chain)
    else:
        rewriter.emit(token, opening)
        rewriter.open_frame(OpenGroup("group", token, close="}}", implicit=True))


def _size(factor: float) -> Command:
    def run(rewriter: Rewriter, token: TexToken) -> None:
        _switch(rewriter, token, "mrow", style=f"font-size:{factor:g}em")

    return run


def _read_color(rewriter: Rewriter, token: TexToken) -> str:
    model = rewriter.stream.optional(token) or []
    return css_color("".join(part.text for part in model), rewriter.stream.word(token))


def _color(rewriter: Rewriter, token: TexToken) -> None:
    """MathJax colours one argument, LaTeX everything that follows: braces decide which is meant."""
    style = f"color:{_read_color(rewriter, token)}"
    rewriter.stream.skip_space()
    show = _look if rewriter.stream.peek() == "{" else _switch
    show(rewriter, token, "mrow", style=style)


def _textcolor(rewriter: Rewriter, token: TexToken) -> None:
    _look(rewriter, token, "mrow", style=f"color:{_read_color(rewriter, token)}")


def _box(rewriter: Rewriter, token: TexToken) -> None:
    options = rewriter.stream.optional(token) or []
    style = box_style("".join(part.text for part in options))
    _look(rewriter, token, "mrow", class_="slidegen-math-box", style=style)


def _colorbox(rewriter: Rewriter, token: TexToken) -> None:
    color = _read_color(rewriter, token)
    rewriter.stream.push([*tokenize_at(f"\\bbox[{color},3px]", token), *_as_text(rewriter, token)])


def _fcolorbox(rewriter: Rewriter, token: TexToken) -> None:
    border = _read_color(rewriter, token)
    color = _read_color(rewriter, token)
    box = tokenize_at(f"\\bbox[{color},3px,border:1px solid {border}]", token)
    rewriter.stream.push([*box, *_as_text(rewriter, token)])


def _as_text(rewriter: Rewriter, token: TexToken) -> list[TexToken]:
    """The next argument as `{\\text{...}}`."""
    content = rewriter.stream.argument(token)
    return [*tokenize_at("{\\text{", token), *content, *tokenize_at("}}", token)]


def _attribute(name: str) -> Command:
    def run(rewriter: Rewriter, token: TexToken) -> None:
        _look(rewriter, token, "mrow", **{name: rewriter.stream.word(token)})

    return run


def _enclose(rewriter: Rewriter, token: TexToken) -> None:
    notation = rewriter.stream.word(token)
    rewriter.stream.optional(token)
    _look(rewriter, token, "menclose", notation=notation)


def _smash(rewriter: Rewriter, token: TexToken) -> None:
    side = "".join(part.text for part in rewriter.stream.optional(token) or [])
    attributes = {"height": "0"} if side != "b" else {}
    attributes |= {"depth": "0"} if side != "t" else {}
    _look(rewriter, token, "mpadded", **attributes)


def _lap(rewriter: Rewriter, token: TexToken) -> None:
    _look(rewriter, token, "mpadded", width="0")


def _raisebox(rewriter: Rewriter, token: TexToken) -> None:
    length = rewriter.stream.word(token)
    rewriter.stream.push(_as_text(rewriter, token))
    _look(rewriter, token, "mpadded", voffset=length)


def _rule(rewriter: Rewriter, token: TexToken) -> None:
    rewriter.stream.optional(token)
    width, height = rewriter.stream.word(token), rewriter.stream.word(token)
    opening = rewriter.styles.opening("mspace", width=width, height=height, style="background:currentcolor")
    rewriter.emit(token, opening + "}}")
    rewriter.not_empty()


LOOKS: dict[str, Command] = {
    **{name: _size(factor) for name, factor in SIZES.items()},
    "\\color": _color,
    "\\textcolor": _textcolor,
    "\\class": _attribute("class_"),
    "\\cssId": _attribute("id"),
    "\\style": _attribute("style"),
    "\\href": _attribute("href"),
    "\\bbox": _box,
    "\\colorbox": _colorbox,
    "\\fcolorbox": _fcolorbox,
    "\\enclose": _enclose,
    "\\smash": _smash,
    "\\rlap": _lap,
    "\\mathrlap": _lap,
    "\\raisebox": _raisebox,
    "\\rule": _rule,
}
"""What is rewritten, by command; in text, the colours only."""
